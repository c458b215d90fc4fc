import { describe, expect, it } from 'vitest';
import { callbackKey } from '../../../src/channels/callback-key.js';
import type { InboundMessage, Party } from '../../../src/channels/inbound.js';
import { memoryStore } from '../../../src/stores/memory/index.js';
import type { Store } from '../../../src/stores/store.js';
import { account, all, at, invoice } from '../../support/world.js';
import { house, reminded, status, text, types } from './house.js';

const by = { author: 'ana' };

/** Everything that the store holds of the log, as text. */
async function logOf(store: Store): Promise<string> {
  return JSON.stringify(await all(store.events('default', {})));
}

function message(
  key: string,
  words: string,
  more: { readonly at?: number; readonly from?: Party } = {},
): InboundMessage {
  const from = { address: '+573001112233' };
  return {
    type: 'message',
    provider: 'test',
    key,
    kind: 'text',
    providerId: key,
    from,
    text: words,
    ...more,
  };
}

describe('people who were erased', () => {
  it('leave no word of what they wrote in the log, and the chain still holds', async () => {
    const made = await house();
    await reminded(made);
    await made.hook(text('Nothing that names me: 8137'));
    await made.hook(text('Ya pagamos ayer 8138'));
    expect(await logOf(made.store)).toContain('8137');
    await made.dunning.erase({ account: 'robles', contact: 'billing', force: true }, by);
    const log = await logOf(made.store);
    expect([log.includes('8137'), log.includes('8138')]).toEqual([false, false]);
    await made.dunning.seal();
    expect(await made.dunning.verify()).toMatchObject({ ok: true });
    expect((await made.dunning.conversation('robles')).filter((one) => one.direction === 'in')).toHaveLength(
      2,
    );
  });

  it('keep what others of the account wrote', async () => {
    const made = await house();
    const other = {
      ...account.contacts[0],
      id: 'other',
      role: 'manager',
      name: 'Eva',
      phone: '+573009998877',
    };
    await made.dunning.sync({ accounts: [{ ...account, contacts: [...account.contacts, other] }] } as never);
    await reminded(made);
    await made.hook(text('from the other one', { from: '573009998877' }));
    await made.dunning.erase({ account: 'robles', contact: 'billing', force: true }, by);
    expect(await logOf(made.store)).toContain('from the other one');
    // Who is still there is still found.
    await made.hook(text('again from the other one', { from: '573009998877' }));
    expect(await logOf(made.store)).toContain('again from the other one');
  });

  it('are not known any more by their address, a provider’s id of them, or what was sent to them', async () => {
    const strangers: unknown[] = [];
    const made = await house({ conversation: { onStranger: (who) => strangers.push(who.key) } });
    await reminded(made);
    await made.hook(text('Hello there', { from_user_id: 'CO.1' }));
    await made.dunning.erase({ account: 'robles', contact: 'billing', force: true }, by);
    expect(await made.store.references?.list('default', 'robles')).toEqual([]);
    await made.hook(text('secret one'));
    await made.hook(text('secret two', { from_user_id: 'CO.1' }));
    await made.hook(text('secret three', { context: { id: 'whatsapp-1' } }));
    expect(strangers).toHaveLength(3);
    expect(await logOf(made.store)).not.toContain('secret');
  });

  it.each([{}, { contact: 'billing' }])('leave nothing in the inbox that they wrote: %o', async (whom) => {
    const made = await house();
    await reminded(made);
    // Taken in while nothing led to them yet; somebody else's waits beside it.
    const { references, inbox } = made.store;
    await made.hook(text('Hello there', { from_user_id: 'CO.1' }));
    const known = await references?.list('default', 'robles');
    await references?.remove('default', 'robles');
    await made.hook(text('of the number'));
    const { from: _, ...hidden } = message('h', 'of the hidden number');
    await made.dunning.take('whatsapp', [{ ...hidden, from: { userId: 'CO.1' } }]);
    await made.dunning.take('whatsapp', [message('o', 'of others', { from: { address: '+573009998877' } })]);
    await made.dunning.tick({ now: made.clock.now() });
    await references?.put('default', known ?? []);
    expect(await inbox?.waiting('default')).toMatchObject({ count: 3 });
    await made.dunning.erase({ account: 'robles', ...whom, force: true }, by);
    expect(await inbox?.waiting('default')).toMatchObject({ count: 1 });
    // Strangers are reached by what was told of them.
    expect(await made.dunning.eraseStranger({ address: '+573001112233' })).toBe(0);
    expect(await made.dunning.eraseStranger({ address: '+573009998877' })).toBe(1);
    expect(await inbox?.waiting('default')).toEqual({ count: 0 });
    await expect(made.dunning.eraseStranger({})).rejects.toMatchObject({ code: 'invalid_option' });
  });

  it('leave nothing in the inbox either where no reference ever led to them', async () => {
    const made = await house();
    await reminded(made);
    await made.store.references?.remove('default', 'robles');
    await made.hook(text('of the number'));
    await made.dunning.erase({ account: 'robles', contact: 'billing', force: true }, by);
    expect(await made.store.inbox?.waiting('default')).toEqual({ count: 0 });
  });

  it('of whom somebody else is known still are heard there', async () => {
    const made = await house();
    await made.dunning.sync({
      accounts: [{ id: 'sur', name: 'Sur SA', contacts: [{ id: 'c', ...account.contacts[0] }] }],
    } as never);
    await reminded(made);
    const { references } = made.store;
    const leads = [
      ...((await references?.list('default', 'robles')) ?? []),
      ...((await references?.list('default', 'sur')) ?? []),
    ];
    for (const id of ['robles', 'sur']) await references?.remove('default', id);
    await made.hook(text('waits for the other account'));
    await references?.put('default', leads);
    await made.dunning.erase({ account: 'robles', contact: 'billing', force: true }, by);
    await made.hook(text('for the other account'));
    made.clock.advance(86_400_000);
    await made.dunning.tick({ now: made.clock.now() });
    expect(await made.store.inbox?.waiting('default')).toEqual({ count: 0 });
    const log = await logOf(made.store);
    expect([log.includes('"for the other'), log.includes('waits for the other')]).toEqual([true, true]);
  });
});

describe('what comes in', () => {
  it('is worked on once by workers that run at the same time', async () => {
    const store = memoryStore();
    const one = await house({ store });
    await reminded(one);
    const two = one.dunning.for('default');
    await one.dunning.take('whatsapp', [message('a', 'Ya pagamos ayer'), message('b', 'hola')]);
    await two.take('whatsapp', [message('a', 'Ya pagamos ayer'), message('b', 'hola')]);
    await Promise.all([one.dunning.tick({ now: one.clock.now() }), two.tick({ now: one.clock.now() })]);
    const known = await types(one);
    expect(known.filter((type) => type === 'message.received')).toHaveLength(2);
    expect(known.filter((type) => type === 'unbooked.upserted')).toHaveLength(1);
    expect(await store.inbox?.waiting('default')).toEqual({ count: 0 });
  });

  it('stays with the account it was taken in by, though another was written to meanwhile', async () => {
    // Without an inbox nothing but the log says that it was taken in.
    const { inbox: _, ...bare } = memoryStore();
    const made = await house({ store: bare as Store });
    const phone = '+573005550000';
    const contacts = [
      { id: 'c', role: 'billing', name: 'Eva', phone, consent: { whatsapp: 'granted' as const } },
    ];
    await made.dunning.sync({
      accounts: [
        { id: 'norte', name: 'Norte', contacts },
        { id: 'oeste', name: 'Oeste', contacts },
      ],
    });
    const told = message('m1', 'hola', { from: { address: phone } });
    await made.dunning.take('whatsapp', [told]);
    await made.dunning.record({ account: 'oeste', channel: 'whatsapp', contact: 'c' }, { ...by });
    await made.dunning.take('whatsapp', [told]);
    const received = async (id: string) =>
      (await all(made.dunning.history(id))).filter(({ type }) => type === 'message.received').length;
    expect([await received('norte'), await received('oeste')]).toEqual([1, 0]);
  });

  it('is of another tenant’s person only there', async () => {
    const made = await house();
    await reminded(made);
    const other = made.dunning.for('other');
    await other.take('whatsapp', [message('x', 'STOP')]);
    await other.tick({ now: made.clock.now() });
    expect(await types(made)).not.toContain('consent.heard');
    expect(await made.store.inbox?.waiting('other')).toMatchObject({ count: 1 });
  });

  it('of another tenant’s message is none of this one’s, though both call their acts the same', async () => {
    const made = await house();
    const act = await reminded(made);
    const other = made.dunning.for('other');
    await other.sync({ accounts: [account], invoices: [invoice('F-1042', '02-03')] });
    await other.tick({ now: at('02-06') });
    expect(made.whatsapp.sent.map((one) => [one.tenant, one.key])).toEqual([
      ['default', act],
      ['other', act],
    ]);
    const failed = { errors: [{ code: 131026 }], id: 'whatsapp-2' };
    await made.hook(status(act, 'failed', failed));
    expect(await types(made)).not.toContain('act.failed');
    // That of its own is.
    await made.hook(status(act, 'failed', { ...failed, id: 'whatsapp-1' }));
    expect(await types(made)).toContain('act.failed');
  });

  it.each(['meta', 'twilio', 'sendgrid', 'postmark', 'resend'])(
    'of another tenant’s message settles nothing here, though nobody knows whether it went out: %s',
    async (provider) => {
      const made = await house();
      made.whatsapp.answer({ outcome: 'unknown', code: 'http:timeout' });
      const act = await reminded(made);
      const take = async (tenant: string): Promise<void> => {
        const correlation = callbackKey({ tenant, key: act });
        const base = { type: 'status', provider, status: 'sent', providerId: 'p1' } as const;
        await made.dunning.take('whatsapp', [{ ...base, key: tenant, correlation }]);
        await made.dunning.tick({ now: made.clock.now() });
      };
      await take('other');
      expect(await all(made.dunning.unknown())).toHaveLength(1);
      expect(await made.store.inbox?.waiting('default')).toEqual({ count: 0 });
      await take('default');
      expect(await all(made.dunning.unknown())).toEqual([]);
    },
  );

  it('from a clock that is far off counts as of now, so that stop is stop', async () => {
    const made = await house();
    await reminded(made);
    await made.dunning.take('whatsapp', [message('x', 'STOP', { at: 0 })]);
    await made.dunning.tick({ now: made.clock.now() });
    const heard = (await all(made.dunning.history('robles'))).filter(({ type }) => type === 'consent.heard');
    expect(heard.map((one) => one.at)).toEqual([made.clock.now(), made.clock.now()]);
  });

  it('can be replayed: what it led to is decided again, byte for byte', async () => {
    const made = await house();
    const act = await reminded(made);
    await made.hook(text('Ya pagamos ayer'));
    await made.hook(text('We will pay on Friday 20 February'));
    await made.hook(text('I do not recognise F-1042', { context: { id: 'whatsapp-1' } }));
    await made.dunning.take('whatsapp', [
      {
        type: 'status',
        key: 's',
        status: 'failed',
        correlation: callbackKey({ tenant: 'default', key: act }),
        failure: { code: 'x', scope: 'message' },
      },
    ] as never);
    await made.hook(text('STOP'));
    made.clock.moveTo(at('02-20'));
    await made.dunning.tick({ now: at('02-20') });
    expect(await made.dunning.replay()).toMatchObject({ ok: true });
    await made.dunning.seal();
    expect(await made.dunning.verify()).toMatchObject({ ok: true });
  });

  it('about an act whose invoice is settled by now disputes nothing', async () => {
    const made = await house();
    await reminded(made);
    await made.dunning.sync({
      payments: [
        {
          id: 'P',
          account: 'robles',
          invoice: 'F-1042',
          date: '2026-02-06',
          amount: { amount: '1000.00', currency: 'COP' },
        },
      ],
      invoices: [],
    });
    await made.hook(text('STOP', { context: { id: 'whatsapp-1' } }));
    expect(await types(made)).toContain('consent.heard');
  });
});
