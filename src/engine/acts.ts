import type { Cover, Purpose } from '../ledger/file.js';
import type { Money } from '../money/index.js';
import type { Tone } from '../policy/types.js';

/** Which document decided, so that any decision can be replayed. */
export interface DocumentRef {
  readonly id: string;
  readonly version: number;
  /** SHA-256 of the canonical document, hex, first 16 digits. */
  readonly hash: string;
}

/** One item as the act knew it. */
export interface ActItem {
  readonly item: string;
  readonly invoice: string;
  readonly instalment?: string | undefined;
  readonly number: string;
  readonly currency: string;
  readonly original: number;
  /** Paid so far, by payments or by what a pushed balance says. */
  readonly paid: number;
  readonly outstanding: number;
  readonly dunnable: number;
  readonly due?: string | undefined;
  readonly daysPastDue: number;
  /** Whether a stage of this item acts, or it is only listed. */
  readonly acting: boolean;
}

/**
 * One row of the outbox: one message or task, to one contact, at one place of
 * its channel chain. Holds no address and no text: both are made at dispatch
 * from the facts of that moment.
 */
export interface Act {
  /** Readable and deterministic: `account/policy/subject#opening/stage.occurrence@contact.position`, `!n` after n withdrawals. */
  readonly id: string;
  readonly account: string;
  readonly kind: 'message' | 'task';
  readonly purpose: Purpose;
  readonly plan: DocumentRef;
  readonly policy: DocumentRef;
  /** Stage whose message this is: the highest of those covered; `on:paid` for thanks. */
  readonly stage: string;
  readonly tone: Tone;
  readonly covers: readonly Cover[];
  /** Absent for tasks. */
  readonly contact?: string | undefined;
  readonly channel?: string | undefined;
  /** Place in the channel chain, from 0: how many places before it were refused for the first cover. */
  readonly position: number;
  /** Message of the catalogue; absent for tasks. */
  readonly message?: string | undefined;
  /** Kind of task. */
  readonly task?: string | undefined;
  /** Why the task exists: code. */
  readonly reason?: string | undefined;
  readonly owner?: string | undefined;
  /** Deadline of a task. */
  readonly deadline?: string | undefined;
  readonly language: string;
  readonly items: readonly ActItem[];
  /** Dunnable amounts of the acting items, or amounts paid for thanks; by currency. */
  readonly totals: readonly Money[];
  /** The review that planned it. */
  readonly review: number;
  /** Local day in the book zone. */
  readonly on: string;
  /** Uniqueness keys: one per cover, with contact and position. */
  readonly keys: readonly string[];
}
