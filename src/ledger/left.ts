import { parseDay } from '../calendar/index.js';
import type { AccountFile, Case, InterestSoFar, MovedItem, PromiseOutcome } from './file.js';
import { invoiceOfSubject } from './subject.js';
import type {
  CreditNote,
  Dispute,
  Hold,
  Invoice,
  Payment,
  PaymentPlan,
  PaymentPromise,
  Refund,
  Reply,
  UnbookedPayment,
} from './types.js';

/**
 * What leaves the working file once it is over, and what the file keeps of it.
 * Invoices and payment plans take their cases, moves and interest along, and
 * promises how they ended. See docs/closed-items.md.
 */

/** Records that can leave, by kind. */
interface Leaving {
  readonly invoice: Invoice;
  readonly plan: PaymentPlan;
  readonly promise: PaymentPromise;
  readonly payment: Payment;
  readonly refund: Refund;
  readonly credit: CreditNote;
  readonly hold: Hold;
  readonly dispute: Dispute;
  readonly unbooked: UnbookedPayment;
  readonly reply: Reply;
}

export type LeftKind = keyof Leaving;

/** The part of a file in which records of a kind stand. */
export const placeOfKind = {
  invoice: 'invoices',
  plan: 'plans',
  promise: 'promises',
  payment: 'payments',
  refund: 'refunds',
  credit: 'credits',
  hold: 'holds',
  dispute: 'disputes',
  unbooked: 'unbooked',
  reply: 'replies',
} as const satisfies Readonly<Record<LeftKind, keyof AccountFile>>;

/** In the order in which events name them. */
export const leftKinds = Object.keys(placeOfKind) as readonly LeftKind[];

/** Days of an item that was paid: issued, due (`null` where it had no due date), paid. */
export type PaidDays = readonly [issued: string, due: string | null, paid: string];

/** A record that leaves. */
export interface LeavingRecord {
  readonly kind: LeftKind;
  readonly id: string;
  /** Of an invoice or plan: its items that were paid. */
  readonly paid?: readonly PaidDays[] | undefined;
}

/** A record that left, whole. */
export interface LeftRecord extends LeavingRecord {
  readonly record: Leaving[LeftKind];
  /** Cases of its items, by subject. */
  readonly cases?: readonly (readonly [subject: string, cases: readonly Case[]])[] | undefined;
  readonly moved?: readonly MovedItem[] | undefined;
  readonly charged?: readonly InterestSoFar[] | undefined;
  /** Of a promise. */
  readonly kept?: PromiseOutcome | undefined;
}

/** What a file keeps of records that left it. */
export interface LeftStatistics {
  /** How many records are out. */
  readonly records: number;
  /** Of paid items with a due date: how many, how many of them late, and the days from issue to payment of all of them. */
  readonly paid: { readonly count: number; readonly late: number; readonly days: number };
  /** The last paid items, newest first; {@link latestKept} at most. */
  readonly latest: readonly PaidDays[];
  readonly promises: { readonly kept: number; readonly partly: number; readonly broken: number };
  /** Invoices that are out and that payments, refunds or credits of the file still name; by id. */
  readonly partly: readonly string[];
  /** The latest day of issue of an invoice, or day of a credit note, that ever left: what looks back no further need not ask. */
  readonly newest: string;
  /** The highest number of a hold called `h1`, `h2`, … so that none is called so again. */
  readonly hold: number;
}

/** Paid items of which the days stay known. More than any scorer looks back on by default, with room for some that come back. */
export const latestKept = 100;

const nothing: LeftStatistics = {
  records: 0,
  paid: { count: 0, late: 0, days: 0 },
  latest: [],
  promises: { kept: 0, partly: 0, broken: 0 },
  partly: [],
  newest: '',
  hold: 0,
};

/** Id of a record among those that left: `invoice/F1`. */
export function leftKey(kind: LeftKind, id: string): string {
  return `${kind}/${id}`;
}

/** A record of a file, by kind and id. */
export function recordIn(file: AccountFile, kind: LeftKind, id: string): Leaving[LeftKind] | undefined {
  return file[placeOfKind[kind]].get(id);
}

/** Key of the invoice or plan with which an item or the subject of a case goes; undefined for a group. */
export function ownerOf(subject: string): string | undefined {
  const invoice = invoiceOfSubject(subject);
  if (invoice !== undefined) return leftKey('invoice', invoice);
  if (!subject.startsWith(planPrefix)) return undefined;
  return leftKey('plan', subject.slice(planPrefix.length, subject.lastIndexOf('~')));
}

const planPrefix = '~plan:';

/** Invoices that a record names. */
export function namedBy(record: Leaving[LeftKind]): readonly string[] {
  if ('allocations' in record) return record.allocations.map(({ invoice }) => invoice);
  if ('invoices' in record && record.invoices !== undefined) return record.invoices;
  return 'invoice' in record && record.invoice !== undefined ? [record.invoice] : [];
}

/** Records of a file as they leave, each with what goes along. Those that the file does not have are left out. */
export function leftRecords(file: AccountFile, leaving: readonly LeavingRecord[]): readonly LeftRecord[] {
  const cases = Map.groupBy(file.cases, ([subject]) => ownerOf(subject));
  const moved = Map.groupBy(file.moved.values(), ({ id }) => ownerOf(id));
  const charged = Map.groupBy(file.charged.values(), ({ id }) => ownerOf(id));
  return leaving.flatMap(({ kind, id, paid }): LeftRecord[] => {
    const record = recordIn(file, kind, id);
    if (record === undefined) return [];
    const key = leftKey(kind, id);
    const along = {
      paid,
      cases: cases.get(key),
      moved: moved.get(key),
      charged: charged.get(key),
      kept: kind === 'promise' ? file.kept.get(id) : undefined,
    };
    const present = Object.entries(along).filter(([, value]) => value !== undefined);
    return [{ kind, id, record, ...Object.fromEntries(present) }];
  });
}

/** By invoice id: keys of the records of a file that name it; refunds count where their payment does, too. */
export function namingInvoices(file: AccountFile): ReadonlyMap<string, readonly string[]> {
  const naming = new Map<string, string[]>();
  const add = (invoice: string, key: string): void => {
    const known = naming.get(invoice);
    if (known === undefined) naming.set(invoice, [key]);
    else if (known.at(-1) !== key) known.push(key);
  };
  for (const kind of leftKinds) {
    if (kind === 'invoice') continue;
    for (const [id, record] of file[placeOfKind[kind]]) {
      const key = leftKey(kind, id);
      for (const invoice of namedBy(record)) add(invoice, key);
      const payment = kind === 'refund' ? file.refunds.get(id)?.payment : undefined;
      const given = payment === undefined ? undefined : file.payments.get(payment);
      for (const { invoice } of given?.allocations ?? []) add(invoice, key);
    }
  }
  return naming;
}

interface Change {
  readonly paid: readonly PaidDays[];
  readonly outcome?: PromiseOutcome['outcome'] | undefined;
  readonly hold?: string | undefined;
  readonly date?: string | undefined;
}

/** Counts records in that leave (`1`), or out that come back (`-1`). */
export function counted(
  known: LeftStatistics | undefined,
  changes: readonly Change[],
  sign: 1 | -1,
): LeftStatistics {
  const before = known ?? nothing;
  const paid = { ...before.paid };
  const promises = { ...before.promises };
  let { latest, newest, hold } = before;
  const fresh: PaidDays[] = [];
  for (const change of changes) {
    for (const days of change.paid) {
      const [issued, due, on] = days;
      fresh.push(days);
      if (due === null) continue;
      paid.count += sign;
      if (on > due) paid.late += sign;
      paid.days += sign * daysBetween(issued, on);
    }
    const { outcome, date = '' } = change;
    if (date > newest) newest = date;
    if (outcome !== undefined && outcome !== 'cancelled') promises[outcome] += sign;
    const number = /^h(\d{1,15})$/.exec(change.hold ?? '')?.[1];
    if (number !== undefined) hold = Math.max(hold, Number(number));
  }
  latest = sign === 1 ? lastOf([...latest, ...fresh]) : without(latest, fresh);
  return {
    records: before.records + sign * changes.length,
    paid,
    latest,
    promises,
    partly: before.partly,
    newest,
    hold,
  };
}

function lastOf(all: PaidDays[]): readonly PaidDays[] {
  return all.sort(newestFirst).slice(0, latestKept);
}

/** By day of payment; ties by due date and issue, as everywhere where the last paid items count. */
function newestFirst(a: PaidDays, b: PaidDays): number {
  return compare(b[2], a[2]) || compare(b[1] ?? '', a[1] ?? '') || compare(b[0], a[0]);
}

function without(all: readonly PaidDays[], gone: readonly PaidDays[]): readonly PaidDays[] {
  const left = [...all];
  for (const days of gone) {
    const at = left.findIndex((one) => newestFirst(one, days) === 0);
    if (at >= 0) left.splice(at, 1);
  }
  return left;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function daysBetween(from: string, to: string): number {
  return parseDay(to) - parseDay(from);
}
