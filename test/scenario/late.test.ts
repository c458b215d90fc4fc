import { describe, expect, it } from 'vitest';
import type { Policy } from '../../src/policy/types.js';
import {
  aLadder,
  anAccount,
  anInvoice,
  aPayment,
  aPlan,
  aStage,
  engineOf,
  free,
  owing,
  told,
} from '../support/build.js';
import { sent, story, walk } from '../support/walk.js';

const down = ['2026-03-02', '2026-03-03', '2026-03-04', '2026-03-05'];

/** +1, +3 and +7 with an outage from the 2nd to the 5th of March. */
function late(rule: Policy['late'], own: Partial<Policy> = {}): readonly string[] {
  const engine = engineOf(aLadder(['1d', '3d', '7d'], { late: rule, ...own }), aPlan({}, free));
  return story(walk(engine, owing(anInvoice()), '2026-03-01', 20, { down, again: [11, 15] })).slice(1);
}

describe('runs that were missed', () => {
  it('latest: the latest stage once, the milder ones recorded as passed over', () => {
    expect(late('latest')).toEqual([
      '2026-03-06 skip s1d F1 (superseded)',
      '2026-03-06 send s3d F1',
      '2026-03-08 send s7d F1',
      '2026-03-09 exhaust F1',
    ]);
  });

  it('each: one after the other, never two in a day however often reviewed', () => {
    expect(late('each')).toEqual([
      '2026-03-06 send s1d F1',
      '2026-03-07 send s3d F1',
      '2026-03-08 send s7d F1',
      '2026-03-09 exhaust F1',
    ]);
  });

  it('drop: a stage lives for its day; what was missed is recorded when it is noticed', () => {
    expect(late('drop')).toEqual([
      '2026-03-06 skip s1d F1 (missed)',
      '2026-03-06 skip s3d F1 (missed)',
      '2026-03-08 send s7d F1',
      '2026-03-09 exhaust F1',
    ]);
  });

  it('drop: of two on one day the later acts and the other is recorded', () => {
    const stages = [aStage('a', '7d'), aStage('b', '7d')];
    expect(late('drop', { stages }).slice(0, 2)).toEqual([
      '2026-03-08 skip a F1 (superseded)',
      '2026-03-08 send b F1',
    ]);
  });

  it('drop: all missed is exhausted, with the reason on record', () => {
    const stages = [aStage('a', '1d'), aStage('b', '2d')];
    expect(late('drop', { stages })).toEqual([
      '2026-03-06 skip a F1 (missed)',
      '2026-03-06 skip b F1 (missed)',
      '2026-03-06 exhaust F1',
    ]);
  });

  it('a stage that counts from one that was missed still has its day', () => {
    const stages = [aStage('a', '1d'), aStage('b', '0d', { at: { from: 'previous', plus: '4d' } })];
    expect(late('drop', { stages })).toEqual([
      '2026-03-06 skip a F1 (missed)',
      '2026-03-10 send b F1',
      '2026-03-11 exhaust F1',
    ]);
  });

  it('a stage that counts from one passed over never comes after a sterner one', () => {
    const stages = [
      aStage('a', '1d'),
      aStage('b', '0d', { at: { from: 'previous', plus: '4d' } }),
      aStage('c', '3d', { tone: 'formal' }),
      aStage('d', '6d', { tone: 'formal' }),
    ];
    expect(late('latest', { stages })).toEqual([
      '2026-03-06 skip a F1 (superseded)',
      '2026-03-06 skip b F1 (superseded)',
      '2026-03-06 send c F1',
      '2026-03-07 send d F1',
      '2026-03-08 exhaust F1',
    ]);
  });
});

describe('before the due date', () => {
  it('what was not done by then expires, and is recorded', () => {
    const engine = engineOf(aLadder(['-2d', '1d']), aPlan({}, free));
    const walked = walk(engine, owing(anInvoice()), '2026-02-25', 10, {
      down: ['2026-02-27', '2026-02-28', '2026-03-01', '2026-03-02'],
    });
    expect(story(walked).slice(1)).toEqual([
      '2026-03-03 skip s-2d F1 (expired)',
      '2026-03-03 send s1d F1',
      '2026-03-04 exhaust F1',
    ]);
  });

  it('a late one still goes out by the due date', () => {
    const engine = engineOf(aLadder(['-2d', '9d']), aPlan({}, free));
    const walked = walk(engine, owing(anInvoice()), '2026-02-25', 5, { down: ['2026-02-27', '2026-02-28'] });
    expect(sent(walked)).toEqual(['2026-03-01 s-2d F1']);
  });

  it('a stage that counts from one that expired still has its day', () => {
    const stages = [aStage('a', '-5d'), aStage('b', '0d', { at: { from: 'previous', plus: '4d' } })];
    const engine = engineOf(aLadder([], { stages }), aPlan({}, free));
    const walked = walk(engine, owing(anInvoice()), '2026-02-20', 30, {
      down: ['2026-02-24', '2026-02-25', '2026-02-26', '2026-02-27', '2026-02-28', '2026-03-01'],
    });
    expect(story(walked).slice(1)).toEqual([
      '2026-03-02 skip a F1 (expired)',
      '2026-03-06 send b F1',
      '2026-03-07 exhaust F1',
    ]);
  });
});

describe('an item that is old when it enters', () => {
  const old = owing(anInvoice({ due: '2026-01-20' }));
  const enter = (own: Partial<Policy>): readonly string[] => {
    const engine = engineOf(aLadder(['-7d', '0d', '1d', '3d', '7d', '60d'], own), aPlan({}, free));
    return story(walk(engine, old, '2026-03-01', 75)).slice(1);
  };

  it('begins at the first overdue stage, then climbs at the distances of the policy', () => {
    expect(enter({})).toEqual([
      '2026-03-01 skip s-7d F1 (entry)',
      '2026-03-01 skip s0d F1 (entry)',
      '2026-03-01 send s1d F1',
      '2026-03-03 send s3d F1',
      '2026-03-07 send s7d F1',
      '2026-04-29 send s60d F1',
      '2026-04-30 exhaust F1',
    ]);
  });

  it('never closer than the gap', () => {
    const engine = engineOf(aLadder(['1d', '3d', '7d']), aPlan({}, { gap: '3d' }));
    expect(sent(walk(engine, old, '2026-03-01', 20))).toEqual([
      '2026-03-01 s1d F1',
      '2026-03-04 s3d F1',
      '2026-03-07 s7d F1',
    ]);
  });

  it('may enter at the stage that fits its age', () => {
    const expected = [
      '2026-03-01 skip s-7d F1 (expired)',
      '2026-03-01 skip s0d F1 (superseded)',
      '2026-03-01 skip s1d F1 (superseded)',
      '2026-03-01 skip s3d F1 (superseded)',
      '2026-03-01 send s7d F1',
      '2026-03-21 send s60d F1',
      '2026-03-22 exhaust F1',
    ];
    expect(enter({ entry: 'latest' }).toSorted()).toEqual(expected.toSorted());
    expect(enter({ entry: 'latest', late: 'each' }).filter((line) => line.includes('send'))).toEqual([
      '2026-03-01 send s7d F1',
      '2026-03-21 send s60d F1',
    ]);
  });

  it('due the day before is old, due today is not', () => {
    const engine = engineOf(aLadder(['0d', '1d']), aPlan({}, free));
    const enterOn = (due: string): string | undefined =>
      sent(walk(engine, owing(anInvoice({ due })), '2026-03-01', 1))[0];
    expect(enterOn('2026-03-01')).toBe('2026-03-01 s0d F1');
    expect(enterOn('2026-02-28')).toBe('2026-03-01 s1d F1');
  });
});

describe('after the last stage', () => {
  it('it repeats so often, counted from the last contact, and is exhausted once when the last wait is over', () => {
    const engine = engineOf(aLadder(['1d', '3d'], { last: { repeat: '5d', times: 2 } }), aPlan({}, free));
    const walked = walk(engine, owing(anInvoice()), '2026-03-01', 30, { again: [12] });
    expect(story(walked)).toEqual([
      '2026-03-01 open F1',
      '2026-03-02 send s1d F1',
      '2026-03-04 send s3d F1',
      '2026-03-09 send s3d F1',
      '2026-03-14 send s3d F1',
      '2026-03-19 exhaust F1',
    ]);
  });

  it('a repeat that is late goes out once, and the next counts from it', () => {
    const engine = engineOf(aLadder(['1d'], { last: { repeat: '3d', times: 3 } }), aPlan({}, free));
    const outage = ['2026-03-05', '2026-03-06', '2026-03-07', '2026-03-08', '2026-03-09'];
    expect(sent(walk(engine, owing(anInvoice()), '2026-03-01', 20, { down: outage }))).toEqual([
      '2026-03-02 s1d F1',
      '2026-03-10 s1d F1',
      '2026-03-13 s1d F1',
      '2026-03-16 s1d F1',
    ]);
  });

  it('a repeat keeps the condition of its stage', () => {
    const stage = aStage('s', '1d', { when: { fact: 'item.dunnable', gte: { MXN: '50.00' } } });
    const engine = engineOf(
      aLadder([], { stages: [stage], last: { repeat: '3d', times: 3 } }),
      aPlan({}, free),
    );
    const facts = { '2026-03-06': [told.payment(aPayment({ amount: 9_000, to: 'F1' }))] };
    expect(sent(walk(engine, owing(anInvoice()), '2026-03-01', 20, { facts }))).toEqual([
      '2026-03-02 s F1',
      '2026-03-05 s F1',
    ]);
  });

  it('a repeat of a stern stage spares an account in hardship', () => {
    const stage = aStage('s', '1d', { tone: 'formal' });
    const engine = engineOf(
      aLadder([], { stages: [stage], last: { repeat: '3d', times: 3 } }),
      aPlan({}, free),
    );
    const facts = { '2026-03-04': [told.account(anAccount({ hardship: true }))] };
    expect(sent(walk(engine, owing(anInvoice()), '2026-03-01', 20, { facts }))).toEqual(['2026-03-02 s F1']);
  });
});
