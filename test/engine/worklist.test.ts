import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type AccountFile,
  emptyFile,
  evolveAll,
  type FileEvent,
  openWorkOf,
  Ranking,
  type ScorePartName,
  Scoring,
  type WorklistEntry,
  type WorklistScoring,
} from '../../src/engine/index.js';
import type { Case, OpenAct, PromiseOutcome } from '../../src/ledger/file.js';
import type { AccountScores } from '../../src/ledger/types.js';
import { thrownBy } from '../calendar/thrown.js';
import {
  aDispute,
  aHold,
  aLadder,
  anAccount,
  anInvoice,
  aPayment,
  aPlan,
  engineOf,
  fileOf,
  free,
  instant,
  owing,
  told,
} from '../support/build.js';

const aCase: Case = {
  id: 'ladder/F1#1',
  policy: 'ladder',
  version: 1,
  hash: '',
  subject: 'F1',
  opening: 1,
  opened: '2026-03-02',
  state: 'open',
  shift: 0,
  marks: [],
};

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

describe('a case that goes no further without a person', () => {
  const scoring = new Scoring(engineOf(aLadder(['1d']), aPlan({}, free)), {}, new Map());
  const resting = (own: Partial<Case>, ...facts: readonly FileEvent[]) => {
    const file = evolveAll(owing(anInvoice()), facts);
    const one: Case = { ...aCase, ...own };
    return scoring
      .entryOf({ ...file, cases: new Map([['F1', [one]]]) }, instant('2026-03-05T12:00:00-06:00'))
      ?.reasons.map(({ reason, since, id, name }) => [reason, since, id, name]);
  };
  const closed = { reason: 'last_stage_over', on: '2026-03-03' };
  const stopped = { reason: 'discarded', on: '2026-03-04' };
  const over: readonly unknown[] = ['exhausted', '2026-03-03', 'ladder/F1#1', 'last_stage_over'];
  const still: readonly unknown[] = ['stopped', '2026-03-04', 'ladder/F1#1', undefined];

  it('is one that is exhausted, since when and why', () => {
    expect(resting({ state: 'exhausted', closed })).toEqual([over]);
    expect(resting({ state: 'exhausted', closed, stopped })).toEqual([over]);
  });

  it('is one that was stopped while it runs', () => {
    expect(resting({ stopped })).toEqual([still]);
    expect(resting({})).toBeUndefined();
  });

  it('is none that is closed', () => {
    expect(resting({ state: 'closed', closed })).toBeUndefined();
    expect(resting({ state: 'closed', closed, stopped })).toBeUndefined();
  });

  it('is of no interest once nothing is open', () => {
    expect(resting({ state: 'exhausted', closed }, told.payment(aPayment({ to: 'F1' })))).toBeUndefined();
  });
});

describe('the parts of a score', () => {
  const engine = engineOf(aLadder(['1d']), aPlan({}, free));
  const now = instant('2026-03-11T12:00:00-06:00');
  const task = open('T1', { name: 'call' });
  const scored = (file: AccountFile, options: WorklistScoring = {}, means = new Map<string, number>()) =>
    new Scoring(engine, options, means).entryOf({ ...file, acts: new Map([['T1', task]]) }, now)!;
  const part = (name: ScorePartName, ...args: Parameters<typeof scored>) => {
    const found = scored(...args).parts.find((one) => one.part === name);
    return [found?.value, found?.found];
  };
  const kept = (...outcomes: readonly PromiseOutcome['outcome'][]): AccountFile =>
    evolveAll(
      owing(anInvoice()),
      outcomes.map((outcome, index) => ({
        type: 'promise.ended',
        promise: { id: `W${index}`, outcome, on: '2026-01-10' },
      })),
    );

  it('count promises that were broken, partly kept ones by half, kept and cancelled ones not', () => {
    expect(part('broken', kept())).toEqual([0, 0]);
    expect(part('broken', kept('broken'))).toEqual([0.5, 1]);
    expect(part('broken', kept('partly'))).toEqual([0.5 / 1.5, 0.5]);
    expect(part('broken', kept('broken', 'partly', 'broken', 'kept', 'cancelled'))).toEqual([2.5 / 3.5, 2.5]);
  });

  it('take class and risk from the account, the risk within 0 to 100', () => {
    const account = (own: Partial<AccountScores>) => {
      const scores = { asOf: '2026-03-01', ...own };
      return fileOf(told.account(anAccount({ scores })), told.invoice(anInvoice()));
    };
    expect(part('class', account({ class: 'A' }))).toEqual([1, 'A']);
    expect(part('class', account({ class: 'B' }))).toEqual([0.5, 'B']);
    expect(part('class', account({ class: 'C' }))).toEqual([0.2, 'C']);
    expect(part('class', account({ class: 'Z' }))).toEqual([0, 'Z']);
    expect(part('class', account({ class: 'Z' }), { classes: { Z: 0.7 } })).toEqual([0.7, 'Z']);
    expect(part('class', account({}))).toEqual([0, undefined]);
    expect(part('risk', account({ risk: 40 }))).toEqual([0.4, 40]);
    expect(part('risk', account({}))).toEqual([0, undefined]);
  });

  it('measure age, silence and amount by the half-values given', () => {
    const file = owing(anInvoice());
    expect(part('age', file)).toEqual([10 / 40, 10]);
    expect(part('age', file, { halfAge: 10 })).toEqual([0.5, 10]);
    expect(part('silence', file)).toEqual([10 / 24, 10]);
    expect(part('silence', file, { halfSilence: 10 })).toEqual([0.5, 10]);
    expect(part('amount', file, { scale: { MXN: '100.00' } })).toEqual([0.5, undefined]);
    expect(part('amount', file, {}, new Map([['MXN', 30_000]]))).toEqual([0.25, undefined]);
    expect(part('amount', file, { scale: { MXN: '100.00' } }, new Map([['MXN', 1]]))[0]).toBe(0.5);
    expect(scored(file).unscaled).toEqual(['MXN']);
  });

  it('weigh what they are given, and sum to the score of 100', () => {
    const weights = { amount: 0, age: 3, work: 1, risk: 0, broken: 0, class: 0, silence: 0 };
    const { parts, score } = scored(owing(anInvoice()), { weights, halfAge: 10, urgency: { task: 0.2 } });
    expect(parts.filter(({ points }) => points > 0).map((one) => [one.part, one.points])).toEqual([
      ['age', 37.5],
      ['work', 5],
    ]);
    expect(score).toBe(42.5);
  });

  it('leave what an option does not say as it is by default', () => {
    const plain = scored(owing(anInvoice()));
    // As plain JavaScript says it.
    const unsaid: WorklistScoring = { weights: { age: undefined } as never, urgency: {}, classes: {} };
    expect(scored(owing(anInvoice()), unsaid).parts).toEqual(plain.parts);
  });
});

describe('amounts of several currencies', () => {
  const rate = { from: 'USD', to: 'MXN', rate: '20', on: '2026-01-01' };
  const engine = engineOf(
    aLadder(['1d']),
    aPlan({ rates: [rate, { ...rate, from: 'CLP', rate: '0.02' }] }, free),
  );
  const task = open('T1', { name: 'call' });
  const entryOf = (options: WorklistScoring, ...currencies: readonly string[]) => {
    const file = owing(...currencies.map((currency) => anInvoice({ id: currency, currency, total: 10_000 })));
    return new Scoring(engine, options, new Map()).entryOf(
      { ...file, acts: new Map([['T1', task]]) },
      instant('2026-03-11T12:00:00-06:00'),
    )!;
  };
  const amount = (options: WorklistScoring, ...currencies: readonly string[]) => {
    const { parts, unscaled } = entryOf(options, ...currencies);
    return [parts.find(({ part }) => part === 'amount')?.value, unscaled];
  };
  const scale = { MXN: '100.00', USD: '300.00' };

  it('are measured each by its own scale, and those without one are named in order', () => {
    expect(amount({ scale }, 'MXN', 'USD')).toEqual([4 / 3 / (4 / 3 + 1), []]);
    expect(amount({ scale }, 'USD', 'EUR', 'COP')).toEqual([0.25, ['COP', 'EUR']]);
    expect(amount({ scale }, 'EUR')).toEqual([0, ['EUR']]);
  });

  it('are converted where that is asked for, with the decimals of both currencies', () => {
    // 100.00 USD are 2,000.00 MXN; 10,000 CLP, which has no cents, are 200.00 MXN.
    expect(amount({ scale, currency: 'MXN' }, 'USD')[0]).toBeCloseTo(20 / 21, 12);
    expect(amount({ scale, currency: 'MXN' }, 'CLP')[0]).toBeCloseTo(2 / 3, 12);
    expect(amount({ scale, currency: 'MXN' }, 'MXN')).toEqual([0.5, []]);
    expect(amount({ scale, currency: 'MXN' }, 'EUR')).toEqual([0, ['EUR']]);
    // Without a scale of the common currency each keeps its own.
    expect(amount({ scale: { USD: '300.00' }, currency: 'MXN' }, 'USD')).toEqual([0.25, []]);
  });

  it('stand on the entry in the order of their currencies', () => {
    expect(entryOf({}, 'USD', 'MXN').overdue.map(({ currency }) => currency)).toEqual(['MXN', 'USD']);
    expect(entryOf({}, 'USD', 'MXN').dunnable.map(({ currency }) => currency)).toEqual(['MXN', 'USD']);
  });
});

describe('an entry of the worklist', () => {
  const scoring = new Scoring(engineOf(aLadder(['1d']), aPlan({}, free)), {}, new Map());
  const now = instant('2026-03-05T12:00:00-06:00');

  it('says nothing of an account that was not told of', () => {
    const acts = new Map([['T1', open('T1', {})]]);
    const entry = scoring.entryOf({ ...emptyFile('robles'), acts }, now)!;
    expect(Object.keys(entry)).toEqual([
      ...['account', 'score', 'parts', 'reasons', 'work', 'overdue', 'dunnable', 'unscaled'],
    ]);
    expect(entry.parts.map((part) => Object.keys(part).includes('found') && part.part)).toEqual([
      ...[false, false, 'work', false, 'broken', false, false],
    ]);
    expect(Object.keys(entry.reasons[0]!)).toEqual(['reason', 'since', 'id']);
  });

  it('puts reasons that press alike by age, then kind, then id', () => {
    const acts = [
      open('T3', { on: '2026-03-02' }),
      open('T2', { on: '2026-03-03' }),
      open('T1', { on: '2026-03-03' }),
    ];
    const file: AccountFile = {
      ...owing(anInvoice()),
      acts: new Map(acts.map((act) => [act.id, act])),
      kept: new Map([['W1', { id: 'W1', outcome: 'broken', on: '2026-03-03' }]]),
    };
    expect(scoring.entryOf(file, now)?.reasons.map(({ id }) => id)).toEqual(['T3', 'W1', 'T1', 'T2']);
  });

  it('has the last contact that chased, whatever else was said since', () => {
    const touch = { at: 0, occasion: 0, on: '2026-03-02', purpose: 'dunning' } as const;
    const file: AccountFile = {
      ...owing(anInvoice()),
      acts: new Map([['T1', open('T1', {})]]),
      touches: [
        touch,
        { ...touch, on: '2026-03-03' },
        { ...touch, on: '2026-03-01' },
        { ...touch, on: '2026-03-04', purpose: 'service' },
      ],
    };
    expect(scoring.entryOf(file, now)?.lastContact).toBe('2026-03-03');
  });

  it('is no matter of silence on the day on which a debt falls due', () => {
    const today = new Scoring(engineOf(aLadder(['1d']), aPlan({}, free)), { silentAfter: 0 }, new Map());
    const reasons = (day: string) =>
      today
        .entryOf(owing(anInvoice()), instant(`${day}T12:00:00-06:00`))
        ?.reasons.map(({ reason }) => reason);
    expect(reasons('2026-03-01')).toBeUndefined();
    expect(reasons('2026-03-02')).toEqual(['silent']);
  });
});

it('a number of days from 0 is whole', () => {
  const engine = engineOf(aLadder(['1d']), aPlan({}, free));
  const made = (options: WorklistScoring) => () => new Scoring(engine, options, new Map());
  expect(made({ silentAfter: 0, brokenWithin: 0 })).not.toThrow();
  for (const days of [0.5, -1])
    expect(made({ brokenWithin: days })).toThrow('brokenWithin must be whole days');
  expect(made({ scale: { MXN: '0.00' } })).toThrow('scale.MXN must be above zero');
});

it('a reason presses as its name does, where that was said, and else as its kind', () => {
  const engine = engineOf(aLadder(['1d']), aPlan({}, free));
  const acts = [open('T1', { name: 'call' }), open('T2', { name: 'visit' }), open('T3', { kind: 'alert' })];
  const file = { ...owing(anInvoice()), acts: new Map(acts.map((act) => [act.id, act])) };
  const order = (options: WorklistScoring) =>
    new Scoring(engine, options, new Map())
      .entryOf(file, instant('2026-03-02T12:00:00-06:00'))
      ?.reasons.map(({ id }) => id);
  expect(order({})).toEqual(['T1', 'T2', 'T3']);
  expect(order({ urgency: { 'task:visit': 1 } })).toEqual(['T2', 'T1', 'T3']);
  expect(order({ urgency: { alert: 1, 'task:call': 0 } })).toEqual(['T3', 'T2', 'T1']);
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

it('open work names its stage and its items once, in order, and what the row of the outbox knows', () => {
  const cover = { case: 'c', stage: 's1/task.0', occurrence: 1 };
  const covers = ['F2', 'F1', 'F2'].map((subject) => ({ ...cover, subject }));
  const acts = [open('T1', { covers }), open('T2', {})];
  const file = { ...emptyFile('robles'), acts: new Map(acts.map((act) => [act.id, act])) };
  expect(openWorkOf(file, new Map())).toStrictEqual([
    { act: 'T1', work: 'task', stage: 's1', since: '2026-03-01', subjects: ['F1', 'F2'] },
    { act: 'T2', work: 'task', stage: 'on:message', since: '2026-03-01', subjects: [] },
  ]);
  const known = { owner: 'bea', deadline: '2026-03-05', reason: 'stage', totals: [] };
  const rows = new Map([['T2', known as never]]);
  expect(openWorkOf(file, rows)).toMatchObject([{ act: 'T2', ...known }, { act: 'T1' }]);
});

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
