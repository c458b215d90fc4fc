import type { Attachment, Channel, LookupQuery, OutboundMessage, SendOutcome } from '../channels/channel.js';
import { check, identical } from './check.js';
import { runLaw } from './run-law.js';
import type { ContractCase } from './store-contract.js';

/**
 * How the provider behind the channel is to behave:
 * `accepted` takes the message; `throttled` says "not now"; `refused` says no to
 * this message for good, without blaming the address; `bad_address` says that
 * the address does not exist; `misconfigured` does not know the credentials or
 * the sender; `unreachable` nobody listens at its address; `cut` takes the whole
 * message and closes the connection without a word; `silent` takes the whole
 * message and never answers (give the channel a short time limit); `nonsense`
 * answers success with a body or reply that makes no sense.
 */
export type ChannelSituation =
  | 'accepted'
  | 'throttled'
  | 'refused'
  | 'bad_address'
  | 'misconfigured'
  | 'unreachable'
  | 'cut'
  | 'silent'
  | 'nonsense';

/** What a provider saw beside the text of a message. */
export interface CarriedAlong {
  /** Addresses that got a copy. */
  readonly copies: readonly string[];
  readonly attachments: readonly Attachment[];
}

/** What the factory of {@link channelContract} hands out for one case. */
export interface ChannelUnderTest {
  readonly channel: Channel;
  /** A message that the channel can send; its texts should be recognisable. */
  readonly message: OutboundMessage;
  /** Whatever may never show up in an outcome: tokens, passwords, account ids. */
  readonly secrets: readonly string[];
  /** How many messages the provider was handed completely. */
  arrivals(): number;
  /** Resolves once the provider was handed a message. */
  arrived(): Promise<void>;
  /** What the provider saw of the acts' keys, one per arrival, with what names their tenant; only for channels that pass the key on. */
  keys?(): readonly string[];
  /** What came along with each arrival; only for channels that carry something. */
  carried?(): readonly CarriedAlong[] | Promise<readonly CarriedAlong[]>;
  /** Called after the case, whatever its end. */
  dispose?(): Promise<void>;
}

/** Makes a fresh channel with a provider of its own. */
export type ChannelFactory = (situation: ChannelSituation) => ChannelUnderTest | Promise<ChannelUnderTest>;

/** Options of {@link channelContract}. */
export interface ChannelContractOptions {
  /** What does not exist for this channel, with the reason in words; such cases come with it as `skip`. */
  readonly without?: Readonly<Partial<Record<ChannelSituation | 'key', string>>> | undefined;
  /** The channel is people (`Channel.manual`): it hands nothing over by itself. Default `false`. */
  readonly manual?: boolean | undefined;
}

/**
 * The promises of the channel port ({@link Channel}) as cases that any test
 * runner can run: every outcome for its situation, at most one attempt per
 * call, nothing thrown for what a provider or network does, the key passed on,
 * the caller's signal obeyed, no address, text or secret in an outcome.
 *
 * @example
 * for (const { name, skip, run } of channelContract(myChannel, { without: { throttled: 'has no limits' } })) {
 *   test(name, { skip }, run);
 * }
 */
export function channelContract(
  factory: ChannelFactory,
  options: ChannelContractOptions = {},
): readonly ContractCase[] {
  const { manual = false } = options;
  const all = manual
    ? [...handLaws, ...[...laws, ...secrecy].filter((law) => law.byHand)]
    : [...laws, ...secrecy];
  return all.map((law) => {
    const reason = options.without?.[law.situation] ?? (law.needsKey ? options.without?.key : undefined);
    return {
      name: law.name,
      ...(reason === undefined ? {} : { skip: reason }),
      run: () => tryLaw(law, factory, manual),
    };
  });
}

interface ChannelLaw {
  readonly name: string;
  readonly situation: ChannelSituation;
  readonly needsKey?: boolean;
  /** Whether it also holds for channels that people are. */
  readonly byHand?: boolean;
  attempt(bench: ChannelUnderTest): Promise<void>;
}

function tryLaw(law: ChannelLaw, factory: ChannelFactory, manual: boolean): Promise<void> {
  const make = (): ReturnType<ChannelFactory> => factory(law.situation);
  return runLaw(law.name, make, async (bench) => {
    check(
      (bench.channel.manual === true) === manual,
      `the channel is ${manual ? 'not ' : ''}done by hand: ${manual ? 'leave out' : 'give'} the option manual`,
    );
    await law.attempt(bench);
  });
}

/** Any instant will do. */
const now = Date.UTC(2026, 2, 3, 16);

const copies: OutboundMessage['copies'] & object = [
  { name: 'Luis Peña', address: 'luis.pena@cliente.example' },
  { name: '', address: 'archivo@cliente.example' },
];

/** A name beyond ASCII, and bytes that no text has: line ends of every kind, zeros, all values. */
const attachments: readonly Attachment[] = [
  {
    name: 'Factura Nº 1 “última”.pdf',
    type: 'application/pdf',
    content: Uint8Array.from([...Array(256).keys(), 13, 10, 10, 13, 0, 46, 13, 10]),
  },
  { name: 'b.csv', type: 'text/csv', content: new TextEncoder().encode('a;b\n.\r\n"ñ"\r') },
];

function plain({ name, type, content }: Attachment): object {
  return { name, type, content: [...content] };
}

/** Of channels that people are. */
const handLaws: readonly ChannelLaw[] = [
  {
    name: 'manual: nothing leaves by itself, which blames neither message nor address',
    situation: 'accepted',
    async attempt(bench) {
      const outcome = await expectOutcome(bench, 'refused', 0);
      check(outcome.outcome === 'refused' && outcome.addressUnusable !== true, 'the address was condemned');
    },
  },
];

const laws: readonly ChannelLaw[] = [
  {
    name: 'traits: id, kind of address and consent are words of the port',
    situation: 'accepted',
    byHand: true,
    async attempt({ channel }) {
      check(/^[a-z][a-z0-9_-]*$/.test(channel.id), `the id must be a plain word, got "${channel.id}"`);
      check(
        ['phone', 'email', 'postal', 'none'].includes(channel.address),
        `no such address: ${channel.address}`,
      );
      check(['required', 'contract', 'off'].includes(channel.consent), `no such consent: ${channel.consent}`);
      for (const one of channel.carries ?? [])
        check(['copies', 'attachments'].includes(one), `nothing of that name can be carried: ${one}`);
    },
  },
  {
    name: 'carries: copies and attachments arrive, byte for byte, or are ignored',
    situation: 'accepted',
    async attempt(bench) {
      const { channel, message } = bench;
      const outcome = await channel.send({ ...message, copies, attachments }, { now });
      checkOutcome(outcome, 'accepted');
      check(bench.arrivals() === 1, `one message is one call, got ${bench.arrivals()}`);
      const { carries = [] } = channel;
      if (carries.length === 0) return;
      check(bench.carried !== undefined, 'the bench must tell what came along');
      const [arrived, ...more] = await bench.carried();
      check(arrived !== undefined && more.length === 0, 'one message must bring one of what came along');
      if (carries.includes('copies'))
        identical(
          arrived.copies,
          copies.map(({ address }) => address),
          'addresses of copies',
        );
      if (carries.includes('attachments'))
        identical(arrived.attachments.map(plain), attachments.map(plain), 'attachments');
    },
  },
  {
    name: 'carries: a copy to an address that is none is left out, and the message goes',
    situation: 'accepted',
    async attempt(bench) {
      const { channel, message } = bench;
      if (channel.carries?.includes('copies') !== true) return;
      const bad = ['', 'nobody', 'a@b.example\r\nBcc: c@d.example', 'a@b.example, c@d.example'];
      const wrong = bad.map((address) => ({ name: 'X', address }));
      const named = copies.map((one) => ({ ...one, name: 'Luis\r\nBcc: c@d.example' }));
      checkOutcome(await channel.send({ ...message, copies: [...wrong, ...named] }, { now }), 'accepted');
      check(bench.carried !== undefined, 'the bench must tell what came along');
      const [arrived] = await bench.carried();
      identical(
        arrived?.copies,
        copies.map(({ address }) => address),
        'addresses of copies',
      );
    },
  },
  {
    name: 'carries: what cannot be attached as it is goes nowhere, and the message neither',
    situation: 'accepted',
    async attempt(bench) {
      const { channel, message } = bench;
      if (channel.carries?.includes('attachments') !== true) return;
      for (const broken of [
        { name: 'a.pdf\r\nX: y' },
        { name: '' },
        { type: 'application/pdf\r\nX: y' },
        { content: new Uint8Array() },
      ]) {
        const wrong = attachments.map((one) => ({ ...one, ...broken }));
        checkOutcome(await channel.send({ ...message, attachments: wrong }, { now }), 'refused');
      }
      check(bench.arrivals() === 0, 'the provider was called');
    },
  },
  {
    name: 'accepted: an accepted message has the id of the provider',
    situation: 'accepted',
    async attempt(bench) {
      const outcome = await expectOutcome(bench, 'accepted', 1);
      check(outcome.outcome === 'accepted' && outcome.providerId.trim() !== '', 'the id must not be empty');
    },
  },
  {
    name: 'accepted: two calls at once are two messages',
    situation: 'accepted',
    async attempt(bench) {
      const { channel, message } = bench;
      const outcomes = await Promise.all([
        channel.send(message, { now }),
        channel.send({ ...message, key: `${message.key}-second` }, { now }),
      ]);
      for (const outcome of outcomes) checkOutcome(outcome, 'accepted');
      check(bench.arrivals() === 2, `the provider must have got 2 messages, got ${bench.arrivals()}`);
    },
  },
  {
    name: 'accepted: the message is left as it was',
    situation: 'accepted',
    async attempt({ channel, message }) {
      const before = JSON.stringify({ ...message, copies });
      const frozen = deepFreeze(structuredClone({ ...message, copies }));
      checkOutcome(await channel.send(frozen, { now }), 'accepted');
      identical(JSON.stringify(frozen), before, 'the message after sending');
    },
  },
  {
    name: 'key: attempts of one act carry one key, other acts another',
    situation: 'accepted',
    needsKey: true,
    async attempt(bench) {
      const { channel, message } = bench;
      check(bench.keys !== undefined, 'the bench must tell the keys that arrived');
      for (const key of [message.key, `${message.key}-other`, message.key]) {
        checkOutcome(await channel.send({ ...message, key }, { now }), 'accepted');
      }
      const [first, other, again, ...more] = bench.keys();
      check(more.length === 0 && again !== undefined, 'three attempts must bring three keys');
      check(first === again, 'a second attempt of the same act must carry the same key');
      check(first !== other, 'another act must carry another key');
    },
  },
  {
    name: 'key: acts of two tenants carry two keys, though both are called the same',
    situation: 'accepted',
    needsKey: true,
    async attempt(bench) {
      const { channel, message } = bench;
      check(bench.keys !== undefined, 'the bench must tell the keys that arrived');
      for (const tenant of [message.tenant, `${message.tenant}-other`])
        checkOutcome(await channel.send({ ...message, tenant }, { now }), 'accepted');
      check(
        new Set(bench.keys()).size === 2,
        'what comes back of one of them must not be taken for the other',
      );
    },
  },
  {
    name: 'key: very long keys stay apart',
    situation: 'accepted',
    needsKey: true,
    async attempt(bench) {
      const { channel, message } = bench;
      check(bench.keys !== undefined, 'the bench must tell the keys that arrived');
      for (const end of ['a', 'b']) {
        const key = `${'k'.repeat(2_000)}${end}`;
        checkOutcome(await channel.send({ ...message, key }, { now }), 'accepted');
      }
      check(new Set(bench.keys()).size === 2, 'two long keys that differ at their end must not become one');
    },
  },
  {
    name: 'retry: a throttled message may be tried later',
    situation: 'throttled',
    attempt: (bench) => expectOutcome(bench, 'retry', 1).then(nothing),
  },
  {
    name: 'retry: nothing was sent if nobody listens',
    situation: 'unreachable',
    attempt: (bench) => expectOutcome(bench, 'retry', 0).then(nothing),
  },
  {
    name: 'refused: a refusal of the message does not condemn the address',
    situation: 'refused',
    async attempt(bench) {
      const outcome = await expectOutcome(bench, 'refused', 1);
      check(outcome.outcome === 'refused' && outcome.addressUnusable !== true, 'the address was condemned');
    },
  },
  {
    name: 'refused: an address that does not exist is said to be the fault',
    situation: 'bad_address',
    async attempt(bench) {
      const outcome = await expectOutcome(bench, 'refused', 1);
      check(outcome.outcome === 'refused' && outcome.addressUnusable === true, 'the address was not blamed');
      check(outcome.scope === 'recipient', `the scope must be the recipient, got ${outcome.scope}`);
    },
  },
  {
    name: 'refused: an address that is none is refused before any call',
    situation: 'accepted',
    byHand: true,
    async attempt(bench) {
      if (bench.channel.address === 'none') return;
      for (const to of [
        '',
        'nobody',
        'a@b.example\r\nBcc: c@d.example',
        '+52 55\n1234',
        `+${'1'.repeat(40)}`,
      ]) {
        const outcome = await bench.channel.send({ ...bench.message, to }, { now });
        checkOutcome(outcome, 'refused');
      }
      check(bench.arrivals() === 0, 'the provider was called');
    },
  },
  {
    name: 'misconfigured: wrong credentials or sender are the set-up’s fault',
    situation: 'misconfigured',
    attempt: (bench) => expectOutcome(bench, 'misconfigured', 1).then(nothing),
  },
  {
    name: 'unknown: a connection cut after the message was handed over is not tried again',
    situation: 'cut',
    async attempt(bench) {
      await expectOutcome(bench, 'unknown', 1);
      check(
        bench.arrivals() === 1,
        `the message must have been handed over once, was ${bench.arrivals()} times`,
      );
    },
  },
  {
    name: 'unknown: no answer within the time limit',
    situation: 'silent',
    attempt: (bench) => expectOutcome(bench, 'unknown', 1).then(nothing),
  },
  {
    name: 'unknown: an answer that makes no sense is not taken for success',
    situation: 'nonsense',
    async attempt(bench) {
      const outcome = await bench.channel.send(bench.message, { now });
      checkOutcome(outcome);
      check(outcome.outcome !== 'accepted', 'the message was taken for accepted');
      check(outcome.outcome !== 'retry', 'the message may have gone out, so it must not be tried again');
    },
  },
  {
    name: 'lookup: a message that was taken is found by its key, with the id of the provider',
    situation: 'accepted',
    async attempt({ channel, message }) {
      if (channel.lookup === undefined) return;
      const sent = await channel.send(message, { now });
      const found = await channel.lookup(asked(message), { now });
      check(
        sent.outcome === 'accepted' && found.outcome === 'accepted' && found.providerId === sent.providerId,
        `the message must be found as it was accepted, got ${JSON.stringify(found)}`,
      );
    },
  },
  {
    name: 'lookup: a message that was never sent is not found',
    situation: 'accepted',
    async attempt({ channel, message }) {
      if (channel.lookup === undefined) return;
      await channel.send(message, { now });
      const found = await channel.lookup(asked({ ...message, key: `${message.key}-never` }), { now });
      check(
        found.outcome === 'absent' || found.outcome === 'unknown',
        `what was never sent was found: ${JSON.stringify(found)}`,
      );
    },
  },
  {
    name: 'lookup: nobody who answers is unknown, never absent, and nothing is thrown',
    situation: 'unreachable',
    async attempt({ channel, message }) {
      if (channel.lookup === undefined) return;
      // "Absent" would have the message planned anew, and sent a second time.
      const found = await channel.lookup(asked(message), { now });
      check(found.outcome === 'unknown', `a look-up that got no answer said ${JSON.stringify(found)}`);
    },
  },
  {
    name: 'signal: aborted before the call, nothing is sent',
    situation: 'accepted',
    byHand: true,
    async attempt(bench) {
      const outcome = await bench.channel.send(bench.message, { now, signal: AbortSignal.abort() });
      checkOutcome(outcome, 'retry');
      check(bench.arrivals() === 0, 'the provider was called');
    },
  },
  {
    name: 'signal: aborted while the provider has the message, it is unknown',
    situation: 'silent',
    async attempt(bench) {
      const controller = new AbortController();
      const sending = bench.channel.send(bench.message, { now, signal: controller.signal });
      await bench.arrived();
      controller.abort();
      checkOutcome(await sending, 'unknown');
    },
  },
];

function asked({ key, tenant, account }: OutboundMessage): LookupQuery {
  return { key, tenant, account, since: now, attempts: 1 };
}

/** For the law of secrecy, which is tried in every situation. */
const situations: readonly ChannelSituation[] = [
  'accepted',
  'throttled',
  'refused',
  'bad_address',
  'misconfigured',
  'unreachable',
  'cut',
  'silent',
  'nonsense',
];

const secrecy: readonly ChannelLaw[] = situations.map((situation) => ({
  name: `secrets: no address, text or secret in an outcome (${situation})`,
  situation,
  byHand: situation === 'accepted',
  async attempt(bench: ChannelUnderTest) {
    const outcome = await bench.channel.send({ ...bench.message, copies, attachments }, { now });
    const told = JSON.stringify({ ...outcome, providerId: undefined });
    const others = [...copies.map(({ address }) => address), ...attachments.map(({ name }) => name)];
    for (const hidden of [bench.message.to, ...textsOf(bench.message), ...others, ...bench.secrets]) {
      check(hidden === '' || !told.includes(hidden), 'an outcome gives away an address, a text or a secret');
    }
  },
}));

async function expectOutcome(
  bench: ChannelUnderTest,
  expected: SendOutcome['outcome'],
  most: number,
): Promise<SendOutcome> {
  const outcome = await bench.channel.send(bench.message, { now });
  checkOutcome(outcome, expected);
  check(bench.arrivals() <= most, `at most ${most} attempt may be made per call, got ${bench.arrivals()}`);
  return outcome;
}

/** Well-formed, and of that kind if one is named. */
function checkOutcome(outcome: SendOutcome, expected?: SendOutcome['outcome']): void {
  const told = JSON.stringify(outcome);
  if (expected !== undefined) check(outcome.outcome === expected, `expected ${expected}, got ${told}`);
  if (outcome.outcome === 'accepted') return;
  check(
    /^[a-z][a-z0-9_-]*:[A-Za-z0-9._-]{1,80}$/.test(outcome.code),
    `the code must be a protocol and its word, such as "http:429", of letters, digits, ".", "_" and "-": ${told}`,
  );
  if (outcome.outcome === 'unknown') return;
  check(scopes.includes(outcome.scope), `no scope of the port: ${told}`);
  if (outcome.outcome !== 'retry' || outcome.after === undefined) return;
  check(Number.isFinite(outcome.after) && outcome.after >= 0, `the wait must be milliseconds: ${told}`);
}

const scopes: readonly string[] = ['message', 'recipient', 'pair', 'template', 'sender', 'account'];

function textsOf({ content, toName }: OutboundMessage): string[] {
  const texts =
    content.kind === 'text' ? [content.text, ...Object.values(content.variables)] : [content.subject];
  return [...texts, toName ?? ''].filter((text) => text.length > 3);
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    Object.freeze(value);
    for (const inner of Object.values(value)) deepFreeze(inner);
  }
  return value;
}

const nothing = (): void => undefined;
