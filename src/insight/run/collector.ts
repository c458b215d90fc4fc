import { type Day, formatDay, localDay, parseDay, startOfDay } from '../../calendar/index.js';
import {
  type AccountFile,
  type Act,
  decide,
  type Engine,
  emptyFile,
  evolveAll,
  type FileEvent,
  type Item,
  itemsOf,
} from '../../engine/index.js';
import type { Invoice } from '../../ledger/types.js';
import { type Money, sumByCurrency } from '../../money/index.js';
import type { Plan, Policy } from '../../policy/types.js';
import { Aging, stepOf } from './aging.js';
import { Ladder } from './ladder.js';
import { lineOf } from './story.js';
import { CalendarTotals, Counter, MoneyBook } from './totals.js';
import type { AccountLog, AccountRun, ReportInput, StoryLine } from './types.js';

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
    this.#money.add(file, items, overdue);
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

interface Acted {
  readonly act: Act;
  readonly on: string;
}

/** What an account's log amounts to. */
interface Tally {
  readonly messages: Acted[];
  readonly tasks: Acted[];
  readonly skips: { readonly policy: string; readonly stage: string; readonly reason: string }[];
  readonly refusals: string[];
  readonly held: string[];
  unknown: number;
}

/** Reads the log of one account from its beginning. */
class AccountReader {
  file: AccountFile;
  zone: string;
  readonly story: StoryLine[] = [];
  readonly tally: Tally = { messages: [], tasks: [], skips: [], refusals: [], held: [], unknown: 0 };
  readonly #options: CollectorOptions;
  readonly #aging: Aging;
  readonly #log: AccountLog;
  readonly #invoices = new Map<string, Invoice>();
  readonly #cases = new Map<string, { policy: string; version: number }>();
  readonly #acts = new Map<string, Act>();
  #pending: FileEvent[] = [];
  #open: readonly Item[] | undefined;

  constructor(options: CollectorOptions, aging: Aging, log: AccountLog) {
    this.#options = options;
    this.#aging = aging;
    this.#log = log;
    this.file = emptyFile(log.account);
    this.zone = options.plan.zone;
  }

  read(): void {
    const { days } = this.#aging;
    let sampled = 0;
    // The zone is told by the account's first event, so the ends of the days are asked for as they come.
    const sampleUntil = (at: number): void => {
      for (let day = days[sampled]; day !== undefined; day = days[sampled]) {
        if (startOfDay(day + 1, this.zone) > at) return;
        this.#aging.add(sampled, this.openItems());
        sampled++;
      }
    };
    for (const { at, event } of this.#log.entries) {
      sampleUntil(at);
      this.#take(at, event);
    }
    sampleUntil(Number.MAX_SAFE_INTEGER);
    this.#flush();
  }

  /** Items on which something is owed. Only facts change them, so they are worked out once between facts. */
  openItems(): readonly Item[] {
    this.#flush();
    this.#open ??= itemsOf(this.file, 0).filter((item) => item.outstanding > 0);
    return this.#open;
  }

  #flush(): void {
    if (this.#pending.length === 0) return;
    this.file = evolveAll(this.file, this.#pending);
    this.#pending = [];
  }

  #take(at: number, event: FileEvent): void {
    if (event.type === 'account.upserted') this.zone = event.account.zone ?? this.#options.plan.zone;
    const on = 'on' in event ? event.on : formatDay(localDay(at, this.zone));
    if (this.#options.stories) {
      const context = {
        engine: this.#options.engine,
        invoices: this.#invoices,
        cases: this.#cases,
        acts: this.#acts,
      };
      const line = lineOf(context, event);
      if (line !== undefined) this.story.push({ date: on, at, ...line });
    }
    this.#count(event, on);
    if (isFact(event)) this.#open = undefined;
    this.#pending.push(event);
  }

  #count(event: FileEvent, on: string): void {
    const { tally } = this;
    switch (event.type) {
      case 'invoice.upserted':
        this.#invoices.set(event.invoice.id, event.invoice);
        return;
      case 'case.opened':
        this.#cases.set(event.case, { policy: event.policy, version: event.version });
        return;
      case 'act.planned':
        this.#acts.set(event.act.id, event.act);
        if (event.act.kind === 'task') tally.tasks.push({ act: event.act, on });
        return;
      case 'act.accepted':
        this.#sent(event.act, on);
        return;
      case 'act.resolved':
        tally.unknown--;
        if (event.sent) this.#sent(event.act, on);
        return;
      case 'act.unknown':
        tally.unknown++;
        return;
      case 'act.refused': {
        const channel = this.#acts.get(event.act)?.channel;
        if (channel !== undefined) tally.refusals.push(channel);
        return;
      }
      case 'stage.skipped': {
        const policy = this.#cases.get(event.case)?.policy ?? '';
        tally.skips.push({ policy, stage: event.stage, reason: event.reason });
        return;
      }
      case 'case.paused':
        tally.held.push(event.reason);
        return;
      default:
        return;
    }
  }

  #sent(id: string, on: string): void {
    const act = this.#acts.get(id);
    if (act !== undefined) this.tally.messages.push({ act, on });
  }
}

/** Whether an event changes what is owed. */
function isFact(event: FileEvent): boolean {
  return (
    event.type === 'invoice.upserted' || event.type === 'payment.upserted' || event.type === 'credit.upserted'
  );
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
