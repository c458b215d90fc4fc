import type pg from 'pg';
import { PgBoss } from 'pg-boss';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Worker } from '../../src/dunning/index.js';
import { type PgBossQueueOptions, pgBossQueue } from '../../src/queues/pg-boss/index.js';
import type { Queue } from '../../src/queues/queue.js';
import { postgresStore } from '../../src/stores/postgres/index.js';
import type { Store } from '../../src/stores/store.js';
import { queueContract } from '../../src/testing/queue-contract.js';
import { virtualClock } from '../../src/testing/virtual-clock.js';
import { type PostgresServer, startPostgres } from '../support/postgres.js';
import { account, all, at, documents, invoice, payment, world } from '../support/world.js';

let server: PostgresServer;
let pool: pg.Pool;
let boss: PgBoss;
let store: Store;

beforeAll(async () => {
  server = await startPostgres();
  pool = server.pool({ max: 10 });
  store = postgresStore({ client: pool });
  await store.migrate();
  boss = new PgBoss({ connectionString: server.url, max: 4 });
  await boss.start();
}, 60_000);
afterAll(async () => {
  await boss?.stop({ graceful: false });
  await server?.stop();
});

const settled = { timeout: 30_000, interval: 20 };
const never = 24 * 3_600_000;

function queueOf(name: string, changed: Partial<PgBossQueueOptions> = {}): Queue {
  const clock = virtualClock(at('02-06'));
  return pgBossQueue({ boss, name, sweep: false, pollSeconds: 0.5, clock, ...changed });
}

async function jobsOf(
  name: string,
): Promise<readonly { data: unknown; state: string; singletonKey: string | null }[]> {
  return boss.findJobs(name);
}

/** One account with an invoice for each message: all of them change one file. */
function hot(count: number) {
  return {
    accounts: [account],
    invoices: Array.from({ length: count }, (_, n) => invoice(`F-${n}`, '02-03')),
  };
}

const policies = [{ ...documents.policies[0]!, message: { by: 'invoice' as const } }];

describe('the queue contract on pg-boss', () => {
  let made = 0;
  const cases = queueContract(() => ({
    queue: queueOf(`law-${++made}`),
    // A pg-boss that was never started has no connection.
    unreachable: queueOf(`law-${made}`, { boss: new PgBoss({ connectionString: server.url }) }),
    transaction: async (work) => {
      const client = await pool.connect();
      try {
        await client.query('BEGIN');
        const result = await work(client);
        await client.query('COMMIT');
        return result;
      } catch (error) {
        await client.query('ROLLBACK');
        throw error;
      } finally {
        client.release();
      }
    },
  }));
  for (const { name, run } of cases) it(name, { timeout: 30_000 }, run);
});

describe('pg-boss behind the queue port', () => {
  it('two workers share one hot account and many others: each message goes out once', {
    timeout: 60_000,
  }, async () => {
    const tenant = 'shared';
    const worlds = [1, 2].map(() => world({ store, policies, tenant, queue: queueOf('shared') }));
    for (const one of worlds) one.clock.moveTo(at('02-06'));
    const workers: Worker[] = worlds.map((one) => one.dunning.start({ intervalMs: never, turn: 20 }));
    const others = Array.from({ length: 20 }, (_, n) => ({ ...account, id: `a${n}` }));
    const { accounts, invoices } = hot(40);
    const theirs = others.map((one) => ({ ...invoice(`G-${one.id}`, '02-03'), account: one.id }));
    await worlds[0]!.dunning.sync({ accounts: [...accounts, ...others], invoices: [...invoices, ...theirs] });
    const keys = (): string[] => worlds.flatMap((one) => one.whatsapp.sent.map((message) => message.key));
    await vi.waitFor(() => expect(keys()).toHaveLength(60), settled);
    for (const worker of workers) expect(await worker.stop()).toEqual({ finished: true });
    expect(new Set(keys()).size).toBe(60);
    expect((await all(worlds[0]!.dunning.acts())).filter((one) => one.state !== 'accepted')).toEqual([]);
  });

  it('writes a job in the transaction of the decision: none when it is rolled back', async () => {
    const queue = queueOf('joined');
    const { dunning } = world({ store, tenant: 'joined', queue });
    await dunning.sync({ accounts: [account], invoices: [invoice('F-1', '02-03')] });
    const before = await jobsOf('joined');
    expect(before).toMatchObject([{ data: { tenant: 'joined' }, state: 'created' }]);
    const book = async (end: 'COMMIT' | 'ROLLBACK'): Promise<void> => {
      const client = await pool.connect();
      await client.query('BEGIN');
      await dunning.sync({ payments: [payment('P-1', 'F-1', '02-05')] }, { transaction: client });
      await client.query(end);
      client.release();
    };
    await book('ROLLBACK');
    expect(await jobsOf('joined')).toHaveLength(1);
    await book('COMMIT');
    expect(await jobsOf('joined')).toHaveLength(2);
  });

  it('commits without a job when the queue fails, and the interval finds the work', async () => {
    const broken = { ...queueOf('broken'), wake: () => Promise.reject(new Error('away')) };
    const { dunning, clock, whatsapp } = world({ store, tenant: 'broken', queue: broken });
    clock.moveTo(at('02-06'));
    await dunning.sync({ accounts: [account], invoices: [invoice('F-1', '02-03')] });
    const worker = dunning.start({ intervalMs: 60_000 });
    await vi.waitFor(() => expect(whatsapp.sent).toHaveLength(1), settled);
    await worker.stop();
  });

  it('a lost job is found by the sweep, and jobs that come twice do no harm', {
    timeout: 60_000,
  }, async () => {
    const queue = queueOf('lost');
    const { dunning, clock, whatsapp } = world({ store, tenant: 'lost', queue });
    clock.moveTo(at('02-06'));
    const worker = dunning.start({ intervalMs: never });
    let ticks = 0;
    worker.on('tick', () => {
      ticks++;
    });
    await vi.waitFor(() => expect(ticks).toBe(1), settled);
    const deaf = world({
      store,
      tenant: 'lost',
      clock,
      queue: { ...queue, joins: false, wake: async () => undefined },
    });
    await deaf.dunning.sync({ accounts: [account], invoices: [invoice('F-1', '02-03')] });
    expect(whatsapp.sent).toHaveLength(0);
    // What the schedule sends.
    await boss.send('lost', {}, { singletonKey: 'sweep' });
    await vi.waitFor(() => expect(whatsapp.sent).toHaveLength(1), settled);
    const seen = ticks;
    await boss.insert(
      'lost',
      ['x', 'y', 'z'].map((singletonKey) => ({ data: { tenant: 'lost' }, singletonKey })),
    );
    await vi.waitFor(() => expect(ticks).toBeGreaterThan(seen), settled);
    await worker.stop();
    expect(whatsapp.sent).toHaveLength(1);
  });

  it('throttles: outside of transactions a tenant has one job that waits for a slot, and none for far ahead', async () => {
    const queue = queueOf('throttled', { sameDatabase: false });
    expect(queue.joins).toBeUndefined();
    const now = at('02-06');
    for (let n = 0; n < 5; n++)
      await queue.wake([{ tenant: 'a' }, { tenant: 'b', at: now }, { tenant: 'a', at: 0 }]);
    await queue.wake([{ tenant: 'a', at: now + 1_000 }, { tenant: 'a', at: now + 4_000 }, {}]);
    await queue.wake([{ tenant: 'a', at: now + 2 * 3_600_000 }]);
    const keys = (await jobsOf('throttled')).map((one) => one.singletonKey).sort();
    expect(keys).toEqual(['["a",0,""]', `["a",${now + 5_000},""]`, '["b",0,""]', '[null,0,""]']);
  });

  it('schedules the sweep, or takes it away', async () => {
    const stop = await queueOf('swept', { sweep: '*/5 * * * *' }).onWake(async () => undefined);
    expect(await boss.getSchedules('swept')).toMatchObject([{ cron: '*/5 * * * *', timezone: 'UTC' }]);
    await stop();
    const again = await queueOf('swept').onWake(async () => undefined);
    expect(await boss.getSchedules('swept')).toEqual([]);
    await again();
  });

  it('refuses options that cannot work', async () => {
    const wrong = [{ name: 'a b' }, { sweep: ' ' }, { pollSeconds: 0 }, { concurrency: 0 }];
    for (const one of wrong)
      expect(() => queueOf('x', one)).toThrow(expect.objectContaining({ code: 'invalid_option' }));
    await expect(queueOf('refused').wake([{}], { transaction: {} })).rejects.toMatchObject({
      code: 'invalid_option',
    });
  });
});
