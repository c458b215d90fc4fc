import { type Day, parseDay } from '../calendar/index.js';
import type { Block } from './block.js';
import { takeBlocks } from './blocks.js';
import { chargesOf } from './charges.js';
import type { AccountFile } from './file.js';
import { noEntries } from './lean.js';
import { byText } from './order.js';
import { withPlans } from './plans.js';
import { defaultLedgerRules, type LedgerRules } from './rules.js';
import {
  type Line,
  linesOf,
  type Settlement,
  settlementByInstalment,
  settlementOf,
  untouched,
} from './settlement.js';
import type { Instalment, Invoice, PaymentPlan } from './types.js';

/**
 * What can be dunned: an invoice without instalments, one instalment, or one
 * instalment of a payment plan, with the only two amounts there are.
 * `outstanding` is what is owed; `dunnable` what may be chased today, never
 * below zero.
 */
export interface Item extends Settlement {
  /** Invoice id, `invoice~instalment`, or `~plan:p1~1` of a payment plan. */
  readonly id: string;
  /** Of a payment plan: its first invoice with the instalment's number, amount and due date in place of its own. */
  readonly invoice: Invoice;
  readonly instalment: Instalment | undefined;
  /** The payment plan whose instalment it is. */
  readonly plan: PaymentPlan | undefined;
  /** Id of the payment plan that covers it: what the plan covers is owed by its instalments instead. */
  readonly replacedBy: string | undefined;
  readonly due: Day | undefined;
  /** Its amount when it was issued, without charges booked later. */
  readonly original: number;
  /** The part of `outstanding` that is booked fees: no anchor, count, threshold or fee base. */
  readonly charges: number;
  dunnable: number;
  /** Most items have none, and share one empty list. */
  blocks: readonly Block[];
}

/**
 * All items of a file with their amounts on a local day, oldest due first,
 * ties by id; items without a due date last.
 *
 * `outstanding` = total − waived charges − applied payments − finalised credits
 * − written off + what was given back; a pushed balance replaces everything
 * booked up to its `asOf`. What a payment plan covers is owed by its instalments.
 * `dunnable` = outstanding − disputed − promised − held − unapplied money, as
 * far as the rules say so.
 *
 * @param now the instant, where the age of required sources is to count
 */
export function itemsOf(
  file: AccountFile,
  today: Day,
  rules: LedgerRules = defaultLedgerRules,
  now?: number,
): Item[] {
  const lines = linesOf(file);
  let items: Item[] = [];
  for (const invoice of file.invoices.values()) {
    const own = lines?.get(invoice.id);
    if (invoice.instalments.length === 0) items.push(wholeInvoice(invoice, own));
    else items.push(...byInstalment(invoice, own));
  }
  sortByAge(items);
  if (file.plans.size > 0) items = withPlans(file, items, lines).sort(byAge);
  takeBlocks(file, items, { today, rules, now }, lines);
  return items;
}

/** What may be chased of an item without booked fees: what counts for thresholds and as a fee base. The debt is paid first. */
export function chargeFree({ dunnable, charges }: Pick<Item, 'dunnable' | 'charges'>): number {
  return charges === 0 ? dunnable : Math.max(dunnable - charges, 0);
}

/** Whether anything but booked fees is owed: such a rest has no anchor and is not chased by itself. */
export function isDebt({ outstanding, charges }: Pick<Item, 'outstanding' | 'charges'>): boolean {
  return outstanding > charges;
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
  return byText(a.id, b.id);
}

/** In place; few items, or nearly sorted ones, are quicker sorted by inserting than by `sort`. */
function sortByAge(items: Item[]): void {
  if (items.length > 32) {
    items.sort(byAge);
    return;
  }
  for (let next = 1; next < items.length; next++) {
    const item = items[next]!;
    let at = next;
    for (; at > 0 && byAge(items[at - 1]!, item) > 0; at--) items[at] = items[at - 1]!;
    items[at] = item;
  }
}

function wholeInvoice(invoice: Invoice, lines: readonly Line[] | undefined): Item {
  const { id, due } = invoice;
  const owed = untouched(invoice, lines);
  if (owed !== undefined) return itemOf(id, invoice, undefined, due, owed, 0, 0, undefined);
  const { outstanding, paid, credited, paidOn } = settlementOf(invoice, lines);
  return itemOf(id, invoice, undefined, due, outstanding, paid, credited, paidOn);
}

function byInstalment(invoice: Invoice, lines: readonly Line[] | undefined): Item[] {
  const settled = settlementByInstalment(invoice, lines);
  return invoice.instalments.flatMap((part) => {
    const settlement = settled.get(part.id);
    if (settlement === undefined) return [];
    const { outstanding, paid, credited, paidOn } = settlement;
    const id = `${invoice.id}~${part.id}`;
    return [itemOf(id, invoice, part, part.due, outstanding, paid, credited, paidOn)];
  });
}

function itemOf(
  id: string,
  invoice: Invoice,
  instalment: Instalment | undefined,
  due: string | undefined,
  outstanding: number,
  paid: number,
  credited: number,
  paidOn: Day | undefined,
): Item {
  const booked = chargesOf(invoice, instalment);
  return {
    id,
    invoice,
    instalment,
    plan: undefined,
    replacedBy: undefined,
    due: due === undefined ? undefined : parseDay(due),
    original: (instalment ?? { amount: invoice.total }).amount - booked.owed - booked.waived,
    outstanding,
    charges: Math.min(Math.max(outstanding, 0), booked.owed),
    paid,
    credited,
    paidOn,
    dunnable: Math.max(outstanding, 0),
    blocks: noEntries,
  };
}
