import { RecobroError } from '../errors.js';
import { civilOf, type Day, dayFromCivil, daysInMonth } from './day.js';

/**
 * The same day of the month n months later (earlier for n < 0), or the last
 * day of a month too short to have it: 31 January + 1 month = 28 or 29 February.
 *
 * @throws RecobroError `invalid_date` when day or n is no whole number
 */
export function addMonths(day: Day, n: number): Day {
  if (!Number.isSafeInteger(n)) throw new RecobroError('invalid_date', 'months must be a whole number');
  const from = civilOf(day);
  const months = from.year * 12 + (from.month - 1) + n;
  const year = Math.floor(months / 12);
  const month = months - year * 12 + 1;
  return dayFromCivil(year, month, Math.min(from.day, daysInMonth(year, month)));
}

/** Last day of the day's month. */
export function endOfMonth(day: Day): Day {
  const { year, month } = civilOf(day);
  return dayFromCivil(year, month, daysInMonth(year, month));
}
