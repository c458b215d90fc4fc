import type { SharedStore, SharedValue } from '../../stores/shared.js';
import type { Store } from '../../stores/store.js';

const own = new WeakMap<Store, SharedStore>();

/** What the workers of a store share: in the store where it can, else in this process. */
export function sharedOf(store: Store): SharedStore {
  // What is no store at all is told of with the other options.
  if (typeof store !== 'object' || store === null) return localShared();
  if (store.shared !== undefined) return store.shared;
  const known = own.get(store) ?? localShared();
  own.set(store, known);
  return known;
}

/** {@link SharedStore} for one process, beside a store that has none. */
function localShared(): SharedStore {
  const tenants = new Map<string, Map<string, SharedValue>>();
  const of = (tenant: string): Map<string, SharedValue> => {
    const known = tenants.get(tenant) ?? new Map<string, SharedValue>();
    tenants.set(tenant, known);
    return known;
  };
  return {
    list: async ({ tenant, prefix, limit }) =>
      [...of(tenant).values()]
        .filter(({ key }) => key.startsWith(prefix))
        .sort((a, b) => (a.key < b.key ? -1 : 1))
        .slice(0, Math.max(0, limit)),
    write: async ({ tenant, key, expected, value }) => {
      const values = of(tenant);
      if ((values.get(key)?.version ?? 0) !== expected) return false;
      if (value === undefined) values.delete(key);
      else values.set(key, { key, version: expected + 1, value });
      return true;
    },
  };
}
