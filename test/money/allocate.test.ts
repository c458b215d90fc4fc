import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allocate, split } from '../../src/money/index.js';
import { codeOf } from './thrown.js';

const weights = fc
  .array(fc.oneof(fc.nat(10), fc.nat(), fc.maxSafeInteger().map(Math.abs)), { minLength: 1, maxLength: 30 })
  .filter((list) => list.some((weight) => weight > 0));
const total = (list: readonly number[]) => list.reduce((sum, value) => sum + BigInt(value), 0n);

describe('allocate', () => {
  it.each([
    [100, [1, 1, 1], [34, 33, 33]],
    [-100, [1, 1, 1], [-34, -33, -33]],
    [101, [1, 1, 1], [34, 34, 33]],
    [100, [0, 1, 0, 1], [0, 50, 0, 50]],
    [1, [0, 1, 1], [0, 1, 0]],
    [10, [1, 2, 3], [2, 3, 5]],
    [0, [1, 1], [0, 0]],
    [0, [0, 0], [0, 0]],
    [0, [], []],
    [2, [1, 1, 1, 1], [1, 1, 0, 0]],
    [Number.MAX_SAFE_INTEGER, [Number.MAX_SAFE_INTEGER, 1], [Number.MAX_SAFE_INTEGER - 1, 1]],
  ])('%i by %j is %j', (minor, list, expected) => {
    expect(allocate(minor, list)).toEqual(expected);
  });

  it('gives the units left over to the largest remainders, ties to the earlier index, in long lists too', () => {
    // Weights 1, 2, 3 in turn: shares of 1/6, 1/3 and 1/2 of a unit.
    const list = Array.from({ length: 300 }, (_, index) => 1 + (index % 3));
    const parts = allocate(100, list);
    expect(parts.every((part, index) => part === (list[index] === 3 ? 1 : 0))).toBe(true);
    const fewer = allocate(60, list);
    expect(fewer.flatMap((part, index) => (part === 0 ? [] : [index]))).toEqual(
      Array.from({ length: 60 }, (_, index) => 2 + 3 * index),
    );
  });

  it('never gives minus zero', () => {
    expect(allocate(-1, [0, 1, 1]).every((part) => !Object.is(part, -0))).toBe(true);
  });

  it.each([[[-1, 2]], [[0.5, 0.5]], [[Number.NaN]], [[2 ** 53]], [[0, 0]], [[]]])(
    'refuses 100 by %j',
    (list) => {
      expect(codeOf(() => allocate(100, list))).toBe('invalid_amount');
    },
  );

  it('refuses what is no amount', () => {
    expect(codeOf(() => allocate(0.5, [1]))).toBe('invalid_amount');
  });

  it('loses no unit, stays within one unit of the exact share, and gives nothing for no weight', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), weights, (minor, list) => {
        const parts = allocate(minor, list);
        expect(total(parts)).toBe(BigInt(minor));
        const sum = total(list);
        parts.forEach((part, index) => {
          const error = BigInt(part) * sum - BigInt(minor) * BigInt(list[index]!);
          expect((error < 0n ? -error : error) < sum).toBe(true);
          if (list[index] === 0) expect(part).toBe(0);
        });
      }),
    );
  });

  it('mirrors for credits, and gives equal weights their shares in order', () => {
    fc.assert(
      fc.property(fc.nat(), weights, (minor, list) => {
        const parts = allocate(minor, list);
        expect(allocate(-minor, list)).toEqual(parts.map((part) => (part === 0 ? 0 : -part)));
        for (let i = 1; i < list.length; i++) {
          if (list[i] === list[i - 1]) expect(parts[i]! <= parts[i - 1]!).toBe(true);
          if (list[i]! > list[i - 1]!) expect(parts[i]! >= parts[i - 1]!).toBe(true);
        }
      }),
    );
  });
});

describe('split', () => {
  it('gives equal parts, the larger ones first', () => {
    expect(split(100, 3)).toEqual([34, 33, 33]);
    expect(split(-5, 2)).toEqual([-3, -2]);
    expect(split(2, 4)).toEqual([1, 1, 0, 0]);
    expect(split(7, 1)).toEqual([7]);
    expect(split(100_001, 100_000).slice(0, 2)).toEqual([2, 1]);
    expect(split(1500, 1000)).toEqual([...new Array(500).fill(2), ...new Array(500).fill(1)]);
  });

  it.each([0, -1, 1.5, Number.NaN, 100_001])('refuses %d parts', (parts) => {
    expect(codeOf(() => split(100, parts))).toBe('invalid_amount');
  });
});
