import type { SqlDatabase } from '../sql/database.js';
import { tablesIn } from '../sql/names.js';
import { hasQuery, invalidOption, join, type Queryable, sessionOf } from '../sql/session.js';
import { sqlStore } from '../sql/store.js';
import type { Store } from '../store.js';
import type { PGliteClient } from './client.js';
import { type OpenFolder, openFolder } from './folder.js';
import { loadPGlite } from './package.js';
import { refuseFullDisk } from './room.js';

export type { PGliteClient, PGliteTransaction } from './client.js';

/** Options of {@link pgliteStore}. */
export interface PGliteStoreOptions {
  /** Where the database stands; made if missing. Without it the database is in memory and ends with the process. */
  readonly folder?: string | undefined;
  /**
   * An instance of PGlite that the host has opened, instead of `folder`. The
   * host keeps it from being opened twice, and closes it.
   */
  readonly client?: PGliteClient | undefined;
  /** Schema of the tables. Default: `public`. */
  readonly schema?: string | undefined;
}

/**
 * The store on PostgreSQL embedded in this process by PGlite (optional peer
 * `@electric-sql/pglite`): one process at a time, no server. The database is
 * opened by the first call, which takes a second or more, and by that call
 * fails with `store_in_use` if another process, or another store of this one,
 * has the folder: PGlite itself takes no lock, and a second opener would lose
 * rows without a word. The lock of a process that died is taken over.
 *
 * What was committed survives the death of the process. PGlite does not wait
 * for the disk, so a power failure may lose the last moments; where that
 * matters, use `postgresStore`.
 *
 * A disk with less than 64 MB left is refused with `store_failed` (`retryable`) before anything is written:
 * PGlite itself may never answer again when it cannot write its log.
 *
 * `options.transaction` of its methods is what `client.transaction` hands to
 * its callback. Inside that callback, calls without it wait for its end: for ever.
 *
 * Errors: `invalid_option` (PGlite not installed, folder with other files),
 * `store_in_use`, and those of `postgresStore`.
 *
 * @example
 * const store = pgliteStore({ folder: './dunning-data' });
 * await store.migrate();
 */
export function pgliteStore(options: PGliteStoreOptions = {}): Store {
  if (options.client !== undefined && options.folder !== undefined) {
    throw invalidOption('client', 'Give either client or folder, not both.');
  }
  if (options.client !== undefined && !isClient(options.client)) {
    throw invalidOption('client', 'The option client must be an instance of PGlite.');
  }
  if (options.folder === '')
    throw invalidOption('folder', 'The option folder is empty; leave it out for memory.');
  const tables = tablesIn(options.schema);
  return sqlStore(
    options.client === undefined ? lazily(() => open(options.folder)) : onClient(options.client),
    tables,
  );
}

async function open(folder: string | undefined): Promise<SqlDatabase> {
  const { PGlite } = await loadPGlite();
  if (folder === undefined) {
    const client = await PGlite.create();
    return { ...onClient(client), close: () => client.close() };
  }
  const held: OpenFolder = await openFolder(folder);
  try {
    await refuseFullDisk(held.path);
    const client = await PGlite.create(held.path);
    await held.settled();
    const close = async (): Promise<void> => {
      try {
        await client.close();
      } finally {
        await held.release();
      }
    };
    return { ...onDisk(onClient(client), held.path), close };
  } catch (error) {
    await held.release();
    throw error;
  }
}

/** The same, but for writing only while there is room. */
function onDisk(database: SqlDatabase, folder: string): SqlDatabase {
  return {
    ...database,
    async query(text, values) {
      if (!text.trimStart().startsWith('SELECT')) await refuseFullDisk(folder);
      return database.query(text, values);
    },
    async transaction(work) {
      await refuseFullDisk(folder);
      return database.transaction(work);
    },
  };
}

/** PGlite runs one statement at a time, and nothing else while a transaction is open. */
function onClient(client: PGliteClient): SqlDatabase {
  return {
    query: sessionOf(client).query,
    transaction: (work) => client.transaction((transaction) => work(sessionOf(transaction))),
    join,
    close: async () => undefined,
  };
}

/** Opens on first use; after a failure the next call tries again. */
function lazily(open: () => Promise<SqlDatabase>): SqlDatabase {
  let opening: Promise<SqlDatabase> | undefined;
  async function get(): Promise<SqlDatabase> {
    opening ??= open();
    try {
      return await opening;
    } catch (error) {
      opening = undefined;
      throw error;
    }
  }
  return {
    query: async (text, values) => (await get()).query(text, values),
    transaction: async (work) => (await get()).transaction(work),
    join,
    async close() {
      // What failed to open was reported to the call that wanted it, and there is nothing to close.
      const database = await opening?.catch(() => undefined);
      await database?.close();
    },
  };
}

function isClient(value: unknown): value is PGliteClient {
  return hasQuery(value) && has(value, 'transaction');
}

function has(value: Queryable, method: string): boolean {
  return typeof Reflect.get(value, method) === 'function';
}
