import type { Terms } from '../ledger/types.js';
import { parseAmount } from '../money/index.js';
import type { FeeRule } from '../policy/fees.js';
import type { NotCharged } from './charge.js';
import { no } from './outcome.js';
import { isAbove } from './rates.js';

/** The terms that cover a rule, or what they lack. */
export type Allowance =
  | { readonly allowed: true; readonly terms: Terms }
  | { readonly allowed: false; readonly reason: 'not_agreed'; readonly at: string };

/**
 * Whether terms cover a rule at all: sums where it charges sums, interest where
 * it charges interest, a rate not above the one agreed. What depends on amounts
 * or days (agreed sums by currency, rates by date) is held to the terms by
 * {@link chargeFor}, which asks this first.
 *
 * @param terms undefined where none are on record: nothing is allowed
 * @example
 * chargeAllowed({ fixed: { EUR: '5.00' } }, { source: 'clause 4', interest: '12' });
 * // { allowed: false, reason: 'not_agreed', at: 'terms.fees' }
 * @throws RecobroError `invalid_amount` for a rate that is no decimal text
 */
export function chargeAllowed(rule: FeeRule, terms: Terms | undefined): Allowance {
  if (terms === undefined) return refused('terms');
  const sums = rule.fixed !== undefined || rule.percent !== undefined || rule.tiers !== undefined;
  if (sums && (terms.fees ?? false) === false) return refused('terms.fees');
  if (rule.interest !== undefined) {
    const most = terms.interest ?? false;
    if (most === false) return refused('terms.interest');
    const { rate } = rule.interest;
    if (typeof rate === 'string' && typeof most === 'string' && isAbove(rate, most))
      return refused('terms.interest');
  }
  return { allowed: true, terms };
}

/** The answer where the sums of a charge, apart from interest, go beyond the terms. */
export function sumsBeyond(terms: Terms, sums: number, currency: string): NotCharged | undefined {
  if (sums <= 0 || terms.fees === true) return undefined;
  const text = typeof terms.fees === 'object' ? terms.fees[currency] : undefined;
  if (text !== undefined && sums <= parseAmount(text, currency)) return undefined;
  return no('not_agreed', typeof terms.fees === 'object' ? `terms.fees.${currency}` : 'terms.fees');
}

function refused(at: string): Allowance {
  return { allowed: false, reason: 'not_agreed', at };
}
