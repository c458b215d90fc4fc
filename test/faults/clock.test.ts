import { describe, expect, it, vi } from 'vitest';
import type { SendOutcome } from '../../src/channels/channel.js';
import type { Clock } from '../../src/clock.js';
import { memoryStore } from '../../src/stores/memory/index.js';
import { crowd, later } from '../support/outbox.js';
import { account, all, at, invoice, world } from '../support/world.js';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const settled = { timeout: 20_000, interval: 2 };

/** A clock that is set by hand, back as well; who sleeps on it wakes whenever it is set. */
function handClock(start: number): Clock & { set(instant: number): void } {
  let now = start;
  const sleepers = new Set<() => void>();
  return {
    now: () => now,
    sleep: (millis, signal) =>
      new Promise((resolve) => {
        const end = now + millis;
        const look = (): void => {
          if (now < end && signal?.aborted !== true) return;
          sleepers.delete(look);
          resolve();
        };
        sleepers.add(look);
        signal?.addEventListener('abort', look, { once: true });
        look();
      }),
    set: (instant) => {
      now = instant;
      for (const look of [...sleepers]) look();
    },
  };
}

describe('a clock that steps back', () => {
  it.each([
    ['a minute', minute],
    ['an hour', hour],
    ['past midnight', 11 * hour],
    ['three days', 3 * day],
  ])('by %s between two runs: nothing twice, and all of it once the time has come again', async (_, back) => {
    const clock = handClock(at('02-06'));
    const store = memoryStore();
    const made = await crowd(5, { store, clock });
    made.whatsapp.answer({ outcome: 'retry', scope: 'message', code: 'http:503' });
    expect((await made.dunning.tick()).sent).toHaveLength(4);
    clock.set(at('02-06') - back);
    for (let n = 0; n < 3; n++) {
      const run = await made.dunning.tick();
      expect(run.sent).toEqual([]);
      // What was reviewed on a later day is told, once in a run, and stops nobody.
      expect(run.failed.filter(({ code }) => code !== 'backdated_review')).toEqual([]);
      expect(run.failed.length).toBeLessThanOrEqual(5);
    }
    clock.set(at('02-06', '10:02'));
    expect((await made.dunning.tick()).sent).toHaveLength(1);
    expect(new Set(made.whatsapp.sent.map(({ key }) => key)).size).toBe(5);
    expect(made.whatsapp.sent).toHaveLength(6);
    expect((await all(made.dunning.acts())).every(({ state }) => state === 'accepted')).toBe(true);
  });

  it('between the review and the run: what was decided for later is not sent before', async () => {
    const clock = handClock(at('02-06'));
    const { dunning, whatsapp } = await crowd(3, { clock });
    await dunning.review();
    clock.set(at('02-06', '08:00'));
    await dunning.dispatch();
    expect(whatsapp.sent).toEqual([]);
    clock.set(at('02-06', '10:01'));
    await dunning.tick();
    expect(whatsapp.sent).toHaveLength(3);
  });

  it('while a call is made: its lease gets shorter for others, the call is recorded, nothing is sent twice', async () => {
    const clock = handClock(at('02-06'));
    const store = memoryStore();
    const made = await crowd(1, { store, clock, dispatch: { leaseMs: 60_000, heartbeatMs: 20_000 } });
    const answer = later<SendOutcome>();
    made.whatsapp.answer(() => answer.promise);
    const run = made.dunning.tick();
    await expect.poll(() => made.whatsapp.sent.length).toBe(1);
    // This machine's clock steps back an hour and goes on; that of the others does not.
    clock.set(at('02-06', '09:00'));
    const others = world({ store });
    expect((await others.dunning.tick({ now: at('02-06') + 30_000 })).failed).toEqual([]);
    clock.set(at('02-06', '09:01'));
    answer.resolve({ outcome: 'accepted', providerId: 'p' });
    await run;
    for (const time of ['10:02', '10:20', '15:00']) await others.dunning.tick({ now: at('02-06', time) });
    expect(others.whatsapp.sent).toEqual([]);
    expect(await all(made.dunning.acts())).toMatchObject([
      { state: 'accepted', result: { providerId: 'p' } },
    ]);
  });

  it('of one of two workers on the same day: contacts count, and gaps and caps hold', async () => {
    const store = memoryStore();
    const [ahead, behind] = [handClock(at('02-06', '17:00')), handClock(at('02-06', '09:30'))];
    const one = world({ store, clock: ahead });
    const two = world({ store, clock: behind });
    await one.dunning.sync({ accounts: [account], invoices: [invoice('F-1', '02-03')] });
    expect((await one.dunning.tick()).sent).toHaveLength(1);
    await two.dunning.sync({ invoices: [invoice('F-2', '02-03')] });
    expect((await two.dunning.tick()).sent).toEqual([]);
    expect(two.whatsapp.sent).toEqual([]);
    behind.set(at('02-07'));
    expect((await two.dunning.tick()).sent).toHaveLength(1);
  });

  it('by three days under a worker that runs: a look each interval, no storm, and on it goes', async () => {
    const clock = handClock(at('02-06'));
    const { dunning, whatsapp } = await crowd(3, { clock });
    const seen = { ticks: 0, failed: 0, errors: 0 };
    const worker = dunning.start({ intervalMs: minute });
    worker.on('tick', ({ failed }) => {
      seen.ticks++;
      seen.failed += failed.length;
    });
    worker.on('error', () => {
      seen.errors++;
    });
    await vi.waitFor(() => expect(whatsapp.sent).toHaveLength(3), settled);
    await vi.waitFor(() => expect(seen.ticks).toBeGreaterThan(0), settled);
    const before = seen.ticks;
    clock.set(at('02-03'));
    await dunning.sync({ invoices: [{ ...invoice('F-new', '01-25'), account: 'a0' }] });
    for (let minutes = 1; minutes <= 5; minutes++) {
      clock.set(at('02-03') + minutes * minute);
      for (let n = 0; n < 50; n++) await new Promise((resolve) => setImmediate(resolve));
    }
    expect(seen.ticks - before).toBeLessThanOrEqual(8);
    expect(seen.failed).toBeLessThanOrEqual(8);
    expect(seen.errors).toBe(0);
    expect(whatsapp.sent).toHaveLength(3);
    clock.set(at('02-07'));
    await vi.waitFor(() => expect(whatsapp.sent).toHaveLength(4), settled);
    expect(new Set(whatsapp.sent.map(({ key }) => key)).size).toBe(4);
    expect(await worker.stop()).toEqual({ finished: true });
  });
});
