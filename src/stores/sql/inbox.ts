import { asideDue, type InboxStore } from '../inbox.js';
import { integer, nullable, type SqlSession, text } from './database.js';
import { literal, type Tables } from './names.js';
import { Conditions, json } from './read.js';

/** Entries that are looked at in one go by `forget`. */
const page = 500;

/** {@link InboxStore} in SQL: one statement each. */
export function sqlInbox(
  run: <T>(work: (session: SqlSession) => Promise<T>) => Promise<T>,
  tables: Tables,
): InboxStore {
  return {
    receive: (tenant, entries) =>
      run(async (session) => {
        if (entries.length === 0) return [];
        const inserted = await session.query(
          // A key that stands twice loses against itself; in the order of keys, so that two batches never wait for each other.
          `INSERT INTO ${tables.inbound} (tenant, key, at, data, due, place)
           SELECT $1, e.key, e.at, e.data::json, 0, nextval(${literal(tables.order)})
           FROM (SELECT * FROM unnest($2::text[], $3::bigint[], $4::text[]) WITH ORDINALITY AS u (key, at, data, n)
                 ORDER BY key COLLATE "C", n) AS e
           ON CONFLICT (tenant, key) DO NOTHING RETURNING key`,
          [
            tenant,
            entries.map(({ key }) => key),
            entries.map(({ at }) => at),
            entries.map(({ data }) => JSON.stringify(data)),
          ],
        );
        const fresh = new Set(inserted.map((row) => text(row, 'key')));
        return entries.map(({ key }) => fresh.delete(key));
      }),

    take: ({ now, lease, limit, token, tenant }) =>
      run(async (session) => {
        const where = new Conditions(Math.max(0, limit), lease, token)
          .add('due IS NOT NULL')
          .add('due <= ?::bigint', now);
        if (tenant !== undefined) where.add('tenant = ?', tenant);
        const taken = await session.query(
          `WITH free AS MATERIALIZED (
             SELECT tenant, key, due AS since FROM ${tables.inbound} ${where.sql()}
             ORDER BY due, at, place LIMIT $1 FOR UPDATE SKIP LOCKED
           ), taken AS (
             UPDATE ${tables.inbound} i SET due = $2::bigint, token = $3, attempts = i.attempts + 1
             FROM free WHERE i.tenant = free.tenant AND i.key = free.key
             RETURNING i.tenant, i.key, i.at, i.data::text AS data, i.attempts, i.place, free.since
           )
           SELECT * FROM taken ORDER BY since, at, place`,
          where.values,
        );
        return taken.map((row) => ({
          tenant: text(row, 'tenant'),
          key: text(row, 'key'),
          at: integer(row, 'at'),
          data: json(row, 'data'),
          attempts: integer(row, 'attempts'),
        }));
      }),

    finish: (tenant, token, entries) =>
      run(async (session) => {
        if (entries.length === 0) return [];
        const ended = await session.query(
          `UPDATE ${tables.inbound} i SET due = e.again, token = NULL,
             data = CASE WHEN e.again IS NULL THEN 'null'::json ELSE coalesce(e.data::json, i.data) END
           FROM unnest($3::text[], $4::bigint[], $5::text[]) AS e (key, again, data)
           WHERE i.tenant = $1 AND i.key = e.key AND i.token = $2 AND i.due IS NOT NULL RETURNING i.key`,
          [
            tenant,
            token,
            entries.map(({ key }) => key),
            entries.map(({ again, aside }) => (aside === true ? asideDue : (again ?? null))),
            entries.map(({ data }) => (data === undefined ? null : JSON.stringify(data))),
          ],
        );
        const mine = new Set(ended.map((row) => text(row, 'key')));
        return entries.map(({ key }) => mine.has(key));
      }),

    aside: (tenant, limit) =>
      run(async (session) => {
        const [counted] = await session.query(
          `SELECT count(*) AS count FROM ${tables.inbound} WHERE tenant = $1 AND due = $2::bigint`,
          [tenant, asideDue],
        );
        const rows = await session.query(
          `SELECT key, at, data::text AS data FROM ${tables.inbound} WHERE tenant = $1 AND due = $2::bigint
           ORDER BY at, place LIMIT $3`,
          [tenant, asideDue, Math.max(0, limit)],
        );
        return {
          count: counted === undefined ? 0 : integer(counted, 'count'),
          list: rows.map((row) => ({
            key: text(row, 'key'),
            at: integer(row, 'at'),
            data: json(row, 'data'),
          })),
        };
      }),

    recall: (tenant, entries) =>
      run(async (session) => {
        if (entries.length === 0) return [];
        const recalled = await session.query(
          `UPDATE ${tables.inbound} i SET due = 0, data = coalesce(e.data::json, i.data)
           FROM unnest($3::text[], $4::text[]) AS e (key, data)
           WHERE i.tenant = $1 AND i.key = e.key AND i.due = $2::bigint RETURNING i.key`,
          [
            tenant,
            asideDue,
            entries.map(({ key }) => key),
            entries.map(({ data }) => (data === undefined ? null : JSON.stringify(data))),
          ],
        );
        const mine = new Set(recalled.map((row) => text(row, 'key')));
        return entries.map(({ key }) => mine.delete(key));
      }),

    async forget(tenant, gone) {
      let count = 0;
      for (let after: string | undefined; ; ) {
        const rows = await run((session) =>
          session.query(
            `SELECT key, data::text AS data FROM ${tables.inbound}
             WHERE tenant = $1 AND due IS NOT NULL AND ($2::text IS NULL OR key > $2::text) ORDER BY key LIMIT ${page}`,
            [tenant, after ?? null],
          ),
        );
        // Asked between two statements: `gone` may want the database itself.
        const keys: string[] = [];
        for (const row of rows) if (await gone(json(row, 'data'))) keys.push(text(row, 'key'));
        const ended = await run((session) =>
          session.query(
            `UPDATE ${tables.inbound} SET due = NULL, token = NULL, data = 'null'::json
             WHERE tenant = $1 AND key = ANY ($2::text[]) AND due IS NOT NULL RETURNING key`,
            [tenant, keys],
          ),
        );
        count += ended.length;
        const last = rows.at(-1);
        if (last === undefined || rows.length < page) return count;
        after = text(last, 'key');
      }
    },

    waiting: (tenant) =>
      run(async (session) => {
        const [row] = await session.query(
          `SELECT count(*) AS count, min(at) AS oldest FROM ${tables.inbound} WHERE tenant = $1 AND due IS NOT NULL`,
          [tenant],
        );
        const oldest = row === undefined ? null : nullable(row, 'oldest', integer);
        return {
          count: row === undefined ? 0 : integer(row, 'count'),
          ...(oldest === null ? {} : { oldest }),
        };
      }),
  };
}
