import { RecobroError } from '../errors.js';
import { checkMinor, minorOf } from './minor.js';

/**
 * What happens to a remainder.
 *
 * - `half-up`: to the nearest; a tie goes away from zero (2.5 → 3, −2.5 → −3), as invoices do it.
 * - `half-even`: to the nearest; a tie goes to the even neighbour (2.5 → 2, 3.5 → 4).
 * - `up`: away from zero (2.1 → 3, −2.1 → −3).
 * - `down`: towards zero (2.9 → 2, −2.9 → −2).
 */
export type Rounding = 'half-up' | 'half-even' | 'up' | 'down';

/**
 * Quotient as a whole number under the given rounding, exact at any size.
 *
 * @throws RecobroError `invalid_amount` when the denominator is zero
 */
export function divideRounded(numerator: bigint, denominator: bigint, rounding: Rounding): bigint {
  if (denominator === 0n) throw new RecobroError('invalid_amount', 'an amount cannot be divided by zero');
  const negative = numerator < 0n !== denominator < 0n;
  const top = numerator < 0n ? -numerator : numerator;
  const bottom = denominator < 0n ? -denominator : denominator;
  const quotient = top / bottom;
  const rounded = awayFromZero(quotient, top % bottom, bottom, rounding) ? quotient + 1n : quotient;
  return negative ? -rounded : rounded;
}

/**
 * A percentage of an amount in minor units. The rate is decimal text, because
 * 1.1 has no exact binary form; at most 15 digits before and 15 after the dot.
 *
 * @example percentOf(125000, '1.5') // 1875
 * @throws RecobroError `invalid_amount` for a rate that is no decimal text, or a result beyond ±(2^53−1)
 */
export function percentOf(minor: number, percentText: string, rounding: Rounding = 'half-up'): number {
  const match =
    typeof percentText === 'string' ? /^(-?)(\d{1,15})(?:\.(\d{1,15}))?$/.exec(percentText) : null;
  if (match === null) {
    throw new RecobroError('invalid_amount', "a percentage must be plain decimal text such as '1.5'");
  }
  const [, sign, whole = '', decimals = ''] = match;
  const rate = BigInt(whole + decimals) * (sign === '-' ? -1n : 1n);
  const scale = 100n * 10n ** BigInt(decimals.length);
  return minorOf(divideRounded(BigInt(checkMinor(minor)) * rate, scale, rounding));
}

function awayFromZero(quotient: bigint, remainder: bigint, bottom: bigint, rounding: Rounding): boolean {
  if (remainder === 0n || rounding === 'down') return false;
  if (rounding === 'up') return true;
  const twice = remainder * 2n;
  if (twice !== bottom) return twice > bottom;
  return rounding === 'half-up' || quotient % 2n === 1n;
}
