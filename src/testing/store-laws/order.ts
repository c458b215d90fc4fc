import type { Store } from '../../stores/store.js';
import { check, same } from '../check.js';
import { change, insert, type Law, move, win } from './law.js';

function backlogOf(store: Store): NonNullable<Store['backlog']> {
  const { backlog } = store;
  check(backlog !== undefined, 'the store offers no `backlog`; say `without: { backlog: "reason" }`');
  return (query) => backlog.call(store, query);
}

/** Which act goes first, and how many wait. */
export const orderLaws: readonly Law[] = [
  {
    name: 'claim: the lowest rank goes first, whenever its time came; one without rank has 0',
    async attempt({ store, other, tenant }) {
      const acts = [
        insert('third', { rank: 7, notBefore: 1_000 }),
        insert('second', { rank: 7, notBefore: 500 }),
        insert('later', { rank: -9, notBefore: 2_001 }),
        insert('plain', { notBefore: 2_000 }),
        insert('first', { rank: -5, notBefore: 1_900 }),
        insert('large', { rank: Number.MAX_SAFE_INTEGER, notBefore: 0 }),
        insert('B', { rank: 7, notBefore: 1_000 }),
      ];
      await win(store, change(tenant, 'a', 0, { acts }));
      const claim = (limit: number, now = 2_000, token = 'x') =>
        other.claim({ now, lease: now + 1_000, limit, token, tenant });
      const ids = async (limit: number, now?: number, token?: string) =>
        (await claim(limit, now, token)).map((act) => act.id);
      same(await ids(3), ['first', 'plain', 'second'], 'the first three');
      same(await ids(9), ['B', 'third', 'large'], 'the rest of those whose time has come');
      // A rank lasts: through a failure, and through a claim that ran out.
      const back = move('third', ['claimed'], 'ready', { token: 'x', notBefore: 2_500 });
      await win(store, change(tenant, 'a', 1, { acts: [back] }));
      same(
        await ids(9, 3_000, 'y'),
        ['later', 'first', 'plain', 'second', 'B', 'third', 'large'],
        'all of them once the claims ran out',
      );
    },
  },
  {
    name: 'backlog: counts the acts of one state up to a number, and hands out the first by it',
    needs: 'backlog',
    async attempt({ store, other, tenant, neighbour }) {
      const acts = [
        insert('c', { notBefore: 300, rank: 1 }),
        insert('b', { notBefore: 200, rank: 3 }),
        insert('a', { notBefore: 200, rank: 2 }),
        insert('late', { notBefore: 301, rank: 4 }),
        insert('task', { notBefore: 100, state: 'open', rank: 5 }),
        insert('none', { notBefore: 100, state: 'open' }),
      ];
      await win(store, change(tenant, 'x', 0, { acts }));
      await win(store, change(neighbour, 'x', 0, { acts: [insert('theirs', { notBefore: 1 })] }));
      const backlog = async (
        state: 'ready' | 'open' | 'claimed' | 'sending',
        by: 'notBefore' | 'rank' | 'lease',
        until: number,
        limit = 9,
      ): Promise<readonly [number, readonly string[]]> => {
        const { count, acts: found } = await backlogOf(other)({ tenant, state, by, until, limit });
        return [count, found.map((act) => act.id)];
      };
      same(await backlog('ready', 'notBefore', 300), [3, ['a', 'b', 'c']], 'ready by their moment');
      same(await backlog('ready', 'notBefore', 300, 2), [3, ['a', 'b']], 'the count beside two of them');
      same(await backlog('ready', 'notBefore', 300, 0), [3, []], 'the count alone');
      same(await backlog('ready', 'notBefore', 199), [0, []], 'before all of them');
      same(await backlog('ready', 'rank', 3), [3, ['c', 'a', 'b']], 'ready by rank');
      same(await backlog('open', 'rank', 5), [2, ['none', 'task']], 'open by rank');
      same(await backlog('open', 'rank', 4), [1, ['none']], 'open up to a lower rank');
      const ranked = await backlogOf(other)({
        tenant,
        state: 'ready',
        by: 'rank',
        from: 2,
        until: 3,
        limit: 9,
      });
      same([ranked.count, ranked.acts.map((act) => act.id)], [2, ['a', 'b']], 'ready between two ranks');
      const [taken] = await store.claim({ now: 200, lease: 900, limit: 1, token: 't', tenant });
      check(taken !== undefined, 'a ready act whose time has come must be claimed');
      same(await backlog('claimed', 'lease', 899), [0, []], 'claimed whose lease runs');
      same(await backlog('claimed', 'lease', 900), [1, [taken.id]], 'claimed whose lease ended');
      same(await backlog('sending', 'lease', 9_999), [0, []], 'those in another state');
      const { acts: rows } = await backlogOf(store)({
        tenant,
        state: 'claimed',
        by: 'lease',
        until: 900,
        limit: 1,
      });
      same(rows, [await store.act(tenant, taken.id)], 'an act as handed out');
      same((await store.act(tenant, 'c'))?.state, 'ready', 'nothing is changed by looking');
    },
  },
];
