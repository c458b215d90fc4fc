import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { call, inFolder } from './console.js';

it('recobro explain tells it in the language asked for, and every stage on request', async () => {
  await inFolder(async (folder) => {
    const file = join(folder, 'ar.csv');
    writeFileSync(
      file,
      'account,invoice,issued,due,amount,currency,paid\nacero,F-1,2026-01-01,2026-01-31,10.00,COP,\n',
    );
    const ask = (...more: string[]): Promise<{ readonly code: number; readonly out: string }> =>
      call(
        ...['explain', 'acero', '--ledger', file, '--preset', 'exporter', '--zone', 'America/Bogota'],
        ...['--at', '2026-02-04', '--quiet', ...more],
      );
    const spanish = await ask('--language', 'es', '--history');
    expect(spanish).toMatchObject({ code: 0 });
    expect(spanish.out).toContain('hasta ahora:\n  2026-01-01  Factura · F-1');
    expect(spanish.out).toContain('F-1: saldo 10,00 COP, venció el 31 de enero de 2026 (hace 4 días)');
    expect(spanish.out).toContain(
      'Todavía no toca nada; «Recordatorio firme» llega el 7 de febrero de 2026.',
    );
    const portuguese = await ask('--language', 'pt', '--stages');
    expect(portuguese.out).toContain(
      '      Lembrete firme 07/02/2026 (data: ainda não chegou a vez da próxima etapa)',
    );
    expect((await ask('--language', 'es-MX')).out).toContain('saldo 10.00 COP');
    const { text } = JSON.parse((await ask('--language', 'pt', '--json')).out) as { readonly text: string };
    expect(text).toContain('saldo de 10,00 COP');
  });
});

it('recobro explain says what --at takes', async () => {
  await inFolder(async (folder) => {
    const file = join(folder, 'ar.csv');
    writeFileSync(
      file,
      'account,invoice,issued,due,amount,currency\nacero,F-1,2026-01-01,2026-01-31,10.00,COP\n',
    );
    const { code, err } = await call(
      ...['explain', 'acero', '--ledger', file, '--preset', 'exporter', '--zone', 'America/Bogota'],
      ...['--at', '2026-13-45', '--quiet'],
    );
    expect(code).toBe(2);
    expect(err).toContain(
      '--at is a date such as 2026-03-03, or an instant such as 2026-03-03T10:00:00-06:00, not "2026-13-45"',
    );
  });
});
