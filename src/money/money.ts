import { RecobroError } from '../errors.js';
import { currencyExponent } from './currencies.js';
import { addMinor, checkMinor, minorOf } from './minor.js';
import { parseAmount } from './text.js';

/** An amount: whole minor units (cents, paise; pesos for CLP) of one currency. */
export interface Money {
  /** A whole number within ±(2^53−1). */
  readonly minor: number;
  /** ISO 4217 code in capitals. */
  readonly currency: string;
}

/** How a host writes an amount: decimal text or whole minor units, never a JavaScript fraction. */
export type MoneyInput =
  | { readonly amount: string; readonly currency: string }
  | { readonly minor: number; readonly currency: string };

/**
 * The amount a host wrote, checked.
 *
 * @example toMinor({ amount: '1250.00', currency: 'MXN' }) // { minor: 125000, currency: 'MXN' }
 * @throws RecobroError `unknown_currency`; `invalid_amount` also when both or neither of the two forms are given
 */
export function toMinor(input: MoneyInput): Money {
  const { currency } = input;
  currencyExponent(currency);
  const text = 'amount' in input ? input.amount : undefined;
  const minor = 'minor' in input ? input.minor : undefined;
  if ((text === undefined) === (minor === undefined)) {
    throw new RecobroError(
      'invalid_amount',
      "give either amount (text such as '1250.00') or minor (a whole number)",
    );
  }
  return { minor: text === undefined ? checkMinor(minor as number) : parseAmount(text, currency), currency };
}

/** @throws RecobroError `currency_mismatch`, `invalid_amount` */
export function add(a: Money, b: Money): Money {
  checkSame(a, b);
  return { minor: addMinor(a.minor, b.minor), currency: a.currency };
}

/** a − b. @throws RecobroError `currency_mismatch`, `invalid_amount` */
export function subtract(a: Money, b: Money): Money {
  checkSame(a, b);
  return { minor: addMinor(a.minor, -b.minor), currency: a.currency };
}

/** −1, 0 or 1 as a is less than, equal to or greater than b. @throws RecobroError `currency_mismatch`, `invalid_amount` */
export function compare(a: Money, b: Money): -1 | 0 | 1 {
  checkSame(a, b);
  const left = checkMinor(a.minor);
  const right = checkMinor(b.minor);
  return left < right ? -1 : left > right ? 1 : 0;
}

/**
 * One total per currency that occurs, sorted by currency code. Exact whatever
 * the order of the list: intermediate sums may leave the safe range.
 *
 * @throws RecobroError `invalid_amount` when a total leaves ±(2^53−1); `unknown_currency`
 */
export function sumByCurrency(list: Iterable<Money>): Money[] {
  const totals = new Map<string, bigint>();
  for (const { minor, currency } of list) {
    totals.set(currency, (totals.get(currency) ?? 0n) + BigInt(checkMinor(minor)));
  }
  for (const currency of totals.keys()) currencyExponent(currency);
  return [...totals]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([currency, total]) => ({ minor: minorOf(total), currency }));
}

function checkSame(a: Money, b: Money): void {
  if (a.currency !== b.currency) {
    throw new RecobroError(
      'currency_mismatch',
      `amounts in ${a.currency} and ${b.currency} cannot be put together`,
    );
  }
}
