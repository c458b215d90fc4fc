import { RecobroError } from '../errors.js';

/**
 * A calendar date as whole days since 1970-01-01 in the proleptic Gregorian
 * calendar. It has no zone and no hour; day arithmetic is plain arithmetic.
 */
export type Day = number;

/** Year, month (1–12) and day of the month (1–31). */
export interface Civil {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** First and last date that texts may name. */
export const firstYear = 1900;
export const lastYear = 2999;

const yearsPerCycle = 400;
const daysPerCycle = 146_097;
// 0000-03-01 lies this many days before 1970-01-01.
const marchEpoch = 719_468;

/**
 * The day a date text names. Strictly `YYYY-MM-DD`, years 1900 to 2999.
 *
 * @example parseDay('2026-03-01') // 20513
 * @throws RecobroError `invalid_date` when the text has another form or the date does not exist
 */
export function parseDay(iso: string): Day {
  const day = dayOf(iso);
  if (Number.isNaN(day)) {
    const shown = typeof iso === 'string' ? JSON.stringify(iso.slice(0, 32)) : typeof iso;
    throw new RecobroError(
      'invalid_date',
      `${shown} is no existing date of the form YYYY-MM-DD (${firstYear} to ${lastYear})`,
    );
  }
  return day;
}

/** Whether {@link parseDay} accepts the text. */
export function isDay(iso: string): boolean {
  return !Number.isNaN(dayOf(iso));
}

/**
 * The date as `YYYY-MM-DD`; the inverse of {@link parseDay}.
 *
 * @throws RecobroError `invalid_date` for what is no whole day within the years 1900 to 2999
 */
export function formatDay(day: Day): string {
  const { year, month, day: dayOfMonth } = civilOf(day);
  if (!(year >= firstYear && year <= lastYear)) {
    throw new RecobroError('invalid_date', `a date must lie in the years ${firstYear} to ${lastYear}`);
  }
  return `${year}-${month < 10 ? '0' : ''}${month}-${dayOfMonth < 10 ? '0' : ''}${dayOfMonth}`;
}

/** Day of the week: 1 = Monday … 7 = Sunday. @throws RecobroError `invalid_date` for what is no whole number */
export function weekdayOf(day: Day): number {
  // 1970-01-01 was a Thursday.
  const sinceMonday = (checkDay(day) + 3) % 7;
  return (sinceMonday < 0 ? sinceMonday + 7 : sinceMonday) + 1;
}

/** Year, month and day of the month. @throws RecobroError `invalid_date` for what is no whole number */
export function civilOf(day: Day): Civil {
  // Years counted from 1 March, so that the leap day is the last of its year.
  const shifted = checkDay(day) + marchEpoch;
  const cycle = Math.floor(shifted / daysPerCycle);
  const dayOfCycle = shifted - cycle * daysPerCycle;
  const yearOfCycle = Math.floor(
    (dayOfCycle -
      Math.floor(dayOfCycle / 1460) +
      Math.floor(dayOfCycle / 36_524) -
      Math.floor(dayOfCycle / 146_096)) /
      365,
  );
  const dayOfYear =
    dayOfCycle - (365 * yearOfCycle + Math.floor(yearOfCycle / 4) - Math.floor(yearOfCycle / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  return {
    year: cycle * yearsPerCycle + yearOfCycle + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1,
  };
}

/**
 * The day itself if it is a whole number. A NaN let through here would make
 * every later comparison silently false.
 *
 * @throws RecobroError `invalid_date`
 */
export function checkDay(day: Day): Day {
  if (!Number.isSafeInteger(day)) throw new RecobroError('invalid_date', 'a day must be a whole number');
  return day;
}

/** The day of a year, month (1–12) and day of the month that are known to exist. */
export function dayFromCivil(year: number, month: number, dayOfMonth: number): Day {
  const marchYear = month <= 2 ? year - 1 : year;
  const cycle = Math.floor(marchYear / yearsPerCycle);
  const yearOfCycle = marchYear - cycle * yearsPerCycle;
  const monthFromMarch = month > 2 ? month - 3 : month + 9;
  const dayOfYear = Math.floor((153 * monthFromMarch + 2) / 5) + dayOfMonth - 1;
  const dayOfCycle =
    yearOfCycle * 365 + Math.floor(yearOfCycle / 4) - Math.floor(yearOfCycle / 100) + dayOfYear;
  return cycle * daysPerCycle + dayOfCycle - marchEpoch;
}

/** Number of days of a month. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** The two digits at an index, or NaN. */
export function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 48;
  const ones = text.charCodeAt(at + 1) - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}

const hyphen = 45;

function dayOf(iso: string): Day {
  if (typeof iso !== 'string' || iso.length !== 10) return Number.NaN;
  if (iso.charCodeAt(4) !== hyphen || iso.charCodeAt(7) !== hyphen) return Number.NaN;
  const year = twoDigits(iso, 0) * 100 + twoDigits(iso, 2);
  const month = twoDigits(iso, 5);
  const dayOfMonth = twoDigits(iso, 8);
  // Written so that a NaN part fails.
  const exists =
    year >= firstYear &&
    year <= lastYear &&
    month >= 1 &&
    month <= 12 &&
    dayOfMonth >= 1 &&
    dayOfMonth <= daysInMonth(year, month);
  if (!exists) return Number.NaN;
  const leapDay = month > 2 && daysInMonth(year, 2) === 29 ? 1 : 0;
  return firstDays[year - firstYear]! + daysBefore[month - 1]! + leapDay + dayOfMonth - 1;
}

// Every record of every account is read this way at every review, so the sums stand ready.
const firstDays = Int32Array.from({ length: lastYear - firstYear + 1 }, (_, index) =>
  dayFromCivil(firstYear + index, 1, 1),
);
/** Days of a common year before each month. */
const daysBefore = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
