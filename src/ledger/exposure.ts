import { type Day, parseDay } from '../calendar/index.js';
import type { AccountFile } from './file.js';
import type { Item } from './items.js';
import type { LedgerRules } from './rules.js';
import type { ExposureBucket } from './types.js';

/**
 * What is at risk with an account, in minor units of the currency of its credit
 * line; other currencies play no part. A head office and its branches are one
 * file, so they share one line. Nothing is counted twice: what is owed stands
 * in one of `open`, `overdue` and `returned`.
 */
export interface Exposure extends Readonly<Record<ExposureBucket, number>> {
  readonly currency: string;
  readonly total: number;
  /** Own limit and what an insurer covers, together. Absent where neither is set. */
  readonly limit?: number | undefined;
  /** What of the total no insurer covers. */
  readonly uninsured: number;
  /** The total is above the limit, or a bucket above its own. */
  readonly over: boolean;
}

const buckets: readonly ExposureBucket[] = ['draft', 'open', 'overdue', 'returned'];

/**
 * Exposure of an account on a day; undefined without a credit line.
 *
 * - `draft`: totals of invoices that are not issued yet.
 * - `returned`: what is owed on invoices as far as payments to them came back
 *   within the plan's days.
 * - `overdue`: what else is owed on items beyond the plan's margin past due.
 * - `open`: what else is owed.
 */
export function exposureOf(
  file: AccountFile,
  items: readonly Item[],
  today: Day,
  { credit: rules }: LedgerRules,
): Exposure | undefined {
  const line = file.account?.credit;
  if (line === undefined) return undefined;
  const { currency } = line;
  const sums = { draft: 0, open: 0, overdue: 0, returned: 0 };
  for (const { status, type, total, currency: own } of file.invoices.values()) {
    if (status === 'draft' && type !== 'payable' && own === currency) sums.draft += Math.max(total, 0);
  }
  const returned = returnedTo(file, currency, today - rules.returnedDays);
  for (const item of items) {
    if (item.invoice.currency !== currency || item.outstanding <= 0) continue;
    const back = Math.min(takeBack(returned, item), item.outstanding);
    sums.returned += back;
    const late = item.due !== undefined && today - item.due > rules.marginDays;
    sums[late ? 'overdue' : 'open'] += item.outstanding - back;
  }
  const total = buckets.reduce((sum, bucket) => sum + sums[bucket], 0);
  const { limit, insured } = line;
  const both = limit === undefined && insured === undefined ? undefined : (limit ?? 0) + (insured ?? 0);
  const overBucket = buckets.some((bucket) => sums[bucket] > (line.buckets?.[bucket] ?? Number.MAX_VALUE));
  return {
    currency,
    ...sums,
    total,
    ...(both === undefined ? {} : { limit: both }),
    uninsured: Math.max(total - (insured ?? 0), 0),
    over: overBucket || (both !== undefined && total > both),
  };
}

/** Payments that came back since a day, by the invoice that they were put to. */
function returnedTo(file: AccountFile, currency: string, since: Day): Map<string, number> {
  const sums = new Map<string, number>();
  for (const payment of file.payments.values()) {
    if (payment.state !== 'reversed' || payment.currency !== currency) continue;
    if (parseDay(payment.reversedOn ?? payment.date) < since) continue;
    for (const { invoice, amount } of payment.allocations)
      sums.set(invoice, (sums.get(invoice) ?? 0) + amount);
  }
  return sums;
}

/** What came back of an item's invoices, which no other item then counts. */
function takeBack(returned: Map<string, number>, item: Item): number {
  if (returned.size === 0) return 0;
  let left = item.outstanding;
  for (const invoice of item.plan?.invoices ?? [item.invoice.id]) {
    const known = returned.get(invoice) ?? 0;
    const used = Math.min(known, left);
    returned.set(invoice, known - used);
    left -= used;
  }
  return item.outstanding - left;
}
