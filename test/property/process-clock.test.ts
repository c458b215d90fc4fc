import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { oddZones } from '../calendar/zones.js';

/**
 * luxon's constructors from local fields look at the offset of today (and the
 * process zone decides what `new Date` from fields means). Neither may show.
 */
describe('the clock and the zone of the process', () => {
  const zoneBefore = process.env.TZ;

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'] });
  });

  afterEach(() => {
    vi.useRealTimers();
    if (zoneBefore === undefined) delete process.env.TZ;
    else process.env.TZ = zoneBefore;
  });

  async function answers(now: string, processZone: string): Promise<string> {
    process.env.TZ = processZone;
    vi.setSystemTime(now);
    // A fresh copy, so that nothing answered before is remembered.
    vi.resetModules();
    const calendar = await import('../../src/calendar/index.js');
    const lines: string[] = [];
    const windows = [{ days: [1, 2, 3, 4, 5, 6, 7], from: 150, to: 180 }];
    for (const zone of oddZones) {
      for (const date of [
        '2026-03-08',
        '2026-03-29',
        '2026-04-05',
        '2026-10-04',
        '2026-10-25',
        '2026-11-01',
      ]) {
        const day = calendar.parseDay(date);
        for (const minute of [0, 30, 90, 105, 120, 150, 720]) {
          const instant = calendar.instantAt(day, minute, zone);
          const open = calendar.nextOpen(instant, windows, zone, () => false);
          lines.push(`${calendar.formatInstant(instant, zone)} ${calendar.localDay(instant, zone)} ${open}`);
        }
        lines.push(String(calendar.startOfDay(day, zone)));
      }
    }
    lines.push(String(calendar.parseInstant('2026-10-25T02:30:00+02:00')));
    return lines.join('\n');
  }

  it('do not change any answer', async () => {
    const inJanuary = await answers('2026-01-15T12:00:00Z', 'America/New_York');
    expect(await answers('2026-07-15T12:00:00Z', 'America/New_York')).toBe(inJanuary);
    expect(await answers('2031-10-26T00:30:00Z', 'Europe/Madrid')).toBe(inJanuary);
    expect(await answers('1999-01-01T00:00:00Z', 'Pacific/Apia')).toBe(inJanuary);
    expect(inJanuary).toContain('2026-10-25T02:30:00+02:00');
  });
});
