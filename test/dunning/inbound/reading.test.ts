import { describe, expect, it } from 'vitest';
import { readMail } from '../../../src/channels/email/index.js';
import { account, all, at, invoice, type World } from '../../support/world.js';
import { house, reminded, signed, text, types } from './house.js';

/** A mail of the contact's, as a parser hands it over. */
const mail = (subject: string, body: string, headers: Record<string, string> = {}) =>
  readMail(
    {
      headers: Object.entries(headers).map(([key, value]) => ({ key, value })),
      from: { address: 'ines@robles.example' },
      subject,
      messageId: '<in-1@robles.example>',
      text: body,
      attachments: [],
    },
    { now: at('02-06', '11:00') },
  );

async function told(made: World, events: ReturnType<typeof mail>): Promise<readonly string[]> {
  await made.dunning.take('email', events);
  await made.dunning.tick({ now: made.clock.now() });
  return types(made);
}

describe('a mail', () => {
  it('that says nothing but stop stops, whatever its subject answers', async () => {
    const made = await house();
    await reminded(made);
    expect(await told(made, mail('Re: Invoice F-1042 is overdue', 'STOP'))).toContain('consent.heard');
  });

  it('that answers says what its writer wrote: the subject is ours', async () => {
    const made = await house();
    await reminded(made);
    await told(made, mail('Re: We will pay your invoice on 20 February', 'Thanks'));
    const [entry] = (await made.dunning.conversation('robles')).slice(-1);
    expect([entry?.text, entry?.intent]).toEqual(['Thanks', undefined]);
  });

  it('of which nobody proved who wrote it is for a person', async () => {
    const made = await house();
    await reminded(made);
    const [forged] = mail('Payment', 'We already paid F-1042');
    if (forged?.type !== 'message') throw new Error('no message');
    expect(await told(made, [{ ...forged, unproven: true }])).not.toContain('unbooked.upserted');
    expect(await all(made.dunning.acts({ kinds: ['task'] }))).toMatchObject([
      { act: { name: 'answer-reply' } },
    ]);
  });

  it('that begins a thread says something by its subject as well', async () => {
    const made = await house();
    await reminded(made);
    expect(await told(made, mail('We already paid F-1042', 'See the attachment.'))).toContain(
      'unbooked.upserted',
    );
  });

  it('written by a machine does nothing, in no account, and no classifier is asked about it', async () => {
    let asked = 0;
    const made = await house({
      conversation: {
        classifier: async () => {
          asked++;
          return undefined;
        },
      },
    });
    const [contact] = account.contacts;
    await made.dunning.sync({
      accounts: [{ id: 'sur', name: 'Sur SA', contacts: [contact!] }],
    });
    await reminded(made);
    const away = { 'auto-submitted': 'auto-replied' };
    await told(made, mail('Automatic reply', 'I am away. Please do not contact me.', away));
    await made.hook({ messages: [reaction] });
    const heard = await Promise.all(['robles', 'sur'].map((id) => all(made.dunning.history(id))));
    expect(heard.flat().filter(({ type }) => type === 'consent.heard')).toEqual([]);
    expect(asked).toBe(0);
  });
});

const reaction = {
  from: '573001112233',
  id: 'wamid.reaction',
  timestamp: String(at('02-06', '11:00') / 1000),
  type: 'reaction',
  reaction: { message_id: 'whatsapp-1', emoji: '👍' },
};

describe('a day', () => {
  it('is read in the account’s zone, in which promises are counted', async () => {
    const made = await house();
    const [contact] = account.contacts;
    await made.dunning.sync({
      accounts: [
        { ...account, zone: 'Asia/Tokyo', contacts: [{ ...contact!, zone: 'America/Los_Angeles' }] },
      ],
    });
    // The 9th in Los Angeles, the 10th in Tokyo.
    const now = Date.parse('2026-02-09T18:00:00Z');
    made.clock.moveTo(now);
    await made.hook(text('We will pay today', { timestamp: String(now / 1000) }));
    const history = await all(made.dunning.history('robles'));
    expect(history.find(({ type }) => type === 'promise.upserted')?.data).toMatchObject({
      promise: { date: '2026-02-10', made: '2026-02-10' },
    });
    expect(history.map(({ type }) => type)).not.toContain('promise.ended');
  });

  it('that is over when the message comes at last is for a person', async () => {
    const made = await house();
    await reminded(made);
    made.clock.moveTo(at('02-11'));
    await made.hook(text('We will pay tomorrow'));
    expect(await types(made)).not.toContain('promise.upserted');
    expect(await all(made.dunning.acts({ kinds: ['task'] }))).toMatchObject([
      { act: { name: 'answer-reply' } },
    ]);
  });
});

it('what is said of an invoice that is not open is not said of the one that was asked for', async () => {
  const made = await house();
  await made.dunning.sync({ invoices: [{ ...invoice('F-2000', '02-03'), status: 'void' }] });
  await reminded(made);
  const answer = { context: { id: 'whatsapp-1' } };
  await made.hook(text('I do not recognise F-2000', answer));
  await made.hook(text('We already paid F-2000 yesterday', answer));
  const known = await types(made);
  expect(known.filter((type) => type === 'message.received')).toHaveLength(2);
  expect(known.filter((type) => /^(?:dispute|unbooked)/.test(type))).toEqual([]);
});

it('a listener for strangers that fails later harms nothing', async () => {
  const made = await house({ conversation: { onStranger: () => Promise.reject(new Error('down')) } });
  expect(await made.hook(text('Hola', { from: '573009999999' }))).toBe(200);
  // An unhandled rejection would fail this file.
  await new Promise((resolve) => setImmediate(resolve));
});

describe('the handler', () => {
  it('answers a body that is broken off, and keeps nothing of it', async () => {
    const made = await house();
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.error(new Error('aborted')),
    });
    const request = new Request('https://acme.example/hook', { method: 'POST', body, duplex: 'half' });
    expect((await made.dunning.webhook('whatsapp')(request)).status).toBe(400);
  });

  it('says to its host that a parser took the body before', async () => {
    const made = await house();
    const hook = made.dunning.webhook('whatsapp');
    const request = signed('{}');
    await request.text();
    await expect(hook(request)).rejects.toMatchObject({ code: 'invalid_input' });
    const url = 'https://acme.example/hook';
    const raw = { method: 'POST', url, headers: {}, body: { entry: [] } as never };
    await expect(hook.raw(raw)).rejects.toMatchObject({ code: 'invalid_input' });
    // Frameworks have strange bodies for a GET.
    expect(await hook.raw({ ...raw, method: 'GET' })).toMatchObject({ status: 403 });
  });
});
