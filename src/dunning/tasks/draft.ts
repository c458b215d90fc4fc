import type { OutboundMessage } from '../../channels/channel.js';
import { type Act, recheck } from '../../engine/index.js';
import { RecobroError } from '../../errors.js';
import { findAct } from '../by-hand.js';
import { fromJson } from '../codec.js';
import type { Context } from '../context.js';
import { loadFile } from '../explaining.js';
import { paymentFor } from '../payments.js';
import { renderAct } from '../rendering.js';

/** A message that waits, as it would go now: for whoever approves it, makes the call or posts the letter. */
export interface Draft {
  readonly act: string;
  readonly channel: string;
  /** Whether a person brings it, approves it, or it goes out by itself. */
  readonly mode: 'task' | 'approve' | 'auto';
  /** Whom to call or write to, and what to say, in finished texts. */
  readonly message: OutboundMessage;
  /** Who looks after it. */
  readonly owner?: string | undefined;
  /** Last day on which it is to be done. */
  readonly deadline?: string | undefined;
  /** Instant, in milliseconds, from which the next place of the chain has its turn. */
  readonly until?: number | undefined;
  /** How often somebody tried in vain. */
  readonly tries: number;
  /** Instant, in milliseconds, from which it is to be tried again. */
  readonly again?: number | undefined;
  /**
   * Why it should not be done now, such as `window`, `gap` or `paid`, and, where the contact rules alone say so, from
   * which instant on it may. Absent: it may.
   */
  readonly not?: { readonly reason: string; readonly until?: number | undefined } | undefined;
}

/**
 * What a message that waits says now: texts and address are made from the facts of this moment.
 *
 * @throws RecobroError `unknown_id`; `impossible_state` for what is no message or waits no more; `empty_variable`;
 * `payment_failed` where the payment port cannot tell now
 */
export async function draftOf(context: Context, id: string, at: number): Promise<Draft> {
  const row = await findAct(context, id);
  const act = fromJson<Act>(row.data);
  if (act.kind !== 'message' || act.channel === undefined)
    throw new RecobroError('impossible_state', `${JSON.stringify(id)} is no message`);
  const file = await loadFile(context, row.account);
  const open = file.acts.get(id);
  if (open === undefined || (row.state !== 'open' && row.state !== 'ready'))
    throw new RecobroError('impossible_state', `${JSON.stringify(id)} waits no more: it is ${row.state}`);
  const paid = await paymentFor(context, act);
  if ('failed' in paid)
    throw new RecobroError('payment_failed', 'the payment port gave no way to pay', { retryable: true });
  const { message } = renderAct(context, file, act, at, undefined, paid.payment);
  const checked = recheck(context.engine, file, act, at);
  const { owner, deadline, until, mode = 'auto' } = act;
  return {
    act: id,
    channel: act.channel,
    mode,
    message,
    ...(owner === undefined ? {} : { owner }),
    ...(deadline === undefined ? {} : { deadline }),
    ...(until === undefined ? {} : { until }),
    tries: open.tries ?? 0,
    ...(open.again === undefined ? {} : { again: open.again }),
    ...(checked.ok
      ? {}
      : {
          not: { reason: checked.reason, ...(checked.until === undefined ? {} : { until: checked.until }) },
        }),
  };
}
