import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { formatDay, parseDay } from '../../src/calendar/index.js';
import {
  type ChargeAnswer,
  type ChargeItem,
  chargeFor,
  chargeProblems,
  type InterestRule,
  type NamedFeeRule,
} from '../../src/charges/index.js';
import { agreed } from './build.js';

const first = parseDay('2019-01-01');
const last = parseDay('2033-12-31');
const day = fc.integer({ min: first, max: last }).map(formatDay);
const minor = fc.integer({ min: 0, max: 5_000_000_000 });
const rate = fc
  .integer({ min: 0, max: 50_000 })
  .map((n) => `${Math.floor(n / 1000)}.${String(n % 1000).padStart(3, '0')}`);
const euro = fc
  .integer({ min: 0, max: 100_000 })
  .map((n) => `${Math.floor(n / 100)}.${String(n % 100).padStart(2, '0')}`);
const rates = fc.oneof(
  rate,
  fc.array(fc.tuple(day, rate), { maxLength: 6 }).map((list) => {
    const later = new Map(list);
    const table = [['1990-01-01', '7.5'] as const, ...[...later].sort(([a], [b]) => (a < b ? -1 : 1))];
    return table.map(([from, of]) => ({ from, rate: of }));
  }),
);

const interest: fc.Arbitrary<InterestRule> = fc.record(
  {
    rate: rates,
    base: fc.constantFrom('outstanding', 'dunnable', 'original', 'daily'),
    from: fc.constantFrom('last', 'due'),
    dayCount: fc.constantFrom<365 | 360 | 'actual' | '30/360'>(365, 360, 'actual', '30/360'),
    round: fc.constantFrom('end', 'period', 'day'),
  },
  { requiredKeys: ['rate'] },
);

const amounts = fc.record({ EUR: euro });
const tiers = fc.tuple(amounts, rate, euro).map(([fixed, percent, max]) => [
  { from: { EUR: '0' }, percent },
  { from: { EUR: '1000.00' }, fixed, percent, max: { EUR: max } },
]);
const rule: fc.Arbitrary<NamedFeeRule> = fc.record(
  {
    fee: fc.constant('late'),
    fixed: amounts,
    percent: rate,
    base: fc.constantFrom('dunnable', 'outstanding', 'original', 'overdue'),
    tiers,
    tiered: fc.constantFrom('single', 'accumulated'),
    interest,
    min: amounts,
    max: amounts,
    ignoreBelow: amounts,
  },
  { requiredKeys: ['fee'] },
);

const item: fc.Arbitrary<ChargeItem> = fc
  .record({
    id: fc.constantFrom('A', 'B', 'C'),
    due: day,
    original: minor,
    outstanding: fc.integer({ min: -1000, max: 5_000_000_000 }),
    dunnable: minor,
    later: fc.array(fc.record({ from: day, amount: minor }), { maxLength: 4 }),
    charged: fc.option(fc.record({ to: day, amount: minor }), { nil: undefined }),
  })
  .map(({ later, ...rest }) => {
    const balances = [{ from: '1990-01-01', amount: rest.original }, ...later].sort((a, b) =>
      a.from < b.from ? -1 : 1,
    );
    return { ...rest, currency: 'EUR', balances };
  });

const items = fc.array(item, { minLength: 1, maxLength: 3 });

const partsSum = (answer: ChargeAnswer): bigint =>
  answer.made ? answer.charge.parts.reduce((sum, part) => sum + BigInt(part.amount), 0n) : 0n;

/** n/d of an exact value. */
function fraction(exact: string): readonly [bigint, bigint] {
  const [n = '', d = '1'] = exact.split('/');
  return [BigInt(n), BigInt(d)];
}

describe('every charge', () => {
  it('is above zero, and its parts sum to it', () => {
    let made = 0;
    fc.assert(
      fc.property(rule, items, day, (fee, list, on) => {
        const answer = chargeFor(fee, { on, items: list, terms: agreed });
        if (!answer.made) return;
        made += 1;
        expect(answer.charge.amount).toBeGreaterThan(0);
        expect(Number.isSafeInteger(answer.charge.amount)).toBe(true);
        expect(partsSum(answer)).toBe(BigInt(answer.charge.amount));
        for (const part of answer.charge.parts) {
          expect(part.kind === 'deducted' || part.kind === 'maximum' || part.amount >= 0).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
    expect(made).toBeGreaterThan(100);
  });

  it('keeps to the limits of its rule', () => {
    fc.assert(
      fc.property(rule, items, day, euro, (fee, list, on, most) => {
        const capped = { ...fee, min: undefined, max: { EUR: most } };
        const answer = chargeFor(capped, { on, items: list, terms: agreed });
        if (answer.made) expect(answer.charge.amount).toBeLessThanOrEqual(Math.round(Number(most) * 100));
      }),
    );
  });

  it('is made of data that survives JSON', () => {
    fc.assert(
      fc.property(rule, items, day, (fee, list, on) => {
        const answer = chargeFor(fee, { on, items: list, terms: agreed });
        expect(answer).toStrictEqual(JSON.parse(JSON.stringify(answer)));
      }),
    );
  });

  it('is never made without terms', () => {
    fc.assert(
      fc.property(rule, items, day, (fee, list, on) => {
        expect(chargeFor(fee, { on, items: list, terms: undefined })).toMatchObject({ reason: 'not_agreed' });
      }),
    );
  });
});

describe('interest', () => {
  const one = (amount: number, due: string): ChargeItem => ({
    id: 'A',
    currency: 'EUR',
    due,
    original: amount,
    outstanding: amount,
    dunnable: amount,
  });
  const exactOf = (answer: ChargeAnswer): readonly [bigint, bigint] => {
    const parts = answer.made ? answer.charge.parts : [];
    return parts.reduce<readonly [bigint, bigint]>(
      ([n, d], part) => {
        const [m, e] = 'exact' in part ? fraction(part.exact) : [0n, 1n];
        return [n * e + m * d, d * e];
      },
      [0n, 1n],
    );
  };
  const of = (amount: number, text: string, days: number, more: InterestRule = {}): ChargeAnswer => {
    const fee = { fee: 'late', interest: { rate: text, ...more } };
    const on = formatDay(parseDay('2026-03-01') + days);
    return chargeFor(fee, { on, items: [one(amount, '2026-03-01')], terms: agreed });
  };

  it('grows by the same exact amount each day, and the rounded one is its nearest', () => {
    const large = fc.integer({ min: 100_000, max: 5_000_000_000 });
    const above = rate.filter((text) => Number(text) >= 1);
    fc.assert(
      fc.property(large, above, fc.integer({ min: 1, max: 2000 }), (amount, text, days) => {
        const [n, d] = exactOf(of(amount, text, 10));
        const answer = of(amount, text, days);
        const [m, e] = exactOf(answer);
        // m/e ÷ days = n/d ÷ 10, and 0 ≤ 2·(amount − m/e) + 1, half up.
        expect(m * d * 10n).toBe(n * e * BigInt(days));
        const off = partsSum(answer) * e - m;
        expect(off * 2n <= e && off * 2n > -e).toBe(true);
      }),
    );
  });

  it('is the rounded sum of all its stretches, whatever cuts them', () => {
    fc.assert(
      fc.property(minor, rates, day, day, (amount, table, due, on) => {
        const fee = { fee: 'late', interest: { rate: table } };
        const answer = chargeFor(fee, { on, items: [one(amount, due)], terms: agreed });
        const [n, d] = exactOf(answer);
        const off = partsSum(answer) * d - n;
        expect(off * 2n <= d && off * 2n > -d).toBe(true);
      }),
    );
  });

  it('agrees with a loop over the days', () => {
    fc.assert(
      fc.property(
        minor,
        rates,
        fc.integer({ min: first, max: last }),
        fc.integer({ min: 0, max: 900 }),
        (amount, table, due, days) => {
          let [n, d] = [0n, 1n];
          for (let at = due + 1; at <= due + days; at++) {
            const text =
              typeof table === 'string'
                ? table
                : (table.findLast(({ from }) => from <= formatDay(at))?.rate ?? '0');
            // Thousandths of a percent over a year of 365 days.
            [n, d] = [n + BigInt(amount) * BigInt(Math.round(Number(text) * 1000)), 100n * 1000n * 365n];
          }
          const fee = { fee: 'late', interest: { rate: table } };
          const answer = chargeFor(fee, {
            on: formatDay(due + days),
            items: [one(amount, formatDay(due))],
            terms: agreed,
          });
          expect(partsSum(answer)).toBe((n * 2n + d) / (d * 2n));
        },
      ),
    );
  });

  it('charged in steps comes to what it comes to at once', () => {
    const dayCount = fc.constantFrom<365 | 360 | 'actual' | '30/360'>(365, 360, 'actual', '30/360');
    const steps = fc.array(fc.integer({ min: 1, max: 400 }), { maxLength: 5 });
    fc.assert(
      fc.property(minor, rates, dayCount, steps, day, (amount, table, count, days, due) => {
        const fee = { fee: 'late', interest: { rate: table, dayCount: count, from: 'due' } as const };
        let on = parseDay(due);
        let charged: ChargeItem['charged'];
        const charge = (item: ChargeItem) =>
          chargeFor(fee, { on: formatDay(on), items: [item], terms: agreed });
        for (const step of days) {
          on += step;
          const sum = (charged?.amount ?? 0) + Number(partsSum(charge({ ...one(amount, due), charged })));
          charged = { to: formatDay(on), amount: sum };
        }
        expect(BigInt(charged?.amount ?? 0)).toBe(partsSum(charge(one(amount, due))));
      }),
    );
  });

  it('charged since the last time charges each day once', () => {
    const dayCount = fc.constantFrom<365 | 360 | 'actual'>(365, 360, 'actual');
    const large = fc.integer({ min: 100_000_000, max: 5_000_000_000 });
    fc.assert(
      fc.property(
        large,
        dayCount,
        fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 5 }),
        day,
        (amount, count, steps, due) => {
          const fee = { fee: 'late', interest: { rate: '10', dayCount: count } };
          let on = parseDay(due);
          let charged: ChargeItem['charged'];
          let days = 0;
          for (const step of steps) {
            on += step;
            const answer = chargeFor(fee, {
              on: formatDay(on),
              items: [{ ...one(amount, due), charged }],
              terms: agreed,
            });
            for (const part of answer.made ? answer.charge.parts : [])
              days += part.kind === 'interest' ? part.days : 0;
            charged = { to: formatDay(on), amount: 1 };
          }
          expect(days).toBe(on - parseDay(due));
        },
      ),
    );
  });
});

describe('the clock of the process', () => {
  const zone = process.env.TZ;
  afterEach(() => {
    vi.useRealTimers();
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
  });

  it('changes nothing, neither its zone nor its time', () => {
    const at = (name: string, now: string, call: () => ChargeAnswer): string => {
      process.env.TZ = name;
      vi.useFakeTimers({ toFake: ['Date'], now: new Date(now) });
      const text = JSON.stringify(call());
      vi.useRealTimers();
      return text;
    };
    fc.assert(
      fc.property(rule, items, day, (fee, list, on) => {
        const call = (): ChargeAnswer => chargeFor(fee, { on, items: list, terms: agreed });
        const here = at('Pacific/Kiritimati', '2026-01-15T12:00:00Z', call);
        expect(at('America/Los_Angeles', '2026-07-15T12:00:00Z', call)).toBe(here);
      }),
      { numRuns: 50 },
    );
  });
});

it('rules of the kinds above are valid but for settings without use', () => {
  fc.assert(
    fc.property(rule, (fee) => {
      const left = chargeProblems(fee).filter(
        ({ code }) => !['empty_fee', 'unused_setting', 'wrong_order'].includes(code),
      );
      expect(left).toEqual([]);
    }),
  );
});
