import type { AccountFile, Purpose } from '../ledger/file.js';
import type { Act } from './acts.js';
import { Ahead, type AheadOptions, type Planned } from './ahead.js';
import type { Engine } from './compile.js';
import type { DecideOptions, Decision } from './decide.js';
import type { FileEvent } from './events.js';

/** What will happen to an account if no fact is told. */
export interface Forecast {
  /** In the order in which it happens. */
  readonly planned: readonly Planned[];
  /** The file as it will be. */
  readonly file: AccountFile;
  /** The first instant after the period at which something may happen. */
  readonly next: number | undefined;
}

/** Options of {@link forecast}. */
export interface ForecastOptions extends AheadOptions {
  /** Only acts of these purposes are told; all are played. Default: all. */
  readonly purposes?: readonly Purpose[] | undefined;
}

/**
 * The timeline of an account from one instant to another, both inclusive, if
 * no fact is told: act for act what a run at each instant that the account
 * names (its next review, the instant for which a message waits) then does,
 * with the same ids, instants, stages, channels, contacts and amounts. It is
 * reviewing and sending as the shell does them, and nothing else.
 *
 * It writes nothing. What lies before the last review has happened: asked from
 * an earlier instant, it begins there.
 *
 * @throws RecobroError `impossible_state` when the account never comes to rest
 */
export function forecast(
  engine: Engine,
  file: AccountFile,
  from: number,
  to: number,
  options: ForecastOptions = {},
): Forecast {
  const { purposes } = options;
  const ahead = new Ahead(engine, file, options, { trace: false });
  const planned: Planned[] = [];
  for (const one of playedBy(ahead, from, to))
    if (purposes === undefined || purposes.includes(one.act.purpose)) planned.push(one);
  return { planned, file: ahead.file, next: ahead.next };
}

/** The same, one act after the other, for as long as somebody asks. */
export function* upcoming(
  engine: Engine,
  file: AccountFile,
  from: number,
  to: number,
  options: AheadOptions = {},
): Generator<Planned, void, undefined> {
  const ahead = new Ahead(engine, file, options, { trace: false });
  yield* playedBy(ahead, from, to);
}

function* playedBy(ahead: Ahead, from: number, to: number): Generator<Planned, void, undefined> {
  let at = Math.max(from, ahead.file.reviewed ?? from);
  for (let { next } = ahead; next !== undefined; { next } = ahead) {
    at = Math.max(at, next);
    if (at > to) return;
    yield* ahead.play(at);
  }
}

/** What came of an account at one instant until nothing more was to be done. */
export interface Settled {
  readonly file: AccountFile;
  readonly events: readonly FileEvent[];
  readonly acts: readonly Act[];
  readonly next: number | undefined;
  readonly last: Decision;
}

/**
 * Reviews at one instant, with every message accepted at once and every
 * proposal confirmed, until the account comes to rest.
 *
 * @throws RecobroError `backdated_review` unless that is accepted; `impossible_state` when it never does
 */
export function settle(engine: Engine, file: AccountFile, at: number, options: DecideOptions = {}): Settled {
  const ahead = new Ahead(engine, file, { proposals: 'confirmed' }, options);
  const planned = ahead.play(at);
  const { events, next, last } = ahead;
  // The first review is always made.
  return { file: ahead.file, events, acts: planned.map(({ act }) => act), next, last: last! };
}
