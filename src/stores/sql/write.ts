import { RecobroError } from '../../errors.js';
import { isHeld } from '../batch.js';
import type { SqlSession } from './database.js';
import { sqlState } from './failures.js';
import type { Tables } from './names.js';
import { accountsOf, lines, type Pending, writeLines } from './pending.js';

/** What the winners of a batch write: one statement for each kind of row. */

export async function raiseFiles(
  session: SqlSession,
  tables: Tables,
  batch: readonly Pending[],
): Promise<void> {
  if (batch.length === 0) return;
  await session.query(
    `UPDATE ${tables.files} f SET version = f.version + 1,
       header = coalesce(k.header::json, f.header),
       next = CASE WHEN k.reviewed THEN k.next ELSE f.next END
     FROM unnest($1::text[], $2::text[], ${lines(3)}, $4::boolean[], $5::bigint[])
       AS k (tenant, account, header, reviewed, next)
     WHERE f.tenant = k.tenant AND f.account = k.account`,
    [
      ...accountsOf(batch),
      writeLines(batch.map(({ change }) => change.file?.header)),
      batch.map(({ change }) => change.next !== undefined),
      batch.map(({ change }) => change.next ?? null),
    ],
  );
}

export async function writeRows(
  session: SqlSession,
  tables: Tables,
  batch: readonly Pending[],
): Promise<void> {
  const removed = batch.flatMap(({ change }) => (change.file?.remove ?? []).map((id) => ({ change, id })));
  if (removed.length > 0) {
    await session.query(
      `DELETE FROM ${tables.rows} r USING unnest($1::text[], $2::text[], $3::text[]) AS k (tenant, account, id)
       WHERE r.tenant = k.tenant AND r.account = k.account AND r.id = k.id`,
      [
        removed.map(({ change }) => change.tenant),
        removed.map(({ change }) => change.account),
        removed.map(({ id }) => id),
      ],
    );
  }
  const put = batch.flatMap(({ change }) =>
    [...(change.file?.put ?? [])].map(([id, row]) => ({ change, id, row })),
  );
  if (put.length === 0) return;
  await session.query(
    `INSERT INTO ${tables.rows} (tenant, account, id, data)
     SELECT k.tenant, k.account, k.id, k.data::json
     FROM unnest($1::text[], $2::text[], $3::text[], ${lines(4)}) AS k (tenant, account, id, data)
     ON CONFLICT (tenant, account, id) DO UPDATE SET data = excluded.data`,
    [
      put.map(({ change }) => change.tenant),
      put.map(({ change }) => change.account),
      put.map(({ id }) => id),
      writeLines(put.map(({ row }) => row)),
    ],
  );
}

export async function writeEvents(
  session: SqlSession,
  tables: Tables,
  batch: readonly Pending[],
): Promise<void> {
  const events = batch.flatMap(({ change }) => change.events.map((event) => ({ change, event })));
  if (events.length === 0) return;
  const insert = session.query(
    `INSERT INTO ${tables.events} (tenant, account, seq, at, type, actor, data)
     SELECT k.tenant, k.account, k.seq, k.at, k.type, k.actor, k.data::json
     FROM unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[], $5::text[], $6::text[], ${lines(7)})
       AS k (tenant, account, seq, at, type, actor, data)`,
    [
      events.map(({ change }) => change.tenant),
      events.map(({ change }) => change.account),
      events.map(({ event }) => event.seq),
      events.map(({ event }) => event.at),
      events.map(({ event }) => event.type),
      events.map(({ event }) => event.actor),
      writeLines(events.map(({ event }) => event.data)),
    ],
  );
  await insert.catch((error: unknown) => {
    if (sqlState(error) !== '23505') throw error;
    throw new RecobroError('impossible_state', 'The log already holds an event of that number.', {
      cause: error,
    });
  });
}

export async function writeMoves(
  session: SqlSession,
  tables: Tables,
  batch: readonly Pending[],
): Promise<void> {
  const moves = batch.flatMap(({ change, moves }) => moves.map((move) => ({ change, move })));
  if (moves.length === 0) return;
  await session.query(
    `UPDATE ${tables.acts} a SET state = k.state,
       not_before = coalesce(k.not_before, a.not_before),
       attempts = a.attempts + k.attempts,
       lease = CASE WHEN k.held THEN coalesce(k.lease, a.lease) END,
       token = CASE WHEN k.held THEN a.token END,
       result = coalesce(k.result::json, a.result)
     FROM unnest($1::text[], $2::text[], $3::text[], $4::boolean[], $5::bigint[], $6::bigint[], $7::integer[], ${lines(8)})
       AS k (tenant, id, state, held, lease, not_before, attempts, result)
     WHERE a.tenant = k.tenant AND a.id = k.id`,
    [
      moves.map(({ change }) => change.tenant),
      moves.map(({ move }) => move.id),
      moves.map(({ move }) => move.to),
      moves.map(({ move }) => isHeld(move.to)),
      moves.map(({ move }) => move.lease ?? null),
      moves.map(({ move }) => move.notBefore ?? null),
      moves.map(({ move }) => (move.attempt === true ? 1 : 0)),
      writeLines(moves.map(({ move }) => move.result)),
    ],
  );
}
