import type { DocumentRef, FileEvent } from '../../engine/index.js';
import type { Money } from '../../money/index.js';
import type { Plan, Policy, Tone } from '../../policy/types.js';

/** One event of an account file, and when it happened, in milliseconds since 1970. */
export interface LogEntry {
  readonly at: number;
  readonly event: FileEvent;
}

/** Everything that happened to an account, oldest first. */
export interface AccountLog {
  readonly account: string;
  readonly entries: readonly LogEntry[];
}

/**
 * What happened to a portfolio in a period: what `simulate` answers, what
 * `summarise` makes of the history of a real run, and what `htmlReport` shows.
 * Plain data: the same logs give the same JSON, byte for byte. Amounts are
 * minor units, never added across currencies; dates are local days of each
 * account's books.
 */
export interface ReportInput {
  readonly kind: 'simulation' | 'run';
  /** First and last day. */
  readonly from: string;
  readonly to: string;
  /** The plan's zone. */
  readonly zone: string;
  readonly plan: Plan;
  readonly policies: readonly Policy[];
  /** Versions and hashes of the documents that decided. */
  readonly refs: { readonly plan: DocumentRef; readonly policies: readonly DocumentRef[] };
  readonly ledger: LedgerCounts;
  readonly totals: RunTotals;
  /** Every stage of every policy, in their order. */
  readonly stages: readonly StageTotals[];
  readonly channels: readonly ChannelTotals[];
  /** Every month of the period. */
  readonly months: readonly MonthTotals[];
  /** Stages passed over, by policy, stage and reason. */
  readonly skipped: readonly SkipCount[];
  /** How often something kept an item out of dunning, by reason. */
  readonly held: readonly ReasonCount[];
  /** Why nothing more goes out for the items that are open at the end, by reason. */
  readonly waiting: readonly ReasonCount[];
  readonly money: readonly MoneyTotals[];
  readonly aging: readonly AgingCurve[];
  /** Days on which somebody was contacted or given a task. */
  readonly calendar: readonly CalendarDay[];
  /** By id. */
  readonly accounts: readonly AccountRun[];
}

/** How much there is in the ledger, as far as it became known in the period. */
export interface LedgerCounts {
  readonly accounts: number;
  readonly invoices: number;
  readonly payments: number;
  readonly credits: number;
  readonly currencies: readonly string[];
}

/** What was done. A *stage reached* is a cover: one stage of one item; one message may cover several. */
export interface RunTotals {
  readonly reached: number;
  /** Messages that chase. */
  readonly messages: number;
  /** Messages that thank for a payment. */
  readonly thanks: number;
  readonly tasks: number;
  readonly skipped: number;
  /** Refused by a provider for good. */
  readonly refused: number;
  /** Nobody knows whether they went out. */
  readonly unknown: number;
  /** Accounts that got at least one message that chases. */
  readonly accountsContacted: number;
}

/** What a stage did. */
export interface StageTotals {
  readonly policy: string;
  readonly stage: string;
  readonly name: string;
  readonly tone: Tone;
  /** Items that reached it, repeats included. */
  readonly reached: number;
  /** Of these, repeats of the last stage. */
  readonly repeats: number;
  /** Messages in which it was the strongest stage. */
  readonly messages: number;
  readonly tasks: number;
  readonly skipped: number;
  readonly channels: readonly { readonly channel: string; readonly messages: number }[];
}

export interface ChannelTotals {
  readonly channel: string;
  readonly messages: number;
  readonly thanks: number;
  readonly refused: number;
}

export interface MonthTotals {
  /** `2026-03` */
  readonly month: string;
  readonly reached: number;
  readonly messages: number;
  readonly thanks: number;
  readonly tasks: number;
  /** Stages that were reached, in their order. */
  readonly stages: readonly {
    readonly policy: string;
    readonly stage: string;
    readonly reached: number;
  }[];
}

export interface SkipCount {
  readonly policy: string;
  readonly stage: string;
  readonly reason: string;
  readonly count: number;
}

export interface ReasonCount {
  readonly reason: string;
  readonly count: number;
}

/** Sums of one currency, in minor units. */
export interface MoneyTotals {
  readonly currency: string;
  /** Open when the period began. */
  readonly opening: number;
  /** Totals of the invoices issued in the period. */
  readonly invoiced: number;
  /** Payments of the period. */
  readonly paid: number;
  /** Credit notes of the period. */
  readonly credited: number;
  /** Open at the end. */
  readonly outstanding: number;
  /** Open and past due at the end. */
  readonly overdue: number;
}

/** What was open of one currency, day by day or week by week. */
export interface AgingCurve {
  readonly currency: string;
  readonly step: 'day' | 'week';
  readonly points: readonly AgingPoint[];
}

/** Outstanding amounts at the end of a day by days past due, in minor units. */
export interface AgingPoint {
  readonly date: string;
  /** Not past due, or without a due date. */
  readonly current: number;
  readonly days30: number;
  readonly days60: number;
  readonly days90: number;
  /** More than 90 days. */
  readonly older: number;
}

export interface CalendarDay {
  readonly date: string;
  readonly reached: number;
  readonly messages: number;
  readonly thanks: number;
  readonly tasks: number;
}

/** What happened to one account. */
export interface AccountRun {
  readonly id: string;
  readonly name: string;
  readonly invoices: number;
  readonly reached: number;
  readonly messages: number;
  readonly thanks: number;
  readonly tasks: number;
  readonly skipped: number;
  /** The strongest stage reached. */
  readonly highest?:
    | { readonly policy: string; readonly stage: string; readonly name: string; readonly tone: Tone }
    | undefined;
  /** Open at the end. */
  readonly outstanding: readonly Money[];
  /** Open and past due at the end. */
  readonly overdue: readonly Money[];
  /**
   * What happened, oldest first; empty when stories were not asked for. Of what
   * is older than the period it tells only what was open when it began.
   */
  readonly story: readonly StoryLine[];
}

/** What a line of a story tells. */
export type StoryKind =
  /** An invoice became known, or changed. */
  | 'invoice'
  | 'invoice_changed'
  | 'payment'
  | 'payment_reversed'
  | 'credit'
  | 'hold'
  | 'hold_released'
  | 'dispute'
  | 'dispute_closed'
  | 'promise'
  | 'promise_cancelled'
  /** A message went out that chases, or thanks. */
  | 'message'
  | 'thanks'
  /** A message was refused, is delayed, may have gone out, turned out to have gone out or not, or was taken back. */
  | 'refused'
  | 'delayed'
  | 'unknown'
  | 'resolved'
  | 'withdrawn'
  | 'task'
  | 'task_closed'
  | 'skipped'
  /** An item is kept out of dunning, or comes back. */
  | 'held'
  | 'resumed'
  /** An item is settled, or nothing is left to do about it. */
  | 'settled'
  | 'exhausted';

/** One line of an account's story: codes and data; sentences are made by whoever shows it. */
export interface StoryLine {
  /** Local day of the account's books. */
  readonly date: string;
  readonly at: number;
  readonly kind: StoryKind;
  /** Numbers of the invoices it is about. */
  readonly invoices: readonly string[];
  readonly amounts: readonly Money[];
  /** Due date of an invoice, last day of a hold, promised day, deadline of a task. */
  readonly day?: string | undefined;
  readonly policy?: string | undefined;
  /** Stage id; of a message the strongest. */
  readonly stage?: string | undefined;
  readonly name?: string | undefined;
  readonly tone?: Tone | undefined;
  readonly channel?: string | undefined;
  /** Id of the contact. */
  readonly contact?: string | undefined;
  /** Kind of a task. */
  readonly task?: string | undefined;
  /** Items that the message covers. */
  readonly reached?: number | undefined;
  /** Code: why. */
  readonly reason?: string | undefined;
}
