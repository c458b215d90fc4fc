import { asChange, type BulkChange, type BulkStore } from '../../stores/bulk.js';
import type { LoggedEvent, Store } from '../../stores/store.js';
import { check, same } from '../check.js';
import { fileOf, type Law, plain } from './law.js';

function bulkOf(store: Store): BulkStore {
  check(store.bulk !== undefined, 'the store offers no `bulk`; say `without: { bulk: "reason" }`');
  return store.bulk;
}

function taken(tenant: string, account: string, expected: number, seq: number): BulkChange {
  return {
    tenant,
    account,
    expected,
    header: JSON.stringify({ z: seq, a: 'tab\t, line\n, "quote", back\\slash, ü' }),
    add: [[`F-${seq}\tx`, JSON.stringify({ b: 1, a: [`\\N`, null] })]],
    replace: seq > 1 ? [['F-1\tx', JSON.stringify({ replaced: seq })]] : [],
    remove: [],
    events: [seq * 2 - 1, seq * 2].map((own) => ({
      seq: own,
      at: 1_000 + own,
      type: 'invoice.upserted',
      actor: 'host',
      data: JSON.stringify({ n: own, text: '\\.' }),
      ...(own % 2 === 0 ? {} : { personal: JSON.stringify({ '/name': ['salt', 'Inés "I" \\ Z'] }) }),
    })),
    next: seq,
  };
}

async function logOf(store: Store, tenant: string): Promise<readonly Omit<LoggedEvent, 'tenant'>[]> {
  const found: Omit<LoggedEvent, 'tenant'>[] = [];
  for await (const { tenant: _, ...event } of store.events(tenant)) found.push(event);
  return found;
}

/** What a store that offers `bulk` promises of it. */
export const bulkLaws: readonly Law[] = [
  {
    name: 'bulk: it leaves behind what a commit leaves behind, personal data and the queue of the sealer too',
    needs: 'bulk',
    async attempt({ store, other, tenant, neighbour }) {
      const bulk = bulkOf(store);
      for (const changes of [
        [taken(tenant, 'b', 0, 1), taken(tenant, 'a', 0, 1)],
        [taken(tenant, 'a', 1, 2), taken(tenant, 'c', 0, 1)],
      ]) {
        const told = changes.map((one) => ({ ...one, tenant: neighbour }));
        same(await bulk.write(changes), await store.commit(told.map(asChange)), 'the outcomes');
      }
      for (const account of ['a', 'b', 'c']) {
        const [mine, theirs] = [
          await fileOf(other, tenant, account),
          await fileOf(other, neighbour, account),
        ];
        same(plain({ ...mine, tenant: '' }), plain({ ...theirs, tenant: '' }), `the file of ${account}`);
      }
      same(await logOf(other, tenant), await logOf(other, neighbour), 'the log');
      const due = async (of: string) =>
        (await other.due({ before: 9, limit: 9, tenant: of })).map(({ account, next }) => [account, next]);
      same(await due(tenant), await due(neighbour), 'what is due');
      const { audit } = store;
      if (audit === undefined) return;
      const link = (): string => 'hash';
      const sealed = async (of: string) => {
        await audit.seal({ tenant: of, limit: 100, link });
        return (await audit.sealed({ tenant: of, after: 0, limit: 100 })).map(({ account, seq }) => [
          account,
          seq,
        ]);
      };
      const [mine, theirs] = [await sealed(tenant), await sealed(neighbour)];
      same([...mine].sort(), [...theirs].sort(), 'what is sealed');
      same(await audit.strays({ tenant, limit: 9 }), [], 'events that no sealer would find');
    },
  },
  {
    name: 'bulk: each change wins or conflicts alone, and of what loses nothing is written',
    needs: 'bulk',
    async attempt({ store, tenant }) {
      const bulk = bulkOf(store);
      await bulk.write([taken(tenant, 'a', 0, 1), taken(tenant, 'b', 0, 1)]);
      const before = plain(await fileOf(store, tenant, 'a'));
      const log = (await logOf(store, tenant)).length;
      same(
        await bulk.write([
          taken(tenant, 'a', 0, 2),
          taken(tenant, 'b', 1, 2),
          taken(tenant, 'gone', 3, 1),
          taken(tenant, 'new', 0, 1),
        ]),
        [
          { ok: false, conflict: 'version' },
          { ok: true, version: 2 },
          { ok: false, conflict: 'version' },
          { ok: true, version: 1 },
        ],
        'the outcomes',
      );
      same(plain(await fileOf(store, tenant, 'a')), before, 'the file that lost');
      same((await store.load(tenant, ['gone'])).length, 0, 'files of what never was');
      same((await logOf(store, tenant)).length, log + 4, 'events');
    },
  },
  {
    name: 'bulk: of several writers from one version exactly one wins',
    needs: 'bulk',
    async attempt({ store, other, tenant }) {
      for (let version = 0; version < 3; version++) {
        const writers = Array.from({ length: 4 }, (_, n) => bulkOf(n % 2 === 0 ? store : other));
        const answers = await Promise.all(
          writers.map((one) => one.write([taken(tenant, 'hot', version, version + 1)])),
        );
        same(
          answers.filter(([one]) => one?.ok === true).length,
          1,
          `writers that won from version ${version}`,
        );
      }
      same((await logOf(store, tenant)).length, 6, 'events');
    },
  },
  {
    name: "bulk: it commits and rolls back with the host's transaction",
    needs: 'bulk',
    async attempt({ store, tenant, transaction, joins }) {
      if (!joins) return;
      const bulk = bulkOf(store);
      const torn = transaction(async (own) => {
        await bulk.write([taken(tenant, 'a', 0, 1)], { transaction: own });
        throw new Error('torn');
      });
      same(await torn.catch((error: Error) => error.message), 'torn', 'what the host threw');
      same((await store.load(tenant, ['a'])).length, 0, 'files after the host rolled back');
      await transaction((own) => bulk.write([taken(tenant, 'a', 0, 1)], { transaction: own }));
      same((await fileOf(store, tenant, 'a')).version, 1, 'the version after the host committed');
    },
  },
];
