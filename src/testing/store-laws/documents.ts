import type { Activation, DocumentStore, StoredDocument } from '../../stores/documents.js';
import type { Store } from '../../stores/store.js';
import { check, identical, same } from '../check.js';
import type { Law } from './law.js';

function documentsOf(store: Store): DocumentStore {
  check(
    store.documents !== undefined,
    'the store offers no `documents`; say `without: { documents: "reason" }`',
  );
  return store.documents;
}

function document(
  id: string,
  version: number,
  hash: string,
  more: Partial<StoredDocument> = {},
): StoredDocument {
  return {
    kind: 'policy',
    id,
    version,
    hash,
    content: { stages: [hash], ü: null },
    at: 1_000,
    author: 'eva',
    reason: 'softer',
    ...more,
  };
}

function activation(number: number, set: string): Activation {
  return { number, set, at: 1_000 + number, author: 'eva', reason: null };
}

/** What a store that offers `documents` promises of it. */
export const documentLaws: readonly Law[] = [
  {
    name: 'documents: what is saved comes back as it was, keys in their order, by its kind, id and version',
    needs: 'documents',
    async attempt({ store, other, tenant, neighbour }) {
      const documents = documentsOf(store);
      const first = document('soft', 1, 'a', { content: { z: 1, a: { y: [2, null], b: 'ü' } } });
      same(await documents.add(tenant, first), 'a', 'the hash that stands');
      const found = await documentsOf(other).load(tenant, { kind: 'policy', id: 'soft', version: 1 });
      same(found, first, 'what was saved');
      identical(found?.content, first.content, 'its content');
      const bare = document('soft', 2, 'b', { reason: null });
      await documents.add(tenant, bare);
      same(
        await documents.load(tenant, { kind: 'policy', id: 'soft', version: 2 }),
        bare,
        'one without a reason',
      );
      same(
        await documents.load(tenant, { kind: 'policy', id: 'soft', version: 3 }),
        undefined,
        'another version',
      );
      same(await documents.load(tenant, { kind: 'plan', id: 'soft', version: 1 }), undefined, 'another kind');
      same(
        await documents.load(neighbour, { kind: 'policy', id: 'soft', version: 1 }),
        undefined,
        'another tenant',
      );
    },
  },
  {
    name: 'documents: a version never changes, whoever saves it again',
    needs: 'documents',
    async attempt({ store, other, tenant }) {
      const documents = documentsOf(store);
      const first = document('soft', 1, 'a');
      await documents.add(tenant, first);
      const again = document('soft', 1, 'a', { at: 9_000, author: 'max', reason: 'again' });
      same(await documentsOf(other).add(tenant, again), 'a', 'the hash of the same content');
      same(
        await documentsOf(other).add(tenant, document('soft', 1, 'b')),
        'a',
        'the hash that stands for other content',
      );
      same(await documents.load(tenant, { kind: 'policy', id: 'soft', version: 1 }), first, 'what stands');
    },
  },
  {
    name: 'documents: of several that save one version at once, all hear of the one that stands',
    needs: 'documents',
    async attempt({ store, other, tenant }) {
      const hashes = Array.from({ length: 8 }, (_, n) => `h${n}`);
      const told = await Promise.all(
        hashes.map((hash, n) =>
          documentsOf(n % 2 === 0 ? store : other).add(tenant, document('soft', 1, hash)),
        ),
      );
      const found = await documentsOf(store).load(tenant, { kind: 'policy', id: 'soft', version: 1 });
      same([...new Set(told)], [found?.hash], 'the hashes that were told');
    },
  },
  {
    name: 'documents: lists are of one tenant, by kind, id and version, without contents',
    needs: 'documents',
    async attempt({ store, tenant, neighbour }) {
      const documents = documentsOf(store);
      const saved = [
        document('b', 10, 'b10'),
        document('b', 2, 'b2'),
        document('Z', 1, 'z1'),
        document('b', 1, 'm1', { kind: 'messages' }),
      ];
      for (const one of saved) await documents.add(tenant, one);
      await documents.add(neighbour, document('b', 3, 'theirs'));
      const hashes = async (filter?: Parameters<DocumentStore['list']>[1]): Promise<readonly string[]> =>
        (await documents.list(tenant, filter)).map(({ hash }) => hash);
      same(await hashes(), ['m1', 'z1', 'b2', 'b10'], 'all');
      same(await hashes({ kind: 'policy', id: 'b' }), ['b2', 'b10'], 'versions of one');
      same(await hashes({ id: 'b' }), ['m1', 'b2', 'b10'], 'of one id');
      const { content: _, ...version } = document('Z', 1, 'z1');
      same(await documents.list(tenant, { id: 'Z' }), [version], 'one of them');
    },
  },
  {
    name: 'documents: activations have numbers without gaps, and none is ever changed',
    needs: 'documents',
    async attempt({ store, other, tenant, neighbour }) {
      const documents = documentsOf(store);
      same(await documents.activations(tenant, 1), [], 'before the first');
      same(await documents.activate(tenant, activation(2, 'x')), false, 'beginning with the second');
      same(await documents.activate(tenant, activation(1, 'a')), true, 'the first');
      same(await documentsOf(other).activate(tenant, activation(1, 'b')), false, 'the first once more');
      same(await documents.activate(tenant, activation(3, 'b')), false, 'leaving one out');
      same(await documentsOf(other).activate(tenant, activation(2, 'b')), true, 'the second');
      same(
        await documents.activations(tenant, 10),
        [activation(2, 'b'), activation(1, 'a')],
        'the newest first',
      );
      same(await documents.activations(tenant, 1), [activation(2, 'b')], 'the newest');
      same(await documents.activations(neighbour, 10), [], 'those of another tenant');
      same(await documents.activate(neighbour, activation(1, 'c')), true, 'the first of another tenant');
    },
  },
  {
    name: 'documents: of several that activate at once exactly one has the number',
    needs: 'documents',
    async attempt({ store, other, tenant }) {
      const sets = Array.from({ length: 8 }, (_, n) => `s${n}`);
      const done = await Promise.all(
        sets.map((set, n) => documentsOf(n % 2 === 0 ? store : other).activate(tenant, activation(1, set))),
      );
      same(done.filter(Boolean).length, 1, 'how many were told that they had it');
      const [found, ...others] = await documentsOf(store).activations(tenant, 10);
      same(others, [], 'more than one activation');
      same(found?.set, sets[done.indexOf(true)], 'the set in use');
    },
  },
];
