import type { LeftStore } from '../left.js';
import type { CommitOptions } from '../store.js';
import { type Row, type SqlSession, text } from './database.js';
import type { Tables } from './names.js';
import { type Pending, write } from './pending.js';
import { json } from './read.js';

/** Rows fetched at a time. */
const page = 500;

/** Puts records that leave where they stand apart, and takes away those that come back. */
export async function writeLeft(
  session: SqlSession,
  tables: Tables,
  batch: readonly Pending[],
): Promise<void> {
  const removed = batch.flatMap(({ change }) => (change.left?.remove ?? []).map((id) => ({ change, id })));
  if (removed.length > 0)
    await session.query(
      `DELETE FROM ${tables.left} l USING unnest($1::text[], $2::text[], $3::text[]) AS k (tenant, account, id)
       WHERE l.tenant = k.tenant AND l.account = k.account AND l.id = k.id`,
      [
        removed.map(({ change }) => change.tenant),
        removed.map(({ change }) => change.account),
        removed.map(({ id }) => id),
      ],
    );
  const put = batch.flatMap(({ change }) =>
    [...(change.left?.put ?? [])].map(([id, data]) => ({ change, id, data })),
  );
  if (put.length === 0) return;
  await session.query(
    `INSERT INTO ${tables.left} (tenant, account, id, data)
     SELECT k.tenant, k.account, k.id, k.data::json
     FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) AS k (tenant, account, id, data)
     ON CONFLICT (tenant, account, id) DO UPDATE SET data = excluded.data`,
    [
      put.map(({ change }) => change.tenant),
      put.map(({ change }) => change.account),
      put.map(({ id }) => id),
      put.map(({ data }) => write(data)),
    ],
  );
}

/** {@link LeftStore} on the tables. */
export function sqlLeft(
  run: <T>(work: (session: SqlSession) => Promise<T>, options?: CommitOptions) => Promise<T>,
  fetch: (query: string, values: readonly unknown[]) => Promise<readonly Row[]>,
  tables: Tables,
): LeftStore {
  const rowOf = (row: Row) => ({
    account: text(row, 'account'),
    id: text(row, 'id'),
    data: json(row, 'data'),
  });
  return {
    async find(tenant, keys, options) {
      if (keys.length === 0) return [];
      const found = await run(
        (session) =>
          session.query(
            `SELECT l.account, l.id, l.data::text AS data
             FROM (SELECT DISTINCT account, id FROM unnest($2::text[], $3::text[]) AS u (account, id)) AS k
             JOIN ${tables.left} l ON l.tenant = $1 AND l.account = k.account AND l.id = k.id`,
            [tenant, keys.map(({ account }) => account), keys.map(({ id }) => id)],
          ),
        options,
      );
      return found.map(rowOf);
    },
    async *list(tenant, account) {
      for (let after = ''; ; ) {
        const found = await fetch(
          `SELECT l.account, l.id, l.data::text AS data FROM ${tables.left} l
           WHERE l.tenant = $1 AND l.account = $2 AND l.id > $3 ORDER BY l.id LIMIT ${page}`,
          [tenant, account, after],
        );
        for (const row of found) {
          const one = rowOf(row);
          after = one.id;
          yield one;
        }
        if (found.length < page) return;
      }
    },
  };
}
