import type { AccountFile, Act, Engine, Item } from '../../engine/index.js';
import { addMinor } from '../../money/index.js';
import { ladderCovers } from './ladder.js';
import type { CalendarDay, MoneyTotals, ReasonCount } from './types.js';

/** How often each reason came. */
export class Counter {
  readonly #counts = new Map<string, number>();

  add(reason: string): void {
    this.#counts.set(reason, (this.#counts.get(reason) ?? 0) + 1);
  }

  /** The most frequent first, ties by reason. */
  counts(): ReasonCount[] {
    return [...this.#counts]
      .map(([reason, count]) => ({ reason, count }))
      .sort((a, b) => b.count - a.count || (a.reason < b.reason ? -1 : 1));
  }
}

type Day = { -readonly [K in keyof CalendarDay]: CalendarDay[K] };

/** Contacts and tasks by day. */
export class CalendarTotals {
  readonly #days = new Map<string, Day>();

  message(on: string, act: Act, engine: Engine): void {
    const day = this.#day(on);
    if (act.purpose === 'service') day.thanks++;
    else {
      day.messages++;
      day.reached += ladderCovers(act, engine).length;
    }
  }

  task(on: string, act: Act, engine: Engine): void {
    const day = this.#day(on);
    day.tasks++;
    day.reached += ladderCovers(act, engine).length;
  }

  days(): CalendarDay[] {
    return [...this.#days.values()].sort((a, b) => (a.date < b.date ? -1 : 1));
  }

  #day(date: string): Day {
    let day = this.#days.get(date);
    if (day === undefined) {
      day = { date, reached: 0, messages: 0, thanks: 0, tasks: 0 };
      this.#days.set(date, day);
    }
    return day;
  }
}

type Sums = { -readonly [K in keyof Omit<MoneyTotals, 'currency'>]: MoneyTotals[K] };

/** Items of an account at the ends of the period. */
export type OpenItems = Readonly<Record<'opening' | 'outstanding' | 'overdue', readonly Item[]>>;

/** Sums of money, each currency for itself. */
export class MoneyBook {
  readonly #sums = new Map<string, Sums>();

  /** `from` is the first day: what is older is part of the opening balance. */
  add(file: AccountFile, from: string, items: OpenItems): void {
    for (const invoice of file.invoices.values()) {
      const counts = invoice.status === 'open' || invoice.status === 'written-off';
      if (counts && invoice.issued >= from) this.#put(invoice.currency, 'invoiced', invoice.total);
    }
    for (const { state, date, currency, amount } of file.payments.values())
      if (state === 'booked' && date >= from) this.#put(currency, 'paid', amount);
    for (const { state, date, currency, amount } of file.credits.values())
      if (state === 'finalised' && date >= from) this.#put(currency, 'credited', amount);
    for (const key of ['opening', 'outstanding', 'overdue'] as const)
      for (const item of items[key]) this.#put(item.invoice.currency, key, item.outstanding);
  }

  totals(): MoneyTotals[] {
    return [...this.#sums]
      .map(([currency, sums]) => ({ currency, ...sums }))
      .sort((a, b) => (a.currency < b.currency ? -1 : 1));
  }

  #put(currency: string, key: keyof Sums, amount: number): void {
    let sums = this.#sums.get(currency);
    if (sums === undefined) {
      sums = { opening: 0, invoiced: 0, paid: 0, credited: 0, outstanding: 0, overdue: 0 };
      this.#sums.set(currency, sums);
    }
    sums[key] = addMinor(sums[key], amount);
  }
}
