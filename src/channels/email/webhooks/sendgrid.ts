import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { callbackKey } from '../../callback-key.js';
import type { ChannelEvent } from '../../inbound.js';
import { fieldOf, idOf, textOf } from '../../json.js';
import { OptionCheck } from '../../options.js';
import {
  digestKey,
  jsonOf,
  listOf,
  mostEvents,
  refused,
  secondsToMs,
  shortText,
  taken,
  unfit,
} from '../../webhook-body.js';
import { fromBase64 } from '../../webhook-signature.js';
import { type MailWord, mailEvent } from './events.js';
import { decoded } from './resend.js';
import type { MailWebhook } from './webhook.js';

/** Options of {@link sendgridWebhook}. */
export interface SendgridWebhookOptions {
  /** The verification key of the signed event webhook, base64 as SendGrid shows it; several while it is being changed. */
  readonly publicKey: string | readonly string[];
  /** Milliseconds after its signing for which a batch is taken. Default a day: SendGrid repeats what was not answered. */
  readonly window?: number | undefined;
}

/**
 * Signed event webhooks of SendGrid: ECDSA over time and raw body, whose last line break belongs to it. The act's key
 * travels as a unique argument.
 *
 * @example email({ transport, from, webhook: sendgridWebhook({ publicKey }) })
 * @throws RecobroError `invalid_option`
 */
export function sendgridWebhook({ publicKey, window = 86_400_000 }: SendgridWebhookOptions): MailWebhook {
  const check = new OptionCheck('sendgridWebhook');
  const keys = (typeof publicKey === 'string' ? [publicKey] : publicKey).map(keyOf);
  const usable = keys.filter((key) => key !== undefined);
  check.expect(
    keys.length > 0 && usable.length === keys.length,
    'publicKey',
    'must be an EC public key in base64',
  );
  check.expectWhole(window, 'window', 1000, 7 * 86_400_000);
  check.done();
  return {
    headers: (message) => ({
      'X-SMTPAPI': JSON.stringify({ unique_args: { act: encodeURIComponent(callbackKey(message)) } }),
    }),
    async receive(request, { now }) {
      const wrong = unfit(request);
      if (wrong !== undefined) return wrong;
      const timestamp = request.header('x-twilio-email-event-webhook-timestamp') ?? '';
      const signature = fromBase64(request.header('x-twilio-email-event-webhook-signature') ?? '');
      const signed = Buffer.concat([Buffer.from(timestamp), request.body]);
      const fits = signature.length > 0 && usable.some((key) => verify('sha256', signed, key, signature));
      if (!fits || !/^\d{1,11}$/.test(timestamp)) return refused('signature');
      if (Math.abs(Number(timestamp) * 1000 - now) > window) return refused('expired');
      const body = jsonOf(request);
      if (!Array.isArray(body)) return refused('malformed');
      if (body.length > mostEvents) return refused('too_large');
      return { answer: taken, events: listOf(body).map(eventOf) };
    },
  };
}

function keyOf(base64: string): KeyObject | undefined {
  try {
    const key = createPublicKey({ key: Buffer.from(base64, 'base64'), format: 'der', type: 'spki' });
    return key.asymmetricKeyType === 'ec' ? key : undefined;
  } catch {
    // Told as an option that is wrong.
    return undefined;
  }
}

function eventOf(entry: unknown): ChannelEvent {
  const name = textOf(fieldOf(entry, 'event'));
  const at = secondsToMs(fieldOf(entry, 'timestamp'));
  const base = {
    provider: 'sendgrid',
    key: idOf(fieldOf(entry, 'sg_event_id')) ?? digestKey(entry),
    ...(at === undefined ? {} : { at }),
  };
  const word = wordOf(name, entry);
  if (word === undefined) return { type: 'ignored', ...base, what: shortText(name, 64) ?? 'event' };
  const to = fieldOf(entry, 'email');
  return mailEvent({
    ...base,
    word,
    // The Message-ID that went out; SendGrid's own id is another one.
    providerId: idOf(fieldOf(entry, 'smtp-id')) ?? idOf(fieldOf(entry, 'sg_message_id')),
    correlation: decoded(textOf(fieldOf(entry, 'act'))),
    to: typeof to === 'string' ? to : undefined,
    code: textOf(fieldOf(entry, 'status')) || undefined,
  });
}

function wordOf(name: string, entry: unknown): MailWord | undefined {
  switch (name) {
    case 'processed':
      return 'accepted';
    case 'delivered':
    case 'deferred':
      return name;
    case 'bounce':
      return fieldOf(entry, 'type') === 'blocked' ? 'bounced-soft' : 'bounced-hard';
    case 'dropped':
      return droppedFor(textOf(fieldOf(entry, 'reason')));
    case 'spamreport':
      return 'complained';
    case 'unsubscribe':
    case 'group_unsubscribe':
      return 'unsubscribed';
    case 'group_resubscribe':
      return 'resubscribed';
    case 'open':
      return 'opened';
    case 'click':
      return 'clicked';
    default:
      return undefined;
  }
}

function droppedFor(reason: string): MailWord {
  if (/unsubscribed address/i.test(reason)) return 'dropped-unsubscribed';
  return /bounced address|spam reporting address|invalid/i.test(reason) ? 'suppressed' : 'rejected';
}
