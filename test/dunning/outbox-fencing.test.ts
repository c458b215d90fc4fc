import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SendOutcome } from '../../src/channels/channel.js';
import { RecobroError } from '../../src/errors.js';
import { memoryStore } from '../../src/stores/memory/index.js';
import { pgliteStore } from '../../src/stores/pglite/index.js';
import type { Store } from '../../src/stores/store.js';
import { virtualClock } from '../../src/testing/virtual-clock.js';
import { crowd, later } from '../support/outbox.js';
import { all, at, payment, world } from '../support/world.js';

const now = at('02-06');
const second = 1_000;
const accepted: SendOutcome = { outcome: 'accepted', providerId: 'p-1' };

/** Lets everything run that needs no time to pass. */
async function settle(): Promise<void> {
  for (let n = 0; n < 200; n++) await new Promise((resolve) => setImmediate(resolve));
}

async function states(made: Awaited<ReturnType<typeof crowd>>): Promise<readonly string[]> {
  return (await all(made.dunning.acts())).map((one) => one.state);
}

describe.each([
  ['memory', async () => memoryStore()],
  ['PGlite', async () => pgliteStore()],
])('leases over %s', (_, make) => {
  let store: Store;
  let tenants = 0;
  beforeAll(async () => {
    store = await make();
    await store.migrate();
  });
  afterAll(() => store.close());

  /** A worker, and what a second one does with the same tenant. */
  async function pair(dispatch = { leaseMs: 60 * second, heartbeatMs: 20 * second }) {
    const tenant = `t${++tenants}`;
    const clock = virtualClock(now);
    const made = await crowd(1, { store, tenant, clock, dispatch });
    return { made, clock, other: world({ store, tenant, clock, dispatch }) };
  }

  it('a call that takes longer than a lease keeps it by its heartbeats', async () => {
    const { made, clock, other } = await pair();
    const answer = later<SendOutcome>();
    made.whatsapp.answer(() => answer.promise);
    const run = made.dunning.tick();
    await expect.poll(() => made.whatsapp.sent.length).toBe(1);
    for (let beats = 0; beats < 10; beats++) {
      clock.advance(20 * second);
      await expect
        .poll(async () => {
          const [act] = await all(store.acts(made.dunning.tenant));
          return act?.lease;
        })
        .toBe(clock.now() + 60 * second);
      expect(await other.dunning.dispatch()).toEqual([]);
    }
    answer.resolve(accepted);
    expect((await run).sent).toHaveLength(1);
    expect(await states(made)).toEqual(['accepted']);
    expect(other.whatsapp.sent).toEqual([]);
  });

  it('a worker that stopped for longer than its lease is too late with anything but what it knows', async () => {
    const { made, clock, other } = await pair({ leaseMs: 60 * second, heartbeatMs: 30 * second });
    const answer = later<SendOutcome>();
    made.whatsapp.answer(() => answer.promise);
    // It stands still: its own clock shows nothing, that of the others goes on.
    const run = made.dunning.dispatch({ now });
    await made.dunning.review({ now });
    const sending = made.dunning.dispatch({ now });
    await run;
    await expect.poll(() => made.whatsapp.sent.length).toBe(1);
    expect(await other.dunning.dispatch({ now: now + 61 * second })).toMatchObject([
      { outcome: 'unknown', code: 'recobro:worker_lost' },
    ]);
    expect(clock.now()).toBe(now);
    // A retry says that this worker would go on with it: it is not its any more.
    answer.resolve({ outcome: 'retry', scope: 'message', code: 'http:503' });
    expect(await sending).toEqual([]);
    expect(await states(made)).toEqual(['unknown']);
    expect(other.whatsapp.sent).toEqual([]);
  });

  it('an answer after the time limit settles the act that was parked for the lack of it', async () => {
    const { made, clock } = await pair({ leaseMs: 60 * second, heartbeatMs: 20 * second });
    const tenant = made.dunning.tenant;
    const limited = world({ store, tenant, clock, dispatch: { timeoutMs: 10 * second } });
    const answer = later<SendOutcome>();
    limited.whatsapp.answer(() => answer.promise);
    const run = limited.dunning.tick();
    await expect.poll(() => limited.whatsapp.sent.length).toBe(1);
    clock.advance(10 * second);
    expect((await run).failed).toMatchObject([{ code: 'recobro:call_timeout' }]);
    expect(await all(limited.dunning.unknown())).toMatchObject([
      { code: 'recobro:call_timeout', lookup: false },
    ]);
    answer.resolve(accepted);
    await expect.poll(() => states(limited)).toEqual(['accepted']);
  });
});

describe('an answer is written down surely', () => {
  /** Refuses the result of the call so many times, before or after it was written. */
  function failing(inner: Store, most: number, after: boolean): Store {
    let left = most;
    return {
      ...inner,
      commit: async (changes, options) => {
        const result = changes.some(({ acts }) =>
          acts.some((act) => act.op === 'move' && act.to === 'accepted'),
        );
        if (!result || left === 0) return inner.commit(changes, options);
        left--;
        if (after) await inner.commit(changes, options);
        throw new RecobroError('store_failed', 'gone for a moment', { retryable: true });
      },
    };
  }

  it.each([false, true])('tried again while the store fails (written all the same: %s)', async (after) => {
    const clock = virtualClock(now);
    const made = await crowd(1, { store: failing(memoryStore(), 3, after), clock });
    made.whatsapp.answer(accepted);
    const run = made.dunning.tick();
    let over = false;
    void run.finally(() => {
      over = true;
    });
    for (let n = 0; n < 20 && !over; n++) {
      await settle();
      if (!over) clock.advance(second);
    }
    expect((await run).sent).toHaveLength(1);
    expect(made.whatsapp.sent).toHaveLength(1);
    expect(await all(made.dunning.acts())).toMatchObject([
      { state: 'accepted', result: { providerId: 'p-1' } },
    ]);
  });

  it('kept when the store fails for longer than a lease; the next run of the process writes it down', async () => {
    const clock = virtualClock(now);
    const inner = memoryStore();
    let down = true;
    const broken = failing(inner, 1_000, false);
    const store: Store = {
      ...inner,
      commit: (changes, options) => (down ? broken : inner).commit(changes, options),
    };
    const made = await crowd(1, { store, clock, dispatch: { leaseMs: 60 * second } });
    made.whatsapp.answer(accepted);
    const run = made.dunning.tick().catch((error: unknown) => error);
    let over = false;
    void run.finally(() => {
      over = true;
    });
    for (let n = 0; n < 100 && !over; n++) {
      await settle();
      if (!over) clock.advance(5 * second);
    }
    expect(await run).toMatchObject({ code: 'store_failed' });
    expect((await all(inner.acts('default'))).map((one) => one.state)).toEqual(['sending']);
    // Another process knows nothing of it and parks it; this one has the answer.
    const other = world({ store: inner, clock });
    clock.advance(120 * second);
    expect(await other.dunning.dispatch()).toMatchObject([{ outcome: 'unknown' }]);
    down = false;
    expect(await made.dunning.dispatch()).toMatchObject([{ outcome: 'sent', providerId: 'p-1' }]);
    expect(await made.dunning.dispatch()).toEqual([]);
    expect(await states(made)).toEqual(['accepted']);
    expect(made.whatsapp.sent.length + other.whatsapp.sent.length).toBe(1);
  });
});

describe('a commit that says that calls are made, and whose answer is lost', () => {
  /** Loses answers of such commits, of all that shared one, before or after they were written. */
  function losing(inner: Store, most: number, after: boolean, meanwhile?: () => Promise<unknown>) {
    const lost = { left: most, acts: 0 };
    const store: Store = {
      ...inner,
      commit: async (changes, options) => {
        const begun = changes.filter(({ acts }) =>
          acts.some((act) => act.op === 'move' && act.to === 'sending'),
        );
        if (begun.length === 0 || lost.left === 0) return inner.commit(changes, options);
        lost.left--;
        lost.acts += begun.length;
        if (after) await inner.commit(changes, options);
        await meanwhile?.();
        throw new RecobroError('store_failed', 'the connection was cut', { retryable: true });
      },
    };
    return { store, lost };
  }

  it.each([false, true])(
    'each goes out once, and none is unknown (written all the same: %s)',
    async (after) => {
      const clock = virtualClock(now);
      const { store, lost } = losing(memoryStore(), 1, after);
      const made = await crowd(30, { store, clock, dispatch: { parallel: 32 } });
      const { sent, failed } = await made.dunning.tick();
      expect([sent.length, failed]).toEqual([30, []]);
      expect(lost.acts).toBeGreaterThan(10);
      expect(new Set(made.whatsapp.sent.map(({ key }) => key)).size).toBe(30);
      expect(made.whatsapp.sent).toHaveLength(30);
      const acts = await all(store.acts('default'));
      expect(acts.map(({ state, attempts }) => [state, attempts])).toEqual(acts.map(() => ['accepted', 1]));
    },
  );

  it('checks anew: what was paid meanwhile is not asked for', async () => {
    const clock = virtualClock(now);
    const inner = memoryStore();
    const host = world({ store: inner, clock });
    const pay = () =>
      host.dunning.sync({ payments: [{ ...payment('P-1', 'F-a0', '02-05'), account: 'a0' }] });
    const { store } = losing(inner, 1, true, pay);
    const made = await crowd(1, { store, clock });
    // The thanks go out, and nothing else.
    expect((await made.dunning.tick()).sent).toMatchObject([{ stage: 'on:paid' }]);
    expect(made.whatsapp.sent).toHaveLength(1);
    expect((await states(made)).toSorted()).toEqual(['accepted', 'withdrawn']);
  });

  it('calls nobody for an act that another worker parked meanwhile', async () => {
    const clock = virtualClock(now);
    const inner = memoryStore();
    const other = world({ store: inner, clock });
    const { store } = losing(inner, 1, true, async () => {
      clock.advance(6 * 60 * second);
      await other.dunning.dispatch();
    });
    const made = await crowd(1, { store, clock });
    await made.dunning
      .tick()
      .catch((error: unknown) => expect(error).toMatchObject({ code: 'store_failed' }));
    expect([...made.whatsapp.sent, ...other.whatsapp.sent]).toEqual([]);
    expect(await states(made)).toEqual(['unknown']);
  });
});

describe('coming to an end', () => {
  it('claims nothing more, awaits what runs, and gives back what was not begun', async () => {
    const made = await crowd(30, { dispatch: { parallel: 2 } });
    const answer = later<SendOutcome>();
    made.whatsapp.answer(
      () => answer.promise,
      () => answer.promise,
    );
    const run = made.dunning.tick({ now });
    await expect.poll(() => made.whatsapp.sent.length).toBe(2);
    const stopped = made.dunning.stop();
    await settle();
    answer.resolve(accepted);
    expect(await stopped).toEqual({ finished: true, running: 0 });
    expect((await run).sent).toHaveLength(2);
    const left = await all(made.store.acts('default', { states: ['ready'] }));
    expect(left).toHaveLength(28);
    expect(left.every((one) => one.lease === null && one.token === null)).toBe(true);
    expect(await made.dunning.dispatch({ now })).toEqual([]);
    const next = world({ store: made.store });
    await next.dunning.dispatch({ now });
    expect(next.whatsapp.sent).toHaveLength(28);
  });

  it('waits no longer than it is told to', async () => {
    const clock = virtualClock(now);
    const made = await crowd(1, { clock });
    made.whatsapp.answer(() => new Promise<SendOutcome>(() => undefined));
    void made.dunning.tick();
    await expect.poll(() => made.whatsapp.sent.length).toBe(1);
    const stopped = made.dunning.stop({ withinMs: 5 * second });
    await settle();
    clock.advance(5 * second);
    expect(await stopped).toEqual({ finished: false, running: 1 });
  });

  it('a signal gives back what was not begun, too', async () => {
    const made = await crowd(10, { dispatch: { parallel: 1 } });
    const stop = new AbortController();
    made.whatsapp.answer(() => {
      stop.abort();
      return accepted;
    });
    await expect(made.dunning.tick({ now, signal: stop.signal })).rejects.toThrow();
    expect((await all(made.dunning.acts({ states: ['ready'] }))).length).toBe(9);
  });
});

describe('options', () => {
  it.each([
    [{ leaseMs: 0 }, 'dispatch.leaseMs'],
    [{ leaseMs: 60_000, heartbeatMs: 40_000 }, 'dispatch.heartbeatMs'],
    [{ parallel: 1.5 }, 'dispatch.parallel'],
    [{ timeoutMs: Number.NaN }, 'dispatch.timeoutMs'],
    [{ lease: 1 }, 'dispatch.lease'],
  ])('%j: refused with its path', (dispatch, path) => {
    expect(() => world({ dispatch: dispatch as object })).toThrow(
      expect.objectContaining({ code: 'invalid_option', problems: [expect.objectContaining({ path })] }),
    );
  });
});
