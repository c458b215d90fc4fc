import { describe, expect, it } from 'vitest';
import { decide, type FileEvent } from '../../src/engine/index.js';
import type { Account, Invoice } from '../../src/ledger/types.js';
import type { Plan, Policy } from '../../src/policy/types.js';
import {
  aHold,
  aLadder,
  anAccount,
  anInvoice,
  aPayment,
  aPlan,
  aPromise,
  aStage,
  engineOf,
  fileOf,
  free,
  instant,
  owing,
  told,
} from '../support/build.js';
import { actsIn, sent, story, walk } from '../support/walk.js';

const at = instant('2026-03-02T10:00:00-06:00');
const ids = ['ladder', 'byInvoice', 'byAccount', 'bySegment', 'other'];
const policies: readonly Policy[] = ids.map((id) => aLadder(['1d'], { id, stages: [aStage(id, '1d')] }));

/** Which policy's message goes out, or why none does. */
function assigned(
  plan: Partial<Plan>,
  account: Partial<Account> = {},
  invoice: Partial<Invoice> = {},
): string {
  const engine = engineOf(policies, aPlan({ default: undefined, ...plan }, free));
  const file = fileOf(
    told.account(anAccount({ tags: ['key'], ...account })),
    told.invoice(anInvoice(invoice)),
  );
  const decision = decide(engine, file, at);
  return decision.acts[0]?.policy.id ?? decision.waiting[0]?.reason ?? '';
}

describe('the policy of an item', () => {
  const segments = [
    { id: 'vip', when: { fact: 'account.tags', has: 'vip' } },
    { id: 'key', when: { fact: 'account.tags', has: 'key' } },
    { id: 'all', when: { fact: 'account.openItems', gte: 0 } },
  ];
  const everything: Partial<Plan> = {
    default: 'ladder',
    segments,
    assign: [
      { segment: 'all', policy: 'other' },
      { segment: 'key', policy: 'bySegment' },
      { account: 'robles', policy: 'byAccount' },
      { invoice: 'F1', policy: 'byInvoice' },
    ],
  };
  const without = (count: number): Partial<Plan> => ({
    ...everything,
    assign: everything.assign?.slice(0, -count),
  });

  it('comes from the most specific assignment: invoice, account, first segment that holds, default', () => {
    expect(assigned(everything)).toBe('byInvoice');
    expect(assigned(without(1))).toBe('byAccount');
    expect(assigned(without(2))).toBe('bySegment');
    expect(assigned(without(2), { tags: [] })).toBe('other');
    expect(assigned({ ...everything, segments: [], assign: [] })).toBe('ladder');
    // The first segment that holds is the account's, also when nothing is assigned to it.
    expect(assigned({ ...without(2) }, { tags: ['vip', 'key'] })).toBe('ladder');
  });

  it('is what the record says before what the plan says of it', () => {
    expect(assigned(everything, {}, { policy: 'other' })).toBe('other');
    expect(assigned(without(1), { policy: 'other' })).toBe('other');
    expect(assigned(everything, { policy: 'other' })).toBe('byInvoice');
  });

  it('may be none: told not to dun, nothing assigned, no such policy', () => {
    expect(assigned(everything, {}, { policy: null })).toBe('do_not_dun');
    expect(assigned(without(1), { policy: null })).toBe('do_not_dun');
    expect(assigned({ ...everything, assign: [{ segment: 'key', policy: null }] })).toBe('do_not_dun');
    expect(assigned({ default: null })).toBe('do_not_dun');
    expect(assigned({})).toBe('no_policy');
    expect(assigned(everything, {}, { policy: 'nobody' })).toBe('unknown_policy');
    const stranger = fileOf(told.invoice(anInvoice()));
    expect(decide(engineOf(policies), stranger, at).waiting[0]?.reason).toBe('account_missing');
  });

  it('assigned twice at one rank, or to nothing that exists, is an error', () => {
    const plan = (assign: Plan['assign']) => () => engineOf(policies, aPlan({ assign }));
    const codes = { code: 'invalid_document' };
    expect(
      plan([
        { account: 'a', policy: 'ladder' },
        { account: 'a', policy: 'other' },
      ]),
    ).toThrow(expect.objectContaining(codes));
    expect(plan([{ segment: 'none', policy: 'other' }])).toThrow(expect.objectContaining(codes));
    expect(plan([{ account: 'a', policy: 'nobody' }])).toThrow(expect.objectContaining(codes));
    expect(plan([{ policy: 'other' }])).toThrow(expect.objectContaining(codes));
  });
});

describe('a policy that changes for a running case', () => {
  const two = [aLadder(['1d', '5d']), aLadder(['2d', '9d'], { id: 'other' })];
  const engine = engineOf(two, aPlan({}, free));

  it('closes the case; the next in precedence begins its own', () => {
    const facts: Record<string, readonly FileEvent[]> = {
      '2026-03-04': [told.account(anAccount({ policy: 'other' }))],
    };
    expect(story(walk(engine, owing(anInvoice()), '2026-03-01', 12, { facts }))).toEqual([
      '2026-03-01 open F1',
      '2026-03-02 send s1d F1',
      '2026-03-04 close F1 (reassigned)',
      '2026-03-04 open F1',
      '2026-03-04 send s2d F1',
      '2026-03-11 send s9d F1',
      '2026-03-12 exhaust F1',
    ]);
  });

  it('and comes back repeats nothing', () => {
    const facts = {
      '2026-03-03': [told.account(anAccount({ policy: null }))],
      '2026-03-05': [told.account(anAccount())],
    };
    expect(story(walk(engine, owing(anInvoice()), '2026-03-01', 8, { facts })).slice(2)).toEqual([
      '2026-03-03 close F1 (unassigned)',
      '2026-03-05 open F1#2',
      '2026-03-05 skip s1d F1#2 (done_before)',
      '2026-03-06 send s5d F1',
      '2026-03-07 exhaust F1#2',
    ]);
  });

  it('does not when only a newer version of it comes: the ladder is pinned', () => {
    const old = aLadder(['1d', '5d']);
    const fresh = aLadder(['1d', '3d', '4d'], { version: 2 });
    const before = walk(engineOf(old, aPlan({}, free)), owing(anInvoice()), '2026-03-01', 2).file;
    const after = walk(engineOf([old, fresh], aPlan({}, free)), before, '2026-03-03', 8);
    expect(sent(after)).toEqual(['2026-03-06 s5d F1']);
    const started = walk(engineOf([fresh, old], aPlan({}, free)), owing(anInvoice()), '2026-03-01', 8);
    expect(sent(started)).toEqual(['2026-03-02 s1d F1', '2026-03-04 s3d F1', '2026-03-05 s4d F1']);
    expect(actsIn(started)[0]?.policy.version).toBe(2);
  });
});

describe('conditions of stages', () => {
  const when = (
    condition: Policy['stages'][number]['when'],
    invoice: Partial<Invoice> = {},
  ): readonly string[] => {
    const stages = [aStage('mild', '1d'), aStage('firm', '5d', { tone: 'firm', when: condition })];
    const engine = engineOf(aLadder([], { stages }), aPlan({}, free));
    return story(walk(engine, owing(anInvoice(invoice)), '2026-03-01', 12)).slice(1);
  };

  it('are thresholds per currency, inclusive', () => {
    const least = { fact: 'item.dunnable', gte: { MXN: '100.00' } };
    expect(when(least)).toContain('2026-03-06 send firm F1');
    expect(when(least, { total: 9_999 })).toEqual(['2026-03-02 send mild F1']);
    expect(when(least, { currency: 'USD' })).toEqual(['2026-03-02 send mild F1']);
  });

  it('that do not hold fall back to the stage below, and are asked again', () => {
    const stages = [
      aStage('mild', '1d'),
      aStage('firm', '2d', { tone: 'firm', when: { fact: 'account.outstanding', gte: { MXN: '150.00' } } }),
    ];
    const engine = engineOf(aLadder([], { stages }), aPlan({}, free));
    const walked = walk(engine, owing(anInvoice()), '2026-03-01', 10, {
      down: ['2026-03-02'],
      facts: { '2026-03-06': [told.invoice(anInvoice({ id: 'F2', due: '2026-04-01' }))] },
    });
    expect(sent(walked)).toEqual(['2026-03-03 mild F1', '2026-03-06 firm F1']);
  });

  it('passed over by a later stage are recorded', () => {
    const stages = [
      aStage('never', '1d', { when: { fact: 'account.country', eq: 'XX' } }),
      aStage('then', '3d', { tone: 'firm' }),
    ];
    const engine = engineOf(aLadder([], { stages }), aPlan({}, free));
    expect(story(walk(engine, owing(anInvoice()), '2026-03-01', 5)).slice(1)).toEqual([
      '2026-03-04 skip never F1 (condition)',
      '2026-03-04 send then F1',
      '2026-03-05 exhaust F1',
    ]);
  });

  it('that come true with time are asked every day', () => {
    expect(when({ fact: 'item.daysPastDue', gte: 8 }).slice(1)).toEqual([
      '2026-03-09 send firm F1',
      '2026-03-10 exhaust F1',
    ]);
  });

  it('that come true when a promise or hold ends, or begins, are asked then', () => {
    const stage = aStage('s', '1d', { when: { fact: 'item.dunnable', gte: { MXN: '100.00' } } });
    const engine = engineOf(aLadder([], { stages: [stage] }), aPlan({}, free));
    const file = fileOf(
      told.account(anAccount()),
      told.invoice(anInvoice()),
      told.promise(aPromise({ amount: 4_000, date: '2026-03-10' })),
      told.hold(aHold({ invoice: 'F9', from: '2026-03-20' })),
    );
    const decision = decide(engine, file, at);
    expect(decision.waiting).toMatchObject([{ reason: 'condition' }]);
    expect(decision.next).toBe(instant('2026-03-11T00:00:00-06:00'));
  });

  it('know what was done before: reminders, history', () => {
    const done = { fact: 'case.stagesDone', gte: 2 };
    const stages = [
      aStage('a', '1d', { do: [{ send: 'a' }, { task: 'call' }] }),
      aStage('b', '2d', { when: done }),
      aStage('c', '3d'),
      aStage('d', '4d', { when: done }),
    ];
    const engine = engineOf(aLadder([], { stages }), aPlan({}, free));
    expect(sent(walk(engine, owing(anInvoice()), '2026-03-01', 8))).toEqual([
      '2026-03-02 a F1',
      '2026-03-04 c F1',
      '2026-03-05 d F1',
    ]);
  });

  it('of a segment may change overnight: then it is looked at every night', () => {
    const plan = aPlan(
      {
        segments: [{ id: 'late', when: { fact: 'account.oldestDaysPastDue', gte: 4 } }],
        assign: [{ segment: 'late', policy: 'other' }],
      },
      free,
    );
    const engine = engineOf([aLadder(['1d', '9d']), aLadder(['2d'], { id: 'other' })], plan);
    const walked = walk(engine, owing(anInvoice()), '2026-03-01', 8);
    expect(sent(walked)).toEqual(['2026-03-02 s1d F1', '2026-03-05 s2d F1']);
    expect(walked.days[1]?.settled[0]?.next).toBe(instant('2026-03-03T00:00:00-06:00'));
  });
});

describe('hardship', () => {
  it('lets friendly stages act and no others', () => {
    const engine = engineOf(aLadder(['1d', '3d', '5d', '7d']), aPlan({}, free));
    const file = fileOf(told.account(anAccount({ hardship: true })), told.invoice(anInvoice()));
    const walked = walk(engine, file, '2026-03-01', 20);
    expect(sent(walked)).toEqual(['2026-03-02 s1d F1', '2026-03-04 s3d F1']);
    expect(walked.days.at(-1)?.settled[0]?.last.waiting).toMatchObject([
      { reason: 'hardship', stage: 's5d' },
    ]);
  });
});

describe('what a stage does', () => {
  it('a task instead of a message: the ladder goes on, and the next review is known', () => {
    const stages = [
      aStage('call', '1d', { do: [{ task: 'call', within: '2bd', owner: 'luis' }] }),
      aStage('b', '5d'),
    ];
    const walked = walk(
      engineOf(aLadder([], { stages })),
      owing(anInvoice({ due: '2026-03-05' })),
      '2026-03-05',
      8,
    );
    expect(story(walked).slice(1)).toEqual([
      '2026-03-06 task call F1',
      '2026-03-10 send b F1',
      '2026-03-11 exhaust F1',
    ]);
    expect(actsIn(walked)[0]).toMatchObject({
      kind: 'task',
      owner: 'luis',
      deadline: '2026-03-10',
      reason: 'stage',
    });
    const engine = engineOf(aLadder([], { stages }));
    const planned = decide(
      engine,
      owing(anInvoice({ due: '2026-03-05' })),
      instant('2026-03-06T10:00:00-06:00'),
    );
    expect(planned.acts.map((act) => act.kind)).toEqual(['task']);
    expect(planned.next).toBe(instant('2026-03-10T00:00:00-06:00'));
  });

  it('several tasks, each raised once; they close themselves when the debt is settled', () => {
    const stages = [aStage('a', '1d', { do: [{ send: 'a' }, { task: 'call' }, { task: 'visit' }] })];
    const walked = walk(engineOf(aLadder([], { stages })), owing(anInvoice()), '2026-03-01', 8, {
      again: [12],
      facts: { '2026-03-05': [told.payment(aPayment({ to: 'F1' }))] },
    });
    expect(story(walked).slice(1)).toEqual([
      '2026-03-02 send a F1',
      '2026-03-02 task call F1',
      '2026-03-02 task visit F1',
      '2026-03-03 exhaust F1',
      '2026-03-05 close F1 (paid)',
      '2026-03-05 task over (settled)',
      '2026-03-05 task over (settled)',
    ]);
    expect(walked.file.acts.size).toBe(0);
  });

  it('tasks close themselves too when another policy takes over', () => {
    const stages = [aStage('a', '1d', { do: [{ task: 'call' }] })];
    const engine = engineOf([aLadder([], { stages }), aLadder(['9d'], { id: 'other' })]);
    const walked = walk(engine, owing(anInvoice()), '2026-03-02', 3, {
      facts: { '2026-03-04': [told.account(anAccount({ policy: 'other' }))] },
    });
    expect(story(walked)).toContain('2026-03-04 task over (reassigned)');
  });

  it('several messages, to several people', () => {
    const boss = { ...anAccount().contacts[0]!, id: 'boss', role: 'manager', email: 'boss@robles.example' };
    const stages = [
      aStage('a', '1d', { do: [{ send: 'a' }, { send: 'copy', to: 'manager' }] }),
      aStage('b', '5d'),
    ];
    const file = fileOf(
      told.account(anAccount({ contacts: [...anAccount().contacts, boss] })),
      told.invoice(anInvoice()),
      told.invoice(anInvoice({ id: 'F2' })),
    );
    const walked = walk(engineOf(aLadder([], { stages })), file, '2026-03-01', 8, { again: [12] });
    expect(
      actsIn(walked).map((act) => `${act.on} ${act.message} ${act.contact} ${act.covers.length}`),
    ).toEqual(['2026-03-02 a ana 2', '2026-03-02 copy boss 2', '2026-03-06 b ana 2']);
    expect(new Set(actsIn(walked).flatMap((act) => act.keys)).size).toBe(6);
  });

  it('several messages of thanks', () => {
    const engine = engineOf(aLadder(['9d'], { on: { paid: [{ send: 'thanks' }, { send: 'survey' }] } }));
    const walked = walk(engine, owing(anInvoice()), '2026-03-01', 4, {
      facts: { '2026-03-03': [told.payment(aPayment({ to: 'F1' }))] },
    });
    expect(sent(walked)).toEqual(['2026-03-03 thanks F1', '2026-03-03 survey F1']);
  });

  it('nothing at all, with repeats: there is nothing to repeat', () => {
    const policy = aLadder([], {
      stages: [aStage('end', '1d', { do: [] })],
      last: { repeat: '2d', times: 3 },
    });
    expect(story(walk(engineOf(policy), owing(anInvoice()), '2026-03-02', 9))).toEqual([
      '2026-03-02 open F1',
      '2026-03-02 skip end F1 (nothing_to_do)',
      '2026-03-04 exhaust F1',
    ]);
  });

  it('nothing at all: it is marked and the ladder goes on', () => {
    const stages = [aStage('pause', '1d', { do: [] }), aStage('b', '5d')];
    const walked = walk(engineOf(aLadder([], { stages })), owing(anInvoice()), '2026-03-01', 8);
    expect(story(walked).slice(1)).toEqual([
      '2026-03-02 skip pause F1 (nothing_to_do)',
      '2026-03-06 send b F1',
      '2026-03-07 exhaust F1',
    ]);
  });
});
