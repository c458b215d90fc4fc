import type { Day } from '../calendar/index.js';
import { matches, take } from './block.js';
import { disputedItems } from './disputes.js';
import type { AccountFile } from './file.js';
import type { Item } from './items.js';
import { namedBy } from './left.js';
import { byId } from './order.js';
import { isOver, lastDayOf, type Pause, pausesOf, staleSource } from './pauses.js';
import { lastPromiseDay, paidTowards, promisedAmount, promisedItems } from './promises.js';
import type { LedgerRules } from './rules.js';
import type { Line } from './settlement.js';
import { creditOf } from './surplus.js';
import type { Dispute } from './types.js';

/** When and by which rules blocks are taken. */
export interface BlockTime {
  readonly today: Day;
  readonly rules: LedgerRules;
  /** The instant, for the age of sources. Absent: sources play no part. */
  readonly now: number | undefined;
}

/**
 * Takes out of `dunnable` what may not be chased today, oldest item first, in
 * this order, so that it is the same whatever came in first: what a payment
 * plan replaces (done when items are made), disputes, promises, holds, unbooked
 * payments, replies, sources that are not fresh, money put to no invoice. Of
 * one kind records go by id, pauses by their last day, the longest first. An
 * amount is taken once: what one block has taken the next does not find.
 */
export function takeBlocks(
  file: AccountFile,
  items: readonly Item[],
  time: BlockTime,
  lines: ReadonlyMap<string, readonly Line[]> | undefined,
): void {
  const { today, rules, now } = time;
  if (file.disputes.size > 0) takeDisputes(file, items, rules, lines);
  if (file.promises.size > 0) takePromises(file, items, time, lines);
  if (file.holds.size > 0 || file.unbooked.size > 0 || file.replies.size > 0) {
    const pauses = pausesOf(file, rules).filter((pause) => !isOver(pause, today) && today >= pause.from);
    for (const kind of ['hold', 'unbooked', 'reply'] as const) takePauses(items, pauses, kind);
  }
  if (rules.sources.length > 0 && now !== undefined) {
    const stale = staleSource(file, rules, now);
    if (stale !== undefined) take(items, undefined, { kind: 'source', id: stale, reason: stale });
  }
  if (rules.unapplied !== 'ignore') takeUnapplied(file, items, time, lines);
}

function takeDisputes(
  file: AccountFile,
  items: readonly Item[],
  rules: LedgerRules,
  lines: ReadonlyMap<string, readonly Line[]> | undefined,
): void {
  for (const dispute of [...file.disputes.values()].sort(byId)) {
    if (dispute.state === 'rejected') continue;
    const own = disputedItems(dispute, items);
    if (dispute.state === 'accepted') {
      takeAccepted(file, own, dispute, lines);
      continue;
    }
    const amount = rules.dispute === 'part' ? understood(dispute, own) : undefined;
    const reached = rules.dispute === 'account' ? items : own;
    take(reached, amount, { kind: 'dispute', id: dispute.id, reason: dispute.reason });
  }
}

/**
 * What was accepted leaves as a credit: until the credit note is known it is
 * not chased. A pushed balance says itself what is left.
 */
function takeAccepted(
  file: AccountFile,
  items: readonly Item[],
  dispute: Dispute,
  lines: ReadonlyMap<string, readonly Line[]> | undefined,
): void {
  const credited = (invoice: string): number => {
    let sum = 0;
    for (const { credit, date, amount, instalment } of lines?.get(invoice) ?? []) {
      const elsewhere =
        dispute.instalment !== undefined && instalment !== undefined && instalment !== dispute.instalment;
      if (credit && date >= dispute.opened && !elsewhere) sum += amount;
    }
    return sum;
  };
  const names = namedBy(dispute).filter((id) => file.invoices.get(id)?.balance === undefined);
  const amount = understood(dispute, items);
  // Where all was meant, an invoice that has its credit note is done with.
  const waiting = amount === undefined ? names.filter((id) => credited(id) === 0) : names;
  const left = amount === undefined ? undefined : names.reduce((rest, id) => rest - credited(id), amount);
  take(disputedItems(dispute, items, waiting), left, {
    kind: 'dispute',
    id: dispute.id,
    reason: dispute.reason,
  });
}

/** The amount that is meant; all of it where the record speaks of another currency. */
function understood(
  { currency, amount }: Pick<Dispute, 'currency' | 'amount'>,
  items: readonly Item[],
): number | undefined {
  const foreign = items.some((item) => currency !== undefined && item.invoice.currency !== currency);
  return foreign ? undefined : amount;
}

/** A promise counts until the end of its last local day plus grace; what was paid since it was made no longer does. */
function takePromises(
  file: AccountFile,
  items: readonly Item[],
  { today, rules }: BlockTime,
  lines: ReadonlyMap<string, readonly Line[]> | undefined,
): void {
  const running = [...file.promises.values()].filter(
    (promise) => promise.state === 'active' && today <= lastPromiseDay(promise, rules),
  );
  if (running.length === 0) return;
  const paid = paidTowards(file, items, rules, lines);
  for (const promise of running.sort(byId)) {
    const own = promisedItems(promise, items);
    const promised = promisedAmount(promise, own);
    const amount = promised === undefined ? undefined : promised - (paid.get(promise.id) ?? 0);
    const until = lastPromiseDay(promise, rules);
    take(own, amount, { kind: 'promise', id: promise.id, reason: 'promise', until });
  }
}

/** The one that lasts longest first: it is the one that says until when nothing is chased. */
function takePauses(items: readonly Item[], pauses: readonly Pause[], kind: Pause['kind']): void {
  const own = pauses.filter((pause) => pause.kind === kind);
  own.sort((a, b) => lastDayOf(b) - lastDayOf(a) || byId(a, b));
  for (const pause of own) {
    const { id, reason, until, invoice, instalment, currency } = pause;
    const named = items.filter((item) => matches(item, invoice, instalment));
    // Part of an account is part of what it owes in that currency.
    const meant =
      invoice === undefined && currency !== undefined
        ? named.filter((item) => item.invoice.currency === currency)
        : named;
    take(meant, understood(pause, meant), { kind, id, reason, until });
  }
}

/** Lowers what may be chased, oldest first; settles nothing. */
function takeUnapplied(
  file: AccountFile,
  items: readonly Item[],
  { today, rules }: BlockTime,
  lines: ReadonlyMap<string, readonly Line[]> | undefined,
): void {
  for (const [currency, amount] of creditOf(file, lines, items)) {
    const own = items.filter((item) => item.invoice.currency === currency);
    const block = { kind: 'unapplied', reason: 'unapplied' } as const;
    if (rules.unapplied === 'reduce') {
      take(own, amount, block);
      continue;
    }
    const overdue = own.filter((item) => item.due !== undefined && today > item.due);
    if (overdue.reduce((sum, item) => sum + item.dunnable, 0) <= amount) take(overdue, undefined, block);
  }
}
