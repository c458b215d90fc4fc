import { createInterface } from 'node:readline';
import pg from 'pg';
import type { Channel } from '../../../src/channels/channel.js';
import type { Logger } from '../../../src/logger.js';
import { postgresStore } from '../../../src/stores/postgres/index.js';
import { recordingChannel } from '../../../src/testing/recording-channel.js';
import { world } from '../../support/world.js';
import { arrival, crowdedHouse, type DayClock, dayClock, mostADay, tenants } from '../crowded.js';

/**
 * A worker in a process of its own, on the clock of all of them. Told `day MOMENT`, its clock jumps a day ahead at
 * that moment; told `facts`, it changes the hot account again and again while it works; told `stop`, it ends, and
 * prints what it sent and what went wrong.
 */
const [url = '', provider = '', name = '', started = '', each = '', scale = ''] = process.argv.slice(2);
const pool = new pg.Pool({ connectionString: url, max: 6 });
const clock: DayClock = dayClock(Number(started));
const wrong: string[] = [];
let [made, sent] = [0, 0];

const channel: Channel = {
  ...recordingChannel('whatsapp'),
  async send({ key, tenant, account }) {
    const body = JSON.stringify({ key, tenant, account, at: clock.now() });
    const answer = await fetch(provider, { method: 'POST', body });
    const { id } = (await answer.json()) as { readonly id: string };
    sent++;
    return { outcome: 'accepted', providerId: id };
  },
};
const note =
  (level: string): Logger['error'] =>
  (message, fields) =>
    void wrong.push(`${level}: ${message} ${JSON.stringify(fields)}`);
const { dunning } = world({
  ...crowdedHouse,
  store: postgresStore({ client: pool }),
  tenant: tenants[0],
  clock,
  ids: { next: () => `${name}-${++made}` },
  channels: [channel],
  dispatch: { rates: [{ channel: 'whatsapp', per: 'day', most: mostADay * Number(scale) }] },
  logger: { debug: () => undefined, info: () => undefined, warn: note('warn'), error: note('error') },
});
const handles = tenants.map((tenant) => dunning.for(tenant));
const worker = dunning.start({ tenants: handles, intervalMs: 100, concurrency: 2, turn: 40 });
worker.on('error', (error) => wrong.push(`run: ${String(error)}`));
worker.on('tick', ({ failed }) => {
  for (const { code } of failed) wrong.push(`failed: ${code}`);
});
console.log('ready');

for await (const line of createInterface({ input: process.stdin })) {
  const [word, value] = line.split(' ');
  if (word === 'stop') break;
  if (word === 'day') clock.jump(Number(value));
  else {
    for (let n = 0; n < Number(each); n++) await handles[0]!.sync(arrival(name, n));
    console.log('told');
  }
}
const { finished } = await worker.stop();
await pool.end();
console.log(JSON.stringify({ finished, sent, wrong }));
process.exit(0);
