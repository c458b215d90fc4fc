import { describe, expect, it } from 'vitest';
import { parseDay } from '../../src/calendar/index.js';
import type { FileEvent } from '../../src/engine/index.js';
import {
  isReceivable,
  type Line,
  linesOf,
  type Settlement,
  settlementByInstalment,
  settlementOf,
} from '../../src/ledger/settlement.js';
import type { BookedCharge, Invoice } from '../../src/ledger/types.js';
import { aCredit, anInvoice, aPayment, aRefund, fileOf, inTwoParts, told } from '../support/build.js';

const asOf = 1_000;

function line(own: Partial<Line> = {}): Line {
  return {
    instalment: undefined,
    amount: 1_000,
    bookedAt: asOf + 1,
    date: '2026-03-02',
    credit: false,
    ...own,
  };
}

function settled(outstanding: number, paid = 0, credited = 0, paidOn?: string): Settlement {
  return { outstanding, paid, credited, paidOn: paidOn === undefined ? undefined : parseDay(paidOn) };
}

function whole(invoice: Invoice, lines?: readonly Line[]): Settlement {
  return { ...settlementOf(invoice, lines) };
}

function byPart(invoice: Invoice, lines?: readonly Line[]): Record<string, Settlement> {
  return Object.fromEntries(
    [...settlementByInstalment(invoice, lines)].map(([id, share]) => [id, { ...share }]),
  );
}

function aCharge(own: Partial<BookedCharge> = {}): BookedCharge {
  return { id: 'K1', amount: 300, on: '2026-03-05', waived: false, ...own };
}

describe('what is put to an invoice', () => {
  it('is nothing where no money is known', () => {
    expect(linesOf(fileOf(told.invoice(anInvoice())))).toBeUndefined();
  });

  it('counts booked payments and finalised credits of its own currency only', () => {
    const file = fileOf(
      told.invoice(anInvoice()),
      told.payment(aPayment({ id: 'P1', amount: 1_000, to: 'F1' })),
      told.payment(aPayment({ id: 'P2', amount: 200, to: 'F1', currency: 'USD' })),
      told.payment(aPayment({ id: 'P3', amount: 300, to: 'F1', state: 'reversed' })),
      told.payment(aPayment({ id: 'P4', amount: 400, to: 'F9' })),
      told.credit(aCredit({ id: 'C1', amount: 50, to: 'F1' })),
      told.credit(aCredit({ id: 'C2', amount: 60, to: 'F1', currency: 'USD' })),
      told.credit(aCredit({ id: 'C3', amount: 70, to: 'F1', state: 'draft' })),
      told.credit(aCredit({ id: 'C4', amount: 80, to: 'F1', state: 'cancelled' })),
    );
    const lines = linesOf(file);
    expect([...(lines?.keys() ?? [])]).toEqual(['F1']);
    expect(lines?.get('F1')?.map(({ amount, credit }) => [amount, credit])).toEqual([
      [1_000, false],
      [50, true],
    ]);
  });

  it('is known where there are credits alone', () => {
    const file = fileOf(told.invoice(anInvoice()), told.credit(aCredit({ amount: 50, to: 'F1~2' })));
    expect(linesOf(file)?.get('F1')).toEqual([
      {
        instalment: '2',
        amount: 50,
        bookedAt: aCredit().bookedAt,
        date: '2026-03-02',
        credit: true,
      },
    ]);
  });

  it('is less by what a refund takes back, told by a record of its own or on the payment', () => {
    const amounts = (...facts: readonly FileEvent[]) =>
      linesOf(fileOf(told.invoice(anInvoice()), ...facts))
        ?.get('F1')
        ?.map(({ amount, date, credit }) => [amount, date, credit]);
    const payment = told.payment(aPayment({ amount: 1_000, to: 'F1' }));
    const paid = [1_000, '2026-03-02', false];
    expect(amounts(payment, told.refund(aRefund({ amount: 400 })))).toEqual([
      paid,
      [-400, '2026-03-04', false],
    ]);
    expect(amounts(told.payment(aPayment({ amount: 1_000, to: 'F1', refunded: 250 })))).toEqual([
      paid,
      [-250, '2026-03-02', false],
    ]);
    expect(amounts(payment, told.refund(aRefund({ amount: 400, state: 'reversed' })))).toEqual([paid]);
    const named = aRefund({ payment: undefined, amount: 400, allocations: [{ invoice: 'F1', amount: 400 }] });
    expect(amounts(told.refund(named))).toEqual([[-400, '2026-03-04', false]]);
    expect(amounts(payment, told.refund({ ...named, currency: 'USD' }))).toEqual([paid]);
  });

  it('of one day has one order, whatever the order in which it was told', () => {
    const facts = [
      told.payment(aPayment({ id: 'P1', amount: 1, to: 'F1' })),
      told.payment(aPayment({ id: 'P2', amount: 2, to: 'F1~2' })),
      told.payment(aPayment({ id: 'P3', amount: 3, to: 'F1~1' })),
      told.payment(aPayment({ id: 'P4', amount: 4, to: 'F1~1' })),
      told.payment(aPayment({ id: 'P5', amount: 4, to: 'F1~1', bookedAt: 20 })),
      told.payment(aPayment({ id: 'P6', amount: 4, to: 'F1~1', bookedAt: 10 })),
      told.payment(aPayment({ id: 'P7', amount: 5, to: 'F1' })),
      told.credit(aCredit({ id: 'C1', amount: 6, to: 'F1' })),
      told.credit(aCredit({ id: 'C2', amount: 7, to: 'F1' })),
    ];
    const turned = [...facts.slice(4), ...facts.slice(0, 4)];
    for (const order of [facts, [...facts].reverse(), turned]) {
      const list = linesOf(fileOf(told.invoice(inTwoParts()), ...order))?.get('F1') ?? [];
      expect(list.map(({ instalment, amount }) => [instalment, amount])).toEqual([
        [undefined, 5],
        [undefined, 1],
        ['1', 4],
        ['1', 4],
        ['1', 4],
        ['1', 3],
        ['2', 2],
        [undefined, 7],
        [undefined, 6],
      ]);
      expect(list.slice(2, 4).map(({ bookedAt }) => bookedAt)).toEqual([10, 20]);
    }
  });

  it('stands by date, money before credits, whatever the order in which it was told', () => {
    const facts = [
      told.payment(aPayment({ id: 'P1', amount: 1, to: 'F1', date: '2026-03-04' })),
      told.payment(aPayment({ id: 'P2', amount: 2, to: 'F1', date: '2026-03-03' })),
      told.credit(aCredit({ id: 'C1', amount: 3, to: 'F1', date: '2026-03-03' })),
      told.credit(aCredit({ id: 'C2', amount: 4, to: 'F1', date: '2026-03-02' })),
      told.payment(aPayment({ id: 'P3', amount: 5, to: 'F1', date: '2026-03-05' })),
    ];
    for (const order of [facts, [...facts].reverse()]) {
      const lines = linesOf(fileOf(told.invoice(anInvoice()), ...order));
      expect(lines?.get('F1')?.map(({ amount }) => amount)).toEqual([4, 2, 3, 1, 5]);
    }
  });
});

describe('an invoice as a whole', () => {
  it('is owed in full where nothing happened', () => {
    expect(whole(anInvoice())).toEqual(settled(10_000));
    expect(whole(inTwoParts())).toEqual(settled(10_000));
  });

  it.each(['draft', 'void', 'written-off'] as const)('owes nothing when it is %s', (status) => {
    const invoice = anInvoice({ status, writtenOff: 1 });
    expect(isReceivable(invoice)).toBe(false);
    expect(whole(invoice, [line()])).toEqual(settled(0));
    expect(byPart(inTwoParts({ status }), [line()])).toEqual({ 1: settled(0), 2: settled(0) });
  });

  it('owes nothing when it is ours to pay', () => {
    expect(isReceivable(anInvoice({ type: 'payable' }))).toBe(false);
    expect(isReceivable(anInvoice({ type: 'invoice' }))).toBe(true);
    expect(whole(anInvoice({ type: 'payable' }))).toEqual(settled(0));
  });

  it('tells what was paid from what was credited and written off, and the day of the last payment', () => {
    const lines = [
      line({ amount: 3_000, date: '2026-03-05' }),
      line({ amount: 2_000, date: '2026-03-03' }),
      line({ amount: 500, date: '2026-03-09', credit: true }),
    ];
    expect(whole(anInvoice({ writtenOff: 100 }), lines)).toEqual(settled(4_400, 5_000, 500, '2026-03-05'));
    expect(whole(anInvoice(), [...lines].reverse())).toEqual(settled(4_500, 5_000, 500, '2026-03-05'));
    expect(whole(anInvoice({ writtenOff: 100 }))).toEqual(settled(9_900));
  });

  it('does not owe the charges that were waived, unless a balance speaks', () => {
    const charges = [aCharge({ waived: true }), aCharge({ id: 'K2', amount: 50 })];
    expect(whole(anInvoice({ charges }))).toEqual(settled(9_700));
    expect(whole(anInvoice({ charges }), [line()])).toEqual(settled(8_700, 1_000, 0, '2026-03-02'));
    expect(whole(anInvoice({ charges, balance: { amount: 6_000, asOf } }))).toEqual(settled(6_000, 4_000));
    expect(byPart(inTwoParts({ charges }))).toEqual({ 1: settled(5_000), 2: settled(4_700) });
    expect(byPart(inTwoParts({ charges, balance: { amount: 10_000, asOf } }))).toEqual({
      1: settled(5_000),
      2: settled(5_000),
    });
  });

  it('may be overpaid', () => {
    expect(whole(anInvoice(), [line({ amount: 12_000 })])).toEqual(settled(-2_000, 12_000, 0, '2026-03-02'));
  });
});

describe('a pushed balance', () => {
  const told6000 = (own: Partial<Invoice> = {}): Invoice =>
    anInvoice({ balance: { amount: 6_000, asOf }, ...own });

  it('says what was paid, without a day where no payment is known', () => {
    expect(whole(told6000())).toEqual(settled(6_000, 4_000));
  });

  it('holds for what was booked up to its instant; what came later is taken off', () => {
    expect(whole(told6000(), [line({ bookedAt: asOf })])).toEqual(settled(6_000, 4_000, 0, '2026-03-02'));
    expect(whole(told6000(), [line({ bookedAt: asOf + 1 })])).toEqual(settled(5_000, 5_000, 0, '2026-03-02'));
  });

  it('gives its difference to known lines first, then to the write-off, then to payments nobody told of', () => {
    const known = [
      line({ amount: 1_000, bookedAt: asOf, date: '2026-03-04' }),
      line({ amount: 500, bookedAt: asOf, credit: true }),
    ];
    expect(whole(told6000({ writtenOff: 700 }), known)).toEqual(settled(6_000, 2_800, 500, '2026-03-04'));
    expect(whole(told6000({ writtenOff: 4_000 }), known)).toEqual(settled(6_000, 1_000, 500, '2026-03-04'));
  });

  it('caps what is known of that time, and believes a balance above the total', () => {
    expect(whole(told6000(), [line({ amount: 9_000, bookedAt: asOf })])).toEqual(
      settled(6_000, 4_000, 0, '2026-03-02'),
    );
    expect(whole(anInvoice({ balance: { amount: 10_300, asOf } }), [line({ bookedAt: asOf })])).toEqual(
      settled(10_300),
    );
    expect(whole(anInvoice({ balance: { amount: 10_300, asOf } }), [line()])).toEqual(
      settled(9_300, 1_000, 0, '2026-03-02'),
    );
  });

  it('counts nothing twice, and no refund of its own time', () => {
    const credit = line({ amount: 1_000, credit: true });
    expect(whole(told6000(), [credit])).toEqual(settled(5_000, 4_000, 1_000));
    const named = { ...credit, bookedAt: asOf, instalment: '1' };
    expect(whole(told6000(), [named])).toEqual(settled(6_000, 3_000, 1_000));
    const early = [line({ amount: 5_000, bookedAt: asOf }), line({ amount: -1_000, bookedAt: asOf })];
    expect(whole(told6000(), early)).toEqual(settled(6_000, 4_000, 0, '2026-03-02'));
    expect(whole(told6000(), [line({ amount: -1_000, bookedAt: asOf })])).toEqual(settled(6_000, 4_000));
  });

  it('puts what names an instalment there before the rest', () => {
    const invoice = inTwoParts({ balance: { amount: 4_000, asOf } });
    const lines = [
      line({ amount: 3_000, bookedAt: asOf }),
      line({ amount: 5_000, bookedAt: asOf, instalment: '2', date: '2026-03-08' }),
    ];
    expect(byPart(invoice, lines)).toEqual({
      1: settled(4_000, 1_000, 0, '2026-03-02'),
      2: settled(0, 5_000, 0, '2026-03-08'),
    });
  });

  it('above the total burdens the earliest instalment', () => {
    expect(byPart(inTwoParts({ balance: { amount: 10_300, asOf } }))).toEqual({
      1: settled(5_300),
      2: settled(5_000),
    });
  });
});

describe('instalments', () => {
  it('come earliest due first, ties by id, whatever the order in which they were written', () => {
    const parts = [
      { id: 'c', due: '2026-05-01', amount: 2_500 },
      { id: 'b', due: '2026-03-01', amount: 2_500 },
      { id: 'd', due: '2026-04-01', amount: 2_500 },
      { id: 'a', due: '2026-04-01', amount: 2_500 },
    ];
    for (const instalments of [parts, [...parts].reverse()]) {
      const shares = settlementByInstalment(inTwoParts({ instalments }), [line({ amount: 6_000 })]);
      expect([...shares].map(([id, { outstanding }]) => [id, outstanding])).toEqual([
        ['b', 0],
        ['a', 0],
        ['d', 1_500],
        ['c', 2_500],
      ]);
    }
  });

  it('are none where there are none', () => {
    expect(byPart(anInvoice(), [line()])).toEqual({});
    expect(byPart(anInvoice({ balance: { amount: 10_300, asOf } }))).toEqual({});
  });

  it('keep money that names them, and pass on what is too much', () => {
    expect(byPart(inTwoParts(), [line({ amount: 3_000, instalment: '2' })])).toEqual({
      1: settled(5_000),
      2: settled(2_000, 3_000, 0, '2026-03-02'),
    });
    expect(byPart(inTwoParts(), [line({ amount: 6_000, instalment: '2' })])).toEqual({
      1: settled(4_000, 1_000, 0, '2026-03-02'),
      2: settled(0, 5_000, 0, '2026-03-02'),
    });
  });

  it('share out credits and write-offs as they do payments', () => {
    expect(byPart(inTwoParts({ writtenOff: 1_000 }), [line({ amount: 5_000, credit: true })])).toEqual({
      1: settled(0, 0, 4_000),
      2: settled(4_000, 0, 1_000),
    });
  });

  it('give back what a refund took, the latest due first, but first what was paid too much', () => {
    const paid = line({ amount: 11_000, date: '2026-03-02' });
    const refund = (amount: number, instalment?: string): Line =>
      line({ amount: -amount, date: '2026-03-06', instalment });
    expect(byPart(inTwoParts(), [paid, refund(1_000)])).toEqual({
      1: settled(0, 5_000, 0, '2026-03-02'),
      2: settled(0, 5_000, 0, '2026-03-02'),
    });
    expect(byPart(inTwoParts(), [paid, refund(7_000)])).toEqual({
      1: settled(1_000, 4_000, 0, '2026-03-02'),
      2: settled(5_000),
    });
    expect(byPart(inTwoParts(), [paid, refund(3_000, '1')])).toEqual({
      1: settled(2_000, 3_000, 0, '2026-03-02'),
      2: settled(0, 5_000, 0, '2026-03-02'),
    });
    expect(byPart(inTwoParts(), [paid, refund(500), refund(700)])).toEqual({
      1: settled(0, 5_000, 0, '2026-03-02'),
      2: settled(200, 4_800, 0, '2026-03-02'),
    });
  });
});

describe('a refund', () => {
  it('does not come out of what was credited too much', () => {
    const lines = [
      line({ amount: 4_000, instalment: '1' }),
      line({ amount: 7_000, credit: true }),
      line({ amount: -500, date: '2026-03-06' }),
    ];
    expect(byPart(inTwoParts(), lines)).toEqual({
      1: settled(500, 3_500, 1_000, '2026-03-02'),
      2: settled(0, 0, 5_000),
    });
  });

  it('of a whole invoice makes it owed again', () => {
    expect(whole(anInvoice(), [line({ amount: 10_000 }), line({ amount: -10_000 })])).toEqual(
      settled(10_000),
    );
    expect(whole(anInvoice(), [line({ amount: 10_000 }), line({ amount: -4_000 })])).toEqual(
      settled(4_000, 6_000, 0, '2026-03-02'),
    );
  });

  it('gives back no more than was paid', () => {
    expect(whole(anInvoice(), [line({ amount: 1_000 }), line({ amount: -4_000 })])).toEqual(settled(10_000));
  });
});
