import { check, same } from '../check.js';
import { actOf, change, claimed, describe, insert, type Law, lose, move, stateOf, win } from './law.js';

/** Keys and transitions of acts. */
export const actLaws: readonly Law[] = [
  {
    name: 'act: an inserted act comes back as it was inserted',
    async attempt({ store, tenant }) {
      const acts = [
        insert('message', { notBefore: 1_234, data: { stage: 'firm' }, keys: ['k1', 'k2'] }),
        insert('task', { state: 'open', notBefore: -5, data: null, keys: [] }),
      ];
      await win(store, change(tenant, 'robles', 0, { acts }));
      const common = { tenant, account: 'robles', attempts: 0, lease: null, token: null, result: null };
      const message = { ...common, id: 'message', state: 'ready', notBefore: 1_234, data: { stage: 'firm' } };
      same(await store.act(tenant, 'message'), message, 'the message');
      const task = { ...common, id: 'task', state: 'open', notBefore: -5, data: null };
      same(await store.act(tenant, 'task'), task, 'the task');
      same(await store.act(tenant, 'nothing'), undefined, 'an unknown act');
    },
  },
  {
    name: 'key: no two acts of a tenant hold one key, whatever their accounts',
    async attempt({ store, tenant }) {
      await win(store, change(tenant, 'a', 0, { acts: [insert('a1', { keys: ['x', 'y'] })] }));
      await lose(store, change(tenant, 'b', 0, { acts: [insert('b1', { keys: ['z', 'y'] })] }), 'key');
      await lose(store, change(tenant, 'a', 1, { acts: [insert('a2', { keys: ['x'] })] }), 'key');
      const both = [insert('c1', { keys: ['w'] }), insert('c2', { keys: ['w'] })];
      await lose(store, change(tenant, 'c', 0, { acts: both }), 'key');
      await win(store, change(tenant, 'b', 0, { acts: [insert('b1', { keys: ['z', 'w', 'z'] })] }));
    },
  },
  {
    name: 'key: of two changes of one batch with the same key exactly one wins',
    async attempt({ store, tenant }) {
      const outcomes = await store.commit([
        change(tenant, 'a', 0, { acts: [insert('a1', { keys: ['p', 'shared'] })] }),
        change(tenant, 'b', 0, { acts: [insert('b1', { keys: ['shared', 'q'] })] }),
        change(tenant, 'c', 0, { acts: [insert('c1', { keys: ['p', 'q'] })] }),
      ]);
      const winners = outcomes.filter((one) => one.ok).length;
      same(
        winners,
        1,
        `winners among three changes that share keys pairwise (${outcomes.map(describe).join(', ')})`,
      );
      check(
        outcomes.every((one) => one.ok || one.conflict === 'key'),
        'the losers must conflict on "key"',
      );
    },
  },
  {
    name: 'key: an id is never used twice, not even after withdrawal',
    async attempt({ store, tenant }) {
      await win(store, change(tenant, 'a', 0, { acts: [insert('one', { keys: ['k1'] })] }));
      await lose(store, change(tenant, 'a', 1, { acts: [insert('one', { keys: ['k2'] })] }), 'key');
      await lose(store, change(tenant, 'b', 0, { acts: [insert('one', { keys: ['k3'] })] }), 'key');
      await win(store, change(tenant, 'a', 1, { acts: [move('one', ['ready'], 'withdrawn')] }));
      await lose(store, change(tenant, 'a', 2, { acts: [insert('one', { keys: ['k1'] })] }), 'key');
      same((await actOf(store, tenant, 'one')).state, 'withdrawn', 'the act that was there first');
    },
  },
  {
    name: 'key: withdrawal frees the keys, for the same change too; no other end does',
    async attempt({ store, tenant }) {
      await win(store, change(tenant, 'a', 0, { acts: [insert('first', { keys: ['x', 'y'] })] }));
      const again = [insert('second', { keys: ['y', 'x'] }), move('first', ['ready'], 'withdrawn')];
      await win(store, change(tenant, 'a', 1, { acts: again }));
      await win(store, change(tenant, 'a', 2, { acts: [move('second', ['ready'], 'withdrawn')] }));
      await win(store, change(tenant, 'b', 0, { acts: [insert('third', { keys: ['x'] })] }));
      let version = 1;
      for (const end of ['unknown', 'refused', 'accepted', 'completed'] as const) {
        const from = (await actOf(store, tenant, 'third')).state;
        version = await win(store, change(tenant, 'b', version, { acts: [move('third', [from], end)] }));
        await lose(store, change(tenant, 'c', 0, { acts: [insert('fourth', { keys: ['x'] })] }), 'key');
      }
    },
  },
  {
    name: 'key: tenants do not share keys or ids',
    async attempt({ store, tenant, neighbour }) {
      await win(store, change(tenant, 'a', 0, { acts: [insert('one', { data: 'mine' })] }));
      await win(store, change(neighbour, 'a', 0, { acts: [insert('one', { data: 'theirs' })] }));
      await win(store, change(neighbour, 'a', 1, { acts: [move('one', ['ready'], 'withdrawn')] }));
      same(await stateOf(store, tenant, 'one'), 'ready', 'the act when the neighbour withdraws its own');
      await lose(store, change(tenant, 'b', 0, { acts: [insert('two', { keys: ['key of one'] })] }), 'key');
    },
  },
  {
    name: 'move: refused unless the act is in an expected state and of this account',
    async attempt({ store, tenant, neighbour }) {
      await win(store, change(tenant, 'a', 0, { acts: [insert('one')] }));
      await win(store, change(tenant, 'b', 0));
      await win(store, change(neighbour, 'a', 0));
      await lose(
        store,
        change(tenant, 'a', 1, { acts: [move('one', ['claimed', 'unknown'], 'accepted')] }),
        'act',
      );
      await lose(store, change(tenant, 'a', 1, { acts: [move('nothing', ['ready'], 'accepted')] }), 'act');
      await lose(store, change(tenant, 'b', 1, { acts: [move('one', ['ready'], 'accepted')] }), 'act');
      await lose(store, change(neighbour, 'a', 1, { acts: [move('one', ['ready'], 'accepted')] }), 'act');
      await win(store, change(tenant, 'a', 1, { acts: [move('one', ['claimed', 'ready'], 'unknown')] }));
      same(await stateOf(store, tenant, 'one'), 'unknown', 'the state');
    },
  },
  {
    name: 'move: attempts, result and notBefore change when the move says so and only then',
    async attempt({ store, tenant }) {
      await claimed({ store, tenant }, 'a', 'one', 'worker');
      const start = move('one', ['claimed'], 'sending', { token: 'worker', lease: 3_000, attempt: true });
      await win(store, change(tenant, 'a', 1, { acts: [start] }));
      const sending = await actOf(store, tenant, 'one');
      same(
        [sending.state, sending.attempts, sending.lease, sending.token],
        ['sending', 1, 3_000, 'worker'],
        'after the start',
      );
      same([sending.notBefore, sending.result], [1_000, null], 'what the start does not name');
      const back = move('one', ['sending'], 'ready', {
        token: 'worker',
        notBefore: 8_000,
        result: { code: 'throttled' },
      });
      await win(store, change(tenant, 'a', 2, { acts: [back] }));
      const ready = await actOf(store, tenant, 'one');
      same(
        [ready.state, ready.attempts, ready.lease, ready.token, ready.notBefore, ready.result],
        ['ready', 1, null, null, 8_000, { code: 'throttled' }],
        'after a definite temporary failure: lease and token end',
      );
      same(ready.data, { id: 'one' }, 'the act itself');
      await win(
        store,
        change(tenant, 'a', 3, { acts: [move('one', ['ready'], 'refused', { result: null })] }),
      );
      same((await actOf(store, tenant, 'one')).result, null, 'a result set to null');
    },
  },
  {
    name: 'move: only a held act can be claimed or sending, and a heartbeat prolongs its lease',
    async attempt({ store, tenant }) {
      await win(store, change(tenant, 'a', 0, { acts: [insert('one'), insert('two', { state: 'open' })] }));
      for (const to of ['claimed', 'sending'] as const) {
        await lose(
          store,
          change(tenant, 'a', 1, { acts: [move('one', ['ready'], to, { lease: 9_000 })] }),
          'act',
        );
        await lose(
          store,
          change(tenant, 'a', 1, { acts: [move('two', ['open'], to, { lease: 9_000 })] }),
          'act',
        );
      }
      await store.claim({ now: 1_000, lease: 2_000, limit: 1, token: 'worker', tenant });
      const beat = move('one', ['claimed'], 'claimed', { token: 'worker', lease: 4_000 });
      await win(store, change(tenant, 'a', 1, { acts: [beat] }));
      same(
        await store.claim({ now: 3_999, lease: 9_000, limit: 5, token: 'thief', tenant }),
        [],
        'acts free before the new end',
      );
      await win(
        store,
        change(tenant, 'a', 2, { acts: [move('one', ['claimed'], 'sending', { token: 'worker' })] }),
      );
      const sending = await actOf(store, tenant, 'one');
      same(
        [sending.lease, sending.token],
        [4_000, 'worker'],
        'lease and token when a move names no new lease',
      );
    },
  },
  {
    name: 'move: a withdrawn act stays withdrawn',
    async attempt({ store, tenant }) {
      await win(store, change(tenant, 'a', 0, { acts: [insert('one')] }));
      await win(store, change(tenant, 'a', 1, { acts: [move('one', ['ready'], 'withdrawn')] }));
      for (const to of ['ready', 'accepted', 'withdrawn'] as const) {
        await lose(store, change(tenant, 'a', 2, { acts: [move('one', ['withdrawn'], to)] }), 'act');
      }
      same(await stateOf(store, tenant, 'one'), 'withdrawn', 'the state');
    },
  },
];
