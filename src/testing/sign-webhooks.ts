import { createHmac } from 'node:crypto';

/** What {@link signWhatsappWebhook} signs. */
export interface WhatsappWebhookFixture {
  /** The app's secret, as the channel has it. */
  readonly appSecret: string;
  /** The body; objects are written as JSON. */
  readonly body: string | object;
  /** Default `https://host.example/webhooks/whatsapp`. */
  readonly url?: string | undefined;
}

/**
 * A request as Meta posts it, signed over its bytes, for tests of a host's own routes.
 *
 * @example
 * const response = await dunning.webhook('whatsapp')(signWhatsappWebhook({ appSecret, body: fixture }));
 */
export function signWhatsappWebhook({
  appSecret,
  body,
  url = 'https://host.example/webhooks/whatsapp',
}: WhatsappWebhookFixture): Request {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const signature = createHmac('sha256', appSecret).update(text).digest('hex');
  return new Request(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-hub-signature-256': `sha256=${signature}` },
    body: text,
  });
}

/** What {@link signTwilioWebhook} signs. */
export interface TwilioWebhookFixture {
  /** The account's auth token. */
  readonly authToken: string;
  readonly params: Readonly<Record<string, string>>;
  /** As Twilio would call it, query included. Default `https://host.example/webhooks/twilio`. */
  readonly url?: string | undefined;
}

/**
 * A request as Twilio posts it, signed over address and parameters.
 *
 * @example
 * const params = { AccountSid: accountSid, MessageSid: 'SM…', MessageStatus: 'delivered' };
 * const response = await dunning.webhook('sms')(signTwilioWebhook({ authToken, params, url }));
 */
export function signTwilioWebhook({
  authToken,
  params,
  url = 'https://host.example/webhooks/twilio',
}: TwilioWebhookFixture): Request {
  const rest = Object.keys(params)
    .sort()
    .map((name) => `${name}${params[name]}`)
    .join('');
  const signature = createHmac('sha1', authToken).update(`${url}${rest}`).digest('base64');
  return new Request(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-twilio-signature': signature,
    },
    body: new URLSearchParams(params).toString(),
  });
}
