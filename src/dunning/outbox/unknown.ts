import type { LookupOutcome } from '../../channels/channel.js';
import type { Act } from '../../engine/index.js';
import { isRecobroError } from '../../errors.js';
import type { StoredAct } from '../../stores/store.js';
import { fromJson } from '../codec.js';
import type { Context } from '../context.js';
import { codeOf, isStoreFailure } from '../failures.js';
import { resolveUnknown } from '../people.js';

/** An act of which nobody knows whether it went out. Its cases rest until somebody says. */
export interface UnknownAct {
  readonly act: Act;
  /** When it was parked. */
  readonly since: number;
  /** What was said, or not said, of the call. */
  readonly code: string;
  readonly attempts: number;
  /** Whether the channel can be asked: then {@link reconcileUnknown} may settle it. */
  readonly lookup: boolean;
}

/** Parked acts, by id. */
export async function* unknownActs(
  context: Context,
  { account }: { readonly account?: string | undefined },
): AsyncGenerator<UnknownAct> {
  for await (const row of context.store.acts(context.tenant, { account, states: ['unknown'] }))
    yield unknownOf(context, row);
}

export function unknownOf(
  context: Pick<Context, 'channels'>,
  { data, result, attempts }: StoredAct,
): UnknownAct {
  const act = fromJson<Act>(data);
  const known = fromJson<Partial<{ code: string; at: number }> | null>(result);
  const channel = act.channel === undefined ? undefined : context.channels.get(act.channel);
  return {
    act,
    since: known?.at ?? Math.floor(act.review),
    code: known?.code ?? 'unknown',
    attempts,
    lookup: channel?.lookup !== undefined,
  };
}

/** What providers said of acts that were parked, by act id. */
export interface Reconciled {
  readonly sent: readonly string[];
  /** Surely not sent: planned anew at the next review. */
  readonly notSent: readonly string[];
  /** Still unknown: the provider cannot say, the channel cannot be asked, or the call failed. */
  readonly open: readonly string[];
}

/**
 * Asks the providers about acts that were parked, where a channel can look a
 * message up, and settles those that are known there. One after the other: it
 * is rare work, and a provider in trouble is not asked in a crowd.
 */
export async function reconcileUnknown(
  context: Context,
  time: () => number,
  signal: AbortSignal | undefined,
): Promise<Reconciled> {
  const answers = { sent: [] as string[], notSent: [] as string[], open: [] as string[] };
  for await (const parked of unknownActs(context, {})) {
    signal?.throwIfAborted();
    const { act } = parked;
    const outcome = await lookUp(context, parked, time(), signal);
    if (outcome.outcome === 'unknown') answers.open.push(act.id);
    else {
      const sent = outcome.outcome === 'accepted';
      const settled = await settleFound(context, act.id, sent, time());
      if (settled) (sent ? answers.sent : answers.notSent).push(act.id);
    }
  }
  return answers;
}

const said: ReadonlySet<unknown> = new Set<LookupOutcome['outcome']>(['accepted', 'absent', 'unknown']);

async function lookUp(
  context: Context,
  { act, since, attempts }: UnknownAct,
  now: number,
  signal: AbortSignal | undefined,
): Promise<LookupOutcome> {
  const channel = act.channel === undefined ? undefined : context.channels.get(act.channel);
  if (channel?.lookup === undefined) return { outcome: 'unknown', code: 'recobro:no_lookup' };
  try {
    const asked = { key: act.id, tenant: context.tenant, account: act.account, since, attempts };
    const answer: LookupOutcome | undefined = await channel.lookup(asked, { now, signal });
    if (said.has(answer?.outcome)) return answer;
    return { outcome: 'unknown', code: `${channel.id}:adapter_answer` };
  } catch (error) {
    context.logger.warn('a message could not be looked up', { act: act.id, code: codeOf(error) });
    return { outcome: 'unknown', code: `${channel.id}:adapter_threw` };
  }
}

/** False when a callback or a person was faster. */
async function settleFound(context: Context, id: string, sent: boolean, at: number): Promise<boolean> {
  try {
    const by = { author: 'provider', reason: 'looked_up' };
    await resolveUnknown(context, id, sent ? 'sent' : 'not-sent', by, at);
    return true;
  } catch (error) {
    if (isStoreFailure(error) || !isRecobroError(error, 'impossible_state')) throw error;
    return false;
  }
}
