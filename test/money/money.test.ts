import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  add,
  addMinor,
  checkMinor,
  compare,
  type Money,
  subtract,
  sumByCurrency,
  toMinor,
} from '../../src/money/index.js';
import { codeOf } from './thrown.js';

const max = Number.MAX_SAFE_INTEGER;
const mxn = (minor: number): Money => ({ minor, currency: 'MXN' });
const eur = (minor: number): Money => ({ minor, currency: 'EUR' });

describe('toMinor', () => {
  it('takes decimal text or whole minor units', () => {
    expect(toMinor({ amount: '1250.00', currency: 'MXN' })).toEqual(mxn(125_000));
    expect(toMinor({ minor: 125_000, currency: 'MXN' })).toEqual(mxn(125_000));
    expect(toMinor({ minor: -3, currency: 'CLP' })).toEqual({ minor: -3, currency: 'CLP' });
    expect(Object.is(toMinor({ minor: -0, currency: 'CLP' }).minor, 0)).toBe(true);
  });

  it('keeps nothing else of the input', () => {
    const input = { minor: 1, currency: 'MXN', note: 'private' };
    expect(Object.keys(toMinor(input))).toEqual(['minor', 'currency']);
  });

  it.each([
    [{ minor: 12.5, currency: 'MXN' }, 'invalid_amount'],
    [{ minor: 2 ** 53, currency: 'MXN' }, 'invalid_amount'],
    [{ minor: '125', currency: 'MXN' }, 'invalid_amount'],
    [{ amount: 1250, currency: 'MXN' }, 'invalid_amount'],
    [{ amount: '1250.001', currency: 'MXN' }, 'invalid_amount'],
    [{ amount: '1', minor: 100, currency: 'MXN' }, 'invalid_amount'],
    [{ currency: 'MXN' }, 'invalid_amount'],
    [{ amount: undefined, currency: 'MXN' }, 'invalid_amount'],
    [{ minor: 1, currency: 'mxn' }, 'unknown_currency'],
    [{ minor: 1 }, 'unknown_currency'],
  ])('refuses %j', (input, code) => {
    expect(codeOf(() => toMinor(input as never))).toBe(code);
  });
});

describe('adding, subtracting, comparing', () => {
  it('stays exact at the edges of the range', () => {
    expect(add(mxn(max - 1), mxn(1))).toEqual(mxn(max));
    expect(subtract(mxn(-max + 1), mxn(1))).toEqual(mxn(-max));
    expect(compare(mxn(-1), mxn(1))).toBe(-1);
    expect(compare(mxn(1), mxn(1))).toBe(0);
    expect(compare(mxn(2), mxn(1))).toBe(1);
    expect(Object.is(subtract(mxn(0), mxn(0)).minor, 0)).toBe(true);
    expect(Object.is(addMinor(-0, -0), 0)).toBe(true);
  });

  it('refuses to leave it', () => {
    expect(codeOf(() => add(mxn(max), mxn(1)))).toBe('invalid_amount');
    expect(codeOf(() => subtract(mxn(-max), mxn(1)))).toBe('invalid_amount');
    expect(codeOf(() => addMinor(-max, -1))).toBe('invalid_amount');
  });

  it('refuses to mix currencies', () => {
    expect(codeOf(() => add(mxn(1), eur(1)))).toBe('currency_mismatch');
    expect(codeOf(() => subtract(mxn(1), eur(1)))).toBe('currency_mismatch');
    expect(codeOf(() => compare(mxn(1), eur(1)))).toBe('currency_mismatch');
  });

  it.each([
    [0.5, 0.5],
    [2 ** 53, -(2 ** 53)],
    [2 ** 53 + 2, -4],
    [Number.NaN, 1],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  ])('addMinor refuses %d and %d though their sum may look whole', (a, b) => {
    expect(codeOf(() => addMinor(a, b))).toBe('invalid_amount');
    expect(codeOf(() => compare(mxn(a), mxn(a)))).toBe('invalid_amount');
    expect(codeOf(() => checkMinor(a))).toBe('invalid_amount');
  });

  it('adds like exact integers or refuses', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.maxSafeInteger(), (a, b) => {
        const exact = BigInt(a) + BigInt(b);
        if (exact > BigInt(max) || exact < -BigInt(max))
          expect(codeOf(() => addMinor(a, b))).toBe('invalid_amount');
        else expect(BigInt(addMinor(a, b))).toBe(exact);
      }),
    );
  });
});

describe('sumByCurrency', () => {
  it('totals each currency, sorted by code', () => {
    expect(sumByCurrency([mxn(5), eur(1), mxn(-7), { minor: 9, currency: 'CLP' }])).toEqual([
      { minor: 9, currency: 'CLP' },
      eur(1),
      mxn(-2),
    ]);
    expect(sumByCurrency([])).toEqual([]);
  });

  it('does not care about sums that leave the range on the way', () => {
    expect(sumByCurrency([mxn(max), mxn(max), mxn(-max)])).toEqual([mxn(max)]);
    expect(codeOf(() => sumByCurrency([mxn(max), mxn(1)]))).toBe('invalid_amount');
    expect(codeOf(() => sumByCurrency([mxn(-max), mxn(-1)]))).toBe('invalid_amount');
  });

  it('refuses what is no amount', () => {
    expect(codeOf(() => sumByCurrency([mxn(0.1)]))).toBe('invalid_amount');
    expect(codeOf(() => sumByCurrency([{ minor: 1, currency: 'XXX' }]))).toBe('unknown_currency');
  });

  it('gives the same totals in any order', () => {
    const money = fc.record({ minor: fc.integer(), currency: fc.constantFrom('MXN', 'EUR', 'CLP') });
    fc.assert(
      fc.property(fc.array(money), (list) => {
        const totals = sumByCurrency(list);
        expect(sumByCurrency([...list].reverse())).toEqual(totals);
        expect(totals.reduce((sum, { minor }) => sum + minor, 0)).toBe(
          list.reduce((sum, { minor }) => sum + minor, 0),
        );
      }),
    );
  });
});
