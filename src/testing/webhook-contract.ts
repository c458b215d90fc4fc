import type { Channel } from '../channels/channel.js';
import type { ChannelEvent, Received, WebhookRequest } from '../channels/inbound.js';
import { check, identical } from './check.js';
import { canary, hostileTexts, isPolluted, spoiledExamples, withUnknownFields } from './hostile-bodies.js';
import { runLaw } from './run-law.js';
import type { ContractCase } from './store-contract.js';

/** A body that the provider posts, and what it tells, in order. */
export interface WebhookExample {
  readonly name: string;
  readonly body: string;
  /** `ignored` for what recobro has no event for. */
  readonly events: readonly ChannelEvent['type'][];
}

/** What the factory of {@link webhookContract} hands out for one case. */
export interface WebhookUnderTest {
  readonly channel: Channel;
  /** The instant at which requests come, in milliseconds: that of `request`'s timestamps, where the provider signs one. */
  readonly now: number;
  /** The provider's request around these bytes, with the credentials or signature that belong to them. */
  request(body: Uint8Array): WebhookRequest | Promise<WebhookRequest>;
  /** The same by those who know no secret: without a signature, with another's, with one of another form. At least one. */
  forged(body: Uint8Array): readonly WebhookRequest[] | Promise<readonly WebhookRequest[]>;
  /** Whether a signature covers the body (the default), or a secret goes with the request whatever it holds. */
  readonly covers?: 'body' | 'nothing' | undefined;
  /** Bodies of at least two different happenings, each of its own id. */
  readonly examples: readonly WebhookExample[];
  /** Bodies of the provider's form with types, statuses or events that nobody knows yet. */
  readonly unknown: readonly string[];
  /** Whatever may never show up in an answer or event: secrets, tokens. */
  readonly secrets: readonly string[];
  /** What people wrote in the examples: nothing of it may stand in an answer or in the key of an event. */
  readonly texts: readonly string[];
  /** Called after the case, whatever its end. */
  dispose?(): Promise<void>;
}

/** Makes a fresh channel that receives. */
export type WebhookFactory = () => WebhookUnderTest | Promise<WebhookUnderTest>;

/**
 * The promises of the receiving half of the channel port (`Channel.receive`) as cases that any test runner can run:
 * what the provider signed is taken and what it did not is refused; the same body always tells the same events under
 * the same keys, in whatever order and how often it comes; what is unknown is kept as `ignored`; events are plain
 * data; and no body whatever throws, pollutes a prototype or comes back in an answer.
 *
 * @example
 * for (const { name, run } of webhookContract(myWebhooks)) test(name, run);
 */
export function webhookContract(factory: WebhookFactory): readonly ContractCase[] {
  return laws.map(({ name, attempt }) => ({
    name,
    run: () => runLaw(name, factory, (bench) => attempt(bench, factory)),
  }));
}

interface WebhookLaw {
  readonly name: string;
  attempt(bench: WebhookUnderTest, factory: WebhookFactory): Promise<void>;
}

const laws: readonly WebhookLaw[] = [
  {
    name: 'signature: what the provider sent is taken, and tells what it should',
    async attempt(bench) {
      check(bench.examples.length > 1, 'at least two examples are needed');
      for (const { name, body, events } of bench.examples) {
        const received = await post(bench, body);
        check(received.refused === undefined, `${name} was refused: ${received.refused}`);
        checkTaken(received, name);
        identical(
          received.events.map(({ type }) => type),
          events,
          `events of ${name}`,
        );
      }
    },
  },
  {
    name: 'signature: what others sent is refused, and tells nothing',
    async attempt(bench) {
      for (const { body } of bench.examples) {
        const all = await bench.forged(bytes(body));
        check(all.length > 0, 'the bench must forge a request');
        for (const forged of all) checkRefused(await receive(bench, forged));
      }
    },
  },
  {
    name: 'signature: a body that was changed on the way is refused',
    async attempt(bench) {
      if (bench.covers === 'nothing') return;
      for (const { body } of bench.examples) {
        const right = await bench.request(bytes(body));
        const changed = Uint8Array.from(right.body);
        const middle = Math.floor(changed.length / 2);
        // Another letter or digit in place of one, so that the form of the body stays.
        changed[middle] = changed[middle] === 0x61 ? 0x62 : 0x61;
        checkRefused(await receive(bench, { ...right, body: changed }));
      }
    },
  },
  {
    name: 'signature: the very bytes count, not what they mean',
    async attempt(bench) {
      if (bench.covers === 'nothing') return;
      for (const { body } of bench.examples) {
        const right = await bench.request(bytes(body));
        const text = new TextDecoder().decode(right.body);
        const isJson = /^\s*[[{]/.test(text);
        // Means the same where it is read, and is not what was signed.
        const other = isJson ? ` ${text}` : `${text}&Extra=1`;
        checkRefused(await receive(bench, { ...right, body: bytes(other) }));
      }
    },
  },
  {
    name: 'method: what is no POST of the provider tells nothing',
    async attempt(bench) {
      for (const method of ['GET', 'PUT', 'DELETE', 'HEAD', 'OPTIONS']) {
        const [example] = bench.examples;
        const made = await bench.request(bytes(example?.body ?? ''));
        const { answer, events } = await receive(bench, { ...made, method });
        check(
          answer.status >= 400 && answer.status < 500,
          `${method} was answered with ${answer.status}, not with an error of the caller's`,
        );
        check(events.length === 0, `${method} told of something`);
      }
    },
  },
  {
    name: 'events: plain data with a key of its own, a provider and a type of the port',
    async attempt(bench) {
      for (const { name, body } of bench.examples) {
        for (const event of (await post(bench, body)).events) checkEvent(event, name);
      }
    },
  },
  {
    name: 'keys: repeated deliveries tell the same under the same keys, also to another process',
    async attempt(bench, factory) {
      const other = await factory();
      try {
        for (const { name, body } of bench.examples) {
          const first = await post(bench, body);
          for (const again of [await post(bench, body), await post(other, body)])
            identical(again.events, first.events, `a repeated delivery of ${name}`);
        }
      } finally {
        await other.dispose?.();
      }
    },
  },
  {
    name: 'keys: no two happenings share one',
    async attempt(bench) {
      const keys: string[] = [];
      for (const { body } of bench.examples)
        keys.push(...(await post(bench, body)).events.map(({ key }) => key));
      const twice = keys.filter((key, index) => keys.indexOf(key) !== index);
      check(twice.length === 0, `${twice.length} events of different examples share a key`);
    },
  },
  {
    name: 'keys: no text of people stands in a key or in an answer',
    async attempt(bench) {
      for (const { body } of bench.examples) {
        const { answer, events } = await post(bench, body);
        const told = [JSON.stringify(answer), ...events.map(({ key }) => key)];
        const found = bench.texts.some((text) => told.some((one) => one.includes(text)));
        check(!found, 'what somebody wrote stands in a key or in an answer');
      }
    },
  },
  {
    name: 'order: the events of a body depend on nothing that came before or comes at the same time',
    async attempt(bench, factory) {
      const forward = await Promise.all(bench.examples.map(({ body }) => post(bench, body)));
      const other = await factory();
      try {
        for (const [index, { name, body }] of [...bench.examples.entries()].reverse()) {
          const { events } = await post(other, body);
          identical(events, forward[index]?.events, `${name}, out of order`);
        }
      } finally {
        await other.dispose?.();
      }
    },
  },
  {
    name: 'unknown: fields that nobody knows change nothing',
    async attempt(bench) {
      for (const { name, body } of bench.examples) {
        const { events } = await post(bench, body);
        const more = await post(bench, withUnknownFields(body));
        identical(
          more.events.map(({ type, provider }) => [type, provider]),
          events.map(({ type, provider }) => [type, provider]),
          `${name} with fields that nobody knows`,
        );
      }
    },
  },
  {
    name: 'unknown: types that nobody knows are taken and become ignored',
    async attempt(bench) {
      for (const body of bench.unknown) {
        const received = await post(bench, body);
        checkTaken(received, 'an unknown type');
        check(
          received.events.length > 0 && received.events.every(({ type }) => type === 'ignored'),
          `an unknown type became ${JSON.stringify(received.events.map(({ type }) => type))}`,
        );
        for (const event of received.events) checkEvent(event, 'an unknown type');
      }
    },
  },
  {
    name: 'hostile: no body throws, asks the provider to come again, or tells what is no event',
    async attempt(bench) {
      const examples = bench.examples.map(({ body }) => body);
      for (const { name, body } of hostileTexts()) {
        for (const request of [await bench.request(body), ...(await bench.forged(body))])
          checkHostile(await receive(bench, request, name), name);
      }
      for (const { name, body } of spoiledExamples(examples))
        checkHostile(await receive(bench, await bench.request(body), name), name);
    },
  },
  {
    name: 'hostile: nothing of a body comes back in the answer',
    async attempt(bench) {
      for (const { name, body } of hostileTexts()) {
        const { answer } = await receive(bench, await bench.request(body), name);
        check(!JSON.stringify(answer).includes(canary), `${name} came back in the answer`);
      }
    },
  },
  {
    name: 'hostile: no body reaches a prototype',
    async attempt(bench) {
      for (const { name, body } of hostileTexts()) {
        await receive(bench, await bench.request(body), name);
        check(!isPolluted(), `${name} changed Object.prototype`);
      }
    },
  },
  {
    name: 'hostile: masses are refused unread',
    async attempt(bench) {
      const body = new Uint8Array(5 * 1024 * 1024).fill(0x20);
      const right = await bench.request(bytes(bench.examples[0]?.body ?? ''));
      const { answer, events, refused } = await receive(bench, { ...right, body });
      check(refused === 'too_large' && answer.status === 413, `5 MB were answered with ${answer.status}`);
      check(events.length === 0, 'a body that was refused told of something');
    },
  },
  {
    name: 'secrets: no secret in answers and events',
    async attempt(bench) {
      for (const { body } of bench.examples) {
        const requests = [await bench.request(bytes(body)), ...(await bench.forged(bytes(body)))];
        for (const request of requests) {
          const told = JSON.stringify(await receive(bench, request));
          check(!bench.secrets.some((secret) => told.includes(secret)), 'a secret was given away');
        }
      }
    },
  },
];

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

async function post(bench: WebhookUnderTest, body: string): Promise<Received> {
  return receive(bench, await bench.request(bytes(body)));
}

/** One request, which must leave its bytes as they were and may not throw. */
async function receive(
  bench: WebhookUnderTest,
  request: WebhookRequest,
  what = 'a request',
): Promise<Received> {
  const { channel, now } = bench;
  check(channel.receive !== undefined, 'the channel must receive');
  let received: Received;
  try {
    received = await channel.receive(request, { now });
  } catch (error) {
    throw new Error(`${what} made it throw: ${error instanceof Error ? error.name : typeof error}`, {
      cause: error,
    });
  }
  const { answer, events } = received;
  check(Number.isInteger(answer.status), 'the answer must have a status');
  check(Array.isArray(events), 'the events must be a list');
  return received;
}

function checkTaken({ answer }: Received, name: string): void {
  check(answer.status >= 200 && answer.status < 300, `${name} was answered with ${answer.status}`);
}

function checkRefused({ answer, events, refused }: Received): void {
  check(
    refused === 'signature' || refused === 'expired',
    `a forged request came to ${refused ?? 'be taken'}`,
  );
  check(
    answer.status === 401 || answer.status === 403,
    `a forged request was answered with ${answer.status}`,
  );
  check(events.length === 0, 'a forged request told of something');
}

function checkHostile({ answer, events }: Received, name: string): void {
  check(answer.status >= 200 && answer.status < 500, `${name} was answered with ${answer.status}`);
  check(!JSON.stringify(answer).includes(canary), `${name} came back in the answer`);
  for (const event of events) checkEvent(event, name);
}

const types: readonly string[] = ['status', 'message', 'consent', 'template', 'address', 'sender', 'ignored'];

function checkEvent(event: ChannelEvent, name: string): void {
  identical(JSON.parse(JSON.stringify(event)), event, `an event of ${name} as JSON`);
  check(isPlain(event), `an event of ${name} must be plain data without absent members`);
  check(types.includes(event.type), `an event of ${name} has no type of the port: ${event.type}`);
  check(/^[a-z][a-z0-9_-]*$/.test(event.provider), `an event of ${name} has no provider`);
  check(
    typeof event.key === 'string' && event.key !== '' && event.key.length <= longestKey,
    `an event of ${name} must have a key of 1 to ${longestKey} characters`,
  );
  check(event.at === undefined || Number.isFinite(event.at), `an event of ${name} has no instant`);
}

/** Enough for a provider's longest ids and what tells several events of a body apart. */
const longestKey = 1_200;

function isPlain(value: unknown): boolean {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object') return false;
  if (Array.isArray(value)) return value.every(isPlain);
  return Object.getPrototypeOf(value) === Object.prototype && Object.values(value).every(isPlain);
}
