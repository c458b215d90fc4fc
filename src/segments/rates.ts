import { isDay } from '../calendar/index.js';
import { type Problem, RecobroError } from '../errors.js';
import { currencyExponent, isCurrency } from '../money/index.js';
import type { ExchangeRate } from '../policy/types.js';

/** How amounts of several currencies are made comparable. */
export interface Comparable {
  /** By currency: minor units times the factor are an amount of one currency at one fine scale. */
  readonly factors: ReadonlyMap<string, bigint>;
  /** By currency: the day of the rate that is used. The common currency has none. */
  readonly ratesOn: ReadonlyMap<string, string>;
}

interface Found {
  readonly digits: bigint;
  readonly decimals: number;
  readonly on: string | undefined;
}

/**
 * Factors that compare amounts in one currency without rounding any: of each
 * currency the latest rate to it, on or before a day. Rates to other
 * currencies are not used, nor turned round; a currency without a rate has no
 * factor.
 *
 * @throws RecobroError `invalid_option` with every problem, two different rates of one day among them
 */
export function comparableIn(currency: string, rates: readonly ExchangeRate[], asOf: string): Comparable {
  const problems: Problem[] = [];
  const refuse = (path: string, message: string): void => {
    problems.push({ path, code: 'invalid_value', message });
  };
  if (!isCurrency(currency)) refuse('currency', 'must be an ISO 4217 currency code');
  const latest = new Map<string, Found>();
  rates.forEach(({ from, to, rate, on }, index) => {
    const path = `rates[${index}]`;
    const before = problems.length;
    const match = typeof rate === 'string' ? /^(\d{1,15})(?:\.(\d{1,15}))?$/.exec(rate) : null;
    const [, whole = '', part = ''] = match ?? [];
    const digits = BigInt(whole + part);
    if (!isCurrency(from)) refuse(`${path}.from`, 'must be an ISO 4217 currency code');
    if (!isCurrency(to)) refuse(`${path}.to`, 'must be an ISO 4217 currency code');
    if (digits === 0n) refuse(`${path}.rate`, "must be decimal text above zero, such as '0.0581'");
    if (!isDay(on)) refuse(`${path}.on`, 'must be a date of the form YYYY-MM-DD');
    if (problems.length > before || to !== currency || from === currency || on > asOf) return;
    const known = latest.get(from);
    const found = { digits, decimals: part.length + currencyExponent(from), on };
    if (
      known?.on === on &&
      known.digits * 10n ** BigInt(found.decimals) !== digits * 10n ** BigInt(known.decimals)
    )
      refuse(path, 'another rate of the same day says otherwise');
    else if (known?.on === undefined || known.on < on) latest.set(from, found);
  });
  if (problems.length > 0) throw new RecobroError('invalid_option', 'the rates cannot be used', { problems });
  latest.set(currency, { digits: 1n, decimals: currencyExponent(currency), on: undefined });
  const scale = Math.max(...[...latest.values()].map(({ decimals }) => decimals));
  const factors = new Map<string, bigint>();
  const ratesOn = new Map<string, string>();
  for (const [from, { digits, decimals, on }] of latest) {
    factors.set(from, digits * 10n ** BigInt(scale - decimals));
    if (on !== undefined) ratesOn.set(from, on);
  }
  return { factors, ratesOn };
}
