import type { Account, CreditNote, Dispute, Hold, Invoice, Payment, PaymentPromise } from './types.js';

/**
 * The account file: everything decided together and committed together for one
 * account. Immutable; only `evolve` makes a new one. Maps keep insertion
 * order, and nothing that is decided depends on that order.
 */
export interface AccountFile {
  /** The account's id. */
  readonly id: string;
  /** Number of events that made this file; the sequence of the last one. */
  readonly seq: number;
  /** Absent while only items of the account are known (facts may arrive in any order). */
  readonly account?: Account | undefined;
  /** Instant of the latest review, so that a back-dated one is refused. */
  readonly reviewed?: number | undefined;
  readonly invoices: ReadonlyMap<string, InvoiceEntry>;
  readonly payments: ReadonlyMap<string, Payment>;
  readonly credits: ReadonlyMap<string, CreditNote>;
  readonly holds: ReadonlyMap<string, Hold>;
  readonly disputes: ReadonlyMap<string, Dispute>;
  readonly promises: ReadonlyMap<string, PaymentPromise>;
  /** Acts that are not finished, by id. */
  readonly acts: ReadonlyMap<string, OpenAct>;
  /** Contacts that happened, oldest first; pruned to what rules can look back on. */
  readonly touches: readonly Touch[];
  /** Addresses that turned out not to work: `channel contact address`. */
  readonly unusable: readonly UnusableMark[];
}

/** An invoice with the cases of its items. */
export interface InvoiceEntry {
  readonly invoice: Invoice;
  /** By opening; the last one of a policy and subject is the running one. */
  readonly cases: readonly Case[];
}

/** An address that a provider refused for good. */
export interface UnusableMark {
  readonly contact: string;
  readonly channel: string;
  readonly address: string;
  readonly reason: string;
  readonly at: number;
}

/** One item climbing one policy. */
export interface Case {
  /** `policy/subject#opening`, readable and stable. */
  readonly id: string;
  readonly policy: string;
  /** The ladder is pinned to this version while the case runs. */
  readonly version: number;
  /** The item: an invoice id, or `invoice~instalment`. */
  readonly subject: string;
  readonly opening: number;
  /** Local day on which it opened. */
  readonly opened: string;
  readonly state: CaseState;
  /** Why and when it closed or was exhausted. */
  readonly closed?: { readonly reason: string; readonly on: string } | undefined;
  /** Days by which the overdue rest of the ladder is displaced after a late entry or a pause. */
  readonly shift: number;
  /** The due date from which `shift` was reckoned: when that moves, the displacement shrinks or grows with it. */
  readonly shiftedFrom?: string | undefined;
  /** First day on which the next stage may act: the restart gap after the last pause. */
  readonly notBefore?: string | undefined;
  /** Why the case rests since when; cleared on resuming. */
  readonly paused?: { readonly reason: string; readonly on: string } | undefined;
  /** What happened at each stage, in order. */
  readonly marks: readonly StageMark[];
}

export type CaseState = 'open' | 'exhausted' | 'closed';

/** What became of one occurrence of a stage. */
export interface StageMark {
  /** A stage's id, or one of the names of `engine/marks.ts`: `on:paid`, `firm/send.1`, `firm/task.0`, `task:unreachable`. */
  readonly stage: string;
  /** 1, or the number of the repeat. */
  readonly occurrence: number;
  readonly state: 'planned' | 'done' | 'skipped' | 'unknown' | 'failed' | 'withdrawn';
  /** Local day of what happened last. */
  readonly on: string;
  /** Code, where skipped or failed. */
  readonly reason?: string | undefined;
  readonly act?: string | undefined;
  /** Places of the channel chain that refused for good, as `contact:channel`; `address contact:channel` where only the address was at fault. */
  readonly tried: readonly string[];
  /** How often an act for it was withdrawn; part of the next act's id. */
  readonly revision: number;
}

/** A planned contact that is not finished: it counts for gap and caps, and holds its cases. */
export interface OpenAct {
  readonly id: string;
  readonly kind: 'message' | 'task';
  readonly purpose: Purpose;
  readonly state: 'planned' | 'unknown';
  readonly contact?: string | undefined;
  readonly channel?: string | undefined;
  /** The review that planned it; contacts of one review are one occasion. */
  readonly review: number;
  /** Local day. */
  readonly on: string;
  readonly covers: readonly Cover[];
  /** Address book place, as `contact:channel`. */
  readonly place?: string | undefined;
}

/** Chasing counts for gap and caps; thanks and the like do not. */
export type Purpose = 'dunning' | 'service';

/** What an act performs: one occurrence of one stage of one case. */
export interface Cover {
  readonly invoice: string;
  readonly case: string;
  readonly stage: string;
  readonly occurrence: number;
}

/** A contact that happened, whoever made it. */
export interface Touch {
  readonly at: number;
  readonly on: string;
  /** Contacts of one occasion count once. */
  readonly occasion: number;
  readonly purpose: Purpose;
  readonly channel?: string | undefined;
  readonly contact?: string | undefined;
}
