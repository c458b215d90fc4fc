import { type Day, parseDay } from '../calendar/index.js';
import { type Block, takeBlocks } from './blocks.js';
import type { AccountFile } from './file.js';
import { type Line, linesOf, type Settlement, settlementByInstalment, settlementOf } from './settlement.js';
import type { Instalment, Invoice } from './types.js';

/**
 * What can be dunned: an invoice without instalments, or one instalment, with
 * the only two amounts there are. `outstanding` is what is owed; `dunnable`
 * what may be chased today, never below zero.
 */
export interface Item extends Settlement {
  /** Invoice id, or `invoice~instalment`. */
  readonly id: string;
  readonly invoice: Invoice;
  readonly instalment: Instalment | undefined;
  readonly due: Day | undefined;
  readonly original: number;
  dunnable: number;
  readonly blocks: Block[];
}

/**
 * All items of a file with their amounts on a local day, oldest due first,
 * ties by id; items without a due date last.
 *
 * `outstanding` = total − applied payments − finalised credits − written off;
 * a pushed balance replaces everything booked up to its `asOf`.
 * `dunnable` = outstanding − disputed − promised − held − unapplied money.
 */
export function itemsOf(file: AccountFile, today: Day): Item[] {
  const lines = linesOf(file);
  const items: Item[] = [];
  for (const invoice of file.invoices.values()) {
    const own = lines?.get(invoice.id);
    if (invoice.instalments.length === 0) items.push(wholeInvoice(invoice, own));
    else items.push(...byInstalment(invoice, own));
  }
  items.sort(byAge);
  takeBlocks(file, items, today, lines);
  return items;
}

/** The due date as text, where there is one. */
export function dueOf({ instalment, invoice }: Item): { readonly due?: string } {
  const due = instalment === undefined ? invoice.due : instalment.due;
  return due === undefined ? {} : { due };
}

/** Total order of items: due date, then id. */
export function byAge(a: Item, b: Item): number {
  const x = a.due ?? Number.MAX_SAFE_INTEGER;
  const y = b.due ?? Number.MAX_SAFE_INTEGER;
  if (x !== y) return x - y;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

function wholeInvoice(invoice: Invoice, lines: readonly Line[] | undefined): Item {
  const { id, due, total } = invoice;
  return itemOf(id, invoice, undefined, due, total, settlementOf(invoice, lines));
}

function byInstalment(invoice: Invoice, lines: readonly Line[] | undefined): Item[] {
  const settled = settlementByInstalment(invoice, lines);
  return invoice.instalments.flatMap((part) => {
    const settlement = settled.get(part.id);
    if (settlement === undefined) return [];
    return [itemOf(`${invoice.id}~${part.id}`, invoice, part, part.due, part.amount, settlement)];
  });
}

function itemOf(
  id: string,
  invoice: Invoice,
  instalment: Instalment | undefined,
  due: string | undefined,
  original: number,
  { outstanding, paid, credited, paidOn }: Settlement,
): Item {
  return {
    id,
    invoice,
    instalment,
    due: due === undefined ? undefined : parseDay(due),
    original,
    outstanding,
    paid,
    credited,
    paidOn,
    dunnable: Math.max(outstanding, 0),
    blocks: [],
  };
}
