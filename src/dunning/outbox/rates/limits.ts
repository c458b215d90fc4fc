import type { Act } from '../../../engine/index.js';
import type { Problem } from '../../../errors.js';
import { addressKey } from '../../inbound/keys.js';
import { isUnit, type Unit, units } from './window.js';

/**
 * How many messages may go out, or how many people may be written to, in any second, minute, hour or day, however
 * many workers send. Several limits hold side by side.
 */
export interface RateLimit {
  /** Messages of this channel. Absent: of every channel. */
  readonly channel?: string | undefined;
  /**
   * Messages of this sender: one of those that a channel has, else the sender profile; `-` is the channel's own.
   * Absent: of every sender.
   */
  readonly sender?: string | undefined;
  /**
   * What is counted by itself. `sender` (default): each sender of each channel; `pair`: each contact of an
   * account with each sender of a channel; `tenant`: all of a tenant that the limit is about; `company`: the
   * same of all tenants in the store together.
   */
  readonly each?: 'sender' | 'pair' | 'tenant' | 'company' | undefined;
  /**
   * `messages` (default); or `people`: addresses that are written to outside of their service window, each of them
   * once, however often it is written to.
   */
  readonly counts?: 'messages' | 'people' | undefined;
  /** A moving window: any second, any 24 hours. */
  readonly per: Unit;
  /** Messages or people in it, from 1. */
  readonly most: number;
}

/**
 * A limit as it is counted: one that a host wrote, or one that a provider has. Those of providers are about a
 * `number`, whichever profile is named in its messages, about a `contact` of it, or about the whole `portfolio`.
 */
export interface Limit extends Omit<RateLimit, 'each'> {
  readonly each?: RateLimit['each'] | 'number' | 'contact' | 'portfolio';
  /** What the number or portfolio is called at the provider: tenants that have the same one count together. */
  readonly pool?: string | undefined;
}

/** What a limit looks at. */
export interface Limited extends Pick<Act, 'id' | 'account' | 'channel' | 'contact' | 'from'> {
  /** Which of the channel's senders it goes by, where it has several. */
  readonly via?: string | undefined;
  /** Where it goes to. Only looked at, and forgotten: what is counted is a digest of it. */
  readonly address?: string | undefined;
  /** Whether the recipient's service window is open, so that the message takes no place among people. */
  readonly free?: boolean | undefined;
}

/** Where rates stand among the values that workers share. */
export const ratePrefix = 'rate/';

/** A count that a message adds to. */
export interface BucketKey {
  /** Tenant of the shared value: none where all tenants count together. */
  readonly tenant: string;
  /** Row among the shared values. */
  readonly key: string;
  /** Place in the row: many pairs share one, and all the people that one limit counts. */
  readonly name: string;
  readonly limit: Limit;
}

/**
 * Rows that the pairs of one limit are spread over: few enough to stay, many enough not to be in each other's way.
 * Those of short windows are small, and few of them make few writes.
 */
const shards = { second: 16, minute: 16, hour: 256, day: 256 } as const;

/** The counts that a message adds to, in an order that is the same for all workers. */
export function bucketsOf(limits: readonly Limit[], tenant: string, act: Limited): readonly BucketKey[] {
  const channel = act.channel ?? '-';
  const found: BucketKey[] = [];
  for (const limit of limits) {
    const { each = 'sender', per, counts = 'messages', pool } = limit;
    const own = each === 'number' || each === 'contact' || each === 'portfolio';
    const sender = act.via ?? (own ? '-' : (act.from ?? '-'));
    if (limit.channel !== undefined && limit.channel !== channel) continue;
    if (limit.sender !== undefined && limit.sender !== sender) continue;
    if (counts === 'people' && act.free === true) continue;
    const owner = each === 'company' || pool !== undefined ? '' : tenant;
    // Two limits that count the same share the count; the number allowed is no part of it, so it can be changed.
    const kind = counts === 'people' ? `${each}.people` : each;
    const meant = [kind, per, limit.channel ?? '*', pool === undefined ? (limit.sender ?? '*') : '*'];
    if (each === 'pair' || each === 'contact') {
      const name = joined([channel, sender, act.account, act.contact ?? '-']);
      found.push({ tenant, key: keyOf([...meant, `${hash(name) % shards[per]}`]), name, limit });
      continue;
    }
    // A number, or a portfolio, that several tenants have is known by its own name.
    const one = each === 'sender' || each === 'number' ? [channel, pool ?? sender] : [];
    const names = each === 'portfolio' ? [channel, ...(pool === undefined ? [] : [pool])] : one;
    const key = keyOf([...meant, ...names]);
    const name = counts === 'people' ? personOf(pool ?? owner, act) : '';
    found.push({ tenant: owner, key, name, limit });
  }
  return found.sort((a, b) => compare(idOf(a), idOf(b)));
}

/** A digest of whom a message goes to: of the counting one's own, so that counts of two tenants tell nothing of both. */
function personOf(salt: string, { address, account, contact }: Limited): string {
  if (address === undefined) return joined([account, contact ?? '-']);
  return addressKey(salt, address).slice('address:'.length).slice(0, 16);
}

/** Tells counts apart. */
export function idOf({ tenant, key, name }: BucketKey): string {
  return `${tenant}\0${key}\0${name}`;
}

/** Whose limit it is, in the words of {@link FullRate}. */
export type LimitOf = NonNullable<RateLimit['each']> | 'account';

/** A limit that keeps something back. */
export interface ReachedLimit {
  /** `account`: all that goes out by one account at the provider. */
  readonly each: LimitOf;
  /** `*`: every one. */
  readonly channel: string;
  readonly counts: 'messages' | 'people';
  readonly per: Unit;
  readonly most: number;
}

const told = { number: 'sender', contact: 'pair', portfolio: 'account' } as const;

/** How a limit is told of. */
export function reachedOf({
  each = 'sender',
  channel = '*',
  counts = 'messages',
  per,
  most,
}: Limit): ReachedLimit {
  const own = each === 'number' || each === 'contact' || each === 'portfolio';
  return { each: own ? told[each] : each, channel, counts, per, most };
}

/** What a row of {@link bucketsOf} is about; undefined for the rows of pairs, which are many. */
export function readRateKey(key: string):
  | {
      readonly each: LimitOf;
      readonly channel: string;
      readonly sender: string;
      readonly counts: 'messages' | 'people';
    }
  | undefined {
  if (!key.startsWith(ratePrefix)) return undefined;
  const [kind = '', , channel = '*', sender = '*', ...names] = key
    .slice(ratePrefix.length)
    .split('/')
    .map(decodeURIComponent);
  const [of = '', counted] = kind.split('.');
  const each =
    of === 'number' ? 'sender' : of === 'portfolio' ? 'account' : tellable.find((one) => one === of);
  if (each === undefined) return undefined;
  const counts = counted === 'people' ? 'people' : 'messages';
  return { each, channel: names[0] ?? channel, sender: names[1] ?? sender, counts };
}

const tellable = ['sender', 'tenant', 'company'] as const;

/** The kinds of rows that {@link readRateKey} reads. */
export const toldKinds: readonly string[] = ['sender', 'tenant', 'company', 'number', 'portfolio'];

function keyOf(names: readonly string[]): string {
  return `${ratePrefix}${joined(names)}`;
}

function joined(names: readonly string[]): string {
  return names.map(encodeURIComponent).join('/');
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** FNV-1a: the same for the same text in every process. */
export function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return value;
}

const keys: ReadonlySet<string> = new Set<keyof RateLimit>([
  'channel',
  'sender',
  'each',
  'counts',
  'per',
  'most',
]);
const kinds: readonly unknown[] = ['sender', 'pair', 'tenant', 'company'] satisfies RateLimit['each'][];

/** What is wrong with limits that a host wrote. */
export function rateProblems(rates: unknown, path: string): readonly Problem[] {
  if (!Array.isArray(rates))
    return [
      {
        path,
        code: 'invalid_type',
        message: 'must be a list of limits, such as { per: "second", most: 80 }',
      },
    ];
  const problems = rates.flatMap((rate: unknown, index) => rateProblemsOf(rate, `${path}[${index}]`));
  if (problems.length > 0) return problems;
  const seen = new Set<string>();
  for (const [index, { each = 'sender', counts = 'messages', per, channel = '*', sender = '*' }] of (
    rates as RateLimit[]
  ).entries()) {
    const about = joined([each, counts, per, channel, sender]);
    if (seen.has(about))
      problems.push({
        path: `${path}[${index}]`,
        code: 'duplicate_id',
        message: 'a second limit of the same',
      });
    seen.add(about);
  }
  return problems;
}

function rateProblemsOf(rate: unknown, path: string): readonly Problem[] {
  if (typeof rate !== 'object' || rate === null)
    return [{ path, code: 'invalid_type', message: 'must be an object' }];
  const problems: Problem[] = [];
  const wrong = (key: string, message: string): void => {
    problems.push({ path: `${path}.${key}`, code: 'invalid_value', message });
  };
  for (const key of Object.keys(rate))
    if (!keys.has(key))
      problems.push({ path: `${path}.${key}`, code: 'unknown_key', message: 'is no option of a rate' });
  const of = (key: keyof RateLimit): unknown => Reflect.get(rate, key);
  for (const key of ['channel', 'sender'] as const) {
    const value = of(key);
    if (value !== undefined && (typeof value !== 'string' || value === '')) wrong(key, 'is a name');
  }
  if (of('each') !== undefined && !kinds.includes(of('each'))) wrong('each', `is one of ${kinds.join(', ')}`);
  const counts = of('counts');
  if (counts !== undefined && counts !== 'messages' && counts !== 'people')
    wrong('counts', 'is messages or people');
  if (counts === 'people' && of('each') === 'pair') wrong('counts', 'is messages where a pair is meant');
  if (!isUnit(of('per'))) wrong('per', `is one of ${units.join(', ')}`);
  const most = of('most');
  if (typeof most !== 'number' || !Number.isSafeInteger(most) || most < 1 || most > 1_000_000_000)
    wrong('most', 'is a whole number from 1');
  return problems;
}
