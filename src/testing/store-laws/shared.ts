import type { SharedStore, SharedValue } from '../../stores/shared.js';
import type { Json, Store } from '../../stores/store.js';
import { check, same } from '../check.js';
import type { Law } from './law.js';

function sharedOf(store: Store): SharedStore {
  check(store.shared !== undefined, 'the store offers no `shared`; say `without: { shared: "reason" }`');
  return store.shared;
}

async function put(
  store: Store,
  tenant: string,
  key: string,
  expected: number,
  value?: Json,
): Promise<boolean> {
  return sharedOf(store).write({ tenant, key, expected, value });
}

async function list(store: Store, tenant: string, prefix = '', limit = 100): Promise<readonly SharedValue[]> {
  return sharedOf(store).list({ tenant, prefix, limit });
}

/** What a store that offers `shared` promises of it. */
export const sharedLaws: readonly Law[] = [
  {
    name: 'shared: a value is written over the version expected, and over no other',
    needs: 'shared',
    async attempt({ store, other, tenant }) {
      same(await put(store, tenant, 'a', 1, {}), false, 'writing over a version of nothing');
      same(await put(store, tenant, 'a', 0, { n: 1, b: 'ü' }), true, 'creating a value');
      same(await put(store, tenant, 'a', 0, { n: 9 }), false, 'creating what is there');
      same(
        await list(other, tenant),
        [{ key: 'a', version: 1, value: { n: 1, b: 'ü' } }],
        'what was created',
      );
      same(await put(other, tenant, 'a', 1, [2]), true, 'writing over the version read');
      same(await put(store, tenant, 'a', 1, [3]), false, 'writing over a version that is gone');
      same(await list(store, tenant), [{ key: 'a', version: 2, value: [2] }], 'what stands');
    },
  },
  {
    name: 'shared: a value is removed at the version expected, and can be made again',
    needs: 'shared',
    async attempt({ store, tenant }) {
      same(await put(store, tenant, 'a', 0), true, 'removing what is not there');
      await put(store, tenant, 'a', 0, 1);
      await put(store, tenant, 'a', 1, 2);
      same(await put(store, tenant, 'a', 0), false, 'removing as absent what is there');
      same(await put(store, tenant, 'a', 1), false, 'removing at a version that is gone');
      same(await put(store, tenant, 'a', 2), true, 'removing at the version read');
      same(await list(store, tenant), [], 'what is left');
      same(await put(store, tenant, 'a', 0, 3), true, 'making it again');
    },
  },
  {
    name: 'shared: lists are of one tenant and one prefix, by key, as many as asked for',
    needs: 'shared',
    async attempt({ store, tenant, neighbour }) {
      for (const key of ['b/2', 'b/10', 'a/1', 'b', 'b/％', 'b/%']) await put(store, tenant, key, 0, key);
      await put(store, neighbour, 'b/3', 0, 'theirs');
      const keys = async (prefix: string, limit?: number): Promise<string[]> =>
        (await list(store, tenant, prefix, limit)).map((one) => one.key);
      same(await keys('b/'), ['b/%', 'b/10', 'b/2', 'b/％'], 'the keys that begin with b/, by their bytes');
      same(await keys('b/%'), ['b/%'], 'a prefix with a sign that patterns know');
      same(await keys(''), ['a/1', 'b', 'b/%', 'b/10', 'b/2', 'b/％'], 'all keys of the tenant');
      same(await keys('b/', 2), ['b/%', 'b/10'], 'as many as asked for');
      same((await list(store, neighbour)).length, 1, 'the values of another tenant');
    },
  },
  {
    name: 'shared: of several writers that expect one version exactly one succeeds',
    needs: 'shared',
    async attempt({ store, other, tenant }) {
      for (let version = 0; version < 4; version++) {
        const writers = Array.from({ length: 6 }, (_, n) => (n % 2 === 0 ? store : other));
        const won = await Promise.all(writers.map((one, n) => put(one, tenant, 'hot', version, n)));
        same(won.filter(Boolean).length, 1, `writers that won over version ${version}`);
        same(
          await list(store, tenant),
          [{ key: 'hot', version: version + 1, value: won.indexOf(true) }],
          'what the winner wrote',
        );
      }
    },
  },
];
