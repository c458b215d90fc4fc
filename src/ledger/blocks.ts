import { type Day, parseDay } from '../calendar/index.js';
import type { AccountFile } from './file.js';
import type { Item } from './items.js';
import type { Line } from './settlement.js';
import type { Allocation, Dispute, Hold, PaymentPromise } from './types.js';

/** Why an item, or part of it, is not chased today. */
export interface Block {
  readonly kind: 'hold' | 'dispute' | 'promise' | 'unapplied';
  /** Id of the record; absent for unapplied money. */
  readonly id?: string | undefined;
  /** Reason code of the record. */
  readonly reason: string;
  readonly amount: number;
  /** Last blocked day, where known. */
  readonly until?: Day | undefined;
}

/** Takes out of `dunnable` what is disputed, promised, held, or covered by money put to no invoice. Items come oldest first. */
export function takeBlocks(
  file: AccountFile,
  items: readonly Item[],
  today: Day,
  lines: ReadonlyMap<string, readonly Line[]> | undefined,
): void {
  if (file.disputes.size > 0) takeDisputes(file, items);
  if (file.promises.size > 0) takePromises(file, items, today, lines);
  if (file.holds.size > 0) takeHolds(file, items, today);
  if (lines !== undefined) takeUnapplied(file, items);
}

/** The first day after `today` on which a hold begins or a hold or promise is over. */
export function nextBlockChange(file: AccountFile, today: Day): Day | undefined {
  let next: Day | undefined;
  const offer = (day: Day | undefined): void => {
    if (day !== undefined && day > today && (next === undefined || day < next)) next = day;
  };
  for (const hold of file.holds.values()) {
    if (hold.released) continue;
    const last = lastDayOf(hold);
    offer(parseDay(hold.from));
    if (last !== undefined) offer(last + 1);
  }
  for (const promise of file.promises.values()) {
    if (promise.state === 'active') offer(lastPromiseDay(promise) + 1);
  }
  return next;
}

/** Money received or credited that is put to no invoice, by currency. */
export function unappliedOf(file: AccountFile): ReadonlyMap<string, number> {
  const free = new Map<string, number>();
  const add = (currency: string, amount: number, allocations: readonly Allocation[]): void => {
    let rest = amount;
    for (const one of allocations) rest -= one.amount;
    if (rest > 0) free.set(currency, (free.get(currency) ?? 0) + rest);
  };
  for (const payment of file.payments.values()) {
    if (payment.state === 'booked') add(payment.currency, payment.amount, payment.allocations);
  }
  for (const credit of file.credits.values()) {
    if (credit.state === 'finalised') add(credit.currency, credit.amount, credit.allocations);
  }
  return free;
}

function matches(item: Item, invoice: string | undefined, instalment: string | undefined): boolean {
  if (invoice !== undefined && item.invoice.id !== invoice) return false;
  return instalment === undefined || item.instalment?.id === instalment;
}

/** Takes `amount` (all, if undefined) out of the matching items, oldest first. */
function take(items: readonly Item[], amount: number | undefined, block: Omit<Block, 'amount'>): void {
  let left = amount ?? Number.MAX_SAFE_INTEGER;
  for (const item of items) {
    if (left <= 0) return;
    const used = Math.min(item.dunnable, left);
    if (used <= 0) continue;
    item.dunnable -= used;
    left -= used;
    item.blocks.push({ ...block, amount: used });
  }
}

/** The amount that is blocked; all of it where the record speaks of another currency. */
function understood(record: Dispute | PaymentPromise, items: readonly Item[]): number | undefined {
  const foreign = items.some(
    (item) => record.currency !== undefined && item.invoice.currency !== record.currency,
  );
  return foreign ? undefined : record.amount;
}

function takeDisputes(file: AccountFile, items: readonly Item[]): void {
  for (const dispute of [...file.disputes.values()].sort(byId)) {
    if (dispute.state !== 'open') continue;
    const own = items.filter((item) => matches(item, dispute.invoice, dispute.instalment));
    take(own, understood(dispute, own), { kind: 'dispute', id: dispute.id, reason: dispute.reason });
  }
}

function lastPromiseDay(promise: PaymentPromise): Day {
  return parseDay(promise.date) + promise.graceDays;
}

/** A promise counts until the end of its last local day plus grace; what was paid since it was made no longer does. */
function takePromises(
  file: AccountFile,
  items: readonly Item[],
  today: Day,
  lines: ReadonlyMap<string, readonly Line[]> | undefined,
): void {
  for (const promise of [...file.promises.values()].sort(byId)) {
    if (promise.state !== 'active') continue;
    const until = lastPromiseDay(promise);
    if (today > until) continue;
    const own = items.filter((item) => matches(item, promise.invoice, promise.instalment));
    let amount = understood(promise, own);
    if (amount !== undefined) {
      for (const line of lines?.get(promise.invoice) ?? []) {
        const elsewhere = promise.instalment !== undefined && line.instalment !== undefined;
        if (line.credit || line.date < promise.made) continue;
        if (!elsewhere || line.instalment === promise.instalment) amount -= line.amount;
      }
    }
    take(own, amount, { kind: 'promise', id: promise.id, reason: 'promise', until });
  }
}

function lastDayOf(hold: Hold): Day | undefined {
  return hold.until === undefined ? undefined : parseDay(hold.until);
}

function takeHolds(file: AccountFile, items: readonly Item[], today: Day): void {
  const running = [...file.holds.values()]
    .map((hold) => ({ hold, until: lastDayOf(hold) }))
    .filter(
      ({ hold, until }) =>
        !hold.released && today >= parseDay(hold.from) && (until === undefined || today <= until),
    );
  // The one that lasts longest first: it is the one that says until when nothing is chased.
  const end = (until: Day | undefined): number => until ?? Number.MAX_SAFE_INTEGER;
  running.sort((a, b) => end(b.until) - end(a.until) || byId(a.hold, b.hold));
  for (const { hold, until } of running) {
    const own = items.filter((item) => matches(item, hold.invoice, hold.instalment));
    take(own, undefined, { kind: 'hold', id: hold.id, reason: hold.reason, until });
  }
}

/** Lowers what may be chased, oldest first; settles nothing. */
function takeUnapplied(file: AccountFile, items: readonly Item[]): void {
  for (const [currency, amount] of unappliedOf(file)) {
    const own = items.filter((item) => item.invoice.currency === currency);
    take(own, amount, { kind: 'unapplied', reason: 'unapplied' });
  }
}

function byId(a: { readonly id: string }, b: { readonly id: string }): number {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
