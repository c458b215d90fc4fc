import { type Day, formatDay, localDay, parseDay } from '../calendar/index.js';
import type { AccountFile } from '../ledger/file.js';
import { type Item, itemsOf } from '../ledger/items.js';

/** Amounts by currency; a currency that is not there counts as zero. */
export type Amounts = ReadonlyMap<string, number>;

/** Payment history of an account, from items that are settled or were paid in part. */
export interface History {
  readonly paid: number;
  readonly paidLate: number;
  /** Mean days from issue to the last payment of paid items. */
  readonly daysToPay: number | undefined;
}

/** An account on a day, with totals and history worked out when first asked for. */
export class AccountView {
  readonly file: AccountFile;
  readonly zone: string;
  readonly now: number;
  readonly today: Day;
  /** `today` as a date. */
  readonly on: string;
  readonly items: readonly Item[];
  #outstanding: Amounts | undefined;
  #overdue: Amounts | undefined;
  #dunnable: Amounts | undefined;
  #history: History | undefined;

  constructor(file: AccountFile, planZone: string, now: number) {
    this.file = file;
    this.zone = file.account?.zone ?? planZone;
    this.now = now;
    this.today = localDay(now, this.zone);
    this.on = formatDay(this.today);
    this.items = itemsOf(file, this.today);
  }

  get outstanding(): Amounts {
    this.#outstanding ??= total(this.items, (item) => item.outstanding);
    return this.#outstanding;
  }

  get overdue(): Amounts {
    this.#overdue ??= total(this.items, (item) => (isOverdue(item, this.today) ? item.outstanding : 0));
    return this.#overdue;
  }

  get dunnable(): Amounts {
    this.#dunnable ??= total(this.items, (item) => item.dunnable);
    return this.#dunnable;
  }

  get openItems(): number {
    return this.items.filter((item) => item.outstanding > 0).length;
  }

  get overdueItems(): number {
    return this.items.filter((item) => isOverdue(item, this.today)).length;
  }

  get oldestDaysPastDue(): number | undefined {
    // Items are sorted by due date, so the first overdue one is the oldest.
    const oldest = this.items.find((item) => isOverdue(item, this.today));
    return oldest?.due === undefined ? undefined : this.today - oldest.due;
  }

  get history(): History {
    this.#history ??= historyOf(this.items);
    return this.#history;
  }
}

/** Open past its due date; day 0 is "due today", not overdue. Holds and disputes do not change it. */
export function isOverdue(item: Item, today: Day): boolean {
  return item.outstanding > 0 && item.due !== undefined && today > item.due;
}

function total(items: readonly Item[], amount: (item: Item) => number): Amounts {
  const sums = new Map<string, number>();
  for (const item of items) {
    const value = amount(item);
    if (value > 0) sums.set(item.invoice.currency, (sums.get(item.invoice.currency) ?? 0) + value);
  }
  return sums;
}

function historyOf(items: readonly Item[]): History {
  let paid = 0;
  let paidLate = 0;
  let days = 0;
  for (const item of items) {
    if (item.outstanding > 0 || item.paidOn === undefined || item.due === undefined) continue;
    if (item.invoice.status !== 'open') continue;
    paid++;
    if (item.paidOn > item.due) paidLate++;
    days += item.paidOn - parseDay(item.invoice.issued);
  }
  return { paid, paidLate, daysToPay: paid === 0 ? undefined : days / paid };
}
