import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { sqlLedger } from '../../examples/pull-from-sql/ledger.js';
import type { Dunning } from '../../src/dunning/index.js';
import { type LedgerUnderTest, ledgerContract } from '../../src/testing/ledger-contract.js';
import { all } from '../support/world.js';
import { sqlHost } from './sql-host.js';

let db: PGlite;
let dunning: Dunning;
const printed: string[] = [];

// One database serves the story of the example, and then everything else here.
beforeAll(async () => {
  const spy = vi.spyOn(console, 'log').mockImplementation((...parts) => {
    printed.push(parts.join(' '));
  });
  try {
    ({ db, dunning } = await import('../../examples/pull-from-sql/main.js'));
  } finally {
    spy.mockRestore();
  }
});

afterAll(() => db.close());

it('the example runs, and prints what docs/pull.md says', () => {
  const page = readFileSync(resolve(import.meta.dirname, '../../docs/pull.md'), 'utf8');
  expect(page).toContain(`\`\`\`text\n${printed.join('\n')}\n\`\`\``);
});

describe('the settlement guard over SQL', () => {
  const due = '2026-03-03T10:00:00-06:00';

  async function owing(id: string): Promise<void> {
    await db.exec(`
      INSERT INTO customers VALUES ('${id}', 'Vega', 'Ana Vega', '${id}@vega.example');
      INSERT INTO invoices (id, customer, number, issued, due, total, currency)
      VALUES ('${id}-1', '${id}', 'F-${id}', '2026-01-30', '2026-03-01', 500.00, 'MXN');
    `);
  }

  async function actsOf(account: string): Promise<readonly (readonly [string, string])[]> {
    return (await all(dunning.acts({ account }))).map(({ act, state }) => [act.stage, state] as const);
  }

  it('paid between plan and dispatch, told to nobody: skipped as settled, and never a message', async () => {
    await owing('v1');
    await dunning.follow();
    await dunning.review({ now: due });
    expect(await actsOf('v1')).toEqual([['reminder', 'ready']]);
    await db.query(`INSERT INTO payments (invoice, amount, booked_on) VALUES ('v1-1', 500.00, '2026-03-03')`);
    const done = await dunning.dispatch({ now: due });
    expect(done.map(({ act, outcome, code }) => [act.account, outcome, code])).toEqual([
      ['v1', 'skipped', 'settled'],
    ]);
  });

  it('paid and touched in one transaction: both count once it commits, and neither when it is rolled back', async () => {
    await owing('v2');
    await dunning.follow();
    await dunning.review({ now: due });
    const pay = `INSERT INTO payments (invoice, amount, booked_on) VALUES ('v2-1', 500.00, '2026-03-03')`;
    const undone = db.transaction(async (transaction) => {
      await transaction.query(pay);
      await dunning.touch(['v2'], { transaction });
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    expect((await dunning.review({ now: due })).reviewed).toEqual([]);
    await db.transaction(async (transaction) => {
      await transaction.query(pay);
      expect(await dunning.touch(['v2'], { transaction })).toBe(1);
    });
    expect((await dunning.review({ now: due })).reviewed.map(({ account }) => account)).toEqual(['v2']);
    const done = await dunning.dispatch({ now: due });
    const reminder = done.find(({ act }) => act.stage === 'reminder');
    expect([reminder?.outcome, reminder?.code]).toEqual(['skipped', 'settled']);
    expect(await actsOf('v2')).toContainEqual(['reminder', 'withdrawn']);
  });

  it('replays what was decided on facts that were pulled, and finds the chain over them whole', async () => {
    await dunning.seal();
    expect(await dunning.verify()).toMatchObject({ ok: true });
    expect(await dunning.replay()).toMatchObject({ ok: true });
  });
});

describe('the source of the example', () => {
  const make = (): LedgerUnderTest => {
    const host = sqlHost(db);
    return { ...host, source: sqlLedger(host.sql) };
  };
  const without = {
    tenants: 'one company',
    begin: 'PGlite has one connection; test/pull/postgres.test.ts has several',
  };
  for (const { name, skip, run } of ledgerContract(make, { without })) if (skip === undefined) it(name, run);
});
