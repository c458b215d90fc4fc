import type { AuditStore } from './audit.js';
import type { BulkStore } from './bulk.js';
import type { DocumentStore } from './documents.js';
import type { InboxStore } from './inbox.js';
import type { LeftStore } from './left.js';
import type { ReferenceStore } from './references.js';
import type { SharedStore } from './shared.js';

/**
 * The store port: what recobro needs of a database, and nothing more.
 *
 * Files, events and acts are opaque JSON to a store. All ids are scoped by
 * tenant; no query ever crosses tenants except `due`, `claim` and `expired`
 * without a tenant, which serve workers and return the tenant with each row.
 * Instants are milliseconds since 1970-01-01T00:00:00Z, handed in: a store
 * never reads a clock. Ids are well-formed text without U+0000; wherever they
 * order something, it is by their UTF-8 bytes.
 */

/** Plain JSON. Object keys keep their order through a store; what goes in and comes out shares no memory. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** An account file at rest: a header and one row per invoice. */
export interface StoredFile {
  readonly tenant: string;
  readonly account: string;
  /** Rises by one with each commit; 0 is "does not exist". */
  readonly version: number;
  readonly header: Json;
  /** By row id, in the order of the ids. */
  readonly rows: ReadonlyMap<string, Json>;
  /** Next review instant; `null` when nothing is to be done. */
  readonly next: number | null;
}

/** One event of the append-only log, numbered within its file from 1. */
export interface StoredEvent {
  readonly seq: number;
  readonly at: number;
  readonly type: string;
  readonly actor: string;
  readonly data: Json;
  /** Personal data of the event. They stand apart, so that they can be erased while the event stays as it is. */
  readonly personal?: Json | undefined;
}

/** A stored event with where it belongs. */
export interface LoggedEvent extends StoredEvent {
  readonly tenant: string;
  readonly account: string;
}

/**
 * - `ready`: may be claimed once `notBefore` has come.
 * - `claimed`: a worker has it until `lease`; on expiry it is `ready` again, for no call was made.
 * - `sending`: committed before the provider is called; on expiry it is never freed, only reported by `expired`.
 * - `accepted`, `refused`, `unknown`, `completed`: at rest.
 * - `withdrawn`: at rest for good: its keys are free and no move leads out of it.
 * - `open`: a task waiting for a person; never claimed.
 */
export type ActState =
  | 'ready'
  | 'claimed'
  | 'sending'
  | 'accepted'
  | 'refused'
  | 'unknown'
  | 'withdrawn'
  | 'open'
  | 'completed';

/** A row of the outbox. */
export interface StoredAct {
  readonly tenant: string;
  readonly account: string;
  readonly id: string;
  readonly state: ActState;
  readonly notBefore: number;
  /** Attempts started so far. */
  readonly attempts: number;
  /** End of the lease while claimed or sending. */
  readonly lease: number | null;
  /** Fencing token of the holder while claimed or sending. */
  readonly token: string | null;
  readonly data: Json;
  /** What the last attempt or resolution said. */
  readonly result: Json;
}

/** A new act, with the keys that no other act of the tenant that is not withdrawn may hold; its id was never used. */
export interface ActInsert {
  readonly op: 'insert';
  readonly id: string;
  readonly keys: readonly string[];
  readonly state: 'ready' | 'open';
  readonly notBefore: number;
  /** Its place among acts that may be claimed: a whole number, the lowest goes first. It never changes. Default 0. */
  readonly rank?: number | undefined;
  readonly data: Json;
}

/**
 * A transition of an act. Refused unless the act belongs to the change's
 * account, is in one of `from` and, if a token is given, is held with it.
 * Only an act that is held (`claimed` or `sending`) can move to `claimed` or
 * `sending`, and keeps its token and, unless a new one is given, its lease;
 * any other move ends both.
 */
export interface ActMove {
  readonly op: 'move';
  readonly id: string;
  readonly from: readonly ActState[];
  readonly to: ActState;
  /** The fencing token of the claim; required from `claimed` and `sending` by workers. */
  readonly token?: string | undefined;
  readonly notBefore?: number | undefined;
  /** New end of the lease, when moving to `sending` or `claimed` (a heartbeat). */
  readonly lease?: number | undefined;
  /** Whether this starts an attempt (adds one to `attempts`). */
  readonly attempt?: boolean | undefined;
  readonly result?: Json | undefined;
}

export type ActChange = ActInsert | ActMove;

/** One change of one account: file, events, acts and next review, all or nothing. */
export interface Change {
  readonly tenant: string;
  readonly account: string;
  /** Version the change was made from; 0 creates the file. */
  readonly expected: number;
  /** Absent: the file's content stays (the version still rises). Of a row both removed and put, the put stands. */
  readonly file?:
    | { readonly header: Json; readonly put: ReadonlyMap<string, Json>; readonly remove: readonly string[] }
    | undefined;
  /** Records that leave the file with this change, and ids of those that come back. Only for a store that offers `left`. */
  readonly left?: { readonly put: ReadonlyMap<string, Json>; readonly remove: readonly string[] } | undefined;
  /** Sequence numbers are the file's own and new; a number used before is the error `impossible_state`. */
  readonly events: readonly StoredEvent[];
  /** Each act at most once. Moves come before inserts: what is withdrawn here frees its keys for what is inserted here. */
  readonly acts: readonly ActChange[];
  /** Next review instant; absent: stays. */
  readonly next?: number | null | undefined;
}

/**
 * What became of a change. `version`: another commit of the file came first.
 * `act`: an act was not in an expected state, or the token was stale.
 * `key`: an act's key is held by another act, or its id was used before. Of
 * several the first in this order is told. In
 * every `ok: false` case nothing of this change was written; other changes of
 * the batch stand alone, as if they were committed one after the other.
 */
export type CommitOutcome =
  | { readonly ok: true; readonly version: number }
  | { readonly ok: false; readonly conflict: 'version' | 'act' | 'key' };

export interface DueAccount {
  readonly tenant: string;
  readonly account: string;
  readonly next: number;
}

/** Options of a commit. */
export interface CommitOptions {
  /**
   * The host's own transaction, as the store's documentation says; the host
   * commits or rolls back. A store that cannot join one throws `invalid_option`.
   */
  readonly transaction?: unknown;
}

/**
 * The port. Every method may be called concurrently, by several processes
 * where the store says that it supports them. A method throws `store_failed`
 * when the database does not do as asked (`retryable` says whether the same
 * call may succeed later; what it wrote is then unknown, which the versions
 * settle on the next attempt), and `closed` after `close`.
 */
export interface Store {
  /** Files of these accounts; those that do not exist are left out. Order is not promised. */
  load(tenant: string, accounts: readonly string[], options?: CommitOptions): Promise<readonly StoredFile[]>;
  /** Each change wins or conflicts alone; outcomes in the order of the changes. At most one change per account and batch. */
  commit(changes: readonly Change[], options?: CommitOptions): Promise<readonly CommitOutcome[]>;
  /** Accounts with `next <= before`, earliest first, ties by tenant and account; found by index. */
  due(query: {
    readonly before: number;
    readonly limit: number;
    readonly tenant?: string | undefined;
  }): Promise<readonly DueAccount[]>;
  /**
   * Takes up to `limit` acts with `notBefore <= now` that are ready or whose claim ran out (`lease <= now`),
   * lowest rank first, then earliest `notBefore`, ties by tenant and id, and marks them `claimed` with `token`
   * until `lease`.
   * No act is ever handed to two claims whose leases overlap.
   */
  claim(query: {
    readonly now: number;
    readonly lease: number;
    readonly limit: number;
    readonly token: string;
    readonly tenant?: string | undefined;
  }): Promise<readonly StoredAct[]>;
  /** Acts in `sending` whose lease ran out (`lease <= now`), longest ago first: nobody knows whether they went out. Changes nothing. */
  expired(query: {
    readonly now: number;
    readonly limit: number;
    readonly tenant?: string | undefined;
  }): Promise<readonly StoredAct[]>;
  /** One act by id. */
  act(tenant: string, id: string): Promise<StoredAct | undefined>;
  /** Records an inbound event once: false when the key was there before. */
  appendOnce(tenant: string, key: string, at: number, data: Json, options?: CommitOptions): Promise<boolean>;
  /** All files of a tenant, by account id, streamed. Each file is whole; the stream is no snapshot of all of them. */
  files(tenant: string): AsyncIterable<StoredFile>;
  /** Events of a tenant or of one account, by account and sequence, streamed; `after` leaves out sequences up to it. */
  events(
    tenant: string,
    filter?: { readonly account?: string | undefined; readonly after?: number | undefined },
  ): AsyncIterable<LoggedEvent>;
  /** Acts of a tenant, by id, streamed. */
  acts(
    tenant: string,
    filter?: { readonly account?: string | undefined; readonly states?: readonly ActState[] | undefined },
  ): AsyncIterable<StoredAct>;
  /** Brings the tables up to date. Safe to call at each start and by several processes at once. */
  migrate(): Promise<void>;
  /** Frees what the store itself opened. May be called twice. */
  close(): Promise<void>;
  /**
   * Optional: runs work in a transaction of the store's own and hands it what
   * `CommitOptions.transaction` takes, so that others who keep their data in the
   * same database (a queue its jobs) write there with a commit. Committed when the
   * work resolves; rolled back when it rejects, and then rejects with the same
   * error. The work may run again after a loss against another transaction.
   * Without it they write after the commit.
   */
  transaction?<T>(work: (transaction: unknown) => Promise<T>): Promise<T>;
  /**
   * Optional: how many acts of a tenant in one state have a `notBefore`, `rank` or `lease` of at most `until` (and
   * at least `from`, where given), and the first `limit` of them by that number, ties by id. The count costs
   * no act's data. Without it a report of stuck work reads every act in that state.
   */
  backlog?(query: {
    readonly tenant: string;
    readonly state: ActState;
    readonly by: 'notBefore' | 'rank' | 'lease';
    readonly from?: number | undefined;
    readonly until: number;
    readonly limit: number;
  }): Promise<{ readonly count: number; readonly acts: readonly StoredAct[] }>;
  /** Optional: the chain over the log, and erasure. Without it there is neither. */
  readonly audit?: AuditStore | undefined;
  /** Optional: keeps records that are over apart from the file. Without it they stay in the file. */
  readonly left?: LeftStore | undefined;
  /** Optional: small values that workers share, such as which senders are held back. Without it each process keeps its own. */
  readonly shared?: SharedStore | undefined;
  /** Optional: what came in and is still to be worked on. Without it webhooks are answered after their work. */
  readonly inbox?: InboxStore | undefined;
  /** Optional: which account an address or a provider's id belongs to. Without it only what names an act finds its account. */
  readonly references?: ReferenceStore | undefined;
  /** Optional: plans, policies and messages kept as versions. Without it a host keeps its documents elsewhere. */
  readonly documents?: DocumentStore | undefined;
  /** Optional: takes in hundreds of thousands of records faster than `commit`. Without it they go through `commit`. */
  readonly bulk?: BulkStore | undefined;
}
