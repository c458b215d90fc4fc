import { RecobroError } from '../../errors.js';
import { checkBatch } from '../batch.js';
import { asChange } from '../bulk.js';
import type { CommitOptions, LoggedEvent, Store, StoredFile } from '../store.js';
import { memoryAudit } from './audit.js';
import { commitAll } from './commit.js';
import { memoryDocuments } from './documents.js';
import { memoryInbox } from './inbox.js';
import { memoryLeft } from './left.js';
import { compareText } from './order.js';
import { actOut, eventOut } from './out.js';
import { memoryReferences } from './references.js';
import { memoryShared } from './shared.js';
import { type ActRecord, emptyState, type FileRecord, read, tenantOf, write } from './state.js';

/**
 * A store in the memory of this process, for tests, simulations and first
 * steps. It keeps every promise of {@link Store} but durability and other
 * processes: values go in and out as JSON copies, versions, keys, tokens and
 * leases are checked as a database checks them.
 *
 * It has no transactions of the host to join: `options.transaction` is
 * refused with `invalid_option`. `migrate` does nothing; after `close` every
 * call throws `closed` and the data is gone.
 *
 * @example
 * const store = memoryStore();
 * await store.commit([{ tenant: '', account: 'robles', expected: 0, events: [], acts: [], next: 0 }]);
 */
export function memoryStore(): Store {
  const state = emptyState();
  let closed = false;

  /** Lets other work in between, as every real store does, so that a forgotten `await` shows. */
  async function enter(options?: CommitOptions): Promise<void> {
    if (options?.transaction !== undefined) {
      throw new RecobroError('invalid_option', 'The memory store has no transactions to join.');
    }
    await Promise.resolve();
    if (closed) throw new RecobroError('closed', 'The store was closed.');
  }

  function liveActs(tenant: string | undefined): ActRecord[] {
    return [...state.live].filter((act) => tenant === undefined || act.tenant === tenant);
  }

  return {
    async load(tenant, accounts, options) {
      await enter(options);
      const { files } = tenantOf(state, tenant);
      return [...new Set(accounts)].flatMap((account) => {
        const file = files.get(account);
        return file === undefined ? [] : [fileOut(tenant, account, file)];
      });
    },

    async commit(changes, options) {
      await enter(options);
      checkBatch(changes);
      return commitAll(state, changes);
    },

    async due({ before, limit, tenant }) {
      await enter();
      return [...state.tenants]
        .filter(([id]) => tenant === undefined || id === tenant)
        .flatMap(([id, { files }]) =>
          [...files].flatMap(([account, { next }]) =>
            next !== null && next <= before ? [{ tenant: id, account, next }] : [],
          ),
        )
        .sort(
          (a, b) => a.next - b.next || compareText(a.tenant, b.tenant) || compareText(a.account, b.account),
        )
        .slice(0, Math.max(0, limit));
    },

    async claim({ now, lease, limit, token, tenant }) {
      await enter();
      const free = liveActs(tenant)
        .filter((act) => act.notBefore <= now && (act.state === 'ready' || ranOut(act, 'claimed', now)))
        .sort((a, b) => a.rank - b.rank || a.notBefore - b.notBefore || compareActs(a, b))
        .slice(0, Math.max(0, limit));
      return free.map((act) => {
        act.state = 'claimed';
        act.lease = lease;
        act.token = token;
        return actOut(act);
      });
    },

    async expired({ now, limit, tenant }) {
      await enter();
      return liveActs(tenant)
        .filter((act) => ranOut(act, 'sending', now))
        .sort((a, b) => (a.lease ?? 0) - (b.lease ?? 0) || compareActs(a, b))
        .slice(0, Math.max(0, limit))
        .map(actOut);
    },

    async backlog({ tenant, state: wanted, by, from = Number.NEGATIVE_INFINITY, until, limit }) {
      await enter();
      const found = [...tenantOf(state, tenant).acts.values()]
        .filter(
          (act) =>
            act.state === wanted && (act[by] ?? Number.POSITIVE_INFINITY) <= until && (act[by] ?? 0) >= from,
        )
        .sort((a, b) => (a[by] ?? 0) - (b[by] ?? 0) || compareActs(a, b));
      return { count: found.length, acts: found.slice(0, Math.max(0, limit)).map(actOut) };
    },

    async act(tenant, id) {
      await enter();
      const act = tenantOf(state, tenant).acts.get(id);
      return act === undefined ? undefined : actOut(act);
    },

    async appendOnce(tenant, key, at, data, options) {
      await enter(options);
      const { inbound } = tenantOf(state, tenant);
      if (inbound.has(key)) return false;
      inbound.set(key, { at, data: write(data), due: null, place: 0, attempts: 0, token: null });
      return true;
    },

    async *files(tenant) {
      await enter();
      const { files } = tenantOf(state, tenant);
      for (const account of [...files.keys()].sort(compareText)) {
        const file = files.get(account);
        if (file !== undefined) yield fileOut(tenant, account, file);
      }
    },

    async *events(tenant, filter = {}): AsyncGenerator<LoggedEvent> {
      await enter();
      const { files } = tenantOf(state, tenant);
      const accounts = filter.account === undefined ? [...files.keys()].sort(compareText) : [filter.account];
      for (const account of accounts) {
        for (const event of [...(files.get(account)?.log ?? [])]) {
          if (filter.after !== undefined && event.seq <= filter.after) continue;
          yield eventOut(tenant, account, event);
        }
      }
    },

    async *acts(tenant, filter = {}) {
      await enter();
      const { acts } = tenantOf(state, tenant);
      for (const id of [...acts.keys()].sort(compareText)) {
        const act = acts.get(id);
        if (act === undefined) continue;
        if (filter.account !== undefined && act.account !== filter.account) continue;
        if (filter.states !== undefined && !filter.states.includes(act.state)) continue;
        yield actOut(act);
      }
    },

    audit: memoryAudit(state, enter),
    shared: memoryShared(state, enter),
    left: memoryLeft(state, enter),
    inbox: memoryInbox(state, enter),
    references: memoryReferences(state, enter),
    documents: memoryDocuments(state, enter),
    bulk: {
      async write(changes, options) {
        await enter(options);
        const whole = changes.map(asChange);
        checkBatch(whole);
        return commitAll(state, whole);
      },
    },

    async migrate() {
      await enter();
    },

    async close() {
      closed = true;
      state.tenants.clear();
      state.live.clear();
    },
  };
}

function ranOut(act: ActRecord, state: 'claimed' | 'sending', now: number): boolean {
  return act.state === state && act.lease !== null && act.lease <= now;
}

function compareActs(a: ActRecord, b: ActRecord): number {
  return compareText(a.tenant, b.tenant) || compareText(a.id, b.id);
}

function fileOut(tenant: string, account: string, file: FileRecord): StoredFile {
  const rows = [...file.rows]
    .sort(([a], [b]) => compareText(a, b))
    .map(([id, row]) => [id, read(row)] as const);
  return {
    tenant,
    account,
    version: file.version,
    header: read(file.header),
    rows: new Map(rows),
    next: file.next,
  };
}
