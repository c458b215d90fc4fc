import { tablesIn } from '../sql/names.js';
import { sqlStore } from '../sql/store.js';
import type { Store } from '../store.js';
import { databaseOf, type PostgresConnection, type PostgresPool } from './client.js';

export { type Migration, type MigrationOptions, migrationSql, migrations } from '../sql/migrations.js';
export type { PostgresConnection, PostgresPool, PostgresPoolConnection } from './client.js';

/** Options of {@link postgresStore}. */
export interface PostgresStoreOptions {
  /**
   * The host's `Pool` of `pg`, or anything of that shape. A single `Client`
   * works too and is used for one call at a time; it must then serve nothing
   * else, for another's transaction would swallow the store's statements. What
   * has a `query` alone must be one connection too; before the first commit
   * `invalid_option` refuses a pool or HTTP driver behind it.
   */
  readonly client: PostgresPool | PostgresConnection;
  /** Schema of the tables. Default: `public`. */
  readonly schema?: string | undefined;
  /**
   * Tables that `migrate` creates are split by the hash of their tenant into so many partitions, 1 to 1024;
   * those that are there stay as they are. Default: they are not split.
   */
  readonly partitions?: number | undefined;
}

/**
 * The store on a PostgreSQL server (13 or later, no extension), for any
 * number of processes. Call `migrate` at each start, or run the SQL of
 * {@link migrationSql} by other means.
 *
 * `options.transaction` of its methods is a connection on which the host has
 * begun a transaction (a `PoolClient` after `BEGIN`, or anything with its
 * `query`): what recobro writes is committed or rolled back with it. Take
 * accounts in one order in all such transactions, or PostgreSQL ends one of
 * two that wait for each other (`store_failed`, `retryable`). `close` leaves
 * the host's client open.
 *
 * Errors: `invalid_option` at once for a client or schema that cannot work;
 * later `store_not_migrated`, `store_failed` (the driver's error is its
 * `cause`; the message holds no data), `closed`.
 *
 * @example
 * const store = postgresStore({ client: new pg.Pool(), schema: 'dunning' });
 * await store.migrate();
 */
export function postgresStore(options: PostgresStoreOptions): Store {
  return sqlStore(databaseOf(options.client), tablesIn(options.schema), options.partitions);
}
