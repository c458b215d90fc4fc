import { addMonths, type Day, parseDay } from '../calendar/index.js';
import type { CreditNote, Invoice } from '../ledger/types.js';
import { addMinor } from '../money/index.js';

/** What {@link trailingRevenue} needs of an invoice. */
export type RevenueInvoice = Pick<
  Invoice,
  'status' | 'type' | 'currency' | 'total' | 'issued' | 'writtenOff' | 'charges'
>;

/** What {@link trailingRevenue} needs of a credit note. */
export type RevenueCredit = Pick<CreditNote, 'state' | 'currency' | 'amount' | 'date'>;

/**
 * What an account was invoiced in the months up to a day, in minor units by
 * currency: totals of open and settled invoices by day of issue, less what was
 * written off of them and what they hold of charges for reminders, less
 * finalised credit notes by their own date. Drafts, payables, void, deleted
 * and written-off invoices bring nothing. A credit note for an older invoice
 * can take a sum below zero.
 *
 * @param asOf last day that counts; with 12 months, 2026-03-31 looks back to 2025-04-01
 * @throws RecobroError `invalid_amount` when a sum goes beyond ±(2^53−1)
 */
export function trailingRevenue(
  invoices: Iterable<RevenueInvoice>,
  credits: Iterable<RevenueCredit>,
  asOf: Day,
  months = 12,
): ReadonlyMap<string, number> {
  const after = addMonths(asOf, -months);
  const counts = (date: string): boolean => {
    const day = parseDay(date);
    return day > after && day <= asOf;
  };
  const sums = new Map<string, number>();
  const add = (currency: string, minor: number): void => {
    sums.set(currency, addMinor(sums.get(currency) ?? 0, minor));
  };
  for (const invoice of invoices) {
    if (invoice.status !== 'open' || invoice.type === 'payable' || !counts(invoice.issued)) continue;
    add(invoice.currency, invoice.total);
    add(invoice.currency, -invoice.writtenOff);
    for (const charge of invoice.charges ?? []) add(invoice.currency, -charge.amount);
  }
  for (const credit of credits) {
    if (credit.state === 'finalised' && counts(credit.date)) add(credit.currency, -credit.amount);
  }
  return sums;
}
