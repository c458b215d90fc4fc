import { type Day, parseDay } from '../calendar/index.js';
import { matches } from './block.js';
import type { AccountFile, PromiseOutcome } from './file.js';
import type { Item } from './items.js';
import { type FreeMoney, freeMoney } from './movements.js';
import { byId, byText } from './order.js';
import type { LedgerRules } from './rules.js';
import { type Line, linesOf } from './settlement.js';
import type { PaymentPromise } from './types.js';

/** The last day on which a promise counts: its day, or the plan's default from when it was made, plus grace. */
export function lastPromiseDay(promise: PaymentPromise, { promise: rules }: LedgerRules): Day {
  return promisedDay(promise, rules.withinDays) + (promise.graceDays ?? rules.graceDays);
}

/** The day by which it is to be paid: the one that was said, else the plan's default from when it was made. */
export function promisedDay({ date, made }: PaymentPromise, withinDays: number): Day {
  return date === undefined ? parseDay(made) + withinDays : parseDay(date);
}

/** The items that a promise is about. */
export function promisedItems(promise: PaymentPromise, items: readonly Item[]): readonly Item[] {
  const { invoice, instalment, invoices } = promise;
  if (invoice !== undefined) return items.filter((item) => matches(item, invoice, instalment));
  if (invoices !== undefined)
    return items.filter((item) => invoices.some((one) => matches(item, one, undefined)));
  // Of the whole account: an amount speaks of its own currency only.
  const { currency } = promise;
  return currency === undefined ? items : items.filter((item) => item.invoice.currency === currency);
}

/**
 * The promised amount; undefined where it is all of what is open, which is also
 * meant where the amount is in another currency than what it is promised for.
 */
export function promisedAmount(promise: PaymentPromise, items: readonly Item[]): number | undefined {
  const foreign = items.some(
    (item) => promise.currency !== undefined && item.invoice.currency !== promise.currency,
  );
  return foreign ? undefined : promise.amount;
}

/**
 * What was paid towards each promise, by id: money that came from the day on
 * which it was made to its last day. Money counts for one promise only, the
 * earliest that it fits; what is put to no invoice counts for promises of the
 * whole account.
 */
export function paidTowards(
  file: AccountFile,
  items: readonly Item[],
  rules: LedgerRules,
  lines: ReadonlyMap<string, readonly Line[]> | undefined = linesOf(file),
): ReadonlyMap<string, number> {
  const paid = new Map<string, number>();
  const all = [...file.promises.values()].filter((promise) => promise.state !== 'cancelled');
  const days = new Map(all.map((one) => [one, lastPromiseDay(one, rules)] as const));
  all.sort((a, b) => (days.get(a) ?? 0) - (days.get(b) ?? 0) || byId(a, b));
  const used = new Map<Line | FreeMoney, number>();
  const free = freeMoney(file);
  for (const promise of all) {
    const last = days.get(promise) ?? 0;
    const wanted = promisedAmount(promise, promisedItems(promise, items)) ?? Number.MAX_SAFE_INTEGER;
    let sum = 0;
    const count = (money: Line | FreeMoney): void => {
      if (money.date < promise.made || parseDay(money.date) > last) return;
      const left = money.amount - (used.get(money) ?? 0);
      // What was given back lowers what was paid, never below nothing.
      const taken = Math.max(Math.min(left, wanted - sum), -sum);
      used.set(money, (used.get(money) ?? 0) + taken);
      sum += taken;
    };
    for (const line of linesFor(promise, file, lines)) count(line);
    if (isOfAccount(promise))
      for (const one of free) {
        if (promise.currency === undefined || one.currency === promise.currency) count(one);
      }
    paid.set(promise.id, sum);
  }
  return paid;
}

function isOfAccount({ invoice, invoices }: PaymentPromise): boolean {
  return invoice === undefined && invoices === undefined;
}

function linesFor(
  promise: PaymentPromise,
  file: AccountFile,
  lines: ReadonlyMap<string, readonly Line[]> | undefined,
): Line[] {
  if (lines === undefined) return [];
  const { invoice, instalment, invoices, currency } = promise;
  const named = invoice === undefined ? invoices : [invoice];
  const found: Line[] = [];
  for (const id of named ?? [...lines.keys()].sort()) {
    if (named === undefined && currency !== undefined && file.invoices.get(id)?.currency !== currency)
      continue;
    for (const line of lines.get(id) ?? []) {
      const elsewhere =
        instalment !== undefined && line.instalment !== undefined && line.instalment !== instalment;
      if (!line.credit && !elsewhere) found.push(line);
    }
  }
  return found.sort((a, b) => byText(a.date, b.date));
}

/**
 * How promises ended that no outcome is known of yet: *kept* as soon as what
 * was promised is paid within tolerance, or nothing is owed any more on what it
 * was promised for; *partly* or *broken* once the last day plus grace is over.
 * A promise whose debt went away without a payment has no outcome. One that was
 * given a later day after it was broken, or made anew after it was cancelled,
 * is judged anew.
 *
 * @param items of the file on `today`
 */
export function promiseOutcomes(
  file: AccountFile,
  items: readonly Item[],
  today: Day,
  rules: LedgerRules,
): readonly Omit<PromiseOutcome, 'on'>[] {
  if (file.promises.size === 0) return [];
  const open = [...file.promises.values()].filter((promise) => isUndecided(file, promise, rules));
  if (open.length === 0) return [];
  const paid = paidTowards(file, items, rules);
  const outcomes: Omit<PromiseOutcome, 'on'>[] = [];
  for (const promise of open.sort(byId)) {
    if (promise.state === 'cancelled') {
      outcomes.push({ id: promise.id, outcome: 'cancelled' });
      continue;
    }
    const own = promisedItems(promise, items);
    if (own.length === 0) continue;
    const sum = paid.get(promise.id) ?? 0;
    const outcome = outcomeOf(promise, own, sum, lastPromiseDay(promise, rules) < today, rules);
    if (outcome !== undefined) outcomes.push({ id: promise.id, outcome });
  }
  return outcomes;
}

function isUndecided(file: AccountFile, promise: PaymentPromise, rules: LedgerRules): boolean {
  const known = file.kept.get(promise.id);
  if (known === undefined) return true;
  // What was cancelled after it had ended changes nothing that was told.
  if (promise.state === 'cancelled') return false;
  if (known.outcome === 'cancelled') return true;
  return known.outcome !== 'kept' && lastPromiseDay(promise, rules) >= parseDay(known.on);
}

function outcomeOf(
  promise: PaymentPromise,
  own: readonly Item[],
  paid: number,
  over: boolean,
  rules: LedgerRules,
): PromiseOutcome['outcome'] | undefined {
  const owed = own.reduce((sum, item) => sum + Math.max(item.outstanding, 0), 0);
  if (owed === 0) return paid > 0 ? 'kept' : undefined;
  const promised = promisedAmount(promise, own) ?? owed + paid;
  if (isEnough(paid, promised, promise.tolerance ?? rules.promise.tolerance)) return 'kept';
  if (!over) return undefined;
  return paid > 0 ? 'partly' : 'broken';
}

/** In bigint: a hundred times an amount may be no safe integer. Percents have two decimals at most. */
function isEnough(paid: number, promised: number, tolerance: number): boolean {
  const lacking = BigInt(Math.max(promised - paid, 0));
  return paid > 0 && lacking * 10_000n <= BigInt(promised) * BigInt(Math.round(tolerance * 100));
}
