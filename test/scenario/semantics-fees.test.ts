import { describe, expect, it } from 'vitest';
import { evolveAll, explain, type FileEvent, settle, statusOf } from '../../src/engine/index.js';
import type { AccountFile } from '../../src/ledger/file.js';
import type { Account, Invoice } from '../../src/ledger/types.js';
import { presets } from '../../src/policy/presets/index.js';
import type { FeeAction, Plan, Policy, Stage } from '../../src/policy/types.js';
import {
  aDispute,
  aLadder,
  anAccount,
  anInvoice,
  aPayment,
  aPlan,
  aStage,
  fileOf,
  free,
  instant,
  owing,
  told,
} from '../support/build.js';
import { checkedEngine } from '../support/checked.js';
import { actsIn, sent, story, walk } from '../support/walk.js';

/** Fees as intents, booked fees, and the cadences by their requirement. */

const noon = (day: string): number => instant(`${day}T12:00:00-06:00`);
const terms: Account['terms'] = { source: 'contract 2026, clause 4', fees: true, interest: true };

const policyOf = (fee: FeeAction, own: Partial<Stage> = {}): Policy => ({
  ...aLadder([]),
  stages: [aStage('s1', '1d', { do: [{ send: 's1' }, fee], ...own })],
});

function charged(fee: FeeAction, file: AccountFile, plan: Partial<Plan> = {}, on = '2026-03-02') {
  const engine = checkedEngine(policyOf(fee), aPlan(plan, free));
  return settle(engine, file, noon(on)).acts.flatMap((act) => {
    if (act.kind === 'message') return [];
    const charges = (act.charges ?? []).map(({ amount, currency }) => `${amount} ${currency}`);
    return [`${act.kind} ${act.name}${charges.map((one) => ` ${one}`).join('')}`];
  });
}

const under = (own: Partial<Invoice> = {}, ...more: FileEvent[]) =>
  fileOf(told.account(anAccount({ terms })), told.invoice(anInvoice(own)), ...more);

describe('Fees', () => {
  it('fixed, per currency (F111, F114)', () => {
    const fee: FeeAction = { fee: 'late', fixed: { MXN: '50.00', USD: '3.00' } };
    expect(charged(fee, under())).toEqual(['fee late 5000 MXN']);
    expect(charged(fee, under({ currency: 'USD' }))).toEqual(['fee late 300 USD']);
  });

  it('percent of the open amount (F112); options original and overdue', () => {
    const paid = told.payment(aPayment({ to: 'F1', amount: 4_000 }));
    const of = (base?: FeeAction['base'], ...more: FileEvent[]) =>
      charged(
        { fee: 'late', percent: '10', ...(base === undefined ? {} : { base }) },
        under({}, paid, ...more),
      );
    expect(of()).toEqual(['fee late 600 MXN']);
    expect(of('original')).toEqual(['fee late 1000 MXN']);
    expect(of('overdue')).toEqual(['fee late 600 MXN']);
    // What is disputed may not be chased, and bears no fee.
    expect(of(undefined, told.dispute(aDispute({ amount: 1_000 })))).toEqual(['fee late 500 MXN']);
  });

  it('tiers, single or accumulated (F113)', () => {
    const tiers = [
      { from: { MXN: '0.00' }, percent: '10' },
      { from: { MXN: '60.00' }, percent: '5' },
    ];
    expect(charged({ fee: 'late', tiers }, under())).toEqual(['fee late 500 MXN']);
    expect(charged({ fee: 'late', tiers, tiered: 'accumulated' }, under())).toEqual(['fee late 800 MXN']);
  });

  it('simple annual interest per stage (F115)', () => {
    const fee: FeeAction = { fee: 'interest', interest: { rate: '36.5' } };
    // From the day after the due date to the day of the charge: one day, then ten.
    expect(charged(fee, under())).toEqual(['fee interest 10 MXN']);
    expect(charged(fee, under(), {}, '2026-03-11')).toEqual(['fee interest 100 MXN']);
  });

  it('half up', () => {
    const total = (minor: number, percent: string) =>
      charged({ fee: 'late', percent }, under({ total: minor }));
    expect(total(50, '1')).toEqual(['fee late 1 MXN']);
    expect(total(49, '1')).toEqual([]);
    expect(total(150, '1')).toEqual(['fee late 2 MXN']);
  });

  it('zero makes no intent', () => {
    expect(charged({ fee: 'late', fixed: { MXN: '0.00' } }, under())).toEqual([]);
    expect(charged({ fee: 'late', percent: '0' }, under())).toEqual([]);
  });

  it('currency named, else the message’s, else the tenant’s', () => {
    const both = under({}, told.invoice(anInvoice({ id: 'F2', currency: 'USD' })));
    const fixed = { MXN: '50.00', USD: '3.00' };
    expect(charged({ fee: 'late', fixed, per: 'message', currency: 'USD' }, under())).toEqual([
      'fee late 300 USD',
    ]);
    expect(charged({ fee: 'late', fixed, per: 'message' }, under())).toEqual(['fee late 5000 MXN']);
    expect(charged({ fee: 'late', fixed, per: 'message' }, both, { currency: 'MXN' })).toHaveLength(1);
  });

  it('missing rate is a task', () => {
    expect(charged({ fee: 'interest', interest: {} }, under())).toEqual(['task set-fee']);
  });

  it('from recorded terms or statute only', () => {
    const fee: FeeAction = { fee: 'late', fixed: { MXN: '50.00' } };
    expect(charged(fee, owing(anInvoice()))).toEqual([]);
    expect(charged(fee, owing(anInvoice()), { terms })).toEqual(['fee late 5000 MXN']);
    expect(charged(fee, owing(anInvoice()), { terms: { ...terms, basis: 'statute' } })).toHaveLength(1);
    const none = { source: 'this order', fees: false };
    expect(charged(fee, owing(anInvoice({ terms: none })), { terms })).toEqual([]);
  });

  it('once per stage, however often it is reviewed', () => {
    const fee: FeeAction = { fee: 'late', fixed: { MXN: '50.00' } };
    const engine = checkedEngine(policyOf(fee), aPlan({}, free));
    const walked = walk(engine, under(), '2026-03-01', 15, { again: [11, 12, 13] });
    expect(actsIn(walked).filter((act) => act.kind === 'fee')).toHaveLength(1);
  });

  it('the base is without earlier charges', () => {
    const charges = [{ id: 'c1', amount: 2_000, on: '2026-02-01', waived: false }];
    const own = { total: 12_000, charges };
    expect(charged({ fee: 'late', percent: '10' }, under(own))).toEqual(['fee late 1000 MXN']);
    expect(charged({ fee: 'late', percent: '10', base: 'original' }, under(own))).toEqual([
      'fee late 1000 MXN',
    ]);
    expect(charged({ fee: 'interest', interest: { rate: '36.5' } }, under(own))).toEqual([
      'fee interest 10 MXN',
    ]);
  });
});

describe('A booked fee is a marked component', () => {
  const charges = [{ id: 'c1', amount: 2_000, on: '2026-02-20', waived: false }];
  const own = { total: 12_000, charges };

  it('owed and shown', () => {
    const engine = checkedEngine(aLadder(['1d']), aPlan({}, free));
    expect(statusOf(engine, owing(anInvoice(own)), noon('2026-03-02')).items).toMatchObject([
      { outstanding: 12_000 },
    ]);
    const [act] = settle(engine, owing(anInvoice(own)), noon('2026-03-02')).acts;
    expect(act?.items[0]).toMatchObject({ original: 10_000, outstanding: 12_000 });
  });

  it('no threshold', () => {
    const least = (amount: string) => ({
      ...aLadder([]),
      stages: [aStage('s1', '1d', { min: { amount: { MXN: amount } } })],
    });
    const of = (amount: string) =>
      sent(walk(checkedEngine(least(amount), aPlan({}, free)), owing(anInvoice(own)), '2026-03-01', 4));
    expect(of('100.00')).toHaveLength(1);
    expect(of('100.01')).toHaveLength(0);
  });

  it('no anchor and no count: what is left of it alone carries no case', () => {
    const engine = checkedEngine(aLadder(['1d', '5d']), aPlan({}, free));
    const facts = { '2026-03-04': [told.payment(aPayment({ to: 'F1', amount: 10_000 }))] };
    expect(story(walk(engine, owing(anInvoice(own)), '2026-03-02', 10, { facts })).slice(1)).toEqual([
      '2026-03-02 send s1d F1',
      '2026-03-04 close F1 (charges)',
    ]);
    const many = {
      ...aLadder([]),
      stages: [aStage('s1', '1d', { when: { fact: 'account.openItems', gte: 2 } })],
    };
    const alone = anInvoice({ id: 'FEE', total: 2_000, charges });
    expect(
      sent(walk(checkedEngine(many, aPlan({}, free)), owing(anInvoice(), alone), '2026-03-01', 4)),
    ).toEqual([]);
  });

  it('a separate document has its own date', () => {
    const engine = checkedEngine(aLadder(['1d']), aPlan({}, free));
    const file = owing(anInvoice(), anInvoice({ id: 'FEE', type: 'fee', total: 2_000, due: '2026-03-10' }));
    expect(sent(walk(engine, file, '2026-03-01', 15))).toEqual(['2026-03-02 s1d F1', '2026-03-11 s1d FEE']);
  });

  it('waived: not owed any more', () => {
    const engine = checkedEngine(aLadder(['1d']), aPlan({}, free));
    const waived = anInvoice({ total: 12_000, charges: [{ ...charges[0]!, waived: true }] });
    expect(statusOf(engine, owing(waived), noon('2026-03-02')).items).toMatchObject([
      { outstanding: 10_000 },
    ]);
  });
});

describe('The cadences that users ask for', () => {
  const days = (offsets: readonly string[], due = '2026-03-10', more: Partial<Policy> = {}) =>
    sent(
      walk(
        checkedEngine(aLadder(offsets, more), aPlan({}, free)),
        owing(anInvoice({ issued: '2026-01-15', due })),
        '2026-01-16',
        120,
      ),
    ).map((line) => line.slice(0, 10));
  const preset = (name: 'exporter' | 'preventive', due: string) => {
    const documents = presets[name]({ zone: 'America/Mexico_City', language: 'es' });
    const [policy] = documents.policies;
    const plain: Policy = { ...policy!, via: [{ channel: 'email' }] };
    const engine = checkedEngine(plain, { ...documents.plan, contact: free });
    return sent(walk(engine, owing(anInvoice({ issued: '2026-01-01', due })), '2026-01-10', 90)).map((line) =>
      line.slice(0, 10),
    );
  };

  it('S1: −7/0/+3 and nothing else', () => {
    expect(days(['-7d', '0d', '3d'])).toEqual(['2026-03-03', '2026-03-10', '2026-03-13']);
  });
  it('S2: 1, 3, 7 and 14 days after due', () => {
    expect(preset('exporter', '2026-03-10')).toEqual([
      '2026-03-11',
      '2026-03-13',
      '2026-03-17',
      '2026-03-24',
    ]);
  });
  it('S3: a week before, on the day, one week, two weeks, one month after', () => {
    expect(preset('preventive', '2026-01-31')).toEqual([
      '2026-01-24',
      '2026-01-31',
      '2026-02-07',
      '2026-02-14',
      '2026-02-28',
    ]);
  });
  it('S4: the first overdue reminder waits for grace, and the explanation names it', () => {
    expect(days(['1d', '3d', '7d'], '2026-03-10', { grace: '3d' })).toEqual(['2026-03-14', '2026-03-17']);
    const engine = checkedEngine(aLadder(['1d', '3d', '7d'], { grace: '3d' }), aPlan({}, free));
    const at = (day: string) => explain(engine, owing(anInvoice()), noon(day)).items[0];
    expect(at('2026-03-03')).toMatchObject({ acts: false, failed: 'date', reason: 'grace' });
    expect(at('2026-03-05')).toMatchObject({ acts: true });
    // What is not due by its own day waits for that.
    expect(at('2026-02-25')).toMatchObject({ acts: false, reason: 'not_yet' });
  });
  it('S5: keeps on as long as it is unpaid, up to the limit, never after payment', () => {
    const last = { repeat: '7d', times: 3 };
    expect(days(['1d'], '2026-03-10', { last })).toEqual([
      '2026-03-11',
      '2026-03-18',
      '2026-03-25',
      '2026-04-01',
    ]);
    const engine = checkedEngine(aLadder(['1d'], { last }), aPlan({}, free));
    const facts = { '2026-03-05': [told.payment(aPayment({ to: 'F1' }))] };
    expect(sent(walk(engine, owing(anInvoice()), '2026-03-01', 60, { facts }))).toHaveLength(1);
  });
  it('S7: the more formal text where nobody answered', () => {
    const answered = { fact: 'account.daysSinceReply', lte: 10 } as const;
    const stages = [
      aStage('s1', '1d'),
      aStage('calm', '8d', { when: answered }),
      aStage('formal', '8d', { when: { not: answered }, tone: 'formal' }),
    ];
    const engine = checkedEngine({ ...aLadder([]), stages }, aPlan({ blocks: { reply: 'continue' } }, free));
    const reply: FileEvent = {
      type: 'reply.upserted',
      reply: { id: 'Y1', at: noon('2026-03-04'), on: '2026-03-04', handled: true },
    };
    expect(sent(walk(engine, owing(anInvoice()), '2026-03-01', 12))[1]).toBe('2026-03-09 formal F1');
    expect(sent(walk(engine, evolveAll(owing(anInvoice()), [reply]), '2026-03-01', 12))[1]).toBe(
      '2026-03-09 calm F1',
    );
  });
  it('S29: not on Sundays, holidays or out of hours; the move is explained', () => {
    const windows = [
      { days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const, from: '09:00', to: '18:00' },
    ];
    const plan = aPlan(
      { calendar: { holidays: ['2026-03-02'] } },
      { ...free, windows: windows.map((one) => ({ ...one, days: [...one.days] })) },
    );
    const engine = checkedEngine(aLadder(['0d']), plan);
    const sunday = explain(engine, owing(anInvoice()), noon('2026-03-01')).items[0];
    expect(sunday).toMatchObject({
      acts: false,
      failed: 'contact_rules',
      reason: 'window',
      at: instant('2026-03-03T09:00:00-06:00'),
    });
    const holiday = explain(engine, owing(anInvoice({ due: '2026-03-02' })), noon('2026-03-02')).items[0];
    expect(holiday).toMatchObject({ reason: 'holiday' });
  });
});
