import { describe, expect, it } from 'vitest';
import {
  type CurrencyRule,
  compileRates,
  nextRateOn,
  rateOn,
  reaches,
  reachesAt,
} from '../../src/engine/exchange.js';
import { codeOf } from '../money/thrown.js';

const rate = (own: object) => ({ from: 'USD', to: 'MXN', rate: '17.5', on: '2026-01-01', ...own });

describe('rates of a plan', () => {
  const rates = compileRates([
    rate({}),
    rate({ rate: '18', on: '2026-03-01' }),
    rate({ rate: '0.0525', on: '2026-02-01' }),
    rate({ from: 'EUR', rate: '20', on: '2026-02-15' }),
  ]);

  it('are exact, and the latest on or before a day counts', () => {
    expect(rateOn(rates, 'USD', 'MXN', '2025-12-31')).toBeUndefined();
    expect(rateOn(rates, 'USD', 'MXN', '2026-01-01')).toEqual({
      on: '2026-01-01',
      digits: 175n,
      decimals: 1,
    });
    expect(rateOn(rates, 'USD', 'MXN', '2026-02-01')).toEqual({
      on: '2026-02-01',
      digits: 525n,
      decimals: 4,
    });
    expect(rateOn(rates, 'USD', 'MXN', '2026-02-28')?.decimals).toBe(4);
    expect(rateOn(rates, 'USD', 'MXN', '2030-01-01')).toEqual({ on: '2026-03-01', digits: 18n, decimals: 0 });
  });

  it('are not turned round', () => {
    expect(rateOn(rates, 'MXN', 'USD', '2026-03-01')).toBeUndefined();
  });

  it('change next on the first day after a day, of whatever pair', () => {
    expect(nextRateOn(rates, '2025-06-01')).toBe('2026-01-01');
    expect(nextRateOn(rates, '2026-01-01')).toBe('2026-02-01');
    expect(nextRateOn(rates, '2026-02-01')).toBe('2026-02-15');
    expect(nextRateOn(rates, '2026-02-15')).toBe('2026-03-01');
    expect(nextRateOn(rates, '2026-03-01')).toBeUndefined();
    expect(nextRateOn(compileRates([]), '2026-03-01')).toBeUndefined();
  });

  it.each([
    ['no number', { rate: 'x' }],
    ['a negative one', { rate: '-1' }],
    ['nothing', { rate: '0.00' }],
    ['an exponent', { rate: '1e3' }],
    ['no day', { on: '2026-02-30' }],
    ['text before the number', { rate: 'a1' }],
    ['text behind it', { rate: '1.5x' }],
    ['no decimals behind the point', { rate: '1.' }],
    ['more digits than are exact', { rate: '1234567890123456' }],
  ])('are refused for %s', (_, own) => {
    expect(codeOf(() => compileRates([rate(own)]))).toBe('invalid_document');
  });

  it('are refused where two of one pair are of one day', () => {
    expect(codeOf(() => compileRates([rate({}), rate({ rate: '18' })]))).toBe('invalid_document');
    expect(() => compileRates([rate({}), rate({ from: 'EUR' })])).not.toThrow();
  });
});

describe('an amount and a limit in another currency', () => {
  const [usd] = compileRates([rate({})]).get('USD/MXN') ?? [];
  const rates = compileRates([
    rate({}),
    rate({ from: 'CLP', rate: '0.02' }),
    rate({ from: 'USD', to: 'EUR', rate: '0.9' }),
  ]);

  it('are compared exactly, with the decimals of both', () => {
    // 10.00 USD are 175.00 MXN.
    expect(reachesAt(usd!, 1_000, 'USD', 17_500, 'MXN')).toBe(true);
    expect(reachesAt(usd!, 1_000, 'USD', 17_501, 'MXN')).toBe(false);
    const [clp] = rates.get('CLP/MXN') ?? [];
    // 1,000 CLP, which has no cents, are 20.00 MXN.
    expect(reachesAt(clp!, 1_000, 'CLP', 2_000, 'MXN')).toBe(true);
    expect(reachesAt(clp!, 999, 'CLP', 2_000, 'MXN')).toBe(false);
  });

  it('count as the plan says where the currency has no limit of its own', () => {
    const limits = new Map([['MXN', 17_500]]);
    const said = (
      otherCurrency: CurrencyRule['otherCurrency'],
      minor: number,
      currency: string,
      all = limits,
    ) => reaches({ otherCurrency, rates }, all, minor, currency, '2026-03-01');
    for (const other of ['met', 'unmet', 'task', 'convert'] as const) {
      expect(said(other, 17_500, 'MXN')).toBe(true);
      expect(said(other, 17_499, 'MXN')).toBe(false);
    }
    expect(said('met', 1, 'USD')).toBe(true);
    expect(said('unmet', 1_000_000, 'USD')).toBe(false);
    expect(said('task', 1, 'USD')).toBe('no_threshold');
    expect([said('convert', 1_000, 'USD'), said('convert', 999, 'USD')]).toEqual([true, false]);
    expect(said('convert', 1, 'EUR')).toBe('no_rate');
    // The first limit that a rate leads to counts.
    const two = new Map([
      ['COP', 1],
      ['EUR', 900],
      ['MXN', 1],
    ]);
    expect([said('convert', 1_000, 'USD', two), said('convert', 999, 'USD', two)]).toEqual([true, false]);
  });
});
