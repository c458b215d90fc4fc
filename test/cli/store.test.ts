import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseInstant } from '../../src/calendar/index.js';
import { explainStored } from '../../src/cli/explaining.js';
import { createDunning, memoryStore, presets, type Store } from '../../src/index.js';
import { pgliteStore } from '../../src/stores/pglite/index.js';
import { migrationSql } from '../../src/stores/postgres/index.js';
import { call, inFolder } from './console.js';

const zone = 'America/Bogota';
const documents = presets.exporter({ zone, language: 'es' });

/** One account, one invoice from 1 February, paid on the 25th. */
async function lend(store: Store): Promise<void> {
  const sender = { name: 'Acme', email: 'cobranza@acme.example', pay: { bank: 'cuenta 1' } };
  const dunning = createDunning({ store, ...documents, channels: [], sender });
  const total = { amount: '100.00', currency: 'COP' };
  const contacts = [{ name: 'Inés', email: 'ines@robles.example' }];
  await dunning.sync(
    {
      accounts: [{ id: 'robles', name: 'Robles', contacts }],
      invoices: [{ id: 'F-1', account: 'robles', issued: '2026-01-30', due: '2026-03-01', total }],
    },
    { now: '2026-02-01T10:00:00-05:00' },
  );
  await dunning.sync(
    { payments: [{ id: 'P-1', account: 'robles', invoice: 'F-1', date: '2026-02-25', amount: total }] },
    { now: '2026-02-25T10:00:00-05:00' },
  );
}

describe('recobro migrate', () => {
  it('prints the SQL and opens nothing', async () => {
    const { code, out } = await call('migrate', '--print', '--schema', 'dunning');
    expect([code, out]).toEqual([0, migrationSql({ schema: 'dunning' })]);
    const json = await call('migrate', '--print', '--json');
    expect(JSON.parse(json.out)).toEqual({ sql: migrationSql() });
  });

  it.each([
    ['mysql://user:geheim@host/db', 2],
    ['postgres://user:geheim@[nonsense', 2],
    ['postgres://user:geheim@127.0.0.1:1/db', 1],
  ])('never echoes %s', async (url, expected) => {
    const { code, out, err } = await call('migrate', '--url', url);
    expect([code, out]).toEqual([expected, '']);
    expect(err).not.toMatch(/geheim|127\.0\.0\.1/);
    expect(err).not.toBe('');
  });
});

describe('recobro explain', () => {
  // Each call opens the embedded database anew, which takes a machine under load a while.
  it('migrates a folder, then explains an account that was synced there', { timeout: 120_000 }, async () => {
    await inFolder(async (folder) => {
      const data = join(folder, 'data');
      const config = join(folder, 'documents.json');
      writeFileSync(config, JSON.stringify(documents));
      const missing = await call('explain', 'robles', '--data', data, '--config', config);
      expect(missing.code).toBe(3);
      expect(missing.err).toContain('there is no such folder');
      expect(existsSync(data)).toBe(false);

      const made = await call('migrate', '--data', data, '--json');
      expect(made).toMatchObject({ code: 0, err: '' });
      expect(JSON.parse(made.out)).toEqual({ migrated: true, schema: 'public' });
      const store = pgliteStore({ folder: data });
      await lend(store);
      await store.close();

      const at = ['explain', 'robles', '--at', '2026-02-26', '--history'];
      const told = await call(...at, '--data', data, '--config', config);
      expect(told).toMatchObject({ code: 0, err: '' });
      expect(told.out).toContain('  2026-02-01  Invoice · F-1 · 100.00 COP · due 2026-03-01\n');
      expect(told.out).toContain('  2026-02-25  Payment · F-1 · 100.00 COP\n');
      expect(told.out).toContain('Robles (robles), February 26, 2026 (America/Bogota)\n  1 item settled');
      expect(told.out).toContain('1 item settled');
      // The folder of a demo holds the database and the documents that decided.
      writeFileSync(join(folder, 'recobro-demo.json'), '{}');
      const demo = await call(...at, '--data', folder, '--json');
      expect(demo.code).toBe(0);
      expect(JSON.parse(demo.out)).toMatchObject({
        account: 'robles',
        history: [{ kind: 'invoice' }, { kind: 'payment' }],
      });
    });
  });

  it('sees nothing of what a store learnt later', async () => {
    const store = memoryStore();
    await lend(store);
    const explained = (id: string, at: string) =>
      explainStored(store, documents, { tenant: 'default', id, at: parseInstant(`${at}T12:00:00-05:00`) });
    const early = await explained('robles', '2026-02-20');
    expect(early.explanation.items).toMatchObject([{ number: 'F-1', outstanding: 10000, daysPastDue: -9 }]);
    expect(early.entries.map((entry) => entry.event.type)).toEqual(['account.upserted', 'invoice.upserted']);
    const late = await explained('robles', '2026-02-26');
    expect(late.explanation.items).toMatchObject([{ number: 'F-1', outstanding: 0, reason: 'paid' }]);
    await expect(explained('robles', '2026-01-20')).rejects.toThrow(
      'nothing was known of "robles" at 2026-01-20T12:00:00-05:00',
    );
    await expect(explained('nobody', '2026-02-20')).rejects.toThrow('knows no account "nobody"');
  });

  it('explains an account of a ledger as of a day, without knowing what came later', async () => {
    await inFolder(async (folder) => {
      const file = join(folder, 'ledger.csv');
      writeFileSync(
        file,
        'account,number,issued,due,amount,currency,paid\n' +
          'acero,F-1,2026-01-01,2026-01-31,10.00,COP,2026-02-10\n' +
          'acero,F-2,2026-02-08,2026-03-08,20.00,COP,\n',
      );
      const at = async (when: string, ...more: string[]): Promise<string> => {
        const flags = ['--ledger', file, '--preset', 'exporter', '--zone', zone, '--quiet', ...more];
        const { code, out } = await call('explain', 'acero', '--at', when, ...flags);
        expect(code).toBe(0);
        return out;
      };
      expect(await at('2026-02-04')).toContain('F-1: 10.00 COP open, due January 31, 2026 (4 days ago)');
      expect(await at('2026-02-04')).toContain('✓Follow-up Feb 3, 2026 · Firm reminder Feb 7, 2026');
      expect(await at('2026-02-04')).not.toContain('F-2');
      expect(await at('2026-02-09')).toContain('F-1: 10.00 COP open');
      expect(await at('2026-02-10')).not.toContain('F-1');
      expect(await at('2026-02-10')).toContain('1 item settled');
      expect(await at('2026-02-10', '--all')).toContain('Nothing to chase: it is paid.');
      expect(await at('2026-02-10', '--payments', 'after')).toContain('F-1: 10.00 COP open');
      expect(await at('2026-02-07T23:00:00-05:00')).not.toContain('F-2');
      expect(await at('2026-02-08T00:30:00-05:00')).toContain('F-2: 20.00 COP open');
      const unknown = await call('explain', 'acer', '--ledger', file, '--preset', 'exporter');
      expect(unknown.code).toBe(3);
      expect(unknown.err).toContain('did you mean "acero"?');
    });
  });
});
