import { describe, expect, it } from 'vitest';
import { fits, glob, match } from '../../../src/testing/scenario/match.js';

const messages = (expected: unknown, found: unknown): readonly string[] =>
  match(expected, found, 'x').map((one) => `${one.path}: ${one.message}`);

describe('matching', () => {
  it('objects partially, amounts as amounts', () => {
    const found = { stage: 'firm', amount: '10.00', number: '0012', on: undefined };
    expect(fits({ stage: 'firm' }, found)).toBe(true);
    expect(fits({ amount: 10 }, found)).toBe(true);
    expect(fits({ amount: '10' }, found)).toBe(true);
    expect(fits({ amount: 10.001 }, found)).toBe(false);
    expect(fits({ number: 12 }, found)).toBe(false);
    expect(fits({ on: 'none', gone: null }, found)).toBe(true);
    expect(messages({ stge: 'none' }, found)).toEqual([
      'x.stge: expected "none", found nothing; did you mean stage?',
    ]);
    expect(messages({ other: 1 }, found)).toEqual([
      'x.other: expected 1, found nothing; there is stage, amount, number',
    ]);
  });

  it('what is counted and never happened is 0, and what has no members is nothing', () => {
    const found = { acts: {}, waiting: { not_yet: 2 }, level: undefined };
    expect(fits({ acts: { message: 0 }, waiting: { hold: 0 }, level: 0 }, found)).toBe(true);
    expect(fits({ acts: 'none' }, found)).toBe(true);
    expect(fits({ waiting: 'none' }, found)).toBe(false);
    expect(fits({ level: 1 }, found)).toBe(false);
    expect(fits({ waiting: { not_yet: 0 } }, found)).toBe(false);
    expect(messages({ levle: 0 }, found)).toEqual([
      'x.levle: expected 0, found nothing; did you mean level?',
    ]);
  });

  it('lists by what is said of them', () => {
    const found = [
      { id: 'a', n: 1 },
      { id: 'b', n: 2 },
    ];
    expect(fits(2, found)).toBe(true);
    expect(fits('none', [])).toBe(true);
    expect(fits(['b'], found)).toBe(true);
    expect(fits({ exactly: [{ n: 2 }, { n: 1 }] }, found)).toBe(true);
    expect(fits({ exactly: [{ n: 2 }, { n: 1 }], inOrder: true }, found)).toBe(false);
    expect(fits({ some: [{ n: 2 }, { n: 1 }], inOrder: true }, found)).toBe(false);
    expect(fits({ exactly: [{ n: 2 }] }, found)).toBe(false);
    expect(fits({ none: [{ n: 3 }], count: { gte: 2 }, every: { id: { oneOf: ['a', 'b'] } } }, found)).toBe(
      true,
    );
    expect(messages({ none: [{ n: 2 }] }, found)).toEqual([
      'x.none[0]: expected none like {"n":2}, found {"n":2}',
    ]);
    expect(messages({ count: 3 }, found)).toEqual(['x.count: expected 3, found 2']);
  });

  it('gives no element to two expectations, and the only one that fits to the narrower', () => {
    const found = [
      { id: 'a', n: 1 },
      { id: 'b', n: 2 },
    ];
    expect(fits([{ n: { gte: 1 } }, { n: 1 }], found)).toBe(true);
    expect(fits([{ n: 1 }, { n: 1 }], found)).toBe(false);
  });

  it('with operators', () => {
    expect(fits({ contains: ['one', 'two'] }, 'one two')).toBe(true);
    expect(fits({ contains: ['one', 'three'] }, 'one two')).toBe(false);
    expect(fits({ lacks: 'three' }, 'one two')).toBe(true);
    expect(fits({ lacks: ['one'] }, 'one two')).toBe(false);
    expect(fits({ contains: 'x' }, ['x', 'y'])).toBe(true);
    expect(fits({ lacks: 'x' }, ['x', 'y'])).toBe(false);
    expect(fits({ gt: 1, lte: 2 }, '2.00')).toBe(true);
    expect(fits({ gt: '2026-03-01', lt: '2026-03-03' }, '2026-03-02')).toBe(true);
    expect(fits({ gt: 1 }, undefined)).toBe(false);
    expect(fits({ not: 'a' }, 'b')).toBe(true);
    expect(fits({ not: 'a' }, 'a')).toBe(false);
    expect(fits({ is: { n: 1 } }, { n: 1, m: 2 })).toBe(true);
    expect(fits({ exists: true }, 0)).toBe(true);
    expect(fits({ exists: false }, undefined)).toBe(true);
    expect(fits({ like: 'a*c' }, 'abc')).toBe(true);
  });

  it('ids by pattern, texts only where asked', () => {
    expect(fits({ id: 'a/*/c' }, { id: 'a/b/c' })).toBe(true);
    expect(fits({ text: 'a*' }, { text: 'abc' })).toBe(false);
    expect(glob('*a*b', 'xxaxxb')).toBe(true);
    expect(glob('a*a', 'a')).toBe(false);
    expect(glob('a*b*b', 'ab')).toBe(false);
    expect(glob('a', 'a')).toBe(true);
  });

  it('types that are no match', () => {
    expect(messages([1], 'x')).toEqual(['x: expected a list, found "x"']);
    expect(messages({ a: 1 }, 'x')).toEqual(['x: expected {"a":1}, found "x"']);
    expect(messages(true, 'true')).toEqual(['x: expected true, found "true"']);
    expect(messages('none', [{ id: 'a' }])).toEqual([expect.stringContaining('expected nothing, found 1: ')]);
    expect(messages('a', [{ id: 'a' }])).toEqual([]);
    expect(messages('a', ['a', 'b'])).toEqual(['x: expected "a", found ["a","b"]']);
  });
});
