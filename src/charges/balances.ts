import { formatDay, parseDay } from '../calendar/index.js';
import { addMinor } from '../money/index.js';
import type { DatedBalance } from './charge.js';

/** Before this day nothing is dated. */
const ever = '1900-01-01';

/**
 * What was owed of an item on each day, worked out backwards from what is owed
 * now and what settled the rest. The day on which money came still bears
 * interest on it; the balance falls on the day after.
 *
 * @param outstanding what is owed now, minor units
 * @param settled payments and credits with their dates, in any order; refunds below zero
 * @example
 * balancesOf(70000, [{ date: '2026-02-01', amount: 30000 }]);
 * // [{ from: '1900-01-01', amount: 100000 }, { from: '2026-02-02', amount: 70000 }]
 * @throws RecobroError `invalid_amount`, `invalid_date`
 */
export function balancesOf(
  outstanding: number,
  settled: readonly { readonly date: string; readonly amount: number }[],
): DatedBalance[] {
  const byDay = new Map<string, number>();
  for (const { date, amount } of settled) {
    const from = formatDay(parseDay(date) + 1);
    byDay.set(from, addMinor(byDay.get(from) ?? 0, amount));
  }
  let owed = settled.reduce((sum, { amount }) => addMinor(sum, amount), outstanding);
  const balances: DatedBalance[] = [{ from: ever, amount: owed }];
  for (const [from, amount] of [...byDay].sort(([a], [b]) => (a < b ? -1 : 1))) {
    owed = addMinor(owed, -amount);
    balances.push({ from, amount: owed });
  }
  return balances;
}
