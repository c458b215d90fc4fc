import { describe, expect, it } from 'vitest';
import { parseDay, weekdayOf } from '../../src/calendar/index.js';
import { type Act, decide, evolve, evolveAll, settle } from '../../src/engine/index.js';
import type { AccountFile } from '../../src/ledger/file.js';
import type { Policy } from '../../src/policy/types.js';
import {
  aContact,
  aLadder,
  anAccount,
  anInvoice,
  aPayment,
  aPlan,
  engineOf,
  fileOf,
  free,
  instant,
  owing,
  told,
} from '../support/build.js';
import { actsIn, sent, walk } from '../support/walk.js';

const at = instant('2026-03-02T10:00:00-06:00');

/** Further defects that happened in shipped products: contacts, policies, calendars. */

describe('the wrong contact decides the channel; a blocked address is stuck in the queue for ever', () => {
  const consents = [{ channel: 'whatsapp', state: 'granted' as const, at: 0 }];
  const engine = engineOf(
    aLadder(['1d', '5d'], { via: [{ channel: 'whatsapp' }, { channel: 'email' }] }),
    aPlan({}, free),
  );

  it('no: the billing contact comes first, with what that contact has', () => {
    const chatty = aContact({ id: 'mia', role: 'other', phone: '+525512345678', consents });
    const file = fileOf(
      told.account(anAccount({ contacts: [chatty, aContact()] })),
      told.invoice(anInvoice()),
    );
    expect(decide(engine, file, at).acts[0]).toMatchObject({ contact: 'ana', channel: 'email' });
  });

  it('no: what is refused moves on, and the next stage comes on its day', () => {
    const contact = aContact({ phone: '+525512345678', consents, email: undefined });
    let file: AccountFile = fileOf(
      told.account(anAccount({ contacts: [contact] })),
      told.invoice(anInvoice()),
    );
    const first = decide(engine, file, at);
    file = evolveAll(file, [
      ...first.events,
      {
        type: 'act.refused',
        act: first.acts[0]?.id ?? '',
        at,
        on: '2026-03-02',
        code: 'blocked',
        scope: 'recipient',
        address: '+525512345678',
      },
    ]);
    const then = settle(engine, file, at);
    expect(then.acts.map((act) => act.name)).toEqual(['find-contact']);
    expect(then.file.acts.size).toBe(1);
    const fixed = evolve(then.file, told.account(anAccount()));
    expect(sent(walk(engine, fixed, '2026-03-03', 5))).toEqual(['2026-03-03 s1d F1', '2026-03-06 s5d F1']);
  });
});

it('cancelled or draft documents are dunned', () => {
  const engine = engineOf(aLadder(['1d', '3d']), aPlan({}, free));
  for (const status of ['draft', 'void', 'written-off'] as const) {
    expect(sent(walk(engine, owing(anInvoice({ status })), '2026-03-01', 8))).toEqual([]);
    const facts = { '2026-03-03': [told.invoice(anInvoice({ status }))] };
    expect(sent(walk(engine, owing(anInvoice()), '2026-03-01', 8, { facts }))).toEqual(['2026-03-02 s1d F1']);
  }
});

it('all levels are walked through on repeated runs of one day, without being asked to', () => {
  const hours = Array.from({ length: 12 }, (_, index) => index + 11);
  for (const late of ['latest', 'each', 'drop'] as const) {
    for (const entry of ['first', 'latest'] as const) {
      const policy: Policy = aLadder(['0d', '1d', '2d', '3d'], { late, entry });
      const engine = engineOf(policy, aPlan({}, free));
      const file = owing(anInvoice({ due: '2026-02-27' }));
      const walked = walk(engine, file, '2026-03-02', 1, { again: hours });
      expect([late, entry, actsIn(walked).length]).toEqual([late, entry, 1]);
    }
  }
});

it('the oldest invoice is paid, the anchor moves, the queued check does not', () => {
  const engine = engineOf(aLadder(['1d', '9d']), aPlan({}, free));
  const file = owing(
    anInvoice({ id: 'OLD', due: '2026-02-21' }),
    anInvoice({ id: 'NEW', due: '2026-02-28' }),
  );
  const facts = { '2026-03-02': [told.payment(aPayment({ to: 'OLD' }))] };
  // On 2 March the old one would have come to its last stage; the new one keeps its own day.
  expect(sent(walk(engine, file, '2026-02-20', 30, { facts }))).toEqual([
    '2026-02-22 s1d OLD',
    '2026-03-01 s1d NEW',
    '2026-03-09 s9d NEW',
  ]);
});

it('attempt counters are zeroed when a policy is edited', () => {
  const first = aLadder(['1d', '3d', '9d']);
  const second = aLadder(['1d', '4d', '9d'], { version: 2 });
  const before = walk(engineOf(first, aPlan({}, free)), owing(anInvoice()), '2026-03-01', 4).file;
  const edited = engineOf([first, second], aPlan({}, free));
  expect(sent(walk(edited, before, '2026-03-05', 10))).toEqual(['2026-03-10 s9d F1']);
  // Also when the version that the case began with is not at hand any more.
  const only = engineOf(second, aPlan({}, free));
  expect(sent(walk(only, before, '2026-03-05', 10))).toEqual(['2026-03-05 s4d F1', '2026-03-10 s9d F1']);
});

describe('zones: summer time ignored, half hours floored, a missing hour skips the day', () => {
  const stage = (zone: string, due: string, now: string): readonly Act[] => {
    const file = fileOf(told.account(anAccount({ zone })), told.invoice(anInvoice({ due })));
    return decide(engineOf(aLadder(['1d'])), file, instant(now)).acts;
  };

  it('no: a day begins at its own offset', () => {
    // Madrid: 29 March 2026 begins at 23:00 UTC, the 30th, after the change, at 22:00 UTC.
    expect(stage('Europe/Madrid', '2026-03-28', '2026-03-28T22:59:00Z')).toHaveLength(0);
    expect(stage('Europe/Madrid', '2026-03-28', '2026-03-28T23:00:00Z')).toHaveLength(1);
    expect(stage('Europe/Madrid', '2026-03-29', '2026-03-29T21:59:00Z')).toHaveLength(0);
    expect(stage('Europe/Madrid', '2026-03-29', '2026-03-29T22:00:00Z')).toHaveLength(1);
  });

  it('no: Kolkata is five and a half hours ahead', () => {
    expect(stage('Asia/Kolkata', '2026-03-01', '2026-03-01T18:29:00Z')).toHaveLength(0);
    expect(stage('Asia/Kolkata', '2026-03-01', '2026-03-01T18:30:00Z')).toHaveLength(1);
  });

  it('no: where midnight does not exist the day begins at one', () => {
    // Santiago goes forward at midnight of Sunday 6 September 2026: that day begins at 04:00 UTC, as 01:00.
    expect(weekdayOf(parseDay('2026-09-06'))).toBe(7);
    expect(stage('America/Santiago', '2026-09-05', '2026-09-06T03:59:00Z')).toHaveLength(0);
    const [act] = stage('America/Santiago', '2026-09-05', '2026-09-06T04:00:00Z');
    expect(act?.on).toBe('2026-09-06');
  });
});
