import { civilOf, type Day, parseDay } from '../calendar/index.js';
import type { InterestRule } from '../policy/fees.js';

export type DayCount = NonNullable<InterestRule['dayCount']>;

/** Days that are charged from a first to a last day, both included. */
export function daysOf(from: Day, to: Day, count: DayCount): number {
  return count === '30/360' ? dayOf360(to) - dayOf360(from - 1) : to - from + 1;
}

/** Days of the year into which a day's interest is divided. */
export function basisOf(day: Day, count: DayCount): number {
  if (count === 365 || count === 360) return count;
  return count === '30/360' ? 360 : isLeap(civilOf(day).year) ? 366 : 365;
}

/** First days of the years that begin after a day, up to another one: `actual` counts each year on its own. */
export function newYears(after: Day, to: Day): readonly Day[] {
  const days: Day[] = [];
  for (let year = civilOf(after).year + 1; year <= civilOf(to).year; year++) {
    days.push(parseDay(`${year}-01-01`));
  }
  return days;
}

// Every month has 30 days; a 31st is the 30th (30E/360). A difference of two such numbers, so
// stretches add up however they are cut.
function dayOf360(day: Day): number {
  const { year, month, day: dayOfMonth } = civilOf(day);
  return year * 360 + month * 30 + Math.min(dayOfMonth, 30);
}

function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}
