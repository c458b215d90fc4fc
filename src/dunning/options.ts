import { type Day, isDay, parseDay, parseInstant } from '../calendar/index.js';
import { channelProblems as traitProblems } from '../channels/define-channel.js';
import { isRecobroError, type Problem, RecobroError } from '../errors.js';
import type { InstantInput } from '../ledger/facts.js';
import { senderProblems } from '../messages/index.js';
import { turns } from '../messages/reading-order.js';
import { carriedProblems } from './carried.js';
import type { DunningOptions, TenantOptions } from './handle/options.js';
import type { ConversationOptions } from './inbound/conversation.js';
import type { LinkOptions, UnsubscribeOptions } from './links/options.js';
import { ledgerProblems } from './pull/options.js';

/** An instant: milliseconds since 1970, ISO 8601 text with an offset, or a `Date`. */
export type When = InstantInput | Date;

/**
 * Milliseconds of an instant in any of the accepted forms.
 *
 * @param path the option that gives it, where there are several
 * @throws RecobroError `invalid_instant`
 */
export function instantOf(value: When, path?: string): number {
  if (typeof value === 'string') return path === undefined ? parseInstant(value) : parsedAt(value, path);
  const millis = value instanceof Date ? value.getTime() : value;
  if (Number.isSafeInteger(millis)) return millis;
  const wanted = 'whole milliseconds since 1970, a valid Date, or ISO 8601 text with an offset';
  if (path === undefined) throw new RecobroError('invalid_instant', `an instant is ${wanted}`);
  const missing = value === undefined || value === null;
  throw invalidInstant(path, missing ? `is missing: write ${wanted}` : `must be ${wanted}`);
}

function parsedAt(text: string, path: string): number {
  try {
    return parseInstant(text);
  } catch (error) {
    throw isRecobroError(error, 'invalid_instant') ? invalidInstant(path, error.message) : error;
  }
}

function invalidInstant(path: string, message: string): RecobroError {
  return new RecobroError('invalid_instant', `${path} is no instant`, {
    problems: [{ path, code: 'invalid_instant', message }],
  });
}

/**
 * Days of options, each under the path of its option.
 *
 * @throws RecobroError `invalid_date`, listing every one that is missing or no date
 */
export function daysOf<K extends string>(given: Readonly<Record<K, string>>): Readonly<Record<K, Day>> {
  const days: Partial<Record<K, Day>> = {};
  const problems: Problem[] = [];
  for (const path in given) {
    const text: unknown = given[path];
    if (typeof text === 'string' && isDay(text)) days[path] = parseDay(text);
    else {
      const missing = text === undefined || text === null;
      const message = `${missing ? 'is missing: write' : 'must be'} an existing date as YYYY-MM-DD`;
      problems.push({ path, code: 'invalid_date', message });
    }
  }
  if (problems.length === 0) return days as Record<K, Day>;
  const paths = problems.map(({ path }) => path).join(' and ');
  throw new RecobroError('invalid_date', `${paths} ${problems.length > 1 ? 'are no dates' : 'is no date'}`, {
    problems,
  });
}

const longestName = 200;

/** Who or what a record names: a text that every store takes. @throws RecobroError `invalid_option` */
export function named(value: string, path: string): string {
  if (!isName(value)) throw invalid([nameProblem(path)]);
  return value;
}

/** Options may come from JavaScript. @throws RecobroError `invalid_option` */
export function objectOf<T extends object>(value: T, path: string): T {
  if (typeof value !== 'object' || value === null)
    throw invalid([{ path, code: 'invalid_type', message: 'must be an object' }]);
  return value;
}

/**
 * What somebody chose, where leaving a key out means all of it: misspelt, one would reach too far.
 *
 * @throws RecobroError `invalid_option`, listing every problem with its path
 */
export function choiceOf<T extends object>(value: T, keys: Readonly<Record<keyof T, true>>, path: string): T {
  const problems = unknownKeys(objectOf(value, path), keys, path);
  if (problems.length > 0) throw invalid(problems);
  return value;
}

/** @throws RecobroError `invalid_option`, listing every problem with its path */
export function checkOptions(tenant: string, store: unknown, options: TenantOptions): void {
  const problems: Problem[] = [
    ...unknownKeys(options, optionKeys, ''),
    ...unknownKeys(options.conversation, conversationKeys, 'conversation'),
    ...unknownKeys(options.links, linkKeys, 'links'),
    ...unknownKeys(options.links?.unsubscribe, unsubscribeKeys, 'links.unsubscribe'),
    ...senderProblems(options.sender),
    ...carriedProblems(options),
    ...ledgerProblems(options.ledger),
  ];
  if (!isName(tenant)) problems.push(nameProblem('tenant'));
  if (!has(store, 'commit'))
    problems.push({ path: 'store', code: 'invalid_type', message: 'must be a store, such as memoryStore()' });
  else if (options.adopt === true && Reflect.get(store, 'documents') === undefined)
    problems.push({ path: 'adopt', code: 'invalid_value', message: 'needs a store that keeps documents' });
  const channels: unknown = options.channels;
  if (!Array.isArray(channels))
    problems.push({ path: 'channels', code: 'invalid_type', message: 'must be a list of channels' });
  else problems.push(...channelProblems(channels));
  if (problems.length > 0) throw invalid(problems);
}

function channelProblems(channels: readonly unknown[]): Problem[] {
  const problems: Problem[] = [];
  const seen = new Set<unknown>();
  channels.forEach((channel, index) => {
    const path = `channels[${index}]`;
    if (!has(channel, 'send')) {
      problems.push({ path, code: 'invalid_type', message: 'must be a channel, such as email({ … })' });
      return;
    }
    // Written by hand it may say anything: without its `consent`, say, it would write to whoever never gave any.
    for (const one of traitProblems(channel)) problems.push({ ...one, path: `${path}.${one.path}` });
    const id: unknown = Reflect.get(channel, 'id');
    if (seen.has(id))
      problems.push({ path, code: 'duplicate_id', message: `a second channel ${JSON.stringify(id)}` });
    seen.add(id);
  });
  return problems;
}

/** Each key of a type, so that one that is added there and not here does not compile. */
type Keys<T> = Readonly<Record<keyof T, true>>;

const optionKeys: Keys<DunningOptions> = {
  plan: true,
  policies: true,
  messages: true,
  sender: true,
  senders: true,
  documents: true,
  payments: true,
  channels: true,
  conversation: true,
  links: true,
  ledger: true,
  adopt: true,
  scorer: true,
  store: true,
  tenant: true,
  clock: true,
  ids: true,
  logger: true,
  queue: true,
  closedAfter: true,
  dispatch: true,
};
const conversationKeys: Keys<ConversationOptions> = {
  classifier: true,
  classifierTimeoutMs: true,
  accept: true,
  stops: true,
  ask: true,
  promiseDays: true,
  plans: true,
  acceptPlans: true,
  bot: true,
  onStranger: true,
};
const linkKeys: Keys<LinkOptions> = { key: true, days: true, page: true, unsubscribe: true };
const unsubscribeKeys: Keys<UnsubscribeOptions> = { url: true, on: true };

/** A misspelt option would do nothing, in silence. */
function unknownKeys(value: unknown, known: object, path: string): Problem[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.keys(value)
    .filter((key) => !Object.hasOwn(known, key))
    .map((key) => ({
      path: path === '' ? key : `${path}.${key}`,
      code: 'unknown_key',
      message: `is no option; there are ${Object.keys(known).join(', ')}`,
    }));
}

function has(value: unknown, method: string): value is object {
  return typeof value === 'object' && value !== null && typeof Reflect.get(value, method) === 'function';
}

function isName(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    value.trim() !== '' &&
    value.length <= longestName &&
    value.isWellFormed() &&
    !value.includes('\0') &&
    !turns(value)
  );
}

function nameProblem(path: string): Problem {
  return {
    path,
    code: 'invalid_id',
    message: `is a text of 1 to ${longestName} characters that reads in one order`,
  };
}

function invalid(problems: readonly Problem[]): RecobroError {
  return new RecobroError('invalid_option', 'the options are not valid', { problems });
}
