import type { OutcomeTold } from '../../dunning/index.js';
import type { OutcomeKeys } from '../../schema/index.js';
import { impossible, listOf } from './plain.js';

/** What came of what a person brought, as the verb takes it; undefined where no outcome is told. */
export function outcomeOf(keys: OutcomeKeys, path: string): OutcomeTold | undefined {
  const { outcome, on, date, about, amount: sum, code } = keys;
  if (outcome === undefined) return undefined;
  const [amount = '', currency = ''] = sum === undefined ? [] : sum.split(' ');
  const much = sum === undefined ? {} : { amount: { amount, currency } };
  const day = on === undefined ? {} : { on };
  const invoices = about === undefined ? {} : { invoices: listOf(about) };
  switch (outcome) {
    case 'promised':
      if (date === undefined) throw impossible(`${path}.date`, 'a promise needs its day');
      return { outcome, date, ...invoices, ...much, ...day };
    case 'paid':
      return { outcome, ...invoices, ...much, ...day };
    case 'disputed': {
      const [invoice, ...others] = about === undefined ? [] : listOf(about);
      if (invoice === undefined || others.length > 0)
        throw impossible(`${path}.about`, 'a dispute is about one invoice');
      return { outcome, invoice, ...much, ...day, ...(code === undefined ? {} : { code }) };
    }
    default:
      return { outcome, ...day };
  }
}
