import { type Day, formatDay, localDay, parseDay } from '../calendar/index.js';
import type { AccountFile, Case } from '../ledger/file.js';
import type { Item } from '../ledger/items.js';
import {
  type LeavingRecord,
  type LeftKind,
  type LeftRecord,
  leftKey,
  leftKinds,
  namedBy,
  namingInvoices,
  ownerOf,
  type PaidDays,
  placeOfKind,
} from '../ledger/left.js';
import { movementsOf, refundsOf } from '../ledger/movements.js';
import { lastPromiseDay } from '../ledger/promises.js';
import type { LedgerRules } from '../ledger/rules.js';
import { linesOf, settlementOf } from '../ledger/settlement.js';
import type {
  Allocation,
  Hold,
  Invoice,
  PaymentPlan,
  PaymentPromise,
  UnbookedPayment,
} from '../ledger/types.js';
import type { PaidItem } from '../segments/index.js';
import type { Engine } from './compile.js';
import { settledReason } from './settled.js';
import { subjectOf } from './units.js';
import { type AccountView, paidOf } from './view.js';

const none: readonly LeavingRecord[] = [];

/**
 * What leaves the file: records that are over, on which nothing happened for
 * `days`, and that nothing which stays refers to. What hangs together leaves
 * together. No fact and no decision changes by it: the file counts on by
 * statistics, within the windows that docs/closed-items.md names.
 */
export function leavingOf(engine: Engine, view: AccountView, days: number): readonly LeavingRecord[] {
  const before = view.today - days;
  return mayLeave(view, formatDay(before)) ? new Leaving(engine, view, before).records() : none;
}

/** Most files hold nothing that is old and over: then nobody looks further. */
function mayLeave({ file, items }: AccountView, before: string): boolean {
  const isOld = (day: string): boolean => day < before;
  return (
    items.some(({ outstanding, invoice }) => outstanding <= 0 && isOld(invoice.issued)) ||
    isAny(file.replies, ({ on }) => isOld(on)) ||
    isAny(file.holds, ({ from }) => isOld(from)) ||
    isAny(file.unbooked, ({ on }) => isOld(on)) ||
    isAny(file.payments, ({ date }) => isOld(date)) ||
    isAny(file.refunds, ({ date }) => isOld(date)) ||
    isAny(file.credits, ({ date }) => isOld(date)) ||
    isAny(file.promises, ({ made }) => isOld(made))
  );
}

function isAny<T>(records: ReadonlyMap<string, T>, test: (record: T) => boolean): boolean {
  for (const record of records.values()) if (test(record)) return true;
  return false;
}

/** One look at a file. Dates are texts, which compare as days do. */
class Leaving {
  readonly #engine: Engine;
  readonly #view: AccountView;
  readonly #file: AccountFile;
  readonly #rules: LedgerRules;
  /** The first day that is too young to leave, and the same where a promise of the whole account may still count money. */
  readonly #day: Day;
  readonly #before: string;
  readonly #moneyBefore: string;
  readonly #naming: ReadonlyMap<string, readonly string[]>;
  readonly #out: ReadonlySet<string>;
  /** Subjects of acts that are not finished, and carriers of cases that run. */
  readonly #busy = new Set<string>();
  readonly #marks = new Set<string>();
  readonly #running: readonly Case[];
  readonly #leaving = new Set<string>();

  constructor(engine: Engine, view: AccountView, day: Day) {
    const { file } = view;
    this.#engine = engine;
    this.#view = view;
    this.#file = file;
    this.#rules = engine.reckoning.ledger;
    this.#day = day;
    this.#before = formatDay(day);
    this.#naming = namingInvoices(file);
    this.#out = new Set(file.left?.partly);
    this.#moneyBefore = this.#firstPromised();
    this.#running = [...file.cases.values()].flat().filter(({ state }) => state !== 'closed');
    for (const act of file.acts.values())
      for (const { subject, stage } of act.covers) {
        this.#busy.add(subject);
        this.#marks.add(stage);
      }
    for (const { carrier } of this.#running) if (carrier !== undefined) this.#busy.add(carrier);
  }

  records(): readonly LeavingRecord[] {
    const byInvoice = Map.groupBy(
      this.#view.items.filter(({ plan }) => plan === undefined),
      ({ invoice }) => invoice.id,
    );
    const casesOf = Map.groupBy(this.#file.cases, ([subject]) => ownerOf(subject));
    const lines = linesOf(this.#file);
    const over = new Set<string>();
    for (const [id, invoice] of this.#file.invoices) {
      if (invoice.issued >= this.#before) continue;
      const { outstanding, paid, credited } = settlementOf(invoice, lines?.get(id));
      // What is paid beyond it is credit of the account.
      if (Math.min(-outstanding, paid + credited) > 0) continue;
      const cases = casesOf.get(leftKey('invoice', id))?.flatMap(([, own]) => own) ?? [];
      if (this.#isOver(invoice, byInvoice.get(id) ?? [], cases)) over.add(id);
    }
    this.#holdTogether(over, casesOf);
    for (const id of over) this.#leaving.add(leftKey('invoice', id));
    for (const id of over)
      for (const key of this.#naming.get(id) ?? []) if (!isMoney(key)) this.#leaving.add(key);
    this.#money();
    this.#ofAccount();
    return this.#inOrder(byInvoice);
  }

  /** Whether nothing of an invoice is owed or going on, and everything about it is old. */
  #isOver(invoice: Invoice, items: readonly Item[], cases: readonly Case[]): boolean {
    const { due, instalments, balance, charges = [], id } = invoice;
    const dates = [due, ...instalments.map((one) => one.due), ...charges.map(({ on }) => on)];
    if (!dates.every((date) => this.#isOld(date))) return false;
    if (balance !== undefined && !this.#isOldInstant(balance.asOf)) return false;
    if (!cases.every((one) => this.#isOldCase(one))) return false;
    if (invoice.status === 'draft' || !items.every((item) => this.#isSettled(item))) return false;
    return (this.#naming.get(id) ?? []).every((key) => this.#isOldRecord(key));
  }

  #isSettled(item: Item): boolean {
    if (item.outstanding > 0 || settledReason(this.#engine, this.#view, item) === undefined) return false;
    if (this.#busy.has(item.id)) return false;
    for (const policy of this.#engine.versions.values())
      if (policy.groupBy !== undefined && this.#busy.has(subjectOf(policy, item))) return false;
    return true;
  }

  #isOldCase({ state, closed, marks, effects = [] }: Case): boolean {
    if (state !== 'closed' || effects.length > 0 || !this.#isOld(closed?.on)) return false;
    return marks.every(
      (mark) => this.#isOld(mark.on) && mark.state !== 'unknown' && mark.state !== 'planned',
    );
  }

  /** Whether a record that names invoices is over, and old. */
  #isOldRecord(key: string): boolean {
    const [kind, id] = partsOf(key);
    const file = this.#file;
    switch (kind) {
      case 'payment':
      case 'refund':
      case 'credit': {
        const money = { payment: file.payments, refund: file.refunds, credit: file.credits }[kind].get(id);
        if (money === undefined) return true;
        const { date, bookedAt } = money;
        const back = 'reversedOn' in money ? money.reversedOn : undefined;
        return date < this.#moneyBefore && this.#isOld(back) && this.#isOldInstant(bookedAt);
      }
      case 'hold':
        return isAnd(file.holds.get(id), (hold) => this.#isOldHold(hold, false));
      case 'dispute':
        return isAnd(file.disputes.get(id), ({ state, opened }) => state !== 'open' && this.#isOld(opened));
      case 'unbooked':
        return isAnd(file.unbooked.get(id), (one) => this.#isOldReport(one));
      case 'promise':
        return isAnd(file.promises.get(id), (one) => this.#isOldPromise(one));
      case 'plan':
        return isAnd(file.plans.get(id), (one) => this.#isOldPlan(one));
      default:
        return true;
    }
  }

  /** Of one invoice it holds nothing any more, however long it lasts; it comes back with it. */
  #isOldHold({ from, until, released }: Hold, ofAccount: boolean): boolean {
    if (!this.#isOld(from)) return false;
    return until === undefined ? released || !ofAccount : released || this.#isOld(until);
  }

  #isOldReport({ on, until }: UnbookedPayment): boolean {
    const last = until ?? formatDay(parseDay(on) + this.#rules.unbookedDays);
    return this.#isOld(on) && this.#isOld(last);
  }

  #isOldPromise(promise: PaymentPromise): boolean {
    const ended = this.#file.kept.get(promise.id);
    const last = lastPromiseDay(promise, this.#rules);
    return this.#isOld(promise.made) && last < this.#day && this.#isOld(ended?.on);
  }

  #isOldPlan({ id, made, instalments }: PaymentPlan): boolean {
    if (!this.#isOld(made) || !instalments.every(({ due }) => this.#isOld(due))) return false;
    return this.#view.items.every((item) => item.plan?.id !== id || this.#isSettled(item));
  }

  /** Invoices that one promise, report of a payment, dispute or payment plan names leave together, or stay. */
  #holdTogether(
    over: Set<string>,
    casesOf: ReadonlyMap<string | undefined, readonly (readonly [string, readonly Case[]])[]>,
  ): void {
    const { plans, promises, unbooked, disputes } = this.#file;
    const plansOld = new Map<string, boolean>();
    for (const id of plans.keys()) {
      const cases = casesOf.get(leftKey('plan', id))?.flatMap(([, own]) => own) ?? [];
      plansOld.set(
        id,
        cases.every((one) => this.#isOldCase(one)),
      );
    }
    const links = [
      ...[...plans.values()].map((plan) => [plan.invoices, plansOld.get(plan.id)] as const),
      ...[promises, unbooked, disputes]
        .flatMap((records): LeftRecord['record'][] => [...records.values()])
        .map((record) => [namedBy(record), true] as const),
    ];
    for (let changed = true; changed; ) {
      changed = false;
      for (const [invoices, old] of links) {
        if (old === true && invoices.every((id) => over.has(id))) continue;
        for (const id of invoices) changed = over.delete(id) || changed;
      }
    }
  }

  /** Payments with their refunds, and credits, that are put to invoices that are out or go now, and to nothing else. */
  #money(): void {
    const { payments, refunds, credits } = this.#file;
    const gone = (id: string): boolean => this.#out.has(id) || this.#leaving.has(leftKey('invoice', id));
    const back = refundsOf(this.#file);
    const own = Map.groupBy(refunds.values(), ({ payment }) => payment);
    for (const payment of payments.values()) {
      const given = own.get(payment.id) ?? [];
      const keys = [leftKey('payment', payment.id), ...given.map(({ id }) => leftKey('refund', id))];
      if (!keys.every((key) => this.#isOldRecord(key))) continue;
      if (![payment, ...given].every((record) => namedBy(record).every(gone))) continue;
      const free = payment.state === 'booked' && movementsOf(payment, back.get(payment.id) ?? []).free > 0;
      if (!free) for (const key of keys) this.#leaving.add(key);
    }
    for (const { id, payment, allocations, amount, state } of refunds.values()) {
      const key = leftKey('refund', id);
      if (payment !== undefined || !this.#isOldRecord(key)) continue;
      if (
        allocations.every(({ invoice }) => gone(invoice)) &&
        (state !== 'booked' || isPut(allocations, amount))
      )
        this.#leaving.add(key);
    }
    for (const { id, allocations, amount, state } of credits.values()) {
      const key = leftKey('credit', id);
      if (state === 'draft' && allocations.length === 0) continue;
      if (!allocations.every(({ invoice }) => gone(invoice)) || !this.#isOldRecord(key)) continue;
      if (state !== 'finalised' || isPut(allocations, amount)) this.#leaving.add(key);
    }
  }

  /** What speaks of the whole account: holds, reports and replies that are over, promises whose money is counted. */
  #ofAccount(): void {
    const { holds, unbooked, replies, promises, kept } = this.#file;
    for (const hold of holds.values())
      if (hold.invoice === undefined && this.#isOldHold(hold, true))
        this.#leaving.add(leftKey('hold', hold.id));
    for (const one of unbooked.values())
      if (namedBy(one).length === 0 && this.#isOldReport(one) && !this.#marks.has(`task:unbooked:${one.id}`))
        this.#leaving.add(leftKey('unbooked', one.id));
    let newest = '';
    for (const { on } of replies.values()) if (on > newest) newest = on;
    for (const { id, on, until, handled } of replies.values()) {
      if (on === newest || !this.#isOld(on) || !this.#isOld(until)) continue;
      if (this.#marks.has(`task:reply:${id}`)) continue;
      if (handled || this.#running.every(({ opened }) => opened > on))
        this.#leaving.add(leftKey('reply', id));
    }
    if (![...promises.values()].every((promise) => this.#isCounted(promise))) return;
    for (const promise of promises.values()) {
      if (namedBy(promise).length > 0 || !this.#isOldPromise(promise)) continue;
      const on = kept.get(promise.id)?.on;
      if (on !== undefined && this.#running.every(({ opened }) => opened > on))
        this.#leaving.add(leftKey('promise', promise.id));
    }
  }

  /** Whether a promise is over with an outcome that stands: money that it might claim is nobody else's any more. */
  #isCounted(promise: PaymentPromise): boolean {
    const known = this.#file.kept.get(promise.id);
    if (known === undefined) return false;
    if (promise.state === 'cancelled') return true;
    const last = lastPromiseDay(promise, this.#rules);
    if (last >= this.#view.today || known.outcome === 'cancelled') return false;
    return known.outcome === 'kept' || last < parseDay(known.on);
  }

  /** While a promise of the whole account counts money, or another might that it leaves, what came since stays. */
  #firstPromised(): string {
    const all = [...this.#file.promises.values()].filter(({ state }) => state !== 'cancelled');
    let first = this.#before;
    if (all.every((promise) => this.#isCounted(promise))) return first;
    for (const promise of all)
      if (namedBy(promise).length === 0 && promise.made < first) first = promise.made;
    return first;
  }

  #inOrder(byInvoice: ReadonlyMap<string, readonly Item[]>): readonly LeavingRecord[] {
    const byPlan = Map.groupBy(this.#view.items, ({ plan }) => plan?.id);
    return leftKinds.flatMap((kind) =>
      [...this.#file[placeOfKind[kind]].keys()]
        .filter((id) => this.#leaving.has(leftKey(kind, id)))
        .sort()
        .map((id) => {
          const items = kind === 'invoice' ? byInvoice.get(id) : kind === 'plan' ? byPlan.get(id) : undefined;
          const paid = items === undefined ? [] : paidOf(items).map(daysOf);
          return paid.length === 0 ? { kind, id } : { kind, id, paid };
        }),
    );
  }

  #isOld(date: string | undefined): boolean {
    return date === undefined || date < this.#before;
  }

  #isOldInstant(at: number): boolean {
    return localDay(at, this.#view.zone) < this.#day;
  }
}

function partsOf(key: string): readonly [kind: LeftKind | undefined, id: string] {
  const at = key.indexOf('/');
  return [leftKinds.find((kind) => kind === key.slice(0, at)), key.slice(at + 1)];
}

function isMoney(key: string): boolean {
  const [kind] = partsOf(key);
  return kind === 'payment' || kind === 'refund' || kind === 'credit';
}

function isPut(allocations: readonly Allocation[], amount: number): boolean {
  return allocations.reduce((sum, one) => sum + one.amount, 0) >= amount;
}

/** A record that is not there keeps nothing. */
function isAnd<T>(record: T | undefined, test: (record: T) => boolean): boolean {
  return record === undefined || test(record);
}

function daysOf({ issued, due, paidOn }: PaidItem): PaidDays {
  return [formatDay(issued), due === undefined ? null : formatDay(due), formatDay(paidOn)];
}
