import { describe, expect, it } from 'vitest';
import { ana, houseOf, living, stage } from '../support/house.js';
import { refused } from '../support/refused.js';
import { account, all, at, invoice, payment, type World } from '../support/world.js';

const plain = houseOf([stage('soft', '3d'), stage('firm', '10d', { level: 7 })]);

async function days({ dunning }: World, ...list: readonly string[]): Promise<void> {
  for (const day of list) await dunning.tick({ now: at(day) });
}

describe('an item', () => {
  it('before anything was done: owed, not overdue on its due date, and what comes', async () => {
    const { dunning } = await living(plain);
    expect(await dunning.item('robles', 'F-1', { at: at('02-10') })).toEqual({
      item: 'F-1',
      invoice: 'F-1',
      number: 'F-1',
      currency: 'COP',
      outstanding: 100_000,
      dunnable: 100_000,
      due: '2026-02-10',
      overdue: false,
      daysPastDue: 0,
      policy: 'ladder',
      reminders: 0,
      next: {
        at: at('02-13', '09:00'),
        on: '2026-02-13',
        kind: 'message',
        becomes: 'sent',
        policy: 'ladder',
        stage: 'soft',
        name: 'soft',
        channel: 'whatsapp',
        contact: 'billing',
        role: 'billing',
        items: ['F-1'],
        totals: [{ minor: 100_000, currency: 'COP' }],
        reason: 'not_yet',
      },
    });
  });

  it('part paid, disputed and reminded: level, count, last and days since', async () => {
    const one = await living(plain);
    await days(one, '02-13', '02-20');
    await one.dunning.sync({
      payments: [payment('P-1', 'F-1', '02-21', '400.00')],
      disputes: [
        {
          id: 'D',
          account: 'robles',
          invoice: 'F-1',
          amount: { amount: '100.00', currency: 'COP' },
          opened: '2026-02-21',
          reason: 'quantity',
          author: 'bea',
        },
      ],
    });
    const item = await one.dunning.item('robles', 'F-1', { at: at('02-22') });
    expect(item).toMatchObject({
      outstanding: 60_000,
      dunnable: 50_000,
      overdue: true,
      daysPastDue: 12,
      case: 'ladder/F-1#1',
      state: 'open',
      level: { stage: 'firm', number: 7 },
      reminders: 2,
      lastReminder: '2026-02-20',
      daysSince: 2,
    });
    expect(item.next).toBeUndefined();
  });

  it('held is overdue all the same, and has its next act after the hold', async () => {
    const one = await living(plain);
    await one.dunning.hold(
      { account: 'robles', reason: 'audit', until: '2026-02-20' },
      { ...ana, now: at('02-01') },
    );
    const item = await one.dunning.item('robles', 'F-1', { at: at('02-12') });
    expect([item.overdue, item.dunnable]).toEqual([true, 0]);
    expect(item.next?.on !== undefined && item.next.on > '2026-02-20').toBe(true);
  });

  it('of each instalment, with due dates and amounts of its own', async () => {
    const one = await living(plain);
    const { due: _, ...whole } = invoice('F-2', '02-10');
    const instalments = ['02-10', '03-10'].map((due) => ({ due: `2026-${due}`, amount: '500.00' }));
    await one.dunning.sync({ invoices: [{ ...whole, instalments }] });
    await days(one, '02-13');
    const items = (await one.dunning.account('robles', { at: at('02-13') })).items;
    expect(items.map(({ item, outstanding, level }) => [item, outstanding, level?.stage])).toEqual([
      ['F-1', 100_000, 'soft'],
      ['F-2~1', 50_000, 'soft'],
      ['F-2~2', 50_000, undefined],
    ]);
  });

  it('with a message under way: ready, approved, unknown', async () => {
    const house = houseOf([stage('soft', '3d', { mode: 'approve' }), stage('firm', '10d')]);
    const one = await living(house);
    const act = 'robles/ladder/F-1#1/soft.1@billing.0';
    const pending = async (day: string) => (await one.dunning.item('robles', 'F-1', { at: at(day) })).pending;
    await one.dunning.review({ now: at('02-13') });
    expect(await pending('02-14')).toMatchObject({ state: 'proposed', since: '2026-02-13' });
    await one.dunning.approve(act, { ...ana, now: at('02-15') });
    expect(await pending('02-15')).toEqual({ act, stage: 'soft', state: 'approved', since: '2026-02-13' });
    one.whatsapp.answer({ outcome: 'unknown', code: 'whatsapp:timeout' });
    await days(one, '02-15');
    expect(await pending('02-16')).toMatchObject({ state: 'unknown' });
    await one.dunning.resolve(act, 'sent', { ...ana, now: at('02-16') });
    expect(await pending('02-16')).toBeUndefined();
    await one.dunning.review({ now: at('02-20') });
    expect(await pending('02-20')).toMatchObject({ stage: 'firm', state: 'planned' });
  });

  it('settled says why, with its counters; an item that is not there is an error', async () => {
    const one = await living(plain);
    await days(one, '02-13');
    await one.dunning.sync({ payments: [payment('P-1', 'F-1', '02-14')] });
    await days(one, '02-14');
    expect(await one.dunning.item('robles', 'F-1', { at: at('02-15') })).toMatchObject({
      outstanding: 0,
      overdue: false,
      settled: 'paid',
      reminders: 1,
    });
    expect((await one.dunning.account('robles', { at: at('02-15') })).items).toEqual([]);
    expect((await one.dunning.account('robles', { at: at('02-15'), settled: true })).items).toHaveLength(1);
    await refused(one.dunning.item('robles', 'F-9'), 'unknown_id');
    await refused(one.dunning.item('nobody', 'F-1'), 'unknown_id');
    await refused(one.dunning.account('nobody'), 'unknown_id');
  });

  it('counts messages, not stages that only give people work', async () => {
    const one = await living(
      houseOf([
        stage('soft', '3d'),
        stage('call', '5d', { do: [{ task: 'call' }] }),
        stage('stop', '7d', { do: [{ effect: 'stop' }] }),
      ]),
    );
    await days(one, '02-13', '02-15', '02-17');
    const { reminders, lastReminder, level } = await one.dunning.item('robles', 'F-1', { at: at('02-17') });
    expect([reminders, lastReminder, level]).toEqual([1, '2026-02-13', { stage: 'stop', number: 3 }]);
  });
});

describe('an account', () => {
  it('by policy and currency: highest level, amounts, next act', async () => {
    const vip = { id: 'vip', version: 1, via: [{ channel: 'whatsapp' }], stages: [stage('kind', '20d')] };
    const house = houseOf(
      [stage('soft', '3d'), stage('firm', '10d')],
      {},
      {
        assign: [{ invoice: 'F-4', policy: 'vip' }],
        segments: [{ id: 'late', when: { fact: 'account.overdue', gt: { COP: '0' } } }],
      },
      [vip],
    );
    const one = await living(house);
    await one.dunning.sync({
      invoices: [
        invoice('F-2', '02-17', '200.00'),
        { ...invoice('F-3', '02-10'), total: { amount: '30.00', currency: 'USD' } },
        invoice('F-4', '02-10', '400.00'),
        invoice('F-5', '03-30', '50.00'),
      ],
    });
    await days(one, '02-13', '02-20');
    const status = await one.dunning.account('robles', { at: at('02-20') });
    expect(status).toMatchObject({ account: 'robles', on: '2026-02-20', segment: 'late', effects: [] });
    expect(status.policies).toMatchObject([
      {
        policy: 'ladder',
        currency: 'COP',
        level: { stage: 'firm', number: 2 },
        outstanding: 125_000,
        overdue: 120_000,
        dunnable: 125_000,
        next: { on: '2026-02-27', stage: 'firm' },
      },
      { policy: 'ladder', currency: 'USD', level: { stage: 'firm' }, outstanding: 3000, overdue: 3000 },
      { policy: 'vip', currency: 'COP', outstanding: 40_000, next: { on: '2026-03-02', stage: 'kind' } },
    ]);
    expect(status.policies[2]?.level).toBeUndefined();
    expect(status.next).toMatchObject({ on: '2026-02-27', stage: 'firm' });
    expect(status.items.map((item) => item.item)).toEqual(['F-1', 'F-3', 'F-4', 'F-2', 'F-5']);
  });

  it('of groups: the items share level and case', async () => {
    const house = houseOf([stage('soft', '3d'), stage('firm', '10d')], { unit: { group: ['account'] } });
    const one = await living(house);
    await one.dunning.sync({ invoices: [invoice('F-2', '02-12', '250.00')] });
    await days(one, '02-13');
    const status = await one.dunning.account('robles', { at: at('02-14') });
    expect(
      status.items.map(({ item, case: own, level, reminders, next }) => [
        item,
        own,
        level?.stage,
        reminders,
        next?.stage,
      ]),
    ).toEqual([
      ['F-1', 'ladder/~COP#1', 'soft', 1, 'firm'],
      ['F-2', 'ladder/~COP#1', 'soft', 1, 'firm'],
    ]);
    expect(status.policies).toMatchObject([{ outstanding: 125_000, level: { stage: 'soft' } }]);
    // What is invoiced later has not been reminded of.
    await one.dunning.sync({ invoices: [{ ...invoice('F-3', '03-30'), issued: '2026-02-15' }] });
    await days(one, '02-16');
    expect((await one.dunning.item('robles', 'F-3', { at: at('02-16') })).reminders).toBe(0);
  });

  it('that nobody is to dun has items and no rows of policies', async () => {
    const { dunning } = await living(houseOf([stage('soft', '3d')], {}, { default: null }));
    const status = await dunning.account('robles', { at: at('02-20') });
    expect([status.policies, status.next, status.items[0]?.policy]).toEqual([[], undefined, undefined]);
    expect(status.items[0]).toMatchObject({ outstanding: 100_000, overdue: true });
  });

  it('at an instant before the last review: as it stands, and nothing is foretold', async () => {
    const one = await living(plain);
    await days(one, '02-13');
    const status = await one.dunning.account('robles', { at: at('02-11') });
    expect([status.items[0]?.reminders, status.next]).toEqual([1, undefined]);
  });
});

describe('reads', () => {
  it('change nothing and tell nobody', async () => {
    const house = houseOf([stage('soft', '3d', { mode: 'approve' }), stage('firm', '10d')], {
      on: { promiseBroken: [{ task: 'call' }] },
    });
    const one = await living(house);
    await days(one, '02-13');
    await one.dunning.sync({
      promises: [
        {
          id: 'R',
          account: 'robles',
          amount: { amount: '1000.00', currency: 'COP' },
          made: '2026-02-13',
          date: '2026-02-16',
          source: 'phone',
        },
      ],
    });
    const heard: string[] = [];
    one.dunning.on('event', (event) => heard.push(event.type));
    const state = async (): Promise<string> =>
      JSON.stringify([
        await all(one.dunning.history('robles')),
        await all(one.dunning.acts()),
        (await one.store.load('default', ['robles'])).map(({ version, next }) => [version, next]),
      ]);
    const before = await state();
    // The promise is broken by then, the proposal out of date: a review would say so, a read does not.
    const later = at('02-25');
    const first = await one.dunning.account('robles', { at: later, settled: true });
    await one.dunning.item('robles', 'F-1', { at: later });
    await one.dunning.explain('robles', { at: later });
    await one.dunning.forecast('robles', { from: later, to: at('04-01') });
    await all(one.dunning.acts({ account: 'robles' }));
    expect(await one.dunning.account('robles', { at: later, settled: true })).toEqual(first);
    expect(heard).toEqual([]);
    expect(await state()).toBe(before);
  });
});

describe('acts', () => {
  it('are found by kind, name, case, account and state', async () => {
    const house = houseOf([
      stage('soft', '3d', {
        do: [{ send: 'soft' }, { task: 'call' }, { alert: 'watch' }, { effect: 'stop' }],
      }),
    ]);
    const one = await living(house);
    await one.dunning.sync({
      accounts: [{ ...account, id: 'other' }],
      invoices: [invoice('F-2', '02-12'), { ...invoice('G-1', '02-10'), account: 'other' }],
    });
    await days(one, '02-13', '02-15');
    const ids = async (filter: Parameters<typeof one.dunning.acts>[0]) =>
      (await all(one.dunning.acts(filter))).map(
        ({ act }) => `${act.account} ${act.kind} ${act.covers.length}`,
      );
    expect(await ids({ kinds: ['task'] })).toEqual(['other task 1', 'robles task 1', 'robles task 1']);
    expect(await ids({ kinds: ['alert', 'effect'], account: 'robles' })).toEqual([
      'robles effect 1',
      'robles alert 1',
      'robles alert 1',
    ]);
    expect(await ids({ name: 'call', case: 'ladder/F-2#1' })).toEqual(['robles task 1']);
    expect(await ids({ name: 'stop', states: ['open'] })).toEqual(['other effect 1', 'robles effect 1']);
    expect(await ids({ kinds: [] })).toEqual([]);
    expect(await ids({ kinds: ['message'], states: ['open'] })).toEqual([]);
  });

  it('tell of each item what is original, paid, open and disputed, and totals by currency', async () => {
    const one = await living(plain);
    await one.dunning.sync({
      invoices: [{ ...invoice('F-2', '02-10'), total: { amount: '30.00', currency: 'USD' } }],
      payments: [payment('P-1', 'F-1', '02-01', '400.00')],
      disputes: [
        {
          id: 'D',
          account: 'robles',
          invoice: 'F-1',
          amount: { amount: '100.00', currency: 'COP' },
          opened: '2026-02-01',
          reason: 'quantity',
          author: 'bea',
        },
      ],
    });
    await days(one, '02-13');
    const [message] = await all(one.dunning.acts({ kinds: ['message'] }));
    expect(message?.act.items).toMatchObject([
      {
        item: 'F-1',
        original: 100_000,
        paid: 40_000,
        outstanding: 60_000,
        disputed: 10_000,
        dunnable: 50_000,
      },
      { item: 'F-2', original: 3000, paid: 0, outstanding: 3000, dunnable: 3000 },
    ]);
    expect(message?.act.totals).toEqual([
      { minor: 50_000, currency: 'COP' },
      { minor: 3000, currency: 'USD' },
    ]);
  });
});
