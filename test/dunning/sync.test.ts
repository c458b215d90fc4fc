import { describe, expect, it } from 'vitest';
import { account, all, at, invoice, payment, world } from '../support/world.js';

describe('sync', () => {
  it('is idempotent: the same facts again write nothing and plan no review', async () => {
    const { dunning } = world();
    const facts = {
      accounts: [account],
      invoices: [invoice('F-1', '02-03')],
      payments: [payment('P-1', 'F-1', '02-01', '10.00')],
      holds: [{ id: 'H-1', account: 'robles', reason: 'query', author: 'ana' }],
    };
    expect(await dunning.sync(facts, { now: at('01-05') })).toEqual({
      accounts: 1,
      written: 4,
      unchanged: 0,
      older: 0,
      findings: [],
    });
    await dunning.tick({ now: at('01-05') });
    expect(await dunning.sync(facts, { now: at('01-09') })).toEqual({
      accounts: 0,
      written: 0,
      unchanged: 4,
      older: 0,
      findings: [],
    });
    expect((await dunning.tick({ now: at('01-09') })).reviewed).toBe(0);
    expect(await all(dunning.history('robles'))).toHaveLength(4 + 3);
  });

  it('takes facts in any order', async () => {
    const { dunning } = world();
    await dunning.sync({ payments: [payment('P-1', 'F-1', '02-01', '999.00')] });
    await dunning.sync({ invoices: [invoice('F-1', '02-03')] });
    expect((await dunning.tick({ now: at('02-06') })).waiting).toMatchObject([{ code: 'account_missing' }]);
    await dunning.sync({ accounts: [account] });
    expect((await dunning.tick({ now: at('02-06') })).sent).toMatchObject([{ amounts: ['1.00 COP'] }]);
  });

  it('older versions never overwrite newer ones; the same version with other content is an error', async () => {
    const { dunning } = world();
    await dunning.sync({
      accounts: [account],
      invoices: [{ ...invoice('F-1', '02-03', '500.00'), version: 2 }],
    });
    const older = await dunning.sync({ invoices: [{ ...invoice('F-1', '02-03', '900.00'), version: 1 }] });
    expect(older).toMatchObject({ written: 0, older: 1 });
    await expect(
      dunning.sync({
        accounts: [{ ...account, name: 'Other' }],
        invoices: [{ ...invoice('F-1', '02-03', '900.00'), version: 2 }],
      }),
    ).rejects.toMatchObject({
      code: 'version_conflict',
      problems: [{ code: 'version_conflict', path: expect.stringContaining('F-1') }],
    });
    const explained = await dunning.explain('robles', { at: at('02-01') });
    expect(explained.items).toMatchObject([{ outstanding: 50_000 }]);
    expect(explained.text).toContain('Robles Ltda');
  });

  it('lists every problem with its path and writes nothing', async () => {
    const { dunning, store } = world();
    await expect(
      dunning.sync({
        accounts: [{ ...account, zone: 'Mars/Olympus' }],
        invoices: [
          { ...invoice('F-1', '02-30') },
          { ...invoice('F-2', '02-03'), total: { amount: '1.005', currency: 'COP' } },
          { ...invoice('F-3', '02-03'), total: { amount: '1.00', currency: 'XYZ' } },
          invoice('F-2', '02-03'),
        ],
      }),
    ).rejects.toMatchObject({
      code: 'invalid_input',
      problems: expect.arrayContaining([
        expect.objectContaining({ path: 'accounts[0].zone', code: 'unknown_zone' }),
        expect.objectContaining({ path: 'invoices[0].due', code: 'invalid_date' }),
        expect.objectContaining({
          path: expect.stringContaining('invoices[1].total'),
          code: 'invalid_amount',
        }),
        expect.objectContaining({
          path: expect.stringContaining('invoices[2].total'),
          code: 'unknown_currency',
        }),
        expect.objectContaining({ path: expect.stringContaining('invoices[3]'), code: 'duplicate_id' }),
      ]),
    });
    expect(await store.load('default', ['robles'])).toEqual([]);
  });

  it('a pushed balance replaces what was booked up to its moment', async () => {
    const { dunning } = world();
    await dunning.sync({
      accounts: [account],
      invoices: [
        {
          ...invoice('F-1', '02-03'),
          balance: { amount: '700.00', currency: 'COP', asOf: '2026-02-02T12:00:00-05:00' },
        },
      ],
      payments: [
        { ...payment('P-1', 'F-1', '02-02', '300.00'), bookedAt: '2026-02-02T09:00:00-05:00' },
        { ...payment('P-2', 'F-1', '02-05', '50.00'), bookedAt: '2026-02-05T09:00:00-05:00' },
      ],
    });
    expect((await dunning.tick({ now: at('02-06') })).sent).toMatchObject([{ amounts: ['650.00 COP'] }]);
  });

  it('refuses amounts in another currency than that of an invoice known from before', async () => {
    const { dunning } = world();
    await dunning.sync({ accounts: [account], invoices: [invoice('F-1', '02-03')] });
    const amount = { amount: '1000.00', currency: 'USD' };
    await expect(
      dunning.sync({
        payments: [{ id: 'P-1', account: 'robles', invoice: 'F-1', date: '2026-02-01', amount }],
        disputes: [{ id: 'D-1', account: 'robles', invoice: 'F-1', reason: 'price', author: 'ana', amount }],
      }),
    ).rejects.toMatchObject({
      code: 'invalid_input',
      problems: [{ code: 'currency_mismatch' }, { code: 'currency_mismatch' }],
    });
    expect((await dunning.tick({ now: at('02-06') })).sent).toMatchObject([{ amounts: ['1000.00 COP'] }]);
  });

  it('never counts a payment of another currency that was told before its invoice', async () => {
    const { dunning } = world();
    const amount = { amount: '1000.00', currency: 'USD' };
    await dunning.sync({
      accounts: [account],
      payments: [{ id: 'P-1', account: 'robles', invoice: 'F-1', date: '2026-02-01', amount }],
    });
    await dunning.sync({ invoices: [invoice('F-1', '02-03')] });
    expect((await dunning.tick({ now: at('02-06') })).sent).toMatchObject([{ amounts: ['1000.00 COP'] }]);
  });
});
