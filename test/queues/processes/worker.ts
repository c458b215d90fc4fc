import { createInterface } from 'node:readline';
import pg from 'pg';
import { PgBoss } from 'pg-boss';
import { pgBossQueue } from '../../../src/queues/pg-boss/index.js';
import { postgresStore } from '../../../src/stores/postgres/index.js';
import { recordingChannel } from '../../../src/testing/recording-channel.js';
import { virtualClock } from '../../../src/testing/virtual-clock.js';
import { at, documents, world } from '../../support/world.js';

/** A worker in a process of its own: prints the key of each message that it sends, until it is told to stop. */
const [url = '', tenant = '', token = ''] = process.argv.slice(2);
const pool = new pg.Pool({ connectionString: url, max: 5 });
const boss = new PgBoss({ connectionString: url, max: 3 });
await boss.start();
const clock = virtualClock(at('02-06'));
let made = 0;
const { dunning } = world({
  store: postgresStore({ client: pool }),
  tenant,
  clock,
  ids: { next: () => `${token}-${++made}` },
  policies: [{ ...documents.policies[0]!, message: { by: 'invoice' } }],
  queue: pgBossQueue({ boss, name: 'processes', sweep: false, pollSeconds: 0.5, clock }),
  channels: [
    {
      ...recordingChannel('whatsapp'),
      send: async ({ key }) => {
        console.log(`sent ${key}`);
        return { outcome: 'accepted', providerId: key };
      },
    },
    recordingChannel('email'),
  ],
});
const worker = dunning.start({ intervalMs: 24 * 3_600_000, turn: 25 });
worker.on('error', (error) => console.log(`failed ${String(error)}`));
console.log('ready');
for await (const line of createInterface({ input: process.stdin })) if (line === 'stop') break;
const { finished } = await worker.stop();
await boss.stop({ graceful: false });
await pool.end();
console.log(`stopped ${finished}`);
process.exit(0);
