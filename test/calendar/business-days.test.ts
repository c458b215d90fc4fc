import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addBusinessDays,
  adjust,
  type BusinessCalendar,
  businessCalendar,
  formatDay,
  parseDay,
  parseDuration,
  shiftDay,
} from '../../src/calendar/index.js';
import { codeOf, thrownBy } from './thrown.js';

const plain = businessCalendar();
// Good Friday and May Day; Mondays after weekends chain with them.
const holidays = businessCalendar({ holidays: ['2026-04-02', '2026-04-03', '2026-05-01'] });
const never: BusinessCalendar = { isBusinessDay: () => false };

const day = fc.integer({ min: parseDay('2000-01-01'), max: parseDay('2060-01-01') });
const calendar = fc
  .record({
    weekend: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { maxLength: 6 }),
    holidays: fc.array(day.map(formatDay), { maxLength: 40 }),
  })
  .map((options) => businessCalendar(options));

describe('businessCalendar', () => {
  it('has Saturday and Sunday off by default, and no holidays', () => {
    const week = [
      '2026-05-04',
      '2026-05-05',
      '2026-05-06',
      '2026-05-07',
      '2026-05-08',
      '2026-05-09',
      '2026-05-10',
    ];
    expect(week.map((iso) => plain.isBusinessDay(parseDay(iso)))).toEqual([
      true,
      true,
      true,
      true,
      true,
      false,
      false,
    ]);
  });

  it('takes another weekend, none, and holidays', () => {
    expect(businessCalendar({ weekend: [5, 6] }).isBusinessDay(parseDay('2026-05-08'))).toBe(false);
    expect(businessCalendar({ weekend: [5, 6] }).isBusinessDay(parseDay('2026-05-10'))).toBe(true);
    expect(businessCalendar({ weekend: [] }).isBusinessDay(parseDay('2026-05-10'))).toBe(true);
    expect(holidays.isBusinessDay(parseDay('2026-05-01'))).toBe(false);
    expect(
      businessCalendar({ holidays: new Set(['2026-05-04']) }).isBusinessDay(parseDay('2026-05-04')),
    ).toBe(false);
  });

  it('lists everything that is wrong with it', () => {
    const error = thrownBy(() =>
      businessCalendar({ weekend: [0, 6, 8], holidays: ['2026-05-01', '2026-02-30', 'x'] }),
    );
    expect(error.code).toBe('invalid_option');
    expect(error.message).toMatch(/^the business calendar is not valid\n/);
    expect(error.problems[0]?.message).toBe('a weekday is 1 (Monday) to 7 (Sunday)');
    expect(error.problems.map(({ path, code }) => [path, code])).toEqual([
      ['weekend[0]', 'invalid_weekday'],
      ['weekend[2]', 'invalid_weekday'],
      ['holidays[1]', 'invalid_date'],
      ['holidays[2]', 'invalid_date'],
    ]);
  });

  it('refuses a week without a business day', () => {
    const error = thrownBy(() => businessCalendar({ weekend: [1, 2, 3, 4, 5, 6, 7] }));
    expect(error.problems).toEqual([
      { path: 'weekend', code: 'no_business_day', message: 'at least one weekday must be a business day' },
    ]);
  });
});

describe('business days', () => {
  it.each([
    ['2026-03-31', 1, '2026-04-01'],
    ['2026-04-01', 1, '2026-04-06'],
    ['2026-04-06', -1, '2026-04-01'],
    ['2026-04-03', 1, '2026-04-06'],
    ['2026-04-03', -1, '2026-04-01'],
    ['2026-04-03', 0, '2026-04-03'],
    ['2026-04-30', 2, '2026-05-05'],
    ['2026-04-24', 10, '2026-05-11'],
  ])('%s and %i business days is %s', (from, n, to) => {
    expect(formatDay(addBusinessDays(parseDay(from), n, holidays))).toBe(to);
  });

  it.each([
    ['2026-04-03', 'as-is', '2026-04-03'],
    ['2026-04-03', 'next', '2026-04-06'],
    ['2026-04-03', 'previous', '2026-04-01'],
    ['2026-04-01', 'next', '2026-04-01'],
    ['2026-04-01', 'previous', '2026-04-01'],
    ['2026-05-31', 'next', '2026-06-01'],
  ] as const)('%s adjusted %s is %s', (from, convention, to) => {
    expect(formatDay(adjust(parseDay(from), convention, holidays))).toBe(to);
  });

  it('a calendar without business days is an error, not an endless loop', () => {
    expect(codeOf(() => addBusinessDays(0, 1, never))).toBe('invalid_option');
    expect(codeOf(() => addBusinessDays(0, -1, never))).toBe('invalid_option');
    expect(codeOf(() => adjust(0, 'next', never))).toBe('invalid_option');
    expect(codeOf(() => adjust(0, 'previous', never))).toBe('invalid_option');
    expect(adjust(0, 'as-is', never)).toBe(0);
    expect(addBusinessDays(0, 0, never)).toBe(0);
  });

  it('looks ten years ahead and no further', () => {
    const only = (business: number): BusinessCalendar => ({ isBusinessDay: (day) => day === business });
    expect(adjust(0, 'next', only(3659))).toBe(3659);
    expect(adjust(0, 'previous', only(-3659))).toBe(-3659);
    expect(codeOf(() => adjust(0, 'next', only(3660)))).toBe('invalid_option');
  });

  it('refuses half days', () => {
    expect(codeOf(() => addBusinessDays(0, 0.5, plain))).toBe('invalid_duration');
    expect(codeOf(() => addBusinessDays(0, Number.NaN, plain))).toBe('invalid_duration');
    for (const n of [0, 1]) expect(codeOf(() => addBusinessDays(0.5, n, plain))).toBe('invalid_date');
    for (const convention of ['as-is', 'next'] as const) {
      expect(codeOf(() => adjust(Number.NaN, convention, plain))).toBe('invalid_date');
    }
    for (const unit of ['d', 'w', 'mo', 'bd'] as const) {
      expect(codeOf(() => shiftDay(Number.NaN, { count: 1, unit }, plain))).toBe('invalid_date');
    }
  });

  it('counts exactly n business days, forwards and backwards', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 60 }), calendar, (from, n, cal) => {
        const to = addBusinessDays(from, n, cal);
        const back = addBusinessDays(from, -n, cal);
        let between = 0;
        for (let at = from + 1; at <= to; at++) if (cal.isBusinessDay(at)) between++;
        let before = 0;
        for (let at = back; at < from; at++) if (cal.isBusinessDay(at)) before++;
        expect([between, before]).toEqual([n, n]);
        expect(cal.isBusinessDay(to) && cal.isBusinessDay(back)).toBe(true);
        if (cal.isBusinessDay(from)) expect(addBusinessDays(to, -n, cal)).toBe(from);
      }),
    );
  });

  it('moves to the nearest business day on its side', () => {
    fc.assert(
      fc.property(day, calendar, (from, cal) => {
        const next = adjust(from, 'next', cal);
        const previous = adjust(from, 'previous', cal);
        expect(cal.isBusinessDay(next) && cal.isBusinessDay(previous)).toBe(true);
        for (let at = previous + 1; at < next; at++) expect(cal.isBusinessDay(at)).toBe(false);
        expect(previous <= from && from <= next).toBe(true);
      }),
    );
  });
});

describe('shiftDay', () => {
  it.each([
    ['2026-01-31', '10d', '2026-02-10'],
    ['2026-01-31', '-7d', '2026-01-24'],
    ['2026-01-31', '2w', '2026-02-14'],
    ['2026-01-31', '1mo', '2026-02-28'],
    ['2026-03-31', '-1mo', '2026-02-28'],
    ['2026-04-01', '2bd', '2026-04-07'],
    ['2026-04-07', '-2bd', '2026-04-01'],
  ])('%s and %s is %s', (from, duration, to) => {
    expect(formatDay(shiftDay(parseDay(from), parseDuration(duration, { negative: true }), holidays))).toBe(
      to,
    );
  });

  it('refuses hours and minutes', () => {
    expect(codeOf(() => shiftDay(0, { count: 24, unit: 'h' }, plain))).toBe('invalid_duration');
    expect(codeOf(() => shiftDay(0, { count: 30, unit: 'min' }, plain))).toBe('invalid_duration');
  });
});
