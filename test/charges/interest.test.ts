import { describe, expect, it } from 'vitest';
import { balancesOf, showExact } from '../../src/charges/index.js';
import { codeOf } from '../money/thrown.js';
import { answer, charged, debt } from './build.js';

// Examples that others published, each under its own settings. Ours are worked out beside them where they differ.
describe('published examples', () => {
  it('1,000.00 at 10 %, 30 days: 8.22', () => {
    expect(charged({ interest: { rate: '10' } }).parts).toEqual([
      {
        kind: 'interest',
        amount: 822,
        item: 'A-1',
        base: 100_000,
        rate: '10',
        from: '2026-03-02',
        to: '2026-03-31',
        days: 30,
        basis: 365,
        exact: '60000/73',
      },
    ]);
    expect(showExact('60000/73', 'EUR')).toBe('8.219178');
  });

  // https://www.gov.uk/late-commercial-payments-interest-debt-recovery/charging-interest-commercial-debt
  it('GOV.UK: GBP 1,000 at 8.5 %, 23p a day, after 50 days 11.50', () => {
    const gbp = debt({ currency: 'GBP' });
    const on = '2026-04-20';
    expect(charged({ interest: { rate: '8.5', round: 'day' } }, { on }, gbp).amount).toBe(1150);
    expect(charged({ interest: { rate: '8.5' } }, { on }, gbp).amount).toBe(1164);
  });

  // https://payontime.co.uk/forum/2-the-late-payment-of-commercial-debts-interest-act/431-8-1-2-statutory-interest
  it('Pay on Time: GBP 262.25 at 8.5 %, 139 days: 8.49', () => {
    const gbp = debt({ currency: 'GBP', amount: 26_225, due: '2025-12-31' });
    const charge = charged({ interest: { rate: '8.5' } }, { on: '2026-05-19' }, gbp);
    expect(charge).toMatchObject({ amount: 849, parts: [{ days: 139 }] });
    // Told there as 8.48899658.
    expect(charge.parts.map((part) => 'exact' in part && showExact(part.exact, 'GBP', 6))).toEqual([
      '8.48899658',
    ]);
  });

  // http://www.danielssilverman.co.uk/interest.php
  it('Daniels Silverman: GBP 1,000 at 12 %, 30 days: 9.86', () => {
    expect(charged({ interest: { rate: '12' } }, {}, debt({ currency: 'GBP' })).amount).toBe(986);
  });

  // https://www.fiscal.treasury.gov/prompt-payment/interest.html: due on April 1, paid on April 11. The text reckons
  // with 6.6 although it names 6.625, which gives a cent more.
  it('US Treasury: USD 1,500, 10 days of a year of 360', () => {
    const usd = debt({ currency: 'USD', amount: 150_000, due: '2026-04-01' });
    const of = (rate: string) => charged({ interest: { rate, dayCount: 360 } }, { on: '2026-04-11' }, usd);
    expect(of('6.6')).toMatchObject({ amount: 275, parts: [{ days: 10, basis: 360 }] });
    expect(of('6.625').amount).toBe(276);
  });

  // https://help.sap.com/saphelp_sbo900/helpdata/en/67/dc9ab873ab4268a8040cfc404eac8a/content.htm
  it('SAP Business One: months of 30 days, on what is left and on what was owed each day', () => {
    const item = debt({
      due: '2003-01-01',
      original: 1_000_000,
      outstanding: 700_000,
      dunnable: 700_000,
      balances: balancesOf(700_000, [{ date: '2003-02-01', amount: 300_000 }]),
    });
    const of = (base: 'outstanding' | 'original' | 'daily') =>
      charged({ interest: { rate: '7', dayCount: '30/360', base } }, { on: '2003-03-01' }, item);
    expect(of('outstanding')).toMatchObject({ amount: 8167, parts: [{ days: 60, basis: 360 }] });
    expect(of('daily')).toMatchObject({
      amount: 9917,
      parts: [
        { base: 1_000_000, from: '2003-01-02', to: '2003-02-01', days: 30 },
        { base: 700_000, from: '2003-02-02', to: '2003-03-01', days: 30 },
      ],
    });
    expect(of('original').amount).toBe(11_667);
  });

  // https://p-konto.de/wiki/zinsformel/
  it('p-konto.de: EUR 10,000 at 6 % from 1 January to 30 July are 210 days of 360: 350.00', () => {
    const item = debt({ amount: 1_000_000, due: '2015-12-31' });
    const charge = charged({ interest: { rate: '6', dayCount: '30/360' } }, { on: '2016-07-30' }, item);
    expect(charge).toMatchObject({ amount: 35_000, parts: [{ days: 210, exact: '35000' }] });
  });

  // German base rate + 9 points: 10.62 in the first half of 2023, 12.12 in the second. A tool's own test
  // (ameax/bgb-interest, tests/Unit/BgbInterestTest.php) still takes the old rate on 1 July and gets 526.64.
  it('§ 288 BGB: EUR 10,000 due on 1 January 2023, charged on 1 July at the new rate: 527.05', () => {
    const item = debt({ amount: 1_000_000, due: '2023-01-01' });
    const rate = [
      { from: '2023-01-01', rate: '10.62' },
      { from: '2023-07-01', rate: '12.12' },
    ];
    const charge = charged({ interest: { rate } }, { on: '2023-07-01' }, item);
    expect(charge).toMatchObject({
      amount: 52_705,
      parts: [
        { rate: '10.62', from: '2023-01-02', to: '2023-06-30', days: 180 },
        { rate: '12.12', from: '2023-07-01', to: '2023-07-01', days: 1 },
      ],
    });
    expect(charged({ interest: { rate: '10.62' } }, { on: '2023-07-01' }, item).amount).toBe(52_664);
  });
});

describe('days', () => {
  type DayCount = 365 | 360 | 'actual' | '30/360';
  const rows = (on: string, dayCount?: DayCount, due = '2026-03-01') =>
    charged({ interest: { rate: '36.5', dayCount } }, { on }, debt({ due })).parts.filter(
      (part) => part.kind === 'interest',
    );
  const of = (on: string, dayCount?: DayCount, due?: string) =>
    rows(on, dayCount, due).map((row) => [row.from, row.to, row.days, row.basis]);
  const bases = (on: string, due: string) => rows(on, 'actual', due).map((row) => row.basis);

  it('begin on the day after the due date and hold the day of the charge', () => {
    expect(of('2026-03-02')).toEqual([['2026-03-02', '2026-03-02', 1, 365]]);
    expect(answer({ interest: { rate: '10' } }, { on: '2026-03-01' })).toMatchObject({ reason: 'zero' });
    expect(answer({ interest: { rate: '10' } }, { on: '2026-02-01' })).toMatchObject({ reason: 'zero' });
  });

  it('of leap years are of 366 with `actual` alone', () => {
    expect(of('2028-03-01', 'actual', '2027-12-30')).toEqual([
      ['2027-12-31', '2027-12-31', 1, 365],
      ['2028-01-01', '2028-03-01', 61, 366],
    ]);
    expect(of('2028-03-01', 365, '2027-12-30')).toEqual([['2027-12-31', '2028-03-01', 62, 365]]);
    expect(bases('2027-01-01', '2023-12-31')).toEqual([366, 365, 365, 365]);
    expect(bases('2100-12-31', '2099-12-31')).toEqual([365]);
    expect(bases('2000-12-31', '1999-12-31')).toEqual([366]);
  });

  it('of months of 30 days give every whole month 30', () => {
    const days = (due: string, on: string) => rows(on, '30/360', due).reduce((sum, row) => sum + row.days, 0);
    expect(days('2026-01-15', '2026-02-15')).toBe(30);
    expect(days('2026-02-15', '2026-03-15')).toBe(30);
    expect(days('2025-12-31', '2026-12-31')).toBe(360);
    expect(days('2026-02-28', '2026-03-01')).toBe(3);
    expect(days('2026-03-30', '2026-04-01')).toBe(1);
    expect(
      answer(
        { interest: { rate: '10', dayCount: '30/360' } },
        { on: '2026-03-31' },
        debt({ due: '2026-03-30' }),
      ),
    ).toMatchObject({
      reason: 'zero',
    });
  });
});

describe('rates by date', () => {
  const rate = [
    { from: '2026-01-01', rate: '10' },
    { from: '2026-03-11', rate: '20' },
    { from: '2026-07-01', rate: null },
  ];

  it('split the days', () => {
    expect(charged({ interest: { rate } }).parts).toMatchObject([
      { rate: '10', from: '2026-03-02', to: '2026-03-10', days: 9, amount: 247 },
      { rate: '20', from: '2026-03-11', to: '2026-03-31', days: 21, amount: 1150 },
    ]);
  });

  it('round once at the end, or per period', () => {
    const halves = [
      { from: '2026-01-01', rate: '3.65' },
      { from: '2026-03-02', rate: '3.66' },
    ];
    // 0.0015 cents a day come to nothing.
    const item = debt({ amount: 15, due: '2026-02-26' });
    const at = (round: 'end' | 'period' | 'day', amount = 15, on = '2026-03-04') =>
      answer({ interest: { rate: halves, round } }, { on }, { ...item, outstanding: amount });
    expect(at('end')).toMatchObject({ made: false, reason: 'zero' });
    const amounts = (round: 'end' | 'period' | 'day') => {
      const found = at(round, 5150);
      return found.made ? found.charge.parts.map((part) => part.amount) : found;
    };
    // 3 days of 0.515 = 1.545 each half: 3.09 in all.
    expect(amounts('end')).toEqual([2, 1]);
    expect(amounts('period')).toEqual([2, 2]);
    expect(amounts('day')).toEqual([3, 3]);
  });

  it('that are not known are missing, never guessed', () => {
    const missing = { made: false, reason: 'missing_rate', at: 'interest.rate' };
    expect(answer({ interest: { rate } }, { on: '2026-06-30' })).toMatchObject({ made: true });
    expect(answer({ interest: { rate } }, { on: '2026-07-01' })).toEqual({ ...missing, day: '2026-07-01' });
    const old = debt({ due: '2025-12-30' });
    expect(answer({ interest: { rate } }, {}, old)).toEqual({ ...missing, day: '2025-12-31' });
    expect(answer({ interest: {} })).toEqual({ ...missing, day: '2026-03-02' });
  });

  it('and balances cut the days in order', () => {
    const item = debt({
      outstanding: 50_000,
      balances: balancesOf(50_000, [{ date: '2026-03-05', amount: 50_000 }]),
    });
    expect(charged({ interest: { rate, base: 'daily' } }, {}, item).parts).toMatchObject([
      { base: 100_000, rate: '10', from: '2026-03-02', to: '2026-03-05', days: 4 },
      { base: 50_000, rate: '10', from: '2026-03-06', to: '2026-03-10', days: 5 },
      { base: 50_000, rate: '20', from: '2026-03-11', to: '2026-03-31', days: 21 },
    ]);
  });

  it('leave out a stretch without days, as a 31st alone is with months of 30 days', () => {
    const table = [
      { from: '2026-01-01', rate: '10' },
      { from: '2026-03-31', rate: '20' },
    ];
    const parts = charged({ interest: { rate: table, dayCount: '30/360' } }).parts;
    expect(parts).toMatchObject([{ rate: '10', from: '2026-03-02', to: '2026-03-30', days: 29 }]);
  });

  it('of zero cost nothing for their days', () => {
    const pause = [
      { from: '2026-01-01', rate: '10' },
      { from: '2026-03-11', rate: '0' },
    ];
    expect(charged({ interest: { rate: pause } }).amount).toBe(247);
  });
});

describe('bases', () => {
  const item = debt({ original: 300_000, outstanding: 200_000, dunnable: 100_000 });
  const of = (base?: 'outstanding' | 'dunnable' | 'original') =>
    charged({ interest: { rate: '36.5', base } }, { on: '2026-03-02' }, item).amount;

  it('are what is owed, disputed parts included, unless another is named', () => {
    expect([of(), of('outstanding'), of('dunnable'), of('original')]).toEqual([200, 200, 100, 300]);
  });

  it('do not follow the base of percentages', () => {
    const rule = { base: 'original', percent: '1', interest: { rate: '36.5' } } as const;
    expect(charged(rule, { on: '2026-03-02' }, item).parts).toMatchObject([
      { base: 300_000 },
      { base: 200_000 },
    ]);
  });

  it('below zero bear nothing', () => {
    expect(answer({ interest: { rate: '10' } }, {}, debt({ amount: -5 }))).toMatchObject({ reason: 'zero' });
  });

  it('by day need to be told', () => {
    const rule = { interest: { rate: '10', base: 'daily' } } as const;
    const missing = { made: false, reason: 'missing_rate', at: 'items[0].balances', day: '2026-03-02' };
    expect(answer(rule)).toEqual(missing);
    const late = [{ from: '2026-03-03', amount: 1 }];
    expect(answer(rule, {}, debt({ balances: late }))).toEqual(missing);
    const told = [{ from: '2026-03-02', amount: 100_000 }];
    expect(charged(rule, {}, debt({ balances: told })).amount).toBe(822);
  });
});

describe('balances by day', () => {
  it('fall on the day after money came, in any order of telling', () => {
    const settled = [
      { date: '2026-03-10', amount: 500 },
      { date: '2026-03-05', amount: 200 },
      { date: '2026-03-10', amount: -100 },
    ];
    const balances = [
      { from: '1900-01-01', amount: 1600 },
      { from: '2026-03-06', amount: 1400 },
      { from: '2026-03-11', amount: 1000 },
    ];
    expect(balancesOf(1000, settled)).toEqual(balances);
    expect(balancesOf(1000, settled.toReversed())).toEqual(balances);
    expect(balancesOf(1000, [])).toEqual([{ from: '1900-01-01', amount: 1000 }]);
  });
});

describe('interest that was charged before', () => {
  const rule = (from?: 'last' | 'due') => ({ interest: { rate: '36.5', from } });
  const item = debt({ charged: { to: '2026-03-11', amount: 1000 } });

  it('is followed by the days since', () => {
    expect(charged(rule(), { on: '2026-03-12' }, item).parts).toMatchObject([
      { from: '2026-03-12', days: 1, amount: 100 },
    ]);
    expect(charged(rule('last'), { on: '2026-03-12' }, item).amount).toBe(100);
    expect(answer(rule(), { on: '2026-03-11' }, item)).toMatchObject({ reason: 'zero' });
  });

  it('is deducted where all is reckoned from the due date', () => {
    const charge = charged(rule('due'), { on: '2026-03-12' }, item);
    expect(charge.amount).toBe(100);
    expect(charge.parts).toMatchObject([
      { kind: 'interest', from: '2026-03-02', days: 11, amount: 1100 },
      { kind: 'deducted', item: 'A-1', amount: -1000 },
    ]);
  });

  it('is never given back', () => {
    const much = debt({ charged: { to: '2026-03-11', amount: 9999 } });
    expect(answer(rule('due'), { on: '2026-03-12' }, much)).toMatchObject({ reason: 'zero' });
  });

  it('before the due date, which has moved since, charges no day before it', () => {
    const moved = debt({ due: '2026-03-20', charged: { to: '2026-03-11', amount: 1000 } });
    expect(charged(rule(), { on: '2026-03-21' }, moved).parts).toMatchObject([
      { from: '2026-03-21', days: 1 },
    ]);
  });
});

describe('several items', () => {
  it('have each their own days and rounding, so that one charge is the sum of single ones', () => {
    const items = [debt({ amount: 5 }), debt({ id: 'B', amount: 777, due: '2026-03-10' })];
    const rule = { interest: { rate: '99' } };
    const alone = items.map((item) => {
      const found = answer(rule, {}, item);
      return found.made ? found.charge.amount : 0;
    });
    expect(charged(rule, {}, ...items).amount).toBe(alone.reduce((sum, one) => sum + one, 0));
    expect(charged(rule, {}, ...items).items).toEqual(['A-1', 'B']);
  });

  it('without a due date are work for a person', () => {
    const items = [debt(), debt({ id: 'B', due: undefined })];
    const missing = { made: false, reason: 'missing_date', at: 'items[1].due' };
    expect(answer({ interest: { rate: '10' } }, {}, ...items)).toEqual(missing);
    expect(charged({ fixed: { EUR: '5.00' } }, {}, ...items).amount).toBe(500);
  });
});

describe('exact values', () => {
  it('are shown with further decimals, half up', () => {
    expect(showExact('822', 'EUR')).toBe('8.220000');
    expect(showExact('2/3', 'CLP', 3)).toBe('0.667');
    expect(showExact('2/3', 'EUR', 0)).toBe('0.01');
    expect(showExact('3/2', 'CLP', 0)).toBe('2');
    expect(showExact('1/1000', 'KWD', 2)).toBe('0.00000');
  });

  it('of another form are refused', () => {
    for (const text of ['', '-1', '1/0', '1.5', 'a', '1/2/3']) {
      expect(codeOf(() => showExact(text, 'EUR'))).toBe('invalid_amount');
    }
    expect(showExact('1', 'EUR', 12)).toBe('0.01000000000000');
    expect(codeOf(() => showExact('1', 'EUR', 13))).toBe('invalid_amount');
    expect(codeOf(() => showExact('1', 'EUR', -1))).toBe('invalid_amount');
    expect(codeOf(() => showExact('1', 'EUR', 0.5))).toBe('invalid_amount');
  });
});
