import { type Day, parseDay } from '../calendar/index.js';
import type { InvoiceStatus } from '../ledger/types.js';

/** An item (invoice or instalment) that was settled by payment. */
export interface PaidItem {
  /** Day of issue of its invoice. */
  readonly issued: Day;
  /** Unknown due dates count for days to pay, never for lateness. */
  readonly due?: Day | undefined;
  /** Day of the last payment that went to it. */
  readonly paidOn: Day;
}

/**
 * How an account has paid. Counts, days and ratios, no amounts: so currencies
 * cannot mix, and one large invoice does not outweigh ten small ones.
 */
export interface PaymentHistory {
  /** In any order. */
  readonly paid: readonly PaidItem[];
  /** Promises to pay that were kept, within tolerance and grace. */
  readonly promisesKept: number;
  /** Promises that were broken, or kept only in part. */
  readonly promisesBroken: number;
  /** Days past due of the oldest item that is overdue now. Absent: nothing is overdue. */
  readonly oldestDaysPastDue?: number | undefined;
  /** Percent of the credit limit that is used, see `creditUseOf`. Absent: no limit is known. */
  readonly creditUse?: number | undefined;
}

/** What {@link paidItems} needs of an item of the ledger. */
export interface SettledItem {
  readonly invoice: { readonly issued: string; readonly status: InvoiceStatus };
  readonly due?: Day | undefined;
  readonly outstanding: number;
  readonly paidOn?: Day | undefined;
}

/**
 * The paid items among items of the ledger: nothing is outstanding and a
 * payment went to them. What was credited, written off or voided alone says
 * nothing about how somebody pays.
 *
 * @example const paid = paidItems(itemsOf(file, today));
 */
export function paidItems(items: Iterable<SettledItem>): PaidItem[] {
  const paid: PaidItem[] = [];
  for (const { invoice, due, outstanding, paidOn } of items) {
    if (outstanding > 0 || paidOn === undefined || invoice.status !== 'open') continue;
    paid.push({ issued: parseDay(invoice.issued), due, paidOn });
  }
  return paid;
}

/** The last items by day of payment, newest first; ties by due date and issue, so that the order told changes nothing. */
export function lastPaid(paid: readonly PaidItem[], count: number): readonly PaidItem[] {
  return [...paid].sort(newestFirst).slice(0, count);
}

function newestFirst(a: PaidItem, b: PaidItem): number {
  return b.paidOn - a.paidOn || dueOrNever(b) - dueOrNever(a) || b.issued - a.issued;
}

function dueOrNever({ due }: PaidItem): number {
  return due ?? Number.MIN_SAFE_INTEGER;
}

/** How a promise to pay ended. */
export interface EndedPromise {
  readonly outcome: 'kept' | 'partly' | 'broken' | 'cancelled';
}

/**
 * Promises that are over, counted. One that was kept in part counts as broken:
 * the rest had to be chased. One that was cancelled was neither.
 */
export function promiseCounts(
  promises: Iterable<EndedPromise>,
): Pick<PaymentHistory, 'promisesKept' | 'promisesBroken'> {
  let promisesKept = 0;
  let promisesBroken = 0;
  for (const { outcome } of promises) {
    if (outcome === 'kept') promisesKept++;
    else if (outcome !== 'cancelled') promisesBroken++;
  }
  return { promisesKept, promisesBroken };
}

/** Beyond ten times the limit all is one. */
const mostUse = 1000;

/**
 * How much of a credit limit is used, in whole percent rounded down, at most
 * 1000; of a limit of 0 any exposure uses 1000.
 *
 * @param exposure what is owed, in minor units of the limit's currency
 * @param limit in minor units
 * @example creditUseOf(750_000, 1_000_000) // 75
 */
export function creditUseOf(exposure: number, limit: number): number {
  if (exposure <= 0) return 0;
  if (limit <= 0) return mostUse;
  // In bigint: a hundred times an amount may be no safe integer.
  return Math.min(Number((BigInt(exposure) * 100n) / BigInt(limit)), mostUse);
}
