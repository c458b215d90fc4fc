import { describe, expect, it } from 'vitest';
import { parseDay } from '../../src/calendar/index.js';
import { chargeFree, type FileEvent, type Item, isDebt, itemsOf } from '../../src/engine/index.js';
import type { BookedCharge, Invoice } from '../../src/ledger/types.js';
import { aDispute, anInvoice, aPayment, fileOf, instant, inTwoParts, told } from '../support/build.js';

const today = parseDay('2026-03-10');
const fee = (own: Partial<BookedCharge> = {}): BookedCharge => ({
  id: 'fee',
  amount: 500,
  on: '2026-03-08',
  waived: false,
  ...own,
});
const withFee = (own: Partial<Invoice> = {}): Invoice =>
  anInvoice({ total: 10_500, charges: [fee()], ...own });

function only(...facts: readonly FileEvent[]): Item {
  const [item] = itemsOf(fileOf(...facts), today);
  return item!;
}

describe('a booked fee', () => {
  it('is owed and shown, and no base of thresholds or fees', () => {
    const item = only(told.invoice(withFee()));
    expect(item).toMatchObject({ outstanding: 10_500, dunnable: 10_500, charges: 500, original: 10_000 });
    expect(chargeFree(item)).toBe(10_000);
    expect(isDebt(item)).toBe(true);
  });

  it('is paid last: money goes to the debt first', () => {
    const part = only(told.invoice(withFee()), told.payment(aPayment({ amount: 9_000, to: 'F1' })));
    expect(part).toMatchObject({ outstanding: 1_500, charges: 500 });
    expect(chargeFree(part)).toBe(1_000);
    const debt = only(told.invoice(withFee()), told.payment(aPayment({ amount: 10_200, to: 'F1' })));
    expect(debt).toMatchObject({ outstanding: 300, charges: 300 });
    expect([chargeFree(debt), isDebt(debt)]).toEqual([0, false]);
  });

  it('that is waived is not owed, whether the rest is paid or not', () => {
    const waived = told.invoice(
      withFee({ charges: [fee(), fee({ id: 'other', amount: 200, waived: true })] }),
    );
    expect(only(waived)).toMatchObject({ outstanding: 10_300, charges: 500, original: 9_800 });
    const paid = only(
      told.invoice(withFee({ charges: [fee({ waived: true })] })),
      told.payment(aPayment({ amount: 10_000, to: 'F1' })),
    );
    expect(paid).toMatchObject({ outstanding: 0, charges: 0 });
  });

  it('is out of a pushed balance already when it is waived', () => {
    const asOf = instant('2026-03-09T00:00:00-06:00');
    const balance = { amount: 10_000, asOf };
    expect(only(told.invoice(withFee({ charges: [fee({ waived: true })], balance })))).toMatchObject({
      outstanding: 10_000,
      charges: 0,
    });
  });

  it('on instalments is part of the one that is due last, unless told of another', () => {
    const parts = (own: Partial<BookedCharge>): unknown =>
      itemsOf(fileOf(told.invoice(inTwoParts({ charges: [fee(own)] }))), today).map((item) => [
        item.charges,
        item.original,
        item.outstanding,
      ]);
    expect(parts({})).toEqual([
      [0, 5_000, 5_000],
      [500, 4_500, 5_000],
    ]);
    expect(parts({ instalment: '1' })).toEqual([
      [500, 4_500, 5_000],
      [0, 5_000, 5_000],
    ]);
    expect(parts({ instalment: '1', waived: true })).toEqual([
      [0, 4_500, 4_500],
      [0, 5_000, 5_000],
    ]);
  });

  it('on instalments of one day is part of the one with the last id', () => {
    const instalments = ['b', 'a'].map((id) => ({ id, due: '2026-03-01', amount: 5_000 }));
    const parts = told.invoice(inTwoParts({ instalments, charges: [fee()] }));
    const sums = itemsOf(fileOf(parts), today).map((item) => [item.id, item.charges]);
    expect(sums).toEqual([
      ['F1~a', 0],
      ['F1~b', 500],
    ]);
  });

  it('stays when the debt is disputed', () => {
    const item = only(told.invoice(withFee()), told.dispute(aDispute({ amount: 4_000 })));
    expect([item.dunnable, chargeFree(item)]).toEqual([6_500, 6_000]);
  });
});
