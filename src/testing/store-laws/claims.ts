import { same } from '../check.js';
import { actOf, change, claimed, insert, type Law, lose, move, stateOf, win } from './law.js';

/** Claims, leases, fencing tokens, and what is due. */
export const claimLaws: readonly Law[] = [
  {
    name: 'claim: takes ready acts whose time has come, earliest first, up to the limit',
    async attempt({ store, tenant }) {
      const acts = [
        insert('later', { notBefore: 5_001 }),
        insert('b', { notBefore: 3_000 }),
        insert('\u{ff5e}', { notBefore: 3_000 }),
        insert('\u{1f600}', { notBefore: 3_000 }),
        insert('B', { notBefore: 3_000 }),
        insert('now', { notBefore: 5_000 }),
        insert('first', { notBefore: -1 }),
        insert('task', { notBefore: 0, state: 'open' }),
      ];
      await win(store, change(tenant, 'a', 0, { acts }));
      const claim = (limit: number) => store.claim({ now: 5_000, lease: 6_000, limit, token: 't', tenant });
      same(await claim(0), [], 'a claim of nothing');
      same(
        (await claim(3)).map((act) => act.id),
        ['first', 'B', 'b'],
        'the first three, ties by id',
      );
      const rest = await claim(10);
      same(
        rest.map((act) => act.id),
        ['\u{ff5e}', '\u{1f600}', 'now'],
        'the rest, ids by their UTF-8 bytes',
      );
      same(
        rest[2],
        {
          tenant,
          account: 'a',
          id: 'now',
          state: 'claimed',
          notBefore: 5_000,
          attempts: 0,
          lease: 6_000,
          token: 't',
          data: { id: 'now' },
          result: null,
        },
        'an act as handed to a worker',
      );
      same(await claim(10), [], 'a further claim');
      same(await store.act(tenant, 'now'), rest[2], 'the act as stored');
    },
  },
  {
    name: 'claim: without a tenant serves all tenants, and each row names its own',
    async attempt({ store, tenant, neighbour }) {
      // Instants far before those of every other law, so that a shared store holds nothing earlier.
      const at = -9_007_199_254_740_991;
      await win(
        store,
        change(tenant, 'a', 0, { acts: [insert('one', { notBefore: at + 1 })], next: at + 1 }),
      );
      await win(store, change(neighbour, 'a', 0, { acts: [insert('one', { notBefore: at })], next: at }));
      same(
        await store.due({ before: at + 1, limit: 9, tenant }),
        [{ tenant, account: 'a', next: at + 1 }],
        'due of a tenant',
      );
      same(
        (await store.due({ before: at + 1, limit: 9 })).map((one) => one.tenant),
        [neighbour, tenant],
        'due of all tenants',
      );
      const acts = await store.claim({ now: at + 1, lease: at + 5, limit: 9, token: 't' });
      same(
        acts.map((act) => act.tenant),
        [neighbour, tenant],
        'tenants of the claimed acts',
      );
      const start = [move('one', ['claimed'], 'sending', { token: 't' })];
      await win(store, change(tenant, 'a', 1, { acts: start, next: null }));
      await win(store, change(neighbour, 'a', 1, { acts: start, next: null }));
      const expired = await store.expired({ now: at + 5, limit: 9 });
      same(
        expired.map((act) => act.tenant).sort(),
        [tenant, neighbour].sort(),
        'tenants of acts with an unknown end',
      );
      same((await store.expired({ now: at + 5, limit: 9, tenant })).length, 1, 'those of one tenant');
      const end = [move('one', ['sending'], 'accepted', { token: 't' })];
      await win(store, change(tenant, 'a', 2, { acts: end }));
      await win(store, change(neighbour, 'a', 2, { acts: end }));
    },
  },
  {
    name: 'claim: an act belongs to one worker until its lease ends, then it is free again',
    async attempt({ store, other, tenant }) {
      await claimed({ store, tenant }, 'a', 'one', 'first', 2_000);
      const again = (now: number) => other.claim({ now, lease: 9_000, limit: 5, token: 'second', tenant });
      same(await again(1_999), [], 'what a second worker gets while the lease runs');
      const taken = await again(2_000);
      same(
        taken.map((act) => [act.id, act.token, act.lease, act.attempts]),
        [['one', 'second', 9_000, 0]],
        'what it gets when the lease has ended',
      );
    },
  },
  {
    name: 'token: the stale token of an earlier claim is refused',
    async attempt({ store, other, tenant }) {
      await claimed({ store, tenant }, 'a', 'one', 'first', 2_000);
      await other.claim({ now: 2_000, lease: 4_000, limit: 1, token: 'second', tenant });
      const start = (token: string) =>
        change(tenant, 'a', 1, {
          acts: [move('one', ['claimed'], 'sending', { token, lease: 5_000, attempt: true })],
        });
      await lose(store, start('first'), 'act');
      await win(other, start('second'));
      const finish = move('one', ['sending'], 'accepted', { token: 'first' });
      await lose(store, change(tenant, 'a', 2, { acts: [finish] }), 'act');
      await win(other, change(tenant, 'a', 2, { acts: [{ ...finish, token: 'second' }] }));
      await lose(
        other,
        change(tenant, 'a', 3, { acts: [move('one', ['accepted'], 'refused', { token: 'second' })] }),
        'act',
      );
      same((await actOf(store, tenant, 'one')).state, 'accepted', 'the state');
    },
  },
  {
    name: 'sending: an act whose end is unknown is reported, never freed',
    async attempt({ store, tenant }) {
      await claimed({ store, tenant }, 'a', 'one', 'worker', 2_000);
      const start = move('one', ['claimed'], 'sending', { token: 'worker', lease: 3_000, attempt: true });
      await win(store, change(tenant, 'a', 1, { acts: [start] }));
      await win(store, change(tenant, 'b', 0, { acts: [insert('two')] }));
      same(await store.expired({ now: 2_999, limit: 9, tenant }), [], 'what is expired while the lease runs');
      const expired = await store.expired({ now: 3_000, limit: 9, tenant });
      same(
        expired.map((act) => [act.id, act.state, act.token]),
        [['one', 'sending', 'worker']],
        'what is expired when it ended',
      );
      same((await store.expired({ now: 9_000, limit: 9, tenant })).length, 1, 'reporting changes nothing');
      same(await store.expired({ now: 9_000, limit: 0, tenant }), [], 'the limit');
      const taken = await store.claim({ now: 9_000, lease: 9_999, limit: 9, token: 'x', tenant });
      same(
        taken.map((act) => act.id),
        ['two'],
        'what can be claimed beside an act in sending',
      );
      await win(store, change(tenant, 'a', 2, { acts: [move('one', ['sending'], 'unknown')] }));
      same(
        await store.expired({ now: 9_999, limit: 9, tenant }),
        [],
        'what is expired once somebody parked it',
      );
      await lose(
        store,
        change(tenant, 'a', 3, { acts: [move('one', ['sending'], 'accepted', { token: 'worker' })] }),
        'act',
      );
    },
  },
  {
    name: 'claim: acts at rest and tasks are never handed to a worker',
    async attempt({ store, tenant }) {
      const ends = ['accepted', 'refused', 'unknown', 'withdrawn', 'completed'] as const;
      const acts = [...ends.map((end) => insert(end)), insert('task', { state: 'open' })];
      await win(store, change(tenant, 'a', 0, { acts }));
      await win(store, change(tenant, 'a', 1, { acts: ends.map((end) => move(end, ['ready'], end)) }));
      same(
        await store.claim({ now: 9_000, lease: 9_999, limit: 99, token: 't', tenant }),
        [],
        'what a worker gets',
      );
      same(await store.expired({ now: 99_999, limit: 99, tenant }), [], 'what is expired');
      await win(
        store,
        change(tenant, 'a', 2, { acts: [move('unknown', ['unknown'], 'ready', { notBefore: 10_000 })] }),
      );
      same(
        await store.claim({ now: 9_999, lease: 10_500, limit: 9, token: 't', tenant }),
        [],
        'before the new notBefore',
      );
      same(
        (await store.claim({ now: 10_000, lease: 10_500, limit: 9, token: 't', tenant })).length,
        1,
        'at the new notBefore',
      );
      same(await stateOf(store, tenant, 'task'), 'open', 'the task');
    },
  },
  {
    name: 'due: accounts whose review has come, earliest first, ties by account, up to the limit',
    async attempt({ store, tenant }) {
      const nexts = { c: 200, a: 300, b: 200, '\u{1f600}': 200, '\u{ff5e}': 200, late: 301, never: null };
      for (const [account, next] of Object.entries(nexts))
        await win(store, change(tenant, account, 0, { next }));
      await win(store, change(tenant, 'unsaid', 0));
      const due = await store.due({ before: 300, limit: 9, tenant });
      same(
        due,
        [
          { tenant, account: 'b', next: 200 },
          { tenant, account: 'c', next: 200 },
          { tenant, account: '\u{ff5e}', next: 200 },
          { tenant, account: '\u{1f600}', next: 200 },
          { tenant, account: 'a', next: 300 },
        ],
        'due accounts, texts by their UTF-8 bytes',
      );
      same(
        (await store.due({ before: 300, limit: 2, tenant })).map((one) => one.account),
        ['b', 'c'],
        'the first two',
      );
      same(await store.due({ before: 300, limit: 0, tenant }), [], 'a limit of nothing');
    },
  },
  {
    name: 'due: a next review that is null goes away, one that is not named stays',
    async attempt({ store, tenant }) {
      await win(store, change(tenant, 'a', 0, { next: 100 }));
      await win(store, change(tenant, 'a', 1));
      same(
        (await store.due({ before: 100, limit: 9, tenant })).length,
        1,
        'due after a change that names no review',
      );
      await win(store, change(tenant, 'a', 2, { next: null }));
      same(await store.due({ before: 9_999, limit: 9, tenant }), [], 'due after a review of null');
      await win(store, change(tenant, 'a', 3));
      same(await store.due({ before: 9_999, limit: 9, tenant }), [], 'due when null was not named again');
      await win(store, change(tenant, 'a', 4, { next: 0 }));
      same(
        await store.due({ before: 0, limit: 9, tenant }),
        [{ tenant, account: 'a', next: 0 }],
        'due at instant 0',
      );
    },
  },
];
