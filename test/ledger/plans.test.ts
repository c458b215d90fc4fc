import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatDay, parseDay } from '../../src/calendar/index.js';
import { type FileEvent, type Item, itemsOf } from '../../src/engine/index.js';
import { split } from '../../src/money/index.js';
import {
  aCredit,
  aDispute,
  aHold,
  anInvoice,
  aPayment,
  aPaymentPlan,
  aRefund,
  fileOf,
  instant,
  inTwoParts,
  told,
} from '../support/build.js';

const today = parseDay('2026-03-10');
const items = (...facts: readonly FileEvent[]): Item[] => itemsOf(fileOf(...facts), today);

/** What is owed and may be chased of each item, oldest first. */
function seen(...facts: readonly FileEvent[]): Record<string, string> {
  return Object.fromEntries(
    items(...facts).map(({ id, outstanding, dunnable, blocks }) => [
      id,
      [`${outstanding}/${dunnable}`, ...blocks.map((block) => `${block.kind} ${block.amount}`)].join(', '),
    ]),
  );
}

const invoice = told.invoice(anInvoice());
const second = told.invoice(anInvoice({ id: 'F2', due: '2026-03-05' }));
const plan = told.plan(aPaymentPlan());
const paid = (amount: number, own: Parameters<typeof aPayment>[0] = {}): FileEvent =>
  told.payment(aPayment({ amount, to: 'F1', date: '2026-03-06', ...own }));

describe('a payment plan', () => {
  it('takes the place of its invoices: its instalments are due on their own dates', () => {
    expect(seen(invoice, plan)).toEqual({
      F1: '0/0, plan 10000',
      '~plan:p1~1': '5000/5000',
      '~plan:p1~2': '5000/5000',
    });
    const [, first] = items(invoice, plan);
    expect(first).toMatchObject({ due: parseDay('2026-04-01'), original: 5_000 });
    expect(first?.invoice).toMatchObject({
      id: 'F1',
      number: 'p1 1/2',
      due: '2026-04-01',
      issued: '2026-03-05',
    });
  });

  it('is paid by date, and by id on one date, however its instalments are listed', () => {
    const instalments = [
      { id: 'c', due: '2026-05-01', amount: 4_000 },
      { id: 'b', due: '2026-04-01', amount: 3_000 },
      { id: 'a', due: '2026-05-01', amount: 3_000 },
    ];
    const own = items(invoice, told.plan(aPaymentPlan({ instalments })), paid(5_000)).slice(1);
    expect(own.map((item) => [item.id, item.outstanding, item.invoice.number])).toEqual([
      ['~plan:p1~b', 0, 'p1 1/3'],
      ['~plan:p1~a', 1_000, 'p1 2/3'],
      ['~plan:p1~c', 4_000, 'p1 3/3'],
    ]);
  });

  it('has the number that the debtor knows it by', () => {
    const named = told.plan(aPaymentPlan({ number: 'Convenio 7' }));
    expect(items(invoice, named)[1]?.invoice.number).toBe('Convenio 7 1/2');
  });

  it('pays the earliest instalment first', () => {
    expect(seen(invoice, plan, paid(3_000))).toEqual({
      F1: '0/0, plan 7000',
      '~plan:p1~1': '2000/2000',
      '~plan:p1~2': '5000/5000',
    });
    const [, first, rest] = items(invoice, plan, paid(6_000));
    expect(first).toMatchObject({ outstanding: 0, paid: 5_000, paidOn: parseDay('2026-03-06') });
    expect(rest).toMatchObject({ outstanding: 4_000, paid: 1_000 });
  });

  it('is settled by credits and pushed balances, too', () => {
    const credit = told.credit(aCredit({ amount: 6_000, to: 'F1', date: '2026-03-06' }));
    expect(items(invoice, plan, credit).map((item) => [item.outstanding, item.paid, item.credited])).toEqual([
      [0, 0, 6_000],
      [0, 0, 5_000],
      [4_000, 0, 1_000],
    ]);
    const pushed = told.invoice(
      anInvoice({ balance: { amount: 7_000, asOf: instant('2026-03-09T00:00:00-06:00') } }),
    );
    expect(seen(pushed, plan)).toMatchObject({ '~plan:p1~1': '2000/2000', '~plan:p1~2': '5000/5000' });
  });

  it('is owed again when money goes back', () => {
    const back = told.refund(aRefund({ amount: 3_000, date: '2026-03-08' }));
    expect(seen(invoice, plan, paid(5_000), back)).toMatchObject({
      '~plan:p1~1': '3000/3000',
      '~plan:p1~2': '5000/5000',
    });
  });

  it('covers its invoices oldest first, and leaves what it does not cover', () => {
    const facts = [invoice, second, told.plan(aPaymentPlan({ invoices: ['F2', 'F1'] }))];
    expect(seen(...facts)).toEqual({
      F1: '0/0, plan 10000',
      F2: '10000/10000',
      '~plan:p1~1': '5000/5000',
      '~plan:p1~2': '5000/5000',
    });
    // Money put to its invoices since it was made is the plan's: as much as before is left beside it.
    const shared = {
      F1: '4000/4000, plan 6000',
      F2: '6000/6000',
      '~plan:p1~1': '1000/1000',
      '~plan:p1~2': '5000/5000',
    };
    expect(seen(...facts, paid(4_000, { to: 'F2' }))).toEqual(shared);
    expect(seen(...facts, paid(4_000, { to: 'F2', date: '2026-03-05' }))).toEqual(shared);
    expect(seen(...facts, paid(4_000, { to: 'F2', date: '2026-03-04' }))).toEqual({
      F1: '0/0, plan 10000',
      F2: '6000/6000',
      '~plan:p1~1': '5000/5000',
      '~plan:p1~2': '5000/5000',
    });
  });

  it('leaves other invoices alone, also older ones', () => {
    const older = told.invoice(anInvoice({ id: 'F0', due: '2026-02-01' }));
    expect(seen(older, invoice, plan)).toEqual({
      F0: '10000/10000',
      F1: '0/0, plan 10000',
      '~plan:p1~1': '5000/5000',
      '~plan:p1~2': '5000/5000',
    });
    expect(items(older, invoice, plan).map((item) => item.replacedBy)).toEqual([
      undefined,
      'p1',
      undefined,
      undefined,
    ]);
  });

  it('leaves money from before it was made to the invoices', () => {
    const before = paid(2_000, { date: '2026-03-01' });
    const eight = split(8_000, 2).map((amount, index) => ({
      id: String(index + 1),
      due: formatDay(today + 30 * (index + 1)),
      amount,
    }));
    expect(seen(invoice, before, told.plan(aPaymentPlan({ instalments: eight })))).toMatchObject({
      F1: '0/0, plan 8000',
      '~plan:p1~1': '4000/4000',
      '~plan:p1~2': '4000/4000',
    });
  });

  it('covers the instalments of an invoice', () => {
    expect(seen(told.invoice(inTwoParts()), plan)).toEqual({
      'F1~1': '0/0, plan 5000',
      'F1~2': '0/0, plan 5000',
      '~plan:p1~1': '5000/5000',
      '~plan:p1~2': '5000/5000',
    });
  });

  it('gives the invoices back when it is broken or cancelled, with what was paid', () => {
    for (const state of ['broken', 'cancelled'] as const)
      expect(seen(invoice, told.plan(aPaymentPlan({ state })), paid(3_000))).toEqual({ F1: '7000/7000' });
  });

  it('is what holds and disputes of its invoices speak of', () => {
    expect(seen(invoice, plan, told.dispute(aDispute({ amount: 6_000 })))).toEqual({
      F1: '0/0, plan 10000',
      '~plan:p1~1': '5000/0, dispute 5000',
      '~plan:p1~2': '5000/4000, dispute 1000',
    });
    expect(seen(invoice, plan, told.hold(aHold({ invoice: 'F1' })))).toMatchObject({
      '~plan:p1~1': '5000/0, hold 5000',
      '~plan:p1~2': '5000/0, hold 5000',
    });
    expect(seen(invoice, second, plan, told.hold(aHold({ invoice: 'F2' })))).toMatchObject({
      '~plan:p1~1': '5000/5000',
    });
  });

  it('has its own policy, else that of its first invoice', () => {
    const own = told.invoice(anInvoice({ policy: 'gentle' }));
    expect(items(own, plan)[1]?.invoice.policy).toBe('gentle');
    expect(items(own, told.plan(aPaymentPlan({ policy: null })))[1]?.invoice.policy).toBeNull();
  });

  it('of invoices that are not known, or in another currency, waits', () => {
    expect(seen(plan)).toEqual({});
    expect(seen(told.invoice(anInvoice({ currency: 'USD' })), plan)).toEqual({ F1: '10000/10000' });
    const both = told.plan(aPaymentPlan({ invoices: ['F1', 'F2'] }));
    const dollars = told.invoice(anInvoice({ id: 'F2', currency: 'USD' }));
    expect(seen(invoice, dollars, both)).toEqual({
      F1: '0/0, plan 10000',
      F2: '10000/10000',
      '~plan:p1~1': '5000/5000',
      '~plan:p1~2': '5000/5000',
    });
  });

  it('made later covers what an earlier one left', () => {
    const later = told.plan(aPaymentPlan({ id: 'a0', made: '2026-03-06' }));
    const total = items(invoice, plan, later).reduce((sum, item) => sum + item.outstanding, 0);
    expect(total).toBe(10_000);
    expect(seen(invoice, plan, later)).toMatchObject({ '~plan:p1~1': '5000/5000', '~plan:a0~1': '0/0' });
  });
});

it('what is owed stays the same to the minor unit, however it is planned and paid', () => {
  const amount = fc.integer({ min: 1, max: 15_000 });
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 25_000 }),
      fc.integer({ min: 1, max: 7 }),
      fc.array(fc.tuple(amount, fc.constantFrom('F1', 'F2'), fc.integer({ min: 1, max: 9 })), {
        maxLength: 4,
      }),
      (total, parts, payments) => {
        const instalments = split(total, parts).map((part, index) => ({
          id: String(index + 1),
          due: formatDay(today + index),
          amount: part,
        }));
        const facts = [
          invoice,
          second,
          ...payments.map(([sum, to, day], index) =>
            paid(sum, { id: `P${index}`, to, date: `2026-03-0${day}` }),
          ),
        ];
        const sum = (list: readonly Item[]): number =>
          list.reduce((all, item) => all + Math.max(item.outstanding, 0), 0);
        const planned = items(...facts, told.plan(aPaymentPlan({ invoices: ['F1', 'F2'], instalments })));
        expect(sum(planned)).toBe(sum(items(...facts)));
        const own = planned.filter((item) => item.plan !== undefined);
        for (const item of own) expect(item.outstanding + item.paid + item.credited).toBe(item.original);
        // The earliest first: nothing is paid of a later one while an earlier one is owed.
        const open = own.findIndex((item) => item.outstanding > 0);
        if (open >= 0) for (const later of own.slice(open + 1)) expect(later.paid).toBe(0);
      },
    ),
  );
});
