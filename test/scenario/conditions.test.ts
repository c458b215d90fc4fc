import { describe, expect, it } from 'vitest';
import { decide } from '../../src/engine/index.js';
import type { Invoice } from '../../src/ledger/types.js';
import type { Policy } from '../../src/policy/types.js';
import {
  aHold,
  aLadder,
  anAccount,
  anInvoice,
  aPlan,
  aPromise,
  aStage,
  engineOf,
  fileOf,
  free,
  instant,
  owing,
  told,
} from '../support/build.js';
import { sent, story, walk } from '../support/walk.js';

const at = instant('2026-03-02T10:00:00-06:00');

describe('conditions of stages', () => {
  const when = (
    condition: Policy['stages'][number]['when'],
    invoice: Partial<Invoice> = {},
  ): readonly string[] => {
    const stages = [aStage('mild', '1d'), aStage('firm', '5d', { tone: 'firm', when: condition })];
    const engine = engineOf(aLadder([], { stages }), aPlan({}, free));
    return story(walk(engine, owing(anInvoice(invoice)), '2026-03-01', 12)).slice(1);
  };

  it('are thresholds per currency, inclusive', () => {
    const least = { fact: 'item.dunnable', gte: { MXN: '100.00' } };
    expect(when(least)).toContain('2026-03-06 send firm F1');
    expect(when(least, { total: 9_999 })).toEqual(['2026-03-02 send mild F1']);
    expect(when(least, { currency: 'USD' })).toEqual(['2026-03-02 send mild F1']);
  });

  it('that do not hold fall back to the stage below, and are asked again', () => {
    const stages = [
      aStage('mild', '1d'),
      aStage('firm', '2d', { tone: 'firm', when: { fact: 'account.outstanding', gte: { MXN: '150.00' } } }),
    ];
    const engine = engineOf(aLadder([], { stages }), aPlan({}, free));
    const walked = walk(engine, owing(anInvoice()), '2026-03-01', 10, {
      down: ['2026-03-02'],
      facts: { '2026-03-06': [told.invoice(anInvoice({ id: 'F2', due: '2026-04-01' }))] },
    });
    expect(sent(walked)).toEqual(['2026-03-03 mild F1', '2026-03-06 firm F1']);
  });

  it('passed over by a later stage are recorded', () => {
    const stages = [
      aStage('never', '1d', { when: { fact: 'account.country', eq: 'XX' } }),
      aStage('then', '3d', { tone: 'firm' }),
    ];
    const engine = engineOf(aLadder([], { stages }), aPlan({}, free));
    expect(story(walk(engine, owing(anInvoice()), '2026-03-01', 5)).slice(1)).toEqual([
      '2026-03-04 skip never F1 (condition)',
      '2026-03-04 send then F1',
      '2026-03-05 exhaust F1',
    ]);
  });

  it('that come true with time are asked every day, others only when a fact is told', () => {
    const asked = (condition: Policy['stages'][number]['when']): number | undefined => {
      const stages = [aStage('s', '1d', { when: condition })];
      return decide(engineOf(aLadder([], { stages })), owing(anInvoice()), at).next;
    };
    expect(asked({ fact: 'item.daysPastDue', gte: 8 })).toBe(instant('2026-03-03T00:00:00-06:00'));
    expect(asked({ fact: 'account.country', eq: 'XX' })).toBeUndefined();
  });

  it('that come true with time act on the day on which they do', () => {
    expect(when({ fact: 'item.daysPastDue', gte: 8 }).slice(1)).toEqual([
      '2026-03-09 send firm F1',
      '2026-03-10 exhaust F1',
    ]);
  });

  it('that come true when a promise or hold ends, or begins, are asked then', () => {
    const stage = aStage('s', '1d', { when: { fact: 'item.dunnable', gte: { MXN: '100.00' } } });
    const engine = engineOf(aLadder([], { stages: [stage] }), aPlan({}, free));
    const file = fileOf(
      told.account(anAccount()),
      told.invoice(anInvoice()),
      told.promise(aPromise({ amount: 4_000, date: '2026-03-10' })),
      told.hold(aHold({ invoice: 'F9', from: '2026-03-20' })),
    );
    const decision = decide(engine, file, at);
    expect(decision.waiting).toMatchObject([{ reason: 'condition' }]);
    expect(decision.next).toBe(instant('2026-03-11T00:00:00-06:00'));
  });

  it('know what was done before: reminders, history', () => {
    const done = { fact: 'case.stagesDone', gte: 2 };
    const stages = [
      aStage('a', '1d', { do: [{ send: 'a' }, { task: 'call' }] }),
      aStage('b', '2d', { when: done }),
      aStage('c', '3d'),
      aStage('d', '4d', { when: done }),
    ];
    const engine = engineOf(aLadder([], { stages }), aPlan({}, free));
    expect(sent(walk(engine, owing(anInvoice()), '2026-03-01', 8))).toEqual([
      '2026-03-02 a F1',
      '2026-03-04 c F1',
      '2026-03-05 d F1',
    ]);
  });

  it('of a segment may change overnight: then it is looked at every night', () => {
    const plan = aPlan(
      {
        segments: [{ id: 'late', when: { fact: 'account.oldestDaysPastDue', gte: 4 } }],
        assign: [{ segment: 'late', policy: 'other' }],
      },
      free,
    );
    const engine = engineOf([aLadder(['1d', '9d']), aLadder(['2d'], { id: 'other' })], plan);
    const walked = walk(engine, owing(anInvoice()), '2026-03-01', 8);
    expect(sent(walked)).toEqual(['2026-03-02 s1d F1', '2026-03-05 s2d F1']);
    expect(walked.days[1]?.settled[0]?.next).toBe(instant('2026-03-03T00:00:00-06:00'));
  });
});

describe('hardship', () => {
  it('lets friendly stages act and no others', () => {
    const engine = engineOf(aLadder(['1d', '3d', '5d', '7d']), aPlan({}, free));
    const file = fileOf(told.account(anAccount({ hardship: true })), told.invoice(anInvoice()));
    const walked = walk(engine, file, '2026-03-01', 20);
    expect(sent(walked)).toEqual(['2026-03-02 s1d F1', '2026-03-04 s3d F1']);
    expect(walked.days.at(-1)?.settled[0]?.last.waiting).toMatchObject([
      { reason: 'hardship', stage: 's5d' },
    ]);
  });
});
