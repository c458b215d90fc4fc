import { RecobroError } from '../errors.js';
import type { Day } from './day.js';
import { offsetsOf } from './offsets.js';
import { checkInstant, dayMs, hourMs, minuteMs, minutesPerDay } from './units.js';

/** The calendar date at an instant in a zone. @throws RecobroError `unknown_zone`, `invalid_instant` */
export function localDay(instant: number, zone: string): Day {
  return Math.floor(localTime(instant, zone) / dayMs);
}

/** The minute of the local day, 0 to 1439, at an instant in a zone. @throws RecobroError `unknown_zone`, `invalid_instant` */
export function localMinute(instant: number, zone: string): number {
  const local = localTime(instant, zone);
  return Math.floor((local - Math.floor(local / dayMs) * dayMs) / minuteMs);
}

/**
 * The instant at which a local day begins: its first minute that exists, which
 * is 01:00 where the clocks go forward at midnight. A day that a place left
 * out (Apia, 30 December 2011) begins with the day after it.
 *
 * @throws RecobroError `unknown_zone`, `invalid_instant`
 */
export function startOfDay(day: Day, zone: string): number {
  return instantAt(day, 0, zone);
}

/**
 * The instant of a local time. One that does not exist gives the next valid
 * minute; one that exists twice gives the first of the two. The answer depends
 * on the zone's rules alone, never on the offset of today.
 *
 * @param minuteOfDay 0 to 1440; 1440 is the start of the next day
 * @throws RecobroError `unknown_zone`, `invalid_instant`
 */
export function instantAt(day: Day, minuteOfDay: number, zone: string): number {
  if (
    !Number.isSafeInteger(day) ||
    !Number.isInteger(minuteOfDay) ||
    minuteOfDay < 0 ||
    minuteOfDay > minutesPerDay
  ) {
    throw new RecobroError(
      'invalid_instant',
      'a local time is a whole day and a minute of the day from 0 to 1440',
    );
  }
  const offsets = offsetsOf(zone);
  const wanted = checkInstant(day * dayMs + minuteOfDay * minuteMs);
  // The earliest instant whose local time is not before the wanted one. No zone was ever 16 hours
  // off UTC, so at `from` the local time still lies before it and at the end it lies behind it.
  const from = wanted - 16 * hourMs;
  for (let utcDay = Math.floor(from / dayMs); ; utcDay++) {
    const spans = offsets.ofUtcDay(utcDay);
    for (let i = 0; i < spans.length; i++) {
      const { start, offset } = spans[i]!;
      const end = spans[i + 1]?.start ?? (utcDay + 1) * dayMs;
      const at = Math.max(start, from, wanted - offset);
      if (at < end) return at;
    }
  }
}

function localTime(instant: number, zone: string): number {
  return instant + offsetsOf(zone).at(checkInstant(instant));
}
