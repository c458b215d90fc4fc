import { isDay, isZone, parseInstant } from '../../calendar/index.js';
import type { Attributes } from '../../ledger/types.js';
import { inOrder } from '../../messages/reading-order.js';
import { checkMinor, isCurrency, type Money, parseAmount } from '../../money/index.js';
import { canonicalLanguage, reported, reportLanguage } from '../checks/scalars.js';
import { type Cursor, isRecord } from '../cursor.js';
import type { Form } from '../forms.js';
import { hint } from '../nearest.js';
import { grown } from '../problems.js';

/**
 * Readers of single values. Each tells what is wrong and returns something of
 * the right type regardless, so that reading goes on and finds every problem;
 * nothing that was read is used once there are problems.
 */

/** Keys of a record: exhaustive by type, so that none is forgotten when the type grows. */
export function keysOf<T>(keys: Readonly<Record<keyof T & string, true>>): readonly string[] {
  return Object.keys(keys);
}

/** Whether an object stands here, with no keys but the known ones. */
export function checkKeys(at: Cursor, known: readonly string[]): void {
  if (!isRecord(at.value)) {
    at.report(at.exists ? 'invalid_type' : 'missing', `write an object with ${known.slice(0, 8).join(', ')}`);
    return;
  }
  for (const key of Object.keys(at.value)) {
    if (!known.includes(key))
      at.at(key).report(
        'unknown_key',
        `unknown key ${JSON.stringify(key.slice(0, 80))}${hint(key, known, 40)}`,
      );
  }
}

/** Reads what is there, and takes what is absent for absent. */
export function optional<T>(at: Cursor, read: (at: Cursor) => T): T | undefined {
  return at.exists ? read(at) : undefined;
}

export function list<T>(at: Cursor, most: number, read: (at: Cursor, index: number) => T): T[] {
  if (!at.exists) return [];
  if (!Array.isArray(at.value)) {
    refused(at, 'a list');
    return [];
  }
  if (at.value.length > most) {
    at.report('too_large', `at most ${most} entries are allowed, not ${at.value.length}`);
    return [];
  }
  return at.items().map(read);
}

/** One line of text of one to so many characters; it reads in the order in which it stands. */
export function text(at: Cursor, most = 300): string {
  if (typeof at.value !== 'string') return refused(at, 'text') ?? '';
  const value = inOrder(at.value);
  if (value.trim() === '') at.report('too_small', 'must not be empty; leave it out where nothing is known');
  else if (value.length > most)
    at.report('too_large', `has ${value.length} characters; at most ${most} are allowed`);
  else if (/\p{Cc}/u.test(value)) at.report('invalid_text', 'must be one line without control characters');
  return value;
}

/** Text that keeps to a form, such as an id. */
export function formed(form: Form): (at: Cursor) => string {
  return (at) => {
    const { value } = at;
    // Ids of databases are often numbers.
    if (typeof value === 'number') at.report('invalid_type', `must be text, not a number; write '${value}'`);
    else if (typeof value !== 'string') refused(at, form.write);
    if (typeof value !== 'string') return '';
    if (!form.pattern.test(value)) at.report(form.code, `write ${form.write}`);
    return value;
  };
}

export function flag(at: Cursor): boolean {
  if (typeof at.value !== 'boolean') refused(at, 'true or false');
  return at.value === true;
}

export function whole(at: Cursor, least: number, most: number): number {
  const { value } = at;
  if (typeof value !== 'number') return refused(at, 'a whole number') ?? 0;
  if (!Number.isSafeInteger(value)) at.report('invalid_type', 'must be a whole number');
  else if (value < least) at.report('too_small', `must be at least ${least}`);
  else if (value > most) at.report('too_large', `must be at most ${most}`);
  return value;
}

export function oneOf<T extends string>(at: Cursor, words: readonly T[]): T {
  const found = words.find((word) => word === at.value);
  const [first] = words;
  if (found !== undefined) return found;
  const choice = words.map((word) => JSON.stringify(word)).join(', ');
  if (typeof at.value === 'string')
    at.report('invalid_value', `must be one of ${choice}${hint(at.value, words, 0)}`);
  else refused(at, `one of ${choice}`);
  return first as T;
}

export function date(at: Cursor): string {
  const { value } = at;
  if (typeof value !== 'string') return refused(at, 'a date as YYYY-MM-DD') ?? '';
  if (isDay(value)) return value;
  const day = value.slice(0, 10);
  const advice = isDay(day) ? `; leave the time out and write the day in the company's zone` : '';
  at.report(
    'invalid_date',
    `${JSON.stringify(value.slice(0, 32))} is no existing date of the form YYYY-MM-DD${advice}`,
  );
  return '';
}

// The earliest and latest instants that have a date text.
const earliest = -2_208_988_800_000;
const latest = 32_503_679_999_999;

export function instant(at: Cursor): number {
  const { value } = at;
  if (typeof value === 'string') return reported(at, 'invalid_instant', () => parseInstant(value)) ?? 0;
  if (typeof value !== 'number')
    return refused(at, 'ISO 8601 with an offset, such as 2026-03-03T10:00:00-06:00, or milliseconds') ?? 0;
  if (Number.isSafeInteger(value) && value >= earliest && value <= latest) return value;
  at.report(
    'invalid_instant',
    'must be whole milliseconds since 1970-01-01T00:00:00Z within the years 1900 to 2999',
  );
  return 0;
}

export function zone(at: Cursor): string {
  const { value } = at;
  if (typeof value !== 'string') return refused(at, 'an IANA time zone, such as America/Mexico_City') ?? '';
  if (!isZone(value))
    at.report(
      'unknown_zone',
      `${JSON.stringify(value.slice(0, 64))} is no IANA time zone such as America/Mexico_City`,
    );
  return value;
}

/** In its canonical form: `es-mx` is `es-MX`. */
export function language(at: Cursor): string {
  const { value } = at;
  if (typeof value !== 'string') return refused(at, 'a BCP 47 language, such as es-MX') ?? '';
  const canonical = canonicalLanguage(value);
  if (canonical === undefined) reportLanguage(at, value);
  return canonical ?? '';
}

/** An amount with its currency; NaN and an empty code where there is none. */
export function money(at: Cursor, also: readonly string[] = []): Money {
  const none: Money = { minor: Number.NaN, currency: '' };
  if (!isRecord(at.value)) {
    return (
      refused(at, "{ amount: '1250.00', currency: 'MXN' } or { minor: 125000, currency: 'MXN' }") ?? none
    );
  }
  checkKeys(at, ['amount', 'minor', 'currency', ...also]);
  const { value: currency } = at.at('currency');
  if (typeof currency !== 'string')
    return refused(at.at('currency'), 'an ISO 4217 code in capitals, such as MXN') ?? none;
  if (!isCurrency(currency)) {
    at.at('currency').report(
      'unknown_currency',
      `${JSON.stringify(currency.slice(0, 8))} is no ISO 4217 currency; write one such as MXN`,
    );
    return none;
  }
  const decimal = at.at('amount');
  const minor = at.at('minor');
  if (decimal.exists && minor.exists) at.report('conflicting_keys', 'write amount or minor, not both');
  if (minor.exists) return { minor: minorUnits(minor), currency };
  if (typeof decimal.value === 'string') return { minor: amount(decimal, currency), currency };
  refused(decimal, "decimal text such as '1250.00', since fractions are not exact");
  return { minor: Number.NaN, currency };
}

function minorUnits(at: Cursor): number {
  const { value } = at;
  if (typeof value !== 'number') return refused(at, 'a whole number of minor units') ?? Number.NaN;
  return reported(at, 'invalid_amount', () => checkMinor(value)) ?? Number.NaN;
}

/** An amount in a currency that the record names elsewhere; NaN where there is none. */
export function amount(at: Cursor, currency: string): number {
  const { value } = at;
  const form = "decimal text such as '1250.00', or { minor: 125000 }";
  if (typeof value === 'string') {
    // Without a currency that was complained about already.
    if (currency === '') return Number.NaN;
    if (value.includes(',')) {
      at.report('invalid_amount', "write the amount without separators, with a dot for decimals: '1250.00'");
      return Number.NaN;
    }
    return reported(at, 'invalid_amount', () => parseAmount(value, currency)) ?? Number.NaN;
  }
  if (typeof value === 'number') {
    at.report('invalid_type', `must be ${form}, since fractions are not exact`);
    return Number.NaN;
  }
  if (!isRecord(value)) return refused(at, form) ?? Number.NaN;
  checkKeys(at, ['minor']);
  return minorUnits(at.at('minor'));
}

export function tags(at: Cursor): string[] {
  return list(at, 100, (one) => text(one, 100));
}

/** The host's own fields. */
export function attributes(at: Cursor): Attributes {
  return Object.fromEntries(
    entries(at, 'text, a number, true, false or null').map(([key, member]) => {
      const { value } = member;
      if (value === null || typeof value === 'number' || typeof value === 'boolean')
        return [key, value] as const;
      if (typeof value === 'object') {
        member.report('invalid_type', 'must be text, a number, true, false or null; flatten what is nested');
        return [key, null] as const;
      }
      return [key, text(member, 1000)] as const;
    }),
  );
}

export function texts(at: Cursor): Readonly<Record<string, string>> {
  return Object.fromEntries(entries(at, 'text').map(([key, member]) => [key, text(member)] as const));
}

function entries(at: Cursor, values: string): (readonly [key: string, member: Cursor])[] {
  if (!at.exists) return [];
  if (!isRecord(at.value)) {
    refused(at, `an object whose members are ${values}`);
    return [];
  }
  const found = at.entries();
  if (found.length > 100) {
    at.report('too_large', `at most 100 members are allowed, not ${found.length}`);
    return [];
  }
  for (const [key, member] of found) {
    if (!/^[^\s\p{Cc}]{1,64}$/u.test(key))
      member.report('invalid_id', 'a key must have 1 to 64 characters and no spaces');
  }
  return found;
}

/** Tells that something else was expected. */
export function refused(at: Cursor, expected: string): undefined {
  if (!at.exists) at.report('missing', `is missing; write ${expected}`);
  else if (at.value === null) at.report('invalid_type', `must be ${expected}; leave it out instead of null`);
  else at.report('invalid_type', `must be ${expected}`);
}

/** Tells ids that stand twice in a list; `''` is no id. */
export function checkIds(ids: readonly string[], at: Cursor, advice = ''): void {
  const first = new Map<string, number>();
  ids.forEach((id, index) => {
    const before = first.get(id);
    if (before === undefined) first.set(id, index);
    else if (id !== '') {
      at.item(index)
        .at('id')
        .report('duplicate_id', `${JSON.stringify(id)} stands at ${grown(at.path, before)} already${advice}`);
    }
  });
}
