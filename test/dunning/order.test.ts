import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Ranked, rankOf, ranksUntil } from '../../src/engine/index.js';
import { memoryStore } from '../../src/stores/memory/index.js';

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

  it('takes the largest of several amounts, in units and not in cents', () => {
    expect(rank({ totals: [...pesos(1), { minor: 5_000, currency: 'CLP' }] })).toBe(
      rank({ totals: [{ minor: 5_000_00, currency: 'MXN' }] }),
    );
  });

  it('lets what was taken back and planned anew count a day older each time', () => {
    const again = rank({ on: '2026-03-04', id: `${act().id}!1`, totals: pesos(1_00) });
    expect(again).toBeGreaterThan(rank({ on: '2026-03-03', totals: pesos(2_00) }));
    expect(again).toBeLessThan(rank({ on: '2026-03-04', totals: pesos(900_000_00) }));
    // A hyphen or an exclamation mark of an id of the host's is no revision.
    expect(rank({ id: 'a!9/ladder/F-1#1/soft.1@billing.0' })).toBe(rank());
  });

  it('counts a proposal for the day on which it lapses, and puts one without such a day first', () => {
    const proposal = { mode: 'approve', lapses: '2026-03-09' } as const;
    expect(rank(proposal)).toBe(rank({ on: '2026-03-09' }));
    expect(rank({ mode: 'approve' })).toBeLessThan(0);
    expect(rank({ mode: 'approve', totals: pesos(9) })).toBeGreaterThan(rank({ mode: 'approve' }));
    expect(rank({ kind: 'task' })).toBe(Number.MAX_SAFE_INTEGER);
    expect(rank({ mode: 'task' })).toBe(Number.MAX_SAFE_INTEGER);
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

describe('who goes first', () => {
  it('starves nobody: a small amount goes out although larger ones come every day for which there is no room', async () => {
    const store = memoryStore();
    const day = 86_400_000;
    const begin = Date.UTC(2026, 2, 3, 12);
    let version = 0;
    let waited = 0;
    /** Two large amounts come a day, one message goes out a day; each evening the rest is taken back and planned anew. */
    for (let n = 0; waited === 0 && n < 100; n++) {
      const now = begin + n * day;
      const on = new Date(now).toISOString().slice(0, 10);
      const fresh = [0, 1].map((k) => ({ id: `a/p/F${n}-${k}#1/s.1@b.0`, totals: pesos(10 ** 9) }));
      const left = n === 0 ? [] : await leftOf(store);
      const again = left.map(({ id, totals }) => ({ id: next(id), totals }));
      const small = n === 0 ? [{ id: 'a/p/small#1/s.1@b.0', totals: pesos(100) }] : [];
      await store.commit([
        {
          tenant: 't',
          account: 'a',
          expected: version++,
          events: [],
          acts: [
            ...left.map(({ id }) => ({ op: 'move', id, from: ['ready'], to: 'withdrawn' }) as const),
            ...[...again, ...fresh, ...small].map(
              ({ id, totals }) =>
                ({
                  op: 'insert',
                  id,
                  keys: [],
                  state: 'ready',
                  notBefore: now,
                  rank: rankOf(act({ id, on, totals }), zone),
                  data: { minor: totals[0]?.minor ?? 0 },
                }) as const,
            ),
          ],
        },
      ]);
      const [sent] = await store.claim({
        now,
        lease: now + day * 1_000,
        limit: 1,
        token: `${n}`,
        tenant: 't',
      });
      if (sent?.id.includes('/small#') === true) waited = n;
    }
    expect(waited).toBeGreaterThan(0);
  });
});

async function leftOf(store: ReturnType<typeof memoryStore>) {
  const rows: { readonly id: string; readonly totals: Ranked['totals'] }[] = [];
  for await (const { id, data } of store.acts('t', { states: ['ready'] }))
    rows.push({ id, totals: pesos((data as { readonly minor: number }).minor) });
  return rows;
}

function next(id: string): string {
  const [, base = id, n = '0'] = /^(.*?)(?:!(\d+))?$/.exec(id) ?? [];
  return `${base}!${Number(n) + 1}`;
}
