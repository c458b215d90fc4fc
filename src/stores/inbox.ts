import type { Json } from './store.js';

/** Something that came in. */
export interface InboxEntry {
  /** What makes it the same thing when it comes again. */
  readonly key: string;
  /** When it came. */
  readonly at: number;
  readonly data: Json;
}

/** An entry that a worker has taken. */
export interface TakenEntry extends InboxEntry {
  readonly tenant: string;
  /** How often it was taken, this time included. */
  readonly attempts: number;
}

/** What became of an entry that was taken; done, where it says nothing else. */
export interface FinishedEntry {
  readonly key: string;
  /** When it is due again. */
  readonly again?: number | undefined;
  /** It is kept, and handed out to nobody until it is recalled. */
  readonly aside?: true | undefined;
  /** What is kept instead, of one that is not done. */
  readonly data?: Json | undefined;
}

/** When what was put aside is due: later than any instant. */
export const asideDue: number = Number.MAX_SAFE_INTEGER;

/**
 * What a store offers so that a provider can be answered before its request is
 * worked on (`Store.inbox`): what came in is kept, once by its key, until a worker has
 * dealt with it. Shares its keys with `Store.appendOnce`. Without it the work is done
 * before the answer, and a provider that is slow to be answered tries again.
 */
export interface InboxStore {
  /**
   * Keeps each entry whose key was never there before, all or none, and says which those are; in the order of the
   * entries. A key that stands twice among them is new once.
   */
  receive(tenant: string, entries: readonly InboxEntry[]): Promise<readonly boolean[]>;
  /**
   * Takes up to `limit` entries that are due (`now` has come) until `lease`, those due longest first, then in the
   * order in which they came. No entry is ever handed to two takers whose leases overlap; one whose lease ends is due
   * again then.
   */
  take(query: {
    readonly now: number;
    readonly lease: number;
    readonly limit: number;
    readonly token: string;
    readonly tenant?: string | undefined;
  }): Promise<readonly TakenEntry[]>;
  /**
   * Ends a taking: what is done is never handed out again and its data is forgotten, its key is not. Only for entries
   * taken with this token and not taken since; true for those.
   */
  finish(tenant: string, token: string, entries: readonly FinishedEntry[]): Promise<readonly boolean[]>;
  /** How many of a tenant's entries were put aside, and up to `limit` of them, in the order in which they came. */
  aside(
    tenant: string,
    limit: number,
  ): Promise<{ readonly count: number; readonly list: readonly InboxEntry[] }>;
  /** Has entries that were put aside be due at once, with this data if it is given; true for those. */
  recall(
    tenant: string,
    entries: readonly { readonly key: string; readonly data?: Json | undefined }[],
  ): Promise<readonly boolean[]>;
  /**
   * Ends entries that are not done, taken or not, for which `gone` answers true: they are never handed out again, their
   * data is forgotten, their keys are not. Asks for each of the tenant's entries that stand there when it is called, and
   * answers how many went. For erasure.
   */
  forget(tenant: string, gone: (data: Json) => Promise<boolean>): Promise<number>;
  /** How many of a tenant's entries are not done, those that were put aside among them, and when the first of them came. Found by index. */
  waiting(tenant: string): Promise<{ readonly count: number; readonly oldest?: number | undefined }>;
}
