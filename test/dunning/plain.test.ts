import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainOf } from '../../src/dunning/plain.js';

const leaf = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.double(),
  fc.boolean(),
  fc.constantFrom(null, undefined, -0, Number.NaN, new Date(0), new Map([[1, 2]])),
);
const anything = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    leaf,
    fc.array(tie('value')),
    fc.dictionary(fc.oneof(fc.string(), fc.constant('__proto__')), tie('value')),
  ),
})).value;

describe('plainOf', () => {
  it('is what JSON makes of it', () => {
    fc.assert(
      fc.property(anything, (value) => {
        const text: string | undefined = JSON.stringify(value);
        expect(JSON.stringify(plainOf(value))).toBe(text ?? 'null');
        expect(plainOf(value)).toEqual(text === undefined ? null : JSON.parse(text));
      }),
    );
  });

  it('hands back what is plain already as it is, and copies no more than it must', () => {
    const plain = { a: [1, 'x', { b: null }], c: true };
    expect(plainOf(plain)).toBe(plain);
    const mixed = { gone: undefined, plain, list: [plain, undefined] };
    const made = plainOf(mixed);
    expect(made).toStrictEqual({ plain, list: [plain, null] });
    expect((made as { plain: unknown }).plain).toBe(plain);
    expect(mixed).toHaveProperty('gone');
  });

  it('refuses what JSON refuses', () => {
    expect(() => plainOf({ amount: 1n })).toThrow(TypeError);
  });
});
