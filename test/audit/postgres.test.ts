import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AuditStore } from '../../src/stores/audit.js';
import { type PostgresPool, postgresStore } from '../../src/stores/postgres/index.js';
import type { Store, StoredEvent } from '../../src/stores/store.js';
import { type PostgresServer, startPostgres } from '../support/postgres.js';
import { all, at, world } from '../support/world.js';
import { house, live, secrets } from './life.js';

let server: PostgresServer;
let pool: pg.Pool;

beforeAll(async () => {
  server = await startPostgres();
  pool = server.pool({ max: 12 });
}, 120_000);

afterAll(async () => {
  await server?.stop();
});

async function fresh(schema: string, client: PostgresPool = pool): Promise<Store> {
  await postgresStore({ client: pool, schema }).migrate();
  return postgresStore({ client, schema });
}

const tenant = 't';
const link: Parameters<AuditStore['seal']>[0]['link'] = (before, { account, seq }) =>
  `${before.hash.length}:${account}.${seq}`;

function auditOf({ audit }: Store): AuditStore {
  if (audit === undefined) throw new Error('PostgreSQL has a chain');
  return audit;
}

const event = (seq: number): StoredEvent => ({ seq, at: seq, type: 't', actor: 'a', data: null });

async function commit(store: Store, account: string, seq: number, transaction?: unknown): Promise<void> {
  const change = { tenant, account, expected: seq - 1, events: [event(seq)], acts: [] };
  const outcomes = await store.commit([change], transaction === undefined ? {} : { transaction });
  expect(outcomes).toEqual([{ ok: true, version: seq }]);
}

/** Reads on from a position, as a cursor does: never back. */
function reader(store: Store) {
  const seen: string[] = [];
  let after = 0;
  return {
    seen,
    async readOn(): Promise<void> {
      const rows = await auditOf(store).sealed({ tenant, after, limit: 1000 });
      rows.forEach(({ position, account, seq }, index) => {
        expect(position).toBe(after + index + 1);
        seen.push(`${account}.${seq}`);
      });
      after += rows.length;
    },
  };
}

describe('sealing on PostgreSQL', () => {
  it('passes over nothing that commits late, and waits for nothing that is not committed', async () => {
    const store = await fresh('late');
    const { seen, readOn } = reader(store);
    const seal = () => auditOf(store).seal({ tenant, limit: 100, link });
    const [one, two] = [await pool.connect(), await pool.connect()];
    await one.query('BEGIN');
    await commit(store, 'first', 1, one);
    await two.query('BEGIN');
    await commit(store, 'second', 1, two);
    await commit(store, 'third', 1);
    expect(await seal()).toBe(1);
    await readOn();
    expect(seen).toEqual(['third.1']);
    await two.query('COMMIT');
    expect(await seal()).toBe(1);
    await readOn();
    await one.query('COMMIT');
    await commit(store, 'third', 2);
    expect(await seal()).toBe(2);
    await readOn();
    expect(seen).toEqual(['third.1', 'second.1', 'first.1', 'third.2']);
    expect(await seal()).toBe(0);
    one.release();
    two.release();
  });

  it('loses nothing between four sealers, while transactions end in any order', {
    timeout: 60_000,
  }, async () => {
    const store = await fresh('race');
    const others = [postgresStore({ client: server.pool(), schema: 'race' }), store];
    const accounts = Array.from({ length: 6 }, (_, index) => `a${index}`);
    const rounds = 25;
    const { seen, readOn } = reader(store);
    let over = false;
    let backs = 0;
    const writers = accounts.map(async (account, index) => {
      const host = await pool.connect();
      for (let seq = 1; seq <= rounds; ) {
        await host.query('BEGIN');
        await commit(store, account, seq, host);
        // Other transactions that began later end before this one.
        for (let n = 0; n < (seq * 7 + index * 3) % 5; n++) await host.query('SELECT 1');
        const rolledBack = (seq + index) % 4 === 0 && backs++ % 2 === 0;
        await host.query(rolledBack ? 'ROLLBACK' : 'COMMIT');
        if (!rolledBack) seq++;
      }
      host.release();
    });
    const sealers = [...others, ...others].map(async (one) => {
      while (!over) await auditOf(one).seal({ tenant, limit: 4, link });
    });
    const reading = (async () => {
      while (!over) await readOn();
    })();
    await Promise.all(writers).finally(() => {
      over = true;
    });
    await Promise.all([...sealers, reading]);
    while ((await auditOf(store).seal({ tenant, limit: 100, link })) > 0);
    await readOn();
    expect(backs).toBeGreaterThan(10);
    const expected = accounts.flatMap((account) =>
      Array.from({ length: rounds }, (_, n) => `${account}.${n + 1}`),
    );
    expect([...seen].sort()).toEqual([...expected].sort());
    for (const account of accounts)
      expect(seen.filter((one) => one.startsWith(`${account}.`))).toEqual(
        expected.filter((one) => one.startsWith(`${account}.`)),
      );
    expect(await auditOf(store).strays({ tenant, limit: 9 })).toEqual([]);
  });

  /** A pool whose transactions pause before a statement, or fail at it. */
  function through(hook: (text: string, client: pg.PoolClient) => Promise<void>): PostgresPool {
    return {
      query: (text, values) => pool.query(text, values),
      async connect() {
        const client = await pool.connect();
        return {
          async query(text, values) {
            await hook(text, client);
            return client.query(text, values);
          },
          on: (name, listener) => client.on(name, listener),
          off: (name, listener) => client.off(name, listener),
          release: (destroy) => client.release(destroy),
        };
      },
    };
  }

  it('holds up no commit of its tenant, not even of the accounts that it seals', async () => {
    const reached = Promise.withResolvers<void>();
    const go = Promise.withResolvers<void>();
    const slow = await fresh(
      'slow',
      through(async (text) => {
        if (text !== 'COMMIT') return;
        reached.resolve();
        await go.promise;
      }),
    );
    const impatient = postgresStore({
      client: server.pool({ options: '-c lock_timeout=2s' }),
      schema: 'slow',
    });
    await commit(impatient, 'a', 1);
    const sealing = auditOf(slow).seal({ tenant, limit: 9, link });
    await reached.promise;
    // Everything is written, and nothing of it committed.
    await commit(impatient, 'a', 2);
    await commit(impatient, 'b', 1);
    expect(await auditOf(impatient).sealed({ tenant, after: 0, limit: 9 })).toEqual([]);
    // Whoever does not want to wait for another sealer need not.
    expect(await auditOf(impatient).seal({ tenant, limit: 9, link, wait: false })).toBe(0);
    await expect(auditOf(impatient).seal({ tenant, limit: 9, link })).rejects.toMatchObject({
      code: 'store_failed',
      retryable: true,
    });
    go.resolve();
    expect(await sealing).toBe(1);
    expect(await auditOf(impatient).seal({ tenant, limit: 9, link, wait: false })).toBe(2);
  });

  it('is whole again after its connection broke at any statement', { timeout: 60_000 }, async () => {
    const store = await fresh('broken');
    for (let n = 1; n <= 3; n++) await commit(store, 'a', n);
    let statement = 0;
    for (let at = 1, broke = true; broke; at++) {
      statement = 0;
      broke = false;
      const dying = postgresStore({
        client: through(async (_, client) => {
          if (++statement !== at) return;
          broke = true;
          const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
          await pool.query('SELECT pg_terminate_backend($1)', [rows[0]?.pid]);
        }),
        schema: 'broken',
      });
      const sealed = await auditOf(dying)
        .seal({ tenant, limit: 9, link })
        .catch((error: { code: string }) => error.code);
      if (broke) expect(sealed).toBe('store_failed');
      else expect(sealed).toBe(3);
      const chain = await auditOf(store).sealed({ tenant, after: 0, limit: 9 });
      expect(chain).toHaveLength(broke ? 0 : 3);
      expect((await auditOf(store).head(tenant)).position).toBe(chain.length);
    }
    expect(statement).toBeGreaterThan(6);
  });
});

describe('a chain in PostgreSQL', () => {
  let made: Awaited<ReturnType<typeof live>>;
  beforeAll(async () => {
    made = await live(await fresh('life'));
  }, 60_000);

  /** What a verification says inside a transaction that somebody tampers in; then all is as it was. */
  async function tampering(...statements: readonly string[]) {
    const client = await pool.connect();
    try {
      await client.query('BEGIN');
      await client.query('SET LOCAL search_path TO life');
      for (const statement of statements) {
        const { rowCount } = await client.query(statement);
        expect([statement, rowCount]).not.toEqual([statement, 0]);
      }
      const { dunning } = world({
        ...house,
        store: postgresStore({ client: client as pg.PoolClient & { release: () => void }, schema: 'life' }),
      });
      return await dunning.verify();
    } finally {
      await client.query('ROLLBACK');
      client.release();
    }
  }

  const tenth = `FROM recobro_sealed s WHERE s.position = 10 AND e.account = s.account AND e.seq = s.seq`;

  it('holds as it is, and names what is done to the tables behind its back', async () => {
    expect(await made.dunning.verify()).toMatchObject({ ok: true });
    const faults: readonly (readonly [code: string, position: number, ...statements: string[]])[] = [
      ['hash', 10, `UPDATE recobro_events e SET data = (left(e.data::text, -1) || ',"x":1}')::json ${tenth}`],
      ['hash', 10, `UPDATE recobro_events e SET actor = 'eve' ${tenth}`],
      ['hash', 10, `UPDATE recobro_events e SET at = e.at + 1 ${tenth}`],
      ['hash', 10, `UPDATE recobro_sealed SET hash = repeat('0', 64) WHERE position = 10`],
      [
        'missing',
        10,
        `DELETE FROM recobro_events e USING recobro_sealed s WHERE s.position = 10 AND e.account = s.account AND e.seq = s.seq`,
      ],
      ['missing', 10, `DELETE FROM recobro_sealed WHERE position = 10`],
      [
        'hash',
        10,
        `DELETE FROM recobro_sealed WHERE position = 10`,
        `UPDATE recobro_sealed SET position = position - 1 WHERE position > 10`,
      ],
      [
        'personal',
        1,
        `UPDATE recobro_personal SET data = replace(data::text, 'Secreta', 'Secreto')::json WHERE account = 'a' AND seq = 1`,
      ],
      [
        'inserted',
        0,
        `INSERT INTO recobro_events (tenant, account, seq, at, type, actor, data) VALUES ('default', 'a', 9999, 0, 'note.added', 'ana', '{}')`,
      ],
      ['missing', 0, `DELETE FROM recobro_sealed WHERE position = (SELECT position FROM recobro_chains)`],
      ['head', 0, `UPDATE recobro_chains SET position = position - 1`],
    ];
    for (const [code, position, ...statements] of faults) {
      const found = await tampering(...statements);
      expect([statements, found]).toMatchObject([statements, { ok: false, fault: { code } }]);
      if (position > 0) expect([statements, found]).toMatchObject([statements, { fault: { position } }]);
    }
    expect(await made.dunning.verify()).toMatchObject({ ok: true });
  });

  it('goes on from a checkpoint once what lies before it was deleted', async () => {
    const lines = await all(made.dunning.audit({ to: 30 }));
    const kept = JSON.parse(lines.at(-1) ?? '{}') as { readonly end: { position: number; hash: string } };
    const page = readFileSync(resolve(import.meta.dirname, '../../docs/audit.md'), 'utf8');
    const [, sql = ''] = /```sql\n([\s\S]*?)```/.exec(page) ?? [];
    const host = await pool.connect();
    await host.query('BEGIN; SET LOCAL search_path TO life');
    await host.query(
      sql.replaceAll(':tenant', "'default'").replaceAll(':position', String(kept.end.position)),
    );
    await host.query('COMMIT');
    host.release();
    expect(await made.dunning.verify()).toMatchObject({ ok: false, fault: { position: 1, code: 'missing' } });
    expect(await made.dunning.verify({ from: kept.end })).toMatchObject({ ok: true });
    const head = await made.store.audit?.head('default');
    expect(await made.dunning.verify({ from: kept.end })).toMatchObject({ head });
    await made.dunning.tick({ now: at('04-10') });
    expect(await made.dunning.verify({ from: kept.end })).toMatchObject({ ok: true });
    expect((await made.dunning.changes({ limit: 5 })).events[0]?.position).toBe(31);
  });

  it('leaves nothing of erased people in any table', async () => {
    // Somebody deleted an event by hand, and forgot what stood apart.
    await pool.query(
      `DELETE FROM life.recobro_events WHERE account = 'c' AND seq > 5 AND type = 'act.accepted'`,
    );
    await made.dunning.erase({ account: 'c', force: true }, { author: 'eva', now: at('04-11') });
    const { rows } = await pool.query<{ name: string }>(
      `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'life'`,
    );
    expect(rows.length).toBeGreaterThan(9);
    let text = '';
    for (const { name } of rows) {
      const found = await pool.query<{ text: string }>(`SELECT t::text AS text FROM life.${name} t`);
      text += found.rows.map((row) => row.text).join('\n');
    }
    for (const secret of secrets('c')) expect(text).not.toContain(secret);
    for (const secret of secrets('b')) expect(text).toContain(secret);
  });
});
