import { callbackKey } from '../../callback-key.js';
import type { WebhookRequest } from '../../inbound.js';
import { fieldOf, idOf, textOf, wholeOf } from '../../json.js';
import { OptionCheck } from '../../options.js';
import { digestKey, jsonOf, refused, shortText, taken, unfit } from '../../webhook-body.js';
import { sameText } from '../../webhook-signature.js';
import { type MailWord, mailEvent } from './events.js';
import { decoded } from './resend.js';
import type { MailWebhook } from './webhook.js';

/** Options of {@link postmarkWebhook}. */
export interface PostmarkWebhookOptions {
  /** Postmark signs nothing: user and password stand in the webhook's address, `https://user:password@…`. */
  readonly user: string;
  readonly password: string;
}

/** Metadata field that carries the act's key. */
const keyHeader = 'X-PM-Metadata-act';

/**
 * Webhooks of Postmark. They carry no signature, so the address has to carry user and password, over https.
 *
 * @example email({ transport, from, webhook: postmarkWebhook({ user: 'recobro', password }) })
 * @throws RecobroError `invalid_option`
 */
export function postmarkWebhook({ user, password }: PostmarkWebhookOptions): MailWebhook {
  const check = new OptionCheck('postmarkWebhook');
  check.expectToken(user, 'user');
  check.expect(!user.includes(':'), 'user', 'must have no colon');
  check.expectToken(password, 'password');
  check.done();
  const wanted = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  return {
    headers: (message) => ({ [keyHeader]: encodeURIComponent(callbackKey(message)) }),
    async receive(request: WebhookRequest) {
      const wrong = unfit(request);
      if (wrong !== undefined) return wrong;
      if (!sameText(request.header('authorization') ?? '', wanted)) return refused('signature');
      const body = jsonOf(request);
      const type = textOf(fieldOf(body, 'RecordType'));
      const word = wordOf(type, body);
      const providerId = idOf(fieldOf(body, 'MessageID'));
      const when = textOf(
        fieldOf(body, 'DeliveredAt') ?? fieldOf(body, 'BouncedAt') ?? fieldOf(body, 'ChangedAt'),
      );
      const at = Date.parse(when);
      const base = {
        provider: 'postmark',
        key: digestKey(type, providerId, fieldOf(body, 'ID'), fieldOf(body, 'Recipient'), when, word),
        ...(Number.isNaN(at) ? {} : { at }),
      };
      if (word === undefined) {
        if (typeof body !== 'object' || body === null) return refused('malformed');
        const what = shortText(type, 64) ?? 'record';
        return { answer: taken, events: [{ type: 'ignored', ...base, what }] };
      }
      const to = fieldOf(body, 'Recipient') ?? fieldOf(body, 'Email');
      const event = mailEvent({
        ...base,
        word,
        providerId,
        correlation: decoded(textOf(fieldOf(fieldOf(body, 'Metadata'), 'act'))),
        to: typeof to === 'string' ? to : undefined,
        code: textOf(fieldOf(body, 'Type')) || undefined,
      });
      return { answer: taken, events: [event] };
    },
  };
}

/** Postmark's bounce types by number (ActiveCampaign/postmark.js models/bounces/Bounce.ts). */
function wordOf(type: string, body: unknown): MailWord | undefined {
  switch (type) {
    case 'Delivery':
      return 'delivered';
    case 'SpamComplaint':
      return 'complained';
    case 'Open':
      return 'opened';
    case 'Click':
      return 'clicked';
    case 'SubscriptionChange':
      return fieldOf(body, 'SuppressSending') === true ? 'unsubscribed' : 'resubscribed';
    case 'Bounce':
      return bounceOf(wholeOf(fieldOf(body, 'TypeCode')));
    default:
      return undefined;
  }
}

function bounceOf(code: number | undefined): MailWord | undefined {
  switch (code) {
    case 1: // HardBounce
    case 100_000: // BadEmailAddress
      return 'bounced-hard';
    case 2: // Transient
    case 256: // DnsError
    case 2048: // Unknown
    case 4096: // SoftBounce
      return 'bounced-soft';
    case 512: // SpamNotification
    case 8192: // VirusNotification
    case 100_006: // Blocked
    case 100_009: // DMARCPolicy
      return 'rejected';
    case 16: // Unsubscribe
      return 'unsubscribed';
    case 100_001: // SpamComplaint
      return 'complained';
    default:
      // AutoResponder (64) and what is not known are no failures.
      return undefined;
  }
}
