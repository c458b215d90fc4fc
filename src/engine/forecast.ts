import { formatDay, localDay } from '../calendar/index.js';
import { RecobroError } from '../errors.js';
import type { AccountFile } from '../ledger/file.js';
import type { Act } from './acts.js';
import type { Engine } from './compile.js';
import { type DecideOptions, type Decision, decide } from './decide.js';
import type { FileEvent } from './events.js';
import { evolveAll } from './evolve.js';

/** A contact or task that will happen if no fact changes. */
export interface Planned {
  readonly at: number;
  readonly act: Act;
}

export interface Forecast {
  readonly planned: readonly Planned[];
  /** The file as it will be. */
  readonly file: AccountFile;
  /** Next review instant after the period. */
  readonly next: number | undefined;
}

/** No review decides this often at one instant; more would mean that it never comes to rest. */
const mostRounds = 50;

/**
 * The timeline of an account from one instant to another, both inclusive, if
 * no fact changes and every message is accepted at once. It is `decide` and
 * `evolve` at the review instants they name themselves, and nothing else. It
 * writes nothing, so that it may begin before the last review.
 */
export function forecast(engine: Engine, file: AccountFile, from: number, to: number): Forecast {
  const planned: Planned[] = [];
  let current = file;
  let at: number | undefined = from;
  while (at !== undefined && at <= to) {
    const settled: Settled = settle(engine, current, at, { backdated: 'accept' });
    for (const act of settled.acts) planned.push({ at, act });
    current = settled.file;
    at = settled.next;
  }
  return { planned, file: current, next: at };
}

/** What came of reviewing an account at one instant until nothing more is to be done. */
export interface Settled {
  readonly file: AccountFile;
  readonly events: readonly FileEvent[];
  readonly acts: readonly Act[];
  readonly next: number | undefined;
  readonly last: Decision;
}

/**
 * Reviews at one instant, with every message accepted at once, until the account comes to rest.
 *
 * @throws RecobroError `backdated_review` unless that is accepted; `impossible_state` when it never does
 */
export function settle(engine: Engine, file: AccountFile, at: number, options: DecideOptions = {}): Settled {
  const events: FileEvent[] = [];
  const acts: Act[] = [];
  let current = file;
  for (let round = 0; ; round++) {
    const decision = decide(engine, current, at, options);
    const step = [...decision.events];
    const on = formatDay(localDay(at, current.account?.zone ?? engine.plan.zone));
    for (const act of decision.acts) {
      acts.push(act);
      if (act.kind !== 'message' && act.mode === undefined) continue;
      if (act.mode === undefined) step.push({ type: 'act.accepted', act: act.id, at, on });
      else step.push({ type: 'act.confirmed', act: act.id, at, on, author: 'forecast' });
    }
    current = evolveAll(current, step);
    events.push(...step);
    if (step.length === 0) return { file: current, events, acts, next: decision.next, last: decision };
    if (round === mostRounds)
      throw new RecobroError(
        'impossible_state',
        `the account ${JSON.stringify(file.id)} never comes to rest`,
      );
  }
}
