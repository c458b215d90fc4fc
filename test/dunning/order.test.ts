import { describe, expect, it } from 'vitest';
import { type Ranked, rankOf } from '../../src/engine/index.js';
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
