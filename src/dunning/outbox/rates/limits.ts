import type { Act } from '../../../engine/index.js';
import type { Problem } from '../../../errors.js';
import { isUnit, type Unit, units } from './window.js';

/**
 * How many messages may go out in any second, minute, hour or day, however
 * many workers send. Several limits hold side by side.
 */
export interface RateLimit {
  /** Messages of this channel. Absent: of every channel. */
  readonly channel?: string | undefined;
  /** Messages of this sender profile; `-` is the channel's own sender. Absent: of every sender. */
  readonly sender?: string | undefined;
  /**
   * What is counted by itself. `sender` (default): each sender of each channel; `pair`: each contact of an
   * account with each sender of a channel; `tenant`: all of a tenant that the limit is about; `company`: the
   * same of all tenants in the store together.
   */
  readonly each?: 'sender' | 'pair' | 'tenant' | 'company' | undefined;
  /** A moving window: any second, any 24 hours. */
  readonly per: Unit;
  /** Messages in it, from 1. */
  readonly most: number;
}

/** Where rates stand among the values that workers share. */
export const ratePrefix = 'rate/';

/** A count that a message adds to. */
export interface BucketKey {
  /** Tenant of the shared value: none where all tenants count together. */
  readonly tenant: string;
  /** Row among the shared values. */
  readonly key: string;
  /** Place in the row: many pairs share one. */
  readonly name: string;
  readonly limit: RateLimit;
}

/** Rows that the pairs of one limit are spread over: few enough to stay, many enough not to be in each other's way. */
const shards = 256;

/** The counts that a message adds to, in an order that is the same for all workers. */
export function bucketsOf(
  limits: readonly RateLimit[],
  tenant: string,
  act: Pick<Act, 'account' | 'channel' | 'contact' | 'from'>,
): readonly BucketKey[] {
  const channel = act.channel ?? '-';
  const sender = act.from ?? '-';
  const found: BucketKey[] = [];
  for (const limit of limits) {
    if (limit.channel !== undefined && limit.channel !== channel) continue;
    if (limit.sender !== undefined && limit.sender !== sender) continue;
    const { each = 'sender', per } = limit;
    // Two limits that count the same share the count; the number allowed is no part of it, so it can be changed.
    const meant = [each, per, limit.channel ?? '*', limit.sender ?? '*'];
    if (each === 'pair') {
      const name = joined([channel, sender, act.account, act.contact ?? '-']);
      found.push({ tenant, key: keyOf([...meant, `${hash(name) % shards}`]), name, limit });
    } else {
      const names = each === 'sender' ? [channel, sender] : [];
      found.push({
        tenant: each === 'company' ? '' : tenant,
        key: keyOf([...meant, ...names]),
        name: '',
        limit,
      });
    }
  }
  return found.sort((a, b) => compare(idOf(a), idOf(b)));
}

/** Tells counts apart. */
export function idOf({ tenant, key, name }: BucketKey): string {
  return `${tenant}\0${key}\0${name}`;
}

/** What a row of {@link bucketsOf} is about; undefined for the rows of pairs, which are many. */
export function readRateKey(key: string):
  | {
      readonly each: NonNullable<RateLimit['each']>;
      readonly channel: string;
      readonly sender: string;
    }
  | undefined {
  if (!key.startsWith(ratePrefix)) return undefined;
  const [kind = '', , channel = '*', sender = '*', ...names] = key
    .slice(ratePrefix.length)
    .split('/')
    .map(decodeURIComponent);
  const each = (['sender', 'tenant', 'company'] as const).find((one) => one === kind);
  if (each === undefined) return undefined;
  return { each, channel: names[0] ?? channel, sender: names[1] ?? sender };
}

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
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return value;
}

const keys: ReadonlySet<string> = new Set<keyof RateLimit>(['channel', 'sender', 'each', 'per', 'most']);
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
  for (const [index, { each = 'sender', per, channel = '*', sender = '*' }] of (
    rates as RateLimit[]
  ).entries()) {
    const about = joined([each, per, channel, sender]);
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
  if (!isUnit(of('per'))) wrong('per', `is one of ${units.join(', ')}`);
  const most = of('most');
  if (typeof most !== 'number' || !Number.isSafeInteger(most) || most < 1 || most > 1_000_000_000)
    wrong('most', 'is a whole number from 1');
  return problems;
}
