import { asideDue, type InboxStore } from '../inbox.js';
import { type InboundRecord, type MemoryState, read, tenantOf, write } from './state.js';

/** {@link InboxStore} in memory. */
export function memoryInbox(state: MemoryState, enter: () => Promise<void>): InboxStore {
  let place = 0;
  return {
    async receive(tenant, entries) {
      await enter();
      const { inbound } = tenantOf(state, tenant);
      return entries.map(({ key, at, data }) => {
        if (inbound.has(key)) return false;
        place++;
        inbound.set(key, { at, data: write(data), due: 0, place, attempts: 0, token: null });
        return true;
      });
    },

    async take({ now, lease, limit, token, tenant }) {
      await enter();
      const tenants = tenant === undefined ? [...state.tenants.keys()] : [tenant];
      const due = tenants.flatMap((name) =>
        [...tenantOf(state, name).inbound].flatMap(([key, record]) =>
          record.due !== null && record.due <= now ? [{ tenant: name, key, record, since: record.due }] : [],
        ),
      );
      due.sort((a, b) => a.since - b.since || a.record.at - b.record.at || a.record.place - b.record.place);
      return due.slice(0, Math.max(0, limit)).map(({ tenant: name, key, record }) => {
        record.due = lease;
        record.token = token;
        record.attempts++;
        return { tenant: name, key, at: record.at, data: read(record.data), attempts: record.attempts };
      });
    },

    async finish(tenant, token, entries) {
      await enter();
      const { inbound } = tenantOf(state, tenant);
      return entries.map(({ key, again, aside, data }) => {
        const record = inbound.get(key);
        if (record === undefined || record.due === null || record.token !== token) return false;
        record.due = aside === true ? asideDue : (again ?? null);
        record.token = null;
        if (record.due === null) record.data = write(null);
        else if (data !== undefined) record.data = write(data);
        return true;
      });
    },

    async aside(tenant, limit) {
      await enter();
      const all = [...tenantOf(state, tenant).inbound].filter(([, { due }]) => due === asideDue);
      all.sort(([, a], [, b]) => a.at - b.at || a.place - b.place);
      const list = all.slice(0, Math.max(0, limit));
      return {
        count: all.length,
        list: list.map(([key, { at, data }]) => ({ key, at, data: read(data) })),
      };
    },

    async recall(tenant, entries) {
      await enter();
      const { inbound } = tenantOf(state, tenant);
      return entries.map(({ key, data }) => {
        const record = inbound.get(key);
        if (record?.due !== asideDue) return false;
        record.due = 0;
        if (data !== undefined) record.data = write(data);
        return true;
      });
    },

    async forget(tenant, gone) {
      await enter();
      const { inbound } = tenantOf(state, tenant);
      let count = 0;
      for (const record of [...inbound.values()].filter(isOpen)) {
        if (!(await gone(read(record.data))) || !isOpen(record)) continue;
        Object.assign(record, { due: null, token: null, data: write(null) });
        count++;
      }
      return count;
    },

    async waiting(tenant) {
      await enter();
      const open = [...tenantOf(state, tenant).inbound.values()].filter(isOpen);
      const oldest = open.reduce<number | undefined>((least, { at }) => Math.min(least ?? at, at), undefined);
      return { count: open.length, ...(oldest === undefined ? {} : { oldest }) };
    },
  };
}

function isOpen(record: InboundRecord): boolean {
  return record.due !== null;
}
