import { RecobroError } from '../errors.js';
import { type Day, twoDigits, weekdayOf } from './day.js';
import { offsetsOf, type Span } from './offsets.js';
import { checkInstant, dayMs, minuteMs, minutesPerDay } from './units.js';

/**
 * Hours of the local day in which contact is allowed. A stretch that passes
 * midnight is written as two windows; one whose `from` is not before its `to`
 * is never open.
 */
export interface DayWindow {
  /** Weekdays, 1 = Monday … 7 = Sunday. */
  readonly days: readonly number[];
  /** First open minute of the local day, 0 to 1439. */
  readonly from: number;
  /** First minute that is closed again, up to 1440. */
  readonly to: number;
}

/** How far ahead an open minute is looked for. */
const horizonDays = 400;
const always: readonly DayWindow[] = [{ days: [1, 2, 3, 4, 5, 6, 7], from: 0, to: minutesPerDay }];

/**
 * Minute of the day of a clock text `HH:MM`, 00:00 to 24:00 (the end of the day).
 *
 * @throws RecobroError `invalid_instant`
 */
export function parseClock(text: string): number {
  if (typeof text === 'string' && text.length === 5 && text[2] === ':') {
    const minute = twoDigits(text, 3);
    const total = twoDigits(text, 0) * 60 + minute;
    if (minute <= 59 && total <= minutesPerDay) return total;
  }
  const shown = typeof text === 'string' ? JSON.stringify(text.slice(0, 16)) : typeof text;
  throw new RecobroError('invalid_instant', `${shown} is no time of day such as 09:00 (00:00 to 24:00)`);
}

/** The minute of the day as `HH:MM`; the inverse of {@link parseClock}. */
export function formatClock(minuteOfDay: number): string {
  const hours = String(Math.floor(minuteOfDay / 60)).padStart(2, '0');
  return `${hours}:${String(minuteOfDay % 60).padStart(2, '0')}`;
}

/**
 * Whether some window is open at the instant, on a local day that is not
 * closed. No windows at all means always open, but for closed days.
 *
 * @throws RecobroError `unknown_zone`, `invalid_instant`
 */
export function isOpen(
  instant: number,
  windows: readonly DayWindow[],
  zone: string,
  isClosedDay: (day: Day) => boolean,
): boolean {
  const local = instant + offsetsOf(zone).at(checkInstant(instant));
  return firstOpen(local, local + 1, windows.length === 0 ? always : windows, isClosedDay) === local;
}

/**
 * The earliest instant, not before the given one, at which {@link isOpen} is
 * true: exact across clock changes, also for an hour that comes twice.
 * Undefined when there is none within 400 days.
 *
 * @throws RecobroError `unknown_zone`, `invalid_instant`
 */
export function nextOpen(
  instant: number,
  windows: readonly DayWindow[],
  zone: string,
  isClosedDay: (day: Day) => boolean,
): number | undefined {
  return nextOpenBefore(instant, instant + horizonDays * dayMs, windows, zone, isClosedDay);
}

/**
 * {@link nextOpen} for a place with several zones: some window must be open in
 * each of them at once, on a day that is not closed there.
 *
 * @throws RecobroError `unknown_zone`, `invalid_instant`; `invalid_option` when no zone is given
 */
export function nextOpenAll(
  instant: number,
  windows: readonly DayWindow[],
  zones: readonly string[],
  isClosedDay: (day: Day) => boolean,
): number | undefined {
  if (zones.length === 0)
    throw new RecobroError('invalid_option', 'a contact window needs at least one zone');
  const horizon = checkInstant(instant) + horizonDays * dayMs;
  let at = instant;
  // Each zone moves the instant on to its own next opening until one suits all.
  for (let agreed = 0, i = 0; agreed < zones.length; i = (i + 1) % zones.length) {
    const next = nextOpenBefore(at, horizon, windows, zones[i]!, isClosedDay);
    if (next === undefined) return undefined;
    agreed = next === at ? agreed + 1 : 1;
    at = next;
  }
  return at;
}

function nextOpenBefore(
  instant: number,
  horizon: number,
  windows: readonly DayWindow[],
  zone: string,
  isClosedDay: (day: Day) => boolean,
): number | undefined {
  const offsets = offsetsOf(zone);
  const used = windows.length === 0 ? always : windows;
  const firstDay = Math.floor(checkInstant(instant) / dayMs);
  // Within a stretch of one offset local time runs evenly, so each is searched on its own.
  for (let utcDay = firstDay; utcDay * dayMs < horizon; utcDay++) {
    const spans: readonly Span[] = offsets.ofUtcDay(utcDay);
    for (let i = 0; i < spans.length; i++) {
      const { start, offset } = spans[i]!;
      const end = Math.min(spans[i + 1]?.start ?? (utcDay + 1) * dayMs, horizon);
      const local = firstOpen(Math.max(start, instant) + offset, end + offset, used, isClosedDay);
      if (local !== undefined) return local - offset;
    }
  }
  return undefined;
}

// First open moment of an even stretch of local time, `until` exclusive.
function firstOpen(
  from: number,
  until: number,
  windows: readonly DayWindow[],
  isClosedDay: (day: Day) => boolean,
): number | undefined {
  for (let day = Math.floor(from / dayMs); day * dayMs < until; day++) {
    const weekday = weekdayOf(day);
    let first: number | undefined;
    for (const window of windows) {
      if (!window.days.includes(weekday)) continue;
      const opens = Math.max(from, day * dayMs + window.from * minuteMs);
      const closes = Math.min(until, day * dayMs + window.to * minuteMs);
      if (opens < closes && (first === undefined || opens < first)) first = opens;
    }
    if (first !== undefined && !isClosedDay(day)) return first;
  }
  return undefined;
}
