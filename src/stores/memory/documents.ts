import type { Activation, DocumentStore, DocumentVersion, StoredDocument } from '../documents.js';
import { compareText } from './order.js';
import { type MemoryState, read, tenantOf, write } from './state.js';

/** {@link DocumentStore} in memory. */
export function memoryDocuments(state: MemoryState, enter: () => Promise<void>): DocumentStore {
  return {
    async add(tenant, document) {
      await enter();
      const { documents } = tenantOf(state, tenant);
      const key = keyOf(document);
      const known = documents.get(key);
      if (known !== undefined) return known.version.hash;
      const { content, ...version } = document;
      documents.set(key, { version: { ...version }, content: write(content) });
      return version.hash;
    },

    async load(tenant, key): Promise<StoredDocument | undefined> {
      await enter();
      const found = tenantOf(state, tenant).documents.get(keyOf(key));
      return found === undefined ? undefined : { ...found.version, content: read(found.content) };
    },

    async list(tenant, { kind, id } = {}) {
      await enter();
      return [...tenantOf(state, tenant).documents.values()]
        .map(({ version }) => ({ ...version }))
        .filter((one) => (kind === undefined || one.kind === kind) && (id === undefined || one.id === id))
        .sort((a, b) => compareText(a.kind, b.kind) || compareText(a.id, b.id) || a.version - b.version);
    },

    async activate(tenant, activation) {
      await enter();
      const { activations } = tenantOf(state, tenant);
      if (activation.number !== activations.length + 1) return false;
      activations.push({ ...activation });
      return true;
    },

    async activations(tenant, limit): Promise<readonly Activation[]> {
      await enter();
      const newest = tenantOf(state, tenant).activations.toReversed();
      return newest.slice(0, Math.max(0, limit)).map((one) => ({ ...one }));
    },
  };
}

function keyOf({ kind, id, version }: Pick<DocumentVersion, 'kind' | 'id' | 'version'>): string {
  return JSON.stringify([kind, id, version]);
}
