import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Limited, type RateLimit, rateProblems } from '../../src/dunning/outbox/rates/limits.js';
import { Permits } from '../../src/dunning/outbox/rates/permits.js';
import { roomAt, type Unit, withMore } from '../../src/dunning/outbox/rates/window.js';
import { memoryStore } from '../../src/stores/memory/index.js';
import type { SharedStore } from '../../src/stores/shared.js';

const lengths: Readonly<Record<Unit, number>> = {
  second: 1_000,
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
};

function act(n: number, more: Partial<Limited> = {}): Limited {
  return { id: `act ${n}`, account: `a${n % 7}`, channel: 'whatsapp', contact: 'billing', ...more };
}

function shared(): SharedStore {
  return memoryStore().shared ?? expect.unreachable('the memory store shares values');
}

/** The most that went out in any window of this length. */
function densest(times: readonly number[], length: number): number {
  const sorted = [...times].sort((a, b) => a - b);
  return Math.max(0, ...sorted.map((from, i) => sorted.slice(i).filter((at) => at < from + length).length));
}

/** What one worker of the property does next. */
interface Step {
  readonly worker: number;
  readonly wait: number;
  readonly what: 'allot' | 'begin' | 'drop' | 'giveBack';
  readonly count: number;
}

const step: fc.Arbitrary<Step> = fc.record({
  worker: fc.nat(2),
  // In slots of 50 milliseconds: around the ends of slots, and around the end of a window.
  wait: fc
    .constantFrom(0, 0, 0, 0.3, 0.9, 1, 1.1, 18, 18.9, 19, 19.1, 20)
    .map((slots) => Math.round(slots * 50)),
  what: fc.constantFrom('allot', 'allot', 'begin', 'begin', 'drop', 'giveBack'),
  count: fc.integer({ min: 1, max: 4 }),
});

describe('permits of several workers', () => {
  const limits: fc.Arbitrary<RateLimit> = fc.record(
    {
      per: fc.constant<Unit>('second'),
      most: fc.integer({ min: 1, max: 4 }),
      each: fc.constantFrom('sender', 'pair', 'tenant', 'company'),
    },
    { requiredKeys: ['per', 'most'] },
  );

  it('never let more go out in any window, however their steps fall and however late permits are used', async () => {
    await fc.assert(
      fc.asyncProperty(limits, fc.array(step, { minLength: 20, maxLength: 60 }), async (limit, steps) => {
        const store = shared();
        const workers = [0, 1, 2].map(() => ({
          permits: new Permits(store, 't', [limit]),
          ready: [] as Limited[],
        }));
        const times = new Map<string, number[]>();
        let now = 1_700_000_000_000;
        let next = 0;
        const pending: Promise<unknown>[] = [];
        for (const { worker, wait, what, count } of steps) {
          now += wait;
          if (wait > 0) await Promise.all(pending.splice(0));
          const at = now;
          const { permits, ready } = workers[worker] ?? expect.unreachable('there are three');
          if (what === 'allot') {
            const asked = Array.from({ length: count }, () => act(next++));
            pending.push(
              permits.allot(asked, at).then((waiting) => {
                for (const one of asked) if (!waiting.has(one.id)) ready.push(one);
              }),
            );
          } else if (what === 'giveBack') pending.push(permits.giveBack(at));
          else
            for (const one of ready.splice(0, count)) {
              if (what === 'drop') permits.done(one.id, false);
              else
                pending.push(
                  permits.begin(one.id, at).then((until) => {
                    permits.done(one.id, until === undefined);
                    if (until !== undefined) expect(until.until).toBeGreaterThan(at);
                    const of = limit.each === 'pair' ? one.account : '';
                    if (until === undefined) times.set(of, [...(times.get(of) ?? []), at]);
                  }),
                );
            }
        }
        await Promise.all(pending);
        for (const [, sent] of times)
          expect(densest(sent, lengths[limit.per])).toBeLessThanOrEqual(limit.most);
      }),
      { numRuns: 1_000 },
    );
  });

  it('keep a whole window between two uses, the first as late and the second as early as may be', async () => {
    for (let offset = 0; offset < 50; offset += 7) {
      const store = shared();
      const begin = 1_700_000_000_000 + offset;
      const one = new Permits(store, 't', [{ per: 'second', most: 1 }]);
      await one.allot([act(1)], begin);
      // Another one waits for the room, so that a permit that grew old cannot be had anew.
      const late = begin + 99 - offset;
      expect(await one.begin('act 1', late)).toBeUndefined();
      one.done('act 1', true);
      for (let at = late; ; at++) {
        const other = new Permits(store, 't', [{ per: 'second', most: 1 }]);
        if ((await other.allot([act(2)], at)).size > 0) continue;
        expect(at - late).toBeGreaterThanOrEqual(1_000);
        expect(at - begin).toBeLessThanOrEqual(1_100);
        break;
      }
      // Later than that it is taken anew, and counts for then.
      const two = new Permits(shared(), 't', [{ per: 'second', most: 1 }]);
      await two.allot([act(1)], begin);
      expect(await two.begin('act 1', late + 1)).toBeUndefined();
      expect([...(await two.allot([act(2)], late + 2)).values()].map((one) => one.until)).toEqual([
        begin - offset + 1_200,
      ]);
    }
  });

  it('let everything out that is allowed, given back permits included', async () => {
    const store = shared();
    const limit: RateLimit = { channel: 'whatsapp', per: 'day', most: 5 };
    const now = Date.UTC(2026, 2, 3, 12);
    const first = new Permits(store, 't', [limit]);
    const second = new Permits(store, 't', [limit]);
    expect([
      ...(
        await first.allot(
          [0, 1, 2, 3].map((n) => act(n)),
          now,
        )
      ).keys(),
    ]).toEqual([]);
    expect([
      ...(
        await second.allot(
          [4, 5, 6].map((n) => act(n)),
          now,
        )
      ).keys(),
    ]).toEqual(['act 5', 'act 6']);
    first.done('act 0', false);
    await first.giveBack(now);
    expect([
      ...(
        await second.allot(
          [5, 6].map((n) => act(n)),
          now,
        )
      ).keys(),
    ]).toEqual(['act 6']);
    expect(await second.allot([act(7, { channel: 'email' })], now)).toEqual(new Map());
    // A day later, and a slot or two, all of it is free again.
    const later = now + lengths.day + 20 * 60_000;
    expect([
      ...(
        await second.allot(
          [6, 7, 8, 9, 10, 11].map((n) => act(n)),
          later,
        )
      ).keys(),
    ]).toEqual(['act 11']);
  });

  it('put off what waits to one window after the other, the first ones first', async () => {
    const permits = new Permits(shared(), 't', [{ per: 'minute', most: 2 }]);
    const now = Date.UTC(2026, 2, 3, 12);
    const waiting = await permits.allot(
      [0, 1, 2, 3, 4, 5, 6].map((n) => act(n)),
      now,
    );
    expect([...waiting].map(([id, one]) => [id, one.until])).toEqual([
      ['act 2', now + 62_000],
      ['act 3', now + 62_000],
      ['act 4', now + 124_000],
      ['act 5', now + 124_000],
      ['act 6', now + 186_000],
    ]);
  });

  it('put people off to the end of the last message to one who has a place, one after the other', async () => {
    const permits = new Permits(shared(), 't', [{ counts: 'people', per: 'minute', most: 1 }]);
    const now = Date.UTC(2026, 2, 3, 12);
    const to = (n: number, who: string) => act(n, { address: `+57301120000${who}` });
    for (const [n, later] of [0, 2_000].entries()) {
      expect((await permits.allot([to(n, '1')], now + later)).size).toBe(0);
      permits.done(`act ${n}`, true);
    }
    const waiting = await permits.allot([to(3, '2'), to(4, '3')], now + 2_000);
    expect([...waiting.values()].map(({ until }) => until - now)).toEqual([64_000, 126_000]);
  });

  it('count each sender, each contact, each tenant or all tenants by themselves', async () => {
    const now = Date.UTC(2026, 2, 3, 12);
    const others: readonly (readonly [tenant: string, other: Partial<Limited>])[] = [
      ['t', {}],
      ['t', { from: 'legal' }],
      ['t', { contact: 'owner' }],
      ['t', { account: 'a1' }],
      ['t', { channel: 'sms' }],
      ['u', {}],
    ];
    const passing = async (each: RateLimit['each']): Promise<number[]> => {
      const found: number[] = [];
      for (const [index, [tenant, other]] of others.entries()) {
        const store = shared();
        const limits = [{ each, per: 'day', most: 1 }] as const;
        await new Permits(store, 't', limits).allot([act(0)], now);
        const waiting = await new Permits(store, tenant, limits).allot([act(7, other)], now);
        if (waiting.size === 0) found.push(index);
      }
      return found;
    };
    expect(await passing('sender')).toEqual([1, 4, 5]);
    expect(await passing(undefined)).toEqual([1, 4, 5]);
    expect(await passing('pair')).toEqual([1, 2, 3, 4, 5]);
    expect(await passing('tenant')).toEqual([5]);
    expect(await passing('company')).toEqual([]);
  });

  it('cost one write for a batch, not one for each message', async () => {
    let writes = 0;
    const good = shared();
    const counting: SharedStore = {
      list: good.list,
      write: (change) => {
        writes++;
        return good.write(change);
      },
    };
    const permits = new Permits(counting, 't', [{ per: 'second', most: 80 }]);
    const now = Date.UTC(2026, 2, 3, 12);
    for (let batch = 0; batch < 3; batch++) {
      const acts = Array.from({ length: 25 }, (_, n) => act(batch * 25 + n));
      expect((await permits.allot(acts, now)).size).toBe(0);
      for (const one of acts) {
        expect(await permits.begin(one.id, now)).toBeUndefined();
        permits.done(one.id, true);
      }
      await permits.giveBack(now);
    }
    expect(writes).toBe(3);
  });

  it('take nothing of one limit when another has no room', async () => {
    const store = shared();
    const limits = [
      { channel: 'whatsapp', per: 'day', most: 1 },
      { each: 'tenant', per: 'day', most: 10 },
    ] as const;
    const now = Date.UTC(2026, 2, 3, 12);
    expect(
      (
        await new Permits(store, 't', limits).allot(
          Array.from({ length: 9 }, (_, n) => act(n)),
          now,
        )
      ).size,
    ).toBe(8);
    const sms = Array.from({ length: 10 }, (_, n) => act(n + 20, { channel: 'sms' }));
    expect((await new Permits(store, 't', limits).allot(sms, now)).size).toBe(1);
  });
});

describe('a moving window', () => {
  it('has room again when what went out is a window and a slot or two ago', () => {
    const slots = withMore(withMore([], 1_000, 3), 1_010, 2);
    const now = 1_011_000;
    expect(roomAt('minute', slots, 6, now, 0)).toBe(now);
    expect(roomAt('minute', slots, 5, now, 0)).toBe(1_062_000);
    expect(roomAt('minute', slots, 5, now, 2)).toBe(1_062_000);
    expect(roomAt('minute', slots, 5, now, 3)).toBe(1_072_000);
    expect(roomAt('minute', slots, 5, now, 5)).toBe(1_134_000);
  });
});

describe('limits that a host writes', () => {
  it('are refused with their path where they are no limits', () => {
    expect(rateProblems([{ per: 'second', most: 80 }], 'dispatch.rates')).toEqual([]);
    const wrong = [
      { per: 'week', most: 0, chanel: 'x' },
      'x',
      { per: 'day', most: 1.5, each: 'address', channel: '' },
    ];
    expect(rateProblems(wrong, 'r').map((one) => one.path)).toEqual([
      'r[0].chanel',
      'r[0].per',
      'r[0].most',
      'r[1]',
      'r[2].channel',
      'r[2].each',
      'r[2].most',
    ]);
    const twice = [
      { per: 'day', most: 1 },
      { per: 'day', most: 2, each: 'sender' },
    ];
    expect(rateProblems(twice, 'r')).toEqual([
      { path: 'r[1]', code: 'duplicate_id', message: 'a second limit of the same' },
    ]);
    expect(rateProblems({}, 'r')).toHaveLength(1);
  });
});
