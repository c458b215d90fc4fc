import { describe, expect, it } from 'vitest';
import type { AuditStore, SealedEvent } from '../../src/stores/audit.js';
import type { BulkStore } from '../../src/stores/bulk.js';
import type { LeftStore } from '../../src/stores/left.js';
import { memoryStore } from '../../src/stores/memory/index.js';
import type { SharedStore } from '../../src/stores/shared.js';
import type {
  ActChange,
  ActMove,
  Change,
  CommitOutcome,
  Json,
  Store,
  StoredAct,
  StoredFile,
} from '../../src/stores/store.js';
import { type StoreUnderTest, storeContract } from '../../src/testing/store-contract.js';
import { brokenForWorkers } from './broken-workers.js';

const without = { transaction: 'the memory store has no transactions of the host to join' };

/** The laws that this store breaks, and what the suite said of them. */
async function broken(make: () => StoreUnderTest, options = {}): Promise<Map<string, Error>> {
  const found = new Map<string, Error>();
  for (const { name, skip, run } of storeContract(make, options)) {
    if (skip !== undefined) continue;
    await run().catch((error: Error) => found.set(name, error));
  }
  return found;
}

/** The memory store with some methods replaced. */
function spoil(replace: (good: Store) => Partial<Store>): () => StoreUnderTest {
  return () => {
    const good = memoryStore();
    return { store: { ...good, ...replace(good) } };
  };
}

/** The memory store with parts of what workers share replaced. */
function spoilShared(replace: (good: SharedStore) => Partial<SharedStore>): () => StoreUnderTest {
  return spoil((good) => {
    if (good.shared === undefined) throw new TypeError('the memory store shares values');
    return { shared: { ...good.shared, ...replace(good.shared) } };
  });
}

/** The memory store with parts of what keeps records that left replaced. */
function spoilLeft(replace: (good: LeftStore) => Partial<LeftStore>): () => StoreUnderTest {
  return spoil((good) => {
    if (good.left === undefined) throw new TypeError('the memory store keeps what left');
    return { left: { ...good.left, ...replace(good.left) } };
  });
}

/** The memory store with its way to take facts in by the thousand replaced. */
function spoilBulk(write: (good: BulkStore, store: Store) => BulkStore['write']): () => StoreUnderTest {
  return spoil((good) => {
    if (good.bulk === undefined) throw new TypeError('the memory store takes facts in by the thousand');
    return { bulk: { write: write(good.bulk, good) } };
  });
}

/** The memory store with some methods of its chain replaced. */
function spoilAudit(replace: (audit: AuditStore, good: Store) => Partial<AuditStore>): () => StoreUnderTest {
  return spoil((good) => {
    if (good.audit === undefined) throw new TypeError('the memory store has a chain');
    return { audit: { ...good.audit, ...replace(good.audit, good) } };
  });
}

/** The memory store with every change altered on its way in. */
function altering(alter: (change: Change) => Change): () => StoreUnderTest {
  return spoil((good) => ({ commit: (changes, options) => good.commit(changes.map(alter), options) }));
}

function alteringActs(alter: (act: ActChange) => ActChange): () => StoreUnderTest {
  return altering((change) => ({ ...change, acts: change.acts.map(alter) }));
}

function alteringMoves(alter: (move: ActMove) => ActMove): () => StoreUnderTest {
  return alteringActs((act) => (act.op === 'move' ? alter(act) : act));
}

async function collect<T>(stream: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const one of stream) all.push(one);
  return all;
}

async function versionOf(store: Store, { tenant, account }: Change): Promise<number> {
  return (await store.load(tenant, [account]))[0]?.version ?? 0;
}

/** What `jsonb` does: shorter keys first, then by bytes. */
function sortKeys(value: Json): Json {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, sortKeys(inner)] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => a.length - b.length || (a < b ? -1 : 1)));
}

async function* some<T>(stream: AsyncIterable<T>, most: number): AsyncGenerator<T> {
  let n = 0;
  for await (const one of stream) {
    if (n++ === most) return;
    yield one;
  }
}

/** Stores with one fault each, as people really write them, and the law that must name it. */
const faults: readonly (readonly [fault: string, law: string, make: () => StoreUnderTest])[] = [
  [
    'forgets the personal data of what comes in bulk',
    'bulk: it leaves behind what a commit leaves behind, personal data and the queue of the sealer too',
    spoilBulk(
      (good) => (changes) =>
        good.write(
          changes.map((one) => ({ ...one, events: one.events.map(({ personal: _, ...event }) => event) })),
        ),
    ),
  ],
  [
    'lets the last writer win in bulk',
    'bulk: each change wins or conflicts alone, and of what loses nothing is written',
    spoilBulk((good, store) => async (changes) => {
      const versions = await Promise.all(
        changes.map(async ({ tenant, account }) => (await store.load(tenant, [account]))[0]?.version ?? 0),
      );
      return good.write(changes.map((one, n) => ({ ...one, expected: versions[n] ?? 0 })));
    }),
  ],
  [
    'looks at versions, then writes in bulk whatever came in between',
    'bulk: of several writers from one version exactly one wins',
    spoilBulk((good, store) => async (changes) => {
      const [first] = changes;
      if (first === undefined || changes.length > 1) return good.write(changes);
      const found = (await store.load(first.tenant, [first.account]))[0]?.version ?? 0;
      await new Promise((resolve) => setImmediate(resolve));
      const now = (await store.load(first.tenant, [first.account]))[0]?.version ?? 0;
      return found === first.expected ? good.write([{ ...first, expected: now }]) : good.write(changes);
    }),
  ],
  [
    'writes in bulk beside the transaction',
    "bulk: it commits and rolls back with the host's transaction",
    () => ({
      ...spoilBulk((good) => (changes) => good.write(changes))(),
      transaction: (work) => work({}),
    }),
  ],
  [
    'last writer wins',
    'version: a stale version conflicts and writes nothing',
    spoil((good) => ({
      async commit(changes) {
        const forced = await Promise.all(
          changes.map(async (change) => ({ ...change, expected: await versionOf(good, change) })),
        );
        return good.commit(forced);
      },
    })),
  ],
  [
    'looks at the version, then writes',
    'race: of several commits from one version exactly one wins',
    spoil((good) => ({
      async commit(changes) {
        const found = await Promise.all(changes.map((change) => versionOf(good, change)));
        await new Promise((resolve) => setImmediate(resolve));
        const outcomes: CommitOutcome[] = [];
        for (const [i, change] of changes.entries()) {
          if (found[i] !== change.expected) outcomes.push({ ok: false, conflict: 'version' });
          else
            outcomes.push(...(await good.commit([{ ...change, expected: await versionOf(good, change) }])));
        }
        return outcomes;
      },
    })),
  ],
  [
    'stops at the first loser of a batch',
    'batch: each change wins or conflicts alone, outcomes in the order of the changes',
    spoil((good) => ({
      async commit(changes) {
        const outcomes: CommitOutcome[] = [];
        for (const change of changes) {
          const stopped = outcomes.find((one) => !one.ok);
          outcomes.push(...(stopped === undefined ? await good.commit([change]) : [stopped]));
        }
        return outcomes;
      },
    })),
  ],
  [
    'rolls the whole batch back for one loser',
    'batch: each change wins or conflicts alone, outcomes in the order of the changes',
    spoil((good) => ({
      async commit(changes) {
        const stale = await Promise.all(
          changes.map(async (one) => (await versionOf(good, one)) !== one.expected),
        );
        if (changes.length > 1 && stale.includes(true))
          return changes.map(() => ({ ok: false, conflict: 'version' }));
        return good.commit(changes);
      },
    })),
  ],
  [
    'returns outcomes in the order of accounts',
    'batch: each change wins or conflicts alone, outcomes in the order of the changes',
    spoil((good) => ({
      commit: (changes) => good.commit([...changes].sort((a, b) => (a.account < b.account ? -1 : 1))),
    })),
  ],
  [
    'writes the acts after the file, in a transaction of their own',
    'atomic: a change that loses writes no file, event, act, key or review',
    spoil((good) => ({
      async commit(changes) {
        const first = await good.commit(changes.map((change) => ({ ...change, acts: [] })));
        const second = changes.flatMap((change, i) =>
          first[i]?.ok && change.acts.length > 0 ? [{ ...change, expected: first[i].version }] : [],
        );
        const outcomes = await good.commit(
          second.map(({ file: _, events: __, ...rest }) => ({ ...rest, events: [] })),
        );
        return first.map((one, i) => {
          const at = second.findIndex((change) => change.account === changes[i]?.account);
          const later = outcomes[at];
          return later === undefined || later.ok ? one : later;
        });
      },
    })),
  ],
  [
    'lets the second of two changes of one account in a batch win',
    'batch: an account or an act that comes twice is an error and nothing is written',
    spoil((good) => ({
      commit: async (changes) => (await Promise.all(changes.map((change) => good.commit([change])))).flat(),
    })),
  ],
  [
    'overwrites an event of the same number',
    'log: events are appended in their order and a number is never used twice',
    altering((change) => ({ ...change, events: change.events.filter((event) => event.type !== 'forged') })),
  ],
  [
    'forgets uniqueness of keys',
    'key: no two acts of a tenant hold one key, whatever their accounts',
    alteringActs((act) => (act.op === 'insert' ? { ...act, keys: [] } : act)),
  ],
  [
    'holds keys unique per account only',
    'key: no two acts of a tenant hold one key, whatever their accounts',
    altering((change) => ({
      ...change,
      acts: change.acts.map((act) =>
        act.op === 'insert' ? { ...act, keys: act.keys.map((key) => `${change.account} ${key}`) } : act,
      ),
    })),
  ],
  [
    'looks for a key, then inserts it',
    'race: of several acts with one key, from different accounts, exactly one is inserted',
    spoil((good) => {
      const held = new Set<string>();
      return {
        async commit(changes) {
          const keysOf = ({ tenant, acts }: Change): string[] =>
            acts.flatMap((act) => (act.op === 'insert' ? act.keys.map((key) => `${tenant} ${key}`) : []));
          const taken = changes.map((change) => keysOf(change).some((key) => held.has(key)));
          await new Promise((resolve) => setImmediate(resolve));
          const acts = (change: Change) =>
            change.acts.map((act) => (act.op === 'insert' ? { ...act, keys: [] } : act));
          const outcomes = await good.commit(
            changes.filter((_, i) => !taken[i]).map((change) => ({ ...change, acts: acts(change) })),
          );
          for (const change of changes) for (const key of keysOf(change)) held.add(key);
          const rest = [...outcomes];
          return taken.map((lost) =>
            lost ? { ok: false, conflict: 'key' } : (rest.shift() as CommitOutcome),
          );
        },
      };
    }),
  ],
  [
    'keeps the keys of withdrawn acts',
    'key: withdrawal frees the keys, for the same change too; no other end does',
    alteringMoves((move) => (move.to === 'withdrawn' ? { ...move, to: 'completed' } : move)),
  ],
  [
    'frees the keys of refused acts',
    'key: withdrawal frees the keys, for the same change too; no other end does',
    alteringMoves((move) => (move.to === 'refused' ? { ...move, to: 'withdrawn' } : move)),
  ],
  [
    'moves acts whatever their state',
    'move: refused unless the act is in an expected state and of this account',
    alteringMoves((move) => ({
      ...move,
      from: ['ready', 'claimed', 'sending', 'accepted', 'refused', 'unknown', 'open', 'completed'],
    })),
  ],
  [
    'does not count attempts',
    'move: attempts, result and notBefore change when the move says so and only then',
    alteringMoves((move) => ({ ...move, attempt: false })),
  ],
  [
    'ignores tokens',
    'token: the stale token of an earlier claim is refused',
    alteringMoves(({ token: _, ...move }) => move),
  ],
  [
    'knows no heartbeat',
    'move: only a held act can be claimed or sending, and a heartbeat prolongs its lease',
    alteringMoves((move) => (move.to === 'claimed' ? { ...move, lease: undefined } : move)),
  ],
  [
    'hands out acts whose lease still runs',
    'claim: an act belongs to one worker until its lease ends, then it is free again',
    spoil((good) => ({
      async claim(query) {
        const taken = await good.claim({ ...query, lease: query.lease - 1 });
        return taken.map((act) => ({ ...act, lease: query.lease }));
      },
    })),
  ],
  [
    'never frees a claim',
    'claim: an act belongs to one worker until its lease ends, then it is free again',
    spoil((good) => ({ claim: (query) => good.claim({ ...query, lease: Number.MAX_SAFE_INTEGER }) })),
  ],
  [
    'reads what is free, then marks it',
    'race: concurrent claims are disjoint and together complete',
    spoil((good) => {
      const marked = new Set<string>();
      return {
        async claim(query) {
          const acts = await collect(good.acts(query.tenant ?? '', { states: ['ready'] }));
          const free = acts.filter((act) => !marked.has(act.id)).slice(0, query.limit);
          await new Promise((resolve) => setImmediate(resolve));
          for (const act of free) marked.add(act.id);
          return free;
        },
      };
    }),
  ],
  [
    'takes tasks for work',
    'claim: acts at rest and tasks are never handed to a worker',
    alteringActs((act) => (act.op === 'insert' ? { ...act, state: 'ready' } : act)),
  ],
  [
    'frees an act whose end is unknown',
    'sending: an act whose end is unknown is reported, never freed',
    spoil((good) => ({
      async claim(query) {
        for (const act of await good.expired({ now: query.now, limit: query.limit, tenant: query.tenant })) {
          const file = (await good.load(act.tenant, [act.account]))[0];
          const acts = [{ op: 'move', id: act.id, from: ['sending'], to: 'ready' } as const];
          const { tenant, account } = act;
          await good.commit([{ tenant, account, expected: file?.version ?? 0, events: [], acts }]);
        }
        return good.claim(query);
      },
    })),
  ],
  [
    'changes acts while it reports them',
    'sending: an act whose end is unknown is reported, never freed',
    spoil((good) => {
      const told = new Set<string>();
      return {
        async expired(query) {
          const fresh = (await good.expired(query)).filter((act) => !told.has(act.id));
          for (const act of fresh) told.add(act.id);
          return fresh;
        },
      };
    }),
  ],
  [
    'claims before the time',
    'claim: takes ready acts whose time has come, earliest first, up to the limit',
    spoil((good) => ({ claim: (query) => good.claim({ ...query, now: query.now + 1 }) })),
  ],
  [
    'claims for every tenant',
    'tenant: nothing of a tenant is seen or touched by another',
    spoil((good) => ({ claim: ({ tenant: _, ...query }) => good.claim(query) })),
  ],
  [
    'orders due accounts by name',
    'due: accounts whose review has come, earliest first, ties by account, up to the limit',
    spoil((good) => ({
      async due(query) {
        const all = await good.due({ ...query, limit: 1_000 });
        return [...all].sort((a, b) => (a.account < b.account ? -1 : 1)).slice(0, query.limit);
      },
    })),
  ],
  [
    'orders texts by UTF-16 units',
    'due: accounts whose review has come, earliest first, ties by account, up to the limit',
    spoil((good) => ({
      async due(query) {
        const all = await good.due({ ...query, limit: 1_000 });
        return [...all]
          .sort((a, b) => a.next - b.next || (a.account < b.account ? -1 : 1))
          .slice(0, query.limit);
      },
    })),
  ],
  [
    'takes a review of null for none named',
    'due: a next review that is null goes away, one that is not named stays',
    altering((change) => ({ ...change, next: change.next ?? undefined })),
  ],
  [
    'takes no review named for null',
    'due: a next review that is null goes away, one that is not named stays',
    altering((change) => ({ ...change, next: change.next ?? null })),
  ],
  [
    'stores jsonb',
    'json: key order, unicode, large integers and odd keys come back byte for byte',
    altering((change) => ({
      ...change,
      ...(change.file === undefined
        ? {}
        : { file: { ...change.file, header: sortKeys(change.file.header) } }),
    })),
  ],
  [
    'copies objects key by key and so loses __proto__',
    'json: key order, unicode, large integers and odd keys come back byte for byte',
    spoil((good) => ({
      load: async (tenant, accounts) =>
        (await good.load(tenant, accounts)).map((file) => {
          const header = file.header;
          if (typeof header !== 'object' || header === null || Array.isArray(header)) return file;
          const copy: Record<string, Json> = {};
          for (const [key, value] of Object.entries(header)) copy[key] = value;
          return { ...file, header: copy };
        }),
    })),
  ],
  [
    'hands out its own objects',
    'copy: what callers do to values later does not reach the store',
    spoil((good) => {
      const seen = new Map<string, StoredFile>();
      return {
        async load(tenant, accounts) {
          const files = await good.load(tenant, accounts);
          return files.map((file) => {
            const key = `${tenant} ${file.account} ${file.version}`;
            const known = seen.get(key) ?? file;
            seen.set(key, known);
            return known;
          });
        },
      };
    }),
  ],
  [
    'finds acts of other tenants',
    'tenant: nothing of a tenant is seen or touched by another',
    spoil((good) => {
      const acts = new Map<string, StoredAct>();
      return {
        async commit(changes) {
          const outcomes = await good.commit(changes);
          for (const { tenant, acts: named } of changes) {
            for (const { id } of named) {
              const act = await good.act(tenant, id);
              if (act !== undefined) acts.set(id, act);
            }
          }
          return outcomes;
        },
        act: async (tenant, id) => (await good.act(tenant, id)) ?? acts.get(id),
      };
    }),
  ],
  [
    'records an inbound event each time',
    'append: an inbound event is recorded once',
    spoil((good) => ({
      async appendOnce(...args) {
        await good.appendOnce(...args);
        return true;
      },
    })),
  ],
  [
    'looks for an inbound event, then records it',
    'race: one inbound event that comes several times at once is recorded once',
    spoil(() => {
      const keys = new Set<string>();
      return {
        async appendOnce(tenant, key) {
          const first = !keys.has(`${tenant} ${key}`);
          await new Promise((resolve) => setImmediate(resolve));
          keys.add(`${tenant} ${key}`);
          return first;
        },
      };
    }),
  ],
  [
    'ends a stream after its first page',
    'stream: files, events and acts come whole and in order, however many there are',
    spoil((good) => ({ files: (tenant) => some(good.files(tenant), 500) })),
  ],
  [
    'streams acts in the order of insertion',
    'stream: files, events and acts come whole and in order, however many there are',
    spoil((good) => ({
      async *acts(tenant, filter) {
        yield* (await collect(good.acts(tenant, filter))).reverse();
      },
    })),
  ],
  [
    'reads header and rows one after the other',
    'load: a file is never seen half written',
    spoil((good) => ({
      async load(tenant, accounts) {
        const headers = await good.load(tenant, accounts);
        await new Promise((resolve) => setImmediate(resolve));
        const rows = await good.load(tenant, accounts);
        return headers.map((file, i) => ({ ...file, rows: rows[i]?.rows ?? file.rows }));
      },
    })),
  ],
  [
    'goes on after close',
    'close: may be called twice, and afterwards every call throws closed',
    spoil(() => ({ close: async () => undefined })),
  ],
  [
    'begins anew with each migration',
    'migrate: may be called by several processes at once, and again later',
    () => {
      let good = memoryStore();
      const store: Store = {
        load: (...args) => good.load(...args),
        commit: (...args) => good.commit(...args),
        due: (query) => good.due(query),
        claim: (query) => good.claim(query),
        expired: (query) => good.expired(query),
        act: (...args) => good.act(...args),
        appendOnce: (...args) => good.appendOnce(...args),
        files: (tenant) => good.files(tenant),
        events: (...args) => good.events(...args),
        acts: (...args) => good.acts(...args),
        migrate: async () => {
          good = memoryStore();
        },
        close: () => good.close(),
      };
      return { store };
    },
  ],
  [
    'counts versions from 0',
    'version: the first commit creates the file as version 1',
    spoil((good) => ({
      commit: async (changes) =>
        (await good.commit(changes)).map((one) => (one.ok ? { ...one, version: one.version - 1 } : one)),
    })),
  ],
  [
    'cannot take a large batch',
    'batch: five hundred accounts with rows, events and acts in one commit',
    spoil((good) => ({
      commit: async (changes) => {
        if (changes.length > 400) throw new Error('too many parameters');
        return good.commit(changes);
      },
    })),
  ],
  [
    'loads an account as often as it is named',
    'load: each account once, those that do not exist left out',
    spoil((good) => ({
      load: async (tenant, accounts) =>
        (await Promise.all(accounts.map((account) => good.load(tenant, [account])))).flat(),
    })),
  ],
  [
    'locks accounts in the order of the batch',
    'race: batches over the same accounts in opposite orders all come to an end',
    spoil((good) => {
      const locked = new Set<string>();
      return {
        async commit(changes) {
          const mine: string[] = [];
          try {
            for (const { tenant, account } of changes) {
              const name = `${tenant} ${account}`;
              for (let waited = 0; locked.has(name); waited++) {
                if (waited > 200) throw new Error('deadlock');
                await new Promise((resolve) => setImmediate(resolve));
              }
              locked.add(name);
              mine.push(name);
              await new Promise((resolve) => setImmediate(resolve));
            }
            return await good.commit(changes);
          } finally {
            for (const name of mine) locked.delete(name);
          }
        },
      };
    }),
  ],
  [
    'reads beside the transaction it should join',
    'transaction: what joined it is there when the host commits, and seen inside before',
    () => {
      const good = memoryStore();
      const later: Change[] = [];
      const store: Store = {
        ...good,
        load: (tenant, accounts) => good.load(tenant, accounts),
        async commit(changes, options) {
          if (options?.transaction === undefined) return good.commit(changes);
          later.push(...changes);
          return changes.map((change) => ({ ok: true, version: change.expected + 1 }));
        },
      };
      const transaction = async <T>(work: (tx: unknown) => Promise<T>): Promise<T> => {
        const result = await work({});
        await good.commit(later);
        return result;
      };
      return { store, transaction };
    },
  ],
  [
    'lets a conflict spoil the transaction',
    'transaction: a conflict leaves it usable',
    () => {
      const good = memoryStore();
      const spoilt = new Set<unknown>();
      const store: Store = {
        ...good,
        async commit(changes, options) {
          if (spoilt.has(options?.transaction)) throw new Error('current transaction is aborted');
          const outcomes = await good.commit(changes);
          const conflict = outcomes.some((one) => !one.ok);
          if (conflict && options?.transaction !== undefined) spoilt.add(options.transaction);
          return outcomes;
        },
      };
      return { store, transaction: (work) => work({}) };
    },
  ],
  [
    'ignores the transaction it should join',
    'transaction: nothing remains when the host rolls back',
    () => {
      const good = memoryStore();
      const store: Store = {
        ...good,
        load: (tenant, accounts) => good.load(tenant, accounts),
        commit: (changes) => good.commit(changes),
        appendOnce: (tenant, key, at, data) => good.appendOnce(tenant, key, at, data),
      };
      return { store, transaction: (work) => work({}) };
    },
  ],
  [
    'forgets what left',
    'left: records that leave with a change are kept as they are, by account and id, of one tenant',
    altering(({ left: _, ...change }) => change),
  ],
  [
    'finds what left under the id alone',
    'left: records that leave with a change are kept as they are, by account and id, of one tenant',
    spoilLeft((good) => ({
      find: async (tenant, keys) => {
        const everywhere = ['a', 'b', 'c'].flatMap((account) => keys.map(({ id }) => ({ account, id })));
        return good.find(tenant, everywhere);
      },
    })),
  ],
  [
    'keeps what came back among what left',
    'left: a record that comes back is gone, and may leave again with other content',
    altering((change) =>
      change.left === undefined ? change : { ...change, left: { ...change.left, remove: [] } },
    ),
  ],
  [
    'lets records leave though the change conflicts',
    'left: of a change that conflicts no record leaves or comes back',
    spoil((good) => ({
      commit: async (changes, options) => {
        const outcomes = await good.commit(changes, options);
        for (const [index, { tenant, account, left }] of changes.entries()) {
          if (outcomes[index]?.ok !== false || left === undefined) continue;
          const [file] = await good.load(tenant, [account]);
          await good.commit([{ tenant, account, expected: file?.version ?? 0, events: [], acts: [], left }]);
        }
        return outcomes;
      },
    })),
  ],
  [
    'lists the first page of what left alone',
    'left: many records are listed by id, each once, and found by any ids',
    spoilLeft((good) => ({
      async *list(tenant, account) {
        let count = 0;
        for await (const one of good.list(tenant, account)) if (++count <= 500) yield one;
      },
    })),
  ],
  [
    'writes shared values over whatever is there',
    'shared: a value is written over the version expected, and over no other',
    spoilShared((good) => ({
      async write(change) {
        const { tenant, key } = change;
        const found = (await good.list({ tenant, prefix: key, limit: 10 })).find((one) => one.key === key);
        return good.write({ ...change, expected: found?.version ?? 0 });
      },
    })),
  ],
  [
    'looks at the version of a shared value, then writes it',
    'shared: of several writers that expect one version exactly one succeeds',
    spoilShared((good) => {
      const versionOf = async (tenant: string, key: string): Promise<number> =>
        (await good.list({ tenant, prefix: key, limit: 10 })).find((one) => one.key === key)?.version ?? 0;
      return {
        async write(change) {
          if ((await versionOf(change.tenant, change.key)) !== change.expected) return false;
          await new Promise((resolve) => setImmediate(resolve));
          return good.write({ ...change, expected: await versionOf(change.tenant, change.key) });
        },
      };
    }),
  ],
  [
    'removes shared values whatever their version',
    'shared: a value is removed at the version expected, and can be made again',
    spoilShared((good) => ({
      async write(change) {
        const { tenant, key, value } = change;
        if (value !== undefined) return good.write(change);
        const found = (await good.list({ tenant, prefix: key, limit: 10 })).find((one) => one.key === key);
        return good.write({ ...change, expected: found?.version ?? 0 });
      },
    })),
  ],
  [
    'takes a prefix for a pattern',
    'shared: lists are of one tenant and one prefix, by key, as many as asked for',
    spoilShared((good) => ({
      async list({ tenant, prefix, limit }) {
        const like = new RegExp(`^${prefix.replaceAll('%', '.*')}`, 'u');
        const found = await good.list({ tenant, prefix: '', limit: 1000 });
        return found.filter(({ key }) => like.test(key)).slice(0, limit);
      },
    })),
  ],
  [
    'seals accounts one after the other, newest event first',
    'sealing: positions from 1 without gaps, each account in its order, whatever the batches',
    spoilAudit((audit) => ({
      sealed: async (query) => {
        const rows = await audit.sealed({ ...query, after: 0, limit: 10_000 });
        return rows
          .toReversed()
          .map((row, index) => ({ ...row, position: index + 1 }))
          .filter((row) => row.position > query.after)
          .slice(0, query.limit);
      },
    })),
  ],
  [
    'counts positions by the instants of events',
    'sealing: an event is sealed once, and new ones go behind',
    spoilAudit((audit) => ({
      sealed: async ({ tenant, after, limit }) =>
        [...(await audit.sealed({ tenant, after: 0, limit: 10_000 }))]
          .sort((a, b) => (a.event?.at ?? 0) - (b.event?.at ?? 0))
          .map((row, index) => ({ ...row, position: index + 1 }))
          .slice(after, after + limit),
    })),
  ],
  [
    'looks at what is sealed, then seals the rest',
    'sealing: several sealers while commits go on lose nothing and seal nothing twice',
    spoilAudit((_, good) => {
      const chains = new Map<string, SealedEvent[]>();
      const chainOf = (tenant: string): SealedEvent[] => {
        const chain = chains.get(tenant) ?? [];
        chains.set(tenant, chain);
        return chain;
      };
      return {
        async seal({ tenant, link }) {
          const chain = chainOf(tenant);
          const known = new Set(chain.map(({ account, seq }) => `${account} ${seq}`));
          const logged = await collect(good.events(tenant));
          await new Promise((resolve) => setImmediate(resolve));
          const fresh = logged.filter(({ account, seq }) => !known.has(`${account} ${seq}`));
          for (const event of fresh) {
            const before = chain.at(-1) ?? { position: 0, hash: '' };
            const { account, seq } = event;
            chain.push({ position: before.position + 1, hash: link(before, event), account, seq, event });
          }
          return fresh.length;
        },
        head: async (tenant) => {
          const { position, hash } = chainOf(tenant).at(-1) ?? { position: 0, hash: '' };
          return { position, hash };
        },
        sealed: async ({ tenant, after, limit }) => chainOf(tenant).slice(after, after + limit),
      };
    }),
  ],
  [
    'names every tenant to sealers',
    'sealing: tenants with something to seal are told, and only those',
    () => {
      const good = memoryStore();
      const tenants = new Set<string>();
      const store: Store = {
        ...good,
        async commit(changes, options) {
          for (const { tenant } of changes) tenants.add(tenant);
          return good.commit(changes, options);
        },
        audit: good.audit === undefined ? undefined : { ...good.audit, unsealed: async () => [...tenants] },
      };
      return { store };
    },
  ],
  [
    'logs at once what a host may yet roll back',
    'sealing: what a host rolled back is not sealed, and its number is free',
    () => {
      const good = memoryStore();
      const store: Store = { ...good, commit: (changes) => good.commit(changes) };
      return { store, transaction: (work) => work({}) };
    },
  ],
  [
    'hands out transactions that are none',
    'transaction: those that the store itself offers commit everything or nothing',
    () => {
      const good = memoryStore();
      const store: Store = {
        ...good,
        commit: (changes) => good.commit(changes),
        transaction: (work) => work({}),
      };
      return { store, transaction: (work) => work({}) };
    },
  ],
  [
    'forgets personal data',
    'personal: stands with its event, apart from its data, and only where there is some',
    altering((change) => ({
      ...change,
      events: change.events.map(({ personal: _, ...event }) => event),
    })),
  ],
  [
    'redacts accounts that begin alike',
    'personal: redacting changes personal data and acts of one account, and no event or file',
    spoilAudit((audit) => ({
      redact: async (query) => (await audit.redact(query)) + (await audit.redact({ ...query, account: 'b' })),
    })),
  ],
  ...brokenForWorkers,
];

const findings = new Map<() => StoreUnderTest, Promise<Map<string, Error>>>();

/** What the suite says of a broken store; it is asked once. */
function found(law: string, make: () => StoreUnderTest): Promise<Map<string, Error>> {
  const known = findings.get(make) ?? broken(make, law.startsWith('transaction:') ? {} : { without });
  findings.set(make, known);
  return known;
}

describe('store contract', () => {
  it('finds nothing wrong with the memory store, on which the broken ones are built', async () => {
    expect(await broken(() => ({ store: memoryStore() }), { without })).toEqual(new Map());
  });

  for (const [fault, law, make] of faults) {
    it(`catches a store that ${fault}`, async () => {
      const said = await found(law, make);
      expect([...said.keys()]).toContain(law);
      for (const [name, error] of said) expect(error.message.startsWith(`${name} — broken: `)).toBe(true);
    });
  }

  it('has names that tell its laws apart', () => {
    const names = storeContract(() => ({ store: memoryStore() })).map((one) => one.name);
    expect(new Set(names).size).toBe(names.length);
    expect(names.every((name) => /^[a-z]+: .+/.test(name))).toBe(true);
  });

  it('each law is needed: some broken store fails it', async () => {
    const caught = new Set<string>();
    for (const [, law, make] of faults) {
      for (const name of (await found(law, make)).keys()) caught.add(name);
    }
    const never = storeContract(() => ({ store: memoryStore() })).map((one) => one.name);
    expect(never.filter((name) => !caught.has(name))).toEqual([]);
  });

  it('runs its cases at once on one store', async () => {
    const good = memoryStore();
    const store: Store = { ...good, close: async () => undefined };
    const cases = storeContract(() => ({ store }), { without }).filter(
      (one) => one.skip === undefined && !one.name.startsWith('close:'),
    );
    await Promise.all(cases.map((one) => one.run()));
  });

  it('gives the reason for what it leaves out, and asks for it', async () => {
    const named = storeContract(() => ({ store: memoryStore() }), { without });
    const left = named.filter((one) => one.skip !== undefined);
    expect(left.map((one) => one.skip)).toEqual(Array(7).fill(without.transaction));
    expect(left.every((one) => one.name.startsWith('transaction:'))).toBe(true);
    const unnamed = storeContract(() => ({ store: memoryStore() }));
    const first = unnamed.find((one) => one.name.startsWith('transaction:'));
    await expect(first?.run()).rejects.toThrow('the factory gave no `transaction`');
  });

  it('disposes of what the factory made, whatever the end', async () => {
    let [made, disposed] = [0, 0];
    const make = (): StoreUnderTest => {
      made += 1;
      const dispose = async () => {
        disposed += 1;
      };
      return { store: { ...memoryStore(), load: () => Promise.reject(new Error('no')) }, dispose };
    };
    await broken(make, { without });
    expect(made).toBeGreaterThan(40);
    expect(disposed).toBe(made);
  });
});
