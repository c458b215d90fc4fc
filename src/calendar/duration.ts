import { RecobroError } from '../errors.js';
import { hourMs, minuteMs } from './units.js';

/** Days, business days, months, hours, minutes, weeks. */
export type DurationUnit = 'd' | 'bd' | 'mo' | 'h' | 'min' | 'w';

/** A length of time in one unit. Only hours and minutes are fixed numbers of milliseconds. */
export interface Duration {
  readonly count: number;
  readonly unit: DurationUnit;
}

const most = 36_500;
const form = /^(-?)(0|[1-9]\d{0,4})(d|bd|mo|h|min|w)$/;

/**
 * The one duration grammar: `10d`, `2bd`, `1mo`, `24h`, `30min`, `2w`. A
 * leading minus is taken only where the caller allows it.
 *
 * @example parseDuration('-7d', { negative: true }) // { count: -7, unit: 'd' }
 * @throws RecobroError `invalid_duration`, also beyond 36500 of any unit
 */
export function parseDuration(
  text: string,
  options: { readonly negative?: boolean | undefined } = {},
): Duration {
  const match = typeof text === 'string' ? form.exec(text) : null;
  if (match === null) {
    const shown = typeof text === 'string' ? JSON.stringify(text.slice(0, 32)) : typeof text;
    throw new RecobroError(
      'invalid_duration',
      `${shown} is no duration such as 10d, 2bd, 1mo, 2w, 24h or 30min`,
    );
  }
  const [, sign, digits, unit] = match;
  const count = Number(digits);
  if (count > most) throw new RecobroError('invalid_duration', `a duration may count at most ${most}`);
  if (sign === '-' && options.negative !== true) {
    throw new RecobroError(
      'invalid_duration',
      `${JSON.stringify(text)} is negative, which has no meaning here`,
    );
  }
  return { count: sign === '-' && count !== 0 ? -count : count, unit: unit as DurationUnit };
}

/** The duration as text; the inverse of {@link parseDuration}. */
export function formatDuration(duration: Duration): string {
  return `${duration.count}${duration.unit}`;
}

/**
 * Milliseconds of a duration in hours or minutes.
 *
 * @throws RecobroError `invalid_duration` for units whose length depends on the calendar
 */
export function durationMillis(duration: Duration): number {
  if (duration.unit === 'h') return duration.count * hourMs;
  if (duration.unit === 'min') return duration.count * minuteMs;
  throw new RecobroError(
    'invalid_duration',
    `${formatDuration(duration)} has no fixed length; write it in hours or minutes`,
  );
}
