import { RecobroError } from '../errors.js';
import { formatDay, isDay, parseDay, twoDigits } from './day.js';
import { offsetsOf } from './offsets.js';
import { checkInstant, dayMs, hourMs, minuteMs, secondMs } from './units.js';

const form = /^(.{10})T(\d\d:\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(?:Z|([+-])(\d\d:\d\d))$/;

/**
 * Milliseconds since 1970-01-01T00:00:00Z of an ISO 8601 text with date, time
 * and offset: `2026-03-03T10:00:00-06:00`, `2026-03-03T16:00Z`. The offset is
 * mandatory: a text without one would mean another instant on every machine.
 * Decimals of a second beyond the third are cut off. No leap second, no 24:00.
 *
 * @throws RecobroError `invalid_instant`
 */
export function parseInstant(text: string): number {
  const match = typeof text === 'string' && text.length <= 40 ? form.exec(text) : null;
  if (match !== null) {
    const [, date = '', time = '', seconds = '00', fraction = '', sign, offset = '00:00'] = match;
    const minutes = clockMinutes(time);
    const second = twoDigits(seconds, 0);
    const shift = clockMinutes(offset);
    if (isDay(date) && second <= 59 && !Number.isNaN(minutes + shift)) {
      const local =
        parseDay(date) * dayMs +
        minutes * minuteMs +
        second * secondMs +
        Number(fraction.padEnd(3, '0').slice(0, 3));
      return local - (sign === '-' ? -shift : shift) * minuteMs;
    }
  }
  const shown = typeof text === 'string' ? JSON.stringify(text.slice(0, 40)) : typeof text;
  throw new RecobroError(
    'invalid_instant',
    `${shown} is no instant of the form 2026-03-03T10:00:00-06:00 (ISO 8601 with an offset or Z, years 1900 to 2999)`,
  );
}

/**
 * The instant as ISO 8601 in a zone, with its offset: `2026-03-03T10:00:00-06:00`,
 * with milliseconds only where there are any. {@link parseInstant} reads it back.
 *
 * @throws RecobroError `unknown_zone`, `invalid_instant`
 */
export function formatInstant(instant: number, zone: string): string {
  // Before about 1970 some places were seconds off; ISO offsets have minutes, so the instant is
  // written with the offset cut to minutes and stays exact.
  const minutes = Math.trunc(offsetsOf(zone).at(checkInstant(instant)) / minuteMs);
  const size = Math.abs(minutes);
  const offset = `${minutes < 0 ? '-' : '+'}${padded(Math.floor(size / 60))}:${padded(size % 60)}`;
  return localText(instant + minutes * minuteMs) + offset;
}

/** The instant as ISO 8601 in UTC, ending in Z. @throws RecobroError `invalid_instant` */
export function formatUtc(instant: number): string {
  return `${localText(checkInstant(instant))}Z`;
}

function localText(local: number): string {
  const day = Math.floor(local / dayMs);
  const rest = local - day * dayMs;
  const millis = rest % secondMs;
  const time = [
    Math.floor(rest / hourMs),
    Math.floor(rest / minuteMs) % 60,
    Math.floor(rest / secondMs) % 60,
  ];
  return `${formatDay(day)}T${time.map(padded).join(':')}${millis === 0 ? '' : `.${String(millis).padStart(3, '0')}`}`;
}

function clockMinutes(text: string): number {
  const hours = twoDigits(text, 0);
  const minutes = twoDigits(text, 3);
  return hours <= 23 && minutes <= 59 ? hours * 60 + minutes : Number.NaN;
}

function padded(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}
