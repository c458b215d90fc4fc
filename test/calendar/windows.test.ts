import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type DayWindow,
  formatClock,
  formatInstant,
  isOpen,
  nextOpen,
  nextOpenAll,
  parseClock,
  parseDay,
  parseInstant,
  weekdayOf,
} from '../../src/calendar/index.js';
import { codeOf, thrownBy } from './thrown.js';
import { oddZones, wallClock } from './zones.js';

const minute = 60_000;
const weekdays = [1, 2, 3, 4, 5];
const office: readonly DayWindow[] = [{ days: weekdays, from: 9 * 60, to: 18 * 60 }];
const open = () => false;

const window = fc
  .record({
    days: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
    from: fc.integer({ min: 0, max: 1439 }),
    length: fc.integer({ min: 1, max: 600 }),
  })
  .map(({ days, from, length }) => ({ days, from, to: Math.min(from + length, 1440) }));
const windows = fc.array(window, { maxLength: 3 });
const zone = fc.constantFrom(...oddZones);
const instant = fc.integer({
  min: parseInstant('2005-01-01T00:00Z'),
  max: parseInstant('2030-01-01T00:00Z'),
});
// Every n-th day closed; not every seventh, which would close one weekday for ever.
const closed = fc.constantFrom(2, 3, 4, 5, 6, 8, 9).map((n) => (day: number) => day % n === 0);

describe('clock texts', () => {
  it.each([
    ['00:00', 0],
    ['09:00', 540],
    ['23:59', 1439],
    ['24:00', 1440],
  ])('%s is minute %i', (text, expected) => {
    expect(parseClock(text)).toBe(expected);
    expect(formatClock(expected)).toBe(text);
  });

  it.each(['', '9:00', '09:60', '24:01', '25:00', '09.00', '0900', '09:00:00', ' 9:00', '-1:00', '09:0a'])(
    'refuses %j',
    (text) => {
      expect(codeOf(() => parseClock(text))).toBe('invalid_instant');
    },
  );

  it('refuses what is no text', () => {
    expect(codeOf(() => parseClock(900 as never))).toBe('invalid_instant');
    expect(codeOf(() => parseClock([...'09:00'] as never))).toBe('invalid_instant');
  });

  it('shows the beginning of what it refuses, or its kind', () => {
    expect(thrownBy(() => parseClock('9:00')).message).toMatch(/^"9:00" is no time of day such as 09:00/);
    expect(thrownBy(() => parseClock('x'.repeat(1000))).message).toMatch(/^"x{16}" is no/);
    expect(thrownBy(() => parseClock(900 as never)).message).toMatch(/^number is no/);
  });
});

describe('nextOpen, a walk through the calendar', () => {
  const next = (text: string, name: string, rules = office, isClosed: (day: number) => boolean = open) => {
    const found = nextOpen(parseInstant(text), rules, name, isClosed);
    return found === undefined ? undefined : formatInstant(found, name);
  };
  const night: readonly DayWindow[] = [{ days: [1, 2, 3, 4, 5, 6, 7], from: 2 * 60, to: 2 * 60 + 30 }];
  const holiday = (iso: string) => (day: number) => day === parseDay(iso);

  it.each([
    ['in office hours', '2026-03-03T10:00:00-06:00', 'America/Mexico_City', '2026-03-03T10:00:00-06:00'],
    [
      'to the millisecond',
      '2026-03-03T17:59:59.999-06:00',
      'America/Mexico_City',
      '2026-03-03T17:59:59.999-06:00',
    ],
    ['too early', '2026-03-03T03:00:00-06:00', 'America/Mexico_City', '2026-03-03T09:00:00-06:00'],
    ['at closing time', '2026-03-03T18:00:00-06:00', 'America/Mexico_City', '2026-03-04T09:00:00-06:00'],
    ['on Friday evening', '2026-03-06T20:00:00-06:00', 'America/Mexico_City', '2026-03-09T09:00:00-06:00'],
    ['another day in UTC', '2026-03-02T23:30:00Z', 'Asia/Kolkata', '2026-03-03T09:00:00+05:30'],
    [
      'over the start of summer time',
      '2026-03-27T19:00:00+01:00',
      'Europe/Madrid',
      '2026-03-30T09:00:00+02:00',
    ],
    ['over its end', '2026-10-23T19:00:00+02:00', 'Europe/Madrid', '2026-10-26T09:00:00+01:00'],
    ['over the day Apia left out', '2011-12-29T19:00:00-10:00', 'Pacific/Apia', '2012-01-02T09:00:00+14:00'],
  ])('%s', (_, from, name, expected) => {
    expect(next(from, name)).toBe(expected);
  });

  it('skips closed days', () => {
    expect(next('2026-04-30T20:00:00+02:00', 'Europe/Madrid', office, holiday('2026-05-01'))).toBe(
      '2026-05-04T09:00:00+02:00',
    );
    expect(next('2026-05-01T10:00:00+02:00', 'Europe/Madrid', office, holiday('2026-05-01'))).toBe(
      '2026-05-04T09:00:00+02:00',
    );
  });

  it('misses a window in the hour that does not exist, and meets it twice in the hour that comes twice', () => {
    expect(next('2026-03-29T00:00:00+01:00', 'Europe/Madrid', night)).toBe('2026-03-30T02:00:00+02:00');
    expect(next('2026-10-25T00:00:00+02:00', 'Europe/Madrid', night)).toBe('2026-10-25T02:00:00+02:00');
    expect(next('2026-10-25T02:30:00+02:00', 'Europe/Madrid', night)).toBe('2026-10-25T02:00:00+01:00');
    expect(next('2026-10-25T02:30:00+01:00', 'Europe/Madrid', night)).toBe('2026-10-26T02:00:00+01:00');
  });

  it('opens at the end of the gap when the window began inside it', () => {
    const from: readonly DayWindow[] = [{ days: [7], from: 2 * 60 + 30, to: 5 * 60 }];
    expect(next('2026-03-29T00:00:00+01:00', 'Europe/Madrid', from)).toBe('2026-03-29T03:00:00+02:00');
    const allDay: readonly DayWindow[] = [{ days: [7], from: 0, to: 1440 }];
    expect(next('2017-10-14T22:00:00-03:00', 'America/Sao_Paulo', allDay)).toBe('2017-10-15T01:00:00-02:00');
  });

  it('takes the earliest of several windows, whatever their order', () => {
    const split: readonly DayWindow[] = [
      { days: weekdays, from: 15 * 60, to: 18 * 60 },
      { days: weekdays, from: 9 * 60, to: 12 * 60 },
    ];
    expect(next('2026-03-03T05:00:00-06:00', 'America/Mexico_City', split)).toBe('2026-03-03T09:00:00-06:00');
    expect(next('2026-03-03T12:00:00-06:00', 'America/Mexico_City', split)).toBe('2026-03-03T15:00:00-06:00');
  });

  it('without windows is always open but for closed days', () => {
    expect(next('2026-03-01T03:00:00-06:00', 'America/Mexico_City', [])).toBe('2026-03-01T03:00:00-06:00');
    expect(next('2026-03-01T03:00:00-06:00', 'America/Mexico_City', [], holiday('2026-03-01'))).toBe(
      '2026-03-02T00:00:00-06:00',
    );
  });

  it('gives up after 400 days', () => {
    expect(next('2026-03-01T03:00:00Z', 'UTC', office, () => true)).toBeUndefined();
    expect(next('2026-03-01T03:00:00Z', 'UTC', [{ days: [], from: 0, to: 1440 }])).toBeUndefined();
    expect(next('2026-03-01T03:00:00Z', 'UTC', [{ days: weekdays, from: 600, to: 600 }])).toBeUndefined();
    const start = parseDay('2026-03-01');
    expect(next('2026-03-01T00:00:00Z', 'UTC', [], (day) => day < start + 399)).toBe(
      '2027-04-04T00:00:00+00:00',
    );
    expect(next('2026-03-01T00:00:00Z', 'UTC', [], (day) => day < start + 400)).toBeUndefined();
  });

  it('refuses what is no instant and no zone', () => {
    expect(codeOf(() => nextOpen(Number.NaN, office, 'UTC', open))).toBe('invalid_instant');
    expect(codeOf(() => nextOpen(0, office, 'Nowhere', open))).toBe('unknown_zone');
    expect(codeOf(() => isOpen(0.5, office, 'UTC', open))).toBe('invalid_instant');
  });
});

describe('nextOpen against the runtime', () => {
  const byClock = (
    when: number,
    rules: readonly DayWindow[],
    name: string,
    isClosed: (day: number) => boolean,
  ) => {
    const clock = wallClock(when, name);
    const day = parseDay(clock.date);
    if (isClosed(day)) return false;
    const hit = ({ days, from, to }: DayWindow) =>
      days.includes(weekdayOf(day)) && clock.minute >= from && clock.minute < to;
    return rules.length === 0 || rules.some(hit);
  };

  it('isOpen says what the wall clock says', () => {
    fc.assert(
      fc.property(instant, windows, zone, closed, (when, rules, name, isClosed) => {
        expect(isOpen(when, rules, name, isClosed)).toBe(byClock(when, rules, name, isClosed));
      }),
      { numRuns: 2000 },
    );
  });

  it('finds an open instant and steps over none', () => {
    fc.assert(
      fc.property(instant, windows, zone, closed, fc.nat(999), (when, rules, name, isClosed, picks) => {
        const found = nextOpen(when, rules, name, isClosed);
        if (found === undefined) expect.unreachable('a weekly window opens within 400 days');
        else {
          expect(found >= when).toBe(true);
          expect(isOpen(found, rules, name, isClosed)).toBe(true);
          expect(nextOpen(found, rules, name, isClosed)).toBe(found);
          if (found > when) expect(isOpen(found - 1, rules, name, isClosed)).toBe(false);
          for (let i = 0; i < 20 && found > when; i++) {
            const between = when + Math.floor(((found - when) * ((i * 53 + picks) % 1000)) / 1000);
            expect(byClock(between, rules, name, isClosed)).toBe(false);
          }
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('is exact on the days the clocks change', () => {
    const changes = ['2026-03-29', '2026-10-25'].map((iso) => parseDay(iso) * 86_400_000);
    fc.assert(
      fc.property(
        fc.constantFrom(...changes),
        fc.integer({ min: -180, max: 300 }),
        window,
        (base, offset, rule) => {
          const when = base + offset * minute;
          const rules = [{ ...rule, days: [1, 2, 3, 4, 5, 6, 7] }];
          let at = when;
          while (!byClock(at, rules, 'Europe/Madrid', open)) at += minute;
          expect(nextOpen(when, rules, 'Europe/Madrid', open)).toBe(at);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('never goes back as time goes on', () => {
    fc.assert(
      fc.property(
        instant,
        fc.nat(5 * 86_400_000),
        windows,
        zone,
        closed,
        (when, later, rules, name, isClosed) => {
          const first = nextOpen(when, rules, name, isClosed);
          const second = nextOpen(when + later, rules, name, isClosed);
          expect(first !== undefined && second !== undefined && second >= first).toBe(true);
        },
      ),
    );
  });
});

describe('nextOpenAll', () => {
  const next = (text: string, zones: readonly string[], rules = office) => {
    const found = nextOpenAll(parseInstant(text), rules, zones, open);
    return found === undefined ? undefined : formatInstant(found, zones[0]!);
  };

  it('waits until the window is open in every zone', () => {
    expect(next('2026-03-03T05:00:00-05:00', ['America/New_York', 'America/Los_Angeles'])).toBe(
      '2026-03-03T12:00:00-05:00',
    );
    expect(next('2026-03-03T18:00:00-05:00', ['America/New_York', 'America/Los_Angeles'])).toBe(
      '2026-03-04T12:00:00-05:00',
    );
    expect(next('2026-03-03T13:00:00-05:00', ['America/New_York', 'America/Los_Angeles'])).toBe(
      '2026-03-03T13:00:00-05:00',
    );
    expect(next('2026-03-03T05:00:00Z', ['UTC'])).toBe('2026-03-03T09:00:00+00:00');
  });

  it('knows when that is never', () => {
    // Nine to six in New York is half past seven in the evening to half past four at night in India.
    expect(next('2026-01-05T05:00:00Z', ['America/New_York', 'Asia/Kolkata'])).toBeUndefined();
    // Eastwards of the date line the hours meet again, on two weekdays at once.
    expect(next('2026-03-03T05:00:00Z', ['Pacific/Kiritimati', 'America/Los_Angeles'])).toBe(
      '2026-03-04T09:00:00+14:00',
    );
    expect(codeOf(() => nextOpenAll(0, office, [], open))).toBe('invalid_option');
  });

  it('finds what is open everywhere, whatever the order of the zones', () => {
    fc.assert(
      fc.property(
        instant,
        windows,
        fc.uniqueArray(zone, { minLength: 2, maxLength: 3 }),
        closed,
        (when, rules, zones, isClosed) => {
          const found = nextOpenAll(when, rules, zones, isClosed);
          expect(nextOpenAll(when, rules, [...zones].reverse(), isClosed)).toBe(found);
          if (found === undefined) return;
          expect(found >= when).toBe(true);
          for (const name of zones) expect(isOpen(found, rules, name, isClosed)).toBe(true);
          if (found > when)
            expect(zones.every((name) => isOpen(found - 1, rules, name, isClosed))).toBe(false);
        },
      ),
      { numRuns: 300 },
    );
  });
});
