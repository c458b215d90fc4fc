import { type Day, parseDay, startOfDay } from '../../calendar/index.js';
import { type AccountFile, decide, type Engine, type Item } from '../../engine/index.js';
import { type Money, sumByCurrency } from '../../money/index.js';
import type { Plan, Policy } from '../../policy/types.js';
import { Aging, stepOf } from './aging.js';
import { Ladder } from './ladder.js';
import { AccountReader } from './reader.js';
import { CalendarTotals, Counter, MoneyBook } from './totals.js';
import type { AccountLog, AccountRun, ReportInput } from './types.js';

/** What the logs are read with. */
export interface CollectorOptions {
  readonly kind: ReportInput['kind'];
  readonly engine: Engine;
  readonly plan: Plan;
  readonly policies: readonly Policy[];
  /** Hashes of the documents as the host knows them. */
  readonly refs: ReportInput['refs'];
  readonly from: string;
  readonly to: string;
  readonly agingStep: 'day' | 'week' | undefined;
  readonly stories: boolean;
}

/** Makes totals and stories of logs, one account at a time, so that no log need be kept. */
export class Collector {
  readonly #options: CollectorOptions;
  readonly #from: Day;
  readonly #to: Day;
  readonly #aging: Aging;
  readonly #ladder: Ladder;
  readonly #calendar = new CalendarTotals();
  readonly #money = new MoneyBook();
  readonly #held = new Counter();
  readonly #waiting = new Counter();
  readonly #counts = { invoices: 0, payments: 0, credits: 0 };
  readonly #accounts: AccountRun[] = [];

  constructor(options: CollectorOptions) {
    this.#options = options;
    this.#from = parseDay(options.from);
    this.#to = parseDay(options.to);
    this.#aging = new Aging(this.#from, this.#to, options.agingStep ?? stepOf(this.#from, this.#to));
    this.#ladder = new Ladder(options.engine, options.policies);
  }

  add(log: AccountLog): void {
    const { engine } = this.#options;
    const reader = new AccountReader(this.#options, this.#aging, log);
    reader.read();
    const { file, tally } = reader;
    for (const one of tally.messages) {
      this.#ladder.message(one.act, one.on);
      this.#calendar.message(one.on, one.act, engine);
    }
    for (const one of tally.tasks) {
      this.#ladder.task(one.act, one.on);
      this.#calendar.task(one.on, one.act, engine);
    }
    for (const one of tally.skips) this.#ladder.skip(one.policy, one.stage, one.reason);
    for (const channel of tally.refusals) this.#ladder.refuse(channel);
    this.#ladder.unknown += tally.unknown;
    for (const reason of tally.held) this.#held.add(reason);
    this.#countWaiting(file, reader.zone);
    const items = reader.openItems();
    const today = this.#to;
    const overdue = items.filter((item) => item.due !== undefined && today > item.due);
    this.#money.add(file, this.#options.from, { opening: reader.opening, outstanding: items, overdue });
    this.#counts.invoices += file.invoices.size;
    this.#counts.payments += file.payments.size;
    this.#counts.credits += file.credits.size;
    this.#accounts.push(accountRun(file, reader, items, overdue, this.#ladder));
  }

  result(): ReportInput {
    const { kind, plan, policies, refs, from, to } = this.#options;
    const accounts = this.#accounts.sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
    const money = this.#money.totals();
    return {
      kind,
      from,
      to,
      zone: plan.zone,
      plan,
      policies,
      refs,
      ledger: { accounts: accounts.length, ...this.#counts, currencies: money.map((one) => one.currency) },
      totals: {
        ...this.#ladder.totals(),
        accountsContacted: accounts.filter((account) => account.messages > 0).length,
      },
      stages: this.#ladder.stages(),
      channels: this.#ladder.channels(),
      months: this.#ladder.months(this.#from, this.#to),
      skipped: this.#ladder.skips(),
      held: this.#held.counts(),
      waiting: this.#waiting.counts(),
      money,
      aging: this.#aging.curves(),
      calendar: this.#calendar.days(),
      accounts,
    };
  }

  /** Asks the core once more, at the end, why nothing more goes out. */
  #countWaiting(file: AccountFile, zone: string): void {
    const end = startOfDay(this.#to + 1, zone) - 1;
    const { waiting } = decide(this.#options.engine, file, Math.max(end, file.reviewed ?? end));
    for (const one of waiting) this.#waiting.add(one.reason);
  }
}

function accountRun(
  file: AccountFile,
  reader: AccountReader,
  items: readonly Item[],
  overdue: readonly Item[],
  ladder: Ladder,
): AccountRun {
  const { tally } = reader;
  const chasing = tally.messages.filter(({ act }) => act.purpose === 'dunning');
  const owed = (list: readonly Item[]): Money[] =>
    sumByCurrency(list.map((item) => ({ minor: item.outstanding, currency: item.invoice.currency })));
  const acts = [...tally.messages, ...tally.tasks].map(({ act }) => act);
  return {
    id: file.id,
    name: file.account?.name ?? file.id,
    invoices: file.invoices.size,
    reached: ladder.reachedBy(acts),
    messages: chasing.length,
    thanks: tally.messages.length - chasing.length,
    tasks: tally.tasks.length,
    skipped: tally.skips.length,
    highest: ladder.highestOf(acts),
    outstanding: owed(items),
    overdue: owed(overdue),
    story: reader.story,
  };
}
