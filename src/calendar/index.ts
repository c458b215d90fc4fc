/** Dates, zones, durations, business days and contact windows. The only home of luxon; reads no clock. */
export {
  addBusinessDays,
  adjust,
  type BusinessCalendar,
  type BusinessDayConvention,
  businessCalendar,
} from './business-days.js';
export { type Civil, civilOf, type Day, formatDay, isDay, parseDay, weekdayOf } from './day.js';
export {
  type Duration,
  type DurationUnit,
  durationMillis,
  formatDuration,
  parseDuration,
} from './duration.js';
export { formatInstant, formatUtc, parseInstant } from './instant.js';
export { instantAt, localDay, localMinute, startOfDay } from './local.js';
export { addMonths, endOfMonth } from './months.js';
export { checkZone, isZone } from './offsets.js';
export { shiftDay } from './shift.js';
export { tzdataVersion } from './tzdata.js';
export { type DayWindow, formatClock, isOpen, nextOpen, nextOpenAll, parseClock } from './windows.js';
