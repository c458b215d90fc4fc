import { matches } from './block.js';
import type { Item } from './items.js';
import { namedBy } from './left.js';
import type { Dispute } from './types.js';

/** The items that a dispute is about, in the order given. */
export function disputedItems(
  dispute: Dispute,
  items: readonly Item[],
  invoices: readonly string[] = namedBy(dispute),
): readonly Item[] {
  return items.filter((item) => invoices.some((one) => matches(item, one, dispute.instalment)));
}
