import { type Clock, systemClock } from '../../clock.js';
import { type Problem, RecobroError } from '../../errors.js';
import type { Documents } from '../../policy/types.js';
import { parseDocuments } from '../../schema/index.js';
import type { Activation, DocumentAuthor, DocumentStore, DocumentVersion } from '../../stores/documents.js';
import type { Store } from '../../stores/store.js';
import { instantOf, named, objectOf, type When } from '../options.js';
import { type DocumentSet, documentsOfSet, loadSet, partsOf, recordsOf, setOf } from './sets.js';

/** Who saves or activates documents, why, and when. */
export interface Saver {
  readonly author: string;
  readonly reason?: string | undefined;
  /** Default: the clock's. */
  readonly now?: When | undefined;
}

/** The set in use, with its documents. */
export interface ActiveDocuments extends Activation {
  readonly documents: Documents;
}

/** Plans, policies and messages of a tenant, kept as versions. */
export interface StoredDocuments {
  /**
   * Saves documents that belong together, each under its id, version and content hash; what is known already
   * stays as it was saved first. Changes nothing about what is in use.
   *
   * @throws RecobroError `invalid_document`; `version_conflict` where a version is known with other content,
   *   with the path of each: raise the version of what was changed
   */
  save(documents: Documents, by: Saver): Promise<DocumentSet>;
  /**
   * Makes a saved set the one in use. Services with `adopt: true` take it up with their next run; an earlier set
   * may be activated again.
   *
   * @throws RecobroError `unknown_id`; `store_conflict` when others keep activating
   */
  activate(set: string, by: Saver): Promise<Activation>;
  /** The set in use, if one was ever activated. */
  active(): Promise<ActiveDocuments | undefined>;
  /** The documents of a saved set. @throws RecobroError `unknown_id` */
  load(set: string): Promise<Documents>;
  /** What was saved, by kind, id and version: who, when and why. Sets have the kind `set`. */
  list(filter?: {
    readonly kind?: 'plan' | 'policy' | 'messages' | 'set' | undefined;
    readonly id?: string | undefined;
  }): Promise<readonly DocumentVersion[]>;
  /** What was in use, the newest first. Default: the latest 100. */
  activations(options?: { readonly limit?: number | undefined }): Promise<readonly Activation[]>;
}

const mostTries = 20;

/**
 * Documents kept in a store's own tables, beside what they decide: appended and never changed.
 *
 * @example
 * const versions = storedDocuments(store, { tenant: 'acme' });
 * const { set } = await versions.save({ plan, policies, messages }, { author: 'eva', reason: 'softer in summer' });
 * await versions.activate(set, { author: 'eva' });
 * @throws RecobroError `invalid_option` for a store that keeps no documents
 */
export function storedDocuments(
  store: Store,
  options: { readonly tenant?: string | undefined; readonly clock?: Clock | undefined } = {},
): StoredDocuments {
  const { tenant = 'default', clock = systemClock } = options;
  named(tenant, 'tenant');
  const documents = documentsIn(store);
  const authorOf = (by: Saver): DocumentAuthor => {
    const { author, reason, now } = objectOf(by, 'by');
    return {
      at: now === undefined ? clock.now() : instantOf(now, 'by.now'),
      author: named(author, 'by.author'),
      reason: reason ?? null,
    };
  };
  return {
    async save(given, by) {
      const author = authorOf(by);
      const read = parseDocuments(given);
      // Looked at first, so that a conflict leaves nothing behind; a rival may still come in between, one by one.
      await refuseConflicts(documents, tenant, read);
      for (const one of recordsOf(read, author))
        if ((await documents.add(tenant, one)) !== one.hash) await refuseConflicts(documents, tenant, read);
      return setOf(read);
    },
    async activate(set, by) {
      const author = authorOf(by);
      await loadSet(documents, tenant, named(set, 'set'));
      for (let tries = 0; tries < mostTries; tries++) {
        const [last] = await documents.activations(tenant, 1);
        const activation: Activation = { number: (last?.number ?? 0) + 1, set, ...author };
        if (await documents.activate(tenant, activation)) return activation;
      }
      throw new RecobroError(
        'store_conflict',
        `others activated first ${mostTries} times in a row; try again`,
        {
          retryable: true,
        },
      );
    },
    async active() {
      const [last] = await documents.activations(tenant, 1);
      if (last === undefined) return undefined;
      const set = await loadSet(documents, tenant, last.set);
      return { ...last, documents: await documentsOfSet(documents, tenant, set) };
    },
    load: async (set) =>
      documentsOfSet(documents, tenant, await loadSet(documents, tenant, named(set, 'set'))),
    list: (filter = {}) => documents.list(tenant, filter),
    activations: ({ limit = 100 } = {}) => documents.activations(tenant, limit),
  };
}

/** @throws RecobroError `invalid_option` */
export function documentsIn(store: Store): DocumentStore {
  if (typeof store === 'object' && store !== null && store.documents !== undefined) return store.documents;
  throw new RecobroError('invalid_option', 'the store keeps no documents', {
    problems: [{ path: 'store', code: 'invalid_type', message: 'is a store that offers `documents`' }],
  });
}

/** @throws RecobroError `version_conflict` */
async function refuseConflicts(store: DocumentStore, tenant: string, documents: Documents): Promise<void> {
  const problems: Problem[] = [];
  for (const { kind, path, ref } of partsOf(documents)) {
    const known = (await store.list(tenant, { kind, id: ref.id })).find((one) => one.version === ref.version);
    if (known === undefined || known.hash === ref.hash) continue;
    problems.push({
      path,
      code: 'version_conflict',
      message: `${ref.id} version ${ref.version} was saved with other content; raise the version of what was changed`,
    });
  }
  if (problems.length > 0)
    throw new RecobroError('version_conflict', 'versions once saved do not change; nothing was written', {
      problems,
    });
}
