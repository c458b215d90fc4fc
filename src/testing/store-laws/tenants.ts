import type { Store } from '../../stores/store.js';
import { check, collect, same } from '../check.js';
import { change, content, insert, type Law, lose, move, stateOf, win } from './law.js';

/** Signs that stores put between the parts of a key. */
const between = [' ', '/', ':', '|', ''] as const;

/** Pairs of a tenant and an id that read alike once they are written one after the other. */
function pairs(tenant: string): readonly (readonly [string, string])[] {
  return between.flatMap((sign) => [
    [`${tenant}~`, `b${sign}c`] as const,
    [`${tenant}~${sign}b`, 'c'] as const,
  ]);
}

async function seal(store: Store, tenant: string): Promise<void> {
  const { audit } = store;
  check(audit !== undefined, 'the store offers no `audit`; say `without: { audit: "reason" }`');
  const link = ({ hash }: { readonly hash: string }, event: { readonly type: string }): string =>
    `${hash}.${event.type}`;
  while ((await audit.seal({ tenant, limit: 10, link })) > 0);
}

/** That tenants are kept apart in every query, beside the law about the queries that all stores have. */
export const tenantLaws: readonly Law[] = [
  {
    name: 'tenant: ids that read alike only together with their tenants are kept apart',
    async attempt({ store, tenant }) {
      const all = [...new Map(pairs(tenant).map((pair) => [pair.join('\n'), pair])).values()];
      for (const [n, [own, id]] of all.entries()) {
        const event = { seq: 1, at: n, type: `t${n}`, actor: 'a', data: n };
        const acts = [insert(id, { keys: [id], data: n })];
        const parts = { file: content(n, { [id]: n }), events: [event], acts, next: n };
        await win(store, change(own, id, 0, parts));
        check(await store.appendOnce(own, id, n, null), `an inbound event of ${own}, ${id} is new`);
      }
      for (const [n, [own, id]] of all.entries()) {
        const [file, ...more] = await store.load(own, [id]);
        same([file?.header, file?.version, more.length], [n, 1, 0], `the file of ${own}, ${id}`);
        same((await store.act(own, id))?.data, n, `the act of ${own}, ${id}`);
        const logged = await collect(store.events(own, { account: id }));
        same(
          logged.map(({ data }) => data),
          [n],
          `the log of ${own}, ${id}`,
        );
        check(!(await store.appendOnce(own, id, n, null)), `an inbound event of ${own}, ${id} was there`);
        await lose(store, change(own, `${id} too`, 0, { acts: [insert('late', { keys: [id] })] }), 'key');
      }
    },
  },
  {
    name: 'tenant: what one moves, claims, parks or streams is never another’s, though everything has the same id',
    async attempt({ store, other, tenant, neighbour }) {
      const both = [tenant, neighbour];
      const event = { seq: 1, at: 1, type: 't', actor: 'a', data: null };
      for (const own of both)
        await win(
          store,
          change(own, 'a', 0, { events: [event], acts: [insert('one'), insert('two')], next: 1 }),
        );
      const claim = { now: 1_000, lease: 2_000, limit: 9, token: 'same', tenant };
      same(
        (await store.claim(claim)).map((act) => [act.tenant, act.id]),
        [
          [tenant, 'one'],
          [tenant, 'two'],
        ],
        'claimed',
      );
      const start = move('one', ['claimed'], 'sending', { token: 'same', attempt: true });
      // The same token opens nothing at the neighbour's.
      await lose(other, change(neighbour, 'a', 1, { acts: [start] }), 'act');
      await win(store, change(tenant, 'a', 1, { acts: [start] }));
      same(
        await other.expired({ now: 9_000, limit: 9, tenant: neighbour }),
        [],
        "the neighbour's expired acts",
      );
      same((await other.expired({ now: 9_000, limit: 9, tenant })).length, 1, 'the own');
      await win(store, change(tenant, 'a', 2, { acts: [move('one', ['sending'], 'unknown')], next: null }));
      same(
        [await stateOf(store, neighbour, 'one'), await stateOf(store, neighbour, 'two')],
        ['ready', 'ready'],
        "the neighbour's acts",
      );
      same((await store.due({ before: 9, limit: 9, tenant: neighbour })).length, 1, "the neighbour's review");
      for (const own of both) {
        same(
          (await collect(store.files(own))).map((one) => [one.tenant, one.account]),
          [[own, 'a']],
          'files',
        );
        same(
          (await collect(store.events(own))).map((one) => one.tenant),
          [own],
          'events',
        );
        same(
          (await collect(store.acts(own))).map((one) => one.tenant),
          [own, own],
          'acts',
        );
        same(
          (await collect(store.acts(own, { account: 'a', states: ['unknown'] }))).length,
          own === tenant ? 1 : 0,
          'parked',
        );
      }
    },
  },
  {
    name: 'tenant: chains are sealed, read and redacted for one alone, though accounts have the same ids',
    needs: 'audit',
    async attempt({ store, tenant, neighbour }) {
      const { audit } = store;
      check(audit !== undefined, 'the store offers no `audit`; say `without: { audit: "reason" }`');
      for (const own of [tenant, neighbour]) {
        const events = [1, 2].map((seq) => ({
          seq,
          at: seq,
          type: `of ${own}`,
          actor: 'a',
          data: seq,
          personal: own,
        }));
        await win(store, change(own, 'a', 0, { events, acts: [insert('one', { data: own })] }));
      }
      await seal(store, tenant);
      same((await audit.head(neighbour)).position, 0, "the neighbour's chain while only one was sealed");
      same((await audit.head(tenant)).position, 2, 'the own chain');
      await seal(store, neighbour);
      const redact = { tenant, account: 'a', personal: () => 'gone', act: () => ({ data: 'gone' }) };
      same(await audit.redact(redact), 3, 'rows redacted');
      const sealed = await audit.sealed({ tenant: neighbour, after: 0, limit: 9 });
      same(
        sealed.map(({ event }) => [event?.tenant, event?.personal]),
        [
          [neighbour, neighbour],
          [neighbour, neighbour],
        ],
        "the neighbour's events",
      );
      same((await store.act(neighbour, 'one'))?.data, neighbour, "the neighbour's act");
      same((await store.act(tenant, 'one'))?.data, 'gone', 'the own act');
    },
  },
  {
    name: 'tenant: shared values are seen and written by one alone, though keys are the same',
    needs: 'shared',
    async attempt({ store, tenant, neighbour }) {
      const { shared } = store;
      check(shared !== undefined, 'the store offers no `shared`; say `without: { shared: "reason" }`');
      for (const own of [tenant, neighbour])
        same(
          await shared.write({ tenant: own, key: 'k', expected: 0, value: own }),
          true,
          'creating a value',
        );
      same(await shared.write({ tenant, key: 'k', expected: 1, value: 'new' }), true, 'writing it');
      same(
        await shared.list({ tenant: neighbour, prefix: '', limit: 9 }),
        [{ key: 'k', version: 1, value: neighbour }],
        "the neighbour's",
      );
      same(await shared.write({ tenant, key: 'k', expected: 2, value: undefined }), true, 'removing it');
      same(
        (await shared.list({ tenant: neighbour, prefix: 'k', limit: 9 })).length,
        1,
        "the neighbour's after that",
      );
      same(await shared.list({ tenant, prefix: '', limit: 9 }), [], 'the own after that');
    },
  },
];
