import type { DueAccount, Store, StoredAct } from '../store.js';
import { integer, type SqlSession, text } from './database.js';
import { literal, type Tables } from './names.js';
import { actColumns, actOf, Conditions } from './read.js';

/** What workers ask for. Each query walks one partial index from its beginning, so it costs what it returns. */

export async function dueAccounts(
  session: SqlSession,
  tables: Tables,
  { before, limit, tenant }: Parameters<Store['due']>[0],
): Promise<readonly DueAccount[]> {
  const where = new Conditions(limit).add('next <= ?::bigint', before);
  if (tenant !== undefined) where.add('tenant = ?', tenant);
  const found = await session.query(
    `SELECT tenant, account, next FROM ${tables.files} ${where.sql()} ORDER BY next, tenant, account LIMIT $1`,
    where.values,
  );
  return found.map((row) => ({
    tenant: text(row, 'tenant'),
    account: text(row, 'account'),
    next: integer(row, 'next'),
  }));
}

/**
 * One statement, so that claiming never waits: rows that another claim or a
 * commit has locked are passed over, and rows that changed since they were
 * seen are looked at again by PostgreSQL before they are taken.
 */
export async function claimActs(
  session: SqlSession,
  tables: Tables,
  { now, lease, limit, token, tenant }: Parameters<Store['claim']>[0],
): Promise<readonly StoredAct[]> {
  const where = new Conditions(limit, lease, token)
    .add("state IN ('ready', 'claimed')")
    .add('not_before <= ?::bigint', now)
    .add("(state = 'ready' OR lease <= ?::bigint)", now);
  if (tenant !== undefined) where.add('tenant = ?', tenant);
  const found = await session.query(
    `WITH free AS MATERIALIZED (
       SELECT tenant, id FROM ${tables.acts} ${where.sql()}
       ORDER BY rank, not_before, tenant, id LIMIT $1 FOR UPDATE SKIP LOCKED
     ), taken AS (
       UPDATE ${tables.acts} a SET state = 'claimed', lease = $2::bigint, token = $3
       FROM free WHERE a.tenant = free.tenant AND a.id = free.id
       RETURNING ${actColumns('a')}, a.rank
     )
     SELECT * FROM taken ORDER BY rank, not_before, tenant, id`,
    where.values,
  );
  return found.map(actOf);
}

export async function expiredActs(
  session: SqlSession,
  tables: Tables,
  { now, limit, tenant }: Parameters<Store['expired']>[0],
): Promise<readonly StoredAct[]> {
  const where = new Conditions(limit).add("a.state = 'sending'").add('a.lease <= ?::bigint', now);
  if (tenant !== undefined) where.add('a.tenant = ?', tenant);
  const found = await session.query(
    `SELECT ${actColumns('a')} FROM ${tables.acts} a ${where.sql()} ORDER BY a.lease, a.tenant, a.id LIMIT $1`,
    where.values,
  );
  return found.map(actOf);
}

const columns = { notBefore: 'not_before', rank: 'rank', lease: 'lease' } as const;

/** A count beside the first few: neither reads the data of what is only counted. */
export async function backlogOf(
  session: SqlSession,
  tables: Tables,
  { tenant, state, by, from, until, limit }: Parameters<NonNullable<Store['backlog']>>[0],
): ReturnType<NonNullable<Store['backlog']>> {
  const column = columns[by];
  const where = new Conditions()
    .add('a.tenant = ?', tenant)
    // In the statement rather than among its values, so that the partial indexes serve it.
    .add(`a.state = ${literal(state)}`)
    .add(`a.${column} <= ?::bigint`, until);
  if (from !== undefined) where.add(`a.${column} >= ?::bigint`, from);
  const rows = `FROM ${tables.acts} a ${where.sql()}`;
  const [counted] = await session.query(`SELECT count(*) AS count ${rows}`, where.values);
  const count = counted === undefined ? 0 : integer(counted, 'count');
  if (count === 0 || limit === 0) return { count, acts: [] };
  const found = await session.query(
    `SELECT ${actColumns('a')} ${rows} ORDER BY a.${column}, a.id LIMIT ${Math.trunc(limit)}`,
    where.values,
  );
  return { count, acts: found.map(actOf) };
}
