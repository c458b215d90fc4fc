import type { Act } from '../engine/index.js';
import type { AccountFile } from '../ledger/file.js';
import { formatAmount } from '../money/index.js';
import { numberOfItem, waitingClause } from '../words/places.js';
import { outcomeSentence } from '../words/run/outcome.js';
import { runText } from '../words/run/text.js';
import { messageSentence, workSentence } from '../words/run/work.js';
import type { Speech } from '../words/speech.js';
import type { Context } from './context.js';
import { dispatchReady } from './dispatch.js';
import { workInbox } from './inbound/inbox.js';
import { type Pause, pausesNow } from './outbox/pauses.js';
import type { ReachedLimit } from './outbox/rates/limits.js';
import { countsOf, type RunCounts } from './outbox/runs.js';
import type { Dispatched } from './outcomes.js';
import { type Followed, followChanges } from './pull/cursor.js';
import { type Reviewed, type ReviewFailure, ReviewGuard, reviewDue } from './review.js';
import { speechFor } from './speaking.js';
import { Turn } from './workers/turn.js';

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
  /** The limit that keeps the message back, where one does. */
  readonly limit?: ReachedLimit | undefined;
}

/** What one run did and why it did no more. */
export interface TickResult {
  readonly now: number;
  /** Messages that a provider accepted. */
  readonly sent: readonly RunEntry[];
  /** Accounts reviewed for which nothing goes out yet, and messages that a limit or a pause keeps back. */
  readonly waiting: readonly RunEntry[];
  /** Planned messages that turned out not to be right any more. */
  readonly skipped: readonly RunEntry[];
  /** New work for people and for the host: tasks, alerts, proposals to approve or to perform, effects, fees, hand-overs. */
  readonly tasks: readonly RunEntry[];
  /** Refused, not set up, delayed or unknown messages, and accounts that could not be reviewed. */
  readonly failed: readonly RunEntry[];
  /** Accounts reviewed. */
  readonly reviewed: number;
  /** The same in numbers, as `runs()` keeps them. */
  readonly counts: RunCounts;
  /** When there is something to do again: the next review, or the next try of a message; absent when nothing is planned. */
  readonly next?: number | undefined;
  /** When the first of the messages that wait for another try may go; needs a store that offers `backlog`. */
  readonly message?: number | undefined;
  /** The run ended at its limit: there may be more to do now. */
  readonly more?: boolean | undefined;
  /** Accounts of which the ledger source said that they changed, where it lists changes. */
  readonly changes?: Followed | undefined;
  /** Why nothing goes out, or nothing by some channel: pauses that hold; absent where none does. */
  readonly paused?: readonly Pause[] | undefined;
  /** The same as a short text. */
  readonly text: string;
}

/** Review what is due, then dispatch what is ready, until both are empty. */
export async function tickOnce(
  context: Context,
  time: () => number,
  signal: AbortSignal | undefined,
  { language, limit }: { readonly language?: string | undefined; readonly limit?: number | undefined } = {},
): Promise<TickResult> {
  const now = time();
  const speech = speechFor(context, language);
  const changes = await followChanges(context, signal);
  const guard = new ReviewGuard();
  // Apart, so that what was decided goes out even while there is more to review.
  const reviews = new Turn(limit);
  const sends = new Turn(limit);
  const more = (): boolean => reviews.over || sends.over;
  const waiting = new Map<string, readonly RunEntry[]>();
  const tasks: Act[] = [];
  const failures: ReviewFailure[] = [];
  const dispatched: Dispatched[] = [];
  const failed = new Set<string>();
  for (;;) {
    await workInbox(context, time, signal);
    for await (const { reviewed, failed } of reviewDue(context, time, now, guard, signal, reviews)) {
      for (const one of reviewed) {
        waiting.set(one.account, waitingOf(one, speech));
        tasks.push(...one.decision.acts.filter(waitsForSomebody));
      }
      failures.push(...failed);
    }
    // What could not be dealt with fails each time; it is told of once, and is no reason to go on.
    const done = (await dispatchReady(context, time, signal, sends)).filter(
      ({ act, outcome }) => outcome !== 'failed' || !failed.has(act.id),
    );
    for (const { act, outcome } of done) if (outcome === 'failed') failed.add(act.id);
    dispatched.push(...done);
    for (const { brought } of done) if (brought !== undefined) tasks.push(...brought);
    if (done.length === 0 || more()) break;
  }
  const [upcoming] = await context.store.due({
    before: Number.MAX_SAFE_INTEGER,
    limit: 1,
    tenant: context.tenant,
  });
  // What could not be reviewed stays due: from now on, not from some day long gone.
  const review = upcoming === undefined ? undefined : Math.max(upcoming.next, now);
  const paused = await pausesNow(context, now);
  const message = await nextTry(context, now, paused, dispatched);
  const next = earliest([review, message]);
  return result(
    {
      waiting,
      tasks,
      failures,
      dispatched,
      next,
      message,
      more: more() || changes?.more === true,
      changes,
      paused,
    },
    now,
    context.engine.plan.zone,
    speech,
  );
}

/** While nothing may go out, what is ready is looked at again after so many milliseconds. */
const whilePaused = 60_000;

/** When the first of the messages that wait may be tried: those put off, where the store finds them, and those that failed now. */
async function nextTry(
  { store, tenant }: Context,
  now: number,
  paused: readonly Pause[],
  dispatched: readonly Dispatched[],
): Promise<number | undefined> {
  const until = Number.MAX_SAFE_INTEGER;
  const ready = await store.backlog?.({ tenant, state: 'ready', by: 'notBefore', until, limit: 1 });
  const rests = paused.some(({ channel }) => channel === undefined);
  return earliest([
    ...(ready?.acts ?? []).map(({ notBefore }) => Math.max(notBefore, rests ? now + whilePaused : now)),
    ...dispatched.map((one) => (one.outcome === 'failed' ? one.until : undefined)),
  ]);
}

function earliest(instants: readonly (number | undefined)[]): number | undefined {
  const known = instants.filter((one) => one !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}

interface Collected {
  /** By account reviewed. */
  readonly waiting: ReadonlyMap<string, readonly RunEntry[]>;
  readonly tasks: readonly Act[];
  readonly failures: readonly ReviewFailure[];
  readonly dispatched: readonly Dispatched[];
  readonly next: number | undefined;
  readonly message: number | undefined;
  readonly more: boolean;
  readonly paused: readonly Pause[];
  readonly changes: Followed | undefined;
}

function result(run: Collected, now: number, zone: string, speech: Speech): TickResult {
  const of = (outcome: Dispatched['outcome']): RunEntry[] =>
    run.dispatched.filter((one) => one.outcome === outcome).map((one) => entryOf(one, speech));
  const sent = of('sent');
  const skipped = of('skipped');
  const failed = [
    ...of('refused'),
    ...of('misconfigured'),
    ...of('unknown'),
    ...run.dispatched.filter(isPutOff).map((one) => entryOf(one, speech)),
    ...of('failed'),
    ...run.failures.map(
      ({ account, code }): RunEntry => ({
        account,
        invoices: [],
        amounts: [],
        code,
        reason: outcomeSentence('notReviewed', code, speech),
      }),
    ),
  ];
  const kept = run.dispatched.filter(isKept).map((one) => entryOf(one, speech));
  const acted = new Set([...sent, ...failed, ...kept].map((entry) => entry.account));
  const waiting = [
    ...kept,
    ...[...run.waiting].filter(([account]) => !acted.has(account)).flatMap(([, entries]) => entries),
  ];
  const tasks = run.tasks.map(
    (act): RunEntry => ({ ...about(act), code: codeOfWork(act), reason: workSentence(act, speech) }),
  );
  const lists = { sent, waiting, skipped, tasks, failed };
  const outcome = {
    now,
    ...lists,
    reviewed: run.waiting.size,
    counts: countsOfRun(run),
    ...(run.next === undefined ? {} : { next: run.next }),
    ...(run.message === undefined ? {} : { message: run.message }),
    ...(run.more ? { more: true } : {}),
    ...(run.paused.length === 0 ? {} : { paused: run.paused }),
    ...(run.changes === undefined ? {} : { changes: run.changes }),
  };
  return { ...outcome, text: runText(outcome, zone, speech) };
}

/** Nothing failed: there is no room for it yet, or sending is paused. */
function isKept({ outcome, code }: Dispatched): boolean {
  return outcome === 'delayed' && (code === 'recobro:rate' || code === 'recobro:paused');
}

function isPutOff(one: Dispatched): boolean {
  return one.outcome === 'delayed' && !isKept(one);
}

function countsOfRun({ waiting, tasks, failures, dispatched }: Collected): RunCounts {
  const counts = countsOf(dispatched);
  return {
    ...counts,
    reviewed: waiting.size,
    failed: counts.failed + failures.length,
    tasks: tasks.length,
  };
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

/** Codes of outcomes for which nobody gave one. */
const otherwise: Readonly<Record<Dispatched['outcome'], string>> = {
  sent: 'sent',
  skipped: 'changed',
  unknown: 'unknown',
  delayed: 'retry',
  refused: 'refused',
  failed: 'failed',
  misconfigured: 'misconfigured',
};

function entryOf(one: Dispatched, speech: Speech): RunEntry {
  const { act, outcome } = one;
  // What a provider said of a message that it took is no reason.
  const code = outcome === 'sent' ? otherwise.sent : (one.code ?? otherwise[outcome]);
  const reason =
    outcome === 'sent' ? messageSentence(act, speech) : outcomeSentence(outcome, code, speech, one.limit);
  return {
    ...about(act),
    code,
    reason,
    ...(one.until === undefined ? {} : { next: one.until }),
    ...(one.limit === undefined ? {} : { limit: one.limit }),
  };
}

/** One line per account: the reason that ends first. */
function waitingOf({ account, decision, file }: Reviewed, speech: Speech): RunEntry[] {
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
      reason: waitingClause(first.reason, first.refusals, speech),
      ...(first.at === undefined ? {} : { next: first.at }),
    },
  ];
}

/** The number of an item, as messages show it. */
function numberOf(file: AccountFile, item: string): string {
  const [invoice = item, instalment] = item.split('~');
  return numberOfItem({ number: file.invoices.get(invoice)?.number ?? invoice, instalment });
}
