import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { median, type PaidItem, typicalDaysLate, typicalDaysToPay } from '../../src/segments/index.js';
import { aPaidItem, paidLate } from './support.js';

describe('median', () => {
  it.each([
    [[], undefined],
    [[7], 7],
    [[9, 1, 5], 5],
    [[10, 9, 100, 1], 10],
    [[2, 3], 3],
    [[2, 4], 3],
    [[-3, -2], -2],
    [[-1, 0], 0],
    [[-5, 5], 0],
    [[-4, -2], -3],
  ])('of %j is %s', (values, expected) => {
    expect(median(values)).toBe(expected);
  });

  it('leaves half of the values on either side, and does not move with one wild value', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1 }), (values) => {
        const middle = median(values) ?? Number.NaN;
        expect(Number.isInteger(middle)).toBe(true);
        expect(2 * values.filter((value) => value < middle).length).toBeLessThanOrEqual(values.length);
        expect(2 * values.filter((value) => value > middle).length).toBeLessThanOrEqual(values.length);
        const sorted = values.toSorted((a, b) => a - b);
        const wild = [...sorted.slice(0, -1), 1_000_000];
        if (values.length > 2) expect(median(wild)).toBe(middle);
      }),
    );
  });
});

describe('typical days', () => {
  it('are the median from issue and from the due date', () => {
    const paid = paidLate(4, 2, 90);
    expect(typicalDaysLate(paid)).toBe(4);
    expect(typicalDaysToPay(paid)).toBe(34);
  });

  it('are unknown for a thin history, never 0', () => {
    expect(typicalDaysLate(paidLate(4, 2))).toBeUndefined();
    expect(typicalDaysToPay([])).toBeUndefined();
    expect(typicalDaysToPay([], { minimum: 0 })).toBeUndefined();
    expect(typicalDaysLate(paidLate(4, 2), { minimum: 2 })).toBe(3);
    expect(typicalDaysToPay(paidLate(4, 2, 1, 0), { minimum: 5 })).toBeUndefined();
  });

  it('look back on the last twelve payments only', () => {
    const long = [...new Array<number>(20).fill(50), ...new Array<number>(12).fill(3)];
    expect(typicalDaysLate(paidLate(...long))).toBe(3);
    expect(typicalDaysLate(paidLate(...long).reverse())).toBe(3);
    expect(typicalDaysLate(paidLate(...long), { last: 32 })).toBe(50);
    expect(typicalDaysLate(paidLate(50, 50, 50, 3, 3, 3), { last: 3 })).toBe(3);
  });

  it('say when somebody pays early', () => {
    expect(typicalDaysLate(paidLate(-5, -3, 0))).toBe(-3);
  });

  it('count items without a due date from issue alone', () => {
    const undated: PaidItem = { issued: 20_000, due: undefined, paidOn: 20_010 };
    expect(typicalDaysToPay([undated, undated, undated])).toBe(10);
    expect(typicalDaysLate([undated, undated, undated])).toBeUndefined();
    expect(typicalDaysLate([undated, ...paidLate(1, 2, 3)], { last: 3 })).toBe(2);
  });

  it('do not depend on the order in which payments were told', () => {
    fc.assert(
      fc.property(
        fc.array(aPaidItem, { maxLength: 30 }),
        fc.nat(30),
        fc.integer({ min: 1, max: 15 }),
        (paid, cut, last) => {
          const turned = [...paid.slice(cut), ...paid.slice(0, cut)].reverse();
          expect(typicalDaysToPay(turned, { last })).toBe(typicalDaysToPay(paid, { last }));
          expect(typicalDaysLate(turned, { last })).toBe(typicalDaysLate(paid, { last }));
        },
      ),
    );
  });

  it('break ties of one day by due date, then issue', () => {
    const on = (issued: number, due: number): PaidItem => ({ issued, due, paidOn: 20_100 });
    const paid = [on(20_000, 20_030), on(20_010, 20_030), on(20_020, 20_020)];
    for (const list of [paid, paid.toReversed()]) {
      expect(typicalDaysToPay(list, { last: 1, minimum: 1 })).toBe(90);
      expect(typicalDaysLate(list, { last: 2, minimum: 1 })).toBe(70);
    }
  });
});
