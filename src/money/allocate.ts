import { RecobroError } from '../errors.js';
import { checkMinor } from './minor.js';

const mostParts = 100_000;

/**
 * Shares of an amount in proportion to whole, non-negative weights. The shares
 * sum to the amount to the minor unit: each gets its share rounded towards
 * zero, and the units left over go one each to the largest remainders, ties to
 * the earlier index. A weight of zero gets nothing.
 *
 * @example allocate(100, [1, 1, 1]) // [34, 33, 33]
 * @throws RecobroError `invalid_amount` for a weight that is negative or no whole number, or when there is
 *   something to share and no weight above zero
 */
export function allocate(minor: number, weights: readonly number[]): number[] {
  const amount = BigInt(checkMinor(minor));
  const total = weights.reduce((sum, weight) => sum + BigInt(checkWeight(weight)), 0n);
  if (total === 0n) {
    if (amount !== 0n)
      throw new RecobroError('invalid_amount', 'an amount cannot be shared out without a weight above zero');
    return weights.map(() => 0);
  }
  const sign = amount < 0n ? -1 : 1;
  const size = amount < 0n ? -amount : amount;
  const parts = weights.map((weight, index) => {
    const product = size * BigInt(weight);
    return { index, units: Number(product / total), remainder: product % total };
  });
  let left = Number(size - parts.reduce((sum, part) => sum + BigInt(part.units), 0n));
  for (const part of [...parts].sort(byRemainder)) {
    if (left === 0) break;
    part.units += 1;
    left -= 1;
  }
  return parts.map(({ units }) => (units === 0 ? 0 : sign * units));
}

/**
 * An amount in equal parts, the units left over one each to the first parts.
 *
 * @example split(100, 3) // [34, 33, 33]
 * @throws RecobroError `invalid_amount` unless parts is a whole number from 1 to 100000
 */
export function split(minor: number, parts: number): number[] {
  if (!Number.isSafeInteger(parts) || parts < 1 || parts > mostParts) {
    throw new RecobroError('invalid_amount', `an amount can be split into 1 to ${mostParts} parts`);
  }
  return allocate(minor, new Array<number>(parts).fill(1));
}

interface Part {
  readonly index: number;
  units: number;
  readonly remainder: bigint;
}

function byRemainder(a: Part, b: Part): number {
  if (a.remainder !== b.remainder) return a.remainder > b.remainder ? -1 : 1;
  return a.index - b.index;
}

function checkWeight(weight: number): number {
  if (!Number.isSafeInteger(weight) || weight < 0) {
    throw new RecobroError('invalid_amount', 'a weight must be a whole number that is not negative');
  }
  return weight;
}
