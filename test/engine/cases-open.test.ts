import { describe, expect, it } from 'vitest';
import type { Policy } from '../../src/policy/types.js';
import { aLadder, aStage } from '../support/build.js';
import { becameOf as lived, type AccountSituation as Situation } from '../support/cases.js';

/** Which cases open, and what they keep of earlier ones. */

const unit = { group: ['account' as const] };
const group = (
  carrier: 'recompute' | 'inherit' | 'restart' = 'recompute',
  own: Partial<Policy> = {},
): Partial<Policy> => ({
  unit: { ...unit, carrier },
  ...own,
});
const one = { subject: '~MXN', carrier: 'F1' };
const two = [{}, { id: 'F2', due: '2026-03-04' }];
const over = (reason: string, on = '2026-03-05') => ({ state: 'closed' as const, closed: { reason, on } });

describe('a case opens', () => {
  it.each<[string, Situation, readonly string[]]>([
    [
      'before the due date, whole',
      { day: '02-20' },
      ['case.opened F1#1 ladder 1 1', 'F1: F1#1 climbs, known with 0 marks, shift 0'],
    ],
    [
      'on the due date, whole',
      { day: '03-01' },
      ['case.opened F1#1 ladder 1 1', 'F1: F1#1 climbs, known with 0 marks, shift 0'],
    ],
    [
      'after it, at its first overdue stage',
      { day: '03-15' },
      [
        'case.opened F1#1 ladder 1 1',
        'stage.skipped F1#1 s-3d 1 entry',
        'case.shifted F1#1 13 entry 2026-03-01',
        'F1: F1#1 climbs, known with 1 marks, shift 13',
      ],
    ],
    [
      'after it, where it stands',
      { day: '03-15', policy: { entry: 'latest' } },
      ['case.opened F1#1 ladder 1 1', 'F1: F1#1 climbs, known with 0 marks, shift 0'],
    ],
    [
      'after it, where it stands, though each has its turn',
      { day: '03-15', policy: { entry: 'latest', late: 'each' } },
      [
        'case.opened F1#1 ladder 1 1',
        'stage.skipped F1#1 s1d 1 entry',
        'F1: F1#1 climbs, known with 1 marks, shift 0',
      ],
    ],
    [
      'without a due date, whole',
      { day: '03-15', invoices: [{ due: undefined }] },
      ['case.opened F1#1 ladder 1 1', 'F1: F1#1 climbs, known with 0 marks, shift 0'],
    ],
    [
      'for a group, with what carries it',
      { day: '03-05', policy: group(), invoices: two },
      [
        'case.opened ~MXN#1 ladder 1 1 F1',
        'stage.skipped ~MXN#1 s-3d 1 entry',
        'case.shifted ~MXN#1 3 entry 2026-03-01',
        '~MXN: ~MXN#1 climbs, known with 1 marks, shift 3',
      ],
    ],
  ])('%s', (_, situation, expected) => {
    expect(lived(situation)).toEqual(expected);
  });
});

describe('a debt that comes back', () => {
  const marks = ['s1d done 03-02', 's10d done 03-11', 's10d.2 done 03-12'];
  const back = (reason: string, own: Situation | object = {}): Situation => ({
    day: '03-15',
    cases: [{ marks, ...over(reason, '2026-03-12') }],
    ...own,
  });
  it.each<[string, Situation, readonly string[]]>([
    [
      'repeats nothing that was done',
      back('paid'),
      [
        'case.opened F1#2 ladder 1 2',
        'stage.skipped F1#2 s1d 1 done_before',
        'stage.skipped F1#2 s10d 1 done_before',
        'stage.skipped F1#2 s10d 2 done_before',
        'F1: F1#2 climbs, known with 3 marks, shift 0',
      ],
    ],
    [
      'begins anew after a reset',
      back('reset'),
      [
        'case.opened F1#2 ladder 1 2',
        'stage.skipped F1#2 s-3d 1 entry',
        'case.shifted F1#2 13 entry 2026-03-01',
        'F1: F1#2 climbs, known with 1 marks, shift 13',
      ],
    ],
    [
      'begins anew after a move',
      back('moved'),
      [
        'case.opened F1#2 ladder 1 2',
        'stage.skipped F1#2 s-3d 1 entry',
        'case.shifted F1#2 13 entry 2026-03-01',
        'F1: F1#2 climbs, known with 1 marks, shift 13',
      ],
    ],
    [
      'begins anew after a hold that cleared it',
      back('cleared'),
      [
        'case.opened F1#2 ladder 1 2',
        'stage.skipped F1#2 s-3d 1 entry',
        'case.shifted F1#2 13 entry 2026-03-01',
        'F1: F1#2 climbs, known with 1 marks, shift 13',
      ],
    ],
    [
      'begins anew after a restart',
      back('restarted'),
      [
        'case.opened F1#2 ladder 1 2',
        'stage.skipped F1#2 s-3d 1 entry',
        'case.shifted F1#2 13 entry 2026-03-01',
        'F1: F1#2 climbs, known with 1 marks, shift 13',
      ],
    ],
    [
      'begins anew once it was counted anew',
      back('counted_anew'),
      [
        'case.opened F1#2 ladder 1 2',
        'stage.skipped F1#2 s-3d 1 entry',
        'case.shifted F1#2 13 entry 2026-03-01',
        'F1: F1#2 climbs, known with 1 marks, shift 13',
      ],
    ],
    [
      'repeats nothing once it was reassigned',
      back('reassigned'),
      [
        'case.opened F1#2 ladder 1 2',
        'stage.skipped F1#2 s1d 1 done_before',
        'stage.skipped F1#2 s10d 1 done_before',
        'stage.skipped F1#2 s10d 2 done_before',
        'F1: F1#2 climbs, known with 3 marks, shift 0',
      ],
    ],
    [
      'begins anew where its policy says so',
      back('paid', { policy: { reopen: 'restart' } }),
      [
        'case.opened F1#2 ladder 1 2',
        'stage.skipped F1#2 s-3d 1 entry',
        'case.shifted F1#2 13 entry 2026-03-01',
        'F1: F1#2 climbs, known with 1 marks, shift 13',
      ],
    ],
    [
      'repeats what was done before a reset, nothing of what was done after',
      {
        day: '03-15',
        cases: [
          { marks: ['s10d done 02-20'], ...over('reset', '2026-02-21') },
          { marks: ['s1d done 03-02'], ...over('paid', '2026-03-05') },
        ],
      },
      [
        'case.opened F1#3 ladder 1 3',
        'stage.skipped F1#3 s1d 1 done_before',
        'F1: F1#3 climbs, known with 1 marks, shift 0',
      ],
    ],
    [
      'repeats nothing that an earlier opening had passed as done before',
      {
        day: '03-15',
        cases: [
          {
            marks: ['s1d skipped 03-02 done_before', 's10d skipped 03-02 by_hand'],
            ...over('paid', '2026-03-05'),
          },
        ],
      },
      [
        'case.opened F1#2 ladder 1 2',
        'stage.skipped F1#2 s1d 1 done_before',
        'F1: F1#2 climbs, known with 1 marks, shift 0',
      ],
    ],
    [
      'knows the stages of another version by their names of now',
      {
        day: '03-15',
        policy: { version: 2, adopt: { map: { old: 's1d' } } },
        cases: [{ marks: ['old done 03-02'], ...over('paid', '2026-03-05') }],
      },
      [
        'case.opened F1#2 ladder 2 2',
        'stage.skipped F1#2 s1d 1 done_before',
        'F1: F1#2 climbs, known with 1 marks, shift 0',
      ],
    ],
    [
      'maps no stage of its own version',
      {
        day: '03-15',
        policy: { adopt: { map: { s10d: 's1d' } } },
        cases: [{ marks: ['s10d done 03-02'], ...over('paid', '2026-03-05') }],
      },
      [
        'case.opened F1#2 ladder 1 2',
        'stage.skipped F1#2 s10d 1 done_before',
        'F1: F1#2 climbs, known with 1 marks, shift 0',
      ],
    ],
    [
      'repeats nothing that was done in another form',
      {
        day: '03-15',
        others: [aLadder(['-3d', '1d', '10d'], { version: 2, unit, adopt: 'adopt' })],
        cases: [{ marks: ['s1d done 03-02'], ...over('replaced') }],
      },
      [
        'case.opened ~MXN#1 ladder 2 1 F1',
        'stage.skipped ~MXN#1 s1d 1 done_before',
        '~MXN: ~MXN#1 climbs, known with 1 marks, shift 0',
      ],
    ],
    [
      'knows nothing of openings by another policy',
      { day: '03-15', cases: [{ id: 'other/F1#1', policy: 'other', marks, ...over('paid', '2026-03-12') }] },
      [
        'case.opened F1#1 ladder 1 1',
        'stage.skipped F1#1 s-3d 1 entry',
        'case.shifted F1#1 13 entry 2026-03-01',
        'F1: F1#1 climbs, known with 1 marks, shift 13',
      ],
    ],
  ])('%s', (_, situation, expected) => {
    expect(lived(situation)).toEqual(expected);
  });
});

describe('a later debt of a group that was settled', () => {
  const later = (
    marks: readonly string[],
    own: Partial<Situation> = {},
    issued = '2026-03-01',
  ): Situation => ({
    ...{ day: '03-15', policy: group(), invoices: [{ id: 'F2', due: '2026-03-04', issued }] },
    ...{ cases: [{ ...one, marks, ...over('paid') }], ...own },
  });
  const task = aStage('s1d', '1d', { do: [{ task: 'call' }] });
  it.each<[string, Situation, readonly string[]]>([
    [
      'begins anew where it was invoiced since',
      later(['s1d done 03-02'], {}, '2026-03-06'),
      [
        'case.opened ~MXN#2 ladder 1 2 F2',
        'stage.skipped ~MXN#2 s-3d 1 entry',
        'case.shifted ~MXN#2 10 entry 2026-03-04',
        '~MXN: ~MXN#2 climbs, known with 1 marks, shift 10',
      ],
    ],
    [
      'goes on where it was invoiced on that day, and nobody knows of what was told',
      later(['s1d done 03-02'], {}, '2026-03-05'),
      [
        'case.opened ~MXN#2 ladder 1 2 F2',
        'stage.skipped ~MXN#2 s1d 1 done_before',
        '~MXN: ~MXN#2 climbs, known with 1 marks, shift 0',
      ],
    ],
    [
      'begins anew where it is known that it was not told of',
      later(['s1d done 03-02 - F1']),
      [
        'case.opened ~MXN#2 ladder 1 2 F2',
        'stage.skipped ~MXN#2 s-3d 1 entry',
        'case.shifted ~MXN#2 10 entry 2026-03-04',
        '~MXN: ~MXN#2 climbs, known with 1 marks, shift 10',
      ],
    ],
    [
      'goes on where it was told of',
      later(['s1d done 03-02 - F1', 's10d done 03-03 - F2']),
      [
        'case.opened ~MXN#2 ladder 1 2 F2',
        'stage.skipped ~MXN#2 s1d 1 done_before',
        'stage.skipped ~MXN#2 s10d 1 done_before',
        '~MXN: ~MXN#2 climbs, known with 2 marks, shift 0',
      ],
    ],
    [
      'goes on where it carried the group',
      later(['s1d done 03-02 - F1'], {
        cases: [{ ...one, carried: ['F2'], marks: ['s1d done 03-02 - F1'], ...over('paid') }],
      }),
      [
        'case.opened ~MXN#2 ladder 1 2 F2',
        'stage.skipped ~MXN#2 s1d 1 done_before',
        '~MXN: ~MXN#2 climbs, known with 1 marks, shift 0',
      ],
    ],
    [
      'begins anew where what was done wrote to nobody',
      later(['s1d done 03-02'], { policy: group('recompute', { stages: [task, aStage('s10d', '10d')] }) }),
      [
        'case.opened ~MXN#2 ladder 1 2 F2',
        'case.shifted ~MXN#2 10 entry 2026-03-04',
        '~MXN: ~MXN#2 climbs, known with 0 marks, shift 10',
      ],
    ],
    [
      'begins anew where another absorbed what was done',
      later(['s1d done 03-02 absorbed']),
      [
        'case.opened ~MXN#2 ladder 1 2 F2',
        'stage.skipped ~MXN#2 s-3d 1 entry',
        'case.shifted ~MXN#2 10 entry 2026-03-04',
        '~MXN: ~MXN#2 climbs, known with 1 marks, shift 10',
      ],
    ],
    [
      'begins anew where what was done was beside a stage',
      later(['on:paid done 03-02', 's1d/task.0 done 03-02']),
      [
        'case.opened ~MXN#2 ladder 1 2 F2',
        'stage.skipped ~MXN#2 s-3d 1 entry',
        'case.shifted ~MXN#2 10 entry 2026-03-04',
        '~MXN: ~MXN#2 climbs, known with 1 marks, shift 10',
      ],
    ],
    [
      'begins anew where all was passed over',
      later(['s1d skipped 03-02 by_hand', 's10d failed 03-03']),
      [
        'case.opened ~MXN#2 ladder 1 2 F2',
        'stage.skipped ~MXN#2 s-3d 1 entry',
        'case.shifted ~MXN#2 10 entry 2026-03-04',
        '~MXN: ~MXN#2 climbs, known with 1 marks, shift 10',
      ],
    ],
    [
      'goes on where nothing is known of a stage',
      later(['gone done 03-02', 's1d done 03-02 - F1']),
      [
        'case.opened ~MXN#2 ladder 1 2 F2',
        'stage.skipped ~MXN#2 s1d 1 done_before',
        '~MXN: ~MXN#2 climbs, known with 1 marks, shift 0',
      ],
    ],
    [
      'goes on where only a person resets',
      later(['s1d done 03-02 - F1'], { policy: group('recompute', { counters: 'reset' }) }),
      [
        'case.opened ~MXN#2 ladder 1 2 F2',
        'stage.skipped ~MXN#2 s1d 1 done_before',
        '~MXN: ~MXN#2 climbs, known with 1 marks, shift 0',
      ],
    ],
    [
      'goes on where nobody does',
      later(['s1d done 03-02 - F1'], { policy: group('recompute', { counters: 'never' }) }),
      [
        'case.opened ~MXN#2 ladder 1 2 F2',
        'stage.skipped ~MXN#2 s1d 1 done_before',
        '~MXN: ~MXN#2 climbs, known with 1 marks, shift 0',
      ],
    ],
    [
      'goes on by what was done since',
      later([], {
        cases: [
          { ...one, marks: ['s10d done 03-02 - F1'], ...over('paid', '2026-03-03') },
          { ...one, marks: ['s1d done 03-05 - F2'], ...over('reassigned', '2026-03-06') },
        ],
      }),
      [
        'case.opened ~MXN#3 ladder 1 3 F2',
        'stage.skipped ~MXN#3 s1d 1 done_before',
        '~MXN: ~MXN#3 climbs, known with 1 marks, shift 0',
      ],
    ],
    [
      'goes on where any of it was invoiced before, and was told of',
      later(['s1d done 03-02 - F2'], {
        invoices: [
          { id: 'F2', due: '2026-03-04' },
          { id: 'F3', due: '2026-03-20', issued: '2026-03-09' },
        ],
      }),
      [
        'case.opened ~MXN#2 ladder 1 2 F2',
        'stage.skipped ~MXN#2 s1d 1 done_before',
        '~MXN: ~MXN#2 climbs, known with 1 marks, shift 0',
      ],
    ],
  ])('%s', (_, situation, expected) => {
    expect(lived(situation)).toEqual(expected);
  });
});
