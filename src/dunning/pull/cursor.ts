import type { SharedStore, SharedValue } from '../../stores/shared.js';
import type { Json } from '../../stores/store.js';
import type { Context } from '../context.js';
import { isLedgerFailure } from './reader.js';
import { touchAccounts } from './touch.js';

/** Where a tenant's cursor is kept among the values that its workers share. */
const key = 'ledger/cursor';
/** Accounts asked for at once. */
const pageSize = 500;
/** Looks of one call; what is left comes with the next one. */
const mostPages = 20;
/** One worker at a time follows; when it dies, another one goes on after so long. */
const leaseMs = 60_000;

/** What following the source's list of changes came to. */
export interface Followed {
  /** Accounts that were told to have changed, and are now due. */
  readonly accounts: number;
  /** There may be more right away. */
  readonly more: boolean;
  /** Why nobody knows whether there is more: the source failed (`ledger_failed`, `ledger_timeout`), and is asked again next time. */
  readonly failed?: string | undefined;
}

interface Kept {
  readonly cursor?: string | undefined;
  readonly token?: string | undefined;
  readonly until?: number | undefined;
}

/**
 * Asks the source which accounts changed, and has them looked at. The cursor
 * moves on only after they are due, so that a crash in between tells them
 * again. One worker of a tenant does so at a time.
 */
export async function followChanges(context: Context, signal?: AbortSignal): Promise<Followed | undefined> {
  const { ledger, tenant, clock, ids } = context;
  if (ledger?.source.changes === undefined) return undefined;
  const { shared } = context.outbox;
  const found = await read(shared, tenant);
  const now = clock.now();
  const { cursor: from, until } = keptOf(found);
  // A clock that went back makes no lease longer.
  if (until !== undefined && until > now && until <= now + leaseMs) return { accounts: 0, more: false };
  const lease = { token: ids.next(), until: now + leaseMs };
  let held = await write(shared, tenant, found, { cursor: from, ...lease });
  let accounts = 0;
  try {
    for (let pages = 1; held !== undefined; pages++) {
      signal?.throwIfAborted();
      const page = await ledger.changes(keptOf(held).cursor, pageSize);
      accounts += await touchAccounts(context, page.accounts, {});
      const more = page.more ?? page.accounts.length >= pageSize;
      const last = !more || pages === mostPages;
      const { cursor } = page;
      // Undefined where another worker took over meanwhile: it asks from where the cursor stood.
      held = await write(
        shared,
        tenant,
        held,
        last ? { cursor } : { cursor, ...lease, until: clock.now() + leaseMs },
      );
      if (!last || held === undefined) continue;
      // The lease is given back with it.
      held = undefined;
      return { accounts, more };
    }
    return { accounts, more: false };
  } catch (error) {
    if (!isLedgerFailure(error)) throw error;
    context.logger.error('the ledger source could not tell what changed', { code: error.code });
    return { accounts, more: false, failed: error.code };
  } finally {
    if (held !== undefined) await write(shared, tenant, held, { cursor: keptOf(held).cursor });
  }
}

async function read(shared: SharedStore, tenant: string): Promise<SharedValue> {
  const [found] = await shared.list({ tenant, prefix: key, limit: 1 });
  return found?.key === key ? found : { key, version: 0, value: null };
}

/** The value as it is now; undefined when another worker wrote first. */
async function write(
  shared: SharedStore,
  tenant: string,
  { version }: SharedValue,
  { cursor, token, until }: Kept,
): Promise<SharedValue | undefined> {
  const value: Json = {
    ...(cursor === undefined ? {} : { cursor }),
    ...(token === undefined ? {} : { token }),
    ...(until === undefined ? {} : { until }),
  };
  const done = await shared.write({ tenant, key, expected: version, value });
  return done ? { key, version: version + 1, value } : undefined;
}

/** The value is ours: it is not checked further. */
function keptOf({ value }: SharedValue): Kept {
  return typeof value === 'object' && value !== null ? (value as Kept) : {};
}
