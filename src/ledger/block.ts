import type { Day } from '../calendar/index.js';
import type { Item } from './items.js';

/**
 * What keeps an item back. `plan`: its payment plan takes its place. `unbooked`:
 * money that was seen or reported. `source`: facts that are missing, failed or
 * too old; its `id` and `reason` name the source.
 */
export type BlockKind =
  | 'plan'
  | 'dispute'
  | 'promise'
  | 'hold'
  | 'unbooked'
  | 'reply'
  | 'source'
  | 'unapplied';

/** Why an item, or part of it, is not chased today. */
export interface Block {
  readonly kind: BlockKind;
  /** Id of the record; absent for unapplied money. */
  readonly id?: string | undefined;
  /** Reason code of the record. */
  readonly reason: string;
  readonly amount: number;
  /** Last blocked day, where known. */
  readonly until?: Day | undefined;
}

/** The block that keeps most back, which is why the whole is not chased; of equals the first. */
export function mainBlock(blocks: readonly Block[]): Block | undefined {
  let main: Block | undefined;
  for (const block of blocks) if (main === undefined || block.amount > main.amount) main = block;
  return main;
}

/** Whether a record that names an invoice, an instalment, or neither speaks of an item. What speaks of an invoice under a payment plan speaks of the plan. */
export function matches(item: Item, invoice: string | undefined, instalment: string | undefined): boolean {
  if (invoice === undefined) return true;
  if (item.plan !== undefined) return item.plan.invoices.includes(invoice);
  if (item.invoice.id !== invoice) return false;
  return instalment === undefined || item.instalment?.id === instalment;
}

/** Takes `amount` (all, if undefined) out of what may be chased of these items, oldest first. */
export function take(items: readonly Item[], amount: number | undefined, block: Omit<Block, 'amount'>): void {
  let left = amount ?? Number.MAX_SAFE_INTEGER;
  for (const item of items) {
    if (left <= 0) return;
    const used = Math.min(item.dunnable, left);
    if (used <= 0) continue;
    item.dunnable -= used;
    left -= used;
    item.blocks = [...item.blocks, { ...block, amount: used }];
  }
}
