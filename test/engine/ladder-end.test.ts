import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addMonths, formatDay, parseDay, startOfDay } from '../../src/calendar/index.js';
import { decide, evolveAll, type FileEvent } from '../../src/engine/index.js';
import type { Condition, Policy, Stage } from '../../src/policy/types.js';
import {
  aHold,
  aLadder,
  anInvoice,
  aPlan,
  aStage,
  engineOf,
  free,
  instant,
  owing,
  told,
  zone,
} from '../support/build.js';
import { sent, story, type WalkOptions, walk } from '../support/walk.js';

const plan = aPlan({}, free);

function ladderOf(stages: readonly Stage[], own: Partial<Policy> = {}): Policy {
  return { ...aLadder([]), stages, ...own };
}

function told30(policy: Policy, days = 30, options: WalkOptions = {}): readonly string[] {
  return story(walk(engineOf(policy, plan), owing(anInvoice()), '2026-03-01', days, options)).slice(1);
}

describe('after a pause', () => {
  const stages = [aStage('s1', '1d'), aStage('s4', '4d'), aStage('s7', '7d'), aStage('s20', '20d')];
  const facts = { '2026-03-03': [told.hold(aHold({ from: '2026-03-03', until: '2026-03-11' }))] };
  const after = (resume: Policy['resume'], own: Partial<Policy> = {}) =>
    sent(
      walk(engineOf(ladderOf(stages, { resume, ...own }), plan), owing(anInvoice()), '2026-03-01', 45, {
        facts,
      }),
    );

  it('comes the next stage, and the others at their distances', () => {
    expect(after('next')).toEqual(after(undefined));
    expect(after('next')).toEqual([
      '2026-03-02 s1 F1',
      '2026-03-13 s4 F1',
      '2026-03-16 s7 F1',
      '2026-03-29 s20 F1',
    ]);
  });

  it('comes the latest that is due, after the restart gap', () => {
    expect(after('latest')).toEqual(['2026-03-02 s1 F1', '2026-03-13 s7 F1', '2026-03-21 s20 F1']);
    expect(after('latest', { restart: '0d' })[1]).toBe('2026-03-12 s7 F1');
    expect(after('latest', { restart: '3d' })[1]).toBe('2026-03-15 s7 F1');
  });

  it('comes the same stage again, and the others at their distances', () => {
    expect(after('same')).toEqual([
      '2026-03-02 s1 F1',
      '2026-03-13 s1 F1',
      '2026-03-16 s4 F1',
      '2026-03-19 s7 F1',
      '2026-04-01 s20 F1',
    ]);
  });

  it('comes the first stage, and the whole ladder anew', () => {
    const late = { '2026-03-09': [told.hold(aHold({ from: '2026-03-09', until: '2026-03-11' }))] };
    const by = (resume: Policy['resume']) =>
      walk(engineOf(ladderOf(stages, { resume }), plan), owing(anInvoice()), '2026-03-01', 45, {
        facts: late,
      });
    expect(sent(by('first'))).toEqual([
      '2026-03-02 s1 F1',
      '2026-03-05 s4 F1',
      '2026-03-08 s7 F1',
      '2026-03-13 s1 F1',
      '2026-03-16 s4 F1',
      '2026-03-19 s7 F1',
      '2026-04-01 s20 F1',
    ]);
    const keys = by('first').days.flatMap(({ settled }) =>
      settled.flatMap((one) => one.acts.flatMap((act) => act.keys)),
    );
    expect(new Set(keys).size).toBe(keys.length);
    expect(sent(by('same')).slice(3)).toEqual(['2026-03-13 s7 F1', '2026-03-26 s20 F1']);
  });

  it('comes the next stage where none was done, and no reminder of a due date that has passed', () => {
    const early = [aStage('early', '-3d'), ...stages];
    const held = { '2026-03-01': [told.hold(aHold({ from: '2026-03-01', until: '2026-03-11' }))] };
    for (const resume of ['same', 'first'] as const) {
      const engine = engineOf(ladderOf(early, { resume }), plan);
      expect(sent(walk(engine, owing(anInvoice()), '2026-02-20', 24, { facts: held }))).toEqual([
        '2026-02-26 early F1',
        '2026-03-13 s1 F1',
      ]);
    }
  });

  it('comes the same stage each time', () => {
    const holds = {
      '2026-03-03': [told.hold(aHold({ from: '2026-03-03', until: '2026-03-04' }))],
      '2026-03-07': [told.hold(aHold({ id: 'H2', from: '2026-03-07', until: '2026-03-08' }))],
    };
    const engine = engineOf(ladderOf(stages, { resume: 'same' }), plan);
    expect(sent(walk(engine, owing(anInvoice()), '2026-03-01', 13, { facts: holds }))).toEqual([
      '2026-03-02 s1 F1',
      '2026-03-06 s1 F1',
      '2026-03-10 s1 F1',
      '2026-03-13 s4 F1',
    ]);
  });

  it('never repeats a key and never acts before the restart gap: a law', () => {
    const resumes = fc.constantFrom('next' as const, 'latest' as const, 'same' as const, 'first' as const);
    fc.assert(
      fc.property(
        resumes,
        fc.integer({ min: 0, max: 3 }),
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 0, max: 9 }),
        (resume, restart, start, length) => {
          const from = parseDay('2026-03-01') + start;
          const hold = aHold({ from: formatDay(from), until: formatDay(from + length) });
          const engine = engineOf(ladderOf(stages, { resume, restart: `${restart}d` }), plan);
          const walked = walk(engine, owing(anInvoice()), '2026-03-01', 45, {
            facts: { [formatDay(from)]: [told.hold(hold)] },
          });
          const acts = walked.days.flatMap(({ settled }) => settled.flatMap((one) => one.acts));
          const keys = acts.flatMap((act) => act.keys);
          expect(new Set(keys).size).toBe(keys.length);
          for (const act of acts) {
            const day = parseDay(act.on);
            expect(day < from || day >= from + length + 1 + restart).toBe(true);
          }
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe('the last stage', () => {
  const last = (rule: Policy['last'], stages: readonly Stage[] = [aStage('s3', '3d')]) =>
    ladderOf(stages, { last: rule });

  it('repeats from the last contact, one recorded by hand included', () => {
    const touch: FileEvent = {
      type: 'contact.recorded',
      at: instant('2026-03-08T12:00:00-06:00'),
      on: '2026-03-08',
      cases: ['ladder/F1#1'],
      author: 'luis',
    };
    const policy = last({ repeat: '7d', times: 2 });
    expect(told30(policy, 20).filter((line) => line.includes('send'))).toEqual([
      '2026-03-04 send s3 F1',
      '2026-03-11 send s3 F1',
      '2026-03-18 send s3 F1',
    ]);
    const recorded = { facts: { '2026-03-08': [touch] } };
    expect(told30(policy, 20, recorded).filter((line) => line.includes('send'))).toEqual([
      '2026-03-04 send s3 F1',
      '2026-03-15 send s3 F1',
    ]);
    const elsewhere = { facts: { '2026-03-08': [{ ...touch, cases: ['ladder/F2#1'] }] } };
    expect(told30(policy, 20, elsewhere).filter((line) => line.includes('send'))).toHaveLength(3);
  });

  it('repeats on a row of dates from the due date or the issue, and the next is always ahead', () => {
    const acts = (rule: Policy['last'], options?: WalkOptions) =>
      sent(walk(engineOf(last(rule), plan), owing(anInvoice()), '2026-03-01', 40, options));
    expect(acts({ repeat: '7d', times: 3, from: 'due' })).toEqual([
      '2026-03-04 s3 F1',
      '2026-03-08 s3 F1',
      '2026-03-15 s3 F1',
      '2026-03-22 s3 F1',
    ]);
    expect(acts({ repeat: '1mo', times: 2, from: 'issue' })).toEqual([
      '2026-03-04 s3 F1',
      '2026-03-30 s3 F1',
    ]);
    expect(acts({ repeat: '5bd', times: 2, from: 'due' })).toEqual([
      '2026-03-04 s3 F1',
      '2026-03-06 s3 F1',
      '2026-03-13 s3 F1',
    ]);
    const down = ['2026-03-15', '2026-03-16', '2026-03-17'];
    expect(acts({ repeat: '7d', times: 3, from: 'due' }, { down })).toEqual([
      '2026-03-04 s3 F1',
      '2026-03-08 s3 F1',
      '2026-03-18 s3 F1',
      '2026-03-22 s3 F1',
    ]);
  });

  it('keeps the day of the month of the date it counts from', () => {
    const engine = engineOf(last({ repeat: '1mo', times: 3, from: 'due' }), plan);
    const file = owing(anInvoice({ due: '2026-01-31', issued: '2026-01-01' }));
    expect(sent(walk(engine, file, '2026-01-25', 100))).toEqual([
      '2026-02-03 s3 F1',
      '2026-02-28 s3 F1',
      '2026-03-31 s3 F1',
      '2026-04-30 s3 F1',
    ]);
  });

  it('is in a row of the nearest dates: a law', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 3 }),
        fc.constantFrom('d', 'w', 'mo'),
        fc.integer({ min: 2, max: 40 }),
        (count, unit, offset) => {
          const policy = last({ repeat: `${count}${unit}`, times: 1, from: 'due' }, [
            aStage('s', `${offset}d`),
          ]);
          const engine = engineOf({ ...policy, entry: 'latest' }, plan);
          const on = formatDay(parseDay('2026-03-01') + offset);
          const before = walk(engine, owing(anInvoice()), on, 1).file;
          const { waiting } = decide(engine, before, instant(`${on}T12:00:00-06:00`));
          const due = parseDay('2026-03-01');
          const row = Array.from({ length: 60 }, (_, index) => {
            const times = (index + 1) * count;
            return unit === 'mo' ? addMonths(due, times) : due + times * (unit === 'w' ? 7 : 1);
          });
          const next = row.find((day) => day > parseDay(on))!;
          expect(waiting[0]?.at).toBe(startOfDay(next, zone));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('cannot repeat on dates from a due date that is missing', () => {
    const stages: Stage[] = [
      { id: 's', tone: 'firm', at: { from: 'issue', plus: '5d' }, do: [{ send: 's' }] },
    ];
    const engine = engineOf(last({ repeat: '7d', times: 2, from: 'due' }, stages), plan);
    const walked = walk(engine, owing(anInvoice({ due: undefined })), '2026-01-30', 20);
    expect(sent(walked)).toEqual(['2026-02-04 s F1']);
    expect(walked.days.at(-1)?.settled[0]?.last.waiting).toMatchObject([{ reason: 'no_date', stage: 's' }]);
  });

  it('is exhausted when its wait is over, with it, or so long after it', () => {
    const ends = (rule: Policy['last'], own: Partial<Stage> = {}, options?: WalkOptions) =>
      told30(last(rule, [aStage('s3', '3d', own)]), 40, options).filter((line) => line.includes('exhaust'));
    expect(ends(undefined)).toEqual(['2026-03-05 exhaust F1']);
    expect(ends({ exhausted: 'waited' })).toEqual(['2026-03-05 exhaust F1']);
    expect(ends({ exhausted: 'acted' })).toEqual(['2026-03-04 exhaust F1']);
    expect(ends({ exhausted: '10d' })).toEqual(['2026-03-14 exhaust F1']);
    expect(ends({ exhausted: '5bd' })).toEqual(['2026-03-11 exhaust F1']);
    expect(ends(undefined, { deadline: '10d' })).toEqual(['2026-03-15 exhaust F1']);
    expect(ends({ repeat: '7d', times: 1 })).toEqual(['2026-03-18 exhaust F1']);
    expect(ends({ repeat: '7d', times: 1, exhausted: 'acted' })).toEqual(['2026-03-11 exhaust F1']);
    expect(ends({ repeat: '7d', times: 1, from: 'due' })).toEqual(['2026-03-15 exhaust F1']);
    expect(ends({ repeat: '7d', times: 1, exhausted: '2d' })).toEqual(['2026-03-13 exhaust F1']);
    // On a row of dates the wait is over with the next of them, however late the last message was.
    const down = ['2026-03-06', '2026-03-08'];
    expect(ends({ repeat: '7d', times: 1, from: 'due' }, {}, { down })).toEqual(['2026-03-15 exhaust F1']);
    expect(ends({ repeat: '7d', times: 1, from: 'issue' }, {}, { down })).toEqual(['2026-03-13 exhaust F1']);
    expect(ends({ repeat: '7d', times: 1 }, {}, { down: ['2026-03-11'] })).toEqual(['2026-03-19 exhaust F1']);
  });
});

describe('the life of a case', () => {
  const three = aLadder(['1d', '5d', '30d']);
  const life = (rule: Policy['life'], own: Partial<Policy> = {}) =>
    told30({ ...three, life: rule, ...own }, 60);

  it('ends the ladder, whatever is left of it, and says why', () => {
    expect(life({ from: 'due', plus: '20d' })).toEqual([
      '2026-03-02 send s1d F1',
      '2026-03-06 send s5d F1',
      '2026-03-21 exhaust F1',
    ]);
    const policy = { ...three, life: { from: 'due', plus: '20d' } } as const;
    const walked = walk(engineOf(policy, plan), owing(anInvoice()), '2026-03-01', 30);
    const events = walked.days.flatMap(({ settled }) => settled.flatMap((one) => one.events));
    expect(events.filter((event) => event.type === 'case.exhausted')).toMatchObject([
      { reason: 'life_over' },
    ]);
    expect(walked.days.at(-1)?.settled[0]?.last.waiting).toMatchObject([{ reason: 'exhausted' }]);
  });

  it('counts from the due date, the opening, or the first act', () => {
    const end = (from: 'due' | 'opened' | 'first', plus: string, first: string) =>
      story(walk(engineOf({ ...three, life: { from, plus } }, plan), owing(anInvoice()), first, 60)).filter(
        (line) => line.includes('exhaust'),
      );
    expect(end('due', '20d', '2026-02-20')).toEqual(['2026-03-21 exhaust F1']);
    expect(end('opened', '20d', '2026-02-20')).toEqual(['2026-03-12 exhaust F1']);
    expect(end('first', '20d', '2026-02-20')).toEqual(['2026-03-22 exhaust F1']);
    expect(end('first', '1mo', '2026-02-20')).toEqual(['2026-04-01 exhaust F1']);
  });

  it('is looked at again on its end', () => {
    const engine = engineOf({ ...three, life: { from: 'due', plus: '20d' } }, plan);
    const { file } = walk(engine, owing(anInvoice()), '2026-03-01', 8);
    const { next } = decide(engine, file, instant('2026-03-08T12:00:00-06:00'));
    expect(next).toBe(startOfDay(parseDay('2026-03-21'), zone));
  });

  it('does not begin before its date is known', () => {
    const stage: Stage = { id: 's', tone: 'firm', do: [{ send: 's' }], when: never };
    const policy = ladderOf([stage], { life: { from: 'first', plus: '1d' } });
    expect(told30(policy)).toEqual([]);
    const undated = ladderOf([stage], { life: { from: 'due', plus: '1d' } });
    const file = owing(anInvoice({ due: undefined }));
    expect(story(walk(engineOf(undated, plan), file, '2026-03-01', 20))).toEqual(['2026-03-01 open F1']);
  });

  it('does not cut short an act under way', () => {
    const engine = engineOf({ ...three, life: { from: 'due', plus: '2d' } }, plan);
    const before = owing(anInvoice());
    const planned = decide(engine, before, instant('2026-03-02T10:00:00-06:00'));
    const file = evolveAll(before, planned.events);
    const pending = decide(engine, file, instant('2026-03-03T10:00:00-06:00'));
    expect(pending.waiting).toMatchObject([{ reason: 'act_pending' }]);
    const accepted: FileEvent = {
      type: 'act.accepted',
      act: planned.acts[0]!.id,
      at: instant('2026-03-03T10:00:00-06:00'),
      on: '2026-03-03',
    };
    const over = decide(engine, evolveAll(file, [accepted]), instant('2026-03-03T11:00:00-06:00'));
    expect(over.events[0]).toMatchObject({ type: 'case.exhausted', reason: 'life_over' });
  });

  it('that is over lets nothing more act, but for what is asked for', () => {
    const engine = engineOf({ ...three, life: { from: 'due', plus: '20d' } }, plan);
    const asked: FileEvent = {
      type: 'case.asked',
      subject: 'F1',
      case: 'ladder/F1#1',
      stage: 's30d',
      author: 'luis',
      on: '2026-03-25',
    };
    const facts = { '2026-03-25': [asked] };
    expect(sent(walk(engine, owing(anInvoice()), '2026-03-01', 60))).toHaveLength(2);
    expect(sent(walk(engine, owing(anInvoice()), '2026-03-01', 60, { facts })).slice(2)).toEqual([
      '2026-03-25 s30d F1',
    ]);
  });
});

const never: Condition = { fact: 'item.dunnable', lt: { MXN: '1.00' } };
