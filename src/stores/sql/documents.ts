import type { Activation, DocumentAuthor, DocumentStore, DocumentVersion } from '../documents.js';
import { integer, nullable, type Row, type SqlSession, text } from './database.js';
import type { Tables } from './names.js';
import { Conditions, json } from './read.js';

const columns = 'kind, id, version, hash, at, author, reason';

/** {@link DocumentStore} in SQL. */
export function sqlDocuments(
  run: <T>(work: (session: SqlSession) => Promise<T>) => Promise<T>,
  tables: Tables,
): DocumentStore {
  return {
    add: (tenant, { kind, id, version, hash, content, at, author, reason }) =>
      run(async (session) => {
        const added = await session.query(
          `INSERT INTO ${tables.documents} (tenant, kind, id, version, hash, content, at, author, reason)
           VALUES ($1, $2, $3, $4::bigint, $5, $6::json, $7::bigint, $8, $9)
           ON CONFLICT (tenant, kind, id, version) DO NOTHING RETURNING hash`,
          [tenant, kind, id, version, hash, JSON.stringify(content), at, author, reason],
        );
        if (added.length === 1) return hash;
        const [known] = await session.query(
          `SELECT hash FROM ${tables.documents} WHERE tenant = $1 AND kind = $2 AND id = $3 AND version = $4::bigint`,
          [tenant, kind, id, version],
        );
        return known === undefined ? hash : text(known, 'hash');
      }),

    load: (tenant, { kind, id, version }) =>
      run(async (session) => {
        const [found] = await session.query(
          `SELECT ${columns}, content::text AS content FROM ${tables.documents}
           WHERE tenant = $1 AND kind = $2 AND id = $3 AND version = $4::bigint`,
          [tenant, kind, id, version],
        );
        return found === undefined ? undefined : { ...versionOf(found), content: json(found, 'content') };
      }),

    list: (tenant, { kind, id } = {}) =>
      run(async (session) => {
        const where = new Conditions().add('tenant = ?', tenant);
        if (kind !== undefined) where.add('kind = ?', kind);
        if (id !== undefined) where.add('id = ?', id);
        const found = await session.query(
          `SELECT ${columns} FROM ${tables.documents} ${where.sql()} ORDER BY kind, id, version`,
          where.values,
        );
        return found.map(versionOf);
      }),

    activate: (tenant, { number, set, at, author, reason }) =>
      run(async (session) => {
        const added = await session.query(
          `INSERT INTO ${tables.activations} (tenant, number, set_id, at, author, reason)
           SELECT $1, $2::bigint, $3, $4::bigint, $5, $6
           WHERE $2::bigint = 1 + (SELECT coalesce(max(number), 0) FROM ${tables.activations} WHERE tenant = $1)
           ON CONFLICT (tenant, number) DO NOTHING RETURNING number`,
          [tenant, number, set, at, author, reason],
        );
        return added.length === 1;
      }),

    activations: (tenant, limit) =>
      run(async (session) => {
        const found = await session.query(
          `SELECT number, set_id, at, author, reason FROM ${tables.activations}
           WHERE tenant = $1 ORDER BY number DESC LIMIT $2`,
          [tenant, Math.max(0, limit)],
        );
        return found.map(
          (row): Activation => ({
            number: integer(row, 'number'),
            set: text(row, 'set_id'),
            ...authorOf(row),
          }),
        );
      }),
  };
}

function versionOf(row: Row): DocumentVersion {
  return {
    kind: text(row, 'kind'),
    id: text(row, 'id'),
    version: integer(row, 'version'),
    hash: text(row, 'hash'),
    ...authorOf(row),
  };
}

function authorOf(row: Row): DocumentAuthor {
  return { at: integer(row, 'at'), author: text(row, 'author'), reason: nullable(row, 'reason', text) };
}
