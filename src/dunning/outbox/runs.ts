import type { SharedStore } from '../../stores/shared.js';
import { fromJson, toJson } from '../codec.js';
import type { Context } from '../context.js';
import { codeOf } from '../failures.js';
import type { Dispatched } from '../outcomes.js';
import type { CountedRun } from '../review.js';

/** What a run came to. */
export interface RunCounts {
  /** Accounts reviewed. */
  readonly reviewed: number;
  readonly sent: number;
  /** Messages that turned out not to be right any more. */
  readonly skipped: number;
  /** Put off: temporary failures, limits, pauses, contact rules. */
  readonly delayed: number;
  /** Of these, kept back by a limit. */
  readonly limited: number;
  readonly refused: number;
  readonly unknown: number;
  /** Messages and accounts that could not be dealt with. */
  readonly failed: number;
  /** New work for people and the host. */
  readonly tasks: number;
}

/** One run: what it did, when, and who asked for it. */
export interface RunRecord extends RunCounts {
  readonly id: string;
  readonly kind: 'tick' | 'review' | 'dispatch';
  /** Who asked for it. */
  readonly by: string;
  /** Instants of the run's own time, in milliseconds since 1970: equal where it ran at a given instant. */
  readonly started: number;
  readonly ended: number;
  /** Code of what ended it early. */
  readonly error?: string | undefined;
}

/** Where runs stand among the values that workers share: the newest first. */
const prefix = 'run/';
/** Runs that are kept, of each tenant. */
export const keptRuns = 200;
/** So often a process clears away what is older. */
const clearEvery = 20;

export const noCounts: RunCounts = {
  reviewed: 0,
  sent: 0,
  skipped: 0,
  delayed: 0,
  limited: 0,
  refused: 0,
  unknown: 0,
  failed: 0,
  tasks: 0,
};

/** The counts of what became of acts. */
export function countsOf(dispatched: readonly Dispatched[]): RunCounts {
  const of = (...outcomes: readonly Dispatched['outcome'][]): number =>
    dispatched.filter(({ outcome }) => outcomes.includes(outcome)).length;
  return {
    ...noCounts,
    sent: of('sent'),
    skipped: of('skipped'),
    delayed: of('delayed'),
    limited: dispatched.filter(({ code }) => code === 'recobro:rate').length,
    refused: of('refused', 'misconfigured'),
    unknown: of('unknown'),
    failed: of('failed'),
    tasks: dispatched.reduce((sum, { brought }) => sum + (brought?.length ?? 0), 0),
  };
}

/**
 * Does a run and writes down what it came to, if it came to anything. A run
 * log that cannot be written harms no run: it is told to the logger.
 */
export async function loggedRun<T>(
  context: Context,
  {
    kind,
    by = 'recobro',
    time,
  }: { readonly kind: RunRecord['kind']; readonly by: string | undefined; readonly time: () => number },
  work: () => Promise<T>,
  counts: (result: T) => RunCounts,
): Promise<T> {
  const started = time();
  const write = async (came: RunCounts, error?: string): Promise<void> => {
    const nothing = Object.values(came).every((count) => count === 0);
    if (nothing && error === undefined) return;
    const id = context.ids.next();
    const record: RunRecord = {
      id,
      kind,
      by,
      started,
      ended: time(),
      ...came,
      ...(error === undefined ? {} : { error }),
    };
    try {
      await writeRun(context, record);
    } catch (failure) {
      context.logger.warn('a run could not be written down', { run: id, code: codeOf(failure) });
    }
  };
  let result: T;
  try {
    result = await work();
  } catch (error) {
    await write(noCounts, codeOf(error));
    throw error;
  }
  await write(counts(result));
  return result;
}

async function writeRun({ tenant, outbox }: Context, record: RunRecord): Promise<void> {
  const { shared } = outbox;
  const newest = String(Number.MAX_SAFE_INTEGER - record.started).padStart(16, '0');
  const key = `${prefix}${newest}/${encodeURIComponent(record.id)}`;
  await shared.write({ tenant, key, expected: 0, value: toJson(record) });
  outbox.runs.written++;
  if (outbox.runs.written % clearEvery !== 0) return;
  const found = await shared.list({ tenant, prefix, limit: keptRuns + 10 * clearEvery });
  for (const { key: old, version } of found.slice(keptRuns))
    await shared.write({ tenant, key: old, expected: version, value: undefined });
}

/** The last runs, the newest first. */
export async function runsOf(
  shared: SharedStore,
  tenant: string,
  limit: number,
): Promise<readonly RunRecord[]> {
  const found = await shared.list({ tenant, prefix, limit: Math.min(limit, keptRuns) });
  return found.map(({ value }) => fromJson<RunRecord>(value));
}

/** The counts of reviews. */
export function countsOfReview({ counts }: CountedRun): RunCounts {
  const { message: _, ...work } = counts.acts;
  const tasks = Object.values(work).reduce((sum, count) => sum + count, 0);
  return { ...noCounts, reviewed: counts.accounts, failed: counts.failed, tasks };
}
