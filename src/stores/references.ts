import type { CommitOptions, Json } from './store.js';

/** Where something is to be found. */
export interface Reference {
  /** What is looked for; not personal data itself but a digest of it. */
  readonly key: string;
  readonly account: string;
  /** What there is to know about it; small. */
  readonly value: Json;
}

/**
 * What a store offers so that what comes in from outside finds its account
 * (`Store.references`): an address, a provider's id of a message. Hints and no
 * more: whoever finds one looks into the account's file. Without it only what
 * names an act finds its account.
 */
export interface ReferenceStore {
  /** Writes references, each over one of the same key and account. All or none; in the host's transaction where one is given. */
  put(tenant: string, references: readonly Reference[], options?: CommitOptions): Promise<void>;
  /** References of these keys, by key and account. Found by the primary key. */
  find(tenant: string, keys: readonly string[]): Promise<readonly Reference[]>;
  /** All references of an account, by key. Found by index. */
  list(tenant: string, account: string): Promise<readonly Reference[]>;
  /** Removes references of an account: these keys, or all. */
  remove(tenant: string, account: string, keys?: readonly string[]): Promise<void>;
}
