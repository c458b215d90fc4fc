import { describe, expect, it } from 'vitest';
import type { FailureScope, Misconfigured, Refused, SendOutcome } from '../../src/channels/channel.js';
import { retryDelay, spread } from '../../src/dunning/retry.js';
import { memoryStore } from '../../src/stores/memory/index.js';
import type { Store } from '../../src/stores/store.js';
import { crowd, times } from '../support/outbox.js';
import { all, at, world } from '../support/world.js';

const now = at('02-06');
const minute = 60_000;

/** Calls made at an instant, with everything else put off. */
async function calls(made: Awaited<ReturnType<typeof crowd>>, instant: number): Promise<number> {
  const before = made.whatsapp.sent.length;
  await made.dunning.tick({ now: instant });
  return made.whatsapp.sent.length - before;
}

const one = { dispatch: { parallel: 1 } };

describe('what a failure concerns is held back as a whole', () => {
  const definite: readonly (Misconfigured | Refused)[] = [
    { outcome: 'misconfigured', scope: 'account', code: 'whatsapp:190' },
    { outcome: 'misconfigured', scope: 'sender', code: 'whatsapp:133010' },
    { outcome: 'refused', scope: 'template', code: 'whatsapp:132015' },
    { outcome: 'refused', scope: 'sender', code: 'whatsapp:131031' },
  ];
  it.each(definite)('$outcome of the $scope: one call, and all others wait for a probe', async (answer) => {
    const made = await crowd(6, one);
    made.whatsapp.answer(answer);
    expect(await calls(made, now)).toBe(1);
    // The one that failed goes the next way; the others keep their place.
    expect(made.email.sent).toHaveLength(1);
    const held = await all(made.dunning.acts({ states: ['ready'] }));
    expect(held).toHaveLength(5);
    for (const { result, attempts } of held)
      expect([result, attempts]).toMatchObject([
        { code: `recobro:held_${answer.scope}`, said: answer.code },
        0,
      ]);
    expect(await calls(made, now + 59_000)).toBe(0);
    made.whatsapp.answer(answer);
    expect(await calls(made, now + 2 * minute)).toBe(1);
    // Longer each time the probe fails, up to an hour.
    expect(await calls(made, now + 6 * minute)).toBe(0);
    expect(await calls(made, now + 20 * minute)).toBe(4);
    expect((await all(made.dunning.acts({ states: ['ready'] }))).length).toBe(0);
  });

  it('what a channel finds before any call does not say that its provider works again', async () => {
    const made = await crowd(6, one);
    const locked = definite[0]!;
    made.whatsapp.answer(locked);
    expect(await calls(made, now)).toBe(1);
    made.whatsapp.answer(
      { outcome: 'refused', scope: 'message', code: 'sms:too_long', called: false },
      ...times(5, locked),
    );
    // The next one probes in its place; nobody else is called.
    expect(await calls(made, now + 2 * minute)).toBe(2);
    expect((await all(made.dunning.acts({ states: ['ready'] }))).length).toBe(3);
    // It failed for the second time in a row, so that the wait is the longer one.
    expect(await calls(made, now + 5 * minute)).toBe(0);
  });

  const passing: readonly [scope: FailureScope, n: number][] = [
    ['account', 3],
    ['sender', 3],
    ['template', 3],
  ];
  it.each(passing)('retry of the %s: the third failure in a row opens it', async (scope, failures) => {
    const made = await crowd(8, { dispatch: { parallel: 1, failures } });
    made.whatsapp.answer(...times(8, { outcome: 'retry', scope, code: 'http:503' }));
    expect(await calls(made, now)).toBe(3);
    const report = await made.dunning.stuck({ now });
    expect(report.circuits.list).toMatchObject([
      { scope, channel: 'whatsapp', failures: 3, since: now, until: now + minute, definite: false },
    ]);
  });

  it.each(['message', 'recipient', 'pair'] as const)(
    'retry of the %s: holds nobody else back',
    async (scope) => {
      const made = await crowd(8, { dispatch: { parallel: 1, failures: 2 } });
      made.whatsapp.answer(...times(8, { outcome: 'retry', scope, code: 'x' }));
      expect(await calls(made, now)).toBe(8);
      expect((await made.dunning.stuck({ now })).circuits.count).toBe(0);
    },
  );

  it('a success in between starts the count anew', async () => {
    const made = await crowd(6, { dispatch: { parallel: 1, failures: 2 } });
    const fails = { outcome: 'retry', scope: 'sender', code: 'x' } as const;
    made.whatsapp.answer(fails, { outcome: 'accepted', providerId: '1' }, fails);
    expect(await calls(made, now)).toBe(6);
    expect((await made.dunning.stuck({ now })).circuits.count).toBe(0);
  });

  it('the wait that a provider asks for counts for all of the scope at once', async () => {
    const made = await crowd(5, one);
    made.whatsapp.answer({ outcome: 'retry', scope: 'account', code: 'twilio:20429', after: 30 * minute });
    expect(await calls(made, now)).toBe(1);
    expect(await calls(made, now + 29 * minute)).toBe(0);
    expect(await calls(made, now + 36 * minute)).toBe(5);
  });

  it('an answer about something narrower shows that the wider works', async () => {
    const made = await crowd(4, one);
    made.whatsapp.answer({ outcome: 'misconfigured', scope: 'account', code: 'whatsapp:190' });
    await made.dunning.tick({ now });
    made.whatsapp.answer(...times(3, { outcome: 'refused', scope: 'recipient', code: 'whatsapp:131026' }));
    expect(await calls(made, now + 2 * minute)).toBe(3);
    expect((await made.dunning.stuck({ now: now + 2 * minute })).circuits.count).toBe(0);
  });

  it('calls that were in flight when it opened make no wait longer', async () => {
    const made = await crowd(8, { dispatch: { parallel: 8 } });
    made.whatsapp.answer(...times(8, { outcome: 'misconfigured', scope: 'account', code: 'whatsapp:190' }));
    expect(await calls(made, now)).toBe(8);
    expect((await made.dunning.stuck({ now })).circuits.list).toMatchObject([
      { failures: 8, until: now + minute },
    ]);
  });

  it('calls that stay unanswered hold the account back, so that not all become unknown', async () => {
    const made = await crowd(20, { dispatch: { parallel: 1, failures: 3 } });
    made.whatsapp.answer(...times(20, { outcome: 'unknown', code: 'whatsapp:timeout' }));
    expect(await calls(made, now)).toBe(3);
    expect(await all(made.dunning.unknown())).toHaveLength(3);
  });

  it('one channel in trouble holds no other back, nor another tenant', async () => {
    const store = memoryStore();
    const made = await crowd(3, { store, ...one });
    made.whatsapp.answer({ outcome: 'misconfigured', scope: 'account', code: 'whatsapp:190' });
    await made.dunning.tick({ now });
    const other = await crowd(3, { store, tenant: 'other' });
    expect(await calls(other, now)).toBe(3);
    expect(made.email.sent).toHaveLength(1);
  });

  it('what is held back for too long goes the next way, and is a dead letter', async () => {
    const made = await crowd(3, { dispatch: { parallel: 1, holdMs: minute } });
    made.whatsapp.answer(...times(10, { outcome: 'misconfigured', scope: 'account', code: 'whatsapp:190' }));
    await made.dunning.tick({ now });
    await made.dunning.tick({ now: now + minute });
    const letters = await all(made.dunning.deadLetters());
    expect(letters.map(({ reason, attempts }) => [reason, attempts]).sort()).toEqual([
      ['held', 0],
      ['misconfigured', 1],
      ['misconfigured', 1],
    ]);
    expect(made.email.sent).toHaveLength(3);
  });

  it('is one entry of the log, however often it is looked at', async () => {
    const made = await crowd(2, one);
    made.whatsapp.answer(...times(20, { outcome: 'retry', scope: 'sender', code: 'x', after: 10 * minute }));
    for (let minutes = 0; minutes < 40; minutes += 2)
      await made.dunning.tick({ now: now + minutes * minute });
    const held = (await all(made.dunning.history('a1'))).filter(
      ({ type, data }) => type === 'act.delayed' && JSON.stringify(data).includes('held_sender'),
    );
    expect(held.length).toBeLessThanOrEqual(3);
    expect(held.length).toBeGreaterThan(0);
  });
});

describe('workers know the same', () => {
  it('of ten at once, exactly one probes', async () => {
    const store = memoryStore();
    const first = await crowd(30, { store, ...one });
    first.whatsapp.answer({ outcome: 'misconfigured', scope: 'account', code: 'whatsapp:190' });
    await first.dunning.tick({ now });
    const workers = Array.from({ length: 10 }, () => world({ store }));
    for (const worker of workers)
      worker.whatsapp.answer(
        ...times(30, { outcome: 'misconfigured', scope: 'account', code: 'whatsapp:190' }),
      );
    await Promise.all(workers.map((worker) => worker.dunning.dispatch({ now: now + 2 * minute })));
    expect(workers.reduce((sum, worker) => sum + worker.whatsapp.sent.length, 0)).toBe(1);
  });

  it('a probe whose worker died is somebody else’s when its lease is over', async () => {
    const store = memoryStore();
    const first = await crowd(3, { store, ...one });
    first.whatsapp.answer({ outcome: 'misconfigured', scope: 'account', code: 'whatsapp:190' });
    await first.dunning.tick({ now });
    const dead = world({ store });
    dead.whatsapp.answer(() => new Promise<SendOutcome>(() => undefined));
    void dead.dunning.dispatch({ now: now + 2 * minute });
    await expect.poll(() => dead.whatsapp.sent.length).toBe(1);
    const next = world({ store });
    await next.dunning.dispatch({ now: now + 3 * minute });
    expect(next.whatsapp.sent).toEqual([]);
    await next.dunning.dispatch({ now: now + 8 * minute });
    expect(next.whatsapp.sent).toHaveLength(1);
  });

  it('without the ability of the store, each process knows its own', async () => {
    const { shared: _, ...bare } = memoryStore();
    const store: Store = bare;
    const made = await crowd(6, { store, ...one });
    made.whatsapp.answer({ outcome: 'misconfigured', scope: 'account', code: 'whatsapp:190' });
    expect(await calls(made, now)).toBe(1);
    expect(await calls(made, now + 2 * minute)).toBe(5);
  });
});

describe('the schedule', () => {
  it('knows the scope, honours what a provider asks for, and ends', () => {
    expect(retryDelay(1, 'message', undefined)).toBe(minute);
    expect(retryDelay(1, 'recipient', undefined)).toBe(15 * minute);
    expect(retryDelay(1, 'message', 90_000)).toBe(90_000);
    expect(retryDelay(1, 'message', Number.NaN)).toBe(minute);
    expect(retryDelay(1, 'message', 9e12)).toBe(24 * 60 * minute);
    expect(retryDelay(7, 'message', undefined)).toBeUndefined();
    expect(retryDelay(5, 'template', undefined)).toBeUndefined();
  });

  it('spreads what was held back together, never before its time, always the same', async () => {
    const ids = Array.from({ length: 200 }, (_, index) => `a${index}/ladder/F#1/soft.1@billing.0`);
    const places = ids.map((id) => spread(id, 5 * minute));
    expect(new Set(places).size).toBeGreaterThan(150);
    expect(Math.min(...places)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...places)).toBeLessThan(30_000);
    expect(ids.map((id) => spread(id, 5 * minute))).toEqual(places);
    expect(spread('x', 0)).toBe(0);
    const made = await crowd(12, one);
    made.whatsapp.answer({ outcome: 'misconfigured', scope: 'account', code: 'whatsapp:190' });
    await made.dunning.tick({ now });
    const moments = (await all(made.dunning.acts({ states: ['ready'] }))).map((act) => act.notBefore - now);
    expect(new Set(moments).size).toBeGreaterThan(5);
    expect(moments.every((wait) => wait >= minute && wait < 1.1 * minute)).toBe(true);
  });
});
