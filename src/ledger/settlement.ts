import { type Day, parseDay } from '../calendar/index.js';
import type { AccountFile } from './file.js';
import type { Allocation, CreditNote, Invoice, Payment } from './types.js';

/** What a payment or credit note put to an invoice. */
export interface Line {
  readonly instalment: string | undefined;
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

/** Money on its way to what it settles. `date` is missing where only a pushed balance tells of it. */
interface Piece {
  readonly instalment: string | undefined;
  readonly amount: number;
  readonly kind: 'payment' | 'credit' | 'write-off';
  readonly date: string | undefined;
}

const noLines: readonly Line[] = [];
const nothing: Settlement = { outstanding: 0, paid: 0, credited: 0, paidOn: undefined };

/** Payments and credits by invoice; undefined when there are none at all. */
export function linesOf(file: AccountFile): ReadonlyMap<string, readonly Line[]> | undefined {
  if (file.payments.size === 0 && file.credits.size === 0) return undefined;
  const lines = new Map<string, Line[]>();
  const put = (
    one: Allocation,
    { currency, bookedAt, date }: Payment | CreditNote,
    credit: boolean,
  ): void => {
    // Never one currency's amount on another's invoice; `sync` refuses such records where it sees both.
    const invoice = file.invoices.get(one.invoice);
    if (invoice === undefined || invoice.currency !== currency) return;
    const line: Line = { instalment: one.instalment, amount: one.amount, bookedAt, date, credit };
    const list = lines.get(one.invoice);
    if (list === undefined) lines.set(one.invoice, [line]);
    else list.push(line);
  };
  for (const payment of file.payments.values()) {
    if (payment.state !== 'booked') continue;
    for (const one of payment.allocations) put(one, payment, false);
  }
  for (const credit of file.credits.values()) {
    if (credit.state !== 'finalised') continue;
    for (const one of credit.allocations) put(one, credit, true);
  }
  // By date, so that the order in which facts were told changes nothing.
  for (const list of lines.values()) if (list.length > 1) list.sort(byDate);
  return lines;
}

function byDate(a: Line, b: Line): number {
  if (a.date !== b.date) return a.date < b.date ? -1 : 1;
  return Number(a.credit) - Number(b.credit);
}

/** An invoice as a whole. */
export function settlementOf(invoice: Invoice, lines: readonly Line[] = noLines): Settlement {
  if (invoice.status !== 'open') return nothing;
  const { balance, total, writtenOff } = invoice;
  if (lines.length === 0 && balance === undefined && writtenOff === 0)
    return { outstanding: total, paid: 0, credited: 0, paidOn: undefined };
  const { pieces, surcharge } = piecesOf(invoice, lines);
  const share = new Share(total + surcharge);
  for (const piece of pieces) share.take(piece, piece.amount);
  return share;
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
  const parts = [...invoice.instalments].sort((a, b) =>
    a.due < b.due ? -1 : a.due > b.due ? 1 : a.id < b.id ? -1 : 1,
  );
  if (invoice.status !== 'open') return new Map(parts.map((part) => [part.id, nothing]));
  const { pieces, surcharge } = piecesOf(invoice, lines);
  const shares = new Map(parts.map((part) => [part.id, new Share(part.amount)]));
  const pool: Piece[] = [];
  for (const piece of pieces) {
    const share = piece.instalment === undefined ? undefined : shares.get(piece.instalment);
    const left = piece.amount - (share?.take(piece) ?? 0);
    if (left > 0) pool.push({ ...piece, amount: left });
  }
  for (const piece of pool) {
    let left = piece.amount;
    for (const share of shares.values()) left -= share.take({ ...piece, amount: left });
  }
  const [first] = shares.values();
  if (first !== undefined) first.outstanding += surcharge;
  return shares;
}

/** One settlement under way. */
class Share implements Settlement {
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
  const before = lines.filter((line) => line.bookedAt <= balance.asOf).map(pieceOf);
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
