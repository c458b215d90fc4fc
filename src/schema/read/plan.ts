import type { PaymentPlanInput } from '../../ledger/facts.js';
import type { Instalment, PaymentPlan } from '../../ledger/types.js';
import { type Money, split } from '../../money/index.js';
import type { Cursor } from '../cursor.js';
import * as forms from '../forms.js';
import { ownPolicy, version } from './account.js';
import { dayOrToday, positive } from './blocks.js';
import { readInstalments } from './invoice.js';
import type { Reading } from './reading.js';
import { checkKeys, date, formed, keysOf, list, oneOf, optional, text } from './values.js';

const planKeys = keysOf<PaymentPlanInput>({
  id: true,
  account: true,
  version: true,
  number: true,
  invoices: true,
  total: true,
  instalments: true,
  dues: true,
  made: true,
  author: true,
  state: true,
  policy: true,
});

const mostParts = 1000;

/** A payment plan: its instalments sum to its total to the minor unit. */
export function readPlan(at: Cursor, reading: Reading): PaymentPlan {
  checkKeys(at, planKeys);
  const total = positive(at.at('total'));
  const invoices = list(at.at('invoices'), mostParts, formed(forms.invoiceId));
  if (invoices.length === 0)
    at.at('invoices').report(at.at('invoices').exists ? 'too_small' : 'missing', 'name at least one invoice');
  invoices.forEach((one, index) => {
    if (invoices.indexOf(one) < index)
      at.at('invoices').item(index).report('duplicate_entry', 'name an invoice once');
  });
  const policy = ownPolicy(at.at('policy'), reading);
  const plan: PaymentPlan = {
    id: formed(forms.invoiceId)(at.at('id')),
    version: version(at.at('version')),
    number: optional(at.at('number'), (one) => text(one, 100)),
    invoices,
    currency: total.currency,
    instalments: readParts(at, total),
    made: dayOrToday(at, 'made', reading),
    author: text(at.at('author')),
    state: optional(at.at('state'), (one) => oneOf(one, ['active', 'broken', 'cancelled'])) ?? 'active',
    ...(policy === undefined ? {} : { policy }),
  };
  return reading.assume(plan, ['made'], at);
}

function readParts(at: Cursor, total: Money): Instalment[] {
  const given = at.at('instalments');
  const dues = at.at('dues');
  if (given.exists === dues.exists) {
    const message = 'write instalments with their amounts, or dues to split the total evenly';
    if (given.exists) dues.report('conflicting_keys', `${message}, not both`);
    else at.report('missing', message);
  }
  if (given.exists) {
    if (Array.isArray(given.value) && given.value.length === 0)
      given.report('too_small', 'a plan has at least one instalment');
    return readInstalments(given, total);
  }
  const days = list(dues, mostParts, date);
  if (dues.exists && days.length === 0) dues.report('too_small', 'a plan has at least one instalment');
  // An amount that could not be read has been complained about.
  if (days.length === 0 || !Number.isSafeInteger(total.minor)) return [];
  return split(total.minor, days.length).map((amount, index) => ({
    id: String(index + 1),
    due: days[index] ?? '',
    amount,
  }));
}
