import { createVerify, X509Certificate } from 'node:crypto';
import { defaultTimeout } from '../../http.js';
import type { ChannelEvent, Received, WebhookRequest } from '../../inbound.js';
import { fieldOf, idOf, parseJson, textOf } from '../../json.js';
import { OptionCheck } from '../../options.js';
import { digestKey, jsonOf, listOf, refused, shortText, taken, unfit } from '../../webhook-body.js';
import { fromBase64 } from '../../webhook-signature.js';
import { type MailWord, mailEvent } from './events.js';
import type { MailWebhook } from './webhook.js';

/** The part of `fetch` that is used: a GET that follows no redirect. */
export type SnsTransport = (
  url: string,
  request: { readonly method: 'GET'; readonly redirect: 'error'; readonly signal: AbortSignal },
) => Promise<{ readonly status: number; text(): Promise<string> }>;

/** Options of {@link sesWebhook}. */
export interface SesWebhookOptions {
  /** The SNS topic that SES tells; messages of others are refused. Several where there are. */
  readonly topic: string | readonly string[];
  /** How the signing certificate is fetched, and a new subscription confirmed. Default: the built-in `fetch`. */
  readonly fetch?: SnsTransport | undefined;
  /** Milliseconds after which a message is refused. Default an hour, for which SNS repeats what was not answered. */
  readonly window?: number | undefined;
}

/** Certificates and confirmations come from SNS itself, and from nowhere else. */
const snsHost = /^sns\.[a-z0-9-]{3,32}\.amazonaws\.com(?:\.cn)?$/;

const signedFields: Readonly<Record<string, readonly string[]>> = {
  Notification: ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type'],
  SubscriptionConfirmation: [
    'Message',
    'MessageId',
    'SubscribeURL',
    'Timestamp',
    'Token',
    'TopicArn',
    'Type',
  ],
  UnsubscribeConfirmation: ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'],
};

/**
 * What SES tells over SNS: bounces, complaints and deliveries, as notifications or as published events. A new
 * subscription of a topic of yours is confirmed. Let SES include the original headers: the Message-ID among them
 * says which message it was.
 *
 * @example email({ transport, from, webhook: sesWebhook({ topic: 'arn:aws:sns:us-east-1:123456789012:mail' }) })
 * @throws RecobroError `invalid_option`
 */
export function sesWebhook(options: SesWebhookOptions): MailWebhook {
  const { window = 3_600_000 } = options;
  const topics = typeof options.topic === 'string' ? [options.topic] : options.topic;
  const check = new OptionCheck('sesWebhook');
  const arn = /^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[A-Za-z0-9_.-]{1,256}$/;
  check.expect(
    topics.length > 0 && topics.every((one) => arn.test(one)),
    'topic',
    'must be the ARN of an SNS topic',
  );
  check.expectWhole(window, 'window', 1000, 7 * 86_400_000);
  check.done();
  const transport: SnsTransport = options.fetch ?? ((url, request) => fetch(url, request));
  const certificates = new Map<string, string>();

  async function certificateAt(url: string): Promise<string | undefined> {
    const known = certificates.get(url);
    if (known !== undefined) return known;
    const text = await textAt(transport, url);
    if (text === undefined) return undefined;
    // A few a year, and one that is refused is not kept.
    if (certificates.size > 20) certificates.clear();
    certificates.set(url, text);
    return text;
  }

  return {
    async receive(request: WebhookRequest, { now }): Promise<Received> {
      const wrong = unfit(request);
      if (wrong !== undefined) return wrong;
      const body = jsonOf(request);
      const type = textOf(fieldOf(body, 'Type'));
      const fields = Object.hasOwn(signedFields, type) ? signedFields[type] : undefined;
      if (fields === undefined) return refused('malformed');
      const url = textOf(fieldOf(body, 'SigningCertURL'));
      if (!isOfSns(url, '.pem') || !topics.includes(textOf(fieldOf(body, 'TopicArn'))))
        return refused('signature');
      const certificate = await certificateAt(url);
      // SNS takes a 4xx for final, and comes again after a 5xx.
      if (certificate === undefined) return { answer: { status: 503 }, events: [] };
      if (!isSigned(body, fields, certificate)) {
        certificates.delete(url);
        return refused('signature');
      }
      const at = Date.parse(textOf(fieldOf(body, 'Timestamp')));
      if (!(Math.abs(at - now) <= window)) return refused('expired');
      const key = idOf(fieldOf(body, 'MessageId')) ?? digestKey(body);
      if (type === 'Notification')
        return { answer: taken, events: eventsOf(textOf(fieldOf(body, 'Message')), key, at) };
      const subscribe = textOf(fieldOf(body, 'SubscribeURL'));
      if (type === 'SubscriptionConfirmation' && isOfSns(subscribe, '')) {
        const confirmed = await textAt(transport, subscribe);
        if (confirmed === undefined) return { answer: { status: 503 }, events: [] };
      }
      return { answer: taken, events: [{ type: 'ignored', provider: 'ses', key, at, what: type }] };
    },
  };
}

/** Undefined where it cannot be had: what depends on it is then not taken, and comes again. */
async function textAt(transport: SnsTransport, url: string): Promise<string | undefined> {
  try {
    const signal = AbortSignal.timeout(defaultTimeout);
    const response = await transport(url, { method: 'GET', redirect: 'error', signal });
    const text = await response.text();
    return response.status === 200 && text.length < 65_536 ? text : undefined;
  } catch {
    // Unreachable: told by the caller's answer.
    return undefined;
  }
}

function isOfSns(url: string, ending: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, port, pathname, username } = new URL(url);
  return (
    protocol === 'https:' &&
    port === '' &&
    username === '' &&
    snsHost.test(hostname) &&
    pathname.endsWith(ending)
  );
}

function isSigned(body: unknown, fields: readonly string[], certificate: string): boolean {
  const version = textOf(fieldOf(body, 'SignatureVersion'));
  if (version !== '1' && version !== '2') return false;
  const text = fields
    .map((name) => [name, fieldOf(body, name)] as const)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}\n${textOf(value)}\n`)
    .join('');
  try {
    const key = new X509Certificate(certificate).publicKey;
    const verifier = createVerify(version === '1' ? 'sha1WithRSAEncryption' : 'sha256WithRSAEncryption');
    return verifier.update(text).verify(key, fromBase64(textOf(fieldOf(body, 'Signature'))));
  } catch {
    // No certificate: then nothing is signed by it.
    return false;
  }
}

/** One notification tells of one or several recipients. */
function eventsOf(message: string, key: string, at: number): readonly ChannelEvent[] {
  const body = parseJson(message);
  const type = textOf(fieldOf(body, 'notificationType') ?? fieldOf(body, 'eventType'));
  const mail = fieldOf(body, 'mail');
  const providerId = messageIdIn(mail) ?? idOf(fieldOf(mail, 'messageId'));
  const told = recipientsOf(type, body);
  if (told.length === 0)
    return [{ type: 'ignored', provider: 'ses', key, at, what: shortText(type, 64) ?? 'notification' }];
  return told.map(({ word, to, code }, index) =>
    mailEvent({ provider: 'ses', key: `${key} ${index}`, at, word, providerId, to, code }),
  );
}

/** The Message-ID as we wrote it: SES calls the mail otherwise. */
function messageIdIn(mail: unknown): string | undefined {
  for (const header of listOf(fieldOf(mail, 'headers')))
    if (textOf(fieldOf(header, 'name')).toLowerCase() === 'message-id') return idOf(fieldOf(header, 'value'));
  return undefined;
}

interface Told {
  readonly word: MailWord;
  readonly to: string | undefined;
  readonly code: string | undefined;
}

function recipientsOf(type: string, body: unknown): readonly Told[] {
  const textIn = (value: unknown, name: string): string | undefined =>
    textOf(fieldOf(value, name)) || undefined;
  switch (type) {
    case 'Bounce': {
      const bounce = fieldOf(body, 'bounce');
      const word = bounceOf(textOf(fieldOf(bounce, 'bounceType')), textOf(fieldOf(bounce, 'bounceSubType')));
      return listOf(fieldOf(bounce, 'bouncedRecipients')).map((one) => ({
        word,
        to: textIn(one, 'emailAddress'),
        code: textIn(one, 'status'),
      }));
    }
    case 'Complaint': {
      const complaint = fieldOf(body, 'complaint');
      const listed = fieldOf(complaint, 'complaintSubType') === 'OnAccountSuppressionList';
      return listOf(fieldOf(complaint, 'complainedRecipients')).map((one) => ({
        word: listed ? 'suppressed' : 'complained',
        to: textIn(one, 'emailAddress'),
        code: undefined,
      }));
    }
    case 'Delivery':
      return listOf(fieldOf(fieldOf(body, 'delivery'), 'recipients')).map((one) => ({
        word: 'delivered',
        to: typeof one === 'string' ? one : undefined,
        code: undefined,
      }));
    case 'Send':
      return [{ word: 'sent', to: undefined, code: undefined }];
    case 'Reject':
      return [{ word: 'rejected', to: undefined, code: undefined }];
    case 'DeliveryDelay':
      return [{ word: 'deferred', to: undefined, code: undefined }];
    default:
      return [];
  }
}

function bounceOf(type: string, kind: string): MailWord {
  if (type !== 'Permanent') return 'bounced-soft';
  return kind === 'Suppressed' || kind === 'OnAccountSuppressionList' ? 'suppressed' : 'bounced-hard';
}
