import { RecobroError } from '../errors.js';

/**
 * The number itself if it is a whole number within ±(2^53−1); never −0.
 *
 * @throws RecobroError `invalid_amount`
 */
export function checkMinor(minor: number): number {
  if (!Number.isSafeInteger(minor)) {
    throw new RecobroError(
      'invalid_amount',
      'an amount must be a whole number of minor units within ±(2^53−1)',
    );
  }
  // −0 would survive JSON as 0 and break byte equality of what is compared with Object.is.
  return minor === 0 ? 0 : minor;
}

/**
 * A bigint of minor units as a number.
 *
 * @throws RecobroError `invalid_amount` beyond ±(2^53−1)
 */
export function minorOf(value: bigint): number {
  if (value > BigInt(Number.MAX_SAFE_INTEGER) || value < -BigInt(Number.MAX_SAFE_INTEGER)) {
    throw new RecobroError('invalid_amount', 'an amount went beyond ±(2^53−1) minor units');
  }
  return Number(value);
}

/**
 * Sum of two amounts of minor units of one currency; the caller has checked the currency.
 *
 * @throws RecobroError `invalid_amount` when the sum is no whole number within ±(2^53−1)
 */
export function addMinor(a: number, b: number): number {
  const sum = a + b;
  // Safe operands give an exact sum or one beyond the range; anything unsafe shows in the sum or is refused here.
  if (!Number.isSafeInteger(sum) || !Number.isSafeInteger(a) || !Number.isSafeInteger(b)) {
    throw new RecobroError(
      'invalid_amount',
      'an amount went beyond ±(2^53−1) minor units, or was no whole number',
    );
  }
  return sum === 0 ? 0 : sum;
}
