import { describe, expect, it } from 'vitest';
import { parseInstant } from '../../src/calendar/index.js';
import { type LedgerFacts, settled } from '../../src/ledger/facts.js';
import type { Account } from '../../src/ledger/types.js';
import { upsert } from '../../src/ledger/upsert.js';
import { parseFacts } from '../../src/schema/facts.js';
import { problemsOf } from './problems.js';

const now = parseInstant('2026-03-03T23:30:00-06:00');
const options = { now, zone: 'America/Mexico_City', policies: ['gentle'] };
const mxn = (amount: string) => ({ amount, currency: 'MXN' });

const own = (facts: unknown) => parseFacts(facts, options).get('robles')!;
const problems = (facts: unknown): readonly string[] => problemsOf(() => parseFacts(facts, options));

const account = { id: 'robles', name: 'Robles' };
const invoice = {
  id: 'F-1',
  account: 'robles',
  total: mxn('100.00'),
  issued: '2026-02-01',
  due: '2026-03-03',
};

describe('an account', () => {
  it('knows each contact by one id, also those of its branches', () => {
    const branches = [
      { id: 'north', name: 'North', contacts: [{}, { id: 'ana' }] },
      { id: 'south', name: 'South', contacts: [{}, { id: 'north.billing' }] },
    ];
    expect(problems({ accounts: [{ ...account, contacts: [{ id: 'ana' }], branches }] })).toEqual([
      'accounts[0].branches[0].contacts[1].id duplicate_id',
      'accounts[0].branches[1].contacts[1].id duplicate_id',
    ]);
  });

  it('has branches, credit, cap, time, terms and scores', () => {
    const full: NonNullable<LedgerFacts['accounts']>[number] = {
      ...account,
      branches: [{ id: 'north', name: 'North', contacts: [{ email: 'north@robles.example' }] }],
      credit: {
        currency: 'MXN',
        limit: '1000.00',
        insured: { minor: 50_000 },
        buckets: { overdue: '100.00' },
      },
      cap: 'firm',
      time: '10:00',
      terms: {
        source: 'clause 4',
        basis: 'agreement',
        fees: { MXN: '25.00' },
        interest: [
          { from: '2026-01-01', rate: '12.5' },
          { from: '2026-07-01', rate: null },
        ],
      },
      scores: { asOf: '2026-03-01', class: 'A', percentile: 98, risk: 12, own: { bureau: 640.5 } },
    };
    expect(own({ accounts: [full] }).account).toMatchObject({
      branches: [
        {
          id: 'north',
          name: 'North',
          contacts: [{ id: 'north.billing', name: 'North', email: 'north@robles.example' }],
        },
      ],
      credit: { currency: 'MXN', limit: 100_000, insured: 50_000, buckets: { overdue: 10_000 } },
      cap: 'firm',
      time: '10:00',
      terms: full.terms,
      scores: full.scores,
    });
    expect(
      own({ accounts: [{ ...account, cap: 2, terms: { source: 'x', fees: true, interest: '0' } }] }).account,
    ).toMatchObject({ cap: 2, terms: { source: 'x', fees: true, interest: '0' } });
  });

  it('keeps the scores that others wrote where it tells none', () => {
    const facts = own({ accounts: [account] });
    const known: Account = { ...facts.account!, scores: { asOf: '2026-03-01', risk: 40 } };
    const told = settled(facts, facts.account!, known);
    expect(told.scores).toEqual({ asOf: '2026-03-01', risk: 40 });
    expect(upsert(known, told)).toBe('same');
    const anew = own({ accounts: [{ ...account, scores: { asOf: '2026-03-03' } }] });
    expect(settled(anew, anew.account!, known).scores).toEqual({ asOf: '2026-03-03' });
  });

  it('says what is wrong with each', () => {
    const wrong = {
      ...account,
      branches: [{ id: 'north', name: 'N' }, { id: 'north', name: '' }, { nome: 1 }],
      credit: { currency: 'MXQ', limit: '-1', buckets: { due: '1' } },
      cap: true,
      time: '25:00',
      terms: {
        source: ' ',
        fees: { MXN: '-1', XXQ: '1' },
        interest: [
          { from: '2026-02-01', rate: 'a' },
          { from: '2026-01-01', rate: '1' },
        ],
      },
      scores: { percentile: 101, risk: 1.5, own: { 'a b': 1, c: '2' } },
    };
    expect(problems({ accounts: [wrong] })).toEqual(
      [
        'accounts[0].branches[1].name too_small',
        'accounts[0].branches[2].id missing',
        'accounts[0].branches[2].name missing',
        'accounts[0].branches[2].nome unknown_key',
        'accounts[0].branches[1].id duplicate_id',
        'accounts[0].cap invalid_type',
        'accounts[0].credit.buckets.due unknown_key',
        'accounts[0].credit.currency unknown_currency',
        'accounts[0].scores.asOf missing',
        'accounts[0].scores.own["a b"] invalid_id',
        'accounts[0].scores.own.c invalid_type',
        'accounts[0].scores.percentile too_large',
        'accounts[0].scores.risk invalid_type',
        'accounts[0].terms.fees.MXN invalid_amount',
        'accounts[0].terms.fees.XXQ unknown_currency',
        'accounts[0].terms.interest[0].rate invalid_value',
        'accounts[0].terms.interest[1].from wrong_order',
        'accounts[0].terms.source too_small',
        'accounts[0].time invalid_time',
      ].sort(),
    );
  });

  it('takes several consents of a channel, one for each purpose', () => {
    const at = '2026-03-01T10:00:00Z';
    const consent = {
      email: [
        { state: 'granted', at, purpose: 'service' },
        { state: 'withdrawn', at, purpose: 'dunning' },
      ],
    };
    const read = own({ accounts: [{ ...account, contacts: [{ email: 'a@robles.example', consent }] }] });
    expect(read.account?.contacts[0]?.consents).toEqual([
      { channel: 'email', state: 'granted', purpose: 'service', at: parseInstant(at), proof: undefined },
      { channel: 'email', state: 'withdrawn', purpose: 'dunning', at: parseInstant(at), proof: undefined },
    ]);
  });
});

describe('an invoice', () => {
  it('has type, branch, entity, area, cap, terms, charges, and may be deleted', () => {
    const full: NonNullable<LedgerFacts['invoices']>[number] = {
      ...invoice,
      status: 'deleted',
      type: 'proforma',
      branch: 'north',
      entity: 'mx',
      area: 'retail',
      cap: 1,
      terms: { source: 'clause 9' },
      charges: [
        { id: 'fee-1', amount: '5.00', on: '2026-03-02' },
        { id: 'fee-2', amount: { minor: 200 }, on: '2026-03-02', waived: true },
      ],
    };
    const branches = [{ id: 'north', name: 'North', contacts: [{ id: 'ines' }] }];
    const read = own({
      accounts: [{ ...account, branches }],
      invoices: [{ ...full, contact: 'ines' }],
    });
    expect(read.invoices[0]).toMatchObject({
      status: 'deleted',
      type: 'proforma',
      branch: 'north',
      entity: 'mx',
      area: 'retail',
      cap: 1,
      terms: { source: 'clause 9' },
      charges: [
        { id: 'fee-1', amount: 500, on: '2026-03-02', waived: false },
        { id: 'fee-2', amount: 200, on: '2026-03-02', waived: true },
      ],
    });
  });

  it('names a branch that there is, and charges that are part of it', () => {
    const charges = [
      { id: 'a', amount: '99.00', on: '2026-03-02', instalment: '7' },
      { id: 'a', amount: '2.00', on: '2026-03-02' },
      { id: 'b', amount: '0', on: '2026-03-02' },
    ];
    expect(problems({ accounts: [account], invoices: [{ ...invoice, branch: 'south', charges }] })).toEqual(
      [
        'invoices[0].branch unknown_reference',
        'invoices[0].charges wrong_sum',
        'invoices[0].charges[0].instalment unknown_reference',
        'invoices[0].charges[1].id duplicate_id',
        'invoices[0].charges[2].amount invalid_amount',
      ].sort(),
    );
  });
});

describe('money', () => {
  const payment = { id: 'P-1', account: 'robles', amount: mxn('50.00'), date: '2026-03-01' };

  it('may tell what was given back in all, and when it came back', () => {
    expect(own({ payments: [{ ...payment, refunded: '20.00' }] }).payments[0]?.refunded).toBe(2_000);
    const back = { ...payment, state: 'reversed' };
    expect(own({ payments: [back] }).payments[0]?.reversedOn).toBe('2026-03-03');
    expect(own({ payments: [{ ...back, reversedOn: '2026-03-02' }] }).payments[0]?.reversedOn).toBe(
      '2026-03-02',
    );
    expect(problems({ payments: [{ ...payment, refunded: '50.01', reversedOn: '2026-03-02' }] })).toEqual([
      'payments[0].refunded invalid_amount',
      'payments[0].reversedOn conflicting_keys',
    ]);
  });

  it('that came back keeps the day on which that was first heard', () => {
    const later = parseFacts(
      { payments: [{ ...payment, state: 'reversed' }] },
      { ...options, now: now + 9e8 },
    );
    const facts = later.get('robles')!;
    const known = own({ payments: [{ ...payment, state: 'reversed' }] }).payments[0]!;
    expect(upsert(known, settled(facts, facts.payments[0]!, known))).toBe('same');
    const { reversedOn: _, ...booked } = { ...known, state: 'booked' as const };
    expect(settled(facts, facts.payments[0]!, booked).reversedOn).toBe('2026-03-14');
  });

  it('is given back by refunds', () => {
    const refund: NonNullable<LedgerFacts['refunds']>[number] = {
      id: 'R-1',
      account: 'robles',
      payment: 'P-1',
      amount: mxn('20.00'),
      date: '2026-03-02',
      invoice: 'F-1',
    };
    expect(own({ invoices: [invoice], payments: [payment], refunds: [refund] }).refunds).toEqual([
      {
        id: 'R-1',
        version: undefined,
        payment: 'P-1',
        currency: 'MXN',
        amount: 2_000,
        date: '2026-03-02',
        bookedAt: now,
        state: 'booked',
        allocations: [{ invoice: 'F-1', instalment: undefined, amount: 2_000 }],
      },
    ]);
    const usd = { ...refund, amount: { amount: '20.00', currency: 'USD' } };
    expect(problems({ invoices: [invoice], payments: [payment], refunds: [usd] })).toEqual([
      'refunds[0].amount currency_mismatch',
      'refunds[0].amount.currency currency_mismatch',
    ]);
    expect(problems({ refunds: [refund, refund] })).toEqual(['refunds[1].id duplicate_id']);
  });
});

describe('a promise', () => {
  const promise = { id: 'W-1', account: 'robles', source: 'debtor' };

  it('may leave out its day, name several invoices or none, and have a tolerance', () => {
    expect(own({ promises: [{ ...promise, invoices: ['F-1', 'F-2'], tolerance: 2.5 }] }).promises[0]).toEqual(
      {
        id: 'W-1',
        version: undefined,
        invoice: undefined,
        instalment: undefined,
        invoices: ['F-1', 'F-2'],
        amount: undefined,
        currency: undefined,
        date: undefined,
        graceDays: undefined,
        made: '2026-03-03',
        source: 'debtor',
        state: 'active',
        tolerance: 2.5,
      },
    );
    expect(
      problems({
        invoices: [invoice],
        promises: [
          { ...promise, invoice: 'F-1', invoices: ['F-1'] },
          { ...promise, id: 'b', instalment: '1', tolerance: 101 },
          { ...promise, id: 'c', invoices: [], tolerance: 0.125 },
          { ...promise, id: 'd', invoices: ['F-1'], amount: { amount: '1', currency: 'USD' } },
        ],
      }),
    ).toEqual([
      'promises[0].invoices conflicting_keys',
      'promises[1].instalment conflicting_keys',
      'promises[1].tolerance invalid_value',
      'promises[2].invoices too_small',
      'promises[2].tolerance invalid_value',
      'promises[3].amount.currency currency_mismatch',
    ]);
  });
});

describe('a hold', () => {
  it('may be of part of an amount, in the currency of its invoice', () => {
    const hold = { id: 'H-1', account: 'robles', invoice: 'F-1', reason: 'talks', author: 'ana' };
    expect(own({ holds: [{ ...hold, amount: mxn('3.00') }] }).holds[0]).toMatchObject({
      amount: 300,
      currency: 'MXN',
    });
    const usd = { ...hold, amount: { amount: '3.00', currency: 'USD' } };
    expect(problems({ invoices: [invoice], holds: [usd, { ...hold, id: 'b', amount: mxn('0') }] })).toEqual([
      'holds[0].amount.currency currency_mismatch',
      'holds[1].amount invalid_amount',
    ]);
  });
});

describe('what was seen', () => {
  it('is money that is not booked', () => {
    const seen: NonNullable<LedgerFacts['unbooked']>[number] = {
      id: 'U-1',
      account: 'robles',
      source: 'receipt',
      invoice: 'F-1',
      amount: mxn('10.00'),
    };
    expect(own({ unbooked: [seen] }).unbooked).toEqual([
      {
        id: 'U-1',
        version: undefined,
        source: 'receipt',
        invoice: 'F-1',
        instalment: undefined,
        amount: 1_000,
        currency: 'MXN',
        on: '2026-03-03',
        until: undefined,
        state: 'pending',
      },
    ]);
    const { invoice: _, ...other } = seen;
    expect(own({ unbooked: [{ ...other, invoices: ['F-1', 'F-2'] }] }).unbooked).toMatchObject([
      { invoice: undefined, invoices: ['F-1', 'F-2'] },
    ]);
    expect(problems({ unbooked: [{ ...seen, invoices: ['F-1'] }] })).toEqual([
      'unbooked[0].invoices conflicting_keys',
    ]);
    const usd = {
      ...seen,
      amount: { amount: '10.00', currency: 'USD' },
      on: '2026-03-05',
      until: '2026-03-04',
    };
    expect(
      problems({ invoices: [invoice], unbooked: [usd, { id: 'b', account: 'robles', instalment: '1' }] }),
    ).toEqual([
      'unbooked[0].amount.currency currency_mismatch',
      'unbooked[0].until wrong_order',
      'unbooked[1].instalment conflicting_keys',
      'unbooked[1].source missing',
    ]);
  });

  it('is a reply, on the local day of its moment', () => {
    const reply = {
      id: 'Y-1',
      account: 'robles',
      at: '2026-03-02T05:00:00Z',
      channel: 'email',
      contact: 'ana',
    };
    expect(own({ replies: [reply] }).replies[0]).toEqual({
      id: 'Y-1',
      version: undefined,
      at: Date.UTC(2026, 2, 2, 5),
      on: '2026-03-01',
      channel: 'email',
      contact: 'ana',
      until: undefined,
      handled: false,
    });
    expect(own({ replies: [{ id: 'Y-1', account: 'robles' }] }).replies[0]).toMatchObject({
      at: now,
      on: '2026-03-03',
    });
    const handled = parseFacts(
      { replies: [{ id: 'Y-1', account: 'robles', handled: true }] },
      { ...options, now: now + 9e8 },
    ).get('robles')!;
    const known = own({ replies: [reply] }).replies[0]!;
    expect(settled(handled, handled.replies[0]!, known)).toMatchObject({
      at: known.at,
      on: known.on,
      handled: true,
    });
    expect(problemsOf(() => parseFacts({ replies: [{ id: 'Y-1', account: 'robles' }] }, { now }))).toEqual([
      'replies[0].on missing',
    ]);
  });

  it('is the health of a source', () => {
    const source = { id: 'bank', account: 'robles', at: '2026-03-02T05:00:00Z' };
    expect(own({ sources: [source] }).sources).toEqual([
      { id: 'bank', version: undefined, at: Date.UTC(2026, 2, 2, 5), state: 'ok' },
    ]);
    expect(problems({ sources: [{ id: 'bank', account: 'robles', state: 'down' }] })).toEqual([
      'sources[0].at missing',
      'sources[0].state invalid_value',
    ]);
  });
});

describe('a payment plan', () => {
  const plan: NonNullable<LedgerFacts['plans']>[number] = {
    id: 'P-7',
    account: 'robles',
    invoices: ['F-1'],
    total: mxn('100.00'),
    dues: ['2026-04-01', '2026-05-01', '2026-06-01'],
    author: 'ana',
  };

  it('splits its total evenly, exact to the minor unit, or takes instalments that sum to it', () => {
    const read = own({ plans: [plan] }).plans[0];
    expect(read).toMatchObject({ currency: 'MXN', made: '2026-03-03', state: 'active', invoices: ['F-1'] });
    expect(read?.instalments).toEqual([
      { id: '1', due: '2026-04-01', amount: 3_334 },
      { id: '2', due: '2026-05-01', amount: 3_333 },
      { id: '3', due: '2026-06-01', amount: 3_333 },
    ]);
    const { dues: _, ...rest } = plan;
    const instalments = [{ id: 'a', due: '2026-04-01', amount: '100.00' }];
    expect(own({ plans: [{ ...rest, instalments, policy: null, state: 'broken' }] }).plans[0]).toMatchObject({
      instalments: [{ id: 'a', amount: 10_000 }],
      policy: null,
      state: 'broken',
    });
  });

  it('says what is wrong', () => {
    const { dues, ...rest } = plan;
    expect(
      problems({
        invoices: [{ ...invoice, total: { amount: '1', currency: 'USD' } }],
        plans: [
          rest,
          { ...plan, id: 'b', instalments: [{ due: '2026-04-01', amount: '99.99' }] },
          { ...plan, id: 'c', invoices: [], dues: [] },
          { ...plan, id: 'd~e', invoices: ['F-2', 'F-2'], policy: 'none' },
          { ...plan, id: 'f', invoices: undefined, total: mxn('0') },
        ],
      }),
    ).toEqual(
      [
        'plans[0] missing',
        'plans[0].invoices[0] currency_mismatch',
        'plans[1].dues conflicting_keys',
        'plans[1].instalments wrong_sum',
        'plans[1].invoices[0] currency_mismatch',
        'plans[2].dues too_small',
        'plans[2].invoices too_small',
        'plans[3].id invalid_id',
        'plans[3].invoices[1] duplicate_entry',
        'plans[3].policy unknown_reference',
        'plans[4].invoices missing',
        'plans[4].total invalid_amount',
      ].sort(),
    );
  });
});
