import { RecobroError } from '../../errors.js';
import type { CommitOptions, Store } from '../store.js';
import { sqlAudit } from './audit.js';
import { writeBulk } from './bulk.js';
import { commitBatch } from './commit.js';
import type { Row, SqlDatabase, SqlSession } from './database.js';
import { sqlDocuments } from './documents.js';
import { guarded, sqlState } from './failures.js';
import { sqlInbox } from './inbox.js';
import { sqlLeft } from './left.js';
import { migrate } from './migrations.js';
import type { Tables } from './names.js';
import { ownTransaction } from './own-transaction.js';
import { loadFiles, oneAct, streamActs, streamEvents, streamFiles } from './read.js';
import { sqlReferences } from './references.js';
import { invalidOption } from './session.js';
import { sqlShared } from './shared.js';
import { backlogOf, claimActs, dueAccounts, expiredActs } from './work.js';

/** The one SQL store, on any database of the PostgreSQL dialect. */
export function sqlStore(database: SqlDatabase, tables: Tables, partitions?: number): Store {
  let closed = false;

  function open(): void {
    if (closed) throw new RecobroError('closed', 'The store was closed.');
  }

  /** One statement, or several reads that need not be of one moment. */
  async function run<T>(work: (session: SqlSession) => Promise<T>, options?: CommitOptions): Promise<T> {
    open();
    if (options?.transaction === undefined) return guarded(() => work(database));
    return inside(work, options.transaction);
  }

  /** All or nothing: in a transaction of its own, or as a part of the host's. */
  async function runTogether<T>(
    work: (session: SqlSession) => Promise<T>,
    options?: CommitOptions,
  ): Promise<T> {
    open();
    if (options?.transaction === undefined) return guarded(() => database.transaction(work));
    return inside(async (session) => {
      await refuseOutside(session);
      return work(session);
    }, options.transaction);
  }

  /** A failed statement spoils the host's transaction, so nothing is tried twice. */
  function inside<T>(work: (session: SqlSession) => Promise<T>, transaction: unknown): Promise<T> {
    const session = database.join(transaction);
    return guarded(() => work(session), 1);
  }

  const fetch = (query: string, values: readonly unknown[]): Promise<readonly Row[]> =>
    run((session) => session.query(query, values));

  return {
    load: (tenant, accounts, options) =>
      run((session) => loadFiles(session, tables, tenant, accounts), options),
    commit: (changes, options) => runTogether((session) => commitBatch(session, tables, changes), options),
    due: (query) => run((session) => dueAccounts(session, tables, bounded(query))),
    claim: (query) => run((session) => claimActs(session, tables, bounded(query))),
    backlog: (query) => run((session) => backlogOf(session, tables, bounded(query))),
    expired: (query) => run((session) => expiredActs(session, tables, bounded(query))),
    act: (tenant, id) => run((session) => oneAct(session, tables, tenant, id)),
    appendOnce: (tenant, key, at, data, options) =>
      run(async (session) => {
        const inserted = await session.query(
          `INSERT INTO ${tables.inbound} (tenant, key, at, data) VALUES ($1, $2, $3::bigint, $4::json)
           ON CONFLICT (tenant, key) DO NOTHING RETURNING key`,
          [tenant, key, at, JSON.stringify(data)],
        );
        return inserted.length === 1;
      }, options),
    files: (tenant) => streamFiles(fetch, tables, tenant),
    events: (tenant, filter = {}) => streamEvents(fetch, tables, tenant, filter),
    acts: (tenant, filter = {}) => streamActs(fetch, tables, tenant, filter),
    transaction: async (work) => {
      open();
      return ownTransaction(database, work);
    },
    audit: sqlAudit(run, runTogether, tables),
    shared: sqlShared(run, tables),
    left: sqlLeft(run, fetch, tables),
    inbox: sqlInbox(run, tables),
    references: sqlReferences(run, tables),
    documents: sqlDocuments(run, tables),
    bulk: {
      write: (changes, options) => runTogether((session) => writeBulk(session, tables, changes), options),
    },
    migrate: async () => {
      open();
      await guarded(() => migrate(database, tables, partitions));
    },
    close: async () => {
      if (closed) return;
      closed = true;
      await database.close();
    },
  };
}

/** On a connection where the host forgot to begin, each statement would commit alone, and no lock would hold. */
async function refuseOutside(session: SqlSession): Promise<void> {
  try {
    await session.query('SAVEPOINT recobro_host');
  } catch (error) {
    if (sqlState(error) !== '25P01') throw error;
    throw invalidOption('transaction', 'No transaction has begun on the option transaction: BEGIN first.');
  }
  await session.query('RELEASE SAVEPOINT recobro_host');
}

/** PostgreSQL refuses negative limits; the port hands out nothing for them. */
function bounded<Q extends { readonly limit: number }>(query: Q): Q {
  return { ...query, limit: Math.max(0, query.limit) };
}
