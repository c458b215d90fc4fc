import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatAmount, parseAmount } from '../../src/money/index.js';
import { codeOf, messageOf } from './thrown.js';

const currency = fc.constantFrom('CLP', 'MXN', 'KWD', 'CLF');
const minor = fc.maxSafeInteger();

describe('amount texts', () => {
  it.each([
    ['1250.00', 'MXN', 125_000],
    ['1250', 'MXN', 125_000],
    ['1250.5', 'MXN', 125_050],
    ['0.05', 'MXN', 5],
    ['-0.05', 'EUR', -5],
    ['000.10', 'EUR', 10],
    ['1250', 'CLP', 1250],
    ['1.25', 'KWD', 1250],
    ['0.0001', 'CLF', 1],
    ['9007199254740991', 'CLP', Number.MAX_SAFE_INTEGER],
    ['-90071992547409.91', 'MXN', -Number.MAX_SAFE_INTEGER],
  ])('reads %s %s as %i', (text, code, expected) => {
    expect(parseAmount(text, code)).toBe(expected);
  });

  it('reads minus zero as zero', () => {
    expect(Object.is(parseAmount('-0.00', 'MXN'), 0)).toBe(true);
  });

  it.each([
    ['', 'MXN'],
    ['-', 'MXN'],
    ['.5', 'MXN'],
    ['-.5', 'MXN'],
    ['5.', 'MXN'],
    ['1.2.3', 'MXN'],
    ['1..2', 'MXN'],
    ['+5', 'MXN'],
    ['--5', 'MXN'],
    ['5-', 'MXN'],
    [' 5', 'MXN'],
    ['5 ', 'MXN'],
    ['5\n', 'MXN'],
    ['1e3', 'MXN'],
    ['0x10', 'MXN'],
    ['1,250.00', 'MXN'],
    ['1.250,00', 'EUR'],
    ['1_250', 'MXN'],
    ['$5', 'MXN'],
    ['NaN', 'MXN'],
    ['Infinity', 'MXN'],
    ['٥', 'MXN'],
    ['1250.001', 'MXN'],
    ['1250.000', 'MXN'],
    ['1250.0', 'CLP'],
    ['10.000', 'CLP'],
    ['9007199254740992', 'CLP'],
    ['90071992547409.92', 'MXN'],
    ['-90071992547409.92', 'MXN'],
    ['9'.repeat(400), 'CLP'],
  ])('refuses %j %s', (text, code) => {
    expect(codeOf(() => parseAmount(text, code))).toBe('invalid_amount');
  });

  it('refuses a JavaScript number, and an unknown currency', () => {
    expect(codeOf(() => parseAmount(12.5 as never, 'MXN'))).toBe('invalid_amount');
    expect(codeOf(() => parseAmount('12.50', 'PESO'))).toBe('unknown_currency');
  });

  it.each([
    ['7777.777', 'MXN', "the amount has too many decimals; write MXN as '1250.00'"],
    ['7777.7', 'CLP', "the amount has too many decimals; write CLP as '1250'"],
    ['7777,7', 'KWD', "the amount is not plain decimal text; write KWD as '1250.000'"],
    ['.7777', 'MXN', "the amount is not plain decimal text; write MXN as '1250.00'"],
    ['7777.', 'MXN', "the amount is not plain decimal text; write MXN as '1250.00'"],
    [7777, 'MXN', "the amount is not text; write MXN as '1250.00'"],
    ['77777777777777777777', 'MXN', "the amount lies beyond ±(2^53−1) minor units; write MXN as '1250.00'"],
  ])('says of %j %s what is wrong and what would be right, without repeating it', (text, code, message) => {
    expect(messageOf(() => parseAmount(text as never, code))).toBe(message);
  });

  it.each([
    [125_000, 'MXN', '1250.00'],
    [5, 'MXN', '0.05'],
    [-5, 'MXN', '-0.05'],
    [0, 'KWD', '0.000'],
    [-0, 'MXN', '0.00'],
    [-1250, 'CLP', '-1250'],
    [1, 'CLF', '0.0001'],
    [-Number.MAX_SAFE_INTEGER, 'MXN', '-90071992547409.91'],
  ])('writes %i %s as %s', (value, code, expected) => {
    expect(formatAmount(value, code)).toBe(expected);
  });

  it.each([0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, -(2 ** 53)])('writes no %d', (value) => {
    expect(codeOf(() => formatAmount(value, 'MXN'))).toBe('invalid_amount');
  });

  it('reads back what it wrote', () => {
    fc.assert(
      fc.property(minor, currency, (value, code) => {
        expect(parseAmount(formatAmount(value, code), code)).toBe(value);
      }),
    );
  });

  it('agrees with exact arithmetic on the digits, and refuses exactly what is out of range', () => {
    const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 1, maxLength: 18 });
    fc.assert(
      fc.property(
        digits,
        fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 1, maxLength: 2 }),
        (whole, cents) => {
          const exact = BigInt(whole + cents.padEnd(2, '0'));
          const text = `${whole}.${cents}`;
          if (exact > BigInt(Number.MAX_SAFE_INTEGER)) {
            expect(codeOf(() => parseAmount(text, 'MXN'))).toBe('invalid_amount');
          } else {
            expect(BigInt(parseAmount(text, 'MXN'))).toBe(exact);
          }
        },
      ),
    );
  });
});
