import { describe, expect, it } from 'vitest';
import type { LookupOutcome } from '../../src/channels/channel.js';
import { recordingChannel } from '../../src/testing/recording-channel.js';
import { crowd, times } from '../support/outbox.js';
import { account, all, at, documents, invoice, payment, type World, world } from '../support/world.js';

const now = at('02-06');
const hour = 3_600_000;
const by = { author: 'ana', reason: 'mended' };
const id = 'robles/ladder/F-1#1/soft.1@billing.0';

/** One account that can be reached by WhatsApp alone. */
async function reachable(changed: Parameters<typeof world>[0] = {}): Promise<World> {
  const [policy] = documents.policies;
  const made = world({ policies: [{ ...policy!, via: [{ channel: 'whatsapp' }] }], ...changed });
  await made.dunning.sync({ accounts: [account], invoices: [invoice('F-1', '02-03')] });
  return made;
}

describe('dead letters', () => {
  it('tell why, in which scope, after which tries, whatever nights lie between', async () => {
    const { dunning, whatsapp } = await reachable();
    whatsapp.answer(...times(6, { outcome: 'retry', scope: 'recipient', code: 'twilio:30003' }));
    for (let hours = 0; hours < 24 * 5; hours++) await dunning.tick({ now: now + hours * hour });
    expect(await all(dunning.deadLetters())).toMatchObject([
      {
        act: { id: expect.stringContaining(`${id}!`) },
        reason: 'exhausted',
        code: 'twilio:30003',
        scope: 'recipient',
        attempts: 6,
        retryable: true,
        history: Array.from({ length: 6 }, () => ({ code: 'twilio:30003' })),
      },
    ]);
  });

  it('are filtered by account, reason and whether anything took their place', async () => {
    const { dunning, whatsapp } = await crowd(2);
    whatsapp.answer({ outcome: 'refused', scope: 'recipient', code: 'x' });
    await dunning.tick({ now });
    const [letter] = await all(dunning.deadLetters());
    expect(letter).toMatchObject({
      reason: 'refused',
      retryable: false,
      instead: expect.stringContaining('.1'),
    });
    expect(await all(dunning.deadLetters({ retryable: true }))).toEqual([]);
    expect(await all(dunning.deadLetters({ reasons: ['held'] }))).toEqual([]);
    expect(await all(dunning.deadLetters({ account: 'nobody' }))).toEqual([]);
    await expect(dunning.retry(letter!.act.id, by)).rejects.toMatchObject({ code: 'impossible_state' });
  });

  it('retried: planned anew under a new id, at the same place, and what is held back is tried at once', async () => {
    const { dunning, whatsapp } = await reachable();
    whatsapp.answer({ outcome: 'misconfigured', scope: 'account', code: 'whatsapp:190' });
    const run = await dunning.tick({ now });
    expect(run.tasks).toHaveLength(1);
    expect((await dunning.stuck({ now })).circuits.count).toBe(1);
    await dunning.retry(id, { ...by, now });
    const again = await dunning.tick({ now });
    expect(again.sent).toMatchObject([{ act: `${id}!1`, channel: 'whatsapp' }]);
    expect(whatsapp.sent.map((one) => one.key)).toEqual([id, `${id}!1`]);
    expect((await dunning.stuck({ now })).circuits.count).toBe(0);
    expect(await all(dunning.deadLetters())).toEqual([]);
    expect((await all(dunning.history('robles'))).find((one) => one.type === 'act.retried')).toMatchObject({
      actor: 'ana',
      data: { act: id, author: 'ana' },
    });
    // Its log decides the same again.
    expect(await dunning.replay()).toMatchObject({ ok: true });
  });

  it('retried by ten people at once: once', async () => {
    const { dunning, whatsapp } = await reachable();
    whatsapp.answer({ outcome: 'refused', scope: 'recipient', code: 'x' });
    await dunning.tick({ now });
    const done = await Promise.allSettled(
      Array.from({ length: 10 }, () => dunning.retry(id, { ...by, now })),
    );
    expect(done.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
    await dunning.tick({ now });
    expect(whatsapp.sent).toHaveLength(2);
  });

  it('never what may have gone out, what went out, what is settled, or what is none', async () => {
    const { dunning, whatsapp } = await reachable();
    const refused = { code: 'impossible_state' };
    whatsapp.answer({ outcome: 'unknown', code: 'timeout' });
    await dunning.tick({ now });
    await expect(dunning.retry(id, by)).rejects.toMatchObject(refused);
    await dunning.resolve(id, 'sent', { ...by, now });
    await expect(dunning.retry(id, by)).rejects.toMatchObject(refused);
    await expect(dunning.retry('nothing', by)).rejects.toMatchObject({ code: 'unknown_id' });
    const other = await reachable();
    other.whatsapp.answer({ outcome: 'refused', scope: 'recipient', code: 'x' });
    await other.dunning.tick({ now });
    await other.dunning.sync({ payments: [payment('P-1', 'F-1', '02-06')] }, { now });
    await other.dunning.tick({ now });
    await expect(other.dunning.retry(id, by)).rejects.toMatchObject(refused);
  });
});

describe('unknown acts', () => {
  /** A world whose WhatsApp can be asked, and what it then says. */
  async function asked(answer: LookupOutcome | (() => LookupOutcome)) {
    const whatsapp = recordingChannel('whatsapp');
    const keys: string[] = [];
    const lookup = async ({ key }: { readonly key: string }): Promise<LookupOutcome> => {
      keys.push(key);
      return typeof answer === 'function' ? answer() : answer;
    };
    const made = await reachable({ channels: [{ ...whatsapp, lookup }, recordingChannel('email')] });
    whatsapp.answer({ outcome: 'unknown', code: 'whatsapp:timeout' });
    await made.dunning.tick({ now });
    expect(await all(made.dunning.unknown())).toMatchObject([
      { act: { id }, since: now, code: 'whatsapp:timeout', attempts: 1, lookup: true },
    ]);
    return { ...made, whatsapp, keys };
  }

  it('the provider took it: sent', async () => {
    const { dunning, keys, whatsapp } = await asked({ outcome: 'accepted', providerId: 'p' });
    expect(await dunning.reconcile({ now })).toEqual({ sent: [id], notSent: [], open: [] });
    expect(keys).toEqual([id]);
    await dunning.tick({ now });
    expect(whatsapp.sent).toHaveLength(1);
    expect(await all(dunning.acts())).toMatchObject([{ state: 'accepted' }]);
  });

  it('the provider surely does not have it: planned anew under a new id', async () => {
    const { dunning, whatsapp } = await asked({ outcome: 'absent' });
    expect(await dunning.reconcile({ now })).toEqual({ sent: [], notSent: [id], open: [] });
    await dunning.tick({ now });
    expect(whatsapp.sent.map((one) => one.key)).toEqual([id, `${id}!1`]);
  });

  it.each([
    ['cannot say', (): LookupOutcome => ({ outcome: 'unknown', code: 'x' })],
    ['answers nonsense', () => ({}) as LookupOutcome],
    [
      'throws',
      () => {
        throw new TypeError('no');
      },
    ],
  ])('the provider %s: it stays parked', async (_, answer) => {
    const { dunning } = await asked(answer);
    expect(await dunning.reconcile({ now })).toEqual({ sent: [], notSent: [], open: [id] });
    expect(await all(dunning.unknown())).toHaveLength(1);
  });

  it('settled by a callback', async () => {
    const { dunning } = await asked({ outcome: 'absent' });
    await dunning.delivered(id, { now });
    expect(await all(dunning.unknown())).toEqual([]);
    expect(await dunning.reconcile({ now })).toEqual({ sent: [], notSent: [], open: [] });
  });
});

describe('stuck work', () => {
  it('nothing is stuck where all is well', async () => {
    const { dunning } = await crowd(3);
    await dunning.tick({ now });
    const report = await dunning.stuck({ now });
    expect(report.text).toBe('Nothing is stuck.');
    expect((await dunning.stuck({ now, language: 'es' })).text).toBe('No hay nada atascado.');
    expect((await dunning.stuck({ now, language: 'pt' })).text).toBe('Não há nada parado.');
  });

  it('counts and names every kind, the oldest first', async () => {
    const [policy] = documents.policies;
    const made = await crowd(6, {
      dispatch: { parallel: 1 },
      policies: [{ ...policy!, via: [{ channel: 'whatsapp' }] }],
    });
    made.whatsapp.answer(
      { outcome: 'unknown', code: 'whatsapp:timeout' },
      { outcome: 'refused', scope: 'recipient', code: 'whatsapp:131026' },
      { outcome: 'misconfigured', scope: 'sender', code: 'whatsapp:133010' },
    );
    await made.dunning.tick({ now });
    const later = now + 2 * hour;
    await made.dunning.sync({ invoices: [{ ...invoice('F-9', '02-03'), account: 'a5' }] }, { now });
    await made.store.claim({ now: later, lease: later + 1, limit: 1, token: 'dead' });
    const report = await made.dunning.stuck({ now: later + 60_000 });
    expect([
      report.unknown.count,
      report.leases.count,
      report.circuits.count,
      report.overdue.count,
      report.reviews.count,
      report.deadLetters.count,
    ]).toEqual([1, 1, 1, 2, 1, 2]);
    expect(report.unknown.list).toMatchObject([{ account: 'a0', since: now, ageMs: 2 * hour + 60_000 }]);
    expect(report.circuits.list).toMatchObject([
      { scope: 'sender', channel: 'whatsapp', names: ['-'], code: 'whatsapp:133010', definite: true },
    ]);
    expect(report.reviews.list).toMatchObject([{ account: 'a5' }]);
    for (const language of ['en', 'es', 'pt']) {
      const { text } = await made.dunning.stuck({ now: later + 60_000, language });
      expect(text).toContain('whatsapp:133010');
      expect(text).toContain('a0/ladder');
      expect(text).not.toMatch(/undefined|NaN/);
      expect(text.split('\n').length).toBeGreaterThan(8);
    }
    const short = await made.dunning.stuck({ now: later + 60_000, limit: 1 });
    expect([short.deadLetters.count, short.deadLetters.list.length]).toEqual([2, 1]);
  });

  it('names proposals that lapse soon', async () => {
    const [policy] = documents.policies;
    const [soft, firm] = policy!.stages;
    const stages = [{ ...soft!, mode: 'approve' as const, lapses: '3d' }, firm!];
    const { dunning } = await reachable({ policies: [{ ...policy!, stages }] });
    await dunning.tick({ now });
    const report = await dunning.stuck({ now: at('02-08') });
    expect(report.lapsing).toMatchObject({ count: 1, list: [{ lapses: expect.any(String) }] });
    expect((await dunning.stuck({ now, lapsingDays: 0 })).lapsing.count).toBe(0);
  });
});
