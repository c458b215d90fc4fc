import { describe, expect, it } from 'vitest';
import type { Party } from '../../../src/index.js';
import { memoryStore } from '../../../src/stores/memory/index.js';
import { all, at, invoice, payment } from '../../support/world.js';
import { house, number, reminded, signed, status, text, types } from './house.js';

describe('receipts', () => {
  it('only move forward: read without delivered, late, repeated and reversed ones change nothing more', async () => {
    const made = await house();
    const act = await reminded(made);
    for (const word of ['read', 'delivered', 'sent', 'read', 'delivered'])
      expect(await made.hook(status(act, word))).toBe(200);
    expect((await types(made)).filter((type) => type === 'act.delivered')).toHaveLength(1);
    expect(await made.dunning.conversation('robles')).toMatchObject([
      { direction: 'out', channel: 'whatsapp', act, status: 'delivered' },
    ]);
  });

  it('of failure hand the stage to the next channel, once', async () => {
    const made = await house();
    const act = await reminded(made);
    const failed = status(act, 'failed', { errors: [{ code: 131026 }] });
    await made.hook(failed);
    await made.hook(failed);
    await made.hook(status(act, 'failed', { errors: [{ code: 131000 }] }));
    expect(made.email.sent).toHaveLength(1);
    expect((await types(made)).filter((type) => type === 'act.failed')).toHaveLength(1);
    // The number is no good any more: the next stage does not try it.
    const later = at('02-14');
    made.clock.moveTo(later);
    await made.dunning.tick({ now: later });
    expect([made.whatsapp.sent.length, made.email.sent.length]).toEqual([1, 2]);
  });

  it('of failure end the address that the channel writes to, and tell no listener of it', async () => {
    const made = await house();
    const act = await reminded(made);
    const unusable: unknown[] = [];
    made.dunning.on('act.failed', (event) => unusable.push(event));
    await made.hook(status(act, 'failed', { errors: [{ code: 131026 }] }));
    expect(JSON.stringify(unusable)).not.toContain('+573001112233');
    const [file] = await made.store.load('default', ['robles']);
    expect(JSON.stringify(file?.header)).toContain('"channel":"whatsapp","address":"+573001112233"');
  });

  it('of failure after delivery change nothing; delivered after failed wins where nothing went out since', async () => {
    const made = await house();
    const act = await reminded(made);
    await made.hook(status(act, 'delivered'));
    await made.hook(status(act, 'failed', { errors: [{ code: 131000 }] }));
    expect(made.email.sent).toHaveLength(0);
    expect(await types(made)).not.toContain('act.failed');
  });

  it('settle an act of which nobody knew whether it went out', async () => {
    const made = await house();
    made.whatsapp.answer({ outcome: 'unknown', code: 'http:timeout' });
    const act = await reminded(made);
    expect(await all(made.dunning.unknown())).toHaveLength(1);
    await made.hook(status(act, 'sent'));
    expect(await all(made.dunning.unknown())).toEqual([]);
    expect(made.whatsapp.sent).toHaveLength(1);
  });

  it('find their act by the provider’s id where nothing of ours travelled with the message', async () => {
    const made = await house();
    const act = await reminded(made);
    const { statuses } = status(act, 'delivered') as { statuses: [Record<string, unknown>] };
    const { biz_opaque_callback_data: _, ...bare } = statuses[0];
    await made.hook({ statuses: [{ ...bare, id: 'whatsapp-1' }] });
    expect(await types(made)).toContain('act.delivered');
  });

  it('of nobody’s messages are looked for again for an hour, then given up', async () => {
    const made = await house();
    await made.hook(status('robles/none', 'delivered'));
    expect(await made.store.inbox?.waiting('default')).toMatchObject({ count: 1 });
    for (const minutes of [2, 10, 30, 70]) {
      made.clock.moveTo(at('02-06', '11:00') + minutes * 60_000);
      await made.dunning.tick({ now: made.clock.now() });
    }
    expect(await made.store.inbox?.waiting('default')).toEqual({ count: 0 });
  });

  it('who marks a message as unwanted, or told the provider to stop, is not written to there again', async () => {
    const made = await house();
    const act = await reminded(made);
    await made.hook(status(act, 'failed', { errors: [{ code: 131050 }] }));
    // A failure of policy about the recipient: the next channel has its turn.
    expect(made.email.sent).toHaveLength(1);
  });
});

describe('answers', () => {
  it('that report a payment hold the invoice and give a person the task to verify it', async () => {
    const made = await house();
    await reminded(made);
    expect(await made.hook(text('Ya pagamos ayer'))).toBe(200);
    const acts = await all(made.dunning.acts({ kinds: ['task'] }));
    expect(acts).toMatchObject([{ act: { name: 'verify-payment' } }]);
    expect(await types(made)).toEqual(expect.arrayContaining(['message.received', 'unbooked.upserted']));
    // Held for the days of verification, however late the next stage is by then.
    made.clock.moveTo(at('02-07'));
    await made.dunning.tick({ now: at('02-07') });
    expect(made.whatsapp.sent).toHaveLength(1);
  });

  it('that promise a day pause until then', async () => {
    const made = await house();
    await reminded(made);
    await made.hook(text('We will pay on Friday 20 February', { context: { id: 'whatsapp-1' } }));
    expect(await types(made)).toContain('promise.upserted');
    made.clock.moveTo(at('02-14'));
    await made.dunning.tick({ now: at('02-14') });
    expect(made.whatsapp.sent).toHaveLength(1);
    for (const day of ['02-24', '02-26']) {
      made.clock.moveTo(at(day));
      await made.dunning.tick({ now: at(day) });
    }
    expect(made.whatsapp.sent.map(({ message }) => message)).toEqual(['soft', 'firm']);
  });

  it('that promise a day far away, or put an earlier promise off, are for a person', async () => {
    const made = await house();
    await reminded(made);
    await made.hook(text('We will pay on 1 December 2026'));
    expect(await types(made)).not.toContain('promise.upserted');
    await made.hook(text('We will pay on 10 February 2026'));
    await made.hook(text('We will pay on 20 February 2026'));
    expect((await types(made)).filter((type) => type === 'promise.upserted')).toHaveLength(1);
  });

  it('that dispute an invoice open a dispute of that one; of several, only where one is named', async () => {
    const made = await house();
    await made.dunning.sync({ invoices: [invoice('F-1043', '02-03')] });
    await reminded(made);
    await made.hook(text('I do not recognise this'));
    expect(await types(made)).not.toContain('dispute.upserted');
    await made.hook(text('I do not recognise F-1043'));
    const told = (await all(made.dunning.history('robles'))).filter(
      ({ type }) => type === 'dispute.upserted',
    );
    expect(told).toMatchObject([{ actor: 'debtor', data: { dispute: { invoice: 'F-1043' } } }]);
  });

  it('open the window in which the next message may say anything', async () => {
    const made = await house();
    await reminded(made);
    await made.hook(text('We will pay on Friday 20 February'));
    await made.dunning.sync({ payments: [payment('P1', 'F-1042', '02-06')] });
    await made.dunning.tick({ now: made.clock.now() });
    expect(made.whatsapp.sent.map(({ message, windowUntil }) => [message, windowUntil])).toEqual([
      ['soft', undefined],
      ['thanks', at('02-07', '11:00')],
    ]);
  });

  it('that say nothing sure pause automation and give the owner a task', async () => {
    const made = await house();
    await reminded(made);
    await made.hook(text('Hola, una pregunta'));
    expect(await all(made.dunning.acts({ kinds: ['task'] }))).toMatchObject([
      { act: { name: 'answer-reply' } },
    ]);
  });

  it('that say stop end all channels at once, in every account of the person', async () => {
    const made = await house();
    const contacts = [
      { role: 'billing', name: 'Inés', phone: '+573001112233', consent: { whatsapp: 'granted' as const } },
    ];
    await made.dunning.sync({ accounts: [{ id: 'sur', name: 'Sur SA', contacts }] });
    await reminded(made);
    await made.hook(text('STOP'));
    for (const account of ['robles', 'sur']) {
      const heard = (await all(made.dunning.history(account))).filter(({ type }) => type === 'consent.heard');
      expect(heard.map(({ data }) => data)).toMatchObject([
        { channel: 'email', state: 'withdrawn' },
        { channel: 'whatsapp', state: 'withdrawn' },
      ]);
    }
    made.clock.moveTo(at('02-14'));
    await made.dunning.tick({ now: at('02-14') });
    expect([made.whatsapp.sent.length, made.email.sent.length]).toEqual([1, 0]);
    // They may come back, on the channel where they say so.
    await made.hook(text('START', { timestamp: String(at('02-14', '11:00') / 1000) }));
    made.clock.moveTo(at('02-15'));
    await made.dunning.tick({ now: at('02-15') });
    expect(made.whatsapp.sent.length).toBeGreaterThan(1);
  });

  it('that come again, or twice in one batch, are taken in once', async () => {
    const made = await house();
    await reminded(made);
    const one = text('Ya pagamos ayer') as { messages: readonly unknown[] };
    await made.hook({ messages: [...one.messages, ...one.messages] });
    await made.hook(one);
    const all1 = await types(made);
    expect(all1.filter((type) => type === 'message.received')).toHaveLength(1);
    expect(all1.filter((type) => type === 'unbooked.upserted')).toHaveLength(1);
  });

  it('find their account by any spelling of the number, and by the provider’s own id of the person later', async () => {
    const made = await house();
    const contacts = [
      { role: 'billing', name: 'Eva', phone: '+525512345678', consent: { whatsapp: 'granted' as const } },
    ];
    await made.dunning.sync({ accounts: [{ id: 'norte', name: 'Norte SA', contacts }] });
    const from = { from: '5215512345678', from_user_id: 'MX.77' };
    await made.hook(text('Hola', from));
    const { from: _, ...hidden } = (
      text('Otra vez', { from_user_id: 'MX.77' }) as { messages: [Record<string, unknown>] }
    ).messages[0];
    await made.hook({ messages: [hidden] });
    const talk = await made.dunning.conversation('norte');
    expect(talk.map((one) => [one.direction, one.text])).toEqual([
      ['in', 'Hola'],
      ['in', 'Otra vez'],
    ]);
  });

  it('of strangers are told to the host and wait for their account for a week', async () => {
    const strangers: Party[] = [];
    const made = await house({ conversation: { onStranger: ({ party }) => strangers.push(party) } });
    await made.hook(text('Hola', { from: '573009999999' }));
    expect(strangers).toEqual([{ address: '+573009999999' }]);
    const contacts = [{ role: 'billing', name: 'Leo', phone: '+573009999999' }];
    await made.dunning.sync({ accounts: [{ id: 'leo', name: 'Leo SA', contacts }] });
    made.clock.moveTo(at('02-07'));
    await made.dunning.tick({ now: at('02-07') });
    expect(await made.dunning.conversation('leo')).toMatchObject([{ direction: 'in', text: 'Hola' }]);
    expect(strangers).toHaveLength(1);
  });

  it('known before anything was received are found after reindex', async () => {
    const store = memoryStore();
    const first = await house({ store });
    await store.references?.remove('default', 'robles');
    await first.hook(text('Hola'));
    expect(await first.dunning.conversation('robles')).toEqual([]);
    expect(await first.dunning.reindex()).toBe(1);
    first.clock.moveTo(at('02-07'));
    await first.dunning.tick({ now: at('02-07') });
    expect(await first.dunning.conversation('robles')).toHaveLength(1);
  });
});

describe('a classifier of the host', () => {
  const answering = (confidence: number) => ({
    conversation: {
      classifier: async () => ({ intent: 'promise' as const, confidence, date: '2026-02-20' }),
    },
  });

  it('is asked where the rules are not sure, and acts only if it is', async () => {
    const sure = await house(answering(0.95));
    await reminded(sure);
    await sure.hook(text('la semana entrante queda saldado todo'));
    expect(await types(sure)).toContain('promise.upserted');
    const unsure = await house(answering(0.7));
    await reminded(unsure);
    await unsure.hook(text('la semana entrante queda saldado todo'));
    expect(await types(unsure)).not.toContain('promise.upserted');
    expect(await all(unsure.dunning.acts({ kinds: ['task'] }))).toHaveLength(1);
  });

  it('that fails, hangs or answers nonsense leaves it to the rules', async () => {
    for (const classifier of [
      async () => Promise.reject(new Error('down')),
      async () => ({ intent: 'rm -rf', confidence: 1 }) as never,
      async () => ({ intent: 'paid', confidence: 7 }) as never,
      async () => 'paid' as never,
      () => new Promise<never>(() => undefined),
    ]) {
      const made = await house({ conversation: { classifier, classifierTimeoutMs: 5 } });
      await reminded(made);
      expect(await made.hook(text('hmm'))).toBe(200);
      expect(await types(made)).not.toContain('unbooked.upserted');
    }
  });

  it('is not needed for what only a person is to act on', async () => {
    const made = await house({ conversation: { ask: ['dispute'] } });
    await reminded(made);
    await made.hook(text('I do not recognise F-1042'));
    expect(await types(made)).not.toContain('dispute.upserted');
    expect(await all(made.dunning.acts({ kinds: ['task'] }))).toHaveLength(1);
  });
});

describe('the handler', () => {
  const body = JSON.stringify({
    entry: [
      { changes: [{ field: 'messages', value: { ...text('Hola'), metadata: { phone_number_id: number } } }] },
    ],
  });

  it('answers before the work is done, and a batch of a thousand at once', async () => {
    const made = await house();
    const act = await reminded(made);
    const many = Array.from({ length: 1000 }, (_, n) => ({
      ...(status(act, 'delivered') as { statuses: [object] }).statuses[0],
      timestamp: String(1770390000 + n),
    }));
    expect(await made.hook({ statuses: many })).toBe(200);
    expect((await types(made)).filter((type) => type === 'act.delivered')).toHaveLength(1);
    expect(await made.store.inbox?.waiting('default')).toEqual({ count: 0 });
  });

  it('tells its provider to come again where the store fails', async () => {
    const store = memoryStore();
    const made = await house({ store });
    const failing = await house({
      store: { ...store, inbox: { ...store.inbox!, receive: () => Promise.reject(new Error('down')) } },
    });
    const response = await failing.dunning.webhook('whatsapp')(signed(body));
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '30']);
    expect((await made.dunning.webhook('whatsapp')(signed(body))).status).toBe(200);
  });

  it('takes raw requests as frameworks have them', async () => {
    const made = await house();
    const request = signed(body);
    const headers = Object.fromEntries(request.headers);
    const raw = { method: 'post', url: request.url, headers, body };
    expect(await made.dunning.webhook('whatsapp').raw(raw)).toEqual({ status: 200 });
    const forged = { ...raw, headers: { 'x-hub-signature-256': ['sha256=00'] } };
    expect(await made.dunning.webhook('whatsapp').raw(forged)).toMatchObject({ status: 401 });
  });

  it('reads no more than a body may have', async () => {
    const made = await house();
    let chunks = 0;
    const stream = new ReadableStream<Uint8Array>({
      pull(controller) {
        chunks++;
        controller.enqueue(new Uint8Array(1024 * 1024));
      },
    });
    const request = new Request('https://acme.example/hook', {
      method: 'POST',
      body: stream,
      duplex: 'half',
    });
    expect((await made.dunning.webhook('whatsapp')(request)).status).toBe(413);
    expect(chunks).toBeLessThan(10);
  });

  it('works before it answers on a store without an inbox', async () => {
    const { inbox: _, ...store } = memoryStore();
    const made = await house({ store });
    await reminded(made);
    expect(await made.hook(text('Ya pagamos ayer'))).toBe(200);
    expect(await types(made)).toContain('unbooked.upserted');
  });

  it('is refused for channels that there are not or that do not receive', async () => {
    const made = await house();
    expect(() => made.dunning.webhook('fax')).toThrow(/there is no channel "fax"/);
    expect(() => made.dunning.webhook('email')).toThrow(/does not receive/);
  });

  it('lets no text of people into events for listeners', async () => {
    const made = await house();
    const told: unknown[] = [];
    made.dunning.on('event', (event) => told.push(event));
    await reminded(made);
    await made.hook(text('mi secreto 123'));
    expect(told.some((one) => (one as { type: string }).type === 'message.received')).toBe(true);
    expect(JSON.stringify(told)).not.toContain('mi secreto');
  });
});
