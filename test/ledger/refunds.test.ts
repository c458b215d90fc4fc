import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDay } from '../../src/calendar/index.js';
import { type FileEvent, itemsOf, unappliedOf } from '../../src/engine/index.js';
import type { Allocation } from '../../src/ledger/types.js';
import { anInvoice, aPayment, aRefund, fileOf, instant, inTwoParts, told } from '../support/build.js';

const today = parseDay('2026-03-10');

/** What is owed of each item. */
function owed(...facts: readonly FileEvent[]): Record<string, number> {
  return Object.fromEntries(itemsOf(fileOf(...facts), today).map((item) => [item.id, item.outstanding]));
}

const invoice = told.invoice(anInvoice());
const payment = told.payment(aPayment({ to: 'F1' }));

describe('a refund', () => {
  it('makes the debt again, from its original due date', () => {
    const [item] = itemsOf(fileOf(invoice, payment, told.refund(aRefund())), today);
    expect(item).toMatchObject({
      outstanding: 10_000,
      paid: 0,
      paidOn: undefined,
      due: parseDay('2026-03-01'),
    });
  });

  it('in part leaves the rest paid', () => {
    const [item] = itemsOf(fileOf(invoice, payment, told.refund(aRefund({ amount: 3_000 }))), today);
    expect(item).toMatchObject({ outstanding: 3_000, paid: 7_000, paidOn: parseDay('2026-03-02') });
  });

  it('that is reversed never was, and the refund of a payment that came back does nothing', () => {
    expect(owed(invoice, payment, told.refund(aRefund({ state: 'reversed' }))).F1).toBe(0);
    const back = told.payment(aPayment({ to: 'F1', state: 'reversed' }));
    expect(owed(invoice, back, told.refund(aRefund())).F1).toBe(10_000);
  });

  it('of more than came in gives back what came in', () => {
    expect(owed(invoice, payment, told.refund(aRefund({ amount: 90_000 }))).F1).toBe(10_000);
    const many = ['A', 'B', 'C'].map((id) => told.refund(aRefund({ id, amount: 6_000 })));
    expect(owed(invoice, payment, ...many).F1).toBe(10_000);
  });

  it('takes first what the payment put nowhere, then its allocations from the last', () => {
    const second = told.invoice(anInvoice({ id: 'F2', due: '2026-03-02' }));
    const both = told.payment(
      aPayment({
        amount: 25_000,
        allocations: [
          { invoice: 'F1', amount: 10_000 },
          { invoice: 'F2', amount: 10_000 },
        ],
      }),
    );
    const back = (amount: number): FileEvent => told.refund(aRefund({ amount }));
    expect(owed(invoice, second, both, back(5_000))).toEqual({ F1: 0, F2: 0 });
    expect(unappliedOf(fileOf(invoice, second, both, back(2_000))).get('MXN')).toBe(3_000);
    expect(owed(invoice, second, both, back(9_000))).toEqual({ F1: 0, F2: 4_000 });
    expect(owed(invoice, second, both, back(17_000))).toEqual({ F1: 2_000, F2: 10_000 });
    const twice = ['A', 'B'].map((id) => told.refund(aRefund({ id, amount: 8_500 })));
    expect(owed(invoice, second, both, ...twice)).toEqual({ F1: 2_000, F2: 10_000 });
    const named = told.refund(aRefund({ amount: 4_000, allocations: [{ invoice: 'F1', amount: 4_000 }] }));
    expect(owed(invoice, second, both, named)).toEqual({ F1: 4_000, F2: 0 });
  });

  it('that names instalments, or an invoice of several, takes from each no more than it names', () => {
    const parts = told.invoice(inTwoParts());
    const second = told.invoice(anInvoice({ id: 'F2', due: '2026-03-02' }));
    const all = told.payment(
      aPayment({
        amount: 20_000,
        allocations: [
          { invoice: 'F1', instalment: '1', amount: 5_000 },
          { invoice: 'F1', instalment: '2', amount: 5_000 },
          { invoice: 'F2', amount: 10_000 },
        ],
      }),
    );
    const back = (...allocations: readonly Allocation[]) =>
      owed(parts, second, all, told.refund(aRefund({ amount: 8_000, allocations })));
    expect(back({ invoice: 'F1', instalment: '1', amount: 4_000 }, { invoice: 'F2', amount: 4_000 })).toEqual(
      {
        'F1~1': 4_000,
        'F1~2': 0,
        F2: 4_000,
      },
    );
    // Without an instalment: of each in its turn, until the sum is reached; the rest is taken from the last.
    expect(back({ invoice: 'F1', amount: 7_000 })).toEqual({ 'F1~1': 5_000, 'F1~2': 2_000, F2: 1_000 });
    expect(back({ invoice: 'F1', instalment: '2', amount: 3_000 })).toEqual({
      'F1~1': 0,
      'F1~2': 3_000,
      F2: 5_000,
    });
  });

  it('of one instalment opens that one, else the one due last', () => {
    const parts = told.invoice(inTwoParts());
    const all = told.payment(aPayment({ to: 'F1' }));
    expect(owed(parts, all, told.refund(aRefund({ amount: 2_000 })))).toEqual({ 'F1~1': 0, 'F1~2': 2_000 });
    const first = told.payment(aPayment({ amount: 5_000, to: 'F1~1' }));
    const second = told.payment(aPayment({ id: 'P2', amount: 5_000, to: 'F1~2' }));
    expect(owed(parts, first, second, told.refund(aRefund({ amount: 2_000 })))).toEqual({
      'F1~1': 2_000,
      'F1~2': 0,
    });
  });

  it('of what was paid beyond the invoice opens nothing', () => {
    const over = told.payment(aPayment({ amount: 12_000, to: 'F1' }));
    const back = told.refund(aRefund({ amount: 2_000 }));
    expect(owed(invoice, over, back).F1).toBe(0);
    expect(owed(told.invoice(inTwoParts()), over, back)).toEqual({ 'F1~1': 0, 'F1~2': 0 });
  });

  it('without a payment gives back from what it names, else from money put nowhere', () => {
    const loose = { payment: undefined };
    const named = told.refund(
      aRefund({ ...loose, amount: 1_000, allocations: [{ invoice: 'F1', amount: 1_000 }] }),
    );
    expect(owed(invoice, payment, named).F1).toBe(1_000);
    const free = told.payment(aPayment({ id: 'P2', amount: 4_000 }));
    const back = told.refund(aRefund({ ...loose, amount: 1_500 }));
    expect(unappliedOf(fileOf(invoice, free, back)).get('MXN')).toBe(2_500);
    expect(unappliedOf(fileOf(invoice, back)).size).toBe(0);
  });

  it('of a payment that is not known yet, or of another currency, waits', () => {
    expect(owed(invoice, payment, told.refund(aRefund({ payment: 'P9' }))).F1).toBe(0);
    expect(owed(invoice, payment, told.refund(aRefund({ currency: 'USD' }))).F1).toBe(0);
  });

  it('booked before a pushed balance is in it; booked after, it is not', () => {
    const asOf = instant('2026-03-05T00:00:00-06:00');
    const pushed = told.invoice(anInvoice({ balance: { amount: 0, asOf } }));
    expect(owed(pushed, payment, told.refund(aRefund({ date: '2026-03-04' }))).F1).toBe(0);
    expect(owed(pushed, payment, told.refund(aRefund({ date: '2026-03-06' }))).F1).toBe(10_000);
  });
});

describe('what was given back in all', () => {
  const cumulative = (refunded: number): FileEvent => told.payment(aPayment({ to: 'F1', refunded }));

  it('is told anew each time', () => {
    expect([0, 3_000, 10_000].map((sum) => owed(invoice, cumulative(sum)).F1)).toEqual([0, 3_000, 10_000]);
  });

  it('and single refunds are not added up: the greater counts', () => {
    const single = told.refund(aRefund({ amount: 3_000 }));
    expect(owed(invoice, cumulative(3_000), single).F1).toBe(3_000);
    expect(owed(invoice, cumulative(5_000), single).F1).toBe(5_000);
    expect(owed(invoice, cumulative(1_000), single).F1).toBe(3_000);
  });
});

it('money that came and went adds up to the minor unit, whatever was given back', () => {
  const amount = fc.integer({ min: 1, max: 12_000 });
  fc.assert(
    fc.property(
      fc.array(amount, { maxLength: 3 }),
      fc.array(fc.tuple(amount, fc.constantFrom('P0', 'P1', 'P2')), { maxLength: 4 }),
      fc.boolean(),
      (paid, refunded, parts) => {
        const payments = paid.map((one, index) =>
          told.payment(aPayment({ id: `P${index}`, amount: one, to: 'F1', date: `2026-03-0${index + 1}` })),
        );
        const refunds = refunded.map(([one, id], index) =>
          told.refund(aRefund({ id: `R${index}`, payment: id, amount: one })),
        );
        const sums = paid.map((one, index) => {
          const back = refunded.reduce((sum, [amount, id]) => sum + (id === `P${index}` ? amount : 0), 0);
          return Math.max(one - back, 0);
        });
        const net = sums.reduce((sum, one) => sum + one, 0);
        const items = itemsOf(
          fileOf(told.invoice(parts ? inTwoParts() : anInvoice()), ...payments, ...refunds),
          today,
        );
        const open = items.reduce((sum, item) => sum + Math.max(item.outstanding, 0), 0);
        expect(open).toBe(Math.max(10_000 - net, 0));
        const known = items.reduce((sum, item) => sum + item.outstanding + item.paid, 0);
        expect(known).toBe(10_000);
      },
    ),
  );
});
