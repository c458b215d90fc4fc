import { RecobroError } from '../errors.js';
import { dayFromCivil, firstYear, lastYear } from './day.js';

export const secondMs = 1000;
export const minuteMs = 60_000;
export const hourMs = 3_600_000;
export const dayMs = 86_400_000;
export const minutesPerDay = 1440;

// Two days of margin, so that the ends of the supported dates have instants in every zone.
const earliest = (dayFromCivil(firstYear, 1, 1) - 2) * dayMs;
const latest = (dayFromCivil(lastYear + 1, 1, 1) + 2) * dayMs;

/**
 * The instant itself: whole milliseconds since 1970-01-01T00:00:00Z within the supported years.
 *
 * @throws RecobroError `invalid_instant`
 */
export function checkInstant(instant: number): number {
  if (!Number.isSafeInteger(instant) || instant < earliest || instant > latest) {
    throw new RecobroError(
      'invalid_instant',
      `an instant must be whole milliseconds since 1970-01-01T00:00:00Z within the years ${firstYear} to ${lastYear}`,
    );
  }
  return instant;
}
