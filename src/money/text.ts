import { RecobroError } from '../errors.js';
import { currencyExponent } from './currencies.js';
import { checkMinor } from './minor.js';

const minus = 45;
const dot = 46;
const zero = 48;

/**
 * Minor units of a plain decimal text such as `1250.00`, `-3` or `0.5`: an
 * optional minus, digits, and at most as many decimals as the currency has.
 * Separators, signs, exponents, spaces and surplus decimals (also zeros, since
 * `10.000` is ten thousand to many readers) are refused, never rounded.
 *
 * @example parseAmount('1250.00', 'MXN') // 125000
 * @throws RecobroError `invalid_amount`, `unknown_currency`
 */
export function parseAmount(text: string, currency: string): number {
  const exponent = currencyExponent(currency);
  if (typeof text !== 'string') throw refused(currency, exponent, 'is not text');
  const negative = text.charCodeAt(0) === minus;
  let value = 0;
  let whole = 0;
  let decimals = -1;
  for (let i = negative ? 1 : 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === dot && decimals < 0 && whole > 0) {
      decimals = 0;
      continue;
    }
    const digit = code - zero;
    if (digit < 0 || digit > 9) throw refused(currency, exponent, 'is not plain decimal text');
    if (decimals < 0) whole++;
    else if (++decimals > exponent) throw refused(currency, exponent, 'has too many decimals');
    value = appended(value, digit, currency, exponent);
  }
  if (whole === 0 || decimals === 0) throw refused(currency, exponent, 'is not plain decimal text');
  for (let i = Math.max(decimals, 0); i < exponent; i++) value = appended(value, 0, currency, exponent);
  return negative && value !== 0 ? -value : value;
}

/**
 * Plain decimal text of an amount, with all decimals of its currency; the
 * inverse of {@link parseAmount}. Not for readers: no separators, no symbol.
 *
 * @example formatAmount(125000, 'MXN') // '1250.00'
 * @throws RecobroError `invalid_amount`, `unknown_currency`
 */
export function formatAmount(minor: number, currency: string): string {
  const exponent = currencyExponent(currency);
  const digits = String(Math.abs(checkMinor(minor))).padStart(exponent + 1, '0');
  const sign = minor < 0 ? '-' : '';
  if (exponent === 0) return sign + digits;
  return `${sign}${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
}

// Checked at every digit: from a safe value, ten times it plus a digit is exact or rounds to at least 2^53.
function appended(value: number, digit: number, currency: string, exponent: number): number {
  const next = value * 10 + digit;
  if (next > Number.MAX_SAFE_INTEGER) throw refused(currency, exponent, 'lies beyond ±(2^53−1) minor units');
  return next;
}

// Amounts are personal data: the message names the rule and the currency, not the text.
function refused(currency: string, exponent: number, why: string): RecobroError {
  const example = exponent === 0 ? '1250' : `1250.${'0'.repeat(exponent)}`;
  return new RecobroError('invalid_amount', `the amount ${why}; write ${currency} as '${example}'`);
}
