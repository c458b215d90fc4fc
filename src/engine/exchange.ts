import { isDay } from '../calendar/index.js';
import { RecobroError } from '../errors.js';
import { currencyExponent } from '../money/index.js';
import type { ExchangeRate } from '../policy/types.js';

/** A dated rate as a whole number of `10^-decimals`. */
export interface Rate {
  readonly on: string;
  readonly digits: bigint;
  readonly decimals: number;
}

/** Rates by `FROM/TO`, the latest first. */
export type Rates = ReadonlyMap<string, readonly Rate[]>;

/**
 * Compiles a plan's rates.
 *
 * @throws RecobroError `invalid_document` for a rate that is no decimal text above zero or has no date, and for two of one day
 */
export function compileRates(rates: readonly ExchangeRate[]): Rates {
  const known = new Map<string, Rate[]>();
  for (const { from, to, rate, on } of rates) {
    const match = /^(\d{1,15})(?:\.(\d{1,15}))?$/.exec(rate);
    const [, whole = '', part = ''] = match ?? [];
    const digits = BigInt(whole + part);
    const pair = `${from}/${to}`;
    if (digits === 0n || !isDay(on)) throw invalid(`the rate ${pair} needs a date and a decimal above zero`);
    const list = known.get(pair) ?? [];
    if (list.some((other) => other.on === on)) throw invalid(`the rate ${pair} of ${on} is given twice`);
    known.set(pair, [...list, { on, digits, decimals: part.length }]);
  }
  for (const list of known.values()) list.sort((a, b) => (a.on < b.on ? 1 : -1));
  return known;
}

function invalid(message: string): RecobroError {
  return new RecobroError('invalid_document', message);
}

/** The latest rate on or before a day. Rates are not turned round, nor put together. */
export function rateOn(rates: Rates, from: string, to: string, on: string): Rate | undefined {
  return rates.get(`${from}/${to}`)?.find((rate) => rate.on <= on);
}

/** The first day after a day on which some rate changes. */
export function nextRateOn(rates: Rates, on: string): string | undefined {
  let next: string | undefined;
  for (const list of rates.values()) {
    for (const rate of list) if (rate.on > on && (next === undefined || rate.on < next)) next = rate.on;
  }
  return next;
}

/**
 * Whether an amount is at least a limit in another currency: exact, since both
 * sides are brought to one scale and nothing is rounded.
 *
 * @param minor minor units of `from`
 * @param limit minor units of `to`
 */
export function reachesAt(rate: Rate, minor: number, from: string, limit: number, to: string): boolean {
  const left = BigInt(minor) * rate.digits * 10n ** BigInt(currencyExponent(to));
  const right = BigInt(limit) * 10n ** BigInt(currencyExponent(from) + rate.decimals);
  return left >= right;
}

/**
 * Whether an amount reaches a threshold by currency.
 * `no_threshold`: the currency has none and a person is to be asked;
 * `no_rate`: it is to be converted and no rate leads to a currency that has one.
 */
export function reaches(
  rule: CurrencyRule,
  limits: ReadonlyMap<string, number>,
  minor: number,
  currency: string,
  on: string,
): boolean | 'no_threshold' | 'no_rate' {
  const own = limits.get(currency);
  if (own !== undefined) return minor >= own;
  switch (rule.otherCurrency) {
    case 'met':
      return true;
    case 'unmet':
      return false;
    case 'task':
      return 'no_threshold';
    case 'convert':
      for (const [other, limit] of limits) {
        const rate = rateOn(rule.rates, currency, other, on);
        if (rate !== undefined) return reachesAt(rate, minor, currency, limit, other);
      }
      return 'no_rate';
  }
}

/** What a plan says of currencies for which a threshold has no amount. */
export interface CurrencyRule {
  readonly otherCurrency: 'task' | 'convert' | 'met' | 'unmet';
  readonly rates: Rates;
}
