import { formatDay, instantAt, parseDay } from '../../src/calendar/index.js';
import {
  type Act,
  type Engine,
  evolveAll,
  type FileEvent,
  type Settled,
  settle,
} from '../../src/engine/index.js';
import type { AccountFile } from '../../src/ledger/file.js';

export interface WalkOptions {
  /** Facts by day, told before the day's review. */
  readonly facts?: Readonly<Record<string, readonly FileEvent[]>>;
  /** Hour of the daily review in the account's zone. Default 10. */
  readonly hour?: number;
  /** Days without a review: an outage. */
  readonly down?: readonly string[];
  /** Further reviews of each day, as hours. */
  readonly again?: readonly number[];
}

export interface WalkedDay {
  readonly day: string;
  readonly settled: readonly Settled[];
}

/** What happened, day by day. */
export interface Walk {
  readonly file: AccountFile;
  readonly days: readonly WalkedDay[];
}

/** Advances a virtual calendar: each day the facts are told, then the account is reviewed and everything is sent. */
export function walk(
  engine: Engine,
  file: AccountFile,
  from: string,
  count: number,
  options: WalkOptions = {},
): Walk {
  const days: WalkedDay[] = [];
  let current = file;
  for (let offset = 0; offset < count; offset++) {
    const number = parseDay(from) + offset;
    const day = formatDay(number);
    current = evolveAll(current, options.facts?.[day] ?? []);
    if (options.down?.includes(day)) continue;
    const zone = current.account?.zone ?? engine.plan.zone;
    const settled: Settled[] = [];
    for (const hour of [options.hour ?? 10, ...(options.again ?? [])]) {
      const one = settle(engine, current, instantAt(number, hour * 60, zone));
      settled.push(one);
      current = one.file;
    }
    days.push({ day, settled });
  }
  return { file: current, days };
}

/** All acts, in order. */
export function actsIn(walked: Walk): readonly Act[] {
  return walked.days.flatMap(({ settled }) => settled.flatMap((one) => one.acts));
}

/** Messages only, as `2026-03-02 s1d F1+F2`. */
export function sent(walked: Walk): readonly string[] {
  return walked.days.flatMap(({ day, settled }) =>
    settled.flatMap((one) =>
      one.acts.filter((act) => act.kind === 'message').map((act) => `${day} ${lineOf(act)}`),
    ),
  );
}

/** Everything that happened, in words: `2026-03-02 send s1d F1`, `… skip s3d F1 (superseded)`, `… close F1 (paid)`. */
export function story(walked: Walk): readonly string[] {
  return walked.days.flatMap(({ day, settled }) =>
    settled.flatMap((one) => one.events.flatMap((event) => storyOf(event).map((line) => `${day} ${line}`))),
  );
}

function lineOf(act: Act): string {
  const acting = act.items.filter((item) => item.acting).map((item) => item.item);
  return `${act.message ?? act.name} ${acting.join('+')}`;
}

function storyOf(event: FileEvent): string[] {
  const item = (id: string): string => id.replace(/^[^/]*\//, '').replace(/#1$/, '');
  switch (event.type) {
    case 'act.planned':
      return [`${event.act.kind === 'task' ? 'task' : 'send'} ${lineOf(event.act)}`];
    case 'stage.skipped':
      return [`skip ${event.stage} ${item(event.case)} (${event.reason})`];
    case 'case.closed':
      return [`close ${item(event.case)} (${event.reason})`];
    case 'case.exhausted':
      return [`exhaust ${item(event.case)}`];
    case 'case.opened':
      return [`open ${item(event.case)}`];
    case 'case.paused':
      return [`pause ${item(event.case)} (${event.reason})`];
    case 'case.resumed':
      return [`resume ${item(event.case)}`];
    case 'task.closed':
      return [`task over (${event.reason})`];
    case 'act.withdrawn':
      return [`withdraw (${event.reason})`];
    default:
      return [];
  }
}
