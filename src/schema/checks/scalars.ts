import { isDay, isZone, parseDuration } from '../../calendar/index.js';
import { isRecobroError } from '../../errors.js';
import { isCurrency, parseAmount } from '../../money/index.js';
import type { Cursor } from '../cursor.js';
import { longestLookBack } from '../limits.js';
import type { ProblemCode } from '../problems.js';

/** A date that exists. */
export function checkDate(at: Cursor): void {
  const text = at.text();
  if (text !== undefined && !isDay(text)) {
    at.report(
      'invalid_date',
      `${JSON.stringify(text.slice(0, 20))} is no existing date of the form YYYY-MM-DD`,
    );
  }
}

/** A time zone that the machine knows. */
export function checkZone(at: Cursor): void {
  const text = at.text();
  if (text !== undefined && !isZone(text)) {
    at.report(
      'unknown_zone',
      `${JSON.stringify(text.slice(0, 64))} is no IANA time zone; write one such as America/Mexico_City`,
    );
  }
}

/** The canonical form of a BCP 47 language, or undefined where there is none. */
export function canonicalLanguage(text: string): string | undefined {
  // Intl takes any word of five to eight letters for a language; no such language exists.
  if (!/^[a-zA-Z]{2,3}(?:-|$)/.test(text)) return undefined;
  try {
    return Intl.getCanonicalLocales(text)[0];
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

export function checkLanguage(at: Cursor): void {
  const text = at.text();
  if (text !== undefined && canonicalLanguage(text) === undefined) reportLanguage(at, text);
}

export function reportLanguage(at: Cursor, text: string): void {
  at.report(
    'unknown_language',
    `${JSON.stringify(text.slice(0, 40))} is no BCP 47 language; write one such as es-MX, pt-BR or en`,
  );
}

/** A duration whose count is not absurd; its form has been checked. */
export function checkDuration(at: Cursor): void {
  const text = at.text();
  if (text === undefined || text === 'none') return;
  reported(at, 'invalid_duration', () => parseDuration(text));
}

/** A gap or a cap's period: contacts of longer ago are not remembered. */
export function checkLookBack(at: Cursor): void {
  checkDuration(at);
  const [, count = '', unit] = /^(\d+)(d|h)$/.exec(at.text() ?? '') ?? [];
  const days = unit === 'h' ? Math.ceil(Number(count) / 24) : Number(count);
  if (days > longestLookBack)
    at.report(
      'too_large',
      `contacts are remembered for ${longestLookBack} days; write ${longestLookBack}d or less`,
    );
}

/** Percent with two decimals at most. */
export function checkPercent(at: Cursor): void {
  const percent = at.number();
  // 0.29 * 100 is 28.999999999999996: two decimals are recognised by coming back, not by being whole.
  if (percent !== undefined && Math.round(percent * 100) / 100 !== percent)
    at.report('invalid_value', 'write percent with two decimals at most, such as 12.5');
}

/** A currency that exists. */
export function checkCurrency(at: Cursor): void {
  const text = at.text();
  if (text !== undefined && !isCurrency(text)) reportCurrency(at, text);
}

function reportCurrency(at: Cursor, currency: string): void {
  at.report(
    'unknown_currency',
    `${JSON.stringify(currency.slice(0, 12))} is no ISO 4217 currency; write one such as MXN`,
  );
}

/** Amounts by currency: known codes, no more decimals than they have. */
export function checkThreshold(at: Cursor): void {
  const entries = at.entries();
  if (entries.length === 0 && at.exists)
    at.report('too_small', "name at least one currency, such as { MXN: '100.00' }");
  for (const [currency, amount] of entries) {
    const text = amount.text();
    if (!isCurrency(currency)) reportCurrency(amount, currency);
    else if (text !== undefined) reported(amount, 'invalid_amount', () => parseAmount(text, currency));
  }
}

/** Entries of a list that must differ. */
export function checkUnique(list: Cursor, what: string, keyOf: (one: Cursor) => Cursor): void {
  const first = new Map<string, string>();
  for (const one of list.items()) {
    const at = keyOf(one);
    const key = at.text();
    if (key === undefined) continue;
    const before = first.get(key);
    if (before === undefined) first.set(key, at.path);
    else
      at.report(
        what === 'id' ? 'duplicate_id' : 'duplicate_entry',
        `${JSON.stringify(key)} stands at ${before} already`,
      );
  }
}

/** Runs a parser of the core and tells its refusal as a problem. */
export function reported<T>(at: Cursor, code: ProblemCode, parse: () => T): T | undefined {
  try {
    return parse();
  } catch (error) {
    if (!isRecobroError(error)) throw error;
    at.report(code, error.message);
    return undefined;
  }
}
