import { type Day, formatDay } from '../../calendar/index.js';
import type { Item } from '../../engine/index.js';
import { addMinor } from '../../money/index.js';
import type { AgingCurve, AgingPoint } from './types.js';

type Bucket = Exclude<keyof AgingPoint, 'date'>;
type Sums = Record<Bucket, number>;

/** Longest period that is shown day by day. */
const mostDays = 100;

/** Days at whose end balances are looked at: each day of a short period, each seventh of a long one, and the last. */
export function sampleDays(from: Day, to: Day, step: 'day' | 'week'): Day[] {
  const days: Day[] = [];
  for (let day = from; day < to; day += step === 'day' ? 1 : 7) days.push(day);
  return [...days, to];
}

/** The step that suits a period. */
export function stepOf(from: Day, to: Day): 'day' | 'week' {
  return to - from <= mostDays ? 'day' : 'week';
}

/** Outstanding amounts over time by days past due, one curve per currency. */
export class Aging {
  readonly days: readonly Day[];
  readonly #step: 'day' | 'week';
  readonly #sums = new Map<string, Sums[]>();

  constructor(from: Day, to: Day, step: 'day' | 'week') {
    this.#step = step;
    this.days = sampleDays(from, to, step);
  }

  /** Adds an account's open items as they are at the end of a sampled day. */
  add(index: number, open: readonly Item[]): void {
    const day = this.days[index] ?? 0;
    for (const item of open) {
      const { currency } = item.invoice;
      let sums = this.#sums.get(currency);
      if (sums === undefined) {
        sums = this.days.map(() => ({ current: 0, days30: 0, days60: 0, days90: 0, older: 0 }));
        this.#sums.set(currency, sums);
      }
      const point = sums[index];
      if (point === undefined) continue;
      const bucket = bucketOf(item.due === undefined ? 0 : day - item.due);
      point[bucket] = addMinor(point[bucket], item.outstanding);
    }
  }

  curves(): AgingCurve[] {
    return [...this.#sums.keys()].sort().map((currency) => ({
      currency,
      step: this.#step,
      points: (this.#sums.get(currency) ?? []).map((sums, index) => ({
        date: formatDay(this.days[index] ?? 0),
        ...sums,
      })),
    }));
  }
}

/** The bucket of an age in days past due; 0 is due today, which is not overdue. */
export function bucketOf(daysPastDue: number): Bucket {
  if (daysPastDue <= 0) return 'current';
  if (daysPastDue <= 30) return 'days30';
  if (daysPastDue <= 60) return 'days60';
  return daysPastDue <= 90 ? 'days90' : 'older';
}
