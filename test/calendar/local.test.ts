import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  checkZone,
  formatDay,
  formatInstant,
  instantAt,
  isZone,
  localDay,
  localMinute,
  parseDay,
  parseInstant,
  startOfDay,
} from '../../src/calendar/index.js';
import { codeOf, thrownBy } from './thrown.js';
import { oddZones, wallClock } from './zones.js';

const minute = 60_000;
const hour = 60 * minute;
const zone = fc.constantFrom(...oddZones);
const instant = fc.integer({
  min: parseInstant('1901-01-01T00:00Z'),
  max: parseInstant('2080-01-01T00:00Z'),
});
const day = fc.integer({ min: parseDay('1901-01-01'), max: parseDay('2080-01-01') });
const minuteOfDay = fc.integer({ min: 0, max: 1439 });
const at = (date: string, clock: string, name: string) =>
  formatInstant(
    instantAt(parseDay(date), Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3)), name),
    name,
  );

describe('zones', () => {
  it('knows those of the IANA database', () => {
    for (const name of oddZones) expect(isZone(name)).toBe(true);
    expect(() => checkZone('America/Mexico_City')).not.toThrow();
  });

  it.each([
    '',
    'Fantasia/Castle',
    '+05:30',
    '-03',
    'local',
    'system',
    'America',
    'America/Mexico City',
    'UTC+1',
    ' UTC',
  ])('refuses %j', (name) => {
    expect(isZone(name)).toBe(false);
    expect(codeOf(() => checkZone(name))).toBe('unknown_zone');
    expect(codeOf(() => localDay(0, name))).toBe('unknown_zone');
    expect(codeOf(() => startOfDay(0, name))).toBe('unknown_zone');
  });

  it('refuses what is no text', () => {
    expect(isZone(undefined as never)).toBe(false);
    expect(isZone(['UTC'] as never)).toBe(false);
    expect(codeOf(() => checkZone(5 as never))).toBe('unknown_zone');
  });

  it('shows the beginning of what it refuses, or its kind', () => {
    expect(thrownBy(() => checkZone('Fantasia/Castle')).message).toMatch(
      /^"Fantasia\/Castle" is no time zone/,
    );
    expect(thrownBy(() => checkZone('x'.repeat(1000))).message).toMatch(/^"x{64}" is no/);
    expect(thrownBy(() => checkZone(5 as never)).message).toMatch(/^number is no/);
  });
});

describe('local date and minute', () => {
  it('agree with the runtime at any instant', () => {
    fc.assert(
      fc.property(instant, zone, (when, name) => {
        const clock = wallClock(when, name);
        expect(formatDay(localDay(when, name))).toBe(clock.date);
        expect(localMinute(when, name)).toBe(clock.minute);
      }),
      { numRuns: 4000 },
    );
  });

  it('agree with the runtime around every change of the clocks, to the second', () => {
    const from = parseInstant('2009-01-01T00:00Z');
    const to = parseInstant('2019-01-01T00:00Z');
    let changes = 0;
    for (const name of oddZones) {
      const offset = (when: number) => instantOffset(when, name);
      for (let when = from; when < to; when += 12 * hour) {
        if (offset(when) === offset(when + 12 * hour)) continue;
        changes++;
        let low = when;
        let high = when + 12 * hour;
        while (high - low > 1000) {
          const middle = low + Math.floor((high - low) / 2000) * 1000;
          if (wallOffset(middle, name) === wallOffset(low, name)) low = middle;
          else high = middle;
        }
        for (const near of [high - 1000, high - 1, high, high + 1000]) {
          expect([name, formatDay(localDay(near, name)), localMinute(near, name)]).toEqual([
            name,
            wallClock(near, name).date,
            wallClock(near, name).minute,
          ]);
        }
      }
    }
    expect(changes).toBeGreaterThan(300);
  });

  it.each([Number.NaN, 0.5, Number.POSITIVE_INFINITY, 1e15, -1e15])('refuse the instant %d', (when) => {
    expect(codeOf(() => localDay(when, 'UTC'))).toBe('invalid_instant');
    expect(codeOf(() => localMinute(when, 'UTC'))).toBe('invalid_instant');
  });
});

describe('the supported instants', () => {
  it('are those of the supported dates and two days more on either side', () => {
    const first = (parseDay('1900-01-01') - 2) * 24 * hour;
    const last = (parseDay('2999-12-31') + 3) * 24 * hour;
    for (const when of [first, last]) expect(localDay(when, 'UTC')).toBe(when / (24 * hour));
    for (const when of [first - 1, last + 1])
      expect(codeOf(() => localDay(when, 'UTC'))).toBe('invalid_instant');
  });
});

describe('instantAt', () => {
  it('is undone by localDay and localMinute wherever the local time exists', () => {
    fc.assert(
      fc.property(day, minuteOfDay, zone, (date, time, name) => {
        const when = instantAt(date, time, name);
        const local = localDay(when, name) * 1440 + localMinute(when, name);
        // Never before the wanted time; after it only where the wanted time does not exist.
        expect(local >= date * 1440 + time).toBe(true);
        if (local > date * 1440 + time) {
          const before = localDay(when - 1, name) * 1440 + localMinute(when - 1, name);
          expect(before < date * 1440 + time).toBe(true);
        }
      }),
      { numRuns: 4000 },
    );
  });

  it('gives the first instant that has the local time', () => {
    fc.assert(
      fc.property(instant, zone, (when, name) => {
        const found = instantAt(localDay(when, name), localMinute(when, name), name);
        expect(found <= when).toBe(true);
        expect(localDay(found, name)).toBe(localDay(when, name));
        expect(localMinute(found, name)).toBe(localMinute(when, name));
      }),
      { numRuns: 4000 },
    );
  });

  it('never goes back as local time goes on', () => {
    fc.assert(
      fc.property(day, minuteOfDay, fc.nat(3000), zone, (date, time, later, name) => {
        const total = time + later;
        const second = instantAt(date + Math.floor(total / 1440), total % 1440, name);
        expect(second >= instantAt(date, time, name)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    // Spring: a time that does not exist gives the next valid minute, not an hour later.
    ['2026-03-29', '01:59', 'Europe/Madrid', '2026-03-29T01:59:00+01:00'],
    ['2026-03-29', '02:00', 'Europe/Madrid', '2026-03-29T03:00:00+02:00'],
    ['2026-03-29', '02:30', 'Europe/Madrid', '2026-03-29T03:00:00+02:00'],
    ['2026-03-29', '03:00', 'Europe/Madrid', '2026-03-29T03:00:00+02:00'],
    // Autumn: the first of two.
    ['2026-10-25', '01:59', 'Europe/Madrid', '2026-10-25T01:59:00+02:00'],
    ['2026-10-25', '02:30', 'Europe/Madrid', '2026-10-25T02:30:00+02:00'],
    ['2026-10-25', '03:00', 'Europe/Madrid', '2026-10-25T03:00:00+01:00'],
    // Half an hour forward and back.
    ['2026-10-04', '02:15', 'Australia/Lord_Howe', '2026-10-04T02:30:00+11:00'],
    ['2026-04-05', '01:45', 'Australia/Lord_Howe', '2026-04-05T01:45:00+11:00'],
    // Offsets off the hour.
    ['2026-07-01', '09:00', 'Asia/Kolkata', '2026-07-01T09:00:00+05:30'],
    ['2026-07-01', '09:00', 'Asia/Kathmandu', '2026-07-01T09:00:00+05:45'],
    // Midnight that does not exist.
    ['2017-10-15', '00:00', 'America/Sao_Paulo', '2017-10-15T01:00:00-02:00'],
    ['2026-03-29', '00:30', 'Asia/Beirut', '2026-03-29T01:00:00+03:00'],
    ['2024-09-08', '00:00', 'America/Santiago', '2024-09-08T01:00:00-03:00'],
    // Midnight that comes twice: the hour before it does, so the date begins once.
    ['2018-02-17', '23:30', 'America/Sao_Paulo', '2018-02-17T23:30:00-02:00'],
    ['2018-02-18', '00:00', 'America/Sao_Paulo', '2018-02-18T00:00:00-03:00'],
    ['2025-11-02', '00:30', 'America/Havana', '2025-11-02T00:30:00-04:00'],
    // Changes at one minute past midnight; the date begins, ends and begins again.
    ['2010-11-07', '00:00', 'America/St_Johns', '2010-11-07T00:00:00-02:30'],
    ['2010-03-14', '00:01', 'America/St_Johns', '2010-03-14T01:01:00-02:30'],
    // Days that a place left out.
    ['2011-12-30', '00:00', 'Pacific/Apia', '2011-12-31T00:00:00+14:00'],
    ['2011-12-30', '17:45', 'Pacific/Apia', '2011-12-31T00:00:00+14:00'],
    ['2011-12-29', '23:59', 'Pacific/Apia', '2011-12-29T23:59:00-10:00'],
    ['1993-08-21', '12:00', 'Pacific/Kwajalein', '1993-08-22T00:00:00+12:00'],
    // Mexico gave up summer time in 2022; the border kept it.
    ['2026-07-01', '09:00', 'America/Mexico_City', '2026-07-01T09:00:00-06:00'],
    ['2022-07-01', '09:00', 'America/Mexico_City', '2022-07-01T09:00:00-05:00'],
    ['2026-07-01', '09:00', 'America/Tijuana', '2026-07-01T09:00:00-07:00'],
  ])('%s %s in %s is %s', (date, clock, name, expected) => {
    expect(at(date, clock, name)).toBe(expected);
  });

  it('takes 24:00 as the start of the next day', () => {
    expect(instantAt(parseDay('2017-10-14'), 1440, 'America/Sao_Paulo')).toBe(
      startOfDay(parseDay('2017-10-15'), 'America/Sao_Paulo'),
    );
  });

  it.each([-1, 1441, 0.5, Number.NaN])('refuses the minute %d', (time) => {
    expect(codeOf(() => instantAt(0, time, 'UTC'))).toBe('invalid_instant');
  });

  it('refuses what is no day', () => {
    expect(codeOf(() => instantAt(0.5, 0, 'UTC'))).toBe('invalid_instant');
    expect(codeOf(() => instantAt(1e9, 0, 'UTC'))).toBe('invalid_instant');
  });
});

describe('startOfDay', () => {
  it('is the first instant of the local day', () => {
    fc.assert(
      fc.property(day, zone, (date, name) => {
        const start = startOfDay(date, name);
        expect(localDay(start - 1, name) < date).toBe(true);
        expect(localDay(start, name) >= date).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });

  it('gives every supported day a start, in every zone', () => {
    for (const name of oddZones) {
      for (const date of ['1900-01-01', '2999-12-31'].map(parseDay)) {
        expect(localDay(startOfDay(date, name), name)).toBe(date);
      }
    }
  });
});

function wallOffset(when: number, name: string): number {
  const { date, minute: time } = wallClock(when, name);
  return parseDay(date) * 1440 + time - Math.floor(when / minute);
}

function instantOffset(when: number, name: string): number {
  return localDay(when, name) * 1440 + localMinute(when, name) - Math.floor(when / minute);
}
