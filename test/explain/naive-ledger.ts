import type {
  AccountInput,
  CreditNoteInput,
  DisputeInput,
  HoldInput,
  InvoiceInput,
  LedgerFacts,
  PaymentInput,
  PromiseInput,
} from '../../src/ledger/facts.js';
import { dayOf } from './naive-days.js';

/** A second ledger, made for nothing but to check the first: the facts as the host wrote them, added up anew each time. */

/** Something with a due date of its own. */
export interface NaiveItem {
  readonly id: string;
  readonly invoice: string;
  readonly currency: string;
  readonly due: number;
  readonly status: string;
  /** In hundredths, as all amounts here. */
  readonly outstanding: number;
  readonly paid: number;
  readonly credited: number;
  dunnable: number;
  /** What keeps how much of it back, in the order in which it is taken. */
  readonly blocks: { readonly kind: string; readonly amount: number }[];
}

interface Taken {
  readonly kind: string;
  readonly items: readonly NaiveItem[];
  readonly amount: number | undefined;
}

export class NaiveLedger {
  account: AccountInput | undefined;
  readonly #invoices = new Map<string, InvoiceInput>();
  readonly #payments = new Map<string, PaymentInput>();
  readonly #credits = new Map<string, CreditNoteInput>();
  readonly #holds = new Map<string, HoldInput>();
  readonly #disputes = new Map<string, DisputeInput>();
  readonly #promises = new Map<string, PromiseInput>();
  /** What was added up last, while nothing new is told. */
  #last: { readonly day: number; readonly items: readonly NaiveItem[] } | undefined;

  learn(facts: LedgerFacts, account: string): void {
    this.#last = undefined;
    const known: readonly (keyof LedgerFacts)[] = [
      'accounts',
      'invoices',
      'payments',
      'credits',
      'holds',
      'disputes',
      'promises',
    ];
    for (const [kind, records] of Object.entries(facts)) {
      if (records.length > 0 && !known.some((name) => name === kind))
        throw new Error(`the demo tells ${kind}, which are not understood here`);
    }
    for (const one of facts.accounts ?? []) if (one.id === account) this.account = one;
    keep(this.#invoices, facts.invoices, account);
    keep(this.#payments, facts.payments, account);
    keep(this.#credits, facts.credits, account);
    keep(this.#holds, facts.holds, account);
    keep(this.#disputes, facts.disputes, account);
    keep(this.#promises, facts.promises, account);
  }

  /** All items with what is owed on them and what of it may be chased on a day, oldest first. */
  items(day: number): readonly NaiveItem[] {
    if (this.#last?.day === day) return this.#last.items;
    const items = [...this.#invoices.values()].flatMap((invoice) => this.#itemsOf(invoice));
    items.sort((a, b) => a.due - b.due || (a.id < b.id ? -1 : 1));
    for (const taken of this.#takings(items, day)) take(taken);
    this.#last = { day, items };
    return items;
  }

  #itemsOf(invoice: InvoiceInput): NaiveItem[] {
    const { id = '', total, status = 'open', due, instalments } = invoice;
    const currency = currencyOf(total);
    const parts =
      instalments === undefined
        ? [{ id, due: dayOf(due ?? ''), amount: hundredths(amountOf(total)) }]
        : instalments.map((one, index) => ({
            id: `${id}~${index + 1}`,
            due: dayOf(one.due),
            amount: hundredths(amountOf(one.amount)),
          }));
    const made = parts.map((part) => ({ ...part, paid: 0, credited: 0 }));
    const put = (amount: number, to: string | undefined, what: 'paid' | 'credited'): void => {
      let left = amount;
      // What names no instalment goes to the earliest first.
      for (const part of made) {
        if (to !== undefined && part.id !== `${id}~${to}`) continue;
        const used =
          to === undefined && made.length > 1
            ? Math.min(left, part.amount - part.paid - part.credited)
            : left;
        part[what] += used;
        left -= used;
      }
    };
    for (const payment of this.#payments.values()) {
      if (payment.state === 'reversed') continue;
      for (const one of allocationsOf(payment))
        if (one.invoice === id) put(one.amount, one.instalment, 'paid');
    }
    for (const credit of this.#credits.values())
      if (credit.invoice === id) put(hundredths(amountOf(credit.amount)), undefined, 'credited');
    return made.map((part): NaiveItem => {
      const outstanding = part.amount - part.paid - part.credited;
      const { paid, credited } = part;
      const base = { id: part.id, invoice: id, currency, due: part.due, status, outstanding, paid, credited };
      return { ...base, dunnable: Math.max(outstanding, 0), blocks: [] };
    });
  }

  /** Disputes, promises, holds, then money put to nothing. */
  *#takings(items: readonly NaiveItem[], day: number): Generator<Taken> {
    const of = (invoice: string | undefined) =>
      items.filter((item) => invoice === undefined || item.invoice === invoice);
    for (const dispute of sorted(this.#disputes)) {
      const amount = dispute.amount === undefined ? undefined : hundredths(amountOf(dispute.amount));
      const own = of(dispute.invoice);
      if (dispute.state === 'rejected') continue;
      if (dispute.state === 'accepted') {
        let credited = 0;
        for (const credit of this.#credits.values())
          if (credit.invoice === dispute.invoice && (credit.date ?? '') >= (dispute.opened ?? ''))
            credited += hundredths(amountOf(credit.amount));
        if (amount === undefined && credited > 0) continue;
        yield { kind: 'dispute', items: own, amount: amount === undefined ? undefined : amount - credited };
      } else yield { kind: 'dispute', items: own, amount };
    }
    for (const promise of sorted(this.#promises)) {
      if (promise.date === undefined || day > dayOf(promise.date)) continue;
      const amount = promise.amount === undefined ? undefined : hundredths(amountOf(promise.amount));
      let paid = 0;
      for (const payment of this.#payments.values()) {
        if (
          payment.state === 'reversed' ||
          payment.date < (promise.made ?? '') ||
          payment.date > promise.date
        )
          continue;
        for (const one of allocationsOf(payment)) if (one.invoice === promise.invoice) paid += one.amount;
      }
      yield {
        kind: 'promise',
        items: of(promise.invoice),
        amount: amount === undefined ? undefined : amount - paid,
      };
    }
    for (const hold of sorted(this.#holds)) {
      if (hold.released === true || day < dayOf(hold.from ?? '')) continue;
      if (hold.until !== undefined && day > dayOf(hold.until)) continue;
      yield { kind: 'hold', items: of(hold.invoice), amount: undefined };
    }
    for (const payment of sorted(this.#payments)) {
      if (payment.state === 'reversed') continue;
      const put = allocationsOf(payment).reduce((sum, one) => sum + one.amount, 0);
      const free = hundredths(amountOf(payment.amount)) - put;
      const currency = currencyOf(payment.amount);
      if (free > 0)
        yield { kind: 'unapplied', items: items.filter((item) => item.currency === currency), amount: free };
    }
  }
}

function take({ kind, items, amount }: Taken): void {
  let left = amount ?? Number.POSITIVE_INFINITY;
  for (const item of items) {
    const used = Math.min(item.dunnable, left);
    if (used <= 0) continue;
    item.dunnable -= used;
    left -= used;
    item.blocks.push({ kind, amount: used });
  }
}

function keep<T extends { readonly id?: string | undefined; readonly account: string }>(
  known: Map<string, T>,
  records: readonly T[] | undefined,
  account: string,
): void {
  for (const one of records ?? []) if (one.account === account) known.set(one.id ?? '', one);
}

function sorted<T>(records: ReadonlyMap<string, T>): T[] {
  return [...records].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}

function allocationsOf(payment: PaymentInput) {
  const whole = hundredths(amountOf(payment.amount));
  const listed = (payment.allocations ?? []).map(({ invoice, instalment, amount }) => ({
    invoice,
    instalment,
    amount: hundredths(amountOf(amount)),
  }));
  if (listed.length > 0 || payment.invoice === undefined) return listed;
  return [{ invoice: payment.invoice, instalment: undefined, amount: whole }];
}

function amountOf(amount: unknown): string {
  if (typeof amount === 'string') return amount;
  if (typeof amount === 'object' && amount !== null && 'amount' in amount) return String(amount.amount);
  throw new Error(`an amount that is not understood here: ${JSON.stringify(amount)}`);
}

function currencyOf(amount: unknown): string {
  if (typeof amount === 'object' && amount !== null && 'currency' in amount) return String(amount.currency);
  throw new Error(`an amount without a currency: ${JSON.stringify(amount)}`);
}

/** The demo's amounts have two decimals or none. */
function hundredths(text: string): number {
  const [whole = '', part = ''] = text.split('.');
  return Number(whole) * 100 + Number(part.padEnd(2, '0'));
}
