import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDay } from '../../src/calendar/index.js';
import { isRecobroError } from '../../src/errors.js';
import {
  abcClasses,
  type PortfolioEntry,
  type PortfolioOptions,
  portfolioOf,
  type RevenueInvoice,
  tallyPortfolio,
  trailingRevenue,
} from '../../src/segments/index.js';
import { pathsOf } from './support.js';

const asOf = '2026-03-31';

function entries(accounts: Readonly<Record<string, Readonly<Record<string, number>>>>): PortfolioEntry[] {
  return Object.entries(accounts).map(([account, revenue]) => ({
    account,
    revenue: new Map(Object.entries(revenue)),
  }));
}

function standings(list: readonly PortfolioEntry[], options: Partial<PortfolioOptions> = {}): string {
  const portfolio = portfolioOf(list, { asOf, ...options });
  return list
    .map(({ account }) => {
      const standing = portfolio.standingOf(account);
      return `${account} ${standing?.class}${standing?.percentile}`;
    })
    .join(', ');
}

describe('portfolioOf', () => {
  const mexican = entries({
    robles: { MXN: 60_000_00 },
    sol: { MXN: 25_000_00 },
    luna: { MXN: 10_000_00 },
    rio: { MXN: 5_000_00 },
    nada: {},
  });

  it('ranks accounts of one currency, those without revenue included', () => {
    expect(standings(mexican)).toBe('robles A100, sol A75, luna B50, rio C25, nada C0');
    const portfolio = portfolioOf(mexican, { asOf });
    expect(portfolio.accounts).toBe(5);
    expect(portfolio.classes).toEqual({ A: 2, B: 1, C: 2 });
    expect(portfolio.apart).toEqual(['MXN']);
    expect(portfolio.asOf).toBe(asOf);
  });

  it('writes dated facts in a second pass, with what the account’s own file and the host say', () => {
    const portfolio = portfolioOf(mexican, { asOf });
    expect(portfolio.factsOf('robles')).toEqual({ asOf, class: 'A', percentile: 100 });
    expect(portfolio.factsOf('nada', { risk: 0, own: { bureau: 640 } })).toEqual({
      asOf,
      class: 'C',
      percentile: 0,
      risk: 0,
      own: { bureau: 640 },
    });
    // Came between the two passes.
    expect(portfolio.factsOf('new', { risk: 12 })).toEqual({ asOf, risk: 12 });
    expect(portfolio.standingOf('new')).toBeUndefined();
    expect(Object.keys(portfolio.factsOf('new', {}))).toEqual(['asOf']);
  });

  it('gives equal revenues an equal percentile, though a threshold may run between them', () => {
    expect(
      standings(entries({ a: { MXN: 10 }, b: { MXN: 10 }, c: { MXN: 10 }, d: { MXN: 1 } }), {
        thresholds: [40, 95],
      }),
    ).toBe('a A33, b A33, c B33, d C0');
    expect(standings(entries({ a: { MXN: 5 }, b: { MXN: 5 } }))).toBe('a A0, b A0');
  });

  it('has an only account above all others', () => {
    expect(standings(entries({ a: { MXN: 5 } }))).toBe('a A100');
    expect(standings(entries({ a: {} }))).toBe('a C100');
    expect(standings(entries({ a: { MXN: -5 } }))).toBe('a C100');
    expect(portfolioOf([], { asOf })).toMatchObject({
      accounts: 0,
      classes: { A: 0, B: 0, C: 0 },
      apart: [],
    });
  });

  it('counts more credited than invoiced as nothing', () => {
    expect(standings(entries({ a: { MXN: -5 }, b: { MXN: 5 }, c: { MXN: 0 } }))).toBe('a C0, b A100, c C0');
  });

  const mixed = entries({
    robles: { MXN: 800_000_00 },
    sol: { MXN: 200_000_00, USD: 100_00 },
    tejas: { USD: 9_900_00 },
    none: {},
  });

  it('classes each currency by itself without rates, and the best class wins', () => {
    expect(standings(mixed)).toBe('robles A100, sol B66, tejas A100, none C0');
    expect(portfolioOf(mixed, { asOf }).apart).toEqual(['MXN', 'USD']);
    // B in pesos, A in dollars.
    expect(standings(entries({ robles: { MXN: 800 }, sol: { MXN: 150, USD: 90 }, tejas: { USD: 10 } }))).toBe(
      'robles A100, sol A100, tejas B50',
    );
  });

  it('compares all as one with the host’s rates', () => {
    const rates = [{ from: 'USD', to: 'MXN', rate: '18.25', on: '2026-03-30' }];
    const portfolio = portfolioOf(mixed, { asOf, currency: 'MXN', rates });
    // 800,000.00, 201,825.00 and 180,675.00 pesos
    expect(standings(mixed, { currency: 'MXN', rates })).toBe('robles A100, sol A66, tejas B33, none C0');
    expect(portfolio.apart).toEqual([]);
    expect(portfolio.ratesOn).toEqual(new Map([['USD', '2026-03-30']]));
  });

  it('heeds the decimals of each currency and rounds nothing', () => {
    const rates = [
      { from: 'CLP', to: 'USD', rate: '0.001', on: asOf },
      { from: 'KWD', to: 'USD', rate: '3', on: asOf },
    ];
    // 1.001, 1.00 and 1.002 dollars
    const three = entries({ peso: { CLP: 1001 }, dollar: { USD: 100 }, dinar: { KWD: 334 } });
    expect(standings(three, { currency: 'USD', rates })).toBe('peso A50, dollar A0, dinar A100');
  });

  it('takes the latest rate on or before the day, and only rates to the currency', () => {
    const usd = (rate: string, on: string) => ({ from: 'USD', to: 'MXN', rate, on });
    const rates = [
      usd('10', '2026-03-01'),
      usd('1', '2026-03-31'),
      usd('1.0', '2026-03-31'),
      usd('5', '2026-03-15'),
      usd('1000', '2026-04-01'),
      { from: 'EUR', to: 'USD', rate: '1.1', on: asOf },
      { from: 'MXN', to: 'MXN', rate: '7', on: asOf },
      { from: 'MXN', to: 'USD', rate: '0.05', on: asOf },
    ];
    const list = entries({ a: { MXN: 102 }, b: { USD: 101 }, c: { EUR: 1 } });
    const portfolio = portfolioOf(list, { asOf, currency: 'MXN', rates });
    expect(portfolio.apart).toEqual(['EUR']);
    expect(portfolio.ratesOn).toEqual(new Map([['USD', '2026-03-31']]));
    expect(standings(list, { currency: 'MXN', rates })).toBe('a A100, b A50, c A100');
    expect(portfolioOf(list, { asOf, currency: 'MXN' }).apart).toEqual(['EUR', 'USD']);
    expect(portfolioOf(list, { asOf, currency: 'MXN' }).ratesOn.size).toBe(0);
  });

  it('refuses rates that cannot be used, with every problem', () => {
    const of = (rates: PortfolioOptions['rates'], currency = 'MXN') =>
      pathsOf(() => tallyPortfolio({ asOf, currency, rates }));
    const good = { from: 'USD', to: 'MXN', rate: '18.25', on: asOf };
    expect(of([good, { ...good, rate: '18.26' }])).toEqual(['rates[1]']);
    expect(
      of([
        { ...good, rate: '0' },
        { ...good, rate: '-1' },
        { ...good, rate: '1,5' },
        { ...good, rate: '1.' },
      ]),
    ).toEqual(['rates[0].rate', 'rates[1].rate', 'rates[2].rate', 'rates[3].rate']);
    expect(
      of([{ from: 'XXX', to: 'pesos', rate: '1', on: '2026-02-30' }, good, { ...good, rate: '19' }]),
    ).toEqual(['rates[0].from', 'rates[0].to', 'rates[0].on', 'rates[2]']);
    expect(of([], 'pesos')).toEqual(['currency']);
  });

  it('refuses a day or thresholds before anything is read', () => {
    expect(() => tallyPortfolio({ asOf: '2026-02-30' })).toThrow(
      expect.toSatisfy((error: unknown) => isRecobroError(error, 'invalid_date')),
    );
    expect(pathsOf(() => tallyPortfolio({ asOf, thresholds: [95, 80] }))).toEqual(['thresholds[1]']);
  });

  it('takes accounts one by one, and adds up one that comes twice', () => {
    const tally = tallyPortfolio({ asOf });
    for (const entry of entries({ a: { MXN: 3 }, b: { MXN: 4 } })) tally.add(entry);
    for (const entry of entries({ a: { MXN: 3 } })) tally.add(entry);
    const portfolio = tally.close();
    expect(portfolio.accounts).toBe(2);
    expect(portfolio.standingOf('a')).toEqual({ class: 'A', percentile: 100 });
    expect(portfolio.standingOf('b')).toEqual({ class: 'A', percentile: 0 });
  });

  it('refuses sums beyond what an amount can be', () => {
    const tally = tallyPortfolio({ asOf });
    const most = entries({ a: { MXN: Number.MAX_SAFE_INTEGER } })[0]!;
    tally.add(most);
    expect(() => tally.add(most)).toThrow(
      expect.toSatisfy((error: unknown) => isRecobroError(error, 'invalid_amount')),
    );
  });

  it('agrees with abcClasses and with counting, over any portfolio and in any order', () => {
    const amount = fc.integer({ min: -20, max: 200 });
    const anyPortfolio = fc.dictionary(
      fc.string({ maxLength: 4 }),
      fc.record({ MXN: amount, USD: amount }, { requiredKeys: [] }),
      { maxKeys: 25 },
    );
    fc.assert(
      fc.property(anyPortfolio, (accounts) => {
        const list = entries(accounts);
        const portfolio = portfolioOf(list, { asOf });
        const reversed = portfolioOf(list.toReversed(), { asOf });
        const best = new Map<string, string>();
        for (const currency of ['MXN', 'USD']) {
          const told = list.map(({ account, revenue }) => ({ account, amount: revenue.get(currency) ?? 0 }));
          for (const [account, letter] of abcClasses(told)) {
            const known = best.get(account);
            if (known === undefined || letter < known) best.set(account, letter);
          }
        }
        const worth = (entry: PortfolioEntry, currency: string) =>
          Math.max(entry.revenue.get(currency) ?? 0, 0);
        for (const entry of list) {
          const below = ['MXN', 'USD'].map(
            (currency) => list.filter((other) => worth(other, currency) < worth(entry, currency)).length,
          );
          const percentile =
            list.length === 1 ? 100 : Math.floor((100 * Math.max(...below)) / (list.length - 1));
          const expected = { class: best.get(entry.account), percentile };
          expect(portfolio.standingOf(entry.account)).toEqual(expected);
          expect(reversed.standingOf(entry.account)).toEqual(expected);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('trailingRevenue', () => {
  const day = parseDay(asOf);
  const invoice: RevenueInvoice = {
    status: 'open',
    currency: 'MXN',
    total: 1000,
    issued: '2026-01-15',
    writtenOff: 0,
  };

  const charge = (amount: number, waived: boolean) => ({ id: 'fee', amount, on: '2026-02-01', waived });

  it('counts the twelve months up to the day, its first day excluded and its last included', () => {
    const sum = (issued: string) => trailingRevenue([{ ...invoice, issued }], [], day).get('MXN') ?? 0;
    expect(['2025-03-31', '2025-04-01', '2026-03-31', '2026-04-01'].map(sum)).toEqual([0, 1000, 1000, 0]);
    expect(trailingRevenue([{ ...invoice, issued: '2026-02-28' }], [], day, 1).size).toBe(0);
    expect(trailingRevenue([{ ...invoice, issued: '2026-03-01' }], [], day, 1).size).toBe(1);
  });

  it('takes off write-offs, charges and finalised credit notes', () => {
    const credit = { state: 'finalised', currency: 'MXN', amount: 100, date: '2026-02-01' } as const;
    const sums = trailingRevenue(
      [
        invoice,
        { ...invoice, writtenOff: 250, charges: [charge(40, false), charge(2, true)] },
        { ...invoice, currency: 'USD', total: 7 },
      ],
      [
        credit,
        { ...credit, state: 'draft' },
        { ...credit, state: 'cancelled' },
        { ...credit, date: '2025-03-31' },
        { ...credit, currency: 'EUR' },
      ],
      day,
    );
    expect(sums).toEqual(
      new Map([
        ['MXN', 1000 + 1000 - 250 - 42 - 100],
        ['USD', 7],
        ['EUR', -100],
      ]),
    );
  });

  it('counts nothing for drafts, payables, void and written-off invoices', () => {
    const statuses = ['draft', 'void', 'written-off', 'deleted'] as const;
    const none = [...statuses.map((status) => ({ ...invoice, status })), { ...invoice, type: 'payable' }];
    expect(trailingRevenue(none, [], day).size).toBe(0);
    expect(trailingRevenue([{ ...invoice, type: 'invoice' }], [], day).get('MXN')).toBe(1000);
  });
});
