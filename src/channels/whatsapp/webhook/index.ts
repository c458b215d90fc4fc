import type { ChannelEvent, Received, WebhookRequest } from '../../inbound.js';
import { fieldOf, textOf } from '../../json.js';
import { jsonOf, listOf, mostEvents, refused, secondsToMs, taken, unfit } from '../../webhook-body.js';
import { fromHex, sameText, secretsOf, signedBy, type WebhookSecret } from '../../webhook-signature.js';
import { eventsOf, ignored } from './fields.js';

/** What receiving needs. */
export interface WhatsappWebhook {
  /** The app's secret; several while it is being changed. */
  readonly appSecret: WebhookSecret;
  /** What Meta repeats when the address is set up. Without it that request is refused. */
  readonly verifyToken?: string | undefined;
  /** Only this number's messages and statuses are taken: an app has one address for all its numbers. */
  readonly phoneNumberId: string;
  /** The number as it is shown, to tell what concerns its standing from that of the account's other numbers. */
  readonly displayNumber?: string | undefined;
}

/**
 * Reads a request of Meta's (create-webhook-endpoint, 2026-04-21): the check of the address, or a signed batch of
 * up to 1,000 updates, repeated for up to 7 days where it was not answered. What concerns another number of the
 * app is passed over; what is not known becomes `ignored`.
 */
export function receiveFromMeta(request: WebhookRequest, options: WhatsappWebhook): Received {
  if (request.method === 'GET') return addressCheck(request, options.verifyToken);
  const wrong = unfit(request);
  if (wrong !== undefined) return wrong;
  const given = /^sha256=([0-9a-f]{64})$/i.exec(request.header('x-hub-signature-256') ?? '')?.[1] ?? '';
  if (!signedBy(secretsOf(options.appSecret), 'sha256', fromHex(given), request.body))
    return refused('signature');
  const body = jsonOf(request);
  if (!Array.isArray(fieldOf(body, 'entry'))) return refused('malformed');
  const events: ChannelEvent[] = [];
  for (const entry of listOf(fieldOf(body, 'entry'))) {
    const place = {
      account: textOf(fieldOf(entry, 'id')).slice(0, 64),
      at: secondsToMs(fieldOf(entry, 'time')),
      displayNumber: options.displayNumber,
    };
    for (const change of listOf(fieldOf(entry, 'changes'))) {
      const field = textOf(fieldOf(change, 'field')).slice(0, 64);
      const value = fieldOf(change, 'value');
      const number = fieldOf(fieldOf(value, 'metadata'), 'phone_number_id');
      if (number !== undefined && number !== options.phoneNumberId) continue;
      events.push(...(eventsOf(field, value, place) ?? [ignored(field === '' ? 'change' : field, change)]));
      if (events.length > mostEvents) return refused('too_large');
    }
  }
  return { answer: taken, events };
}

function addressCheck(request: WebhookRequest, token: string | undefined): Received {
  // Servers of Node name a path alone.
  const base = 'https://host.invalid';
  const query = URL.canParse(request.url, base)
    ? new URL(request.url, base).searchParams
    : new URLSearchParams();
  const challenge = query.get('hub.challenge') ?? '';
  const right =
    token !== undefined &&
    query.get('hub.mode') === 'subscribe' &&
    sameText(query.get('hub.verify_token') ?? '', token) &&
    /^[A-Za-z0-9_-]{1,256}$/.test(challenge);
  if (!right) return { answer: { status: 403 }, events: [], refused: 'signature' };
  return { answer: { status: 200, headers: { 'content-type': 'text/plain' }, body: challenge }, events: [] };
}
