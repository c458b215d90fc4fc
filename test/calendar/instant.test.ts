import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { formatInstant, formatUtc, parseDay, parseInstant, tzdataVersion } from '../../src/calendar/index.js';
import { codeOf, thrownBy } from './thrown.js';
import { oddZones } from './zones.js';

const instant = fc.integer({
  min: parseDay('1900-01-02') * 86_400_000,
  max: parseDay('2999-12-30') * 86_400_000,
});

describe('instants', () => {
  it.each([
    ['1970-01-01T00:00:00Z', 0],
    ['1970-01-01T00:00Z', 0],
    ['2026-03-03T10:00:00-06:00', Date.UTC(2026, 2, 3, 16)],
    ['2026-03-03T10:00-06:00', Date.UTC(2026, 2, 3, 16)],
    ['2026-03-03T10:00:00+05:30', Date.UTC(2026, 2, 3, 4, 30)],
    ['2026-03-03T10:00:00.5Z', Date.UTC(2026, 2, 3, 10, 0, 0, 500)],
    ['2026-03-03T10:00:00.123456789Z', Date.UTC(2026, 2, 3, 10, 0, 0, 123)],
    ['2026-03-03T10:00:00.1239Z', Date.UTC(2026, 2, 3, 10, 0, 0, 123)],
    ['2026-03-03T00:00:00+14:00', Date.UTC(2026, 2, 2, 10)],
    ['2026-03-03T10:00:00-00:00', Date.UTC(2026, 2, 3, 10)],
    ['2024-02-29T23:59:59.999Z', Date.UTC(2024, 1, 29, 23, 59, 59, 999)],
    ['1969-12-31T23:59:59.999Z', -1],
  ])('reads %s', (text, expected) => {
    expect(parseInstant(text)).toBe(expected);
  });

  it.each([
    '',
    '2026-03-03',
    '2026-03-03T10:00:00',
    '2026-03-03T10:00:00 Z',
    '2026-03-03 10:00:00Z',
    '2026-03-03t10:00:00Z',
    '2026-03-03T10:00:00z',
    '2026-03-03T10Z',
    '2026-03-03T10:00:00-06',
    '2026-03-03T10:00:00-0600',
    '2026-03-03T10:00:00-6:00',
    '2026-03-03T10:00:00+24:00',
    '2026-03-03T10:00:00+05:60',
    '2026-03-03T24:00:00Z',
    '2026-03-03T10:60:00Z',
    '2026-03-03T10:00:60Z',
    '2026-03-03T10:00:00.Z',
    '2026-03-03T10:00:00,5Z',
    '2026-03-03T10:00:00.1234567890Z',
    '2026-03-03T10:00.5Z',
    '2026-02-30T10:00:00Z',
    '2026-W10-2T10:00Z',
    '2026-062T10:00:00Z',
    '+02026-03-03T10:00Z',
    '1899-12-31T10:00:00Z',
    '3000-01-01T10:00:00Z',
    '2026-03-03T10:00:00Z\n',
    ' 2026-03-03T10:00:00Z',
    '2026-03-03T10:00:00-06:00[America/Mexico_City]',
    '٢٠٢٦-03-03T10:00:00Z',
    '1772553600000',
  ])('refuses %j', (text) => {
    expect(codeOf(() => parseInstant(text))).toBe('invalid_instant');
  });

  it('refuses what is no text', () => {
    expect(codeOf(() => parseInstant(0 as never))).toBe('invalid_instant');
    expect(codeOf(() => parseInstant(['2026-03-03T10:00:00Z'] as never))).toBe('invalid_instant');
    expect(codeOf(() => parseInstant(null as never))).toBe('invalid_instant');
    expect(codeOf(() => parseInstant('9'.repeat(100_000)))).toBe('invalid_instant');
  });

  it('shows the beginning of what it refuses, or its kind', () => {
    expect(thrownBy(() => parseInstant('noon')).message).toMatch(/^"noon" is no instant of the form 2026-/);
    expect(thrownBy(() => parseInstant('x'.repeat(1000))).message).toMatch(/^"x{40}" is no/);
    expect(thrownBy(() => parseInstant(0 as never)).message).toMatch(/^number is no/);
  });

  it.each([
    [0, 'UTC', '1970-01-01T00:00:00+00:00'],
    [Date.UTC(2026, 2, 3, 16), 'America/Mexico_City', '2026-03-03T10:00:00-06:00'],
    [Date.UTC(2026, 2, 3, 16, 0, 0, 7), 'Asia/Kathmandu', '2026-03-03T21:45:00.007+05:45'],
    [Date.UTC(2026, 9, 25, 0, 30), 'Europe/Madrid', '2026-10-25T02:30:00+02:00'],
    [Date.UTC(2026, 9, 25, 1, 30), 'Europe/Madrid', '2026-10-25T02:30:00+01:00'],
    [Date.UTC(2026, 6, 1), 'America/St_Johns', '2026-06-30T21:30:00-02:30'],
    [Date.UTC(2026, 6, 1), 'Pacific/Marquesas', '2026-06-30T14:30:00-09:30'],
  ])('writes %i in %s as %s', (when, zone, expected) => {
    expect(formatInstant(when, zone)).toBe(expected);
  });

  it('reads back what it wrote, in any zone, and agrees with the runtime', () => {
    fc.assert(
      fc.property(instant, fc.constantFrom(...oddZones), (when, zone) => {
        const text = formatInstant(when, zone);
        expect(parseInstant(text)).toBe(when);
        expect(Date.parse(text)).toBe(when);
        expect(parseInstant(formatUtc(when))).toBe(when);
        expect(formatUtc(when)).toBe(new Date(when).toISOString().replace('.000Z', 'Z'));
      }),
      { numRuns: 3000 },
    );
  });

  it('writes nothing that is no instant', () => {
    for (const when of [Number.NaN, 0.5, 1e15]) {
      expect(codeOf(() => formatUtc(when))).toBe('invalid_instant');
      expect(codeOf(() => formatInstant(when, 'UTC'))).toBe('invalid_instant');
    }
    expect(codeOf(() => formatInstant(0, 'Nowhere'))).toBe('unknown_zone');
  });

  it('names the time zone data in use', () => {
    expect(tzdataVersion()).toBe(process.versions.tz);
    expect(tzdataVersion()).toMatch(/^\d{4}[a-z]$/);
  });

  it.each([undefined, {}, { versions: {} }])('says so where the runtime does not name it: %j', (process) => {
    vi.stubGlobal('process', process);
    try {
      expect(tzdataVersion()).toBe('unknown');
    } finally {
      vi.unstubAllGlobals();
    }
  });
});
