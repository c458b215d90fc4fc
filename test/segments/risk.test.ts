import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isRecobroError } from '../../src/errors.js';
import {
  creditUseOf,
  type PaymentHistory,
  paidItems,
  promiseCounts,
  type RiskScore,
  riskScore,
  riskScorer,
  riskWeights,
  scoreBy,
} from '../../src/segments/index.js';
import { aHistory, history, paidLate, pathsOf } from './support.js';

const valuesOf = (score: RiskScore | undefined): Record<string, number> =>
  Object.fromEntries((score?.parts ?? []).map(({ part, value }) => [part, value]));

describe('riskScore', () => {
  it('scores the worked example of the guide, with its reasons', () => {
    const score = riskScore(
      history([0, 5, 10, 12, 20, 25], {
        promisesKept: 1,
        promisesBroken: 1,
        oldestDaysPastDue: 18,
        creditUse: 75,
      }),
    );
    expect(score).toEqual({
      score: 49,
      parts: [
        { part: 'late', value: 83, weight: 30, from: { late: 5, paid: 6 } },
        { part: 'delay', value: 20, weight: 20, from: { daysLate: 72, paid: 6 } },
        {
          part: 'trend',
          value: 47,
          weight: 10,
          from: { recentDays: 57, recent: 3, beforeDays: 15, before: 3 },
        },
        { part: 'promises', value: 50, weight: 15, from: { kept: 1, broken: 1 } },
        { part: 'overdue', value: 20, weight: 15, from: { daysPastDue: 18 } },
        { part: 'credit', value: 50, weight: 10, from: { creditUse: 75 } },
      ],
    });
  });

  it('gives no score for a thin history, however bad: it is never "late"', () => {
    expect(riskScore(history([]))).toBeUndefined();
    expect(riskScore(history([90, 90], { promisesBroken: 4, oldestDaysPastDue: 200 }))).toBeUndefined();
    const undated = { issued: 20_000, due: undefined, paidOn: 20_300 };
    expect(riskScore({ ...history([]), paid: [undated, ...paidLate(9, 9)] })).toBeUndefined();
    expect(riskScore(history([9, 9, 9]))?.score).toBeGreaterThan(0);
  });

  it('is 0 for whoever pays on time or early, and 100 at the worst', () => {
    expect(riskScore(history([0, -5, 0, -90, 0, 0], { promisesKept: 2, creditUse: 50 }))?.score).toBe(0);
    expect(riskScore(history([0, 0, 0]))?.score).toBe(0);
    const worst = history([90, 90, 90, 150, 150, 150], {
      promisesBroken: 1,
      oldestDaysPastDue: 90,
      creditUse: 100,
    });
    expect(riskScore(worst)?.score).toBe(100);
    expect(new Set(Object.values(valuesOf(riskScore(worst))))).toEqual(new Set([100]));
  });

  it('leaves out what is not known, and shares its weight among the rest', () => {
    const score = riskScore(history([10, 10, 0]));
    expect(score?.parts.map(({ part }) => part)).toEqual(['late', 'delay', 'overdue']);
    // (30 × 67 + 20 × 11 + 15 × 0) / 65
    expect(score?.score).toBe(34);
  });

  it('looks at the last 24 payments', () => {
    const long = [...new Array<number>(30).fill(80), ...new Array<number>(24).fill(0)];
    expect(riskScore(history(long))?.score).toBe(0);
    expect(valuesOf(riskScore(history(long.slice(0, 53)))).late).toBe(4);
  });

  it('sees the trend from six payments on, and only where it worsens', () => {
    expect(valuesOf(riskScore(history([0, 0, 30, 30, 30])))).not.toHaveProperty('trend');
    expect(valuesOf(riskScore(history([0, 0, 0, 30, 30, 30]))).trend).toBe(100);
    expect(valuesOf(riskScore(history([0, 0, 0, 0, 15, 15, 15]))).trend).toBe(50);
    expect(valuesOf(riskScore(history([30, 30, 30, 0, 0, 0]))).trend).toBe(0);
    expect(valuesOf(riskScore(history([-30, -30, -30, 0, 0, 0]))).trend).toBe(0);
  });

  it.each([
    [undefined, 0],
    [0, 0],
    [-4, 0],
    [1, 1],
    [45, 50],
    [89, 99],
    [90, 100],
    [400, 100],
  ])('values %s days past due with %i', (oldestDaysPastDue, value) => {
    expect(valuesOf(riskScore(history([0, 0, 0], { oldestDaysPastDue }))).overdue).toBe(value);
  });

  it.each([
    [0, 0],
    [50, 0],
    [51, 2],
    [99, 98],
    [100, 100],
    [1000, 100],
  ])('values %i percent of the credit limit with %i', (creditUse, value) => {
    expect(valuesOf(riskScore(history([0, 0, 0], { creditUse }))).credit).toBe(value);
  });

  it('is a whole number from 0 to 100, the same for any order, and made of its parts', () => {
    fc.assert(
      fc.property(aHistory, (one) => {
        const score = riskScore(one);
        expect(riskScore({ ...one, paid: one.paid.toReversed() })).toEqual(score);
        const dated = one.paid.filter(({ due }) => due !== undefined);
        expect(score === undefined).toBe(dated.length < 3);
        if (score === undefined) return;
        const weight = score.parts.reduce((sum, part) => sum + part.weight, 0);
        const exact = score.parts.reduce((sum, part) => sum + part.value * part.weight, 0) / weight;
        expect(score.score).toBe(Math.round(exact));
        for (const value of [score.score, ...score.parts.map((part) => part.value)]) {
          expect(Number.isInteger(value) && value >= 0 && value <= 100).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('never falls when something gets worse, nor rises for a promise kept', () => {
    const worse: readonly ((one: PaymentHistory) => PaymentHistory)[] = [
      (one) => ({ ...one, promisesBroken: one.promisesBroken + 1 }),
      (one) => ({ ...one, oldestDaysPastDue: (one.oldestDaysPastDue ?? 0) + 7 }),
      (one) => ({ ...one, creditUse: one.creditUse === undefined ? undefined : one.creditUse + 10 }),
    ];
    fc.assert(
      fc.property(aHistory, fc.constantFrom(...worse), (one, worsen) => {
        const score = riskScore(one)?.score;
        if (score === undefined) return;
        expect(riskScore(worsen(one))?.score).toBeGreaterThanOrEqual(score);
        expect(riskScore({ ...one, promisesKept: one.promisesKept + 1 })?.score).toBeLessThanOrEqual(score);
      }),
      { numRuns: 500 },
    );
  });

  it('never falls when the last payment comes later', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -10, max: 90 }), { minLength: 3, maxLength: 30 }), (days) => {
        const later = [...days.slice(0, -1), (days.at(-1) ?? 0) + 9];
        expect(riskScore(history(later))?.score).toBeGreaterThanOrEqual(
          riskScore(history(days))?.score ?? 101,
        );
      }),
    );
  });
});

describe('riskScorer', () => {
  it('takes other weights, and leaves out parts without weight', () => {
    const scorer = riskScorer({ weights: { late: 0, delay: undefined, credit: 50 } });
    const score = scorer(history([60, 60, 60], { creditUse: 75 }));
    expect(score?.parts.map(({ part, weight }) => [part, weight])).toEqual([
      ['delay', 20],
      ['overdue', 15],
      ['credit', 50],
    ]);
    // (20 × 100 + 15 × 0 + 50 × 50) / 85
    expect(score?.score).toBe(53);
    expect(Object.values(riskWeights).reduce<number>((sum, weight) => sum + weight, 0)).toBe(100);
  });

  it('takes another reach', () => {
    expect(riskScorer({ minimum: 4 })(history([9, 9, 9]))).toBeUndefined();
    expect(riskScorer({ last: 10_000 })(history([0, 0, 0]))?.score).toBe(0);
    expect(riskScorer({ minimum: 1 })(history([0]))?.score).toBe(0);
    expect(riskScorer({ last: 3 })(history([90, 90, 90, 0, 0, 0]))?.score).toBe(0);
  });

  it('gives no score where no known part has weight', () => {
    const only = riskScorer({ weights: { late: 0, delay: 0, trend: 0, promises: 0, overdue: 0 } });
    expect(only(history([9, 9, 9]))).toBeUndefined();
    expect(only(history([9, 9, 9], { creditUse: 60 }))?.score).toBe(20);
  });

  it('refuses options that make no scorer, with every problem', () => {
    const weights = { late: -1, credit: 0.5, lat: 3 };
    expect(pathsOf(() => riskScorer({ minimum: 0, last: Number.NaN, weights }))).toEqual([
      'minimum',
      'last',
      'weights.late',
      'weights.credit',
      'weights.lat',
    ]);
    expect(pathsOf(() => riskScorer({ minimum: 5, last: 4 }))).toEqual(['minimum']);
    expect(pathsOf(() => riskScorer({ weights: { late: 10_001 } }))).toEqual(['weights.late']);
  });
});

describe('scoreBy', () => {
  it('passes on what a scorer of one’s own says, no score included', () => {
    const own = { score: 100, parts: [{ part: 'bureau', value: 100, weight: 1, from: { rating: 7 } }] };
    expect(scoreBy(() => own, history([]))).toBe(own);
    expect(scoreBy(() => ({ score: 0, parts: [] }), history([]))).toEqual({ score: 0, parts: [] });
    expect(scoreBy(() => undefined, history([]))).toBeUndefined();
    expect(scoreBy(riskScore, history([0, 0, 0]))?.score).toBe(0);
  });

  it.each([-1, 101, 49.5, Number.NaN])('refuses %d', (score) => {
    const call = () => scoreBy(() => ({ score, parts: [] }), history([]));
    expect(call).toThrow(expect.toSatisfy((error: unknown) => isRecobroError(error, 'invalid_option')));
    expect(pathsOf(call)).toEqual(['score']);
  });
});

describe('what a history is made of', () => {
  const invoice = { issued: '2026-01-31', status: 'open' } as const;

  it('takes items that nothing is owed on and that a payment went to', () => {
    const paid = { invoice, due: 20_514, outstanding: 0, paidOn: 20_520 };
    expect(
      paidItems([
        paid,
        { ...paid, outstanding: -5, due: undefined },
        { ...paid, outstanding: 1 },
        { ...paid, paidOn: undefined },
        { ...paid, invoice: { ...invoice, status: 'void' } },
      ]),
    ).toEqual([
      { issued: 20_484, due: 20_514, paidOn: 20_520 },
      { issued: 20_484, due: undefined, paidOn: 20_520 },
    ]);
  });

  it('counts a promise kept in part as broken', () => {
    expect(promiseCounts([{ outcome: 'kept' }, { outcome: 'partly' }, { outcome: 'broken' }])).toEqual({
      promisesKept: 1,
      promisesBroken: 2,
    });
    expect(promiseCounts([])).toEqual({ promisesKept: 0, promisesBroken: 0 });
  });

  it.each([
    [750_000, 1_000_000, 75],
    [999, 1000, 99],
    [0, 1000, 0],
    [-5, 1000, 0],
    [0, 0, 0],
    [-1, 0, 0],
    [1, 0, 1000],
    [2000, 1000, 200],
    [10_001, 1000, 1000],
    [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER, 100],
  ])('uses %i of %i to %i percent', (exposure, limit, use) => {
    expect(creditUseOf(exposure, limit)).toBe(use);
  });
});
