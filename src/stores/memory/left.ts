import type { LeftStore } from '../left.js';
import type { CommitOptions } from '../store.js';
import { compareText } from './order.js';
import { type MemoryState, read, tenantOf } from './state.js';

/** {@link LeftStore} in memory. */
export function memoryLeft(state: MemoryState, enter: (options?: CommitOptions) => Promise<void>): LeftStore {
  return {
    async find(tenant, keys, options) {
      await enter(options);
      const { files } = tenantOf(state, tenant);
      const wanted = new Map(keys.map((key) => [`${key.account}\0${key.id}`, key]));
      return [...wanted.values()].flatMap(({ account, id }) => {
        const data = files.get(account)?.left.get(id);
        return data === undefined ? [] : [{ account, id, data: read(data) }];
      });
    },
    async *list(tenant, account) {
      await enter();
      const left = [...(tenantOf(state, tenant).files.get(account)?.left ?? [])];
      for (const [id, data] of left.sort(([a], [b]) => compareText(a, b)))
        yield { account, id, data: read(data) };
    },
  };
}
