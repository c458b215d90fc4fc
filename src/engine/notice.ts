import type { AccountFile } from '../ledger/file.js';
import type { Item } from '../ledger/items.js';
import type { Act, ActItem } from './acts.js';
import type { Engine } from './compile.js';
import { viewOf } from './look.js';
import { settledReason } from './settled.js';

/** What is left of what a message listed. Amounts are minor units. */
export interface NoticeStatus {
  readonly act: string;
  /** Every listed amount is settled, whatever else is still open of its invoices. */
  readonly resolved: boolean;
  /** In the order of the message. */
  readonly items: readonly {
    readonly item: string;
    readonly currency: string;
    /** What the message asked for. */
    readonly asked: number;
    /** What is still open of that. */
    readonly open: number;
  }[];
}

/**
 * Whether a message with its items is resolved: every one of them, not the last
 * alone, as far as it was asked for. What was disputed, promised or held then,
 * and what was added to the invoice since, is no part of it. Pure.
 *
 * @param act as it was planned, from the outbox
 * @example noticeOf(engine, file, act, now).resolved // true
 */
export function noticeOf(
  engine: Engine,
  file: AccountFile,
  act: Pick<Act, 'id' | 'items'>,
  now: number,
): NoticeStatus {
  const view = viewOf(engine, file, now);
  const known = new Map(view.items.map((item) => [item.id, item]));
  const items = act.items.map((listed) => {
    const { item, currency, dunnable: asked } = listed;
    const today = known.get(item);
    const gone = today !== undefined && settledReason(engine, view, today) !== undefined;
    return { item, currency, asked, open: gone ? 0 : openOf(listed, today) };
  });
  return { act: act.id, resolved: items.every(({ open }) => open === 0), items };
}

/** An item that is not known any more, or whose place a payment plan takes, has not been settled by that. */
function openOf(listed: ActItem, today: Item | undefined): number {
  const { outstanding, paid, dunnable: asked } = listed;
  if (today === undefined || today.blocks.some(({ kind }) => kind === 'plan')) return asked;
  const paidSince = today.paid - paid;
  // What was credited settles first what had not been asked for: a dispute that was accepted.
  const creditedSince = outstanding - today.outstanding - paidSince;
  const beyond = Math.max(creditedSince - (outstanding - asked), 0);
  return Math.max(0, Math.min(asked, asked - paidSince - beyond, today.outstanding));
}
