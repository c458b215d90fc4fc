import { describe, expect, it } from 'vitest';
import { codeOf } from '../money/thrown.js';
import { answer, charged, debt } from './build.js';

describe('fixed sums', () => {
  it('are of the currency of the items', () => {
    const fixed = { EUR: '5.00', CLP: '4500', KWD: '1.250' };
    expect(charged({ fixed })).toMatchObject({
      currency: 'EUR',
      amount: 500,
      parts: [{ kind: 'fixed', amount: 500 }],
    });
    expect(charged({ fixed }, {}, debt({ currency: 'CLP' })).amount).toBe(4500);
    expect(charged({ fixed }, {}, debt({ currency: 'KWD' })).amount).toBe(1250);
  });

  it('are of the currency named, whatever the items have', () => {
    const rule = { fixed: { EUR: '5.00', USD: '6.00' }, currency: 'USD' };
    expect(charged(rule)).toMatchObject({ currency: 'USD', amount: 600 });
  });

  it('are of the tenant’s currency where the items differ', () => {
    const rule = { fixed: { EUR: '5.00', USD: '6.00' } };
    const mixed = [debt(), debt({ id: 'B', currency: 'USD' })];
    expect(charged(rule, { currency: 'USD' }, ...mixed)).toMatchObject({
      currency: 'USD',
      items: ['A-1', 'B'],
    });
    expect(answer(rule, {}, ...mixed)).toEqual({ made: false, reason: 'missing_rate', at: 'currency' });
    const same = [debt(), debt({ id: 'B' })];
    expect(charged(rule, { currency: 'USD' }, ...same)).toMatchObject({ currency: 'EUR', amount: 500 });
  });

  it('are missing for a currency without one', () => {
    const missing = { made: false, reason: 'missing_rate', at: 'fixed.USD' };
    expect(answer({ fixed: { EUR: '5.00' } }, {}, debt({ currency: 'USD' }))).toEqual(missing);
  });

  it('of zero are no charge', () => {
    expect(answer({ fixed: { EUR: '0.00' } })).toEqual({ made: false, reason: 'zero', at: '' });
  });

  it('below zero are refused', () => {
    expect(codeOf(() => answer({ fixed: { EUR: '-5.00' } }))).toBe('invalid_amount');
  });

  it('say what they are and on what they rest', () => {
    expect(charged({ fixed: { EUR: '5.00' } })).toEqual({
      fee: 'late',
      currency: 'EUR',
      amount: 500,
      on: '2026-03-31',
      basis: 'agreement',
      source: 'contract, clause 4',
      items: ['A-1'],
      parts: [{ kind: 'fixed', amount: 500 }],
    });
  });
});

describe('percentages', () => {
  it('round half up, exactly', () => {
    const part = { kind: 'percent', base: 100_000, rate: '2.5', amount: 2500, exact: '2500' };
    expect(charged({ percent: '2.5' }).parts).toEqual([part]);
    // 1.1 has no exact binary form: 4.5 and 5.5 cents go up, 4.4 does not.
    expect(charged({ percent: '0.5' }, {}, debt({ amount: 900 })).amount).toBe(5);
    expect(charged({ percent: '1.1' }, {}, debt({ amount: 500 })).amount).toBe(6);
    expect(charged({ percent: '1.1' }, {}, debt({ amount: 400 })).amount).toBe(4);
    expect(charged({ percent: '1.005' }).parts).toMatchObject([{ amount: 1005, exact: '1005' }]);
  });

  it('are of what may be chased, unless another base is named', () => {
    const item = debt({ original: 100_000, outstanding: 80_000, dunnable: 50_000 });
    const of = (base?: 'dunnable' | 'outstanding' | 'original' | 'overdue') =>
      charged({ percent: '10', base }, {}, item).amount;
    expect([of(), of('dunnable'), of('outstanding'), of('original'), of('overdue')]).toEqual([
      5000, 5000, 8000, 10_000, 8000,
    ]);
  });

  it('of the overdue base leave out what is not past due', () => {
    const rule = { percent: '10', base: 'overdue' } as const;
    const items = [debt(), debt({ id: 'B', due: '2026-03-31' }), debt({ id: 'C', due: undefined })];
    expect(charged(rule, {}, ...items).amount).toBe(10_000);
    expect(charged(rule, { overdue: 250_000 }, ...items).amount).toBe(25_000);
    expect(answer(rule, { overdue: -1 }, ...items)).toMatchObject({ reason: 'zero' });
    expect(charged({ percent: '10' }, { overdue: 250_000 }).amount).toBe(10_000);
  });

  it('count what is overpaid as zero', () => {
    const items = [debt(), debt({ id: 'B', amount: -40_000 })];
    expect(charged({ percent: '10' }, {}, ...items).amount).toBe(10_000);
    expect(answer({ percent: '10' }, {}, debt({ amount: -40_000 }))).toMatchObject({ reason: 'zero' });
  });

  it('are never taken across currencies', () => {
    const missing = { made: false, reason: 'missing_rate', at: 'currency' };
    expect(answer({ percent: '10', currency: 'USD' })).toEqual(missing);
    const mixed = [debt(), debt({ id: 'B', currency: 'USD' })];
    expect(answer({ percent: '10' }, { currency: 'EUR' }, ...mixed)).toEqual(missing);
    expect(answer({ interest: { rate: '10' }, currency: 'USD' })).toEqual(missing);
    expect(answer({ tiers: [{ from: { USD: '0' }, percent: '1' }], currency: 'USD' })).toEqual(missing);
  });

  it('that are no decimal text are refused', () => {
    for (const percent of ['2,5', '-1', '1e2', '', ' 1', '2.']) {
      expect(codeOf(() => answer({ percent }))).toBe('invalid_amount');
    }
  });
});

describe('limits', () => {
  it('lift and cut the whole, as rows of their own', () => {
    const min = { EUR: '10.00' };
    const max = { EUR: '40.00' };
    expect(charged({ percent: '0.5', min, max }).parts).toMatchObject([
      { kind: 'percent', amount: 500 },
      { kind: 'minimum', amount: 500, limit: 1000 },
    ]);
    const cut = charged({ fixed: { EUR: '30.00' }, percent: '2', min, max });
    expect(cut.amount).toBe(4000);
    expect(cut.parts.at(-1)).toStrictEqual({ kind: 'maximum', amount: -1000, limit: 4000 });
    expect(charged({ fixed: { EUR: '10.00' }, min, max }).parts).toHaveLength(1);
    expect(charged({ fixed: { EUR: '40.00' }, min, max }).parts).toHaveLength(1);
  });

  it('never lift nothing', () => {
    expect(answer({ percent: '1', min: { EUR: '10.00' } }, {}, debt({ amount: 0 }))).toMatchObject({
      reason: 'zero',
    });
  });

  it('are missing for a currency without one, so that no charge goes out uncapped', () => {
    const missing = { made: false, reason: 'missing_rate', at: 'max.EUR' };
    expect(answer({ percent: '1', max: { USD: '40.00' } })).toEqual(missing);
  });

  it('may leave small charges out', () => {
    const ignoreBelow = { EUR: '5.00' };
    const below = { made: false, reason: 'below', at: 'ignoreBelow.EUR' };
    expect(answer({ fixed: { EUR: '4.99' }, ignoreBelow })).toEqual(below);
    expect(charged({ fixed: { EUR: '5.00' }, ignoreBelow }).amount).toBe(500);
    const missing = { made: false, reason: 'missing_rate', at: 'ignoreBelow.USD' };
    expect(answer({ fixed: { USD: '5.00' }, ignoreBelow }, {}, debt({ currency: 'USD' }))).toEqual(missing);
  });

  it('of zero cut to nothing', () => {
    expect(answer({ fixed: { EUR: '5.00' }, max: { EUR: '0.00' } })).toMatchObject({ reason: 'zero' });
  });
});

// The two ways in which Business Central reckons dynamic reminder fees ("Additional Fee Setup", table 1050 of
// its published base application): single takes the highest threshold reached and its percentage of the whole;
// accumulated takes every threshold reached, each on the slice up to the next; limits hold per threshold.
describe('tiers', () => {
  const tiers = [
    { from: { EUR: '0.00' }, percent: '5' },
    { from: { EUR: '100.00' }, fixed: { EUR: '2.00' }, percent: '3' },
    { from: { EUR: '1000.00' }, percent: '1', min: { EUR: '4.00' }, max: { EUR: '15.00' } },
  ];
  const single = (amount: number) => charged({ tiers }, {}, debt({ amount })).amount;
  const accumulated = (amount: number) =>
    charged({ tiers, tiered: 'accumulated' }, {}, debt({ amount })).amount;

  it('single: the highest that is reached, on the whole base', () => {
    expect([single(9999), single(10_000), single(99_999)]).toEqual([500, 500, 3200]);
    // Limits of the tier.
    expect([single(100_000), single(150_000), single(200_000)]).toEqual([1000, 1500, 1500]);
  });

  it('accumulated: each that is reached, on its slice', () => {
    expect([accumulated(9999), accumulated(10_000), accumulated(20_000)]).toEqual([500, 700, 1000]);
    // 5.00 + (2.00 + 27.00) + 5.00 of the third's slice of 500.00
    expect(accumulated(150_000)).toBe(500 + 2900 + 500);
    expect(charged({ tiers, tiered: 'accumulated' }, {}, debt({ amount: 150_000 })).parts).toEqual([
      { kind: 'percent', amount: 500, base: 10_000, rate: '5', tier: 0, exact: '500' },
      { kind: 'fixed', amount: 200, tier: 10_000 },
      { kind: 'percent', amount: 2700, base: 90_000, rate: '3', tier: 10_000, exact: '2700' },
      { kind: 'percent', amount: 500, base: 50_000, rate: '1', tier: 100_000, exact: '500' },
    ]);
    // The third's own least and most.
    expect(accumulated(110_000)).toBe(500 + 2900 + 400);
    const lifted = charged({ tiers, tiered: 'accumulated' }, {}, debt({ amount: 110_000 })).parts.at(-1);
    expect(lifted).toStrictEqual({ kind: 'minimum', amount: 300, limit: 400, tier: 100_000 });
    expect(accumulated(900_000)).toBe(500 + 2900 + 1500);
  });

  it('below the first there is nothing', () => {
    const from100 = tiers.slice(1);
    expect(answer({ tiers: from100 }, {}, debt({ amount: 9999 }))).toMatchObject({ reason: 'zero' });
    expect(answer({ tiers }, {}, debt({ amount: 0 }))).toMatchObject({ reason: 'zero' });
    const fixedFromZero = [{ from: { EUR: '0' }, fixed: { EUR: '3.00' } }];
    expect(answer({ tiers: fixedFromZero }, {}, debt({ amount: 0 }))).toMatchObject({ reason: 'zero' });
  });

  it('are missing for a currency without a beginning, or without a sum', () => {
    const usd = debt({ currency: 'USD' });
    expect(answer({ tiers }, {}, usd)).toEqual({
      made: false,
      reason: 'missing_rate',
      at: 'tiers[0].from.USD',
    });
    const both = [{ from: { EUR: '0', USD: '0' }, fixed: { EUR: '3.00' } }];
    expect(answer({ tiers: both }, {}, usd)).toEqual({
      made: false,
      reason: 'missing_rate',
      at: 'tiers[0].fixed.USD',
    });
    const limits = [{ from: { USD: '0' }, percent: '1', max: { EUR: '3.00' } }];
    expect(answer({ tiers: limits }, {}, usd)).toMatchObject({ at: 'tiers[0].max.USD' });
  });

  it('add to the other parts', () => {
    expect(charged({ fixed: { EUR: '1.00' }, tiers }, {}, debt({ amount: 10_000 })).amount).toBe(600);
  });
});
