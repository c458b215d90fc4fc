import {
  addMonths,
  formatDay,
  formatInstant,
  instantAt,
  isDay,
  localDay,
  localMinute,
  parseClock,
  parseDay,
  parseDuration,
  parseInstant,
} from '../../calendar/index.js';
import { isRecobroError, RecobroError } from '../../errors.js';

/** How a scenario writes moments, and how they are written in its reports. */
export interface Moments {
  readonly zone: string;
  /** Minute of the day of moments that are dates. */
  readonly minute: number;
}

/** A moment as instant: `2026-03-03`, `2026-03-03T10:00`, with an offset, or `+3d` from `now`. @throws RecobroError `invalid_instant` */
export function instantOf(text: string, moments: Moments, now: number): number {
  if (text.startsWith('+')) return later(text.slice(1), moments, now);
  if (isDay(text)) return instantAt(parseDay(text), moments.minute, moments.zone);
  const local = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(?::(\d{2}))?$/.exec(text);
  if (local !== null) {
    const [, day = '', time = '', seconds = '0'] = local;
    if (isDay(day)) return instantAt(parseDay(day), parseClock(time), moments.zone) + Number(seconds) * 1000;
  }
  try {
    return parseInstant(text);
  } catch (error) {
    throw new RecobroError(
      'invalid_instant',
      `${JSON.stringify(text)} is no moment; write 2026-03-03, 2026-03-03T10:00, an instant with an offset, or +3d`,
      { cause: error },
    );
  }
}

/** Whether a text is a moment by itself, and not one counted from the clock. */
export function isMoment(text: string, moments: Moments): boolean {
  if (text.startsWith('+')) return false;
  try {
    instantOf(text, moments, 0);
    return true;
  } catch (error) {
    if (isRecobroError(error)) return false;
    throw error;
  }
}

const unitMs: Readonly<Record<string, number>> = { h: 3_600_000, min: 60_000 };

/** So long after an instant; days and longer keep the local time. */
export function later(text: string, { zone }: Moments, from: number): number {
  const { count, unit } = parseDuration(text);
  const millis = unitMs[unit];
  if (millis !== undefined) return from + count * millis;
  if (unit === 'bd')
    throw new RecobroError('invalid_duration', 'the clock moves by days, weeks, months, hours or minutes');
  const day = localDay(from, zone);
  const to = unit === 'mo' ? addMonths(day, count) : day + count * (unit === 'w' ? 7 : 1);
  const start = instantAt(day, localMinute(from, zone), zone);
  return instantAt(to, localMinute(from, zone), zone) + (from - start);
}

/** The local date of an instant. */
export function dateOf(instant: number, { zone }: Moments): string {
  return formatDay(localDay(instant, zone));
}

/** The local date and time of an instant, seconds only where there are any: `2026-03-03T10:00`. */
export function localOf(instant: number, { zone }: Moments): string {
  const text = formatInstant(instant, zone).replace(/(?:Z|[+-]\d\d:\d\d)$/, '');
  return text.endsWith(':00') ? text.slice(0, -3) : text;
}
