import { describe, expect, it } from 'vitest';
import { businessCalendar, parseDay, parseDuration, shiftDay } from '../../src/calendar/index.js';
import { dayRange, lengthOf, stageDays } from '../../src/lint/days.js';
import { isNear } from '../../src/lint/near.js';

const calendar = businessCalendar({});
const starts = Array.from({ length: 4 * 366 }, (_, i) => parseDay('2026-01-01') + i);

/** Fewest and most days that a duration really takes, over four years. */
function real(text: string): { first: number; last: number } {
  const lengths = starts.map((day) => shiftDay(day, parseDuration(text), calendar) - day);
  return { first: Math.min(...lengths), last: Math.max(...lengths) };
}

describe('lengthOf', () => {
  it.each(['0d', '10d', '3w', '0bd', ...Array.from({ length: 16 }, (_, i) => `${i + 1}bd`)])(
    'knows fewest and most days of %s',
    (text) => {
      expect(lengthOf(text)).toEqual(real(text));
    },
  );

  it.each(['1mo', '2mo', '7mo'])('holds %s between bounds', (text) => {
    const { first, last } = real(text);
    expect(lengthOf(text).first).toBeLessThanOrEqual(first);
    expect(lengthOf(text).last).toBeGreaterThanOrEqual(last);
  });
});

describe('dayRange', () => {
  it('counts from the due date, before and after', () => {
    expect(dayRange({ from: 'due' }, undefined)).toEqual({ first: 0, last: 0 });
    expect(dayRange({ from: 'due', plus: '3d' }, undefined)).toEqual({ first: 3, last: 3 });
    expect(dayRange({ from: 'due', minus: '1mo' }, undefined)).toEqual({ first: -31, last: -28 });
  });

  it('counts from the stage before', () => {
    const previous = { first: 28, last: 31 };
    expect(dayRange({ from: 'previous', plus: '5d' }, previous)).toEqual({ first: 33, last: 36 });
    expect(dayRange({ from: 'previous', plus: '5d' }, undefined)).toBeUndefined();
  });

  it('knows nothing of issue and opening', () => {
    expect(dayRange({ from: 'issue', plus: '30d' }, undefined)).toBeUndefined();
    expect(dayRange({ from: 'opened', plus: '1d' }, undefined)).toBeUndefined();
  });

  it('leaves room for a business-day convention', () => {
    expect(dayRange({ from: 'due', plus: '3d', businessDay: 'next' }, undefined)).toEqual({
      first: 3,
      last: 7,
    });
    expect(dayRange({ from: 'due', plus: '3d', businessDay: 'previous' }, undefined)).toEqual({
      first: -1,
      last: 3,
    });
  });
});

describe('stageDays', () => {
  const previous = { first: 10, last: 12 };

  it('is the latest of all triggers, or the earliest of any', () => {
    const several = [
      { from: 'due', plus: '3d' },
      { from: 'previous', plus: '1d' },
    ] as const;
    expect(stageDays({ at: { all: several } }, { previous })).toEqual({ first: 11, last: 13 });
    expect(stageDays({ at: { any: several } }, { previous })).toEqual({ first: 3, last: 3 });
    expect(stageDays({ at: { any: [...several, { from: 'opened' }] } }, { previous })).toBeUndefined();
    expect(stageDays({}, { previous })).toBeUndefined();
  });

  it('counts from deadlines and the end of grace, and lets others wait for that', () => {
    const bases = { previous, deadline: '5d', grace: '4d' };
    expect(stageDays({ at: { from: 'previous', of: 'deadline', plus: '1d' } }, bases)).toEqual({
      first: 16,
      last: 18,
    });
    expect(stageDays({ at: { from: 'grace', plus: '1d' } }, bases)).toEqual({ first: 5, last: 5 });
    expect(stageDays({ at: { from: 'grace', minus: '2d' } }, bases)).toEqual({ first: 2, last: 2 });
    expect(stageDays({ at: { from: 'due', plus: '2d' } }, bases)).toEqual({ first: 5, last: 5 });
    expect(stageDays({ at: { from: 'due', minus: '2d' } }, bases)).toEqual({ first: -2, last: -2 });
  });

  it('knows days that do not count, and ends of months', () => {
    expect(stageDays({ at: { from: 'due', plus: '2d', exclusive: true } }, { previous })).toEqual({
      first: 3,
      last: 3,
    });
    expect(stageDays({ at: { from: 'due', plus: '2d', endOfMonth: true } }, { previous })).toEqual({
      first: 2,
      last: 32,
    });
  });
});

describe('isNear', () => {
  it.each([
    ['biling', 'billing'],
    ['billling', 'billing'],
    ['bolling', 'billing'],
    ['mangaer', 'manager'],
    ['Owner', 'owner'],
  ])('takes %s for %s', (a, b) => {
    expect([isNear(a, b), isNear(b, a)]).toEqual([true, true]);
  });

  it.each([
    ['billing', 'billing'],
    ['cfo', 'ceo'],
    ['level1', 'level2'],
    ['manager', 'managing'],
    ['sales', 'legal'],
    ['abcd', 'badc'],
  ])('does not take %s for %s', (a, b) => {
    expect([isNear(a, b), isNear(b, a)]).toEqual([false, false]);
  });
});
