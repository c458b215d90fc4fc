import { type Day, parseDay } from '../calendar/index.js';
import { chargesOf } from './charges.js';
import type { AccountFile } from './file.js';
import { movementsOf, refundsOf } from './movements.js';
import { byId, byText } from './order.js';
import type { Allocation, Invoice } from './types.js';

/** What a payment or credit note put to an invoice, or what a refund took back from it. */
export interface Line {
  readonly instalment: string | undefined;
  /** Below zero: a refund. */
  readonly amount: number;
  readonly bookedAt: number;
  readonly date: string;
  readonly credit: boolean;
}

/** What is owed of an invoice or instalment, and what settled the rest. */
export interface Settlement {
  /** Below zero when overpaid. */
  readonly outstanding: number;
  /** Paid, by payments or by what a pushed balance says. */
  readonly paid: number;
  readonly credited: number;
  /** Day of the latest payment that went to it. */
  readonly paidOn: Day | undefined;
}

/** Money on its way to what it settles, or back from there (below zero). `date` is missing where only a pushed balance tells of it. */
export interface Piece {
  readonly instalment: string | undefined;
  readonly amount: number;
  readonly kind: 'payment' | 'credit' | 'write-off';
  readonly date: string | undefined;
}

const noLines: readonly Line[] = [];
const nothing: Settlement = { outstanding: 0, paid: 0, credited: 0, paidOn: undefined };

/** Payments, refunds and credits by invoice; undefined when there are none at all. */
export function linesOf(file: AccountFile): ReadonlyMap<string, readonly Line[]> | undefined {
  if (file.payments.size === 0 && file.credits.size === 0 && file.refunds.size === 0) return undefined;
  const lines = new Map<string, Line[]>();
  const refunds = file.refunds.size === 0 ? undefined : refundsOf(file);
  for (const payment of file.payments.values()) {
    if (payment.state !== 'booked') continue;
    const own = refunds?.get(payment.id);
    if (own === undefined && payment.refunded === undefined) {
      for (const to of payment.allocations) put(lines, file, to, to.amount, payment, false);
    } else {
      const { currency } = payment;
      for (const { to, amount, bookedAt, date } of movementsOf(payment, own ?? []).moved)
        put(lines, file, to, amount, { currency, bookedAt, date }, false);
    }
  }
  for (const refund of refunds?.get(undefined) ?? []) {
    for (const to of refund.allocations) put(lines, file, to, -to.amount, refund, false);
  }
  if (file.credits.size > 0) {
    for (const credit of file.credits.values()) {
      if (credit.state !== 'finalised') continue;
      for (const to of credit.allocations) put(lines, file, to, to.amount, credit, true);
    }
  }
  // By date and content, so that the order in which facts were told changes nothing.
  for (const list of lines.values()) if (list.length > 1) list.sort(inOrder);
  return lines;
}

/** What a record puts to an invoice. */
function put(
  lines: Map<string, Line[]>,
  file: AccountFile,
  to: Allocation,
  amount: number,
  record: { readonly currency: string; readonly bookedAt: number; readonly date: string },
  credit: boolean,
): void {
  // Never one currency's amount on another's invoice; `sync` refuses such records where it sees both.
  const invoice = file.invoices.get(to.invoice);
  if (invoice === undefined || invoice.currency !== record.currency) return;
  const { bookedAt, date } = record;
  const one: Line = { instalment: to.instalment, amount, bookedAt, date, credit };
  const list = lines.get(to.invoice);
  if (list === undefined) lines.set(to.invoice, [one]);
  else list.push(one);
}

function inOrder(a: Line, b: Line): number {
  return (
    byText(a.date, b.date) ||
    Number(a.credit) - Number(b.credit) ||
    byText(a.instalment ?? '', b.instalment ?? '') ||
    b.amount - a.amount ||
    a.bookedAt - b.bookedAt
  );
}

/** Whether something may be owed on an invoice at all: it is open, and it is not we who owe it. */
export function isReceivable({ status, type }: Invoice): boolean {
  return status === 'open' && type !== 'payable';
}

/** What is owed of an invoice where nothing but its own amount says so, as of most; undefined where anything else plays a part. */
export function untouched(invoice: Invoice, lines: readonly Line[] | undefined): number | undefined {
  const { balance, total, writtenOff } = invoice;
  if (lines !== undefined || balance !== undefined || writtenOff !== 0 || !isReceivable(invoice))
    return undefined;
  return total - chargesOf(invoice).waived;
}

/** An invoice as a whole. */
export function settlementOf(invoice: Invoice, lines: readonly Line[] = noLines): Settlement {
  if (!isReceivable(invoice)) return nothing;
  const { balance, total, writtenOff } = invoice;
  if (balance === undefined && writtenOff === 0 && lines.every(isReceipt))
    return paidInFullOrPart(total - chargesOf(invoice).waived, lines);
  const { pieces, surcharge } = piecesOf(invoice, lines);
  const waived = balance === undefined ? chargesOf(invoice).waived : 0;
  const share = new Share(total + surcharge - waived);
  for (const piece of pieces) if (piece.amount > 0) share.take(piece, piece.amount);
  for (const piece of pieces) if (piece.amount < 0) share.giveBack(-piece.amount);
  return share;
}

function isReceipt({ amount }: Line): boolean {
  return amount > 0;
}

/** Money that came in and never went back, which is all there is to most invoices. Lines stand by date. */
function paidInFullOrPart(owed: number, lines: readonly Line[]): Settlement {
  let paid = 0;
  let credited = 0;
  let last: string | undefined;
  for (const { amount, credit, date } of lines) {
    if (credit) credited += amount;
    else {
      paid += amount;
      last = date;
    }
  }
  const paidOn = last === undefined ? undefined : parseDay(last);
  return { outstanding: owed - paid - credited, paid, credited, paidOn };
}

/**
 * Each instalment of an invoice, earliest due first. Money that names an
 * instalment goes there; the rest, and what is too much for the one named, to
 * the earliest due. Together they owe what the invoice owes.
 */
export function settlementByInstalment(
  invoice: Invoice,
  lines: readonly Line[] = noLines,
): ReadonlyMap<string, Settlement> {
  const parts = [...invoice.instalments].sort((a, b) => byText(a.due, b.due) || byId(a, b));
  if (!isReceivable(invoice)) return new Map(parts.map((part) => [part.id, nothing]));
  const { pieces, surcharge } = piecesOf(invoice, lines);
  const shares = new Map(
    parts.map((part) => {
      const waived = invoice.balance === undefined ? chargesOf(invoice, part).waived : 0;
      return [part.id, new Share(part.amount - waived)] as const;
    }),
  );
  const pool: Piece[] = [];
  for (const piece of pieces) {
    if (piece.amount <= 0) continue;
    const share = piece.instalment === undefined ? undefined : shares.get(piece.instalment);
    const left = piece.amount - (share?.take(piece) ?? 0);
    if (left > 0) pool.push({ ...piece, amount: left });
  }
  // Paid beyond the whole invoice: a refund gives that back first.
  let surplus = 0;
  for (const piece of pool) {
    let left = piece.amount;
    for (const share of shares.values()) left -= share.take({ ...piece, amount: left });
    if (piece.kind === 'payment') surplus += left;
  }
  const latestFirst = [...shares.values()].reverse();
  for (const piece of pieces) {
    if (piece.amount >= 0) continue;
    const spare = Math.min(surplus, -piece.amount);
    surplus -= spare;
    let left = -piece.amount - spare;
    const named = piece.instalment === undefined ? undefined : shares.get(piece.instalment);
    left -= named?.giveBack(left) ?? 0;
    for (const share of latestFirst) left -= share.giveBack(left);
  }
  const [first] = shares.values();
  if (first !== undefined) first.outstanding += surcharge;
  return shares;
}

/** One settlement under way. */
export class Share implements Settlement {
  outstanding: number;
  paid = 0;
  credited = 0;
  paidOn: Day | undefined;

  constructor(amount: number) {
    this.outstanding = amount;
  }

  /** Takes what it needs of a piece, or the amount given. */
  take(piece: Piece, amount: number = Math.min(piece.amount, Math.max(this.outstanding, 0))): number {
    if (amount <= 0) return 0;
    this.outstanding -= amount;
    if (piece.kind === 'credit') this.credited += amount;
    if (piece.kind === 'payment') {
      this.paid += amount;
      const day = piece.date === undefined ? undefined : parseDay(piece.date);
      if (day !== undefined && (this.paidOn === undefined || day > this.paidOn)) this.paidOn = day;
    }
    return amount;
  }

  /** Money that was paid and went back; at most what was paid. */
  giveBack(amount: number): number {
    const back = Math.min(amount, this.paid);
    this.outstanding += back;
    this.paid -= back;
    if (this.paid === 0) this.paidOn = undefined;
    return back;
  }
}

/**
 * What settles an invoice. A pushed balance replaces everything booked up to
 * its `asOf`; what is known of that time only says where the money went. A
 * balance above the total is a surcharge.
 */
function piecesOf(invoice: Invoice, lines: readonly Line[]): { pieces: readonly Piece[]; surcharge: number } {
  const { balance, total } = invoice;
  const writeOff: Piece = {
    instalment: undefined,
    amount: invoice.writtenOff,
    kind: 'write-off',
    date: undefined,
  };
  if (balance === undefined) return { pieces: [writeOff, ...lines.map(pieceOf)], surcharge: 0 };
  const before = lines.filter((line) => line.bookedAt <= balance.asOf && line.amount > 0).map(pieceOf);
  const after = lines.filter((line) => line.bookedAt > balance.asOf).map(pieceOf);
  const pieces: Piece[] = [];
  let left = Math.max(total - balance.amount, 0);
  const put = (piece: Piece): void => {
    const amount = Math.min(piece.amount, left);
    left -= amount;
    if (amount > 0) pieces.push({ ...piece, amount });
  };
  for (const piece of before) if (piece.instalment !== undefined) put(piece);
  for (const piece of before) if (piece.instalment === undefined) put(piece);
  put(writeOff);
  put({ instalment: undefined, amount: left, kind: 'payment', date: undefined });
  return { pieces: [...pieces, ...after], surcharge: Math.max(balance.amount - total, 0) };
}

function pieceOf({ instalment, amount, date, credit }: Line): Piece {
  return { instalment, amount, date, kind: credit ? 'credit' : 'payment' };
}
