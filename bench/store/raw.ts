import { due, now } from './house.js';
import type { Server } from './server.js';

/** What PostgreSQL can do at most: the same rows in and out, with nothing decided, logged or kept apart. */

/**
 * One statement writes a row for each due invoice, its stage computed in SQL, into a table with a
 * unique key and a partial index: what a cron job of a host's own does.
 */
export async function rawReview(server: Server, invoices: number): Promise<number> {
  const pool = server.pool('raw', 1);
  await pool.query('DROP TABLE IF EXISTS invoices, actions');
  await pool.query(
    'CREATE TABLE invoices (id text PRIMARY KEY, account text NOT NULL, due date NOT NULL, open bigint NOT NULL)',
  );
  await pool.query(
    `CREATE TABLE actions (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, invoice text NOT NULL, stage text NOT NULL,
       state text NOT NULL DEFAULT 'ready', at timestamptz NOT NULL, payload jsonb NOT NULL, token text, UNIQUE (invoice, stage))`,
  );
  await pool.query("CREATE INDEX ON actions (at) WHERE state = 'ready'");
  await pool.query(
    `INSERT INTO invoices SELECT 'A' || lpad((n / 5)::text, 7, '0') || '-' || n % 5, 'A' || lpad((n / 5)::text, 7, '0'), $1::date, 100000
     FROM generate_series(0, $2::integer - 1) AS n`,
    [due, invoices],
  );
  await server.settle('raw');
  const start = performance.now();
  await pool.query(
    `INSERT INTO actions (invoice, stage, at, payload)
     SELECT id, CASE WHEN $1::date - due >= 30 THEN 'last' WHEN $1::date - due >= 10 THEN 'firm' ELSE 'soft' END,
       $1::timestamptz, jsonb_build_object('account', account, 'open', open)
     FROM invoices WHERE due + 3 <= $1::date ON CONFLICT DO NOTHING`,
    [new Date(now).toISOString()],
  );
  const milliseconds = performance.now() - start;
  await pool.end();
  return milliseconds;
}

/** Claim with SKIP LOCKED and finish, by two connections, a hundred at a time, on what {@link rawReview} left. */
export async function rawDispatch(server: Server, count: number): Promise<number> {
  const pool = server.pool('raw', 2);
  await pool.query('DELETE FROM actions WHERE id NOT IN (SELECT id FROM actions ORDER BY id LIMIT $1)', [
    count,
  ]);
  await server.settle('raw');
  const start = performance.now();
  const work = async (token: string): Promise<void> => {
    for (;;) {
      const claimed = await pool.query<{ readonly id: string }>(
        `UPDATE actions a SET state = 'claimed', token = $1 FROM
           (SELECT id FROM actions WHERE state = 'ready' AND at <= $2 ORDER BY at LIMIT 100 FOR UPDATE SKIP LOCKED) AS free
         WHERE a.id = free.id RETURNING a.id, a.payload`,
        [token, new Date(now).toISOString()],
      );
      if (claimed.rows.length === 0) return;
      await pool.query("UPDATE actions SET state = 'done' WHERE id = ANY ($1::bigint[]) AND token = $2", [
        claimed.rows.map(({ id }) => id),
        token,
      ]);
    }
  };
  await Promise.all([work('a'), work('b')]);
  const milliseconds = performance.now() - start;
  await pool.end();
  return milliseconds;
}
