import type { AccountFile } from './file.js';
import type { Item } from './items.js';
import { unappliedOf } from './movements.js';
import { type Line, linesOf, settlementOf } from './settlement.js';

/**
 * Money and credits that settle nothing, by currency: put to no invoice, or put
 * to one beyond what it owes. Hosts write a payment of 130 for an invoice of
 * 100 either way. What is put to invoices of a payment plan is the plan's.
 *
 * @param items of the file, where they are known: what is not paid beyond need not be settled again
 *
 * @example creditOf(file).get('MXN') // 3000
 */
export function creditOf(
  file: AccountFile,
  lines: ReadonlyMap<string, readonly Line[]> | undefined = linesOf(file),
  items?: readonly Item[],
): ReadonlyMap<string, number> {
  if (items !== undefined && file.plans.size === 0 && !items.some(mayBeOverpaid)) return unappliedOf(file);
  const credit = new Map(unappliedOf(file));
  for (const invoice of file.invoices.values()) {
    const own = lines?.get(invoice.id);
    if (own === undefined && invoice.balance === undefined) continue;
    const { outstanding, paid, credited } = settlementOf(invoice, own);
    // A document below zero from the start is no money.
    const beyond = Math.min(-outstanding, paid + credited);
    if (beyond <= 0 || isPlanned(file, invoice.id)) continue;
    credit.set(invoice.currency, (credit.get(invoice.currency) ?? 0) + beyond);
  }
  return credit;
}

/** What is paid beyond an invoice with instalments shows on none of them. */
function mayBeOverpaid({ outstanding, instalment }: Item): boolean {
  return outstanding < 0 || instalment !== undefined;
}

function isPlanned({ plans }: AccountFile, invoice: string): boolean {
  for (const { state, invoices } of plans.values())
    if (state === 'active' && invoices.includes(invoice)) return true;
  return false;
}
