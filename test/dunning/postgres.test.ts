import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { postgresStore } from '../../src/stores/postgres/index.js';
import { recordingChannel } from '../../src/testing/recording-channel.js';
import { type PostgresServer, startPostgres } from '../support/postgres.js';
import { account, all, at, documents, invoice, payment, world } from '../support/world.js';

let server: PostgresServer;
let pool: pg.Pool;
beforeAll(async () => {
  server = await startPostgres();
  pool = server.pool({ max: 10 });
  await postgresStore({ client: pool }).migrate();
}, 60_000);
afterAll(() => server.stop());

describe('on a PostgreSQL server', () => {
  it('several workers send each message once, many accounts or one account with many messages', async () => {
    const store = postgresStore({ client: pool });
    const policies = [{ ...documents.policies[0]!, message: { by: 'invoice' as const } }];
    const worlds = Array.from({ length: 4 }, () => world({ store, policies, tenant: 'workers' }));
    const accounts = Array.from({ length: 20 }, (_, index) => ({ ...account, id: `a${index}` }));
    const ofMany = accounts.map((one) => ({ ...invoice(`F-${one.id}`, '02-03'), account: one.id }));
    const ofOne = Array.from({ length: 60 }, (_, n) => ({ ...invoice(`G-${n}`, '02-03'), account: 'a0' }));
    await worlds[0]!.dunning.sync({ accounts, invoices: [...ofMany, ...ofOne] });
    const runs = await Promise.all(worlds.map((one) => one.dunning.tick({ now: at('02-06') })));
    expect(runs.flatMap((run) => run.failed)).toEqual([]);
    const keys = worlds.flatMap((one) => one.whatsapp.sent.map((message) => message.key));
    expect([keys.length, new Set(keys).size]).toEqual([80, 80]);
  });

  it('an account that the host has locked keeps one connection, and everybody else goes on', async () => {
    const small = server.pool({ max: 4 });
    const { dunning } = world({ store: postgresStore({ client: small }), tenant: 'locked' });
    await dunning.sync({ accounts: [account] });
    const client = await small.connect();
    await client.query('BEGIN');
    await dunning.sync({ invoices: [invoice('F-0', '02-03')] }, { transaction: client });
    const ids = Array.from({ length: 14 }, (_, n) => `F-${n + 1}`);
    const stuck = ids.map((id) => dunning.sync({ invoices: [invoice(id, '02-03')] }));
    const waiting = `SELECT count(*)::int AS n FROM pg_stat_activity WHERE wait_event_type = 'Lock'`;
    await expect.poll(async () => (await pool.query(waiting)).rows[0].n).toBe(1);
    // Long enough for others not to wait for it any more, several times over.
    const end = performance.now() + 500;
    for (let n = 0; performance.now() < end; n++)
      await dunning.for(`free ${n}`).sync({ accounts: [account] });
    expect((await pool.query(waiting)).rows[0].n).toBe(1);
    await client.query('COMMIT');
    client.release();
    await Promise.all(stuck);
    const types = (await all(dunning.history('robles'))).map(({ type }) => type);
    expect(types.filter((type) => type === 'invoice.upserted')).toHaveLength(15);
  });

  it('tells nobody of facts in a transaction of the host, which may be rolled back', async () => {
    const { dunning } = world({ store: postgresStore({ client: pool }), tenant: 'joined' });
    const heard: string[] = [];
    dunning.on('event', (event) => heard.push(event.type));
    await dunning.sync({ accounts: [account], invoices: [invoice('F-1', '02-03')] });
    expect(heard).toEqual(['account.upserted', 'invoice.upserted']);
    const book = async (end: 'COMMIT' | 'ROLLBACK'): Promise<void> => {
      const client = await pool.connect();
      await client.query('BEGIN');
      await dunning.sync({ payments: [payment('P-1', 'F-1', '02-05', '400.00')] }, { transaction: client });
      await client.query(end);
      client.release();
    };
    await book('ROLLBACK');
    expect(await all(dunning.history('robles'))).toHaveLength(2);
    await book('COMMIT');
    expect(heard).toHaveLength(2);
    expect(await all(dunning.history('robles'))).toMatchObject([
      {},
      {},
      { seq: 3, type: 'payment.upserted' },
    ]);
    expect((await dunning.tick({ now: at('02-06') })).sent).toMatchObject([{ amounts: ['600.00 COP'] }]);
  });

  it('takes no connection beside the host’s own for facts in its transaction, whatever receives', async () => {
    const narrow = server.pool({ max: 1 });
    const receiving = {
      ...recordingChannel('whatsapp'),
      receive: async () => ({ answer: { status: 200 }, events: [] }),
    };
    const channels = [receiving, recordingChannel('email')];
    const { dunning } = world({ store: postgresStore({ client: narrow }), tenant: 'narrow', channels });
    const client = await narrow.connect();
    await client.query('BEGIN');
    // On one more connection it would wait for this one for ever.
    await dunning.sync({ accounts: [account] }, { transaction: client });
    await client.query('ROLLBACK');
    client.release();
    const left = await narrow.query("SELECT 1 FROM recobro_references WHERE tenant = 'narrow'");
    expect(left.rows).toEqual([]);
    await narrow.end();
  });
});
