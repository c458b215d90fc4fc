import type { AccountFile, Case } from 'recobro/engine';
import type { Invoice } from '../../src/ledger/types.js';
import {
  type Currency,
  keyFrom,
  keyLateBelow,
  type Limits,
  ladders,
  minorOf,
  type SegmentName,
  slowLateFrom,
  slowPaidFrom,
} from '../work.js';

/** What hand-written loops share: sums over the stored records, and which ladder an account climbs. */

/** An open invoice as a loop sees it. */
export interface OpenInvoice {
  readonly invoice: Invoice;
  readonly cases: readonly Case[];
  readonly outstanding: number;
}

/** An account as a loop sees it. */
export interface Summary {
  readonly open: readonly OpenInvoice[];
  readonly owed: Limits;
  readonly segment: SegmentName;
  /** Invoices settled by payment. */
  readonly paid: number;
  /** Percentage of paid invoices that were paid late; undefined without any. */
  readonly shareLate: number | undefined;
}

const noCases: readonly Case[] = [];
const keyMinor = minorOf(keyFrom);

/** Adds up what was paid, what is owed, and how the account has paid so far. */
export function summaryOf(file: AccountFile): Summary {
  const paidBy = new Map<string, { amount: number; date: string }>();
  for (const { state, allocations, date } of file.payments.values()) {
    if (state !== 'booked') continue;
    for (const { invoice, amount } of allocations) {
      const known = paidBy.get(invoice);
      if (known === undefined) paidBy.set(invoice, { amount, date });
      else {
        known.amount += amount;
        if (date > known.date) known.date = date;
      }
    }
  }
  const open: OpenInvoice[] = [];
  const owed = { MXN: 0, USD: 0 };
  let paid = 0;
  let late = 0;
  for (const invoice of file.invoices.values()) {
    const { id, status, currency, total, writtenOff, due } = invoice;
    if (status !== 'open') continue;
    const settled = paidBy.get(id);
    const outstanding = total - writtenOff - (settled?.amount ?? 0);
    if (outstanding > 0) {
      open.push({ invoice, cases: file.cases.get(id) ?? noCases, outstanding });
      if (isCurrency(currency)) owed[currency] += outstanding;
    } else if (settled !== undefined && due !== undefined) {
      paid++;
      // Dates as text are in order.
      if (settled.date > due) late++;
    }
  }
  const shareLate = paid === 0 ? undefined : (100 * late) / paid;
  return { open, owed, segment: segmentOf(owed, shareLate, paid), paid, shareLate };
}

function isCurrency(text: string): text is Currency {
  return text === 'MXN' || text === 'USD';
}

function segmentOf(owed: Limits, shareLate: number | undefined, paid: number): SegmentName {
  if (shareLate === undefined) return 'regular';
  const much = owed.MXN >= keyMinor.MXN || owed.USD >= keyMinor.USD;
  if (much && shareLate < keyLateBelow) return 'key';
  return shareLate >= slowLateFrom && paid >= slowPaidFrom ? 'slow' : 'regular';
}

/** A rung with its limits in minor units. */
export interface HandRung {
  readonly id: string;
  readonly days: number;
  readonly least: Limits | undefined;
  readonly late: number | undefined;
}

export const handLadders: Readonly<Record<SegmentName, readonly HandRung[]>> = {
  key: handLadder('key'),
  slow: handLadder('slow'),
  regular: handLadder('regular'),
};

function handLadder(segment: SegmentName): readonly HandRung[] {
  return ladders[segment].map(({ id, days, least, late }) => ({
    id,
    days,
    least: least && minorOf(least),
    late,
  }));
}

/** Index of the last stage that was sent for an invoice; −1 for none. */
export function lastSent(cases: readonly Case[], ladder: readonly { readonly id: string }[]): number {
  let last = -1;
  for (const { marks } of cases) {
    for (const { stage, state } of marks) {
      if (state !== 'done') continue;
      for (let index = ladder.length - 1; index > last; index--)
        if (ladder[index]?.id === stage) last = index;
    }
  }
  return last;
}

/** Index of the stage that is to act after the last one sent, given the days past due; −1 for none. */
export function stageFor(
  ladder: readonly HandRung[],
  last: number,
  daysPastDue: number,
  outstanding: number,
  currency: string,
  shareLate: number | undefined,
): number {
  for (let index = ladder.length - 1; index > last; index--) {
    const { days, least, late } = ladder[index]!;
    if (daysPastDue < days || (days < 0 && daysPastDue > 0)) continue;
    if (least !== undefined && !(isCurrency(currency) && outstanding >= least[currency])) continue;
    if (late !== undefined && !(shareLate !== undefined && shareLate >= late)) continue;
    return index;
  }
  return -1;
}

/** What a loop makes of an invoice that is to be acted on. */
export interface SmallDecision {
  readonly invoice: string;
  readonly stage: string;
  readonly outstanding: number;
  readonly currency: string;
  readonly daysPastDue: number;
}
