import { isDay } from '../../calendar/index.js';
import type { HistoryEntry } from '../../dunning/history.js';
import { type ChannelTraits, compile, type FileEvent } from '../../engine/index.js';
import { type Problem, RecobroError } from '../../errors.js';
import type { Documents } from '../../policy/types.js';
import { Collector } from './collector.js';
import type { AccountLog, LogEntry, ReportInput } from './types.js';

export type * from './types.js';

/** A real run: its documents, its period, and what happened. */
export interface RunLogs {
  /** The documents that decided, valid (`parseDocuments`). */
  readonly documents: Documents;
  /** The channels there were. Default: those that recobro ships. */
  readonly channels?: readonly ChannelTraits[] | undefined;
  /** First and last day, `YYYY-MM-DD`. */
  readonly from: string;
  readonly to: string;
  /** The log of each account, oldest first, from its beginning. */
  readonly logs: Iterable<AccountLog>;
  /** Default: each day of up to 100 days, else each week. */
  readonly agingStep?: 'day' | 'week' | undefined;
}

/**
 * Totals, curves and stories of a real run out of its history, in the form
 * that `htmlReport` shows.
 *
 * @example
 * const history: HistoryEntry[] = [];
 * for await (const entry of dunning.history('robles')) history.push(entry);
 * summarise({ documents, from: '2026-01-01', to: '2026-03-31', logs: [{ account: 'robles', entries: logOf(history) }] });
 * @throws RecobroError `invalid_option` for a period that is none; `invalid_document`
 */
export function summarise(run: RunLogs): ReportInput {
  checkPeriod(run.from, run.to);
  const { plan, policies } = run.documents;
  const engine = compile({ plan, policies, channels: run.channels });
  const collector = new Collector({
    kind: 'run',
    engine,
    plan,
    policies,
    refs: { plan: engine.planRef, policies: [...engine.versions.values()].map((one) => one.ref) },
    from: run.from,
    to: run.to,
    agingStep: run.agingStep,
    stories: true,
  });
  for (const log of run.logs) collector.add(log);
  return collector.result();
}

/** The log of an account out of its history as `dunning.history` gives it. */
export function logOf(history: Iterable<HistoryEntry>): LogEntry[] {
  return Array.from(history, ({ at, type, data }): LogEntry => {
    // The history stores each event as its type beside its data; this puts the two together again.
    const event = Object.assign({ type }, data) as FileEvent;
    return { at, event };
  });
}

/** @throws RecobroError `invalid_option` */
export function checkPeriod(from: string, to: string): void {
  const problems: Problem[] = [];
  for (const [path, day] of [
    ['from', from],
    ['to', to],
  ] as const) {
    if (!isDay(day)) {
      const message = `${JSON.stringify(String(day).slice(0, 32))} is no date; write YYYY-MM-DD`;
      problems.push({ path, code: 'invalid_date', message });
    }
  }
  if (problems.length === 0 && to < from)
    problems.push({ path: 'to', code: 'wrong_order', message: `${to} lies before ${from}` });
  if (problems.length > 0) throw new RecobroError('invalid_option', 'the period is not valid', { problems });
}
