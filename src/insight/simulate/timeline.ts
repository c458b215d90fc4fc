import { type Day, localDay, parseDay, startOfDay } from '../../calendar/index.js';
import type { FileEvent } from '../../engine/index.js';
import type { AccountFacts } from '../../ledger/facts.js';
import { namedBy } from '../../ledger/left.js';
import type { Dispute, Invoice } from '../../ledger/types.js';

/** Facts of an account that become known on a day. */
export interface FactDay {
  readonly day: Day;
  /** Before the day's review. */
  readonly before: readonly FileEvent[];
  /** After it. */
  readonly after: readonly FileEvent[];
}

/** How facts are laid out over days. */
export interface TimelineRules {
  readonly zone: string;
  readonly from: Day;
  readonly payments: 'before' | 'after';
  readonly disputed: 'hold' | 'ignore' | 'exclude';
}

/**
 * Lays out when each fact of an account becomes known: invoices on their issue
 * date, money on its day, blocks on the day they begin. Whatever is older than
 * the period is known on its first day, before the review. A balance whose
 * `asOf` is later than the issue is told on that day and not before.
 */
export function timelineOf(facts: AccountFacts, rules: TimelineRules): FactDay[] {
  const days = new Map<Day, { day: Day; before: FileEvent[]; after: FileEvent[] }>();
  const put = (iso: Day, event: FileEvent, money: boolean): void => {
    const day = Math.max(iso, rules.from);
    let known = days.get(day);
    if (known === undefined) {
      known = { day, before: [], after: [] };
      days.set(day, known);
    }
    // Money older than the period is no payment of its first day.
    const late = money && rules.payments === 'after' && iso >= rules.from;
    (late ? known.after : known.before).push(event);
  };
  const excluded = rules.disputed === 'exclude' ? disputedInvoices(facts.disputes) : new Set<string>();
  const kept = (invoice: string | undefined): boolean => invoice === undefined || !excluded.has(invoice);

  if (facts.account !== undefined)
    put(rules.from, { type: 'account.upserted', account: facts.account }, false);
  for (const invoice of facts.invoices) {
    if (!kept(invoice.id)) continue;
    for (const { day, told, money } of invoiceDays(invoice, rules.zone))
      put(day, { type: 'invoice.upserted', invoice: told }, money);
  }
  if (rules.disputed === 'hold') {
    for (const dispute of facts.disputes)
      put(parseDay(dispute.opened), { type: 'dispute.upserted', dispute }, false);
  }
  for (const hold of facts.holds)
    if (kept(hold.invoice)) put(parseDay(hold.from), { type: 'hold.upserted', hold }, false);
  for (const promise of facts.promises)
    if (kept(promise.invoice)) put(parseDay(promise.made), { type: 'promise.upserted', promise }, false);
  const booked = <T extends { readonly date: string; readonly bookedAt: number }>(record: T): T => {
    // Told without the moment of booking: it is that of its day, so that a pushed balance can be told apart.
    const assumed = facts.assumed.get(record)?.includes('bookedAt') === true;
    return assumed ? { ...record, bookedAt: startOfDay(parseDay(record.date), rules.zone) } : record;
  };
  for (const told of facts.payments) {
    const payment = without(booked(told), kept);
    if (payment !== undefined) put(parseDay(payment.date), { type: 'payment.upserted', payment }, true);
  }
  for (const told of facts.credits) {
    const credit = without(booked(told), kept);
    if (credit !== undefined) put(parseDay(credit.date), { type: 'credit.upserted', credit }, true);
  }
  for (const told of facts.refunds) {
    const refund = booked(told);
    put(parseDay(refund.date), { type: 'refund.upserted', refund }, true);
  }
  for (const unbooked of facts.unbooked)
    if ((unbooked.invoices ?? [unbooked.invoice]).some(kept))
      put(parseDay(unbooked.on), { type: 'unbooked.upserted', unbooked }, false);
  for (const reply of facts.replies) put(parseDay(reply.on), { type: 'reply.upserted', reply }, false);
  for (const plan of facts.plans) put(parseDay(plan.made), { type: 'plan.upserted', plan }, false);
  for (const source of facts.sources)
    put(localDay(source.at, rules.zone), { type: 'source.upserted', source }, false);
  return [...days.values()].sort((a, b) => a.day - b.day);
}

function disputedInvoices(disputes: readonly Dispute[]): Set<string> {
  return new Set(disputes.filter((one) => one.state === 'open').flatMap(namedBy));
}

function invoiceDays(invoice: Invoice, zone: string): { day: Day; told: Invoice; money: boolean }[] {
  const issued = parseDay(invoice.issued);
  const { balance, ...plain } = invoice;
  const asOf = balance === undefined ? issued : localDay(balance.asOf, zone);
  if (asOf <= issued) return [{ day: issued, told: invoice, money: false }];
  return [
    { day: issued, told: plain, money: false },
    { day: asOf, told: invoice, money: true },
  ];
}

/** Money without what of it went to invoices that are left out; undefined when nothing remains. */
function without<
  T extends {
    readonly amount: number;
    readonly allocations: readonly { readonly invoice: string; readonly amount: number }[];
  },
>(money: T, kept: (invoice: string) => boolean): T | undefined {
  const allocations = money.allocations.filter((one) => kept(one.invoice));
  if (allocations.length === money.allocations.length) return money;
  const gone = money.allocations
    .filter((one) => !kept(one.invoice))
    .reduce((sum, one) => sum + one.amount, 0);
  return money.amount > gone ? { ...money, amount: money.amount - gone, allocations } : undefined;
}
