import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import type { OutboundMessage } from '../../src/channels/channel.js';
import { email, type Mail } from '../../src/channels/email/index.js';
import type { HttpTransport } from '../../src/channels/http.js';
import { twilioSms, twilioWhatsapp } from '../../src/channels/sms/index.js';
import { whatsapp } from '../../src/channels/whatsapp/index.js';
import { fixture } from './fixtures.js';
import { mailMessage, now, textMessage } from './message.js';

const valid = new Ajv2020({ strict: false, allErrors: true }).compile(
  Object(fixture('whatsapp-send.schema.json')),
);
const hour = 3_600_000;
const options = [
  { title: 'Ya pagué', payload: 'paid' },
  { title: 'Otra cosa', payload: 'help' },
];

/** An answer: its text with the options below, and both apart. */
function answer(
  more: Partial<OutboundMessage> = {},
  text = 'Debe $1,250.00.',
  shown = options,
): OutboundMessage {
  const below = shown.map(({ title }) => `– ${title}`).join('\n');
  return textMessage({
    message: 'on:message',
    content: { kind: 'text', text: `${text}\n\n${below}`, variables: {}, parameters: [] },
    answer: { to: 'wamid.IN', text, options: shown },
    windowUntil: now + hour,
    ...more,
  });
}

/** What is posted, as text; with answers that say it was taken. */
function posting(body: object) {
  const posted: string[] = [];
  const fetch: HttpTransport = async (_, request) => {
    posted.push(String(request.body));
    return new Response(JSON.stringify(body), { status: 201 });
  };
  return { fetch, posted };
}

describe('an answer over the Cloud API', () => {
  const over = (insideWindow?: 'text' | 'template') => {
    const { fetch, posted } = posting({ messages: [{ id: 'wamid.OUT' }] });
    const templates = { 'on:message': { es: { name: 'a', language: 'es' } } };
    const channel = whatsapp({
      phoneNumberId: '106540352242922',
      accessToken: 't',
      templates,
      fetch,
      insideWindow,
    });
    return { channel, sent: () => posted.map((one): unknown => JSON.parse(one)) };
  };

  it('shows its options as buttons below the message that it answers, templates or not', async () => {
    const { channel, sent } = over('template');
    expect(await channel.send(answer(), { now })).toMatchObject({ outcome: 'accepted' });
    const [payload] = sent();
    expect(valid(payload), JSON.stringify(valid.errors)).toBe(true);
    expect(payload).toMatchObject({
      to: '+525512345678',
      context: { message_id: 'wamid.IN' },
      type: 'interactive',
      interactive: {
        body: { text: 'Debe $1,250.00.' },
        action: { buttons: [{ reply: { id: 'paid', title: 'Ya pagué' } }, { reply: { id: 'help' } }] },
      },
    });
  });

  it('is text where it has no options, or is too long to stand beside buttons', async () => {
    const { channel, sent } = over();
    await channel.send(answer({}, 'Sí.', []), { now });
    await channel.send(answer({}, 'x'.repeat(1_100)), { now });
    for (const payload of sent()) expect(valid(payload), JSON.stringify(valid.errors)).toBe(true);
    expect(sent()).toMatchObject([
      { type: 'text', context: { message_id: 'wamid.IN' } },
      { type: 'text', text: { body: expect.stringContaining('– Ya pagué') } },
    ]);
  });

  it('never goes out as a template: outside the window it is refused', async () => {
    const { channel, sent } = over();
    const refused = { outcome: 'refused', code: 'whatsapp:window_closed' };
    expect(await channel.send(answer({ windowUntil: now + 60_000 }), { now })).toMatchObject(refused);
    expect(await channel.send(answer({ windowUntil: undefined }), { now })).toMatchObject(refused);
    expect(sent()).toEqual([]);
  });
});

it('an answer over Twilio is text with its options as lines, and no template', async () => {
  const { fetch, posted } = posting({ sid: `SM${'0'.repeat(32)}`, status: 'queued' });
  const account = { accountSid: `AC${'0'.repeat(32)}`, authToken: 't', from: '+15005550006', fetch };
  const channel = twilioWhatsapp({ ...account, contents: {}, insideWindow: 'template' });
  await channel.send(answer(), { now });
  await twilioSms(account).send(answer({ windowUntil: undefined }), { now });
  for (const one of posted) expect(new URLSearchParams(one).get('Body')).toMatch(/[–-] Otra cosa/);
  expect(posted).toHaveLength(2);
  expect(await channel.send(answer({ windowUntil: now }), { now })).toMatchObject({
    outcome: 'refused',
    code: 'whatsapp:window_closed',
  });
});

describe('an answer by e-mail', () => {
  const sentAs = async (to: string | undefined): Promise<Mail> => {
    const mails: Mail[] = [];
    const transport = { sendMail: async (mail: Mail) => ({ messageId: String(mails.push(mail)) }) };
    const channel = email({ transport, from: 'Acme <cobranza@acme.example>' });
    const message = mailMessage({
      answer: { text: 'Sí.', options: [], ...(to === undefined ? {} : { to }) },
    });
    await channel.send(message, { now });
    const [mail] = mails;
    if (mail === undefined) throw new Error('nothing was sent');
    return mail;
  };

  it('names the mail that it answers, and tells other machines that a machine did', async () => {
    const mail = await sentAs('<q1@cliente.example>');
    expect(mail.inReplyTo).toBe('<q1@cliente.example>');
    expect(mail.references).toMatch(/^<thread\.[0-9a-f]{40}@acme\.example> <q1@cliente\.example>$/);
    expect(mail.headers).toMatchObject({ 'Auto-Submitted': 'auto-replied' });
  });

  it('takes no header from what others wrote', async () => {
    for (const to of [
      '<a@b>\r\nBcc: x@evil.example',
      'wamid.1',
      '<a b@c>',
      `<${'x'.repeat(600)}@b>`,
      undefined,
    ]) {
      const mail = await sentAs(to);
      expect(mail.inReplyTo).toMatch(/^<thread\.[0-9a-f]{40}@acme\.example>$/);
      expect(mail.references).toBe(mail.inReplyTo);
    }
  });
});
