import type { ChannelEvent, Party } from '../../channels/inbound.js';
import { fromJson } from '../codec.js';
import type { Context } from '../context.js';
import { matchMessage } from './match.js';

/** Whether somebody who wrote is one of those who are to be forgotten. */
type Meant = (channel: string, from: Party) => boolean;

/**
 * Forgets what people wrote who are known to no account (any more), as it waits in the inbox for an account that might
 * know them. Answers how many messages went. What is somebody's who is known stays: it is taken in, and erased with
 * that account.
 */
export async function forgetWaiting(context: Context, meant: Meant): Promise<number> {
  const { inbox } = context.store;
  if (inbox === undefined) return 0;
  return inbox.forget(context.tenant, async (data) => {
    const { channel, event } = fromJson<{ readonly channel: string; readonly event: ChannelEvent }>(data);
    if (event.type !== 'message' && event.type !== 'consent' && event.type !== 'address') return false;
    if (!meant(channel, event.from)) return false;
    return (await matchMessage(context, channel, event)).length === 0;
  });
}
