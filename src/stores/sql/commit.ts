import { checkBatch, insertsOf, mayMove, movesOf } from '../batch.js';
import type { ActState, Change, CommitOutcome } from '../store.js';
import { queueEvents, writePersonal } from './audit.js';
import { integer, nullable, type Row, type SqlSession, text } from './database.js';
import { disjoint, takeKeys } from './keys.js';
import { writeLeft } from './left.js';
import type { Tables } from './names.js';
import {
  accountKey,
  accountsOf,
  type HeldKey,
  heldKey,
  lines,
  lost,
  type Pending,
  pair,
  standing,
  writeLines,
} from './pending.js';
import { raiseFiles, writeEvents, writeMoves, writeRows } from './write.js';

/**
 * Commits a batch inside an open transaction, with a number of statements
 * that does not depend on the size of the batch.
 *
 * No two batches wait for each other: each creates files in the order of
 * tenant and account, then locks files in that order, and only then touches
 * acts (which their file's lock guards) and keys, in their order. Claims lock
 * acts too, but never wait.
 */
export async function commitBatch(
  session: SqlSession,
  tables: Tables,
  changes: readonly Change[],
): Promise<readonly CommitOutcome[]> {
  checkBatch(changes);
  if (changes.length === 0) return [];
  const batch = changes.map(
    (change): Pending => ({ change, inserts: insertsOf(change), moves: movesOf(change) }),
  );

  const created = await createFiles(
    session,
    tables,
    batch.filter(({ change }) => change.expected === 0),
  );
  await lockFiles(
    session,
    tables,
    batch.filter(({ change }) => change.expected !== 0),
  );
  const freed = await lockActs(session, tables, batch);
  for (const group of disjoint(standing(batch))) await takeKeys(session, tables, group, freed);

  await dropFiles(session, tables, created.filter(lost));
  const winners = standing(batch);
  await raiseFiles(
    session,
    tables,
    winners.filter(({ change }) => change.expected !== 0),
  );
  await writeRows(session, tables, winners);
  await writeLeft(session, tables, winners);
  await writeEvents(session, tables, winners);
  await writePersonal(session, tables, winners);
  await queueEvents(session, tables, winners);
  await writeMoves(session, tables, winners);
  return batch.map(({ change, conflict }) =>
    conflict === undefined ? { ok: true, version: change.expected + 1 } : { ok: false, conflict },
  );
}

/** Creates files at once with their content; who loses later is dropped again. */
async function createFiles(
  session: SqlSession,
  tables: Tables,
  batch: readonly Pending[],
): Promise<readonly Pending[]> {
  if (batch.length === 0) return [];
  const inserted = await session.query(
    `INSERT INTO ${tables.files} (tenant, account, version, header, next)
     SELECT k.tenant, k.account, 1, k.header::json, k.next
     FROM unnest($1::text[], $2::text[], ${lines(3)}, $4::bigint[]) AS k (tenant, account, header, next)
     ORDER BY k.tenant COLLATE "C", k.account COLLATE "C"
     ON CONFLICT (tenant, account) DO NOTHING
     RETURNING tenant, account`,
    [
      ...accountsOf(batch),
      writeLines(batch.map(({ change }) => change.file?.header ?? null)),
      batch.map(({ change }) => change.next ?? null),
    ],
  );
  const mine = new Set(inserted.map((row) => pair(text(row, 'tenant'), text(row, 'account'))));
  for (const one of batch) if (!mine.has(accountKey(one))) one.conflict = 'version';
  return batch.filter((one) => !lost(one));
}

async function lockFiles(session: SqlSession, tables: Tables, batch: readonly Pending[]): Promise<void> {
  if (batch.length === 0) return;
  const locked = await session.query(
    `SELECT f.tenant, f.account, f.version
     FROM unnest($1::text[], $2::text[]) AS k (tenant, account)
     JOIN ${tables.files} f ON f.tenant = k.tenant AND f.account = k.account
     ORDER BY f.tenant, f.account FOR UPDATE OF f`,
    accountsOf(batch),
  );
  const versions = new Map(
    locked.map((row) => [pair(text(row, 'tenant'), text(row, 'account')), integer(row, 'version')]),
  );
  for (const one of batch)
    if (versions.get(accountKey(one)) !== one.change.expected) one.conflict = 'version';
}

/** Locks the acts that are to move, judges the moves, and hands back the keys that withdrawals free. */
async function lockActs(
  session: SqlSession,
  tables: Tables,
  batch: readonly Pending[],
): Promise<ReadonlyMap<Pending, readonly HeldKey[]>> {
  const freed = new Map<Pending, readonly HeldKey[]>();
  const movers = standing(batch).filter(({ moves }) => moves.length > 0);
  if (movers.length === 0) return freed;
  const wanted = movers.flatMap((one) => one.moves.map((move) => ({ one, move })));
  const locked = await session.query(
    `SELECT a.tenant, a.id, a.account, a.state, a.token, a.keys::text AS keys
     FROM unnest($1::text[], $2::text[], $3::text[]) AS k (tenant, id, account)
     JOIN ${tables.acts} a ON a.tenant = k.tenant AND a.id = k.id AND a.account = k.account
     ORDER BY a.tenant, a.id FOR UPDATE OF a`,
    [
      wanted.map(({ one }) => one.change.tenant),
      wanted.map(({ move }) => move.id),
      wanted.map(({ one }) => one.change.account),
    ],
  );
  const acts = new Map(locked.map((row) => [pair(text(row, 'tenant'), text(row, 'id')), row]));
  for (const { one, move } of wanted) {
    const row = acts.get(pair(one.change.tenant, move.id));
    const act = row === undefined ? undefined : movable(row);
    if (!mayMove(one.change.account, act, move)) {
      one.conflict = 'act';
    } else if (row !== undefined && move.to === 'withdrawn') {
      const keys = (JSON.parse(text(row, 'keys')) as readonly string[]).map((key) =>
        heldKey(one, key, move.id),
      );
      freed.set(one, [...(freed.get(one) ?? []), ...keys]);
    }
  }
  return freed;
}

async function dropFiles(session: SqlSession, tables: Tables, batch: readonly Pending[]): Promise<void> {
  if (batch.length === 0) return;
  await session.query(
    `DELETE FROM ${tables.files} f USING unnest($1::text[], $2::text[]) AS k (tenant, account)
     WHERE f.tenant = k.tenant AND f.account = k.account`,
    accountsOf(batch),
  );
}

function movable(row: Row) {
  return {
    account: text(row, 'account'),
    state: text(row, 'state') as ActState,
    token: nullable(row, 'token', text),
  };
}
