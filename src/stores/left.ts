import type { CommitOptions, Json } from './store.js';

/** A record that left the working file of an account. */
export interface LeftRecordRow {
  readonly account: string;
  /** Kind and id: `invoice/F1`. */
  readonly id: string;
  readonly data: Json;
}

/**
 * What a store offers so that records that are over leave the working file
 * (`Store.left`) and are kept apart, whole. They are written and removed by
 * `Change.left`, with the change and all or nothing. Without it no record ever
 * leaves, and no change says `left`.
 */
export interface LeftStore {
  /**
   * Records of these accounts and ids; those that are not there are left out. Order is not promised.
   * Found by primary key: it costs what is asked for, however much left.
   */
  find(
    tenant: string,
    keys: readonly { readonly account: string; readonly id: string }[],
    options?: CommitOptions,
  ): Promise<readonly LeftRecordRow[]>;
  /** All records that left an account, by id, streamed. */
  list(tenant: string, account: string): AsyncIterable<LeftRecordRow>;
}
