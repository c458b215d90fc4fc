import { createHmac, type KeyLike, sign } from 'node:crypto';

/** What every provider of mail posts. */
export interface MailWebhookFixture {
  /** The body; objects are written as JSON. */
  readonly body: string | object;
  /** When it is posted, in milliseconds: requests outside the replay window are refused. */
  readonly at: number;
  /** Default `https://host.example/webhooks/email`. */
  readonly url?: string | undefined;
}

/** What {@link signResendWebhook} signs. */
export interface ResendWebhookFixture extends MailWebhookFixture {
  /** `whsec_` and base64, as `resendWebhook` has it. */
  readonly secret: string;
  /** Id of the event: the same id is the same event. Default `msg_1`. */
  readonly id?: string | undefined;
}

/**
 * A request as Resend posts it, signed in Svix's way over id, time and body.
 *
 * @example
 * const body = { type: 'email.bounced', data: { email_id: 'e1', to: ['ines@robles.example'] } };
 * const response = await dunning.webhook('email')(signResendWebhook({ secret, body, at: Date.now() }));
 */
export function signResendWebhook({ secret, body, at, id = 'msg_1', url }: ResendWebhookFixture): Request {
  const text = textOf(body);
  const time = String(Math.floor(at / 1000));
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${time}.${text}`).digest('base64');
  return posted(url, text, { 'svix-id': id, 'svix-timestamp': time, 'svix-signature': `v1,${signature}` });
}

/** What {@link signSendgridWebhook} signs. */
export interface SendgridWebhookFixture extends MailWebhookFixture {
  /** The private half of the EC key whose public half `sendgridWebhook` has: a test makes the pair itself. */
  readonly privateKey: KeyLike;
}

/**
 * A request as SendGrid posts it, signed over time and body. SendGrid signs with a key that nobody else has, so a test
 * makes a pair of its own.
 *
 * @example
 * const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
 * const webhook = sendgridWebhook({ publicKey: publicKey.export({ format: 'der', type: 'spki' }).toString('base64') });
 * const request = signSendgridWebhook({ privateKey, body: [{ event: 'bounce', email }], at: Date.now() });
 */
export function signSendgridWebhook({ privateKey, body, at, url }: SendgridWebhookFixture): Request {
  const text = textOf(body);
  const time = String(Math.floor(at / 1000));
  return posted(url, text, {
    'x-twilio-email-event-webhook-signature': sign('sha256', Buffer.from(time + text), privateKey).toString(
      'base64',
    ),
    'x-twilio-email-event-webhook-timestamp': time,
  });
}

/** What {@link signPostmarkWebhook} carries. */
export interface PostmarkWebhookFixture extends Omit<MailWebhookFixture, 'at'> {
  readonly user: string;
  readonly password: string;
}

/**
 * A request as Postmark posts it, with user and password: Postmark signs nothing.
 *
 * @example
 * const request = signPostmarkWebhook({ user, password, body: { RecordType: 'Bounce', MessageID: 'm1' } });
 */
export function signPostmarkWebhook({ user, password, body, url }: PostmarkWebhookFixture): Request {
  const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  return posted(url, textOf(body), { authorization });
}

function textOf(body: string | object): string {
  return typeof body === 'string' ? body : JSON.stringify(body);
}

function posted(
  url = 'https://host.example/webhooks/email',
  body: string,
  headers: Readonly<Record<string, string>>,
): Request {
  return new Request(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
}
