import type { Channel, OutboundMessage, SendOptions, SendOutcome } from '../channels/channel.js';
import { type Act, recheck } from '../engine/index.js';
import { isRecobroError } from '../errors.js';
import type { StoredAct } from '../stores/store.js';
import { changeAccount } from './change.js';
import { fromJson } from './codec.js';
import type { Context } from './context.js';
import { documentsOf, type Loaded } from './documents.js';
import { codeOf, isStoreFailure } from './failures.js';
import { type Attempt, type Dispatched, postpone, recordOutcome, refuse, withdraw } from './outcomes.js';
import { renderAct } from './rendering.js';

/** A claim is free again after this long: no call was made yet. */
const claimLeaseMs = 60_000;
/** A call that has said nothing for this long is unknown: longer than any adapter's own time-out. */
const sendLeaseMs = 5 * 60_000;
const batch = 50;
/** Calls in flight at once; so many acts at most are `sending`. */
const parallel = 8;

/**
 * Performs acts that are ready: claims them, asks again whether each is still
 * right, records that the call is about to be made, calls the provider once,
 * and commits what it said together with its effects.
 *
 * @param time the present instant, asked anew for each step, so that leases of a long run are fresh
 */
export async function dispatchReady(
  context: Context,
  time: () => number,
  signal: AbortSignal | undefined,
): Promise<readonly Dispatched[]> {
  const results: Dispatched[] = [...(await parkLost(context, time()))];
  for (;;) {
    signal?.throwIfAborted();
    const token = context.ids.next();
    const now = time();
    const claimed = await context.store.claim({
      now,
      lease: now + claimLeaseMs,
      limit: batch,
      token,
      tenant: context.tenant,
    });
    if (claimed.length === 0) return results;
    results.push(...(await performAll(context, claimed, token, time, signal)));
  }
}

/**
 * Accounts side by side, the acts of one account one after the other: they
 * change one file and would only get in each other's way. When the store
 * fails, calls in flight are awaited and recorded before the error comes out.
 */
async function performAll(
  context: Context,
  claimed: readonly StoredAct[],
  token: string,
  time: () => number,
  signal: AbortSignal | undefined,
): Promise<readonly Dispatched[]> {
  const results: Dispatched[] = [];
  const broken: unknown[] = [];
  const queue = [...Map.groupBy(claimed, (row) => row.account).values()];
  const work = async (): Promise<void> => {
    for (let rows = queue.shift(); rows !== undefined; rows = queue.shift()) {
      for (const row of rows) {
        // Asked to stop: what is claimed and not begun is free again when the lease runs out.
        if (signal?.aborted === true || broken.length > 0) return;
        try {
          const result = await perform(context, row, token, time);
          if (result !== undefined) results.push(result);
        } catch (error) {
          if (isStoreFailure(error)) broken.push(error);
          else results.push(failed(context, row, codeOf(error)));
        }
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(parallel, queue.length) }, work));
  if (broken.length > 0) throw broken[0];
  return results;
}

/** An act that this run could not deal with does not stop the others. */
function failed(context: Context, row: StoredAct, code: string): Dispatched {
  context.logger.error('an act could not be performed', { act: row.id, code });
  return { act: fromJson<Act>(row.data), outcome: 'failed', code };
}

/** Acts that were being sent when their worker died: nobody knows whether they went out. They are parked, never resent. */
async function parkLost(context: Context, now: number): Promise<Dispatched[]> {
  const results: Dispatched[] = [];
  const tried = new Set<string>();
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
      };
      const saved = await save(context, attempt, { outcome: 'unknown', code: 'recobro:worker_lost' });
      if (saved !== undefined) results.push(saved);
    }
  }
}

async function perform(
  context: Context,
  row: StoredAct,
  token: string,
  time: () => number,
): Promise<Dispatched | undefined> {
  const act = fromJson<Act>(row.data);
  // Before anything is written: this takes its time, and the check comes after it, on the newest file.
  const loaded = await documentsOf(context, act);
  const claimed: Attempt = { act, token, number: row.attempts + 1, from: 'claimed', now: time() };
  const begun = await begin(context, claimed, loaded);
  if (begun === undefined || 'outcome' in begun) return begun;
  const called = time();
  const outcome = await callOnce(begun.channel, begun.message, { now: called, attempt: claimed.number });
  // What comes of it is of the day of the call, however long the answer took; a wait begins with the answer.
  const now = outcome.outcome === 'retry' ? time() : called;
  const sending: Attempt = { ...claimed, from: 'sending', address: begun.message.to, now };
  const saved = await save(context, sending, outcome);
  if (saved !== undefined) return saved;
  // The lease ran out during the call and somebody parked the act: what the provider said settles it.
  const late = outcome.outcome === 'unknown' || outcome.outcome === 'retry' ? undefined : outcome;
  return late === undefined
    ? undefined
    : save(context, { ...sending, from: 'unknown', token: undefined }, late);
}

interface Begun {
  readonly channel: Channel;
  readonly message: OutboundMessage;
}

/**
 * The re-check and the commit that a call is about to be made. The commit
 * stands on the very version of the file that was checked: a payment booked
 * in between makes it lose, and the check is made again. Undefined when
 * another worker has the act by now.
 */
async function begin(
  context: Context,
  attempt: Attempt,
  loaded: Loaded,
): Promise<Begun | Dispatched | undefined> {
  const { act, token, now } = attempt;
  const frame = { at: now, actor: 'recobro' };
  const changed = await changeAccount<Begun | Dispatched>(context, act.account, frame, (file) => {
    const checked = recheck(context.engine, file, act, now);
    if (!checked.ok && checked.until !== undefined)
      return postpone(context, file, attempt, checked.reason, checked.until);
    if (!checked.ok) return withdraw(context, file, attempt, checked.reason, checked.refreshed);
    if ('failed' in loaded) return recordOutcome(context, file, attempt, loaded.failed);
    try {
      const begun = renderAct(context, file, act, now, loaded.files);
      return {
        events: [],
        acts: [
          {
            op: 'move',
            id: act.id,
            from: ['claimed'],
            to: 'sending',
            token,
            lease: now + sendLeaseMs,
            attempt: true,
          },
        ],
        result: begun,
      };
    } catch (error) {
      if (!isRecobroError(error)) throw error;
      context.logger.error('a message could not be rendered', { act: act.id, code: error.code });
      return refuse(context, file, attempt, { code: `recobro:${error.code}`, scope: 'message' });
    }
  });
  return changed?.ok === true ? changed.result : undefined;
}

const answers: ReadonlySet<unknown> = new Set<SendOutcome['outcome']>([
  'accepted',
  'retry',
  'refused',
  'misconfigured',
  'unknown',
]);

/**
 * The promise of a channel is neither to throw nor to answer anything else;
 * one that does may have sent. It is not told to stop with the run: a call
 * that is broken off leaves behind a question that only a person can answer.
 */
async function callOnce(
  channel: Channel,
  message: OutboundMessage,
  options: SendOptions,
): Promise<SendOutcome> {
  try {
    const answer: SendOutcome | undefined = await channel.send(message, options);
    if (answers.has(answer?.outcome)) return answer;
    return { outcome: 'unknown', code: `${channel.id}:adapter_answer` };
  } catch (error) {
    const name = error instanceof Error ? error.name : 'unknown';
    return { outcome: 'unknown', code: `${channel.id}:adapter_threw:${name}` };
  }
}

/** Undefined when the act is not in the state any more that the attempt left it in. */
async function save(
  context: Context,
  attempt: Attempt,
  outcome: SendOutcome,
): Promise<Dispatched | undefined> {
  const { act, now } = attempt;
  const frame = { at: now, actor: 'recobro' };
  const saved = await changeAccount<Dispatched>(context, act.account, frame, (file) =>
    file.acts.has(act.id) ? recordOutcome(context, file, attempt, outcome) : undefined,
  );
  return saved?.ok === true ? saved.result : undefined;
}
