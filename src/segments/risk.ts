import { type Problem, RecobroError } from '../errors.js';
import { lastPaid, type PaidItem, type PaymentHistory } from './history.js';
import { thinHistory } from './typical.js';

/** What the default score is made of. */
export type RiskPartName = 'late' | 'delay' | 'trend' | 'promises' | 'overdue' | 'credit';

/** One reason of a score. */
export interface RiskPart {
  readonly part: string;
  /** 0 (no risk) to 100, whole. */
  readonly value: number;
  /** Its weight in the score. */
  readonly weight: number;
  /** The figures it was worked out from, such as `{ late: 5, paid: 6 }`. */
  readonly from: Readonly<Record<string, number>>;
}

/** How likely an account is to pay late. */
export interface RiskScore {
  /** 0 (pays on time) to 100, whole. */
  readonly score: number;
  /** Why, in a fixed order. */
  readonly parts: readonly RiskPart[];
}

/**
 * Works out a score from a history, or undefined where there is too little of
 * it. A scorer of your own must be a pure function: the same history, the same
 * score, on every machine; it is asked whenever the history is read.
 */
export type RiskScorer = (history: PaymentHistory) => RiskScore | undefined;

/** Adjusts the default scorer; plain data. */
export interface RiskOptions {
  /** With fewer paid items (that had a due date) there is no score. Default 3. */
  readonly minimum?: number | undefined;
  /** Only the last so many paid items count. Default 24. */
  readonly last?: number | undefined;
  /** Weights that differ from the default; 0 leaves a part out. */
  readonly weights?: { readonly [part in RiskPartName]?: number | undefined } | undefined;
}

/** Weights of the default scorer. They sum to 100. */
export const riskWeights = {
  late: 30,
  delay: 20,
  trend: 10,
  promises: 15,
  overdue: 15,
  credit: 10,
} as const satisfies Readonly<Record<RiskPartName, number>>;

const window = 24;
/** Payments that are "the last ones" for the trend; as many must have come before. */
const recentCount = 3;
/** Where a part reaches 100. */
const worst = { meanDaysLate: 60, daysWorse: 30, daysPastDue: 90 } as const;

/**
 * The default risk score: how likely an account is to pay late, from 0 to 100,
 * with its reasons. Whole numbers throughout, halves rounded up; no amounts,
 * no clock, no learning: the same history always gives the same score.
 *
 * Over the last 24 paid items that had a due date, where an item paid early or
 * on its due date is 0 days late:
 *
 * | part | weight | 0 to 100 | unknown |
 * |---|---|---|---|
 * | `late` | 30 | share of items paid late, in percent | – |
 * | `delay` | 20 | mean days late × 100 / 60 | – |
 * | `trend` | 10 | (mean days late of the last 3 − mean of those before) × 100 / 30, 0 if not worse | fewer than 6 items |
 * | `promises` | 15 | share of promises that were broken, in percent | no promise is over |
 * | `overdue` | 15 | days past due of the oldest overdue item × 100 / 90; 0 if nothing is overdue | – |
 * | `credit` | 10 | (percent of the credit limit used − 50) × 2 | no limit |
 *
 * Each part is cut to 0 to 100. The score is their mean by weight, without the
 * unknown parts: what is not known never counts as good or bad. Fewer than 3
 * items give no score at all: a thin history is a segment of its own, never
 * "late".
 *
 * Disputes do not count: contesting an invoice is a right, and the contested
 * part has its own facts.
 *
 * @example
 * riskScore({ paid, promisesKept: 1, promisesBroken: 1, oldestDaysPastDue: 18, creditUse: 75 })?.score // 49
 */
export function riskScore(history: PaymentHistory): RiskScore | undefined {
  return defaultScorer(history);
}

/**
 * The default scorer with other weights or another reach.
 *
 * @example const scorer = riskScorer({ minimum: 5, weights: { credit: 0, promises: 25 } });
 * @throws RecobroError `invalid_option` with every problem
 */
export function riskScorer(options: RiskOptions = {}): RiskScorer {
  const minimum = options.minimum ?? thinHistory;
  const last = options.last ?? window;
  const weights: Readonly<Record<RiskPartName, number>> = { ...riskWeights, ...known(options.weights) };
  check(minimum, last, weights);
  return (history) => {
    const items = lastPaid(
      history.paid.filter(({ due }) => due !== undefined),
      last,
    );
    if (items.length < minimum) return undefined;
    const parts: RiskPart[] = [];
    for (const [part, value, from] of figures(items, history)) {
      if (weights[part] > 0) parts.push({ part, value, weight: weights[part], from });
    }
    const weight = parts.reduce((sum, part) => sum + part.weight, 0);
    if (weight === 0) return undefined;
    const points = parts.reduce((sum, part) => sum + part.weight * part.value, 0);
    return { score: nearest(points, weight), parts };
  };
}

/**
 * Asks a scorer, and refuses an answer that no condition could be compared with.
 *
 * @throws RecobroError `invalid_option` for a score that is no whole number from 0 to 100
 */
export function scoreBy(scorer: RiskScorer, history: PaymentHistory): RiskScore | undefined {
  const answer = scorer(history);
  if (answer === undefined) return undefined;
  const { score } = answer;
  if (Number.isSafeInteger(score) && score >= 0 && score <= 100) return answer;
  throw new RecobroError('invalid_option', 'a risk scorer must answer whole numbers from 0 to 100', {
    problems: [
      { path: 'score', code: 'invalid_value', message: 'the score is no whole number from 0 to 100' },
    ],
  });
}

type Figure = readonly [part: RiskPartName, value: number, from: Readonly<Record<string, number>>];

function* figures(items: readonly PaidItem[], history: PaymentHistory): Generator<Figure> {
  const lateness = items.map(daysLate);
  const count = lateness.length;
  const late = lateness.filter((days) => days > 0).length;
  const days = sum(lateness);
  yield ['late', nearest(100 * late, count), { late, paid: count }];
  yield ['delay', upTo100(100 * days, worst.meanDaysLate * count), { daysLate: days, paid: count }];
  if (count >= 2 * recentCount) {
    // Newest first, so the last payments lead.
    const recent = sum(lateness.slice(0, recentCount));
    const before = days - recent;
    const beforeCount = count - recentCount;
    const worse = recent * beforeCount - before * recentCount;
    const value = upTo100(100 * worse, worst.daysWorse * recentCount * beforeCount);
    yield [
      'trend',
      value,
      { recentDays: recent, recent: recentCount, beforeDays: before, before: beforeCount },
    ];
  }
  const { promisesKept: kept, promisesBroken: broken, creditUse } = history;
  if (kept + broken > 0) yield ['promises', nearest(100 * broken, kept + broken), { kept, broken }];
  const daysPastDue = Math.max(history.oldestDaysPastDue ?? 0, 0);
  yield ['overdue', upTo100(100 * daysPastDue, worst.daysPastDue), { daysPastDue }];
  if (creditUse !== undefined) yield ['credit', upTo100((creditUse - 50) * 2, 1), { creditUse }];
}

function daysLate({ due, paidOn }: PaidItem): number {
  return Math.max(paidOn - (due ?? paidOn), 0);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** Quotient to the nearest whole number, halves up; both at least 0. */
function nearest(top: number, bottom: number): number {
  return Math.floor((2 * top + bottom) / (2 * bottom));
}

function upTo100(top: number, bottom: number): number {
  return Math.min(nearest(Math.max(top, 0), bottom), 100);
}

function known(weights: RiskOptions['weights'] = {}): Partial<Record<RiskPartName, number>> {
  return Object.fromEntries(Object.entries(weights).filter(([, weight]) => weight !== undefined));
}

function check(minimum: number, last: number, weights: Readonly<Record<string, number>>): void {
  const problems: Problem[] = [];
  const whole = (path: string, value: number, least: number): void => {
    if (Number.isSafeInteger(value) && value >= least && value <= 10_000) return;
    const message = `must be a whole number from ${least} to 10000`;
    problems.push({ path, code: 'invalid_value', message });
  };
  whole('minimum', minimum, 1);
  whole('last', last, 1);
  for (const [part, weight] of Object.entries(weights)) {
    if (Object.hasOwn(riskWeights, part)) whole(`weights.${part}`, weight, 0);
    else {
      const message = `there is no such part; there are ${Object.keys(riskWeights).join(', ')}`;
      problems.push({ path: `weights.${part}`, code: 'unknown_key', message });
    }
  }
  if (minimum > last) {
    const message = 'must not be above last, or no history is ever long enough';
    problems.push({ path: 'minimum', code: 'invalid_value', message });
  }
  if (problems.length > 0)
    throw new RecobroError('invalid_option', 'the risk scorer cannot be made', { problems });
}

const defaultScorer: RiskScorer = /* @__PURE__ */ riskScorer();
