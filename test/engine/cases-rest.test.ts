import { describe, expect, it } from 'vitest';
import type { FileEvent } from '../../src/engine/index.js';
import type { Policy } from '../../src/policy/types.js';
import { aCredit, aDispute, aHold, aLadder, aPayment, aPromise, told } from '../support/build.js';
import { becameOf as lived, type AccountSituation as Situation } from '../support/cases.js';

/** Which cases close, rest and go on. */

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
      'when it is paid, whatever else is owed',
      { day: '03-05', invoices: [{}, { id: 'F2', due: '2026-04-01' }], facts: [paid('F1')], cases: [{}] },
      [
        'case.closed F1#1 paid',
        'case.opened F2#1 ladder 1 1',
        'F2: F2#1 climbs, known with 0 marks, shift 0',
        'F1#1 closed: paid',
      ],
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
      'of a group as the rest where its carrier was paid before',
      {
        day: '03-06',
        policy: group(),
        invoices: two,
        facts: [paid('F1', '2026-03-01'), told.credit(aCredit({ to: 'F2' }))],
        cases: [one],
      },
      ['case.closed ~MXN#1 credited', '~MXN#1 closed: credited'],
    ],
    [
      'of a group as paid where all was paid before',
      {
        day: '03-06',
        policy: group(),
        invoices: two,
        facts: [paid('F1', '2026-03-01'), paid('F2', '2026-03-01')],
        cases: [one],
      },
      ['case.closed ~MXN#1 paid', '~MXN#1 closed: paid'],
    ],
    [
      'of a group by the version that it climbed',
      {
        day: '03-06',
        policy: group(),
        others: [aLadder(['1d'], { version: 2, adopt: 'adopt' })],
        facts: [paid('F1')],
        cases: [one],
      },
      ['case.closed ~MXN#1 paid', '~MXN#1 closed: paid'],
    ],
    [
      'of a group whose carrier nobody knows, by the policy of the rest',
      {
        day: '03-06',
        policy: group(),
        invoices: [{}, { id: 'F2', policy: 'other' }],
        others: [other],
        facts: [paid('F1')],
        cases: [{ ...one, carrier: 'F9' }],
      },
      [
        'case.closed ~MXN#1 reassigned',
        'case.opened other/F2#1 other 1 1',
        'case.shifted other/F2#1 4 entry 2026-03-01',
        'F2: other/F2#1 climbs, known with 0 marks, shift 4',
        '~MXN#1 closed: reassigned',
      ],
    ],
    [
      'of a group whatever one of another currency does',
      {
        day: '03-06',
        policy: group(),
        invoices: [{}, { id: 'F2', currency: 'USD' }],
        facts: [paid('F1')],
        cases: [{ subject: '~MXN' }],
      },
      [
        'case.closed ~MXN#1 paid',
        'case.opened ~USD#1 ladder 1 1 F2',
        'stage.skipped ~USD#1 s-3d 1 entry',
        'case.shifted ~USD#1 4 entry 2026-03-01',
        '~USD: ~USD#1 climbs, known with 1 marks, shift 4',
        '~MXN#1 closed: paid',
      ],
    ],
    [
      'of a policy that nobody knows any more, whatever else is owed',
      {
        day: '03-06',
        invoices: two,
        facts: [paid('F1')],
        cases: [{ ...one, id: 'gone/~MXN#1', policy: 'gone' }],
      },
      [
        'case.closed gone/~MXN#1 paid',
        'case.opened F2#1 ladder 1 1',
        'stage.skipped F2#1 s-3d 1 entry',
        'case.shifted F2#1 1 entry 2026-03-04',
        'F2: F2#1 climbs, known with 1 marks, shift 1',
        'gone/~MXN#1 closed: paid',
      ],
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
      'counts nothing out of scope',
      {
        day: '03-06',
        policy: { ...arrears, scope: { fact: 'item.outstanding', lt: { MXN: '200.00' } } },
        invoices: [{}, { id: 'F2', due: '2026-02-01', total: 90_000 }],
      },
      ['F2: undefined out_of_scope', 'F1: undefined arrears until 03-09'],
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
