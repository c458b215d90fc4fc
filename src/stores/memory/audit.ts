import type { AuditStore, ChainHead } from '../audit.js';
import { compareText } from './order.js';
import { actOut, eventOut } from './out.js';
import { type MemoryState, type TenantRecord, tenantOf, write } from './state.js';

/** {@link AuditStore} in memory: the order of commits is at hand, so a seal is a hash for each place in it. */
export function memoryAudit(state: MemoryState, enter: () => Promise<void>): AuditStore {
  return {
    async unsealed({ limit }) {
      await enter();
      return [...state.tenants]
        .filter(([, { order, seals }]) => seals.length < order.length)
        .slice(0, Math.max(0, limit))
        .map(([tenant]) => tenant);
    },

    async seal({ tenant, limit, link }) {
      await enter();
      const { order, seals } = tenantOf(state, tenant);
      const fresh = order.slice(seals.length, seals.length + Math.max(1, limit));
      const hashes: string[] = [];
      let head = headOf(tenantOf(state, tenant));
      for (const { account, event } of fresh) {
        const hash = link(head, eventOut(tenant, account, event));
        head = { position: head.position + 1, hash };
        hashes.push(hash);
      }
      seals.push(...hashes);
      return hashes.length;
    },

    async head(tenant) {
      await enter();
      return headOf(tenantOf(state, tenant));
    },

    async sealed({ tenant, after, limit }) {
      await enter();
      const { order, seals } = tenantOf(state, tenant);
      const end = Math.min(seals.length, after + Math.max(0, limit));
      return order.slice(after, end).map(({ account, event }, index) => ({
        position: after + index + 1,
        hash: seals[after + index] ?? '',
        account,
        seq: event.seq,
        event: eventOut(tenant, account, event),
      }));
    },

    // Nothing reaches this log but by a commit.
    async strays() {
      await enter();
      return [];
    },

    async redact({ tenant, account, personal, act }) {
      await enter();
      const { files, acts } = tenantOf(state, tenant);
      let changed = 0;
      for (const event of files.get(account)?.log ?? []) {
        if (event.personal === undefined) continue;
        const fresh = personal(eventOut(tenant, account, event));
        if (fresh === undefined) continue;
        event.personal = write(fresh);
        changed++;
      }
      for (const id of [...acts.keys()].sort(compareText)) {
        const record = acts.get(id);
        if (record === undefined || record.account !== account) continue;
        const fresh = act(actOut(record));
        if (fresh === undefined) continue;
        if (fresh.data !== undefined) record.data = write(fresh.data);
        if (fresh.result !== undefined) record.result = write(fresh.result);
        changed++;
      }
      return changed;
    },
  };
}

function headOf({ seals }: TenantRecord): ChainHead {
  return { position: seals.length, hash: seals.at(-1) ?? '' };
}
