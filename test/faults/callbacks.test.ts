import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SendOutcome } from '../../src/channels/channel.js';
import { memoryStore } from '../../src/stores/memory/index.js';
import { pgliteStore } from '../../src/stores/pglite/index.js';
import type { Store } from '../../src/stores/store.js';
import { virtualClock } from '../../src/testing/virtual-clock.js';
import { crowd, later } from '../support/outbox.js';
import { all, at, world } from '../support/world.js';

const now = at('02-06');
const second = 1_000;
const id = 'a0/ladder/F-a0#1/soft.1@billing.0';
const accepted: SendOutcome = { outcome: 'accepted', providerId: 'p-1' };

describe.each([
  ['memory', async () => memoryStore()],
  ['PGlite', async () => pgliteStore()],
])('callbacks and late answers over %s', (_, make) => {
  let store: Store;
  let tenants = 0;
  beforeAll(async () => {
    store = await make();
    await store.migrate();
  });
  afterAll(() => store.close());

  /** A message whose call is in flight, and what keeps it there. */
  async function inFlight(dispatch = {}) {
    const tenant = `t${++tenants}`;
    const clock = virtualClock(now);
    const settings = { leaseMs: 60 * second, heartbeatMs: 20 * second, ...dispatch };
    const made = await crowd(1, { store, tenant, clock, dispatch: settings });
    const answer = later<SendOutcome>();
    made.whatsapp.answer(() => answer.promise);
    const run = made.dunning.tick();
    await expect.poll(() => made.whatsapp.sent.length).toBe(1);
    const types = async (): Promise<readonly string[]> =>
      (await all(made.dunning.history('a0'))).map(({ type }) => type).filter((type) => /^act\./.test(type));
    /** What came of it: one message, done once, and nothing more to do. */
    const end = async () => {
      const again = world({ store, tenant, clock });
      expect((await again.dunning.tick()).sent).toEqual([]);
      expect(again.whatsapp.sent).toEqual([]);
      expect(made.whatsapp.sent).toHaveLength(1);
      expect(await made.dunning.item('a0', 'F-a0', { at: clock.now() })).toMatchObject({ reminders: 1 });
      const [act] = await all(made.dunning.acts());
      return { act, types: await types() };
    };
    return { ...made, clock, answer, run, end, types };
  }

  it('a receipt before the commit of its own message: sent, and the answer adds what it knows', async () => {
    const one = await inFlight();
    await one.dunning.delivered(id);
    one.answer.resolve(accepted);
    expect((await one.run).sent).toMatchObject([{ act: id }]);
    expect(await one.end()).toMatchObject({
      act: { state: 'accepted', result: { providerId: 'p-1' } },
      types: ['act.planned', 'act.accepted', 'act.delivered'],
    });
  });

  it('a receipt before the commit of a worker that then dies: sent, never unknown', async () => {
    const one = await inFlight();
    await one.dunning.delivered(id);
    one.clock.advance(120 * second);
    const next = world({ store, tenant: one.dunning.tenant, clock: one.clock });
    expect((await next.dunning.tick()).failed).toEqual([]);
    expect(await all(next.dunning.unknown())).toEqual([]);
    expect((await one.end()).act).toMatchObject({ state: 'accepted' });
  });

  it('receipts again and again, at once and later: nothing more', async () => {
    const one = await inFlight();
    await Promise.all(Array.from({ length: 5 }, () => one.dunning.delivered(id)));
    one.answer.resolve(accepted);
    await one.run;
    await Promise.all(Array.from({ length: 5 }, () => one.dunning.delivered(id)));
    expect((await one.end()).types).toEqual(['act.planned', 'act.accepted', 'act.delivered']);
  });

  it('several receipts at once of a message whose worker died: one settles it, none fails', async () => {
    const one = await inFlight();
    one.clock.advance(61 * second);
    const next = world({ store, tenant: one.dunning.tenant, clock: one.clock });
    // Its own worker goes on with its heartbeat; this one thinks that it is dead.
    await next.dunning.dispatch({ now: now + 600 * second });
    expect(await all(next.dunning.unknown())).toHaveLength(1);
    await Promise.all(Array.from({ length: 5 }, () => next.dunning.delivered(id)));
    expect((await one.end()).types).toEqual(['act.planned', 'act.unknown', 'act.resolved', 'act.delivered']);
  });

  it.each<[string, SendOutcome]>([
    ['an answer that says "later"', { outcome: 'retry', scope: 'message', code: 'http:503' }],
    ['a refusal', { outcome: 'refused', scope: 'message', code: 'http:400' }],
    ['no answer', { outcome: 'unknown', code: 'http:timeout' }],
  ])('a receipt, then %s: the receipt counts', async (_name, answer) => {
    const one = await inFlight();
    await one.dunning.delivered(id);
    one.answer.resolve(answer);
    await one.run;
    expect(await one.end()).toMatchObject({
      act: { state: 'accepted' },
      types: ['act.planned', 'act.accepted', 'act.delivered'],
    });
  });

  it('an answer after the time limit, after a receipt and after a person: one message all the same', async () => {
    for (const settle of ['nobody', 'receipt', 'person'] as const) {
      const one = await inFlight({ timeoutMs: 10 * second });
      one.clock.advance(10 * second);
      expect((await one.run).failed).toMatchObject([{ code: 'recobro:call_timeout' }]);
      if (settle === 'receipt') await one.dunning.delivered(id);
      if (settle === 'person') await one.dunning.resolve(id, 'sent', { author: 'ana' });
      one.answer.resolve(accepted);
      await one.dunning.stop();
      expect((await one.end()).act).toMatchObject({ state: 'accepted', result: { providerId: 'p-1' } });
    }
  });

  it('an answer after a person said "not sent", and its message was planned anew: the person is believed', async () => {
    const one = await inFlight({ timeoutMs: 10 * second });
    one.clock.advance(10 * second);
    await one.run;
    await one.dunning.resolve(id, 'not-sent', { author: 'ana' });
    const next = world({ store, tenant: one.dunning.tenant, clock: one.clock });
    expect((await next.dunning.tick()).sent).toMatchObject([{ act: `${id}!1` }]);
    one.answer.resolve(accepted);
    await one.dunning.stop();
    expect((await all(next.dunning.acts())).map(({ state }) => state)).toEqual(['withdrawn', 'accepted']);
    await expect(next.dunning.delivered(id)).rejects.toMatchObject({ code: 'impossible_state' });
    await next.dunning.delivered(`${id}!1`);
    expect(await next.dunning.item('a0', 'F-a0', { at: one.clock.now() })).toMatchObject({ reminders: 1 });
  });
});
