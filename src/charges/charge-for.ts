import { type Day, parseDay } from '../calendar/index.js';
import type { Terms } from '../ledger/types.js';
import { addMinor, checkMinor } from '../money/index.js';
import type { FeeRule, NamedFeeRule } from '../policy/fees.js';
import { chargeAllowed, sumsBeyond } from './allowed.js';
import type { ChargeAnswer, ChargeItem, ChargePart, NotCharged } from './charge.js';
import { interestOf } from './interest.js';
import { isNo, no } from './outcome.js';
import { amountIn, limited, plainOf, sumOf, tiersOf } from './tariff.js';

/** On what a charge is reckoned. */
export interface ChargeInput {
  /** Day of the charge in the book zone, `YYYY-MM-DD`; interest counts it. */
  readonly on: string;
  /** One item, or those that share a charge. */
  readonly items: readonly ChargeItem[];
  /** Terms of the invoice, else of the account, else of the house; undefined: none are on record. */
  readonly terms: Terms | undefined;
  /** The tenant's currency, for rules that name none on items of several currencies. */
  readonly currency?: string | undefined;
  /** What the account owes past due, minor units, for the base `overdue`. Default: those of the items that are past due. */
  readonly overdue?: number | undefined;
}

/**
 * What a rule charges, with its working: fixed sums, percentages, tiers and
 * simple interest, within its limits and within the terms. Whole minor units
 * throughout, half up; the same input gives the same charge anywhere.
 *
 * @example
 * chargeFor(
 *   { fee: 'late-interest', interest: { rate: '10' } },
 *   {
 *     on: '2026-03-31',
 *     items: [{ id: 'A-1', currency: 'EUR', due: '2026-03-01', original: 100000, outstanding: 100000, dunnable: 100000 }],
 *     terms: { source: 'contract, clause 4', interest: '10' },
 *   },
 * );
 * // { made: true, charge: { fee: 'late-interest', currency: 'EUR', amount: 822, … 30 days … } }
 * @throws RecobroError `invalid_amount`, `invalid_date` or `unknown_currency` for a rule or item that is not valid
 */
export function chargeFor(rule: NamedFeeRule, input: ChargeInput): ChargeAnswer {
  const allowance = chargeAllowed(rule, input.terms);
  if (!allowance.allowed) return no('not_agreed', allowance.at);
  const { terms } = allowance;
  const on = parseDay(input.on);
  const currency = currencyOf(rule, input);
  if (currency === undefined) return no('missing_rate', 'currency');

  const reckoned = partsOf(rule, input, terms, currency, on);
  if (isNo(reckoned)) return reckoned;
  const parts = limited(reckoned, rule, currency, '');
  if (isNo(parts)) return parts;
  const amount = sumOf(parts);
  if (amount === 0) return no('zero', '');
  if (rule.ignoreBelow !== undefined) {
    const least = amountIn(rule.ignoreBelow, currency, 'ignoreBelow');
    if (typeof least !== 'number') return least;
    if (amount < least) return no('below', `ignoreBelow.${currency}`);
  }
  const beyond = sumsBeyond(terms, sumsIn(parts, amount), currency);
  if (beyond !== undefined) return beyond;

  const { basis = 'agreement', source } = terms;
  const items = input.items.map(({ id }) => id);
  return {
    made: true,
    charge: { fee: rule.fee, currency, amount, on: input.on, basis, source, items, parts },
  };
}

/** The currency named, else the one that all items have, else the tenant's. */
function currencyOf(rule: FeeRule, { items, currency }: ChargeInput): string | undefined {
  const own = items[0]?.currency;
  const shared = items.every((item) => item.currency === own) ? own : undefined;
  return rule.currency ?? shared ?? currency;
}

function partsOf(
  rule: FeeRule,
  input: ChargeInput,
  terms: Terms,
  currency: string,
  on: Day,
): ChargePart[] | NotCharged {
  const { items } = input;
  const onAmounts = rule.percent !== undefined || rule.tiers !== undefined || rule.interest !== undefined;
  // No arithmetic across currencies: a share of another currency would need an exchange rate.
  if (onAmounts && items.some((item) => item.currency !== currency)) return no('missing_rate', 'currency');
  const base = baseOf(rule, input, on);
  const steps = [
    plainOf(rule, base, currency, ''),
    tiersOf(rule, base, currency),
    ...items.map((item, place) => {
      const agreed = terms.interest ?? false;
      if (rule.interest === undefined || agreed === false) return [];
      return interestOf(item, place, rule.interest, agreed, on);
    }),
  ];
  const parts: ChargePart[] = [];
  for (const step of steps) {
    if (isNo(step)) return step;
    parts.push(...step);
  }
  return parts;
}

function baseOf(rule: FeeRule, { items, overdue }: ChargeInput, on: Day): number {
  const base = rule.base ?? 'dunnable';
  if (base === 'overdue' && overdue !== undefined) return Math.max(checkMinor(overdue), 0);
  return items.reduce((sum, item) => addMinor(sum, Math.max(shareOfBase(item, base, on), 0)), 0);
}

function shareOfBase(item: ChargeItem, base: NonNullable<FeeRule['base']>, on: Day): number {
  if (base !== 'overdue') return item[base];
  return item.due !== undefined && parseDay(item.due) < on ? item.outstanding : 0;
}

/** What a charge holds beside interest; a minimum that lifts interest is such a sum too. */
function sumsIn(parts: readonly ChargePart[], amount: number): number {
  const sums = parts.filter((part) => part.kind !== 'interest' && part.amount > 0);
  return Math.min(sumOf(sums), amount);
}
