import { isDay, isZone, parseDuration } from '../../calendar/index.js';
import { isRecobroError } from '../../errors.js';
import { isCurrency, parseAmount } from '../../money/index.js';
import type { Cursor } from '../cursor.js';
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

/** Amounts by currency: known codes, no more decimals than they have. */
export function checkThreshold(at: Cursor): void {
  const entries = at.entries();
  if (entries.length === 0 && at.exists)
    at.report('too_small', "name at least one currency, such as { MXN: '100.00' }");
  for (const [currency, amount] of entries) {
    const text = amount.text();
    if (!isCurrency(currency)) {
      amount.report(
        'unknown_currency',
        `${JSON.stringify(currency)} is no ISO 4217 currency; write one such as MXN`,
      );
    } else if (text !== undefined) reported(amount, 'invalid_amount', () => parseAmount(text, currency));
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
