import { PgBoss } from 'pg-boss';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { pgBossQueue } from '../../src/queues/pg-boss/index.js';
import { postgresStore } from '../../src/stores/postgres/index.js';
import { virtualClock } from '../../src/testing/virtual-clock.js';
import { type Child, killChildren, startChild } from '../support/child.js';
import { type PostgresServer, startPostgres } from '../support/postgres.js';
import { account, all, at, documents, invoice, world } from '../support/world.js';

let server: PostgresServer;
let boss: PgBoss;
beforeAll(async () => {
  server = await startPostgres();
  boss = new PgBoss({ connectionString: server.url, max: 2 });
  await boss.start();
}, 60_000);
afterEach(killChildren);
afterAll(async () => {
  await boss?.stop({ graceful: false });
  await server?.stop();
});

/** Hears a worker until it has stopped: what it sent, and how it ended. */
async function hear(child: Child, sent: string[], enough: () => void): Promise<string> {
  for (;;) {
    const line = await child.line();
    if (!line.startsWith('sent ')) return line;
    sent.push(line);
    enough();
  }
}

it('two processes are woken for what a third one decides, and send everything once', {
  timeout: 120_000,
}, async () => {
  const tenant = 'acme';
  const store = postgresStore({ client: server.pool() });
  await store.migrate();
  const children = ['a', 'b'].map((token) =>
    startChild('queues/processes/worker.ts', server.url, tenant, token),
  );
  for (const child of children) expect(await child.line()).toBe('ready');
  const clock = virtualClock(at('02-06'));
  const { dunning } = world({
    store,
    tenant,
    clock,
    policies: [{ ...documents.policies[0]!, message: { by: 'invoice' } }],
    queue: pgBossQueue({ boss, name: 'processes', sweep: false, clock }),
  });
  const others = Array.from({ length: 120 }, (_, n) => ({ ...account, id: `a${n}` }));
  const invoices = [
    ...Array.from({ length: 40 }, (_, n) => invoice(`F-${n}`, '02-03')),
    ...others.map((one) => ({ ...invoice(`G-${one.id}`, '02-03'), account: one.id })),
  ];
  await dunning.sync({ accounts: [account, ...others], invoices });
  const sent: string[] = [];
  const complete = (): void => {
    if (sent.length === invoices.length) for (const child of children) child.say('stop');
  };
  const ends = await Promise.all(children.map((child) => hear(child, sent, complete)));
  expect(ends).toEqual(['stopped true', 'stopped true']);
  expect([sent.length, new Set(sent).size]).toEqual([160, 160]);
  expect((await all(dunning.acts())).filter((one) => one.state !== 'accepted')).toEqual([]);
});
