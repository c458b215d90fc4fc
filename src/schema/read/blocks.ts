import type { DisputeInput, HoldInput, PromiseInput } from '../../ledger/facts.js';
import type { Dispute, Hold, PaymentPromise } from '../../ledger/types.js';
import type { Money } from '../../money/index.js';
import type { Cursor } from '../cursor.js';
import * as forms from '../forms.js';
import { version } from './account.js';
import type { Reading } from './reading.js';
import {
  checkKeys,
  date,
  flag,
  formed,
  keysOf,
  list,
  money,
  oneOf,
  optional,
  refused,
  text,
  whole,
} from './values.js';

const holdKeys = keysOf<HoldInput>({
  id: true,
  account: true,
  version: true,
  invoice: true,
  instalment: true,
  amount: true,
  reason: true,
  author: true,
  from: true,
  until: true,
  released: true,
});

const disputeKeys = keysOf<DisputeInput>({
  id: true,
  account: true,
  version: true,
  invoice: true,
  instalment: true,
  invoices: true,
  amount: true,
  reason: true,
  author: true,
  owner: true,
  opened: true,
  state: true,
});

const promiseKeys = keysOf<PromiseInput>({
  id: true,
  account: true,
  version: true,
  invoice: true,
  instalment: true,
  invoices: true,
  amount: true,
  date: true,
  graceDays: true,
  tolerance: true,
  made: true,
  source: true,
  state: true,
});

/** A record with the currency of its amount, which its normal form leaves to the invoice. */
export interface Blocked<T> {
  readonly record: T;
  readonly currency: string;
}

export function readHold(at: Cursor, reading: Reading): Hold {
  checkKeys(at, holdKeys);
  const part = optional(at.at('amount'), positive);
  const invoice = optional(at.at('invoice'), formed(forms.invoiceId));
  if (at.at('instalment').exists && invoice === undefined) {
    at.at('instalment').report('conflicting_keys', 'an instalment needs its invoice; write invoice too');
  }
  const hold: Hold = {
    id: formed(forms.recordId)(at.at('id')),
    version: version(at.at('version')),
    invoice,
    instalment: optional(at.at('instalment'), formed(forms.partId)),
    ...(part === undefined ? {} : { amount: part.minor, currency: part.currency }),
    reason: text(at.at('reason'), 100),
    author: text(at.at('author')),
    from: dayOrToday(at, 'from', reading),
    until: optional(at.at('until'), date),
    released: optional(at.at('released'), flag) ?? false,
  };
  if (hold.until !== undefined && hold.until !== '' && hold.until < hold.from && at.at('from').exists) {
    at.at('until').report('wrong_order', 'the last blocked day lies before the first');
  }
  return reading.assume(hold, ['from'], at);
}

export function readDispute(at: Cursor, reading: Reading): Blocked<Dispute> {
  checkKeys(at, disputeKeys);
  const contested = optional(at.at('amount'), positive);
  const several = at.at('invoices').exists;
  const dispute: Dispute = {
    id: formed(forms.recordId)(at.at('id')),
    version: version(at.at('version')),
    invoice: several
      ? optional(at.at('invoice'), formed(forms.invoiceId))
      : formed(forms.invoiceId)(at.at('invoice')),
    instalment: optional(at.at('instalment'), formed(forms.partId)),
    ...readInvoices(at, 'name what is disputed'),
    amount: contested?.minor,
    currency: contested?.currency,
    reason: text(at.at('reason'), 100),
    author: text(at.at('author')),
    owner: optional(at.at('owner'), (one) => text(one)),
    opened: dayOrToday(at, 'opened', reading),
    state: optional(at.at('state'), (one) => oneOf(one, ['open', 'accepted', 'rejected'])) ?? 'open',
  };
  if (several && at.at('instalment').exists)
    at.at('instalment').report('conflicting_keys', 'an instalment needs its invoice; write invoice too');
  return { record: reading.assume(dispute, ['opened'], at), currency: contested?.currency ?? '' };
}

export function readPromise(at: Cursor, reading: Reading): Blocked<PaymentPromise> {
  checkKeys(at, promiseKeys);
  const promised = optional(at.at('amount'), positive);
  const promise: PaymentPromise = {
    id: formed(forms.recordId)(at.at('id')),
    version: version(at.at('version')),
    invoice: optional(at.at('invoice'), formed(forms.invoiceId)),
    instalment: optional(at.at('instalment'), formed(forms.partId)),
    ...readInvoices(at),
    amount: promised?.minor,
    currency: promised?.currency,
    date: optional(at.at('date'), date),
    graceDays: optional(at.at('graceDays'), (one) => whole(one, 0, 366)),
    made: dayOrToday(at, 'made', reading),
    source: text(at.at('source'), 100),
    state: optional(at.at('state'), (one) => oneOf(one, ['active', 'cancelled'])) ?? 'active',
    tolerance: optional(at.at('tolerance'), percent),
  };
  if (at.at('instalment').exists && promise.invoice === undefined) {
    at.at('instalment').report('conflicting_keys', 'an instalment needs its invoice; write invoice too');
  }
  if (
    promise.date !== undefined &&
    promise.date !== '' &&
    promise.date < promise.made &&
    at.at('made').exists
  ) {
    at.at('date').report('wrong_order', 'the promised day lies before the day of the promise');
  }
  return { record: reading.assume(promise, ['made'], at), currency: promised?.currency ?? '' };
}

/** Several invoices, in place of one. */
export function readInvoices(
  at: Cursor,
  none = 'name at least one; leave it out for the whole account',
): Pick<PaymentPromise, 'invoices'> {
  const several = at.at('invoices');
  if (!several.exists) return {};
  if (at.at('invoice').exists)
    several.report('conflicting_keys', 'write invoice for one, or invoices for several, not both');
  const invoices = list(several, 1000, formed(forms.invoiceId));
  if (invoices.length === 0) several.report('too_small', none);
  return { invoices };
}

/** With two decimals at most. */
export function percent(at: Cursor): number {
  const { value } = at;
  if (typeof value !== 'number') return refused(at, 'a number from 0 to 100') ?? 0;
  if (!(value >= 0 && value <= 100) || Math.abs(Math.round(value * 100) - value * 100) > 1e-6)
    at.report('invalid_value', 'must be a percentage from 0 to 100 with two decimals at most');
  return value;
}

export function positive(at: Cursor): Money {
  const value = money(at);
  if (value.minor <= 0)
    at.report('invalid_amount', 'must be more than nothing; leave it out for all of what is open');
  return value;
}

export function dayOrToday(at: Cursor, key: string, reading: Reading): string {
  const given = at.at(key);
  if (given.exists) return date(given);
  return reading.today(at.at('account').text() ?? '') ?? refused(given, 'a date as YYYY-MM-DD') ?? '';
}
