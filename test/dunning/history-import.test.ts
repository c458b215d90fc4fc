import { describe, expect, it } from 'vitest';
import type { Policy } from '../../src/policy/types.js';
import { ana, houseOf, living, stage } from '../support/house.js';
import { refused } from '../support/refused.js';
import { all, at, invoice, payment, type World } from '../support/world.js';

const plain = houseOf(
  [
    stage('soft', '3d'),
    stage('firm', '10d'),
    stage('stop', '20d', { do: [{ send: 'stop' }, { effect: 'stop-service' }] }),
  ],
  { on: { paid: [{ send: 'thanks' }] } },
);
const sent = ({ whatsapp }: World): readonly string[] => whatsapp.sent.map((one) => one.message);
const on = (day: string) => ({ author: 'migration', now: at(day) });
const done = (stageId: string, day: string) => ({ stage: stageId, on: `2026-${day}` });

async function days({ dunning }: World, ...list: readonly string[]): Promise<void> {
  for (const day of list) await dunning.tick({ now: at(day) });
}

describe('history of another system', () => {
  it('drives levels and what comes next; nothing is said again', async () => {
    const one = await living(plain);
    await one.dunning.importHistory(
      'robles',
      [{ item: 'F-1', policy: 'ladder', done: [done('soft', '02-14'), done('firm', '02-21')] }],
      on('02-22'),
    );
    const { level, reminders, lastReminder, daysSince, next } = await one.dunning.item('robles', 'F-1', {
      at: at('02-22'),
    });
    expect([level, reminders, lastReminder, daysSince]).toEqual([
      { stage: 'firm', number: 2 },
      2,
      '2026-02-21',
      1,
    ]);
    expect(next).toMatchObject({ on: '2026-03-02', stage: 'stop' });
    await days(one, '02-22', '02-25', '03-01');
    expect(sent(one)).toEqual([]);
    await days(one, '03-02');
    expect(sent(one)).toEqual(['stop']);
    expect(JSON.stringify(await all(one.dunning.history('robles')))).toContain('"author":"migration"');
  });

  it('counts for the gap', async () => {
    const one = await living({
      ...plain,
      plan: { ...plain.plan, contact: { ...plain.plan.contact, gap: '5d' } },
    });
    await one.dunning.importHistory(
      'robles',
      [{ item: 'F-1', policy: 'ladder', done: [done('soft', '02-17')] }],
      on('02-19'),
    );
    await days(one, '02-20', '02-21');
    expect(sent(one)).toEqual([]);
    await days(one, '02-22');
    expect(sent(one)).toEqual(['firm']);
  });

  it('counts for caps, by channel, with contacts of which no stage tells', async () => {
    const capped = { ...plain.plan.contact, caps: [{ max: 2, per: '7d', channel: 'whatsapp' }] };
    const one = await living({ ...plain, plan: { ...plain.plan, contact: capped } });
    await one.dunning.importHistory(
      'robles',
      [
        {
          item: 'F-1',
          policy: 'ladder',
          done: [done('soft', '02-17')],
          contacts: [
            { on: '2026-02-16', channel: 'whatsapp' },
            { on: '2026-02-17', channel: 'whatsapp' },
            { on: '2026-02-18', channel: 'phone' },
          ],
        },
      ],
      on('02-19'),
    );
    await days(one, '02-20', '02-22');
    expect(sent(one)).toEqual([]);
    await days(one, '02-23');
    expect(sent(one)).toEqual(['firm']);
  });

  it('counts how often: repeats go on from there', async () => {
    const house = houseOf([stage('soft', '3d')], { last: { repeat: '5d', times: 3 } });
    const one = await living(house);
    await one.dunning.importHistory(
      'robles',
      [{ item: 'F-1', policy: 'ladder', done: [{ ...done('soft', '02-24'), times: 3 }] }],
      on('02-25'),
    );
    expect((await one.dunning.item('robles', 'F-1', { at: at('02-25') })).reminders).toBe(3);
    await days(one, '02-28', '03-01', '03-06', '03-20', '04-20');
    // Once and three repeats: three were made before.
    expect(sent(one)).toEqual(['soft']);
  });

  it('keeps effects that are on, switches none on again, and releases them with the debt', async () => {
    for (const effects of [undefined, ['stop-service']]) {
      const one = await living(plain);
      await one.dunning.importHistory(
        'robles',
        [{ item: 'F-1', policy: 'ladder', done: [done('stop', '03-03')], effects }],
        on('03-04'),
      );
      await days(one, '03-04', '03-10');
      expect((await one.dunning.account('robles', { at: at('03-10') })).effects).toEqual(['stop-service']);
      expect(await all(one.dunning.acts({ kinds: ['effect'] }))).toEqual([]);
      await one.dunning.sync({ payments: [payment('P-1', 'F-1', '03-10')] });
      await days(one, '03-10');
      const effectsNow = await all(one.dunning.acts({ kinds: ['effect'] }));
      expect(effectsNow.map(({ act }) => [act.name, act.effect])).toEqual([['stop-service', 'off']]);
    }
  });

  it('keeps effects that no stage of ours has until the debt is paid', async () => {
    const one = await living(plain);
    await one.dunning.importHistory(
      'robles',
      [{ item: 'F-1', policy: 'ladder', effects: ['no-credit'] }],
      on('02-11'),
    );
    await days(one, '02-11', '02-13');
    expect((await one.dunning.account('robles', { at: at('02-13') })).effects).toEqual(['no-credit']);
    await one.dunning.sync({ payments: [payment('P-1', 'F-1', '02-13')] });
    await days(one, '02-13');
    expect((await one.dunning.account('robles', { at: at('02-13') })).effects).toEqual([]);
  });

  it('that says that an effect is off switches on what the stage wants', async () => {
    const one = await living(plain);
    await one.dunning.importHistory(
      'robles',
      [{ item: 'F-1', policy: 'ladder', done: [done('stop', '03-03')], effects: [] }],
      on('03-04'),
    );
    await days(one, '03-04');
    const acts = await all(one.dunning.acts({ kinds: ['effect'] }));
    expect(acts.map(({ act }) => [act.name, act.effect])).toEqual([['stop-service', 'on']]);
  });

  it('exhausted stays exhausted, and is not announced', async () => {
    const house = houseOf([stage('soft', '3d')], {
      on: { exhausted: [{ task: 'decide' }, { handover: 'agency' }] },
    });
    const one = await living(house);
    await one.dunning.importHistory(
      'robles',
      [{ item: 'F-1', policy: 'ladder', done: [done('soft', '02-13')], exhausted: true }],
      on('02-20'),
    );
    await days(one, '02-20', '03-20');
    expect([sent(one), await all(one.dunning.acts())]).toEqual([[], []]);
    expect((await one.dunning.item('robles', 'F-1', { at: at('03-20') })).state).toBe('exhausted');
    await one.dunning.ask({ account: 'robles', stage: 'soft' }, { ...ana, now: at('03-20') });
    await days(one, '03-20');
    expect(sent(one)).toEqual(['soft']);
  });

  it('of what is settled: no thanks, and a debt that comes back repeats nothing', async () => {
    const one = await living(plain);
    await one.dunning.sync({ payments: [payment('P-1', 'F-1', '02-20')] });
    await one.dunning.importHistory(
      'robles',
      [{ item: 'F-1', policy: 'ladder', done: [done('soft', '02-13'), done('firm', '02-20')] }],
      on('02-21'),
    );
    await days(one, '02-21', '02-22');
    expect([sent(one), await all(one.dunning.acts())]).toEqual([[], []]);
    await one.dunning.sync({ payments: [{ ...payment('P-1', 'F-1', '02-20'), state: 'reversed' }] });
    await days(one, '02-23', '03-01');
    expect(sent(one)).toEqual([]);
    await days(one, '03-02');
    expect(sent(one)).toEqual(['stop']);
  });

  it('of what is paid later: thanks as always', async () => {
    const one = await living(plain);
    await one.dunning.importHistory(
      'robles',
      [{ item: 'F-1', policy: 'ladder', done: [done('soft', '02-13')] }],
      on('02-14'),
    );
    await one.dunning.sync({ payments: [payment('P-1', 'F-1', '02-15')] });
    await days(one, '02-15');
    expect(sent(one)).toEqual(['thanks']);
  });

  it('of fees and alerts: what other systems did brings none', async () => {
    const house = houseOf([
      stage('soft', '3d', {
        do: [
          { send: 'soft' },
          { fee: 'late', fixed: { COP: '5.00' } },
          { alert: 'watch' },
          { handover: 'legal' },
        ],
      }),
    ]);
    const one = await living({ ...house, plan: { ...house.plan, terms: { source: 'x', fees: true } } });
    await one.dunning.importHistory(
      'robles',
      [{ item: 'F-1', policy: 'ladder', done: [done('soft', '02-13')] }],
      on('02-14'),
    );
    await days(one, '02-14', '02-20');
    expect(await all(one.dunning.acts())).toEqual([]);
  });

  it('of a level by state holds until the facts say otherwise, and tells no transition', async () => {
    const owes = (amount: string) => ({ fact: 'account.overdue', gte: { COP: amount } });
    const stages = [
      { id: 'warned', tone: 'friendly' as const, when: owes('10.00'), do: [{ send: 'warned' }] },
      {
        id: 'blocked',
        tone: 'firm' as const,
        when: owes('500.00'),
        do: [{ send: 'blocked' }, { effect: 'block' }],
      },
    ];
    const one = await living(houseOf(stages, { level: 'state' }));
    await one.dunning.importHistory(
      'robles',
      [{ item: 'F-1', policy: 'ladder', done: [done('blocked', '02-13')] }],
      on('02-14'),
    );
    await days(one, '02-14', '02-15');
    const types = (await all(one.dunning.history('robles'))).map((entry) => entry.type);
    expect([sent(one), types.includes('case.level'), await all(one.dunning.acts())]).toEqual([[], false, []]);
    await one.dunning.sync({ payments: [payment('P-1', 'F-1', '02-15', '600.00')] });
    await days(one, '02-16');
    expect((await one.dunning.account('robles', { at: at('02-16') })).effects).toEqual([]);
    expect((await one.dunning.item('robles', 'F-1', { at: at('02-16') })).level).toMatchObject({
      stage: 'warned',
    });
  });

  it('of a group: named by any of its items, carried by the oldest', async () => {
    const one = await living(
      houseOf([stage('soft', '3d'), stage('firm', '10d')], { unit: { group: ['account'] } }),
    );
    await one.dunning.sync({ invoices: [invoice('F-2', '02-12')] });
    await one.dunning.importHistory(
      'robles',
      [{ item: 'F-2', policy: 'ladder', done: [done('soft', '02-13')] }],
      on('02-14'),
    );
    await days(one, '02-14', '02-19');
    expect(sent(one)).toEqual([]);
    await days(one, '02-20');
    expect((await all(one.dunning.history('robles'))).map((entry) => entry.type)).not.toContain(
      'case.carried',
    );
    expect(sent(one)).toEqual(['firm']);
  });
});

describe('what cannot be history', () => {
  const entry = { item: 'F-1', policy: 'ladder' };

  it('is refused as a whole, every problem with its path', async () => {
    const one = await living(plain);
    await one.dunning.sync({ invoices: [{ ...invoice('B-1', '02-10'), type: 'payable' }] });
    const before = await all(one.dunning.history('robles'));
    const bad: unknown[] = [
      { item: 'F-9', policy: 'nope' },
      { ...entry, opened: '2026-13-01', done: [{ stage: 'nope', on: '2026-02-13' }, { stage: 'soft' }] },
      {
        ...entry,
        done: [{ ...done('soft', '02-21') }, { ...done('soft', '02-13'), times: 0 }],
        contacts: [{ on: 'x' }],
      },
      { item: 'B-1', policy: 'ladder' },
      { ...entry, dones: [], exhausted: 'yes', effects: [''], level: 'soft' },
      null,
      { ...entry, done: {}, contacts: [7] },
    ];
    const error = await one.dunning
      .importHistory('robles', bad as never, on('02-20'))
      .then(() => undefined)
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'invalid_input' });
    const { problems } = error as { readonly problems: readonly { path: string; code: string }[] };
    expect(problems.map(({ path, code }) => `${path} ${code}`)).toEqual([
      '[0].item unknown_id',
      '[0].policy unknown_id',
      '[1].done[0].stage unknown_id',
      '[1].done[1].on missing',
      '[1].opened invalid_date',
      '[2].done[0].on invalid_date',
      '[2].done[1].times invalid_value',
      '[2].contacts[0].on invalid_date',
      '[3].item not_receivable',
      '[4].dones unknown_key',
      '[4].effects[0] invalid_type',
      '[4].exhausted invalid_type',
      '[4].level invalid_value',
      '[4].item duplicate_id',
      '[5] invalid_type',
      '[6].done invalid_type',
      '[6].contacts[0] invalid_type',
      '[6].item duplicate_id',
    ]);
    expect(await all(one.dunning.history('robles'))).toEqual(before);
  });

  it('or is told twice, or after the first review', async () => {
    const one = await living(plain);
    const history = [{ ...entry, done: [done('soft', '02-13')] }];
    await refused(
      one.dunning.importHistory('robles', [...history, ...history], on('02-14')),
      'invalid_input',
    );
    await one.dunning.importHistory('robles', history, on('02-14'));
    await refused(one.dunning.importHistory('robles', history, on('02-14')), 'invalid_input');
    const other = await living(plain);
    await other.dunning.review({ now: at('02-13') });
    await refused(other.dunning.importHistory('robles', history, on('02-14')), 'invalid_input');
    await refused(other.dunning.importHistory('nobody', history, on('02-14')), 'unknown_id');
    // @ts-expect-error from JavaScript
    await refused(other.dunning.importHistory('robles', history[0], on('02-14')), 'invalid_option');
  });

  it('of two policies for one item is kept apart', async () => {
    const vip: Policy = {
      id: 'vip',
      version: 1,
      via: [{ channel: 'whatsapp' }],
      stages: [stage('kind', '3d')],
    };
    const one = await living(houseOf([stage('soft', '3d')], {}, {}, [vip]));
    await one.dunning.importHistory(
      'robles',
      [
        { ...entry, done: [done('soft', '02-13')] },
        { item: 'F-1', policy: 'vip', done: [done('kind', '02-12')] },
      ],
      on('02-14'),
    );
    await days(one, '02-14', '02-20');
    expect(sent(one)).toEqual([]);
    await one.dunning.sync({ invoices: [{ ...invoice('F-1', '02-10'), policy: 'vip' }] });
    await days(one, '02-21', '02-25');
    expect(sent(one)).toEqual([]);
  });
});
