import { describe, expect, it } from 'vitest';
import { formatDay, parseDay } from '../../src/calendar/index.js';
import { type FileEvent, itemsOf } from '../../src/engine/index.js';
import {
  aCredit,
  aDispute,
  aHold,
  anInvoice,
  aPayment,
  aPromise,
  fileOf,
  instant,
  inTwoParts,
  told,
} from '../support/build.js';

/** What may be chased of each item on a day, with what keeps the rest back. */
function chased(day: string, ...facts: readonly FileEvent[]): Record<string, unknown> {
  return Object.fromEntries(
    itemsOf(fileOf(...facts), parseDay(day)).map((item) => [
      item.id,
      [
        item.dunnable,
        ...item.blocks.map(
          (block) =>
            `${block.kind} ${block.amount}${block.until === undefined ? '' : ` until ${formatDay(block.until)}`}`,
        ),
      ],
    ]),
  );
}

const invoice = told.invoice(anInvoice());
const second = told.invoice(anInvoice({ id: 'F2', due: '2026-03-15' }));

describe('a hold', () => {
  it('keeps back from its first to its last day, both included', () => {
    const hold = told.hold(aHold({ from: '2026-03-05', until: '2026-03-07' }));
    const days = ['2026-03-04', '2026-03-05', '2026-03-07', '2026-03-08'];
    expect(days.map((day) => chased(day, invoice, hold).F1)).toEqual([
      [10_000],
      [0, 'hold 10000 until 2026-03-07'],
      [0, 'hold 10000 until 2026-03-07'],
      [10_000],
    ]);
  });

  it('covers the account, one invoice, or one instalment', () => {
    const on = (hold: Parameters<typeof aHold>[0]): unknown =>
      chased('2026-03-06', invoice, told.invoice(inTwoParts({ id: 'F2' })), told.hold(aHold(hold)));
    expect(on({})).toEqual({ F1: [0, 'hold 10000'], 'F2~1': [0, 'hold 5000'], 'F2~2': [0, 'hold 5000'] });
    expect(on({ invoice: 'F2' })).toEqual({
      F1: [10_000],
      'F2~1': [0, 'hold 5000'],
      'F2~2': [0, 'hold 5000'],
    });
    expect(on({ invoice: 'F2', instalment: '2' })).toEqual({
      F1: [10_000],
      'F2~1': [5_000],
      'F2~2': [0, 'hold 5000'],
    });
  });

  it('ends when it is released', () => {
    expect(chased('2026-03-06', invoice, told.hold(aHold({ released: true }))).F1).toEqual([10_000]);
  });

  it('that lasts longest is the one that is named', () => {
    const short = told.hold(aHold({ id: 'A', until: '2026-03-07' }));
    const long = told.hold(aHold({ id: 'B', until: '2026-03-20' }));
    const open = told.hold(aHold({ id: 'C' }));
    expect(chased('2026-03-06', invoice, short, long).F1).toEqual([0, 'hold 10000 until 2026-03-20']);
    expect(chased('2026-03-06', invoice, short, open, long).F1).toEqual([0, 'hold 10000']);
  });
});

describe('a dispute', () => {
  it('takes its part out of dunning, oldest instalment first; the rest is chased', () => {
    expect(chased('2026-03-06', invoice, told.dispute(aDispute({ amount: 4_000 }))).F1).toEqual([
      6_000,
      'dispute 4000',
    ]);
    const parts = told.invoice(inTwoParts());
    expect(chased('2026-03-06', parts, told.dispute(aDispute({ amount: 6_000 })))).toEqual({
      'F1~1': [0, 'dispute 5000'],
      'F1~2': [4_000, 'dispute 1000'],
    });
  });

  it('without an amount takes all of what is open', () => {
    expect(chased('2026-03-06', invoice, told.dispute(aDispute())).F1).toEqual([0, 'dispute 10000']);
  });

  it('that was rejected keeps nothing back', () => {
    expect(chased('2026-03-06', invoice, told.dispute(aDispute({ state: 'rejected' }))).F1).toEqual([10_000]);
  });

  it('that was accepted is not chased until the credit note is known', () => {
    const accepted = (amount?: number) => told.dispute(aDispute({ state: 'accepted', amount }));
    const credit = (amount: number, date = '2026-03-03') => told.credit(aCredit({ amount, date, to: 'F1' }));
    expect(chased('2026-03-06', invoice, accepted(3_000)).F1).toEqual([7_000, 'dispute 3000']);
    expect(chased('2026-03-06', invoice, accepted(3_000), credit(2_000)).F1).toEqual([7_000, 'dispute 1000']);
    expect(chased('2026-03-06', invoice, accepted(3_000), credit(3_000)).F1).toEqual([7_000]);
    expect(chased('2026-03-06', invoice, accepted(3_000), credit(3_000, '2026-03-01')).F1).toEqual([
      4_000,
      'dispute 3000',
    ]);
    expect(chased('2026-03-06', invoice, accepted()).F1).toEqual([0, 'dispute 10000']);
    expect(chased('2026-03-06', invoice, accepted(), credit(2_000)).F1).toEqual([8_000]);
    const pushed = told.invoice(
      anInvoice({ balance: { amount: 7_000, asOf: instant('2026-03-05T12:00:00Z') } }),
    );
    expect(chased('2026-03-06', pushed, accepted(3_000)).F1).toEqual([7_000]);
  });

  it('is about what is still open: part paid, the payment went to the rest', () => {
    const payment = told.payment(aPayment({ amount: 7_000, to: 'F1' }));
    expect(chased('2026-03-06', invoice, payment, told.dispute(aDispute({ amount: 4_000 }))).F1).toEqual([
      0,
      'dispute 3000',
    ]);
  });
});

describe('a promise to pay', () => {
  it('keeps back until the end of its day plus grace', () => {
    const promise = told.promise(aPromise({ date: '2026-03-10', graceDays: 2 }));
    expect(chased('2026-03-12', invoice, promise).F1).toEqual([0, 'promise 10000 until 2026-03-12']);
    expect(chased('2026-03-13', invoice, promise).F1).toEqual([10_000]);
  });

  it('keeps back the promised amount, less what was paid since it was made', () => {
    const promise = told.promise(aPromise({ amount: 6_000, made: '2026-03-02' }));
    expect(chased('2026-03-06', invoice, promise).F1).toEqual([4_000, 'promise 6000 until 2026-03-10']);
    const before = told.payment(aPayment({ amount: 1_000, to: 'F1', date: '2026-03-01' }));
    expect(chased('2026-03-06', invoice, promise, before).F1).toEqual([
      3_000,
      'promise 6000 until 2026-03-10',
    ]);
    const since = told.payment(aPayment({ amount: 1_000, to: 'F1', date: '2026-03-03' }));
    expect(chased('2026-03-06', invoice, promise, since).F1).toEqual([
      4_000,
      'promise 5000 until 2026-03-10',
    ]);
  });

  it('for one instalment is not kept by paying another', () => {
    const promise = told.promise(aPromise({ instalment: '1', amount: 5_000 }));
    const other = told.payment(aPayment({ amount: 5_000, to: 'F1~2', date: '2026-03-03' }));
    expect(chased('2026-03-06', told.invoice(inTwoParts()), promise, other)['F1~1']).toEqual([
      0,
      'promise 5000 until 2026-03-10',
    ]);
  });

  it('that was cancelled keeps nothing back', () => {
    expect(chased('2026-03-06', invoice, told.promise(aPromise({ state: 'cancelled' }))).F1).toEqual([
      10_000,
    ]);
  });
});

it('never goes below zero, whatever comes together', () => {
  const facts = [
    invoice,
    second,
    told.dispute(aDispute({ amount: 9_000 })),
    told.promise(aPromise({ amount: 5_000 })),
    told.hold(aHold({ invoice: 'F1' })),
    told.payment(aPayment({ amount: 4_000 })),
  ];
  expect(chased('2026-03-06', ...facts)).toEqual({
    F1: [0, 'dispute 9000', 'promise 1000 until 2026-03-10'],
    F2: [6_000, 'unapplied 4000'],
  });
});

it('what a pushed balance says is paid beyond an invoice lowers what is chased of others', () => {
  const balance = (amount: number) => ({ amount, asOf: instant('2026-03-03T12:00:00Z') });
  const over = told.invoice(anInvoice({ balance: balance(-500) }));
  expect(chased('2026-03-10', over, second)).toEqual({ F1: [0], F2: [9_500, 'unapplied 500'] });
  expect(chased('2026-03-10', told.invoice(anInvoice({ balance: balance(0) })), second)).toEqual({
    F1: [0],
    F2: [10_000],
  });
  // A credit document is below zero from the start: no money came.
  expect(chased('2026-03-10', told.invoice(anInvoice({ total: -500 })), second)).toEqual({
    F1: [0],
    F2: [10_000],
  });
  const parts = told.invoice(inTwoParts({ balance: balance(-500) }));
  expect(chased('2026-03-10', parts, second)).toMatchObject({ F2: [9_500, 'unapplied 500'] });
});
