import { IANAZone } from 'luxon';
import { RecobroError } from '../errors.js';
import { dayMs, hourMs, secondMs } from './units.js';

/** A stretch of time with one UTC offset. It ends where the next one of its list starts. */
export interface Span {
  /** First instant, in milliseconds. */
  readonly start: number;
  /** Local time minus UTC, in milliseconds. */
  readonly offset: number;
}

/** What is known of a zone: its offsets, asked once per UTC day. */
export interface ZoneOffsets {
  /** Local time minus UTC at an instant, in milliseconds. */
  at(instant: number): number;
  /** The stretches of one UTC day (whole days since 1970-01-01 UTC), in order; the first starts with the day. */
  ofUtcDay(utcDay: number): readonly Span[];
}

const known = new Map<string, ZoneOffsets>();

/** Whether the name is a zone of the IANA database, such as `America/Mexico_City` or `UTC`. */
export function isZone(name: string): boolean {
  return find(name) !== undefined;
}

/** @throws RecobroError `unknown_zone` */
export function checkZone(name: string): void {
  offsetsOf(name);
}

/**
 * The offsets of a zone. Zones are kept for the life of the process: the same
 * name gives the same answers, whatever the process clock says.
 *
 * @throws RecobroError `unknown_zone`
 */
export function offsetsOf(name: string): ZoneOffsets {
  const offsets = find(name);
  if (offsets === undefined) {
    const shown = typeof name === 'string' ? JSON.stringify(name.slice(0, 64)) : typeof name;
    throw new RecobroError(
      'unknown_zone',
      `${shown} is no time zone of the IANA database, such as America/Mexico_City`,
    );
  }
  return offsets;
}

function find(name: string): ZoneOffsets | undefined {
  const found = known.get(name);
  if (found !== undefined) return found;
  // Intl also takes fixed offsets such as +05:30; those are no zones and know no summer time.
  if (typeof name !== 'string' || !/^[A-Za-z]/.test(name) || !IANAZone.isValidZone(name)) return undefined;
  // Not IANAZone.create: that one keeps every name it was ever asked for, wrong ones too.
  const offsets = zoneOffsets(new IANAZone(name));
  known.set(name, offsets);
  return offsets;
}

function zoneOffsets(zone: IANAZone): ZoneOffsets {
  // Asking Intl costs microseconds, so each UTC day is asked once, at its two ends: since 1900 no
  // zone has changed its offset twice within three days. A day without a change holds only its
  // offset; the few others hold their stretches.
  const days = new Map<number, number | readonly Span[]>();
  const ask = (instant: number): number => Math.round(zone.offset(instant) * 60) * secondMs;

  function load(utcDay: number): number | readonly Span[] {
    const start = utcDay * dayMs;
    const before = ask(start);
    let entry: number | readonly Span[] = before;
    if (ask(start + dayMs) !== before) entry = spans(start, before);
    days.set(utcDay, entry);
    return entry;
  }

  function spans(start: number, offset: number): readonly Span[] {
    const found: Span[] = [{ start, offset }];
    let before = offset;
    for (let from = start; from < start + dayMs; from += hourMs) {
      const after = ask(from + hourMs);
      if (after !== before) found.push({ start: changeAfter(from, before), offset: after });
      before = after;
    }
    // A change on the stroke of midnight belongs to the next day.
    return found.filter((span) => span.start < start + dayMs);
  }

  // First second within the hour at which the offset is no longer the given one.
  function changeAfter(from: number, before: number): number {
    let low = from;
    let high = from + hourMs;
    while (high - low > secondMs) {
      const middle = low + Math.floor((high - low) / 2 / secondMs) * secondMs;
      if (ask(middle) === before) low = middle;
      else high = middle;
    }
    return high;
  }

  function entryOf(utcDay: number): number | readonly Span[] {
    return days.get(utcDay) ?? load(utcDay);
  }

  return {
    at(instant) {
      const entry = entryOf(Math.floor(instant / dayMs));
      if (typeof entry === 'number') return entry;
      let offset = 0;
      for (const span of entry) {
        if (span.start > instant) break;
        offset = span.offset;
      }
      return offset;
    },
    ofUtcDay(utcDay) {
      const entry = entryOf(utcDay);
      return typeof entry === 'number' ? [{ start: utcDay * dayMs, offset: entry }] : entry;
    },
  };
}
