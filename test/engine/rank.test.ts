import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Ranked, rankOf, ranksUntil } from '../../src/engine/index.js';
import { instant } from '../support/build.js';

const zone = 'America/Mexico_City';

function act(more: Partial<Ranked> = {}): Ranked {
  return {
    id: 'robles/ladder/F-1#1/soft.1@billing.0',
    kind: 'message',
    on: '2026-03-03',
    totals: [{ minor: 125_000, currency: 'MXN' }],
    ...more,
  };
}

const pesos = (minor: number): Ranked['totals'] => [{ minor, currency: 'MXN' }];
const rank = (more: Partial<Ranked> = {}): number => rankOf(act(more), zone);

describe('the rank of an act', () => {
  it('puts the earlier day first, then the larger amount', () => {
    const order = [
      rank({ on: '2026-03-02', totals: pesos(1) }),
      rank({ totals: pesos(900_000_00) }),
      rank({ totals: pesos(10_000_00) }),
      rank({ totals: pesos(9_999_00) }),
      rank({ totals: [] }),
      rank({ on: '2026-03-04', totals: pesos(900_000_00) }),
    ];
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(new Set(order).size).toBe(order.length);
  });

  it('is the end of its day in minutes, each told apart by value: half a million steps for every doubling', () => {
    const end = instant('2026-05-18T00:00:00-06:00') / 60_000;
    const last = (end + 1) * 2 ** 24 - 1;
    const on = '2026-05-17';
    expect(rank({ on, totals: [] })).toBe(last);
    expect(rank({ on, totals: pesos(1_00) })).toBe(last - 2 ** 19);
    expect(rank({ on, totals: pesos(3_00) })).toBe(last - 2 * 2 ** 19);
    expect(rank({ on, totals: pesos(-3_00) })).toBe(last);
    // More than there are steps for is all the same.
    expect(rank({ on, totals: pesos(10 ** 15) })).toBe(end * 2 ** 24);
    expect(ranksUntil(on, zone)).toEqual({ from: 1, until: last });
    const proposal = { mode: 'approve', on, totals: [] } as const;
    expect(rank(proposal)).toBe(last - 2 ** 52);
    expect(rank({ ...proposal, id: `${act().id}!2` })).toBe(last - 2 ** 52 - 2 * 24 * 60 * 2 ** 24);
    expect(rank({ on, totals: [], id: `${act().id}!12` })).toBe(last - 12 * 24 * 60 * 2 ** 24);
    expect(rank({ on, totals: [], id: 'soft.1@billing.10!12' })).toBe(last - 12 * 24 * 60 * 2 ** 24);
  });

  it('takes the largest of several amounts, in units and not in cents', () => {
    expect(rank({ totals: [...pesos(1), { minor: 5_000, currency: 'CLP' }] })).toBe(
      rank({ totals: pesos(5_000_00) }),
    );
    expect(rank({ totals: [...pesos(7_00), ...pesos(3_00)] })).toBe(rank({ totals: pesos(7_00) }));
  });

  it('is of the day where the books are kept', () => {
    const midday = (place: string) => rankOf(act({ totals: [] }), place);
    expect(midday(zone) - midday('Asia/Tokyo')).toBe(15 * 60 * 2 ** 24);
    expect(midday(zone)).toBe(rank({ totals: [] }));
  });

  it('lets what was taken back and planned anew count a day older each time', () => {
    const again = rank({ on: '2026-03-04', id: `${act().id}!1`, totals: pesos(1_00) });
    expect(again).toBeGreaterThan(rank({ on: '2026-03-03', totals: pesos(2_00) }));
    expect(again).toBeLessThan(rank({ on: '2026-03-04', totals: pesos(900_000_00) }));
    // A hyphen or an exclamation mark of an id of the host's is no revision.
    expect(rank({ id: 'a!9/ladder/F-1#1/soft.1@billing.0' })).toBe(rank());
    expect(rank({ id: 'robles/ladder/F.1!9/soft' })).toBe(rank());
  });

  it('counts a proposal for the day on which it lapses, and puts one without such a day first', () => {
    const proposal = { mode: 'approve', lapses: '2026-03-09' } as const;
    expect(rank(proposal)).toBe(rank({ on: '2026-03-09' }));
    expect(rank({ mode: 'task', lapses: '2026-03-09' })).toBe(rank({ on: '2026-03-09' }));
    expect(rank({ mode: 'approve' })).toBeLessThan(0);
    expect(rank({ mode: 'approve', totals: pesos(9) })).toBeGreaterThan(rank({ mode: 'approve' }));
    expect(rank({ kind: 'task' })).toBe(Number.MAX_SAFE_INTEGER);
    expect(rank({ kind: 'task', lapses: '2026-03-09' })).toBe(Number.MAX_SAFE_INTEGER);
    expect(rank({ mode: 'task' })).toBe(Number.MAX_SAFE_INTEGER);
  });

  it('puts the answer to a message before everything else, and no other answer', () => {
    const answer = { kind: 'message', id: 'in:m1' } as const;
    expect(rank({ answers: answer })).toBe(-(2 ** 52));
    expect(rank({ answers: { ...answer, kind: 'promise' } })).toBe(rank());
    expect(rank({ answers: answer })).toBeLessThan(rank({ mode: 'approve', on: '2020-01-01' }));
  });

  it('tells what has its deadline by the end of a day', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60 }), fc.nat(10 ** 15), (days, minor) => {
        const on = new Date(Date.UTC(2026, 2, 1 + days)).toISOString().slice(0, 10);
        const value = rank({ on, totals: pesos(minor) });
        expect(Number.isSafeInteger(value)).toBe(true);
        const { from, until } = ranksUntil('2026-03-20', zone);
        expect(value >= from && value <= until).toBe(on <= '2026-03-20');
      }),
    );
  });
});
