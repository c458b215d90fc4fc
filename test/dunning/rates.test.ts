import { describe, expect, it } from 'vitest';
import { createDunning, type RateLimit } from '../../src/dunning/index.js';
import { memoryStore } from '../../src/stores/memory/index.js';
import { idSequence } from '../../src/testing/id-sequence.js';
import { recordingChannel } from '../../src/testing/recording-channel.js';
import { crowd } from '../support/outbox.js';
import { account, all, at, documents, invoice, world } from '../support/world.js';

const now = at('02-06');
const minute = 60_000;
const day = 24 * 60 * minute;
const by = { author: 'ana', reason: 'template under review' };

function limited(...rates: readonly RateLimit[]) {
  return { dispatch: { rates } };
}

describe('rates', () => {
  it('let no more out than they say; the rest is told of, stays ready, and costs no attempt and no entry of the log', async () => {
    const made = await crowd(7, limited({ channel: 'whatsapp', per: 'minute', most: 3 }));
    const first = await made.dunning.tick({ now });
    expect(made.whatsapp.sent).toHaveLength(3);
    expect(first.failed).toEqual([]);
    expect(first.waiting).toHaveLength(4);
    const limit = { each: 'sender', channel: 'whatsapp', counts: 'messages', per: 'minute', most: 3 };
    expect(first.waiting[0]).toMatchObject({
      code: 'recobro:rate',
      limit,
      next: now + 62_000,
      reason: expect.stringContaining('as many as it may for now: 3 messages per minute') as string,
    });
    expect(first.waiting[3]?.next).toBe(now + 124_000);
    const kept = await all(made.dunning.acts({ states: ['ready'] }));
    expect(kept.map(({ attempts, result }) => [attempts, result])).toEqual(
      kept.map(() => [0, { code: 'recobro:rate', at: now, limit }]),
    );
    for (const { account: id } of first.waiting)
      expect((await all(made.dunning.history(id))).map((one) => one.type)).not.toContain('act.delayed');
    expect(await all(made.dunning.deadLetters())).toEqual([]);

    expect((await made.dunning.tick({ now: now + 61_999 })).sent).toHaveLength(0);
    expect((await made.dunning.tick({ now: now + 62_000 })).sent).toHaveLength(3);
    expect((await made.dunning.tick({ now: now + 124_000 })).sent).toHaveLength(1);
    expect(new Set(made.whatsapp.sent.map((one) => one.key)).size).toBe(7);
  });

  it('let the most valuable out first when a day has less room than is due, and the rest on later days', async () => {
    const made = world(limited({ channel: 'whatsapp', per: 'day', most: 2 }));
    const amounts = ['10.00', '5000.00', '20.00', '900.00', '30.00'];
    await made.dunning.sync({
      accounts: amounts.map((_, n) => ({ ...account, id: `a${n}` })),
      invoices: amounts.map((amount, n) => ({ ...invoice(`F${n}`, '02-03', amount), account: `a${n}` })),
    });
    const sent = async (instant: number) =>
      (await made.dunning.tick({ now: instant })).sent.map((one) => one.account).sort();
    expect(await sent(now)).toEqual(['a1', 'a3']);
    expect(await sent(now + 60 * minute)).toEqual([]);
    // A day and one or two slots of ten minutes later.
    expect(await sent(now + day + 20 * minute)).toEqual(['a2', 'a4']);
    expect(await sent(now + 2 * day + 40 * minute)).toEqual(['a0']);
  });

  it('wait within a run for what may go in seconds, so that it sends as fast as they let it', async () => {
    const made = await crowd(7, limited({ per: 'second', most: 3 }));
    made.clock.moveTo(now);
    const times: number[] = [];
    const noted = () => {
      times.push(made.clock.now());
      return { outcome: 'accepted', providerId: `${times.length}` } as const;
    };
    made.whatsapp.answer(...Array.from({ length: 7 }, () => noted));
    let over = false;
    const run = made.dunning.tick().finally(() => {
      over = true;
    });
    while (!over) {
      await new Promise((resolve) => setImmediate(resolve));
      made.clock.advance(10);
    }
    const { sent, waiting } = await run;
    expect([sent.length, waiting]).toEqual([7, []]);
    for (let n = 3; n < 7; n++) expect((times[n] ?? 0) - (times[n - 3] ?? 0)).toBeGreaterThanOrEqual(1_000);
    expect((times[6] ?? 0) - (times[0] ?? 0)).toBeLessThan(2_600);
  });

  it('hold across workers on one store, and leave other channels alone', async () => {
    const store = memoryStore();
    const options = { store, ...limited({ channel: 'whatsapp', per: 'hour', most: 4 }) };
    const made = await crowd(12, options);
    const more = Array.from({ length: 3 }, (_, n) => {
      const whatsapp = recordingChannel('whatsapp');
      const dunning = createDunning({
        ...documents,
        ...options,
        channels: [whatsapp, recordingChannel('email')],
        sender: { name: 'Acme', phone: '+57 601 555 0100', pay: { bank: 'Cuenta 1' } },
        clock: made.clock,
        ids: idSequence(`w${n}`),
      });
      return { dunning, whatsapp };
    });
    await made.dunning.review({ now });
    const workers = [made, ...more];
    await Promise.all(workers.map(({ dunning }) => dunning.dispatch({ now })));
    expect(workers.reduce((sum, { whatsapp }) => sum + whatsapp.sent.length, 0)).toBe(4);
    expect(await all(made.dunning.acts({ states: ['ready'] }))).toHaveLength(8);
  });

  it('let a worker rest while there is no room, and go on by itself', async () => {
    const made = await crowd(10, limited({ per: 'minute', most: 2 }));
    made.clock.moveTo(now);
    let runs = 0;
    const worker = made.dunning.start({ turn: 3, intervalMs: 60 * minute });
    worker.on('tick', () => runs++);
    const sent: number[] = [];
    for (const wanted of [2, 4, 6, 8, 10]) {
      for (let n = 0; made.whatsapp.sent.length < wanted && n < 20_000; n++)
        await new Promise((resolve) => setImmediate(resolve));
      sent.push(made.whatsapp.sent.length);
      made.clock.advance(62_000);
    }
    await worker.stop();
    expect(sent).toEqual([2, 4, 6, 8, 10]);
    expect(runs).toBeLessThan(40);
  });

  it('give back the permit of what turns out not to be right any more', async () => {
    const made = await crowd(3, limited({ per: 'day', most: 3 }));
    await made.dunning.review({ now });
    await made.dunning.sync(
      {
        payments: [
          {
            id: 'P1',
            account: 'a0',
            invoice: 'F-a0',
            date: '2026-02-06',
            amount: { amount: '1000.00', currency: 'COP' },
          },
        ],
      },
      { now },
    );
    const outcomes = (await made.dunning.dispatch({ now })).map((one) => [one.act.account, one.outcome]);
    expect(outcomes.filter(([, outcome]) => outcome === 'skipped')).toEqual([['a0', 'skipped']]);
    expect(made.whatsapp.sent.map((one) => one.account).sort()).toEqual(['a1', 'a2']);
    // Its permit serves the thanks for the payment.
    const thanks = await made.dunning.tick({ now });
    expect([thanks.sent.map((one) => one.account), thanks.waiting]).toEqual([['a0'], []]);
    expect(made.whatsapp.sent.map((one) => one.account).sort()).toEqual(['a0', 'a1', 'a2']);
  });

  it('are checked when the library is wired', () => {
    expect(() => world(limited({ per: 'week', most: 0 } as never))).toThrow(
      expect.objectContaining({
        code: 'invalid_option',
        problems: [
          { path: 'dispatch.rates[0].per', code: 'invalid_value', message: expect.any(String) as string },
          { path: 'dispatch.rates[0].most', code: 'invalid_value', message: expect.any(String) as string },
        ],
      }),
    );
  });
});

describe('a pause', () => {
  it('lets reviews go on and nothing out, in every worker on the store, until it is over', async () => {
    const store = memoryStore();
    const made = await crowd(2, { store });
    const other = world({ store });
    await made.dunning.pause({}, { ...by, now });
    expect(await other.dunning.pauses()).toEqual([{ since: now, ...by }]);
    const run = await other.dunning.tick({ now });
    expect([run.reviewed, run.sent.length, other.whatsapp.sent.length]).toEqual([2, 0, 0]);
    expect(run.paused).toEqual([{ since: now, ...by }]);
    expect(run.text).toContain('ana');
    const planned = await all(made.dunning.acts({ states: ['ready'] }));
    expect(planned.map(({ attempts, result }) => [attempts, result])).toEqual([
      [0, null],
      [0, null],
    ]);
    await made.dunning.pause({}, { author: 'eva', now: now + 1 });
    expect((await made.dunning.pauses())[0]?.author).toBe('ana');
    await other.dunning.resume({}, { author: 'eva', now: now + minute });
    expect(await made.dunning.pauses()).toEqual([]);
    expect((await made.dunning.tick({ now: now + minute })).sent).toHaveLength(2);
  });

  it('of all tenants holds for each, and is ended for all', async () => {
    const store = memoryStore();
    const made = await crowd(1, { store });
    const other = made.dunning.for('u');
    await other.pause({ everywhere: true }, { ...by, now });
    expect((await made.dunning.tick({ now })).sent).toHaveLength(0);
    await made.dunning.resume({}, { ...by, now });
    expect((await made.dunning.tick({ now })).sent).toHaveLength(0);
    await made.dunning.resume({ everywhere: true }, { ...by, now });
    expect((await made.dunning.tick({ now })).sent).toHaveLength(1);
  });

  it('of a channel keeps back what goes by it, for a minute at a time', async () => {
    const made = await crowd(2);
    await made.dunning.pause({ channel: 'whatsapp' }, { ...by, now });
    const run = await made.dunning.tick({ now });
    expect(run.waiting.map(({ code, next }) => [code, next])).toEqual([
      ['recobro:paused', now + minute],
      ['recobro:paused', now + minute],
    ]);
    await made.dunning.pause({ channel: 'email' }, { ...by, now });
    await made.dunning.resume({ channel: 'whatsapp' }, { ...by, now });
    expect((await made.dunning.tick({ now: now + minute })).sent).toHaveLength(2);
  });

  it('of a channel that there is not is refused, with those that there are, and nothing is paused', async () => {
    const store = memoryStore();
    const made = await crowd(1, { store });
    const refused = {
      code: 'unknown_id',
      message: 'there is no channel "whatsap"; there are email, whatsapp',
    };
    for (const everywhere of [false, true]) {
      const what = { channel: 'whatsap', everywhere };
      await expect(made.dunning.pause(what, by)).rejects.toMatchObject(refused);
      await expect(made.dunning.resume(what, by)).rejects.toMatchObject(refused);
    }
    // Without its channel it would be one of everything.
    for (const call of [made.dunning.pause, made.dunning.resume])
      await expect(call({ chanel: 'whatsapp' } as never, by)).rejects.toMatchObject({
        code: 'invalid_option',
        problems: [{ path: 'what.chanel', code: 'unknown_key' }],
      });
    expect(await made.dunning.pauses()).toEqual([]);
    // One that was set up once can be resumed.
    await made.dunning.pause({ channel: 'email' }, { ...by, now });
    const without = made.dunning.for('default', { channels: [made.whatsapp] });
    await expect(without.pause({ channel: 'sms' }, by)).rejects.toMatchObject({ code: 'unknown_id' });
    await without.resume({ channel: 'email' }, by);
    expect(await made.dunning.pauses()).toEqual([]);
  });

  it('by option holds for a process, whatever stands in the store', async () => {
    const store = memoryStore();
    const safe = await crowd(1, { store, dispatch: { safe: true } });
    expect((await safe.dunning.tick({ now })).sent).toHaveLength(0);
    expect((await world({ store }).dunning.tick({ now })).sent).toHaveLength(1);
    expect(() => world({ dispatch: { safe: 'yes' as never } })).toThrow(/options/);
  });
});

describe('what is stuck', () => {
  it('tells limits that are reached, and pauses, without reading an act', async () => {
    const made = await crowd(
      4,
      limited({ channel: 'whatsapp', per: 'hour', most: 2 }, { each: 'pair', per: 'day', most: 9 }),
    );
    await made.dunning.tick({ now });
    await made.dunning.pause({ channel: 'email' }, { ...by, now });
    const report = await made.dunning.stuck({ now: now + minute });
    const until = now + 62 * minute;
    expect(report.rates).toEqual({
      count: 1,
      list: [
        {
          each: 'sender',
          channel: 'whatsapp',
          sender: '-',
          counts: 'messages',
          per: 'hour',
          most: 2,
          since: now,
          until,
        },
      ],
    });
    expect(report.pauses).toEqual([{ channel: 'email', since: now, ...by }]);
    expect(report.overdue.count).toBe(0);
    expect(report.text).toContain('2 messages per hour');
    expect(report.text).toContain('paused by ana');
    expect((await made.dunning.stuck({ now: until })).rates.count).toBe(0);
    for (const language of ['es', 'pt'])
      expect((await made.dunning.stuck({ now, language })).text).toMatch(/2 mensa(jes|gens) por hora/);
  });

  it('is the same whether the store counts or every act is read', async () => {
    const store = memoryStore();
    const made = await crowd(5, { store, dispatch: { parallel: 1 } });
    made.whatsapp.answer(
      { outcome: 'unknown', code: 'x' },
      { outcome: 'refused', scope: 'recipient', code: 'y' },
      { outcome: 'retry', scope: 'message', code: 'z' },
    );
    made.email.answer({ outcome: 'refused', scope: 'recipient', code: 'w' });
    await made.dunning.tick({ now });
    await store.claim({
      now: now + minute,
      lease: now + 2 * minute,
      limit: 1,
      token: 'gone',
      tenant: 'default',
    });
    const { backlog: _, ...plain } = store;
    for (const limit of [100, 1, 0]) {
      const asked = { now: now + day, limit };
      const report = await made.dunning.stuck(asked);
      expect(await world({ store: plain }).dunning.stuck(asked)).toEqual(report);
      expect([report.unknown.count, report.leases.count, report.deadLetters.count]).toEqual([1, 1, 1]);
    }
  });
});

describe('the run log', () => {
  it('says what each run did, when, and for whom; of those that did nothing it says nothing', async () => {
    const made = await crowd(3, limited({ per: 'hour', most: 1 }));
    await made.dunning.review({ now, by: 'ana' });
    await made.dunning.dispatch({ now: now + 1 });
    await made.dunning.tick({ now: now + 2 });
    await made.dunning.tick({ now: now + 62 * minute, by: 'nightly job' });
    const runs = await made.dunning.runs();
    const none = {
      reviewed: 0,
      sent: 0,
      skipped: 0,
      delayed: 0,
      limited: 0,
      refused: 0,
      unknown: 0,
      failed: 0,
      tasks: 0,
    };
    expect(runs.map(({ id: _, ...run }) => run)).toEqual([
      {
        kind: 'tick',
        by: 'nightly job',
        started: now + 62 * minute,
        ended: now + 62 * minute,
        ...none,
        sent: 1,
      },
      {
        kind: 'dispatch',
        by: 'recobro',
        started: now + 1,
        ended: now + 1,
        ...none,
        sent: 1,
        delayed: 2,
        limited: 2,
      },
      { kind: 'review', by: 'ana', started: now, ended: now, ...none, reviewed: 3 },
    ]);
    expect(await made.dunning.runs({ limit: 1 })).toEqual(runs.slice(0, 1));
    expect(await made.dunning.for('u').runs()).toEqual([]);
  });

  it('keeps the last two hundred, tells of runs that failed, and harms none when it cannot be written', async () => {
    const store = memoryStore();
    const made = await crowd(1, { store });
    const accounts = ['a0'];
    for (let n = 0; n < 225; n++) await made.dunning.review({ now: now + n, accounts });
    const values = await store.shared?.list({ tenant: 'default', prefix: 'run/', limit: 1_000 });
    expect(values?.length).toBeLessThan(220);
    expect((await made.dunning.runs({ limit: 1_000 })).map((run) => run.started)).toEqual(
      Array.from({ length: 200 }, (_, n) => now + 224 - n),
    );
    const broken = world({
      store: {
        ...store,
        due: () => Promise.reject(new Error('down')),
        shared: { list: async () => [], write: () => Promise.reject(new Error('down')) },
      },
    });
    await expect(broken.dunning.tick({ now })).rejects.toThrow('down');
    const failing = world({ store: { ...store, due: () => Promise.reject(new Error('down')) } });
    await expect(failing.dunning.tick({ now: now + day })).rejects.toThrow('down');
    expect((await made.dunning.runs({ limit: 1 }))[0]).toMatchObject({
      kind: 'tick',
      error: expect.any(String) as string,
    });
  });
});
