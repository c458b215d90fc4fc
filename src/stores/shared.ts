import type { Json } from './store.js';

/** A small value that all workers of a tenant see, with the version that it has. */
export interface SharedValue {
  readonly key: string;
  /** Rises by one with each write, and is never used again for the key while it stands; 0 is "does not exist". */
  readonly version: number;
  readonly value: Json;
}

/**
 * What a store offers so that workers know the same about a provider
 * (`Store.shared`): which senders, templates and accounts are held back, since
 * when, and who tries again; and up to where a ledger source's list of changes was
 * read. Few and small values; losing them costs a call that fails once more, or a
 * look at accounts once more, never a message. Without it each process keeps its own.
 */
export interface SharedStore {
  /** Values whose keys begin with the prefix, by key; at most `limit`. Found by the primary key. */
  list(query: {
    readonly tenant: string;
    readonly prefix: string;
    readonly limit: number;
  }): Promise<readonly SharedValue[]>;
  /**
   * Writes a value over the version that is expected (0 creates it), or removes it with `undefined`.
   * False, and nothing is written, when the value has another version by now: of several that
   * expect the same one, exactly one succeeds.
   */
  write(change: {
    readonly tenant: string;
    readonly key: string;
    readonly expected: number;
    readonly value: Json | undefined;
  }): Promise<boolean>;
}
