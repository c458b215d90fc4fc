import { describe, expect, it } from 'vitest';
import { isRecobroError } from '../../src/errors.js';
import { currencyExponent, isCurrency } from '../../src/money/index.js';
import { codeOf } from './thrown.js';

describe('currencies', () => {
  it.each([
    ['MXN', 2],
    ['COP', 2],
    ['EUR', 2],
    ['INR', 2],
    ['BRL', 2],
    ['USD', 2],
    ['CLP', 0],
    ['PYG', 0],
    ['JPY', 0],
    ['XOF', 0],
    ['UYI', 0],
    ['KWD', 3],
    ['TND', 3],
    ['BHD', 3],
    ['CLF', 4],
    ['UYW', 4],
    ['XCG', 2],
    ['ZWG', 2],
  ])('%s has %i decimals', (code, exponent) => {
    expect(currencyExponent(code)).toBe(exponent);
    expect(isCurrency(code)).toBe(true);
  });

  it('holds the whole active list, each code once', () => {
    const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
    const all = letters
      .flatMap((a) => letters.flatMap((b) => letters.map((c) => a + b + c)))
      .filter(isCurrency);
    const count = (exponent: number) => all.filter((code) => currencyExponent(code) === exponent).length;
    expect([0, 2, 3, 4].map(count)).toEqual([17, 139, 7, 2]);
    expect(all).toHaveLength(165);
  });

  it.each([
    '',
    'mxn',
    'MX',
    'MXNN',
    ' MXN',
    'XAU',
    'XXX',
    'XTS',
    'BGN',
    'ANG',
    'DEM',
    '__proto__',
    'constructor',
  ])('refuses %j', (code) => {
    expect(isCurrency(code)).toBe(false);
    expect(codeOf(() => currencyExponent(code))).toBe('unknown_currency');
  });

  it('shows at most the beginning of what it refuses', () => {
    try {
      currencyExponent('X'.repeat(10_000));
      expect.unreachable();
    } catch (error) {
      expect(isRecobroError(error) && error.message.length < 200).toBe(true);
    }
  });
});
