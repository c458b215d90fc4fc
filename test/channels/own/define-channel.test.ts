import { describe, expect, it } from 'vitest';
import { type ChannelDefinition, defineChannel } from '../../../src/channels/index.js';
import { isRecobroError, RecobroError } from '../../../src/errors.js';
import { now, textMessage } from '../message.js';
import { request } from '../webhooks/request.js';

const pager: ChannelDefinition = {
  id: 'pager',
  address: 'phone',
  consent: 'required',
  send: async () => ({ outcome: 'accepted', providerId: 'p-1' }),
};

function problemsOf(definition: unknown): string[] {
  try {
    defineChannel(definition as ChannelDefinition);
  } catch (error) {
    if (isRecobroError(error, 'invalid_option'))
      return error.problems.map(({ path, code }) => `${path} ${code}`);
  }
  return [];
}

describe('defineChannel', () => {
  it('takes what is a channel, and keeps nobody from being surprised later', async () => {
    const made = defineChannel({ ...pager, carries: ['copies'] });
    expect(Object.isFrozen(made) && Object.isFrozen(made.carries)).toBe(true);
    expect(Object.keys(made)).toEqual(['id', 'address', 'consent', 'carries', 'send']);
    expect(await made.send(textMessage(), { now })).toEqual({ outcome: 'accepted', providerId: 'p-1' });
  });

  it.each([
    [undefined, [' invalid_type']],
    [
      { id: 'No such', address: 'fax', consent: 'maybe', carries: ['parcels'] },
      [
        'id invalid_id',
        'address invalid_value',
        'consent invalid_value',
        'carries[0] invalid_value',
        'send invalid_type',
      ],
    ],
    [{ ...pager, carries: 'copies' }, ['carries invalid_type']],
    [
      { ...pager, lookup: {}, receive: 1, close: null },
      ['lookup', 'receive', 'close'].map((m) => `${m} invalid_type`),
    ],
    [{ ...pager, recieve: async () => ({}) }, ['recieve unknown_key']],
    [
      { ...pager, account: '', limits: [{ each: 'pair', counts: 'people', per: 'week', most: 0 }, 1] },
      [
        'account invalid_id',
        'limits[0].counts invalid_value',
        'limits[0].per invalid_value',
        'limits[0].most invalid_value',
        'limits[1] invalid_value',
      ],
    ],
  ])('says everything that is wrong with its path: %#', (definition, expected) => {
    expect(problemsOf(definition)).toEqual(expected);
  });

  it('calls the methods with their own object, and passes on what they answer', async () => {
    class Pager {
      readonly id = 'pager';
      readonly address = 'none' as const;
      readonly consent = 'off' as const;
      readonly seen: string[] = [];
      async send() {
        this.seen.push('send');
        return { outcome: 'retry', scope: 'sender', code: 'pager:busy', after: 5 } as const;
      }
      async lookup() {
        this.seen.push('lookup');
        return { outcome: 'absent' } as const;
      }
      async receive() {
        this.seen.push('receive');
        return { answer: { status: 204 }, events: [] };
      }
      async close() {
        this.seen.push('close');
      }
    }
    const one = new Pager();
    const { send, lookup, receive, close } = defineChannel(one);
    expect(await send(textMessage({ to: '' }), { now })).toMatchObject({ outcome: 'retry', after: 5 });
    const query = { key: 'k', tenant: 't', account: 'a', since: now, attempts: 1 };
    expect(await lookup?.(query, { now })).toEqual({ outcome: 'absent' });
    expect(await receive?.(request('{}'), { now })).toMatchObject({ answer: { status: 204 } });
    await close?.();
    expect(one.seen).toEqual(['send', 'lookup', 'receive', 'close']);
  });

  it('calls nobody for an address that is none, nor after an abort', async () => {
    let calls = 0;
    const send: ChannelDefinition['send'] = async () => {
      calls++;
      return { outcome: 'accepted', providerId: 'x' };
    };
    const phone = defineChannel({ ...pager, send });
    const mail = defineChannel({ ...pager, id: 'mail', address: 'email', send });
    for (const [channel, to] of [
      [phone, 'ana@cliente.example'],
      [phone, '+1\r\n'],
      [mail, '+525512345678'],
      [mail, 'a@b.example, c@d.example'],
    ] as const) {
      expect(await channel.send(textMessage({ to }), { now })).toEqual({
        outcome: 'refused',
        scope: 'recipient',
        code: `${channel.id}:invalid_address`,
        addressUnusable: true,
        called: false,
      });
    }
    expect(await phone.send(textMessage(), { now, signal: AbortSignal.abort() })).toMatchObject({
      outcome: 'retry',
      code: 'pager:aborted',
    });
    expect(calls).toBe(0);
    expect(await mail.send(textMessage({ to: 'ana@cliente.example' }), { now })).toMatchObject({
      outcome: 'accepted',
    });
  });

  it('takes a throw and no answer for unknown, and tells nothing of it; misuse goes through', async () => {
    const query = { key: 'k', tenant: 't', account: 'a', since: now, attempts: 1 };
    const throwing = (error: unknown) => ({
      ...pager,
      send: () => {
        throw error;
      },
      lookup: () => Promise.reject(error),
    });
    const broken = defineChannel(throwing(new Error('+525512345678 and a token')));
    expect(await broken.send(textMessage(), { now })).toEqual({ outcome: 'unknown', code: 'pager:threw' });
    expect(await broken.lookup?.(query, { now })).toEqual({ outcome: 'unknown', code: 'pager:threw' });
    const mute = defineChannel({ ...pager, send: async () => undefined as never });
    expect(await mute.send(textMessage(), { now })).toEqual({ outcome: 'unknown', code: 'pager:no_outcome' });
    const misuse = defineChannel(throwing(new RecobroError('closed', 'the channel was closed')));
    await expect(misuse.send(textMessage(), { now })).rejects.toMatchObject({ code: 'closed' });
  });

  it('refuses masses unread', async () => {
    let read = 0;
    const made = defineChannel({
      ...pager,
      async receive() {
        read++;
        return { answer: { status: 200 }, events: [] };
      },
    });
    expect(await made.receive?.(request(new Uint8Array(4 * 1024 * 1024 + 1)), { now })).toMatchObject({
      refused: 'too_large',
      answer: { status: 413 },
    });
    await made.receive?.(request(new Uint8Array(4 * 1024 * 1024)), { now });
    expect(read).toBe(1);
  });
});
