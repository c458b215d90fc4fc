import { callbackKey } from '../../callback-key.js';
import type { WebhookRequest } from '../../inbound.js';
import { fieldOf, firstOf, idOf, textOf } from '../../json.js';
import { OptionCheck } from '../../options.js';
import { correlationOf, jsonOf, listOf, refused, shortText, taken, unfit } from '../../webhook-body.js';
import { fromBase64, secretsOf, signedBy, type WebhookSecret } from '../../webhook-signature.js';
import { type MailWord, mailEvent } from './events.js';
import { type MailWebhook, replayWindow } from './webhook.js';

/** Options of {@link resendWebhook}. */
export interface ResendWebhookOptions {
  /** `whsec_` and base64; several while it is being changed. */
  readonly secret: WebhookSecret;
}

const words: Readonly<Record<string, MailWord>> = {
  'email.sent': 'sent',
  'email.scheduled': 'accepted',
  'email.delivered': 'delivered',
  'email.delivery_delayed': 'deferred',
  'email.suppressed': 'suppressed',
  'email.complained': 'complained',
  'email.failed': 'rejected',
  'email.opened': 'opened',
  'email.clicked': 'clicked',
};

/** Header that carries the act's key to Resend and back. */
const keyHeader = 'X-Entity-Ref-ID';

/**
 * Webhooks of Resend, which are Svix's: HMAC-SHA256 over id, time and body; older than five minutes is refused.
 *
 * @example email({ transport, from, webhook: resendWebhook({ secret: 'whsec_…' }) })
 * @throws RecobroError `invalid_option`
 */
export function resendWebhook({ secret }: ResendWebhookOptions): MailWebhook {
  const check = new OptionCheck('resendWebhook');
  const keys = secretsOf(secret).map((one) => fromBase64(one.replace(/^whsec_/, '')));
  check.expect(keys.length > 0 && keys.every((key) => key.length > 0), 'secret', 'must be whsec_ and base64');
  check.done();
  return {
    headers: (message) => ({ [keyHeader]: encodeURIComponent(callbackKey(message)) }),
    async receive(request, { now }) {
      const wrong = unfit(request);
      if (wrong !== undefined) return wrong;
      const signed = signatureOf(request);
      if (signed === undefined) return refused('signature');
      const { id, timestamp, given } = signed;
      const fits = given.some((one) => signedBy(keys, 'sha256', one, `${id}.${timestamp}.`, request.body));
      if (!fits) return refused('signature');
      if (Math.abs(Number(timestamp) * 1000 - now) > replayWindow) return refused('expired');
      const body = jsonOf(request);
      const data = fieldOf(body, 'data');
      const type = textOf(fieldOf(body, 'type'));
      const word = wordOf(type, data);
      const at = Date.parse(textOf(fieldOf(body, 'created_at')));
      const base = { provider: 'resend', key: id, ...(Number.isNaN(at) ? {} : { at }) };
      if (word === undefined) {
        const what = shortText(type, 64) ?? 'event';
        return { answer: taken, events: [{ type: 'ignored', ...base, what }] };
      }
      const to = firstOf(fieldOf(data, 'to'));
      const event = mailEvent({
        ...base,
        word,
        providerId: idOf(fieldOf(data, 'email_id')),
        correlation: keyOf(data),
        to: typeof to === 'string' ? to : undefined,
        code: textOf(fieldOf(fieldOf(data, 'bounce'), 'subType')) || undefined,
      });
      return { answer: taken, events: [event] };
    },
  };
}

function wordOf(type: string, data: unknown): MailWord | undefined {
  if (type === 'email.bounced')
    return fieldOf(fieldOf(data, 'bounce'), 'type') === 'Permanent' ? 'bounced-hard' : 'bounced-soft';
  return Object.hasOwn(words, type) ? words[type] : undefined;
}

function keyOf(data: unknown): string | undefined {
  for (const header of listOf(fieldOf(data, 'headers'))) {
    if (textOf(fieldOf(header, 'name')).toLowerCase() !== keyHeader.toLowerCase()) continue;
    return decoded(textOf(fieldOf(header, 'value')));
  }
  return undefined;
}

/** What came in may be anything. */
export function decoded(value: string): string | undefined {
  try {
    return value.length > 2048 ? undefined : correlationOf(decodeURIComponent(value));
  } catch {
    // Not written by us.
    return undefined;
  }
}

function signatureOf(
  request: WebhookRequest,
): { readonly id: string; readonly timestamp: string; readonly given: readonly Uint8Array[] } | undefined {
  const header = (name: string): string =>
    request.header(`svix-${name}`) ?? request.header(`webhook-${name}`) ?? '';
  const id = idOf(header('id'));
  const timestamp = header('timestamp');
  if (id === undefined || !/^\d{1,11}$/.test(timestamp)) return undefined;
  const given = header('signature')
    .split(' ')
    .slice(0, 10)
    .flatMap((one) => (one.startsWith('v1,') ? [fromBase64(one.slice(3))] : []));
  return { id, timestamp, given };
}
