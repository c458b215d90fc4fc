import type { InboxEntry, InboxStore } from '../../stores/inbox.js';
import type { ReferenceStore } from '../../stores/references.js';
import type { Json, Store } from '../../stores/store.js';
import { check, same } from '../check.js';
import type { Law } from './law.js';

function inboxOf(store: Store): InboxStore {
  check(store.inbox !== undefined, 'the store offers no `inbox`; say `without: { inbox: "reason" }`');
  return store.inbox;
}

function referencesOf(store: Store): ReferenceStore {
  check(
    store.references !== undefined,
    'the store offers no `references`; say `without: { references: "reason" }`',
  );
  return store.references;
}

function entry(key: string, at = 1_000): InboxEntry {
  return { key, at, data: { of: key, ü: [1, null] } };
}

async function keysTaken(
  store: Store,
  tenant: string,
  { now = 2_000, lease = 3_000, limit = 100, token = 'w' } = {},
): Promise<readonly string[]> {
  return (await inboxOf(store).take({ now, lease, limit, token, tenant })).map(({ key }) => key);
}

/** What a store that offers `inbox` promises of it. */
export const inboxLaws: readonly Law[] = [
  {
    name: 'inbox: what comes in is kept once by its key, whoever brings it and how often',
    needs: 'inbox',
    async attempt({ store, other, tenant, neighbour }) {
      const inbox = inboxOf(store);
      await store.appendOnce(tenant, 'old', 1, {});
      same(await inbox.receive(tenant, []), [], 'nothing');
      const first = await inbox.receive(tenant, [entry('b'), entry('a'), entry('b'), entry('old')]);
      same(first, [true, true, false, false], 'which were new');
      same(
        await inboxOf(other).receive(tenant, [entry('a'), entry('c')]),
        [false, true],
        'which were new then',
      );
      same(await inbox.receive(neighbour, [entry('a')]), [true], 'the same key of another tenant');
      same(await store.appendOnce(tenant, 'a', 1, {}), false, 'appending what came in');
      const taken = await inbox.take({ now: 2_000, lease: 3_000, limit: 100, token: 'w', tenant });
      same(taken.map(({ key }) => key).sort(), ['a', 'b', 'c'], 'what is to be worked on');
      const [one] = taken.filter(({ key }) => key === 'a');
      same(one, { tenant, ...entry('a'), attempts: 1 }, 'an entry as it came');
    },
  },
  {
    name: 'inbox: of several that bring the same entries each entry is new for exactly one',
    needs: 'inbox',
    async attempt({ store, other, tenant }) {
      const keys = Array.from({ length: 12 }, (_, n) => `k${n}`);
      const answers = await Promise.all(
        Array.from({ length: 6 }, (_, n) => {
          const mine = n % 2 === 0 ? keys : keys.toReversed();
          return inboxOf(n % 3 === 0 ? other : store)
            .receive(
              tenant,
              mine.map((key) => entry(key)),
            )
            .then((fresh) => mine.filter((_key, index) => fresh[index]));
        }),
      );
      same(answers.flat().sort(), keys.toSorted(), 'the keys that were new');
    },
  },
  {
    name: 'inbox: entries are handed out in the order in which they came, as many as asked for, each to one taker',
    needs: 'inbox',
    async attempt({ store, other, tenant, neighbour }) {
      await inboxOf(store).receive(tenant, [entry('late', 1_500)]);
      await inboxOf(store).receive(tenant, [entry('x', 1_000)]);
      await inboxOf(store).receive(tenant, [entry('first', 500)]);
      await inboxOf(store).receive(neighbour, [entry('theirs', 1)]);
      same(await keysTaken(store, tenant, { limit: 0 }), [], 'none asked for');
      same(await keysTaken(store, tenant, { limit: 2 }), ['first', 'x'], 'the first two');
      same(await keysTaken(other, tenant), ['late'], 'what is left');
      same(await keysTaken(store, tenant), [], 'what nobody has');
      const all = await inboxOf(store).take({ now: 2_000, lease: 3_000, limit: 100, token: 'w' });
      check(
        all.some((one) => one.tenant === neighbour && one.key === 'theirs'),
        'without a tenant all are served',
      );
    },
  },
  {
    name: 'inbox: several takers at once never get the same entry',
    needs: 'inbox',
    async attempt({ store, other, tenant }) {
      const keys = Array.from({ length: 20 }, (_, n) => `k${n}`);
      await inboxOf(store).receive(
        tenant,
        keys.map((key) => entry(key)),
      );
      const takers = Array.from({ length: 6 }, (_, n) => (n % 2 === 0 ? store : other));
      const taken = await Promise.all(
        takers.map((one, n) => keysTaken(one, tenant, { limit: 5, token: `w${n}` })),
      );
      const all = taken.flat();
      same(new Set(all).size, all.length, 'entries that were handed out once');
      all.push(...(await keysTaken(store, tenant)));
      same(all.sort(), keys.toSorted(), 'all entries in the end');
    },
  },
  {
    name: 'inbox: an entry whose lease ends is handed out again; its old taker can end nothing',
    needs: 'inbox',
    async attempt({ store, other, tenant }) {
      await inboxOf(store).receive(tenant, [entry('a')]);
      same(
        await keysTaken(store, tenant, { now: 2_000, lease: 3_000, token: 'one' }),
        ['a'],
        'the first taker',
      );
      same(
        await keysTaken(other, tenant, { now: 2_999, lease: 9_000, token: 'two' }),
        [],
        'before the lease ends',
      );
      const again = await inboxOf(other).take({ now: 3_000, lease: 9_000, limit: 9, token: 'two', tenant });
      same(
        again.map(({ key, attempts }) => [key, attempts]),
        [['a', 2]],
        'when it ends',
      );
      same(await inboxOf(store).finish(tenant, 'one', [{ key: 'a' }]), [false], 'ending with the old token');
      same(await inboxOf(other).finish(tenant, 'two', [{ key: 'a' }]), [true], 'ending with the new one');
      same(await keysTaken(store, tenant, { now: 99_000, lease: 99_999 }), [], 'after the end');
    },
  },
  {
    name: 'inbox: what is done never comes again, what is put off comes when it is due',
    needs: 'inbox',
    async attempt({ store, other, tenant, neighbour }) {
      const inbox = inboxOf(store);
      await inbox.receive(tenant, [entry('a', 700), entry('b', 800), entry('c', 900)]);
      await inbox.receive(neighbour, [entry('a', 1)]);
      same(await inbox.waiting(tenant), { count: 3, oldest: 700 }, 'what waits');
      await keysTaken(store, tenant, { token: 'w' });
      same(await inbox.waiting(tenant), { count: 3, oldest: 700 }, 'what waits while it is worked on');
      const ended = await inbox.finish(tenant, 'w', [
        { key: 'a' },
        { key: 'c', again: 5_000 },
        { key: 'none' },
      ]);
      same(ended, [true, true, false], 'what was ended');
      same(
        await inbox.finish(tenant, 'w', [{ key: 'a' }, { key: 'c' }]),
        [false, false],
        'ending it once more',
      );
      same(await inbox.receive(tenant, [entry('a')]), [false], 'bringing again what is done');
      same(await keysTaken(other, tenant, { now: 2_500 }), [], 'before it is due');
      same(
        await keysTaken(other, tenant, { now: 5_000, lease: 9_000, token: 'v' }),
        ['b', 'c'],
        'when it is due',
      );
      same(await inbox.finish(tenant, 'v', [{ key: 'b' }, { key: 'c' }]), [true, true], 'the rest');
      same(await inbox.waiting(tenant), { count: 0 }, 'what waits in the end');
      same((await inbox.waiting(neighbour)).count, 1, 'what waits for another tenant');
    },
  },
  {
    name: 'inbox: what is put aside is shown and handed out to nobody, until it is recalled; data may change',
    needs: 'inbox',
    async attempt({ store, other, tenant, neighbour }) {
      const inbox = inboxOf(store);
      await inbox.receive(tenant, [entry('b', 2), entry('a', 1), entry('c', 3)]);
      await inbox.receive(neighbour, [entry('a', 1)]);
      await keysTaken(store, tenant, { token: 'w' });
      await keysTaken(store, neighbour, { token: 'w' });
      await inbox.finish(neighbour, 'w', [{ key: 'a', aside: true }]);
      const ended = await inbox.finish(tenant, 'w', [
        { key: 'a', aside: true, data: { of: 'a', ü: 'why' } },
        { key: 'b', aside: true },
        { key: 'c', again: 4_000, data: ['later'] },
      ]);
      same(ended, [true, true, true], 'what was ended');
      same(await inbox.waiting(tenant), { count: 3, oldest: 1 }, 'what is not done');
      const later = {
        now: 8_640_000_000_000_000,
        lease: 8_640_000_000_000_000,
        limit: 9,
        token: 'v',
        tenant,
      };
      same(
        (await inboxOf(other).take(later)).map(({ key, data }) => [key, data]),
        [['c', ['later']]],
        'what is handed out at the end of days',
      );
      const first = { key: 'a', at: 1, data: { of: 'a', ü: 'why' } };
      same(
        await inboxOf(other).aside(tenant, 9),
        { count: 2, list: [first, entry('b', 2)] },
        'what is aside',
      );
      same(await inbox.aside(tenant, 1), { count: 2, list: [first] }, 'the first of it');
      same(await inbox.receive(tenant, [entry('a')]), [false], 'bringing it again');
      const recalled = await inboxOf(other).recall(tenant, [
        { key: 'b', data: 7 },
        { key: 'c' },
        { key: 'none' },
      ]);
      same(recalled, [true, false, false], 'what was recalled');
      same(await inbox.recall(tenant, [{ key: 'b' }]), [false], 'recalling it once more');
      const [again, ...more] = await inbox.take({ now: 5_000, lease: 9_000, limit: 9, token: 'u', tenant });
      same([again?.key, again?.data, more.length], ['b', 7, 0], 'what is handed out then');
      same((await inbox.aside(neighbour, 9)).count, 1, 'what is aside of another tenant');
      same(await inbox.forget(tenant, async () => true), 3, 'how many were forgotten');
      same(await inbox.aside(tenant, 9), { count: 0, list: [] }, 'what is aside then');
    },
  },
  {
    name: 'inbox: what is forgotten is never handed out again, taken or not, nor taken in again; the rest stays',
    needs: 'inbox',
    async attempt({ store, other, tenant, neighbour }) {
      const inbox = inboxOf(store);
      await inbox.receive(tenant, [entry('done', 1), entry('taken', 2)]);
      await keysTaken(store, tenant, { token: 'w' });
      await inbox.finish(tenant, 'w', [{ key: 'done' }]);
      await inbox.receive(tenant, [entry('gone', 3), entry('stays', 4)]);
      await inbox.receive(neighbour, [entry('gone', 5)]);
      const asked: Json[] = [];
      const forgotten = await inboxOf(other).forget(tenant, async (data) => {
        asked.push(data);
        // Whoever erases looks into the store meanwhile.
        await inbox.waiting(tenant);
        return JSON.stringify(data) !== JSON.stringify(entry('stays').data);
      });
      same(forgotten, 2, 'how many were forgotten');
      same(
        asked.map((data) => JSON.stringify(data)).sort(),
        ['gone', 'stays', 'taken'].map((key) => JSON.stringify(entry(key).data)),
        'what was asked about',
      );
      same(
        await inbox.finish(tenant, 'w', [{ key: 'taken', again: 5 }]),
        [false],
        'ending what was forgotten',
      );
      same(await keysTaken(store, tenant, { now: 99_000, lease: 99_999 }), ['stays'], 'what is left');
      same(await inbox.receive(tenant, [entry('gone'), entry('taken')]), [false, false], 'bringing it again');
      same(await inboxOf(other).forget(tenant, async () => false), 0, 'how many were forgotten then');
      same((await inbox.waiting(neighbour)).count, 1, 'what waits for another tenant');
    },
  },
];

/** What a store that offers `references` promises of it. */
export const referenceLaws: readonly Law[] = [
  {
    name: 'references: what is written is found by its keys, of one tenant, by key and account',
    needs: 'references',
    async attempt({ store, other, tenant, neighbour }) {
      const references = referencesOf(store);
      await references.put(tenant, []);
      await references.put(tenant, [
        { key: 'k2', account: 'ü', value: { contact: 'ana' } },
        { key: 'k2', account: 'b', value: 'of b' },
        { key: 'k1', account: 'b', value: null },
        { key: 'k1', account: 'b', value: ['later'] },
      ]);
      await references.put(neighbour, [{ key: 'k1', account: 'theirs', value: 1 }]);
      same(
        await referencesOf(other).find(tenant, ['k2', 'k1', 'none', 'k1']),
        [
          { key: 'k1', account: 'b', value: ['later'] },
          { key: 'k2', account: 'b', value: 'of b' },
          { key: 'k2', account: 'ü', value: { contact: 'ana' } },
        ],
        'what was written',
      );
      await referencesOf(other).put(tenant, [{ key: 'k1', account: 'b', value: 2 }]);
      same(await references.find(tenant, ['k1']), [{ key: 'k1', account: 'b', value: 2 }], 'what stands');
      same(await references.find(tenant, []), [], 'nothing asked for');
    },
  },
  {
    name: 'references: an account’s are listed and removed, some or all, and nobody else’s',
    needs: 'references',
    async attempt({ store, tenant, neighbour }) {
      const references = referencesOf(store);
      const all = ['k1', 'k2', 'k3'];
      for (const one of [tenant, neighbour])
        await references.put(
          one,
          all.flatMap((key) => ['a', 'b'].map((account) => ({ key, account, value: key }))),
        );
      const listed = await references.list(tenant, 'a');
      same(
        listed,
        all.map((key) => ({ key, account: 'a', value: key })),
        'all of an account',
      );
      same(await references.list(tenant, 'none'), [], 'all of an account that there is not');
      await references.remove(tenant, 'a', ['k1', 'none']);
      const left = async (): Promise<string[]> =>
        (await references.find(tenant, all)).map(({ key, account }) => `${key} ${account}`);
      same(await left(), ['k1 b', 'k2 a', 'k2 b', 'k3 a', 'k3 b'], 'after some were removed');
      await references.remove(tenant, 'a', []);
      same((await left()).length, 5, 'after none was removed');
      await references.remove(tenant, 'a');
      same(await left(), ['k1 b', 'k2 b', 'k3 b'], 'after all were removed');
      same((await references.find(neighbour, all)).length, 6, 'those of another tenant');
    },
  },
  {
    name: 'references: written in the host’s transaction they are there with it, and gone with it',
    needs: 'references',
    async attempt({ store, tenant, transaction, joins }) {
      if (!joins) return;
      const references = referencesOf(store);
      const put = (key: string) => (open: unknown) =>
        references.put(tenant, [{ key, account: 'a', value: 1 }], { transaction: open });
      const rolledBack = transaction(async (open) => {
        await put('k1')(open);
        throw new Error('rolled back by the law');
      });
      await rolledBack.catch(() => undefined);
      await transaction(put('k2'));
      const found = await references.find(tenant, ['k1', 'k2']);
      same(
        found.map(({ key }) => key),
        ['k2'],
        'what stands after one transaction was rolled back and one committed',
      );
    },
  },
];
