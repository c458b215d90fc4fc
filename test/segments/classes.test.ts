import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isRecobroError } from '../../src/errors.js';
import { type AbcThresholds, type AccountAmount, abcClasses } from '../../src/segments/index.js';
import { pathsOf } from './support.js';

const of = (amounts: Readonly<Record<string, number | bigint>>, thresholds?: AbcThresholds): string =>
  [
    ...abcClasses(
      Object.entries(amounts).map(([account, amount]) => ({ account, amount })),
      thresholds,
    ),
  ]
    .map(([account, letter]) => `${account} ${letter}`)
    .join(', ');

describe('abcClasses', () => {
  it('puts accounts that cover 80 percent of the revenue in A, up to 95 percent in B, the rest in C', () => {
    expect(of({ a: 500, b: 300, c: 100, d: 50, e: 30, f: 20 })).toBe('a A, b A, c B, d B, e C, f C');
  });

  it('has the account with which a threshold is reached still within', () => {
    expect(of({ a: 799, b: 2, c: 149, d: 50 })).toBe('a A, c A, d B, b C');
    expect(of({ a: 80, b: 15, c: 5 })).toBe('a A, b B, c C');
    expect(of({ a: 79, b: 15, c: 6 })).toBe('a A, b A, c B');
  });

  it('has an only account in A, and the largest one always', () => {
    expect(of({ a: 1 })).toBe('a A');
    expect(of({ a: 1, b: 1 }, [0.01, 0.01])).toBe('a A, b C');
  });

  it('has accounts without revenue in C, all of them if there is none at all', () => {
    expect(of({ b: 0, a: 0, c: -5 })).toBe('a C, b C, c C');
    expect(of({ a: 0, b: 10, c: -900 }, [100, 100])).toBe('b A, a C, c C');
    expect(of({ a: 10, b: -5, c: -6 }, [100, 100])).toBe('a A, b C, c C');
    expect(of({})).toBe('');
  });

  it('breaks ties by id, by code unit and not by language', () => {
    expect(of({ b: 1, a: 1, Z: 1, ä: 1 }, [50, 75])).toBe('Z A, a A, b B, ä C');
  });

  it('adds up what is told of one account, beyond what a number can hold', () => {
    const most = Number.MAX_SAFE_INTEGER;
    const told: AccountAmount[] = [
      { account: 'b', amount: most },
      { account: 'a', amount: most },
      { account: 'a', amount: 1n },
      { account: 'c', amount: 2n ** 70n },
    ];
    expect([...abcClasses(told, [99.99, 100])]).toEqual([
      ['c', 'A'],
      ['a', 'B'],
      ['b', 'B'],
    ]);
  });

  it('takes other thresholds', () => {
    expect(of({ a: 50, b: 30, c: 20 }, [50, 80])).toBe('a A, b B, c C');
    expect(of({ a: 50, b: 30, c: 20 }, [50, 50])).toBe('a A, b C, c C');
    expect(of({ a: 50, b: 30, c: 20 }, [100, 100])).toBe('a A, b A, c A');
    expect(of({ a: 3334, b: 3333, c: 3333 }, [33.34, 66.67])).toBe('a A, b B, c C');
  });

  it('refuses thresholds that do not class, with every problem', () => {
    expect(pathsOf(() => of({}, [0, 101]))).toEqual(['thresholds[0]', 'thresholds[1]']);
    expect(pathsOf(() => of({}, [-1, Number.NaN]))).toEqual(['thresholds[0]', 'thresholds[1]']);
    expect(pathsOf(() => of({}, [95, 80]))).toEqual(['thresholds[1]']);
    expect(pathsOf(() => of({}, [50, 101]))).toEqual(['thresholds[1]']);
    expect(pathsOf(() => of({}, [33.333, 80]))).toEqual(['thresholds[0]']);
    const many: AbcThresholds = JSON.parse('[50, 80, 90]');
    expect(pathsOf(() => of({}, many))).toEqual(['thresholds']);
  });

  it('refuses amounts that are no whole numbers', () => {
    expect(() => of({ a: 0.5 })).toThrow(
      expect.toSatisfy((error: unknown) => isRecobroError(error, 'invalid_amount')),
    );
  });

  it('keeps what it promises, over any portfolio and in any order', () => {
    const portfolio = fc.uniqueArray(
      fc.record({
        account: fc.string(),
        amount: fc.oneof(fc.integer({ min: -50, max: 50 }), fc.maxSafeInteger()),
      }),
      { selector: ({ account }) => account, maxLength: 40 },
    );
    const thresholds = fc.tuple(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 100 }));
    fc.assert(
      fc.property(portfolio, thresholds, (told, [x, y]) => {
        const limits: AbcThresholds = [Math.min(x, y), Math.max(x, y)];
        const classes = abcClasses(told, limits);
        expect([...abcClasses(told.toReversed(), limits)]).toEqual([...classes]);
        expect(classes.size).toBe(told.length);
        // Never falls along the rank.
        expect([...classes.values()].join('')).toMatch(/^A*B*C*$/);
        const worth = new Map(told.map(({ account, amount }) => [account, BigInt(Math.max(amount, 0))]));
        const sum = (accounts: readonly string[]): bigint =>
          accounts.reduce((total, account) => total + (worth.get(account) ?? 0n), 0n);
        const total = sum([...worth.keys()]);
        const ranked = [...classes.keys()];
        for (const [letters, percent] of [
          ['A', limits[0]],
          ['AB', limits[1]],
        ] as const) {
          const within = ranked.filter((account) => letters.includes(classes.get(account) ?? '?'));
          // Covers the share, and would not without its last account.
          expect(sum(within) * 100n >= BigInt(percent) * total).toBe(true);
          const without = within.slice(0, -1);
          if (within.length > 0) expect(sum(without) * 100n < BigInt(percent) * total).toBe(true);
        }
        for (const [account, amount] of worth) if (amount === 0n) expect(classes.get(account)).toBe('C');
      }),
      { numRuns: 300 },
    );
  });
});
