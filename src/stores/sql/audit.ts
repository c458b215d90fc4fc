import type { AuditStore, ChainHead, SealedEvent } from '../audit.js';
import type { LoggedEvent, StoredAct } from '../store.js';
import { integer, nullable, type Row, type SqlSession, text } from './database.js';
import { literal, type Tables } from './names.js';
import { lines, type Pending, pair, write, writeLines } from './pending.js';
import { actColumns, actOf, Conditions, eventColumns, eventOf } from './read.js';

/** First key of the advisory locks of sealers: "seal" in ASCII. The second is a hash of schema and tenant. */
const sealers = 0x7365616c;
/** Rows that are redacted together. */
const page = 500;

/** Notes that a change brought events, so that a sealer finds them: a row that nobody else ever touches. */
export async function queueEvents(
  session: SqlSession,
  tables: Tables,
  batch: readonly Pending[],
): Promise<void> {
  const spans = batch.flatMap(({ change: { tenant, account, events } }) => {
    if (events.length === 0) return [];
    const seqs = events.map((event) => event.seq);
    return [{ tenant, account, first: Math.min(...seqs), last: Math.max(...seqs) }];
  });
  await queueSpans(session, tables, spans);
}

/** Events of an account that one change brought, by their numbers. */
interface Span {
  readonly tenant: string;
  readonly account: string;
  readonly first: number;
  readonly last: number;
}

export async function queueSpans(session: SqlSession, tables: Tables, spans: readonly Span[]): Promise<void> {
  if (spans.length === 0) return;
  // Numbered while the file is locked: of one account, an earlier commit always has the lower number.
  await session.query(
    `INSERT INTO ${tables.unsealed} (tenant, id, account, first, last)
     SELECT k.tenant, nextval(${literal(tables.order)}), k.account, k.first, k.last
     FROM unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[]) AS k (tenant, account, first, last)`,
    [
      spans.map(({ tenant }) => tenant),
      spans.map(({ account }) => account),
      spans.map(({ first }) => first),
      spans.map(({ last }) => last),
    ],
  );
}

/** Puts personal data of new events where they stand apart. */
export async function writePersonal(
  session: SqlSession,
  tables: Tables,
  batch: readonly Pending[],
): Promise<void> {
  const own = batch.flatMap(({ change }) =>
    change.events.flatMap(({ seq, personal }) => (personal === undefined ? [] : [{ change, seq, personal }])),
  );
  if (own.length === 0) return;
  await session.query(
    `INSERT INTO ${tables.personal} (tenant, account, seq, data)
     SELECT k.tenant, k.account, k.seq, k.data::json
     FROM unnest($1::text[], $2::text[], $3::bigint[], ${lines(4)}) AS k (tenant, account, seq, data)`,
    [
      own.map(({ change }) => change.tenant),
      own.map(({ change }) => change.account),
      own.map(({ seq }) => seq),
      writeLines(own.map(({ personal }) => personal)),
    ],
  );
}

/** {@link AuditStore} on the tables. */
export function sqlAudit(
  run: <T>(work: (session: SqlSession) => Promise<T>) => Promise<T>,
  together: <T>(work: (session: SqlSession) => Promise<T>) => Promise<T>,
  tables: Tables,
): AuditStore {
  return {
    unsealed: ({ limit }) =>
      run(async (session) => {
        const found = await session.query(`SELECT DISTINCT u.tenant FROM ${tables.unsealed} u LIMIT $1`, [
          Math.max(0, limit),
        ]);
        return found.map((row) => text(row, 'tenant'));
      }),
    async seal(query) {
      // The usual answer, and it needs no lock.
      const waiting = await run((session) =>
        session.query(`SELECT 1 FROM ${tables.unsealed} u WHERE u.tenant = $1 LIMIT 1`, [query.tenant]),
      );
      if (waiting.length === 0) return 0;
      return together((session) => sealBatch(session, tables, query));
    },
    head: (tenant) => run((session) => headOf(session, tables, tenant)),
    sealed: ({ tenant, after, limit }) =>
      run(async (session) => {
        const found = await session.query(
          `SELECT s.position, s.hash, s.account, s.seq AS own, ${eventColumns}
           FROM ${tables.sealed} s
           LEFT JOIN ${tables.events} e ON e.tenant = s.tenant AND e.account = s.account AND e.seq = s.seq
           LEFT JOIN ${tables.personal} p ON p.tenant = s.tenant AND p.account = s.account AND p.seq = s.seq
           WHERE s.tenant = $1 AND s.position > $2::bigint ORDER BY s.position LIMIT $3`,
          [tenant, after, Math.max(0, limit)],
        );
        return found.map((row) => sealedOf(tenant, row));
      }),
    strays: ({ tenant, limit }) =>
      run(async (session) => {
        const found = await session.query(
          `SELECT e.account, e.seq FROM ${tables.events} e
           WHERE e.tenant = $1
             AND NOT EXISTS (SELECT 1 FROM ${tables.sealed} s
               WHERE s.tenant = e.tenant AND s.account = e.account AND s.seq = e.seq)
             AND NOT EXISTS (SELECT 1 FROM ${tables.unsealed} u
               WHERE u.tenant = e.tenant AND u.account = e.account AND e.seq BETWEEN u.first AND u.last)
           ORDER BY e.account, e.seq LIMIT $2`,
          [tenant, Math.max(0, limit)],
        );
        return found.map((row) => ({ account: text(row, 'account'), seq: integer(row, 'seq') }));
      }),
    redact: (query) =>
      together(
        async (session) =>
          (await redactEvents(session, tables, query)) + (await redactActs(session, tables, query)),
      ),
  };
}

async function headOf(session: SqlSession, tables: Tables, tenant: string): Promise<ChainHead> {
  const found = await session.query(`SELECT position, hash FROM ${tables.chains} WHERE tenant = $1`, [
    tenant,
  ]);
  const [row] = found;
  return row === undefined
    ? { position: 0, hash: '' }
    : { position: integer(row, 'position'), hash: text(row, 'hash') };
}

/**
 * Sealers of a tenant come one after the other, by a lock that commits know
 * nothing of. Each statement sees all that was committed before it began, so
 * whoever had the lock before is seen here, and what commits later is left in
 * the queue for the next batch, at a higher position.
 */
async function sealBatch(
  session: SqlSession,
  tables: Tables,
  { tenant, limit, link, wait = true }: Parameters<AuditStore['seal']>[0],
): Promise<number> {
  const lock = wait ? 'pg_advisory_xact_lock' : 'pg_try_advisory_xact_lock';
  const [locked] = await session.query(`SELECT ${lock}($1::integer, hashtext($2))::text AS mine`, [
    sealers,
    `${tables.schema} ${tenant}`,
  ]);
  // Of a lock that was waited for the answer is empty.
  if (locked === undefined || text(locked, 'mine') === 'false') return 0;
  const found = await session.query(
    `WITH next AS MATERIALIZED (
       SELECT u.id, u.account, u.first, u.last FROM ${tables.unsealed} u
       WHERE u.tenant = $1 ORDER BY u.id LIMIT $2
     )
     SELECT n.id, n.account, ${eventColumns}
     FROM next n
     LEFT JOIN ${tables.events} e ON e.tenant = $1 AND e.account = n.account AND e.seq BETWEEN n.first AND n.last
       AND NOT EXISTS (SELECT 1 FROM ${tables.sealed} s
         WHERE s.tenant = $1 AND s.account = e.account AND s.seq = e.seq)
     LEFT JOIN ${tables.personal} p ON p.tenant = $1 AND p.account = e.account AND p.seq = e.seq
     ORDER BY n.id, e.seq`,
    [tenant, Math.max(1, limit)],
  );
  if (found.length === 0) return 0;
  let head = await headOf(session, tables, tenant);
  const taken = new Set<string>();
  const sealed: (ChainHead & Pick<LoggedEvent, 'account' | 'seq'>)[] = [];
  for (const row of found) {
    if (nullable(row, 'seq', integer) === null) continue;
    const event = eventOf(tenant, text(row, 'account'), row);
    // Two commits whose numbers are woven into each other name some events twice.
    const key = pair(event.account, `${event.seq}`);
    if (taken.has(key)) continue;
    taken.add(key);
    head = { position: head.position + 1, hash: link(head, event) };
    sealed.push({ ...head, account: event.account, seq: event.seq });
  }
  await session.query(
    `INSERT INTO ${tables.sealed} (tenant, position, account, seq, hash)
     SELECT $1, k.position, k.account, k.seq, k.hash
     FROM unnest($2::bigint[], $3::text[], $4::bigint[], $5::text[]) AS k (position, account, seq, hash)`,
    [
      tenant,
      sealed.map((one) => one.position),
      sealed.map((one) => one.account),
      sealed.map((one) => one.seq),
      sealed.map((one) => one.hash),
    ],
  );
  await session.query(
    `INSERT INTO ${tables.chains} (tenant, position, hash) VALUES ($1, $2::bigint, $3)
     ON CONFLICT (tenant) DO UPDATE SET position = excluded.position, hash = excluded.hash`,
    [tenant, head.position, head.hash],
  );
  await session.query(
    `DELETE FROM ${tables.unsealed} u USING unnest($2::bigint[]) AS k (id) WHERE u.tenant = $1 AND u.id = k.id`,
    [tenant, [...new Set(found.map((row) => integer(row, 'id')))]],
  );
  return sealed.length;
}

type Redaction = Parameters<AuditStore['redact']>[0];

async function redactEvents(
  session: SqlSession,
  tables: Tables,
  { tenant, account, personal }: Redaction,
): Promise<number> {
  // Whoever deleted old events may have left these behind: nothing needs them any more.
  const left = await session.query(
    `DELETE FROM ${tables.personal} p WHERE p.tenant = $1 AND p.account = $2
       AND NOT EXISTS (SELECT 1 FROM ${tables.events} e
         WHERE e.tenant = p.tenant AND e.account = p.account AND e.seq = p.seq)
     RETURNING p.seq`,
    [tenant, account],
  );
  let changed = left.length;
  for (let after = 0; ; ) {
    const found = await session.query(
      `SELECT ${eventColumns} FROM ${tables.personal} p
       JOIN ${tables.events} e ON e.tenant = p.tenant AND e.account = p.account AND e.seq = p.seq
       WHERE p.tenant = $1 AND p.account = $2 AND p.seq > $3::bigint
       ORDER BY p.seq LIMIT ${page} FOR UPDATE OF p`,
      [tenant, account, after],
    );
    const fresh = found.flatMap((row) => {
      const event = eventOf(tenant, account, row);
      after = event.seq;
      const data = personal(event);
      return data === undefined ? [] : [{ seq: event.seq, data }];
    });
    if (fresh.length > 0)
      await session.query(
        `UPDATE ${tables.personal} p SET data = k.data::json
         FROM unnest($3::bigint[], $4::text[]) AS k (seq, data)
         WHERE p.tenant = $1 AND p.account = $2 AND p.seq = k.seq`,
        [tenant, account, fresh.map(({ seq }) => seq), fresh.map(({ data }) => write(data))],
      );
    changed += fresh.length;
    if (found.length < page) return changed;
  }
}

async function redactActs(
  session: SqlSession,
  tables: Tables,
  { tenant, account, act }: Redaction,
): Promise<number> {
  let changed = 0;
  for (let after: string | undefined; ; ) {
    const where = new Conditions().add('a.tenant = ?', tenant).add('a.account = ?', account);
    if (after !== undefined) where.add('a.id > ?', after);
    const found = await session.query(
      `SELECT ${actColumns('a')} FROM ${tables.acts} a ${where.sql()}
       ORDER BY a.id LIMIT ${page} FOR UPDATE`,
      where.values,
    );
    const fresh = found.flatMap((row) => {
      const one: StoredAct = actOf(row);
      after = one.id;
      const parts = act(one);
      return parts === undefined ? [] : [{ id: one.id, ...parts }];
    });
    if (fresh.length > 0)
      await session.query(
        `UPDATE ${tables.acts} a SET data = coalesce(k.data::json, a.data), result = coalesce(k.result::json, a.result)
         FROM unnest($2::text[], $3::text[], $4::text[]) AS k (id, data, result)
         WHERE a.tenant = $1 AND a.id = k.id`,
        [
          tenant,
          fresh.map(({ id }) => id),
          fresh.map(({ data }) => (data === undefined ? null : write(data))),
          fresh.map(({ result }) => (result === undefined ? null : write(result))),
        ],
      );
    changed += fresh.length;
    if (found.length < page) return changed;
  }
}

function sealedOf(tenant: string, row: Row): SealedEvent {
  const account = text(row, 'account');
  return {
    position: integer(row, 'position'),
    hash: text(row, 'hash'),
    account,
    seq: integer(row, 'own'),
    ...(nullable(row, 'seq', integer) === null ? {} : { event: eventOf(tenant, account, row) }),
  };
}
