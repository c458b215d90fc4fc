import { type Day, startOfDay } from '../calendar/index.js';
import type { Case } from '../ledger/file.js';
import type { Waiting } from './decide.js';
import type { FileEvent } from './events.js';
import { turnOf } from './marks.js';
import type { Unit } from './units.js';
import type { Skip } from './verdict.js';
import type { AccountView } from './view.js';

/** What a review finds beside acts: why things wait, what is over, and when to look again. */
export class Notes {
  readonly waiting: Waiting[] = [];
  /** Stages that are over or done without having acted, and cases that are exhausted. */
  readonly events: FileEvent[] = [];
  next: number | undefined;
  readonly #view: AccountView;
  readonly #starts = new Map<Day, number>();

  constructor(view: AccountView) {
    this.#view = view;
  }

  /** Something waits until a day, or until a fact is told. */
  wait(waiting: Waiting, day: Day | undefined): void {
    this.waitUntil(waiting, day === undefined ? undefined : this.startOf(day));
  }

  waitUntil(waiting: Waiting, at: number | undefined): void {
    this.waiting.push(at === undefined ? waiting : { ...waiting, at });
    this.lookAgain(at);
  }

  pass(unit: Unit, one: Case, skips: readonly Skip[]): void {
    for (const { stage, reason } of skips) {
      const { id } = stage.stage;
      this.skip(unit, one, id, turnOf(one, id), reason);
    }
  }

  skip(unit: Unit, one: Case, stage: string, occurrence: number, reason: string): void {
    const { on } = this.#view;
    const subject = unit.id;
    this.events.push({ type: 'stage.skipped', subject, case: one.id, stage, occurrence, reason, on });
  }

  startOf(day: Day): number {
    let at = this.#starts.get(day);
    if (at === undefined) {
      at = startOfDay(day, this.#view.zone);
      this.#starts.set(day, at);
    }
    return at;
  }

  lookAgain(at: number | undefined): void {
    if (at !== undefined) this.next = this.next === undefined ? at : Math.min(this.next, at);
  }
}
