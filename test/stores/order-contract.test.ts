import { describe, expect, it } from 'vitest';
import { memoryStore } from '../../src/stores/memory/index.js';
import type { Store } from '../../src/stores/store.js';
import { storeContract } from '../../src/testing/store-contract.js';

type Backlog = NonNullable<Store['backlog']>;
const good = (store: Store): Backlog => store.backlog ?? expect.unreachable('the memory store counts');

const first = 'claim: the lowest rank goes first, whenever its time came; one without rank has 0';
const counts = 'backlog: counts the acts of one state up to a number, and hands out the first by it';

/** Stores with one fault each in what goes first, and in what is counted. */
const faults: readonly (readonly [fault: string, law: string, spoil: (store: Store) => Partial<Store>])[] = [
  [
    'goes by the moment alone',
    first,
    (store) => ({
      claim: async (query) => {
        const rows = await store.claim({ ...query, limit: 1_000 });
        const kept = [...rows].sort((a, b) => a.notBefore - b.notBefore).slice(0, query.limit);
        return kept;
      },
    }),
  ],
  [
    'forgets the rank',
    first,
    (store) => ({
      commit: (changes, options) =>
        store.commit(
          changes.map((change) => ({
            ...change,
            acts: change.acts.map((act) => (act.op === 'insert' ? { ...act, rank: undefined } : act)),
          })),
          options,
        ),
    }),
  ],
  [
    'counts no more than it lists',
    counts,
    (store) => ({
      backlog: async (query) => {
        const { acts } = await good(store)(query);
        return { count: acts.length, acts };
      },
    }),
  ],
  [
    'counts whatever the state',
    counts,
    (store) => ({
      backlog: async (query) => {
        const states = ['ready', 'claimed', 'sending', 'open'] as const;
        const all = await Promise.all(states.map((state) => good(store)({ ...query, state })));
        return {
          count: all.reduce((sum, one) => sum + one.count, 0),
          acts: all.flatMap((one) => one.acts).slice(0, query.limit),
        };
      },
    }),
  ],
  ['has no lower end', counts, (store) => ({ backlog: ({ from: _, ...query }) => good(store)(query) })],
];

describe('the order of acts', () => {
  for (const [fault, law, spoil] of faults) {
    it(`is not kept by a store that ${fault}`, async () => {
      const store = memoryStore();
      const cases = storeContract(() => ({ store: { ...store, ...spoil(store) } }));
      await expect(cases.find((one) => one.name === law)?.run()).rejects.toThrow(`${law} — broken: `);
    });
  }

  it('need not be countable', () => {
    const without = { backlog: 'nobody counts here' };
    const cases = storeContract(() => ({ store: memoryStore() }), { without });
    expect(cases.filter((one) => one.skip === without.backlog).map((one) => one.name)).toEqual([counts]);
  });
});
