import { describe, expect, it } from 'vitest';
import type { Policy } from '../../src/policy/types.js';
import { aHold, aPayment, told } from '../support/build.js';
import { becameOf as lived, type AccountSituation as Situation } from '../support/cases.js';

/** What becomes of a group when what carries it is settled, joins or rests. */

const unit = { group: ['account' as const] };
const group = (
  carrier: 'recompute' | 'inherit' | 'restart' = 'recompute',
  own: Partial<Policy> = {},
): Partial<Policy> => ({
  unit: { ...unit, carrier },
  ...own,
});
const paid = (to: string, date = '2026-03-05', own: Parameters<typeof aPayment>[0] = {}) =>
  told.payment(aPayment({ id: `P-${to}`, to, date, ...own }));
const one = { subject: '~MXN', carrier: 'F1' };
const two = [{}, { id: 'F2', due: '2026-03-04' }];

describe('a group whose carrier is settled', () => {
  const settled = (policy: Partial<Policy>, own: Partial<Situation> = {}): Situation => ({
    ...{ day: '03-15', policy, invoices: two, facts: [paid('F1')] },
    ...{ cases: [{ ...one, marks: ['s1d done 03-02 - F1', 's10d done 03-11 - F1'] }], ...own },
  });
  const anew = group('recompute', { counters: 'last-message' });
  const counted = (marks: readonly string[], own: object = {}) =>
    settled(anew, { cases: [{ ...one, marks, ...own }] });
  it.each<[string, Situation, readonly string[]]>([
    [
      'goes on from what is left',
      settled(group()),
      [
        'case.closed ~MXN#1 carrier_settled',
        'case.opened ~MXN#2 ladder 1 2 F2',
        'stage.skipped ~MXN#2 s1d 1 done_before',
        'stage.skipped ~MXN#2 s10d 1 done_before',
        '~MXN: ~MXN#2 climbs',
        '~MXN#1 closed: carrier_settled',
      ],
    ],
    [
      'goes on from what is left, as far as that is',
      settled(group(), { day: '03-12' }),
      [
        'case.closed ~MXN#1 carrier_settled',
        'case.opened ~MXN#2 ladder 1 2 F2',
        'stage.skipped ~MXN#2 s1d 1 done_before',
        '~MXN: ~MXN#2 climbs',
        '~MXN#1 closed: carrier_settled',
      ],
    ],
    [
      'goes on from what is left on the very day',
      settled(group(), { day: '03-14' }),
      [
        'case.closed ~MXN#1 carrier_settled',
        'case.opened ~MXN#2 ladder 1 2 F2',
        'stage.skipped ~MXN#2 s1d 1 done_before',
        'stage.skipped ~MXN#2 s10d 1 done_before',
        '~MXN: ~MXN#2 climbs',
        '~MXN#1 closed: carrier_settled',
      ],
    ],
    ['goes on where it was', settled(group('inherit')), ['case.carried ~MXN#1 F2', '~MXN: ~MXN#1 climbs']],
    [
      'begins anew',
      settled(group('restart')),
      [
        'case.closed ~MXN#1 restarted',
        'case.opened ~MXN#2 ladder 1 2 F2',
        'stage.skipped ~MXN#2 s-3d 1 entry',
        'case.shifted ~MXN#2 10 entry 2026-03-04',
        '~MXN: ~MXN#2 climbs',
        '~MXN#1 closed: restarted',
      ],
    ],
    [
      'goes on from what is left, where each has its turn',
      settled(group('recompute', { late: 'each' }), { day: '03-20', cases: [{ ...one, marks: [] }] }),
      [
        'case.closed ~MXN#1 carrier_settled',
        'case.opened ~MXN#2 ladder 1 2 F2',
        'stage.skipped ~MXN#2 s1d 1 entry',
        '~MXN: ~MXN#2 climbs',
        '~MXN#1 closed: carrier_settled',
      ],
    ],
    [
      'stays as it is while nobody knows of an act',
      settled(group(), { cases: [{ ...one, marks: ['s1d unknown 03-02'] }] }),
      ['~MXN: ~MXN#1 climbs, known with 1 marks, shift 0'],
    ],
    [
      'stays with the agency',
      settled(group(), { cases: [{ ...one, handed: { to: 'agency', on: '2026-03-03' } }] }),
      ['case.carried ~MXN#1 F2', '~MXN: ~MXN#1 handed_over'],
    ],
    [
      'is counted anew once all is paid that its last message told of',
      counted(['s1d done 03-02 - F1']),
      [
        'case.closed ~MXN#1 counted_anew',
        'case.opened ~MXN#2 ladder 1 2 F2',
        'stage.skipped ~MXN#2 s-3d 1 entry',
        'case.shifted ~MXN#2 10 entry 2026-03-04',
        '~MXN: ~MXN#2 climbs',
        '~MXN#1 closed: counted_anew',
      ],
    ],
    [
      'is counted by the last message, in whatever order',
      counted(['s10d done 03-11 - F1', 's1d done 03-02 - F2']),
      [
        'case.closed ~MXN#1 counted_anew',
        'case.opened ~MXN#2 ladder 1 2 F2',
        'stage.skipped ~MXN#2 s-3d 1 entry',
        'case.shifted ~MXN#2 10 entry 2026-03-04',
        '~MXN: ~MXN#2 climbs',
        '~MXN#1 closed: counted_anew',
      ],
    ],
    [
      'is counted by the later of two messages of a day',
      counted(['s1d done 03-02 - F1', 's10d done 03-02 - F2']),
      [
        'case.closed ~MXN#1 carrier_settled',
        'case.opened ~MXN#2 ladder 1 2 F2',
        'stage.skipped ~MXN#2 s1d 1 done_before',
        'stage.skipped ~MXN#2 s10d 1 done_before',
        '~MXN: ~MXN#2 climbs',
        '~MXN#1 closed: carrier_settled',
      ],
    ],
    [
      'is counted by messages of stages only',
      counted(['s1d done 03-02 - F2', 'on:paid done 03-05 - F1']),
      [
        'case.closed ~MXN#1 carrier_settled',
        'case.opened ~MXN#2 ladder 1 2 F2',
        'stage.skipped ~MXN#2 s1d 1 done_before',
        '~MXN: ~MXN#2 climbs',
        '~MXN#1 closed: carrier_settled',
      ],
    ],
    [
      'is counted by what was done only',
      counted(['s1d done 03-02 - F2', 's10d failed 03-11 - F1']),
      [
        'case.closed ~MXN#1 carrier_settled',
        'case.opened ~MXN#2 ladder 1 2 F2',
        'stage.skipped ~MXN#2 s1d 1 done_before',
        '~MXN: ~MXN#2 climbs',
        '~MXN#1 closed: carrier_settled',
      ],
    ],
    [
      'is counted by what is known only',
      counted(['s1d done 03-02 - F1', 's10d done 03-11']),
      [
        'case.closed ~MXN#1 counted_anew',
        'case.opened ~MXN#2 ladder 1 2 F2',
        'stage.skipped ~MXN#2 s-3d 1 entry',
        'case.shifted ~MXN#2 10 entry 2026-03-04',
        '~MXN: ~MXN#2 climbs',
        '~MXN#1 closed: counted_anew',
      ],
    ],
    [
      'is not counted anew while an act is under way',
      counted(['s1d done 03-02 - F1', 's10d planned 03-11']),
      [
        'case.closed ~MXN#1 carrier_settled',
        'case.opened ~MXN#2 ladder 1 2 F2',
        'stage.skipped ~MXN#2 s1d 1 done_before',
        '~MXN: ~MXN#2 climbs',
        '~MXN#1 closed: carrier_settled',
      ],
    ],
    [
      'is not counted anew with the agency',
      counted(['s1d done 03-02 - F1'], { handed: { to: 'agency', on: '2026-03-03' } }),
      ['case.carried ~MXN#1 F2', '~MXN: ~MXN#1 handed_over'],
    ],
    [
      'is not counted anew where nothing was told',
      counted(['s1d skipped 03-02 by_hand']),
      [
        'case.closed ~MXN#1 carrier_settled',
        'case.opened ~MXN#2 ladder 1 2 F2',
        '~MXN: ~MXN#2 climbs',
        '~MXN#1 closed: carrier_settled',
      ],
    ],
  ])('%s', (_, situation, expected) => {
    expect(lived(situation)).toEqual(expected);
  });
});

describe('a group with another carrier', () => {
  const older = { id: 'F0', due: '2026-02-20' };
  const joined = (
    policy: Partial<Policy>,
    own: Partial<Situation> = {},
    marks = ['s1d done 03-02 - F1'],
  ): Situation => ({
    ...{ day: '03-05', policy, invoices: [older, ...two], cases: [{ ...one, marks }], ...own },
  });
  it.each<[string, Situation, readonly string[]]>([
    [
      'keeps its distances',
      joined(group()),
      ['case.carried ~MXN#1 F0', 'case.shifted ~MXN#1 9 entry 2026-02-20', '~MXN: ~MXN#1 climbs'],
    ],
    [
      'keeps its distances from the last that was done',
      joined(group('inherit'), {}, ['s10d done 03-04', 's1d done 03-02']),
      ['case.carried ~MXN#1 F0', 'case.shifted ~MXN#1 2 entry 2026-02-20', '~MXN: ~MXN#1 climbs'],
    ],
    [
      'keeps no distance from what is gone',
      joined(group('inherit'), {}, ['gone done 03-02']),
      ['case.carried ~MXN#1 F0', 'case.shifted ~MXN#1 12 entry 2026-02-20', '~MXN: ~MXN#1 climbs'],
    ],
    [
      'keeps no distance after its last stage',
      joined(group('inherit'), {}, ['s30d done 03-04']),
      ['case.carried ~MXN#1 F0', '~MXN: ~MXN#1 climbs'],
    ],
    [
      'stands where it stands',
      joined(group('recompute', { entry: 'latest' })),
      ['case.carried ~MXN#1 F0', '~MXN: ~MXN#1 climbs'],
    ],
    [
      'begins anew',
      joined(group('restart')),
      [
        'case.closed ~MXN#1 restarted',
        'case.opened ~MXN#2 ladder 1 2 F0',
        'stage.skipped ~MXN#2 s-3d 1 entry',
        'case.shifted ~MXN#2 12 entry 2026-02-20',
        '~MXN: ~MXN#2 climbs',
        '~MXN#1 closed: restarted',
      ],
    ],
    [
      'takes over for a while only',
      { ...joined(group('restart')), invoices: two, facts: [told.hold(aHold({ invoice: 'F1' }))] },
      ['case.carried ~MXN#1 F2', '~MXN: ~MXN#1 climbs'],
    ],
    [
      'comes back to what carried it before',
      joined(group('restart'), { cases: [{ ...one, carrier: 'F1', carried: ['F0'], marks: [] }] }),
      ['case.carried ~MXN#1 F0', '~MXN: ~MXN#1 climbs'],
    ],
    [
      'takes over with what has no due date',
      {
        ...joined(group()),
        invoices: [{}, { id: 'F2', due: undefined }],
        facts: [told.hold(aHold({ invoice: 'F1' }))],
      },
      ['case.carried ~MXN#1 F2', '~MXN: ~MXN#1 climbs'],
    ],
    [
      'is no older for the same day',
      { ...joined(group('restart')), invoices: [{}, { id: 'F2', total: 20_000 }] },
      ['case.carried ~MXN#1 F2', '~MXN: ~MXN#1 climbs'],
    ],
  ])('%s', (_, situation, expected) => {
    expect(lived(situation)).toEqual(expected);
  });
});
