import type { SendOutcome } from '../../channels/channel.js';
import { sleepOn } from '../../clock.js';
import type { Act } from '../../engine/index.js';
import { isRecobroError } from '../../errors.js';
import type { StoredAct } from '../../stores/store.js';
import { changeAccount } from '../change.js';
import { fromJson } from '../codec.js';
import type { Context } from '../context.js';
import { codeOf, isStoreFailure } from '../failures.js';
import { referMessage } from '../inbound/references.js';
import { type Attempt, type Dispatched, recordOutcome } from '../outcomes.js';

/** Nobody hears it; without a reason a `DOMException` with its stack is made for each call. */
const overNow = 'over';

/** Undefined when the act is not in the state any more that the attempt left it in. */
export async function record(
  context: Context,
  attempt: Attempt,
  outcome: SendOutcome,
): Promise<Dispatched | undefined> {
  const { act, now, known } = attempt;
  const saved = await changeAccount<Dispatched>(
    context,
    act.account,
    { at: now, actor: 'recobro', known },
    (file) => (file.acts.has(act.id) ? recordOutcome(context, file, attempt, outcome) : undefined),
  );
  return saved?.ok === true ? saved.result : undefined;
}

/**
 * Writes down what the provider said: of an act that is still this worker's,
 * and else, since a stale token is refused, of one that was parked meanwhile,
 * which a definite answer settles.
 */
export async function settle(
  context: Context,
  attempt: Attempt,
  outcome: SendOutcome,
): Promise<Dispatched | undefined> {
  if (outcome.outcome === 'accepted')
    await referSent(context, attempt.act, [outcome.providerId, ...(outcome.aliases ?? [])]);
  const saved = await record(context, attempt, outcome);
  if (saved !== undefined || outcome.outcome === 'unknown' || outcome.outcome === 'retry') return saved;
  const again: Attempt = { ...attempt, from: 'unknown', token: undefined, known: undefined };
  const parked = await record(context, again, outcome);
  if (parked !== undefined || outcome.outcome !== 'accepted') return parked;
  return addProviderId(context, attempt, outcome.providerId);
}

/** What is told of a message by its provider's id is to find it. Losing that is no reason to lose what became of the message. */
async function referSent(
  context: Context,
  { id, account, channel }: Act,
  ids: readonly string[],
): Promise<void> {
  if (channel === undefined) return;
  try {
    await referMessage(context, { act: id, account, channel, ids });
  } catch (error) {
    context.logger.warn('the id of a message could not be noted', { act: id, code: codeOf(error) });
  }
}

/** A receipt may be faster than the answer: then the act is accepted already, and the answer adds the provider's id. */
async function addProviderId(
  context: Context,
  { act, now }: Attempt,
  providerId: string,
): Promise<Dispatched | undefined> {
  const row = await context.store.act(context.tenant, act.id);
  const { state, result } = row ?? {};
  if (state !== 'accepted' || typeof result !== 'object' || result === null || 'providerId' in result)
    return undefined;
  const named = await changeAccount<Dispatched>(context, act.account, { at: now, actor: 'recobro' }, () => ({
    events: [],
    acts: [{ op: 'move', id: act.id, from: ['accepted'], to: 'accepted', result: { ...result, providerId } }],
    result: { act, outcome: 'sent', providerId },
  }));
  return named?.ok === true ? named.result : undefined;
}

const firstPause = 50;
const longestPause = 5_000;
const mostTries = 60;

/**
 * The same, tried again for as long as the lease lasts while the store fails
 * and says that it may work later. The heartbeat goes on meanwhile. An answer
 * that cannot be written down even so is kept for the next run of this process.
 */
export async function settleSurely(
  context: Context,
  attempt: Attempt,
  outcome: SendOutcome,
): Promise<Dispatched | undefined> {
  const { clock, outbox, tenant } = context;
  const { act } = attempt;
  const end = clock.now() + outbox.settings.leaseMs;
  let pause = firstPause;
  for (let tries = 1; ; tries++) {
    try {
      const saved = await settle(context, attempt, outcome);
      // A commit that failed may have been made all the same.
      return saved ?? (tries === 1 ? undefined : await written(context, attempt, outcome));
    } catch (error) {
      const again = isRecobroError(error) && error.retryable && tries < mostTries && clock.now() < end;
      if (!again) {
        if (isStoreFailure(error)) {
          const kept = { tenant, attempt: { ...attempt, known: undefined }, outcome };
          outbox.kept.set(keptKey(tenant, act.id), kept);
        }
        context.logger.error('what the provider said could not be written down', {
          act: act.id,
          outcome: outcome.outcome,
          providerId: outcome.outcome === 'accepted' ? outcome.providerId : undefined,
          code: codeOf(error),
        });
        throw error;
      }
      await sleepOn(clock, pause);
      pause = Math.min(pause * 2, longestPause);
    }
  }
}

/** Writes down the answers that are kept, before anything else is made of their acts. */
export async function settleKept(context: Context): Promise<readonly Dispatched[]> {
  const results: Dispatched[] = [];
  for (const [key, { tenant, attempt, outcome }] of [...context.outbox.kept]) {
    if (tenant !== context.tenant) continue;
    try {
      const saved = await settle(context, attempt, outcome);
      context.outbox.kept.delete(key);
      if (saved !== undefined) results.push(saved);
    } catch (error) {
      if (isStoreFailure(error)) throw error;
      // It stays, for the next run.
      results.push(failedAct(context, attempt.act, error));
    }
  }
  return results;
}

/** An act that this run could not deal with does not stop the others. */
export function failedAct({ logger }: Pick<Context, 'logger'>, act: Act, error: unknown): Dispatched {
  const code = codeOf(error);
  logger.error('an act could not be performed', { act: act.id, code });
  return { act, outcome: 'failed', code };
}

/** The same for one that no call was made for: it is tried again when its claim is over. */
export function failedClaim(context: Pick<Context, 'logger'>, row: StoredAct, error: unknown): Dispatched {
  const failed = failedAct(context, fromJson<Act>(row.data), error);
  return row.lease === null ? failed : { ...failed, until: row.lease };
}

function keptKey(tenant: string, act: string): string {
  return `${tenant}\0${act}`;
}

/** Whether the row says already what was to be written. */
async function written(
  context: Context,
  { act }: Attempt,
  outcome: SendOutcome,
): Promise<Dispatched | undefined> {
  if (outcome.outcome !== 'accepted') return undefined;
  const row = await context.store.act(context.tenant, act.id);
  const result = row?.state === 'accepted' ? row.result : null;
  if (typeof result !== 'object' || result === null || !('providerId' in result)) return undefined;
  const { providerId } = outcome;
  return result.providerId === providerId ? { act, outcome: 'sent', providerId } : undefined;
}

/**
 * Does work while saying again and again that the act is still held, so that a
 * call may take longer than a lease. When the lease is lost the work goes on
 * (a call cannot be called back), and its result is refused by the token.
 */
export async function whileHeld<T>(
  context: Context,
  attempt: Attempt,
  time: () => number,
  work: () => Promise<T>,
): Promise<T> {
  const over = new AbortController();
  const beating = beat(context, attempt, time, over.signal);
  try {
    return await work();
  } finally {
    over.abort(overNow);
    await beating;
  }
}

async function beat(
  context: Context,
  attempt: Attempt,
  time: () => number,
  over: AbortSignal,
): Promise<void> {
  const { heartbeatMs } = context.outbox.settings;
  for (;;) {
    await sleepOn(context.clock, heartbeatMs, over);
    if (over.aborted) return;
    try {
      if (!(await prolong(context, attempt, time()))) return;
    } catch (error) {
      // The next beat may get through; the lease allows for it.
      context.logger.warn('a lease could not be prolonged', { act: attempt.act.id, code: codeOf(error) });
    }
  }
}

/** False when the act is not this worker's any more. */
async function prolong(context: Context, { act, token }: Attempt, now: number): Promise<boolean> {
  const lease = now + context.outbox.settings.leaseMs;
  const done = await changeAccount(context, act.account, { at: now, actor: 'recobro' }, () => ({
    events: [],
    acts: [{ op: 'move', id: act.id, from: ['sending'], to: 'sending', token, lease }],
    result: undefined,
  }));
  return done?.ok === true;
}
