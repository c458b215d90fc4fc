import type { ReferenceStore } from '../references.js';
import type { CommitOptions } from '../store.js';
import { compareText } from './order.js';
import { type MemoryState, read, tenantOf, write } from './state.js';

/** {@link ReferenceStore} in memory. */
export function memoryReferences(
  state: MemoryState,
  enter: (options?: CommitOptions) => Promise<void>,
): ReferenceStore {
  return {
    async put(tenant, list, options) {
      await enter(options);
      const { references } = tenantOf(state, tenant);
      for (const { key, account, value } of list) {
        const known = references.get(key) ?? new Map<string, string>();
        known.set(account, write(value));
        references.set(key, known);
      }
    },

    async find(tenant, keys) {
      await enter();
      const { references } = tenantOf(state, tenant);
      return [...new Set(keys)]
        .sort(compareText)
        .flatMap((key) =>
          [...(references.get(key) ?? [])]
            .sort(([a], [b]) => compareText(a, b))
            .map(([account, value]) => ({ key, account, value: read(value) })),
        );
    },

    async list(tenant, account) {
      await enter();
      return [...tenantOf(state, tenant).references]
        .flatMap(([key, known]) => {
          const value = known.get(account);
          return value === undefined ? [] : [{ key, account, value: read(value) }];
        })
        .sort((a, b) => compareText(a.key, b.key));
    },

    async remove(tenant, account, keys) {
      await enter();
      const { references } = tenantOf(state, tenant);
      for (const key of keys ?? [...references.keys()]) {
        const known = references.get(key);
        known?.delete(account);
        if (known?.size === 0) references.delete(key);
      }
    },
  };
}
