import type { AccountFile } from './file.js';
import { byText } from './order.js';
import type { Allocation, Payment, Refund } from './types.js';

/** Money that a payment put somewhere, or that a refund took back from there (below zero). */
export interface Movement {
  readonly to: Allocation;
  readonly amount: number;
  readonly bookedAt: number;
  readonly date: string;
}

/** What became of the money of a payment. */
export interface Movements {
  readonly moved: readonly Movement[];
  /** Put to no invoice, and not given back. */
  readonly free: number;
}

/** Refunds that count, by the payment that they give back; those of no payment under `undefined`. */
export function refundsOf(file: AccountFile): ReadonlyMap<string | undefined, readonly Refund[]> {
  const booked = [...file.refunds.values()].filter((refund) => refund.state === 'booked');
  booked.sort((a, b) => byText(a.date, b.date) || byText(a.id, b.id));
  return Map.groupBy(booked, (refund) => refund.payment);
}

/**
 * Where the money of a booked payment is. A refund that names invoices takes it
 * from there; the rest comes out of what was put to no invoice, then out of the
 * allocations from the last to the first. No more is given back than came in.
 */
export function movementsOf(payment: Payment, refunds: readonly Refund[]): Movements {
  const { amount, bookedAt, date, currency } = payment;
  const left = payment.allocations.map((one) => one.amount);
  const moved: Movement[] = payment.allocations.map((to) => ({ to, amount: to.amount, bookedAt, date }));
  let free = amount - sum(left);
  let inHand = amount;
  const takeBack = (most: number, back: Pick<Refund, 'allocations' | 'bookedAt' | 'date'>): void => {
    let rest = Math.min(most, inHand);
    inHand -= rest;
    const from = (index: number, limit: number): void => {
      const to = payment.allocations[index];
      const used = Math.min(left[index] ?? 0, limit, rest);
      if (to === undefined || used <= 0) return;
      left[index] = (left[index] ?? 0) - used;
      rest -= used;
      moved.push({ to, amount: -used, bookedAt: back.bookedAt, date: back.date });
    };
    for (const named of back.allocations) {
      let limit = named.amount;
      payment.allocations.forEach((to, index) => {
        if (to.invoice !== named.invoice) return;
        if (named.instalment !== undefined && to.instalment !== named.instalment) return;
        const before = rest;
        from(index, limit);
        limit -= before - rest;
      });
    }
    const unapplied = Math.min(free, rest);
    free -= unapplied;
    rest -= unapplied;
    for (let index = left.length - 1; index >= 0; index--) from(index, rest);
  };
  let told = 0;
  for (const refund of refunds) {
    if (refund.currency !== currency) continue;
    told += refund.amount;
    takeBack(refund.amount, refund);
  }
  const more = (payment.refunded ?? 0) - told;
  if (more > 0) takeBack(more, { allocations: [], bookedAt, date });
  return { moved, free: Math.max(free, 0) };
}

/** Money received that is put to no invoice, or that a refund took from there (below zero). */
export interface FreeMoney {
  readonly currency: string;
  readonly amount: number;
  readonly date: string;
}

/** Money received that is put to no invoice, by the day of its payment. */
export function freeMoney(file: AccountFile): FreeMoney[] {
  const refunds = refundsOf(file);
  const free: FreeMoney[] = [];
  for (const payment of file.payments.values()) {
    if (payment.state !== 'booked') continue;
    const { currency, date } = payment;
    const amount = movementsOf(payment, refunds.get(payment.id) ?? []).free;
    if (amount > 0) free.push({ currency, amount, date });
  }
  for (const { currency, amount, allocations, date } of refunds.get(undefined) ?? []) {
    const rest = amount - sum(allocations.map((one) => one.amount));
    if (rest > 0) free.push({ currency, amount: -rest, date });
  }
  return free.sort((a, b) => byText(a.date, b.date) || b.amount - a.amount);
}

/**
 * Money received or credited that is put to no invoice, by currency.
 *
 * @example unappliedOf(file).get('MXN') // 12000
 */
export function unappliedOf(file: AccountFile): ReadonlyMap<string, number> {
  const isFree = mayBeFree(file);
  if (!isFree && file.credits.size === 0) return nothing;
  const free = new Map<string, number>();
  const add = (currency: string, amount: number): void => {
    free.set(currency, (free.get(currency) ?? 0) + amount);
  };
  if (isFree) for (const { currency, amount } of freeMoney(file)) add(currency, amount);
  for (const credit of file.credits.values()) {
    if (credit.state !== 'finalised') continue;
    const rest = credit.amount - sum(credit.allocations.map((one) => one.amount));
    if (rest > 0) add(credit.currency, rest);
  }
  return free.size === 0 ? free : new Map([...free].filter(([, amount]) => amount > 0));
}

const nothing: ReadonlyMap<string, number> = new Map();

/** Most payments are put to invoices whole: then nothing is reckoned further. */
function mayBeFree({ payments, refunds }: AccountFile): boolean {
  if (refunds.size > 0) return true;
  for (const { state, amount, allocations } of payments.values()) {
    if (state !== 'booked') continue;
    let rest = amount;
    for (const one of allocations) rest -= one.amount;
    if (rest > 0) return true;
  }
  return false;
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}
