import { describe, expect, it, vi } from 'vitest';
import type { Dunning, WorkerOptions } from '../../src/dunning/index.js';
import { isRecobroError, RecobroError } from '../../src/errors.js';
import { localQueue } from '../../src/queues/local-queue.js';
import type { Queue, Wakeup } from '../../src/queues/queue.js';
import { memoryStore } from '../../src/stores/memory/index.js';
import type { Store } from '../../src/stores/store.js';
import { virtualClock } from '../../src/testing/virtual-clock.js';
import { account, all, at, documents, invoice, world } from '../support/world.js';

const minute = 60_000;
const settled = { timeout: 20_000, interval: 2 };

/** Accounts with an invoice each, due on the same day. */
function many(count: number, due = '02-03') {
  const accounts = Array.from({ length: count }, (_, n) => ({ ...account, id: `a${n}` }));
  return { accounts, invoices: accounts.map((one) => ({ ...invoice(`F-${one.id}`, due), account: one.id })) };
}

/** Counts runs, and says when they are over. */
function counting(dunning: Dunning, options: WorkerOptions = {}) {
  const worker = dunning.start(options);
  const seen = { ticks: 0, errors: 0, worker };
  worker.on('tick', () => {
    seen.ticks++;
  });
  worker.on('error', () => {
    seen.errors++;
  });
  return seen;
}

/** A queue that keeps what it was asked for, and wakes when told. */
function handQueue(): Queue & { readonly asked: Wakeup[]; wakeAll(wakeup: Wakeup): Promise<void> } {
  const asked: Wakeup[] = [];
  const listeners = new Set<(wakeup: Wakeup) => Promise<void>>();
  return {
    asked,
    wake: async (wakeups) => {
      asked.push(...wakeups);
    },
    onWake: async (listener) => {
      listeners.add(listener);
      return async () => {
        listeners.delete(listener);
      };
    },
    wakeAll: async (wakeup) => {
      await Promise.all([...listeners].map((listener) => listener(wakeup)));
    },
  };
}

describe('a worker', () => {
  it('sends what is due when its time comes, without anyone calling tick', async () => {
    const { dunning, clock, whatsapp } = world();
    clock.moveTo(at('02-05'));
    await dunning.sync({ accounts: [account], invoices: [invoice('F-1', '02-03')] });
    const seen = counting(dunning);
    await vi.waitFor(() => expect(seen.ticks).toBe(1), settled);
    clock.moveTo(at('02-06', '08:59'));
    clock.moveTo(at('02-06', '09:00'));
    await vi.waitFor(() => expect(whatsapp.sent).toHaveLength(1), settled);
    await seen.worker.stop();
    clock.moveTo(at('02-13'));
    await seen.worker.done;
    expect(whatsapp.sent).toHaveLength(1);
  });

  it('hears of a sync beside it at once', async () => {
    const { dunning, clock, whatsapp } = world();
    clock.moveTo(at('02-06'));
    const seen = counting(dunning);
    await vi.waitFor(() => expect(seen.ticks).toBe(1), settled);
    await dunning.sync({ accounts: [account], invoices: [invoice('F-1', '02-03')] });
    await vi.waitFor(() => expect(whatsapp.sent).toHaveLength(1), settled);
    await seen.worker.stop();
  });

  it('tries again when the provider said, by the wake-up of the act', async () => {
    const { dunning, clock, store, whatsapp } = world();
    clock.moveTo(at('02-06'));
    await dunning.sync({ accounts: [account], invoices: [invoice('F-1', '02-03')] });
    whatsapp.answer({ outcome: 'retry', scope: 'pair', code: 'x', after: 90_000 });
    const seen = counting(dunning, { intervalMs: 60 * minute });
    await vi.waitFor(() => expect(whatsapp.sent).toHaveLength(1), settled);
    await vi.waitFor(() => expect(seen.ticks).toBeGreaterThan(1), settled);
    const [waiting] = await all(store.acts('default', { states: ['ready'] }));
    expect(waiting?.notBefore).toBe(at('02-06') + 90_000);
    clock.moveTo(at('02-06') + 90_000);
    await vi.waitFor(() => expect(whatsapp.sent).toHaveLength(2), settled);
    await seen.worker.stop();
  });

  it('finds at the interval what nobody woke it for', async () => {
    const queue = handQueue();
    const { dunning, clock, whatsapp } = world({ queue });
    clock.moveTo(at('02-06'));
    const seen = counting(dunning, { intervalMs: minute });
    await vi.waitFor(() => expect(seen.ticks).toBe(1), settled);
    await dunning.sync({ accounts: [account], invoices: [invoice('F-1', '02-03')] });
    expect(queue.asked).toEqual([{ tenant: 'default', at: 0 }]);
    clock.advance(minute);
    await vi.waitFor(() => expect(whatsapp.sent).toHaveLength(1), settled);
    await seen.worker.stop();
  });

  it('takes a wake-up that comes twice, or for nobody it knows, without harm', async () => {
    const queue = handQueue();
    const { dunning, clock, whatsapp } = world({ queue });
    clock.moveTo(at('02-06'));
    await dunning.sync({ accounts: [account], invoices: [invoice('F-1', '02-03')] });
    const worker = dunning.start();
    await Promise.all([
      queue.wakeAll({ tenant: 'default' }),
      queue.wakeAll({}),
      queue.wakeAll({ tenant: 'x' }),
    ]);
    await queue.wakeAll({ tenant: 'default' });
    expect(whatsapp.sent).toHaveLength(1);
    await worker.stop();
    const late = queue.wakeAll({ tenant: 'default' });
    await expect(late).resolves.toBeUndefined();
  });

  it('waits after a failure of the store, longer each time, and goes on when it works again', async () => {
    const good = memoryStore();
    let broken = true;
    const store = {
      ...good,
      due: async (query: Parameters<typeof good.due>[0]) => {
        if (broken) throw new RecobroError('store_failed', 'no', { retryable: true });
        return good.due(query);
      },
    };
    const { dunning, clock, whatsapp } = world({ store });
    clock.moveTo(at('02-06'));
    await dunning.sync({ accounts: [account], invoices: [invoice('F-1', '02-03')] });
    const seen = counting(dunning, { intervalMs: 10 * minute });
    for (const [failures, pause] of [1_000, 2_000, 4_000, 8_000].entries()) {
      await vi.waitFor(() => expect(seen.errors).toBe(failures + 1), settled);
      clock.advance(pause - 1);
      await new Promise((resolve) => setImmediate(resolve));
      expect(seen.errors).toBe(failures + 1);
      clock.advance(1);
    }
    await vi.waitFor(() => expect(seen.errors).toBe(5), settled);
    broken = false;
    clock.advance(16_000);
    await vi.waitFor(() => expect(whatsapp.sent).toHaveLength(1), settled);
    await seen.worker.stop();
  });

  it('never runs one tenant twice at once, and lets tenants take turns', async () => {
    const order: string[] = [];
    let running = 0;
    const clock = virtualClock(at('02-06'));
    const { dunning } = world({ clock });
    const handle = (tenant: string, turns: number) => ({
      tenant,
      tick: async () => {
        running++;
        expect(running).toBe(1);
        await new Promise((resolve) => setImmediate(resolve));
        running--;
        order.push(tenant);
        const result = await dunning.tick();
        return turns-- > 1 ? { ...result, more: true } : result;
      },
    });
    const worker = dunning.start({ tenants: [handle('hot', 4), handle('b', 1), handle('c', 2)] });
    await vi.waitFor(() => expect(order).toHaveLength(7), settled);
    expect(order).toEqual(['hot', 'b', 'c', 'hot', 'c', 'hot', 'hot']);
    await worker.stop();
  });

  it('works through more than one turn holds, and asks others to help', async () => {
    const queue = handQueue();
    const { dunning, clock, whatsapp } = world({ queue });
    clock.moveTo(at('02-06'));
    await dunning.sync(many(250));
    const seen = counting(dunning, { turn: 100 });
    await vi.waitFor(() => expect(whatsapp.sent).toHaveLength(250), settled);
    expect(seen.ticks).toBeGreaterThanOrEqual(2);
    expect(queue.asked.filter((one) => one.at === undefined).length).toBeGreaterThan(0);
    await seen.worker.stop();
    expect(new Set(whatsapp.sent.map((one) => one.key)).size).toBe(250);
  });

  it('stops mid-way: what is in flight is recorded, the rest is there for another worker', async () => {
    const { dunning, clock, whatsapp } = world({ dispatch: { parallel: 2 } });
    clock.moveTo(at('02-06'));
    await dunning.sync(many(20));
    let answer: () => void = () => undefined;
    const called = new Promise<void>((resolve) => {
      whatsapp.answer(
        () =>
          new Promise((give) => {
            answer = () => give({ outcome: 'accepted', providerId: 'p' });
            resolve();
          }),
      );
    });
    const worker = dunning.start();
    await called;
    const stopping = worker.stop();
    answer();
    expect(await stopping).toEqual({ finished: true });
    const first = whatsapp.sent.length;
    expect(first).toBeLessThan(20);
    const states = new Map<string, number>();
    for await (const { state } of dunning.acts()) states.set(state, (states.get(state) ?? 0) + 1);
    expect(states).toEqual(
      new Map([
        ['accepted', first],
        ['ready', 20 - first],
      ]),
    );
    await using other = dunning.start();
    await vi.waitFor(() => expect(whatsapp.sent).toHaveLength(20), settled);
    expect(new Set(whatsapp.sent.map((one) => one.key)).size).toBe(20);
    await other.stop();
  });

  it('says when a stop took too long, and ends with the signal of the host', async () => {
    const { dunning, clock, whatsapp } = world();
    clock.moveTo(at('02-06'));
    await dunning.sync({ accounts: [account], invoices: [invoice('F-1', '02-03')] });
    let answer: () => void = () => undefined;
    whatsapp.answer(
      () =>
        new Promise((give) => {
          answer = () => give({ outcome: 'accepted', providerId: 'p' });
        }),
    );
    const host = new AbortController();
    const worker = dunning.start({ signal: host.signal });
    await vi.waitFor(() => expect(whatsapp.sent).toHaveLength(1), settled);
    host.abort();
    const stopping = worker.stop({ withinMs: 100 });
    clock.advance(100);
    expect(await stopping).toEqual({ finished: false });
    answer();
    await worker.done;
    expect(await worker.stop()).toEqual({ finished: true });
    const idle = dunning.start({ signal: AbortSignal.abort() });
    await idle.done;
  });

  it('is harmed neither by listeners that throw nor by a queue that fails', async () => {
    const failing: Queue = {
      wake: () => Promise.reject(new Error('away')),
      onWake: () => Promise.reject(new Error('away')),
    };
    const said: string[] = [];
    const logger = {
      debug: () => undefined,
      info: () => undefined,
      warn: (message: string) => said.push(message),
      error: (message: string) => said.push(message),
    };
    const { dunning, clock, whatsapp } = world({ queue: failing, logger });
    clock.moveTo(at('02-06'));
    const { worker, ...seen } = counting(dunning);
    const first = new Promise<void>((resolve) => {
      worker.on('tick', () => {
        resolve();
        throw new Error('host');
      });
    });
    await first;
    expect(seen.errors).toBe(0);
    await dunning.sync({ accounts: [account], invoices: [invoice('F-1', '02-03')] });
    clock.advance(minute);
    await vi.waitFor(() => expect(whatsapp.sent).toHaveLength(1), settled);
    await worker.stop();
    expect(new Set(said)).toEqual(
      new Set([
        'a queue wakes nobody; the worker looks at its interval',
        'a queue could not be asked to wake workers',
        'a listener failed',
      ]),
    );
  });

  it('keeps what it committed when a queue throws before it answers a promise', async () => {
    const throwing: Queue = {
      wake: () => {
        throw new Error('no connection');
      },
      onWake: () => Promise.resolve(() => Promise.resolve()),
    };
    const { dunning, clock, whatsapp } = world({ queue: throwing });
    clock.moveTo(at('02-06'));
    await dunning.sync({ accounts: [account], invoices: [invoice('F-1', '02-03')] });
    expect((await dunning.tick()).sent).toHaveLength(1);
    expect(whatsapp.sent).toHaveLength(1);
  });

  it('says what a queue said that failed in a transaction of the host', async () => {
    const gone = Object.assign(new Error('no connection'), { code: '08006' });
    const failing: Queue = {
      joins: true,
      wake: () => Promise.reject(gone),
      onWake: () => Promise.resolve(() => Promise.resolve()),
    };
    const inner = memoryStore();
    const store: Store = {
      ...inner,
      load: (tenant, accounts) => inner.load(tenant, accounts),
      commit: (changes) => inner.commit(changes),
      left: undefined,
    };
    const { dunning } = world({ queue: failing, store });
    const facts = { accounts: [account], invoices: [invoice('F-1', '02-03')] };
    const error: unknown = await dunning.sync(facts, { transaction: {} }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'queue_failed', retryable: true, cause: gone });
    expect(isRecobroError(error)).toBe(true);
  });

  it('goes on when the clock steps back', async () => {
    let now = at('02-06');
    const sleepers: (() => void)[] = [];
    const clock = {
      now: () => now,
      sleep: (_: number, signal?: AbortSignal) =>
        new Promise<void>((resolve) => {
          sleepers.push(resolve);
          signal?.addEventListener('abort', () => resolve());
        }),
    };
    const { dunning } = world({ clock });
    const seen = counting(dunning, { intervalMs: minute });
    await vi.waitFor(() => expect(seen.ticks).toBe(1), settled);
    now -= 3_600_000;
    await vi.waitFor(() => {
      now += minute / 2;
      for (const wake of sleepers.splice(0)) wake();
      expect(seen.ticks).toBeGreaterThan(2);
    }, settled);
    expect(now).toBeLessThan(at('02-06'));
    await seen.worker.stop();
  });

  it('refuses options that cannot work, each by its path', () => {
    const { dunning } = world();
    const wrong = { intervalMs: 0, concurrency: 1.5, turn: -1, tenants: [] };
    const paths = ['intervalMs', 'concurrency', 'turn', 'tenants'].map((path) => ({ path }));
    expect(() => dunning.start(wrong)).toThrow(
      expect.objectContaining({
        code: 'invalid_option',
        problems: paths.map((one) => expect.objectContaining(one)),
      }),
    );
    expect(() => dunning.start({ tenants: [dunning, dunning] })).toThrow(/not valid/);
  });
});

describe('a run with a limit', () => {
  it('ends early and says so, until nothing is left', async () => {
    const { dunning, clock, whatsapp } = world({ plan: documents.plan });
    clock.moveTo(at('02-06'));
    await dunning.sync(many(250));
    const runs = [];
    for (;;) {
      const run = await dunning.tick({ limit: 100 });
      runs.push(run);
      if (run.more !== true) break;
    }
    expect(runs.length).toBeGreaterThan(2);
    expect(whatsapp.sent).toHaveLength(250);
    expect((await dunning.tick()).more).toBeUndefined();
    await expect(dunning.tick({ limit: 0 })).rejects.toMatchObject({ code: 'invalid_option' });
  });
});

describe('the queue of this process', () => {
  it('wakes when the time of each wake-up has come, once for several, and keeps none when nobody listens', async () => {
    const clock = virtualClock(1_000);
    const queue = localQueue({ clock });
    await queue.wake([{ tenant: 'a' }]);
    const heard: string[] = [];
    const stop = await queue.onWake(async ({ tenant }) => {
      heard.push(`${tenant} ${clock.now()}`);
    });
    await queue.wake([
      { tenant: 'a', at: 3_000 },
      { tenant: 'b', at: 2_000 },
      { tenant: 'b', at: 1_900 },
      {},
    ]);
    await queue.wake([{ tenant: 'a', at: 2_500 }]);
    expect(heard).toEqual(['undefined 1000']);
    for (const at of [1_999, 2_000, 2_500, 3_000, 9_000]) {
      clock.moveTo(at);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(heard).toEqual(['undefined 1000', 'b 2000', 'a 3000']);
    await stop();
    await queue.wake([{ tenant: 'a' }]);
    expect(heard).toHaveLength(3);
  });
});
