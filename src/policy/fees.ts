import type { MoneyThreshold } from './types.js';

/** How a fee or interest is reckoned. */
export interface FeeRule {
  /** A fixed amount by currency. */
  readonly fixed?: MoneyThreshold | undefined;
  /** Percent of the base, decimal text. */
  readonly percent?: string | undefined;
}
