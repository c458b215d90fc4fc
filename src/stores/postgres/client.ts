import type { Row, SqlDatabase, SqlSession } from '../sql/database.js';
import { hasQuery, invalidOption, isPool, join, sessionOf } from '../sql/session.js';

/** What recobro uses of a connection: of `pg`, a `Client` or a `PoolClient`; of other drivers, anything that fits. */
export interface PostgresConnection {
  /** Runs one statement with parameters `$1`, `$2`, …; JavaScript arrays go in as PostgreSQL arrays. */
  query(text: string, values?: unknown[]): Promise<{ readonly rows: readonly unknown[] }>;
}

/** A connection taken out of a pool. */
export interface PostgresPoolConnection extends PostgresConnection {
  /** Gives it back; with `true`, as broken. */
  release(destroy?: boolean): void;
  /**
   * Optional, as an EventEmitter has it. `pg` tells by an event that a
   * connection broke between two statements, and an event that nobody listens
   * to would end the host's process.
   */
  on?(event: 'error', listener: (error: Error) => void): unknown;
  off?(event: 'error', listener: (error: Error) => void): unknown;
}

/** What recobro uses of a pool such as `Pool` of `pg`. */
export interface PostgresPool extends PostgresConnection {
  connect(): Promise<PostgresPoolConnection>;
}

/** Reaches the database through what the host handed in. Nothing is opened here, so nothing is closed. */
export function databaseOf(client: PostgresPool | PostgresConnection): SqlDatabase {
  if (!hasQuery(client))
    throw invalidOption('client', 'The option client must be a Pool or Client of pg, or fit its shape.');
  return isPool(client) ? ofPool(client as PostgresPool) : ofConnection(client);
}

function ofPool(pool: PostgresPool): SqlDatabase {
  return {
    query: sessionOf(pool).query,
    async transaction(work) {
      const connection = await pool.connect();
      if (!hasQuery(connection) || typeof connection.release !== 'function') {
        throw invalidOption(
          'client',
          'The connect() of the option client gave no connection with query() and release().',
        );
      }
      let broken = false;
      const lost = (): void => {
        broken = true;
      };
      connection.on?.('error', lost);
      try {
        return await transact(sessionOf(connection), work, lost);
      } finally {
        // A broken connection may complain once more while the pool throws it away, so it keeps its listener.
        if (!broken) connection.off?.('error', lost);
        connection.release(broken);
      }
    },
    join,
    close: async () => undefined,
  };
}

/** A single connection holds one transaction at a time, so calls go through one after the other. */
function ofConnection(connection: PostgresConnection): SqlDatabase {
  const session = sessionOf(connection);
  // A Client or PoolClient of pg is a connection for sure; of whatever else fits, it is found out once.
  let isSure = 'connectionParameters' in connection || 'release' in connection;
  let last: Promise<unknown> = Promise.resolve();
  function alone<T>(call: () => Promise<T>): Promise<T> {
    const mine = last.then(call, call);
    last = mine.catch(() => undefined);
    return mine;
  }
  return {
    query: (text, values) => alone(() => session.query(text, values)),
    transaction: (work) =>
      alone(async () => {
        if (!isSure) await checkSession(session);
        isSure = true;
        return transact(session, work, () => undefined);
      }),
    join,
    close: async () => undefined,
  };
}

const asked = 3;

/**
 * Refuses what runs each statement on a connection of its own, as a pool or a
 * driver over HTTP behind `query` does: a commit would leave halves. A pool
 * that nothing else uses may hand out one connection again and again, so it is
 * asked several times at once. A connection answers one after the other, or
 * refuses what comes while it is busy (as pg 9 will), which tells as much.
 */
async function checkSession(session: SqlSession): Promise<void> {
  const atOnce = (statement: string) =>
    Promise.allSettled(Array.from({ length: asked }, () => session.query(statement)));
  const ask = `SELECT current_setting('recobro.probe', true) AS probe`;
  const isHere = ([row]: readonly Row[]): boolean => row?.probe === 'here';
  await session.query('BEGIN');
  try {
    await session.query(`SELECT set_config('recobro.probe', 'here', true)`);
    const alone = isHere(await session.query(ask));
    const answers = await atOnce(ask);
    if (alone && answers.every((answer) => answer.status === 'rejected' || isHere(answer.value))) return;
  } finally {
    // As many, so that a pool's connection with the open transaction gets one too. If it fails, so does what comes next.
    await atOnce('ROLLBACK');
  }
  throw invalidOption(
    'client',
    'The option client runs statements on several connections, so it holds no transaction: give the pool itself, with connect(), or a single connection.',
  );
}

/** `lost` is called when the connection cannot be trusted any more. */
async function transact<T>(
  session: SqlSession,
  work: (session: SqlSession) => Promise<T>,
  lost: () => void,
): Promise<T> {
  try {
    await session.query('BEGIN ISOLATION LEVEL READ COMMITTED');
    const result = await work(session);
    await session.query('COMMIT');
    return result;
  } catch (error) {
    // If even this fails the connection is gone: the server rolls back by itself, and the first error says why.
    await session.query('ROLLBACK').catch(lost);
    throw error;
  }
}
