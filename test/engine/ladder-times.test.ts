import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatInstant, instantAt, localMinute, parseDay, startOfDay } from '../../src/calendar/index.js';
import { decide, explain, forecast, settle } from '../../src/engine/index.js';
import type { Contact } from '../../src/ledger/types.js';
import type { ContactWindow, Policy, Stage } from '../../src/policy/types.js';
import {
  aContact,
  aHold,
  aLadder,
  anAccount,
  anInvoice,
  aPlan,
  aStage,
  engineOf,
  fileOf,
  free,
  instant,
  owing,
  told,
  zone,
} from '../support/build.js';
import { sent, story, walk } from '../support/walk.js';

const plan = aPlan({}, free);

function ladderOf(stages: readonly Stage[], own: Partial<Policy> = {}): Policy {
  return { ...aLadder([]), stages, ...own };
}

describe('grace', () => {
  const stages = [aStage('early', '-3d'), aStage('s0', '0d'), aStage('s3', '3d'), aStage('s9', '9d')];

  it('keeps stages after the due date waiting until it is over, and leaves the others', () => {
    const engine = engineOf(ladderOf(stages, { grace: '5d' }), plan);
    expect(sent(walk(engine, owing(anInvoice()), '2026-02-20', 30))).toEqual([
      '2026-02-26 early F1',
      '2026-03-01 s0 F1',
      '2026-03-07 s3 F1',
      '2026-03-10 s9 F1',
    ]);
  });

  it('may count business days', () => {
    const engine = engineOf(ladderOf([aStage('s1', '1d')], { grace: '5bd' }), plan);
    expect(sent(walk(engine, owing(anInvoice()), '2026-03-01', 10))).toEqual(['2026-03-07 s1 F1']);
  });

  it('comes after the displacement of a debt that is old at entry, so that distances stay', () => {
    const engine = engineOf(ladderOf([aStage('s1', '1d'), aStage('s4', '4d')], { grace: '10d' }), plan);
    expect(sent(walk(engine, owing(anInvoice()), '2026-03-21', 10))).toEqual([
      '2026-03-21 s1 F1',
      '2026-03-24 s4 F1',
    ]);
  });

  it('keeps a stage without a day from acting between the due date and its own end', () => {
    const stage: Stage = { id: 'any', tone: 'firm', do: [{ send: 'any' }] };
    const overdue = { ...stage, when: { fact: 'item.daysPastDue', gte: 1 } };
    const acts = (one: Stage, grace: string) =>
      sent(walk(engineOf(ladderOf([one], { grace }), plan), owing(anInvoice()), '2026-02-27', 20));
    expect(acts(stage, '5d')).toEqual(['2026-02-27 any F1']);
    expect(acts(overdue, '5d')).toEqual(['2026-03-07 any F1']);
    expect(acts(overdue, '0d')).toEqual(['2026-03-02 any F1']);
  });

  it('is looked at again when it is over', () => {
    const engine = engineOf(ladderOf([aStage('s1', '1d')], { grace: '5d' }), plan);
    const decision = decide(engine, owing(anInvoice()), instant('2026-03-03T10:00:00-06:00'));
    expect(decision.next).toBe(startOfDay(parseDay('2026-03-07'), zone));
  });
});

describe('the hour of an act', () => {
  const at = (day: string, time: string): number => {
    const [hours = '0', minutes = '0'] = time.split(':');
    return instantAt(parseDay(day), Number(hours) * 60 + Number(minutes), zone);
  };

  it('is waited for, to the minute, and told as an instant', () => {
    const engine = engineOf(ladderOf([aStage('s1', '1d')], { time: '10:30' }), plan);
    const early = decide(engine, owing(anInvoice()), at('2026-03-02', '08:00'));
    expect(early.acts).toEqual([]);
    expect(early.waiting).toMatchObject([{ stage: 's1', reason: 'time', at: at('2026-03-02', '10:30') }]);
    expect(early.next).toBe(at('2026-03-02', '10:30'));
    expect(decide(engine, owing(anInvoice()), at('2026-03-02', '10:29')).acts).toEqual([]);
    expect(decide(engine, owing(anInvoice()), at('2026-03-02', '10:30')).acts).toHaveLength(1);
    expect(decide(engine, owing(anInvoice()), at('2026-03-03', '09:00')).acts).toEqual([]);
  });

  it("is the account's, else the stage's, else the policy's", () => {
    const hour = (policy: string | undefined, stage: string | undefined, account: string | undefined) => {
      const engine = engineOf(ladderOf([aStage('s1', '1d', { time: stage })], { time: policy }), plan);
      const file = fileOf(told.account(anAccount({ time: account })), told.invoice(anInvoice()));
      const from = at('2026-03-02', '00:00');
      const [first] = forecast(engine, file, from, from + 86_400_000).planned;
      return first === undefined ? undefined : localMinute(first.at, zone) / 60;
    };
    expect(hour(undefined, undefined, undefined)).toBe(0);
    expect(hour('09:00', undefined, undefined)).toBe(9);
    expect(hour('09:00', '11:00', undefined)).toBe(11);
    expect(hour('09:00', '11:00', '15:00')).toBe(15);
    expect(hour(undefined, undefined, '15:00')).toBe(15);
  });

  it('that lies after the contact hours of anybody who may be written to holds back its own day only', () => {
    const policy = ladderOf([aStage('s1', '1d')], {
      time: '19:00',
      via: [{ channel: 'email' }, { channel: 'whatsapp' }],
    });
    const acts = (windows: readonly ContactWindow[], own: Partial<Contact> = {}) => {
      const engine = engineOf(policy, aPlan({}, { ...free, windows }));
      const file = fileOf(
        told.account(anAccount({ contacts: [aContact(), aContact({ id: 'eva', ...own })] })),
        told.invoice(anInvoice()),
      );
      const opened = settle(engine, file, at('2026-02-20', '10:00')).file;
      const days = ['2026-03-02', '2026-03-03'].map(
        (day) => decide(engine, opened, at(day, '10:00')).acts.length,
      );
      return days.join(' ');
    };
    const hours = { from: '09:00', to: '18:00' };
    const evening = { from: '09:00', to: '20:00' };
    expect(acts([hours])).toBe('0 1');
    expect(acts([evening])).toBe('0 0');
    expect(acts([])).toBe('0 0');
    // It is 22:00 in São Paulo by then.
    expect(acts([evening], { zone: 'America/Sao_Paulo' })).toBe('0 1');
    expect(acts([{ ...hours, channels: ['whatsapp'] }])).toBe('0 1');
    expect(acts([{ ...hours, channels: ['sms'] }])).toBe('0 0');
  });

  it('holds back neither what is over by itself, nor what milder stages leave behind', () => {
    const stages = [aStage('early', '-3d'), aStage('s1', '1d'), aStage('s2', '1d')];
    const engine = engineOf(ladderOf(stages, { time: '10:00' }), plan);
    const file = settle(engine, owing(anInvoice()), instant('2026-02-20T08:00:00-06:00')).file;
    const early = settle(engine, file, at('2026-03-02', '08:00'));
    expect(early.events.flatMap((event) => (event.type === 'stage.skipped' ? [event.stage] : []))).toEqual([
      'early',
    ]);
    const later = settle(engine, early.file, at('2026-03-02', '10:00'));
    expect(later.acts.map((act) => act.stage)).toEqual(['s2']);
    expect(later.events.flatMap((event) => (event.type === 'stage.skipped' ? [event.stage] : []))).toEqual([
      's1',
    ]);
  });

  it('that does not exist gives the next valid minute, and one that comes twice the first', () => {
    const away = aPlan({ zone: 'America/New_York' }, free);
    const first = (due: string, time: string): string => {
      const engine = engineOf(ladderOf([aStage('s0', '0d', { time })]), away);
      const from = startOfDay(parseDay(due), 'America/New_York');
      const file = owing(anInvoice({ due, issued: '2026-01-01' }));
      return formatInstant(
        forecast(engine, file, from, from + 90_000_000).planned[0]!.at,
        'America/New_York',
      );
    };
    expect(first('2026-03-08', '02:30')).toBe('2026-03-08T03:00:00-04:00');
    expect(first('2026-11-01', '01:30')).toBe('2026-11-01T01:30:00-04:00');
  });

  it('is never before the hour: a law', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1439 }),
        fc.integer({ min: 0, max: 2880 }),
        fc.constantFrom('Europe/Madrid', 'America/New_York', 'Asia/Kolkata', 'America/Santiago'),
        fc.constantFrom('2026-03-07', '2026-03-28', '2026-04-04', '2026-10-24', '2026-10-31', '2026-09-05'),
        (minute, since, where, due) => {
          const time = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
          const engine = engineOf(ladderOf([aStage('s1', '1d', { time })]), aPlan({ zone: where }, free));
          const from = startOfDay(parseDay(due), where) + since * 60_000;
          const { planned } = forecast(engine, owing(anInvoice({ due })), from, from + 3 * 86_400_000);
          expect(planned).toHaveLength(1);
          expect(localMinute(planned[0]!.at, where)).toBeGreaterThanOrEqual(minute);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('is asked for by explain, too', () => {
    const engine = engineOf(ladderOf([aStage('s1', '1d', { time: '10:30' })]), plan);
    const [item] = explain(engine, owing(anInvoice()), at('2026-03-02', '08:00')).items;
    expect(item).toMatchObject({ failed: 'date', reason: 'time', at: at('2026-03-02', '10:30') });
  });
});

describe('the life of a stage', () => {
  it('ends so long after its own day', () => {
    const held = { '2026-03-02': [told.hold(aHold({ from: '2026-03-02', until: '2026-03-06' }))] };
    const acts = (expires: string | undefined, resume: Policy['resume']) => {
      const stages = [aStage('s1', '1d', { expires }), aStage('s20', '20d')];
      const engine = engineOf(ladderOf(stages, { resume, restart: '0d' }), plan);
      return story(walk(engine, owing(anInvoice()), '2026-03-01', 24, { facts: held })).filter((line) =>
        /send|skip/.test(line),
      );
    };
    expect(acts(undefined, 'latest')).toEqual(['2026-03-07 send s1 F1', '2026-03-21 send s20 F1']);
    expect(acts('5d', 'latest')).toEqual(['2026-03-07 send s1 F1', '2026-03-21 send s20 F1']);
    expect(acts('4d', 'latest')).toEqual(['2026-03-07 skip s1 F1 (expired)', '2026-03-21 send s20 F1']);
    // A pause that moves the ladder moves the stage's own day with it.
    expect(acts('0d', 'next')).toEqual(['2026-03-07 send s1 F1']);
  });

  it('is looked at on its end, although nothing else would change', () => {
    const never = { fact: 'item.dunnable', lt: { MXN: '1.00' } };
    const engine = engineOf(ladderOf([aStage('s1', '1d', { when: never, expires: '2bd' })]), plan);
    const decision = decide(engine, owing(anInvoice()), instant('2026-03-02T10:00:00-06:00'));
    expect(decision.waiting).toMatchObject([{ reason: 'condition' }]);
    expect(decision.next).toBe(startOfDay(parseDay('2026-03-05'), zone));
    expect(story(walk(engine, owing(anInvoice()), '2026-03-01', 10))).toEqual([
      '2026-03-01 open F1',
      '2026-03-05 skip s1 F1 (expired)',
      '2026-03-05 exhaust F1',
    ]);
  });
});

describe('a stage for before the due date', () => {
  const down = ['2026-02-26', '2026-02-27', '2026-02-28', '2026-03-01', '2026-03-02'];

  it('expires with it, or is kept', () => {
    const acts = (keep: boolean | undefined) => {
      const engine = engineOf(ladderOf([aStage('early', '-3d', { keep }), aStage('s9', '9d')]), plan);
      return story(walk(engine, owing(anInvoice()), '2026-02-25', 20, { down })).filter((line) =>
        /send|skip/.test(line),
      );
    };
    expect(acts(undefined)).toEqual(['2026-03-03 skip early F1 (expired)', '2026-03-10 send s9 F1']);
    expect(acts(true)).toEqual(['2026-03-03 send early F1', '2026-03-10 send s9 F1']);
  });

  it('that is kept still gives way to a later one', () => {
    const engine = engineOf(ladderOf([aStage('early', '-3d', { keep: true }), aStage('s1', '1d')]), plan);
    expect(story(walk(engine, owing(anInvoice()), '2026-02-25', 8, { down })).slice(1)).toEqual([
      '2026-03-03 skip early F1 (superseded)',
      '2026-03-03 send s1 F1',
      '2026-03-04 exhaust F1',
    ]);
  });
});
