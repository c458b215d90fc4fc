import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { call, inFolder } from './console.js';

const sixStages = fileURLToPath(new URL('../../examples/policies/six-stages.json', import.meta.url));
/** Every date reads both ways but one. */
const ledger = `Cliente,Folio,Fecha emisión,Vence,Importe,Pagada,Disputa
Acero,F-1,3/4/2026,3/5/2026,"1,200.50",9/5/2026,no
Acero,F-2,3/4/2026,3/5/2026,300.00,,no
Bruma,F-3,20/4/2026,20/5/2026,99.90,20/5/2026,no
Cobre,F-4,3/4/2026,3/5/2026,50.00,,sí
`;
const period = ['--from', '2026-04-01', '--to', '2026-06-30', '--currency', 'MXN'];

interface Result {
  readonly ledger: { readonly mapping: Record<string, string>; readonly problems: readonly object[] };
  readonly result: {
    readonly totals: { readonly reached: number; readonly messages: number };
    readonly stages: readonly { readonly stage: string; readonly reached: number }[];
    readonly accounts: readonly { readonly id: string; readonly story?: readonly object[] }[];
  };
}

async function counted(folder: string, ...more: string[]): Promise<number[]> {
  const file = join(folder, 'ledger.csv');
  const { code, out } = await call(
    'simulate',
    '--ledger',
    file,
    '--policy',
    sixStages,
    ...period,
    '--json',
    ...more,
  );
  expect(code).toBe(0);
  return (JSON.parse(out) as Result).result.stages.map((one) => one.reached);
}

describe('recobro simulate', () => {
  it('counts stages for both payment orders and all treatments of disputes', async () => {
    await inFolder(async (folder) => {
      writeFileSync(join(folder, 'ledger.csv'), ledger);
      // F-1 is paid 6 days late, F-2 never, F-3 on its due date; F-4 is disputed and never paid.
      expect(await counted(folder, '--disputed', 'exclude')).toEqual([3, 2, 2, 1, 1, 1]);
      expect(await counted(folder, '--disputed', 'hold')).toEqual([3, 2, 2, 1, 1, 1]);
      expect(await counted(folder, '--disputed', 'ignore')).toEqual([4, 3, 3, 2, 2, 2]);
      expect(await counted(folder, '--disputed', 'exclude', '--payments', 'after')).toEqual([
        3, 3, 2, 1, 1, 1,
      ]);
    });
  });

  it('tells it as text, and machines alone on standard output', async () => {
    await inFolder(async (folder) => {
      const file = join(folder, 'ledger.csv');
      writeFileSync(file, ledger);
      const text = await call('simulate', '--ledger', file, '--policy', sixStages, ...period);
      expect(text.code).toBe(0);
      expect(text.out).toContain('4 rows: 3 accounts, 4 invoices over 1,650.40 MXN, 2 payments');
      expect(text.out).toContain('number ← Folio');
      expect(text.out).toMatch(/^late-7 +A week late +firm +1 +1 +0$/m);
      expect(text.out).toMatch(/^total +10 +10 +0$/m);
      expect(text.out).toMatch(/^ {2}MXN +0\.00 +0\.00 +350\.00 +0\.00 +0\.00$/m);
      const json = await call(
        'simulate',
        '--ledger',
        file,
        '--policy',
        sixStages,
        ...period,
        '--json',
        '--quiet',
      );
      expect(json.err).toBe('');
      const { result } = JSON.parse(json.out) as Result;
      expect(result.totals).toMatchObject({ reached: 10, messages: 10 });
      expect(result.accounts.every((one) => one.story === undefined)).toBe(true);
      const again = await call(
        'simulate',
        '--ledger',
        file,
        '--policy',
        sixStages,
        ...period,
        '--json',
        '--quiet',
      );
      expect(again.out).toBe(json.out);
      const told = await call(
        'simulate',
        '--ledger',
        file,
        '--policy',
        sixStages,
        ...period,
        '--json',
        '--stories',
      );
      expect((JSON.parse(told.out) as Result).result.accounts[0]?.story?.length).toBeGreaterThan(5);
    });
  });

  it('takes a preset, a mapping and a period of its own', async () => {
    await inFolder(async (folder) => {
      const file = join(folder, 'odd.csv');
      writeFileSync(file, 'wer;was;wann;bis;wieviel\nAcero;F-1;2026-04-03;2026-05-03;10,50\n');
      const map = 'account=wer,number=was,issued=wann,due=bis,amount=wieviel';
      const flags = ['--currency', 'EUR', '--preset', 'exporter', '--zone', 'Europe/Madrid'];
      const { code, out, err } = await call('simulate', '--ledger', file, '--map', map, ...flags);
      expect([code, err]).toEqual([0, '']);
      expect(out).toContain('exporter v1 from 2026-04-03 to 2026-07-02, Europe/Madrid');
      const mapping = join(folder, 'map.json');
      writeFileSync(
        mapping,
        JSON.stringify({ columns: Object.fromEntries(map.split(',').map((one) => one.split('='))) }),
      );
      const same = await call('simulate', '--ledger', file, '--map', mapping, ...flags);
      expect(same.out.replace(/Took.*/, '')).toBe(out.replace(/Took.*/, ''));
      writeFileSync(mapping, '{"columns":{"numbre":"was"}}');
      const wrong = await call('simulate', '--ledger', file, '--map', mapping, ...flags);
      expect(wrong.code).toBe(3);
      expect(wrong.err).toContain(`${mapping}: the mapping file: 1 problem`);
      expect(wrong.err).toContain('columns.numbre: there is no field "numbre"; did you mean "number"?');
    });
  });

  it('writes a report that tells each account', async () => {
    await inFolder(async (folder) => {
      const [file, report] = [join(folder, 'ledger.csv'), join(folder, 'out.html')];
      writeFileSync(file, ledger);
      const { code, out } = await call(
        'simulate',
        '--ledger',
        file,
        '--policy',
        sixStages,
        ...period,
        '--report',
        report,
      );
      expect(code).toBe(0);
      expect(out).toContain(`Report: ${report}`);
      const html = readFileSync(report, 'utf8');
      expect(html).toMatch(/^<!doctype html>/);
      expect(html).toContain('Acero');
      const nowhere = await call(
        'simulate',
        '--ledger',
        file,
        ...period,
        '--report',
        join(folder, 'no', 'out.html'),
      );
      expect(nowhere.code).toBe(3);
      expect(nowhere.err).toContain('cannot be written: there is no such file or folder');
    });
  });

  it('refuses ambiguous dates until their format is named', async () => {
    await inFolder(async (folder) => {
      const file = join(folder, 'ledger.csv');
      writeFileSync(file, ledger.replace(/^Bruma.*\n/m, ''));
      const { code, out, err } = await call('simulate', '--ledger', file, ...period);
      expect([code, out]).toEqual([3, '']);
      expect(err).toContain('--date-format');
      expect((await call('simulate', '--ledger', file, ...period, '--date-format', 'd/m/y')).code).toBe(0);
    });
  });

  it('lists every bad row with row, column and reason, and goes on only when asked', async () => {
    await inFolder(async (folder) => {
      const file = join(folder, 'ledger.csv');
      writeFileSync(
        file,
        `${ledger}Dunas,F-5,31/4/2026,3/5/2026,10.00,,no\nDunas,F-6,3/4/2026,3/5/2026,diez,,no\n`,
      );
      const refused = await call(
        'simulate',
        '--ledger',
        file,
        ...period,
        '--report',
        join(folder, 'out.html'),
      );
      expect([refused.code, refused.out]).toEqual([3, '']);
      expect(refused.err).toMatch(/^ {2}row 6, Fecha emisión: /m);
      expect(refused.err).toMatch(/^ {2}row 7, Importe: /m);
      expect(existsSync(join(folder, 'out.html'))).toBe(false);
      const machine = await call('simulate', '--ledger', file, ...period, '--json');
      expect(JSON.parse(machine.out)).toMatchObject({
        error: {
          code: 'invalid_file',
          problems: [
            { row: 6, column: 'Fecha emisión' },
            { row: 7, column: 'Importe' },
          ],
        },
      });
      const went = await call('simulate', '--ledger', file, ...period, '--keep-going');
      expect(went.code).toBe(0);
      expect(went.err).toContain('2 rows are left out');
      expect(went.out).toContain('4 invoices');
    });
  });

  it('refuses documents that are not valid, naming file, line and path', async () => {
    await inFolder(async (folder) => {
      const [file, policy] = [join(folder, 'ledger.csv'), join(folder, 'policy.yaml')];
      writeFileSync(file, ledger);
      writeFileSync(policy, 'plan:\n  id: x\n  versio: 1\npolicies: []\nmessages: {}\n');
      const { code, out, err } = await call('simulate', '--ledger', file, '--policy', policy, ...period);
      expect([code, out]).toEqual([3, '']);
      expect(err).toContain(`${policy} is not valid`);
      expect(err).toMatch(/^ {2}line 3, plan\.versio: unknown key "versio"; did you mean "version"\?/m);
    });
  });
});
