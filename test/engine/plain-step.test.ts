import { describe, expect, it } from 'vitest';
import { plainStep } from '../../src/engine/plain-step.js';
import { aStage } from '../support/build.js';
import { askedOf, climbOf, type Situation, shortOf } from '../support/steps.js';

/**
 * The short way up a ladder answers wherever nothing but days after the due date
 * plays a part, and leaves everything else to the long way; what it answers is
 * what the long way says.
 */

/** What the short way says, once it is sure that the ladder as a whole says the same either way. */
function step(situation: Situation): string {
  climbOf(situation);
  return shortOf(plainStep(...askedOf(situation)));
}

const country = { fact: 'account.country', eq: 'MX' } as const;
const old = { fact: 'item.daysPastDue', gte: 9 } as const;
const known = { fact: 'item.daysPastDue', gte: 0 } as const;

describe('the short way up a ladder', () => {
  it.each<[string, Situation, string]>([
    ['waits for the first stage', { day: '02-20' }, 'wait not_yet s-3d until 02-26'],
    ['acts on the day, and knows when that is over', { day: '02-26' }, 'act s-3d.1 until 03-02'],
    ['acts on the due date itself for what is before it', { day: '03-01' }, 'act s-3d.1 until 03-02'],
    [
      'passes what was meant for before the due date',
      { day: '03-02' },
      'act s1d.1 until 03-04, over: s-3d expired',
    ],
    [
      'keeps what may come after it all the same',
      { day: '03-02', policy: { stages: [aStage('keep', '-3d', { keep: true }), aStage('b', '5d')] } },
      'act keep.1 until 03-06',
    ],
    [
      'lets the latest act, and passes the others with it',
      { day: '03-05' },
      'act s3d.1 until 03-10, over: s-3d expired, s1d superseded*',
    ],
    [
      'lets each act in turn',
      { day: '03-05', policy: { late: 'each' } },
      'act s1d.1 until 03-10, over: s-3d expired',
    ],
    [
      'passes what missed its day',
      { day: '03-04', policy: { late: 'drop' } },
      'act s3d.1 until 03-05, over: s-3d expired, s1d missed',
    ],
    [
      'waits where all missed their day',
      { day: '03-05', policy: { late: 'drop' } },
      'wait not_yet s9d until 03-10, over: s-3d expired, s1d missed, s3d missed',
    ],
    [
      'passes an early stage that missed its day',
      { day: '02-27', policy: { late: 'drop' } },
      'wait not_yet s1d until 03-02, over: s-3d missed',
    ],
    [
      'acts on the day of an early stage only',
      { day: '02-26', policy: { late: 'drop' } },
      'act s-3d.1 until 02-27',
    ],
    [
      'goes on after what was done',
      { day: '03-03', marks: ['s1d done 03-02'] },
      'wait not_yet s3d until 03-04',
    ],
    [
      'goes on after the last that was done, in whatever order that was',
      { day: '03-04', marks: ['s3d done 03-04', 's1d done 03-02'] },
      'wait not_yet s9d until 03-10',
    ],
    [
      'does no second stage on a day',
      { day: '03-04', marks: ['s1d done 03-04'] },
      'wait not_yet s3d until 03-05',
    ],
    ['does the next on the next day', { day: '03-05', marks: ['s1d done 03-04'] }, 'act s3d.1 until 03-10'],
    [
      'does it though something was passed over today',
      { day: '03-04', marks: ['s1d skipped 03-04 by_hand'] },
      'act s3d.1 until 03-10, over: s-3d expired',
    ],
    [
      'goes round what was passed over',
      { day: '03-02', marks: ['s1d skipped 03-02 by_hand'] },
      'wait not_yet s3d until 03-04, over: s-3d expired',
    ],
    [
      'goes round what was passed over on its day',
      { day: '03-03', marks: ['s1d skipped 03-02 superseded'] },
      'wait not_yet s3d until 03-04, over: s-3d expired',
    ],
    [
      'comes back to what was passed over and has its day ahead again',
      { day: '03-02', marks: ['s1d skipped 02-10 superseded'] },
      'act s1d.1 until 03-04, over: s-3d expired',
    ],
    [
      'does not come back to what a person passed over',
      { day: '03-02', marks: ['s1d skipped 02-10 by_hand'] },
      'wait not_yet s3d until 03-04, over: s-3d expired',
    ],
    [
      'goes round what was passed over before what was done',
      { day: '03-05', marks: ['s-3d skipped 02-27 by_hand', 's1d done 03-02'] },
      'act s3d.1 until 03-10',
    ],
    [
      'goes on after what was done before',
      { day: '03-05', marks: ['s3d skipped 03-05 done_before'] },
      'wait not_yet s9d until 03-10',
    ],
    [
      'begins a turn anew',
      { day: '03-05', marks: ['s1d done 03-02', 's3d done 03-04'], case: { turns: { s1d: 2, s3d: 2 } } },
      'act s3d.2 until 03-10, over: s-3d expired, s1d superseded*',
    ],
    [
      'begins a turn anew after what was passed over in the last',
      { day: '03-02', marks: ['s1d skipped 03-02 by_hand'], case: { turns: { s1d: 2 } } },
      'act s1d.2 until 03-04, over: s-3d expired',
    ],
    [
      'counts what was done in a turn',
      { day: '03-05', marks: ['s1d.2 done 03-04', 's1d done 03-02'], case: { turns: { s1d: 2 } } },
      'act s3d.1 until 03-10',
    ],
    [
      'goes round what was passed over in a turn',
      {
        day: '03-05',
        marks: ['s3d.2 skipped 03-05 by_hand', 's1d skipped 03-05 by_hand'],
        case: { turns: { s1d: 2, s3d: 2 } },
      },
      'act s1d.2 until 03-10, over: s-3d expired',
    ],
    [
      'counts neither failures nor what was withdrawn',
      { day: '03-02', marks: ['s1d failed 03-02', 's1d withdrawn 03-02'] },
      'act s1d.1 until 03-04, over: s-3d expired',
    ],
    [
      'says what would come while an act is under way',
      { day: '03-03', stages: ['1d', '3d'], marks: ['s1d planned 03-02'] },
      'act s1d.1 until 03-04',
    ],
    [
      'says what would come while nobody knows',
      { day: '03-04', stages: ['1d', '3d'], marks: ['s1d unknown 03-02'] },
      'act s3d.1, over: s1d superseded*',
    ],
    [
      'goes on whatever a stage of another version did',
      { day: '03-04', marks: ['gone done 03-01', 'older skipped 03-04 by_hand'] },
      'act s3d.1 until 03-10, over: s-3d expired, s1d superseded*',
    ],
    [
      'is over where the case is',
      {
        day: '03-20',
        marks: ['s9d done 03-10'],
        case: { state: 'exhausted', closed: { reason: 'last_stage_over', on: '2026-03-11' } },
      },
      'wait exhausted -',
    ],
    [
      'goes on in a case that is over where a day lies ahead again',
      {
        day: '03-05',
        marks: ['s3d done 03-04'],
        case: { state: 'exhausted', closed: { reason: 'last_stage_over', on: '2026-03-11' } },
      },
      'wait not_yet s9d until 03-10',
    ],
    [
      'is displaced with its case',
      { day: '03-04', case: { shift: 2 } },
      'act s1d.1 until 03-06, over: s-3d expired',
    ],
    [
      'displaces nothing on or before the due date',
      { day: '02-26', case: { shift: 2 }, stages: ['-3d', '0d', '1d'] },
      'act s-3d.1 until 03-01',
    ],
    [
      'is delayed for whom the plan says so',
      { day: '03-04', plan: { adjust: [{ account: 'robles', delay: '2d' }] } },
      'act s1d.1 until 03-06, over: s-3d expired',
    ],
    [
      'is asked of thirty stages',
      { day: '03-04', stages: Array.from({ length: 30 }, (_, n) => `${n + 1}d`) },
      'act s3d.1 until 03-05, over: s1d superseded*, s2d superseded*',
    ],
    [
      'names the first that is refused',
      {
        day: '03-05',
        policy: {
          stages: [
            aStage('a', '1d', { when: country }),
            aStage('b', '2d', { when: country }),
            aStage('c', '9d'),
          ],
        },
      },
      'wait condition a until 03-10',
    ],
    [
      'names the last that may act tomorrow',
      {
        day: '03-05',
        policy: {
          stages: [
            aStage('a', '1d', { when: old }),
            aStage('b', '2d', { when: old }),
            aStage('c', '3d', { when: country }),
            aStage('d', '9d'),
          ],
        },
      },
      'wait condition b until 03-06',
    ],
    [
      'says why each that it passes was refused',
      {
        day: '03-05',
        policy: {
          stages: [
            aStage('a', '1d', { when: country }),
            aStage('b', '2d'),
            aStage('c', '3d', { when: known }),
          ],
        },
      },
      'act c.1 until 03-06, over: a condition*, b superseded*',
    ],
    [
      'acts below one that is refused, and asks that tomorrow',
      { day: '03-05', policy: { stages: [aStage('a', '1d'), aStage('b', '3d', { when: old })] } },
      'act a.1 until 03-06',
    ],
    [
      'asks for difficulties too',
      { day: '03-05', account: { hardship: true } },
      'act s1d.1 until 03-10, over: s-3d expired',
    ],
    [
      'lets the first act where each has its turn and others are refused',
      {
        day: '03-05',
        policy: {
          late: 'each',
          stages: [aStage('a', '1d', { when: country }), aStage('b', '2d'), aStage('c', '3d')],
        },
      },
      'act b.1, over: a condition*',
    ],
    [
      'passes no stage twice',
      { day: '03-05', marks: ['s1d skipped 03-02 by_hand', 's-3d skipped 03-02 expired'] },
      'act s3d.1 until 03-10',
    ],
    [
      'lets what contact rules pushed keep its turn only once something happened',
      { day: '03-05', policy: { pushed: 'both' } },
      'act s3d.1 until 03-10, over: s-3d expired, s1d superseded*',
    ],
  ])('%s', (_, situation, said) => {
    expect(step(situation)).toBe(said);
  });
});

describe('what was passed over', () => {
  it.each([
    'expired',
    'missed',
    'entry',
    'superseded',
    'gave_way',
    'condition',
    'hardship',
    'level_cap',
    'minimum',
    'no_threshold',
    'no_rate',
  ])('as %s is ahead again once its day is, on either way', (reason) => {
    const again: Situation = { day: '03-02', stages: ['1d', '3d'], marks: [`s1d skipped 02-10 ${reason}`] };
    expect(step(again)).toBe('act s1d.1 until 03-04');
    expect(climbOf({ ...again, policy: { grace: '0d' } }).said).toBe('act s1d.1 until 03-04');
  });

  it.each(['by_hand', 'lapsed', 'moved', 'nothing_to_do'])('as %s is not', (reason) => {
    const once: Situation = { day: '03-02', stages: ['1d', '3d'], marks: [`s1d skipped 02-10 ${reason}`] };
    expect(step(once)).toBe('wait not_yet s3d until 03-04');
    expect(climbOf({ ...once, policy: { grace: '0d' } }).said).toBe('wait not_yet s3d until 03-04');
  });
});

describe('the long way is left', () => {
  it.each<[string, Situation]>([
    ['what has no due date', { day: '03-05', invoice: { due: undefined } }],
    ['a ladder with days of grace', { day: '03-05', policy: { grace: '2d' } }],
    ['a ladder that runs bring on', { day: '03-05', policy: { climb: true } }],
    [
      'more stages than it can count',
      { day: '03-05', stages: Array.from({ length: 31 }, (_, n) => `${n + 1}d`) },
    ],
    ['a stage that is asked for', { day: '03-05', case: { asked: 's9d' } }],
    ['the gap after a pause', { day: '03-05', case: { notBefore: '2026-03-07' } }],
    ['a due date that moved back under a displacement', { day: '03-05', case: { shift: -2 } }],
    [
      'a stage that is over some days after its own',
      { day: '03-05', policy: { stages: [aStage('a', '1d', { expires: '2d' })] } },
    ],
    ['a stage that does nothing', { day: '03-05', policy: { stages: [aStage('a', '1d', { do: [] })] } }],
    ['the end of a ladder', { day: '03-11', marks: ['s9d done 03-10'] }],
    ['what is over by itself while an act is under way', { day: '03-02', marks: ['s-3d planned 02-26'] }],
    [
      'an act of which nobody knows and that is passed',
      { day: '03-05', policy: { unknown: 'act' }, marks: ['s1d unknown 03-02'] },
    ],
    ['something of another version that was done today', { day: '03-05', marks: ['gone done 03-05'] }],
    ['something beside a stage that was done today', { day: '03-05', marks: ['s1d/send.1 done 03-05'] }],
    ['what contact rules pushed', { day: '03-05', marks: ['s1d failed 03-02'], policy: { pushed: 'both' } }],
  ])('%s', (_, situation) => {
    expect(step(situation)).toBe('the long way');
  });
});
