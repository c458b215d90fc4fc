import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type AccountFile,
  emptyFile,
  evolveAll,
  type FileEvent,
  openWorkOf,
  Ranking,
  Scoring,
  type WorklistEntry,
  type WorklistScoring,
} from '../../src/engine/index.js';
import type { OpenAct } from '../../src/ledger/file.js';
import { thrownBy } from '../calendar/thrown.js';
import {
  aDispute,
  aHold,
  aLadder,
  anInvoice,
  aPayment,
  aPlan,
  engineOf,
  free,
  instant,
  owing,
  told,
} from '../support/build.js';

function entry(account: string, score: number): WorklistEntry {
  return { account, score, parts: [], reasons: [], work: [], overdue: [], dunnable: [], unscaled: [] };
}

describe('a ranking', () => {
  it('keeps the first ones, whatever the order in which they come', () => {
    const entries = fc.uniqueArray(fc.tuple(fc.string({ maxLength: 3 }), fc.integer({ min: 0, max: 4 })), {
      selector: ([id]) => id,
      maxLength: 30,
    });
    fc.assert(
      fc.property(entries, fc.integer({ min: 1, max: 12 }), (all, limit) => {
        const ranking = new Ranking(limit);
        for (const [id, score] of all) ranking.add(entry(id, score));
        const sorted = all.toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).slice(0, limit);
        expect(ranking.entries.map(({ account, score }) => [account, score])).toEqual(sorted);
        expect(ranking.total).toBe(all.length);
      }),
    );
  });
});

describe('a scoring that makes no sense', () => {
  const engine = engineOf(aLadder(['1d']), aPlan({}, free));

  it.each<[string, WorklistScoring]>([
    ['weights.luck', { weights: { luck: 1 } as never }],
    ['weights.age', { weights: { age: -1 } }],
    ['weights.amount', { weights: { amount: Number.POSITIVE_INFINITY } }],
    ['weights', { weights: { amount: 0, age: 0, work: 0, risk: 0, broken: 0, class: 0, silence: 0 } }],
    ['urgency.task', { urgency: { task: 2 } }],
    ['urgency.luck', { urgency: { luck: 1 } }],
    ['classes.A', { classes: { A: -1 } }],
    ['halfAge', { halfAge: 0 }],
    ['halfSilence', { halfSilence: Number.NaN }],
    ['silentAfter', { silentAfter: 1.5 }],
    ['brokenWithin', { brokenWithin: -1 }],
  ])('is refused where it says so: %s', (path, scoring) => {
    const error = thrownBy(() => new Scoring(engine, scoring, new Map()));
    expect(error).toMatchObject({ code: 'invalid_option', problems: [{ path, code: 'out_of_range' }] });
    expect(error.message.startsWith(path)).toBe(true);
  });
});

describe('why a person is to look at an account', () => {
  const scoring = new Scoring(engineOf(aLadder(['1d']), aPlan({}, free)), {}, new Map());
  const reasons = (file: AccountFile, day = '2026-03-05') =>
    scoring
      .entryOf(file, instant(`${day}T12:00:00-06:00`))
      ?.reasons.map(({ reason, since, id, name }) => [reason, since, id, name].join(' '));
  const two = (...facts: readonly FileEvent[]) =>
    evolveAll(owing(anInvoice(), anInvoice({ id: 'F2', due: '2026-03-20' })), facts);

  it('is work that waits for people, not what the host has to book', () => {
    const acts = [
      open('A1', { kind: 'fee' }),
      open('A2', { kind: 'effect' }),
      open('A3', { name: 'call' }),
      open('A4', { kind: 'message', state: 'unknown' }),
    ];
    const file = { ...two(), acts: new Map(acts.map((act) => [act.id, act])) };
    expect(reasons(file)).toEqual(['unknown 2026-03-01 A4 ', 'task 2026-03-01 A3 call']);
    const only = { ...two(), acts: new Map([['A1', acts[0]!]]) };
    expect(reasons(only)).toBeUndefined();
  });

  it('is a dispute while it is open and its invoice is owed', () => {
    const disputed = (own: Parameters<typeof aDispute>[0], ...facts: readonly FileEvent[]) =>
      reasons(two(told.dispute(aDispute(own)), ...facts));
    expect(disputed({})).toEqual(['dispute 2026-03-02 D1 ']);
    expect(disputed({ state: 'rejected' })).toBeUndefined();
    expect(disputed({ invoice: 'F9' })).toBeUndefined();
    expect(disputed({}, told.payment(aPayment({ to: 'F1' })))).toBeUndefined();
  });

  it('is a promise that was broken, fresh, and something overdue', () => {
    const ended = (outcome: 'broken' | 'partly' | 'kept' | 'cancelled', on: string): FileEvent => ({
      type: 'promise.ended',
      promise: { id: 'W1', outcome, on },
    });
    expect(reasons(two(ended('broken', '2026-03-04')))).toEqual(['broken_promise 2026-03-04 W1 ']);
    expect(reasons(two(ended('partly', '2026-02-03')))).toEqual(['broken_promise 2026-02-03 W1 ']);
    for (const other of [
      ended('partly', '2026-02-02'),
      ended('kept', '2026-03-04'),
      ended('cancelled', '2026-03-04'),
    ])
      expect(reasons(two(other))).toBeUndefined();
    expect(reasons(two(ended('broken', '2026-03-04'), told.payment(aPayment({ to: 'F1' }))))).toBeUndefined();
  });

  it('is silence about what is overdue and may be chased', () => {
    expect(reasons(two(), '2026-03-14')).toBeUndefined();
    expect(reasons(two(), '2026-03-15')).toEqual(['silent 2026-03-01  ']);
    const touch: FileEvent = {
      type: 'contact.recorded',
      at: 0,
      on: '2026-03-10',
      cases: [],
      author: 'luis',
    };
    expect(reasons(two(touch), '2026-03-15')).toBeUndefined();
    expect(reasons(two(touch), '2026-03-24')).toEqual(['silent 2026-03-10  ']);
    expect(reasons(two(told.hold(aHold({ invoice: 'F1' }))), '2026-03-15')).toBeUndefined();
  });
});

function open(id: string, own: Partial<OpenAct>): OpenAct {
  return {
    id,
    kind: 'task',
    purpose: 'dunning',
    state: 'planned',
    review: 0,
    on: '2026-03-01',
    covers: [],
    ...own,
  };
}

it('open work stands in the order in which it presses: by kind, deadline, age and id', () => {
  const acts = [
    open('effect', { kind: 'effect' }),
    open('fee', { kind: 'fee' }),
    open('write-off', { kind: 'write-off' }),
    open('alert', { kind: 'alert' }),
    open('handover', { kind: 'handover' }),
    open('proposal', { kind: 'message', state: 'proposed' }),
    open('task b', {}),
    open('task a', {}),
    open('task old', { on: '2026-02-01' }),
    open('task urgent', { on: '2026-03-04' }),
    open('unknown', { kind: 'message', state: 'unknown', on: '2026-03-09' }),
    open('on its way', { kind: 'message' }),
  ];
  const file = { ...emptyFile('robles'), acts: new Map(acts.map((act) => [act.id, act])) };
  const row = { deadline: '2026-03-05' } as never;
  expect(openWorkOf(file, new Map([['task urgent', row]])).map(({ act }) => act)).toEqual([
    'unknown',
    'task urgent',
    'task old',
    'task a',
    'task b',
    'proposal',
    'handover',
    'alert',
    'write-off',
    'fee',
    'effect',
  ]);
});
