import type { LeftStore } from '../../stores/left.js';
import type { Json, Store } from '../../stores/store.js';
import { check, same } from '../check.js';
import { change, content, type Law } from './law.js';

function leftOf(store: Store): LeftStore {
  check(store.left !== undefined, 'the store offers no `left`; say `without: { left: "reason" }`');
  return store.left;
}

function leaving(put: Readonly<Record<string, Json>>, remove: readonly string[] = []) {
  return { put: new Map(Object.entries(put)), remove };
}

async function idsIn(store: Store, tenant: string, account: string): Promise<readonly string[]> {
  const ids: string[] = [];
  for await (const { id } of leftOf(store).list(tenant, account)) ids.push(id);
  return ids;
}

/** What a store that offers `left` promises of it. */
export const leftLaws: readonly Law[] = [
  {
    name: 'left: records that leave with a change are kept as they are, by account and id, of one tenant',
    needs: 'left',
    async attempt({ store, other, tenant, neighbour }) {
      const data = { total: 100, note: 'ü 🦊', z: null, a: [1, { b: true }] };
      await store.commit([
        change(tenant, 'a', 0, {
          file: content({}),
          left: leaving({ 'invoice/F1': data, 'payment/％': [1] }),
        }),
        change(tenant, 'b', 0, { left: leaving({ 'invoice/F1': 'of b' }) }),
        change(neighbour, 'a', 0, { left: leaving({ 'invoice/F1': 'of the neighbour' }) }),
      ]);
      const keys = [
        { account: 'a', id: 'invoice/F1' },
        { account: 'a', id: 'invoice/F1' },
        { account: 'b', id: 'invoice/F1' },
        { account: 'b', id: 'payment/％' },
        { account: 'c', id: 'invoice/F1' },
      ];
      const found = await leftOf(other).find(tenant, keys);
      same(
        found.toSorted((x, y) => (x.account < y.account ? -1 : 1)),
        [
          { account: 'a', id: 'invoice/F1', data },
          { account: 'b', id: 'invoice/F1', data: 'of b' },
        ],
        'what was asked for and is there, each once',
      );
      same(await leftOf(store).find(tenant, []), [], 'nothing for no keys');
      same(await idsIn(other, tenant, 'a'), ['invoice/F1', 'payment/％'], 'all of one account, by id');
      same((await store.load(tenant, ['a']))[0]?.rows.size, 0, 'rows of the file, which does not hold them');
    },
  },
  {
    name: 'left: a record that comes back is gone, and may leave again with other content',
    needs: 'left',
    async attempt({ store, tenant }) {
      await store.commit([change(tenant, 'a', 0, { left: leaving({ x: 1, y: 2 }) })]);
      await store.commit([change(tenant, 'a', 1, { left: leaving({}, ['x', 'never there']) })]);
      same(await idsIn(store, tenant, 'a'), ['y'], 'what is out once x came back');
      await store.commit([change(tenant, 'a', 2, { left: leaving({ x: 3, y: 4 }) })]);
      const found = await leftOf(store).find(tenant, [
        { account: 'a', id: 'x' },
        { account: 'a', id: 'y' },
      ]);
      same(
        found.map(({ id, data }) => [id, data]).toSorted(),
        [
          ['x', 3],
          ['y', 4],
        ],
        'what left last',
      );
    },
  },
  {
    name: 'left: of a change that conflicts no record leaves or comes back',
    needs: 'left',
    async attempt({ store, tenant }) {
      await store.commit([change(tenant, 'a', 0, { left: leaving({ x: 1 }) })]);
      const lost = await store.commit([
        change(tenant, 'a', 7, { left: leaving({ z: 1 }, ['x']) }),
        change(tenant, 'b', 0, { left: leaving({ z: 1 }) }),
      ]);
      same(
        lost.map((one) => one.ok),
        [false, true],
        'a stale change beside a good one',
      );
      same(await idsIn(store, tenant, 'a'), ['x'], 'what is out of the account that lost');
      same(await idsIn(store, tenant, 'b'), ['z'], 'what is out of the account that won');
    },
  },
  {
    name: 'left: many records are listed by id, each once, and found by any ids',
    needs: 'left',
    async attempt({ store, tenant }) {
      const ids = Array.from({ length: 1_203 }, (_, n) => `invoice/F${n}`);
      await store.commit([
        change(tenant, 'a', 0, { left: leaving(Object.fromEntries(ids.map((id) => [id, id]))) }),
      ]);
      same(await idsIn(store, tenant, 'a'), ids.toSorted(), 'the ids of all that left, in order');
      const some = ids.filter((_, n) => n % 100 === 0);
      const found = await leftOf(store).find(
        tenant,
        some.map((id) => ({ account: 'a', id })),
      );
      same(found.map(({ data }) => data).toSorted(), some.toSorted(), 'those asked for');
    },
  },
  {
    name: "transaction: what leaves the file in a host's transaction is kept after its commit only",
    needs: 'transaction',
    async attempt({ store, tenant, transaction }) {
      const { left } = store;
      if (left === undefined) return;
      const rolledBack = transaction(async (own) => {
        await store.commit([change(tenant, 'a', 0, { left: leaving({ x: 1 }) })], { transaction: own });
        const inside = await left.find(tenant, [{ account: 'a', id: 'x' }], { transaction: own });
        same(inside.length, 1, 'what the transaction itself sees');
        throw new Error('rolled back');
      });
      await rolledBack.catch((error: unknown) => {
        check(error instanceof Error && error.message === 'rolled back', String(error));
      });
      same(await idsIn(store, tenant, 'a'), [], 'what is out after the roll-back');
    },
  },
];
