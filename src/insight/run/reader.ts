import { formatDay, localDay, startOfDay } from '../../calendar/index.js';
import {
  type AccountFile,
  type Act,
  emptyFile,
  evolveAll,
  type FileEvent,
  type Item,
  itemsOf,
} from '../../engine/index.js';
import type { Invoice } from '../../ledger/types.js';
import type { Aging } from './aging.js';
import type { CollectorOptions } from './collector.js';
import { factDay, invoicesOf } from './prior.js';
import { type KnownCase, lineOf } from './story.js';
import type { AccountLog, StoryLine } from './types.js';

/** An act that was performed or raised, on a local day. */
export interface Acted {
  readonly act: Act;
  readonly on: string;
}

/** What an account's log amounts to. */
export interface Tally {
  readonly messages: Acted[];
  readonly tasks: Acted[];
  readonly skips: { readonly policy: string; readonly stage: string; readonly reason: string }[];
  /** Channels of messages that were refused. */
  readonly refusals: string[];
  readonly held: string[];
  unknown: number;
}

/** Reads the log of one account from its beginning. */
export class AccountReader {
  file: AccountFile;
  zone: string;
  /** What was open when the period began. */
  opening: readonly Item[] = [];
  readonly story: StoryLine[] = [];
  readonly tally: Tally = { messages: [], tasks: [], skips: [], refusals: [], held: [], unknown: 0 };
  readonly #options: CollectorOptions;
  readonly #aging: Aging;
  readonly #log: AccountLog;
  readonly #invoices = new Map<string, Invoice>();
  readonly #cases = new Map<string, KnownCase>();
  readonly #acts = new Map<string, Act>();
  #pending: FileEvent[] = [];
  #open: readonly Item[] | undefined;
  /** Lines of facts older than the period, until it begins. */
  #prior: { readonly line: StoryLine; readonly invoices: readonly string[] }[] | undefined = [];

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
    this.#begin();
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
    const day = factDay(event);
    const older = day !== undefined && day < this.#options.from;
    if (!older && event.type !== 'account.upserted') this.#begin();
    const on = 'on' in event ? event.on : formatDay(localDay(at, this.zone));
    if (this.#options.stories) this.#tell(at, on, event);
    this.#count(event, on);
    if (isFact(event)) this.#open = undefined;
    this.#pending.push(event);
  }

  /** The period begins: of what came before, the story tells only what is still open. */
  #begin(): void {
    if (this.#prior === undefined) return;
    this.opening = this.openItems();
    const open = new Set(this.opening.map((item) => item.invoice.id));
    for (const { line, invoices } of this.#prior) {
      if (invoices.length === 0 || invoices.some((id) => open.has(id))) this.story.push(line);
    }
    this.#prior = undefined;
  }

  #tell(at: number, date: string, event: FileEvent): void {
    const told = lineOf(
      {
        engine: this.#options.engine,
        invoices: this.#invoices,
        cases: this.#cases,
        acts: this.#acts,
      },
      event,
    );
    if (told === undefined) return;
    const line: StoryLine = { date, at, ...told };
    if (this.#prior === undefined) this.story.push(line);
    else this.#prior.push({ line, invoices: invoicesOf(event) });
  }

  #count(event: FileEvent, on: string): void {
    const { tally } = this;
    switch (event.type) {
      case 'invoice.upserted':
        this.#invoices.set(event.invoice.id, event.invoice);
        return;
      case 'case.opened':
        this.#cases.set(event.case, { policy: event.policy, version: event.version, carrier: event.carrier });
        return;
      case 'case.carried': {
        const known = this.#cases.get(event.case);
        if (known !== undefined) this.#cases.set(event.case, { ...known, carrier: event.carrier });
        return;
      }
      case 'case.adopted': {
        const { policy, version } = event;
        this.#cases.set(event.case, { ...this.#cases.get(event.case), policy, version });
        return;
      }
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
