import type { Act } from '../engine/index.js';
import type { StoredAct } from '../stores/store.js';
import { changeAccount } from './change.js';
import { fromJson } from './codec.js';
import type { Context } from './context.js';
import { codeOf, isStoreFailure } from './failures.js';
import { Gate } from './outbox/gate.js';
import { perform, type Run } from './outbox/perform.js';
import { failedAct, failedClaim, record, settleKept } from './outbox/settle.js';
import { Throttle, toldOnce, wasCalled } from './outbox/throttle.js';
import type { Attempt, Dispatched } from './outcomes.js';
import type { Turn } from './workers/turn.js';

/** A claim is free again after this long: no call was made yet. */
const claimLeaseMs = 60_000;
/** Acts looked at together; and claimed together, where few calls are in flight. */
const batch = 50;
/** Acts claimed for each call that may be in flight: the more at once, the less often hands are idle at a claim's end. */
const claimedForEach = 4;

/**
 * Performs acts that are ready: claims them, asks again whether each is still
 * right, records that the call is about to be made, calls the provider once,
 * and commits what it said together with its effects. What one failure concerns
 * beside its own message (a sender, a template, an account) is held back as a
 * whole until a single act has tried again.
 *
 * Once the process is stopping nothing more is claimed, and what was claimed
 * and not begun is given back.
 *
 * @param time the present instant, asked anew for each step, so that leases of a long run are fresh
 * @param turn ends the run early, so that others get theirs
 */
export function dispatchReady(
  context: Context,
  time: () => number,
  signal: AbortSignal | undefined,
  turn?: Turn,
): Promise<readonly Dispatched[]> {
  return context.outbox.work.track(dispatchAll(context, time, signal, turn));
}

async function dispatchAll(
  context: Context,
  time: () => number,
  signal: AbortSignal | undefined,
  turn: Turn | undefined,
): Promise<readonly Dispatched[]> {
  const { settings, shared, work } = context.outbox;
  const kept = await settleKept(context);
  const results: Dispatched[] = [...kept, ...(await parkLost(context, time(), kept))];
  const token = context.ids.next();
  const gate = new Gate(shared, context.tenant, settings, token);
  const throttle = new Throttle(context, time);
  const limit = Math.max(batch, claimedForEach * settings.parallel);
  for (;;) {
    const now = time();
    const over = signal?.aborted === true || work.stopping || turn?.over === true;
    if (over || (await throttle.paused(now))) {
      await throttle.end(results);
      signal?.throwIfAborted();
      return toldOnce(results);
    }
    const waited = throttle.take(now);
    const claim = { now, lease: now + claimLeaseMs, limit, token: context.ids.next() };
    const claimed = await context.store.claim({ ...claim, tenant: context.tenant });
    if (waited.length + claimed.length === 0) {
      if (await throttle.wait(now, signal)) continue;
      await throttle.end(results);
      return toldOnce(results);
    }
    turn?.spend(claimed.length);
    await gate.refresh(now);
    const open = await throttle.sort([...waited, ...claimed], now, results);
    results.push(...(await performAll({ context, token: claim.token, gate, time }, open, signal, throttle)));
    await throttle.settle(results);
  }
}

/**
 * Accounts side by side, the acts of one account one after the other: they
 * change one file and would only get in each other's way. When the store
 * fails, calls in flight are awaited and recorded before the error comes out.
 */
async function performAll(
  run: Run,
  claimed: readonly StoredAct[],
  signal: AbortSignal | undefined,
  throttle: Throttle,
): Promise<readonly Dispatched[]> {
  const { context } = run;
  const { settings, work } = context.outbox;
  const results: Dispatched[] = [];
  const broken: unknown[] = [];
  const queue = [...Map.groupBy(claimed, (row) => row.account).values()];
  const left: StoredAct[] = [];
  const through = async (): Promise<void> => {
    for (let rows = queue.shift(); rows !== undefined; rows = queue.shift()) {
      for (const row of rows) {
        if (signal?.aborted === true || work.stopping || broken.length > 0) {
          throttle.left(row);
          left.push(row);
        } else
          try {
            if (!(await throttle.begin(row, results))) continue;
            const own = { ...run, token: row.token ?? run.token, via: throttle.via(row.id) };
            const result = await perform(own, row);
            throttle.done(row, result === undefined ? await isBegun(context, row) : wasCalled(result));
            if (result !== undefined) results.push(result);
          } catch (error) {
            const begun = isStoreFailure(error) || (await isBegun(context, row));
            throttle.done(row, begun);
            if (isStoreFailure(error)) broken.push(error);
            else
              results.push(
                begun ? failedAct(context, fromJson<Act>(row.data), error) : failedClaim(context, row, error),
              );
          }
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(settings.parallel, queue.length) }, through));
  if (broken.length > 0) throw broken[0];
  results.push(...(await giveBack(run, left)));
  return results;
}

/** What was claimed and not begun is ready again at once, for other workers. */
async function giveBack({ context, time }: Run, left: readonly StoredAct[]): Promise<readonly Dispatched[]> {
  const results: Dispatched[] = [];
  for (const row of left) {
    const { id, account, token } = row;
    try {
      // One that is somebody else's by now stays theirs.
      await changeAccount(context, account, { at: time(), actor: 'recobro' }, () => ({
        events: [],
        acts: [{ op: 'move', id, from: ['claimed'], to: 'ready', ...(token === null ? {} : { token }) }],
        result: undefined,
      }));
    } catch (error) {
      if (isStoreFailure(error)) throw error;
      results.push(failedClaim(context, row, error));
    }
  }
  return results;
}

/** Whether somebody began a call since the act was claimed, as far as can be told: else its permit counts, to be safe. */
async function isBegun({ store, tenant, logger }: Context, { id, attempts }: StoredAct): Promise<boolean> {
  try {
    return (await store.act(tenant, id))?.attempts !== attempts;
  } catch (error) {
    logger.warn('an act could not be looked at', { act: id, code: codeOf(error) });
    return true;
  }
}

/** Acts that were being sent when their worker died: nobody knows whether they went out. They are parked, never resent. */
async function parkLost(
  context: Context,
  now: number,
  kept: readonly Dispatched[],
): Promise<readonly Dispatched[]> {
  const results: Dispatched[] = [];
  // What became of these is known, written down or not.
  const tried = new Set(kept.map(({ act }) => act.id));
  for (;;) {
    const rows = await context.store.expired({ now, limit: batch + tried.size, tenant: context.tenant });
    const fresh = rows.filter((row) => !tried.has(row.id));
    if (fresh.length === 0) return results;
    for (const row of fresh) {
      tried.add(row.id);
      const attempt: Attempt = {
        act: fromJson<Act>(row.data),
        token: row.token ?? undefined,
        number: row.attempts,
        from: 'sending',
        now,
        // Its worker was last heard of no later.
        called: Math.min(now, row.lease ?? now),
      };
      try {
        const saved = await record(context, attempt, { outcome: 'unknown', code: 'recobro:worker_lost' });
        if (saved !== undefined) results.push(saved);
      } catch (error) {
        if (isStoreFailure(error)) throw error;
        results.push(failedAct(context, attempt.act, error));
      }
    }
  }
}
