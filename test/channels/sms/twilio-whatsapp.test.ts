import { createHmac } from 'node:crypto';
import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { callbackKey } from '../../../src/channels/callback-key.js';
import type { OutboundMessage } from '../../../src/channels/channel.js';
import type { HttpTransport } from '../../../src/channels/http.js';
import { type TwilioWhatsappOptions, twilioWhatsapp } from '../../../src/channels/sms/index.js';
import { isRecobroError } from '../../../src/errors.js';
import { startFakeTwilio } from '../../../src/testing/fake-twilio.js';
import { describeChannel } from '../../support/channel-suite.js';
import { codesIn, expectedOutcome } from '../fixtures.js';
import { now, textMessage, valueMessage } from '../message.js';
import { providerBench } from '../provider-bench.js';

const accountSid = `AC${'0123456789abcdef'.repeat(2)}`;
const authToken = 'auth-token-secret';
const contentSid = `HX${'ab'.repeat(16)}`;
const many = `HX${'cd'.repeat(16)}`;
const options: TwilioWhatsappOptions = {
  accountSid,
  authToken,
  from: '+14155238886',
  statusCallback: 'https://acme.example/hooks/twilio',
  contents: {
    firm: { es: { one: { contentSid }, many: { contentSid: many, variables: { monto: 'total' } } } },
  },
};
const endpoint = `https://api.twilio.com/2010-04-01/Accounts/${accountSid}/Messages.json`;
const sid = `SM${'ab'.repeat(16)}`;

describe('twilioWhatsapp over msw', () => {
  const server = setupServer();
  beforeAll(() => server.listen({ onUnhandledFrame: 'error' }));
  afterEach(() => server.resetHandlers());
  afterAll(() => server.close());

  async function sent(message: OutboundMessage, more: Partial<TwilioWhatsappOptions> = {}) {
    const calls: Record<string, string>[] = [];
    server.use(
      http.post(endpoint, async ({ request }) => {
        calls.push(Object.fromEntries(new URLSearchParams(await request.text())));
        return HttpResponse.json({ sid, status: 'queued', error_code: null }, { status: 201 });
      }),
    );
    const outcome = await twilioWhatsapp({ ...options, ...more }).send(message, { now });
    expect(outcome).toEqual({ outcome: 'accepted', providerId: sid });
    expect(calls).toHaveLength(1);
    return calls[0];
  }

  it('posts a Content template with its values, once', async () => {
    expect(await sent(textMessage())).toEqual({
      To: 'whatsapp:+525512345678',
      From: 'whatsapp:+14155238886',
      ContentSid: contentSid,
      ContentVariables: '{"1":"Ana Robles","2":"F-1001","3":"$1,250.00"}',
      StatusCallback: `https://acme.example/hooks/twilio?act=${encodeURIComponent(callbackKey(textMessage()))}`,
      ValidityPeriod: '14400',
    });
  });

  it('fills placeholders by name, and none where there are none', async () => {
    const messagingServiceSid = `MG${'1'.repeat(32)}`;
    const call = await sent(textMessage({ form: 'many' }), { from: undefined, messagingServiceSid });
    expect(call).toMatchObject({
      ContentSid: many,
      ContentVariables: '{"monto":"$1,250.00"}',
      MessagingServiceSid: messagingServiceSid,
    });
    expect(call).not.toHaveProperty('From');
    const bare = await sent(textMessage(), { contents: () => ({ contentSid, variables: [] }) });
    expect(bare).not.toHaveProperty('ContentVariables');
  });

  it('says the text itself inside the service window, unless templates are wanted all the same', async () => {
    const open = textMessage({ windowUntil: now + 3_600_000 });
    expect(await sent(open)).toMatchObject({
      Body: 'Hola Ana Robles: la factura F-1001 por $1,250.00 sigue pendiente.',
    });
    expect(await sent(open, { contents: {} })).not.toHaveProperty('ContentSid');
    expect(await sent(open, { insideWindow: 'template' })).not.toHaveProperty('Body');
    expect(await sent(textMessage({ windowUntil: now + 60_000 }))).not.toHaveProperty('Body');
    const content = { kind: 'text' as const, text: 'x'.repeat(1601), variables: {}, parameters: [] };
    expect(await sent({ ...open, content })).not.toHaveProperty('Body');
  });

  it('fills addresses of media and buttons, and brings a document as a template inside the window too', async () => {
    const variables = { '1': 'name', '4': '{{number}}.pdf', '5': 'i/{{total}}' };
    const contents = { firm: { es: { contentSid, variables, insideWindow: 'template' as const } } };
    const open = textMessage({ windowUntil: now + 3_600_000 });
    const call = await sent(open, { contents });
    expect(JSON.parse(call?.ContentVariables ?? '')).toEqual({
      '1': 'Ana Robles',
      '4': 'F-1001.pdf',
      '5': 'i/%241%2C250.00',
    });
    const missing = { firm: { es: { contentSid, variables: ['{{nobody}}.pdf'] } } };
    expect(
      await twilioWhatsapp({ ...options, contents: missing }).send(textMessage(), { now }),
    ).toMatchObject({
      code: 'whatsapp:variable_missing',
    });
  });

  it('every code of Twilio’s means what the table says', async () => {
    const channel = twilioWhatsapp(options);
    for (const one of codesIn('twilio-error-codes.json').filter(({ code }) => Number(code) >= 63_000)) {
      server.use(http.post(endpoint, () => HttpResponse.json({ code: one.code }, { status: 400 })));
      const outcome = await channel.send(textMessage(), { now });
      expect(outcome, String(one.code)).toMatchObject({
        outcome: expectedOutcome(one),
        code: `twilio:${one.code}`,
      });
      server.resetHandlers();
    }
  });
});

describe('twilioWhatsapp before any call', () => {
  const never: HttpTransport = () => Promise.reject(new Error('called'));

  it.each<[string, TwilioWhatsappOptions['contents'], OutboundMessage?]>([
    ['template_not_mapped', {}],
    ['template_not_mapped', () => undefined],
    ['template_invalid', () => ({ contentSid: 'HX1' })],
    [
      'template_choice_failed',
      () => {
        throw new Error('host');
      },
    ],
    ['variable_missing', () => ({ contentSid, variables: ['constructor'] })],
    ['variable_missing', () => ({ contentSid }), valueMessage(' \n')],
    ['content_not_text', {}, textMessage({ content: { kind: 'email', subject: 's', text: 't', html: 'h' } })],
  ])('says %s', async (code, contents, message = textMessage()) => {
    const outcome = await twilioWhatsapp({ ...options, contents, fetch: never }).send(message, { now });
    // What one debtor lacks, others may have.
    const scope = code === 'variable_missing' ? 'message' : 'template';
    expect(outcome).toEqual({ outcome: 'misconfigured', scope, code: `whatsapp:${code}`, called: false });
  });

  it('names everything that is wrong with its options', () => {
    try {
      twilioWhatsapp({
        ...options,
        accountSid: 'AC1',
        from: 'Acme',
        insideWindow: Object('both'),
        contents: {
          firm: { es: { contentSid: 'x' }, en: Object({ one: { contentSid }, two: { contentSid } }) },
        },
      });
    } catch (error) {
      if (!isRecobroError(error, 'invalid_option')) throw error;
      expect(error.problems.map(({ path }) => path)).toEqual([
        'accountSid',
        'from',
        'insideWindow',
        'contents.firm.es',
        'contents.firm.en.two',
      ]);
      return;
    }
    throw new Error('took them');
  });
});

describe('twilioWhatsapp receives', () => {
  const url = 'https://acme.example/hooks/twilio';
  const receive = async (fields: Readonly<Record<string, string>>, address = url) => {
    const signed = Object.keys(fields)
      .sort()
      .map((name) => `${name}${fields[name]}`)
      .join('');
    const signature = createHmac('sha1', authToken).update(`${address}${signed}`).digest('base64');
    return twilioWhatsapp(options).receive?.(
      {
        method: 'POST',
        url: address,
        header: (name) => (name === 'x-twilio-signature' ? signature : null) ?? undefined,
        body: new TextEncoder().encode(new URLSearchParams(fields).toString()),
      },
      { now },
    );
  };
  const common = { AccountSid: accountSid, MessageSid: sid };

  it('what WhatsApp users write and press, and what became of messages; nothing of SMS', async () => {
    const said = {
      ...common,
      From: 'whatsapp:+573001234567',
      To: 'whatsapp:+14155238886',
      SmsStatus: 'received',
    };
    const pressed = await receive({
      ...said,
      Body: 'Ya pagué',
      ButtonPayload: 'paid',
      ButtonText: 'Ya pagué',
    });
    expect(pressed?.events).toMatchObject([
      { type: 'message', kind: 'button', payload: 'paid', windowUntil: now + 86_400_000 },
    ]);
    const to = {
      ...common,
      From: 'whatsapp:+14155238886',
      To: 'whatsapp:+573001234567',
      MessageStatus: 'read',
    };
    expect((await receive(to, `${url}?act=k`))?.events).toMatchObject([
      { type: 'status', status: 'read', correlation: 'k' },
    ]);
    expect((await receive({ ...said, From: '+573001234567', To: '+1415', Body: 'x' }))?.events).toEqual([]);
  });
});

describeChannel('the channel contract on twilioWhatsapp', (situation) =>
  providerBench(
    situation,
    { throttled: 63018, refused: 63016, bad_address: 63024, misconfigured: 20003 },
    {
      start: (more) => startFakeTwilio({ credentials: `${accountSid}:${authToken}`, ...more }),
      channel: (baseUrl, timeout) => twilioWhatsapp({ ...options, baseUrl, timeout }),
      message: textMessage(),
      secrets: [authToken, accountSid],
    },
  ),
);
