import { RecobroError } from '../../errors.js';
import { copyOf } from './bulk-copy.js';
import type { Row, SqlSession } from './database.js';

/** What every driver of the PostgreSQL dialect has in common. */
export interface Queryable {
  query(text: string, values?: unknown[]): Promise<{ readonly rows: readonly unknown[] }>;
}

export function sessionOf(connection: Queryable): SqlSession {
  return {
    query: async (text, values) => {
      const { rows } = await connection.query(text, values === undefined ? undefined : [...values]);
      return rows as readonly Row[];
    },
    copy: copyOf(connection),
  };
}

/** The session behind what a host handed in as its open transaction; `invalid_option` if it is none. */
export function join(transaction: unknown): SqlSession {
  if (!hasQuery(transaction)) {
    throw invalidOption(
      'transaction',
      'The option transaction must be a connection on which a transaction has begun.',
    );
  }
  if (isPool(transaction) || 'transaction' in transaction) {
    throw invalidOption(
      'transaction',
      'The option transaction is a whole database: statements would run outside.',
    );
  }
  return sessionOf(transaction);
}

export function hasQuery(value: unknown): value is Queryable {
  return typeof value === 'object' && value !== null && 'query' in value && typeof value.query === 'function';
}

/** A `Client` of pg has a `connect` too, but `connectionParameters` as well, and one out of a pool has a `release`. */
export function isPool(client: Queryable): boolean {
  return 'connect' in client && !('release' in client) && !('connectionParameters' in client);
}

export function invalidOption(path: string, message: string): RecobroError {
  return new RecobroError('invalid_option', message, {
    problems: [{ path, code: 'invalid_value', message }],
  });
}
