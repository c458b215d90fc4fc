import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rotating } from '../../src/channels/index.js';
import { derivedTemplates, whatsapp } from '../../src/channels/whatsapp/index.js';
import type { Limited } from '../../src/dunning/outbox/rates/limits.js';
import { Permits } from '../../src/dunning/outbox/rates/permits.js';
import { type Channel, createDunning, type DunningOptions, type SenderEvent } from '../../src/index.js';
import { memoryStore } from '../../src/stores/memory/index.js';
import { startFakeWhatsapp } from '../../src/testing/fake-whatsapp.js';
import { idSequence } from '../../src/testing/id-sequence.js';
import { type RecordingChannel, recordingChannel } from '../../src/testing/recording-channel.js';
import { virtualClock } from '../../src/testing/virtual-clock.js';
import { account, all, at, documents, invoice, type World, world } from '../support/world.js';

const now = at('02-06');
const minute = 60_000;
const day = 24 * 60 * minute;
const sender = { name: 'Acme', phone: '+57 601 555 0100', pay: { bank: 'Cuenta 1' } };

/** Debtors `a0`, `a1`, …, each with a number of its own and an invoice of the given amount. */
function debtors(
  amounts: readonly string[],
  numberOf = (n: number) => `+5730112${String(n).padStart(5, '0')}`,
) {
  return {
    accounts: amounts.map((_, n) => ({
      ...account,
      id: `a${n}`,
      contacts: account.contacts.map((one) => ({ ...one, whatsapp: numberOf(n), phone: numberOf(n) })),
    })),
    invoices: amounts.map((amount, n) => ({ ...invoice(`F${n}`, '02-03', amount), account: `a${n}` })),
  };
}

type Receive = NonNullable<Channel['receive']>;

/** A channel with limits as its provider has them. */
function limited(more: Partial<Channel> = {}): RecordingChannel {
  const tier = { each: 'account', counts: 'people', per: 'day', most: 2 } as const;
  const receive: Receive = async () => ({ answer: { status: 200 }, events: [] });
  return { ...recordingChannel('whatsapp'), limits: [tier], receive, ...more };
}

function made(channel: Channel, more: Partial<DunningOptions> = {}): World {
  const one = world({ channels: [channel, recordingChannel('email')], ...more });
  one.clock.moveTo(now);
  return one;
}

function standing(more: Partial<SenderEvent>): SenderEvent {
  return { type: 'sender', provider: 'meta', key: JSON.stringify(more), sender: '1', event: 'x', ...more };
}

describe('a quota of 100 with 150 due', () => {
  it('lets the 100 of highest value out today, of two workers of which one dies in between; the rest carry the reason', async () => {
    const store = memoryStore();
    const amounts = Array.from({ length: 150 }, (_, n) => `${((n * 67) % 150) + 1}000.00`);
    const options = { store, dispatch: { rates: [{ channel: 'whatsapp', per: 'day', most: 100 } as const] } };
    const one = made(recordingChannel('whatsapp'), options);
    await one.dunning.sync(debtors(amounts));
    await one.dunning.review({ now });
    const sent: string[] = [];
    const worker = (dies = Number.POSITIVE_INFINITY) => {
      const whatsapp = recordingChannel('whatsapp');
      const answer = () => {
        // A process that dies in its calls: nobody hears of it again.
        if (whatsapp.sent.length > dies) return new Promise<never>(() => undefined);
        sent.push(whatsapp.sent.at(-1)?.account ?? '');
        return { outcome: 'accepted', providerId: `m${sent.length}` } as const;
      };
      whatsapp.answer(...Array.from({ length: 150 }, () => answer));
      return createDunning({
        ...documents,
        ...options,
        channels: [whatsapp, recordingChannel('email')],
        sender,
        ids: idSequence(`w${dies}`),
        clock: one.clock,
      });
    };
    one.clock.moveTo(now);
    void worker(30).dispatch({ now });
    await worker().dispatch({ now });
    // What the dead one had in its hands is claimed again, and what it called is unknown: its places stay taken.
    const later = now + 10 * minute;
    const tick = await worker().tick({ now: later });
    const rank = (id: string): number => Number.parseFloat(amounts[Number(id.slice(1))] ?? '0');
    const highest = amounts.map((_, n) => `a${n}`).sort((a, b) => rank(b) - rank(a));
    const unknown = (await all(one.dunning.unknown())).map(({ act }) => act.account);
    const out = new Set([...sent, ...unknown]);
    expect(sent).toHaveLength(new Set(sent).size);
    expect([sent.length, unknown.length]).toEqual([80, 8]);
    expect([...out].every((id) => highest.slice(0, 100).includes(id))).toBe(true);
    const left = await all(one.dunning.acts({ states: ['ready'] }));
    expect(left.length + out.size).toBe(150);
    for (const { result } of left)
      expect(result).toMatchObject({
        code: 'recobro:rate',
        limit: { counts: 'messages', per: 'day', most: 100 },
      });
    expect(tick.failed.filter(({ code }) => code === 'recobro:rate')).toEqual([]);
    // It can be asked of each of them, and they go out next, the most valuable first.
    const waits = left[0]?.act.account ?? '';
    const { next } = await one.dunning.nextAction(waits, { at: later });
    expect(next?.reason).toBe('recobro:rate');
    expect(next?.at).toBeGreaterThan(now + day);
    const { kept, text } = await one.dunning.explain(waits, { at: later });
    expect(kept).toMatchObject([{ reason: 'recobro:rate', until: next?.at, limit: { most: 100 } }]);
    expect(text).toContain('100 messages per day');
    const [forecast] = (await one.dunning.forecast(waits, { from: later, to: now + 3 * day, now: later }))
      .planned;
    expect(forecast?.at).toBe(next?.at);
  });
});

describe('a limit of people', () => {
  it('counts each address once, none in an open service window, and of the same account at the provider all tenants', async () => {
    const store = memoryStore();
    const whatsapp = limited({ account: 'portfolio 1' });
    const one = made(whatsapp, { store });
    // a0, a1 and a4 are the same person; a3 wrote this morning.
    const who = (n: number) => (n === 4 || n === 1 ? '+573011200000' : `+57301120000${n}`);
    await one.dunning.sync(debtors(['900.00', '800.00', '700.00', '600.00', '500.00', '400.00'], who));
    await one.dunning.take(
      'whatsapp',
      [
        {
          type: 'message',
          provider: 'meta',
          key: 'm1',
          providerId: 'm1',
          kind: 'reaction',
          at: now - minute,
          from: { address: who(3) },
          windowUntil: now + day - minute,
        },
      ],
      { now: now - minute },
    );
    const first = await one.dunning.tick({ now });
    expect(whatsapp.sent.map((message) => message.account).sort()).toEqual(['a0', 'a1', 'a2', 'a3', 'a4']);
    expect(first.waiting.find(({ account: id }) => id === 'a5')).toMatchObject({
      code: 'recobro:rate',
      reason: expect.stringContaining('2 people per day') as string,
      limit: { each: 'account', counts: 'people', most: 2 },
    });
    expect((await one.dunning.capacity({ now }))[0]).toMatchObject({
      ...{ each: 'account', channel: 'whatsapp', counts: 'people', most: 2, used: 2, free: 0 },
      until: now + day + 20 * minute,
    });
    // Another tenant has the same portfolio, and no room either.
    const other = one.dunning.for('u');
    await other.sync(debtors(['900.00'], () => '+573011299999'));
    expect((await other.tick({ now })).sent).toEqual([]);
    const apart = one.dunning.for('v', { channels: [limited(), recordingChannel('email')] });
    await apart.sync(debtors(['900.00'], () => '+573011299999'));
    expect((await apart.tick({ now })).sent).toHaveLength(1);
  });

  it('is never exceeded in any window, whatever steps workers take at the same time', async () => {
    const step = fc.record({
      worker: fc.nat(2),
      wait: fc.constantFrom(0, 0, 0, 15, 45, 50, 55, 900, 945, 950, 955, 1_000),
      what: fc.constantFrom<'allot' | 'begin' | 'drop' | 'giveBack'>(
        'allot',
        'allot',
        'begin',
        'begin',
        'drop',
        'giveBack',
      ),
      people: fc.array(fc.nat(5), { minLength: 1, maxLength: 4 }),
    });
    const property = fc.asyncProperty(
      fc.integer({ min: 1, max: 3 }),
      fc.array(step, { minLength: 20, maxLength: 60 }),
      async (most, steps) => {
        const store = memoryStore().shared ?? expect.unreachable('the memory store shares values');
        const limits = [{ each: 'tenant', counts: 'people', per: 'second', most } as const];
        const workers = [0, 1, 2].map(() => ({
          permits: new Permits(store, 't', limits),
          ready: [] as Limited[],
        }));
        const sent: { readonly at: number; readonly who: string }[] = [];
        const pending: Promise<unknown>[] = [];
        let time = 1_700_000_000_000;
        let next = 0;
        for (const { worker, wait, what, people } of steps) {
          time += wait;
          if (wait > 0) await Promise.all(pending.splice(0));
          const instant = time;
          const { permits, ready } = workers[worker] ?? expect.unreachable('there are three');
          if (what === 'allot') {
            const asked = people.map(
              (who): Limited => ({
                id: `${next++}`,
                account: 'a',
                channel: 'whatsapp',
                contact: 'c',
                address: `+5730112000${who}`,
              }),
            );
            pending.push(
              permits.allot(asked, instant).then((waiting) => {
                ready.push(...asked.filter(({ id }) => !waiting.has(id)));
              }),
            );
          } else if (what === 'giveBack') pending.push(permits.giveBack(instant));
          else
            for (const one of ready.splice(0, people.length)) {
              if (what === 'drop') permits.done(one.id, false);
              else
                pending.push(
                  permits.begin(one.id, instant).then((until) => {
                    permits.done(one.id, until === undefined);
                    if (until === undefined) sent.push({ at: instant, who: one.address ?? '' });
                  }),
                );
            }
        }
        await Promise.all(pending);
        for (const { at: from } of sent) {
          const within = sent.filter((one) => one.at >= from && one.at < from + 1_000);
          expect(new Set(within.map(({ who }) => who)).size).toBeLessThanOrEqual(most);
        }
      },
    );
    await fc.assert(property, { numRuns: 500 });
  });
});

describe('what waits for room', () => {
  it('is foreseen where more is planned for a day than may go out', async () => {
    const { dunning } = made(limited(), { dispatch: { rates: [{ channel: 'email', per: 'day', most: 1 }] } });
    await dunning.sync(debtors(['20.00', '10.00', '30.00']));
    const march = { from: '2026-02-01', to: '2026-02-28', now: at('02-01') };
    expect((await dunning.calendar(march)).crowded).toMatchObject([
      { on: '2026-02-06', channel: 'whatsapp', planned: 3, most: 2 },
      { on: '2026-02-13', channel: 'whatsapp', planned: 3, most: 2 },
    ]);
    expect(await dunning.calendar({ ...march, account: 'a0' })).not.toHaveProperty('crowded');
    const { dunning: two } = made(limited());
    await two.sync(debtors(['20.00', '10.00']));
    expect(await two.calendar(march)).not.toHaveProperty('crowded');
  });

  it('is told when its stage passes away in the meantime, and the next stage has its turn', async () => {
    const whatsapp = recordingChannel('whatsapp');
    const { dunning } = made(whatsapp, { dispatch: { rates: [{ per: 'day', most: 1 }] } });
    await dunning.sync(debtors(['20.00', '10.00']));
    await dunning.tick({ now });
    const kept = (await dunning.nextAction('a1', { at: now })).next;
    expect([kept?.stage, kept?.reason]).toEqual(['soft', 'recobro:rate']);
    const run = await dunning.tick({ now: at('02-14') });
    expect(run.skipped).toMatchObject([{ account: 'a1', stage: 'soft' }]);
    const history = await all(dunning.history('a1'));
    expect(history.filter(({ type }) => type === 'act.withdrawn')).toHaveLength(1);
    expect((await dunning.nextAction('a1', { at: at('02-14') })).next?.stage).toBe('firm');
  });

  it('never reaches Meta: its limits are kept before they are hit', async () => {
    const clock = virtualClock(now);
    const limits = { peoplePerDay: 5, perSecond: 2, pair: true } as const;
    await using meta = await startFakeWhatsapp({ clock, limits });
    const channel = whatsapp({
      phoneNumberId: '106540352242922',
      accessToken: 'token',
      templates: derivedTemplates(),
      limits: { perSecond: 2, peoplePerDay: 5 },
      baseUrl: meta.url,
    });
    const { dunning } = made(channel, { clock });
    await dunning.sync(debtors(Array.from({ length: 8 }, (_, n) => `${n + 1}0.00`)));
    const waits: unknown[] = [];
    for (let n = 0; n < 4; n++) {
      clock.moveTo(now + n * 1_100);
      const { waiting } = await dunning.tick({ now: clock.now() });
      waits.push(waiting.map(({ limit }) => limit?.counts));
    }
    expect(waits.at(-1)).toEqual([]);
    const left = await all(dunning.acts({ states: ['ready'] }));
    expect(left.map(({ result }) => result)).toMatchObject(
      Array.from({ length: 3 }, () => ({ limit: { counts: 'people', most: 5 } })),
    );
    expect(meta.requests.map(({ behaviour }) => behaviour)).toEqual(
      Array.from({ length: 5 }, () => 'accept'),
    );
  });
});

describe('what a provider tells of a sender', () => {
  const quiet = { ...standing({}), limit: undefined };

  it('changes its limit, up and down; what the host says counts as well, and the later word wins', async () => {
    const whatsapp = limited();
    const { dunning } = made(whatsapp);
    const most = async () => (await dunning.capacity({ now })).map((one) => [one.each, one.counts, one.most]);
    await dunning.take('whatsapp', [standing({ limit: 10_000, at: now - 2 })], { now });
    await dunning.tick({ now });
    expect(await most()).toEqual([['account', 'people', 10_000]]);
    await dunning.setCapacity({ channel: 'whatsapp', people: 250 }, { author: 'ana', now });
    expect(await most()).toEqual([['account', 'people', 250]]);
    await dunning.take('whatsapp', [standing({ limit: null, at: now - 1 })], { now });
    await dunning.tick({ now });
    expect(await most()).toEqual([['account', 'people', 250]]);
    await dunning.take('whatsapp', [standing({ limit: null, at: now + 1 })], { now: now + 1 });
    await dunning.tick({ now: now + 1 });
    expect(await most()).toEqual([]);
    for (const [what, refused] of [
      [{ channel: 'sms' }, { code: 'unknown_id', message: /; there are email, whatsapp$/ }],
      [
        { channel: 'whatsapp', sender: 'x' },
        { code: 'unknown_id', message: /no sender "x"; there are -$/ },
      ],
      [
        { channel: 'whatsapp', peple: 1 },
        { code: 'invalid_option', message: /what\.peple/ },
      ],
    ] as const)
      await expect(dunning.setCapacity(what as never, { author: 'ana' })).rejects.toMatchObject({
        ...refused,
        message: expect.stringMatching(refused.message) as string,
      });
    await expect(
      dunning.setCapacity({ channel: 'whatsapp', people: 0, perSecond: 1.5 }, { author: 'ana' }),
    ).rejects.toMatchObject({ problems: [{ path: 'what.people' }, { path: 'what.perSecond' }] });
  });

  it('halves what goes out when its quality is low, of an unknown limit too, and the most valuable go', async () => {
    const whatsapp = limited({
      limits: [
        { each: 'account', counts: 'people', per: 'day', most: 5 },
        { each: 'sender', per: 'second', most: 80 },
      ],
    });
    const { dunning } = made(whatsapp);
    await dunning.take('whatsapp', [{ ...quiet, quality: 'low', at: now }], { now });
    await dunning.sync(debtors(['10.00', '50.00', '20.00', '40.00']));
    expect((await dunning.tick({ now })).sent.map((entry) => entry.account).sort()).toEqual(['a1', 'a3']);
    const capacity = await dunning.capacity({ now });
    expect(capacity.map(({ most, quality }) => [most, quality])).toEqual([
      [40, 'low'],
      [2, undefined],
    ]);
    const { dunning: unknown } = made(limited({ limits: [] }), { dispatch: { quality: { low: 0.1 } } });
    expect(await unknown.capacity({ now })).toEqual([]);
    await unknown.setCapacity({ channel: 'whatsapp', quality: 'low' }, { author: 'ana', now });
    expect(await unknown.capacity({ now })).toMatchObject([{ each: 'sender', counts: 'people', most: 200 }]);
    expect(() => made(limited(), { dispatch: { quality: { low: 0, bad: 1 } as never } })).toThrow(/options/);
  });

  it('holds it back while it is restricted, until the end that is told, and not when it is reinstated', async () => {
    const whatsapp = limited();
    const { dunning } = made(whatsapp);
    const until = now + 3 * 60 * minute;
    const restricted = { usable: false, until, event: 'account_restriction', at: now } as const;
    await dunning.take('whatsapp', [standing(restricted)], { now });
    expect((await dunning.stuck({ now })).circuits.list).toMatchObject([
      { scope: 'account', code: 'whatsapp:account_restriction', until },
    ]);
    await dunning.take('whatsapp', [standing({ usable: true, at: now + minute })], { now: now + minute });
    await dunning.sync(debtors(['10.00']));
    expect((await dunning.tick({ now: now + minute })).sent).toHaveLength(1);
    expect(whatsapp.sent).toHaveLength(1);
  });
});

describe('several senders of a channel', () => {
  function senders(most: number, overflow?: 'never' | 'fresh' | 'always') {
    const of = () => limited({ limits: [{ each: 'sender', per: 'day', most }] });
    const [north, south] = [of(), of()];
    return { north, south, channel: rotating({ north, south }, { overflow }) };
  }
  const sentBy = (one: RecordingChannel): readonly string[] => one.sent.map((message) => message.to).sort();

  it('are used alike, and each person keeps its own, whatever becomes of the others', async () => {
    const { north, south, channel } = senders(100);
    const one = made(channel);
    // Numbers of which all say the same of whose turn it would be.
    const numbers = (n: number) => `+573011200${String(n < 5 ? 2 * n : 10 + 2 * n).padStart(3, '0')}`;
    await one.dunning.sync(
      debtors(
        Array.from({ length: 10 }, () => '10.00'),
        numbers,
      ),
    );
    await one.dunning.tick({ now });
    const [before, after] = [sentBy(north), sentBy(south)];
    expect([before.length, after.length]).toEqual([5, 5]);
    expect(north.sent[0]?.via).toBe('north');
    // A third one is there by the next stage, and nobody is moved to it.
    const third = limited({ limits: [] });
    const more = made(rotating({ third, north, south }), { store: one.store });
    north.reset();
    south.reset();
    await more.dunning.tick({ now: at('02-13') });
    expect([sentBy(north), sentBy(south), sentBy(third)]).toEqual([before, after, []]);
  });

  it('are one to a person whom several accounts know, from the first messages on', async () => {
    const { north, south, channel } = senders(100);
    const { dunning } = made(channel);
    const all = Array.from({ length: 6 }, () => '10.00');
    await dunning.sync(debtors(all, (n) => `+57301120000${Math.floor(n / 2)}`));
    await dunning.tick({ now });
    expect(sentBy(north).length + sentBy(south).length).toBe(6);
    expect(sentBy(north).filter((to) => sentBy(south).includes(to))).toEqual([]);
  });

  it('stand in for a full one as the host allows: for nobody, for whom nobody wrote to yet, or for all', async () => {
    const run = async (overflow: 'never' | 'fresh' | 'always') => {
      const { north, south, channel } = senders(1, overflow);
      const { dunning } = made(channel);
      // All of them wrote to the south, once, a while ago.
      await dunning.sync(debtors(['30.00', '20.00', '10.00']));
      const wrote = [0, 1].map((n) => ({
        type: 'message' as const,
        provider: 'meta',
        key: `m${n}`,
        providerId: `m${n}`,
        kind: 'reaction' as const,
        at: now - 2 * day,
        from: { address: `+57301120000${n}` },
        to: 'south',
      }));
      await dunning.take('whatsapp', wrote, { now: now - 2 * day });
      await dunning.tick({ now });
      return [north.sent.map((message) => message.account), south.sent.map((message) => message.account)];
    };
    expect(await run('always')).toEqual([['a1'], ['a0']]);
    expect(await run('fresh')).toEqual([['a2'], ['a0']]);
    const [north, south] = await run('never');
    expect(south).toEqual(['a0']);
    expect([[], ['a2']]).toContainEqual(north);
  });

  it('fail one by one: what one of them refuses as a sender concerns its own people alone', async () => {
    const { north, south, channel } = senders(100);
    north.answer(
      ...Array.from({ length: 9 }, () => ({ outcome: 'misconfigured', scope: 'sender', code: 'x' }) as const),
    );
    const { dunning } = made(channel, { dispatch: { parallel: 1 } });
    await dunning.sync(debtors(Array.from({ length: 10 }, () => '10.00')));
    await dunning.tick({ now });
    expect([north.sent.length, south.sent.length]).toEqual([1, 5]);
    expect((await dunning.stuck({ now })).circuits.list).toMatchObject([
      { scope: 'sender', names: ['north'] },
    ]);
  });

  it('are told of by what only one of them hears, and are checked', async () => {
    const { north, south } = senders(10);
    const heard =
      (events: readonly SenderEvent[]): Receive =>
      async () => ({ answer: { status: 200 }, events });
    const both = standing({ quality: 'medium' });
    const channel = rotating({
      north: { ...north, receive: heard([both, standing({ quality: 'low' })]) },
      south: { ...south, receive: heard([both]) },
    });
    const request = {
      method: 'POST',
      url: 'https://a.example/',
      header: () => undefined,
      body: new Uint8Array(),
    };
    const { events } = (await channel.receive?.(request, { now })) ?? expect.unreachable('it receives');
    expect(events).toMatchObject([both, { quality: 'low', via: 'north' }]);
    expect(events[0]).not.toHaveProperty('via');
    const { dunning } = made(channel);
    await dunning.take('whatsapp', events, { now });
    await dunning.tick({ now });
    const quality = (await dunning.capacity({ now })).map(({ sender: id, counts, most, quality }) => [
      id,
      counts,
      most,
      quality,
    ]);
    expect(quality).toEqual([
      ['north', 'messages', 5, 'low'],
      ['north', 'people', 1_000, 'low'],
      ['south', 'messages', 10, 'medium'],
    ]);
    expect(() =>
      rotating({ north, 'so/uth': recordingChannel('sms') }, { overflow: 'some' as never }),
    ).toThrow(
      expect.objectContaining({
        problems: [{ path: 'overflow' }, { path: 'so/uth' }, { path: 'so/uth' }].map(
          (one) => expect.objectContaining(one) as object,
        ),
      }),
    );
    expect(() => rotating({ north })).toThrow(/senders/);
  });
});
