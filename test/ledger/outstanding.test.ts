import { describe, expect, it } from 'vitest';
import { formatDay, parseDay } from '../../src/calendar/index.js';
import { itemsOf, unappliedOf } from '../../src/engine/index.js';
import type { AccountFile } from '../../src/ledger/file.js';
import { aCredit, anInvoice, aPayment, fileOf, instant, inTwoParts, owing, told } from '../support/build.js';

/** `outstanding/dunnable` by item on 10 March 2026. */
function amounts(file: AccountFile, day = '2026-03-10'): Record<string, string> {
  return Object.fromEntries(
    itemsOf(file, parseDay(day)).map((item) => [item.id, `${item.outstanding}/${item.dunnable}`]),
  );
}

describe('outstanding', () => {
  it('is the total less payments, finalised credits and write-offs', () => {
    const file = fileOf(
      told.invoice(anInvoice({ writtenOff: 1_000 })),
      told.payment(aPayment({ amount: 2_000, to: 'F1' })),
      told.credit(aCredit({ amount: 500, to: 'F1' })),
      told.credit(aCredit({ id: 'C2', amount: 400, to: 'F1', state: 'draft' })),
      told.credit(aCredit({ id: 'C3', amount: 300, to: 'F1', state: 'cancelled' })),
      told.payment(aPayment({ id: 'P2', amount: 700, to: 'F1', state: 'reversed' })),
    );
    expect(amounts(file)).toEqual({ F1: '6500/6500' });
  });

  it('is nothing for drafts, void and written-off invoices', () => {
    for (const status of ['draft', 'void', 'written-off'] as const)
      expect(amounts(owing(anInvoice({ status })))).toEqual({ F1: '0/0' });
  });

  it('goes below zero when overpaid, and what may be chased does not', () => {
    const file = fileOf(told.invoice(anInvoice()), told.payment(aPayment({ amount: 12_000, to: 'F1' })));
    expect(amounts(file)).toEqual({ F1: '-2000/0' });
  });

  it('does not touch the invoice that a payment names when that is not known yet', () => {
    const file = fileOf(told.invoice(anInvoice()), told.payment(aPayment({ to: 'F9' })));
    expect(amounts(file)).toEqual({ F1: '10000/10000' });
  });

  it('lists the oldest due first, ties by id, items without a date last', () => {
    const file = owing(
      anInvoice({ id: 'B' }),
      anInvoice({ id: 'Z', due: undefined }),
      anInvoice({ id: 'A' }),
      anInvoice({ id: 'C', due: '2026-02-01' }),
    );
    expect(Object.keys(amounts(file))).toEqual(['C', 'A', 'B', 'Z']);
  });
});

describe('a pushed balance', () => {
  const asOf = instant('2026-03-05T12:00:00-06:00');

  it('replaces what was booked up to its asOf, inclusive, and nothing later', () => {
    const file = fileOf(
      told.invoice(anInvoice({ writtenOff: 900, balance: { amount: 6_000, asOf } })),
      told.payment(aPayment({ id: 'early', amount: 3_000, to: 'F1', bookedAt: asOf })),
      told.payment(aPayment({ id: 'late', amount: 500, to: 'F1', bookedAt: asOf + 1 })),
    );
    expect(amounts(file)).toEqual({ F1: '5500/5500' });
  });

  it('may be higher than the total', () => {
    expect(amounts(owing(anInvoice({ balance: { amount: 10_300, asOf } })))).toEqual({ F1: '10300/10300' });
    expect(amounts(owing(inTwoParts({ balance: { amount: 10_300, asOf } })))).toEqual({
      'F1~1': '5300/5300',
      'F1~2': '5000/5000',
    });
  });

  it('pays the earliest instalment first, but leaves a payment where it was put', () => {
    const invoice = inTwoParts({ balance: { amount: 4_000, asOf } });
    expect(amounts(owing(invoice))).toEqual({ 'F1~1': '0/0', 'F1~2': '4000/4000' });
    const known = fileOf(
      told.invoice(invoice),
      told.payment(aPayment({ amount: 5_000, to: 'F1~2', bookedAt: asOf - 1 })),
    );
    expect(amounts(known)).toEqual({ 'F1~1': '4000/4000', 'F1~2': '0/0' });
  });
});

describe('instalments', () => {
  it('take a payment as allocated, else the earliest due, and pass on what is too much', () => {
    const paid = (to: string, amount: number): Record<string, string> =>
      amounts(fileOf(told.invoice(inTwoParts()), told.payment(aPayment({ amount, to }))));
    expect(paid('F1~2', 3_000)).toEqual({ 'F1~1': '5000/5000', 'F1~2': '2000/2000' });
    expect(paid('F1', 7_000)).toEqual({ 'F1~1': '0/0', 'F1~2': '3000/3000' });
    expect(paid('F1~1', 6_000)).toEqual({ 'F1~1': '0/0', 'F1~2': '4000/4000' });
    expect(paid('F1~9', 6_000)).toEqual({ 'F1~1': '0/0', 'F1~2': '4000/4000' });
  });

  it('always owe together what the invoice owes', () => {
    const parts = [3_333, 3_333, 3_334].map((amount, index) => ({
      id: String(index),
      due: `2026-0${3 + index}-01`,
      amount,
    }));
    const file = fileOf(
      told.invoice(inTwoParts({ instalments: parts, writtenOff: 10 })),
      told.payment(aPayment({ amount: 4_000, to: 'F1~2' })),
      told.credit(aCredit({ amount: 7, to: 'F1' })),
    );
    const sum = itemsOf(file, parseDay('2026-03-10')).reduce((total, item) => total + item.outstanding, 0);
    expect(sum).toBe(10_000 - 10 - 4_000 - 7);
  });

  it('know the day on which each was paid', () => {
    const file = fileOf(
      told.invoice(inTwoParts()),
      told.payment(aPayment({ id: 'P1', amount: 5_000, to: 'F1', date: '2026-02-20' })),
      told.payment(aPayment({ id: 'P2', amount: 5_000, to: 'F1', date: '2026-04-15' })),
    );
    const days = itemsOf(file, parseDay('2026-05-01')).map((item) =>
      item.paidOn === undefined ? '' : formatDay(item.paidOn),
    );
    expect(days).toEqual(['2026-02-20', '2026-04-15']);
  });
});

describe('money that is put to no invoice', () => {
  it('lowers what may be chased, oldest first in its currency, and settles nothing', () => {
    const file = fileOf(
      told.invoice(anInvoice({ id: 'OLD', due: '2026-02-01' })),
      told.invoice(anInvoice({ id: 'NEW' })),
      told.invoice(anInvoice({ id: 'USD', currency: 'USD', due: '2026-01-15' })),
      told.payment(aPayment({ amount: 8_000 })),
      told.credit(aCredit({ amount: 4_000 })),
    );
    expect(amounts(file)).toEqual({ USD: '10000/10000', OLD: '10000/0', NEW: '10000/8000' });
    expect([...unappliedOf(file)]).toEqual([['MXN', 12_000]]);
  });

  it('is of credits what they leave over, once they are final', () => {
    const credited = (own: Parameters<typeof aCredit>[0]) => [
      ...unappliedOf(fileOf(told.invoice(anInvoice()), told.credit(aCredit({ amount: 4_000, ...own })))),
    ];
    expect(credited({})).toEqual([['MXN', 4_000]]);
    expect(credited({ allocations: [{ invoice: 'F1', amount: 1_500 }] })).toEqual([['MXN', 2_500]]);
    expect(credited({ to: 'F1' })).toEqual([]);
    expect(credited({ state: 'draft' })).toEqual([]);
    expect(credited({ state: 'cancelled' })).toEqual([]);
  });

  it('is what the allocations leave over, never less than nothing', () => {
    const file = fileOf(
      told.invoice(anInvoice()),
      told.payment(aPayment({ amount: 10_000, allocations: [{ invoice: 'F1', amount: 4_000 }] })),
      told.payment(aPayment({ id: 'P2', amount: 100, allocations: [{ invoice: 'F1', amount: 300 }] })),
    );
    expect(amounts(file)).toEqual({ F1: '5700/0' });
    expect([...unappliedOf(file)]).toEqual([['MXN', 6_000]]);
  });
});
