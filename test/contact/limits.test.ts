import { describe, expect, it } from 'vitest';
import { type ContactRequest, compileGate, parseGap, permission } from '../../src/contact/gate.js';
import { subjectOfCase } from '../../src/contact/touched.js';
import type { AccountFile, OpenAct, Touch } from '../../src/ledger/file.js';
import type { CalendarRules, ContactRules } from '../../src/policy/types.js';
import { codeOf } from '../money/thrown.js';
import { fileOf, instant, zone } from '../support/build.js';

/** A Tuesday. */
const now = instant('2026-03-10T10:00:00-06:00');
const request: ContactRequest = {
  contact: 'ana',
  channel: 'email',
  bookZone: zone,
  contactZones: [zone],
  occasion: now,
  about: { case: 'ladder/F1#1', subject: 'F1' },
};

/** At ten on a day, unless told otherwise. */
function touched(...touches: readonly (Partial<Touch> & { readonly on: string })[]): AccountFile {
  return {
    ...fileOf(),
    touches: touches.map((own, index) => ({
      at: instant(`${own.on}T10:00:00-06:00`),
      occasion: index,
      purpose: 'dunning',
      channel: 'email',
      contact: 'ana',
      cases: ['ladder/F1#1'],
      ...own,
    })),
  };
}

/** Local time at which the contact is permitted, and what moved it. */
function may(
  rules: ContactRules,
  file: AccountFile,
  own: Partial<ContactRequest> = {},
  calendar: CalendarRules = {},
): string {
  const asked = { caps: [], ...rules };
  const { at, reason } = permission(compileGate(asked, calendar), file, now, { ...request, ...own });
  if (at === now) return 'now';
  const local = at === undefined ? 'never' : new Date(at - 6 * 3_600_000).toISOString().slice(5, 16);
  return `${local} ${reason}`;
}

describe('a gap', () => {
  it('may be elapsed hours, from the moment of the last contact', () => {
    expect(may({ gap: '36h' }, touched({ on: '2026-03-09' }))).toBe('03-10T22:00 gap');
    expect(may({ gap: '24h' }, touched({ on: '2026-03-09' }))).toBe('now');
    expect(may({ gap: '90min' }, touched({ on: '2026-03-10', at: now - 3_600_000 }))).toBe('03-10T10:30 gap');
    expect(may({ gap: 'none' }, touched({ on: '2026-03-10' }))).toBe('now');
    expect(may({ gap: '0d' }, touched({ on: '2026-03-10' }))).toBe('now');
  });

  it('is counted from the latest of several contacts, days or hours', () => {
    const file = touched({ on: '2026-03-09' }, { on: '2026-03-05' });
    expect(may({ gap: '3d' }, file)).toBe('03-12T00:00 gap');
    expect(may({ gap: '72h' }, file)).toBe('03-12T10:00 gap');
  });

  it('that is over, or ends before a cap has room, or after it, is told for what it is', () => {
    const yesterday = touched({ on: '2026-03-09' });
    expect(may({ gap: '1d', windows: [{ from: '12:00', to: '18:00' }] }, yesterday)).toBe(
      '03-10T12:00 window',
    );
    expect(may({ gap: '72h', caps: [{ max: 1, per: '2d' }] }, yesterday)).toBe('03-12T10:00 gap');
    expect(may({ gap: '36h', caps: [{ max: 1, per: '2d' }] }, yesterday)).toBe('03-11T00:00 cap');
  });

  it('may be that of one case, or of one item whatever its policy and opening', () => {
    const other = touched({ on: '2026-03-10', cases: ['ladder/F2#1'] });
    const earlier = touched({ on: '2026-03-10', cases: ['old/F1#2'] });
    const same = touched({ on: '2026-03-10', cases: ['ladder/F2#1', 'ladder/F1#1'] });
    expect([may({}, other), may({}, earlier)]).toEqual(['03-11T00:00 gap', '03-11T00:00 gap']);
    expect(may({ gapOf: 'case' }, other)).toBe('now');
    expect(may({ gapOf: 'case' }, earlier)).toBe('now');
    expect(may({ gapOf: 'case' }, same)).toBe('03-11T00:00 gap');
    expect(may({ gapOf: 'item' }, other)).toBe('now');
    expect(may({ gapOf: 'item' }, earlier)).toBe('03-11T00:00 gap');
    expect(subjectOfCase('p/~entity=a%2Fb~MXN#3')).toBe('~entity=a%2Fb~MXN');
  });

  it('counts a contact of which nobody said what it was about for every case', () => {
    const rules: ContactRules = { gapOf: 'case' };
    expect(may(rules, touched({ on: '2026-03-10', cases: [] }))).toBe('03-11T00:00 gap');
    expect(may(rules, touched({ on: '2026-03-10', cases: undefined }))).toBe('03-11T00:00 gap');
    expect(may(rules, touched({ on: '2026-03-10' }), { about: undefined })).toBe('03-11T00:00 gap');
  });

  it('of a channel lies between contacts on it, in place of the general one', () => {
    const rules: ContactRules = { gap: '2d', gaps: { sms: '7d', email: 'none' } };
    const sms = touched({ on: '2026-03-09', channel: 'sms' });
    expect(may(rules, sms, { channel: 'sms' })).toBe('03-16T00:00 gap');
    expect(may(rules, sms, { channel: 'email' })).toBe('03-11T00:00 gap');
    expect(may(rules, touched({ on: '2026-03-10' }), { channel: 'email' })).toBe('now');
    expect(may({ gap: 'none', gaps: { sms: '7d' } }, sms, { channel: 'sms' })).toBe('03-16T00:00 gap');
    expect(may({ gap: 'none', gaps: { sms: '7d' } }, sms, { channel: 'email' })).toBe('now');
  });

  it('of a stage stands in place of all others', () => {
    const file = touched({ on: '2026-03-10' });
    expect(may({ gap: '5d' }, file, { gap: parseGap('none') })).toBe('now');
    expect(may({ gap: 'none' }, file, { gap: parseGap('2d') })).toBe('03-12T00:00 gap');
    expect(may({ gap: '1d', gaps: { email: '9d' } }, file, { gap: parseGap('2d') })).toBe('03-12T00:00 gap');
  });

  it('has a fixed length, and is not longer than contacts are remembered', () => {
    expect([parseGap('none'), parseGap('2w'), parseGap('36h')]).toEqual([
      { days: 0, ms: 0 },
      { days: 14, ms: 0 },
      { days: 0, ms: 129_600_000 },
    ]);
    for (const text of ['1bd', '1mo', '401d', '9601h', 'soon', ''])
      expect(codeOf(() => parseGap(text))).toBe('invalid_duration');
    expect(codeOf(() => compileGate({ gaps: { sms: '2mo' } }, {}))).toBe('invalid_duration');
  });
});

describe('a cap', () => {
  const none: ContactRules = { gap: 'none' };

  it('may be of the calendar week, from Monday', () => {
    const rules = (max: number): ContactRules => ({ ...none, caps: [{ max, in: 'week' }] });
    const sunday = touched({ on: '2026-03-08' });
    const monday = touched({ on: '2026-03-09' });
    expect(may(rules(1), sunday)).toBe('now');
    expect(may(rules(1), monday)).toBe('03-16T00:00 cap');
    expect(may(rules(2), monday)).toBe('now');
    expect(may(rules(2), touched({ on: '2026-03-09' }, { on: '2026-03-10' }))).toBe('03-16T00:00 cap');
  });

  it('may be of the calendar month', () => {
    const rules: ContactRules = { ...none, caps: [{ max: 2, in: 'month' }] };
    expect(may(rules, touched({ on: '2026-02-28' }, { on: '2026-03-01' }))).toBe('now');
    expect(may(rules, touched({ on: '2026-03-01' }, { on: '2026-03-02' }))).toBe('04-01T00:00 cap');
  });

  it('of a week counts in the week into which the gap moves', () => {
    const rules: ContactRules = { gap: '7d', caps: [{ max: 1, in: 'week' }] };
    expect(may(rules, touched({ on: '2026-03-09' }))).toBe('03-16T00:00 gap');
    expect(may(rules, touched({ on: '2026-03-08' }))).toBe('03-15T00:00 gap');
  });

  it('counts chasing alone, or any contact; thanks mind only the latter', () => {
    const thanked = touched({ on: '2026-03-10', purpose: 'service' });
    const dunning: ContactRules = { ...none, caps: [{ max: 1, per: '2d' }] };
    const any: ContactRules = { ...none, caps: [{ max: 1, per: '2d', purpose: 'any' }] };
    expect(may(dunning, thanked)).toBe('now');
    expect(may(any, thanked)).toBe('03-12T00:00 cap');
    const chased = touched({ on: '2026-03-10' });
    const thanks = { purpose: 'service' as const };
    expect(may({ gap: '5d', ...dunning }, chased, thanks)).toBe('now');
    expect(may({ gap: '5d', caps: dunning.caps }, chased, thanks)).toBe('now');
    expect(may(any, chased, thanks)).toBe('03-12T00:00 cap');
  });

  it('of one contact leaves out what was said to nobody in particular', () => {
    const rules: ContactRules = { ...none, caps: [{ max: 1, per: '3d', of: 'contact' }] };
    expect(may(rules, touched({ on: '2026-03-10', contact: undefined }))).toBe('now');
    expect(may(rules, touched({ on: '2026-03-10' }))).toBe('03-13T00:00 cap');
  });
});

describe('contacts that count', () => {
  const act: OpenAct = {
    id: 'a',
    kind: 'message',
    purpose: 'dunning',
    state: 'planned',
    contact: 'ana',
    channel: 'email',
    review: now - 86_400_000,
    on: '2026-03-09',
    covers: [{ subject: 'F2', case: 'ladder/F2#1', stage: 's', occurrence: 1 }],
  };
  const underway = (own: Partial<OpenAct>): AccountFile => ({
    ...fileOf(),
    acts: new Map([['a', { ...act, ...own }]]),
  });

  it('are those on their way and those that may have happened, but no proposals and no tasks', () => {
    expect(may({ gap: '2d' }, underway({}))).toBe('03-12T00:00 gap');
    expect(may({ gap: '2d' }, underway({ state: 'unknown' }))).toBe('03-11T00:00 gap');
    expect(may({ gap: '2d' }, underway({ state: 'proposed' }))).toBe('now');
    expect(may({ gap: '2d' }, underway({ kind: 'task' }))).toBe('now');
    expect(may({ gap: '2d' }, underway({ review: now }))).toBe('now');
  });

  it('count for hours from now while they are on their way, else from their review', () => {
    expect(may({ gap: '12h' }, underway({}))).toBe('03-10T22:00 gap');
    expect(may({ gap: '36h' }, underway({ state: 'unknown' }))).toBe('03-10T22:00 gap');
  });

  it('of a run on request count from its millisecond: what is waited for is written down as one', () => {
    const file = underway({ state: 'unknown', review: now - 86_400_000 + 517 / 1024 });
    expect(permission(compileGate({ gap: '36h' }, {}), file, now, request).at).toBe(now + 43_200_000);
  });

  it('are about the cases that they cover', () => {
    expect(may({ gapOf: 'case' }, underway({}))).toBe('now');
    const covers = [{ subject: 'F1', case: 'ladder/F1#1', stage: 's', occurrence: 1 }];
    expect(may({ gapOf: 'case' }, underway({ covers }))).toBe('03-11T00:00 gap');
  });
});

describe('a holiday', () => {
  const calendar: CalendarRules = { holidays: ['2026-03-10', '2026-03-16'] };
  const windows = [{ from: '09:00', to: '18:00' }];

  it('is told apart from a closed window', () => {
    expect(may({}, touched(), {}, calendar)).toBe('03-11T00:00 holiday');
    expect(may({ windows }, touched(), {}, calendar)).toBe('03-11T09:00 holiday');
    expect(may({ windows: [{ from: '11:00', to: '18:00' }] }, touched())).toBe('03-10T11:00 window');
    expect(may({ closedOnHolidays: false }, touched(), {}, calendar)).toBe('now');
  });

  it('that only follows a closed window, or a gap, is not the reason', () => {
    const weekdays = [{ days: ['mon' as const], from: '09:00', to: '18:00' }];
    expect(may({ windows: weekdays }, touched(), {}, { holidays: ['2026-03-16'] })).toBe(
      '03-23T09:00 window',
    );
    expect(may({ gap: '7d' }, touched({ on: '2026-03-09' }), {}, calendar)).toBe('03-17T00:00 gap');
  });
});

it('free rules ask nothing', () => {
  const gate = compileGate({ gap: 'none', caps: [] }, {});
  expect(gate.counts).toBe(false);
  expect(compileGate({ gap: 'none', caps: [], gaps: { sms: '1d' } }, {}).counts).toBe(true);
  expect(compileGate({ gap: '1h', caps: [] }, {}).counts).toBe(true);
  expect(compileGate({ gap: 'none' }, {}).counts).toBe(true);
});
