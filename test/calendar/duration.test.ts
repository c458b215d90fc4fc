import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Duration, durationMillis, formatDuration, parseDuration } from '../../src/calendar/index.js';
import { codeOf, thrownBy } from './thrown.js';

const units = ['d', 'bd', 'mo', 'h', 'min', 'w'] as const;

describe('durations', () => {
  it.each<[string, Duration]>([
    ['10d', { count: 10, unit: 'd' }],
    ['2bd', { count: 2, unit: 'bd' }],
    ['1mo', { count: 1, unit: 'mo' }],
    ['24h', { count: 24, unit: 'h' }],
    ['30min', { count: 30, unit: 'min' }],
    ['2w', { count: 2, unit: 'w' }],
    ['0d', { count: 0, unit: 'd' }],
    ['36500d', { count: 36_500, unit: 'd' }],
  ])('reads %s', (text, expected) => {
    expect(parseDuration(text)).toEqual(expected);
  });

  it('takes a minus where it is allowed, and knows no minus zero', () => {
    expect(parseDuration('-7d', { negative: true })).toEqual({ count: -7, unit: 'd' });
    expect(parseDuration('7d', { negative: true })).toEqual({ count: 7, unit: 'd' });
    expect(Object.is(parseDuration('-0d', { negative: true }).count, 0)).toBe(true);
    expect(codeOf(() => parseDuration('-7d'))).toBe('invalid_duration');
    expect(codeOf(() => parseDuration('-7d', { negative: false }))).toBe('invalid_duration');
  });

  it.each([
    '',
    'd',
    '10',
    '10 d',
    ' 10d',
    '10d ',
    '10D',
    '10days',
    '1m',
    '1y',
    '1s',
    '1.5d',
    '1,5d',
    '+1d',
    '--1d',
    '1e2d',
    '010d',
    '1d12h',
    'P10D',
    '10d\n',
    '36501d',
    '99999d',
    '100000d',
    '-36501d',
    '٣d',
  ])('refuses %j', (text) => {
    expect(codeOf(() => parseDuration(text, { negative: true }))).toBe('invalid_duration');
  });

  it('refuses what is no text', () => {
    expect(codeOf(() => parseDuration(10 as never))).toBe('invalid_duration');
    expect(codeOf(() => parseDuration(['10d'] as never))).toBe('invalid_duration');
  });

  it('shows the beginning of what it refuses, or its kind', () => {
    expect(thrownBy(() => parseDuration('1y')).message).toBe(
      '"1y" is no duration such as 10d, 2bd, 1mo, 2w, 24h or 30min',
    );
    expect(thrownBy(() => parseDuration('x'.repeat(1000))).message).toMatch(/^"x{32}" is no/);
    expect(thrownBy(() => parseDuration(10 as never)).message).toMatch(/^number is no/);
    expect(thrownBy(() => parseDuration('-7d')).message).toMatch(/^"-7d" is negative/);
    expect(thrownBy(() => durationMillis({ count: 2, unit: 'bd' })).message).toMatch(/^2bd has no fixed/);
  });

  it('reads back what it wrote', () => {
    fc.assert(
      fc.property(fc.integer({ min: -36_500, max: 36_500 }), fc.constantFrom(...units), (count, unit) => {
        expect(parseDuration(formatDuration({ count, unit }), { negative: true })).toEqual({ count, unit });
      }),
    );
  });

  it('has milliseconds for hours and minutes only', () => {
    expect(durationMillis({ count: 24, unit: 'h' })).toBe(86_400_000);
    expect(durationMillis({ count: -30, unit: 'min' })).toBe(-1_800_000);
    for (const unit of ['d', 'bd', 'mo', 'w'] as const) {
      expect(codeOf(() => durationMillis({ count: 1, unit }))).toBe('invalid_duration');
    }
  });
});
