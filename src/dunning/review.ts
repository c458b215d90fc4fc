import { type Act, type Decision, decide } from '../engine/index.js';
import { isRecobroError } from '../errors.js';
import type { AccountFile } from '../ledger/file.js';
import type { ActChange, ActInsert } from '../stores/store.js';
import { changeAccounts } from './change.js';
import { toJson } from './codec.js';
import type { Context } from './context.js';

/** Accounts loaded, decided and committed together. */
const batch = 100;
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
  readonly code: string;
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
 * Reviews the accounts whose time has come until none is left, in batches. An
 * account that cannot be reviewed is reported and does not stop the others.
 *
 * @throws RecobroError `backdated_review` when an account was already reviewed on a later day
 */
export async function reviewDue(
  context: Context,
  now: number,
  guard: ReviewGuard,
  signal: AbortSignal | undefined,
): Promise<ReviewRun> {
  const reviewed: Reviewed[] = [];
  const failed: ReviewFailure[] = [];
  for (;;) {
    signal?.throwIfAborted();
    const due = await context.store.due({ before: now, limit: batch + guard.barred, tenant: context.tenant });
    const page = due.map((one) => one.account).filter((account) => !guard.isBarred(account));
    if (page.length === 0) return { reviewed, failed };
    const admitted: string[] = [];
    for (const account of page) {
      if (guard.admit(account)) admitted.push(account);
      else {
        guard.bar(account);
        failed.push({ account, code: 'never_at_rest' });
      }
    }
    const run = await reviewAccounts(context, admitted, now);
    for (const one of run.failed) guard.bar(one.account);
    reviewed.push(...run.reviewed);
    failed.push(...run.failed);
  }
}

/** Reviews these accounts now, due or not. */
export async function reviewAccounts(
  context: Context,
  accounts: readonly string[],
  now: number,
): Promise<ReviewRun> {
  const failures = new Map<string, string>();
  const outcomes = await changeAccounts<Decision>(
    context,
    accounts,
    { at: now, actor: 'recobro' },
    (file, account) => {
      failures.delete(account);
      try {
        const decision = decide(context.engine, file, now);
        return {
          events: decision.events,
          acts: [...decision.acts.map((act) => insertOf(act, now)), ...closedTasks(decision)],
          next: () => decision.next ?? null,
          result: decision,
        };
      } catch (error) {
        if (!isRecobroError(error) || error.code === 'backdated_review') throw error;
        failures.set(account, error.code);
        return undefined;
      }
    },
  );
  const reviewed: Reviewed[] = [];
  for (const [account, outcome] of outcomes) {
    if (outcome.ok) reviewed.push({ account, decision: outcome.result, file: outcome.file });
    else failures.set(account, `conflict:${outcome.conflict}`);
  }
  const failed = [...failures].map(([account, code]) => ({ account, code }));
  for (const { account, code } of failed)
    context.logger.error('an account could not be reviewed', { account, code });
  return { reviewed, failed };
}

function insertOf(act: Act, now: number): ActInsert {
  const state = act.kind === 'task' ? 'open' : 'ready';
  return { op: 'insert', id: act.id, keys: act.keys, state, notBefore: now, data: toJson(act) };
}

/** Tasks that lost their cause leave the list of what people have to do. */
function closedTasks(decision: Decision): ActChange[] {
  const moves: ActChange[] = [];
  for (const event of decision.events) {
    if (event.type !== 'task.closed') continue;
    moves.push({
      op: 'move',
      id: event.act,
      from: ['open'],
      to: 'completed',
      result: { reason: event.reason },
    });
  }
  return moves;
}
