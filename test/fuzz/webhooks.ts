import { createHmac, createSign, generateKeyPairSync, sign } from 'node:crypto';
import fc from 'fast-check';
import {
  type MailWebhook,
  postmarkWebhook,
  resendWebhook,
  sendgridWebhook,
  sesWebhook,
} from '../../src/channels/email/index.js';
import type { Received, WebhookRequest } from '../../src/channels/inbound.js';
import { twilioSms, twilioWhatsapp } from '../../src/channels/sms/index.js';
import { whatsapp } from '../../src/channels/whatsapp/index.js';
import { selfSigned } from '../channels/email/certificate.js';
import { fixture } from '../channels/fixtures.js';
import { hex, request } from '../channels/webhooks/request.js';
import { anyText, bytesOf, canary, jsonLike, soup, textsLike } from './inputs.js';
import { isData, type Parser, parser } from './parser.js';

const now = Date.parse('2026-11-22T12:00:00Z');
const inTime = String(now / 1000);

/** What every webhook promises for every body. */
function checkReceived({ answer, events }: Received): void {
  if (answer.status < 200 || answer.status >= 500) throw new Error(`answered with ${answer.status}`);
  if (JSON.stringify(answer).includes(canary)) throw new Error('gave a text away in its answer');
  for (const event of events) {
    if (!isData(event)) throw new Error('told what is no data');
    if (event.key === '') throw new Error('told of something without a key');
  }
  if (Reflect.get({}, canary) !== undefined) throw new Error('reached the prototype of all objects');
}

function webhook(
  name: string,
  inputs: number,
  bodies: fc.Arbitrary<Uint8Array>,
  post: (body: Uint8Array) => WebhookRequest,
  receive: MailWebhook['receive'] | undefined,
): Parser {
  if (receive === undefined) throw new Error(`${name} does not receive`);
  return parser(`webhook: ${name}`, inputs, bodies, async (body) =>
    checkReceived(await receive(post(body), { now })),
  );
}

function meta(): Parser {
  const { examples } = fixture('whatsapp-webhook-examples.json') as {
    readonly examples: readonly { readonly body: unknown }[];
  };
  const channel = whatsapp({
    phoneNumberId: '108200000000033',
    accessToken: 't',
    templates: {},
    appSecret: 'secret',
  });
  const post = (body: Uint8Array): WebhookRequest =>
    request(body, { 'x-hub-signature-256': `sha256=${hex('secret', body)}` });
  return webhook('whatsapp', 130_000, jsonLike(examples.map(({ body }) => body)), post, channel.receive);
}

function twilio(): Parser {
  const { examples } = fixture('twilio-webhook-examples.json') as {
    readonly examples: readonly { readonly params: Readonly<Record<string, string>> }[];
  };
  const url = 'https://acme.example/hooks/twilio?act=acme%2F1';
  const accountSid = 'AC0123456789abcdef0123456789abcdef';
  const texts = textsLike(examples.map(({ params }) => params));
  const forms = fc
    .tuple(fc.constantFrom(...examples), fc.dictionary(texts, fc.oneof(texts, anyText), { maxKeys: 6 }))
    .map(([{ params }, more]) => new URLSearchParams({ ...params, ...more }).toString());
  const account = { accountSid, authToken: 'token', from: '+15005550006' };
  const [sms, chat] = [twilioSms(account), twilioWhatsapp({ ...account, contents: {} })].map(
    ({ receive }) => receive,
  );
  if (sms === undefined || chat === undefined) throw new Error('Twilio does not receive');
  const post = (body: Uint8Array): WebhookRequest => {
    const pairs = [...new URLSearchParams(new TextDecoder().decode(body))].map((pair) => pair.join(''));
    const text = url + [...new Set(pairs)].sort().join('');
    const signature = createHmac('sha1', 'token').update(text).digest('base64');
    return request(body, { 'x-twilio-signature': signature }, { url });
  };
  const bodies = bytesOf(fc.oneof({ weight: 9, arbitrary: forms }, { weight: 1, arbitrary: anyText }));
  return parser('webhook: twilio', 120_000, bodies, async (body) => {
    // Both channels see each request, and never both take it.
    const told = [await sms(post(body), { now }), await chat(post(body), { now })];
    for (const one of told) checkReceived(one);
    // What is of another account both tell of, and neither takes.
    const takes = ({ events }: Received): boolean => events.some(({ type }) => type !== 'ignored');
    if (told.every(takes)) throw new Error('taken twice');
  });
}

/** Bodies of a mail provider: events of the table under the names where it has them. */
function mailBodies(provider: string, extra: readonly unknown[]): readonly unknown[] {
  const { providers } = fixture('email-events.json') as {
    readonly providers: Readonly<Record<string, { readonly events: readonly { readonly when: object }[] }>>;
  };
  const events = (providers[provider]?.events ?? []).map(({ when }) => nested(when));
  return extra.flatMap((one) => events.map((event) => ({ ...Object(one), ...event })));
}

/** `a.b` as an object within an object. */
function nested(when: object): object {
  const result: Record<string, unknown> = {};
  for (const [path, value] of Object.entries(when)) {
    const [head = '', inner] = path.split('.', 2);
    const plain: unknown = typeof value === 'string' ? value.split(/ \| | or /)[0] : value;
    result[head] = inner === undefined ? plain : { ...Object(result[head]), [inner]: plain };
  }
  return result;
}

function resend(): Parser {
  const key = Buffer.from('a secret of twenty-four b').toString('base64');
  const data = {
    email_id: 'e1',
    to: ['ines@robles.example'],
    headers: [{ name: 'X-Recobro-Act', value: 'a%2F1' }],
  };
  const bodies = [
    ...mailBodies('resend', [{ created_at: '2026-11-22T11:59:00Z', data }]),
    {
      type: 'email.bounced',
      created_at: '2026-11-22T11:59:00Z',
      data: { ...data, bounce: { type: 'Permanent' } },
    },
  ];
  const post = (body: Uint8Array): WebhookRequest => {
    const signature = createHmac('sha256', Buffer.from(key, 'base64')).update(`m.${inTime}.`).update(body);
    return request(body, {
      'svix-id': 'm',
      'svix-timestamp': inTime,
      'svix-signature': `v1,${signature.digest('base64')}`,
    });
  };
  return webhook(
    'resend',
    110_000,
    jsonLike(bodies),
    post,
    resendWebhook({ secret: `whsec_${key}` }).receive,
  );
}

function sendgrid(): Parser {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const webhookKey = publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
  const one = {
    email: 'ines@robles.example',
    timestamp: 1_795_348_740,
    'smtp-id': '<act.1@acme.example>',
    sg_event_id: 'ev1',
    act: 'a%2F1',
    reason: '550 5.1.1 no such user',
  };
  const bodies = mailBodies('sendgrid', [one]).map((event) => [event]);
  const post = (body: Uint8Array): WebhookRequest => {
    const signature = sign('sha256', Buffer.concat([Buffer.from(inTime), body]), privateKey);
    return request(body, {
      'X-Twilio-Email-Event-Webhook-Signature': signature.toString('base64'),
      'X-Twilio-Email-Event-Webhook-Timestamp': inTime,
    });
  };
  return webhook(
    'sendgrid',
    60_000,
    jsonLike(bodies),
    post,
    sendgridWebhook({ publicKey: webhookKey }).receive,
  );
}

function postmark(): Parser {
  const one = {
    MessageID: 'pm1',
    Recipient: 'ines@robles.example',
    Metadata: { act: 'a%2F1' },
    DeliveredAt: '2026-11-22T11:59:00Z',
  };
  const authorization = `Basic ${Buffer.from('recobro:pw').toString('base64')}`;
  const post = (body: Uint8Array): WebhookRequest => request(body, { authorization });
  const { receive } = postmarkWebhook({ user: 'recobro', password: 'pw' });
  return webhook('postmark', 110_000, jsonLike(mailBodies('postmark', [one])), post, receive);
}

/** SNS signs fields, so that the bytes are the message within; every other one spoils the envelope itself. */
function ses(): Parser {
  const topic = 'arn:aws:sns:us-east-1:123456789012:mail';
  const certUrl = 'https://sns.us-east-1.amazonaws.com/SimpleNotificationService-1.pem';
  const { certificate, privateKey } = selfSigned();
  const mail = { messageId: 'ses-1', headers: [{ name: 'Message-ID', value: '<act.1@acme.example>' }] };
  const recipients = ['ines@robles.example'];
  const bounced = [
    { emailAddress: 'ines@robles.example', status: '5.1.1', diagnosticCode: 'smtp; 550 5.1.1' },
  ];
  const messages = [
    { notificationType: 'Delivery', mail, delivery: { recipients, timestamp: '2026-11-22T11:59:00.000Z' } },
    {
      eventType: 'Bounce',
      mail,
      bounce: { bounceType: 'Permanent', bounceSubType: 'General', bouncedRecipients: bounced },
    },
    { eventType: 'Complaint', mail, complaint: { complainedRecipients: bounced } },
    {
      eventType: 'DeliveryDelay',
      mail,
      deliveryDelay: { delayType: 'MailboxFull', delayedRecipients: bounced },
    },
    { eventType: 'Open', mail, open: {} },
  ];
  const order = ['Message', 'MessageId', 'Timestamp', 'TopicArn', 'Type'];
  const post = (body: Uint8Array): WebhookRequest => {
    const fields: Readonly<Record<string, string>> = {
      Type: 'Notification',
      MessageId: 'n1',
      TopicArn: topic,
      Message: new TextDecoder().decode(body),
      Timestamp: '2026-11-22T11:59:30.000Z',
      SignatureVersion: '2',
      SigningCertURL: certUrl,
    };
    const text = order.map((name) => `${name}\n${fields[name]}\n`).join('');
    const signature = createSign('sha256WithRSAEncryption').update(text).sign(privateKey, 'base64');
    const whole = JSON.stringify({ ...fields, Signature: signature });
    return request((body.at(0) ?? 0) % 7 === 0 ? whole.replace('"n1"', '{"n":[1]}') : whole);
  };
  const fetch = async () => ({ status: 200, text: async () => certificate });
  return webhook('ses', 25_000, jsonLike(messages), post, sesWebhook({ topic, fetch }).receive);
}

/** Bodies that nobody signed: what is looked at before the signature, and by SNS for finding it. */
function unsigned(): Parser {
  const topic = 'arn:aws:sns:us-east-1:123456789012:mail';
  const envelope = {
    Type: 'SubscriptionConfirmation',
    MessageId: 'n1',
    TopicArn: topic,
    Message: '{}',
    Token: 't',
    SubscribeURL: 'https://sns.us-east-1.amazonaws.com/?Action=ConfirmSubscription',
    Timestamp: '2026-11-22T11:59:30.000Z',
    SignatureVersion: '1',
    Signature: 'AAAA',
    SigningCertURL: 'https://sns.us-east-1.amazonaws.com/SimpleNotificationService-1.pem',
  };
  const { receive } = sesWebhook({
    topic,
    fetch: async () => ({ status: 404, text: async () => canary }),
  });
  return parser('webhook: unsigned SNS', 40_000, jsonLike([envelope]), async (body) => {
    const received = await receive(request(body), { now });
    if (received.events.length > 0) throw new Error('believed what nobody signed');
    // The certificate could not be had: SNS is to come again.
    if (received.answer.status !== 503) checkReceived(received);
    else if (JSON.stringify(received).includes(canary)) throw new Error('gave a text away');
  });
}

/** Requests of anybody: any method, address and headers, and signatures that are none. */
function strangers(): Parser {
  const accountSid = 'AC0123456789abcdef0123456789abcdef';
  const channels: readonly MailWebhook[] = [
    whatsapp({
      phoneNumberId: '108200000000033',
      accessToken: 't',
      templates: {},
      appSecret: 's',
      verifyToken: canary,
    }),
    twilioSms({ accountSid, authToken: 'token', from: '+15005550006' }),
    resendWebhook({ secret: `whsec_${Buffer.from('a secret of twenty-four b').toString('base64')}` }),
    sendgridWebhook({ publicKey: publicKeyText() }),
    postmarkWebhook({ user: 'recobro', password: canary }),
  ].map((channel) => ({ receive: channel.receive ?? nobody }));
  const value = soup(['sha256=', '0'.repeat(64), 'v1,', 'AAAA', '==', inTime, 'Basic ', 'm', ',', ' ', 'g']);
  const names = ['x-hub-signature-256', 'x-twilio-signature', 'svix-id', 'svix-timestamp', 'svix-signature'];
  const signatures = ['X-Twilio-Email-Event-Webhook-Signature', 'X-Twilio-Email-Event-Webhook-Timestamp'];
  const requests = fc.record({
    method: fc.constantFrom('POST', 'POST', 'GET', 'HEAD', 'OPTIONS', 'PUT', ''),
    url: fc.oneof(
      fc.constant('https://acme.example/hooks?hub.mode=subscribe&hub.challenge=1&hub.verify_token=x'),
      soup([
        'https://',
        'acme.example',
        '/hooks',
        '?',
        '&',
        'hub.mode=subscribe',
        'hub.challenge=1',
        '%',
        '%zz',
      ]),
    ),
    headers: fc.dictionary(
      fc.constantFrom(...names, ...signatures, 'authorization'),
      fc.oneof(value, anyText),
    ),
    body: jsonLike([{ entry: [] }, [{ event: 'bounce' }], { type: 'email.bounced' }]),
  });
  return parser('webhook: requests of anybody', 60_000, requests, async ({ body, headers, ...more }) => {
    for (const { receive } of channels) {
      const received = await receive(request(body, headers, more), { now });
      if (received.events.length > 0) throw new Error('believed what nobody signed');
      if (received.refused === undefined) throw new Error('took what nobody signed');
      checkReceived(received);
    }
  });
}

const nobody: MailWebhook['receive'] = () => {
  throw new Error('a channel does not receive');
};

function publicKeyText(): string {
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  return publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
}

export const webhooks: readonly (() => Parser)[] = [
  meta,
  twilio,
  ses,
  unsigned,
  sendgrid,
  postmark,
  resend,
  strangers,
];
