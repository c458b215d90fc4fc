import { describe, expect, it } from 'vitest';
import type { Activation, DocumentStore, StoredDocument } from '../../src/stores/documents.js';
import { memoryStore } from '../../src/stores/memory/index.js';
import { storeContract } from '../../src/testing/store-contract.js';

/** The laws of documents that a store breaks, of whose documents some methods are replaced. */
async function broken(spoil: (good: DocumentStore) => Partial<DocumentStore>): Promise<readonly string[]> {
  const found: string[] = [];
  const cases = storeContract(() => {
    const store = memoryStore();
    const { documents } = store;
    if (documents === undefined) throw new TypeError('the memory store keeps documents');
    return { store: { ...store, documents: { ...documents, ...spoil(documents) } } };
  });
  for (const { name, run } of cases)
    if (name.startsWith('documents:')) await run().catch(() => found.push(name));
  return found;
}

const faults: readonly (readonly [string, string, Parameters<typeof broken>[0]])[] = [
  [
    'sorts the keys of what it keeps',
    'documents: what is saved comes back as it was, keys in their order, by its kind, id and version',
    (good) => ({
      async load(tenant, key) {
        const found = await good.load(tenant, key);
        const { content } = found ?? {};
        if (found === undefined || typeof content !== 'object' || content === null || Array.isArray(content))
          return found;
        return { ...found, content: Object.fromEntries(Object.entries(content).sort()) };
      },
    }),
  ],
  [
    'writes over what is there',
    'documents: a version never changes, whoever saves it again',
    (good) => {
      const kept = new Map<string, StoredDocument>();
      return {
        async add(tenant, one) {
          await good.add(tenant, one);
          kept.set(JSON.stringify([tenant, one.kind, one.id, one.version]), one);
          return one.hash;
        },
        load: async (tenant, { kind, id, version }) => kept.get(JSON.stringify([tenant, kind, id, version])),
      };
    },
  ],
  [
    'looks before it saves',
    'documents: of several that save one version at once, all hear of the one that stands',
    (good) => ({
      async add(tenant, one) {
        const known = await good.load(tenant, one);
        if (known !== undefined) return known.hash;
        await good.add(tenant, one);
        return one.hash;
      },
    }),
  ],
  [
    'orders versions as texts',
    'documents: lists are of one tenant, by kind, id and version, without contents',
    (good) => ({
      list: async (tenant, filter) =>
        [...(await good.list(tenant, filter))].sort((a, b) =>
          `${a.kind} ${a.id} ${a.version}` < `${b.kind} ${b.id} ${b.version}` ? -1 : 1,
        ),
    }),
  ],
  [
    'takes any number',
    'documents: activations have numbers without gaps, and none is ever changed',
    () => {
      const kept = new Map<string, Activation[]>();
      return {
        async activate(tenant, one) {
          const own = kept.get(tenant) ?? [];
          if (own.some(({ number }) => number === one.number)) return false;
          kept.set(tenant, [...own, one]);
          return true;
        },
        activations: async (tenant, limit) =>
          [...(kept.get(tenant) ?? [])].sort((a, b) => b.number - a.number).slice(0, limit),
      };
    },
  ],
  [
    'looks at the last number, then activates',
    'documents: of several that activate at once exactly one has the number',
    (good) => ({
      async activate(tenant, one) {
        const [last] = await good.activations(tenant, 1);
        if (one.number !== (last?.number ?? 0) + 1) return false;
        await new Promise((resolve) => setImmediate(resolve));
        const [now] = await good.activations(tenant, 1);
        return good.activate(tenant, { ...one, number: (now?.number ?? 0) + 1 });
      },
    }),
  ],
];

describe('stores that do not keep documents as they promise', () => {
  it.each(faults)('one that %s is caught by "%s"', async (_, law, spoil) => {
    expect(await broken(spoil)).toContain(law);
  });

  it('each law is needed, and the memory store breaks none', async () => {
    expect(await broken(() => ({}))).toEqual([]);
    const names = storeContract(() => ({ store: memoryStore() })).map(({ name }) => name);
    const own = names.filter((name) => name.startsWith('documents:'));
    expect(own.filter((name) => !faults.some(([, law]) => law === name))).toEqual([]);
  });
});
