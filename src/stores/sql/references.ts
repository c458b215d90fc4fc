import type { ReferenceStore } from '../references.js';
import type { CommitOptions } from '../store.js';
import { type SqlSession, text } from './database.js';
import type { Tables } from './names.js';
import { json } from './read.js';

/** {@link ReferenceStore} in SQL: one statement each. */
export function sqlReferences(
  run: <T>(work: (session: SqlSession) => Promise<T>, options?: CommitOptions) => Promise<T>,
  tables: Tables,
): ReferenceStore {
  return {
    put: (tenant, references, options) =>
      run(async (session) => {
        // Of two for one key and account the later stands; in the order of keys, so that two batches never wait for each other.
        const last = new Map(references.map((one) => [JSON.stringify([one.key, one.account]), one]));
        if (last.size === 0) return;
        const rows = [...last.values()];
        await session.query(
          `INSERT INTO ${tables.references} (tenant, key, account, value)
           SELECT $1, r.key, r.account, r.value::json
           FROM (SELECT * FROM unnest($2::text[], $3::text[], $4::text[]) AS u (key, account, value)
                 ORDER BY key COLLATE "C", account COLLATE "C") AS r
           ON CONFLICT (tenant, key, account) DO UPDATE SET value = excluded.value`,
          [
            tenant,
            rows.map(({ key }) => key),
            rows.map(({ account }) => account),
            rows.map(({ value }) => JSON.stringify(value)),
          ],
        );
      }, options),

    find: (tenant, keys) =>
      run(async (session) => {
        if (keys.length === 0) return [];
        const found = await session.query(
          `SELECT key, account, value::text AS value FROM ${tables.references}
           WHERE tenant = $1 AND key = ANY ($2::text[]) ORDER BY key, account`,
          [tenant, keys],
        );
        return found.map((row) => ({
          key: text(row, 'key'),
          account: text(row, 'account'),
          value: json(row, 'value'),
        }));
      }),

    list: (tenant, account) =>
      run(async (session) => {
        const found = await session.query(
          `SELECT key, value::text AS value FROM ${tables.references}
           WHERE tenant = $1 AND account = $2 ORDER BY key`,
          [tenant, account],
        );
        return found.map((row) => ({ key: text(row, 'key'), account, value: json(row, 'value') }));
      }),

    remove: (tenant, account, keys) =>
      run(async (session) => {
        const gone = `DELETE FROM ${tables.references} WHERE tenant = $1 AND account = $2`;
        if (keys === undefined) await session.query(gone, [tenant, account]);
        else await session.query(`${gone} AND key = ANY ($3::text[])`, [tenant, account, keys]);
      }),
  };
}
