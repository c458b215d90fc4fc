/** A debt on which a charge is reckoned. Amounts are minor units without earlier charges; below zero counts as zero. */
export interface ChargeItem {
  readonly id: string;
  readonly currency: string;
  /** `YYYY-MM-DD`. Interest needs it. */
  readonly due?: string | undefined;
  readonly original: number;
  /** What is owed. */
  readonly outstanding: number;
  /** What may be chased. */
  readonly dunnable: number;
  /** What was owed from a day on, oldest first, the first not after the day after the due date; for interest on the `daily` base. */
  readonly balances?: readonly DatedBalance[] | undefined;
  /** Interest charged before and not voided. Waived interest counts, or it would be charged again. */
  readonly charged?: InterestCharged | undefined;
}

/** What was owed from a day on. */
export interface DatedBalance {
  /** `YYYY-MM-DD` */
  readonly from: string;
  readonly amount: number;
}

/** Interest of earlier charges on an item. */
export interface InterestCharged {
  /** The last day that was charged, `YYYY-MM-DD`. */
  readonly to: string;
  /** All of it together, minor units. */
  readonly amount: number;
}

/** One row of the working. The amounts of all parts sum to the charge. */
export type ChargePart = FixedPart | PercentPart | InterestPart | DeductedPart | LimitPart;

/** A fixed sum. */
export interface FixedPart {
  readonly kind: 'fixed';
  readonly amount: number;
  /** Where its tier begins, minor units. */
  readonly tier?: number | undefined;
}

/** base × rate ÷ 100. */
export interface PercentPart {
  readonly kind: 'percent';
  readonly amount: number;
  readonly base: number;
  /** Percent, decimal text. */
  readonly rate: string;
  /** Where its tier begins, minor units. */
  readonly tier?: number | undefined;
  /** Minor units before rounding, as a fraction such as `60000/73`. */
  readonly exact: string;
}

/** base × rate × days ÷ (100 × basis), for a stretch of one rate and one base. */
export interface InterestPart {
  readonly kind: 'interest';
  readonly amount: number;
  readonly item: string;
  readonly base: number;
  /** Percent a year, decimal text. */
  readonly rate: string;
  /** First day that is charged. */
  readonly from: string;
  /** Last day that is charged. */
  readonly to: string;
  readonly days: number;
  /** Days of the year: 365, 366 or 360. */
  readonly basis: number;
  /** Minor units before rounding, as a fraction such as `60000/73`. */
  readonly exact: string;
}

/** Interest of an item that was charged before: below zero. */
export interface DeductedPart {
  readonly kind: 'deducted';
  readonly amount: number;
  readonly item: string;
}

/** What a limit adds (`minimum`) or takes away (`maximum`, below zero). */
export interface LimitPart {
  readonly kind: 'minimum' | 'maximum';
  readonly amount: number;
  /** The limit, minor units. */
  readonly limit: number;
  /** Where its tier begins, minor units; absent for the limits of the whole charge. */
  readonly tier?: number | undefined;
}

/** A charge to be booked by the host, with its working. */
export interface Charge {
  readonly fee: string;
  /** ISO 4217. */
  readonly currency: string;
  /** Minor units, above zero. */
  readonly amount: number;
  /** The last day that is charged, `YYYY-MM-DD`. */
  readonly on: string;
  /** What the charge rests on, from the terms. */
  readonly basis: 'agreement' | 'statute';
  readonly source: string;
  readonly items: readonly string[];
  readonly parts: readonly ChargePart[];
}

/**
 * Why no charge is made.
 *
 * - `not_agreed`: no terms, or terms that do not cover it.
 * - `missing_rate`: no amount for the currency, no rate or balance for a day, no common currency: work for a person.
 * - `missing_date`: interest on an item without a due date: work for a person.
 * - `zero`: it comes to nothing.
 * - `below`: it is smaller than `ignoreBelow`.
 */
export type NoCharge = 'not_agreed' | 'missing_rate' | 'missing_date' | 'zero' | 'below';

/** No charge, and why. */
export interface NotCharged {
  readonly made: false;
  readonly reason: NoCharge;
  /** What it hangs on: a path into the rule (`fixed.EUR`, `interest.rate`), the terms (`terms.fees`) or the items (`items[0].due`). */
  readonly at: string;
  /** First day that it concerns, where it hangs on a day. */
  readonly day?: string | undefined;
}

/** A charge, or why there is none. Never an error: what is missing is work for a person. */
export type ChargeAnswer = { readonly made: true; readonly charge: Charge } | NotCharged;
