import { describe, expect, it } from 'vitest';
import { compile, decide, evolve, evolveAll, settle } from '../../src/engine/index.js';
import type { ContactRules } from '../../src/policy/types.js';
import {
  aContact,
  aLadder,
  anAccount,
  anInvoice,
  aPlan,
  aStage,
  engineOf,
  fileOf,
  instant,
  owing,
  told,
} from '../support/build.js';
import { actsIn, sent, story, walk } from '../support/walk.js';

const daily = ['1d', '2d', '3d', '4d', '5d', '6d', '7d', '8d', '9d'];

/** Stages of every day under contact rules; the day numbers of March on which something went out. */
function days(contact: ContactRules, offsets = daily, count = 20): readonly number[] {
  const engine = engineOf(aLadder(offsets), aPlan({}, { caps: [], ...contact }));
  return sent(walk(engine, owing(anInvoice()), '2026-03-01', count)).map((line) => Number(line.slice(8, 10)));
}

describe('the gap', () => {
  it('is a calendar day by default: any day but the same', () => {
    expect(days({})).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  it('wins over shorter distances; a stage pushed onto the next gives way', () => {
    expect(days({ gap: '3d' })).toEqual([2, 5, 8, 11]);
    const engine = engineOf(aLadder(['1d', '3d', '4d']), aPlan({}, { gap: '3d' }));
    expect(story(walk(engine, owing(anInvoice()), '2026-03-01', 10)).slice(1, 4)).toEqual([
      '2026-03-02 send s1d F1',
      '2026-03-04 skip s3d F1 (gave_way)',
      '2026-03-05 send s4d F1',
    ]);
  });

  it('counts all policies and cases of the account', () => {
    const engine = engineOf(
      [aLadder(['1d', '5d']), aLadder(['2d', '5d'], { id: 'other' })],
      aPlan({ assign: [{ invoice: 'F2', policy: 'other' }] }, { gap: '2d' }),
    );
    const file = owing(anInvoice(), anInvoice({ id: 'F2' }));
    expect(sent(walk(engine, file, '2026-03-01', 12))).toEqual([
      '2026-03-02 s1d F1',
      '2026-03-04 s2d F2',
      '2026-03-06 s5d F1',
      // One overdue message on an occasion: the other policy has its turn on the next one.
      '2026-03-08 s5d F2',
    ]);
  });

  it('is no obstacle between messages of one review', () => {
    const engine = engineOf(aLadder(['-7d', '1d']), aPlan({}, { gap: '5d', caps: [{ max: 1, per: '1d' }] }));
    const file = owing(anInvoice(), anInvoice({ id: 'F2', due: '2026-03-09' }));
    expect(sent(walk(engine, file, '2026-03-02', 1))).toEqual(['2026-03-02 s1d F1', '2026-03-02 s-7d F2']);
  });

  it('counts a message that is on its way, and one of which nobody knows', () => {
    const engine = engineOf(aLadder(['1d']), aPlan({}, { gap: '2d' }));
    const at = instant('2026-03-02T10:00:00-06:00');
    const planned = decide(engine, owing(anInvoice()), at);
    const id = planned.acts[0]?.id ?? '';
    const underway = evolveAll(
      owing(anInvoice(), anInvoice({ id: 'F2', due: '2026-03-02' })),
      planned.events,
    );
    const unknown = evolve(underway, { type: 'act.unknown', act: id, at, on: '2026-03-02', code: 'timeout' });
    const later = instant('2026-03-03T10:00:00-06:00');
    const second = (file: typeof underway): unknown =>
      decide(engine, file, later).waiting.find((one) => one.item === 'F2');
    // Still on its way today: it may go out at any moment.
    expect(second(underway)).toMatchObject({ reason: 'gap', at: instant('2026-03-05T00:00:00-06:00') });
    expect(second(unknown)).toMatchObject({ reason: 'gap', at: instant('2026-03-04T00:00:00-06:00') });
  });
});

describe('caps', () => {
  it('by default are one a day and three in seven days', () => {
    expect(days({ caps: undefined })).toEqual([2, 3, 4, 9, 10]);
  });

  it('roll over local days', () => {
    expect(days({ caps: [{ max: 2, per: '7d' }] })).toEqual([2, 3, 9, 10]);
    expect(days({ caps: [{ max: 2, per: '4d' }] })).toEqual([2, 3, 6, 7, 10]);
  });

  it('hold across invoices and policies', () => {
    const message = { by: 'invoice' as const };
    const policies = [aLadder(daily, { message }), aLadder(daily, { id: 'other', message })];
    const plan = aPlan(
      { assign: [{ invoice: 'F2', policy: 'other' }] },
      { gap: 'none', caps: [{ max: 2, per: '7d' }] },
    );
    const file = owing(anInvoice(), anInvoice({ id: 'F2' }));
    const acts = actsIn(walk(engineOf(policies, plan), file, '2026-03-01', 20));
    expect([...new Set(acts.map((act) => act.on))]).toEqual([
      '2026-03-02',
      '2026-03-03',
      '2026-03-09',
      '2026-03-10',
    ]);
  });

  it('may count one contact, or one channel', () => {
    const stages = [
      aStage('a', '1d', { do: [{ send: 'a', to: 'billing' }] }),
      aStage('b', '2d', { do: [{ send: 'b', to: 'manager' }] }),
      aStage('c', '3d', { do: [{ send: 'c', to: 'billing' }] }),
    ];
    const contacts = [aContact(), aContact({ id: 'mia', role: 'manager', email: 'mia@robles.example' })];
    const file = fileOf(told.account(anAccount({ contacts })), told.invoice(anInvoice()));
    const on = (contact: ContactRules): readonly string[] =>
      sent(
        walk(
          engineOf(aLadder([], { stages }), aPlan({}, { gap: 'none', ...contact })),
          file,
          '2026-03-01',
          12,
        ),
      );
    expect(on({ caps: [{ max: 1, per: '7d', of: 'contact' }] })).toEqual([
      '2026-03-02 a F1',
      '2026-03-03 b F1',
      '2026-03-09 c F1',
    ]);
    expect(on({ caps: [{ max: 1, per: '7d', channel: 'email' }] })).toEqual([
      '2026-03-02 a F1',
      '2026-03-09 c F1',
    ]);
    expect(on({ caps: [{ max: 1, per: '7d', channel: 'sms' }] })).toHaveLength(3);
  });
});

describe('windows', () => {
  const office: ContactRules = {
    windows: [{ days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '09:00', to: '18:00' }],
  };
  const at = (contact: ContactRules, text: string, zone?: string, own?: string): unknown => {
    const file = fileOf(
      told.account(anAccount({ zone, contacts: [aContact({ zone: own })] })),
      told.invoice(anInvoice({ due: '2026-03-05' })),
    );
    const decision = decide(engineOf(aLadder(['1d']), aPlan({}, contact)), file, instant(text));
    const [wait] = decision.waiting;
    if (wait === undefined) return decision.acts.length;
    expect(decision.next).toBe(wait.at);
    return `${wait.reason} ${wait.at === undefined ? '' : new Date(wait.at).toISOString()}`;
  };

  it('move a message to the next open minute', () => {
    expect(at(office, '2026-03-06T00:00:00-06:00')).toBe('window 2026-03-06T15:00:00.000Z');
    expect(at(office, '2026-03-06T09:00:00-06:00')).toBe(1);
    expect(at(office, '2026-03-06T17:59:00-06:00')).toBe(1);
    expect(at(office, '2026-03-06T18:00:00-06:00')).toBe('window 2026-03-09T15:00:00.000Z');
  });

  it('are those of the contact, while the day is that of the books', () => {
    // 6 March begins in Mexico when it is 07:00 in Madrid.
    expect(at(office, '2026-03-06T00:00:00-06:00', undefined, 'Europe/Madrid')).toBe(
      'window 2026-03-06T08:00:00.000Z',
    );
    // In Tokyo the working day ends at 09:00 UTC; in Mexico the day begins at 06:00 UTC.
    expect(at(office, '2026-03-06T08:00:00Z', undefined, 'Asia/Tokyo')).toBe(1);
    expect(at(office, '2026-03-06T05:59:00Z', undefined, 'Asia/Tokyo')).toBe(
      'not_yet 2026-03-06T06:00:00.000Z',
    );
    // The account's own zone comes before the plan's, for both.
    expect(at(office, '2026-03-05T23:30:00Z', 'Asia/Tokyo')).toBe('window 2026-03-06T00:00:00.000Z');
    expect(at(office, '2026-03-05T23:30:00Z', 'Asia/Kolkata', 'Asia/Tokyo')).toBe(
      'window 2026-03-06T00:00:00.000Z',
    );
  });

  it('open by the clock on the wall also where it changes', () => {
    // Madrid goes forward on 29 March 2026: 09:00 is 07:00 UTC that day, 08:00 UTC the day before.
    const every: ContactRules = { windows: [{ from: '09:00', to: '10:00' }] };
    const file = fileOf(
      told.account(anAccount({ zone: 'Europe/Madrid' })),
      told.invoice(anInvoice({ due: '2026-03-27' })),
    );
    const engine = engineOf(aLadder(['1d', '2d']), aPlan({}, every));
    const first = settle(engine, file, instant('2026-03-28T01:00:00Z'));
    expect(new Date(first.next ?? 0).toISOString()).toBe('2026-03-28T08:00:00.000Z');
    const sentAt = settle(engine, first.file, first.next ?? 0);
    expect(sentAt.acts).toHaveLength(1);
    const second = settle(engine, sentAt.file, sentAt.next ?? 0);
    expect(new Date(sentAt.next ?? 0).toISOString()).toBe('2026-03-28T23:00:00.000Z');
    expect(new Date(second.next ?? 0).toISOString()).toBe('2026-03-29T07:00:00.000Z');
  });

  it('are closed on holidays of the calendar, unless the plan says otherwise', () => {
    const calendar = { holidays: ['2026-03-06'] };
    const file = owing(anInvoice({ due: '2026-03-05' }));
    const on = (contact: ContactRules): readonly string[] =>
      sent(walk(engineOf(aLadder(['1d']), aPlan({ calendar }, contact)), file, '2026-03-05', 10));
    expect(on(office)).toEqual(['2026-03-09 s1d F1']);
    expect(on({})).toEqual(['2026-03-07 s1d F1']);
    expect(on({ closedOnHolidays: false })).toEqual(['2026-03-06 s1d F1']);
  });

  it('may be of one channel; the others are open', () => {
    const contact: ContactRules = { windows: [{ from: '09:00', to: '10:00', channels: ['sms'] }] };
    expect(at(contact, '2026-03-06T03:00:00-06:00')).toBe(1);
  });

  it('push a stage past the next one, which then acts in its place', () => {
    const engine = engineOf(aLadder(['1d', '3d']), aPlan({}, office));
    const file = owing(anInvoice({ due: '2026-03-06' }));
    expect(story(walk(engine, file, '2026-03-06', 10)).slice(1)).toEqual([
      '2026-03-07 skip s1d F1 (gave_way)',
      '2026-03-09 send s3d F1',
      '2026-03-10 exhaust F1',
    ]);
  });

  it('that never open leave the message waiting without an end', () => {
    const never: ContactRules = { windows: [{ days: ['sun'], from: '09:00', to: '10:00' }] };
    const sundays = Array.from({ length: 60 }, (_, week) =>
      new Date(Date.UTC(2026, 2, 8) + week * 7 * 86_400_000).toISOString().slice(0, 10),
    );
    const plan = aPlan({ calendar: { holidays: sundays } }, never);
    const decision = decide(
      engineOf(aLadder(['1d']), plan),
      owing(anInvoice({ due: '2026-03-05' })),
      instant('2026-03-06T12:00:00Z'),
    );
    expect(decision.waiting).toMatchObject([{ reason: 'window' }]);
    expect(decision.next).toBeUndefined();
  });
});

it('durations of gaps and caps are days or weeks; anything else is refused when compiled', () => {
  const contact = (rules: ContactRules) => () =>
    compile({ plan: aPlan({}, rules), policies: [aLadder(['1d'])] });
  expect(days({ gap: '1w' })).toEqual([2, 9, 16]);
  expect(contact({ gap: '2bd' })).toThrow(/invalid|days/);
  expect(contact({ caps: [{ max: 1, per: '1mo' }] })).toThrow(/invalid|days/);
});
