import type { Json, LoggedEvent, StoredAct } from './store.js';

/** Where a chain stands: its last position and hash; position 0 and an empty hash before the first event. */
export interface ChainHead {
  readonly position: number;
  readonly hash: string;
}

/** A sealed event: its place in the tenant's sequence, and the hash that ties it to those before. */
export interface SealedEvent extends ChainHead {
  readonly account: string;
  readonly seq: number;
  /** Absent where the log does not hold the event any more. */
  readonly event?: LoggedEvent | undefined;
}

/** What {@link AuditStore.seal} is asked for. */
export interface SealQuery {
  readonly tenant: string;
  /** Commits to be sealed at most; each has one event or more. */
  readonly limit: number;
  /** Whether to wait for a sealer of the tenant that is at it. With `false` the answer is then 0 at once. Default `true`. */
  readonly wait?: boolean | undefined;
  /** The hash of an event at its position, from the hash before. Pure; a store may call it again. */
  readonly link: (before: ChainHead, event: LoggedEvent) => string;
}

/**
 * What a store offers so that the log can be proven and people be erased from
 * it (`Store.audit`). Without it the log is kept and read all the same; there
 * is no chain, no change feed and no erasure, and events are whole: `personal`
 * is never handed to the store.
 */
export interface AuditStore {
  /** Tenants with committed events that are not sealed yet, in no particular order. */
  unsealed(query: { readonly limit: number }): Promise<readonly string[]>;
  /**
   * Gives the next committed events of the tenant their positions, from 1 and without gaps, and their
   * hashes, all or nothing; answers how many. 0 says that everything that was committed before the
   * call is sealed. Events of one account keep their order; those of one change follow each other.
   * Several sealers may run at once: they wait for each other, but no commit ever waits for a sealer,
   * nor a sealer for a commit: what is not committed yet is sealed later, behind what was.
   */
  seal(query: SealQuery): Promise<number>;
  /** Where the tenant's chain stands. */
  head(tenant: string): Promise<ChainHead>;
  /** Sealed events behind a position, in order. */
  sealed(query: {
    readonly tenant: string;
    readonly after: number;
    readonly limit: number;
  }): Promise<readonly SealedEvent[]>;
  /** Events of the log that are neither sealed nor waiting to be: nobody but a tamperer makes these. */
  strays(query: {
    readonly tenant: string;
    readonly limit: number;
  }): Promise<readonly { readonly account: string; readonly seq: number }[]>;
  /**
   * Replaces the personal data of an account's events, and parts of its acts, which are otherwise never
   * changed. Both functions are pure, are asked in the order of sequence and id, and answer undefined
   * for what stays. Answers how many rows were changed.
   */
  redact(query: {
    readonly tenant: string;
    readonly account: string;
    /** The new personal data of an event that has some. */
    readonly personal: (event: LoggedEvent) => Json | undefined;
    readonly act: (
      act: StoredAct,
    ) => { readonly data?: Json | undefined; readonly result?: Json | undefined } | undefined;
  }): Promise<number>;
}
