import { describe, expect, it } from 'vitest';
import { decide, evolveAll, explain, recheck, settle } from '../../src/engine/index.js';
import type { AccountFile, OpenAct, Touch } from '../../src/ledger/file.js';
import type { ContactRules, Plan, Policy } from '../../src/policy/types.js';
import {
  aContact,
  aLadder,
  anAccount,
  anInvoice,
  aPayment,
  aPlan,
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
const two = owing(anInvoice({ id: 'A' }), anInvoice({ id: 'B' }));
const toOther: Partial<Plan> = { assign: [{ invoice: 'B', policy: 'other' }] };

/** A under `ladder`, B under `other`. */
function engineFor(
  first: Partial<Policy>,
  second: Partial<Policy>,
  contact: ContactRules = {},
  offsets = ['1d', '9d'],
) {
  return engineOf(
    [aLadder(offsets, first), aLadder(offsets, { id: 'other', ...second })],
    aPlan(toOther, { ...free, ...contact }),
  );
}

describe('how many messages an account gets on one occasion', () => {
  it('is one of each kind where they are by account; the other waits for the next', () => {
    const engine = engineFor({}, {});
    expect(sent(walk(engine, two, '2026-03-02', 2))).toEqual(['2026-03-02 s1d A', '2026-03-03 s1d B']);
    const { waiting, next } = decide(engine, two, at);
    const tomorrow = instant('2026-03-03T00:00:00-06:00');
    expect(waiting).toEqual([
      { item: 'B', case: 'other/B#1', policy: 'other', stage: 's1d', reason: 'message_limit', at: tomorrow },
    ]);
    expect(next).toBe(tomorrow);
  });

  it('leaves what is coming and what is overdue apart', () => {
    const engine = engineFor({}, {}, {}, ['-7d', '1d']);
    const file = owing(anInvoice({ id: 'A' }), anInvoice({ id: 'B', due: '2026-03-09' }));
    expect(sent(walk(engine, file, '2026-03-02', 1))).toEqual(['2026-03-02 s1d A', '2026-03-02 s-7d B']);
  });

  it('is not limited where a policy parts messages itself', () => {
    const message = { by: 'invoice' as const };
    expect(sent(walk(engineFor({ message }, { message }), two, '2026-03-02', 1))).toHaveLength(2);
    expect(sent(walk(engineFor({}, { message }), two, '2026-03-02', 1))).toHaveLength(2);
    const [one] = [aLadder(['1d'], { message: { by: ['currency'] } })];
    const file = owing(anInvoice({ id: 'A' }), anInvoice({ id: 'B', currency: 'USD' }));
    expect(decide(engineOf(one!, aPlan({}, free)), file, at).acts).toHaveLength(2);
  });

  it('may have a limit of its own, over all policies', () => {
    const message = { by: 'invoice' as const, most: { overdue: 2 } };
    const invoices = ['A', 'B', 'C', 'D'].map((id, index) => anInvoice({ id, due: `2026-03-0${index + 1}` }));
    const policy = aLadder(['1d', '20d'], { message });
    const days = walk(engineOf(policy, aPlan({}, free)), owing(...invoices), '2026-03-05', 3);
    expect(sent(days)).toEqual([
      '2026-03-05 s1d A',
      '2026-03-05 s1d B',
      '2026-03-06 s1d C',
      '2026-03-06 s1d D',
    ]);
    expect(decide(engineFor({ message: { most: { overdue: 1 } } }, {}), two, at).acts).toHaveLength(1);
    const open = { message: { most: { upcoming: 1 } } };
    expect(decide(engineFor(open, open), two, at).acts).toHaveLength(2);
    expect(decide(engineFor(open, {}), two, at).acts).toHaveLength(1);
  });

  it('lets the strongest go: tone, then stage, then age', () => {
    const mild = aStage('mild', '1d');
    const engine = engineOf(
      [
        aLadder([], { stages: [mild] }),
        aLadder([], { id: 'other', stages: [{ ...mild, id: 'x', tone: 'formal' }] }),
      ],
      aPlan(toOther, free),
    );
    expect(decide(engine, two, at).acts.map((act) => act.stage)).toEqual(['x']);
    const older = owing(anInvoice({ id: 'A', due: '2026-03-01' }), anInvoice({ id: 'B', due: '2026-02-28' }));
    expect(decide(engineFor({}, {}), older, at).acts.map((act) => act.policy.id)).toEqual(['other']);
  });

  it('lets the policy with the higher priority go first', () => {
    const acting = (first: number, second: number): unknown =>
      decide(engineFor({ priority: first }, { priority: second }), two, at).acts.map((act) => act.policy.id);
    expect(acting(0, 1)).toEqual(['other']);
    expect(acting(1, 0)).toEqual(['ladder']);
    expect(acting(3, 3)).toEqual(['ladder']);
    // Whatever the order of the facts.
    const turned = owing(anInvoice({ id: 'B' }), anInvoice({ id: 'A' }));
    expect(decide(engineFor({}, {}), turned, at).acts.map((act) => act.policy.id)).toEqual(['ladder']);
  });

  it('counts what was made on the same occasion before, and holds for the day', () => {
    const engine = engineFor({}, {});
    const first = settle(engine, two, at);
    expect(first.acts.map((act) => act.policy.id)).toEqual(['ladder']);
    for (const hour of [1, 5, 13]) expect(settle(engine, first.file, at + hour * 3_600_000).acts).toEqual([]);
    const morning = settle(engine, first.file, instant('2026-03-03T00:00:00-06:00'));
    expect(morning.acts.map((act) => act.policy.id)).toEqual(['other']);
    const again = decide(engine, evolveAll(two, decide(engine, two, at).events), at);
    expect(again.acts).toEqual([]);
  });

  it('counts messages of the occasion and kind that are on their way or went out, of policies by account', () => {
    const one = owing(anInvoice({ id: 'A' }));
    const itemised = aLadder(['1d'], { id: 'itemised', message: { by: ['item'] } });
    const engine = engineOf(
      [aLadder(['-7d', '1d', '9d']), aLadder(['1d'], { id: 'other' }), itemised],
      aPlan({}, free),
    );
    const acts = (file: AccountFile) => decide(engine, file, at).acts.map(({ stage }) => stage);
    const about = { purpose: 'dunning', topic: 'overdue', contact: 'ana', channel: 'email' } as const;
    const covering = (id: string) => [{ subject: 'X', case: id, stage: 's1d', occurrence: 1 }];
    const planned = (own: Partial<OpenAct>, file = one): readonly string[] => {
      const act: OpenAct = {
        ...{ id: 'm', kind: 'message', state: 'planned', review: at, on: '2026-03-02', ...about },
        ...{ covers: covering('other/X#1'), ...own },
      };
      return acts({ ...file, acts: new Map([['m', act]]) });
    };
    const sent = (own: Partial<Touch>, file = one): readonly string[] => {
      const touch = { at, on: '2026-03-02', occasion: at, ...about, cases: ['other/X#1'], ...own };
      return acts({ ...file, touches: [touch] });
    };
    expect([planned({}), sent({})]).toEqual([[], []]);
    expect([planned({ review: at - 1 }), sent({ occasion: at - 1 })]).toEqual([['s1d'], ['s1d']]);
    expect([planned({ topic: undefined }), sent({ topic: undefined })]).toEqual([['s1d'], ['s1d']]);
    expect([planned({ topic: 'upcoming' }), sent({ topic: 'upcoming' })]).toEqual([['s1d'], ['s1d']]);
    expect(planned({ kind: 'task' })).toEqual(['s1d']);
    expect([planned({ covers: [] }), sent({ cases: undefined })]).toEqual([['s1d'], ['s1d']]);
    for (const id of ['itemised/X#1', 'gone/X#1'])
      expect([planned({ covers: covering(id) }), sent({ cases: [id] })]).toEqual([['s1d'], ['s1d']]);
    const coming = owing(anInvoice({ id: 'A', due: '2026-03-09' }));
    expect([planned({ topic: 'upcoming' }, coming), sent({ topic: 'upcoming' }, coming)]).toEqual([[], []]);
    expect([planned({}, coming), sent({}, coming)]).toEqual([['s-7d'], ['s-7d']]);
  });

  it('is asked again before it is sent', () => {
    const engine = engineFor({}, {});
    const { acts, events } = decide(engine, two, at);
    expect(recheck(engine, evolveAll(two, events), acts[0]!, at)).toEqual({ ok: true });
  });

  it('makes room when what took it falls', () => {
    const engine = engineFor({}, {});
    const { acts, events } = decide(engine, two, at);
    const withdrawn = {
      type: 'act.withdrawn' as const,
      act: acts[0]!.id,
      reason: 'settled',
      on: '2026-03-02',
    };
    const paid = evolveAll(two, [...events, withdrawn, told.payment(aPayment({ to: 'A' }))]);
    const next = settle(engine, paid, instant('2026-03-03T00:00:00-06:00'));
    expect(next.acts.map((act) => act.policy.id)).toEqual(['other']);
  });

  it('is one more for each branch that has people of its own', () => {
    const branches = ['north', 'south'].map((id) => ({
      id,
      name: id,
      contacts: [aContact({ id, email: `${id}@x.example` })],
    }));
    const file = fileOf(
      told.account(anAccount({ branches: [...branches, { id: 'east', name: 'East', contacts: [] }] })),
      ...['north', 'south', 'east', undefined, 'north'].map((branch, index) =>
        told.invoice(anInvoice({ id: `F${index}`, branch })),
      ),
    );
    const acts = decide(engineOf(aLadder(['1d']), aPlan({}, free)), file, at).acts;
    expect(acts.map((act) => [act.contact, act.items.map((item) => item.item)])).toEqual([
      ['north', ['F0', 'F4']],
      ['south', ['F1']],
      ['ana', ['F2', 'F3']],
    ]);
    const listing = aLadder(['1d'], { message: { list: 'overdue' } });
    const later = evolveAll(file, [told.invoice(anInvoice({ id: 'X', branch: 'north', due: '2026-02-01' }))]);
    const listed = decide(engineOf(listing, aPlan({}, free)), later, at).acts;
    expect(listed.map((act) => act.items.length)).toEqual([3, 1, 2]);
  });
});

describe('a policy of higher priority', () => {
  const sms = [{ channel: 'sms' }];
  const contacts = [
    aContact({ phone: '+525512345678', consents: [{ channel: 'sms', state: 'granted', at: 0 }] }),
  ];
  const file = fileOf(
    told.account(anAccount({ contacts })),
    told.invoice(anInvoice({ id: 'A' })),
    told.invoice(anInvoice({ id: 'B' })),
  );
  const windows = [
    { from: '12:00', to: '18:00', channels: ['sms'] },
    { from: '06:00', to: '18:00', channels: ['email'] },
  ];
  const noon = instant('2026-03-02T12:00:00-06:00');
  const message = { by: 'invoice' as const };

  function waits(priority: number, contact: ContactRules): unknown {
    const engine = engineFor({ message }, { via: sms, priority, message }, { windows, ...contact });
    const { acts, waiting } = decide(engine, file, at);
    return [acts.map((act) => act.policy.id), waiting.map((one) => [one.policy, one.reason, one.at])];
  }

  it('goes first where two compete for the contacts of a day: the other waits for it', () => {
    const both = [
      ['other', 'window', noon],
      ['ladder', 'priority', noon],
    ];
    expect(waits(1, { caps: [{ max: 1, per: '1d' }] })).toEqual([[], both]);
    expect(waits(1, { gap: '1d' })).toEqual([[], both]);
    const engine = engineFor({ message }, { via: sms, priority: 1, message }, { windows, gap: '1d' });
    expect(
      settle(engine, file, noon)
        .acts.map((act) => act.policy.id)
        .toSorted(),
    ).toEqual(['ladder', 'other']);
  });

  it('holds nothing up where there is no competition, or no rank', () => {
    const window = [['other', 'window', noon]];
    expect(waits(0, { gap: '1d' })).toEqual([['ladder'], window]);
    expect(waits(1, {})).toEqual([['ladder'], window]);
    expect(waits(1, { caps: [{ max: 2, per: '1d' }] })).toEqual([['ladder'], window]);
    expect(waits(1, { caps: [{ max: 1, per: '1d', channel: 'email' }] })).toEqual([['ladder'], window]);
  });

  it('holds nothing up that could not go then itself, nor for another day', () => {
    const early = [windows[0]!, { from: '06:00', to: '11:00', channels: ['email'] }];
    const engine = engineFor({ message }, { via: sms, priority: 1, message }, { windows: early, gap: '1d' });
    expect(decide(engine, file, at).acts.map((act) => act.policy.id)).toEqual(['ladder']);
    const evening = instant('2026-03-02T18:30:00-06:00');
    const late = [windows[0]!, { from: '06:00', to: '20:00', channels: ['email'] }];
    const other = engineFor({ message }, { via: sms, priority: 1, message }, { windows: late, gap: '1d' });
    expect(decide(other, file, evening).acts.map((act) => act.policy.id)).toEqual(['ladder']);
  });

  it('is explained as a matter of the contact rules', () => {
    const engine = engineFor({ message }, { via: sms, priority: 1, message }, { windows, gap: '1d' });
    expect(explain(engine, file, at).items).toMatchObject([
      { failed: 'contact_rules', reason: 'priority' },
      { failed: 'contact_rules', reason: 'window' },
    ]);
  });
});

describe('a stage pushed onto or past the day of the next one', () => {
  const gap: ContactRules = { gap: '3d' };
  const engine = (offsets: string[], own: Partial<Policy> = {}, contact = gap) =>
    engineOf(aLadder(offsets, own), aPlan({}, contact));
  const pushed = (file: AccountFile, ...args: Parameters<typeof engine>): readonly string[] =>
    story(walk(engine(...args), file, '2026-03-02', 12)).filter((line) => /send|skip/.test(line));

  it('gives way, on the day on which that is known', () => {
    expect(pushed(owing(anInvoice()), ['1d', '2d', '4d'])).toEqual([
      '2026-03-02 send s1d F1',
      '2026-03-03 skip s2d F1 (gave_way)',
      '2026-03-05 send s4d F1',
    ]);
  });

  it('keeps its turn when it comes before the next one all the same', () => {
    expect(pushed(owing(anInvoice()), ['1d', '2d', '5d'])).toEqual([
      '2026-03-02 send s1d F1',
      '2026-03-05 send s2d F1',
      '2026-03-08 send s5d F1',
    ]);
  });

  it('says when it would have been permitted, and by which rule', () => {
    const rules = engine(['1d', '2d', '4d']);
    const { file } = settle(rules, owing(anInvoice()), at);
    const { waiting, next, events } = decide(rules, file, instant('2026-03-03T00:00:00-06:00'));
    const fifth = instant('2026-03-05T00:00:00-06:00');
    expect(waiting).toMatchObject([{ stage: 's2d', reason: 'gap', at: fifth }]);
    expect(events).toMatchObject([{ type: 'stage.skipped', stage: 's2d', reason: 'gave_way' }, {}]);
    expect(next).toBe(fifth);
  });

  it.each(['latest', 'each', 'drop'] as const)(
    'gives way whatever is done about late reviews: %s',
    (late) => {
      expect(pushed(owing(anInvoice()), ['1d', '2d', '4d'], { late })).toEqual([
        '2026-03-02 send s1d F1',
        '2026-03-03 skip s2d F1 (gave_way)',
        '2026-03-05 send s4d F1',
      ]);
    },
  );

  it('or both act in turn, where the policy says so', () => {
    expect(pushed(owing(anInvoice()), ['1d', '2d', '4d'], { pushed: 'both' })).toEqual([
      '2026-03-02 send s1d F1',
      '2026-03-05 send s2d F1',
      '2026-03-08 send s4d F1',
    ]);
    const rules = engine(['1d', '2d', '4d'], { pushed: 'both' });
    const day = instant('2026-03-03T00:00:00-06:00');
    const { file } = settle(rules, settle(rules, owing(anInvoice()), at).file, day);
    // It is written down once.
    expect(decide(rules, file, day).events).toEqual([]);
    expect(file.cases.get('F1')?.[0]?.marks).toMatchObject([
      {},
      { stage: 's2d', state: 'withdrawn', reason: 'pushed' },
    ]);
  });

  it('stays where the next one may not act after all', () => {
    const stages = (next: object) => [
      aStage('a', '1d'),
      aStage('b', '2d'),
      { ...aStage('c', '4d'), ...next },
    ];
    const lines = (next: object, hardship = false): unknown => {
      const file = fileOf(told.account(anAccount({ hardship })), told.invoice(anInvoice()));
      return pushed(file, [], { stages: stages(next) })[1];
    };
    expect(lines({})).toBe('2026-03-03 skip b F1 (gave_way)');
    const never = { fact: 'item.dunnable', gt: { MXN: '500.00' } };
    expect(lines({ when: never })).toBe('2026-03-05 send b F1');
    expect(lines({ tone: 'firm' }, true)).toBe('2026-03-05 send b F1');
    expect(lines({ do: [{ task: 'call' }] })).not.toContain('gave_way');
  });

  it('gives way to windows, holidays and caps likewise', () => {
    const weekend: ContactRules = { ...free, windows: [{ days: ['wed'], from: '09:00', to: '18:00' }] };
    expect(pushed(owing(anInvoice()), ['1d', '2d', '9d'], {}, weekend).slice(0, 2)).toEqual([
      '2026-03-02 skip s1d F1 (gave_way)',
      '2026-03-04 send s2d F1',
    ]);
    const capped: ContactRules = { gap: 'none', caps: [{ max: 1, per: '4d' }] };
    expect(pushed(owing(anInvoice()), ['1d', '2d', '5d'], {}, capped).slice(1, 3)).toEqual([
      '2026-03-03 skip s2d F1 (gave_way)',
      '2026-03-06 send s5d F1',
    ]);
  });

  it('is ahead again when the due date moves', () => {
    const rules = engine(['1d', '2d', '4d']);
    const moved = { '2026-03-04': [told.invoice(anInvoice({ due: '2026-03-10' }))] };
    const walked = walk(rules, owing(anInvoice()), '2026-03-02', 14, { facts: moved });
    expect(sent(walked)).toEqual(['2026-03-02 s1d F1', '2026-03-12 s2d F1', '2026-03-15 s4d F1']);
  });
});

describe('gaps of single stages, cases and channels', () => {
  it('let a stage go that has none', () => {
    const stages = [aStage('a', '1d'), aStage('b', '2d', { gap: 'none' }), aStage('c', '3d')];
    const engine = engineOf(aLadder([], { stages }), aPlan({}, { gap: '5d' }));
    expect(sent(walk(engine, owing(anInvoice()), '2026-03-02', 10))).toEqual([
      '2026-03-02 a F1',
      '2026-03-03 b F1',
      '2026-03-08 c F1',
    ]);
  });

  it('are asked for each case of a message; those that may go, go', () => {
    const engine = engineOf(aLadder(['1d', '2d']), aPlan({}, { gap: '4d', gapOf: 'case' }));
    const file = owing(anInvoice({ id: 'A' }), anInvoice({ id: 'B', due: '2026-03-02' }));
    expect(sent(walk(engine, file, '2026-03-02', 8))).toEqual([
      '2026-03-02 s1d A',
      '2026-03-03 s1d B',
      '2026-03-06 s2d A',
      '2026-03-07 s2d B',
    ]);
  });

  it('count contacts that were made elsewhere', () => {
    const recorded = {
      type: 'contact.recorded' as const,
      at: instant('2026-03-01T15:00:00-06:00'),
      on: '2026-03-01',
      channel: 'phone',
      contact: 'ana',
      cases: [],
      author: 'luis',
    };
    const file = evolveAll(owing(anInvoice()), [recorded]);
    const day = (contact: ContactRules): unknown =>
      sent(walk(engineOf(aLadder(['1d']), aPlan({}, contact)), file, '2026-03-02', 9));
    expect(day({ gap: '3d' })).toEqual(['2026-03-04 s1d F1']);
    expect(day({ gap: '36h' })).toEqual(['2026-03-03 s1d F1']);
    expect(day({ gap: 'none', caps: [{ max: 1, per: '7d' }] })).toEqual(['2026-03-08 s1d F1']);
    expect(day({ gap: 'none', caps: [{ max: 1, in: 'week' }] })).toEqual(['2026-03-02 s1d F1']);
  });
});

describe('thanks', () => {
  it('mind windows and caps on any contact, but no gap and no limit', () => {
    const paid = { '2026-03-03': [told.payment(aPayment({ to: 'A', date: '2026-03-03' }))] };
    const file = owing(anInvoice({ id: 'A' }), anInvoice({ id: 'B', due: '2026-03-02' }));
    const on = { paid: [{ send: 'thanks' }] };
    const lines = (contact: ContactRules): readonly string[] =>
      sent(
        walk(engineOf(aLadder(['1d'], { on }), aPlan({}, contact)), file, '2026-03-02', 6, { facts: paid }),
      );
    expect(lines({ gap: '1d' })).toContain('2026-03-03 thanks A');
    const capped = lines({ gap: 'none', caps: [{ max: 1, per: '3d', purpose: 'any' }] });
    expect(capped).toContain('2026-03-05 thanks A');
  });
});

it('acts tell what they are about', () => {
  const engine = engineOf(aLadder(['-7d', '1d'], { on: { paid: [{ send: 'thanks' }] } }), aPlan({}, free));
  const file = owing(anInvoice({ id: 'A' }), anInvoice({ id: 'B', due: '2026-03-09' }));
  const walked = walk(engine, file, '2026-03-02', 2, {
    facts: { '2026-03-03': [told.payment(aPayment({ to: 'A' }))] },
  });
  expect(actsIn(walked).map((act) => act.topic)).toEqual(['overdue', 'upcoming', 'thanks']);
});
