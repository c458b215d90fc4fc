import type { SharedStore } from '../shared.js';
import { compareText } from './order.js';
import { type MemoryState, read, tenantOf, write } from './state.js';

/** {@link SharedStore} in memory. */
export function memoryShared(state: MemoryState, enter: () => Promise<void>): SharedStore {
  return {
    async list({ tenant, prefix, limit }) {
      await enter();
      return [...tenantOf(state, tenant).shared]
        .filter(([key]) => key.startsWith(prefix))
        .sort(([a], [b]) => compareText(a, b))
        .slice(0, Math.max(0, limit))
        .map(([key, { version, value }]) => ({ key, version, value: read(value) }));
    },

    async write({ tenant, key, expected, value }) {
      await enter();
      const { shared } = tenantOf(state, tenant);
      if ((shared.get(key)?.version ?? 0) !== expected) return false;
      if (value === undefined) shared.delete(key);
      else shared.set(key, { version: expected + 1, value: write(value) });
      return true;
    },
  };
}
