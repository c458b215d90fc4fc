import { createSign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { sesWebhook } from '../../../src/channels/email/index.js';
import type { Received } from '../../../src/index.js';
import { request } from '../webhooks/request.js';
import { selfSigned } from './certificate.js';

const now = Date.parse('2026-11-22T12:00:00Z');
const topic = 'arn:aws:sns:us-east-1:123456789012:mail';
const certUrl = 'https://sns.us-east-1.amazonaws.com/SimpleNotificationService-1.pem';
const { certificate, privateKey } = selfSigned();

interface Envelope {
  readonly [name: string]: string;
}

function envelope(message: unknown, more: Envelope = {}): Envelope {
  return {
    Type: 'Notification',
    MessageId: 'n1',
    TopicArn: topic,
    Message: typeof message === 'string' ? message : JSON.stringify(message),
    Timestamp: '2026-11-22T11:59:30.000Z',
    SignatureVersion: '2',
    SigningCertURL: certUrl,
    ...more,
  };
}

const order = ['Message', 'MessageId', 'SubscribeURL', 'Subject', 'Timestamp', 'Token', 'TopicArn', 'Type'];

function signed(fields: Envelope, wanted = order): Envelope {
  const text = wanted
    .filter((name) => fields[name] !== undefined)
    .map((name) => `${name}\n${fields[name]}\n`)
    .join('');
  const algorithm = fields.SignatureVersion === '1' ? 'sha1WithRSAEncryption' : 'sha256WithRSAEncryption';
  return { ...fields, Signature: createSign(algorithm).update(text).sign(privateKey, 'base64') };
}

function house() {
  const calls: string[] = [];
  const webhook = sesWebhook({
    topic,
    fetch: async (url) => {
      calls.push(url);
      return { status: 200, text: async () => (url === certUrl ? certificate : '<ok/>') };
    },
  });
  const post = (fields: Envelope): Promise<Received> =>
    webhook.receive(request(JSON.stringify(fields)), { now });
  return { calls, post };
}

const headers = [{ name: 'Message-ID', value: '<act.1@acme.example>' }];
const mail = { messageId: 'ses-1', headers };

describe('notifications', () => {
  it.each(['1', '2'])(
    'of signature version %s are checked and read; the certificate is fetched once',
    async (version) => {
      const { calls, post } = house();
      const message = {
        notificationType: 'Delivery',
        mail,
        delivery: { recipients: ['Ines@Robles.example'] },
      };
      const fields = signed(envelope(message, { SignatureVersion: version, Subject: 'Amazon SES' }));
      for (let n = 0; n < 2; n++)
        expect(await post(fields)).toEqual({
          answer: { status: 200 },
          events: [
            {
              type: 'status',
              provider: 'ses',
              key: 'n1 0',
              at: Date.parse('2026-11-22T11:59:30.000Z'),
              status: 'delivered',
              providerId: '<act.1@acme.example>',
              to: { address: 'ines@robles.example' },
            },
          ],
        });
      expect(calls).toEqual([certUrl]);
    },
  );

  const recipients = [
    { emailAddress: 'ines@robles.example', status: '5.1.1' },
    { emailAddress: 'leo@robles.example' },
  ];
  it.each([
    [
      'Permanent',
      'General',
      { code: 'ses:5.1.1', scope: 'recipient', temporary: false, addressUnusable: true },
    ],
    [
      'Permanent',
      'OnAccountSuppressionList',
      { code: 'ses:5.1.1', scope: 'recipient', temporary: false, addressUnusable: true },
    ],
    ['Transient', 'MailboxFull', { code: 'ses:5.1.1', scope: 'recipient', temporary: true }],
    ['Undetermined', 'Undetermined', { code: 'ses:5.1.1', scope: 'recipient', temporary: true }],
  ])('a bounce that is %s (%s) is told of each recipient', async (bounceType, bounceSubType, failure) => {
    const bounce = { bounceType, bounceSubType, bouncedRecipients: recipients };
    const { events } = await house().post(signed(envelope({ notificationType: 'Bounce', mail, bounce })));
    expect(events).toMatchObject([
      { key: 'n1 0', status: 'failed', failure, to: { address: 'ines@robles.example' } },
      { key: 'n1 1', status: 'failed', to: { address: 'leo@robles.example' } },
    ]);
  });

  it('complaints stop; published events and what is not known are read as well', async () => {
    const complaint = { complainedRecipients: recipients };
    const told = async (message: unknown) => (await house().post(signed(envelope(message)))).events;
    expect(await told({ notificationType: 'Complaint', mail, complaint })).toMatchObject([
      { type: 'consent', value: 'stop', scope: 'channel' },
      { type: 'consent' },
    ]);
    const listed = { ...complaint, complaintSubType: 'OnAccountSuppressionList' };
    expect(await told({ notificationType: 'Complaint', mail, complaint: listed })).toMatchObject([
      { failure: { addressUnusable: true } },
      {},
    ]);
    expect(await told({ eventType: 'Send', mail })).toMatchObject([{ status: 'sent' }]);
    expect(await told({ eventType: 'Reject', mail })).toMatchObject([
      { status: 'failed', failure: { scope: 'message' } },
    ]);
    expect(await told({ eventType: 'DeliveryDelay', mail })).toMatchObject([{ status: 'deferred' }]);
    expect(await told({ eventType: 'Teleport', mail })).toMatchObject([
      { type: 'ignored', what: 'Teleport' },
    ]);
    expect(await told('not json')).toMatchObject([{ type: 'ignored', what: 'notification' }]);
  });
});

describe('subscriptions', () => {
  it('of our topic are confirmed with SNS, and with nobody else', async () => {
    const SubscribeURL = 'https://sns.us-east-1.amazonaws.com/?Action=ConfirmSubscription&Token=t';
    const fields = (url: string) =>
      signed(envelope('Confirm', { Type: 'SubscriptionConfirmation', Token: 't', SubscribeURL: url }));
    const { calls, post } = house();
    expect(await post(fields(SubscribeURL))).toMatchObject({ answer: { status: 200 } });
    expect(calls).toEqual([certUrl, SubscribeURL]);
    const other = house();
    await other.post(fields('https://evil.example/?Action=ConfirmSubscription'));
    expect(other.calls).toEqual([certUrl]);
  });
});

describe('what is not SNS’s', () => {
  const message = { notificationType: 'Delivery', mail, delivery: { recipients: ['a@b.example'] } };

  it.each([
    ['signed by another', { ...signed(envelope(message)), Message: '{}' }],
    ['without a signature', envelope(message)],
    ['of another topic', signed(envelope(message, { TopicArn: 'arn:aws:sns:us-east-1:123456789012:other' }))],
    [
      'with a certificate from elsewhere',
      signed(envelope(message, { SigningCertURL: 'https://evil.example/a.pem' })),
    ],
    ['over http', signed(envelope(message, { SigningCertURL: certUrl.replace('https', 'http') }))],
    [
      'with another host before the name',
      signed(envelope(message, { SigningCertURL: 'https://sns.us-east-1.amazonaws.com.evil.example/a.pem' })),
    ],
    ['of no version that is known', signed(envelope(message, { SignatureVersion: '3' }))],
  ])('%s is refused', async (_, fields) => {
    const { calls, post } = house();
    expect(await post(fields)).toMatchObject({ answer: { status: 401 }, events: [], refused: 'signature' });
    expect(calls.every((url) => url.startsWith('https://sns.us-east-1.amazonaws.com/'))).toBe(true);
  });

  it('is late: refused; of no kind: malformed', async () => {
    const { post } = house();
    const late = signed(envelope(message, { Timestamp: '2026-11-22T10:59:00.000Z' }));
    expect((await post(late)).refused).toBe('expired');
    expect((await post(envelope(message, { Type: 'Other' }))).refused).toBe('malformed');
  });

  it('a certificate that cannot be had is asked for again', async () => {
    let up = false;
    const webhook = sesWebhook({
      topic,
      fetch: async () => {
        if (!up) throw new Error('unreachable');
        return { status: 200, text: async () => certificate };
      },
    });
    const post = () => webhook.receive(request(JSON.stringify(signed(envelope(message)))), { now });
    expect(await post()).toEqual({ answer: { status: 503 }, events: [] });
    up = true;
    expect((await post()).refused).toBeUndefined();
  });
});
