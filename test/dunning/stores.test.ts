import { afterAll, describe, expect, it } from 'vitest';
import { memoryStore } from '../../src/stores/memory/index.js';
import { pgliteStore } from '../../src/stores/pglite/index.js';
import type { Store } from '../../src/stores/store.js';
import { account, all, at, invoice, payment, world } from '../support/world.js';

/** The same month on two stores: what they log must not differ by a byte. */
async function month(changed: { readonly store: Store }): Promise<string> {
  const { dunning, whatsapp } = world(changed);
  const accounts = Array.from({ length: 12 }, (_, index) => ({ ...account, id: `a${index}` }));
  await dunning.sync({
    accounts,
    invoices: accounts.flatMap((one, index) => [
      { ...invoice(`F-${one.id}`, '02-03'), account: one.id },
      { ...invoice(`G-${one.id}`, `02-${10 + index}`, '99.95'), account: one.id },
    ]),
  });
  whatsapp.answer(
    { outcome: 'refused', scope: 'recipient', code: 'whatsapp:131026', addressUnusable: true },
    { outcome: 'retry', scope: 'sender', code: 'http:503' },
    { outcome: 'unknown', code: 'whatsapp:timeout' },
  );
  for (let day = 1; day <= 28; day++) {
    if (day === 9) await dunning.sync({ payments: [{ ...payment('P-1', 'F-a5', '02-09'), account: 'a5' }] });
    const now = at(`02-${String(day).padStart(2, '0')}`);
    await dunning.tick({ now });
    await dunning.tick({ now: now + 120_000 });
  }
  const log: unknown[] = [];
  for (const one of accounts) log.push(await all(dunning.history(one.id)));
  log.push(await all(dunning.acts()));
  return JSON.stringify(log);
}

describe('a month of dunning', () => {
  const pglite = pgliteStore();
  afterAll(() => pglite.close());

  it('is the same, byte for byte, in memory and on embedded PostgreSQL, and twice over', async () => {
    await pglite.migrate();
    const memory = await month({ store: memoryStore() });
    expect(memory).toContain('"act.refused"');
    expect(memory).toContain('"act.unknown"');
    expect(await month({ store: memoryStore() })).toBe(memory);
    expect(await month({ store: pglite })).toBe(memory);
  });
});
