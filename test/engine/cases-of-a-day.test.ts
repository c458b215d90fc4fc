import { describe, expect, it } from 'vitest';
import { formatDay } from '../../src/calendar/index.js';
import { compile, evolveAll, type FileEvent } from '../../src/engine/index.js';
import { lifecycle } from '../../src/engine/lifecycle.js';
import { look } from '../../src/engine/look.js';
import type { AccountFile, Case } from '../../src/ledger/file.js';
import type { Invoice } from '../../src/ledger/types.js';
import type { Plan, Policy } from '../../src/policy/types.js';
import {
  aCredit,
  aDispute,
  aHold,
  aLadder,
  anInvoice,
  aPayment,
  aPlan,
  aPromise,
  aStage,
  free,
  instant,
  owing,
  told,
} from '../support/build.js';
import { markOf } from '../support/steps.js';

/** What becomes of the cases of an account on a day: which open, go on, rest and close, and what they keep. */

interface Situation {
  readonly day: string;
  readonly invoices?: readonly Partial<Invoice>[];
  readonly facts?: readonly FileEvent[];
  readonly policy?: Partial<Policy>;
  readonly others?: readonly Policy[];
  readonly plan?: Partial<Plan>;
  /** Marks as `s1d done 03-02`, items told of behind the reason, as `s1d done 03-02 - F1,F2`. */
  readonly cases?: readonly (Omit<Partial<Case>, 'marks'> & { readonly marks?: readonly string[] })[];
}

function caseOf(
  { marks = [], ...own }: NonNullable<Situation['cases']>[number],
  index: number,
  hash = '',
): Case {
  const { subject = 'F1', opening = index + 1 } = own;
  return {
    ...{ id: `ladder/${subject}#${opening}`, policy: 'ladder', version: 1, hash, subject, opening },
    ...{ opened: '2026-03-02', state: 'open', shift: 0, ...own },
    marks: marks.map((text) => {
      const [name, state, day, reason = '-', items] = text.split(' ');
      const mark = markOf([name, state, day, ...(reason === '-' ? [] : [reason])].join(' '));
      return items === undefined ? mark : { ...mark, told: items.split(',') };
    }),
  };
}

/** What happened, and where each thing that climbs stands: `F1: F1#1, known` or `F1: hold until 03-09`. */
function lived(own: Situation): readonly string[] {
  const ladder = aLadder(['-3d', '1d', '10d', '30d'], own.policy);
  const engine = compile({ plan: aPlan(own.plan, free), policies: [ladder, ...(own.others ?? [])] });
  const invoices = (own.invoices ?? [{}]).map((one) => anInvoice(one));
  const cases = new Map<string, Case[]>();
  const { hash } = engine.versions.get('ladder@1')?.ref ?? {};
  for (const [index, one] of (own.cases ?? []).entries()) {
    const known = caseOf(one, index, hash);
    cases.set(known.subject, [...(cases.get(known.subject) ?? []), known]);
  }
  const file: AccountFile = { ...evolveAll(owing(...invoices), own.facts ?? []), cases };
  const at = instant(`2026-${own.day}T13:00:00-06:00`);
  const { events, subjects, next, closed } = lifecycle(engine, look(engine, file, at).view);
  const short = (id: string | undefined) => id?.replace('ladder/', '');
  return [
    ...events.map(({ type, ...rest }) => {
      const { subject: _, case: id, on: __, hash: ___, ...more } = rest as Record<string, unknown>;
      return [
        type,
        short(id as string),
        ...Object.values(more).map((one) => (typeof one === 'object' ? JSON.stringify(one) : one)),
      ].join(' ');
    }),
    ...subjects.map((one) => {
      const until = one.until === undefined ? '' : ` until ${formatDay(one.until).slice(5)}`;
      return `${one.unit.id}: ${short(one.case)} ${one.reason ?? 'climbs'}${until}${one.known === undefined ? '' : `, known with ${one.known.marks.length} marks, shift ${one.known.shift}`}`;
    }),
    ...[...closed].map(([id, reason]) => `${short(id)} closed: ${reason}`),
    ...(next === undefined ? [] : [`next ${formatDay(next).slice(5)}`]),
  ];
}

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
const hold = told.hold(aHold({ until: '2026-03-20' }));
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

describe('a case closes', () => {
  const other = aLadder(['1d'], { id: 'other' });
  const grouped = aLadder(['1d'], { version: 2, unit, adopt: 'adopt' });
  it.each<[string, Situation, readonly string[]]>([
    [
      'when it is paid',
      { day: '03-05', facts: [paid('F1')], cases: [{}] },
      ['case.closed F1#1 paid', 'F1#1 closed: paid'],
    ],
    [
      'when it is written off or credited',
      {
        day: '03-05',
        invoices: [{ writtenOff: 10_000 }, { id: 'F2' }],
        facts: [told.credit(aCredit({ to: 'F2' }))],
        cases: ['F1', 'F2'].map((subject) => ({ subject, opening: 1 })),
      },
      [
        'case.closed F1#1 written-off',
        'case.closed F2#1 credited',
        'F1#1 closed: written-off',
        'F2#1 closed: credited',
      ],
    ],
    [
      'when it has another policy',
      { day: '03-05', invoices: [{ policy: 'other' }], others: [other], cases: [{}] },
      [
        'case.closed F1#1 reassigned',
        'case.opened other/F1#1 other 1 1',
        'case.shifted other/F1#1 3 entry 2026-03-01',
        'F1: other/F1#1 climbs, known with 0 marks, shift 3',
        'F1#1 closed: reassigned',
      ],
    ],
    [
      'when it has none',
      { day: '03-05', plan: { default: null }, cases: [{}] },
      ['case.closed F1#1 unassigned', 'F1: undefined do_not_dun', 'F1#1 closed: unassigned'],
    ],
    [
      'when it is out of scope',
      { day: '03-05', policy: { scope: { fact: 'item.outstanding', gt: { MXN: '500.00' } } }, cases: [{}] },
      ['case.closed F1#1 out_of_scope', 'F1: undefined out_of_scope', 'F1#1 closed: out_of_scope'],
    ],
    [
      'when it climbs in a group now',
      { day: '03-05', others: [grouped], cases: [{}] },
      [
        'case.closed F1#1 replaced',
        'case.opened ~MXN#1 ladder 2 1 F1',
        'case.shifted ~MXN#1 3 entry 2026-03-01',
        '~MXN: ~MXN#1 climbs, known with 0 marks, shift 3',
        'F1#1 closed: replaced',
      ],
    ],
    [
      'of a group as paid where any of it was paid since',
      {
        day: '03-06',
        policy: group(),
        invoices: two,
        facts: [paid('F2'), told.credit(aCredit({ to: 'F1' }))],
        cases: [one],
      },
      ['case.closed ~MXN#1 paid', '~MXN#1 closed: paid'],
    ],
    [
      'of a group as paid where it was paid on the day it opened',
      {
        day: '03-06',
        policy: group(),
        invoices: two,
        facts: [paid('F2', '2026-03-02'), told.credit(aCredit({ to: 'F1' }))],
        cases: [one],
      },
      ['case.closed ~MXN#1 paid', '~MXN#1 closed: paid'],
    ],
    [
      'of a group as its carrier where the rest was paid before',
      {
        day: '03-06',
        policy: group(),
        invoices: two,
        facts: [paid('F2', '2026-03-01'), told.credit(aCredit({ to: 'F1' }))],
        cases: [one],
      },
      ['case.closed ~MXN#1 credited', '~MXN#1 closed: credited'],
    ],
    [
      'of a group as what carried it last was settled',
      {
        day: '03-06',
        policy: group(),
        invoices: [{ writtenOff: 10_000 }, { id: 'F2', due: '2026-03-04' }],
        facts: [told.credit(aCredit({ to: 'F2' }))],
        cases: [{ ...one, carrier: 'F2' }],
      },
      ['case.closed ~MXN#1 credited', '~MXN#1 closed: credited'],
    ],
    [
      'of a group whose carrier has another policy',
      { day: '03-06', policy: group(), invoices: [{ policy: 'other' }], others: [other], cases: [one] },
      [
        'case.closed ~MXN#1 reassigned',
        'case.opened other/F1#1 other 1 1',
        'case.shifted other/F1#1 4 entry 2026-03-01',
        'F1: other/F1#1 climbs, known with 0 marks, shift 4',
        '~MXN#1 closed: reassigned',
      ],
    ],
    [
      'of a group whose carrier is settled, whatever policy others have',
      {
        day: '03-06',
        policy: group(),
        invoices: [{}, { id: 'F2', policy: 'other' }],
        others: [other],
        facts: [paid('F1')],
        cases: [one],
      },
      [
        'case.closed ~MXN#1 paid',
        'case.opened other/F2#1 other 1 1',
        'case.shifted other/F2#1 4 entry 2026-03-01',
        'F2: other/F2#1 climbs, known with 0 marks, shift 4',
        '~MXN#1 closed: paid',
      ],
    ],
    [
      'of a policy that nobody knows any more',
      { day: '03-06', facts: [paid('F1')], cases: [{ ...one, id: 'gone/~MXN#1', policy: 'gone' }] },
      ['case.closed gone/~MXN#1 paid', 'gone/~MXN#1 closed: paid'],
    ],
  ])('%s', (_, situation, expected) => {
    expect(lived(situation)).toEqual(expected);
  });
});

describe('a case rests and goes on', () => {
  const assigned: FileEvent = {
    type: 'account.assigned',
    to: { owner: 'ana', author: 'luis', on: '2026-03-02' },
  };
  const paused = (reason: string, own: object = {}) => ({ paused: { reason, on: '2026-03-03' }, ...own });
  const part = told.dispute(aDispute({ amount: 9_500, currency: 'MXN' }));
  const promise = told.promise(aPromise({ amount: 2_500, currency: 'MXN' }));
  const plain = ['s1d done 03-02'];
  it.each<[string, Situation, readonly string[]]>([
    [
      'under a hold',
      { day: '03-06', facts: [hold], cases: [{}] },
      ['case.paused F1#1 hold', 'F1: F1#1 hold until 03-20'],
    ],
    [
      'under a hold from its opening on',
      { day: '03-06', facts: [hold] },
      [
        'case.opened F1#1 ladder 1 1',
        'stage.skipped F1#1 s-3d 1 entry',
        'case.shifted F1#1 4 entry 2026-03-01',
        'case.paused F1#1 hold',
        'F1: F1#1 hold until 03-20',
      ],
    ],
    [
      'with a person',
      { day: '03-06', facts: [assigned, hold], cases: [{}] },
      ['case.paused F1#1 assigned', 'F1: F1#1 assigned'],
    ],
    ['once only', { day: '03-06', facts: [hold], cases: [paused('promise')] }, ['F1: F1#1 hold until 03-20']],
    [
      'not once it is exhausted',
      {
        day: '03-06',
        facts: [hold],
        cases: [{ state: 'exhausted', closed: { reason: 'last_stage_over', on: '2026-03-04' } }],
      },
      ['F1: F1#1 hold until 03-20'],
    ],
    [
      'where less is left than counts',
      { day: '03-06', plan: { tolerance: { MXN: '10.00' } }, facts: [part], cases: [{}] },
      ['case.paused F1#1 dispute', 'F1: F1#1 dispute'],
    ],
    [
      'until the first of its blocks ends',
      { day: '03-06', facts: [promise, hold], cases: [{}] },
      ['case.paused F1#1 hold', 'F1: F1#1 hold until 03-10'],
    ],
    [
      'not at all where facts are late',
      { day: '03-06', plan: { sources: { bank: { maxAge: '24h' } } }, cases: [{}] },
      ['F1: F1#1 source'],
    ],
    [
      'with the agency',
      { day: '03-06', facts: [hold], cases: [{ handed: { to: 'agency', on: '2026-03-03' } }] },
      ['F1: F1#1 handed_over'],
    ],
    [
      'until a person says how it goes on',
      { day: '03-06', cases: [{ stopped: { reason: 'discarded', on: '2026-03-03' } }] },
      ['F1: F1#1 discarded, known with 0 marks, shift 0'],
    ],
    [
      'and goes on a day later',
      { day: '03-15', cases: [paused('hold', { marks: plain })] },
      ['case.resumed F1#1 2026-03-16', 'case.shifted F1#1 5 resume 2026-03-01', 'F1: F1#1 climbs'],
    ],
    [
      'and goes on some days later',
      { day: '03-15', policy: { restart: '3d' }, cases: [paused('hold', { marks: plain })] },
      ['case.resumed F1#1 2026-03-18', 'case.shifted F1#1 7 resume 2026-03-01', 'F1: F1#1 climbs'],
    ],
    [
      'and goes on where it stands',
      { day: '03-15', policy: { resume: 'latest' }, cases: [paused('hold', { marks: plain })] },
      ['case.resumed F1#1 2026-03-16', 'F1: F1#1 climbs'],
    ],
    [
      'and goes on with the same',
      { day: '03-15', policy: { resume: 'same' }, cases: [paused('hold', { marks: plain })] },
      [
        'case.resumed F1#1 2026-03-16',
        'case.rewound F1#1 {"s1d":2}',
        'case.shifted F1#1 14 resume 2026-03-01',
        'F1: F1#1 climbs',
      ],
    ],
    [
      'and goes on with the first',
      { day: '03-15', policy: { resume: 'first' }, cases: [paused('hold', { marks: plain })] },
      [
        'case.resumed F1#1 2026-03-16',
        'case.rewound F1#1 {"s1d":2}',
        'case.shifted F1#1 14 resume 2026-03-01',
        'F1: F1#1 climbs',
      ],
    ],
    [
      'and begins anew after a hold that clears it',
      { day: '03-15', plan: { blocks: { hold: 'clear' } }, cases: [paused('hold', { marks: plain })] },
      [
        'case.closed F1#1 cleared',
        'case.opened F1#2 ladder 1 2',
        'stage.skipped F1#2 s-3d 1 entry',
        'case.shifted F1#2 13 entry 2026-03-01',
        'case.resumed F1#2 2026-03-16',
        'case.shifted F1#2 1 resume 2026-03-01',
        'F1: F1#2 climbs',
        'F1#1 closed: cleared',
      ],
    ],
    [
      'and goes on after another block',
      { day: '03-15', plan: { blocks: { hold: 'clear' } }, cases: [paused('promise', { marks: plain })] },
      ['case.resumed F1#1 2026-03-16', 'case.shifted F1#1 5 resume 2026-03-01', 'F1: F1#1 climbs'],
    ],
    [
      'and goes on while nobody knows of an act',
      {
        day: '03-15',
        plan: { blocks: { hold: 'clear' } },
        cases: [paused('hold', { marks: ['s1d unknown 03-02', 's-3d done 02-26'] })],
      },
      ['case.resumed F1#1 2026-03-16', 'case.shifted F1#1 14 resume 2026-03-01', 'F1: F1#1 climbs'],
    ],
    [
      'and is not taken up once it is exhausted',
      {
        day: '03-15',
        cases: [
          paused('hold', { state: 'exhausted', closed: { reason: 'last_stage_over', on: '2026-03-04' } }),
        ],
      },
      ['F1: F1#1 climbs, known with 0 marks, shift 0'],
    ],
  ])('%s', (_, situation, expected) => {
    expect(lived(situation)).toEqual(expected);
  });
});

describe('an account that is to be chased once it is long enough in arrears', () => {
  const arrears = { arrears: '9d' } as const;
  const other = aLadder(['1d'], { id: 'other', arrears: '3d' });
  const plain = aLadder(['1d'], { id: 'plain' });
  const later = { id: 'F2', due: '2026-03-04' };
  const on = '2026-03-03';
  it.each<[string, Situation, readonly string[]]>([
    [
      'waits for its oldest item',
      { day: '03-06', policy: arrears, invoices: [later, {}] },
      ['F1: undefined arrears until 03-09', 'F2: undefined arrears until 03-09'],
    ],
    [
      'is chased for all on that day',
      { day: '03-10', policy: arrears, invoices: [{}, later] },
      [
        'case.opened F1#1 ladder 1 1',
        'stage.skipped F1#1 s-3d 1 entry',
        'case.shifted F1#1 8 entry 2026-03-01',
        'case.opened F2#1 ladder 1 1',
        'stage.skipped F2#1 s-3d 1 entry',
        'case.shifted F2#1 5 entry 2026-03-04',
        'F1: F1#1 climbs, known with 1 marks, shift 8',
        'F2: F2#1 climbs, known with 1 marks, shift 5',
      ],
    ],
    [
      'counts nothing that is blocked',
      { day: '03-10', policy: arrears, invoices: [{}, later], facts: [told.hold(aHold({ invoice: 'F1' }))] },
      ['F1: undefined arrears until 03-12', 'F2: undefined arrears until 03-12'],
    ],
    [
      'counts by each policy',
      {
        day: '03-06',
        policy: arrears,
        others: [other, plain],
        invoices: [{}, { ...later, policy: 'other' }, { id: 'F3', policy: 'plain', due: '2026-02-01' }],
      },
      [
        'case.opened plain/F3#1 plain 1 1',
        'case.shifted plain/F3#1 32 entry 2026-02-01',
        'F3: plain/F3#1 climbs, known with 0 marks, shift 32',
        'F1: undefined arrears until 03-09',
        'F2: undefined arrears until 03-06',
      ],
    ],
    [
      'hears before the due date',
      {
        day: '02-27',
        policy: arrears,
        invoices: [{}, { id: 'F2', due: '2026-04-01' }, { id: 'F3', due: undefined }],
      },
      [
        'case.opened F1#1 ladder 1 1',
        'case.opened F2#1 ladder 1 1',
        'case.opened F3#1 ladder 1 1',
        'F1: F1#1 climbs, known with 0 marks, shift 0',
        'F2: F2#1 climbs, known with 0 marks, shift 0',
        'F3: F3#1 climbs, known with 0 marks, shift 0',
        'next 03-02',
      ],
    ],
    [
      'hears on the due date',
      { day: '03-01', policy: arrears },
      ['case.opened F1#1 ladder 1 1', 'F1: F1#1 climbs, known with 0 marks, shift 0', 'next 03-02'],
    ],
    [
      'rests with what had begun',
      { day: '03-06', policy: arrears, cases: [{}] },
      ['case.paused F1#1 arrears', 'F1: F1#1 arrears until 03-09'],
    ],
    [
      'begins as at entry',
      { day: '03-10', policy: arrears, cases: [{ paused: { reason: 'arrears', on } }] },
      ['case.resumed F1#1 2026-03-10', 'case.shifted F1#1 8 entry 2026-03-01', 'F1: F1#1 climbs'],
    ],
    [
      'begins where it stands',
      {
        day: '03-15',
        policy: { ...arrears, entry: 'latest' },
        cases: [{ paused: { reason: 'arrears', on } }],
      },
      ['case.resumed F1#1 2026-03-15', 'F1: F1#1 climbs'],
    ],
  ])('%s', (_, situation, expected) => {
    expect(lived(situation)).toEqual(expected);
  });
});
