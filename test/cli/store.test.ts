import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createDunning, presets } from '../../src/index.js';
import { pgliteStore } from '../../src/stores/pglite/index.js';
import { migrationSql } from '../../src/stores/postgres/index.js';
import { call, inFolder } from './console.js';

const zone = 'America/Bogota';
const documents = presets.exporter({ zone, language: 'es' });

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
  it('migrates a folder, then explains an account that was synced there', async () => {
    await inFolder(async (folder) => {
      const data = join(folder, 'data');
      const config = join(folder, 'documents.json');
      writeFileSync(config, JSON.stringify(documents));
      const missing = await call('explain', 'robles', '--data', data, '--config', config);
      expect(missing.code).toBe(3);
      expect(missing.err).toContain('there is no such folder');
      expect(existsSync(data)).toBe(false);

      const made = await call('migrate', '--data', data);
      expect([made.code, made.err]).toEqual([0, '']);
      expect(await call('migrate', '--data', data, '--json')).toMatchObject({ code: 0 });

      const dunning = createDunning({
        store: pgliteStore({ folder: data }),
        ...documents,
        channels: [],
        sender: { name: 'Acme', email: 'cobranza@acme.example', pay: { bank: 'cuenta 1' } },
      });
      await dunning.sync(
        {
          accounts: [
            { id: 'robles', name: 'Robles', contacts: [{ name: 'Inés', email: 'ines@robles.example' }] },
          ],
          invoices: [
            {
              id: 'F-1',
              account: 'robles',
              issued: '2026-01-30',
              due: '2026-03-01',
              total: { amount: '100.00', currency: 'COP' },
            },
          ],
        },
        { now: '2026-02-01T10:00:00-05:00' },
      );
      const paid = { id: 'P-1', account: 'robles', invoice: 'F-1', date: '2026-02-25' } as const;
      await dunning.sync(
        { payments: [{ ...paid, amount: { amount: '100.00', currency: 'COP' } }] },
        { now: '2026-02-25T10:00:00-05:00' },
      );
      await dunning.close();

      const told = await call('explain', 'robles', '--at', '2026-02-20', '--data', data, '--config', config);
      expect(told).toMatchObject({ code: 0, err: '' });
      expect(told.out).toContain('robles (Robles) on 2026-02-20, America/Bogota');
      expect(told.out).toContain('F-1: 100.00 COP open, due 2026-03-01 (in 9 days)');
      const later = await call(
        'explain',
        'robles',
        '--at',
        '2026-02-26',
        '--data',
        data,
        '--config',
        config,
        '--history',
      );
      expect(later.out).toContain('  2026-02-01  Invoice · F-1 · 100.00 COP · due 2026-03-01\n');
      expect(later.out).toContain('  2026-02-25  Payment · F-1 · 100.00 COP\n');
      expect(later.out).toContain('owes nothing that is known\n  1 item settled');
      const early = await call('explain', 'robles', '--at', '2026-01-20', '--data', data, '--config', config);
      expect(early.code).toBe(3);
      expect(early.err).toContain('nothing was known of "robles" at 2026-01-20T12:00:00-05:00');
      const preset = ['--preset', 'exporter', '--zone', zone];
      const json = await call('explain', 'robles', '--at', '2026-02-20', '--data', data, ...preset, '--json');
      expect(JSON.parse(json.out)).toMatchObject({
        account: 'robles',
        day: '2026-02-20',
        items: [{ number: 'F-1' }],
      });
      // The folder of a demo holds the database and the documents that decided.
      writeFileSync(join(folder, 'recobro-demo.json'), '{}');
      const demo = await call('explain', 'robles', '--at', '2026-02-20', '--data', folder);
      expect(demo).toEqual(told);
      const nobody = await call('explain', 'nobody', '--data', data, ...preset);
      expect(nobody.code).toBe(3);
      expect(nobody.err).toContain('knows no account "nobody"');
    });
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
      expect(await at('2026-02-04')).toContain('F-1: 10.00 COP open, due 2026-01-31 (4 days ago)');
      expect(await at('2026-02-04')).toContain('✓follow-up 2026-02-03 · firm 2026-02-07');
      expect(await at('2026-02-04')).not.toContain('F-2');
      expect(await at('2026-02-09')).toContain('F-1: 10.00 COP open');
      expect(await at('2026-02-10')).not.toContain('F-1');
      expect(await at('2026-02-10')).toContain('1 item settled (--all tells them)');
      expect(await at('2026-02-10', '--all')).toContain('now: it is paid');
      expect(await at('2026-02-10', '--payments', 'after')).toContain('F-1: 10.00 COP open');
      expect(await at('2026-02-07T23:00:00-05:00')).not.toContain('F-2');
      expect(await at('2026-02-08T00:30:00-05:00')).toContain('F-2: 20.00 COP open');
      const unknown = await call('explain', 'acer', '--ledger', file, '--preset', 'exporter');
      expect(unknown.code).toBe(3);
      expect(unknown.err).toContain('did you mean "acero"?');
    });
  });
});
