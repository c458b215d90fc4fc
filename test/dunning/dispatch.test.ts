import { describe, expect, it, vi } from 'vitest';
import { RecobroError } from '../../src/errors.js';
import { memoryStore } from '../../src/stores/memory/index.js';
import type { Store } from '../../src/stores/store.js';
import { account, all, at, documents, invoice, payment, type World, world } from '../support/world.js';

async function started(changed: Parameters<typeof world>[0] = {}): Promise<World> {
  const made = world(changed);
  await made.dunning.sync({ accounts: [account], invoices: [invoice('F-1', '02-03')] });
  return made;
}

describe('outcomes', () => {
  it('retry later: the same act is tried again after the wait, and not before', async () => {
    const { dunning, whatsapp } = await started();
    whatsapp.answer({ outcome: 'retry', scope: 'pair', code: 'whatsapp:131056', after: 90_000 });
    const run = await dunning.tick({ now: at('02-06') });
    expect(run.failed).toMatchObject([{ code: 'whatsapp:131056', next: at('02-06') + 90_000 }]);
    expect((await dunning.tick({ now: at('02-06') + 89_999 })).sent).toEqual([]);
    expect((await dunning.tick({ now: at('02-06') + 90_000 })).sent).toHaveLength(1);
    expect(new Set(whatsapp.sent.map((one) => one.key)).size).toBe(1);
    expect(await all(dunning.acts())).toMatchObject([{ state: 'accepted', attempts: 2 }]);
  });

  it('gives up after the last wait and goes to the next channel', async () => {
    const { dunning, whatsapp, email } = await started();
    whatsapp.answer(
      ...Array.from({ length: 7 }, () => ({ outcome: 'retry', scope: 'sender', code: 'http:503' }) as const),
    );
    for (const hours of [0, 1, 2, 3, 4, 24, 25, 48, 49]) {
      const now = at('02-06', '10:00') + hours * 3_600_000;
      await dunning.tick({ now });
      await dunning.tick({ now: now + 600_000 });
    }
    expect(whatsapp.sent).toHaveLength(7);
    expect(email.sent.map((one) => one.key)).toEqual(['robles/ladder/F-1#1/soft.1@billing.1']);
  });

  it('refused: falls back to the next channel once, and an unusable address is not tried again', async () => {
    const { dunning, whatsapp, email } = await started();
    whatsapp.answer({
      outcome: 'refused',
      scope: 'recipient',
      code: 'whatsapp:131026',
      addressUnusable: true,
    });
    const run = await dunning.tick({ now: at('02-06') });
    expect(run.failed).toMatchObject([{ code: 'whatsapp:131026' }]);
    expect(run.sent).toMatchObject([{ channel: 'email', stage: 'soft' }]);
    expect(email.sent[0]?.content).toMatchObject({ kind: 'email' });
    await dunning.tick({ now: at('02-13') });
    expect([whatsapp.sent.length, email.sent.length]).toEqual([1, 2]);
  });

  it('raises one task when nobody can be reached, and goes on when an address appears', async () => {
    const { dunning, whatsapp, email } = await started();
    whatsapp.answer({ outcome: 'refused', scope: 'recipient', code: 'x', addressUnusable: true });
    email.answer({ outcome: 'refused', scope: 'recipient', code: 'y', addressUnusable: true });
    const run = await dunning.tick({ now: at('02-06') });
    expect(run.tasks).toMatchObject([{ code: 'find-contact' }]);
    const stuck = await dunning.explain('robles', { at: at('02-06') });
    expect(stuck.text).toContain('WhatsApp: no such number there; Email: the address bounced');
    expect((await dunning.tick({ now: at('02-07') })).tasks).toEqual([]);
    const [contact] = account.contacts;
    await dunning.sync({
      accounts: [{ ...account, contacts: [{ ...contact!, email: 'new@robles.example' }] }],
    });
    const later = await dunning.tick({ now: at('02-08') });
    expect(later.sent).toMatchObject([{ channel: 'email' }]);
    expect(email.sent.at(-1)?.to).toBe('new@robles.example');
  });

  it('opted out: that channel is left alone until the person consents anew', async () => {
    const { dunning, whatsapp, email } = await started();
    whatsapp.answer({ outcome: 'refused', scope: 'pair', code: 'whatsapp:131050', optedOut: true });
    await dunning.tick({ now: at('02-06') });
    expect([whatsapp.sent.length, email.sent.length]).toEqual([1, 1]);
    const [contact] = account.contacts;
    const granted = { whatsapp: { state: 'granted' as const, at: '2026-02-09T10:00:00-05:00' } };
    await dunning.sync({ accounts: [{ ...account, contacts: [{ ...contact!, consent: granted }] }] });
    const run = await dunning.tick({ now: at('02-13') });
    expect(run.sent).toMatchObject([{ channel: 'whatsapp', stage: 'firm' }]);
  });

  it('blames the message, not the contact, when a variable has no value', async () => {
    const [soft, ...rest] = documents.messages.messages;
    const text = {
      en: { email: { subject: 'soft {{amount}}', body: 'Dear {{contact.name}}, pay: {{pay}}' } },
    };
    const messages = { ...documents.messages, messages: [{ ...soft!, text }, ...rest] };
    const { dunning, email } = await started({
      messages,
      sender: { name: 'Acme', phone: '+57 601 555 0100' },
    });
    const run = await dunning.tick({ now: at('02-06') });
    expect(run.failed).toMatchObject([
      { code: 'recobro:empty_variable', reason: expect.stringContaining('sender.pay') },
    ]);
    expect(run.tasks).toMatchObject([{ code: 'fix-message' }]);
    expect(email.sent).toEqual([]);
  });

  it('passes over a channel for which the message has no text, and takes a language that there is', async () => {
    const [soft, ...rest] = documents.messages.messages;
    const { email: text } = soft!.text.en!;
    const messages = {
      ...documents.messages,
      messages: [{ ...soft!, text: { pt: { email: text } } }, ...rest],
    };
    const { dunning, whatsapp, email } = await started({ messages });
    const run = await dunning.tick({ now: at('02-06') });
    expect([run.failed, whatsapp.sent.length, email.sent.length]).toEqual([[], 0, 1]);
    expect(email.sent[0]?.language).toBe('pt');
  });

  it('misconfigured: told as such, and the message goes another way', async () => {
    const { dunning, whatsapp } = await started();
    whatsapp.answer({ outcome: 'misconfigured', scope: 'account', code: 'whatsapp:190' });
    const run = await dunning.tick({ now: at('02-06') });
    expect(run.failed).toMatchObject([
      { code: 'whatsapp:190', reason: expect.stringContaining('not set up') },
    ]);
    expect(run.sent).toMatchObject([{ channel: 'email' }]);
  });

  it('unknown: parked, rests its case, and is settled by a person', async () => {
    const { dunning, whatsapp, email } = await started();
    whatsapp.answer({ outcome: 'unknown', code: 'whatsapp:timeout' });
    await dunning.tick({ now: at('02-06') });
    await dunning.tick({ now: at('02-20') });
    expect([whatsapp.sent.length, email.sent.length]).toEqual([1, 0]);
    expect((await dunning.explain('robles', { at: at('02-20') })).items).toMatchObject([
      { reason: 'act_unknown' },
    ]);
    const [parked] = await all(dunning.acts({ states: ['unknown'] }));
    await dunning.resolve(parked!.act.id, 'sent', { author: 'ana', now: at('02-20') });
    await expect(dunning.resolve(parked!.act.id, 'sent', { author: 'ana' })).rejects.toMatchObject({
      code: 'impossible_state',
    });
    const run = await dunning.tick({ now: at('02-20') });
    expect(run.sent).toMatchObject([{ stage: 'firm' }]);
  });

  it('unknown and not sent: planned anew under a new id', async () => {
    const { dunning, whatsapp } = await started();
    whatsapp.answer({ outcome: 'unknown', code: 'whatsapp:timeout' });
    await dunning.tick({ now: at('02-06') });
    await dunning.resolve('robles/ladder/F-1#1/soft.1@billing.0', 'not-sent', {
      author: 'ana',
      now: at('02-06'),
    });
    const run = await dunning.tick({ now: at('02-06', '11:00') });
    expect(run.sent).toMatchObject([{ stage: 'soft', act: 'robles/ladder/F-1#1/soft.1@billing.0!1' }]);
    expect(whatsapp.sent).toHaveLength(2);
  });

  it('resolved by one of two words and by somebody, or not at all', async () => {
    const { dunning, whatsapp } = await started();
    whatsapp.answer({ outcome: 'unknown', code: 'whatsapp:timeout' });
    await dunning.tick({ now: at('02-06') });
    const id = 'robles/ladder/F-1#1/soft.1@billing.0';
    const invalid = { code: 'invalid_option' };
    const word = 'delivered' as 'sent';
    await expect(dunning.resolve(id, word, { author: 'ana' })).rejects.toMatchObject(invalid);
    await expect(dunning.resolve(id, 'sent', { author: ' ' })).rejects.toMatchObject(invalid);
    await expect(dunning.complete(id, { author: '' })).rejects.toMatchObject(invalid);
    await expect(dunning.complete(id, { author: 'ana' })).rejects.toMatchObject({ code: 'impossible_state' });
    expect(await all(dunning.acts())).toMatchObject([{ state: 'unknown' }]);
  });

  it.each([undefined, null, {}, { outcome: 'sent' }])(
    'an adapter that answers %j may have sent: unknown',
    async (answer) => {
      const { dunning, whatsapp } = await started();
      whatsapp.answer(() => answer as never);
      const run = await dunning.tick({ now: at('02-06') });
      expect(run.failed).toMatchObject([{ code: 'whatsapp:adapter_answer' }]);
      expect(await all(dunning.acts())).toMatchObject([{ state: 'unknown' }]);
    },
  );

  it.each<object>([
    { outcome: 'refused', scope: 'recipient', code: 'no such number +573001112233' },
    { outcome: 'refused', scope: 'recipient', code: 'x:+573001112233' },
    { outcome: 'misconfigured', scope: 'account', code: 'x:ana@robles.example' },
    { outcome: 'refused', code: { secret: 'ana' } },
    { outcome: 'retry', scope: 'planet', code: null, after: 'soon' },
    { outcome: 'unknown', code: 'x\0' },
  ])('what is no word of the port does not stand in the log: %j', async (answer) => {
    const { dunning, whatsapp } = await started();
    whatsapp.answer(() => answer as never);
    const run = await dunning.tick({ now: at('02-06') });
    expect(run.failed).toMatchObject([{ code: 'whatsapp:adapter_code' }]);
    const [first] = await all(dunning.acts());
    expect(first?.result).toMatchObject({ code: 'whatsapp:adapter_code' });
    const told = (await all(dunning.history('robles'))).filter(({ type }) => /^act\.(?!planned)/.test(type));
    expect(JSON.stringify(told.map(({ data }) => Object.assign({}, data, { address: '' })))).not.toMatch(
      /11122|ana|planet/,
    );
  });

  it('a wait that is no number is taken for none', async () => {
    const { dunning, whatsapp } = await started();
    whatsapp.answer({ outcome: 'retry', scope: 'pair', code: 'x', after: Number.NaN });
    await dunning.tick({ now: at('02-06') });
    expect(await all(dunning.acts())).toMatchObject([{ state: 'ready', notBefore: at('02-06') + 60_000 }]);
  });

  it('an adapter that throws may have sent: unknown', async () => {
    const { dunning, whatsapp } = await started();
    whatsapp.answer(() => {
      throw new TypeError('+573001112233 is private');
    });
    const run = await dunning.tick({ now: at('02-06') });
    expect(run.failed).toMatchObject([{ code: 'whatsapp:adapter_threw:TypeError' }]);
    expect(JSON.stringify(await all(dunning.history('robles')))).not.toContain('is private');
  });
});

describe('asked again at the last moment', () => {
  const cases: [string, Parameters<World['dunning']['sync']>[0], string][] = [
    ['paid', { payments: [payment('P-1', 'F-1', '02-06')] }, 'settled'],
    [
      'held',
      { holds: [{ id: 'H-1', account: 'robles', reason: 'query', author: 'ana', from: '2026-02-06' }] },
      'hold',
    ],
    ['voided', { invoices: [{ ...invoice('F-1', '02-03'), status: 'void' }] }, 'void'],
    ['part paid', { payments: [payment('P-1', 'F-1', '02-06', '1.00')] }, 'changed'],
    ['joined by a new invoice', { invoices: [invoice('F-2', '02-02')] }, 'changed'],
    [
      'promised',
      { promises: [{ id: 'PR-1', account: 'robles', invoice: 'F-1', date: '2026-02-10', source: 'debtor' }] },
      'promise',
    ],
    [
      'disputed',
      { disputes: [{ id: 'D-1', account: 'robles', invoice: 'F-1', reason: 'quality', author: 'ana' }] },
      'dispute',
    ],
    [
      'without consent now, by another channel',
      {
        accounts: [
          {
            ...account,
            contacts: [
              {
                ...account.contacts[0]!,
                consent: { whatsapp: { state: 'withdrawn', at: '2026-02-06T10:00:00-05:00' } },
              },
            ],
          },
        ],
      },
      'changed',
    ],
  ];
  it.each(cases)('%s: nothing stale goes out', async (_, facts, reason) => {
    const { dunning, whatsapp } = await started();
    await dunning.review({ now: at('02-06') });
    await dunning.sync(facts, { now: at('02-06') });
    const done = await dunning.dispatch({ now: at('02-06') });
    expect(done).toMatchObject([{ outcome: 'skipped', code: reason }]);
    expect(whatsapp.sent).toEqual([]);
    expect(await all(dunning.acts())).toMatchObject([{ state: 'withdrawn', result: { reason } }]);
  });

  it('part paid: planned anew with the right amount in the same run', async () => {
    const { dunning, whatsapp } = await started();
    await dunning.review({ now: at('02-06') });
    await dunning.sync({ payments: [payment('P-1', 'F-1', '02-06', '400.00')] });
    const run = await dunning.tick({ now: at('02-06') });
    expect(run.skipped).toMatchObject([{ code: 'changed' }]);
    expect(run.sent).toMatchObject([{ amounts: ['600.00 COP'] }]);
    expect(whatsapp.sent).toHaveLength(1);
  });

  it('tried again a day later: the text counts the days anew', async () => {
    const messages = {
      ...documents.messages,
      messages: documents.messages.messages.map((one) =>
        one.id === 'soft'
          ? {
              ...one,
              text: {
                en: {
                  ...one.text.en,
                  whatsapp: { one: 'Late by {{days.overdue}}, please pay.', many: 'Please pay.' },
                },
              },
            }
          : one,
      ),
    };
    const { dunning, whatsapp } = await started({ messages });
    whatsapp.answer({ outcome: 'retry', scope: 'sender', code: 'x', after: 24 * 3_600_000 });
    await dunning.tick({ now: at('02-06') });
    await dunning.tick({ now: at('02-07') });
    expect(whatsapp.sent.map((one) => one.content)).toMatchObject([
      { text: 'Late by 3 days, please pay.' },
      { text: 'Late by 4 days, please pay.' },
    ]);
  });

  it('outside the hours by then: taken back and sent the next morning', async () => {
    const { dunning } = await started();
    await dunning.review({ now: at('02-06', '17:59') });
    expect(await dunning.dispatch({ now: at('02-06', '18:00') })).toMatchObject([
      { outcome: 'skipped', code: 'window' },
    ]);
    expect((await dunning.tick({ now: at('02-07', '09:00') })).sent).toHaveLength(1);
  });

  it('a payment booked between the check and the word "sending" wins', async () => {
    const inner = memoryStore();
    let pay: (() => Promise<unknown>) | undefined;
    const store: Store = {
      ...inner,
      commit: async (changes, options) => {
        const sending = changes.some((change) =>
          change.acts.some((act) => act.op === 'move' && act.to === 'sending'),
        );
        if (sending && pay !== undefined) {
          const first = pay;
          pay = undefined;
          await first();
        }
        return inner.commit(changes, options);
      },
    };
    const { dunning, whatsapp } = await started({ store });
    // In another process: within this one commits of one account wait for each other.
    const other = world({ store: inner });
    pay = () => other.dunning.sync({ payments: [payment('P-1', 'F-1', '02-06')] });
    const run = await dunning.tick({ now: at('02-06') });
    expect(run.skipped).toMatchObject([{ code: 'settled' }]);
    expect(whatsapp.sent.map((one) => one.message)).toEqual(['thanks']);
  });
});

describe('crashes and races', () => {
  /** A process that dies right before or right after its n-th commit. */
  function dying(inner: Store, before: boolean, at: number): Store {
    let commits = 0;
    return {
      ...inner,
      commit: async (changes, options) => {
        commits++;
        if (commits > at || (before && commits === at)) throw new RecobroError('store_failed', 'killed');
        const outcomes = await inner.commit(changes, options);
        if (commits === at) throw new RecobroError('store_failed', 'killed');
        return outcomes;
      },
    };
  }

  it('killed at any commit: each message is sent once or shown as unknown, and none is lost', async () => {
    let crashes = 0;
    // One after the other each commit is one act's; side by side they share commits.
    const cases = [true, false].flatMap((before) => [1, 8].map((parallel) => ({ before, parallel })));
    for (const { before, parallel } of cases) {
      for (let n = 1; n < 12; n++) {
        const inner = memoryStore();
        const { dunning } = world({ store: inner });
        const accounts = ['a', 'b', 'c'].map((id) => ({ ...account, id }));
        const invoices = accounts.map((one) => ({ ...invoice(`F-${one.id}`, '02-03'), account: one.id }));
        await dunning.sync({ accounts, invoices });
        const dead = world({ store: dying(inner, before, n), dispatch: { parallel } });
        await dead.dunning.tick({ now: at('02-06') }).catch((error: unknown) => {
          expect(error).toMatchObject({ code: 'store_failed' });
          crashes++;
        });
        const restarted = world({ store: inner });
        // Past every lease, still on the same day and within the hours.
        await restarted.dunning.tick({ now: at('02-06', '16:00') });
        const keys = [...dead.whatsapp.sent, ...restarted.whatsapp.sent].map((one) => one.key);
        expect(new Set(keys).size).toBe(keys.length);
        const acts = await all(restarted.dunning.acts());
        const sent = acts.filter((one) => one.state === 'accepted').length;
        const unknown = acts.filter((one) => one.state === 'unknown').length;
        expect(sent + unknown).toBe(3);
        expect(acts.every((one) => one.state === 'accepted' || one.state === 'unknown')).toBe(true);
        expect(keys.length).toBeGreaterThanOrEqual(sent);
      }
    }
    expect(crashes).toBeGreaterThan(10);
  });

  it('an answer that comes after its lease settles the act that was parked meanwhile', async () => {
    const { dunning, whatsapp, store } = await started();
    const other = world({ store });
    const parked: unknown[] = [];
    whatsapp.answer(async () => {
      parked.push(...(await other.dunning.tick({ now: at('02-06', '10:06') })).failed);
      return { outcome: 'accepted', providerId: 'late' };
    });
    const run = await dunning.tick({ now: at('02-06') });
    expect(parked).toMatchObject([{ code: 'recobro:worker_lost' }]);
    expect(run.sent).toHaveLength(1);
    expect(await all(dunning.acts())).toMatchObject([{ state: 'accepted', result: { providerId: 'late' } }]);
    expect(whatsapp.sent.length + other.whatsapp.sent.length).toBe(1);
  });

  it('what comes of a call is of the day of the call', async () => {
    let now = at('02-06', '17:59');
    const { dunning, whatsapp } = await started({ clock: { now: () => now } });
    whatsapp.answer(() => {
      now = at('02-07', '00:01');
      return { outcome: 'accepted', providerId: 'slow' };
    });
    await dunning.tick();
    expect((await all(dunning.history('robles'))).at(-1)).toMatchObject({ data: { on: '2026-02-06' } });
  });

  it('many messages of one account do not get into each other’s way', async () => {
    const inner = memoryStore();
    let lost = 0;
    const store: Store = {
      ...inner,
      commit: async (changes, options) => {
        const outcomes = await inner.commit(changes, options);
        lost += outcomes.filter((one) => !one.ok).length;
        return outcomes;
      },
    };
    const [policy] = documents.policies;
    const { dunning, whatsapp } = world({ store, policies: [{ ...policy!, message: { by: 'invoice' } }] });
    const invoices = Array.from({ length: 30 }, (_, index) => invoice(`F-${index}`, '02-03'));
    await dunning.sync({ accounts: [account], invoices });
    expect((await dunning.tick({ now: at('02-06') })).sent).toHaveLength(30);
    expect([whatsapp.sent.length, lost]).toEqual([30, 0]);
  });

  it('awaits and records the calls in flight before a failure of the store comes out', async () => {
    const inner = memoryStore();
    let down = false;
    const store: Store = {
      ...inner,
      commit: async (changes, options) => {
        if (down && changes.some((change) => change.account === 'a0'))
          throw new RecobroError('store_failed', 'x');
        return inner.commit(changes, options);
      },
    };
    const { dunning, whatsapp } = world({ store });
    const accounts = Array.from({ length: 4 }, (_, index) => ({ ...account, id: `a${index}` }));
    const invoices = accounts.map((one) => ({ ...invoice(`F-${one.id}`, '02-03'), account: one.id }));
    await dunning.sync({ accounts, invoices });
    await dunning.review({ now: at('02-06') });
    down = true;
    let answer = (): void => {};
    const answered = new Promise<void>((resolve) => {
      answer = resolve;
    });
    whatsapp.answer(
      ...Array.from({ length: 3 }, () => async () => {
        await answered;
        return { outcome: 'accepted' as const, providerId: 'x' };
      }),
    );
    let over = false;
    const run = dunning.dispatch({ now: at('02-06') }).catch((error: unknown) => {
      over = true;
      return error;
    });
    await vi.waitFor(() => expect(whatsapp.sent).toHaveLength(3));
    expect(over).toBe(false);
    answer();
    expect(await run).toMatchObject({ code: 'store_failed' });
    const states = (await all(dunning.acts())).map((one) => one.state);
    expect(states).toEqual(['claimed', 'accepted', 'accepted', 'accepted']);
  });

  it('an act that cannot be dealt with is reported and stops no other', async () => {
    const { dunning, store, whatsapp } = world();
    const accounts = ['a', 'b'].map((id) => ({ ...account, id }));
    const invoices = accounts.map((one) => ({ ...invoice(`F-${one.id}`, '02-03'), account: one.id }));
    await dunning.sync({ accounts, invoices });
    await dunning.review({ now: at('02-06') });
    const [file] = await store.load('default', ['a']);
    const broken = { header: { format: 99 }, put: new Map(), remove: [] };
    await store.commit([
      { tenant: 'default', account: 'a', expected: file!.version, file: broken, events: [], acts: [] },
    ]);
    const run = await dunning.tick({ now: at('02-06') });
    expect(run.failed).toMatchObject([{ account: 'a', code: 'impossible_state' }]);
    expect(whatsapp.sent.map((one) => one.account)).toEqual(['b']);
  });

  it('stops between messages when asked to, and loses none', async () => {
    const { dunning, whatsapp, store } = world();
    const accounts = Array.from({ length: 30 }, (_, index) => ({ ...account, id: `a${index}` }));
    await dunning.sync({
      accounts,
      invoices: accounts.map((one) => ({ ...invoice(`F-${one.id}`, '02-03'), account: one.id })),
    });
    const stop = new AbortController();
    whatsapp.answer(() => {
      stop.abort();
      return { outcome: 'accepted', providerId: 'first' };
    });
    await expect(dunning.tick({ now: at('02-06'), signal: stop.signal })).rejects.toThrow();
    expect(whatsapp.sent.length).toBeLessThan(30);
    const again = world({ store });
    await again.dunning.tick({ now: at('02-06', '10:02') });
    expect(whatsapp.sent.length + again.whatsapp.sent.length).toBe(30);
  });

  it('ten concurrent runs send each message once', async () => {
    const store = memoryStore();
    const worlds = Array.from({ length: 10 }, () => world({ store }));
    const accounts = Array.from({ length: 20 }, (_, index) => ({ ...account, id: `a${index}` }));
    await worlds[0]!.dunning.sync({
      accounts,
      invoices: accounts.map((one) => ({ ...invoice(`F-${one.id}`, '02-03'), account: one.id })),
    });
    await Promise.all(worlds.map((one) => one.dunning.tick({ now: at('02-06') })));
    const keys = worlds.flatMap((one) => one.whatsapp.sent.map((message) => message.key));
    expect(keys).toHaveLength(20);
    expect(new Set(keys).size).toBe(20);
  });
});
