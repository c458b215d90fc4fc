import type { Rates } from '../ledger/types.js';
import type { MoneyThreshold } from './types.js';

/** An amount as a fixed sum and a share of a base, within limits. */
export interface Tariff {
  /** Decimal texts by currency. */
  readonly fixed?: MoneyThreshold | undefined;
  /** Percent of the base, decimal text such as `2.5`. */
  readonly percent?: string | undefined;
  /** At least so much, unless it is nothing. */
  readonly min?: MoneyThreshold | undefined;
  /** At most so much. */
  readonly max?: MoneyThreshold | undefined;
}

/** What percentages are taken of; never of earlier charges. `overdue`: what is owed past its due date. */
export type FeeBase = 'dunnable' | 'outstanding' | 'original' | 'overdue';

/** A tariff for bases from an amount on. */
export interface FeeTier extends Tariff {
  /** The least base, inclusive, by currency. */
  readonly from: MoneyThreshold;
}

/**
 * What interest is charged on. `daily`: what was owed on each day, so that a
 * part payment lowers the interest only of the days after it.
 */
export type InterestBase = 'outstanding' | 'dunnable' | 'original' | 'daily';

/** Simple interest by the year: base × rate × days ÷ days of the year. */
export interface InterestRule {
  /** Percent a year. Default: the rates of the terms. */
  readonly rate?: Rates | undefined;
  /** Default `outstanding`: what is owed on the day of the charge, disputed parts included. */
  readonly base?: InterestBase | undefined;
  /**
   * `last` (default): from the day after the last day that was charged, first
   * from the day after the due date. `due`: always from the day after the due
   * date, less what was charged before.
   */
  readonly from?: 'last' | 'due' | undefined;
  /** Days of the year (default 365); `actual`: 366 for days of a leap year; `30/360`: months of 30 days too. */
  readonly dayCount?: 365 | 360 | 'actual' | '30/360' | undefined;
  /** Rounded once per item (`end`, default), per stretch of one rate and base (`period`), or the amount of a day is (`day`). */
  readonly round?: 'end' | 'period' | 'day' | undefined;
}

/**
 * How a fee or interest is reckoned. The parts add up; `min` and `max` limit
 * the whole. Percentages and their limits are rounded half up to the minor unit.
 *
 * @example
 * const rule: FeeRule = { fixed: { EUR: '5.00' }, interest: { rate: '12' }, max: { EUR: '50.00' } };
 */
export interface FeeRule extends Tariff {
  /** Base of `percent` and `tiers`. Default `dunnable`: what may be chased. */
  readonly base?: FeeBase | undefined;
  /** By size of the base, smallest first; a base below the first pays nothing. */
  readonly tiers?: readonly FeeTier[] | undefined;
  /** `single` (default): the highest tier that is reached, on the whole base. `accumulated`: every tier reached, each on its own slice. */
  readonly tiered?: 'single' | 'accumulated' | undefined;
  readonly interest?: InterestRule | undefined;
  /** Smaller charges are not made. */
  readonly ignoreBelow?: MoneyThreshold | undefined;
  /** Currency of the charge. Default: that of the items, else the tenant's. */
  readonly currency?: string | undefined;
  /** One charge per `item` (default), or one for all items of a `message`. */
  readonly per?: 'item' | 'message' | undefined;
}

/** A rule with the name under which its charge is known. */
export interface NamedFeeRule extends FeeRule {
  readonly fee: string;
}
