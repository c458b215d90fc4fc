import { describe, expect, it } from 'vitest';
import { type ContactRequest, compileGate, permission, wholeDays } from '../../src/contact/gate.js';
import type { AccountFile, Touch } from '../../src/ledger/file.js';
import type { ContactRules } from '../../src/policy/types.js';
import { codeOf } from '../money/thrown.js';
import { fileOf, instant, zone } from '../support/build.js';

const now = instant('2026-03-10T10:00:00-06:00');
const request: ContactRequest = {
  contact: 'ana',
  channel: 'email',
  bookZone: zone,
  contactZones: [zone],
  occasion: now,
};

function touched(...days: readonly (string | Partial<Touch>)[]): AccountFile {
  const touches = days.map((day, index): Touch => {
    const own = typeof day === 'string' ? { on: day } : day;
    return {
      at: index,
      on: '2026-03-10',
      occasion: index,
      purpose: 'dunning',
      channel: 'email',
      contact: 'ana',
      ...own,
    };
  });
  return { ...fileOf(), touches };
}

/** Local time at which the contact is permitted, and what moved it. */
function may(rules: ContactRules, file: AccountFile, own: Partial<ContactRequest> = {}): string {
  const { at, reason } = permission(compileGate(rules, {}), file, now, { ...request, ...own });
  if (at === now) return 'now';
  const local = at === undefined ? 'never' : new Date(at - 6 * 3_600_000).toISOString().slice(5, 16);
  return `${local} ${reason}`;
}

describe('gap and caps', () => {
  it('count what happened, by local day', () => {
    expect(may({ gap: '3d', caps: [] }, touched('2026-03-07'))).toBe('now');
    expect(may({ gap: '3d', caps: [] }, touched('2026-03-08'))).toBe('03-11T00:00 gap');
    expect(may({ gap: 'none', caps: [{ max: 2, per: '7d' }] }, touched('2026-03-04', '2026-03-09'))).toBe(
      '03-11T00:00 cap',
    );
    expect(may({ gap: 'none', caps: [{ max: 2, per: '7d' }] }, touched('2026-03-03', '2026-03-09'))).toBe(
      'now',
    );
  });

  it('take several contacts of one occasion for one', () => {
    const twice = touched({ on: '2026-03-05', occasion: 7 }, { on: '2026-03-05', occasion: 7 });
    expect(may({ gap: 'none', caps: [{ max: 2, per: '7d' }] }, twice)).toBe('now');
  });

  it('leave out the occasion that is asked about, and what is no chasing', () => {
    expect(may({}, touched({ occasion: now }))).toBe('now');
    expect(may({}, touched({ purpose: 'service' }))).toBe('now');
    expect(may({}, touched({}))).toBe('03-11T00:00 gap');
  });

  it('the stricter of several wins', () => {
    const rules: ContactRules = {
      gap: '2d',
      caps: [
        { max: 3, per: '7d' },
        { max: 1, per: '5d' },
      ],
    };
    expect(may(rules, touched('2026-03-08', '2026-03-09'))).toBe('03-14T00:00 cap');
  });

  it('may be about one contact or one channel', () => {
    const other = touched({ contact: 'luis', channel: 'sms' });
    expect(may({ gap: 'none', caps: [{ max: 1, per: '7d', of: 'contact' }] }, other)).toBe('now');
    expect(may({ gap: 'none', caps: [{ max: 1, per: '7d', channel: 'sms' }] }, other)).toBe('now');
    expect(
      may({ gap: 'none', caps: [{ max: 1, per: '7d', channel: 'sms' }] }, other, { channel: 'sms' }),
    ).toBe('03-17T00:00 cap');
  });
});

describe('windows', () => {
  it('come after gap and caps, and the first reason is told', () => {
    const windows = [{ from: '12:00', to: '18:00' }];
    expect(may({ windows }, touched())).toBe('03-10T12:00 window');
    expect(may({ windows }, touched({}))).toBe('03-11T12:00 gap');
  });

  it('must be open in all zones of a place at once', () => {
    const windows = [{ from: '09:00', to: '18:00' }];
    // At ten in Mexico City it is nine in Tijuana and five in the afternoon in Madrid.
    const zones = { contactZones: [zone, 'America/Tijuana', 'Europe/Madrid'] };
    expect(may({ windows }, touched(), zones)).toBe('now');
    expect(may({ windows: [{ from: '09:00', to: '16:00' }] }, touched(), zones)).toBe('never window');
  });

  it('are closed on holidays in any of the zones', () => {
    const gate = compileGate({}, { holidays: ['2026-03-11'] });
    const far = { ...request, contactZones: [zone, 'Pacific/Auckland'] };
    expect(permission(gate, touched(), now, request).at).toBe(now);
    expect(permission(gate, touched(), now, far)).toMatchObject({ reason: 'holiday' });
  });
});

it('no rule looks back further than contacts are remembered', () => {
  const caps = (per: string) => () => compileGate({ caps: [{ max: 1, per }] }, {});
  expect(caps('400d')).not.toThrow();
  expect(codeOf(caps('401d'))).toBe('invalid_duration');
  expect(codeOf(() => compileGate({ gap: '58w' }, {}))).toBe('invalid_duration');
});

it('days of a rule are days or weeks', () => {
  expect([wholeDays('0d'), wholeDays('3d'), wholeDays('2w')]).toEqual([0, 3, 14]);
  for (const text of ['1bd', '1mo', '24h', 'x'])
    expect(codeOf(() => wholeDays(text))).toBe('invalid_duration');
});
