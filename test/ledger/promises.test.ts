import { describe, expect, it } from 'vitest';
import { parseDay } from '../../src/calendar/index.js';
import {
  defaultLedgerRules,
  evolveAll,
  type FileEvent,
  itemsOf,
  type LedgerRules,
  promiseOutcomes,
} from '../../src/engine/index.js';
import type { PromiseOutcome } from '../../src/ledger/file.js';
import type { PaymentPromise } from '../../src/ledger/types.js';
import {
  aCredit,
  anInvoice,
  aPayment,
  aPromise,
  aRefund,
  fileOf,
  inTwoParts,
  told,
} from '../support/build.js';

const invoice = told.invoice(anInvoice());
const second = told.invoice(anInvoice({ id: 'F2', due: '2026-03-05' }));

type PromiseRules = LedgerRules['promise'];

function outcomes(day: string, facts: readonly FileEvent[], own: Partial<PromiseRules> = {}) {
  const rules = { ...defaultLedgerRules, promise: { ...defaultLedgerRules.promise, ...own } };
  const file = fileOf(...facts);
  const today = parseDay(day);
  const found = promiseOutcomes(file, itemsOf(file, today, rules), today, rules);
  return Object.fromEntries(found.map(({ id, outcome }) => [id, outcome]));
}

const promise = (own: Partial<PaymentPromise> = {}): FileEvent =>
  told.promise(aPromise({ amount: 6_000, date: '2026-03-10', ...own }));
const paid = (amount: number, date: string, to = 'F1', id = 'P1'): FileEvent =>
  told.payment(aPayment({ id, amount, to, date }));

describe('a promise', () => {
  it('is kept as soon as what was promised is paid', () => {
    expect(outcomes('2026-03-05', [invoice, promise(), paid(6_000, '2026-03-05')])).toEqual({ W1: 'kept' });
    expect(outcomes('2026-03-05', [invoice, promise(), paid(5_999, '2026-03-05')])).toEqual({});
  });

  it('of an amount in another currency means all that is open', () => {
    const dollars = promise({ currency: 'USD' });
    expect(outcomes('2026-03-05', [invoice, dollars, paid(6_000, '2026-03-05')])).toEqual({});
    expect(outcomes('2026-03-05', [invoice, dollars, paid(10_000, '2026-03-05')])).toEqual({ W1: 'kept' });
    expect(outcomes('2026-03-11', [invoice, dollars, paid(6_000, '2026-03-05')])).toEqual({ W1: 'partly' });
    const pesos = promise({ currency: 'MXN' });
    expect(outcomes('2026-03-05', [invoice, pesos, paid(6_000, '2026-03-05')])).toEqual({ W1: 'kept' });
  });

  it('of the same day has money before one of a later id, whichever came first', () => {
    const money = paid(6_000, '2026-03-05');
    for (const ids of [
      ['W1', 'W2'],
      ['W2', 'W1'],
    ])
      expect(outcomes('2026-03-11', [invoice, ...ids.map((id) => promise({ id })), money])).toEqual({
        W1: 'kept',
        W2: 'broken',
      });
  });

  it('is told of in the order of ids, whatever the order in which they came', () => {
    const ids = ['W2', 'W3', 'W1'];
    expect(Object.keys(outcomes('2026-03-11', [invoice, ...ids.map((id) => promise({ id }))]))).toEqual([
      'W1',
      'W2',
      'W3',
    ]);
  });

  it('is broken or partly kept once its last day plus grace is over, not before', () => {
    expect(outcomes('2026-03-10', [invoice, promise()])).toEqual({});
    expect(outcomes('2026-03-11', [invoice, promise()])).toEqual({ W1: 'broken' });
    expect(outcomes('2026-03-11', [invoice, promise({ graceDays: 2 })])).toEqual({});
    expect(outcomes('2026-03-13', [invoice, promise({ graceDays: 2 })])).toEqual({ W1: 'broken' });
    expect(outcomes('2026-03-11', [invoice, promise()], { graceDays: 1 })).toEqual({});
    expect(outcomes('2026-03-11', [invoice, promise({ graceDays: 0 })], { graceDays: 1 })).toEqual({
      W1: 'broken',
    });
    expect(outcomes('2026-03-11', [invoice, promise(), paid(1, '2026-03-10')])).toEqual({ W1: 'partly' });
  });

  it('without a day has the plan’s', () => {
    const open = promise({ date: undefined, made: '2026-03-02' });
    expect(outcomes('2026-03-09', [invoice, open])).toEqual({});
    expect(outcomes('2026-03-10', [invoice, open])).toEqual({ W1: 'broken' });
    expect(outcomes('2026-03-04', [invoice, open], { withinDays: 1 })).toEqual({ W1: 'broken' });
  });

  it('counts money from the day it was made to its last day', () => {
    expect(outcomes('2026-03-11', [invoice, promise(), paid(6_000, '2026-03-01')])).toEqual({ W1: 'broken' });
    expect(outcomes('2026-03-11', [invoice, promise(), paid(6_000, '2026-03-02')])).toEqual({ W1: 'kept' });
    expect(outcomes('2026-03-11', [invoice, promise(), paid(6_000, '2026-03-11')])).toEqual({ W1: 'broken' });
  });

  it('is kept within its tolerance, to the minor unit', () => {
    const facts = (amount: number, own: Partial<PaymentPromise> = {}): readonly FileEvent[] => [
      invoice,
      promise(own),
      paid(amount, '2026-03-05'),
    ];
    expect(outcomes('2026-03-11', facts(5_700), { tolerance: 5 })).toEqual({ W1: 'kept' });
    expect(outcomes('2026-03-11', facts(5_699), { tolerance: 5 })).toEqual({ W1: 'partly' });
    expect(outcomes('2026-03-11', facts(5_850, { tolerance: 2.5 }))).toEqual({ W1: 'kept' });
    expect(outcomes('2026-03-11', facts(5_849, { tolerance: 2.5 }))).toEqual({ W1: 'partly' });
    expect(outcomes('2026-03-11', [invoice, promise()], { tolerance: 100 })).toEqual({ W1: 'broken' });
  });

  it('of all that is open is kept when all of it is paid', () => {
    const all = promise({ amount: undefined });
    expect(outcomes('2026-03-11', [invoice, all, paid(9_999, '2026-03-05')])).toEqual({ W1: 'partly' });
    expect(outcomes('2026-03-05', [invoice, all, paid(10_000, '2026-03-05')])).toEqual({ W1: 'kept' });
    expect(outcomes('2026-03-11', [invoice, all, paid(9_999, '2026-03-05')], { tolerance: 1 })).toEqual({
      W1: 'kept',
    });
  });

  it('ends by being cancelled; one whose debt was credited has no outcome', () => {
    expect(outcomes('2026-03-03', [invoice, promise({ state: 'cancelled' })])).toEqual({ W1: 'cancelled' });
    expect(outcomes('2026-03-11', [invoice, promise(), told.credit(aCredit({ to: 'F1' }))])).toEqual({});
  });

  it('for what is paid in full by less is kept: nothing is owed any more', () => {
    const facts = [invoice, paid(7_000, '2026-03-01'), promise(), paid(3_000, '2026-03-04', 'F1', 'P2')];
    expect(outcomes('2026-03-05', facts)).toEqual({ W1: 'kept' });
  });

  it('for an instalment is not kept by paying another', () => {
    const facts = [told.invoice(inTwoParts()), promise({ instalment: '1', amount: 5_000 })];
    expect(outcomes('2026-03-11', [...facts, paid(5_000, '2026-03-05', 'F1~2')])).toEqual({ W1: 'broken' });
    expect(outcomes('2026-03-11', [...facts, paid(5_000, '2026-03-05', 'F1~1')])).toEqual({ W1: 'kept' });
  });

  it('is not kept by money that went back', () => {
    const facts = [invoice, promise(), paid(6_000, '2026-03-05')];
    const back = told.refund(aRefund({ amount: 1_000, date: '2026-03-06' }));
    expect(outcomes('2026-03-11', [...facts, back])).toEqual({ W1: 'partly' });
  });

  it('may be for several invoices, or for the account whatever the money was put to', () => {
    const several = promise({ invoice: undefined, invoices: ['F1', 'F2'], amount: 12_000, currency: 'MXN' });
    const money = [paid(4_000, '2026-03-05'), paid(8_000, '2026-03-06', 'F2', 'P2')];
    expect(outcomes('2026-03-06', [invoice, second, several, ...money])).toEqual({ W1: 'kept' });
    const whole = promise({ invoice: undefined, amount: 5_000, currency: 'MXN' });
    const loose = told.payment(aPayment({ id: 'P3', amount: 2_000, date: '2026-03-05' }));
    expect(outcomes('2026-03-06', [invoice, whole, loose, paid(3_000, '2026-03-05')])).toEqual({
      W1: 'kept',
    });
    const dollars = told.payment(aPayment({ id: 'P4', amount: 9_000, currency: 'USD', date: '2026-03-05' }));
    expect(outcomes('2026-03-11', [invoice, whole, dollars])).toEqual({ W1: 'broken' });
    const foreign = told.invoice(anInvoice({ id: 'USD', currency: 'USD' }));
    const applied = told.payment(
      aPayment({ id: 'P5', amount: 9_000, currency: 'USD', to: 'USD', date: '2026-03-05' }),
    );
    expect(outcomes('2026-03-11', [invoice, foreign, whole, applied])).toEqual({ W1: 'broken' });
  });

  it('of an invoice that is not known yet waits for it', () => {
    expect(outcomes('2026-03-11', [promise()])).toEqual({});
  });
});

describe('several promises', () => {
  it('do not count the same money twice: the earliest day has it', () => {
    const early = promise({ id: 'W2', date: '2026-03-08', amount: 5_000 });
    const late = promise({ id: 'W1', date: '2026-03-12', amount: 5_000 });
    const facts = [invoice, early, late, paid(5_000, '2026-03-05')];
    expect(outcomes('2026-03-05', facts)).toEqual({ W2: 'kept' });
    expect(outcomes('2026-03-13', facts)).toEqual({ W2: 'kept', W1: 'broken' });
  });
});

it('money beyond what the earliest promise needs counts for the next', () => {
  const early = promise({ id: 'W2', date: '2026-03-08', amount: 3_000 });
  const late = promise({ id: 'W1', date: '2026-03-12', amount: 3_000 });
  const money = [paid(2_000, '2026-03-05'), paid(4_000, '2026-03-06', 'F1', 'P2')];
  expect(outcomes('2026-03-06', [invoice, early, late, ...money])).toEqual({ W1: 'kept', W2: 'kept' });
});

describe('an outcome', () => {
  const ended = (own: PromiseOutcome): FileEvent => ({ type: 'promise.ended', promise: own });
  const broken = ended({ id: 'W1', outcome: 'broken', on: '2026-03-11' });

  it('is told once', () => {
    expect(outcomes('2026-03-12', [invoice, promise(), broken])).toEqual({});
  });

  it('is judged anew when the promise was given a later day', () => {
    const facts = [invoice, promise({ date: '2026-03-20' }), broken];
    expect(outcomes('2026-03-12', facts)).toEqual({});
    expect(outcomes('2026-03-21', facts)).toEqual({ W1: 'broken' });
    const again = ended({ id: 'W1', outcome: 'kept', on: '2026-03-12' });
    expect(outcomes('2026-03-21', [...facts, again])).toEqual({});
    expect(evolveAll(fileOf(...facts), [again]).kept.get('W1')?.outcome).toBe('kept');
  });
});

it('a promise of the whole account keeps back its amount, oldest item first', () => {
  const whole = told.promise(aPromise({ invoice: undefined, amount: 12_000, currency: 'MXN' }));
  const items = itemsOf(fileOf(invoice, second, whole), parseDay('2026-03-06'));
  expect(items.map((item) => [item.id, item.dunnable])).toEqual([
    ['F1', 0],
    ['F2', 8_000],
  ]);
});

it('a promise of the whole account in a currency leaves others alone; without an amount it is of all', () => {
  const foreign = told.invoice(anInvoice({ id: 'USD', currency: 'USD' }));
  const left = (own: Partial<PaymentPromise>): readonly number[] => {
    const whole = told.promise(aPromise({ invoice: undefined, ...own }));
    return itemsOf(fileOf(invoice, foreign, whole), parseDay('2026-03-06')).map((item) => item.dunnable);
  };
  expect(left({ amount: 90_000, currency: 'MXN' })).toEqual([0, 10_000]);
  expect(left({})).toEqual([0, 0]);
  const all = promise({ invoice: undefined, amount: undefined });
  expect(outcomes('2026-03-11', [invoice, foreign, all])).toEqual({ W1: 'broken' });
});
