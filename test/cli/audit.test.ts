import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { pgliteStore } from '../../src/stores/pglite/index.js';
import { person } from '../audit/life.js';
import { at, invoice, world } from '../support/world.js';
import { call, inFolder } from './console.js';

it('recobro audit writes a proof file from a store, and checks it without one', async () => {
  await inFolder(async (folder) => {
    const data = join(folder, 'data');
    const store = pgliteStore({ folder: data });
    await store.migrate();
    const { dunning } = world({ store });
    await dunning.sync({
      accounts: [person('a'), person('b')],
      invoices: [{ ...invoice('F-1', '02-10'), account: 'a' }],
    });
    await dunning.tick({ now: at('02-13') });
    await store.close();

    const file = join(folder, 'proof.jsonl');
    const written = await call('audit', 'export', '--data', data, '--account', 'a', '--out', file);
    expect([written.code, written.err]).toEqual([0, '']);
    const text = readFileSync(file, 'utf8');
    expect(text).not.toMatch(/secret/i);
    expect(await call('audit', 'verify', file)).toMatchObject({
      code: 0,
      out: expect.stringContaining('is whole'),
    });

    const printed = await call('audit', 'export', '--data', data, '--personal');
    expect(printed.out).toContain('Secreta b');
    writeFileSync(file, text.replace('"type":"act.planned"', '"type":"act.refused"'));
    const found = await call('audit', 'verify', file);
    expect(found).toMatchObject({ code: 1, out: expect.stringMatching(/hash at line \d+, position \d+/) });
    const json = await call('audit', 'verify', file, '--json');
    expect(JSON.parse(json.out)).toMatchObject({ ok: false, code: 'hash' });

    expect((await call('audit', 'verify', join(folder, 'none.jsonl'))).code).toBe(3);
    expect((await call('audit', 'export', '--data', data, '--out', folder)).code).toBe(3);
  });
});

it.each([[[]], [['verify']], [['export', 'x']], [['verify', 'a', 'b']], [['check', 'a']]])(
  'recobro audit refuses %j',
  async (words) => {
    expect((await call('audit', ...words)).code).toBe(2);
  },
);
