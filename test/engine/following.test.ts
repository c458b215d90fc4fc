import { describe, expect, it } from 'vitest';
import {
  type AccountFile,
  type Act,
  decide,
  type Engine,
  evolveAll,
  type FileEvent,
  followUps,
  settle,
  viewOf,
} from '../../src/engine/index.js';
import type { StageMark } from '../../src/ledger/file.js';
import type { Policy, Reactions } from '../../src/policy/types.js';
import {
  aCredit,
  aDispute,
  aLadder,
  anAccount,
  anInvoice,
  anUnbooked,
  aPayment,
  aPaymentPlan,
  aPlan,
  aPromise,
  aReply,
  aStage,
  engineOf,
  free,
  instant,
  owing,
  told,
} from '../support/build.js';

/** What follows from what was done and happened: acts beside messages, on the pure core. */

const noonOf = (day: string): number => instant(`2026-${day}T12:00:00-06:00`);
const after = (file: AccountFile, ...events: readonly FileEvent[]): AccountFile => evolveAll(file, events);
const follow = (engine: Engine, file: AccountFile, day: string) =>
  followUps(engine, viewOf(engine, file, noonOf(day)), file, noonOf(day));

function live(own: Engine, file: AccountFile, ...days: readonly string[]): AccountFile {
  return days.reduce((current, day) => settle(own, current, noonOf(day)).file, file);
}

const brief = (acts: readonly Act[]) =>
  acts.map(({ kind, name, covers }) => [kind, name, covers.map((cover) => cover.case).join(' ')]);

describe('what the debtor did', () => {
  const engine = engineOf(aLadder(['1d', '20d']), aPlan({}, free));
  const running = live(engine, owing(anInvoice(), anInvoice({ id: 'F2' })), '03-02');

  it('is work for a person, each once, by kind and id', () => {
    const file = after(
      running,
      told.unbooked(anUnbooked({ id: 'U2' })),
      told.unbooked(anUnbooked({ id: 'U1', invoice: 'F2' })),
      told.reply(aReply({ id: 'Y2' })),
      told.reply(aReply({ id: 'Y1' })),
    );
    const { acts, events } = follow(engine, file, '03-05');
    expect(events).toEqual([]);
    expect(acts.map(({ name, stage }) => [name, stage])).toEqual([
      ['answer-reply', 'task:reply:Y1'],
      ['answer-reply', 'task:reply:Y2'],
      ['verify-payment', 'task:unbooked:U1'],
      ['verify-payment', 'task:unbooked:U2'],
    ]);
    expect(acts[2]).toMatchObject({
      id: 'robles/ladder/F2#1/task:unbooked:U1.1@-.0',
      kind: 'task',
      purpose: 'service',
      reason: 'unbooked',
      covers: [{ subject: 'F2', case: 'ladder/F2#1', stage: 'task:unbooked:U1', occurrence: 1 }],
      items: [{ item: 'F2' }],
      language: 'es',
      tone: 'friendly',
    });
    const several = told.unbooked(anUnbooked({ invoices: ['F2', 'F9'] }));
    expect(follow(engine, after(running, several), '03-05').acts).toMatchObject([
      { name: 'verify-payment', items: [{ item: 'F2' }] },
    ]);
    expect(acts[0]).toMatchObject({
      purpose: 'service',
      reason: 'reply',
      items: [{ item: 'F1' }, { item: 'F2' }],
    });
    const taken = after(file, ...acts.map((act): FileEvent => ({ type: 'act.planned', act })));
    expect(follow(engine, taken, '03-05').acts).toEqual([]);
  });

  it('is over when it was dealt with', () => {
    const ended = (before: FileEvent, then: FileEvent, day = '03-06') => {
      const file = live(engine, after(running, before), '03-05');
      return settle(engine, after(file, then), noonOf(day)).events.flatMap((event) =>
        event.type === 'task.closed' ? [event.reason] : [],
      );
    };
    const seen = told.unbooked(anUnbooked({ until: '2026-03-20' }));
    for (const state of ['booked', 'failed'] as const)
      expect(ended(seen, told.unbooked(anUnbooked({ state })))).toEqual([state]);
    expect(ended(seen, told.unbooked(anUnbooked({ until: '2026-03-21' })))).toEqual([]);
    const reply = told.reply(aReply());
    expect(ended(reply, told.reply(aReply({ handled: true })))).toHaveLength(1);
    expect(ended(reply, told.reply(aReply({ id: 'Y2', handled: true })))).toEqual([]);
  });

  it('is not where it was dealt with, where somebody else knows of it, or where its time is over', () => {
    const acts = (day: string, ...events: readonly FileEvent[]) =>
      follow(engine, after(running, ...events), day).acts.map(({ name }) => name);
    expect(acts('03-05', told.reply(aReply({ handled: true })))).toEqual([]);
    expect(acts('03-05', told.unbooked(anUnbooked({ source: 'receipt' })))).toEqual([]);
    expect(acts('03-05', told.unbooked(anUnbooked({ source: 'charge' })))).toEqual([]);
    expect(acts('03-05', told.unbooked(anUnbooked({ state: 'booked' })))).toEqual([]);
    expect(acts('03-05', told.unbooked(anUnbooked({ invoice: 'F9' })))).toEqual([]);
    const days = (event: FileEvent) =>
      ['03-05', '03-10', '03-11', '03-20'].filter((day) => acts(day, event).length > 0);
    expect(days(told.unbooked(anUnbooked()))).toEqual(['03-05', '03-10']);
    expect(days(told.reply(aReply()))).toEqual(['03-05', '03-10', '03-11', '03-20']);
  });

  it('before a case was opened belongs to it while it stands', () => {
    const fresh = owing(anInvoice());
    const file = (on: string) =>
      live(engine, after(fresh, told.reply(aReply({ on: `2026-${on}` }))), '03-02');
    const tasks = (on: string) => [...file(on).acts.values()].map(({ name }) => name);
    expect(tasks('03-02')).toEqual(['answer-reply']);
    expect(tasks('03-01')).toEqual(['answer-reply']);
    expect(tasks('02-20')).toEqual([]);
  });

  it('speaks the account’s language, to the account’s owner', () => {
    const file = after(
      running,
      told.account(anAccount({ language: 'pt', owner: 'bea' })),
      told.reply(aReply()),
    );
    expect(follow(engine, file, '03-05').acts).toMatchObject([{ language: 'pt', owner: 'bea' }]);
    expect(follow(engine, after(running, told.reply(aReply())), '03-05').acts[0]).not.toHaveProperty('owner');
    const nobody = { ...after(running, told.reply(aReply())), account: undefined };
    expect(follow(engine, nobody, '03-05').acts).toMatchObject([{ language: 'es' }]);
  });
});

describe('reactions to promises', () => {
  const on: Reactions = {
    promiseKept: [{ task: 'thank' }],
    promiseBroken: [{ task: 'call' }],
  };
  const engine = engineOf(aLadder(['1d', '60d'], { on }), aPlan({}, free));
  const running = live(engine, owing(anInvoice(), anInvoice({ id: 'F2' })), '03-02');
  type Outcome = 'kept' | 'partly' | 'broken' | 'cancelled';
  const ended = (id: string, outcome: Outcome, day: string): FileEvent => ({
    type: 'promise.ended',
    promise: { id, outcome, on: `2026-${day}` },
  });
  const reacted = (events: readonly FileEvent[]) =>
    events.flatMap((event) => (event.type === 'case.reacted' ? [`${event.case} ${event.cause}`] : []));

  it('tell kept from broken; what was paid in part was broken, what was called off is neither', () => {
    const outcome = (own: Outcome) => {
      const { acts, events } = follow(
        engine,
        after(running, told.promise(aPromise()), ended('W1', own, '03-11')),
        '03-11',
      );
      return [acts.map(({ name, stage, reason }) => [name, stage, reason]), reacted(events)];
    };
    const call = [[['call', 'promise_broken', 'promise_broken']], ['ladder/F1#1 promiseBroken:W1']];
    expect(outcome('kept')).toEqual([
      [['thank', 'promise_kept', 'promise_kept']],
      ['ladder/F1#1 promiseKept:W1'],
    ]);
    expect(outcome('partly')).toEqual(call);
    expect(outcome('broken')).toEqual(call);
    expect(outcome('cancelled')).toEqual([[], []]);
  });

  it('are those of the cases that the promise was about, since they were opened', () => {
    const causes = (promise: FileEvent, day = '03-11', file = running) =>
      reacted(follow(engine, after(file, promise, ended('W1', 'broken', day)), '03-12').events);
    expect(causes(told.promise(aPromise({ invoice: 'F2' })))).toEqual(['ladder/F2#1 promiseBroken:W1']);
    expect(causes(told.promise(aPromise({ invoice: undefined })))).toEqual([
      'ladder/F1#1 promiseBroken:W1',
      'ladder/F2#1 promiseBroken:W1',
    ]);
    expect(causes(told.promise(aPromise({ invoices: ['F2', 'F9'], invoice: undefined })))).toEqual([
      'ladder/F2#1 promiseBroken:W1',
    ]);
    const opened = running.cases.get('F1')?.[0]?.opened ?? '';
    expect(opened).toBe('2026-03-02');
    expect(causes(told.promise(aPromise()), '03-02')).toEqual(['ladder/F1#1 promiseBroken:W1']);
    expect(causes(told.promise(aPromise()), '03-01')).toEqual([]);
    // A promise of which only the end is known is about nothing.
    expect(reacted(follow(engine, after(running, ended('W9', 'broken', '03-11')), '03-12').events)).toEqual(
      [],
    );
  });

  it('come in the order of the promises, once for each', () => {
    const file = after(
      running,
      told.promise(aPromise({ id: 'W2' })),
      told.promise(aPromise()),
      ended('W2', 'kept', '03-11'),
      ended('W1', 'broken', '03-11'),
    );
    const { acts, events } = follow(engine, file, '03-11');
    expect(acts.map(({ id }) => id)).toEqual([
      'robles/ladder/F1#1/on:promiseBroken:W1.0.1@-.0',
      'robles/ladder/F1#1/on:promiseKept:W2.0.1@-.0',
    ]);
    const taken = after(file, ...events, ...acts.map((act): FileEvent => ({ type: 'act.planned', act })));
    expect(follow(engine, taken, '03-11')).toEqual({ acts: [], events: [] });
  });

  it('bring effects in the order of names, and write-offs, alerts and hand-overs with their receivers', () => {
    const all = engineOf(
      aLadder(['1d', '60d'], {
        on: {
          promiseBroken: [
            { effect: 'zap' },
            { effect: 'block' },
            { task: 'broken' },
            { alert: 'broken' },
            { alert: 'broken', to: 'boss' },
            { alert: 'other' },
            { writeOff: 'propose' },
            { handover: 'agency' },
          ],
        },
      }),
      aPlan({}, free),
    );
    const file = after(
      live(all, owing(anInvoice()), '03-02'),
      told.promise(aPromise()),
      ended('W1', 'broken', '03-11'),
    );
    const { acts, events } = follow(all, file, '03-11');
    expect(acts.map(({ kind, name, owner, effect }) => [kind, name, owner, effect])).toEqual([
      ['task', 'broken', undefined, undefined],
      ['alert', 'broken', undefined, undefined],
      ['alert', 'other', undefined, undefined],
      ['write-off', 'propose', undefined, undefined],
      ['handover', 'agency', undefined, undefined],
      ['effect', 'block', undefined, 'on'],
      ['effect', 'zap', undefined, 'on'],
    ]);
    expect(acts[4]?.dossier?.totals).toEqual([{ minor: 10_000, currency: 'MXN' }]);
    expect(acts[4]?.dossier?.history).toEqual([
      { on: '2026-03-02', kind: 'contact', detail: 'email' },
      { on: '2026-03-02', kind: 'promise', item: 'F1', detail: 'broken' },
      { on: '2026-03-02', kind: 'stage', item: 'F1', detail: 's1d' },
    ]);
    expect(events).toMatchObject([
      { type: 'case.handed', case: 'ladder/F1#1', to: 'agency', on: '2026-03-11' },
      { type: 'case.reacted', cause: 'promiseBroken:W1', effects: ['zap', 'block'] },
      { type: 'effect.wanted', effect: 'block' },
      { type: 'effect.wanted', effect: 'zap' },
    ]);
  });

  it('that escalate ask for the first stage after the last one done', () => {
    const escalating = engineOf(
      aLadder(['1d', '30d', '60d'], { on: { promiseBroken: [{ escalate: 'next' }] } }),
      aPlan({}, free),
    );
    const file = after(
      live(escalating, owing(anInvoice()), '03-02'),
      told.promise(aPromise()),
      ended('W1', 'broken', '03-11'),
    );
    const asked = (of: AccountFile) =>
      follow(escalating, of, '03-11').events.filter((event) => event.type === 'case.asked');
    const base = { type: 'case.asked', subject: 'F1', case: 'ladder/F1#1', on: '2026-03-11' };
    expect(asked(file)).toEqual([{ ...base, stage: 's30d', author: 'recobro', reason: 'promise_broken' }]);
    const skip = (stage: string): FileEvent => ({
      type: 'stage.skipped',
      subject: 'F1',
      case: 'ladder/F1#1',
      stage,
      occurrence: 1,
      reason: 'by_hand',
      on: '2026-03-05',
    });
    expect(asked(after(file, skip('s30d')))).toMatchObject([{ stage: 's60d' }]);
    expect(asked(after(file, skip('s30d'), skip('s60d')))).toEqual([]);
    const marked = (...marks: readonly (readonly [string, StageMark['state']])[]) => {
      const [one] = file.cases.get('F1') ?? [];
      const own = marks.map(([stage, state]) => ({
        ...{ stage, state, occurrence: 1, on: '2026-03-02' },
        ...{ tried: [], revision: 0 },
      }));
      return asked({ ...file, cases: new Map([['F1', [{ ...one!, marks: own }]]]) }).map(
        ({ stage }) => stage,
      );
    };
    // A stage that was asked for may act before one that never did: there is no way back to that one.
    expect(marked(['s30d', 'done'])).toEqual(['s60d']);
    expect(marked(['s30d', 'done'], ['s1d', 'done'])).toEqual(['s60d']);
    expect(marked(['s30d/task.0', 'done'], ['s1d', 'done'])).toEqual(['s30d']);
    // What was taken back or failed was not done.
    for (const state of ['withdrawn', 'failed', 'planned', 'skipped'] as const)
      expect(marked(['s1d', 'done'], ['s60d', state])).toEqual(['s30d']);
    expect(marked(['s1d', 'withdrawn'])).toEqual(['s1d']);
    expect(marked(['s60d', 'done'])).toEqual([]);
  });
});

describe('alerts', () => {
  const stages = [
    aStage('a', '1d', { do: [{ send: 'a' }, { alert: 'big' }] }),
    aStage('b', '2d', { do: [{ alert: 'big' }] }),
    aStage('c', '3d', { do: [{ alert: 'huge' }] }),
  ];
  const policy: Policy = aLadder([], {
    stages,
    last: { exhausted: 'acted' },
    on: { exhausted: [{ alert: 'huge' }] },
  });
  const engine = engineOf(policy, aPlan({}, free));

  it('tell of a case once a day, by name', () => {
    const first = settle(engine, owing(anInvoice()), noonOf('03-02'));
    expect(brief(first.acts)).toEqual([
      ['message', undefined, 'ladder/F1#1'],
      ['alert', 'big', 'ladder/F1#1'],
    ]);
    // The one of yesterday still stands, and today is another day.
    const second = settle(engine, first.file, noonOf('03-03'));
    expect(brief(second.acts)).toEqual([['alert', 'big', 'ladder/F1#1']]);
    // Exhausted with its last act: the reaction says the same, which is said once.
    const third = settle(engine, second.file, noonOf('03-04'));
    expect(third.file.cases.get('F1')?.[0]?.state).toBe('exhausted');
    expect(brief(third.acts)).toEqual([['alert', 'huge', 'ladder/F1#1']]);
    expect(third.file.cases.get('F1')?.[0]?.marks.map(({ stage, state }) => [stage, state])).toEqual([
      ['a', 'done'],
      ['a/alert.1', 'done'],
      ['b', 'done'],
      ['b/alert.0', 'done'],
      ['c', 'done'],
      ['c/alert.0', 'done'],
    ]);
  });

  it('of one case say nothing of another, and other kinds of one name are other things', () => {
    const two = aLadder([], {
      stages: [
        aStage('a', '1d', { do: [{ task: 'big' }] }),
        aStage('b', '2d', { do: [{ alert: 'big', to: 'boss' }] }),
      ],
    });
    const own = engineOf(two, aPlan({}, free));
    const file = owing(anInvoice(), anInvoice({ id: 'F2' }));
    const begun = live(own, file, '03-02');
    const { acts, file: then } = settle(own, begun, noonOf('03-03'));
    expect(brief(acts)).toEqual([
      ['alert', 'big', 'ladder/F1#1'],
      ['alert', 'big', 'ladder/F2#1'],
    ]);
    expect(acts.map(({ owner }) => owner)).toEqual(['boss', 'boss']);
    expect(settle(own, then, noonOf('03-03') + 1).acts).toEqual([]);
  });

  it('of cases of which one message spoke are one', () => {
    const file = owing(anInvoice(), anInvoice({ id: 'F2' }));
    const { acts } = settle(engine, file, noonOf('03-02'));
    expect(brief(acts)).toEqual([
      ['message', undefined, 'ladder/F1#1 ladder/F2#1'],
      ['alert', 'big', 'ladder/F1#1 ladder/F2#1'],
    ]);
  });
});

describe('what was done elsewhere', () => {
  const stages = [
    aStage('a', '1d', { do: [{ send: 'a' }, { alert: 'told' }] }),
    aStage('b', '40d', { do: [{ send: 'b' }, { alert: 'told' }] }),
  ];
  const engine = engineOf(aLadder([], { stages }), aPlan({}, free));

  it('brings nothing about here; what was done here does', () => {
    const file = live(engine, owing(anInvoice()), '02-20');
    const [one] = file.cases.get('F1') ?? [];
    if (one === undefined) throw new Error('no case was opened');
    const acts = (reason: string | undefined, state: 'open' | 'closed' = 'open') => {
      const marks = [
        {
          stage: 'a',
          occurrence: 1,
          state: 'done' as const,
          on: '2026-03-02',
          tried: [],
          revision: 0,
          ...(reason === undefined ? {} : { reason }),
        },
      ];
      const cases = new Map([['F1', [{ ...one, state, marks }]]]);
      return brief(follow(engine, { ...file, cases }, '03-02').acts);
    };
    for (const reason of ['moved', 'imported', 'absorbed', 'lifted', 'overridden'])
      expect(acts(reason)).toEqual([]);
    expect(acts(undefined)).toEqual([['alert', 'told', 'ladder/F1#1']]);
    expect(acts('')).toEqual([['alert', 'told', 'ladder/F1#1']]);
    expect(acts('by_hand')).toEqual([['alert', 'told', 'ladder/F1#1']]);
    expect(acts(undefined, 'closed')).toEqual([]);
  });
});

describe('a dossier', () => {
  it('has every stage, contact, promise, dispute, plan, payment and credit of the debts, oldest first', () => {
    const stages = [
      aStage('a', '1d', { do: [{ send: 'a' }, { task: 'call' }] }),
      aStage('b', '15d'),
      aStage('agency', '40d', { do: [{ handover: 'agency', to: 'cobros' }] }),
    ];
    const engine = engineOf(aLadder([], { stages }), aPlan({ blocks: { dispute: 'part' } }, free));
    const begun = live(
      engine,
      owing(
        anInvoice(),
        anInvoice({ id: 'F2', due: '2026-06-01' }),
        anInvoice({ id: 'F3', currency: 'COP', due: '2026-06-01' }),
      ),
      '03-02',
    );
    const known = after(
      begun,
      told.promise(aPromise({ date: '2026-03-05', made: '2026-03-03' })),
      told.promise(
        aPromise({
          id: 'W2',
          invoice: undefined,
          date: '2026-03-06',
          made: '2026-03-04',
          state: 'cancelled',
        }),
      ),
      told.promise(aPromise({ id: 'W3', invoice: 'F2', date: '2026-03-06', made: '2026-03-04' })),
      told.dispute(aDispute({ opened: '2026-03-06', state: 'rejected' })),
      told.dispute(aDispute({ id: 'D2', invoice: 'F2' })),
      told.payment(
        aPayment({
          date: '2026-03-08',
          amount: 3_000,
          allocations: [
            { invoice: 'F1', amount: 1_000 },
            { invoice: 'F2', amount: 2_000 },
          ],
        }),
      ),
      told.payment(aPayment({ id: 'P2', date: '2026-03-09', amount: 500, to: 'F1', state: 'reversed' })),
      told.credit(
        aCredit({
          date: '2026-03-10',
          amount: 700,
          allocations: [
            { invoice: 'F2', amount: 300 },
            { invoice: 'F1', amount: 400 },
          ],
        }),
      ),
      told.plan(aPaymentPlan({ invoices: ['F2', 'F1'], made: '2026-03-11', state: 'broken' })),
      told.plan(aPaymentPlan({ id: 'p2', invoices: ['F3'], made: '2026-03-11', state: 'broken' })),
      {
        type: 'contact.recorded',
        at: noonOf('03-12'),
        on: '2026-03-12',
        cases: ['ladder/F1#1'],
        author: 'luis',
      },
      {
        type: 'contact.recorded',
        at: noonOf('03-13'),
        on: '2026-03-13',
        channel: 'phone',
        cases: ['ladder/F2#1', 'ladder/F1#1'],
        author: 'luis',
      },
      {
        type: 'contact.recorded',
        at: noonOf('03-14'),
        on: '2026-03-14',
        channel: 'phone',
        cases: ['ladder/F2#1'],
        author: 'luis',
      },
    );
    const late = live(engine, known, '03-20');
    const { acts } = settle(engine, late, noonOf('04-20'));
    const handed = acts.find(({ kind }) => kind === 'handover');
    expect(handed).toMatchObject({ name: 'agency', owner: 'cobros', covers: [{ case: 'ladder/F1#1' }] });
    const dossier = handed?.dossier;
    expect(dossier?.account).toBe('robles');
    expect(dossier?.items.map(({ item, outstanding }) => [item, outstanding])).toEqual([['F1', 8_600]]);
    expect(dossier?.totals).toEqual([{ minor: 8_600, currency: 'MXN' }]);
    expect(dossier?.history).toEqual([
      { on: '2026-03-02', kind: 'contact', detail: 'email' },
      { on: '2026-03-02', kind: 'stage', item: 'F1', detail: 'a' },
      { on: '2026-03-03', kind: 'promise', item: 'F1', detail: 'broken' },
      { on: '2026-03-04', kind: 'promise', detail: 'cancelled' },
      { on: '2026-03-06', kind: 'dispute', item: 'F1', detail: 'rejected: damaged' },
      {
        on: '2026-03-08',
        kind: 'payment',
        item: 'F1',
        detail: 'booked',
        amount: { minor: 1_000, currency: 'MXN' },
      },
      {
        on: '2026-03-09',
        kind: 'payment',
        item: 'F1',
        detail: 'reversed',
        amount: { minor: 500, currency: 'MXN' },
      },
      {
        on: '2026-03-10',
        kind: 'credit',
        item: 'F1',
        detail: 'finalised',
        amount: { minor: 400, currency: 'MXN' },
      },
      { on: '2026-03-11', kind: 'plan', detail: 'broken' },
      { on: '2026-03-12', kind: 'contact', detail: 'other' },
      { on: '2026-03-13', kind: 'contact', detail: 'phone' },
      { on: '2026-03-20', kind: 'contact', detail: 'email' },
      { on: '2026-03-20', kind: 'stage', item: 'F1', detail: 'b' },
      { on: '2026-04-20', kind: 'stage', item: 'F1', detail: 'agency' },
    ]);
  });
});

describe('effects that nothing wants any more', () => {
  it('are released though the policy is gone, under its name and version', () => {
    const stopping = engineOf(
      aLadder([], { id: 'old', version: 3, stages: [aStage('stop', '1d', { do: [{ effect: 'stop' }] })] }),
      aPlan({ default: 'old' }, free),
    );
    const file = live(stopping, owing(anInvoice()), '03-02');
    expect(file.cases.get('F1')?.[0]?.effects).toEqual(['stop']);
    const gone = engineOf(aLadder(['60d']), aPlan({}, free));
    const { acts } = settle(gone, file, noonOf('03-03'));
    const { hash } = stopping.policies.get('old')?.ref ?? {};
    expect(acts).toMatchObject([
      { kind: 'effect', name: 'stop', effect: 'off', policy: { id: 'old', version: 3, hash } },
    ]);
    expect(acts[0]?.policy).toEqual({ id: 'old', version: 3, hash });
    // Where no policy has effects, and no case has any, there is nothing to release.
    expect(follow(gone, live(gone, owing(anInvoice()), '03-02'), '03-03')).toEqual({ acts: [], events: [] });
  });
});

describe('an amount below which nothing is worth chasing', () => {
  const engine = engineOf(aLadder(['1d']), aPlan({ tolerance: { MXN: '5.00' } }, free));
  const tasks = (file: AccountFile) =>
    follow(engine, live(engine, file, '02-20'), '02-20').acts.concat(
      settle(engine, file, noonOf('02-20')).acts,
    );

  it('that is not known for a currency is asked for, once, where something is open in it', () => {
    const foreign = owing(
      anInvoice({ currency: 'COP' }),
      anInvoice({ id: 'F2', currency: 'COP' }),
      anInvoice({ id: 'F3' }),
    );
    expect(brief(tasks(foreign))).toEqual([['task', 'set-tolerance', 'ladder/F1#1 ladder/F2#1']]);
    expect(brief(tasks(owing(anInvoice())))).toEqual([]);
    expect(
      brief(tasks(owing(anInvoice({ currency: 'COP', status: 'void' }), anInvoice({ id: 'F2' })))),
    ).toEqual([]);
  });
});

describe('the strictest mode of what a message covers', () => {
  const modes = aLadder([], {
    stages: [
      aStage('a', '1d', { mode: 'approve', lapses: '5d' }),
      aStage('b', '5d', { mode: 'task', lapses: '3d' }),
      aStage('c', '10d', { mode: 'approve' }),
    ],
  });
  const days = ['2026-03-01', '2026-02-25', '2026-02-20'];
  const latest = engineOf({ ...modes, entry: 'latest' }, aPlan({}, free));

  it('counts, and the shortest time to lapse', () => {
    const modesOf = (...places: readonly number[]) =>
      decide(
        latest,
        owing(...places.map((place) => anInvoice({ id: `F${place}`, due: days[place] }))),
        noonOf('03-02'),
      ).acts.map(({ kind, mode, lapses, covers }) => [kind, mode, lapses, covers.map(({ stage }) => stage)]);
    expect(modesOf(0)).toEqual([['message', 'approve', '2026-03-07', ['a']]]);
    expect(modesOf(1)).toEqual([['message', 'task', '2026-03-05', ['b']]]);
    expect(modesOf(2)).toEqual([['message', 'approve', undefined, ['c']]]);
    expect(modesOf(0, 1)).toEqual([['message', 'task', '2026-03-05', ['a', 'b']]]);
    expect(modesOf(0, 2)).toEqual([['message', 'approve', '2026-03-07', ['a', 'c']]]);
    expect(modesOf(0, 1, 2)).toEqual([['message', 'task', '2026-03-05', ['a', 'b', 'c']]]);
  });

  it('of a stage without a message is that of the task to perform it', () => {
    const silent = engineOf(
      aLadder([], {
        stages: [
          aStage('stop', '1d', { mode: 'task', lapses: '2d', do: [{ effect: 'stop' }] }),
          aStage('hand', '9d', { mode: 'approve', do: [{ handover: 'legal' }] }),
          aStage('call', '20d', { mode: 'approve', do: [{ task: 'call' }] }),
        ],
      }),
      aPlan({}, free),
    );
    const [stop] = decide(silent, owing(anInvoice()), noonOf('03-02')).acts;
    expect(stop).toMatchObject({ kind: 'task', name: 'perform-stage', mode: 'task', lapses: '2026-03-04' });
    const late = engineOf(
      { ...(silent.policies.get('ladder')?.policy ?? modes), entry: 'latest' },
      aPlan({}, free),
    );
    const [hand] = decide(late, owing(anInvoice()), noonOf('03-11')).acts;
    expect(hand).toMatchObject({ kind: 'task', name: 'approve-stage', mode: 'approve' });
    expect(hand).not.toHaveProperty('lapses');
    const [call] = decide(late, owing(anInvoice()), noonOf('03-22')).acts;
    expect(call).toMatchObject({ kind: 'task', name: 'call' });
    expect(call).not.toHaveProperty('mode');
  });
});
