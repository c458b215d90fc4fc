import { incomingOf, type Town, wanted } from './house.js';
import { atProvider, dice, type Kill, type StepId } from './steps.js';

/** What is done first on a day, and what only when all else is done. */
const early: readonly StepId[] = ['I1', 'I2', 'R1', 'R2', 'R3', 'R4', 'R5', 'R6'];
const late: readonly StepId[] = ['T1', 'T2', 'S1', 'S2'];
const parking: readonly StepId[] = ['P1', 'P2', 'P3'];
const sending: readonly StepId[] = [
  ...(['D1', 'D2', 'D3', 'D4', 'D5', 'D6', 'D7', 'D8', 'D9', 'D10', 'D11'] as const),
  ...(['L1', 'L2', 'L3'] as const),
];
const receipts: readonly StepId[] = ['C1', 'C2', 'C3', 'C4', 'C5', 'C6'];
const writing: readonly StepId[] = ['W1', 'W2', 'W3', 'W4', 'M1', 'M2', 'M3', 'M4', 'M5', 'M6', 'M7'];

/** Those of them at which it is the worker itself that strikes. */
const own = sending.filter((step) => !atProvider.has(step));

/** After these an act is left that the next worker finds lost. */
const loses: ReadonlySet<string> = new Set(['D5', 'D6', 'D7', 'D9', 'D10']);

/** Draws how workers of one lane are to die: so many over all days, spread as the messages are. */
export class Plans {
  readonly deaths = new Map<string, number>();
  readonly #random: () => number;
  readonly #target: number;
  readonly #town: Town;
  readonly #perDay = new Map<number, number>();
  #killed = 0;
  #day = -1;
  #budget = 0;
  #messages = 0;
  #written = 0;
  #today = 0;
  #last: Kill['step'] | undefined;

  constructor(target: number, town: Town, seed: number) {
    this.#target = target;
    this.#town = town;
    this.#random = dice(seed);
    for (const { day } of wanted(town)) this.#perDay.set(day, (this.#perDay.get(day) ?? 0) + 1);
  }

  next(day: number): Kill | undefined {
    if (day !== this.#day) this.#begin(day);
    return this.#today >= this.#budget ? undefined : this.#draw();
  }

  died(at: Kill['step'] | undefined): void {
    this.#last = at;
    if (at === undefined) return;
    this.#killed++;
    this.#today++;
    this.deaths.set(at, (this.deaths.get(at) ?? 0) + 1);
  }

  #begin(day: number): void {
    this.#day = day;
    this.#today = 0;
    this.#last = undefined;
    this.#written = incomingOf(day, this.#town).length;
    this.#messages = this.#perDay.get(day) ?? 0;
    let left = 0;
    for (const [other, count] of this.#perDay) if (other >= day) left += count;
    // A little more than its share, since a day may be over before all have died.
    const share = left === 0 ? 0 : this.#messages / left;
    this.#budget = Math.ceil((this.#target - this.#killed) * share * 1.2);
  }

  #draw(): Kill {
    // What debtors write is there once and early; nothing else is to come first.
    if (this.#today < Math.min(3, this.#written)) return { step: this.#of(writing), nth: 1 };
    const progress = this.#today / this.#budget;
    // So many messages are there for each death.
    const each = Math.max(1, this.#messages / Math.max(1, this.#budget));
    const or = { step: this.#of(own), nth: 1 + Math.floor(this.#random() * each) };
    if (progress < 0.15) return { step: this.#of(early), nth: 1, or };
    if (this.#random() < (progress > 0.9 ? 0.7 : progress / 8)) return { step: this.#of(late), nth: 1 };
    if (this.#last !== undefined && loses.has(this.#last) && this.#random() < 0.5)
      return { step: this.#of(parking), nth: 1, or };
    const kind = this.#random();
    if (kind < 0.2) return { step: 'any', afterMs: Math.floor(this.#random() * 700) };
    if (kind < 0.75) return { step: this.#of(sending), nth: or.nth };
    return { step: this.#of(receipts), nth: 1 + Math.floor(this.#random() * each * 2) };
  }

  #of(list: readonly StepId[]): StepId {
    const one = list[Math.floor(this.#random() * list.length)];
    if (one === undefined) throw new Error('an empty list has no step');
    return one;
  }
}
