import { describe, expect, it } from 'vitest';
import { type FileEvent, settle } from '../../src/engine/index.js';
import type { Policy, Stage, StageTrigger } from '../../src/policy/types.js';
import {
  aHold,
  aLadder,
  anInvoice,
  aPayment,
  aPlan,
  aStage,
  engineOf,
  free,
  instant,
  owing,
  told,
} from '../support/build.js';
import { sent, story, walk } from '../support/walk.js';

const plan = aPlan({}, free);

function ladderOf(stages: readonly Stage[], own: Partial<Policy> = {}): Policy {
  return { ...aLadder([]), stages, ...own };
}

function at(id: string, trigger: StageTrigger, own: Partial<Stage> = {}): Stage {
  return { id, tone: 'friendly', at: trigger, do: [{ send: id }], ...own };
}

const never = { fact: 'item.dunnable', lt: { MXN: '1.00' } } as const;

describe('a ladder that is displaced', () => {
  /** Old by nineteen days when it enters on 20 March: the first stage acts that day. */
  const enters = (trigger: StageTrigger) => {
    const engine = engineOf(ladderOf([aStage('s1', '1d'), at('s2', trigger)]), plan);
    return sent(walk(engine, owing(anInvoice()), '2026-03-20', 40))[1];
  };

  it('moves every kind of trigger by the same days, and business days onto business days', () => {
    expect(enters({ from: 'due', plus: '5d' })).toBe('2026-03-24 s2 F1');
    expect(enters({ from: 'due', plus: '5d', exclusive: true })).toBe('2026-03-25 s2 F1');
    expect(enters({ from: 'due', plus: '5bd' })).toBe('2026-03-24 s2 F1');
    expect(enters({ from: 'due', plus: '3bd' })).toBe('2026-03-23 s2 F1');
    expect(enters({ from: 'due', plus: '3d', businessDay: 'next' })).toBe('2026-03-23 s2 F1');
    expect(enters({ from: 'due', plus: '10d', businessDay: 'previous' })).toBe('2026-03-27 s2 F1');
    expect(enters({ from: 'due', plus: '1mo' })).toBe('2026-04-19 s2 F1');
    expect(enters({ from: 'due', plus: '9d', endOfMonth: true })).toBe('2026-04-18 s2 F1');
    expect(enters({ from: 'issue', plus: '34d' })).toBe('2026-03-23 s2 F1');
  });

  it('leaves what counts from the stage before, which moved itself', () => {
    expect(enters({ from: 'previous', plus: '4d' })).toBe('2026-03-24 s2 F1');
    expect(
      enters({
        all: [
          { from: 'previous', plus: '2d' },
          { from: 'due', plus: '5d' },
        ],
      }),
    ).toBe('2026-03-24 s2 F1');
  });

  it('leaves reminders of a due date that the host moves ahead', () => {
    const stages = [
      at('early', {
        all: [
          { from: 'due', minus: '3d' },
          { from: 'due', minus: '2bd' },
        ],
      }),
      aStage('s1', '1d'),
    ];
    const facts = { '2026-03-05': [told.invoice(anInvoice({ due: '2026-03-29' }))] };
    const walked = walk(engineOf(ladderOf(stages), plan), owing(anInvoice()), '2026-03-02', 40, { facts });
    expect(sent(walked)).toEqual(['2026-03-02 s1 F1']);
    const blocked = ladderOf([stages[0]!, aStage('s1', '1d', { when: never })]);
    const later = walk(engineOf(blocked, plan), owing(anInvoice()), '2026-03-02', 40, { facts });
    // The later of 26 and 26 March (Friday less two business days).
    expect(sent(later)).toEqual(['2026-03-26 early F1']);
  });

  it('brings back a stage with the earliest of several triggers only if that day lies ahead', () => {
    const trigger: StageTrigger = {
      any: [
        { from: 'due', minus: '3d' },
        { from: 'due', minus: '9d' },
      ],
    };
    const policy = ladderOf([at('early', trigger), aStage('s1', '1d', { when: never })]);
    const moved = (due: string) =>
      sent(
        walk(engineOf(policy, plan), owing(anInvoice()), '2026-03-02', 40, {
          facts: { '2026-03-05': [told.invoice(anInvoice({ due }))] },
        }),
      );
    expect(moved('2026-03-29')).toEqual(['2026-03-20 early F1']);
    expect(moved('2026-03-10')).toEqual([]);
  });
});

describe('a debt that comes back', () => {
  const stages = [
    aStage('s1', '1d', { deadline: '3d' }),
    at('s2', { from: 'previous', of: 'delivered', plus: '4d' }),
  ];
  const back = {
    '2026-03-04': [told.payment(aPayment({ to: 'F1', date: '2026-03-04' }))],
    '2026-03-08': [told.payment(aPayment({ to: 'F1', date: '2026-03-04', state: 'reversed' }))],
  };

  it('counts what was done before as done on the day it came back, though nobody knows of its delivery', () => {
    const engine = engineOf(ladderOf(stages), plan);
    expect(sent(walk(engine, owing(anInvoice()), '2026-03-01', 20, { facts: back }))).toEqual([
      '2026-03-02 s1 F1',
      '2026-03-12 s2 F1',
    ]);
  });

  it('may have its last stage again after a pause', () => {
    const ladder = ladderOf([aStage('s1', '1d'), aStage('s30', '30d')], { resume: 'same' });
    const facts = {
      ...back,
      '2026-03-10': [told.hold(aHold({ from: '2026-03-10', until: '2026-03-11' }))],
    };
    expect(sent(walk(engineOf(ladder, plan), owing(anInvoice()), '2026-03-01', 20, { facts }))).toEqual([
      '2026-03-02 s1 F1',
      '2026-03-13 s1 F1',
    ]);
  });
});

describe('a stage that was passed over', () => {
  it('is not the last one done', () => {
    const ladder = ladderOf([aStage('s1', '1d'), aStage('s2', '2d', { when: never, expires: '0d' })], {
      resume: 'same',
      last: { exhausted: '90d' },
    });
    const facts = { '2026-03-06': [told.hold(aHold({ from: '2026-03-06', until: '2026-03-08' }))] };
    expect(sent(walk(engineOf(ladder, plan), owing(anInvoice()), '2026-03-01', 20, { facts }))).toEqual([
      '2026-03-02 s1 F1',
      '2026-03-10 s1 F1',
    ]);
  });
});

describe('a last stage that is refused when it comes again', () => {
  const big = { fact: 'item.dunnable', gte: { MXN: '90.00' } } as const;

  it('says so, and comes once it is not', () => {
    const policy = ladderOf([aStage('s1', '1d', { when: big })], { last: { repeat: '5d', times: 2 } });
    const facts = {
      '2026-03-04': [told.invoice(anInvoice({ total: 8_000 }))],
      '2026-03-10': [told.invoice(anInvoice({ total: 9_000 }))],
    };
    const walked = walk(engineOf(policy, plan), owing(anInvoice()), '2026-03-01', 12, { facts });
    expect(sent(walked)).toEqual(['2026-03-02 s1 F1', '2026-03-10 s1 F1']);
    const day = walked.days.find((one) => one.day === '2026-03-08');
    expect(day?.settled[0]?.last.waiting).toMatchObject([{ reason: 'condition', stage: 's1' }]);
    expect(day?.settled[0]?.next).toBeUndefined();
  });

  it('is asked again the next day where days may change the answer', () => {
    const quiet = { fact: 'item.daysPastDue', ne: 6 } as const;
    const policy = ladderOf([aStage('s1', '1d', { when: quiet })], { last: { repeat: '5d', times: 1 } });
    const walked = walk(engineOf(policy, plan), owing(anInvoice()), '2026-03-01', 9);
    expect(sent(walked)).toEqual(['2026-03-02 s1 F1', '2026-03-08 s1 F1']);
  });
});

describe('a run', () => {
  const at9 = (day: string): number => instant(`${day}T09:00:00-06:00`);

  it('passes over stages without a date and stages that do nothing', () => {
    const stages = [
      at('dated', { from: 'due', plus: '1d' }),
      aStage('mark', '2d', { do: [] }),
      at('issued', { from: 'issue', plus: '5d' }),
    ];
    const engine = engineOf(ladderOf(stages, { climb: true }), plan);
    const undated = settle(engine, owing(anInvoice({ due: undefined })), at9('2026-03-05'), { run: 1 });
    expect(undated.acts.map((act) => act.stage)).toEqual(['issued']);
    const empty = engineOf(ladderOf([stages[1]!, aStage('s5', '5d')], { climb: true }), plan);
    expect(
      settle(empty, owing(anInvoice()), at9('2026-03-05'), { run: 1 }).acts.map((act) => act.stage),
    ).toEqual(['s5']);
  });

  it('leaves a case alone whose last stage is under way, or that somebody else asked for', () => {
    const engine = engineOf(aLadder(['1d', '5d'], { climb: true }), plan);
    const asked: FileEvent = {
      type: 'case.asked',
      subject: 'F1',
      case: 'ladder/F1#1',
      stage: 's5d',
      author: 'luis',
      on: '2026-03-02',
    };
    const facts = { '2026-03-02': [asked] };
    const { file } = walk(engine, owing(anInvoice()), '2026-03-01', 2, { facts });
    expect(story(walk(engine, owing(anInvoice()), '2026-03-01', 2, { facts }))).toContain(
      '2026-03-02 send s5d F1',
    );
    expect(settle(engine, file, at9('2026-03-05'), { run: 1 }).acts).toEqual([]);
  });

  it('respects the gap after a pause', () => {
    const engine = engineOf(aLadder(['1d', '5d'], { climb: true, restart: '3d' }), plan);
    const facts = { '2026-03-02': [told.hold(aHold({ from: '2026-03-02', until: '2026-03-04' }))] };
    const { file } = walk(engine, owing(anInvoice()), '2026-03-01', 5, { facts });
    expect(settle(engine, file, instant('2026-03-07T11:00:00-06:00'), { run: 1 }).acts).toEqual([]);
    expect(settle(engine, file, instant('2026-03-08T11:00:00-06:00'), { run: 1 }).acts).toHaveLength(1);
  });
});
