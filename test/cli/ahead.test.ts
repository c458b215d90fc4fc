import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createDunning, type Store } from '../../src/index.js';
import { pgliteStore } from '../../src/stores/pglite/index.js';
import { recordingChannel } from '../../src/testing/recording-channel.js';
import { houseOf, stage } from '../support/house.js';
import { account, invoice } from '../support/world.js';
import { call, inFolder } from './console.js';

const house = houseOf([stage('soft', '3d'), stage('call', '10d', { do: [{ task: 'call' }] })]);

/** Two accounts; one of them was due long ago and nobody can write to it. */
async function lend(store: Store): Promise<void> {
  const sender = { name: 'Acme', email: 'cobranza@acme.example', pay: { bank: 'cuenta 1' } };
  const channels = [recordingChannel('whatsapp'), recordingChannel('email')];
  const dunning = createDunning({ store, ...house, channels, sender });
  await dunning.sync(
    {
      accounts: [
        { ...account, owner: 'eva' },
        { id: 'acero', name: 'Acero' },
      ],
      invoices: [invoice('F-1', '02-10'), { ...invoice('G-1', '01-20'), account: 'acero' }],
    },
    { now: '2026-01-21T10:00:00-05:00' },
  );
  await dunning.tick({ now: '2026-02-01T10:00:00-05:00' });
}

describe('recobro worklist and calendar', () => {
  it('read a folder as it stands, as text and as data', { timeout: 180_000 }, async () => {
    await inFolder(async (folder) => {
      const data = join(folder, 'data');
      const config = join(folder, 'documents.json');
      writeFileSync(config, JSON.stringify(house));
      const store = await pgliteStore({ folder: data });
      await store.migrate();
      await lend(store);
      await store.close();
      const reading = ['--data', data, '--config', config, '--at', '2026-02-08'];

      const list = await call('worklist', ...reading);
      expect([list.code, list.err]).toEqual([0, '']);
      expect(list.out).toContain('Acero (acero)');
      expect(list.out).not.toContain('robles');
      const lines = await call('worklist', ...reading, '--json');
      expect(JSON.parse(lines.out)).toMatchObject({
        total: 1,
        lines: [{ account: 'acero', oldestDaysPastDue: 19 }],
      });
      const own = await call('worklist', ...reading, '--owner', 'eva', '--language', 'es');
      expect(own.code).toBe(0);
      expect(own.out).not.toContain('acero');

      const stuck = await call('stuck', ...reading, '--language', 'pt');
      expect([stuck.code, stuck.err]).toEqual([0, '']);
      const found = await call('stuck', ...reading, '--json');
      expect(JSON.parse(found.out)).toMatchObject({
        unknown: { count: 0 },
        circuits: { count: 0, list: [] },
      });

      const days = await call(
        'calendar',
        ...reading,
        '--from',
        '2026-02-01',
        '--to',
        '2026-02-28',
        '--account',
        'robles',
      );
      expect(days.out).toMatch(/^2026-02-01 to 2026-02-28, America\/Bogota: 1 account$/m);
      expect(days.out).toMatch(/^2026-02-13 +1 +1 +0 +0 +whatsapp 1 +1,000\.00 COP$/m);
      expect(days.out).toMatch(/^2026-02-20 +0 +0 +0 +1$/m);
      const all = await call('calendar', ...reading, '--json');
      expect(JSON.parse(all.out)).toMatchObject({ from: '2026-02-08', to: '2026-03-10', failed: [] });
      const none = await call('calendar', ...reading, '--to', '2026-02-09', '--account', 'robles');
      expect(none.out).toContain('nothing is planned');

      const nobody = await call('calendar', ...reading, '--account', 'nobody');
      expect([nobody.code, nobody.out]).toEqual([3, '']);
      expect(nobody.err).toContain('nobody');
    });
  });

  it.each([
    [['worklist', '--data', 'x'], '--config FILE'],
    [['worklist', '--config', 'x', '--list', '0'], '--list is a whole number'],
    [['calendar', '--data', 'x', '--config', 'y', '--from', '2026-02-30'], '--from is a date'],
    [['calendar', '--data', 'x'], '--config FILE'],
  ])('refuse %j and say why', async (argv, message) => {
    const { code, out, err } = await call(...argv);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(message);
  });
});
