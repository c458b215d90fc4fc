import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sqlLedger } from '../../examples/pull-from-sql/ledger.js';
import type { LedgerSource } from '../../src/dunning/index.js';
import { postgresStore } from '../../src/stores/postgres/index.js';
import type { Store } from '../../src/stores/store.js';
import { type LedgerUnderTest, ledgerContract } from '../../src/testing/ledger-contract.js';
import { sqlHost } from '../examples/sql-host.js';
import { type PostgresServer, startPostgres } from '../support/postgres.js';
import { at, world } from '../support/world.js';

let server: PostgresServer;
let pool: pg.Pool;
let store: Store;

beforeAll(async () => {
  server = await startPostgres();
  pool = server.pool({ max: 12 });
  await pool.query(
    readFileSync(resolve(import.meta.dirname, '../../examples/pull-from-sql/schema.sql'), 'utf8'),
  );
  store = postgresStore({ client: pool, schema: 'dunning' });
  await store.migrate();
}, 120_000);

afterAll(async () => {
  await server?.stop();
});

describe('the source of the example, on several connections', () => {
  const make = (): LedgerUnderTest => {
    const host = sqlHost(pool);
    return {
      ...host,
      source: sqlLedger(host.sql),
      async begin(_, account) {
        const client = await pool.connect();
        await client.query('BEGIN');
        await client.query('UPDATE customers SET person = $2 WHERE id = $1', [account, 'Eva']);
        return async () => {
          await client.query('COMMIT');
          client.release();
        };
      },
    };
  };
  for (const { name, skip, run } of ledgerContract(make, { without: { tenants: 'one company' } }))
    if (skip === undefined) it(name, run);
});

const soft = at('02-06');

/** A payment and a touch in one transaction of the host, committed once the source has been read meanwhile. */
async function paidDuring(
  account: string,
  work: (made: ReturnType<typeof world>) => Promise<unknown>,
): Promise<{ readonly made: ReturnType<typeof world>; readonly reads: number }> {
  const inner = sqlLedger(pool);
  let reads = 0;
  let read = (): void => undefined;
  const wasRead = new Promise<void>((done) => {
    read = done;
  });
  let paying = false;
  const ledger: LedgerSource = {
    ...inner,
    async read(query) {
      const answer = await inner.read(query);
      if (paying) {
        reads++;
        read();
      }
      return answer;
    },
  };
  const made = world({ store, tenant: account, ledger });
  await pool.query(`INSERT INTO customers VALUES ($1, 'Vega', 'Ana', 'ana@vega.example')`, [account]);
  await pool.query(
    `INSERT INTO invoices (id, customer, number, issued, due, total, currency)
     VALUES ($1, $1, $1, '2026-01-01', '2026-02-03', 500.00, 'COP')`,
    [account],
  );
  await made.dunning.touch([account]);
  await made.dunning.review({ now: soft });
  const client = await pool.connect();
  await client.query('BEGIN');
  await client.query(`INSERT INTO payments (invoice, amount, booked_on) VALUES ($1, 500.00, '2026-02-06')`, [
    account,
  ]);
  await made.dunning.touch([account], { transaction: client });
  paying = true;
  const working = work(made);
  await wasRead;
  await client.query('COMMIT');
  client.release();
  await working;
  return { made, reads };
}

describe('a payment that is being committed', () => {
  it('stops a message that was just found to be right', async () => {
    const { made, reads } = await paidDuring('d1', async ({ dunning }) => {
      expect(await dunning.dispatch({ now: soft })).toMatchObject([{ outcome: 'skipped', code: 'settled' }]);
    });
    expect([reads, made.email.sent, made.whatsapp.sent]).toEqual([2, [], []]);
  });

  it('is seen by the next review where one had read the tables before, and found nothing new', async () => {
    const { made, reads } = await paidDuring('d2', ({ dunning }) =>
      dunning.review({ now: soft, accounts: ['d2'] }),
    );
    expect(reads).toBe(1);
    expect((await made.dunning.review({ now: soft })).reviewed.map(({ account }) => account)).toEqual(['d2']);
    const { items } = await made.dunning.account('d2', { at: soft, settled: true });
    expect(items).toMatchObject([{ item: 'd2', outstanding: 0 }]);
    expect((await made.dunning.replay()).ok).toBe(true);
  });
});
