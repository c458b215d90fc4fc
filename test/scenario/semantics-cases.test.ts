import { describe, expect, it } from 'vitest';
import type { Policy, Stage } from '../../src/policy/types.js';
import { parseDocuments } from '../../src/schema/index.js';
import { ana, houseOf, living, stage } from '../support/house.js';
import { refused } from '../support/refused.js';
import { beside, closings, days, entries, sent, story, through } from '../support/rows.js';
import { account, all, at, invoice, payment, type World, world } from '../support/world.js';

/** What climbs, how items share messages, what a level is and when a case ends. */

const robles = { account: 'robles' };
const rungs = [stage('soft', '3d'), stage('firm', '10d'), stage('last', '20d')];
const free = { contact: { gap: 'none' } } as const;
const house = (policy: Partial<Policy> = {}, stages: readonly Stage[] = rungs) =>
  houseOf(stages, policy, free);

/** A house with more invoices than F-1 of 10 February. */
async function owing(
  policy: Partial<Policy>,
  more: readonly ReturnType<typeof invoice>[],
  stages: readonly Stage[] = rungs,
): Promise<World> {
  const one = await living(house(policy, stages));
  await one.dunning.sync({ invoices: more });
  return one;
}

describe('unit that climbs', () => {
  it('the item: an invoice, or each instalment on its own track', async () => {
    const one = await owing({}, [
      {
        ...invoice('F-2', '02-10'),
        due: undefined,
        instalments: [
          { due: '2026-02-10', amount: '400.00' },
          { due: '2026-02-20', amount: '600.00' },
        ],
      },
    ]);
    await through(one, '02-13', '03-02');
    expect(await story(one)).toEqual([
      '02-13 soft F-1+F-2~1',
      '02-20 firm F-1+F-2~1',
      '02-23 soft F-2~2',
      '03-02 last F-1+F-2~1+F-2~2',
    ]);
  });

  it('group by account and currency; the oldest carries it', async () => {
    const one = await owing({ unit: { group: ['account'] } }, [
      invoice('F-2', '02-15'),
      { ...invoice('F-3', '02-10'), total: { amount: '10.00', currency: 'USD' } },
    ]);
    await through(one, '02-13', '02-20');
    expect(await story(one)).toEqual(['02-13 soft F-1+F-3', '02-20 firm F-1+F-3+F-2']);
    const [last] = await all(one.dunning.acts({ kinds: ['message'] }));
    expect(last?.act.covers.map((cover) => cover.subject)).toEqual(['~COP', '~USD']);
  });

  it('group by entity, and by a field of the host (F58, N16)', async () => {
    for (const [group, own] of [
      ['entity', { entity: 'mx' }],
      ['item.attributes.contract', { attributes: { contract: 'A' } }],
    ] as const) {
      const one = await owing({ unit: { group: ['account', group] }, message: { by: 'unit' } }, [
        { ...invoice('F-2', '02-12'), ...own },
        { ...invoice('F-3', '02-10'), ...own },
      ]);
      await days(one, '02-13');
      expect(await story(one)).toEqual(['02-13 soft F-1', '02-13 soft F-3+F-2']);
    }
  });

  it('ties of the carrying invoice go to the highest balance, then the id', async () => {
    const one = await owing({ unit: { group: ['account'] } }, [
      invoice('F-0', '02-10', '10.00'),
      invoice('F-9', '02-10', '5000.00'),
    ]);
    await days(one, '02-11');
    const [opened] = await entries(one.dunning, 'case.opened');
    expect(opened?.data).toMatchObject({ subject: '~COP', carrier: 'F-9' });
  });
});

describe('unit of a message', () => {
  it('one per account, policy and contact over several cases; totals per currency (F56, F59)', async () => {
    const one = await owing({}, [
      invoice('F-2', '02-10', '500.00'),
      { ...invoice('F-3', '02-03'), total: { amount: '10.00', currency: 'USD' } },
    ]);
    const run = await one.dunning.tick({ now: at('02-13') });
    expect(run.sent).toMatchObject([
      { invoices: ['F-3', 'F-1', 'F-2'], amounts: ['1500.00 COP', '10.00 USD'] },
    ]);
  });

  const parts: Readonly<Record<string, readonly string[]>> = {
    account: ['F-1+F-2+F-3'],
    invoice: ['F-1', 'F-2', 'F-3'],
    item: ['F-1', 'F-2', 'F-3'],
    unit: ['F-1', 'F-2', 'F-3'],
    level: ['F-1', 'F-2+F-3'],
    currency: ['F-1+F-3', 'F-2'],
    entity: ['F-1', 'F-2+F-3'],
    area: ['F-1+F-2', 'F-3'],
    'item.attributes.contract': ['F-1+F-2', 'F-3'],
  };
  it.each(Object.entries(parts))('by %s (F57)', async (by, wanted) => {
    const one = await owing({ message: { by: by as 'account' }, entry: 'latest' }, [
      {
        ...invoice('F-2', '02-03'),
        total: { amount: '10.00', currency: 'USD' },
        entity: 'mx',
      },
      { ...invoice('F-3', '02-03'), entity: 'mx', area: 'north', attributes: { contract: 'B' } },
    ]);
    await days(one, '02-13');
    const found = (await story(one)).map((line) => line.split(' ')[2]?.split('+').sort().join('+'));
    expect(found.sort()).toEqual([...wanted].sort());
  });

  it('by channel', async () => {
    const stages = [
      stage('soft', '3d'),
      stage('firm', '10d', { do: [{ send: 'firm', via: [{ channel: 'email' }] }] }),
    ];
    const one = await owing(
      { message: { by: ['account', 'channel'] }, entry: 'latest' },
      [invoice('F-2', '02-03')],
      stages,
    );
    await days(one, '02-13');
    expect(await story(one)).toEqual(['02-13 firm F-2', '02-13 soft F-1']);
  });
});

describe('level of items in one message', () => {
  const both = (levels: 'own' | 'lift' | 'absorb' | undefined) =>
    owing(
      { message: { levels }, entry: 'latest' },
      [invoice('F-2', '02-03')],
      [stage('soft', '3d'), stage('firm', '10d', { tone: 'firm' })],
    );
  const levels = async (one: World) =>
    (await one.dunning.account('robles', { at: at('02-13', '12:00') })).items.map((item) => [
      item.item,
      item.level?.stage,
    ]);

  it('their own; only the tone is shared (highest, F63)', async () => {
    const one = await both(undefined);
    await days(one, '02-13');
    expect(await story(one)).toEqual(['02-13 firm F-2+F-1']);
    expect((await all(one.dunning.acts()))[0]?.act.tone).toBe('firm');
    expect(await levels(one)).toEqual([
      ['F-2', 'firm'],
      ['F-1', 'soft'],
    ]);
  });

  it('lift all to the highest', async () => {
    const one = await both('lift');
    await days(one, '02-13');
    expect(await levels(one)).toEqual([
      ['F-2', 'firm'],
      ['F-1', 'firm'],
    ]);
  });

  it('split by level', async () => {
    const one = await owing(
      { message: { by: 'level' }, entry: 'latest' },
      [invoice('F-2', '02-03')],
      [stage('soft', '3d'), stage('firm', '10d', { tone: 'firm' })],
    );
    await days(one, '02-13');
    expect(await story(one)).toEqual(['02-13 firm F-2', '02-13 soft F-1']);
  });

  it('strongest leads and absorbs the milder', async () => {
    const one = await both('absorb');
    await days(one, '02-13', '02-14');
    expect(await story(one)).toEqual(['02-13 firm F-2']);
    expect(await levels(one)).toEqual([
      ['F-2', 'firm'],
      ['F-1', 'soft'],
    ]);
  });
});

describe('items listed', () => {
  const listed = async (list: 'acting' | 'overdue' | 'open' | undefined) => {
    const one = await owing({ message: { list } }, [invoice('F-2', '02-12'), invoice('F-3', '03-20')]);
    await days(one, '02-13');
    const [row] = await all(one.dunning.acts());
    const { items } = await one.dunning.account('robles', { at: at('02-13', '12:00') });
    expect(items.filter((item) => item.level !== undefined).map((item) => item.item)).toEqual(['F-1']);
    expect(row?.act.totals).toEqual([{ minor: 100_000, currency: 'COP' }]);
    return row?.act.items.map((item) => item.item);
  };
  it('those whose stage acts', async () => expect(await listed(undefined)).toEqual(['F-1']));
  it('all overdue', async () => expect(await listed('overdue')).toEqual(['F-1', 'F-2']));
  it('all open, listing gives no level (F61)', async () =>
    expect(await listed('open')).toEqual(['F-1', 'F-2', 'F-3']));
});

describe('per account and review', () => {
  const stages = [{ ...stage('early', '0d'), at: { from: 'due' as const, minus: '7d' } }, ...rungs];
  it('at most one upcoming and one overdue message, when grouped by account (F62)', async () => {
    const one = await owing({}, [invoice('F-2', '02-20'), invoice('F-3', '02-10')], stages);
    await days(one, '02-13');
    expect(await story(one)).toEqual(['02-13 early F-2', '02-13 soft F-1+F-3']);
  });

  it('a limit of one’s own; the higher priority goes, the other waits', async () => {
    const two = houseOf(rungs, { message: { by: 'invoice', most: { overdue: 1 } } }, free);
    const one = await living(two);
    await one.dunning.sync({ invoices: [invoice('F-2', '02-10')] });
    await through(one, '02-13', '02-14');
    expect(await story(one)).toEqual(['02-13 soft F-1', '02-14 soft F-2']);
  });
});

describe('level mode', () => {
  const stages: readonly Stage[] = [
    {
      id: 'low',
      tone: 'friendly',
      when: { fact: 'account.dunnable', gte: { COP: '100.00' } },
      do: [{ send: 'low' }],
    },
    {
      id: 'high',
      tone: 'firm',
      when: { fact: 'account.dunnable', gte: { COP: '800.00' } },
      do: [{ send: 'high' }, { effect: 'stop' }],
    },
  ];
  const byState = (policy: Partial<Policy> = {}, own = stages) =>
    living(houseOf(own, { level: 'state', ...policy }, free));
  const state = async (one: World, day: string) => {
    const status = await one.dunning.account('robles', { at: at(day, '12:00') });
    return [status.items[0]?.level?.stage, ...status.effects];
  };
  const pay = (one: World, id: string, day: string, amount: string) =>
    one.dunning.sync({ payments: [payment(id, 'F-1', day, amount)] });

  it('latched by done stages: a level stays though its condition holds no more', async () => {
    const one = await living(
      house({}, [
        stage('soft', '3d', { when: { fact: 'item.dunnable', gte: { COP: '900.00' } } }),
        stage('firm', '30d'),
      ]),
    );
    await days(one, '02-13');
    await pay(one, 'P', '02-14', '500.00');
    await days(one, '02-14');
    expect(await state(one, '02-14')).toEqual(['soft']);
  });

  it('state: moves both ways, one event per transition, effects with it; messages are not repeated', async () => {
    const one = await byState();
    await days(one, '02-11');
    expect(await state(one, '02-11')).toEqual(['high', 'stop']);
    await pay(one, 'P', '02-12', '500.00');
    await days(one, '02-12', '02-13');
    expect(await state(one, '02-13')).toEqual(['low']);
    await one.dunning.sync({ payments: [{ ...payment('P', 'F-1', '02-12', '500.00'), state: 'reversed' }] });
    await days(one, '02-14', '02-15');
    expect(await state(one, '02-15')).toEqual(['high', 'stop']);
    expect(sent(one)).toEqual(['high', 'low']);
    expect((await entries(one.dunning, 'case.level')).map(({ data }) => data.to)).toEqual([
      'high',
      'low',
      'high',
    ]);
  });

  it('keep until settled', async () => {
    const one = await byState({}, [
      stages[0]!,
      { ...stages[1]!, do: [{ send: 'high' }, { effect: 'stop', until: 'settled' }] },
    ]);
    await days(one, '02-11');
    await pay(one, 'P', '02-12', '500.00');
    await days(one, '02-12');
    expect(await state(one, '02-12')).toEqual(['low', 'stop']);
    await pay(one, 'P2', '02-13', '500.00');
    await days(one, '02-13');
    expect((await one.dunning.account('robles', { at: at('02-13') })).effects).toEqual([]);
  });

  it('repeat: a level that is entered again acts again', async () => {
    const one = await byState({ reentry: 'repeat' });
    await days(one, '02-11');
    await pay(one, 'P', '02-12', '500.00');
    await days(one, '02-12', '02-13');
    await one.dunning.sync({ payments: [{ ...payment('P', 'F-1', '02-12', '500.00'), state: 'reversed' }] });
    await days(one, '02-14', '02-15');
    expect(sent(one)).toEqual(['high', 'low', 'high']);
  });
});

describe('effects', () => {
  it('wanted by several cases are released when none wants them', async () => {
    const one = await owing(
      {},
      [invoice('F-2', '02-10')],
      [stage('soft', '3d', { do: [{ send: 'soft' }, { effect: 'stop' }] })],
    );
    await days(one, '02-13');
    expect(await beside(one)).toEqual(['effect stop on open']);
    const effects = async (day: string) => (await one.dunning.account('robles', { at: at(day) })).effects;
    await one.dunning.sync({ payments: [payment('P-1', 'F-1', '02-14')] });
    await days(one, '02-14');
    expect(await effects('02-14')).toEqual(['stop']);
    expect(await beside(one)).toEqual(['effect stop on open']);
    await one.dunning.sync({ payments: [payment('P-2', 'F-2', '02-15')] });
    await days(one, '02-15');
    expect(await effects('02-15')).toEqual([]);
    // The debt comes back: the effect returns, the message does not.
    await one.dunning.sync({ payments: [{ ...payment('P-2', 'F-2', '02-15'), state: 'reversed' }] });
    await days(one, '02-17');
    expect(await effects('02-17')).toEqual(['stop']);
    expect(await story(one)).toEqual(['02-13 soft F-1+F-2']);
  });
});

describe('stage counts as done', () => {
  const soft = 'robles/ladder/F-1#1/soft.1@billing.0';
  const level = async (one: World, day: string, time = '12:00') =>
    (await one.dunning.item('robles', 'F-1', { at: at(day, time) })).level?.stage;
  const chained = (policy: Partial<Policy>) =>
    living(
      house(policy, [
        stage('soft', '3d', { mode: 'approve' }),
        { ...stage('firm', '0d'), at: { from: 'previous', plus: '5d' } },
      ]),
    );

  it('on completion, on the day given or the review’s', async () => {
    const one = await chained({});
    await days(one, '02-13');
    expect(await level(one, '02-13')).toBeUndefined();
    await one.dunning.confirm(soft, { ...ana, on: '2026-02-15', now: at('02-16') });
    expect(await level(one, '02-16')).toBe('soft');
    await through(one, '02-17', '02-20');
    expect(await story(one, 'firm')).toEqual(['02-20 firm F-1']);
  });

  it('on proposal', async () => {
    const one = await chained({ done: 'proposed', proposed: 'supersede' });
    await through(one, '02-13', '02-18');
    expect(await story(one)).toEqual(['02-18 firm F-1']);
  });

  it('on confirmation', async () => {
    const one = await chained({ done: 'confirmed' });
    await days(one, '02-13');
    await one.dunning.approve(soft, { ...ana, now: at('02-14', '19:00') });
    await through(one, '02-15', '02-19');
    expect(await story(one, 'firm')).toEqual(['02-19 firm F-1']);
  });

  it('on delivery', async () => {
    const one = await living(
      house({ done: 'delivered' }, [
        stage('soft', '3d'),
        { ...stage('firm', '0d'), at: { from: 'previous', plus: '5d' } },
      ]),
    );
    await through(one, '02-13', '02-20');
    expect(sent(one)).toEqual(['soft']);
    await one.dunning.delivered(soft, { now: at('02-20', '12:00') });
    await through(one, '02-21', '02-25');
    expect(await story(one)).toEqual(['02-13 soft F-1', '02-25 firm F-1']);
  });
});

describe('hold, promise, dispute or payment meets a proposed act', () => {
  const meets: Readonly<Record<string, object>> = {
    hold: { holds: [{ id: 'H', ...robles, invoice: 'F-1', reason: 'x', author: 'bea', from: '2026-02-14' }] },
    promise: {
      promises: [{ id: 'W', ...robles, invoice: 'F-1', made: '2026-02-14', date: '2026-03-20', source: 'x' }],
    },
    dispute: {
      disputes: [{ id: 'D', ...robles, invoice: 'F-1', opened: '2026-02-14', reason: 'x', author: 'b' }],
    },
    payment: { payments: [payment('P', 'F-1', '02-14')] },
  };
  it.each(Object.entries(meets))('%s: the item leaves it, the rest waits', async (_, facts) => {
    const one = await owing({ mode: 'approve' }, [invoice('F-2', '02-10')]);
    await days(one, '02-13');
    await one.dunning.sync(facts);
    await days(one, '02-14');
    const open = await all(one.dunning.acts({ states: ['open'], kinds: ['message'] }));
    expect(open.map(({ act }) => act.items.map((item) => item.item))).toEqual([['F-2']]);
    expect(open[0]?.act.totals).toEqual([{ minor: 100_000, currency: 'COP' }]);
  });

  it('settled: withdrawn; what is done is never recalled', async () => {
    const one = await living(house({ mode: 'approve' }));
    await days(one, '02-13');
    await one.dunning.sync({ payments: [payment('P', 'F-1', '02-14')] });
    await days(one, '02-14');
    expect((await all(one.dunning.acts())).map(({ state }) => state)).toEqual(['withdrawn']);
    const done = await living(house());
    await days(done, '02-13');
    await done.dunning.sync({ payments: [payment('P', 'F-1', '02-14')] });
    await days(done, '02-14');
    expect((await all(done.dunning.acts())).map(({ state }) => state)).toEqual(['accepted']);
  });
});

describe('oldest invoice is paid', () => {
  const grouped = (carrier: 'recompute' | 'inherit' | 'restart' | undefined) =>
    owing(
      { unit: { group: ['account'], carrier } },
      [invoice('F-2', '02-25')],
      [
        stage('soft', '3d'),
        stage('stop', '10d', { do: [{ send: 'stop' }, { effect: 'block' }] }),
        stage('last', '20d'),
      ],
    );
  const level = async (one: World, day: string) => {
    const status = await one.dunning.account('robles', { at: at(day, '12:00') });
    return [status.items[0]?.level?.stage, ...status.effects];
  };

  it('recompute at once from what is left (F15)', async () => {
    const one = await grouped(undefined);
    await through(one, '02-13', '02-26');
    await one.dunning.sync({ payments: [payment('P', 'F-1', '02-26')] });
    await days(one, '02-27');
    expect(await level(one, '02-27')).toEqual([undefined]);
    await through(one, '02-28', '03-07');
    expect(await story(one)).toEqual([
      '02-13 soft F-1',
      '02-20 stop F-1',
      '02-28 soft F-2',
      '03-07 stop F-2',
    ]);
  });

  it('inherit', async () => {
    const one = await grouped('inherit');
    await through(one, '02-13', '02-26');
    await one.dunning.sync({ payments: [payment('P', 'F-1', '02-26')] });
    await days(one, '02-27');
    expect(await level(one, '02-27')).toEqual(['stop', 'block']);
  });

  it('restart', async () => {
    const one = await grouped('restart');
    await through(one, '02-13', '02-26');
    await one.dunning.sync({ payments: [payment('P', 'F-1', '02-26')] });
    await through(one, '02-27', '02-28');
    expect(await story(one)).toEqual(['02-13 soft F-1', '02-20 stop F-1', '02-28 soft F-2']);
  });

  it('a queued act is checked again: nobody is told of what is paid', async () => {
    const one = await grouped(undefined);
    await through(one, '02-13', '02-19');
    await one.dunning.review({ now: at('02-20') });
    await one.dunning.sync({ payments: [payment('P', 'F-1', '02-20')] });
    const done = await one.dunning.dispatch({ now: at('02-20') });
    expect(done.map(({ outcome }) => outcome)).toEqual(['skipped']);
    await days(one, '02-20');
    expect(await story(one)).toEqual(['02-13 soft F-1']);
    expect((await one.dunning.account('robles', { at: at('02-20') })).effects).toEqual([]);
  });
});

describe('case settled', () => {
  const policy = (counters?: Policy['counters']): Partial<Policy> => ({
    unit: { group: ['account'], carrier: 'inherit' },
    ...(counters === undefined ? {} : { counters }),
  });
  const later = { ...invoice('F-2', '04-10'), issued: '2026-03-10' };
  /** F-1 is reminded twice and paid; later F-2 is owed. */
  const settled = async (counters?: Policy['counters']) => {
    const one = await living(house(policy(counters)));
    await through(one, '02-13', '02-20');
    await one.dunning.sync({ payments: [payment('P', 'F-1', '02-21')] });
    await days(one, '02-21');
    await one.dunning.sync({ invoices: [later] });
    return one;
  };

  it('closes, cancels what is pending, releases effects and thanks once (F101, F103)', async () => {
    const one = await living(house({ mode: 'approve', on: { paid: [{ send: 'thanks' }] } }));
    await days(one, '02-13');
    await one.dunning.sync({ payments: [payment('P', 'F-1', '02-14')] });
    await through(one, '02-14', '02-16');
    expect(await closings(one)).toEqual(['ladder/F-1#1 paid']);
    expect(sent(one)).toEqual(['thanks']);
    expect(await all(one.dunning.acts({ states: ['open', 'ready'] }))).toEqual([]);
  });

  it('by payment, whatever else of its kind is owed under other policies', async () => {
    const other: Policy = {
      id: 'other',
      version: 1,
      via: [{ channel: 'whatsapp' }],
      stages: [stage('o', '9d')],
    };
    const one = await living(
      houseOf(
        rungs,
        { unit: { group: ['account'] }, on: { paid: [{ send: 'thanks' }] } },
        { ...free, assign: [{ invoice: 'F-2', policy: 'other' }] },
        [other],
      ),
    );
    await one.dunning.sync({ invoices: [invoice('F-2', '02-10')] });
    await days(one, '02-13');
    await one.dunning.sync({ payments: [payment('P', 'F-1', '02-14')] });
    await days(one, '02-14');
    expect(await closings(one)).toEqual(['ladder/~COP#1 paid']);
    expect(sent(one)).toEqual(['soft', 'thanks']);
  });

  it('a later debt opens a new case with new counters', async () => {
    const one = await settled();
    await through(one, '04-13', '04-20');
    expect((await story(one)).slice(2)).toEqual(['04-13 soft F-2', '04-20 firm F-2']);
    expect((await one.dunning.item('robles', 'F-2', { at: at('04-20', '12:00') })).case).toBe(
      'ladder/~COP#2',
    );
  });

  it('counters start anew when the items of the last message are settled', async () => {
    const two = async (counters: Policy['counters']) => {
      const one = await living(house(policy(counters)));
      await through(one, '02-13', '02-20');
      // Owed before the last message went out, but not told of in it.
      await one.dunning.sync({ invoices: [{ ...later, issued: '2026-02-01', due: '2026-02-28' }] });
      await through(one, '02-21', '02-22');
      await one.dunning.sync({ payments: [payment('P', 'F-1', '02-22')] });
      await through(one, '02-22', '03-20');
      return (await story(one)).slice(2);
    };
    expect(await two('last-message')).toEqual(['03-03 soft F-2', '03-10 firm F-2', '03-20 last F-2']);
    expect(await two('settled')).toEqual(['03-20 last F-2']);
  });

  it('not while a message about it is under way, nor where somebody else has it', async () => {
    const owed = async (stages: readonly Stage[]) => {
      const one = await living(house(policy('last-message'), stages));
      await days(one, '02-13');
      await one.dunning.sync({ invoices: [{ ...later, issued: '2026-02-01', due: '2026-02-19' }] });
      return one;
    };
    const unknown = await owed(rungs);
    unknown.whatsapp.answer({ outcome: 'unknown', code: 'x:timeout' });
    await through(unknown, '02-14', '02-20');
    await unknown.dunning.sync({ payments: [payment('P', 'F-1', '02-21')] });
    await days(unknown, '02-21');
    expect(await closings(unknown)).toEqual([]);
    const handed = await owed([rungs[0]!, stage('agency', '8d', { do: [{ handover: 'agency' }] })]);
    await through(handed, '02-14', '02-18');
    await handed.dunning.sync({ payments: [payment('P', 'F-1', '02-19')] });
    await through(handed, '02-19', '03-01');
    expect(await closings(handed)).toEqual([]);
  });

  it('counters start anew only when a person resets; contacts and caps stay', async () => {
    const one = await settled('reset');
    await through(one, '04-13', '04-21');
    expect((await story(one)).slice(2)).toEqual([]);
    await one.dunning.reset(robles, { ...ana, now: at('04-22') });
    await through(one, '04-22', '04-29');
    expect((await story(one)).slice(2)).toEqual(['04-22 soft F-2', '04-29 firm F-2']);
  });

  it('counters never start anew: a reset is refused', async () => {
    const one = await settled('never');
    await through(one, '04-13', '04-21');
    expect((await story(one)).slice(2)).toEqual([]);
    await refused(one.dunning.reset(robles, { ...ana, now: at('04-22') }), 'impossible_state');
    await through(one, '04-22', '04-30');
    expect((await story(one)).slice(2)).toEqual(['04-30 last F-2']);
  });
});

describe('refund, chargeback, cancelled credit note, undone write-off or void', () => {
  const undo: Readonly<Record<string, readonly [object, object]>> = {
    chargeback: [
      { payments: [payment('P', 'F-1', '02-14')] },
      { payments: [{ ...payment('P', 'F-1', '02-14'), state: 'reversed' }] },
    ],
    'refund, cumulative': [
      { payments: [payment('P', 'F-1', '02-14')] },
      { payments: [{ ...payment('P', 'F-1', '02-14'), refunded: '1000.00' }] },
    ],
    'refund, delta': [
      { payments: [payment('P', 'F-1', '02-14')] },
      {
        refunds: [
          {
            id: 'R',
            ...robles,
            payment: 'P',
            date: '2026-02-16',
            amount: { amount: '1000.00', currency: 'COP' },
          },
        ],
      },
    ],
    'credit note': [
      {
        credits: [
          {
            id: 'C',
            ...robles,
            invoice: 'F-1',
            date: '2026-02-14',
            amount: { amount: '1000.00', currency: 'COP' },
          },
        ],
      },
      {
        credits: [
          {
            id: 'C',
            ...robles,
            invoice: 'F-1',
            date: '2026-02-14',
            amount: { amount: '1000.00', currency: 'COP' },
            state: 'cancelled',
          },
        ],
      },
    ],
    'write-off': [
      { invoices: [{ ...invoice('F-1', '02-10'), writtenOff: '1000.00' }] },
      { invoices: [invoice('F-1', '02-10')] },
    ],
    void: [
      { invoices: [{ ...invoice('F-1', '02-10'), status: 'void' }] },
      { invoices: [invoice('F-1', '02-10')] },
    ],
  };
  it.each(Object.entries(undo))(
    '%s: reopens from the original date, repeats nothing, closes again',
    async (_, [settle, back]) => {
      const one = await living(house());
      await days(one, '02-13');
      await one.dunning.sync(settle);
      await days(one, '02-14');
      await one.dunning.sync(back);
      await one.dunning.sync(back);
      await through(one, '02-16', '02-20');
      expect(await story(one)).toEqual(['02-13 soft F-1', '02-20 firm F-1']);
      expect((await one.dunning.item('robles', 'F-1', { at: at('02-20', '12:00') })).case).toBe(
        'ladder/F-1#2',
      );
      await one.dunning.sync(settle);
      if ('refunds' in back)
        await one.dunning.sync({
          refunds: (back.refunds as readonly object[]).map((refund) => ({
            ...refund,
            state: 'reversed',
          })) as never,
        });
      await through(one, '02-21', '03-05');
      expect(await story(one)).toEqual(['02-13 soft F-1', '02-20 firm F-1']);
    },
  );

  it('restart, as an option', async () => {
    const one = await living(house({ reopen: 'restart' }));
    await days(one, '02-13');
    await one.dunning.sync({ payments: [payment('P', 'F-1', '02-14')] });
    await days(one, '02-14');
    await one.dunning.sync({ payments: [{ ...payment('P', 'F-1', '02-14'), state: 'reversed' }] });
    await through(one, '02-15', '02-22');
    expect(await story(one)).toEqual(['02-13 soft F-1', '02-15 soft F-1', '02-22 firm F-1']);
  });
});

describe('policy for an account or item', () => {
  const other = (id: string): Policy => ({
    id,
    version: 1,
    via: [{ channel: 'whatsapp' }],
    stages: [stage(id, '1d')],
  });
  const named = ['invoice', 'account', 'branch', 'entity', 'area', 'segment'] as const;
  const plan = (targets: readonly (typeof named)[number][]) => {
    const values = { invoice: 'F-1', account: 'robles', branch: 'b', entity: 'e', area: 'a', segment: 's' };
    return houseOf(
      rungs,
      {},
      {
        ...free,
        segments: [{ id: 's', when: { fact: 'account.openItems', gte: 1 } }],
        assign: targets.map((target) => ({ [target]: values[target], policy: `by-${target}` })),
      },
      targets.map((target) => other(`by-${target}`)),
    );
  };

  it('the most specific wins: invoice > account > branch > entity > area > segment > default (F22)', async () => {
    const found: string[] = [];
    for (let from = 0; from <= named.length; from++) {
      const one = await living(plan(named.slice(from)));
      await one.dunning.sync({
        accounts: [{ ...account, branches: [{ id: 'b', name: 'B' }] }],
        invoices: [{ ...invoice('F-1', '02-10'), branch: 'b', entity: 'e', area: 'a' }],
      });
      await days(one, '02-13');
      found.push(...sent(one));
    }
    // Entity and area are of equal rank: where both name one, nobody can know which is meant.
    expect(found).toEqual(['by-invoice', 'by-account', 'by-branch', 'by-area', 'by-segment', 'soft']);
    const both = await living(plan(['entity', 'area', 'segment']));
    await both.dunning.sync({ invoices: [{ ...invoice('F-1', '02-10'), entity: 'e', area: 'a' }] });
    const run = await both.dunning.tick({ now: at('02-13') });
    expect([run.sent, run.waiting.map((entry) => entry.code)]).toEqual([[], ['ambiguous_policy']]);
    const entity = await living(plan(['entity', 'segment']));
    await entity.dunning.sync({ invoices: [{ ...invoice('F-1', '02-10'), entity: 'e', area: 'a' }] });
    await days(entity, '02-13');
    expect(sent(entity)).toEqual(['by-entity']);
  });

  it('explicitly none means do not dun, and stops there', async () => {
    const house = plan(['segment']);
    const one = await living({
      ...house,
      plan: { ...house.plan, assign: [...(house.plan.assign ?? []), { account: 'robles', policy: null }] },
    });
    const run = await one.dunning.tick({ now: at('02-13') });
    expect(run.sent).toEqual([]);
    expect(run.waiting).toMatchObject([{ code: 'do_not_dun' }]);
  });

  it('none: nothing, with the reason; two of one rank: a typed error', async () => {
    const none = await living(houseOf(rungs, {}, { ...free, default: undefined }));
    const run = await none.dunning.tick({ now: at('02-13') });
    expect([run.sent, run.waiting.map((entry) => entry.code)]).toEqual([[], ['no_policy']]);
    const house = plan(['account']);
    expect(() =>
      parseDocuments({
        ...house,
        plan: {
          ...house.plan,
          assign: [...(house.plan.assign ?? []), { account: 'robles', policy: 'ladder' }],
        },
      }),
    ).toThrow(expect.objectContaining({ code: 'invalid_document' }) as Error);
  });

  it('inactive is ignored: the next in precedence applies', async () => {
    const house = plan(['account', 'segment']);
    const one = await living({
      ...house,
      policies: house.policies.map((policy) =>
        policy.id === 'by-account' ? { ...policy, active: false } : policy,
      ),
    });
    await days(one, '02-13');
    expect(sent(one)).toEqual(['by-segment']);
  });
});

describe('policy scope', () => {
  it('items outside are untouched and outside thresholds (F35, F36)', async () => {
    const one = await owing(
      { scope: { fact: 'item.type', eq: 'invoice' }, unit: { group: ['account'] } },
      [{ ...invoice('F-2', '02-10', '5000.00'), type: 'deposit' }],
      [stage('soft', '3d', { min: { amount: { COP: '2000.00' } } })],
    );
    await days(one, '02-13');
    expect(sent(one)).toEqual([]);
    await one.dunning.sync({ invoices: [invoice('F-3', '02-10', '1000.00')] });
    const run = await one.dunning.tick({ now: at('02-14') });
    expect(run.sent).toMatchObject([{ invoices: ['F-1', 'F-3'], amounts: ['2000.00 COP'] }]);
  });

  it('assigning one is a typed error, and payables are never chased', async () => {
    const one = await owing({ scope: { fact: 'item.type', eq: 'invoice' } }, [
      { ...invoice('F-2', '02-10'), type: 'deposit' },
      { ...invoice('F-3', '02-10'), type: 'payable' },
    ]);
    await refused(
      one.dunning.move({ ...robles, items: ['F-2'], stage: 'soft', policy: 'ladder' }, ana),
      'out_of_scope',
    );
    await days(one, '02-13');
    expect(await story(one)).toEqual(['02-13 soft F-1']);
  });
});

describe('policy edited mid-flight (F20, N17)', () => {
  const first = house();
  const edited = (policy: Partial<Policy>) =>
    houseOf([stage('mild', '3d'), stage('firm', '12d')], { version: 2, ...policy }, free);
  const after = async (policy: Partial<Policy>, before = true) => {
    const one = await living(first);
    await days(one, '02-13');
    const now = edited(policy);
    const next = world({
      ...now,
      policies: [...now.policies, ...(before ? first.policies : [])],
      messages: {
        ...now.messages,
        messages: [
          ...now.messages.messages,
          ...first.messages.messages.filter(
            ({ id }) => !now.messages.messages.some((other) => other.id === id),
          ),
        ],
      },
      store: one.store,
    });
    await next.dunning.review({ now: at('02-14'), accounts: 'all' });
    await through(next, '02-14', '02-24');
    return story(next);
  };

  it('the ladder is pinned for running cases', async () => {
    expect(await after({})).toEqual(['02-13 soft F-1', '02-20 firm F-1']);
  });
  it('adopt: evaluated anew, no done stage repeats', async () => {
    expect(await after({ adopt: 'adopt' })).toEqual(['02-13 soft F-1', '02-14 mild F-1', '02-22 firm F-1']);
  });
  it('map stage to stage', async () => {
    expect(await after({ adopt: { map: { soft: 'mild' } } })).toEqual(['02-13 soft F-1', '02-22 firm F-1']);
  });
  it('each with a dry-run report that writes nothing', async () => {
    const one = await living(first);
    await days(one, '02-13');
    const log = await all(one.dunning.history('robles'));
    const now = edited({ adopt: 'adopt' });
    const report = await one.dunning.impact(now, { at: at('02-14'), until: at('03-20') });
    expect(JSON.stringify(report)).toContain('robles');
    expect(await all(one.dunning.history('robles'))).toEqual(log);
  });
  it('guards are always the current ones', async () => {
    const one = await living(first);
    await days(one, '02-13');
    const next = world({
      ...first,
      plan: { ...first.plan, contact: { ...first.plan.contact, caps: [{ max: 1, per: '30d' }] } },
      store: one.store,
    });
    await through(next, '02-14', '02-25');
    expect(await story(next)).toEqual(['02-13 soft F-1']);
  });
});

describe('policy re-assigned, removed, paused', () => {
  const second: Policy = { id: 'other', version: 1, via: [{ channel: 'whatsapp' }], stages: rungs };
  const two = houseOf(rungs, {}, free, [second]);

  it('counters and contacts are kept; the same assignment is a no-op', async () => {
    const one = await living(two);
    await days(one, '02-13');
    const before = (await all(one.dunning.history('robles'))).length;
    const same = world({
      ...two,
      plan: { ...two.plan, assign: [{ account: 'robles', policy: 'ladder' }] },
      store: one.store,
    });
    await same.dunning.review({ now: at('02-14'), accounts: 'all' });
    expect((await all(one.dunning.history('robles'))).length).toBe(before);
    const there = world({ ...two, plan: { ...two.plan, default: 'other' }, store: one.store });
    await there.dunning.review({ now: at('02-15'), accounts: 'all' });
    await through(there, '02-15', '02-16');
    const back = world({ ...two, store: one.store });
    await back.dunning.review({ now: at('02-17'), accounts: 'all' });
    await through(back, '02-17', '02-20');
    const lines = await story(back);
    expect(lines.filter((line) => line.endsWith('soft F-1'))).toHaveLength(2);
    expect(lines.at(-1)).toBe('02-20 firm F-1');
  });

  it('none left: clear, with the reason', async () => {
    const one = await living(
      house({}, [stage('soft', '3d', { do: [{ send: 'soft' }, { effect: 'stop' }] })]),
    );
    await days(one, '02-13');
    const gone = world({ ...houseOf(rungs, {}, { ...free, default: null }), store: one.store });
    await gone.dunning.review({ now: at('02-14'), accounts: 'all' });
    expect(await closings(gone)).toEqual(['ladder/F-1#1 unassigned']);
    expect((await gone.dunning.account('robles', { at: at('02-14') })).effects).toEqual([]);
  });

  it('paused: its cases stay where they are not, the next in precedence applies', async () => {
    const one = await living(two);
    await days(one, '02-13');
    const paused = world({
      ...two,
      plan: { ...two.plan, assign: [{ account: 'robles', policy: 'ladder' }], default: 'other' },
      policies: [{ ...two.policies[0]!, active: false }, second],
      store: one.store,
    });
    await paused.dunning.review({ now: at('02-14'), accounts: 'all' });
    const { items } = await paused.dunning.account('robles', { at: at('02-14') });
    expect(items[0]?.policy).toBe('other');
  });
});

describe('head office and branches (F23)', () => {
  const branches = [
    { id: 'north', name: 'North' },
    { id: 'south', name: 'South' },
  ];
  const owed = async (policy: Partial<Policy>) => {
    const one = await living(house(policy));
    await one.dunning.sync({
      accounts: [{ ...account, branches }],
      invoices: [
        { ...invoice('F-1', '02-10'), branch: 'north' },
        { ...invoice('F-2', '02-16'), branch: 'south' },
      ],
    });
    return one;
  };
  const levels = async (one: World, day: string) =>
    (await one.dunning.account('robles', { at: at(day, '12:00') })).items.map((item) => item.level?.stage);

  it('one account file, own levels', async () => {
    const one = await owed({ unit: { group: ['account', 'branch'] }, message: { by: 'branch' } });
    await through(one, '02-13', '02-20');
    expect(await levels(one, '02-20')).toEqual(['firm', 'soft']);
    expect(await story(one)).toEqual(['02-13 soft F-1', '02-19 soft F-2', '02-20 firm F-1']);
  });

  it('branches follow the head’s level, each with a message of its own', async () => {
    const one = await owed({ unit: { group: ['account'] }, message: { by: 'branch' } });
    await through(one, '02-13', '02-20');
    expect(await levels(one, '02-20')).toEqual(['firm', 'firm']);
  });

  it('items roll up', async () => {
    const one = await owed({ unit: { group: ['account'] } });
    await through(one, '02-13', '02-20');
    expect(await story(one)).toEqual(['02-13 soft F-1', '02-20 firm F-1+F-2']);
  });
});

describe('history from another system', () => {
  it('drives levels, gaps and caps; nothing is announced again', async () => {
    const one = await living(
      houseOf(
        [stage('soft', '3d', { do: [{ send: 'soft' }, { effect: 'stop' }] }), ...rungs.slice(1)],
        {},
        { contact: { gap: '3d', caps: [{ max: 3, per: '15d' }] } },
      ),
    );
    await one.dunning.importHistory(
      'robles',
      [
        {
          item: 'F-1',
          policy: 'ladder',
          done: [{ stage: 'soft', on: '2026-02-13' }],
          contacts: [{ on: '2026-02-19', channel: 'phone' }],
          effects: ['stop'],
        },
      ],
      { ...ana, now: at('02-20') },
    );
    expect(await one.dunning.item('robles', 'F-1', { at: at('02-20') })).toMatchObject({
      level: { stage: 'soft' },
      reminders: 1,
      lastReminder: '2026-02-13',
    });
    expect((await one.dunning.account('robles', { at: at('02-20') })).effects).toEqual(['stop']);
    // The gap of three days after the call moves `firm` from the 20th to the 22nd; with it the cap is reached.
    await through(one, '02-20', '03-20');
    expect(await story(one)).toEqual(['02-22 firm F-1', '03-02 last F-1']);
    expect(await beside(one)).toEqual([]);
  });

  it('exhausted stays exhausted', async () => {
    const one = await living(house({ on: { exhausted: [{ alert: 'over' }] } }));
    await one.dunning.importHistory(
      'robles',
      [{ item: 'F-1', policy: 'ladder', done: [{ stage: 'last', on: '2026-03-02' }], exhausted: true }],
      { ...ana, now: at('03-05') },
    );
    await through(one, '03-05', '03-12');
    expect([sent(one), await beside(one)]).toEqual([[], []]);
  });
});

describe('own past', () => {
  it('outcomes of earlier stages and the level are facts for conditions', async () => {
    const one = await living(
      house({}, [
        stage('soft', '3d'),
        stage('again', '10d', { when: { fact: 'case.stagesDone', gte: 2 } }),
        stage('other', '11d', { when: { fact: 'case.stage', eq: 'soft' } }),
      ]),
    );
    await through(one, '02-13', '02-22');
    expect(sent(one)).toEqual(['soft', 'other']);
  });
});

describe('level cap per item, do-not-raise', () => {
  it.each([1, 'soft'] as const)('kept at the cap %s', async (cap) => {
    const one = await living(house());
    await one.dunning.sync({ invoices: [{ ...invoice('F-1', '02-10'), cap }, invoice('F-2', '02-10')] });
    await through(one, '02-13', '03-06');
    expect(await story(one)).toEqual(['02-13 soft F-1+F-2', '02-20 firm F-2', '03-02 last F-2']);
    expect((await one.dunning.item('robles', 'F-1', { at: at('03-06') })).level?.stage).toBe('soft');
  });
});

describe('thin payment history', () => {
  it('is a segment of its own, never late', async () => {
    const segments = [
      { id: 'late', when: { fact: 'account.typicalDaysLate', gt: 0 } },
      { id: 'new', when: { not: { fact: 'account.typicalDaysLate', exists: true } } },
    ];
    const one = await living(houseOf(rungs, {}, { ...free, segments }));
    expect((await one.dunning.account('robles', { at: at('02-13') })).segment).toBe('new');
  });
});
