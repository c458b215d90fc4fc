import type {
  Account,
  Allocation,
  CreditNote,
  Dispute,
  Hold,
  Invoice,
  Payment,
  PaymentPlan,
  PaymentPromise,
  Refund,
  Reply,
  SourceHealth,
  UnbookedPayment,
} from '../../ledger/types.js';
import type { Cursor } from '../cursor.js';
import type { Blocked } from './blocks.js';
import { checkCurrency } from './invoice.js';

/** A record with its place and the account that it says it belongs to. */
export interface Entry<T> {
  readonly at: Cursor;
  readonly account: string;
  readonly record: T;
}

/** Every record of a call with its place and account. */
export interface ReadFacts {
  readonly accounts: readonly Entry<Account>[];
  readonly invoices: readonly Entry<Invoice>[];
  readonly payments: readonly Entry<Payment>[];
  readonly refunds: readonly Entry<Refund>[];
  readonly credits: readonly Entry<CreditNote>[];
  readonly holds: readonly Entry<Hold>[];
  readonly disputes: readonly Entry<Blocked<Dispute>>[];
  readonly promises: readonly Entry<Blocked<PaymentPromise>>[];
  readonly unbooked: readonly Entry<Blocked<UnbookedPayment>>[];
  readonly replies: readonly Entry<Reply>[];
  readonly plans: readonly Entry<PaymentPlan>[];
  readonly sources: readonly Entry<SourceHealth>[];
}

/**
 * What records of one call say of each other. Records known from earlier calls
 * are not here; what names them is taken as it is.
 */
export function checkTogether(facts: ReadFacts): void {
  const accounts = new Map(facts.accounts.map(({ account, record }) => [account, record] as const));
  const invoices = new Map(
    facts.invoices.map(({ account, record }) => [keyOf(account, record.id), record] as const),
  );
  checkDuplicates(facts);
  for (const entry of facts.invoices) checkParts(entry, accounts.get(entry.account));
  for (const { at, account, record } of [...facts.payments, ...facts.refunds, ...facts.credits]) {
    const short = at.at('invoice').exists;
    record.allocations.forEach((allocation, index) => {
      const place = short ? at : at.at('allocations').item(index);
      const invoice = checkTarget(place, account, allocation, invoices);
      if (
        invoice !== undefined &&
        record.currency !== '' &&
        invoice.currency !== '' &&
        record.currency !== invoice.currency
      ) {
        const of = `the invoice ${JSON.stringify(invoice.id)}`;
        place
          .at(short ? 'amount' : 'invoice')
          .report('currency_mismatch', `${of} is in ${invoice.currency}, not ${record.currency}`);
      }
    });
  }
  const payments = new Map(
    facts.payments.map((one) => [keyOf(one.account, one.record.id), one.record] as const),
  );
  for (const { at, account, record } of facts.refunds) {
    const payment = record.payment === undefined ? undefined : payments.get(keyOf(account, record.payment));
    if (payment === undefined) continue;
    checkCurrency(
      at.at('amount').at('currency'),
      record.currency,
      payment.currency,
      `the payment ${JSON.stringify(payment.id)}`,
    );
  }
  for (const { at, account, record } of facts.plans) {
    record.invoices.forEach((id, index) => {
      const invoice = checkTarget(at.at('invoices').item(index), account, { invoice: id }, invoices);
      if (invoice === undefined || invoice.currency === '' || record.currency === '') return;
      if (invoice.currency === record.currency) return;
      const of = `the invoice ${JSON.stringify(id)}`;
      at.at('invoices')
        .item(index)
        .report('currency_mismatch', `${of} is in ${invoice.currency}, not ${record.currency}`);
    });
  }
  for (const { at, account, record } of facts.holds) {
    if (record.invoice === undefined) continue;
    const target = { invoice: record.invoice, instalment: record.instalment };
    const invoice = checkTarget(at, account, target, invoices);
    if (invoice === undefined || record.currency === undefined) continue;
    checkCurrency(
      at.at('amount').at('currency'),
      record.currency,
      invoice.currency,
      `the invoice ${JSON.stringify(invoice.id)}`,
    );
  }
  for (const { at, account, record } of [...facts.disputes, ...facts.promises, ...facts.unbooked]) {
    for (const target of targetsOf(record.record)) {
      const invoice = checkTarget(at, account, target, invoices);
      if (invoice !== undefined) {
        checkCurrency(
          at.at('amount').at('currency'),
          record.currency,
          invoice.currency,
          `the invoice ${JSON.stringify(invoice.id)}`,
        );
      }
    }
  }
}

/** The invoices that a record names. */
export function targetsOf({
  invoice,
  instalment,
  invoices = [],
}: {
  readonly invoice?: string | undefined;
  readonly instalment?: string | undefined;
  readonly invoices?: readonly string[] | undefined;
}): readonly Pick<Allocation, 'invoice' | 'instalment'>[] {
  const several = invoices.map((one) => ({ invoice: one }));
  return invoice === undefined ? several : [{ invoice, instalment }, ...several];
}

function checkDuplicates(facts: ReadFacts): void {
  const ids = (
    kind: string,
    entries: readonly Entry<unknown>[],
    idOf: (at: Cursor) => string | undefined,
  ): void => {
    const first = new Map<string, Cursor>();
    for (const { at, account } of entries) {
      const id = idOf(at);
      if (id === undefined || account === '') continue;
      const key = keyOf(account, id);
      const before = first.get(key);
      if (before === undefined) first.set(key, at);
      else
        at.at('id').report(
          'duplicate_id',
          `${before.path} is the same ${kind}; hand over each once, as it is now`,
        );
    }
  };
  const own = (at: Cursor): string | undefined => at.at('id').text();
  ids('account', facts.accounts, own);
  ids('invoice', facts.invoices, own);
  ids('payment', facts.payments, own);
  ids('refund', facts.refunds, own);
  ids('credit note', facts.credits, own);
  ids('hold', facts.holds, own);
  ids('dispute', facts.disputes, own);
  ids('promise', facts.promises, own);
  ids('unbooked payment', facts.unbooked, own);
  ids('reply', facts.replies, own);
  ids('payment plan', facts.plans, own);
  ids('source', facts.sources, own);
}

function checkParts({ at, record }: Entry<Invoice>, account: Account | undefined): void {
  if (account === undefined) return;
  const branch = account.branches?.find((one) => one.id === record.branch);
  if (record.branch !== undefined && branch === undefined) {
    at.at('branch').report(
      'unknown_reference',
      `the account ${JSON.stringify(account.id)} has no such branch`,
    );
  }
  const contacts = [...account.contacts, ...(branch?.contacts ?? [])];
  if (record.contact === undefined || contacts.some((contact) => contact.id === record.contact)) return;
  at.at('contact').report(
    'unknown_reference',
    `the account ${JSON.stringify(account.id)} has no such contact`,
  );
}

/** The invoice that is meant, if it came in the same call. */
function checkTarget(
  at: Cursor,
  account: string,
  target: Pick<Allocation, 'invoice' | 'instalment'>,
  invoices: ReadonlyMap<string, Invoice>,
): Invoice | undefined {
  const found = invoices.get(keyOf(account, target.invoice));
  if (found === undefined) return undefined;
  if (target.instalment !== undefined && !found.instalments.some((one) => one.id === target.instalment)) {
    at.at('instalment').report(
      'unknown_reference',
      `the invoice ${JSON.stringify(found.id)} has no such instalment`,
    );
  }
  return found;
}

// Ids may repeat among accounts: many systems number per customer.
function keyOf(account: string, id: string): string {
  return JSON.stringify([account, id]);
}
