import type { AllocationInput, CreditNoteInput, PaymentInput, RefundInput } from '../../ledger/facts.js';
import type { Allocation, CreditNote, Payment, Refund } from '../../ledger/types.js';
import type { Money } from '../../money/index.js';
import type { Cursor } from '../cursor.js';
import * as forms from '../forms.js';
import { version } from './account.js';
import type { Reading } from './reading.js';
import {
  amount,
  checkKeys,
  date,
  formed,
  instant,
  keysOf,
  list,
  money,
  oneOf,
  optional,
  text,
} from './values.js';

const paymentKeys = keysOf<PaymentInput>({
  id: true,
  account: true,
  version: true,
  amount: true,
  date: true,
  bookedAt: true,
  state: true,
  invoice: true,
  instalment: true,
  allocations: true,
  refunded: true,
  reversedOn: true,
});

const refundKeys = keysOf<RefundInput>({
  id: true,
  account: true,
  version: true,
  payment: true,
  amount: true,
  date: true,
  bookedAt: true,
  state: true,
  invoice: true,
  instalment: true,
  allocations: true,
});

const creditKeys = keysOf<CreditNoteInput>({
  id: true,
  account: true,
  version: true,
  number: true,
  amount: true,
  date: true,
  bookedAt: true,
  state: true,
  invoice: true,
  instalment: true,
  allocations: true,
});

const allocationKeys = keysOf<AllocationInput>({ invoice: true, instalment: true, amount: true });

export function readPayment(at: Cursor, reading: Reading): Payment {
  checkKeys(at, paymentKeys);
  const received = positive(at.at('amount'));
  const state: Payment['state'] =
    optional(at.at('state'), (one) => oneOf<Payment['state']>(one, ['booked', 'reversed'])) ?? 'booked';
  const refunded = optional(at.at('refunded'), (one) => readRefunded(one, received));
  const reversedOn =
    optional(at.at('reversedOn'), date) ??
    (state === 'reversed' ? reading.today(at.at('account').text() ?? '') : undefined);
  const payment: Payment = {
    id: formed(forms.recordId)(at.at('id')),
    version: version(at.at('version')),
    currency: received.currency,
    amount: received.minor,
    date: date(at.at('date')),
    bookedAt: optional(at.at('bookedAt'), instant) ?? reading.now,
    state,
    allocations: readAllocations(at, received),
    ...(refunded === undefined ? {} : { refunded }),
    ...(reversedOn === undefined ? {} : { reversedOn }),
  };
  if (at.at('reversedOn').exists && state !== 'reversed')
    at.at('reversedOn').report(
      'conflicting_keys',
      "only a payment that came back has this; write state: 'reversed' too",
    );
  // Booked again it has come back no more, whatever day was known.
  return reading.assume(payment, state === 'reversed' ? ['bookedAt', 'reversedOn'] : ['bookedAt'], at);
}

function readRefunded(at: Cursor, received: Money): number {
  const value = amount(at, received.currency);
  if (value < 0) at.report('invalid_amount', 'what was given back cannot be negative');
  else if (value > received.minor) at.report('invalid_amount', 'more was given back than came in');
  return value;
}

export function readRefund(at: Cursor, reading: Reading): Refund {
  checkKeys(at, refundKeys);
  const back = positive(at.at('amount'));
  const payment = optional(at.at('payment'), formed(forms.recordId));
  const refund: Refund = {
    id: formed(forms.recordId)(at.at('id')),
    version: version(at.at('version')),
    payment,
    currency: back.currency,
    amount: back.minor,
    date: date(at.at('date')),
    bookedAt: optional(at.at('bookedAt'), instant) ?? reading.now,
    state: optional(at.at('state'), (one) => oneOf(one, ['booked', 'reversed'])) ?? 'booked',
    allocations: readAllocations(at, back),
  };
  return reading.assume(refund, ['bookedAt'], at);
}

export function readCredit(at: Cursor, reading: Reading): CreditNote {
  checkKeys(at, creditKeys);
  const credited = positive(at.at('amount'));
  const id = formed(forms.recordId)(at.at('id'));
  const credit: CreditNote = {
    id,
    version: version(at.at('version')),
    number: optional(at.at('number'), (one) => text(one, 100)) ?? id,
    currency: credited.currency,
    amount: credited.minor,
    date: date(at.at('date')),
    bookedAt: optional(at.at('bookedAt'), instant) ?? reading.now,
    state: optional(at.at('state'), (one) => oneOf(one, ['finalised', 'draft', 'cancelled'])) ?? 'finalised',
    allocations: readAllocations(at, credited),
  };
  return reading.assume(credit, ['bookedAt'], at);
}

function positive(at: Cursor): Money {
  const value = money(at);
  if (value.minor <= 0) at.report('invalid_amount', 'must be more than nothing');
  return value;
}

function readAllocations(at: Cursor, whole: Money): Allocation[] {
  const short = at.at('invoice');
  const parts = at.at('allocations');
  if (short.exists && parts.exists) {
    parts.report(
      'conflicting_keys',
      'write invoice for one allocation of the whole, or allocations, not both',
    );
  }
  if (at.at('instalment').exists && !short.exists) {
    at.at('instalment').report('conflicting_keys', 'an instalment needs its invoice; write invoice too');
  }
  if (short.exists) {
    const invoice = formed(forms.invoiceId)(short);
    return [
      { invoice, instalment: optional(at.at('instalment'), formed(forms.partId)), amount: whole.minor },
    ];
  }
  const allocations = list(parts, 10_000, (one): Allocation => {
    checkKeys(one, allocationKeys);
    const part = amount(one.at('amount'), whole.currency);
    if (part <= 0) one.at('amount').report('invalid_amount', 'must be more than nothing');
    return {
      invoice: formed(forms.invoiceId)(one.at('invoice')),
      instalment: optional(one.at('instalment'), formed(forms.partId)),
      amount: part,
    };
  });
  const sum = allocations.reduce((all, one) => all + one.amount, 0);
  if (sum > whole.minor) parts.report('wrong_sum', 'the allocations add up to more than the amount');
  return allocations;
}
