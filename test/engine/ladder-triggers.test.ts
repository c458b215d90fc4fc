import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addMonths, endOfMonth, formatDay, parseDay } from '../../src/calendar/index.js';
import { decide, evolveAll, explain, type FileEvent } from '../../src/engine/index.js';
import type { Policy, Stage, StageTrigger, Trigger } from '../../src/policy/types.js';
import { aLadder, anInvoice, aPlan, aStage, engineOf, free, instant, owing } from '../support/build.js';
import { actsIn, sent, story, walk } from '../support/walk.js';

const plan = aPlan({}, free);

/** A ladder of these stages without gap or caps. */
function ladderOf(stages: readonly Stage[], own: Partial<Policy> = {}): Policy {
  return { ...aLadder([]), stages, ...own };
}

function at(id: string, trigger: StageTrigger | undefined, own: Partial<Stage> = {}): Stage {
  return {
    id,
    tone: 'friendly',
    ...(trigger === undefined ? {} : { at: trigger }),
    do: [{ send: id }],
    ...own,
  };
}

/** The day on which a single stage of this trigger acts on an invoice issued on 30 January and due on 1 March. */
function dayOf(trigger: StageTrigger, own: Partial<Policy> = {}, days = 120): string | undefined {
  const engine = engineOf(ladderOf([at('only', trigger)], own), plan);
  return sent(walk(engine, owing(anInvoice()), '2026-01-30', days))[0]?.split(' ')[0];
}

describe('a trigger', () => {
  it.each<[string, Trigger, string]>([
    ['days after due', { from: 'due', plus: '3d' }, '2026-03-04'],
    ['days before due', { from: 'due', minus: '7d' }, '2026-02-22'],
    ['weeks', { from: 'due', plus: '2w' }, '2026-03-15'],
    ['months, clamped', { from: 'issue', plus: '1mo' }, '2026-02-28'],
    ['business days', { from: 'due', plus: '3bd' }, '2026-03-04'],
    ['business days before', { from: 'due', minus: '2bd' }, '2026-02-26'],
    ['no business days', { from: 'due', plus: '0bd' }, '2026-03-01'],
    ['a Sunday as it is', { from: 'due' }, '2026-03-01'],
    ['the next business day', { from: 'due', businessDay: 'next' }, '2026-03-02'],
    ['the business day before', { from: 'due', businessDay: 'previous' }, '2026-02-27'],
    ['the end of the month', { from: 'due', plus: '3d', endOfMonth: true }, '2026-03-31'],
    ['the end of another month', { from: 'issue', plus: '2d', endOfMonth: true }, '2026-02-28'],
    ['exclusive', { from: 'due', plus: '3d', exclusive: true }, '2026-03-05'],
    [
      'exclusive at the end of the month',
      { from: 'due', plus: '3d', endOfMonth: true, exclusive: true },
      '2026-04-01',
    ],
    [
      'exclusive, then a business day',
      { from: 'due', plus: '5d', exclusive: true, businessDay: 'next' },
      '2026-03-09',
    ],
    ['the opening of the case', { from: 'opened', plus: '10d' }, '2026-02-09'],
    ['the issue', { from: 'issue', plus: '45d' }, '2026-03-16'],
  ])('counts %s', (_, trigger, day) => {
    expect(dayOf(trigger)).toBe(day);
  });

  it('counts from the end of grace, and then knows of it', () => {
    expect(dayOf({ from: 'grace' }, { grace: '10d' })).toBe('2026-03-11');
    expect(dayOf({ from: 'grace', plus: '2d' }, { grace: '10d' })).toBe('2026-03-13');
    expect(dayOf({ from: 'grace', plus: '2d' })).toBe('2026-03-03');
    expect(dayOf({ from: 'grace' }, { grace: '5bd' })).toBe('2026-03-06');
  });
});

describe('several triggers', () => {
  const early: Trigger = { from: 'due', plus: '3d' };
  const late: Trigger = { from: 'issue', plus: '45d' };

  it('wait for the latest, or take the earliest', () => {
    expect(dayOf({ all: [early, late] })).toBe('2026-03-16');
    expect(dayOf({ any: [late, early] })).toBe('2026-03-04');
  });

  it('need every date for the latest, and any for the earliest', () => {
    const undated = anInvoice({ due: undefined });
    const of = (trigger: StageTrigger) => {
      const engine = engineOf(ladderOf([at('only', trigger)]), plan);
      return {
        sent: sent(walk(engine, owing(undated), '2026-01-30', 60)),
        waiting: decide(engine, owing(undated), instant('2026-02-01T10:00:00-06:00')).waiting,
      };
    };
    expect(of({ any: [early, late] }).sent).toEqual(['2026-03-16 only F1']);
    expect(of({ all: [early, late] })).toMatchObject({ sent: [], waiting: [{ reason: 'no_date' }] });
  });

  it('are meant for before the due date only where the day that counts is', () => {
    const before: Trigger = { from: 'due', minus: '5d' };
    const one = (trigger: StageTrigger) => {
      const engine = engineOf(ladderOf([at('only', trigger)]), plan);
      return story(walk(engine, owing(anInvoice()), '2026-02-20', 20, { down: daysFrom('2026-02-21', 12) }));
    };
    expect(one({ any: [before, early] })).toContain('2026-03-05 skip only F1 (expired)');
    expect(one({ all: [before, early] })).toContain('2026-03-05 send only F1');
  });

  it('of a law: the day is the maximum or minimum of the days of each alone', () => {
    const trigger: fc.Arbitrary<Trigger> = fc.record({
      from: fc.constantFrom('due' as const, 'issue' as const, 'opened' as const),
      plus: fc.constantFrom('31d', '35d', '9w', '2mo', '30bd', '33bd'),
      endOfMonth: fc.boolean(),
      exclusive: fc.boolean(),
      businessDay: fc.constantFrom('as-is' as const, 'next' as const, 'previous' as const),
    });
    fc.assert(
      fc.property(fc.array(trigger, { minLength: 1, maxLength: 3 }), (triggers) => {
        const days = triggers.map((one) => plannedDay(one)).sort();
        expect(plannedDay({ all: triggers })).toBe(days.at(-1));
        expect(plannedDay({ any: triggers })).toBe(days[0]);
      }),
      { numRuns: 60 },
    );
  });
});

/** The day that `explain` gives on the day of issue. */
function plannedDay(trigger: StageTrigger): string | undefined {
  const engine = engineOf(ladderOf([at('only', trigger)]), plan);
  const explanation = explain(engine, owing(anInvoice()), instant('2026-01-30T10:00:00-06:00'));
  return explanation.items[0]?.stages[0]?.day;
}

function daysFrom(first: string, count: number): string[] {
  return Array.from({ length: count }, (_, offset) => formatDay(parseDay(first) + offset));
}

describe('the stage before', () => {
  const first = aStage('s1', '1d', { deadline: '5d' });

  it('is counted from on the day it was done, proposed, or its payment deadline', () => {
    const days = (of: NonNullable<Trigger['of']>) => {
      const engine = engineOf(ladderOf([first, at('s2', { from: 'previous', of, plus: '4d' })]), plan);
      return sent(walk(engine, owing(anInvoice()), '2026-03-01', 20));
    };
    expect(days('done')).toEqual(['2026-03-02 s1 F1', '2026-03-06 s2 F1']);
    expect(days('proposed')).toEqual(['2026-03-02 s1 F1', '2026-03-06 s2 F1']);
    expect(days('deadline')).toEqual(['2026-03-02 s1 F1', '2026-03-11 s2 F1']);
  });

  it('has a deadline in business days or months too', () => {
    const days = (deadline: string) => {
      const stages = [aStage('s1', '1d', { deadline }), at('s2', { from: 'previous', of: 'deadline' })];
      return sent(walk(engineOf(ladderOf(stages), plan), owing(anInvoice()), '2026-03-01', 60))[1];
    };
    expect(days('5bd')).toBe('2026-03-09 s2 F1');
    expect(days('1mo')).toBe('2026-04-02 s2 F1');
  });

  it('is waited for until its message is delivered', () => {
    const stages = [first, at('s2', { from: 'previous', of: 'delivered', plus: '4d' })];
    const engine = engineOf(ladderOf(stages), plan);
    const without = walk(engine, owing(anInvoice()), '2026-03-01', 20);
    expect(sent(without)).toEqual(['2026-03-02 s1 F1']);
    expect(without.days.at(-1)?.settled[0]?.last.waiting).toMatchObject([
      { stage: 's2', reason: 'not_delivered' },
    ]);
    const act = actsIn(without)[0]!;
    const delivered = {
      type: 'act.delivered' as const,
      act: act.id,
      at: instant('2026-03-05T10:00:00-06:00'),
      on: '2026-03-05',
      covers: act.covers,
    };
    const facts = { '2026-03-05': [delivered] };
    expect(sent(walk(engine, owing(anInvoice()), '2026-03-01', 20, { facts }))).toEqual([
      '2026-03-02 s1 F1',
      '2026-03-09 s2 F1',
    ]);
  });

  it('is counted from when it was done where it has no message that could be delivered', () => {
    const call = aStage('s1', '1d', { do: [{ task: 'call' }] });
    const after = (of: NonNullable<Trigger['of']>) => {
      const stages = [call, at('s2', { from: 'previous', of, plus: '4d' })];
      return sent(walk(engineOf(ladderOf(stages), plan), owing(anInvoice()), '2026-03-01', 20));
    };
    expect(after('delivered')).toEqual(['2026-03-06 s2 F1']);
    expect(after('done')).toEqual(['2026-03-06 s2 F1']);
  });

  it('that was done in an earlier opening is counted from like any other', () => {
    const days = (of: NonNullable<Trigger['of']>) => {
      const engine = engineOf(ladderOf([first, at('s2', { from: 'previous', of, plus: '4d' })]), plan);
      const before = owing(anInvoice());
      const { events } = decide(engine, before, instant('2026-02-20T10:00:00-06:00'));
      const done: FileEvent = {
        type: 'stage.skipped',
        subject: 'F1',
        case: 'ladder/F1#1',
        stage: 's1',
        occurrence: 1,
        reason: 'done_before',
        on: '2026-03-02',
      };
      const explanation = explain(
        engine,
        evolveAll(before, [...events, done]),
        instant('2026-03-02T11:00:00-06:00'),
      );
      return explanation.items[0]?.stages.find(({ stage }) => stage === 's2')?.day;
    };
    expect(days('done')).toBe('2026-03-06');
    expect(days('delivered')).toBe('2026-03-06');
    expect(days('deadline')).toBe('2026-03-11');
  });

  it('has to be there', () => {
    const engine = engineOf(ladderOf([at('only', { from: 'previous', plus: '1d' })]), plan);
    const [item] = explain(engine, owing(anInvoice()), instant('2026-03-02T11:00:00-06:00')).items;
    expect(item?.stages.map(({ stage, day }) => [stage, day])).toEqual([['only', undefined]]);
  });

  it('has not been proposed while no place takes its message', () => {
    const engine = engineOf(
      ladderOf([aStage('s1', '1d'), at('s2', { from: 'previous', of: 'proposed', plus: '4d' })]),
      plan,
    );
    const planned = decide(engine, owing(anInvoice()), instant('2026-03-02T10:00:00-06:00'));
    const dayAfter = (...events: readonly FileEvent[]) => {
      const file = evolveAll(owing(anInvoice()), [...planned.events, ...events]);
      const explanation = explain(engine, file, instant('2026-03-02T11:00:00-06:00'));
      return explanation.items[0]?.stages.find(({ stage }) => stage === 's2')?.day;
    };
    const { id } = planned.acts[0]!;
    const when = { act: id, at: instant('2026-03-02T10:30:00-06:00'), on: '2026-03-02' };
    expect(dayAfter()).toBe('2026-03-06');
    expect(dayAfter({ type: 'act.unknown', code: 'timeout', ...when })).toBe('2026-03-06');
    expect(dayAfter({ type: 'act.refused', code: 'x', scope: 'recipient', ...when })).toBeUndefined();
  });

  it('counts from where it was passed over, having no message to wait for', () => {
    const never = { fact: 'item.dunnable', lt: { MXN: '1.00' } };
    for (const of of ['done', 'delivered', 'deadline'] as const) {
      const stages = [
        aStage('s1', '1d', { when: never, expires: '2d' }),
        at('s2', { from: 'previous', of, plus: '4d' }),
      ];
      const walked = walk(engineOf(ladderOf(stages), plan), owing(anInvoice()), '2026-03-01', 20);
      expect(sent(walked)).toEqual(['2026-03-09 s2 F1']);
    }
  });

  it('is counted by what the policy counts as done', () => {
    const stages = [aStage('s1', '1d'), at('s2', { from: 'previous', plus: '4d' })];
    const walked = (done: Policy['done']) =>
      sent(walk(engineOf(ladderOf(stages, { done }), plan), owing(anInvoice()), '2026-03-01', 20));
    expect(walked('sent')).toEqual(['2026-03-02 s1 F1', '2026-03-06 s2 F1']);
    expect(walked('proposed')).toEqual(['2026-03-02 s1 F1', '2026-03-06 s2 F1']);
    expect(walked('delivered')).toEqual(['2026-03-02 s1 F1']);
  });
});

describe('a message that waits before it goes out', () => {
  const stages = [aStage('s1', '1d'), at('s2', { from: 'previous', plus: '4d' })];

  /** Planned on 2 March, accepted on 4 March; when the next stage is due. */
  function nextDay(done: Policy['done'], of?: Trigger['of']): string | undefined {
    const [s1, s2] = stages as [Stage, Stage];
    const second = of === undefined ? s2 : at('s2', { from: 'previous', of, plus: '4d' });
    const engine = engineOf(ladderOf([s1, second], { done }), plan);
    const before = owing(anInvoice());
    const planned = decide(engine, before, instant('2026-03-02T10:00:00-06:00'));
    const act = planned.acts[0]!;
    const file = evolveAll(before, [
      ...planned.events,
      { type: 'act.accepted', act: act.id, at: instant('2026-03-04T10:00:00-06:00'), on: '2026-03-04' },
    ]);
    const explanation = explain(engine, file, instant('2026-03-04T11:00:00-06:00'));
    return explanation.items[0]?.stages.find((stage) => stage.stage === 's2')?.day;
  }

  it('counts from the day that the policy, or the trigger, says', () => {
    expect(nextDay('sent')).toBe('2026-03-08');
    expect(nextDay('proposed')).toBe('2026-03-06');
    expect(nextDay('sent', 'proposed')).toBe('2026-03-06');
    expect(nextDay('delivered')).toBeUndefined();
  });
});

describe('a stage without a trigger', () => {
  const big = { fact: 'account.dunnable', gte: { MXN: '150.00' } };

  it('acts as soon as its condition holds, before the due date and after', () => {
    const engine = engineOf(ladderOf([at('big', undefined, { when: big })]), plan);
    const facts = {
      '2026-02-20': [{ type: 'invoice.upserted' as const, invoice: anInvoice({ total: 20_000 }) }],
    };
    expect(sent(walk(engine, owing(anInvoice({ total: 20_000 })), '2026-02-01', 5))).toEqual([
      '2026-02-01 big F1',
    ]);
    expect(sent(walk(engine, owing(anInvoice()), '2026-02-01', 30, { facts }))).toEqual([
      '2026-02-20 big F1',
    ]);
    const after = { '2026-03-20': facts['2026-02-20'] };
    expect(sent(walk(engine, owing(anInvoice()), '2026-02-01', 60, { facts: after }))).toEqual([
      '2026-03-20 big F1',
    ]);
  });

  it('stands where the document puts it: milder stages do not pass it over', () => {
    const stages = [aStage('s1', '1d'), at('big', undefined, { when: big }), aStage('s9', '9d')];
    const engine = engineOf(ladderOf(stages), plan);
    const more = { type: 'invoice.upserted' as const, invoice: anInvoice({ total: 20_000 }) };
    const facts = { '2026-03-05': [more] };
    expect(story(walk(engine, owing(anInvoice()), '2026-03-01', 12, { facts }))).toEqual([
      '2026-03-01 open F1',
      '2026-03-02 send s1 F1',
      '2026-03-05 send big F1',
      '2026-03-10 send s9 F1',
      '2026-03-11 exhaust F1',
    ]);
  });

  it('does not live for the day of the opening only', () => {
    const engine = engineOf(ladderOf([at('big', undefined, { when: big })], { late: 'drop' }), plan);
    const more = { type: 'invoice.upserted' as const, invoice: anInvoice({ total: 20_000 }) };
    const facts = { '2026-03-05': [more] };
    expect(sent(walk(engine, owing(anInvoice()), '2026-03-01', 12, { facts }))).toEqual([
      '2026-03-05 big F1',
    ]);
  });

  it('leaves the distances of the others alone when the debt is old at entry', () => {
    const stages = [at('big', undefined, { when: big }), aStage('s1', '1d'), aStage('s9', '9d')];
    const engine = engineOf(ladderOf(stages), plan);
    expect(sent(walk(engine, owing(anInvoice()), '2026-03-20', 12))).toEqual([
      '2026-03-20 s1 F1',
      '2026-03-28 s9 F1',
    ]);
  });
});

describe('the order of stages', () => {
  const both = (first: Partial<Stage>, second: Partial<Stage>) => {
    const stages = [aStage('a', '3d', first), aStage('b', '3d', second)];
    return sent(walk(engineOf(ladderOf(stages), plan), owing(anInvoice()), '2026-03-01', 6));
  };

  it('is by date, then the later in the document', () => {
    expect(both({}, {})).toEqual(['2026-03-04 b F1']);
  });

  it('is by rank among stages of one day', () => {
    expect(both({ rank: 2 }, { rank: 1 })).toEqual(['2026-03-04 a F1']);
    expect(both({ rank: 2 }, {})).toEqual(['2026-03-04 a F1']);
    expect(both({ rank: 1 }, { rank: 2 })).toEqual(['2026-03-04 b F1']);
  });

  it('does not let a rank come before a date', () => {
    const stages = [aStage('a', '3d', { rank: 9 }), aStage('b', '5d')];
    expect(sent(walk(engineOf(ladderOf(stages), plan), owing(anInvoice()), '2026-03-01', 8))).toEqual([
      '2026-03-04 a F1',
      '2026-03-06 b F1',
    ]);
  });
});

describe('the end of a month', () => {
  it('is taken once the offset is added, whatever the day: a law', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 3 }), (offset, months) => {
        const due = parseDay('2026-03-01') + offset;
        const trigger: Trigger = { from: 'due', plus: `${months}mo`, endOfMonth: true };
        const engine = engineOf(ladderOf([at('only', trigger)]), plan);
        const file = owing(anInvoice({ due: formatDay(due) }));
        const explanation = explain(engine, file, instant('2026-01-30T10:00:00-06:00'));
        expect(explanation.items[0]?.stages[0]?.day).toBe(formatDay(endOfMonth(addMonths(due, months))));
      }),
      { numRuns: 60 },
    );
  });
});
