import { describe, expect, it } from 'vitest';
import { shippedChannels } from '../../src/contact/traits.js';
import type { CompiledStage } from '../../src/engine/compile-policy.js';
import { compilePolicy } from '../../src/engine/compile-policy.js';
import { compile, type Engine } from '../../src/engine/index.js';
import type { Plan, Policy, Stage } from '../../src/policy/types.js';
import { aLadder, aPlan, aStage, engineOf } from '../support/build.js';

/** What documents mean once they are compiled: every default, and what each word of a stage stands for. */

const ladder = (own: Partial<Policy> = {}) => compilePolicy(aLadder(['1d', '5d'], own));

/** A rung between two others, whose place gives it the number 2. */
function rung(own: Partial<Stage>, policy: Partial<Policy> = {}): CompiledStage {
  const stages = [aStage('before', '1d'), aStage('this', '3d', own), aStage('after', '60d')];
  const found = compilePolicy(aLadder([], { stages, ...policy })).byId.get('this');
  if (found === undefined) throw new Error('no such stage');
  return found;
}

describe('a policy that says nothing more than its stages', () => {
  it('has these defaults', () => {
    const policy = { id: 'ladder', version: 3, stages: [aStage('a', '1d'), aStage('b', '5d')] };
    const { stages, byId, rules, message, ...rest } = compilePolicy(policy);
    expect(rest).toEqual({
      ref: { id: 'ladder', version: 3, hash: rest.ref.hash },
      policy,
      manySends: false,
      ascending: true,
      plain: true,
      groupBy: undefined,
      carrier: 'recompute',
      grace: undefined,
      late: 'latest',
      entry: 'first',
      climb: false,
      restartDays: 1,
      resume: 'next',
      done: 'sent',
      delayDays: 0,
      repeat: undefined,
      exhausted: 'waited',
      life: undefined,
      paid: [],
      byState: false,
      follows: false,
      via: [{ channel: 'whatsapp' }, { channel: 'email' }, { channel: 'sms' }],
    });
    expect([...byId]).toEqual([
      ['a', stages[0]],
      ['b', stages[1]],
    ]);
    expect(rules).toEqual({
      scope: undefined,
      scopeTimed: false,
      arrears: undefined,
      restarts: false,
      counters: 'settled',
      adopts: false,
      map: undefined,
    });
    expect(message.most).toEqual({ upcoming: 1, overdue: 1, of: 'branch' });
  });

  it('has stages that act on their day after the due date, and send', () => {
    const { stages } = ladder();
    expect(stages[1]).toEqual({
      index: 1,
      stage: aLadder(['1d', '5d']).stages[1],
      level: 2,
      rank: 0,
      days: 5,
      triggers: [
        {
          basis: 'due',
          of: 'done',
          offset: { count: 5, unit: 'd' },
          days: 5,
          endOfMonth: false,
          further: 0,
          convention: 'as-is',
        },
      ],
      combine: 'latest',
      anytime: false,
      early: false,
      dueOnly: true,
      follower: false,
      graced: false,
      expires: undefined,
      deadline: undefined,
      minute: undefined,
      minimum: undefined,
      test: undefined,
      timed: false,
      ofLevel: false,
      tone: 0,
      sends: [{ send: 's5d' }],
      tasks: [],
      effects: [],
      follows: [],
      mode: 'auto',
    });
  });
});

describe('what a policy says', () => {
  it.each<[Partial<Policy>, Partial<ReturnType<typeof ladder>>]>([
    [{ unit: 'item' }, { groupBy: undefined, carrier: 'recompute' }],
    [{ unit: { group: ['account'] } }, { groupBy: ['account'], carrier: 'recompute' }],
    [{ unit: { group: ['entity'], carrier: 'inherit' } }, { groupBy: ['entity'], carrier: 'inherit' }],
    [{ grace: '3d' }, { grace: { count: 3, unit: 'd' }, plain: false, ascending: true }],
    [
      { late: 'each', entry: 'latest', done: 'delivered' },
      { late: 'each', entry: 'latest', done: 'delivered' },
    ],
    [{ climb: true }, { climb: true, plain: false, ascending: true }],
    [
      { restart: '2w', resume: 'same' },
      { restartDays: 14, resume: 'same' },
    ],
    [{ life: { from: 'due', plus: '90d' } }, { life: { from: 'due', plus: { count: 90, unit: 'd' } } }],
    [{ last: { repeat: '7d' } }, { repeat: { every: { count: 7, unit: 'd' }, times: 1, from: 'contact' } }],
    [
      { last: { repeat: '1mo', times: 4, from: 'due', exhausted: 'acted' } },
      { repeat: { every: { count: 1, unit: 'mo' }, times: 4, from: 'due' }, exhausted: 'acted' },
    ],
    [{ last: { exhausted: 'waited' } }, { repeat: undefined, exhausted: 'waited' }],
    [{ last: { exhausted: '10d' } }, { exhausted: { count: 10, unit: 'd' } }],
    [{ level: 'state' }, { byState: true, follows: true }],
    [{ level: 'latched' }, { byState: false, follows: false }],
    [{ on: { paid: [{ send: 'thanks' }] } }, { paid: [{ send: 'thanks' }], follows: false }],
    [{ on: { promiseKept: [{ alert: 'kept' }] } }, { follows: true }],
    [{ on: { promiseBroken: [{ alert: 'broken' }] } }, { follows: true }],
    [{ on: { exhausted: [{ alert: 'over' }] } }, { follows: true }],
    [{ on: { promiseKept: [{ alert: 'kept' }], exhausted: [{ alert: 'over' }] } }, { follows: true }],
    [{ mode: 'approve' }, { follows: true }],
  ])('%j', (said, meant) => {
    expect(ladder(said)).toMatchObject(meant);
  });

  it('follows its stages where any of them does more than write and give tasks', () => {
    const follows = (own: Partial<Stage>): boolean =>
      compilePolicy(aLadder([], { stages: [aStage('a', '1d'), aStage('b', '2d', own)] })).follows;
    expect(follows({})).toBe(false);
    expect(follows({ do: [{ send: 'b' }, { task: 'call' }] })).toBe(false);
    expect(follows({ do: [{ effect: 'block-orders' }] })).toBe(true);
    expect(follows({ do: [{ alert: 'look' }] })).toBe(true);
    expect(follows({ do: [{ effect: 'block-orders' }, { alert: 'look' }] })).toBe(true);
    expect(follows({ mode: 'task' })).toBe(true);
  });

  it('sends more than one message where one of its stages does', () => {
    const many = (...counts: readonly number[]): boolean =>
      compilePolicy(
        aLadder([], {
          stages: counts.map((count, index) =>
            aStage(`s${index}`, `${index + 1}d`, {
              do: Array.from({ length: count }, (_, send) => ({ send: `m${send}` })),
            }),
          ),
        }),
      ).manySends;
    expect([many(1, 1), many(0, 1), many(1, 2), many(2, 1)]).toEqual([false, false, true, true]);
  });

  it.each<[string, readonly Stage[], boolean]>([
    ['days that rise', [aStage('a', '-7d'), aStage('b', '0d'), aStage('c', '1w')], true],
    ['two stages of one day', [aStage('a', '3d'), aStage('b', '3d')], true],
    ['days that fall', [aStage('a', '5d'), aStage('b', '3d')], false],
    ['months, whose days differ', [aStage('a', '1d'), aStage('b', '1mo')], false],
    [
      'a day that is moved off weekends',
      [aStage('a', '1d', { at: { from: 'due', plus: '1d', businessDay: 'next' } }), aStage('b', '5d')],
      false,
    ],
    [
      'a stage that counts from another',
      [aStage('a', '1d'), aStage('b', '', { at: { from: 'previous', plus: '3d' } })],
      false,
    ],
    ['a rank of its own', [aStage('a', '1d', { rank: 1 }), aStage('b', '5d')], false],
    ['one rank for all', [aStage('a', '1d', { rank: 2 }), aStage('b', '5d', { rank: 2 })], true],
  ])('is climbed in the order of the document: %s', (_, stages, rises) => {
    expect(compilePolicy(aLadder([], { stages }))).toMatchObject({ ascending: rises, plain: rises });
  });
});

describe('what a stage says', () => {
  it.each<[Partial<Stage>, Partial<CompiledStage>]>([
    [
      { level: 7, rank: 4, tone: 'formal' },
      { level: 7, rank: 4, tone: 2 },
    ],
    [{ tone: 'firm' }, { tone: 1, level: 2 }],
    [{ time: '10:30' }, { minute: 630 }],
    [{ min: { amount: { MXN: '5.00' } } }, { minimum: expect.anything() }],
    [
      { expires: '5d', deadline: '2w' },
      { expires: { count: 5, unit: 'd' }, deadline: { count: 2, unit: 'w' } },
    ],
    [{ mode: 'task' }, { mode: 'task' }],
    [{ when: { fact: 'item.daysPastDue', gte: 3 } }, { timed: true, ofLevel: false }],
    [{ when: { fact: 'case.level', gte: 3 } }, { ofLevel: true }],
    [{ when: { fact: 'account.tags', has: 'vip' } }, { timed: false, ofLevel: false }],
    [
      { do: [{ alert: 'x' }, { send: 'a' }, { task: 'call' }, { effect: 'stop' }, { close: 'done' }] },
      {
        sends: [{ send: 'a' }],
        tasks: [{ task: 'call' }],
        effects: [{ effect: 'stop' }],
        follows: [
          { index: 0, action: { alert: 'x' } },
          { index: 4, action: { close: 'done' } },
        ],
      },
    ],
  ])('%j', (said, meant) => {
    expect(rung(said)).toMatchObject(meant);
  });

  it('takes hour and mode from its policy where it names none', () => {
    expect(rung({}, { time: '09:15', mode: 'approve' })).toMatchObject({ minute: 555, mode: 'approve' });
    expect(rung({ time: '08:00', mode: 'auto' }, { time: '09:15', mode: 'approve' })).toMatchObject({
      minute: 480,
      mode: 'auto',
    });
  });

  const early = { from: 'due', minus: '3d' } as const;
  const late = { from: 'due', plus: '3d' } as const;
  const next = { from: 'previous', plus: '4d' } as const;
  const graced = { from: 'grace', plus: '1d' } as const;
  const nothing = { anytime: false, early: false, dueOnly: true, follower: false, graced: false };
  it.each<[Stage['at'], Partial<Stage>, Partial<CompiledStage>]>([
    [undefined, {}, { ...nothing, anytime: true, dueOnly: false, days: undefined, combine: 'latest' }],
    [late, {}, { ...nothing, days: 3 }],
    [early, {}, { ...nothing, days: -3, early: true }],
    [early, { keep: true }, { ...nothing, days: -3 }],
    [{ from: 'due', plus: '0d' }, {}, { ...nothing, days: 0 }],
    [{ from: 'due' }, {}, { ...nothing, days: 0 }],
    [{ ...early, endOfMonth: true }, {}, { ...nothing, days: undefined }],
    [{ from: 'issue', minus: '3d' }, {}, { ...nothing, dueOnly: false, days: undefined }],
    [next, {}, { ...nothing, dueOnly: false, follower: true, days: undefined }],
    [graced, {}, { ...nothing, dueOnly: false, graced: true, days: undefined }],
    [{ all: [early, late] }, {}, { ...nothing, combine: 'latest', days: undefined }],
    [{ any: [early, late] }, {}, { ...nothing, combine: 'earliest', early: true, days: undefined }],
    [{ all: [early] }, {}, { ...nothing, combine: 'latest', early: true, days: -3 }],
    [{ any: [late] }, {}, { ...nothing, combine: 'earliest', days: 3 }],
    [{ all: [late, next] }, {}, { ...nothing, dueOnly: false, follower: true, days: undefined }],
    [{ any: [graced, late] }, {}, { ...nothing, combine: 'earliest', dueOnly: false, graced: true }],
  ])('counts from its triggers: %j %j', (at, own, meant) => {
    expect(rung({ at, ...own })).toMatchObject(meant);
  });

  it.each<[Extract<Stage['at'], { from: unknown }>, Partial<CompiledStage['triggers'][number]>]>([
    [
      { from: 'due', minus: '0d' },
      { offset: { count: 0, unit: 'd' }, days: 0 },
    ],
    [
      { from: 'due', minus: '2w' },
      { offset: { count: -2, unit: 'w' }, days: -14 },
    ],
    [
      { from: 'due', plus: '2w', exclusive: true },
      { days: 15, further: 1 },
    ],
    [
      { from: 'due', plus: '2bd' },
      { offset: { count: 2, unit: 'bd' }, days: undefined },
    ],
    [
      { from: 'due', plus: '2mo' },
      { offset: { count: 2, unit: 'mo' }, days: undefined },
    ],
    [
      { from: 'due', plus: '2d', endOfMonth: true },
      { days: undefined, endOfMonth: true },
    ],
    [
      { from: 'due', plus: '2d', businessDay: 'previous' },
      { days: undefined, convention: 'previous' },
    ],
    [
      { from: 'previous', of: 'deadline', plus: '2d' },
      { basis: 'previous', of: 'deadline', days: 2 },
    ],
  ])('adds plain days where that is all there is to do: %j', (at, meant) => {
    const [trigger] = rung({ at }).triggers;
    expect(trigger).toMatchObject(meant);
  });
});

describe('a plan and its policies', () => {
  const plain = aLadder(['1d']);
  const of = (plan: Partial<Plan>, ...policies: readonly Policy[]): Engine =>
    engineOf(policies.length === 0 ? plain : policies, aPlan(plan));

  it('say what nobody has to look for', () => {
    const { planRef, segmentsTimed, follows, manual, thanks, answers, forms, adjust, ...rest } = compile({
      plan: { id: 'plan', version: 2, zone: 'UTC' },
      policies: [plain],
    });
    expect({ planRef, segmentsTimed, follows, manual, thanks, answers, forms, adjust }).toEqual({
      planRef: { id: 'plan', version: 2, hash: planRef.hash },
      segmentsTimed: false,
      follows: false,
      manual: shippedChannels.some((channel) => channel.manual === true),
      thanks: false,
      answers: false,
      forms: new Map(),
      adjust: undefined,
    });
    const { segments, tolerance, ratesCount, currencies, language, textOf, recipients } = rest;
    expect({ segments, tolerance, ratesCount, currencies, language, textOf }).toEqual({
      segments: [],
      tolerance: new Map(),
      ratesCount: false,
      currencies: { otherCurrency: 'task', rates: currencies.rates },
      language: 'en',
      textOf: undefined,
    });
    expect([recipients.consent, recipients.lastWorked, recipients.hasText]).toEqual([
      {},
      undefined,
      undefined,
    ]);
    expect([...recipients.channels.keys()]).toEqual(shippedChannels.map(({ id }) => id));
  });

  it('know whether people bring what some channel would send', () => {
    const [email] = shippedChannels.filter(({ id }) => id === 'email');
    if (email === undefined) throw new Error('no such channel');
    const manual = (...channels: readonly (typeof email)[]): boolean =>
      compile({ plan: aPlan(), policies: [plain], channels }).manual;
    expect(manual(email)).toBe(false);
    expect(manual({ ...email, manual: true })).toBe(true);
    expect(manual(email, { ...email, id: 'letter', manual: true })).toBe(true);
  });

  it('know whether any policy of several thanks, answers or does more than write', () => {
    const other = (own: Partial<Policy>): Policy => aLadder(['1d'], { id: 'other', ...own });
    const says = (own: Partial<Policy>): readonly boolean[] => {
      const { thanks, answers, follows } = of({}, plain, other(own));
      return [thanks, answers, follows];
    };
    const send = [{ send: 'm' }];
    expect(says({ on: {} })).toEqual([false, false, false]);
    expect(says({ on: { paid: [], promised: [], disputed: [], reported: [] } })).toEqual([
      false,
      false,
      false,
    ]);
    expect(says({ on: { paid: send } })).toEqual([true, false, false]);
    for (const on of [{ promised: send }, { disputed: send }, { reported: send }])
      expect(says({ on })).toEqual([false, true, false]);
    expect(says({ mode: 'approve' })).toEqual([false, false, true]);
  });

  it('know whether time alone moves somebody to another policy', () => {
    const old = { fact: 'item.daysPastDue', gte: 30 } as const;
    const vip = { fact: 'account.tags', has: 'vip' } as const;
    const arms = [
      { id: 'a', weight: 1, policy: 'ladder' },
      { id: 'b', weight: 1, policy: null },
    ];
    expect(of({ segments: [{ id: 's', when: vip }] })).toMatchObject({
      segments: [{ id: 's', test: expect.any(Function) }],
      segmentsTimed: false,
    });
    expect(
      of({
        segments: [
          { id: 's', when: vip },
          { id: 't', when: old },
        ],
      }).segmentsTimed,
    ).toBe(true);
    expect(of({ experiments: [{ id: 'e', when: old, arms }] }).segmentsTimed).toBe(true);
    expect(of({ experiments: [{ id: 'e', when: vip, arms }] }).segmentsTimed).toBe(false);
    const scoped = aLadder(['1d'], { id: 'scoped', scope: { fact: 'item.daysPastDue', gte: 5 } });
    expect(of({}, plain, scoped).segmentsTimed).toBe(true);
    expect(of({}, plain, { ...scoped, scope: vip }).segmentsTimed).toBe(false);
  });

  it('wait for rates where one decides what is tolerated', () => {
    const tolerance = { MXN: '1.00' };
    expect(of({ otherCurrency: 'convert', tolerance }).ratesCount).toBe(true);
    expect(of({ otherCurrency: 'convert' }).ratesCount).toBe(false);
    expect(of({ tolerance })).toMatchObject({
      ratesCount: false,
      tolerance: new Map([['MXN', 100]]),
      currencies: { otherCurrency: 'task' },
    });
    expect(of({ otherCurrency: 'convert', language: 'pt' })).toMatchObject({
      language: 'pt',
      currencies: { otherCurrency: 'convert' },
    });
  });

  it('keep the versions of a policy that differ in what climbs, the newest first', () => {
    const by = (version: number, unit: Policy['unit'], id = 'ladder'): Policy =>
      aLadder(['1d'], { id, version, unit });
    const account = { group: ['account' as const] };
    const entity = { group: ['entity' as const] };
    const forms = (...policies: readonly Policy[]) =>
      [...of({}, ...policies).forms].map(([id, all]) => [id, all.map(({ ref }) => ref.version)]);
    expect(forms(by(1, account), by(2, account))).toEqual([]);
    expect(forms(by(1, account), by(2, entity), by(3, account), by(4, entity), by(5, 'item'))).toEqual([
      ['ladder', [5, 2, 1]],
    ]);
    expect(forms(by(1, account), by(1, entity, 'other'), by(2, account))).toEqual([]);
  });
});
