import type { FileEvent } from '../../engine/index.js';
import type { Context } from '../context.js';

/**
 * A contact's word about being written to, as events. Whoever stops stops all channels, unless the host wants it of the
 * one channel alone; whoever wants messages again means the channel on which that was said.
 */
export function consentHeard(
  { channels, conversation }: Pick<Context, 'channels' | 'conversation'>,
  told: {
    readonly contact: string;
    readonly channel: string;
    readonly value: 'stop' | 'start';
    readonly at: number;
    readonly on: string;
    readonly proof: string;
  },
): readonly FileEvent[] {
  const { contact, channel, value, at, on, proof } = told;
  const wide = value === 'stop' && conversation.stops === 'everywhere';
  const all = wide ? [...new Set([channel, ...channels.keys()])].sort() : [channel];
  return all.map((one) => ({
    type: 'consent.heard',
    contact,
    channel: one,
    state: value === 'stop' ? 'withdrawn' : 'granted',
    at,
    on,
    proof,
  }));
}
