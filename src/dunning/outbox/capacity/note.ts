import type { Channel } from '../../../channels/channel.js';
import type { SenderEvent } from '../../../channels/inbound.js';
import { RecobroError } from '../../../errors.js';
import type { ByHand } from '../../by-hand.js';
import type { Context } from '../../context.js';
import { knownChannel } from '../../known-channel.js';
import { choiceOf } from '../../options.js';
import { Gate } from '../gate.js';
import { scopeKeysOf } from '../scopes.js';
import { hasCapacity, sendersOf } from './in-force.js';
import { accountPlace, type Known, learn, type Quality, type Said, senderPlace } from './known.js';

/** What fails when nobody says for how long: one message tries after so many milliseconds. */
const longWait = 6 * 3_600_000;

/** What a host says of a sender, or of its account. */
export interface CapacityChange {
  readonly channel: string;
  /** One of the channel's senders. Absent: all of them. */
  readonly sender?: string | undefined;
  /** People to whom the account may write in 24 hours, outside of service windows; `null` for unlimited. */
  readonly people?: number | null | undefined;
  /** Messages per second of the sender. */
  readonly perSecond?: number | undefined;
  readonly quality?: Quality | undefined;
}

/**
 * Remembers what a provider tells of a sender: how many people its account may write to, how fast it is, how good
 * people find it. What cannot send now is held back, as after a refusal, until it can.
 */
export async function noteSender(
  context: Context,
  channel: string,
  event: SenderEvent,
  now: number,
): Promise<void> {
  const adapter = context.channels.get(channel);
  if (adapter === undefined) return;
  const at = Math.min(event.at ?? now, now);
  const { limit, perSecond, quality, usable, until, via } = event;
  const senders = sendersOf(adapter);
  const sure = via !== undefined || senders.length === 1;
  await tell(context, adapter, { channel, sender: via, people: limit, quality }, { at, by: event.provider });
  // One of several got faster, and nobody knows which: none of them is taken to be.
  if (sure) await tell(context, adapter, { channel, sender: via, perSecond }, { at, by: event.provider });
  if (usable === undefined) return;
  const { shared, settings } = context.outbox;
  const gate = new Gate(shared, context.tenant, settings, 'webhook');
  await gate.read(now);
  const keys = scopeKeysOf({ account: '-', channel }, { message: '-', form: 'one', language: '-', via });
  const key = via === undefined ? keys.account : keys.sender;
  if (usable) await gate.lift(key, at, now);
  else if (until === undefined || until > now)
    await gate.hold(
      key,
      { code: `${channel}:${event.event}`, since: at, until: until ?? now + longWait },
      now,
    );
}

const changeKeys = { channel: true, sender: true, people: true, perSecond: true, quality: true } as const;

/** The same, by a host that asked its provider. @throws RecobroError `unknown_id`, `invalid_option` */
export async function setCapacity(
  context: Context,
  what: CapacityChange,
  { author }: ByHand,
  at: number,
): Promise<void> {
  const { channel, sender, people, perSecond, quality } = choiceOf(what, changeKeys, 'what');
  const adapter = knownChannel(context, channel);
  const senders = sendersOf(adapter).map(({ id }) => id);
  if (sender !== undefined && !senders.includes(sender))
    throw new RecobroError(
      'unknown_id',
      `the channel ${channel} has no sender ${JSON.stringify(sender)}; there are ${senders.join(', ')}`,
    );
  const wrong = (path: string, message: string) => ({ path: `what.${path}`, code: 'invalid_value', message });
  const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) >= 1;
  const problems = [
    ...(hasCapacity(adapter) ? [] : [wrong('channel', 'has no limits of its own: use dispatch.rates')]),
    ...(people === undefined || people === null || isCount(people)
      ? []
      : [wrong('people', 'is a whole number from 1, or null')]),
    ...(perSecond === undefined || isCount(perSecond)
      ? []
      : [wrong('perSecond', 'is a whole number from 1')]),
    ...(quality === undefined || ['high', 'medium', 'low'].includes(quality)
      ? []
      : [wrong('quality', 'is high, medium or low')]),
  ];
  if (problems.length > 0)
    throw new RecobroError('invalid_option', 'what is said of the sender is not valid', { problems });
  await tell(context, adapter, what, { at, by: author });
}

async function tell(
  { tenant, outbox: { shared } }: Context,
  adapter: Channel,
  { channel, sender, people, perSecond, quality }: CapacityChange,
  { at, by }: { readonly at: number; readonly by: string },
): Promise<void> {
  const said = <T>(value: T): Said<T> => ({ value, at, by });
  const ofAccount: Known = people === undefined ? {} : { people: said(people) };
  const ofSender: Known = {
    ...(perSecond === undefined ? {} : { perSecond: said(perSecond) }),
    ...(quality === undefined ? {} : { quality: said(quality) }),
  };
  for (const { id, account, number } of sendersOf(adapter)) {
    if (sender !== undefined && id !== sender) continue;
    const done = [
      people === undefined || (await learn(shared, accountPlace(tenant, channel, account), ofAccount)),
      Object.keys(ofSender).length === 0 ||
        (await learn(shared, senderPlace(tenant, channel, id, number), ofSender)),
    ];
    if (done.includes(false))
      throw new RecobroError('store_conflict', 'others changed what is known of the sender first', {
        retryable: true,
      });
  }
}
