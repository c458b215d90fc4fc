import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDunning, type Dunning } from '../../src/index.js';
import { postgresStore } from '../../src/stores/postgres/index.js';
import { recordingChannel } from '../../src/testing/recording-channel.js';
import { houseOf, stage } from '../support/house.js';
import { type PostgresServer, startPostgres } from '../support/postgres.js';
import { account, at, invoice } from '../support/world.js';
import { call, inFolder } from './console.js';

const house = houseOf([stage('soft', '3d')]);
const now = at('02-06');
const later = '2026-02-06T12:00:00-05:00';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

/** Works on the same tables as the program, with channels that answer. */
async function withDunning<T>(
  work: (dunning: Dunning, whatsapp: ReturnType<typeof recordingChannel>) => Promise<T>,
): Promise<T> {
  const store = postgresStore({ client: server.pool() });
  await store.migrate();
  const whatsapp = recordingChannel('whatsapp');
  const sender = { name: 'Acme', email: 'cobranza@acme.example', pay: { bank: 'cuenta 1' } };
  const dunning = createDunning({ store, ...house, channels: [whatsapp, recordingChannel('email')], sender });
  try {
    return await work(dunning, whatsapp);
  } finally {
    await dunning.close();
  }
}

describe('recobro unknown, resolve, reconcile and retry', () => {
  it('settle what waits for people', { timeout: 60_000 }, async () => {
    await inFolder(async (folder) => {
      const config = join(folder, 'documents.json');
      const channels = join(folder, 'channels.mjs');
      writeFileSync(config, JSON.stringify(house));
      const ids = ['a0', 'a1', 'a2', 'a3'];
      await withDunning(async (dunning, whatsapp) => {
        await dunning.sync(
          {
            accounts: ids.map((id) => ({ ...account, id })),
            invoices: ids.map((id) => ({ ...invoice(`F-${id}`, '02-03'), account: id })),
          },
          { now },
        );
        const lost = { outcome: 'unknown', code: 'whatsapp:no_answer' } as const;
        whatsapp.answer(lost, lost, lost, {
          outcome: 'refused',
          scope: 'recipient',
          code: 'whatsapp:131026',
        });
        await dunning.tick({ now });
      });
      const reading = ['--url', server.url, '--config', config, '--at', later];

      const listed = await call('unknown', ...reading);
      expect([listed.code, listed.err]).toEqual([0, '']);
      expect(listed.out).toMatch(/^a0\/.* whatsapp +2026-02-06 15:00:00Z +whatsapp:no_answer$/m);
      const [first = '', second = '', third = ''] = listed.out.match(/^a\d\/\S+/gm) ?? [];

      const by = ['--by', 'ana', '--reason', 'seen at the provider'];
      const resolved = await call('resolve', first, 'sent', ...by, ...reading);
      expect(resolved).toEqual({ code: 0, out: `${first} was sent\n`, err: '' });

      writeFileSync(
        channels,
        `export const channels = ['whatsapp', 'email'].map((id) => ({
          id, address: id === 'email' ? 'email' : 'phone', consent: 'off',
          send: async () => { throw new Error('nothing is sent') },
          lookup: async ({ account }) => account === 'a1'
            ? { outcome: 'accepted', providerId: 'p1' } : { outcome: 'unknown', code: 'x' },
        }));`,
      );
      const open = await call('reconcile', '--channels', channels, ...reading, '--json');
      expect([open.code, JSON.parse(open.out)]).toEqual([1, { sent: [second], notSent: [], open: [third] }]);

      const all = await call('retry', '--all', ...by, ...reading, '--json');
      expect(JSON.parse(all.out)).toEqual({ retried: [expect.stringContaining('a3/')] });

      const paused = await call('pause', '--channel', 'email', ...by, ...reading);
      expect(paused.out).toBe('Paused:\n  email, since 2026-02-06 17:00:00Z by ana: seen at the provider\n');
      const slip = await call('pause', '--channel', 'emial', ...by, ...reading);
      expect([slip.code, slip.out]).toEqual([3, '']);
      expect(slip.err).toMatch(/there is no channel "emial"; there are .*email/);
      const resumed = await call('resume', '--channel', 'email', '--by', 'ana', ...reading, '--json');
      expect(JSON.parse(resumed.out)).toEqual({ pauses: [] });

      // What was refused is known against the address, until somebody says otherwise.
      const out = /^billing +whatsapp +unreachable +whatsapp:131026 +still used$/m;
      expect((await call('restore-address', 'a3', ...reading)).out).toMatch(out);
      const elsewhere = await call(
        'restore-address',
        'a3',
        'billing',
        '--channel',
        'email',
        ...by,
        ...reading,
      );
      expect([elsewhere.code, elsewhere.out]).toEqual([0, expect.stringMatching(out)]);
      const unknown = await call('restore-address', 'a3', 'billing', '--channel', 'fax', ...by, ...reading);
      expect([unknown.code, unknown.err]).toEqual([3, expect.stringContaining('there is no channel "fax"')]);
      const place = ['a3', 'billing', '--channel', 'whatsapp', ...by];
      const works = await call('restore-address', ...place, ...reading);
      expect(works).toEqual({ code: 0, out: 'Nothing is known against the addresses of a3.\n', err: '' });
      const data = await call('restore-address', 'a3', ...reading, '--json');
      expect(JSON.parse(data.out)).toEqual({ account: 'a3', addresses: [] });

      // The worker finds all of it due, and does what the program said.
      await withDunning(async (dunning, whatsapp) => {
        const { sent } = await dunning.tick({ now: later });
        expect(sent.map((one) => one.account)).toEqual(['a3']);
        expect(whatsapp.sent).toHaveLength(1);
        const log = [];
        for await (const { type, actor } of dunning.history('a0')) if (actor === 'ana') log.push(type);
        expect(log).toEqual(['act.resolved']);
      });
    });
  });

  it('say what is missing before they open anything', async () => {
    const reading = ['--data', 'nowhere', '--preset', 'exporter', '--zone', 'America/Bogota'];
    const nobody = await call('resolve', 'act', 'sent', ...reading);
    expect([nobody.code, nobody.err]).toEqual([2, expect.stringContaining('--by')]);
    expect((await call('resolve', 'act', 'maybe', '--by', 'ana', ...reading)).code).toBe(2);
    expect((await call('retry', 'act', ...reading)).err).toContain('--by');
    expect((await call('resume', ...reading)).err).toContain('--by');
    expect((await call('restore-address', 'robles', 'billing', ...reading)).err).toContain('--by');
    expect((await call('restore-address', ...reading)).code).toBe(2);
    expect((await call('reconcile', ...reading)).err).toContain('--channels');
    const none = await call('reconcile', '--channels', 'nowhere.js', ...reading);
    expect([none.code, none.err]).toEqual([3, expect.stringContaining('nowhere.js')]);
  });
});
