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
  amount: true,
  reason: true,
  author: true,
  opened: true,
  state: true,
});

const promiseKeys = keysOf<PromiseInput>({
  id: true,
  account: true,
  version: true,
  invoice: true,
  instalment: true,
  amount: true,
  date: true,
  graceDays: true,
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
  const invoice = optional(at.at('invoice'), formed(forms.invoiceId));
  if (at.at('instalment').exists && invoice === undefined) {
    at.at('instalment').report('conflicting_keys', 'an instalment needs its invoice; write invoice too');
  }
  const hold: Hold = {
    id: formed(forms.recordId)(at.at('id')),
    version: version(at.at('version')),
    invoice,
    instalment: optional(at.at('instalment'), formed(forms.partId)),
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
  const dispute: Dispute = {
    id: formed(forms.recordId)(at.at('id')),
    version: version(at.at('version')),
    invoice: formed(forms.invoiceId)(at.at('invoice')),
    instalment: optional(at.at('instalment'), formed(forms.partId)),
    amount: contested?.minor,
    currency: contested?.currency,
    reason: text(at.at('reason'), 100),
    author: text(at.at('author')),
    opened: dayOrToday(at, 'opened', reading),
    state: optional(at.at('state'), (one) => oneOf(one, ['open', 'accepted', 'rejected'])) ?? 'open',
  };
  return { record: reading.assume(dispute, ['opened'], at), currency: contested?.currency ?? '' };
}

export function readPromise(at: Cursor, reading: Reading): Blocked<PaymentPromise> {
  checkKeys(at, promiseKeys);
  const promised = optional(at.at('amount'), positive);
  const promise: PaymentPromise = {
    id: formed(forms.recordId)(at.at('id')),
    version: version(at.at('version')),
    invoice: formed(forms.invoiceId)(at.at('invoice')),
    instalment: optional(at.at('instalment'), formed(forms.partId)),
    amount: promised?.minor,
    currency: promised?.currency,
    date: date(at.at('date')),
    graceDays: optional(at.at('graceDays'), (one) => whole(one, 0, 366)) ?? 0,
    made: dayOrToday(at, 'made', reading),
    source: text(at.at('source'), 100),
    state: optional(at.at('state'), (one) => oneOf(one, ['active', 'cancelled'])) ?? 'active',
  };
  if (promise.date !== '' && promise.date < promise.made && at.at('made').exists) {
    at.at('date').report('wrong_order', 'the promised day lies before the day of the promise');
  }
  return { record: reading.assume(promise, ['made'], at), currency: promised?.currency ?? '' };
}

function positive(at: Cursor): Money {
  const value = money(at);
  if (value.minor <= 0)
    at.report('invalid_amount', 'must be more than nothing; leave it out for all of what is open');
  return value;
}

function dayOrToday(at: Cursor, key: string, reading: Reading): string {
  const given = at.at(key);
  if (given.exists) return date(given);
  return reading.today(at.at('account').text() ?? '') ?? refused(given, 'a date as YYYY-MM-DD') ?? '';
}
