import type { DatedRate, Rates, Terms } from '../../ledger/types.js';
import { isCurrency, parseAmount } from '../../money/index.js';
import { reported } from '../checks/scalars.js';
import { type Cursor, isRecord } from '../cursor.js';
import { checkKeys, date, keysOf, list, oneOf, optional, refused, text } from './values.js';

const termsKeys = keysOf<Terms>({ source: true, basis: true, fees: true, interest: true });
const rateKeys = keysOf<DatedRate>({ from: true, rate: true });

/** Percent a year. */
const rateForm = /^(?:0|[1-9]\d{0,3})(?:\.\d{1,6})?$/;

/** What was agreed about charges: without a source nobody could look it up. */
export function readTerms(at: Cursor): Terms {
  checkKeys(at, termsKeys);
  const basis = optional(at.at('basis'), (one) =>
    oneOf<'agreement' | 'statute'>(one, ['agreement', 'statute']),
  );
  const fees = optional(at.at('fees'), readFees);
  const interest = optional(at.at('interest'), readInterest);
  return {
    source: text(at.at('source')),
    ...(basis === undefined ? {} : { basis }),
    ...(fees === undefined ? {} : { fees }),
    ...(interest === undefined ? {} : { interest }),
  };
}

function readFees(at: Cursor): boolean | Readonly<Record<string, string>> {
  if (typeof at.value === 'boolean') return at.value;
  if (!isRecord(at.value)) {
    refused(at, "true, or the most per charge by currency, such as { EUR: '25.00' }");
    return false;
  }
  return Object.fromEntries(
    at.entries().map(([currency, one]) => {
      if (!isCurrency(currency)) one.report('unknown_currency', 'the key must be an ISO 4217 currency');
      else if (typeof one.value !== 'string') refused(one, "decimal text such as '25.00'");
      else if ((reported(one, 'invalid_amount', () => parseAmount(one.text() ?? '', currency)) ?? 0) < 0)
        one.report('invalid_amount', 'a charge cannot be negative');
      return [currency, one.text() ?? ''] as const;
    }),
  );
}

function readInterest(at: Cursor): boolean | Rates {
  if (typeof at.value === 'boolean') return at.value;
  if (typeof at.value === 'string') return rate(at);
  if (!Array.isArray(at.value)) {
    refused(at, "true, a rate as percent a year such as '12', or a list of { from, rate }");
    return false;
  }
  const rates = list(at, 1000, (one): DatedRate => {
    checkKeys(one, rateKeys);
    const value = one.at('rate');
    return { from: date(one.at('from')), rate: value.value === null ? null : rate(value) };
  });
  rates.forEach((one, index) => {
    const before = rates[index - 1];
    if (before !== undefined && before.from !== '' && one.from !== '' && one.from <= before.from)
      at.item(index).at('from').report('wrong_order', 'rates go from the oldest to the newest');
  });
  return rates;
}

function rate(at: Cursor): string {
  const value = at.text();
  if (value === undefined) return refused(at, "percent a year as decimal text, such as '10.15'") ?? '';
  if (!rateForm.test(value))
    at.report('invalid_value', "write percent a year as decimal text, such as '10.15'");
  return value;
}
