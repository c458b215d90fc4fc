import { isDay } from '../calendar/index.js';
import { isRecobroError, type Problem } from '../errors.js';
import type { Rates, Terms } from '../ledger/types.js';
import { currencyExponent, isCurrency, parseAmount } from '../money/index.js';
import type { FeeRule, Tariff } from '../policy/fees.js';
import type { MoneyThreshold } from '../policy/types.js';
import { isRate } from './rates.js';

type Add = (path: string, code: string, message: string) => void;

/**
 * What is wrong with the values of a rule of the right shape: rates, amounts,
 * currencies, order of dates and tiers, and settings that nothing would use.
 *
 * @param path of the rule in its document, such as `stages[2].do[1]`
 * @example chargeProblems({ percent: '2,5' }) // [{ path: 'percent', code: 'invalid_rate', message: … }]
 */
export function chargeProblems(rule: FeeRule, path = ''): Problem[] {
  const [problems, add] = collector(path);
  const { tiers, interest, base, currency } = rule;
  const onBase = rule.percent !== undefined || tiers !== undefined;
  if (rule.fixed === undefined && !onBase && interest === undefined) {
    add('', 'empty_fee', 'a fee needs fixed, percent, tiers or interest');
  }
  checkTariff(rule, '', add);
  checkAmounts(rule.ignoreBelow, 'ignoreBelow', add);
  if (base !== undefined && !onBase)
    add('base', 'unused_setting', 'base is used by percent and tiers; interest has its own');
  if (rule.tiered !== undefined && tiers === undefined) add('tiered', 'unused_setting', 'tiered needs tiers');
  if (currency !== undefined && !isCurrency(currency))
    add('currency', 'unknown_currency', unknownCurrency(currency));
  if (tiers !== undefined) checkTiers(tiers, add);
  if (interest?.rate !== undefined) checkRates(interest.rate, 'interest.rate', add);
  return problems;
}

/**
 * What is wrong with the values of terms of the right shape.
 *
 * @example termsProblems({ source: '', interest: '12' }) // [{ path: 'source', code: 'empty_text', message: … }]
 */
export function termsProblems(terms: Terms, path = ''): Problem[] {
  const [problems, add] = collector(path);
  if (terms.source.trim() === '') add('source', 'empty_text', 'say where the terms are written');
  if (typeof terms.fees === 'object') checkAmounts(terms.fees, 'fees', add);
  if (terms.interest !== undefined && typeof terms.interest !== 'boolean')
    checkRates(terms.interest, 'interest', add);
  return problems;
}

function checkTiers(tiers: NonNullable<FeeRule['tiers']>, add: Add): void {
  if (tiers.length === 0) add('tiers', 'empty_fee', 'tiers must not be empty');
  for (const [place, tier] of tiers.entries()) {
    const at = `tiers[${place}]`;
    if (tier.fixed === undefined && tier.percent === undefined)
      add(at, 'empty_fee', 'a tier needs fixed or percent');
    checkTariff(tier, `${at}.`, add);
    checkAmounts(tier.from, `${at}.from`, add);
    const before = tiers[place - 1]?.from ?? {};
    for (const [currency, amount] of amountsOf(tier.from)) {
      const least = amountsOf(before).get(currency);
      if (least !== undefined && amount <= least) {
        add(`${at}.from.${currency}`, 'wrong_order', 'tiers go from the smallest base to the largest');
      }
    }
  }
}

function checkTariff(tariff: Tariff, at: string, add: Add): void {
  for (const name of ['fixed', 'min', 'max'] as const) checkAmounts(tariff[name], `${at}${name}`, add);
  if (tariff.percent !== undefined && !isRate(tariff.percent))
    add(`${at}percent`, 'invalid_rate', invalidRate);
  const most = amountsOf(tariff.max);
  for (const [currency, least] of amountsOf(tariff.min)) {
    if (least > (most.get(currency) ?? least))
      add(`${at}min.${currency}`, 'wrong_order', 'min lies above max');
  }
}

function checkRates(rates: Rates, at: string, add: Add): void {
  if (typeof rates === 'string') {
    if (!isRate(rates)) add(at, 'invalid_rate', invalidRate);
    return;
  }
  if (rates.length === 0) add(at, 'invalid_rate', 'a table of rates must not be empty');
  for (const [place, { from, rate }] of rates.entries()) {
    if (!isDay(from)) add(`${at}[${place}].from`, 'invalid_date', 'write an existing date as YYYY-MM-DD');
    if (rate !== null && !isRate(rate)) add(`${at}[${place}].rate`, 'invalid_rate', invalidRate);
    // Dates of one fixed form: the order of the texts is that of the days.
    const before = rates[place - 1]?.from;
    if (before !== undefined && from <= before) {
      add(`${at}[${place}].from`, 'wrong_order', 'rates go from the oldest date to the latest');
    }
  }
}

function checkAmounts(amounts: MoneyThreshold | undefined, at: string, add: Add): void {
  for (const [currency, text] of Object.entries(amounts ?? {})) {
    const path = `${at}.${currency}`;
    if (!isCurrency(currency)) add(path, 'unknown_currency', unknownCurrency(currency));
    else if (minorIn(text, currency) === undefined) {
      const example =
        currencyExponent(currency) === 0 ? '1250' : `1250.${'0'.repeat(currencyExponent(currency))}`;
      add(path, 'invalid_amount', `write an amount of ${currency} as '${example}', not below zero`);
    }
  }
}

/** The amounts that can be read. */
function amountsOf(amounts: MoneyThreshold | undefined): ReadonlyMap<string, number> {
  return new Map(
    Object.entries(amounts ?? {}).flatMap(([currency, text]) => {
      const minor = isCurrency(currency) ? minorIn(text, currency) : undefined;
      return minor === undefined ? [] : [[currency, minor] as const];
    }),
  );
}

function minorIn(text: string, currency: string): number | undefined {
  try {
    const minor = parseAmount(text, currency);
    return minor < 0 ? undefined : minor;
  } catch (error) {
    if (!isRecobroError(error, 'invalid_amount')) throw error;
    return undefined;
  }
}

const invalidRate = "write a rate as plain decimal text such as '8.5', not below zero";

function unknownCurrency(currency: string): string {
  return `${JSON.stringify(currency.slice(0, 12))} is no active ISO 4217 currency code`;
}

function collector(path: string): [Problem[], Add] {
  const problems: Problem[] = [];
  const add: Add = (at, code, message) => {
    problems.push({ path: path !== '' && at !== '' ? `${path}.${at}` : path + at, code, message });
  };
  return [problems, add];
}
