import { describe, expect, it } from 'vitest';
import { parseDay, startOfDay } from '../../src/calendar/index.js';
import { decide, type FileEvent } from '../../src/engine/index.js';
import type { Policy, Stage } from '../../src/policy/types.js';
import { aLadder, anInvoice, aPlan, aStage, engineOf, free, instant, owing, zone } from '../support/build.js';
import { sent, walk } from '../support/walk.js';

const plan = aPlan({}, free);

function byState(stages: readonly Stage[], own: Partial<Policy> = {}): Policy {
  return { ...aLadder([]), stages, level: 'state', ...own };
}

/** Levels by the day on which they began. */
function levels(policy: Policy, from: string, count: number): readonly string[] {
  return walk(engineOf(policy, plan), owing(anInvoice()), from, count).days.flatMap(({ day, settled }) =>
    settled.flatMap((one) =>
      one.events.flatMap((event) => (event.type === 'case.level' ? [`${day} ${event.to ?? '-'}`] : [])),
    ),
  );
}

describe('a level by state', () => {
  const early = aStage('early', '-3d');

  it('is left when the due date of a reminder passes, or its life is over', () => {
    expect(levels(byState([early, aStage('s5', '5d', { expires: '2d' })]), '2026-02-25', 20)).toEqual([
      '2026-02-26 early',
      '2026-03-02 -',
      '2026-03-06 s5',
      '2026-03-09 -',
    ]);
    expect(levels(byState([{ ...early, keep: true }]), '2026-02-25', 20)).toEqual(['2026-02-26 early']);
  });

  it('is looked at again on the day on which it ends', () => {
    const policy = byState([early]);
    const { file } = walk(engineOf(policy, plan), owing(anInvoice()), '2026-02-25', 3);
    const { next } = decide(engineOf(policy, plan), file, instant('2026-02-27T12:00:00-06:00'));
    expect(next).toBe(startOfDay(parseDay('2026-03-02'), zone));
  });

  it('asks for least amounts', () => {
    const few = aStage('few', '1d', { min: { amount: { MXN: '100.01' } } });
    const enough = aStage('enough', '1d', { min: { amount: { MXN: '100.00' } } });
    expect(levels(byState([enough, few]), '2026-03-01', 5)).toEqual(['2026-03-02 enough']);
  });

  it('acts from the hour of its stage, and for as long as the case lives', () => {
    const policy = byState([aStage('s1', '1d', { time: '12:00' }), aStage('s9', '9d')], {
      life: { from: 'due', plus: '5d' },
    });
    const at = (hour: number) =>
      sent(walk(engineOf(policy, plan), owing(anInvoice()), '2026-03-01', 15, { hour }));
    expect(at(11)).toEqual([]);
    expect(at(12)).toEqual(['2026-03-02 s1 F1']);
  });

  it('does not keep a stage from acting that somebody asks for', () => {
    const asked: FileEvent = {
      type: 'case.asked',
      subject: 'F1',
      case: 'ladder/F1#1',
      stage: 's9',
      author: 'luis',
      on: '2026-03-04',
    };
    const policy = byState([aStage('s1', '1d'), aStage('s9', '9d')]);
    const walked = walk(engineOf(policy, plan), owing(anInvoice()), '2026-03-01', 12, {
      facts: { '2026-03-04': [asked] },
    });
    expect(sent(walked)).toEqual(['2026-03-02 s1 F1', '2026-03-04 s9 F1']);
  });
});
