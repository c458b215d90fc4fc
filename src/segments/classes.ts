import { type Problem, RecobroError } from '../errors.js';
import { checkMinor } from '../money/index.js';
import { hundredthsOf, wholeShare } from './share.js';

/** A: the few accounts that bring most of the revenue; C: the many that bring little or none. */
export type AbcClass = 'A' | 'B' | 'C';

/** Percent of the revenue that A covers, and that A and B cover together; at most two decimals. */
export type AbcThresholds = readonly [a: number, b: number];

/** The revenue of an account. All amounts of one call are of one currency, in one unit. */
export interface AccountAmount {
  readonly account: string;
  /** Minor units; a bigint for sums that a number cannot hold. */
  readonly amount: number | bigint;
}

/** Where an account stands by revenue. */
export interface Standing {
  readonly class: AbcClass;
  /** Percent of the other accounts with strictly less revenue, 0 to 100, rounded down; 100 for an only account. */
  readonly percentile: number;
}

export const abcThresholds: AbcThresholds = [80, 95];

/**
 * ABC classes by revenue. Accounts are ranked by revenue, highest first, ties
 * by id; those that together bring the first 80 percent are A, the next up to
 * 95 percent B, the rest C. The account with which a threshold is reached is
 * still within: A is the smallest leading group that covers at least 80
 * percent, so an only account is A.
 *
 * Accounts without revenue, or with more credited than invoiced, are C and
 * count as 0; if all are, all are C. Amounts of one account are added up.
 *
 * @param revenues in one currency; see `portfolioOf` for several
 * @param thresholds above 0, not falling, at most 100
 * @returns classes by account, in the order of rank
 * @example abcClasses([{ account: 'robles', amount: 900 }, { account: 'sol', amount: 100 }]) // robles → A, sol → B
 * @throws RecobroError `invalid_option` for thresholds, `invalid_amount` for amounts that are no whole numbers
 */
export function abcClasses(
  revenues: Iterable<AccountAmount>,
  thresholds: AbcThresholds = abcThresholds,
): ReadonlyMap<string, AbcClass> {
  const sums = new Map<string, bigint>();
  for (const { account, amount } of revenues) {
    const minor = typeof amount === 'bigint' ? amount : BigInt(checkMinor(amount));
    sums.set(account, (sums.get(account) ?? 0n) + minor);
  }
  const classes = new Map<string, AbcClass>();
  rank(sums, sums.size, thresholds, (account, standing) => classes.set(account, standing.class));
  return classes;
}

/**
 * Tells the standing of every account, best first.
 *
 * @param everyone number of accounts compared with, those without an amount included
 */
export function rank<Amount extends number | bigint>(
  amounts: ReadonlyMap<string, Amount>,
  everyone: number,
  thresholds: AbcThresholds,
  tell: (account: string, standing: Standing) => void,
): void {
  const [a, b] = checkThresholds(thresholds);
  const ranked = [...amounts].sort(byAmount);
  let total = 0n;
  for (const [, amount] of ranked) if (amount > 0) total += BigInt(amount);
  const [untilA, untilB] = [BigInt(a) * total, BigInt(b) * total];
  let before = 0n;
  for (let i = 0; i < ranked.length; ) {
    const amount = ranked[i]?.[1] ?? 0;
    const first = i;
    // Equal amounts share a percentile, though a threshold may run between them.
    while (i < ranked.length && ranked[i]?.[1] === amount) i++;
    const percentile = amount > 0 ? percentileOf(everyone - i, everyone) : percentileOf(0, everyone);
    for (let at = first; at < i; at++) {
      const account = ranked[at]?.[0] ?? '';
      const share = before * BigInt(wholeShare);
      // Without revenue an account comes after all of it, so no threshold lies beyond it.
      const letter = share < untilA ? 'A' : share < untilB ? 'B' : 'C';
      tell(account, { class: letter, percentile });
      if (amount > 0) before += BigInt(amount);
    }
  }
}

function percentileOf(below: number, everyone: number): number {
  return everyone === 1 ? 100 : Math.floor((100 * below) / (everyone - 1));
}

function byAmount(a: readonly [string, number | bigint], b: readonly [string, number | bigint]): number {
  if (a[1] !== b[1]) return a[1] > b[1] ? -1 : 1;
  return a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0;
}

/** The thresholds in hundredths of a percent. */
export function checkThresholds(thresholds: AbcThresholds): readonly [a: number, b: number] {
  const problems: Problem[] = [];
  const points = thresholds.map((percent, index) => {
    const hundredths = hundredthsOf(percent) ?? 0;
    if (hundredths > 0) return hundredths;
    const message = 'a threshold must be a number above 0 and at most 100, with at most two decimals';
    problems.push({ path: `thresholds[${index}]`, code: 'invalid_value', message });
    return 0;
  });
  const [a = 0, b = 0] = points;
  if (points.length !== 2) {
    const message = 'there must be two thresholds, that of A and that of B';
    problems.push({ path: 'thresholds', code: 'invalid_value', message });
  } else if (problems.length === 0 && a > b) {
    const message = 'the threshold of B must not be below that of A';
    problems.push({ path: 'thresholds[1]', code: 'invalid_value', message });
  }
  if (problems.length > 0) {
    throw new RecobroError('invalid_option', 'accounts cannot be classed', { problems });
  }
  return [a, b];
}
