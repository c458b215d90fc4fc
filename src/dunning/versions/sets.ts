import { RecobroError } from '../../errors.js';
import { contentHash } from '../../policy/canonical.js';
import type { Documents } from '../../policy/types.js';
import { parseDocuments } from '../../schema/index.js';
import type { DocumentStore, StoredDocument } from '../../stores/documents.js';
import { fromJson, toJson } from '../codec.js';
import type { Context } from '../context.js';
import { codeOf, isStoreFailure } from '../failures.js';

/** A version of a document as a set names it. */
export interface DocumentVersionRef {
  readonly id: string;
  readonly version: number;
  readonly hash: string;
}

/** Versions that belong together. */
export interface DocumentSet {
  /** Hash of what follows: the same versions are the same set. */
  readonly set: string;
  readonly plan: DocumentVersionRef;
  readonly policies: readonly DocumentVersionRef[];
  readonly messages: DocumentVersionRef;
}

/** A document of a set, as it is stored. */
export interface SetPart {
  readonly kind: 'plan' | 'policy' | 'messages';
  /** Where it stands among the documents. */
  readonly path: string;
  readonly ref: DocumentVersionRef;
  readonly document: unknown;
}

/** The documents of a set, one by one. */
export function partsOf({ plan, policies, messages }: Documents): readonly SetPart[] {
  const part = (
    kind: SetPart['kind'],
    path: string,
    document: { readonly id: string; readonly version: number },
  ): SetPart => ({
    kind,
    path,
    ref: { id: document.id, version: document.version, hash: contentHash(document) },
    document,
  });
  return [
    part('plan', 'plan', plan),
    ...policies.map((policy, index) => part('policy', `policies[${index}]`, policy)),
    part('messages', 'messages', messages),
  ];
}

export function setOf(documents: Documents): DocumentSet {
  const { plan, policies, messages } = documents;
  const ref = (document: { readonly id: string; readonly version: number }): DocumentVersionRef => ({
    id: document.id,
    version: document.version,
    hash: contentHash(document),
  });
  const content = { plan: ref(plan), policies: policies.map(ref), messages: ref(messages) };
  return { set: contentHash(content), ...content };
}

/** Sets are kept beside the documents, under their hash. */
export const setKind = 'set';
export const setVersion = 1;

/** @throws RecobroError `unknown_id` */
export async function loadSet(store: DocumentStore, tenant: string, set: string): Promise<DocumentSet> {
  const found = await store.load(tenant, { kind: setKind, id: set, version: setVersion });
  if (found === undefined)
    throw new RecobroError('unknown_id', `there is no set of documents ${JSON.stringify(set)}`);
  return { set, ...fromJson<Omit<DocumentSet, 'set'>>(found.content) };
}

/** The documents of a set. @throws RecobroError `impossible_state` when one is missing or was changed in the database */
export async function documentsOfSet(
  store: DocumentStore,
  tenant: string,
  { plan, policies, messages }: DocumentSet,
): Promise<Documents> {
  const load = async (kind: SetPart['kind'], { id, version, hash }: DocumentVersionRef): Promise<unknown> => {
    const found: StoredDocument | undefined = await store.load(tenant, { kind, id, version });
    if (found !== undefined && contentHash(found.content) === hash) return found.content;
    throw new RecobroError(
      'impossible_state',
      `the ${kind} ${JSON.stringify(id)} version ${version} is not what was saved`,
    );
  };
  return parseDocuments({
    plan: await load('plan', plan),
    policies: await Promise.all(policies.map((policy) => load('policy', policy))),
    messages: await load('messages', messages),
  });
}

/** Everything that a set is saved as; the set itself comes last, so that it never stands without its parts. */
export function recordsOf(
  documents: Documents,
  author: Pick<StoredDocument, 'at' | 'author' | 'reason'>,
): readonly StoredDocument[] {
  const { set, ...content } = setOf(documents);
  return [
    ...partsOf(documents).map(({ kind, ref, document }) => ({
      kind,
      ...ref,
      content: toJson(document),
      ...author,
    })),
    { kind: setKind, id: set, version: setVersion, hash: set, content: toJson(content), ...author },
  ];
}

/** All sets that were saved in the store, where it keeps documents. One that was tampered with is none: what it decided is then told as not found. */
export async function savedDocuments({
  store: { documents },
  tenant,
  logger,
}: Pick<Context, 'store' | 'tenant' | 'logger'>): Promise<readonly Documents[]> {
  if (documents === undefined) return [];
  const all: Documents[] = [];
  for (const { id } of await documents.list(tenant, { kind: setKind })) {
    try {
      all.push(await documentsOfSet(documents, tenant, await loadSet(documents, tenant, id)));
    } catch (error) {
      if (isStoreFailure(error)) throw error;
      logger.error('a saved set of documents cannot be used', { set: id, code: codeOf(error) });
    }
  }
  return all;
}
