import { describe, expect, it } from 'vitest';
import type { Stage, StageTrigger } from '../../src/policy/types.js';
import { aStage } from '../support/build.js';
import { climbOf, type Situation } from '../support/steps.js';

/** What a ladder says on a day, and where each of its stages stands: on the long way up, with every kind of date. */

const at = (id: string, trigger: StageTrigger | undefined, own: Partial<Stage> = {}): Stage => ({
  ...{ id, tone: 'friendly', do: [{ send: id }], ...own },
  ...(trigger === undefined ? {} : { at: trigger }),
});
const first = aStage('a', '1d');
const after = (own: Record<string, unknown> = {}) =>
  at('b', { from: 'previous', plus: '5d', ...own } as StageTrigger);
const task = aStage('a', '1d', { do: [{ task: 'call' }] });
const country = { fact: 'account.country', eq: 'MX' } as const;
const old = { fact: 'item.daysPastDue', gte: 9 } as const;

const said = (situation: Situation): string => {
  const { said: what, stages } = climbOf(situation);
  return [what, ...stages].join('; ');
};

describe('days of grace', () => {
  const grace = { grace: '3d' } as const;
  it.each<[string, Situation, string]>([
    [
      'keep back what is after the due date until they are over',
      { day: '03-03', policy: grace, stages: ['-3d', '0d', '1d', '4d', '5d'] },
      'act s0d.1 until 03-05, over: s-3d expired; s-3d expired 02-26; s0d due 03-01; s1d later 03-05; s4d later 03-05; s5d later 03-06',
    ],
    [
      'keep back nothing on the due date',
      { day: '03-01', policy: grace, stages: ['0d', '1d'] },
      'act s0d.1 until 03-05; s0d due 03-01; s1d later 03-05',
    ],
    [
      'are over on the day after them',
      { day: '03-05', policy: grace, stages: ['1d', '4d'] },
      'act s4d.1, over: s1d superseded*; s1d superseded 03-05; s4d due 03-05',
    ],
    [
      'keep back what has no day of its own once it is overdue',
      { day: '03-02', policy: { ...grace, stages: [at('any', undefined)] } },
      'wait grace any until 03-05; any later 03-05',
    ],
    [
      'do not keep it back before',
      { day: '03-01', policy: { ...grace, stages: [at('any', undefined)] } },
      'act any.1; any due 02-01',
    ],
    [
      'are known to what counts from their end',
      {
        day: '03-04',
        policy: { ...grace, stages: [at('g', { from: 'grace' }), at('h', { from: 'grace', plus: '2d' })] },
      },
      'act g.1 until 03-06; g due 03-04; h later 03-06',
    ],
    [
      'keep nothing back where no date is known',
      { day: '03-04', policy: { ...grace, stages: [first] }, invoice: { due: undefined } },
      'wait no_date a; a no_date -',
    ],
    [
      'move with the displacement',
      { day: '03-05', policy: grace, stages: ['1d', '9d'], case: { shift: 5 } },
      'wait not_yet s1d until 03-07; s1d later 03-07; s9d later 03-15',
    ],
    [
      'are no reason for what counts from something else',
      { day: '03-03', policy: { ...grace, stages: [at('i', { from: 'issue', plus: '32d' })] } },
      'wait not_yet i until 03-05; i later 03-05',
    ],
    [
      'are no reason for what is later anyway',
      { day: '03-03', policy: grace, stages: ['9d'] },
      'wait not_yet s9d until 03-10; s9d later 03-10',
    ],
  ])('%s', (_, situation, expected) => {
    expect(said(situation)).toBe(expected);
  });
});

describe('a stage counts', () => {
  const two = (second: Stage, before: Stage = first) => ({ policy: { stages: [before, second] } });
  it.each<[string, Situation, string]>([
    [
      'from the day of the invoice',
      { day: '02-20', ...two(at('b', { from: 'issue', plus: '40d' })) },
      'wait not_yet a until 03-02; a later 03-02; b later 03-11',
    ],
    [
      'from the opening',
      { day: '02-20', ...two(at('b', { from: 'opened', plus: '40d' })) },
      'wait not_yet a until 03-02; a later 03-02; b later 03-13',
    ],
    [
      'from the latest of several dates',
      {
        day: '02-20',
        ...two(
          at('b', { all: [{ from: 'due', plus: '2d' }, { from: 'issue', plus: '40d' }, { from: 'opened' }] }),
        ),
      },
      'wait not_yet a until 03-02; a later 03-02; b later 03-11',
    ],
    [
      'from the earliest of several dates',
      {
        day: '02-20',
        ...two(
          at('b', {
            any: [
              { from: 'due', plus: '9d' },
              { from: 'issue', plus: '40d' },
              { from: 'due', plus: '20d' },
            ],
          }),
        ),
      },
      'wait not_yet a until 03-02; a later 03-02; b later 03-10',
    ],
    [
      'from the one that is known, where one is enough',
      {
        day: '02-20',
        ...two(
          at('b', {
            any: [
              { from: 'previous', plus: '2d' },
              { from: 'due', plus: '20d' },
            ],
          }),
        ),
      },
      'wait not_yet a until 03-02; a later 03-02; b later 03-21',
    ],
    [
      'from none where all must be known',
      {
        day: '02-20',
        ...two(
          at('b', {
            all: [
              { from: 'previous', plus: '2d' },
              { from: 'due', plus: '20d' },
            ],
          }),
        ),
      },
      'wait not_yet a until 03-02; a later 03-02; b later -',
    ],
    [
      'to the end of the month',
      { day: '02-20', ...two(at('b', { from: 'due', plus: '9d', endOfMonth: true })) },
      'wait not_yet a until 03-02; a later 03-02; b later 03-31',
    ],
    [
      'from the day after',
      { day: '02-20', ...two(at('b', { from: 'due', plus: '9d', exclusive: true })) },
      'wait not_yet a until 03-02; a later 03-02; b later 03-11',
    ],
    [
      'to the end of the month and a day',
      { day: '02-20', ...two(at('b', { from: 'due', endOfMonth: true, exclusive: true })) },
      'wait not_yet a until 03-02; a later 03-02; b later 04-01',
    ],
    [
      'to the next business day',
      { day: '02-20', ...two(at('b', { from: 'due', plus: '6d', businessDay: 'next' })) },
      'wait not_yet a until 03-02; a later 03-02; b later 03-09',
    ],
    [
      'in business days',
      { day: '02-20', ...two(at('b', { from: 'due', plus: '5bd' })) },
      'wait not_yet a until 03-02; a later 03-02; b later 03-06',
    ],
    [
      'in business days that stay so when they are displaced',
      { day: '02-20', ...two(at('b', { from: 'due', plus: '4bd' })), case: { shift: 2 } },
      'wait not_yet a until 03-04; a later 03-04; b later 03-09',
    ],
    [
      'in months',
      { day: '02-20', ...two(at('b', { from: 'due', plus: '1mo' })), case: { shift: 2 } },
      'wait not_yet a until 03-04; a later 03-04; b later 04-03',
    ],
    [
      'from the invoice, displaced',
      { day: '02-20', ...two(at('b', { from: 'issue', plus: '40d' })), case: { shift: 2 } },
      'wait not_yet a until 03-04; a later 03-04; b later 03-13',
    ],
    [
      'from nothing: from the opening on, and is not displaced',
      { day: '02-20', ...two(at('b', undefined)), case: { shift: 2 } },
      'act b.1 until 03-04; a later 03-04; b due 02-01',
    ],
    [
      'from a missing due date: never',
      { day: '02-20', ...two(at('b', { from: 'due', plus: '1bd' })), invoice: { due: undefined } },
      'wait no_date a; a no_date -; b no_date -',
    ],
    [
      'from the end of a grace that nobody knows',
      { day: '02-20', ...two(at('b', { from: 'grace', plus: '1d' })), invoice: { due: undefined } },
      'wait no_date a; a no_date -; b no_date -',
    ],
    [
      'from the stage before it, once that is done',
      { day: '03-04', ...two(after()), marks: ['a done 03-03'], case: { shift: 2 } },
      'wait not_yet b until 03-08; a done 03-04; b later 03-08',
    ],
    [
      'from no stage that failed',
      { day: '03-04', ...two(after()), marks: ['a failed 03-03'] },
      'act a.1; a due 03-02; b later -',
    ],
    [
      'from a stage that was passed over',
      { day: '03-04', ...two(after({ of: 'delivered' })), marks: ['a skipped 03-03 by_hand'] },
      'wait not_yet b until 03-08; a skipped 03-02; b later 03-08',
    ],
    [
      'from a stage that was done before',
      { day: '03-04', ...two(after({ of: 'delivered' })), marks: ['a skipped 03-03 done_before'] },
      'wait not_yet b until 03-08; a skipped 03-02; b later 03-08',
    ],
    [
      'from the delivery',
      { day: '03-04', ...two(after({ of: 'delivered' })), marks: ['a done 03-03'] },
      'wait not_delivered b; a done 03-02; b later -',
    ],
    [
      'from the delivery of what brings no message',
      { day: '03-04', ...two(after({ of: 'delivered' }), task), marks: ['a done 03-03'] },
      'wait not_yet b until 03-08; a done 03-02; b later 03-08',
    ],
    [
      'from a payment deadline',
      {
        day: '03-04',
        ...two(after({ of: 'deadline' }), aStage('a', '1d', { deadline: '7d' })),
        marks: ['a done 03-03'],
      },
      'wait not_yet b until 03-15; a done 03-02; b later 03-15',
    ],
    [
      'from no payment deadline where there is none',
      { day: '03-04', ...two(after({ of: 'deadline' })), marks: ['a done 03-03'] },
      'wait no_date b; a done 03-02; b later -',
    ],
    [
      'from no payment deadline of what is under way',
      {
        day: '03-04',
        ...two(after({ of: 'deadline' }), aStage('a', '1d', { deadline: '7d' })),
        marks: ['a planned 03-03'],
      },
      'wait act_pending a; a planned 03-02; b later -',
    ],
    [
      'from a proposal',
      { day: '03-04', ...two(after({ of: 'proposed' })), marks: ['a planned 03-03'] },
      'wait act_pending a; a planned 03-02; b later 03-08',
    ],
    [
      'from no proposal that was withdrawn',
      { day: '03-04', ...two(after({ of: 'proposed' })), marks: ['a withdrawn 03-03'] },
      'act a.1; a due 03-02; b later -',
    ],
    [
      'from nothing before the first stage',
      { day: '03-04', policy: { stages: [after()] } },
      'wait no_date b; b later -',
    ],
    [
      'from the last turn of the stage before it',
      { day: '03-06', ...two(after()), marks: ['a done 03-02', 'a.2 done 03-05'], case: { turns: { a: 2 } } },
      'wait not_yet b until 03-10; a done 03-02; b later 03-10',
    ],
  ])('%s', (_, situation, expected) => {
    expect(said(situation)).toBe(expected);
  });

  it.each<[string, Situation, string]>([
    [
      'from a proposal that gave way',
      { day: '03-04', policy: { stages: [first, after({ of: 'proposed' })] } },
      'wait not_yet b until 03-07; a skipped 03-02; b later 03-07',
    ],
    [
      'from a proposal that gave way, where that is what counts as done',
      { day: '03-04', policy: { done: 'proposed', stages: [first, after()] } },
      'wait not_yet b until 03-07; a skipped 03-02; b later 03-07',
    ],
    [
      'from the day on which one that gave way did so, where it does not',
      { day: '03-04', policy: { stages: [first, after()] } },
      'wait not_yet b until 03-08; a skipped 03-02; b later 03-08',
    ],
  ])('%s', (_, situation, expected) => {
    const mark = {
      stage: 'a',
      occurrence: 1,
      state: 'skipped',
      reason: 'superseded',
      on: '2026-03-03',
    } as const;
    const marks = [{ ...mark, proposed: '2026-03-02', tried: [], revision: 0 }];
    expect(said({ ...situation, case: { marks } })).toBe(expected);
  });
});

describe('the order of a ladder', () => {
  it.each<[string, Situation, string]>([
    [
      'is that of days, not of the document',
      { day: '02-20', stages: ['9d', '3d', '1d'] },
      'wait not_yet s1d until 03-02; s1d later 03-02; s3d later 03-04; s9d later 03-10',
    ],
    [
      'is that of ranks on one day',
      {
        day: '03-02',
        policy: { late: 'each', stages: [aStage('x', '1d', { rank: 2 }), aStage('y', '1d', { rank: 1 })] },
      },
      'act y.1; y due 03-02; x due 03-02',
    ],
    [
      'is that of the document for equals',
      {
        day: '03-02',
        policy: { late: 'each', stages: [aStage('z', '5d'), aStage('x', '1d'), aStage('y', '1d')] },
      },
      'act x.1 until 03-06; x due 03-02; y due 03-02; z later 03-06',
    ],
    [
      'keeps what follows behind what it follows',
      {
        day: '03-02',
        policy: { stages: [aStage('x', '5d'), after(), aStage('c', '6d'), aStage('d', '1d')] },
      },
      'act d.1 until 03-06; d due 03-02; x later 03-06; b later -; c later 03-07',
    ],
    [
      'keeps what has no day at its end',
      {
        day: '03-03',
        policy: { late: 'each', stages: [aStage('n', '1d'), at('i', { from: 'issue', plus: '32d' })] },
        invoice: { due: undefined },
      },
      'act i.1; i due 03-03; n no_date -',
    ],
    [
      'keeps what may act any day behind what stands before it',
      { day: '03-02', policy: { late: 'each', stages: [first, at('any', undefined), aStage('c', '2d')] } },
      'act a.1 until 03-03; a due 03-02; any due 02-01; c later 03-03',
    ],
  ])('%s', (_, situation, expected) => {
    expect(said(situation)).toBe(expected);
  });
});

describe('the long way up', () => {
  const act = { unknown: 'act' } as const;
  const grace = { grace: '0d' } as const;
  it.each<[string, Situation, string]>([
    [
      'waits for what is under way',
      { day: '03-04', marks: ['s1d planned 03-02'] },
      'wait act_pending s1d; s-3d expired 02-26; s1d superseded 03-02; s3d due 03-04; s9d later 03-10',
    ],
    [
      'waits for what nobody knows',
      { day: '03-04', marks: ['s1d unknown 03-02'] },
      'wait act_unknown s1d; s-3d expired 02-26; s1d superseded 03-02; s3d due 03-04; s9d later 03-10',
    ],
    [
      'passes what nobody knows where the policy says so',
      { day: '03-04', policy: act, marks: ['s1d unknown 03-02'] },
      'act s3d.1 until 03-10; s-3d passed 02-26; s1d unknown 03-02; s3d due 03-04; s9d later 03-10',
    ],
    [
      'does not pass what is only planned',
      { day: '03-04', policy: act, marks: ['s1d planned 03-02'] },
      'wait act_pending s1d; s-3d expired 02-26; s1d superseded 03-02; s3d due 03-04; s9d later 03-10',
    ],
    [
      'passes nothing of an earlier turn',
      { day: '03-04', policy: act, marks: ['s3d unknown 03-04'], case: { turns: { s3d: 2 } } },
      'act s3d.2 until 03-10, over: s-3d expired, s1d superseded*; s-3d expired 02-26; s1d superseded 03-02; s3d due 03-04; s9d later 03-10',
    ],
    [
      'passes nothing for another stage',
      { day: '03-10', policy: act, marks: ['s3d unknown 03-04'] },
      'act s9d.1; s-3d passed 02-26; s1d passed 03-02; s3d unknown 03-04; s9d due 03-10',
    ],
    [
      'is not kept back by a second message of the stage that acts',
      { day: '03-02', stages: ['1d', '3d'], marks: ['s1d/send.1 planned 03-02'] },
      'act s1d.1 until 03-04; s1d due 03-02; s3d later 03-04',
    ],
    [
      'is kept back by a second message of another stage, or of another time',
      { day: '03-04', stages: ['1d', '3d'], marks: ['s1d done 03-02', 's1d/send.1 planned 03-02'] },
      'wait act_pending s1d; s1d done 03-02; s3d due 03-04',
    ],
    [
      'is kept back by a second message of an earlier turn',
      {
        day: '03-02',
        stages: ['1d', '3d'],
        marks: ['s1d/send.1 planned 03-02'],
        case: { turns: { s1d: 2 } },
      },
      'wait act_pending s1d; s1d due 03-02; s3d later 03-04',
    ],
    [
      'waits for the gap after a pause',
      { day: '03-05', case: { notBefore: '2026-03-07' }, stages: ['1d', '3d', '9d'] },
      'wait not_yet s1d until 03-07; s1d later 03-07; s3d later 03-07; s9d later 03-10',
    ],
    [
      'goes on once the gap is over',
      { day: '03-07', case: { notBefore: '2026-03-07' }, stages: ['1d', '3d', '9d'] },
      'act s3d.1 until 03-10, over: s1d superseded*; s1d superseded 03-02; s3d due 03-07; s9d later 03-10',
    ],
    [
      'acts at once when it is asked to',
      { day: '03-05', case: { asked: 's9d' } },
      'act s9d.1, over: s-3d expired, s1d superseded*, s3d superseded*; s-3d expired 02-26; s1d superseded 03-02; s3d superseded 03-04; s9d due 03-10',
    ],
    [
      'waits for a run',
      { day: '03-05', policy: { climb: true }, stages: ['1d', '3d'] },
      'wait no_run s1d; s1d later 03-02; s3d later 03-04',
    ],
    [
      'waits for a run until a stage is over',
      { day: '03-02', policy: { climb: true, stages: [aStage('a', '1d', { expires: '2d' }), after()] } },
      'wait no_run a until 03-05; a later 03-02; b later -',
    ],
    [
      'waits for a run to what follows',
      {
        day: '03-03',
        policy: { climb: true, stages: [first, after({ of: 'delivered' })] },
        marks: ['a done 03-02'],
      },
      'wait no_run b; a done 03-02; b later -',
    ],
    [
      'passes what is over some days after its own',
      { day: '03-05', policy: { stages: [aStage('a', '1d', { expires: '2d' }), aStage('b', '9d')] } },
      'wait not_yet b until 03-10, over: a expired; a expired 03-02; b later 03-10',
    ],
    [
      'acts on the last of these days',
      { day: '03-04', policy: { stages: [aStage('a', '1d', { expires: '2d' }), aStage('b', '9d')] } },
      'act a.1 until 03-05; a due 03-02; b later 03-10',
    ],
    [
      'is over on the due date, though it would live on',
      { day: '02-28', policy: { stages: [aStage('a', '-3d', { expires: '9d' }), aStage('b', '9d')] } },
      'act a.1 until 03-02; a due 02-26; b later 03-10',
    ],
    [
      'is over before the due date, where it lives so long only',
      { day: '02-28', policy: { stages: [aStage('a', '-3d', { expires: '1d' }), aStage('b', '9d')] } },
      'wait not_yet b until 03-10, over: a expired; a expired 02-26; b later 03-10',
    ],
    [
      'gives what follows its day once it is over',
      { day: '03-05', policy: { stages: [aStage('a', '1d', { expires: '2d' }), after()] } },
      'wait not_yet b until 03-10, over: a expired; a expired 03-02; b later 03-10',
    ],
    [
      'gives what follows its day once nothing is to be done',
      { day: '03-02', policy: { stages: [aStage('a', '1d', { do: [] }), after()] } },
      'wait not_yet b until 03-07, over: a nothing_to_do; a due 03-02; b later 03-07',
    ],
    [
      'passes what missed its day',
      { day: '03-05', policy: { ...grace, late: 'drop' } },
      'wait not_yet s9d until 03-10, over: s-3d expired, s1d missed, s3d missed; s-3d expired 02-26; s1d missed 03-02; s3d missed 03-04; s9d later 03-10',
    ],
    [
      'acts on its own day only',
      { day: '03-04', policy: { ...grace, late: 'drop' } },
      'act s3d.1 until 03-05, over: s-3d expired, s1d missed; s-3d expired 02-26; s1d missed 03-02; s3d due 03-04; s9d later 03-10',
    ],
    [
      'never misses what has no day of its own',
      { day: '03-04', policy: { late: 'drop', stages: [at('any', undefined), aStage('b', '9d')] } },
      'act any.1 until 03-10; any due 02-01; b later 03-10',
    ],
    [
      'lets each act in turn',
      { day: '03-05', policy: { ...grace, late: 'each' } },
      'act s1d.1 until 03-10, over: s-3d expired; s-3d expired 02-26; s1d due 03-02; s3d due 03-04; s9d later 03-10',
    ],
    [
      'lets the latest act',
      { day: '03-05', policy: grace },
      'act s3d.1 until 03-10, over: s-3d expired, s1d superseded*; s-3d expired 02-26; s1d superseded 03-02; s3d due 03-04; s9d later 03-10',
    ],
    [
      'names the last that may act tomorrow',
      {
        day: '03-05',
        policy: {
          ...grace,
          stages: [
            aStage('a', '1d', { when: old }),
            aStage('b', '2d', { when: old }),
            aStage('c', '3d', { when: country }),
            aStage('d', '9d'),
          ],
        },
      },
      'wait condition b until 03-06; a condition 03-02; b condition 03-03; c condition 03-04; d later 03-10',
    ],
    [
      'names the first that is refused for good',
      {
        day: '03-05',
        policy: {
          ...grace,
          stages: [aStage('a', '1d', { when: country }), aStage('b', '2d', { when: country })],
        },
      },
      'wait condition a; a condition 03-02; b condition 03-03',
    ],
    [
      'passes what is refused, undated or due with what acts',
      {
        day: '03-05',
        policy: {
          stages: [aStage('a', '1d', { when: country }), after(), aStage('c', '2d'), aStage('d', '4d')],
        },
      },
      'act d.1, over: a condition*, b superseded*, c superseded*; a condition 03-02; b superseded -; c superseded 03-03; d due 03-05',
    ],
    [
      'passes what is refused or undated, where each has its turn',
      {
        day: '03-05',
        policy: {
          late: 'each',
          stages: [aStage('a', '1d', { when: country }), after(), aStage('c', '2d'), aStage('d', '4d')],
        },
      },
      'act c.1, over: a condition*, b superseded*; a condition 03-02; b superseded -; c due 03-03; d due 03-05',
    ],
    [
      'does one stage a day',
      { day: '03-04', policy: grace, marks: ['s1d done 03-04'] },
      'wait not_yet s3d until 03-05; s-3d passed 02-26; s1d done 03-02; s3d due 03-04; s9d later 03-10',
    ],
    [
      'does it though a second message went today',
      { day: '03-04', policy: grace, marks: ['s1d done 03-02', 's1d/send.1 done 03-04'] },
      'act s3d.1 until 03-10; s-3d passed 02-26; s1d done 03-02; s3d due 03-04; s9d later 03-10',
    ],
    [
      'does it though something was passed over today',
      { day: '03-04', policy: grace, marks: ['s1d skipped 03-04 by_hand'] },
      'act s3d.1 until 03-10, over: s-3d expired; s1d skipped 03-02; s-3d expired 02-26; s3d due 03-04; s9d later 03-10',
    ],
    [
      'does it after other things happened',
      { day: '03-04', policy: grace, marks: ['s-3d done 02-26', 's1d done 03-04'] },
      'wait not_yet s3d until 03-05; s-3d done 02-26; s1d done 03-02; s3d due 03-04; s9d later 03-10',
    ],
    [
      'waits for news of a delivery',
      { day: '03-04', policy: { stages: [first, after({ of: 'delivered' })] }, marks: ['a done 03-02'] },
      'wait not_delivered b; a done 03-02; b later -',
    ],
    [
      'waits for the date that is missing',
      { day: '03-04', invoice: { due: undefined } },
      'wait no_date s-3d; s-3d no_date -; s1d no_date -; s3d no_date -; s9d no_date -',
    ],
    [
      'waits after its last stage, then is exhausted',
      { day: '03-10', marks: ['s9d done 03-10'] },
      'wait last_wait s9d until 03-11; s-3d passed 02-26; s1d passed 03-02; s3d passed 03-04; s9d done 03-10',
    ],
    [
      'is exhausted on the day after',
      { day: '03-11', marks: ['s9d done 03-10'] },
      'exhaust last_stage_over; s-3d passed 02-26; s1d passed 03-02; s3d passed 03-04; s9d done 03-10',
    ],
    [
      'shows where a stage stands that is passed',
      { day: '03-05', policy: grace, marks: ['s3d done 03-04'] },
      'wait not_yet s9d until 03-10; s-3d passed 02-26; s1d passed 03-02; s3d done 03-04; s9d later 03-10',
    ],
    [
      'comes back to what was passed over and has its day ahead again',
      { day: '03-02', policy: grace, marks: ['s1d skipped 02-10 superseded'] },
      'act s1d.1 until 03-04, over: s-3d expired; s-3d expired 02-26; s1d due 03-02; s3d later 03-04; s9d later 03-10',
    ],
    [
      'does not where it counts from something else',
      {
        day: '03-02',
        policy: { stages: [at('i', { from: 'issue', plus: '31d' })] },
        marks: ['i skipped 02-10 superseded'],
      },
      'exhaust last_stage_over; i skipped 03-02',
    ],
  ])('%s', (_, situation, expected) => {
    expect(said(situation)).toBe(expected);
  });

  it.each<[string, Situation, string]>([
    [
      'gives what follows its day once what failed is over',
      {
        day: '03-05',
        policy: { stages: [aStage('a', '1d', { expires: '2d' }), after()] },
        marks: ['a failed 03-02'],
      },
      'wait not_yet b until 03-10, over: a expired; a expired 03-02; b later 03-10',
    ],
    [
      'keeps what else was done when a stage is over',
      {
        day: '03-12',
        policy: {
          stages: [first, aStage('x', '9d', { expires: '1d' }), at('c', { from: 'previous', plus: '2d' })],
        },
        marks: ['a done 03-02'],
      },
      'wait not_yet c until 03-14, over: x expired; a done 03-02; x expired 03-10; c later 03-14',
    ],
    [
      'keeps an earlier turn when a stage is over',
      {
        day: '03-05',
        policy: { stages: [aStage('a', '1d', { expires: '2d' }), after()] },
        marks: ['a done 03-02'],
        case: { turns: { a: 2 } },
      },
      'wait not_yet b until 03-10, over: a expired; a expired 03-02; b later 03-10',
    ],
    [
      'is held by grace on its last day, and no longer',
      { day: '03-04', policy: { grace: '3d' }, stages: ['1d'] },
      'wait grace s1d until 03-05; s1d later 03-05',
    ],
    [
      'is not held by grace on the due date',
      { day: '03-01', policy: { grace: '3d' }, stages: ['1d'] },
      'wait not_yet s1d until 03-05; s1d later 03-05',
    ],
    [
      'is held by grace on its own day',
      { day: '03-02', policy: { grace: '3d' }, stages: ['1d'] },
      'wait grace s1d until 03-05; s1d later 03-05',
    ],
    [
      'is not held before its own day',
      { day: '03-02', policy: { grace: '3d' }, stages: ['2d'] },
      'wait not_yet s2d until 03-05; s2d later 03-05',
    ],
    [
      'waits for news though several dates count',
      {
        day: '03-04',
        policy: {
          stages: [
            first,
            at('b', {
              all: [
                { from: 'previous', of: 'delivered' },
                { from: 'due', plus: '2d' },
              ],
            }),
          ],
        },
        marks: ['a done 03-02'],
      },
      'wait not_delivered b; a done 03-02; b later -',
    ],
    [
      'waits for news where delivery is what counts as done',
      { day: '03-04', policy: { done: 'delivered', stages: [first, after()] }, marks: ['a done 03-02'] },
      'wait not_delivered b; a done 03-02; b later -',
    ],
    [
      'waits for no news of a proposal',
      {
        day: '03-04',
        policy: { done: 'delivered', stages: [first, after({ of: 'proposed' })] },
        marks: ['a done 03-02'],
      },
      'wait not_yet b until 03-07; a done 03-02; b later 03-07',
    ],
  ])('%s', (_, situation, expected) => {
    expect(said(situation)).toBe(expected);
  });

  it('lets what contact rules pushed keep its turn', () => {
    const mark = {
      stage: 's1d',
      occurrence: 1,
      state: 'withdrawn',
      on: '2026-03-02',
      keepsTurn: true,
    } as const;
    const marks = [{ ...mark, tried: [], revision: 1 }];
    const pushed: Situation = { day: '03-04', stages: ['1d', '3d'], case: { marks } };
    expect(said({ ...pushed, policy: { pushed: 'both' } })).toBe('act s1d.1; s1d due 03-02; s3d due 03-04');
    expect(said(pushed)).toBe('act s3d.1, over: s1d superseded*; s1d superseded 03-02; s3d due 03-04');
  });
});
