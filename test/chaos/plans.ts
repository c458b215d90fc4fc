import { wanted } from './house.js';
import { dice, type Kill, type StepId } from './steps.js';

/** What is done first on a day, and what only when all else is done. */
const early: readonly StepId[] = ['I1', 'I2', 'R1', 'R2', 'R3', 'R4', 'R5', 'R6'];
const late: readonly StepId[] = ['S1', 'S2'];
const parking: readonly StepId[] = ['P1', 'P2', 'P3'];
const sending: readonly StepId[] = ['D1', 'D2', 'D3', 'D4', 'D5', 'D6', 'D7', 'D8', 'D9', 'D10', 'D11'];
const receipts: readonly StepId[] = ['C1', 'C2', 'C3', 'C4', 'C5', 'C6'];

/** After these an act is left that the next worker finds lost. */
const loses: ReadonlySet<string> = new Set(['D5', 'D6', 'D7', 'D9', 'D10']);

/** Draws how workers of one lane are to die: so many over all days, spread as the messages are. */
export class Plans {
  readonly deaths = new Map<string, number>();
  readonly #random: () => number;
  readonly #target: number;
  readonly #perDay = new Map<number, number>();
  #killed = 0;
  #day = -1;
  #budget = 0;
  #messages = 0;
  #given = 0;
  #last: Kill['step'] | undefined;

  constructor(target: number, accounts: number, days: number, seed: number) {
    this.#target = target;
    this.#random = dice(seed);
    for (const { day } of wanted(accounts, days)) this.#perDay.set(day, (this.#perDay.get(day) ?? 0) + 1);
  }

  next(day: number): Kill | undefined {
    if (day !== this.#day) this.#begin(day);
    if (this.#given >= this.#budget) return undefined;
    this.#given++;
    return this.#draw();
  }

  died(kill: Kill, died: boolean): void {
    this.#last = died ? kill.step : undefined;
    if (!died) return;
    this.#killed++;
    this.deaths.set(kill.step, (this.deaths.get(kill.step) ?? 0) + 1);
  }

  #begin(day: number): void {
    this.#day = day;
    this.#given = 0;
    this.#last = undefined;
    this.#messages = this.#perDay.get(day) ?? 0;
    let left = 0;
    for (const [other, count] of this.#perDay) if (other >= day) left += count;
    // A little more than its share, since not every worker comes to the step at which it was to die.
    const share = left === 0 ? 0 : this.#messages / left;
    this.#budget = Math.ceil((this.#target - this.#killed) * share * 1.35);
  }

  #draw(): Kill {
    const rest = this.#given / this.#budget;
    const each = Math.max(1, (1.3 * this.#messages) / Math.max(1, this.#budget));
    if (this.#given <= Math.max(1, this.#budget * 0.2) && this.#random() < 0.7)
      return { step: this.#of(early), nth: 1 };
    if (rest > 0.9 && this.#random() < 0.7) return { step: this.#of(late), nth: 1 };
    if (this.#last !== undefined && loses.has(this.#last) && this.#random() < 0.4)
      return { step: this.#of(parking), nth: 1 };
    const kind = this.#random();
    if (kind < 0.2) return { step: 'any', afterMs: Math.floor(this.#random() * 700) };
    if (kind < 0.75) return { step: this.#of(sending), nth: 1 + Math.floor(this.#random() * each) };
    return { step: this.#of(receipts), nth: 1 + Math.floor(this.#random() * each * 2) };
  }

  #of(list: readonly StepId[]): StepId {
    const one = list[Math.floor(this.#random() * list.length)];
    if (one === undefined) throw new Error('an empty list has no step');
    return one;
  }
}
