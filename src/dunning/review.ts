import { tzdataVersion } from '../calendar/index.js';
import {
  type DecideOptions,
  type Decision,
  decide,
  type FileEvent,
  type ReviewLimits,
} from '../engine/index.js';
import { RecobroError } from '../errors.js';
import type { AccountFile } from '../ledger/file.js';
import { currencyExponent } from '../money/index.js';
import { hint } from '../schema/nearest.js';
import { shareOf } from '../segments/index.js';
import { actChanges } from './act-changes.js';
import { changeAccounts } from './change.js';
import type { Context } from './context.js';
import { codeOf } from './failures.js';
import { nextReview } from './outcomes.js';
import { unknownThere, unreadAccount } from './pull/reading.js';
import { Turn } from './workers/turn.js';

/** Accounts loaded, decided and committed together. */
const batch = 100;
/** Batches under way at once: while the database works on one, the next is decided. */
const lanes = 2;
/** Due accounts asked for at once. */
const page = 5 * batch;
/** No account is reviewed more often in one run; more would mean that it never comes to rest. */
const mostReviews = 50;

/** What one account's review said. */
export interface Reviewed {
  readonly account: string;
  readonly decision: Decision;
  readonly file: AccountFile;
}

/** A review that could not be made. Others went on. */
export interface ReviewFailure {
  readonly account: string;
  /** `backdated_review` when the account was already reviewed on a later day, `unknown_id` when it was never synced, … */
  readonly code: string;
}

/** What the reviews of a run came to. */
export interface ReviewCounts {
  readonly accounts: number;
  readonly failed: number;
  /** Acts planned, by kind; proposals are messages that wait for a person. */
  readonly acts: Readonly<Record<string, number>>;
  /** Units that wait, by reason. */
  readonly waiting: Readonly<Record<string, number>>;
}

export interface ReviewRun {
  readonly reviewed: readonly Reviewed[];
  readonly failed: readonly ReviewFailure[];
}

/** Remembers across the rounds of one run what was reviewed how often, and what cannot be. */
export class ReviewGuard {
  readonly #times = new Map<string, number>();
  readonly #barred = new Set<string>();

  /** Accounts that stay due though they are not to be reviewed again in this run. */
  get barred(): number {
    return this.#barred.size;
  }

  isBarred(account: string): boolean {
    return this.#barred.has(account);
  }

  bar(account: string): void {
    this.#barred.add(account);
  }

  /** Whether the account may be reviewed once more. */
  admit(account: string): boolean {
    const times = (this.#times.get(account) ?? 0) + 1;
    this.#times.set(account, times);
    return times <= mostReviews;
  }
}

/**
 * Reviews the accounts whose time has come until none is left, batch by batch.
 * An account that cannot be reviewed is reported and does not stop the others.
 *
 * @param time the present instant, asked anew for each batch: what is decided late in a long run is decided for then
 * @param occasion contacts decided in one run count as one occasion
 * @param turn ends the run early, so that others get theirs
 */
export async function* reviewDue(
  context: Context,
  time: () => number,
  occasion: number,
  guard: ReviewGuard,
  signal: AbortSignal | undefined,
  turn: Turn = new Turn(),
): AsyncGenerator<ReviewRun> {
  while (!turn.over) {
    signal?.throwIfAborted();
    const limit = Math.min(page, Math.max(turn.left, batch)) + guard.barred;
    const found = await context.store.due({ before: time(), limit, tenant: context.tenant });
    const due = found.map((one) => one.account).filter((account) => !guard.isBarred(account));
    if (due.length === 0) return;
    const restless = due.filter((account) => !guard.admit(account));
    for (const account of restless) guard.bar(account);
    if (restless.length > 0)
      yield { reviewed: [], failed: restless.map((account) => ({ account, code: 'never_at_rest' })) };
    const left = due.filter((account) => !guard.isBarred(account));
    const begin = (): Promise<ReviewRun> | undefined => {
      if (left.length === 0 || turn.over || signal?.aborted === true) return undefined;
      const accounts = left.splice(0, batch);
      turn.spend(accounts.length);
      return reviewBatch(context, accounts, time(), occasion);
    };
    for await (const run of sideBySide(begin)) {
      for (const one of run.failed) guard.bar(one.account);
      yield run;
    }
  }
}

/** Some batches at once, handed on in their order. When one fails the others are awaited before its error comes out. */
async function* sideBySide(begin: () => Promise<ReviewRun> | undefined): AsyncGenerator<ReviewRun> {
  const running: Promise<ReviewRun>[] = [];
  const fill = (): void => {
    while (running.length < lanes) {
      const next = begin();
      if (next === undefined) return;
      // Its failure is looked at when its turn has come.
      next.catch(() => undefined);
      running.push(next);
    }
  };
  try {
    for (fill(); running.length > 0; fill()) {
      const [first] = running;
      if (first === undefined) return;
      const run = await first;
      running.shift();
      yield run;
    }
  } finally {
    await Promise.allSettled(running);
  }
}

/** Reviews these accounts now, due or not. */
export async function* reviewNamed(
  context: Context,
  accounts: readonly string[] | 'all',
  now: number,
  signal: AbortSignal | undefined,
  request: ReviewRequest = {},
): AsyncGenerator<ReviewRun> {
  let page: string[] = [];
  for await (const account of accounts === 'all' ? everyAccount(context) : new Set(accounts)) {
    page.push(account);
    if (page.length < batch) continue;
    signal?.throwIfAborted();
    yield* reviewWhole(context, page, now, request);
    page = [];
  }
  yield* reviewWhole(context, page, now, request);
}

/** A proposal that is over leaves in one review and is made anew in the next: asked for once, both are made. */
async function* reviewWhole(
  context: Context,
  accounts: readonly string[],
  now: number,
  request: ReviewRequest,
): AsyncGenerator<ReviewRun> {
  let left = accounts;
  const occasion = occasionOf(now, request.run);
  for (let times = 0; times < mostReviews; times++) {
    const run = await reviewBatch(context, left, now, occasion, request);
    yield run;
    left = run.reviewed.flatMap(({ account, decision }) => (decision.unfinished === true ? [account] : []));
    if (left.length === 0) return;
  }
}

/**
 * A run on request is an occasion of its own: the next one may be asked for in
 * the same millisecond. Occasions are only ever compared for being the same;
 * ten bits beside those of an instant are exact.
 */
function occasionOf(now: number, run: string | number | undefined): number {
  if (run === undefined) return now;
  return now + (1 + Math.floor((shareOf(String(run), 'run') * 1023) / 10_000)) / 1024;
}

async function* everyAccount(context: Context): AsyncGenerator<string> {
  for await (const file of context.store.files(context.tenant)) yield file.account;
}

/** All reviews of a run, with what they came to. */
export interface CountedRun extends ReviewRun {
  readonly counts: ReviewCounts;
  /** The run ended at its limit: there may be more to review now. */
  readonly more?: boolean | undefined;
}

function sorted(counts: ReadonlyMap<string, number>): Record<string, number> {
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** What a review on request asks for beside the accounts. */
export interface ReviewRequest {
  readonly only?: ReviewLimits | undefined;
  readonly run?: string | number | undefined;
  readonly backdated?: 'refuse' | 'accept' | undefined;
}

/**
 * A review that is limited to what nobody has would look at everything and do nothing.
 *
 * @throws RecobroError `unknown_id` listing every policy and stage that no document has; `unknown_currency`
 */
export function checkLimits({ engine }: Context, { policies, stages, currencies }: ReviewLimits): void {
  const compiled = [...engine.versions.values()];
  const missing = [
    ...unknownOf('policy', policies, new Set(compiled.map((one) => one.ref.id))),
    ...unknownOf('stage', stages, new Set(compiled.flatMap((one) => [...one.byId.keys()]))),
  ];
  if (missing.length > 0)
    throw new RecobroError(
      'unknown_id',
      `a review cannot be limited to what there is not: no ${missing.join('; no ')}`,
    );
  for (const currency of currencies ?? []) currencyExponent(currency);
}

function unknownOf(
  what: string,
  names: readonly string[] | undefined,
  known: ReadonlySet<string>,
): readonly string[] {
  return (names ?? [])
    .filter((name) => !known.has(name))
    .map((name) => `${what} ${JSON.stringify(name)}${hint(name, [...known], 40)}`);
}

/** The batches of a run as one. */
export async function collect(batches: AsyncIterable<ReviewRun>, turn?: Turn): Promise<CountedRun> {
  const reviewed: Reviewed[] = [];
  const failed: ReviewFailure[] = [];
  const acts = new Map<string, number>();
  const waiting = new Map<string, number>();
  const count = (counts: Map<string, number>, key: string): void => {
    counts.set(key, (counts.get(key) ?? 0) + 1);
  };
  for await (const one of batches) {
    reviewed.push(...one.reviewed);
    failed.push(...one.failed);
    for (const { decision } of one.reviewed) {
      for (const act of decision.acts) count(acts, act.mode === undefined ? act.kind : 'proposal');
      for (const { reason } of decision.waiting) count(waiting, reason);
    }
  }
  const counts = {
    accounts: new Set(reviewed.map(({ account }) => account)).size,
    failed: failed.length,
    acts: sorted(acts),
    waiting: sorted(waiting),
  };
  return { reviewed, failed, counts, ...(turn?.over === true ? { more: true } : {}) };
}

/** Writes down with a review by what it was made, so that it can be made again. */
function framed(
  context: Context,
  events: readonly FileEvent[],
  now: number,
  { occasion, ...asked }: DecideOptions,
): readonly FileEvent[] {
  return events.map((event) => {
    if (event.type !== 'review.made') return event;
    const by = {
      documents: context.decidedBy,
      plan: context.engine.planRef,
      tz: tzdataVersion(),
      events: events.length,
      ...(occasion === now ? {} : { occasion }),
      ...asked,
    };
    return { ...event, by };
  });
}

async function reviewBatch(
  context: Context,
  accounts: readonly string[],
  now: number,
  occasion: number,
  { only, run, backdated }: ReviewRequest = {},
): Promise<ReviewRun> {
  const { leave } = context;
  const failures = new Map<string, string>();
  const onFailure = (account: string, error: unknown): void => {
    failures.set(account, codeOf(error));
  };
  const outcomes = await changeAccounts<Decision | undefined>(
    context,
    accounts,
    { at: now, actor: 'recobro', onFailure },
    (file, account) => {
      failures.delete(account);
      if (file.seq === 0 && context.ledger !== undefined) return unknownThere(failures, account);
      if (file.seq === 0)
        throw new RecobroError('unknown_id', `there is no account ${JSON.stringify(account)}; sync it first`);
      const decision = decide(context.engine, file, now, { occasion, only, run, backdated, leave });
      return {
        events: framed(context, decision.events, now, { occasion, only, run, backdated, leave }),
        acts: actChanges(decision.events, decision.acts, now, context.engine.plan.zone),
        // What a limited review left out is due at once.
        next: (after) => (only === undefined ? (decision.next ?? null) : nextReview(context, after, now)),
        result: decision,
      };
    },
    (error, _, account) => unreadAccount(context, failures, account, now, error),
  );
  const reviewed: Reviewed[] = [];
  for (const [account, outcome] of outcomes) {
    if (outcome.ok) {
      // Without a decision it stands among the failures.
      const { result: decision, file } = outcome;
      if (decision !== undefined) reviewed.push({ account, decision, file });
    } else failures.set(account, `conflict:${outcome.conflict}`);
  }
  const failed = [...failures].map(([account, code]) => ({ account, code }));
  for (const { account, code } of failed)
    context.logger.error('an account could not be reviewed', { account, code });
  return { reviewed, failed };
}
