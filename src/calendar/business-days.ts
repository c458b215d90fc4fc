import { isRecobroError, type Problem, RecobroError } from '../errors.js';
import { checkDay, type Day, parseDay, weekdayOf } from './day.js';

/** Which days are business days. The answer for a day never changes. */
export interface BusinessCalendar {
  isBusinessDay(day: Day): boolean;
}

/** What happens to a date that falls on no business day: left as it is, or moved. */
export type BusinessDayConvention = 'as-is' | 'next' | 'previous';

const weekdays = [1, 2, 3, 4, 5, 6, 7];
// Ten years without a single business day is no calendar but a mistake.
const longestBreak = 3660;

/**
 * A calendar of weekends and holidays. The holiday list may be empty.
 *
 * @param options.weekend weekdays off, 1 = Monday … 7 = Sunday; by default Saturday and Sunday
 * @param options.holidays dates off, as `YYYY-MM-DD`
 * @example businessCalendar({ holidays: ['2026-05-01'] })
 * @throws RecobroError `invalid_option` listing every bad weekday and holiday, or when no weekday is left
 */
export function businessCalendar(
  options: {
    readonly weekend?: readonly number[] | undefined;
    readonly holidays?: Iterable<string> | undefined;
  } = {},
): BusinessCalendar {
  const problems: Problem[] = [];
  const weekend = new Set(options.weekend ?? [6, 7]);
  [...weekend].forEach((weekday, index) => {
    if (!weekdays.includes(weekday)) {
      problems.push({
        path: `weekend[${index}]`,
        code: 'invalid_weekday',
        message: 'a weekday is 1 (Monday) to 7 (Sunday)',
      });
    }
  });
  if (weekdays.every((weekday) => weekend.has(weekday))) {
    problems.push({
      path: 'weekend',
      code: 'no_business_day',
      message: 'at least one weekday must be a business day',
    });
  }
  const holidays = new Set<Day>();
  let index = 0;
  for (const holiday of options.holidays ?? []) {
    try {
      holidays.add(parseDay(holiday));
    } catch (error) {
      if (!isRecobroError(error, 'invalid_date')) throw error;
      problems.push({ path: `holidays[${index}]`, code: error.code, message: error.message });
    }
    index++;
  }
  if (problems.length > 0)
    throw new RecobroError('invalid_option', 'the business calendar is not valid', { problems });
  return { isBusinessDay: (day) => !weekend.has(weekdayOf(day)) && !holidays.has(day) };
}

/**
 * The n-th business day after a day (before it for n < 0). The day itself is
 * not counted, and for n = 0 it is returned as it is, business day or not.
 *
 * @throws RecobroError `invalid_option` when the calendar has no business day for ten years
 */
export function addBusinessDays(day: Day, n: number, calendar: BusinessCalendar): Day {
  if (!Number.isSafeInteger(n))
    throw new RecobroError('invalid_duration', 'business days must be a whole number');
  const step = n < 0 ? -1 : 1;
  let at = checkDay(day);
  for (let left = Math.abs(n); left > 0; left--) at = firstFrom(at + step, step, calendar);
  return at;
}

/**
 * The day itself if it is a business day, else what the convention says.
 *
 * @throws RecobroError `invalid_option` when the calendar has no business day for ten years
 */
export function adjust(day: Day, convention: BusinessDayConvention, calendar: BusinessCalendar): Day {
  return convention === 'as-is'
    ? checkDay(day)
    : firstFrom(checkDay(day), convention === 'next' ? 1 : -1, calendar);
}

function firstFrom(day: Day, step: 1 | -1, calendar: BusinessCalendar): Day {
  for (let tried = 0; tried < longestBreak; tried++) {
    const at = day + tried * step;
    if (calendar.isBusinessDay(at)) return at;
  }
  throw new RecobroError('invalid_option', 'the calendar has no business day for ten years');
}
