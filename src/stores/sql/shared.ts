import type { SharedStore } from '../shared.js';
import { integer, type SqlSession, text } from './database.js';
import type { Tables } from './names.js';
import { json } from './read.js';

/** {@link SharedStore} in SQL: one statement each, so that the row's own lock is all the locking there is. */
export function sqlShared(
  run: <T>(work: (session: SqlSession) => Promise<T>) => Promise<T>,
  tables: Tables,
): SharedStore {
  return {
    list: ({ tenant, prefix, limit }) =>
      run(async (session) => {
        const found = await session.query(
          // A range of the primary key: keys compare by their bytes, so what begins alike stands together.
          `SELECT key, version, value::text AS value FROM ${tables.shared}
           WHERE tenant = $1 AND key >= $2 AND starts_with(key, $2) ORDER BY key LIMIT $3`,
          [tenant, prefix, Math.max(0, limit)],
        );
        return found.map((row) => ({
          key: text(row, 'key'),
          version: integer(row, 'version'),
          value: json(row, 'value'),
        }));
      }),

    write: ({ tenant, key, expected, value }) =>
      run(async (session) => {
        if (value === undefined) {
          if (expected === 0) {
            const found = await session.query(
              `SELECT 1 FROM ${tables.shared} WHERE tenant = $1 AND key = $2`,
              [tenant, key],
            );
            return found.length === 0;
          }
          const gone = await session.query(
            `DELETE FROM ${tables.shared} WHERE tenant = $1 AND key = $2 AND version = $3::bigint RETURNING key`,
            [tenant, key, expected],
          );
          return gone.length === 1;
        }
        const content = JSON.stringify(value);
        const written =
          expected === 0
            ? await session.query(
                `INSERT INTO ${tables.shared} (tenant, key, version, value) VALUES ($1, $2, 1, $3::json)
                 ON CONFLICT (tenant, key) DO NOTHING RETURNING key`,
                [tenant, key, content],
              )
            : await session.query(
                `UPDATE ${tables.shared} SET version = version + 1, value = $4::json
                 WHERE tenant = $1 AND key = $2 AND version = $3::bigint RETURNING key`,
                [tenant, key, expected, content],
              );
        return written.length === 1;
      }),
  };
}
