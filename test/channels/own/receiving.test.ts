import { createHash, createHmac, createSign, generateKeyPairSync, sign } from 'node:crypto';
import { describe, it } from 'vitest';
import {
  email,
  type MailWebhook,
  postmarkWebhook,
  resendWebhook,
  sendgridWebhook,
  sesWebhook,
} from '../../../src/channels/email/index.js';
import { twilioSms } from '../../../src/channels/sms/index.js';
import { whatsapp } from '../../../src/channels/whatsapp/index.js';
import type { WebhookRequest } from '../../../src/index.js';
import { type WebhookFactory, type WebhookUnderTest, webhookContract } from '../../../src/testing/index.js';
import { selfSigned } from '../email/certificate.js';
import { fixture } from '../fixtures.js';
import { hex, request } from '../webhooks/request.js';

const signer = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
/** Takes a moment to make. */
const { certificate, privateKey } = selfSigned();
const now = Date.parse('2026-11-22T12:00:00Z');
const textOf = (body: Uint8Array): string => new TextDecoder().decode(body);
function describeWebhooks(name: string, factory: WebhookFactory): void {
  describe(name, () => {
    for (const one of webhookContract(factory)) it(one.name, () => one.run());
  });
}

describeWebhooks('the receiving half of the contract on whatsapp', () => {
  const appSecret = 'app-secret-1';
  const { examples } = fixture('whatsapp-webhook-examples.json') as {
    readonly examples: readonly { readonly name: string; readonly body: unknown }[];
  };
  const typed = ['status delivered', 'status failed, not', 'inbound text', 'inbound template quick'].map(
    (start) => {
      const found = examples.find((one) => one.name.startsWith(start));
      const type = start.startsWith('status') ? ('status' as const) : ('message' as const);
      return { name: start, body: JSON.stringify(found?.body), events: [type] };
    },
  );
  const post = (body: Uint8Array, by = appSecret, name = 'X-Hub-Signature-256'): WebhookRequest =>
    request(body, { [name]: `sha256=${hex(by, body)}` });
  const entry = (changes: unknown): string =>
    JSON.stringify({ object: 'whatsapp_business_account', entry: [{ id: '1', time: 1, changes }] });
  return {
    channel: whatsapp({
      phoneNumberId: '108200000000033',
      accessToken: 'EAAG-token',
      templates: {},
      appSecret,
    }),
    now,
    request: (body) => post(body),
    forged: (body) => [post(body, 'other'), post(body, appSecret, 'X-Other'), request(body)],
    examples: typed,
    unknown: [entry([{ field: 'teleported', value: { a: 1 } }])],
    secrets: [appSecret, 'EAAG-token'],
    texts: ['Ya pagamos la factura', 'Pago esta semana'],
  };
});

describeWebhooks('the receiving half of the contract on twilioSms', () => {
  const accountSid = 'AC0123456789abcdef0123456789abcdef';
  const authToken = 'twilio-auth-token';
  const url = 'https://acme.example/hooks/twilio?act=acme%2F1';
  const signed = (body: Uint8Array, by = authToken): WebhookRequest => {
    const rest = [...new Set([...new URLSearchParams(textOf(body))].map((pair) => pair.join('')))]
      .sort()
      .join('');
    const signature = createHmac('sha1', by)
      .update(url + rest)
      .digest('base64');
    return request(body, { 'x-twilio-signature': signature }, { url });
  };
  const form = (n: number, more: Readonly<Record<string, string>>): string =>
    new URLSearchParams({
      AccountSid: accountSid,
      MessageSid: `SM${String(n).padStart(32, '0')}`,
      From: '+34600111222',
      To: '+34910000000',
      ...more,
    }).toString();
  return {
    channel: twilioSms({ accountSid, authToken, from: '+15005550006' }),
    now,
    request: (body) => signed(body),
    forged: (body) => [signed(body, 'other'), request(body, {}, { url })],
    examples: [
      { name: 'delivered', body: form(1, { MessageStatus: 'delivered' }), events: ['status'] },
      { name: 'sent', body: form(1, { MessageStatus: 'sent' }), events: ['status'] },
      {
        name: 'answer',
        body: form(2, { SmsStatus: 'received', Body: 'ya lo pagué ayer' }),
        events: ['message'],
      },
    ],
    unknown: [form(3, { MessageStatus: 'teleported' })],
    secrets: [authToken],
    texts: ['ya lo pagué'],
  };
});

const mailOf = (webhook: MailWebhook) =>
  email({ transport: { sendMail: async () => ({}) }, from: 'cobranza@acme.example', webhook });
const to = 'ines@robles.example';

describeWebhooks('the receiving half of the contract on email with SendGrid', () => {
  const keys = signer;
  const other = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const publicKey = keys.publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
  const signed = (body: Uint8Array, { privateKey } = keys, at = now): WebhookRequest => {
    const timestamp = String(Math.floor(at / 1000));
    const signature = sign('sha256', Buffer.concat([Buffer.from(timestamp), body]), privateKey);
    return request(body, {
      'X-Twilio-Email-Event-Webhook-Signature': signature.toString('base64'),
      'X-Twilio-Email-Event-Webhook-Timestamp': timestamp,
    });
  };
  const told = (n: number, event: string): object => ({
    email: to,
    timestamp: 1795348740,
    'smtp-id': '<act.1@acme.example>',
    sg_event_id: `ev${n}`,
    event,
  });
  return {
    channel: mailOf(sendgridWebhook({ publicKey })),
    now,
    request: (body) => signed(body),
    forged: (body) => [signed(body, other), request(body)],
    examples: [
      { name: 'delivered', body: JSON.stringify([told(1, 'delivered')]), events: ['status'] },
      {
        name: 'two',
        body: JSON.stringify([told(2, 'open'), told(3, 'bounce')]),
        events: ['status', 'status'],
      },
    ],
    unknown: [JSON.stringify([told(4, 'teleported')])],
    secrets: [],
    texts: [],
  };
});

describeWebhooks('the receiving half of the contract on email with Resend', () => {
  const key = Buffer.from('a secret of twenty-four b').toString('base64');
  const signed = (body: Uint8Array, by = key, at = now): WebhookRequest => {
    const id = `msg_${createHash('sha256').update(body).digest('hex').slice(0, 12)}`;
    const timestamp = String(Math.floor(at / 1000));
    const signature = createHmac('sha256', Buffer.from(by, 'base64'))
      .update(`${id}.${timestamp}.`)
      .update(body)
      .digest('base64');
    return request(body, {
      'svix-id': id,
      'svix-timestamp': timestamp,
      'svix-signature': `v1,${signature}`,
    });
  };
  const told = (type: string): string =>
    JSON.stringify({ type, created_at: '2026-11-22T11:59:00Z', data: { email_id: 'e1', to: [to] } });
  return {
    channel: mailOf(resendWebhook({ secret: `whsec_${key}` })),
    now,
    request: (body) => signed(body),
    forged: (body) => [signed(body, 'b3RoZXI='), signed(body, key, now - 3_600_000), request(body)],
    examples: [
      { name: 'delivered', body: told('email.delivered'), events: ['status'] },
      { name: 'sent', body: told('email.sent'), events: ['status'] },
    ],
    unknown: [told('email.teleported')],
    secrets: [key],
    texts: [],
  };
});

describeWebhooks('the receiving half of the contract on email with Postmark', () => {
  const password = 'postmark-password';
  const signed = (body: Uint8Array, by = password): WebhookRequest =>
    request(body, { authorization: `Basic ${Buffer.from(`recobro:${by}`).toString('base64')}` });
  const told = (RecordType: string, MessageID: string): string =>
    JSON.stringify({ RecordType, MessageID, Recipient: to, DeliveredAt: '2026-11-22T11:59:00Z' });
  return {
    channel: mailOf(postmarkWebhook({ user: 'recobro', password })),
    now,
    request: (body) => signed(body),
    forged: (body) => [signed(body, 'other'), request(body)],
    covers: 'nothing',
    examples: [
      { name: 'delivered', body: told('Delivery', 'pm1'), events: ['status'] },
      { name: 'another', body: told('Delivery', 'pm2'), events: ['status'] },
    ],
    unknown: [told('Teleport', 'pm3')],
    secrets: [password],
    texts: [],
  };
});

describeWebhooks('the receiving half of the contract on email with SES', () => {
  const topic = 'arn:aws:sns:us-east-1:123456789012:mail';
  const certUrl = 'https://sns.us-east-1.amazonaws.com/SimpleNotificationService-1.pem';
  const order = ['Message', 'MessageId', 'Timestamp', 'TopicArn', 'Type'];
  // What SNS signs are fields: the bench's bytes are the message within.
  const envelope = (body: Uint8Array): Readonly<Record<string, string>> => {
    const fields: Readonly<Record<string, string>> = {
      Type: 'Notification',
      MessageId: createHash('sha256').update(body).digest('hex').slice(0, 16),
      TopicArn: topic,
      Message: textOf(body),
      Timestamp: '2026-11-22T11:59:30.000Z',
      SignatureVersion: '2',
      SigningCertURL: certUrl,
    };
    const text = order.map((name) => `${name}\n${fields[name]}\n`).join('');
    return {
      ...fields,
      Signature: createSign('sha256WithRSAEncryption').update(text).sign(privateKey, 'base64'),
    };
  };
  const told = (notificationType: string, messageId: string): string =>
    JSON.stringify({
      notificationType,
      mail: { messageId, headers: [{ name: 'Message-ID', value: `<${messageId}@acme.example>` }] },
      delivery: { recipients: [to] },
    });
  return {
    channel: mailOf(
      sesWebhook({ topic, fetch: async () => ({ status: 200, text: async () => certificate }) }),
    ),
    now,
    request: (body) => request(JSON.stringify(envelope(body))),
    forged: (body) => [
      request(JSON.stringify({ ...envelope(body), Subject: 'another' })),
      request(JSON.stringify({ ...envelope(body), SigningCertURL: 'https://evil.example/cert.pem' })),
      request(JSON.stringify({ ...envelope(body), Signature: 'AAAA' })),
    ],
    // Blanks between fields are nothing to SNS.
    covers: 'nothing',
    examples: [
      { name: 'delivered', body: told('Delivery', 'ses-1'), events: ['status'] },
      { name: 'another', body: told('Delivery', 'ses-2'), events: ['status'] },
    ],
    unknown: [told('Teleport', 'ses-3')],
    secrets: [],
    texts: [],
  } satisfies WebhookUnderTest;
});
