import type { Channel, SendOptions, SendOutcome } from '../../channel.js';
import { defaultTimeout, type HttpTransport, postForm } from '../../http.js';
import { longestTimeout, type OptionCheck, withoutSlash } from '../../options.js';
import { secretsOf, type WebhookSecret } from '../../webhook-signature.js';
import { outcomeOfAnswer } from './answer.js';
import { receiveFromTwilio, type TwilioWebhook } from './webhook.js';

/** What every channel over Twilio takes. */
export interface TwilioOptions {
  /** `AC` and 32 hexadecimal digits. */
  readonly accountSid: string;
  /** The account's auth token; or give `apiKey` and `apiSecret`. */
  readonly authToken?: string | undefined;
  /** `SK` and 32 hexadecimal digits; with `apiSecret`, instead of the auth token. */
  readonly apiKey?: string | undefined;
  readonly apiSecret?: string | undefined;
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
  /** Default `https://api.twilio.com`. */
  readonly baseUrl?: string | undefined;
  /** How requests go out. Default: the built-in `fetch`. */
  readonly fetch?: HttpTransport | undefined;
  /** Milliseconds for one attempt. Default 15,000; below 10,000 a slow connect counts as unknown. */
  readonly timeout?: number | undefined;
}

/** Twilio refuses longer bodies (error 21617). */
export const longestBody = 1600;

/** Notes what is wrong with the options that all channels over Twilio share; `from` is each channel's own. */
export function checkAccount(
  check: OptionCheck,
  options: TwilioOptions & { readonly from?: string | undefined },
) {
  const { accountSid, authToken, apiKey, apiSecret, from, messagingServiceSid, statusCallback } = options;
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
  check.expectWhole(validityOf(options), 'validitySeconds', 1, 36_000);
  check.expectUrl(options.baseUrl ?? defaultUrl, 'baseUrl');
  check.expectWhole(options.timeout ?? defaultTimeout, 'timeout', 1, longestTimeout);
}

const defaultUrl = 'https://api.twilio.com';

/** Seconds that a message may wait in Twilio's queue. */
export function validityOf({ validitySeconds = 14_400 }: TwilioOptions): number {
  return validitySeconds;
}

/** Posts the fields of a message, once. */
export function poster(
  options: TwilioOptions,
): (fields: ReadonlyMap<string, string>, sendOptions: SendOptions) => Promise<SendOutcome> {
  const {
    accountSid,
    authToken,
    apiKey,
    apiSecret,
    timeout = defaultTimeout,
    baseUrl = defaultUrl,
  } = options;
  const transport: HttpTransport = options.fetch ?? ((url, request) => fetch(url, request));
  const url = `${withoutSlash(baseUrl)}/2010-04-01/Accounts/${accountSid}/Messages.json`;
  const credentials = apiKey === undefined ? `${accountSid}:${authToken}` : `${apiKey}:${apiSecret}`;
  const headers = { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` };
  return async (fields, sendOptions) => {
    const { signal } = sendOptions;
    const result = await postForm(transport, fields, { url, headers, timeout, signal });
    return outcomeOfAnswer(result, sendOptions);
  };
}

/** Without a token nothing can be checked, so nothing is received. */
export function receiving(
  { webhookToken, authToken, accountSid, webhookUrl }: TwilioOptions,
  kind: TwilioWebhook['kind'],
): Pick<Channel, 'receive'> {
  const tokens = webhookToken ?? authToken;
  if (tokens === undefined) return {};
  const webhook = { tokens, accountSid, kind, url: webhookUrl };
  return { receive: async (request, { now }) => receiveFromTwilio(request, webhook, now) };
}

export function isSid(prefix: 'AC' | 'SK' | 'MG' | 'HX', value: unknown): boolean {
  return typeof value === 'string' && new RegExp(`^${prefix}[0-9a-fA-F]{32}$`).test(value);
}
