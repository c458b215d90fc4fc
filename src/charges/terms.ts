/** A rate of its own from a date on, until the next entry. */
export interface DatedRate {
  /** First day on which it holds, `YYYY-MM-DD`. */
  readonly from: string;
  /** Percent a year, decimal text; `null`: from here on no rate is known, and nothing is computed past it. */
  readonly rate: string | null;
}

/** Percent a year: decimal text such as `24` or `10.15`, or a table by date, oldest first. */
export type Rates = string | readonly DatedRate[];

/**
 * What the debtor agreed to, or what a statute gives, about paying late. A
 * charge that no terms cover is never made.
 *
 * @example
 * const terms: Terms = { source: 'contract 2026-07, clause 4', fees: { EUR: '25.00' }, interest: '12' };
 */
export interface Terms {
  /** Where it is written, so that a person can look it up: a clause, general terms, a statute. */
  readonly source: string;
  /** What the terms rest on. Default `agreement`. */
  readonly basis?: 'agreement' | 'statute' | undefined;
  /** Fixed sums and percentages: agreed (`true`), or agreed up to so much per charge, decimal texts by currency. Default: none. */
  readonly fees?: boolean | Readonly<Record<string, string>> | undefined;
  /** Interest: agreed (`true`), or agreed up to these rates; rules without a rate charge these. Default: none. */
  readonly interest?: boolean | Rates | undefined;
}
