import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { ChannelEvent, Received, WebhookRequest } from '../../../src/index.js';
import { type WebhookUnderTest, webhookContract } from '../../../src/testing/index.js';
import { now } from '../message.js';
import { request } from '../webhooks/request.js';

/** Channels that break one promise each, and the law that has to catch them. */

const secret = 'the-secret';
const sign = (body: Uint8Array | string, by = secret): string =>
  createHmac('sha256', by).update(body).digest('hex');
const textOf = (body: Uint8Array): string => new TextDecoder().decode(body);
const taken = { status: 200 };
const denied: Received = { answer: { status: 401 }, events: [], refused: 'signature' };

type Receive = (request: WebhookRequest) => Received;

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? Reflect.get(value, name)
    : undefined;
}

function eventOf(body: unknown): ChannelEvent {
  const [id, type, text] = ['id', 'type', 'text'].map((name) => field(body, name));
  const key = typeof id === 'string' && /^[!-~]{1,64}$/.test(id) ? id : 'none';
  if (type === 'delivered')
    return { type: 'status', provider: 'own', key, status: 'delivered', providerId: key };
  if (type === 'text' && typeof text === 'string')
    return {
      type: 'message',
      provider: 'own',
      key,
      kind: 'text',
      from: { userId: 'u' },
      providerId: key,
      text,
    };
  return { type: 'ignored', provider: 'own', key, what: 'other' };
}

function isSigned({ header, body }: WebhookRequest): boolean {
  return header('x-signature') === sign(body);
}

function parsed(body: Uint8Array): unknown {
  try {
    return JSON.parse(textOf(body));
  } catch {
    return undefined;
  }
}

/** What a channel does right, with places where it may go wrong. */
function channelWith(wrong: {
  readonly isSigned?: (request: WebhookRequest) => boolean;
  readonly method?: boolean;
  readonly size?: boolean;
  readonly parse?: (body: Uint8Array) => unknown;
  readonly events?: (body: unknown) => readonly unknown[];
  readonly answer?: (body: unknown) => Received['answer'];
}): Receive {
  return (made) => {
    if (wrong.method !== false && made.method !== 'POST')
      return { answer: { status: 405 }, events: [], refused: 'method' };
    if (wrong.size !== false && made.body.length > 1_000_000)
      return { answer: { status: 413 }, events: [], refused: 'too_large' };
    if (!(wrong.isSigned ?? isSigned)(made)) return denied;
    const body = (wrong.parse ?? parsed)(made.body);
    const events = (wrong.events ?? ((one) => [eventOf(one)]))(body) as readonly ChannelEvent[];
    return { answer: wrong.answer?.(body) ?? taken, events };
  };
}

function bench(receive: Receive): WebhookUnderTest {
  const post = (body: Uint8Array, by = secret): WebhookRequest =>
    request(body, { 'x-signature': sign(body, by) });
  return {
    channel: {
      id: 'own',
      address: 'none',
      consent: 'off',
      send: async () => ({ outcome: 'accepted', providerId: 'x' }),
      receive: async (made) => receive(made),
    },
    now,
    request: (body) => post(body),
    forged: (body) => [post(body, 'other'), request(body)],
    examples: [
      { name: 'receipt', body: '{"id":"1","type":"delivered"}', events: ['status'] },
      { name: 'answer', body: '{"id":"2","type":"text","text":"pago el viernes"}', events: ['message'] },
    ],
    unknown: ['{"id":"3","type":"teleported"}'],
    secrets: [secret],
    texts: ['pago el viernes'],
  };
}

async function caught(make: () => Receive): Promise<string[]> {
  const failed: string[] = [];
  for (const { name, run } of webhookContract(() => bench(make()))) {
    try {
      await run();
    } catch (error) {
      expect(String(error)).toContain(name);
      failed.push(name);
    }
  }
  return failed;
}

function deepCount(value: unknown): number {
  return Array.isArray(value) ? 1 + deepCount(value[0]) : 0;
}

function merged(target: object, source: unknown): object {
  if (typeof source !== 'object' || source === null) return target;
  for (const [key, value] of Object.entries(source)) {
    const inner: unknown = Reflect.get(target, key);
    if (typeof value === 'object' && typeof inner === 'object' && inner !== null) merged(inner, value);
    else Reflect.set(target, key, value);
  }
  return target;
}

describe('the receiving half of the contract', () => {
  it('lets a channel pass that keeps every promise', async () => {
    expect(await caught(() => channelWith({}))).toEqual([]);
  });

  it.each<[string, string, () => Receive]>([
    ['takes everything', 'signature: what others sent', () => channelWith({ isSigned: () => true })],
    [
      'checks only that a signature is there',
      'signature: what others sent',
      () => channelWith({ isSigned: ({ header }) => header('x-signature') !== undefined }),
    ],
    ['refuses everything', 'signature: what the provider sent', () => () => denied],
    [
      'signs a part of the body',
      'signature: a body that was changed',
      () =>
        channelWith({
          isSigned: (made) => isSigned(made) || (made.header('x-signature') ?? '').length === 64,
        }),
    ],
    [
      'checks the signature of the body written anew',
      'signature: the very bytes count',
      () =>
        channelWith({
          isSigned: ({ header, body }) => header('x-signature') === sign(JSON.stringify(parsed(body)) ?? ''),
        }),
    ],
    ['takes any method', 'method: ', () => channelWith({ method: false })],
    [
      'tells instants as dates',
      'events: plain data',
      () => channelWith({ events: (body) => [{ ...eventOf(body), at: new Date(0) }] }),
    ],
    [
      'leaves members absent',
      'events: plain data',
      () => channelWith({ events: (body) => [{ ...eventOf(body), at: undefined }] }),
    ],
    [
      'counts its events',
      'keys: repeated deliveries',
      () => {
        let count = 0;
        return channelWith({ events: (body) => [{ ...eventOf(body), key: `${++count}` }] });
      },
    ],
    [
      'gives all events of a type one key',
      'keys: no two happenings',
      () => channelWith({ events: (body) => [{ ...eventOf(body), key: 'k' }] }),
    ],
    [
      'makes keys of texts',
      'keys: no text of people',
      () =>
        channelWith({
          events: (body) => [{ ...eventOf(body), key: `k ${JSON.stringify(body)}`.slice(0, 900) }],
        }),
    ],
    [
      'remembers what it has seen',
      'keys: repeated deliveries',
      () => {
        const seen = new Set<string>();
        return channelWith({
          events: (body) => {
            const event = eventOf(body);
            if (seen.has(event.key)) return [];
            seen.add(event.key);
            return [event];
          },
        });
      },
    ],
    [
      'drops what comes out of order',
      'order: ',
      () => {
        let last = '';
        return channelWith({
          events: (body) => {
            const event = eventOf(body);
            if (event.key < last) return [];
            last = event.key;
            return [event];
          },
        });
      },
    ],
    [
      'refuses fields that it does not know',
      'unknown: fields',
      () =>
        channelWith({
          events: (body) => (Object.keys(Object(body)).length > 3 ? [] : [eventOf(body)]),
        }),
    ],
    [
      'passes over types that it does not know',
      'unknown: types',
      () => channelWith({ events: (body) => [eventOf(body)].filter(({ type }) => type !== 'ignored') }),
    ],
    [
      'throws for what is no JSON',
      'hostile: no body throws',
      () => channelWith({ parse: (body) => JSON.parse(textOf(body)) as unknown }),
    ],
    [
      'walks down whatever is nested',
      'hostile: no body throws',
      () => channelWith({ events: (body) => [{ ...eventOf(body), ...(deepCount(body) > 0 ? {} : {}) }] }),
    ],
    [
      'asks to be told again what it cannot read',
      'hostile: no body throws',
      () => channelWith({ answer: (body) => (body === undefined ? { status: 500 } : taken) }),
    ],
    [
      'says what was wrong',
      'hostile: nothing of a body comes back',
      () =>
        channelWith({
          answer: (body) => ({ status: 200, body: `thanks for ${JSON.stringify(body)}`.slice(0, 99_000) }),
        }),
    ],
    [
      'merges what came into an object',
      'hostile: no body reaches a prototype',
      () => channelWith({ events: (body) => [eventOf(merged({}, body))] }),
    ],
    ['reads masses', 'hostile: masses', () => channelWith({ size: false })],
    [
      'tells its secret',
      'secrets: ',
      () => channelWith({ answer: () => ({ status: 200, headers: { 'x-debug': secret } }) }),
    ],
  ])('catches one that %s', async (_, law, make) => {
    const failed = await caught(make);
    expect(failed.some((name) => name.startsWith(law)) ? law : failed).toBe(law);
  });
});
