import { describe, expect, it } from 'vitest';
import { parseDay } from '../../src/calendar/index.js';
import {
  decide,
  evolveAll,
  explain,
  type FileEvent,
  itemsOf,
  recheck,
  settle,
  statusOf,
} from '../../src/engine/index.js';
import { RecobroError } from '../../src/errors.js';
import type { Invoice, UnbookedPayment } from '../../src/ledger/types.js';
import type { Plan, Policy, Stage } from '../../src/policy/types.js';
import { parseFacts } from '../../src/schema/index.js';
import {
  aCredit,
  aDispute,
  aHold,
  aLadder,
  anAccount,
  anInvoice,
  anUnbooked,
  aPayment,
  aPlan,
  aPromise,
  aSource,
  aStage,
  fileOf,
  free,
  instant,
  inTwoParts,
  owing,
  told,
  zone,
} from '../support/build.js';
import { checkedEngine } from '../support/checked.js';
import { houseOf, living, stage } from '../support/house.js';
import { refused } from '../support/refused.js';
import { actsIn, sent, story, walk } from '../support/walk.js';
import { at, invoice } from '../support/world.js';

/** One test per rule and option of "Amounts" in the behaviour that was agreed. */

const noon = (day: string): number => instant(`${day}T12:00:00-06:00`);

function ladderOf(stages: readonly Stage[], own: Partial<Policy> = {}): Policy {
  return { ...aLadder([]), stages, ...own };
}

const engineFor = (
  stages: readonly Stage[] = [aStage('s1', '1d'), aStage('s5', '5d')],
  own: Partial<Plan> = {},
) => checkedEngine(ladderOf(stages), aPlan(own, free));

function codes(operation: () => unknown): readonly string[] {
  try {
    operation();
    return [];
  } catch (error) {
    if (!(error instanceof RecobroError)) throw error;
    return (error.problems ?? []).map(({ path, code }) => `${path} ${code}`);
  }
}

const parse = (facts: unknown) => parseFacts(facts, { now: noon('2026-03-02'), zone, policies: ['ladder'] });
const owed = (amount: unknown, currency: string, more = {}) => ({
  accounts: [{ id: 'robles', name: 'Robles' }],
  invoices: [
    {
      id: 'F1',
      account: 'robles',
      issued: '2026-01-30',
      due: '2026-03-01',
      total: { amount, currency },
      ...more,
    },
  ],
});

describe('two functions and no third', () => {
  it('outstanding = total − applied payments − finalised credits − written off', () => {
    const file = fileOf(
      told.account(anAccount()),
      told.invoice(anInvoice({ writtenOff: 500 })),
      told.payment(aPayment({ amount: 2_000, to: 'F1' })),
      told.payment(aPayment({ id: 'P2', amount: 1_000, to: 'F1', state: 'reversed' })),
      told.credit(aCredit({ amount: 1_500, to: 'F1' })),
      told.credit(aCredit({ id: 'C2', number: 'C2', amount: 700, to: 'F1', state: 'draft' })),
    );
    const [item] = itemsOf(file, parseDay('2026-03-02'));
    expect(item).toMatchObject({ outstanding: 6_000, dunnable: 6_000, paid: 2_000, credited: 1_500 });
  });

  it('dunnable = outstanding − disputed − promised − held − unapplied credit', () => {
    const file = fileOf(
      told.account(anAccount()),
      told.invoice(anInvoice()),
      told.dispute(aDispute({ amount: 1_000 })),
      told.promise(aPromise({ amount: 2_000 })),
      told.hold(aHold({ invoice: 'F1', amount: 500, from: '2026-03-01' })),
      told.credit(aCredit({ amount: 300 })),
    );
    const [item] = itemsOf(file, parseDay('2026-03-05'));
    expect(item).toMatchObject({ outstanding: 10_000, dunnable: 6_200 });
  });

  it('dunnable is never below zero', () => {
    const file = fileOf(
      told.account(anAccount()),
      told.invoice(anInvoice()),
      told.dispute(aDispute()),
      told.promise(aPromise({ amount: 9_000 })),
      told.payment(aPayment({ amount: 5_000 })),
    );
    expect(itemsOf(file, parseDay('2026-03-05'))[0]).toMatchObject({ outstanding: 10_000, dunnable: 0 });
  });

  it('the overdue flag, statements and reads speak of what is owed; messages and thresholds of what may be chased', () => {
    const facts = [
      told.account(anAccount()),
      told.invoice(anInvoice()),
      told.dispute(aDispute({ amount: 4_000 })),
    ];
    const engine = engineFor([aStage('s1', '1d')]);
    const [read] = statusOf(engine, fileOf(...facts), noon('2026-03-02')).items;
    expect(read).toMatchObject({ overdue: true, outstanding: 10_000, dunnable: 6_000 });
    const [act] = decide(engine, fileOf(...facts), noon('2026-03-02')).acts;
    expect(act?.totals).toEqual([{ minor: 6_000, currency: 'MXN' }]);
    expect(act?.items[0]).toMatchObject({
      original: 10_000,
      outstanding: 10_000,
      disputed: 4_000,
      dunnable: 6_000,
    });
    const held = fileOf(...facts, told.hold(aHold({ from: '2026-03-01' })));
    expect(statusOf(engine, held, noon('2026-03-02')).items[0]).toMatchObject({ overdue: true, dunnable: 0 });
    const least = (amount: string) => [aStage('s1', '1d', { min: { amount: { MXN: amount } } })];
    expect(decide(engineFor(least('60.00')), fileOf(...facts), noon('2026-03-02')).acts).toHaveLength(1);
    expect(decide(engineFor(least('60.01')), fileOf(...facts), noon('2026-03-02')).acts).toHaveLength(0);
  });

  it('partly paid: the sequence goes on with the new balance; paid in full stops it; void stops it silently (S32, F104)', () => {
    const engine = checkedEngine(
      aLadder(['1d', '5d', '9d'], { on: { paid: [{ send: 'thanks' }] } }),
      aPlan({}, free),
    );
    const facts = {
      '2026-03-03': [told.payment(aPayment({ amount: 2_500, to: 'F1', date: '2026-03-03' }))],
      '2026-03-08': [told.payment(aPayment({ id: 'P2', amount: 7_500, to: 'F1', date: '2026-03-08' }))],
    };
    const walked = walk(engine, owing(anInvoice()), '2026-03-01', 20, { facts });
    expect(actsIn(walked).map((act) => `${act.on} ${act.message} ${act.totals[0]?.minor}`)).toEqual([
      '2026-03-02 s1d 10000',
      '2026-03-06 s5d 7500',
      '2026-03-08 thanks 10000',
    ]);
    const void1 = { '2026-03-03': [told.invoice(anInvoice({ status: 'void' }))] };
    expect(sent(walk(engine, owing(anInvoice()), '2026-03-01', 20, { facts: void1 }))).toEqual([
      '2026-03-02 s1d F1',
    ]);
  });

  it('the balance is read again at dispatch: zero skips the send as settled (S33)', () => {
    const engine = engineFor();
    const decision = decide(engine, owing(anInvoice()), noon('2026-03-02'));
    const planned = evolveAll(owing(anInvoice()), decision.events);
    const [act] = decision.acts;
    expect(recheck(engine, planned, act!, noon('2026-03-02'))).toEqual({ ok: true });
    const paid = evolveAll(planned, [told.payment(aPayment({ to: 'F1' }))]);
    expect(recheck(engine, paid, act!, noon('2026-03-02'))).toMatchObject({ ok: false, reason: 'settled' });
    const part = evolveAll(planned, [told.payment(aPayment({ to: 'F1', amount: 1 }))]);
    expect(recheck(engine, part, act!, noon('2026-03-02'))).toMatchObject({ ok: false, reason: 'changed' });
  });
});

describe('safe-integer minor units with the exponent of the currency (N9)', () => {
  it.each([
    ['JPY', '1250', 1_250],
    ['CLP', '1250', 1_250],
    ['MXN', '1250.05', 125_005],
    ['KWD', '1250.005', 1_250_005],
  ])('%s', (currency, amount, minor) => {
    expect(parse(owed(amount, currency)).get('robles')?.invoices[0]?.total).toBe(minor);
  });

  it('refuses what has no minor unit, a fraction of JavaScript, and what is too much', () => {
    expect(codes(() => parse(owed('1250.5', 'JPY')))).toEqual(['invoices[0].total.amount invalid_amount']);
    expect(codes(() => parse(owed('1250.005', 'MXN')))).toEqual(['invoices[0].total.amount invalid_amount']);
    expect(codes(() => parse(owed(12.5, 'MXN'))).length).toBe(1);
    expect(codes(() => parse(owed('90071992547409.92', 'MXN'))).length).toBe(1);
    expect(codes(() => parse(owed('90071992547409.91', 'MXN')))).toEqual([]);
  });
});

describe('no arithmetic across currencies', () => {
  const usd = (own: Partial<Invoice>) => anInvoice({ id: 'U1', currency: 'USD', ...own });

  it('totals stand by currency; a threshold of one is not met by the other', () => {
    const min = { amount: { MXN: '150.00', USD: '150.00' }, of: 'account' as const };
    const file = owing(anInvoice(), usd({}));
    expect(decide(engineFor([aStage('s1', '1d', { min })]), file, noon('2026-03-02')).acts).toEqual([]);
    const [act] = decide(engineFor(), file, noon('2026-03-02')).acts;
    expect(act?.totals).toEqual([
      { minor: 10_000, currency: 'MXN' },
      { minor: 10_000, currency: 'USD' },
    ]);
  });

  it('money of another currency settles and lowers nothing', () => {
    const file = fileOf(
      told.account(anAccount()),
      told.invoice(anInvoice()),
      told.payment(aPayment({ currency: 'USD', to: 'F1' })),
      told.payment(aPayment({ id: 'P2', currency: 'USD' })),
    );
    expect(itemsOf(file, parseDay('2026-03-05'))[0]).toMatchObject({ outstanding: 10_000, dunnable: 10_000 });
  });

  it('conversion only with a dated rate given by the host, originals kept', () => {
    const stages = [aStage('s1', '1d', { min: { amount: { MXN: '1700.00' } } })];
    const rates = [
      { from: 'USD', to: 'MXN', rate: '16.99', on: '2026-03-01' },
      { from: 'USD', to: 'MXN', rate: '17', on: '2026-03-04' },
    ];
    const engine = engineFor(stages, { otherCurrency: 'convert', rates });
    const walked = walk(engine, owing(usd({})), '2026-03-01', 6);
    expect(sent(walked)).toEqual(['2026-03-04 s1 U1']);
    expect(actsIn(walked)[0]?.totals).toEqual([{ minor: 10_000, currency: 'USD' }]);
  });
});

describe('a pushed balance', () => {
  const asOf = noon('2026-03-03');
  const of = (...facts: FileEvent[]) =>
    itemsOf(fileOf(told.account(anAccount()), ...facts), parseDay('2026-03-05'))[0]?.outstanding;
  const pushed = (own: Partial<Invoice> = {}) =>
    told.invoice(anInvoice({ balance: { amount: 4_000, asOf }, writtenOff: 1_000, ...own }));

  it('replaces everything booked up to its asOf, inclusive', () => {
    expect(of(pushed())).toBe(4_000);
    expect(of(pushed(), told.payment(aPayment({ to: 'F1', amount: 3_000, bookedAt: asOf })))).toBe(4_000);
    expect(of(pushed(), told.credit(aCredit({ to: 'F1', amount: 3_000, bookedAt: asOf - 1 })))).toBe(4_000);
  });
  it('what is booked later is taken off', () => {
    expect(of(pushed(), told.payment(aPayment({ to: 'F1', amount: 3_000, bookedAt: asOf + 1 })))).toBe(1_000);
    expect(of(pushed(), told.credit(aCredit({ to: 'F1', amount: 500, bookedAt: asOf + 1 })))).toBe(3_500);
  });
});

describe('records may carry a version', () => {
  const of = (version: number, amount: string) => ({ ...invoice('F-1', '02-10', amount), version });

  it('older never overwrites newer; equal version with other content is an error', async () => {
    const { dunning } = await living(houseOf([stage('soft', '3d')]));
    const open = async () => (await dunning.item('robles', 'F-1', { at: at('02-11') })).outstanding;
    await dunning.sync({ invoices: [of(2, '900.00')] });
    await dunning.sync({ invoices: [of(1, '500.00')] });
    expect(await open()).toBe(90_000);
    await dunning.sync({ invoices: [of(2, '900.00')] });
    await refused(dunning.sync({ invoices: [of(2, '700.00')] }), 'version_conflict');
    expect(await open()).toBe(90_000);
    await dunning.sync({ invoices: [of(3, '700.00')] });
    expect(await open()).toBe(70_000);
  });
});

describe('money that is booked', () => {
  it('money counts from when it is booked: a date that lies ahead is the date of its value', () => {
    // Who is told that it is booked must not chase it; what is only announced is `unbooked`, or a promise.
    const file = fileOf(
      told.account(anAccount()),
      told.invoice(anInvoice()),
      told.payment(aPayment({ to: 'F1', amount: 2_000, date: '2026-03-20' })),
      told.credit(aCredit({ to: 'F1', amount: 3_000, date: '2026-03-20' })),
    );
    expect(itemsOf(file, parseDay('2026-03-05'))[0]).toMatchObject({ outstanding: 5_000 });
  });
});

describe('thresholds (F10, S27)', () => {
  const min = (own: Stage['min']) => [aStage('mild', '1d'), aStage('firm', '5d', { min: own })];
  const lines = (stages: readonly Stage[], file = owing(anInvoice()), plan: Partial<Plan> = {}) =>
    sent(walk(engineFor(stages, plan), file, '2026-03-01', 12));

  it('inclusive, per currency', () => {
    expect(lines(min({ amount: { MXN: '100.00' } }))).toEqual(['2026-03-02 mild F1', '2026-03-06 firm F1']);
    expect(lines(min({ amount: { MXN: '100.01' } }))).toEqual(['2026-03-02 mild F1']);
    const dollars = owing(anInvoice({ currency: 'USD' }));
    expect(lines(min({ amount: { MXN: '100.01', USD: '100.00' } }), dollars)).toHaveLength(2);
  });

  it('on dunnable amounts: a partly paid invoice counts with its rest, a disputed one with what is not', () => {
    const facts = (...more: FileEvent[]) =>
      fileOf(told.account(anAccount()), told.invoice(anInvoice()), ...more);
    const asked = min({ amount: { MXN: '70.00' } });
    expect(lines(asked, facts(told.payment(aPayment({ to: 'F1', amount: 3_000 }))))).toHaveLength(2);
    expect(lines(asked, facts(told.payment(aPayment({ to: 'F1', amount: 3_001 }))))).toHaveLength(1);
    expect(lines(asked, facts(told.dispute(aDispute({ amount: 3_001 }))))).toHaveLength(1);
  });

  it('of overdue items in scope only', () => {
    const whole = min({ amount: { MXN: '150.00' }, of: 'account' });
    const of = (own: Partial<Invoice>) => owing(anInvoice(), anInvoice({ id: 'F2', ...own }));
    const only = (file: ReturnType<typeof of>, own: Partial<Policy> = {}) => {
      const engine = checkedEngine(ladderOf(whole, own), aPlan({}, free));
      return sent(walk(engine, file, '2026-03-01', 12)).filter((line) => /firm/.test(line));
    };
    expect(only(of({}))).toEqual(['2026-03-06 firm F1+F2']);
    expect(only(of({ due: '2026-06-01' }))).toEqual([]);
    const scope: Policy['scope'] = { fact: 'item.type', eq: 'invoice' };
    expect(only(of({ type: 'deposit' }), { scope })).toEqual([]);
  });

  it('a level whose minimum is not met falls back to the level below and is checked again', () => {
    const stages = [aStage('mild', '1d'), aStage('firm', '5d', { min: { amount: { MXN: '200.00' } } })];
    // An outage until both have passed: the milder one acts in the place of the sterner.
    const down = ['2026-03-02', '2026-03-03', '2026-03-04', '2026-03-05', '2026-03-06'];
    const walked = walk(engineFor(stages), owing(anInvoice()), '2026-03-01', 12, { down });
    expect(sent(walked)).toEqual(['2026-03-07 mild F1']);
    const more = { '2026-03-09': [told.invoice(anInvoice({ total: 20_000 }))] };
    expect(
      sent(walk(engineFor(stages), owing(anInvoice()), '2026-03-01', 12, { down, facts: more })),
    ).toEqual(['2026-03-07 mild F1', '2026-03-09 firm F1']);
    const all = [
      aStage('a', '1d'),
      aStage('b', '2d', { min: { amount: { MXN: '150.00' } } }),
      aStage('c', '3d', { min: { amount: { MXN: '200.00' } } }),
    ];
    expect(sent(walk(engineFor(all), owing(anInvoice()), '2026-03-01', 12, { down }))[0]).toBe(
      '2026-03-07 a F1',
    );
  });

  it('any or all between criteria (F12)', () => {
    // 100 of 400 open are overdue: a quarter.
    const file = owing(anInvoice(), anInvoice({ id: 'F2', total: 30_000, due: '2026-06-01' }));
    const of = (own: Stage['min']) => lines(min({ of: 'account', ...own }), file).length === 2;
    expect(of({ amount: { MXN: '100.00' }, share: 25 })).toBe(true);
    expect(of({ amount: { MXN: '100.00' }, share: 26 })).toBe(false);
    expect(of({ amount: { MXN: '101.00' }, share: 25 })).toBe(false);
    expect(of({ amount: { MXN: '100.00' }, share: 26, any: true })).toBe(true);
    expect(of({ amount: { MXN: '101.00' }, share: 25, any: true })).toBe(true);
    expect(of({ amount: { MXN: '101.00' }, share: 26, any: true })).toBe(false);
  });

  it('minimum share of all open items, with fall-back to the level below (F11)', () => {
    const file = owing(anInvoice(), anInvoice({ id: 'F2', total: 30_000, due: '2026-06-01' }));
    expect(lines(min({ share: 25, of: 'account' }), file)).toHaveLength(2);
    expect(lines(min({ share: 25.01, of: 'account' }), file)).toEqual(['2026-03-02 mild F1']);
  });

  it('minimum arrears per account, grace per item (F9)', () => {
    const engine = checkedEngine(aLadder(['1d'], { arrears: '10d' }), aPlan({}, free));
    expect(sent(walk(engine, owing(anInvoice()), '2026-03-01', 20))[0]).toBe('2026-03-11 s1d F1');
    const graced = checkedEngine(aLadder(['1d', '3d'], { grace: '3d' }), aPlan({}, free));
    expect(sent(walk(graced, owing(anInvoice()), '2026-03-01', 20))).toEqual(['2026-03-05 s3d F1']);
  });

  it('the highest level an item may reach (F17)', () => {
    for (const cap of [1, 'mild'] as const)
      expect(lines([aStage('mild', '1d'), aStage('firm', '5d')], owing(anInvoice({ cap })))).toEqual([
        '2026-03-02 mild F1',
      ]);
  });
});

describe('a currency without threshold', () => {
  const stages = [aStage('s1', '1d', { min: { amount: { MXN: '50.00' } } })];
  const dollars = owing(anInvoice({ currency: 'USD' }));
  const acts = (plan: Partial<Plan>) =>
    settle(engineFor(stages, plan), dollars, noon('2026-03-02')).acts.map(
      (act) => `${act.kind} ${act.message ?? act.name}`,
    );

  it('default: a review task, once, and the stage waits', () => {
    expect(acts({})).toEqual(['task set-threshold']);
    const engine = engineFor(stages);
    const walked = walk(engine, dollars, '2026-03-02', 10);
    expect(actsIn(walked)).toHaveLength(1);
    expect(decide(engine, walked.file, noon('2026-03-12')).waiting).toMatchObject([
      { stage: 's1', reason: 'no_threshold' },
    ]);
  });
  it('option met', () => expect(acts({ otherCurrency: 'met' })).toEqual(['message s1']));
  it('option unmet', () => expect(acts({ otherCurrency: 'unmet' })).toEqual([]));
  it('option convert; without a rate it is a task', () => {
    const rates = [{ from: 'USD', to: 'MXN', rate: '17', on: '2026-03-01' }];
    expect(acts({ otherCurrency: 'convert', rates })).toEqual(['message s1']);
    const euros = [{ from: 'EUR', to: 'MXN', rate: '20', on: '2026-03-01' }];
    expect(acts({ otherCurrency: 'convert', rates: euros })).toEqual(['task set-rate']);
    expect(acts({ otherCurrency: 'convert', rates: [{ ...rates[0]!, on: '2026-03-03' }] })).toEqual([
      'task set-rate',
    ]);
  });
});

describe('tolerance', () => {
  const lines = (total: number, own: Partial<Plan>, currency = 'MXN') =>
    settle(
      engineFor([aStage('s1', '1d')], own),
      owing(anInvoice({ total, currency })),
      noon('2026-03-02'),
    ).acts.map((act) => `${act.kind} ${act.message ?? act.name}`);
  const tolerance = { MXN: '1.00' };

  it('strictly below it counts as settled for dunning', () => {
    expect(lines(99, { tolerance })).toEqual([]);
    expect(lines(100, { tolerance })).toEqual(['message s1']);
    const [item] = explain(
      engineFor([aStage('s1', '1d')], { tolerance }),
      owing(anInvoice({ total: 99 })),
      noon('2026-03-02'),
    ).items;
    expect(item).toMatchObject({ acts: false, failed: 'owed', reason: 'tolerance', outstanding: 99 });
  });

  it('is never compared in the wrong currency; converted where the plan says so', () => {
    const rates = [{ from: 'USD', to: 'MXN', rate: '17', on: '2026-03-01' }];
    expect(lines(5, { tolerance, otherCurrency: 'convert', rates }, 'USD')).toEqual([]);
    expect(lines(6, { tolerance, otherCurrency: 'convert', rates }, 'USD')).toEqual(['message s1']);
    expect(lines(1, { tolerance, otherCurrency: 'met' }, 'USD')).toEqual(['message s1']);
    expect(lines(1, { tolerance, otherCurrency: 'unmet' }, 'USD')).toEqual(['message s1']);
  });

  it('a currency without tolerance: a review task, and what is owed is chased all the same', () => {
    expect(lines(5, { tolerance }, 'USD').sort()).toEqual(['message s1', 'task set-tolerance']);
    expect(lines(5, {}, 'USD')).toEqual(['message s1']);
  });
});

describe('unapplied payments and credit notes', () => {
  const two = [
    told.account(anAccount()),
    told.invoice(anInvoice()),
    told.invoice(anInvoice({ id: 'F2', due: '2026-02-20' })),
  ];
  const amounts = (plan: Partial<Plan>, ...more: FileEvent[]) =>
    statusOf(engineFor(undefined, plan), fileOf(...two, ...more), noon('2026-03-05')).items.map(
      ({ item, dunnable, outstanding }) => [item, dunnable, outstanding],
    );

  it('default: lower what may be chased, oldest first; they settle nothing', () => {
    expect(amounts({}, told.payment(aPayment({ amount: 12_000 })))).toEqual([
      ['F2', 0, 10_000],
      ['F1', 8_000, 10_000],
    ]);
    expect(amounts({}, told.credit(aCredit({ amount: 25_000 })))).toEqual([
      ['F2', 0, 10_000],
      ['F1', 0, 10_000],
    ]);
    const walked = walk(
      engineFor(),
      fileOf(...two, told.payment(aPayment({ amount: 30_000 }))),
      '2026-03-01',
      20,
    );
    expect(story(walked).some((line) => line.includes('close'))).toBe(false);
  });

  it('what is paid beyond an invoice is put to nothing, and lowers the others likewise', () => {
    const over = told.payment(aPayment({ amount: 13_000, to: 'F2' }));
    expect(amounts({}, over)).toEqual([['F1', 7_000, 10_000]]);
    expect(amounts({ blocks: { unapplied: 'ignore' } }, over)).toEqual([['F1', 10_000, 10_000]]);
    const credited = told.credit(aCredit({ amount: 13_000, to: 'F2' }));
    expect(amounts({}, credited)).toEqual([['F1', 7_000, 10_000]]);
  });

  it('option ignore', () => {
    const ignore: Partial<Plan> = { blocks: { unapplied: 'ignore' } };
    expect(amounts(ignore, told.payment(aPayment({ amount: 12_000 })))).toEqual([
      ['F2', 10_000, 10_000],
      ['F1', 10_000, 10_000],
    ]);
  });

  it('option withhold only if they cover the sum', () => {
    const covers: Partial<Plan> = { blocks: { unapplied: 'covers' } };
    const rest = (amount: number) =>
      amounts(covers, told.payment(aPayment({ amount }))).map(([, dunnable]) => dunnable);
    expect(rest(19_999)).toEqual([10_000, 10_000]);
    expect(rest(20_000)).toEqual([0, 0]);
  });

  it('payment on an instalment invoice: as allocated, else earliest due', () => {
    const parts = (to: string) =>
      itemsOf(
        fileOf(
          told.account(anAccount()),
          told.invoice(inTwoParts()),
          told.payment(aPayment({ amount: 6_000, to })),
        ),
        parseDay('2026-03-05'),
      ).map(({ outstanding }) => outstanding);
    expect(parts('F1')).toEqual([0, 4_000]);
    expect(parts('F1~2')).toEqual([4_000, 0]);
  });
});

describe('documents that are never chased', () => {
  it.each<[string, Partial<Invoice>, string]>([
    ['draft', { status: 'draft' }, 'draft'],
    ['void', { status: 'void' }, 'void'],
    ['written off', { status: 'written-off' }, 'written-off'],
    ['written off in full', { writtenOff: 10_000 }, 'written-off'],
    ['deleted', { status: 'deleted' }, 'deleted'],
    ['payable', { type: 'payable' }, 'payable'],
    ['zero', { total: 0 }, 'zero'],
    ['negative', { total: -500 }, 'negative'],
  ])('%s: the trace says why', (_, own, reason) => {
    const engine = engineFor();
    const file = owing(anInvoice(own));
    expect(decide(engine, file, noon('2026-03-05'))).toMatchObject({ acts: [], events: [] });
    expect(explain(engine, file, noon('2026-03-05')).items).toMatchObject([
      { acts: false, failed: 'owed', reason },
    ]);
  });

  it('fully credited', () => {
    const file = fileOf(
      told.account(anAccount()),
      told.invoice(anInvoice()),
      told.credit(aCredit({ to: 'F1' })),
    );
    expect(explain(engineFor(), file, noon('2026-03-05')).items).toMatchObject([
      { acts: false, reason: 'credited' },
    ]);
  });

  it('void after contact: accepted, pending acts cancelled, history kept', () => {
    const engine = checkedEngine(
      ladderOf([aStage('s1', '1d'), aStage('s5', '5d', { mode: 'approve' })]),
      aPlan({}, free),
    );
    const { file } = walk(engine, owing(anInvoice()), '2026-03-01', 5);
    const proposed = evolveAll(file, decide(engine, file, noon('2026-03-06')).events);
    expect(proposed.acts.size).toBe(1);
    const voided = settle(
      engine,
      evolveAll(proposed, [told.invoice(anInvoice({ status: 'void' }))]),
      noon('2026-03-06'),
    );
    expect(voided.file.acts.size).toBe(0);
    expect(voided.acts).toEqual([]);
    const [one] = voided.file.cases.get('F1') ?? [];
    expect(one).toMatchObject({ state: 'closed', closed: { reason: 'void' } });
    expect(one?.marks.find((mark) => mark.stage === 's1')?.state).toBe('done');
  });
});

describe('instalments', () => {
  it('sum to the invoice to the minor unit', () => {
    const parts = (a: string, b: string) =>
      codes(() =>
        parse(
          owed('100.00', 'MXN', {
            instalments: [
              { due: '2026-03-01', amount: a },
              { due: '2026-04-01', amount: b },
            ],
          }),
        ),
      );
    expect(parts('33.33', '66.67')).toEqual([]);
    expect(parts('33.33', '66.66')).toEqual(['invoices[0].instalments wrong_sum']);
    expect(parts('33.33', '66.68')).toEqual(['invoices[0].instalments wrong_sum']);
  });

  it('each is dunned on its own due date', () => {
    expect(sent(walk(engineFor([aStage('s3', '3d')]), owing(inTwoParts()), '2026-02-20', 60))).toEqual([
      '2026-03-04 s3 F1~1',
      '2026-04-04 s3 F1~2',
    ]);
  });
});

describe('money that was seen and is not booked', () => {
  const two = [told.account(anAccount()), told.invoice(anInvoice()), told.invoice(anInvoice({ id: 'F2' }))];
  const lines = (own: Parameters<typeof anUnbooked>[0], ...later: readonly UnbookedPayment[]) => {
    const file = fileOf(...two, told.unbooked(anUnbooked({ on: '2026-03-02', ...own })));
    const facts = { '2026-03-04': later.map(told.unbooked) };
    return sent(walk(engineFor([aStage('s1', '1d')]), file, '2026-03-01', 20, { facts }));
  };

  it('holds the items it names, else the account', () => {
    expect(lines({ invoice: 'F1', until: '2026-03-30' })).toEqual(['2026-03-02 s1 F2']);
    expect(lines({ until: '2026-03-30' })).toEqual([]);
  });
  it('an amount alone never identifies', () => {
    expect(lines({ amount: 10_000, currency: 'MXN', until: '2026-03-30' })).toEqual([]);
    expect(lines({ amount: 1, currency: 'MXN', invoice: 'F1', until: '2026-03-30' })).toEqual([
      '2026-03-02 s1 F2',
    ]);
  });
  it('until booked, failed or expired', () => {
    for (const state of ['booked', 'failed'] as const)
      expect(lines({ invoice: 'F1' }, anUnbooked({ invoice: 'F1', on: '2026-03-02', state }))).toContain(
        '2026-03-05 s1 F1',
      );
    // The fifth day after is the last one by default; then the restart gap.
    expect(lines({ invoice: 'F1' })).toContain('2026-03-09 s1 F1');
  });
});

describe('required fact sources', () => {
  const engine = engineFor([aStage('s1', '1d')], { sources: { bank: { maxAge: '24h' } } });
  const at = noon('2026-03-02');
  const base = [told.account(anAccount()), told.invoice(anInvoice())];
  const fresh = told.source(aSource({ at }));
  const why = (...more: FileEvent[]) => decide(engine, fileOf(...base, ...more), at).waiting[0]?.reason;

  it('missing, failed or stale facts hold at decision', () => {
    expect(why()).toBe('source');
    expect(why(told.source(aSource({ at, state: 'failed' })))).toBe('source');
    expect(why(told.source(aSource({ at: at - 86_400_001 })))).toBe('source');
    expect(
      decide(engine, fileOf(...base, told.source(aSource({ at: at - 86_400_000 }))), at).acts,
    ).toHaveLength(1);
    expect(decide(engine, fileOf(...base, fresh), at).acts).toHaveLength(1);
  });

  it('and at dispatch', () => {
    const decision = decide(engine, fileOf(...base, fresh), at);
    const planned = evolveAll(fileOf(...base, fresh), decision.events);
    const [act] = decision.acts;
    expect(recheck(engine, planned, act!, at + 86_400_000)).toEqual({ ok: true });
    expect(recheck(engine, planned, act!, at + 86_400_001)).toMatchObject({ ok: false, reason: 'source' });
    const failed = evolveAll(planned, [told.source(aSource({ at, state: 'failed' }))]);
    expect(recheck(engine, failed, act!, at)).toMatchObject({ ok: false, reason: 'source' });
  });
});
