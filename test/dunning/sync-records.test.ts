import { describe, expect, it } from 'vitest';
import { decodeFile } from '../../src/dunning/codec.js';
import type { DunningOptions } from '../../src/dunning/index.js';
import type { LedgerFacts } from '../../src/ledger/facts.js';
import type { AccountFile } from '../../src/ledger/file.js';
import type { RiskScorer } from '../../src/segments/index.js';
import { account, all, at, documents, invoice, payment, type World, world } from '../support/world.js';

const cop = (amount: string) => ({ amount, currency: 'COP' });

async function fileOf({ store }: World): Promise<AccountFile> {
  const [stored] = await store.load('default', ['robles']);
  return decodeFile(stored!);
}

/** One record of every kind. */
const everything: LedgerFacts = {
  accounts: [
    {
      ...account,
      branches: [{ id: 'norte', name: 'Norte' }],
      credit: { currency: 'COP', limit: '5000.00' },
      cap: 'soft',
      time: '10:00',
      terms: { source: 'clause 4', fees: true },
      scores: { asOf: '2026-01-01', class: 'A' },
    },
  ],
  invoices: [
    {
      ...invoice('F-1', '02-03'),
      branch: 'norte',
      entity: 'co',
      charges: [{ id: 'fee', amount: '10.00', on: '2026-02-10' }],
    },
    invoice('F-2', '02-05'),
  ],
  payments: [payment('P-1', 'F-1', '02-01', '300.00')],
  refunds: [{ id: 'R-1', account: 'robles', payment: 'P-1', amount: cop('100.00'), date: '2026-02-02' }],
  credits: [{ id: 'C-1', account: 'robles', amount: cop('5.00'), date: '2026-02-02' }],
  holds: [{ id: 'H-1', account: 'robles', invoice: 'F-2', reason: 'talks', author: 'ana' }],
  disputes: [{ id: 'D-1', account: 'robles', invoice: 'F-2', reason: 'price', author: 'ana' }],
  promises: [
    { id: 'W-1', account: 'robles', invoices: ['F-1', 'F-2'], amount: cop('50.00'), source: 'debtor' },
  ],
  unbooked: [{ id: 'U-1', account: 'robles', source: 'debtor', invoice: 'F-1', amount: cop('1.00') }],
  replies: [{ id: 'Y-1', account: 'robles', channel: 'email' }],
  plans: [
    {
      id: 'P-7',
      account: 'robles',
      invoices: ['F-1'],
      total: cop('800.00'),
      dues: ['2026-04-01', '2026-05-01'],
      author: 'ana',
    },
  ],
  sources: [{ id: 'bank', account: 'robles', at: '2026-01-02T10:00:00-05:00' }],
};

describe('sync', () => {
  it('takes every kind of record, keeps it, and changes nothing when told again later', async () => {
    const one = world();
    expect(await one.dunning.sync(everything)).toEqual({
      accounts: 1,
      written: 13,
      unchanged: 0,
      older: 0,
      findings: [],
    });
    const file = await fileOf(one);
    for (const kind of ['payments', 'refunds', 'credits', 'holds', 'disputes', 'promises'] as const)
      expect([kind, file[kind].size]).toEqual([kind, 1]);
    for (const kind of ['unbooked', 'replies', 'plans', 'sources'] as const)
      expect([kind, file[kind].size]).toEqual([kind, 1]);
    expect(file.plans.get('P-7')?.instalments.map((part) => part.amount)).toEqual([40_000, 40_000]);
    one.clock.moveTo(at('01-09'));
    expect(await one.dunning.sync(everything)).toEqual({
      accounts: 0,
      written: 0,
      unchanged: 13,
      older: 0,
      findings: [],
    });
    expect((await fileOf(one)).seq).toBe(file.seq);
  });

  it('tells them in one order, whatever the order of the call', async () => {
    const events = async (facts: LedgerFacts): Promise<readonly string[]> => {
      const one = world();
      await one.dunning.sync(facts);
      const told = await all(one.store.events('default', { account: 'robles' }));
      return told.map((event) => event.type);
    };
    const backwards = Object.fromEntries(Object.entries(everything).toReversed());
    const types = await events(everything);
    expect(types).toEqual([
      'account.upserted',
      'invoice.upserted',
      'invoice.upserted',
      'payment.upserted',
      'refund.upserted',
      'credit.upserted',
      'hold.upserted',
      'dispute.upserted',
      'promise.upserted',
      'unbooked.upserted',
      'reply.upserted',
      'plan.upserted',
      'source.upserted',
    ]);
    expect(await events(backwards)).toEqual(types);
  });

  it('holds versions of each kind: older never overwrites, equal with other content is refused', async () => {
    const one = world();
    await one.dunning.sync({ accounts: [account], invoices: [invoice('F-1', '02-03')] });
    const refund = (version: number, amount: string): LedgerFacts => ({
      refunds: [{ id: 'R-1', account: 'robles', version, amount: cop(amount), date: '2026-02-02' }],
    });
    const source = (version: number, state: 'ok' | 'failed'): LedgerFacts => ({
      sources: [{ id: 'bank', account: 'robles', version, state, at: '2026-01-02T10:00:00-05:00' }],
    });
    await one.dunning.sync(refund(2, '10.00'));
    expect(await one.dunning.sync(refund(1, '99.00'))).toMatchObject({ written: 0, older: 1 });
    await expect(one.dunning.sync(refund(2, '11.00'))).rejects.toMatchObject({
      code: 'version_conflict',
      problems: [{ path: 'refunds["R-1"]' }],
    });
    await one.dunning.sync(source(1, 'ok'));
    await expect(one.dunning.sync(source(1, 'failed'))).rejects.toMatchObject({ code: 'version_conflict' });
    expect(await one.dunning.sync(source(2, 'failed'))).toMatchObject({ written: 1 });
  });

  it('refuses other currencies than those of invoices and payments known from before', async () => {
    const one = world();
    await one.dunning.sync({
      accounts: [account],
      invoices: [invoice('F-1', '02-03')],
      payments: [payment('P-1', 'F-1', '02-01', '300.00')],
    });
    const usd = { amount: '10.00', currency: 'USD' };
    const base = { account: 'robles' };
    await expect(
      one.dunning.sync({
        refunds: [{ ...base, id: 'R-1', payment: 'P-1', amount: usd, date: '2026-02-02' }],
        promises: [{ ...base, id: 'W-1', invoices: ['F-1'], amount: usd, source: 'debtor' }],
        unbooked: [{ ...base, id: 'U-1', source: 'receipt', invoice: 'F-1', amount: usd }],
        plans: [{ ...base, id: 'P-7', invoices: ['F-1'], total: usd, dues: ['2026-04-01'], author: 'ana' }],
      }),
    ).rejects.toMatchObject({
      code: 'invalid_input',
      problems: [
        { path: 'promises["W-1"]', code: 'currency_mismatch' },
        { path: 'unbooked["U-1"]', code: 'currency_mismatch' },
        { path: 'plans["P-7"]', code: 'currency_mismatch' },
        { path: 'refunds["R-1"]', code: 'currency_mismatch' },
      ],
    });
  });

  it('keeps the scores that somebody else wrote when the account is told without', async () => {
    const one = world();
    await one.dunning.sync({ accounts: [{ ...account, scores: { asOf: '2026-01-01', class: 'A' } }] });
    expect(await one.dunning.sync({ accounts: [account] })).toMatchObject({ written: 0 });
    await one.dunning.sync({ accounts: [{ ...account, name: 'Robles y Cía' }] });
    expect((await fileOf(one)).account).toMatchObject({ name: 'Robles y Cía', scores: { class: 'A' } });
  });
});

describe('what is told', () => {
  it('of a plan is sent by its own number and amount, on its own day', async () => {
    const one = world();
    await one.dunning.sync({
      accounts: [account],
      invoices: [invoice('F-1', '02-03')],
      plans: [
        {
          id: 'P-7',
          number: 'Acuerdo 7',
          account: 'robles',
          invoices: ['F-1'],
          total: cop('1000.00'),
          dues: ['2026-03-02', '2026-04-02', '2026-05-02'],
          author: 'ana',
        },
      ],
    });
    expect((await one.dunning.tick({ now: at('02-06') })).sent).toEqual([]);
    expect((await one.dunning.tick({ now: at('03-05') })).sent).toMatchObject([{ amounts: ['333.34 COP'] }]);
    expect(one.whatsapp.sent.map((message) => JSON.stringify(message)).join()).toContain('Acuerdo 7 1/3');
  });

  it('of a source that grew too old stops a message that was planned already', async () => {
    const plan = { ...documents.plan, sources: { bank: { maxAge: '12h' } } };
    const one = world({ plan });
    await one.dunning.sync({
      accounts: [account],
      invoices: [invoice('F-1', '02-03')],
      sources: [{ id: 'bank', account: 'robles', at: '2026-02-06T09:00:00-05:00' }],
    });
    const reviewed = await one.dunning.review({ now: at('02-06') });
    expect(reviewed).toBeDefined();
    one.clock.moveTo(at('02-07'));
    const later = await one.dunning.tick({ now: at('02-07') });
    expect(later.sent).toEqual([]);
    expect(later.waiting).toMatchObject([{ reason: expect.stringContaining('facts that it needs') }]);
    await one.dunning.sync({ sources: [{ id: 'bank', account: 'robles', at: '2026-02-07T09:59:00-05:00' }] });
    expect((await one.dunning.tick({ now: at('02-07', '10:01') })).sent).toHaveLength(1);
  });

  it('of payments is scored by the scorer that was given', async () => {
    const scorer: RiskScorer = ({ paid }) => ({ score: paid.length, parts: [] });
    const plan = {
      ...documents.plan,
      segments: [{ id: 'known', when: { fact: 'account.risk', eq: 1 } }],
      assign: [{ segment: 'known', policy: null }],
    };
    const sentWith = async (own: Partial<DunningOptions>): Promise<number> => {
      const one = world({ plan, ...own });
      await one.dunning.sync({
        accounts: [account],
        invoices: [invoice('F-1', '02-03'), invoice('F-2', '01-01')],
        payments: [payment('P-1', 'F-2', '01-02')],
      });
      return (await one.dunning.tick({ now: at('02-06') })).sent.length;
    };
    expect(await sentWith({})).toBe(1);
    expect(await sentWith({ scorer })).toBe(0);
  });
});
