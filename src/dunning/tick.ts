import type { Act } from '../engine/index.js';
import type { AccountFile } from '../ledger/file.js';
import { formatAmount } from '../money/index.js';
import type { Context } from './context.js';
import { dispatchReady } from './dispatch.js';
import type { Dispatched } from './outcomes.js';
import { type Reviewed, type ReviewFailure, ReviewGuard, reviewDue } from './review.js';
import { localTime, numberOfItem, sentenceOf, waitingSentence, workSentence } from './sentences.js';

/** One line of a run, for people and programs. */
export interface RunEntry {
  readonly account: string;
  /** Id of the act, where there is one. */
  readonly act?: string | undefined;
  readonly stage?: string | undefined;
  readonly channel?: string | undefined;
  /** Invoice numbers it is about. */
  readonly invoices: readonly string[];
  /** Amounts by currency, as decimal text with code: `1250.00 MXN`. */
  readonly amounts: readonly string[];
  /** Code of the reason. */
  readonly code: string;
  /** The reason as a sentence. */
  readonly reason: string;
  /** When something may happen next, in milliseconds since 1970. */
  readonly next?: number | undefined;
}

/** What one run did and why it did no more. */
export interface TickResult {
  readonly now: number;
  /** Messages that a provider accepted. */
  readonly sent: readonly RunEntry[];
  /** Accounts reviewed for which nothing goes out yet. */
  readonly waiting: readonly RunEntry[];
  /** Planned messages that turned out not to be right any more. */
  readonly skipped: readonly RunEntry[];
  /** New work for people and for the host: tasks, alerts, proposals to approve or to perform, effects, fees, hand-overs. */
  readonly tasks: readonly RunEntry[];
  /** Refused, not set up, delayed or unknown messages, and accounts that could not be reviewed. */
  readonly failed: readonly RunEntry[];
  /** Accounts reviewed. */
  readonly reviewed: number;
  /** Next review instant of the tenant; absent when nothing is planned. */
  readonly next?: number | undefined;
  /** The same as a short text. */
  readonly text: string;
}

/** Review what is due, then dispatch what is ready, until both are empty. */
export async function tickOnce(
  context: Context,
  time: () => number,
  signal: AbortSignal | undefined,
): Promise<TickResult> {
  const now = time();
  const guard = new ReviewGuard();
  const waiting = new Map<string, readonly RunEntry[]>();
  const tasks: Act[] = [];
  const failures: ReviewFailure[] = [];
  const dispatched: Dispatched[] = [];
  for (;;) {
    for await (const { reviewed, failed } of reviewDue(context, time, now, guard, signal)) {
      for (const one of reviewed) {
        waiting.set(one.account, waitingOf(one));
        tasks.push(...one.decision.acts.filter(waitsForSomebody));
      }
      failures.push(...failed);
    }
    const done = await dispatchReady(context, time, signal);
    dispatched.push(...done);
    for (const { brought } of done) if (brought !== undefined) tasks.push(...brought);
    if (done.length === 0) break;
  }
  const [upcoming] = await context.store.due({
    before: Number.MAX_SAFE_INTEGER,
    limit: 1,
    tenant: context.tenant,
  });
  // What could not be reviewed stays due: from now on, not from some day long gone.
  const next = upcoming === undefined ? undefined : Math.max(upcoming.next, now);
  return result(context, now, { waiting, tasks, failures, dispatched, next });
}

interface Collected {
  /** By account reviewed. */
  readonly waiting: ReadonlyMap<string, readonly RunEntry[]>;
  readonly tasks: readonly Act[];
  readonly failures: readonly ReviewFailure[];
  readonly dispatched: readonly Dispatched[];
  readonly next: number | undefined;
}

function result(context: Context, now: number, run: Collected): TickResult {
  const of = (outcome: Dispatched['outcome']): RunEntry[] =>
    run.dispatched.filter((one) => one.outcome === outcome).map((one) => entryOf(one));
  const sent = of('sent');
  const skipped = of('skipped');
  const failed = [
    ...of('refused'),
    ...of('misconfigured'),
    ...of('unknown'),
    ...of('delayed'),
    ...of('failed'),
    ...run.failures.map(
      ({ account, code }): RunEntry => ({
        account,
        invoices: [],
        amounts: [],
        code,
        reason: `it could not be reviewed: ${sentenceOf(code)}`,
      }),
    ),
  ];
  const acted = new Set([...sent, ...failed].map((entry) => entry.account));
  const waiting = [...run.waiting]
    .filter(([account]) => !acted.has(account))
    .flatMap(([, entries]) => entries);
  const tasks = run.tasks.map(
    (act): RunEntry => ({ ...about(act), code: codeOfWork(act), reason: workSentence(act) }),
  );
  const lists = { sent, waiting, skipped, tasks, failed };
  const outcome = {
    now,
    ...lists,
    reviewed: run.waiting.size,
    ...(run.next === undefined ? {} : { next: run.next }),
  };
  return { ...outcome, text: textOf(context, outcome) };
}

/** Whatever does not go out by itself. */
function waitsForSomebody(act: Act): boolean {
  return act.kind !== 'message' || act.mode !== undefined;
}

/** Name of a task; what has no work of its own name is known by its kind. */
function codeOfWork({ kind, mode, name }: Act): string {
  if (kind === 'message') return mode === 'task' ? 'perform' : 'approve';
  return kind === 'task' ? (name ?? 'task') : kind;
}

function about(act: Act): Pick<RunEntry, 'account' | 'act' | 'stage' | 'channel' | 'invoices' | 'amounts'> {
  return {
    account: act.account,
    act: act.id,
    stage: act.stage,
    ...(act.channel === undefined ? {} : { channel: act.channel }),
    invoices: act.items.map(numberOfItem),
    amounts: act.totals.map((total) => `${formatAmount(total.minor, total.currency)} ${total.currency}`),
  };
}

function entryOf(one: Dispatched): RunEntry {
  const next = one.until === undefined ? {} : { next: one.until };
  switch (one.outcome) {
    case 'sent':
      return {
        ...about(one.act),
        code: 'sent',
        reason: `${one.act.message ?? ''} by ${one.act.channel ?? ''}`,
        ...next,
      };
    case 'skipped':
      return {
        ...about(one.act),
        code: one.code ?? 'changed',
        reason: sentenceOf(one.code ?? 'changed'),
        ...next,
      };
    case 'unknown':
      return {
        ...about(one.act),
        code: one.code ?? 'unknown',
        reason: `nobody knows whether it went out (${sentenceOf(one.code ?? '')}); resolve it`,
        ...next,
      };
    case 'delayed':
      return {
        ...about(one.act),
        code: one.code ?? 'retry',
        reason: `not sent yet (${sentenceOf(one.code ?? '')}); it is tried again`,
        ...next,
      };
    case 'refused':
      return {
        ...about(one.act),
        code: one.code ?? 'refused',
        reason: `refused for good: ${sentenceOf(one.code ?? '')}`,
        ...next,
      };
    case 'failed':
      return {
        ...about(one.act),
        code: one.code ?? 'failed',
        reason: `it could not be dealt with: ${sentenceOf(one.code ?? 'failed')}`,
        ...next,
      };
    case 'misconfigured':
      return {
        ...about(one.act),
        code: one.code ?? 'misconfigured',
        reason: `the channel is not set up correctly: ${sentenceOf(one.code ?? '')}`,
        ...next,
      };
  }
}

/** One line per account: the reason that ends first. */
function waitingOf({ account, decision, file }: Reviewed): RunEntry[] {
  const first = [...decision.waiting].sort(
    (a, b) => (a.at ?? Number.MAX_SAFE_INTEGER) - (b.at ?? Number.MAX_SAFE_INTEGER),
  )[0];
  if (first === undefined) return [];
  return [
    {
      account,
      ...(first.stage === undefined ? {} : { stage: first.stage }),
      invoices: decision.waiting.map((one) => numberOf(file, one.item)),
      amounts: [],
      code: first.reason,
      reason: waitingSentence(first.reason, first.refusals),
      ...(first.at === undefined ? {} : { next: first.at }),
    },
  ];
}

/** The number of an item, as messages show it. */
function numberOf(file: AccountFile, item: string): string {
  const [invoice = item, instalment] = item.split('~');
  return numberOfItem({ number: file.invoices.get(invoice)?.number ?? invoice, instalment });
}

/** Lists longer than this are cut in the text; the data has them all. */
const shown = 20;

function textOf(context: Context, run: Omit<TickResult, 'text'>): string {
  const { zone } = context.engine.plan;
  const counts = [
    `${run.sent.length} sent`,
    `${run.waiting.length} waiting`,
    `${run.skipped.length} skipped`,
    `${run.tasks.length} ${run.tasks.length === 1 ? 'task' : 'tasks'}`,
    `${run.failed.length} failed`,
  ];
  const lines = [`${localTime(run.now, zone)} (${zone}): ${counts.join(', ')}`];
  const lists = {
    sent: run.sent,
    waiting: run.waiting,
    skipped: run.skipped,
    task: run.tasks,
    failed: run.failed,
  };
  for (const [name, entries] of Object.entries(lists)) {
    for (const entry of entries.slice(0, shown)) lines.push(`  ${name.padEnd(8)}${lineOf(entry, zone)}`);
    if (entries.length > shown) lines.push(`  ${name.padEnd(8)}… and ${entries.length - shown} more`);
  }
  if (run.reviewed === 0 && Object.values(lists).every((entries) => entries.length === 0)) {
    const next = run.next === undefined ? 'and nothing is planned' : `before ${localTime(run.next, zone)}`;
    lines.push(`  nothing is due ${next}`);
  }
  return lines.join('\n');
}

function lineOf(entry: RunEntry, zone: string): string {
  const some = entry.invoices.slice(0, 3).join(', ');
  const invoices = entry.invoices.length > 3 ? `${some} and ${entry.invoices.length - 3} more` : some;
  const about = [invoices, entry.amounts.join(' + ')].filter((part) => part !== '').join(', ');
  const next = entry.next === undefined ? '' : `; next ${localTime(entry.next, zone)}`;
  return `${entry.account}: ${entry.reason}${about === '' ? '' : ` (${about})`}${next}`;
}
