import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SendOutcome } from '../../src/channels/channel.js';
import type { Clock } from '../../src/clock.js';
import { type PostgresPool, postgresStore } from '../../src/stores/postgres/index.js';
import { recordingChannel } from '../../src/testing/recording-channel.js';
import { crowd } from '../support/outbox.js';
import { type PostgresServer, startPostgres } from '../support/postgres.js';
import { account, all, at, invoice, payment, type World, world } from '../support/world.js';

const now = at('02-06');
const minute = 60_000;

let server: PostgresServer;
let pool: pg.Pool;
beforeAll(async () => {
  server = await startPostgres();
  pool = server.pool({ max: 10 });
  await postgresStore({ client: pool }).migrate();
}, 60_000);
afterAll(() => server?.stop());

/** The machine's clock, shown as ten on 6 February; it sleeps by timers, and can be set forward. */
function goingClock(): Clock & { skip(millis: number): void } {
  let ahead = now - Date.now();
  return {
    now: () => Date.now() + ahead,
    skip: (millis) => {
      ahead += millis;
    },
  };
}

interface Cut {
  /** Transactions ended so far. */
  commits: number;
  /** Which of them is cut. */
  readonly at: number;
  /** Whether its COMMIT reaches the server before the connection breaks. */
  readonly reaches: boolean;
}

/** The pool, with one connection broken at the end of its transaction, as the server or the network would. */
function cutting(cut: Cut): PostgresPool {
  return {
    query: (text, values) => pool.query(text, values),
    async connect() {
      const client = await pool.connect();
      let broken = false;
      return {
        async query(text, values) {
          if (text === 'COMMIT' && ++cut.commits === cut.at) {
            broken = true;
            const { rows } = await client.query('SELECT pg_backend_pid() AS pid');
            if (cut.reaches) await client.query('COMMIT');
            const end = new Promise((resolve) => client.once('error', resolve));
            await pool.query('SELECT pg_terminate_backend($1)', [rows[0].pid]);
            throw await end;
          }
          if (broken) throw new Error('Client has encountered a connection error and is not queryable');
          return client.query(text, values);
        },
        on: (event, listener) => client.on(event, listener),
        off: (event, listener) => client.off(event, listener),
        release: (destroy) => client.release(destroy),
      };
    },
  };
}

/** One message for each account, sent or parked, and a log that fits. */
async function checkEnd(worlds: readonly World[], count: number): Promise<{ readonly unknown: number }> {
  const keys = worlds.flatMap(({ whatsapp }) => whatsapp.sent.map(({ key }) => key));
  expect(new Set(keys).size).toBe(keys.length);
  const { dunning } = worlds[0]!;
  const acts = await all(dunning.acts());
  const states = acts.map(({ state }) => state);
  expect(states.filter((state) => state !== 'accepted' && state !== 'unknown')).toEqual([]);
  expect(states).toHaveLength(count);
  const accepted = acts.filter(({ state }) => state === 'accepted').map(({ act }) => act.id);
  expect(accepted.filter((id) => !keys.includes(id))).toEqual([]);
  const logged = await Promise.all(
    acts.map(async ({ act }) => (await all(dunning.history(act.account))).map(({ type }) => type)),
  );
  for (const types of logged)
    expect(
      types.filter((type) => type === 'act.planned' || type === 'act.accepted').length,
    ).toBeLessThanOrEqual(2);
  await dunning.seal();
  expect(await dunning.verify()).toMatchObject({ ok: true });
  return { unknown: states.length - accepted.length };
}

describe('a connection cut at the end of a transaction', () => {
  const lives = [false, true].flatMap((reaches) =>
    Array.from({ length: 8 }, (_, n) => [n + 1, reaches] as const),
  );

  it('of a run, before or after COMMIT reached the server: tried again, and nothing is done twice', async () => {
    let [failures, unknown] = [0, 0];
    for (const [nth, reaches] of lives) {
      const tenant = `cut ${nth} ${reaches}`;
      await crowd(3, { store: postgresStore({ client: pool }), tenant });
      const cut: Cut = { commits: 0, at: nth, reaches };
      let later = 0;
      const clock = { now: () => now + later };
      const made = world({ store: postgresStore({ client: cutting(cut) }), tenant, clock });
      await made.dunning.tick().catch((error: unknown) => {
        // Not known what was written; the same call may be made again.
        expect(error).toMatchObject({ code: 'store_failed', retryable: true });
        failures++;
      });
      await made.dunning.tick();
      later = 20 * minute;
      await made.dunning.tick();
      const other = world({ store: postgresStore({ client: pool }), tenant, clock });
      await other.dunning.tick();
      unknown += (await checkEnd([made, other], 3)).unknown;
    }
    expect(failures).toBeGreaterThan(0);
    // A worker that did not hear that the word "sending" was written knows that it made no call.
    expect(unknown).toBe(0);
  });

  it('of facts, before or after COMMIT reached the server: synced again, and booked once', async () => {
    for (const reaches of [false, true]) {
      const tenant = `facts ${reaches}`;
      const cut: Cut = { commits: 0, at: 1, reaches };
      const { dunning } = world({ store: postgresStore({ client: cutting(cut) }), tenant });
      const facts = {
        accounts: [account],
        invoices: [invoice('F-1', '02-03')],
        payments: [payment('P-1', 'F-1', '02-05', '400.00')],
      };
      await expect(dunning.sync(facts)).rejects.toMatchObject({ code: 'store_failed', retryable: true });
      expect(await all(dunning.history('robles')).catch(() => [])).toHaveLength(reaches ? 3 : 0);
      await dunning.sync(facts);
      expect((await all(dunning.history('robles'))).map(({ type }) => type)).toEqual([
        'account.upserted',
        'invoice.upserted',
        'payment.upserted',
      ]);
      expect((await dunning.tick({ now })).sent).toMatchObject([{ amounts: ['600.00 COP'] }]);
    }
  });
});

describe('a database that is restarted', () => {
  /** Crashes when the third message is on its way, and comes back a moment later. */
  async function interrupted(tenant: string) {
    const clock = goingClock();
    const store = postgresStore({ client: pool });
    const restarted = Promise.withResolvers<void>();
    let calls = 0;
    const channel = recordingChannel('whatsapp');
    const sent = channel.sent;
    const send = async (message: Parameters<typeof channel.send>[0]): Promise<SendOutcome> => {
      const answer = await channel.send(message, { now: 0 });
      if (++calls === 3) {
        await server.crash();
        void server.revive().then(restarted.resolve, restarted.reject);
      }
      return answer;
    };
    const dispatch = { leaseMs: 30_000, heartbeatMs: 1_000, parallel: 4 };
    const made = await crowd(30, {
      store,
      tenant,
      clock,
      dispatch,
      channels: [{ ...channel, send }, recordingChannel('email')],
    });
    return { made: { ...made, whatsapp: { ...channel, sent } }, clock, restarted };
  }

  it('during a run: the run says so, and the next one goes on', async () => {
    const { made, clock, restarted } = await interrupted('tick');
    await made.dunning.tick().catch((error: unknown) => {
      expect(error).toMatchObject({ code: 'store_failed', retryable: true });
    });
    await restarted.promise;
    clock.skip(10 * minute);
    expect((await made.dunning.tick()).failed.filter(({ code }) => code !== 'recobro:worker_lost')).toEqual(
      [],
    );
    const { unknown } = await checkEnd([made], 30);
    // What was being begun when it broke; no call of it was made twice, and calls in flight were written down.
    expect(unknown).toBeLessThanOrEqual(4);
  });

  it('under workers that run: they go on by themselves', async () => {
    const { made, clock, restarted } = await interrupted('workers');
    const worker = made.dunning.start({ intervalMs: 200 });
    const errors: unknown[] = [];
    worker.on('error', (error) => errors.push(error));
    await restarted.promise;
    clock.skip(10 * minute);
    const open = async (): Promise<number> => {
      const { rows } = await pool.query(
        `SELECT count(*)::int AS n FROM recobro_acts WHERE tenant = 'workers' AND state IN ('ready', 'claimed', 'sending')`,
      );
      return rows[0].n;
    };
    await expect.poll(open, { timeout: 60_000 }).toBe(0);
    expect(await worker.stop()).toEqual({ finished: true });
    for (const error of errors) expect(error).toMatchObject({ code: 'store_failed', retryable: true });
    expect((await checkEnd([made], 30)).unknown).toBeLessThanOrEqual(4);
  }, 120_000);
});
