import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { divideRounded, percentOf, type Rounding } from '../../src/money/index.js';
import { codeOf } from './thrown.js';

const roundings: readonly Rounding[] = ['half-up', 'half-even', 'up', 'down'];
const positive = fc.bigInt({ min: 1n, max: 10n ** 30n });
const any = fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n });

describe('divideRounded', () => {
  it.each<[number, Rounding, number]>([
    [25, 'half-up', 3],
    [-25, 'half-up', -3],
    [24, 'half-up', 2],
    [26, 'half-up', 3],
    [25, 'half-even', 2],
    [35, 'half-even', 4],
    [-25, 'half-even', -2],
    [-35, 'half-even', -4],
    [26, 'half-even', 3],
    [24, 'half-even', 2],
    [21, 'up', 3],
    [-21, 'up', -3],
    [29, 'down', 2],
    [-29, 'down', -2],
    [20, 'up', 2],
  ])('%i / 10 %s is %i', (numerator, rounding, expected) => {
    expect(divideRounded(BigInt(numerator), 10n, rounding)).toBe(BigInt(expected));
    expect(divideRounded(BigInt(-numerator), -10n, rounding)).toBe(BigInt(expected));
    expect(divideRounded(BigInt(-numerator), 10n, rounding)).toBe(BigInt(-expected));
  });

  it('refuses a zero denominator', () => {
    for (const rounding of roundings)
      expect(codeOf(() => divideRounded(1n, 0n, rounding))).toBe('invalid_amount');
  });

  it('is off by less than one, by at most a half for the half rules, exact where it can be', () => {
    fc.assert(
      fc.property(any, positive, fc.constantFrom(...roundings), (numerator, denominator, rounding) => {
        const error = divideRounded(numerator, denominator, rounding) * denominator - numerator;
        const size = error < 0n ? -error : error;
        expect(size < denominator).toBe(true);
        if (rounding.startsWith('half')) expect(size * 2n <= denominator).toBe(true);
        expect(divideRounded(numerator * denominator, denominator, rounding)).toBe(numerator);
      }),
    );
  });

  it('treats debts and credits alike', () => {
    fc.assert(
      fc.property(any, positive, fc.constantFrom(...roundings), (numerator, denominator, rounding) => {
        const quotient = divideRounded(numerator, denominator, rounding);
        expect(divideRounded(-numerator, denominator, rounding)).toBe(-quotient);
      }),
    );
  });

  it('never falls as the numerator grows', () => {
    fc.assert(
      fc.property(
        any,
        positive,
        positive,
        fc.constantFrom(...roundings),
        (numerator, more, denominator, rounding) => {
          const small = divideRounded(numerator, denominator, rounding);
          expect(divideRounded(numerator + more, denominator, rounding) >= small).toBe(true);
        },
      ),
    );
  });
});

describe('percentOf', () => {
  it.each<[number, string, Rounding | undefined, number]>([
    [125_000, '1.5', undefined, 1875],
    [1, '50', undefined, 1],
    [-1, '50', undefined, -1],
    [1, '50', 'half-even', 0],
    [1, '49.999999999', undefined, 0],
    [1000, '0', undefined, 0],
    [1000, '-2.5', undefined, -25],
    [100, '0.1', 'up', 1],
    [100, '0.1', 'down', 0],
    // A tie; computed in binary fractions it comes out as 34.49999999999999.
    [1500, '2.3', undefined, 35],
    [Number.MAX_SAFE_INTEGER, '100', undefined, Number.MAX_SAFE_INTEGER],
    [-Number.MAX_SAFE_INTEGER, '100', undefined, -Number.MAX_SAFE_INTEGER],
  ])('%i at %s percent (%s) is %i', (minor, rate, rounding, expected) => {
    expect(percentOf(minor, rate, rounding)).toBe(expected);
  });

  it('never gives minus zero', () => {
    expect(Object.is(percentOf(-1, '1'), 0)).toBe(true);
    expect(Object.is(percentOf(0, '-1'), 0)).toBe(true);
  });

  it.each([
    '',
    '1,5',
    '1.',
    '.5',
    '1e2',
    ' 1',
    '1%',
    '+1',
    '--1',
    '1.5\n',
    '1'.repeat(16),
    `0.${'1'.repeat(16)}`,
  ])('refuses the rate %j', (rate) => {
    expect(codeOf(() => percentOf(100, rate))).toBe('invalid_amount');
  });

  it('refuses fractions of a minor unit, numbers as rates, and results out of range', () => {
    expect(codeOf(() => percentOf(0.5, '1'))).toBe('invalid_amount');
    expect(codeOf(() => percentOf(100, 1.5 as never))).toBe('invalid_amount');
    expect(codeOf(() => percentOf(Number.MAX_SAFE_INTEGER, '101'))).toBe('invalid_amount');
  });
});
