import { RecobroError } from '../errors.js';
import { addBusinessDays, type BusinessCalendar } from './business-days.js';
import { checkDay, type Day } from './day.js';
import { type Duration, formatDuration } from './duration.js';
import { addMonths } from './months.js';

/**
 * A day moved by days, weeks, months (clamped to the month's end) or business days.
 *
 * @example shiftDay(parseDay('2026-01-31'), { count: 1, unit: 'mo' }, calendar) // 2026-02-28
 * @throws RecobroError `invalid_duration` for hours and minutes, which do not move a date
 */
export function shiftDay(day: Day, duration: Duration, calendar: BusinessCalendar): Day {
  switch (duration.unit) {
    case 'd':
      return checkDay(day) + duration.count;
    case 'w':
      return checkDay(day) + duration.count * 7;
    case 'mo':
      return addMonths(day, duration.count);
    case 'bd':
      return addBusinessDays(day, duration.count, calendar);
    default:
      throw new RecobroError(
        'invalid_duration',
        `${formatDuration(duration)} does not move a date; write d, bd, w or mo`,
      );
  }
}
