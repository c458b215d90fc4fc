import { isDay } from '../calendar/index.js';
import { type Problem, RecobroError } from '../errors.js';
import { currencyExponent, isCurrency } from '../money/index.js';

/** Exchange rates of the host, all of one day. */
export interface DatedRates {
  /** The day they are of, `YYYY-MM-DD`. */
  readonly on: string;
  /** Currency that all is compared in. */
  readonly to: string;
  /** What one unit of a currency is worth in `to`, as decimal text: `{ MXN: '0.0581' }`. */
  readonly rates: Readonly<Record<string, string>>;
}

/**
 * Factors that make amounts of several currencies comparable without rounding:
 * an amount of minor units times its factor is the amount in `to` at one fine
 * scale. A currency without a rate has no factor.
 *
 * @throws RecobroError `invalid_option` with every problem
 */
export function factorsOf(rates: DatedRates, asOf: string): ReadonlyMap<string, bigint> {
  const problems: Problem[] = [];
  const refuse = (path: string, message: string): void => {
    problems.push({ path, code: 'invalid_value', message });
  };
  if (!isDay(rates.on)) refuse('rates.on', 'must be a date of the form YYYY-MM-DD');
  else if (rates.on > asOf) refuse('rates.on', 'must not lie after the day that the portfolio is of');
  if (!isCurrency(rates.to)) refuse('rates.to', 'must be an ISO 4217 currency code');
  const found: { readonly currency: string; readonly digits: bigint; readonly decimals: number }[] = [];
  for (const [currency, text] of Object.entries({ ...rates.rates, [rates.to]: '1' })) {
    if (currency === rates.to && (rates.rates[currency] ?? '1') !== '1') {
      refuse(`rates.rates.${currency}`, "a currency's rate to itself is '1'; leave it out");
      continue;
    }
    const match = typeof text === 'string' ? /^(\d{1,15})(?:\.(\d{1,15}))?$/.exec(text) : null;
    const [, whole = '', part = ''] = match ?? [];
    const digits = BigInt(whole + part);
    if (!isCurrency(currency)) refuse(`rates.rates.${currency}`, 'must be an ISO 4217 currency code');
    else if (digits === 0n) {
      refuse(`rates.rates.${currency}`, "a rate must be decimal text above zero, such as '0.0581'");
    } else found.push({ currency, digits, decimals: part.length + currencyExponent(currency) });
  }
  if (problems.length > 0) throw new RecobroError('invalid_option', 'the rates cannot be used', { problems });
  const scale = Math.max(...found.map(({ decimals }) => decimals));
  return new Map(
    found.map(({ currency, digits, decimals }) => [currency, digits * 10n ** BigInt(scale - decimals)]),
  );
}
