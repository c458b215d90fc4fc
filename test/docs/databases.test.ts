import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Kysely, Kysely as KyselyOf, PostgresDialect } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Dunning } from '../../src/dunning/index.js';
import { memoryStore } from '../../src/stores/memory/index.js';
import { postgresStore } from '../../src/stores/postgres/index.js';
import type { Store } from '../../src/stores/store.js';
import { type PostgresServer, startPostgres } from '../support/postgres.js';
import { account, all, at, invoice, payment, world } from '../support/world.js';

const docs = resolve(import.meta.dirname, '../../docs');
const read = (name: string): string => readFileSync(join(docs, name), 'utf8');
const bring = read('bring-your-database.md');
const partitions = read('partitions.md');

// Inside the project, so that packages are found; removed afterwards.
const work = mkdtempSync(join(import.meta.dirname, 'run-'));
let server: PostgresServer;
let pool: pg.Pool;
beforeAll(async () => {
  server = await startPostgres();
  pool = server.pool({ max: 10 });
});
afterAll(async () => {
  rmSync(work, { recursive: true, force: true });
  await server?.stop();
});

/** What the block of a page that holds this word exports. */
async function blockOf<T>(page: string, word: string): Promise<T> {
  const found = [...page.matchAll(/```ts\n([\s\S]*?)```/g)].map((match) => match[1] ?? '');
  const [block, ...others] = found.filter((text) => text.includes(word));
  expect(others).toEqual([]);
  const file = join(work, `${word.replace(/\W/g, '')}.ts`);
  writeFileSync(file, block ?? '');
  return (await import(file)) as T;
}

type Booking = { id: string; account: string; invoice: string; amount: string };

describe('docs/bring-your-database.md', () => {
  for (const [name, open] of [
    ['pg', () => pool],
    ['Kysely', () => new KyselyOf<never>({ dialect: new PostgresDialect({ pool: server.pool() }) })],
  ] as const) {
    it(`books a payment and stops its reminders in one transaction of ${name}`, async () => {
      const schema = `joined_${name.toLowerCase()}`;
      await pool.query(
        'CREATE TABLE IF NOT EXISTS payments (id text PRIMARY KEY, invoice text, amount text CHECK (amount <> $$7.00$$))',
      );
      const store = postgresStore({ client: pool, schema });
      await store.migrate();
      const { dunning } = world({ store });
      await dunning.sync({
        accounts: [account],
        invoices: [{ ...invoice('F-1', '02-03'), total: { amount: '1000.00', currency: 'MXN' } }],
      });
      const page = await blockOf<{
        book: (client: pg.Pool, dunning: Dunning, payment: Booking) => Promise<void>;
        bookWithKysely: (db: Kysely<never>, dunning: Dunning, payment: Booking) => Promise<void>;
      }>(bring, name === 'pg' ? 'function book(' : 'bookWithKysely');
      const client = open();
      const book = (one: Booking): Promise<void> =>
        client instanceof pg.Pool
          ? page.book(client, dunning, one)
          : page.bookWithKysely(client, dunning, one);
      const one = { id: `${name}-1`, account: 'robles', invoice: 'F-1', amount: '1000.00' };
      // What recobro refuses rolls the host's row back with it, and what the database refuses the other way round.
      await expect(book({ ...one, account: '' })).rejects.toMatchObject({ code: 'invalid_input' });
      await expect(book({ ...one, amount: '7.00' })).rejects.toMatchObject({ code: '23514' });
      const booked = async (): Promise<number> =>
        (await pool.query('SELECT 1 FROM payments WHERE id = $1', [one.id])).rows.length;
      expect([await booked(), (await all(dunning.history('robles'))).length]).toEqual([0, 2]);
      await book(one);
      expect([await booked(), (await all(dunning.history('robles'))).length]).toEqual([1, 3]);
      expect((await dunning.tick({ now: at('03-03') })).sent).toEqual([]);
      expect((await dunning.account('robles', { at: at('03-03') })).items).toEqual([]);
      if (client instanceof KyselyOf) await client.destroy();
    });
  }

  it('takes in a stream by COPY and by arrays with the same outcome as on any other store', async () => {
    const facts = Array.from({ length: 6 }, (_, nth) => ({
      accounts: [{ ...account, id: `a\\${nth}`.replace('\\', '-'), name: `Tab\u2028 "${nth}" \\ ü` }],
      invoices: Array.from({ length: 200 }, (_, n) => ({
        ...invoice(`F-${n}`, '02-03'),
        account: `a-${n % 6}`,
      })),
      payments: [{ ...payment(`P-${nth}`, 'F-0', '02-01', '10.00'), account: 'a-0' }],
    }));
    const told = facts.map((one, nth) => ({
      ...one,
      invoices: one.invoices.map((each) => ({ ...each, number: `\\N ${nth}`, version: nth })),
    }));
    // Nothing but `query`: no COPY.
    const plain = {
      query: (text: string, values?: unknown[]) => pool.query(text, values),
      connect: async () => {
        const client = await pool.connect();
        return {
          query: (text: string, values?: unknown[]) => client.query(text, values),
          release: (broken?: boolean) => client.release(broken),
        };
      },
    };
    const contents: unknown[] = [];
    for (const store of [
      memoryStore(),
      postgresStore({ client: pool, schema: 'by_copy' }),
      postgresStore({ client: plain, schema: 'by_arrays' }),
    ]) {
      await store.migrate();
      const { dunning } = world({ store, ids: { next: () => 'salt' } });
      const now = at('02-01');
      await dunning.ingest(told.slice(0, 3), { now });
      const done = await dunning.ingest(told, { now });
      expect(done).toMatchObject({ refused: 0, written: 3 * 202, older: 2 * 200 });
      expect((await dunning.tick({ now: at('02-06') })).failed).toEqual([]);
      expect(await dunning.verify()).toMatchObject({ ok: true });
      contents.push(await contentOf(store));
    }
    expect(contents[1]).toEqual(contents[0]);
    expect(contents[2]).toEqual(contents[0]);
  });

  it('names indexes and settings that there are', async () => {
    await postgresStore({ client: pool, schema: 'named' }).migrate();
    const { rows } = await pool.query("SELECT indexname FROM pg_indexes WHERE schemaname = 'named'");
    const known = new Set(rows.map(({ indexname }) => indexname));
    const named = [...bring.matchAll(/`(recobro_\w+)` `?\(/g)].map((match) => match[1]);
    expect(named.length).toBeGreaterThan(6);
    expect(named.filter((name) => !known.has(name))).toEqual([]);
    const [settings = ''] = [...bring.matchAll(/```sql\n([\s\S]*?)```/g)].map((match) => match[1]);
    expect(settings).toContain('autovacuum');
    await pool.query(`BEGIN; SET LOCAL search_path = named; ${settings} COMMIT`);
  });
});

describe('docs/partitions.md', () => {
  const shapeOf = async (schema: string): Promise<readonly string[]> => {
    const { rows } = await pool.query<{ table: string }>(
      `SELECT c.relname AS table FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE n.nspname = $1 AND c.relkind = 'p' ORDER BY 1`,
      [schema],
    );
    return rows.map(({ table }) => table);
  };

  it('has a life on partitioned tables, moved there half-way', async () => {
    const schema = 'moved';
    const store = postgresStore({ client: pool, schema });
    await store.migrate();
    const tenants = ['acme', 'beta', 'gamma'];
    const before = tenants.map((tenant) => world({ store, tenant }));
    for (const { dunning } of before) {
      await dunning.sync({
        accounts: [account],
        invoices: [invoice('F-1', '02-03'), invoice('F-2', '02-10')],
      });
      expect((await dunning.tick({ now: at('02-06') })).sent).toHaveLength(1);
    }
    const { split } = await blockOf<{
      split: (client: pg.ClientBase, schema: string, partitions: number) => Promise<void>;
    }>(partitions, 'function split');
    const contents = await Promise.all(tenants.map((tenant) => contentOf(store, tenant)));
    const client = await pool.connect();
    await split(client, schema, 4);
    client.release();
    expect((await shapeOf(schema)).length).toBeGreaterThanOrEqual(12);
    await store.migrate();
    expect(await Promise.all(tenants.map((tenant) => contentOf(store, tenant)))).toEqual(contents);

    const after = tenants.map((tenant) => world({ store, tenant }));
    for (const { dunning } of after) {
      await dunning.ingest([{ payments: [payment('P-1', 'F-1', '02-08', '400.00')] }]);
      const run = await dunning.tick({ now: at('02-13') });
      expect(run.sent.length + run.tasks.length).toBeGreaterThan(0);
    }
    // Work of all tenants at once, in the order that the port promises.
    const due = await store.due({ before: Number.MAX_SAFE_INTEGER, limit: 10 });
    expect(due.map(({ tenant }) => tenant).sort()).toEqual(tenants);
    expect(due.map(({ next }) => next)).toEqual(due.map(({ next }) => next).sort((a, b) => a - b));
    for (const { dunning } of after) {
      await dunning.sync({ payments: [payment('P-2', 'F-2', '02-14')] });
      await dunning.tick({ now: at('02-16') });
      expect(await dunning.verify()).toMatchObject({ ok: true });
      expect(await dunning.replay()).toMatchObject({ ok: true });
    }
  });

  it('distributes every table that has a tenant, and every unique index begins with it', async () => {
    await postgresStore({ client: pool, schema: 'apart', partitions: 2 }).migrate();
    await postgresStore({ client: pool, schema: 'whole' }).migrate();
    const [, printing = ''] = /(SELECT format\([\s\S]*?) \\gexec/.exec(partitions) ?? [];
    const { rows: printed } = await pool.query<{ format: string }>(printing.replaceAll('dunning', 'whole'));
    const [first, ...others] = printed.map(({ format }) => format);
    const statement =
      /^SELECT create_distributed_table\('whole\.(\w+)', 'tenant', colocate_with => '(.*)'\)$/;
    expect(statement.exec(first ?? '')?.slice(1)).toEqual(['recobro_files', 'default']);
    const tables = others.map((one) => statement.exec(one));
    expect(tables.every((one) => one?.[2] === 'whole.recobro_files')).toBe(true);
    expect(['recobro_files', ...tables.map((one) => one?.[1] ?? '')].sort()).toEqual(await shapeOf('apart'));
    const { rows } = await pool.query(
      `SELECT i.indexrelid::regclass::text AS index, a.attname AS first FROM pg_index i
       JOIN pg_class c ON c.oid = i.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace
       JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
       WHERE n.nspname = 'apart' AND i.indisunique AND c.relname <> 'recobro_migrations'`,
    );
    expect(rows.length).toBeGreaterThan(12);
    expect(rows.filter(({ first }) => first !== 'tenant')).toEqual([]);
  });
});

/** All that a store holds of a tenant. */
async function contentOf(store: Store, tenant = 'default'): Promise<unknown> {
  const files = (await all(store.files(tenant))).map((file) => ({ ...file, rows: [...file.rows] }));
  const acts = await all(store.acts(tenant));
  return { files, events: await all(store.events(tenant)), acts };
}
