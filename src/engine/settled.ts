import { type Item, isDebt } from '../ledger/items.js';
import type { Engine } from './compile.js';
import { reaches } from './exchange.js';
import type { AccountView } from './view.js';

/** Why an item is not owed any more, or never was; undefined while it is. */
export function settledReason(engine: Engine, view: AccountView, item: Item): string | undefined {
  const { status, type } = item.invoice;
  if (status !== 'open') return status;
  // What we owe ourselves is no receivable.
  if (type === 'payable') return 'payable';
  // Its payment plan owes it instead, and gives it back when it is broken.
  if (item.blocks.length > 0 && item.blocks.some((block) => block.kind === 'plan')) return undefined;
  if (item.outstanding <= 0) return howSettled(item);
  // Booked fees alone are owed and shown, but carry no case.
  if (!isDebt(item)) return 'charges';
  return isTolerated(engine, view, item.outstanding, item.invoice.currency) ? 'tolerance' : undefined;
}

/**
 * Whether an amount is so small that it counts as settled for dunning:
 * strictly below the tolerance of its currency. A currency without one is not
 * tolerated, unless the plan converts and has a rate to a currency that has.
 */
export function isTolerated(engine: Engine, view: AccountView, amount: number, currency: string): boolean {
  const { tolerance, currencies } = engine;
  const own = tolerance.get(currency);
  if (own !== undefined) return amount < own;
  if (currencies.otherCurrency !== 'convert') return false;
  return reaches(currencies, tolerance, amount, currency, view.on) === false;
}

/** Only what was paid at least in part counts as paid, and earns thanks. */
function howSettled(item: Item): string {
  if (item.paid > 0) return 'paid';
  if (item.credited > 0) return 'credited';
  if (item.invoice.writtenOff > 0) return 'written-off';
  return item.original < 0 ? 'negative' : 'zero';
}

/** Closings after which the debt is still there: what was done stays done. */
const keeping = new Set([
  'unassigned',
  'reassigned',
  'replaced',
  'out_of_scope',
  'carrier_settled',
  'restarted',
  'counted_anew',
  'cleared',
  'reset',
  'moved',
]);

/** Whether a case closed because nothing was owed any more. */
export function closedBySettlement(reason: string): boolean {
  return !keeping.has(reason);
}
