import { RecobroError } from '../errors.js';
import { divideRounded, formatAmount } from '../money/index.js';
import { minorOf } from '../money/minor.js';

/** An exact number that is not negative: n ÷ d, d above zero. */
export interface Fraction {
  readonly n: bigint;
  readonly d: bigint;
}

export const nothing: Fraction = { n: 0n, d: 1n };

export function plus(a: Fraction, b: Fraction): Fraction {
  return reduced({ n: a.n * b.d + b.n * a.d, d: a.d * b.d });
}

/** Half up to a whole number. @throws RecobroError `invalid_amount` beyond ±(2^53−1) */
export function rounded({ n, d }: Fraction): number {
  return minorOf(divideRounded(n, d, 'half-up'));
}

/** `60000/73`, or `822` for a whole number: lowest terms. */
export function fractionText(fraction: Fraction): string {
  const { n, d } = reduced(fraction);
  return d === 1n ? String(n) : `${n}/${d}`;
}

/**
 * The exact value of a part of a charge, to be read by people: an amount of the
 * currency with further decimals, half up.
 *
 * @param exact minor units as `ChargePart.exact` has them
 * @param decimals further decimals, 0 to 12
 * @example showExact('60000/73', 'EUR') // '8.219178'
 * @throws RecobroError `invalid_amount`, `unknown_currency`
 */
export function showExact(exact: string, currency: string, decimals = 4): string {
  const match = typeof exact === 'string' ? /^(\d{1,60})(?:\/([1-9]\d{0,59}))?$/.exec(exact) : null;
  if (match === null || !Number.isInteger(decimals) || decimals < 0 || decimals > 12) {
    throw new RecobroError(
      'invalid_amount',
      "an exact value is text such as '60000/73', shown with 0 to 12 further decimals",
    );
  }
  const scale = 10n ** BigInt(decimals);
  const scaled = divideRounded(BigInt(match[1]!) * scale, BigInt(match[2] ?? '1'), 'half-up');
  const whole = formatAmount(minorOf(scaled / scale), currency);
  if (decimals === 0) return whole;
  const rest = String(scaled % scale).padStart(decimals, '0');
  return whole.includes('.') ? whole + rest : `${whole}.${rest}`;
}

function reduced({ n, d }: Fraction): Fraction {
  const by = divisor(n, d);
  return by === 1n ? { n, d } : { n: n / by, d: d / by };
}

function divisor(a: bigint, b: bigint): bigint {
  let [x, y] = [a, b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}
