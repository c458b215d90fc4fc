import type { Channel, OutboundMessage, SendOptions, SendOutcome } from '../../channel.js';
import { defaultTimeout, type HttpTransport, postForm } from '../../http.js';
import { longestTimeout, OptionCheck, withoutSlash } from '../../options.js';
import { misconfiguredBefore, refusedBefore } from '../../outcomes.js';
import { isPhone } from '../../phone.js';
import { secretsOf, type WebhookSecret } from '../../webhook-signature.js';
import { plainSms } from '../plain.js';
import { outcomeOfAnswer } from './answer.js';
import { messageFields } from './request.js';
import { receiveFromTwilio } from './webhook.js';

export type { WebhookSecret } from '../../webhook-signature.js';

/** Options of {@link twilioSms}. */
export interface TwilioSmsOptions {
  /** `AC` and 32 hexadecimal digits. */
  readonly accountSid: string;
  /** The account's auth token; or give `apiKey` and `apiSecret`. */
  readonly authToken?: string | undefined;
  /** `SK` and 32 hexadecimal digits; with `apiSecret`, instead of the auth token. */
  readonly apiKey?: string | undefined;
  readonly apiSecret?: string | undefined;
  /** Number, short code or alphanumeric name that messages come from. This or `messagingServiceSid`, or both. */
  readonly from?: string | undefined;
  /** `MG` and 32 hexadecimal digits: Twilio picks the sender from that service's pool. */
  readonly messagingServiceSid?: string | undefined;
  /**
   * Where Twilio reports what became of each message; the act's key is added as
   * `?act=`. Without it Twilio never learns the key, and a message whose fate is
   * unknown can only be looked up by hand.
   */
  readonly statusCallback?: string | undefined;
  /**
   * Auth token that webhooks are signed with; several while it is being changed. Default: `authToken`. Without
   * either the channel only sends.
   */
  readonly webhookToken?: WebhookSecret | undefined;
  /**
   * Origin and path under which Twilio knows the webhook, where a proxy changes them on the way: signatures cover
   * them. Default: those of each request.
   */
  readonly webhookUrl?: string | undefined;
  /**
   * Seconds that a message may wait in Twilio's queue, 1 to 36,000. Default
   * 14,400 (4 h): Twilio's own 10 h would let a reminder leave at night.
   */
  readonly validitySeconds?: number | undefined;
  /** Twilio's own replacement of look-alike characters. Default: the account's setting. */
  readonly smartEncoded?: boolean | undefined;
  /** Whether accents that SMS has no cheap letter for may be dropped; see {@link plainSms}. Default true. */
  readonly transliterate?: boolean | undefined;
  /** Default `https://api.twilio.com`. */
  readonly baseUrl?: string | undefined;
  /** How requests go out. Default: the built-in `fetch`. */
  readonly fetch?: HttpTransport | undefined;
  /** Milliseconds for one attempt. Default 15,000; below 10,000 a slow connect counts as unknown. */
  readonly timeout?: number | undefined;
}

/** Twilio refuses longer bodies (error 21617). */
const longestBody = 1600;

/**
 * SMS over Twilio. Needs consent on record. Twilio has no idempotency key: a
 * time-out or a connection that breaks is `unknown`, never a retry.
 *
 * @throws RecobroError `invalid_option`, listing every option that is wrong.
 *
 * @example
 * const channel = twilioSms({ accountSid, authToken, from: '+15005550006' });
 */
export function twilioSms(options: TwilioSmsOptions): Channel {
  const { baseUrl = 'https://api.twilio.com', timeout = defaultTimeout, validitySeconds = 14_400 } = options;
  const credentials = checked(options, { baseUrl, timeout, validitySeconds });

  const transport: HttpTransport = options.fetch ?? ((url, request) => fetch(url, request));
  const url = `${withoutSlash(baseUrl)}/2010-04-01/Accounts/${options.accountSid}/Messages.json`;
  const headers = { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` };
  const sender = { ...options, validitySeconds };
  return {
    id: 'sms',
    address: 'phone',
    consent: 'required',
    async send(message: OutboundMessage, sendOptions: SendOptions): Promise<SendOutcome> {
      if (!isPhone(message.to)) return refusedBefore('sms:invalid_recipient', 'recipient', true);
      if (message.content.kind !== 'text') return misconfiguredBefore('sms:content_not_text', 'template');
      const body = plainSms(message.content.text, { transliterate: options.transliterate });
      if (body.trim() === '') return misconfiguredBefore('sms:body_empty', 'template');
      if (body.length > longestBody) return refusedBefore('sms:body_too_long', 'message');
      const fields = messageFields(message, body, sender);
      const { signal } = sendOptions;
      const result = await postForm(transport, fields, { url, headers, timeout, signal });
      return outcomeOfAnswer(result, sendOptions);
    },
    ...receiving(options),
  };
}

/** Without a token nothing can be checked, so nothing is received. */
function receiving({
  webhookToken,
  authToken,
  accountSid,
  webhookUrl,
}: TwilioSmsOptions): Pick<Channel, 'receive'> {
  const tokens = webhookToken ?? authToken;
  if (tokens === undefined) return {};
  const webhook = { tokens, accountSid, kind: 'sms', url: webhookUrl } as const;
  return { receive: async (request, { now }) => receiveFromTwilio(request, webhook, now) };
}

/** The user and password for basic authentication; throws for options that cannot work. */
function checked(
  options: TwilioSmsOptions,
  filled: { baseUrl: string; timeout: number; validitySeconds: number },
): string {
  const { accountSid, authToken, apiKey, apiSecret, from, messagingServiceSid, statusCallback } = options;
  const check = new OptionCheck('twilioSms');
  check.expect(isSid('AC', accountSid), 'accountSid', 'must be AC and 32 hexadecimal digits');
  const byKey = apiKey !== undefined || apiSecret !== undefined;
  check.expect(
    byKey !== (authToken !== undefined),
    'authToken',
    'give either authToken, or apiKey and apiSecret',
  );
  if (authToken !== undefined) check.expectToken(authToken, 'authToken');
  if (byKey) {
    check.expect(isSid('SK', apiKey), 'apiKey', 'must be SK and 32 hexadecimal digits');
    check.expectToken(apiSecret, 'apiSecret');
  }
  check.expect(
    from !== undefined || messagingServiceSid !== undefined,
    'from',
    'give from or messagingServiceSid',
  );
  if (from !== undefined)
    check.expect(
      isSender(from),
      'from',
      'must be an E.164 number, a short code or up to 11 letters and digits',
    );
  if (messagingServiceSid !== undefined) {
    check.expect(
      isSid('MG', messagingServiceSid),
      'messagingServiceSid',
      'must be MG and 32 hexadecimal digits',
    );
  }
  if (statusCallback !== undefined) check.expectUrl(statusCallback, 'statusCallback');
  if (options.webhookToken !== undefined) {
    const tokens = secretsOf(options.webhookToken);
    check.expect(tokens.length > 0, 'webhookToken', 'must be an auth token, or a list of them');
    for (const token of tokens) check.expectToken(token, 'webhookToken');
  }
  if (options.webhookUrl !== undefined) check.expectUrl(options.webhookUrl, 'webhookUrl');
  check.expectWhole(filled.validitySeconds, 'validitySeconds', 1, 36_000);
  check.expectUrl(filled.baseUrl, 'baseUrl');
  check.expectWhole(filled.timeout, 'timeout', 1, longestTimeout);
  check.done();
  return byKey ? `${apiKey}:${apiSecret}` : `${accountSid}:${authToken}`;
}

function isSid(prefix: 'AC' | 'SK' | 'MG', value: string | undefined): boolean {
  return new RegExp(`^${prefix}[0-9a-fA-F]{32}$`).test(value ?? '');
}

/** E.164, a short code, or an alphanumeric sender with at least one letter. */
function isSender(value: string): boolean {
  return isPhone(value) || /^[0-9]{3,8}$/.test(value) || /^(?=.*[A-Za-z])[A-Za-z0-9 +&_-]{1,11}$/.test(value);
}
