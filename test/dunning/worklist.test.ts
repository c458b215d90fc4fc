import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Worklist } from '../../src/dunning/index.js';
import type { LedgerFacts } from '../../src/ledger/facts.js';
import { houseOf, living, stage } from '../support/house.js';
import { refused } from '../support/refused.js';
import { at, invoice, payment, type World, world } from '../support/world.js';

const house = houseOf([
  stage('soft', '3d'),
  stage('firm', '10d', { do: [{ send: 'firm' }, { task: 'call' }] }),
]);

interface Debt {
  readonly due: string;
  readonly amount?: string;
  readonly currency?: string;
}

/** Accounts with one debt each, and nobody who could be written to. */
async function owing(
  { dunning }: World,
  debts: Readonly<Record<string, Debt>>,
  more: LedgerFacts = {},
): Promise<void> {
  const ids = Object.keys(debts);
  await dunning.sync({
    accounts: ids.map((id) => ({ id, name: id.toUpperCase() })),
    invoices: Object.entries(debts).map(([id, { due, amount = '100.00', currency = 'COP' }]) => ({
      id: `${id}-1`,
      account: id,
      issued: '2025-12-01',
      due: `2026-${due}`,
      total: { amount, currency },
    })),
    ...more,
  });
}

const names = ({ lines }: Worklist): readonly string[] => lines.map((line) => line.account);

describe('a worklist', () => {
  it('has whom people have something to do with, and says what, why and what comes by itself', async () => {
    const one = await living(house);
    await one.dunning.tick({ now: at('02-13') });
    await one.dunning.tick({ now: at('02-20') });
    const { lines, total } = await one.dunning.worklist({ at: at('02-21') });
    expect(total).toBe(1);
    expect(lines).toMatchObject([
      {
        account: 'robles',
        name: 'Robles Ltda',
        reasons: [{ reason: 'task', name: 'call', since: '2026-02-20' }],
        work: [
          { work: 'task', name: 'call', reason: 'stage', totals: [{ minor: 100_000, currency: 'COP' }] },
        ],
        overdue: [{ minor: 100_000, currency: 'COP' }],
        dunnable: [{ minor: 100_000, currency: 'COP' }],
        unscaled: [],
        oldestDaysPastDue: 11,
        lastContact: '2026-02-20',
      },
    ]);
  });

  it('leaves out whom nobody has anything to do with', async () => {
    const one = await living(house);
    await owing(one, { acero: { due: '05-01' } });
    expect((await one.dunning.worklist({ at: at('02-12') })).lines).toEqual([]);
  });

  it('explains every score: the parts sum to it, and each is the documented formula', async () => {
    const one = world(house);
    await owing(one, { acero: { due: '01-20', amount: '300.00' }, bosque: { due: '01-31' } });
    const { lines } = await one.dunning.worklist({ at: at('02-19'), scale: { COP: '100.00' } });
    const [first] = lines;
    expect(first?.account).toBe('acero');
    const parts = Object.fromEntries(
      (first?.parts ?? []).map(({ part, value, found }) => [part, [value, found]]),
    );
    expect(parts).toEqual({
      amount: [300 / 400, undefined],
      age: [30 / 60, 30],
      work: [0.2, 'silent'],
      risk: [0, undefined],
      broken: [0, 0],
      class: [0, undefined],
      silence: [30 / 44, 30],
    });
    for (const { score, parts: all } of lines) {
      expect(all.reduce((sum, { points }) => sum + points, 0)).toBeCloseTo(score, 10);
      expect(score).toBeGreaterThan(0);
      expect(score).toBeLessThanOrEqual(100);
    }
    const weights: Readonly<Record<string, number>> = {
      amount: 30,
      age: 25,
      work: 15,
      risk: 10,
      broken: 10,
      class: 5,
      silence: 5,
    };
    for (const { part, value, points } of first?.parts ?? [])
      expect(points).toBeCloseTo((weights[part] ?? 0) * value, 10);
  });

  it('rises with the age of a debt, whatever else there is', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 15, max: 700 }),
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 1_000_000 }),
        async (days, older, minor) => {
          const one = world(house);
          const due = (ago: number): string =>
            new Date(at('02-21') - ago * 86_400_000).toISOString().slice(0, 10);
          const invoices = [days, days + older].map((ago, index) => ({
            id: `F${index}`,
            account: index === 0 ? 'younger' : 'elder',
            issued: '2023-01-01',
            due: due(ago),
            total: { minor, currency: 'COP' },
          }));
          const accounts = ['younger', 'elder'].map((id) => ({ id, name: id }));
          await one.dunning.sync({ accounts, invoices }, { now: at('02-21') });
          const { lines } = await one.dunning.worklist({ at: at('02-21') });
          expect(lines.map((line) => line.account)).toEqual(['elder', 'younger']);
          expect(lines[0]?.score).toBeGreaterThan(lines[1]?.score ?? 100);
        },
      ),
      { numRuns: 25, seed: 5 },
    );
  });

  it('puts ties in the order of account ids, in whatever order they came, also at the end of the list', async () => {
    const due = '01-01';
    for (const ids of [
      ['c', 'a', 'd', 'b'],
      ['b', 'd', 'a', 'c'],
    ]) {
      const one = world(house);
      for (const id of ids) await owing(one, { [id]: { due } });
      expect(names(await one.dunning.worklist({ at: at('02-21') }))).toEqual(['a', 'b', 'c', 'd']);
      const short = await one.dunning.worklist({ at: at('02-21'), list: 2 });
      expect([names(short), short.total]).toEqual([['a', 'b'], 4]);
    }
  });

  it('measures each currency by its own scale, and never adds amounts of two', async () => {
    const one = world(house);
    const due = '01-01';
    await owing(one, {
      acero: { due, amount: '4000000.00', currency: 'COP' },
      bosque: { due, amount: '3000.00', currency: 'USD' },
    });
    const value = async (scale: Readonly<Record<string, string>>) => {
      const { lines } = await one.dunning.worklist({ at: at('02-21'), scale });
      return Object.fromEntries(
        lines.map(({ account: id, parts, unscaled }) => [
          id,
          [parts.find(({ part }) => part === 'amount')?.value, unscaled],
        ]),
      );
    };
    expect(await value({ COP: '4000000.00', USD: '1000.00' })).toEqual({
      acero: [0.5, []],
      bosque: [0.75, []],
    });
    expect(await value({ COP: '4000000.00' })).toEqual({ acero: [0.5, []], bosque: [0, ['USD']] });
    // Without a scale: the mean of each currency.
    const { lines } = await one.dunning.worklist({ at: at('02-21') });
    expect(lines.map(({ parts }) => parts[0]?.value)).toEqual([0.5, 0.5]);
  });

  it('converts by the plan’s rates where asked, and says of which currency it could not', async () => {
    const rates = [{ from: 'USD', to: 'COP', rate: '4000', on: '2026-01-01' }];
    const one = world(houseOf([stage('soft', '3d')], {}, { rates, otherCurrency: 'convert' }));
    const due = '01-01';
    await owing(one, {
      acero: { due, amount: '4000000.00', currency: 'COP' },
      bosque: { due, amount: '1000.00', currency: 'USD' },
      cedro: { due, amount: '1000.00', currency: 'EUR' },
    });
    const { lines } = await one.dunning.worklist({
      at: at('02-21'),
      currency: 'COP',
      scale: { COP: '4000000.00' },
    });
    expect(lines.map(({ account: id, parts, unscaled }) => [id, parts[0]?.value, unscaled])).toEqual([
      ['acero', 0.5, []],
      ['bosque', 0.5, []],
      ['cedro', 0, ['EUR']],
    ]);
  });

  it('goes by the weights that are given', async () => {
    const one = world(house);
    await owing(one, { old: { due: '01-01', amount: '10.00' }, big: { due: '02-01', amount: '90000.00' } });
    const of = async (weights: Readonly<Record<string, number>>) =>
      names(await one.dunning.worklist({ at: at('02-21'), weights }));
    expect(await of({ age: 100 })).toEqual(['old', 'big']);
    expect(await of({ age: 0, silence: 0 })).toEqual(['big', 'old']);
  });

  it('knows disputes to answer, broken promises, whom a person leads, and debts without contact', async () => {
    const one = world(house);
    const due = '02-15';
    const promised = {
      amount: { amount: '100.00', currency: 'COP' },
      made: '2026-02-10',
      date: '2026-02-16',
      source: 'phone',
    };
    await owing(
      one,
      { a: { due }, b: { due }, c: { due }, d: { due: '01-30' }, e: { due } },
      {
        disputes: [
          { id: 'D', account: 'a', invoice: 'a-1', opened: '2026-02-17', reason: 'quantity', author: 'bea' },
        ],
        promises: [{ id: 'P', account: 'b', ...promised }],
      },
    );
    await one.dunning.assign('c', 'luis', { author: 'eva', now: at('02-16') });
    await one.dunning.review({ now: at('02-20') });
    const { lines } = await one.dunning.worklist({ at: at('02-20') });
    const found = lines.flatMap(({ account: id, reasons, owner }) =>
      reasons
        .filter(({ reason }) => reason !== 'task')
        .map(({ reason, since }) =>
          [id, reason, since, owner].filter((part) => part !== undefined).join(' '),
        ),
    );
    expect(found.sort()).toEqual([
      'a dispute 2026-02-17',
      'b broken_promise 2026-02-20',
      'c assigned 2026-02-16 luis',
      'd silent 2026-01-30',
    ]);
    const own = await one.dunning.worklist({ at: at('02-20'), owner: 'luis' });
    expect(names(own)).toEqual(['c']);
    expect(names(await one.dunning.worklist({ at: at('02-20'), reasons: ['dispute'] }))).toEqual(['a']);
  });

  it('leaves out debts that may not be chased, promises broken of what is paid, and old ones', async () => {
    const one = world(house);
    await owing(
      one,
      { a: { due: '01-15' }, b: { due: '02-12' } },
      {
        holds: [{ id: 'H', account: 'a', reason: 'audit', author: 'eva', from: '2026-01-01' }],
        promises: [
          {
            id: 'P',
            account: 'b',
            amount: { amount: '100.00', currency: 'COP' },
            made: '2026-02-10',
            date: '2026-02-16',
            source: 'phone',
          },
        ],
      },
    );
    const found = async (day: string) =>
      (await one.dunning.worklist({ at: at(day) })).lines.flatMap(({ account: id, reasons }) =>
        reasons.filter(({ reason }) => reason !== 'task').map(({ reason }) => `${id} ${reason}`),
      );
    await one.dunning.review({ now: at('02-20') });
    expect(await found('02-20')).toEqual(['b broken_promise']);
    expect(await found('03-22')).toEqual(['b broken_promise', 'b silent']);
    expect(await found('03-23')).toEqual(['b silent']);
    await one.dunning.sync({
      payments: [
        {
          id: 'Z',
          account: 'b',
          invoice: 'b-1',
          date: '2026-02-20',
          amount: { amount: '100.00', currency: 'COP' },
        },
      ],
    });
    expect(await found('02-20')).toEqual([]);
  });

  it('puts an outcome that nobody knows before a call, and a name that is pressing before all', async () => {
    const one = await living(house);
    one.whatsapp.answer({ outcome: 'unknown', code: 'timeout' });
    await one.dunning.tick({ now: at('02-13') });
    const [line] = (await one.dunning.worklist({ at: at('02-14') })).lines;
    expect(line?.reasons).toMatchObject([{ reason: 'unknown', since: '2026-02-13' }]);
    expect(line?.parts.find(({ part }) => part === 'work')).toMatchObject({ value: 1, found: 'unknown' });
    const calmer = await one.dunning.worklist({ at: at('02-14'), urgency: { unknown: 0.1 } });
    expect(calmer.lines[0]?.parts.find(({ part }) => part === 'work')?.value).toBe(0.1);
  });

  it.each([
    ['a weight below zero', { weights: { age: -1 } }],
    ['a part that is none', { weights: { beauty: 1 } as never }],
    [
      'no weight at all',
      { weights: { amount: 0, age: 0, work: 0, risk: 0, broken: 0, class: 0, silence: 0 } },
    ],
    ['an urgency beyond one', { urgency: { task: 2 } }],
    ['a reason that is none', { urgency: { boredom: 1 } }],
    ['a scale of nothing', { scale: { COP: '0' } }],
    ['half days', { silentAfter: 1.5 }],
    ['an age of nothing', { halfAge: 0 }],
    ['a list of nothing', { list: 0 }],
    ['a list without end', { list: 10_001 }],
  ])('refuses %s', async (_, request) => {
    await refused(world(house).dunning.worklist(request), 'invalid_option');
  });

  it('says of weights that are all zero what they must be', async () => {
    const weights = { amount: 0, age: 0, work: 0, risk: 0, broken: 0, class: 0, silence: 0 };
    await expect(world(house).dunning.worklist({ weights })).rejects.toThrow(
      /^weights must have one above zero at least$/m,
    );
  });

  it('refuses currencies that are none', async () => {
    await refused(world(house).dunning.worklist({ currency: 'PESO' }), 'unknown_currency');
    await refused(world(house).dunning.worklist({ scale: { PESO: '1' } }), 'unknown_currency');
    await refused(world(house).dunning.worklist({ scale: { COP: '1,000' } }), 'invalid_amount');
  });
});

describe('the next action', () => {
  it('is work for people first, then what comes by itself, the same as the account says', async () => {
    const one = await living(house);
    const before = await one.dunning.nextAction('robles', { at: at('02-11') });
    expect(before).toMatchObject({
      account: 'robles',
      on: '2026-02-11',
      work: [],
      next: {
        at: at('02-13', '09:00'),
        becomes: 'sent',
        kind: 'message',
        policy: 'ladder',
        stage: 'soft',
        channel: 'whatsapp',
        contact: 'billing',
        role: 'billing',
        items: ['F-1'],
        reason: 'not_yet',
      },
      none: [],
    });
    expect((await one.dunning.account('robles', { at: at('02-11') })).next).toEqual(before.next);
    await one.dunning.tick({ now: at('02-13') });
    await one.dunning.sync({ invoices: [invoice('F-2', '02-18')] });
    await one.dunning.tick({ now: at('02-20') });
    const after = await one.dunning.nextAction('robles', { at: at('02-20') });
    expect(after.work).toMatchObject([{ work: 'task', name: 'call', stage: 'firm', since: '2026-02-20' }]);
    expect(after.next).toMatchObject({ stage: 'soft', items: ['F-2'], on: '2026-02-21' });
  });

  it('says why nothing comes by itself', async () => {
    const one = await living(house);
    await one.dunning.hold(
      { account: 'robles', reason: 'audit' },
      { author: 'ana', reason: 'audit', now: at('02-01') },
    );
    const { next, none } = await one.dunning.nextAction('robles', { at: at('02-12') });
    expect([next, none]).toMatchObject([undefined, [{ item: 'F-1', reason: 'hold' }]]);
  });

  it('waits for what is in the outbox, and names proposals', async () => {
    const one = await living(houseOf([stage('soft', '3d', { mode: 'approve' })]));
    const proposed = await one.dunning.nextAction('robles', { at: at('02-11') });
    expect(proposed.next).toMatchObject({ becomes: 'proposed', stage: 'soft' });
    await one.dunning.tick({ now: at('02-13') });
    const { work, next, none } = await one.dunning.nextAction('robles', { at: at('02-13') });
    expect(work).toMatchObject([{ work: 'proposal', stage: 'soft', totals: [{ minor: 100_000 }] }]);
    expect([next, none]).toMatchObject([undefined, [{ reason: 'act_pending' }]]);
  });

  it('is no thanks: what chases counts', async () => {
    const one = await living(houseOf([stage('soft', '3d')], { on: { paid: [{ send: 'thanks' }] } }));
    await one.dunning.tick({ now: at('02-13') });
    await one.dunning.sync({ payments: [payment('P', 'F-1', '02-14')], invoices: [invoice('F-2', '02-20')] });
    const { planned } = await one.dunning.forecast('robles', { now: at('02-14'), to: at('02-28') });
    expect(planned.map(({ act }) => act.stage)).toEqual(['on:paid', 'soft']);
    expect((await one.dunning.nextAction('robles', { at: at('02-14') })).next).toMatchObject({
      stage: 'soft',
      items: ['F-2'],
    });
  });

  it('refuses an account that nobody knows', async () => {
    await refused((await living(house)).dunning.nextAction('nobody'), 'unknown_id');
  });
});
