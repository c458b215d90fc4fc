import { describe, expect, it } from 'vitest';
import { isAttachment } from '../../src/channels/attachment.js';
import { callbackKey } from '../../src/channels/callback-key.js';
import type { Channel, OutboundMessage, SendOptions, SendOutcome } from '../../src/channels/channel.js';
import { isAddress } from '../../src/channels/mailbox.js';
import {
  type CarriedAlong,
  type ChannelSituation,
  channelContract,
} from '../../src/testing/channel-contract.js';
import { textMessage } from '../channels/message.js';

/** A provider in memory and a channel on it; `twist` breaks the channel in one way. */
interface Twist {
  readonly traits?: Partial<Channel>;
  /** In place of the whole channel's behaviour. */
  readonly send?: (
    call: (message: OutboundMessage) => SendOutcome,
    message: OutboundMessage,
    options: SendOptions,
    situation: ChannelSituation,
  ) => Promise<SendOutcome>;
}

const answers: Record<ChannelSituation, SendOutcome> = {
  accepted: { outcome: 'accepted', providerId: 'id' },
  throttled: { outcome: 'retry', scope: 'sender', code: 'mem:429', after: 1_000 },
  refused: { outcome: 'refused', scope: 'message', code: 'mem:400' },
  bad_address: { outcome: 'refused', scope: 'recipient', code: 'mem:404', addressUnusable: true },
  misconfigured: { outcome: 'misconfigured', scope: 'account', code: 'mem:401' },
  unreachable: { outcome: 'retry', scope: 'account', code: 'mem:refused' },
  cut: { outcome: 'unknown', code: 'mem:cut' },
  silent: { outcome: 'unknown', code: 'mem:timeout' },
  nonsense: { outcome: 'unknown', code: 'mem:200' },
};

const isPhone = (to: string) => /^\+[1-9]\d{6,14}$/.test(to);

function suite(twist: Twist = {}) {
  return channelContract((situation) => {
    const keys: string[] = [];
    const carried: CarriedAlong[] = [];
    const arrival = Promise.withResolvers<void>();
    const call = (message: OutboundMessage): SendOutcome => {
      if (situation !== 'unreachable') {
        keys.push(callbackKey(message));
        const { copies = [], attachments = [] } = message;
        carried.push({ copies: copies.map(({ address }) => address), attachments });
        arrival.resolve();
      }
      return answers[situation];
    };
    const honest = async (message: OutboundMessage, options: SendOptions): Promise<SendOutcome> => {
      if (options.signal?.aborted) return { outcome: 'retry', scope: 'message', code: 'mem:aborted' };
      if (!isPhone(message.to)) return { outcome: 'refused', scope: 'recipient', code: 'mem:address' };
      const { copies = [], attachments = [] } = message;
      if (!attachments.every(isAttachment)) return { outcome: 'refused', scope: 'message', code: 'mem:file' };
      return call({ ...message, copies: copies.filter(({ address }) => isAddress(address)) });
    };
    const channel: Channel = {
      id: 'mem',
      address: 'phone',
      consent: 'required',
      carries: ['copies', 'attachments'],
      send: (message, options) => twist.send?.(call, message, options, situation) ?? honest(message, options),
      lookup: async ({ tenant, key }) => {
        if (situation === 'unreachable') return { outcome: 'unknown', code: 'mem:refused' };
        return keys.includes(callbackKey({ tenant, key }))
          ? { outcome: 'accepted', providerId: 'id' }
          : { outcome: 'absent' };
      },
      ...twist.traits,
    };
    return {
      channel,
      message: textMessage(),
      secrets: ['token'],
      arrivals: () => keys.length,
      arrived: () => arrival.promise,
      keys: () => keys,
      carried: () => carried,
    };
  });
}

async function failures(twist: Twist): Promise<string[]> {
  const failed: string[] = [];
  for (const { name, run } of suite(twist)) {
    await run().catch((error: Error) => {
      expect(error.message).toContain(name);
      failed.push(name);
    });
  }
  return failed;
}

describe('the channel contract', () => {
  it('is kept by an honest channel', async () => {
    expect(await failures({})).toEqual([]);
  });

  it('takes the codes that defineChannel makes for any id that may be given, and says what a code looks like', async () => {
    const silent = (code: string) =>
      suite({ traits: { id: 'my-pager' }, send: async () => ({ outcome: 'unknown', code }) }).find(
        ({ name }) => name.includes('no answer within'),
      );
    await silent('my-pager:threw')?.run();
    await expect(silent('no such code')?.run()).rejects.toThrow('such as "http:429"');
  });

  /** Honest but for one situation, in which it calls the provider and says something else. */
  const saying = (situation: ChannelSituation, outcome: SendOutcome): Twist => ({
    send: async (call, message, _, actual) => {
      const honest = call(message);
      return actual === situation ? outcome : honest;
    },
  });
  /** Takes anything, and changes it before it is handed on. */
  const carrying = (change: (message: OutboundMessage) => OutboundMessage): Twist => ({
    send: async (call, message) => call(change(message)),
  });
  const refused = (code: string): SendOutcome => ({ outcome: 'refused', scope: 'message', code });
  const retry = (more: object): SendOutcome => Object({ ...answers.throttled, ...more });
  let count = 0;

  const broken: [string, RegExp, Twist][] = [
    ['retries after silence', /no answer within/, saying('silent', answers.throttled)],
    ['takes nonsense for success', /makes no sense/, saying('nonsense', answers.accepted)],
    ['tries again after nonsense', /makes no sense/, saying('nonsense', answers.throttled)],
    ['quotes the address', /secrets: .*refused/, saying('refused', refused(`mem:${textMessage().to}`))],
    ['quotes its token', /secrets: .*misconfigured/, saying('misconfigured', refused('mem:token'))],
    ['quotes a name', /secrets: .*cut/, saying('cut', { outcome: 'unknown', code: 'mem:Ana Robles' })],
    ['blames the address for anything', /does not condemn/, saying('refused', answers.bad_address)],
    ['blames no address', /said to be the fault/, saying('bad_address', answers.refused)],
    ['invents scopes', /throttled message/, saying('throttled', retry({ scope: 'world' }))],
    ['waits for ever', /throttled message/, saying('throttled', retry({ after: Number.POSITIVE_INFINITY }))],
    ['has no id', /id of the provider/, saying('accepted', { outcome: 'accepted', providerId: '' })],
    ['gives up on what passes', /throttled message/, saying('throttled', answers.refused)],
    ['takes its set-up for the message', /set-up/, saying('misconfigured', answers.refused)],
    ['has a name with spaces', /traits/, { traits: { id: 'My Channel' } }],
    [
      'refuses a dead address without blaming it',
      /said to be the fault/,
      saying('bad_address', { outcome: 'refused', scope: 'recipient', code: 'mem:404' }),
    ],
    [
      'carries what nobody knows',
      /traits/,
      { traits: { carries: JSON.parse('["parcels"]') as NonNullable<Channel['carries']> } },
    ],
    ['loses copies', /byte for byte/, carrying((message) => ({ ...message, copies: [] }))],
    ['loses attachments', /byte for byte/, carrying((message) => ({ ...message, attachments: [] }))],
    [
      'cuts attachments',
      /byte for byte/,
      carrying((message) => ({
        ...message,
        attachments: message.attachments?.map((one) => ({ ...one, content: one.content.slice(1) })),
      })),
    ],
    [
      'passes on a key that another tenant may have',
      /acts of two tenants/,
      { send: async (call, message) => call({ ...message, tenant: 'any' }) },
    ],
    ['copies to anything', /address that is none/, carrying((message) => message)],
    ['attaches anything', /cannot be attached/, carrying((message) => message)],
    [
      'sends nothing for the sake of one copy',
      /address that is none/,
      {
        send: async (call, message) =>
          message.copies?.every(({ address }) => isAddress(address)) === false
            ? answers.refused
            : call(message),
      },
    ],
    [
      'tries twice',
      /cut after the message/,
      {
        send: async (call, message) => {
          call(message);
          return call(message);
        },
      },
    ],
    [
      'throws for the network',
      /nobody listens/,
      {
        send: async (call, message, _, situation) => {
          if (situation === 'unreachable') throw new Error('ECONNREFUSED');
          return call(message);
        },
      },
    ],
    [
      'ignores the signal',
      /aborted before the call/,
      { send: async (call, message) => (isPhone(message.to) ? call(message) : answers.refused) },
    ],
    [
      'sends to anything',
      /an address that is none/,
      { send: async (call, message, { signal }) => (signal?.aborted ? answers.throttled : call(message)) },
    ],
    [
      'has a key per attempt',
      /attempts of one act/,
      { send: async (call, message) => call({ ...message, key: `${message.key} ${count++}` }) },
    ],
    [
      'has one key for all',
      /attempts of one act/,
      { send: async (call, message) => call({ ...message, key: 'k' }) },
    ],
    [
      'cuts long keys',
      /very long keys/,
      { send: async (call, message) => call({ ...message, key: message.key.slice(0, 400) }) },
    ],
    [
      'changes the message',
      /left as it was/,
      { send: async (call, message) => call(Object.assign(message, { to: '' })) },
    ],
    [
      'loses one of two messages',
      /two calls at once/,
      {
        send: async (call, message, _, situation) =>
          message.key.endsWith('second') ? answers[situation] : call(message),
      },
    ],
  ];

  broken.push(
    [
      'finds what was never sent',
      /lookup: .*never sent/,
      { traits: { lookup: async () => ({ outcome: 'accepted', providerId: 'id' }) } },
    ],
    [
      'does not find what was taken',
      /lookup: .*taken is found/,
      { traits: { lookup: async () => ({ outcome: 'unknown', code: 'mem:404' }) } },
    ],
    [
      'takes silence for absence',
      /lookup: nobody who answers/,
      { traits: { lookup: async () => ({ outcome: 'absent' }) } },
    ],
    [
      'throws when it looks something up',
      /lookup: nobody who answers/,
      { traits: { lookup: () => Promise.reject(new Error('ECONNREFUSED')) } },
    ],
  );

  it.each(broken)('catches a channel that %s', async (_, expected, twist) => {
    const failed = await failures(twist);
    expect(
      failed.some((name) => expected.test(name)),
      failed.join('\n'),
    ).toBe(true);
  });

  it('asks nothing of a channel that carries nothing but to ignore it', async () => {
    expect(await failures({ traits: { carries: [] }, ...carrying((message) => message) })).not.toContainEqual(
      expect.stringContaining('carries'),
    );
  });

  it('leaves out what a channel says it has not, with the reason', () => {
    const reasons = { throttled: 'has no limits', key: 'has nowhere to put it' };
    const skipped = channelContract(() => Promise.reject(new Error('x')), { without: reasons }).filter(
      ({ skip }) => skip !== undefined,
    );
    expect(skipped.map(({ skip }) => skip)).toEqual(expect.arrayContaining(Object.values(reasons)));
    expect(skipped).toHaveLength(5);
  });
});
