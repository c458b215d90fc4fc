import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addMonths,
  civilOf,
  endOfMonth,
  formatDay,
  isDay,
  parseDay,
  weekdayOf,
} from '../../src/calendar/index.js';
import { codeOf, thrownBy } from './thrown.js';

const first = parseDay('1900-01-01');
const last = parseDay('2999-12-31');
const anyDay = fc.integer({ min: first, max: last });

describe('days', () => {
  it('agrees with Date.UTC on every day of the supported years', () => {
    let wrong = 0;
    for (let day = first; day <= last; day++) {
      const date = new Date(day * 86_400_000);
      const iso = date.toISOString().slice(0, 10);
      const { year, month, day: dayOfMonth } = civilOf(day);
      const same =
        formatDay(day) === iso &&
        parseDay(iso) === day &&
        weekdayOf(day) === (date.getUTCDay() || 7) &&
        Date.UTC(year, month - 1, dayOfMonth) === day * 86_400_000;
      if (!same) wrong++;
    }
    expect(wrong).toBe(0);
    expect(last - first).toBe(401_766);
  });

  it('counts from 1970-01-01, a Thursday', () => {
    expect(parseDay('1970-01-01')).toBe(0);
    expect(weekdayOf(0)).toBe(4);
    expect(parseDay('2026-03-01')).toBe(20_513);
    expect(weekdayOf(parseDay('2026-03-01'))).toBe(7);
  });

  it.each([
    '',
    '2026',
    '2026-02-29',
    '2026-02-30',
    '2100-02-29',
    '2026-04-31',
    '2026-13-01',
    '2026-00-10',
    '2026-01-00',
    '2026-01-32',
    '1899-12-31',
    '3000-01-01',
    '26-01-01',
    '2026-1-01',
    '2026-01-1',
    '2026/01/01',
    '2026-01/01',
    '2026/01-01',
    '01-01-2026',
    '20260101',
    '2026-01-01 ',
    ' 2026-01-1',
    '2026-01-01T00:00',
    '2026-0a-01',
    '2026-01-0٥',
    '+026-01-01',
    '2026-0:-01',
    '2026-1/-01',
    '2026-01-0:',
    '2026-01-1/',
    '202:-01-01',
    '203/-01-01',
    '2026-/;-01',
  ])('refuses %j', (iso) => {
    expect(isDay(iso)).toBe(false);
    expect(codeOf(() => parseDay(iso))).toBe('invalid_date');
  });

  it('refuses what is no text, and what is no day', () => {
    expect(isDay(20_513 as never)).toBe(false);
    expect(codeOf(() => parseDay(undefined as never))).toBe('invalid_date');
    for (const day of [0.5, Number.NaN, Number.POSITIVE_INFINITY, first - 1, last + 1, 1e15, 2 ** 60]) {
      expect(codeOf(() => formatDay(day))).toBe('invalid_date');
    }
    expect(codeOf(() => weekdayOf(Number.NaN))).toBe('invalid_date');
    expect(codeOf(() => civilOf(0.5))).toBe('invalid_date');
  });

  it('shows the beginning of what it refuses, or its kind', () => {
    expect(thrownBy(() => parseDay('2026-02-30')).message).toBe(
      '"2026-02-30" is no existing date of the form YYYY-MM-DD (1900 to 2999)',
    );
    expect(thrownBy(() => parseDay('x'.repeat(1000))).message).toMatch(/^"x{32}" is no/);
    expect(thrownBy(() => parseDay(20_513 as never)).message).toMatch(/^number is no/);
  });

  it('takes leap days where they exist', () => {
    expect(isDay('2024-02-29')).toBe(true);
    expect(isDay('2000-02-29')).toBe(true);
    expect(isDay('1900-02-29')).toBe(false);
  });

  it('sorts as its texts do', () => {
    fc.assert(
      fc.property(anyDay, anyDay, (a, b) => {
        expect(Math.sign(a - b)).toBe(formatDay(a) < formatDay(b) ? -1 : formatDay(a) > formatDay(b) ? 1 : 0);
      }),
    );
  });
});

describe('months', () => {
  it.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2028-01-31', 1, '2028-02-29'],
    ['2026-03-31', -1, '2026-02-28'],
    ['2026-01-15', 1, '2026-02-15'],
    ['2026-12-31', 2, '2027-02-28'],
    ['2026-05-31', 1, '2026-06-30'],
    ['2024-02-29', 12, '2025-02-28'],
    ['2024-02-29', -48, '2020-02-29'],
    ['2026-01-10', -1, '2025-12-10'],
    ['2026-01-10', -13, '2024-12-10'],
    ['2026-07-31', 0, '2026-07-31'],
  ])('%s and %i months is %s', (from, months, to) => {
    expect(formatDay(addMonths(parseDay(from), months))).toBe(to);
  });

  it('refuses half months', () => {
    expect(codeOf(() => addMonths(0, 0.5))).toBe('invalid_date');
    expect(codeOf(() => addMonths(Number.NaN, 1))).toBe('invalid_date');
  });

  it('lands in the right month, on the same day or the last', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -36_500, max: 36_500 }), (day, n) => {
        const from = civilOf(day);
        const to = civilOf(addMonths(day, n));
        expect(to.year * 12 + to.month).toBe(from.year * 12 + from.month + n);
        const clamped = to.day < from.day;
        expect(clamped ? addMonths(day, n) === endOfMonth(addMonths(day, n)) : to.day === from.day).toBe(
          true,
        );
      }),
    );
  });

  it('keeps the order of days', () => {
    fc.assert(
      fc.property(anyDay, fc.nat(60), fc.integer({ min: -600, max: 600 }), (day, later, n) => {
        expect(addMonths(day + later, n) >= addMonths(day, n)).toBe(true);
      }),
    );
  });

  it('ends a month on the day before the first of the next', () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        const end = endOfMonth(day);
        expect(civilOf(end).month).toBe(civilOf(day).month);
        expect(civilOf(end + 1).day).toBe(1);
        expect(end - day >= 0 && end - day < 31).toBe(true);
      }),
    );
  });
});
