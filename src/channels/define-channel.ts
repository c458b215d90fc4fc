import { isRecobroError, type Problem, RecobroError } from '../errors.js';
import { limitProblems } from './capacity.js';
import type { Channel, OutboundMessage, SendOptions, SendOutcome } from './channel.js';
import type { Received, ReceiveOptions, WebhookRequest } from './inbound.js';
import { isAddress } from './mailbox.js';
import { refusedBefore } from './outcomes.js';
import { isPhone } from './phone.js';
import { isPostal } from './postal.js';
import { largestBody, refused } from './webhook-body.js';

/** What {@link defineChannel} is given: a {@link Channel}, as it is written by hand. */
export type ChannelDefinition = Channel;

/**
 * Makes a channel of one's own. Checks the adapter's shape at once, and takes over what every adapter must do the
 * same, so that `send` and `receive` hold nothing but the provider:
 *
 * - an address that is none is refused before any call, and so is a call whose signal was aborted already;
 * - a `send` or `lookup` that throws, or answers no outcome, is `unknown` (`<id>:threw`, `<id>:no_outcome`): the
 *   message may have left. Misuse (a `RecobroError`) goes through;
 * - a body of more than 4 MB is refused unread.
 *
 * @returns a frozen channel; its methods may be called without it
 * @throws RecobroError `invalid_option`, listing everything that is wrong with its path
 *
 * @example
 * const pager = defineChannel({
 *   id: 'pager',
 *   address: 'phone',
 *   consent: 'required',
 *   async send(message, { signal }) {
 *     const id = await page(message.to, message.content.text, { signal });
 *     return { outcome: 'accepted', providerId: id };
 *   },
 * });
 */
export function defineChannel(definition: ChannelDefinition): Channel {
  const problems = problemsOf(definition);
  if (problems.length > 0)
    throw new RecobroError('invalid_option', 'The channel is not valid.', { problems });
  const { id, address, consent, carries, manual, tries, send, lookup, receive, close } = definition;
  const { account, number, limits } = definition;
  return Object.freeze<Channel>({
    id,
    address,
    consent,
    ...(carries === undefined ? {} : { carries: Object.freeze([...carries]) }),
    ...(account === undefined ? {} : { account }),
    ...(number === undefined ? {} : { number }),
    ...(limits === undefined ? {} : { limits: Object.freeze([...limits]) }),
    ...(manual === undefined ? {} : { manual }),
    ...(tries === undefined ? {} : { tries: Object.freeze({ ...tries }) }),
    async send(message: OutboundMessage, options: SendOptions): Promise<SendOutcome> {
      if (options.signal?.aborted) return { outcome: 'retry', scope: 'message', code: `${id}:aborted` };
      if (!isFit(address, message.to)) return refusedBefore(`${id}:invalid_address`, 'recipient', true);
      return guarded(id, sendOutcomes, () => send.call(definition, message, options));
    },
    ...(lookup === undefined
      ? {}
      : {
          lookup: (query, options) =>
            guarded(id, lookupOutcomes, () => lookup.call(definition, query, options)),
        }),
    ...(receive === undefined
      ? {}
      : {
          async receive(request: WebhookRequest, options: ReceiveOptions): Promise<Received> {
            if (request.body.length > largestBody) return refused('too_large');
            return await receive.call(definition, request, options);
          },
        }),
    ...(close === undefined ? {} : { close: () => close.call(definition) }),
  });
}

const sendOutcomes: readonly unknown[] = ['accepted', 'retry', 'refused', 'misconfigured', 'unknown'];
const lookupOutcomes: readonly unknown[] = ['accepted', 'absent', 'unknown'];

/** What a call came to; unknown wherever it does not say. */
async function guarded<T extends { readonly outcome: string }>(
  id: string,
  outcomes: readonly unknown[],
  call: () => Promise<T>,
): Promise<T | { readonly outcome: 'unknown'; readonly code: string }> {
  try {
    const outcome: T | undefined = await call();
    return outcomes.includes(outcome?.outcome) ? outcome : { outcome: 'unknown', code: `${id}:no_outcome` };
  } catch (error) {
    // What was thrown may hold addresses and secrets, and goes nowhere.
    if (isRecobroError(error)) throw error;
    return { outcome: 'unknown', code: `${id}:threw` };
  }
}

function isFit(address: Channel['address'], to: string): boolean {
  if (address === 'none') return true;
  if (address === 'postal') return isPostal(to);
  return address === 'phone' ? isPhone(to) : isAddress(to);
}

const traits = {
  address: ['phone', 'email', 'postal', 'none'],
  consent: ['required', 'contract', 'off'],
} as const;
const carried: readonly unknown[] = ['copies', 'attachments'];
const methods = ['send', 'lookup', 'receive', 'close'] as const;
const sending = ['account', 'number', 'limits'] as const;
const members: readonly string[] = [
  ...['id', 'address', 'consent', 'carries', 'manual', 'tries'],
  ...sending,
  ...methods,
];

/** Everything that is wrong with the definition of a channel. */
function problemsOf(definition: unknown): readonly Problem[] {
  const problems: Problem[] = [...channelProblems(definition)];
  if (typeof definition !== 'object' || definition === null) return problems;
  // A misspelt `recieve` would be a channel that does not receive, in silence. Objects of a class have members of their own.
  const isPlain = [Object.prototype, null].includes(Object.getPrototypeOf(definition));
  for (const name of isPlain ? Object.keys(definition) : []) {
    if (!members.includes(name))
      problems.push({
        path: name,
        code: 'unknown_key',
        message: `is no member of a channel: ${members.join(', ')}`,
      });
  }
  return problems;
}

/** What is wrong with the members of what claims to be a channel; others may stand beside them. */
export function channelProblems(channel: unknown): readonly Problem[] {
  if (typeof channel !== 'object' || channel === null)
    return [
      { path: '', code: 'invalid_type', message: 'must be an object with id, address, consent and send' },
    ];
  const problems: Problem[] = [];
  const wrong = (path: string, code: string, message: string): void => {
    problems.push({ path, code, message });
  };
  const at = (name: string): unknown => Reflect.get(channel, name);

  const id = at('id');
  if (typeof id !== 'string' || !/^[a-z][a-z0-9_-]{0,63}$/.test(id))
    wrong('id', 'invalid_id', 'must be a lower-case word of at most 64 letters, digits, _ and -');
  for (const [name, words] of Object.entries(traits)) {
    if (!words.some((word) => word === at(name)))
      wrong(name, 'invalid_value', `must be one of ${words.join(', ')}`);
  }
  const carries = at('carries');
  if (carries !== undefined && !Array.isArray(carries))
    wrong('carries', 'invalid_type', 'must be a list of copies and attachments, or absent');
  else
    for (const [index, one] of (carries ?? []).entries())
      if (!carried.includes(one))
        wrong(`carries[${index}]`, 'invalid_value', 'must be one of copies, attachments');
  const [manual, tries] = [at('manual'), at('tries')];
  if (manual !== undefined && typeof manual !== 'boolean')
    wrong('manual', 'invalid_type', 'must be true or false, or absent');
  if (tries !== undefined && !isTries(tries))
    wrong('tries', 'invalid_value', 'must be { most, wait }: tries from 1 on, and milliseconds');
  for (const name of ['account', 'number'] as const) {
    const value = at(name);
    if (value !== undefined && (typeof value !== 'string' || !/^[!-~ ]{1,128}$/.test(value)))
      wrong(name, 'invalid_id', 'must be a name of at most 128 visible characters, or absent');
  }
  if (at('limits') !== undefined)
    for (const { path, message } of limitProblems(at('limits')))
      wrong(`limits${path}`, 'invalid_value', message);
  for (const name of methods) {
    const method = at(name);
    if (typeof method !== 'function' && !(method === undefined && name !== 'send'))
      wrong(name, 'invalid_type', name === 'send' ? 'must be a function' : 'must be a function, or absent');
  }
  return problems;
}

function isTries(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const [most, wait]: unknown[] = [Reflect.get(value, 'most'), Reflect.get(value, 'wait')];
  return Number.isSafeInteger(most) && Number(most) >= 1 && Number.isSafeInteger(wait) && Number(wait) >= 0;
}
