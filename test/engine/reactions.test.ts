import { describe, expect, it } from 'vitest';
import { lacksReaction } from '../../src/engine/actions/reactions.js';
import { decide, evolveAll, type FileEvent } from '../../src/engine/index.js';
import type { AccountFile, Case, OpenAct, StageMark } from '../../src/ledger/file.js';
import type { Policy, Reaction, Reactions } from '../../src/policy/types.js';
import {
  aCredit,
  aDispute,
  aLadder,
  anInvoice,
  aPayment,
  aPaymentPlan,
  aPlan,
  aPromise,
  aStage,
  engineOf,
  free,
  instant,
  owing,
  told,
} from '../support/build.js';

/** What follows once a promise is kept or broken, or a case is exhausted; and what goes along with a debt. */

const now = instant('2026-03-20T12:00:00-06:00');
const on = '2026-03-20';
const stages = [
  aStage('a', '1d'),
  aStage('b', '90d', { tone: 'firm' }),
  aStage('c', '120d', { tone: 'formal' }),
];
const mark = (stage: string, own: Partial<StageMark> = {}): StageMark => ({
  ...{ stage, occurrence: 1, state: 'done', on: '2026-03-02', tried: [], revision: 0 },
  ...own,
});
const aCase = (own: Partial<Case> = {}): Case => ({
  ...{ id: 'ladder/F1#1', policy: 'ladder', version: 1, hash: '', subject: 'F1', opening: 1 },
  ...{ opened: '2026-03-02', state: 'open', shift: 0, marks: [mark('a')], ...own },
});
const ended = (outcome: 'kept' | 'broken' | 'cancelled', day = '2026-03-12', id = 'W1'): FileEvent => ({
  type: 'promise.ended',
  promise: { id, outcome, on: day },
});
const promised = told.promise(aPromise());
const exhausted: Partial<Case> = {
  state: 'exhausted',
  closed: { reason: 'last_stage_over', on: '2026-03-15' },
};

/** Everything that an engine with these reactions makes of a case and these facts. */
function made(
  reactions: Reactions,
  one: Partial<Case>,
  facts: readonly FileEvent[] = [],
  policy: Partial<Policy> = {},
) {
  const engine = engineOf(aLadder([], { stages, on: reactions, ...policy }), aPlan({}, free));
  const file: AccountFile = {
    ...evolveAll(owing(anInvoice()), facts),
    cases: new Map([['F1', [aCase(one)]]]),
  };
  return decide(engine, file, now);
}
const kindsOf = (...args: Parameters<typeof made>): readonly string[] =>
  made(...args).acts.map(({ kind, name, reason }) => `${kind} ${name} ${reason}`);
const call: Reaction = { task: 'call', owner: 'eva' };

describe('a reaction', () => {
  it.each<readonly [string, Reactions, Partial<Case>, readonly FileEvent[], readonly string[]]>([
    [
      'a broken promise',
      { promiseBroken: [call] },
      {},
      [promised, ended('broken')],
      ['task call promise_broken'],
    ],
    ['a kept promise', { promiseKept: [call] }, {}, [promised, ended('kept')], ['task call promise_kept']],
    [
      'a broken one, where only keeping one counts',
      { promiseKept: [call] },
      {},
      [promised, ended('broken')],
      [],
    ],
    [
      'a cancelled promise',
      { promiseBroken: [call], promiseKept: [call] },
      {},
      [told.promise(aPromise({ state: 'cancelled' })), ended('cancelled')],
      [],
    ],
    [
      'one that ended before',
      { promiseBroken: [call] },
      { opened: '2026-03-13' },
      [promised, ended('broken')],
      [],
    ],
    [
      'one that ended that day',
      { promiseBroken: [call] },
      { opened: '2026-03-12' },
      [promised, ended('broken')],
      ['task call promise_broken'],
    ],
    [
      'one of another debt',
      { promiseBroken: [call] },
      {},
      [told.promise(aPromise({ invoice: 'F9' })), ended('broken')],
      [],
    ],
    [
      'one that was reacted to',
      { promiseBroken: [call] },
      { reacted: ['promiseBroken:W1'] },
      [promised, ended('broken')],
      [],
    ],
    ['a ladder at its end', { exhausted: [call] }, exhausted, [], ['task call exhausted']],
    ['an end that was reacted to', { exhausted: [call] }, { ...exhausted, reacted: ['exhausted'] }, [], []],
    ['a case that runs', { exhausted: [call] }, {}, [], []],
    ['an end without reactions', { promiseBroken: [call] }, exhausted, [], []],
  ])('to %s', (_, reactions, one, facts, expected) => {
    expect(kindsOf(reactions, one, facts)).toEqual(expected);
  });

  it('is of each promise once, in their order, with all that it does', () => {
    const two = [promised, told.promise(aPromise({ id: 'W2' })), ended('broken', on, 'W2'), ended('broken')];
    const { acts, events } = made(
      {
        promiseBroken: [
          { task: 'call', owner: 'eva', within: '2d' },
          { alert: 'broken', to: 'luis' },
          { effect: 'stop' },
        ],
      },
      {},
      two,
    );
    expect(
      acts.map(({ kind, name, owner, deadline, covers }) => [kind, name, owner, deadline, covers[0]?.stage]),
    ).toEqual([
      ['task', 'call', 'eva', '2026-03-22', 'on:promiseBroken:W1.0'],
      ['alert', 'broken', 'luis', undefined, 'on:promiseBroken:W1.1'],
      ['task', 'call', 'eva', '2026-03-22', 'on:promiseBroken:W2.0'],
      ['effect', 'stop', undefined, undefined, expect.any(String)],
    ]);
    const base = { type: 'case.reacted', subject: 'F1', case: 'ladder/F1#1', on };
    expect(events.filter(({ type }) => type === 'case.reacted')).toStrictEqual([
      { ...base, cause: 'promiseBroken:W1', effects: ['stop'] },
      { ...base, cause: 'promiseBroken:W2', effects: ['stop'] },
    ]);
    const plain = made({ promiseBroken: [call] }, {}, [promised, ended('broken')]).events;
    expect(plain.filter(({ type }) => type === 'case.reacted')).toStrictEqual([
      { ...base, cause: 'promiseBroken:W1' },
    ]);
  });

  it('brings the next stage that is not over, whichever was passed', () => {
    const next = (one: Partial<Case>) =>
      made({ promiseBroken: [{ escalate: 'next' }] }, one, [promised, ended('broken')]).events.flatMap(
        (event) => (event.type === 'case.asked' ? [event] : []),
      );
    expect(next({})).toStrictEqual([
      {
        ...{ type: 'case.asked', subject: 'F1', case: 'ladder/F1#1', on, stage: 'b' },
        ...{ author: 'recobro', reason: 'promise_broken' },
      },
    ]);
    const stagesAsked = (...marks: readonly StageMark[]) => next({ marks }).map(({ stage }) => stage);
    expect(stagesAsked(mark('a'), mark('b', { state: 'skipped', reason: 'expired' }))).toEqual(['c']);
    expect(stagesAsked(mark('b'), mark('a', { state: 'withdrawn' }))).toEqual(['c']);
    expect(stagesAsked(mark('a'), mark('b'), mark('c'))).toEqual([]);
    expect(stagesAsked(mark('a'), mark('c/task.1'))).toEqual(['b']);
    expect(stagesAsked(mark('a'), mark('b', { state: 'withdrawn' }))).toEqual(['b']);
  });

  it('hands over once, with what is owed and everything that was done and said', () => {
    const facts = [
      told.promise(aPromise({ made: '2026-03-03' })),
      ended('broken'),
      told.dispute(aDispute({ state: 'rejected', opened: '2026-03-04' })),
      told.dispute(aDispute({ id: 'D2', invoice: 'F9' })),
      told.plan(
        aPaymentPlan({ state: 'cancelled', made: '2026-03-05', invoices: ['F9', 'F1'], instalments: [] }),
      ),
      told.payment(aPayment({ amount: 1_000, to: 'F1', date: '2026-03-06' })),
      told.payment(aPayment({ id: 'P9', amount: 1_000, to: 'F9', date: '2026-03-06' })),
      told.credit(aCredit({ amount: 500, to: 'F1', date: '2026-03-07' })),
      told.credit(aCredit({ id: 'C9', amount: 500, to: 'F9', date: '2026-03-07' })),
    ];
    const touch = { at: 1, on: '2026-03-08', occasion: 1, purpose: 'dunning' } as const;
    const engine = engineOf(
      aLadder([], { stages, on: { exhausted: [{ handover: 'agency' }] } }),
      aPlan({}, free),
    );
    const marks = [mark('a'), mark('b', { state: 'skipped', reason: 'expired' }), mark('a/task.1')];
    const file = {
      ...evolveAll(owing(anInvoice()), facts),
      cases: new Map([['F1', [aCase({ ...exhausted, marks })]]]),
      touches: [
        { ...touch, cases: ['ladder/F1#1', 'x'], channel: 'phone' },
        { ...touch, cases: ['ladder/F9#1'] },
        { ...touch },
        { ...touch, cases: ['ladder/F1#1'], on: '2026-03-09' },
      ] as AccountFile['touches'],
    };
    const { acts, events } = decide(engine, file, now);
    const [act] = acts;
    expect([act?.kind, act?.name]).toEqual(['handover', 'agency']);
    expect(act?.dossier?.totals).toEqual([{ minor: 8_500, currency: 'MXN' }]);
    expect(act?.dossier?.items.map(({ item }) => item)).toEqual(['F1']);
    expect(act?.dossier?.history).toStrictEqual([
      { on: '2026-03-02', kind: 'stage', item: 'F1', detail: 'a' },
      { on: '2026-03-03', kind: 'promise', item: 'F1', detail: 'broken' },
      { on: '2026-03-04', kind: 'dispute', item: 'F1', detail: 'rejected: damaged' },
      { on: '2026-03-05', kind: 'plan', detail: 'cancelled' },
      {
        on: '2026-03-06',
        kind: 'payment',
        item: 'F1',
        detail: 'booked',
        amount: { minor: 1_000, currency: 'MXN' },
      },
      {
        on: '2026-03-07',
        kind: 'credit',
        item: 'F1',
        detail: 'finalised',
        amount: { minor: 500, currency: 'MXN' },
      },
      { on: '2026-03-08', kind: 'contact', detail: 'phone' },
      { on: '2026-03-09', kind: 'contact', detail: 'other' },
    ]);
    expect(events.filter(({ type }) => type === 'case.handed')).toStrictEqual([
      { type: 'case.handed', subject: 'F1', case: 'ladder/F1#1', on, to: 'agency' },
    ]);
    expect(made({ exhausted: [{ handover: 'agency', to: 'eva' }] }, exhausted).events).toContainEqual(
      expect.objectContaining({ type: 'case.handed', to: 'eva' }),
    );
    expect(kindsOf({ exhausted: [{ writeOff: 'propose' }] }, exhausted)).toEqual([
      'write-off propose exhausted',
    ]);
  });

  it('alerts once a day, whoever told it', () => {
    const covers = [{ subject: 'F1', case: 'ladder/F1#1', stage: 's', occurrence: 1 }];
    const alerts = (
      own: Partial<OpenAct> | undefined,
      reactions: readonly Reaction[] = [{ alert: 'late' }],
    ) => {
      const engine = engineOf(aLadder([], { stages, on: { exhausted: reactions } }), aPlan({}, free));
      const known: OpenAct = {
        ...{
          id: 'x1',
          kind: 'alert',
          name: 'late',
          purpose: 'dunning',
          state: 'planned',
          review: 0,
          on,
          covers,
        },
        ...own,
      };
      const file: AccountFile = {
        ...owing(anInvoice()),
        cases: new Map([['F1', [aCase(exhausted)]]]),
        acts: own === undefined ? new Map() : new Map([['x1', known]]),
      };
      return decide(engine, file, now).acts.map(({ kind, name }) => `${kind} ${name}`);
    };
    expect(alerts(undefined)).toEqual(['alert late']);
    expect(alerts(undefined, [{ alert: 'late' }, { alert: 'late' }, { alert: 'other' }])).toEqual([
      'alert late',
      'alert other',
    ]);
    expect(alerts({})).toEqual([]);
    for (const own of [
      { on: '2026-03-19' },
      { name: 'other' },
      { kind: 'task' as const },
      { covers: [{ ...covers[0]!, case: 'ladder/F9#1' }] },
    ])
      expect(alerts(own)).toEqual(['alert late']);
  });

  it('is lacking where a ladder is at its end, has one, and nobody reacted', () => {
    const lacks = (reactions: Reactions | undefined, one: Partial<Case>): boolean => {
      const engine = engineOf(
        aLadder([], { stages, ...(reactions === undefined ? {} : { on: reactions }) }),
        aPlan({}, free),
      );
      return lacksReaction(engine.policies.get('ladder')!, aCase(one));
    };
    expect(lacks({ exhausted: [call] }, exhausted)).toBe(true);
    expect(lacks({ exhausted: [call] }, { ...exhausted, reacted: [] })).toBe(true);
    expect(lacks({ exhausted: [call] }, { ...exhausted, reacted: ['exhausted'] })).toBe(false);
    expect(lacks({ exhausted: [call] }, {})).toBe(false);
    expect(lacks({ promiseBroken: [call] }, exhausted)).toBe(false);
    expect(lacks(undefined, exhausted)).toBe(false);
  });
});
