import { RecobroError } from '../../errors.js';
import type { BulkChange } from '../bulk.js';
import type { CommitOutcome } from '../store.js';
import { queueSpans } from './audit.js';
import { CopyRows } from './bulk-copy.js';
import { integer, type SqlSession, text } from './database.js';
import { sqlState } from './failures.js';
import type { Tables } from './names.js';
import { pair } from './pending.js';

/**
 * Takes a batch in inside an open transaction, in the order of locks that
 * `commitBatch` keeps: files are created, then locked, by tenant and account;
 * rows and events are guarded by their file. New rows come by COPY where the
 * driver can, which takes half the time of an INSERT.
 */
export async function writeBulk(
  session: SqlSession,
  tables: Tables,
  changes: readonly BulkChange[],
): Promise<readonly CommitOutcome[]> {
  if (new Set(changes.map(keyOf)).size !== changes.length)
    throw new RecobroError('impossible_state', 'A batch changes one account twice.');
  if (changes.length === 0) return [];
  const known = changes.filter(({ expected }) => expected !== 0);
  const standing = new Set([
    ...(await create(
      session,
      tables,
      changes.filter(({ expected }) => expected === 0),
    )),
    ...(await lock(session, tables, known)),
  ]);
  const winners = changes.filter((one) => standing.has(keyOf(one)));
  await raise(
    session,
    tables,
    winners.filter(({ expected }) => expected !== 0),
  );
  await writeRows(session, tables, winners);
  await writeEvents(session, tables, winners);
  await queueSpans(
    session,
    tables,
    winners.flatMap(({ tenant, account, events }) => {
      const first = events[0];
      const last = events.at(-1);
      return first === undefined || last === undefined
        ? []
        : [{ tenant, account, first: first.seq, last: last.seq }];
    }),
  );
  return changes.map((one) =>
    standing.has(keyOf(one)) ? { ok: true, version: one.expected + 1 } : { ok: false, conflict: 'version' },
  );
}

async function create(
  session: SqlSession,
  tables: Tables,
  changes: readonly BulkChange[],
): Promise<readonly string[]> {
  if (changes.length === 0) return [];
  const made = await session.query(
    `INSERT INTO ${tables.files} (tenant, account, version, header, next)
     SELECT k.tenant, k.account, 1, k.header::json, k.next
     FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[]) AS k (tenant, account, header, next)
     ORDER BY k.tenant COLLATE "C", k.account COLLATE "C"
     ON CONFLICT (tenant, account) DO NOTHING
     RETURNING tenant, account`,
    [...columns(changes), changes.map(({ header }) => header), changes.map(({ next }) => next)],
  );
  return made.map((row) => pair(text(row, 'tenant'), text(row, 'account')));
}

/** Keys of the files that have the versions expected. */
async function lock(
  session: SqlSession,
  tables: Tables,
  changes: readonly BulkChange[],
): Promise<readonly string[]> {
  if (changes.length === 0) return [];
  const locked = await session.query(
    `SELECT f.tenant, f.account, f.version
     FROM unnest($1::text[], $2::text[]) AS k (tenant, account)
     JOIN ${tables.files} f ON f.tenant = k.tenant AND f.account = k.account
     ORDER BY f.tenant, f.account FOR UPDATE OF f`,
    columns(changes),
  );
  const versions = new Map(
    locked.map((row) => [pair(text(row, 'tenant'), text(row, 'account')), integer(row, 'version')]),
  );
  return changes.filter((one) => versions.get(keyOf(one)) === one.expected).map(keyOf);
}

async function raise(session: SqlSession, tables: Tables, changes: readonly BulkChange[]): Promise<void> {
  if (changes.length === 0) return;
  await session.query(
    `UPDATE ${tables.files} f SET version = f.version + 1, header = k.header::json, next = k.next
     FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[]) AS k (tenant, account, header, next)
     WHERE f.tenant = k.tenant AND f.account = k.account`,
    [...columns(changes), changes.map(({ header }) => header), changes.map(({ next }) => next)],
  );
}

async function writeRows(session: SqlSession, tables: Tables, changes: readonly BulkChange[]): Promise<void> {
  const removed = changes.flatMap((one) => one.remove.map((id) => ({ ...one, id })));
  if (removed.length > 0)
    await session.query(
      `DELETE FROM ${tables.rows} r USING unnest($1::text[], $2::text[], $3::text[]) AS k (tenant, account, id)
       WHERE r.tenant = k.tenant AND r.account = k.account AND r.id = k.id`,
      [...columns(removed), removed.map(({ id }) => id)],
    );
  const replaced = changes.flatMap(({ tenant, account, replace }) =>
    replace.map(([id, data]) => ({ tenant, account, id, data })),
  );
  if (replaced.length > 0)
    await session.query(
      `INSERT INTO ${tables.rows} (tenant, account, id, data)
       SELECT k.tenant, k.account, k.id, k.data::json
       FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) AS k (tenant, account, id, data)
       ON CONFLICT (tenant, account, id) DO UPDATE SET data = excluded.data`,
      [...columns(replaced), replaced.map(({ id }) => id), replaced.map(({ data }) => data)],
    );
  await put(session, tables.rows, ['tenant:text', 'account:text', 'id:text', 'data:json'], (row) => {
    for (const { tenant, account, add } of changes)
      for (const [id, data] of add) row(tenant, account, id, data);
  });
}

async function writeEvents(
  session: SqlSession,
  tables: Tables,
  changes: readonly BulkChange[],
): Promise<void> {
  const place = ['tenant:text', 'account:text', 'seq:bigint'];
  const logged = put(
    session,
    tables.events,
    [...place, 'at:bigint', 'type:text', 'actor:text', 'data:json'],
    (row) => {
      for (const { tenant, account, events } of changes)
        for (const { seq, at, type, actor, data } of events) row(tenant, account, seq, at, type, actor, data);
    },
  );
  await logged.catch((error: unknown) => {
    if (sqlState(error) !== '23505') throw error;
    throw new RecobroError('impossible_state', 'The log already holds an event of that number.', {
      cause: error,
    });
  });
  await put(session, tables.personal, [...place, 'data:json'], (row) => {
    for (const { tenant, account, events } of changes)
      for (const { seq, personal } of events) if (personal !== undefined) row(tenant, account, seq, personal);
  });
}

type Fill = (row: (...values: readonly (string | number)[]) => void) => void;

/** Inserts new rows: by COPY where the driver can, else by one statement over arrays. */
async function put(session: SqlSession, table: string, typed: readonly string[], fill: Fill): Promise<void> {
  const fields = typed.map((one) => one.split(':') as [name: string, type: string]);
  const names = fields.map(([name]) => name).join(', ');
  if (session.copy !== undefined) {
    const rows = new CopyRows();
    fill((...values) => rows.add(values));
    if (!rows.empty) await session.copy(`COPY ${table} (${names}) FROM STDIN`, rows.chunks());
    return;
  }
  const arrays = fields.map((): (string | number)[] => []);
  fill((...values) => {
    for (const [at, value] of values.entries()) arrays[at]?.push(value);
  });
  if (arrays[0]?.length === 0) return;
  const from = fields.map(([, type], at) => `$${at + 1}::${type === 'json' ? 'text' : type}[]`).join(', ');
  const picked = fields.map(([name, type]) => (type === 'json' ? `k.${name}::json` : `k.${name}`)).join(', ');
  await session.query(
    `INSERT INTO ${table} (${names}) SELECT ${picked} FROM unnest(${from}) AS k (${names})`,
    arrays,
  );
}

type Owned = Pick<BulkChange, 'tenant' | 'account'>;

function columns(changes: readonly Owned[]): readonly (readonly string[])[] {
  return [changes.map(({ tenant }) => tenant), changes.map(({ account }) => account)];
}

function keyOf({ tenant, account }: Owned): string {
  return pair(tenant, account);
}
