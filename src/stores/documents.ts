import type { Json } from './store.js';

/** Who saved or activated something when, and why. */
export interface DocumentAuthor {
  readonly at: number;
  readonly author: string;
  readonly reason: string | null;
}

/** A version of a document, without its content. */
export interface DocumentVersion extends DocumentAuthor {
  /** `plan`, `policy`, `messages`; `set` for versions that belong together. */
  readonly kind: string;
  readonly id: string;
  readonly version: number;
  /** Identity of the content. */
  readonly hash: string;
}

/** A version of a document. */
export interface StoredDocument extends DocumentVersion {
  readonly content: Json;
}

/** A set of versions that was made the one in use. */
export interface Activation extends DocumentAuthor {
  /** From 1, without gaps. */
  readonly number: number;
  /** Id of the set. */
  readonly set: string;
}

/**
 * What a store offers so that plans, policies and messages are kept as
 * versions beside what they decide (`Store.documents`). Only ever appended to:
 * no version changes, none is removed. Without it a host keeps its documents
 * where it likes.
 */
export interface DocumentStore {
  /**
   * Appends a version, and answers the hash that stands under its kind, id and version: the one given, or
   * that of what was there before, and then nothing was written. Of several that add the same version, one wins.
   */
  add(tenant: string, document: StoredDocument): Promise<string>;
  /** One version with its content. */
  load(
    tenant: string,
    key: { readonly kind: string; readonly id: string; readonly version: number },
  ): Promise<StoredDocument | undefined>;
  /** Versions by kind, id and version, of one kind and id where asked for, without their contents. */
  list(
    tenant: string,
    filter?: { readonly kind?: string | undefined; readonly id?: string | undefined },
  ): Promise<readonly DocumentVersion[]>;
  /** Appends an activation. False, and nothing is written, unless its number is the one after the last. */
  activate(tenant: string, activation: Activation): Promise<boolean>;
  /** Activations, the newest first; at most `limit`. */
  activations(tenant: string, limit: number): Promise<readonly Activation[]>;
}
