import { type Day, startOfDay } from '../calendar/index.js';
import type { Case } from '../ledger/file.js';
import { needsPerson } from './actions/reason-tasks.js';
import type { Waiting } from './decide.js';
import type { FileEvent } from './events.js';
import type { Report } from './explain/report.js';
import { turnOf } from './marks.js';
import type { Unit } from './units.js';
import type { Skip } from './verdict.js';
import type { AccountView } from './view.js';

/** What a review finds beside acts: why things wait, what is over, and when to look again. */
export class Notes {
  readonly waiting: Waiting[] = [];
  /** Stages that are over or done without having acted, and cases that are exhausted. */
  readonly events: FileEvent[] = [];
  /** Who asks why, if anybody does. */
  readonly report: Report | undefined;
  readonly #view: AccountView;
  readonly #trace: boolean;
  #starts: Map<Day, number> | undefined;
  #next: number | undefined;
  /** The first day on which to look again, of those whose beginning nobody has asked for yet. */
  #day: Day | undefined;

  constructor(view: AccountView, trace: boolean, report?: Report) {
    this.#view = view;
    this.#trace = trace;
    this.report = report;
  }

  /** When to look again. */
  get next(): number | undefined {
    if (this.#day !== undefined) this.lookAgain(this.startOf(this.#day));
    return this.#next;
  }

  /** Whether a reason to wait is written down: without a trace only what gives a person something to do. */
  tells(reason: string): boolean {
    return this.#trace || needsPerson(reason);
  }

  /** Something waits until a day, or until a fact is told. */
  wait(waiting: Waiting, day: Day | undefined): void {
    this.waitUntil(waiting, day === undefined ? undefined : this.startOf(day));
  }

  waitUntil(waiting: Waiting, at: number | undefined): void {
    if (this.tells(waiting.reason)) this.waiting.push(at === undefined ? waiting : { ...waiting, at });
    this.lookAgain(at);
  }

  /** @param act the act that goes in the place of what is passed over */
  pass(unit: Unit, one: Case, skips: readonly Skip[], act?: string): void {
    for (const { stage, reason, passed } of skips) {
      const { id } = stage.stage;
      this.skip(unit, one, id, turnOf(one, id), reason, passed === true ? act : undefined);
    }
  }

  skip(unit: Unit, one: Case, stage: string, occurrence: number, reason: string, act?: string): void {
    const { on } = this.#view;
    const { id: subject } = unit;
    // Written out twice: there are many of these, and a copy of each would cost as much as the rest of it.
    this.events.push(
      act === undefined
        ? { type: 'stage.skipped', subject, case: one.id, stage, occurrence, reason, on }
        : { type: 'stage.skipped', subject, case: one.id, stage, occurrence, reason, on, with: act },
    );
  }

  startOf(day: Day): number {
    this.#starts ??= new Map();
    let at = this.#starts.get(day);
    if (at === undefined) {
      at = startOfDay(day, this.#view.zone);
      this.#starts.set(day, at);
    }
    return at;
  }

  lookAgain(at: number | undefined): void {
    if (at !== undefined) this.#next = this.#next === undefined ? at : Math.min(this.#next, at);
  }

  lookAgainOn(day: Day | undefined): void {
    if (day !== undefined && (this.#day === undefined || day < this.#day)) this.#day = day;
  }
}
