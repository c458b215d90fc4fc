import { memoryStore } from '../../src/stores/memory/index.js';
import type { Change, Store } from '../../src/stores/store.js';
import type { StoreUnderTest } from '../../src/testing/store-contract.js';

/** The memory store with some methods replaced. */
function spoil(replace: (good: Store) => Partial<Store>): () => StoreUnderTest {
  return () => {
    const good = memoryStore();
    return { store: { ...good, ...replace(good) } };
  };
}

/** Lets the host's transactions hold back what joins them, as a store that joins does; `spoilt` is what it gets wrong. */
function joining(spoilt: 'sees' | 'worker'): () => StoreUnderTest {
  return () => {
    const good = memoryStore();
    let held: Change[] = [];
    const store: Store = {
      ...good,
      load: (tenant, accounts) => good.load(tenant, accounts),
      appendOnce: (tenant, key, at, data) => good.appendOnce(tenant, key, at, data),
      async commit(changes, options) {
        if (options?.transaction === undefined || spoilt === 'sees') return good.commit(changes);
        held.push(...changes);
        return changes.map(({ expected }) => ({ ok: true, version: expected + 1 }));
      },
    };
    const transaction = async <T>(work: (tx: unknown) => Promise<T>): Promise<T> => {
      held = [];
      const result = await work({});
      await good.commit(held);
      return result;
    };
    return { store, other: { ...store }, transaction };
  };
}

/** Stores whose faults show when workers race, die, come back, and when providers call. */
export const brokenForWorkers: readonly (readonly [
  fault: string,
  law: string,
  make: () => StoreUnderTest,
])[] = [
  [
    'hands out again what is being begun, and lets whoever has it begin it',
    'race: two workers on the same acts of one account call once for each',
    spoil((good) => ({
      // What another worker has is taken over because it "takes too long".
      claim: (query) => good.claim({ ...query, now: query.now + 2_000 }),
      commit: (changes) =>
        good.commit(
          changes.map((change) => ({
            ...change,
            acts: change.acts.map((act) =>
              act.op === 'move' && act.to === 'sending'
                ? { ...act, from: ['claimed', 'sending'], token: undefined }
                : act,
            ),
          })),
        ),
    })),
  ],
  [
    'frees what a dead worker was sending',
    'crash: whatever the step at which a worker dies, another takes over and nothing is called twice',
    spoil((good) => ({
      async claim(query) {
        for (const act of await good.expired(query)) {
          const [file] = await good.load(act.tenant, [act.account]);
          const acts = [{ op: 'move', id: act.id, from: ['sending'], to: 'ready' } as const];
          const { tenant, account } = act;
          await good.commit([{ tenant, account, expected: file?.version ?? 0, events: [], acts }]);
        }
        return good.claim(query);
      },
      // Nothing is ever reported: it was freed.
      expired: async () => [],
    })),
  ],
  [
    'lets a sleeper write with the token that it had',
    'crash: whatever the step at which a worker dies, another takes over and nothing is called twice',
    spoil((good) => ({
      commit: (changes) =>
        good.commit(
          changes.map((change) => ({
            ...change,
            acts: change.acts.map((act) =>
              act.op === 'move' && act.to === 'accepted'
                ? { ...act, from: ['sending', 'unknown'], token: undefined }
                : act,
            ),
          })),
        ),
    })),
  ],
  [
    'counts leases from the claim, whatever a heartbeat says',
    'lease: holds on a virtual clock for as long as it is renewed, and no longer',
    spoil((good) => ({
      commit: (changes) =>
        good.commit(
          changes.map((change) => ({
            ...change,
            acts: change.acts.map((act) => (act.op === 'move' ? { ...act, lease: undefined } : act)),
          })),
        ),
    })),
  ],
  [
    'goes by the distance of two clocks',
    'lease: a clock that steps back frees nothing and hands out nothing early',
    spoil((good) => {
      let last = Number.NEGATIVE_INFINITY;
      return {
        claim: (query) => {
          // "The clock of the others must be wrong": the latest instant ever heard of counts.
          last = Math.max(last, query.now);
          return good.claim({
            ...query,
            now: query.now < last ? last + 1_000 : query.now,
            lease: last + 2_000,
          });
        },
      };
    }),
  ],
  [
    'looks at acts before it looks at the version',
    'conflict: a stale version is told as such, whatever else speaks against the change',
    spoil((good) => ({
      async commit(changes) {
        const outcomes = await good.commit(changes);
        const states = await Promise.all(
          changes.map(async ({ tenant, acts }) => {
            for (const act of acts) {
              const known = await good.act(tenant, act.id);
              if (act.op === 'move' && known !== undefined && !act.from.includes(known.state)) return 'act';
            }
            return undefined;
          }),
        );
        return outcomes.map((one, n) =>
          !one.ok && states[n] === 'act' ? { ok: false, conflict: 'act' } : one,
        );
      },
    })),
  ],
  [
    'looks for an inbound event, then records it',
    'callback: an inbound event that comes again and again, in any order, from any process, is new once',
    spoil((good) => {
      const seen = new Set<string>();
      return {
        async appendOnce(tenant, key) {
          const fresh = !seen.has(`${tenant} ${key}`);
          await new Promise((resolve) => setImmediate(resolve));
          seen.add(`${tenant} ${key}`);
          return fresh;
        },
        close: good.close,
      };
    }),
  ],
  [
    'answers acts from a copy that lags behind',
    'callback: receipts before the commit of their own message, several at once, count once',
    spoil((good) => {
      const copies = new Map<string, Awaited<ReturnType<Store['act']>>>();
      return {
        async act(tenant, id) {
          const known = copies.get(`${tenant} ${id}`);
          const fresh = await good.act(tenant, id);
          if (known === undefined || fresh?.state === 'accepted')
            copies.set(`${tenant} ${id}`, known ?? fresh);
          return known ?? fresh;
        },
      };
    }),
  ],
  [
    'forgets what was being sent',
    'callback: receipts of a message whose worker is lost settle it once; a late answer changes nothing',
    spoil(() => ({ expired: async () => [] })),
  ],
  [
    'shows what a host has not committed',
    'transaction: what a host may yet roll back is seen by nobody else',
    joining('sees'),
  ],
  [
    'writes what joined a transaction after it, without looking who came first',
    'transaction: what the host commits first wins against a worker that would send, and what it rolls back does not',
    joining('worker'),
  ],
  [
    'writes tenant and key one after the other',
    'tenant: ids that read alike only together with their tenants are kept apart',
    spoil((good) => ({
      appendOnce: (tenant, key, at, data) => good.appendOnce('', `${tenant} ${key}`, at, data),
    })),
  ],
  [
    'reports lost workers of all tenants',
    'tenant: what one moves, claims, parks or streams is never another’s, though everything has the same id',
    spoil((good) => ({ expired: ({ tenant: _, ...query }) => good.expired(query) })),
  ],
  [
    'redacts tenants that begin alike',
    'tenant: chains are sealed, read and redacted for one alone, though accounts have the same ids',
    spoil(({ audit }) => ({
      audit: audit && {
        ...audit,
        redact: async (query) =>
          (await audit.redact(query)) + (await audit.redact({ ...query, tenant: `${query.tenant} too` })),
      },
    })),
  ],
  [
    'shares values between tenants',
    'tenant: shared values are seen and written by one alone, though keys are the same',
    spoil(({ shared }) => ({
      shared: shared && {
        list: (query) => shared.list({ ...query, tenant: '' }),
        write: (one) => shared.write({ ...one, tenant: '' }),
      },
    })),
  ],
];
