import { lastPaid, type PaidItem } from './history.js';

/** How much history a typical delay is taken from. */
export interface TypicalOptions {
  /** Only the last so many paid items, by day of payment. Default 12. */
  readonly last?: number | undefined;
  /** With fewer paid items nothing is typical. Default 3. */
  readonly minimum?: number | undefined;
}

/** Paid items looked back on, unless told otherwise. */
export const typicalWindow = 12;

/** Fewer paid items than this are a thin history. */
export const thinHistory = 3;

/**
 * Days from issue to the last payment that are typical of an account: the
 * median over its last paid items, which one forgotten invoice does not move.
 * Undefined for a thin history: never 0.
 *
 * @example typicalDaysToPay(paidItems(itemsOf(file, today))) // 34
 */
export function typicalDaysToPay(
  paid: readonly PaidItem[],
  options: TypicalOptions = {},
): number | undefined {
  return typical(paid, options, ({ issued, paidOn }) => paidOn - issued);
}

/**
 * Days past due at which an account typically pays: 0 on the due date,
 * negative before. The median as in {@link typicalDaysToPay}, over items with
 * a due date. "Remind only after the customer's usual delay" compares an
 * item's days past due with this.
 *
 * @example typicalDaysLate(paid) // 4: pays on the fourth day after the due date
 */
export function typicalDaysLate(paid: readonly PaidItem[], options: TypicalOptions = {}): number | undefined {
  const withDue = paid.filter(({ due }) => due !== undefined);
  return typical(withDue, options, ({ due, paidOn }) => paidOn - (due ?? paidOn));
}

/**
 * The middle of an odd number of values; of an even number the mean of the two
 * middle ones, a half rounded up (to the later day). Undefined for none.
 */
export function median(values: readonly number[]): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted[sorted.length >> 1];
  const lower = sorted[(sorted.length - 1) >> 1];
  if (upper === undefined || lower === undefined) return undefined;
  // Math.ceil of a half below zero is −0.
  return Math.ceil((lower + upper) / 2) + 0;
}

function typical(
  paid: readonly PaidItem[],
  { last = typicalWindow, minimum = thinHistory }: TypicalOptions,
  days: (item: PaidItem) => number,
): number | undefined {
  const items = lastPaid(paid, last);
  return items.length < minimum ? undefined : median(items.map(days));
}
