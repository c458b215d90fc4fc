import { type Day, formatDay, localDay, parseDay } from '../calendar/index.js';
import { type Exposure, exposureOf } from '../ledger/exposure.js';
import type { AccountFile } from '../ledger/file.js';
import { chargeFree, type Item, isDebt, itemsOf } from '../ledger/items.js';
import type { LeftStatistics } from '../ledger/left.js';
import { readAhead } from '../ledger/read-ahead.js';
import { defaultLedgerRules, type LedgerRules } from '../ledger/rules.js';
import { creditOf } from '../ledger/surplus.js';
import {
  creditUseOf,
  type PaidItem,
  type PaymentHistory,
  paidItems,
  type RiskScorer,
  riskScore,
  scoreBy,
} from '../segments/index.js';

/** Amounts by currency; a currency that is not there counts as zero. */
export type Amounts = ReadonlyMap<string, number>;

/** By which rules an account is looked at. */
export interface Reckoning {
  readonly ledger: LedgerRules;
  readonly scorer: RiskScorer;
}

const plainReckoning: Reckoning = { ledger: defaultLedgerRules, scorer: riskScore };

/** Payment history of an account, from items that are settled or were paid in part. */
class History {
  readonly paid: number;
  readonly paidLate: number;
  readonly #items: readonly Item[];
  readonly #left: LeftStatistics | undefined;

  constructor(items: readonly Item[], left: LeftStatistics | undefined) {
    let paid = left?.paid.count ?? 0;
    let paidLate = left?.paid.late ?? 0;
    for (const item of items) {
      if (!isPaid(item)) continue;
      paid++;
      if (item.paidOn > item.due) paidLate++;
    }
    this.paid = paid;
    this.paidLate = paidLate;
    this.#items = items;
    this.#left = left;
  }

  /** Mean days from issue to the last payment of paid items. Seldom asked for, so days of issue are not read before. */
  get daysToPay(): number | undefined {
    let days = this.#left?.paid.days ?? 0;
    for (const item of this.#items) if (isPaid(item)) days += item.paidOn - parseDay(item.invoice.issued);
    return this.paid === 0 ? undefined : days / this.paid;
  }
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
  /** How many records stand in the file; see {@link readAhead}. */
  readonly records: number;
  readonly reckoning: Reckoning;
  #outstanding: Amounts | undefined;
  #overdue: Amounts | undefined;
  #dunnable: Amounts | undefined;
  #unapplied: Amounts | undefined;
  #history: History | undefined;
  #payment: PaymentHistory | undefined;
  #exposure: Exposure | null | undefined;
  #risk: number | null | undefined;

  constructor(file: AccountFile, planZone: string, now: number, reckoning: Reckoning = plainReckoning) {
    this.file = file;
    this.zone = file.account?.zone ?? planZone;
    this.now = now;
    this.today = localDay(now, this.zone);
    this.on = formatDay(this.today);
    this.reckoning = reckoning;
    this.records = readAhead(file);
    this.items = itemsOf(file, this.today, reckoning.ledger, now);
  }

  get outstanding(): Amounts {
    this.#outstanding ??= total(this.items, (item) => item.outstanding);
    return this.#outstanding;
  }

  get overdue(): Amounts {
    this.#overdue ??= total(this.items, (item) => (isOverdue(item, this.today) ? item.outstanding : 0));
    return this.#overdue;
  }

  /** Without booked charges, which are no base of thresholds. */
  get dunnable(): Amounts {
    this.#dunnable ??= total(this.items, chargeFree);
    return this.#dunnable;
  }

  get unapplied(): Amounts {
    this.#unapplied ??= creditOf(this.file);
    return this.#unapplied;
  }

  /** What a kind of record keeps back today, by currency. */
  blocked(kind: 'dispute' | 'promise'): Amounts {
    return total(this.items, (item) =>
      item.blocks.reduce((sum, block) => sum + (block.kind === kind ? block.amount : 0), 0),
    );
  }

  get openItems(): number {
    return this.items.filter(isDebt).length;
  }

  get overdueItems(): number {
    return this.items.filter((item) => isDebt(item) && isOverdue(item, this.today)).length;
  }

  get oldestDaysPastDue(): number | undefined {
    // Items are sorted by due date, so the first overdue one is the oldest.
    const oldest = this.items.find((item) => isDebt(item) && isOverdue(item, this.today));
    return oldest?.due === undefined ? undefined : this.today - oldest.due;
  }

  get history(): History {
    this.#history ??= new History(this.items, this.file.left);
    return this.#history;
  }

  /** How the account has paid, as scores are made of it. */
  get payment(): PaymentHistory {
    this.#payment ??= {
      paid: paidOf(this.items, this.file.left),
      promisesKept: this.promises('kept'),
      promisesBroken: this.promises('partly') + this.promises('broken'),
      oldestDaysPastDue: this.oldestDaysPastDue,
      creditUse: this.creditUse,
    };
    return this.#payment;
  }

  /** How many promises ended so. */
  promises(outcome: 'kept' | 'partly' | 'broken'): number {
    let count = this.file.left?.promises[outcome] ?? 0;
    for (const one of this.file.kept.values()) if (one.outcome === outcome) count++;
    return count;
  }

  /** Undefined without a credit line. */
  get exposure(): Exposure | undefined {
    if (this.#exposure === undefined)
      this.#exposure = exposureOf(this.file, this.items, this.today, this.reckoning.ledger) ?? null;
    return this.#exposure ?? undefined;
  }

  /** Percent of the credit limit, own and insured, that is used. Undefined without a limit. */
  get creditUse(): number | undefined {
    const { exposure } = this;
    return exposure?.limit === undefined ? undefined : creditUseOf(exposure.total, exposure.limit);
  }

  /** As written onto the account by a portfolio pass or the host, else from its own history. */
  get risk(): number | undefined {
    if (this.#risk === undefined)
      this.#risk =
        this.file.account?.scores?.risk ?? scoreBy(this.reckoning.scorer, this.payment)?.score ?? null;
    return this.#risk ?? undefined;
  }

  /** Whole days since the debtor's latest reply. */
  get daysSinceReply(): number | undefined {
    let last: string | undefined;
    for (const { on } of this.file.replies.values()) if (last === undefined || on > last) last = on;
    return last === undefined ? undefined : this.today - parseDay(last);
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

function isPaid(item: Item): item is Item & { readonly paidOn: Day; readonly due: Day } {
  if (item.outstanding > 0 || item.paidOn === undefined || item.due === undefined) return false;
  // What a payment plan covers is told of by the plan's instalments.
  return item.invoice.status === 'open' && item.replacedBy === undefined;
}

/** Items that were paid, those that left the file among them. */
export function paidOf(items: readonly Item[], left?: LeftStatistics | undefined): readonly PaidItem[] {
  const paid = paidItems(items.filter((item) => item.replacedBy === undefined));
  for (const [issued, due, on] of left?.latest ?? [])
    paid.push({
      issued: parseDay(issued),
      due: due === null ? undefined : parseDay(due),
      paidOn: parseDay(on),
    });
  return paid;
}
