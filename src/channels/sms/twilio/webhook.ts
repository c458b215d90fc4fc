import type {
  ChannelEvent,
  InboundKind,
  InboundMessage,
  MessageStatus,
  Party,
  Received,
  StatusEvent,
  WebhookRequest,
} from '../../inbound.js';
import { idOf, wholeOf } from '../../json.js';
import { isPhone } from '../../phone.js';
import {
  correlationOf,
  cutText,
  digestKey,
  longestText,
  present,
  refused,
  shortText,
  unfit,
} from '../../webhook-body.js';
import { secretsOf, type WebhookSecret } from '../../webhook-signature.js';
import { failureOfStatus } from './answer.js';
import { formOf, signedByTwilio } from './signature.js';

/** What receiving needs. */
export interface TwilioWebhook {
  /** The account's auth token; several while it is being changed. */
  readonly tokens: WebhookSecret;
  readonly accountSid: string;
  /** Twilio serves both over one interface; each channel takes what is its own. */
  readonly kind: 'sms' | 'whatsapp';
  /** Origin and path under which Twilio knows the webhook. Default: those of the request. */
  readonly url?: string | undefined;
}

/** Twilio's answer to messages is TwiML; an empty one says nothing back. */
const nothingToSay = {
  status: 200,
  headers: { 'content-type': 'text/xml' },
  body: '<Response/>',
} as const;

/** A person's message opens WhatsApp's service window for so long (Meta: send-messages, 2026-04-23). */
const window = 24 * 3_600_000;

const statuses: Readonly<Record<string, MessageStatus>> = {
  accepted: 'accepted',
  scheduled: 'accepted',
  queued: 'accepted',
  sending: 'accepted',
  sent: 'sent',
  delivered: 'delivered',
  partially_delivered: 'delivered',
  read: 'read',
  undelivered: 'failed',
  failed: 'failed',
  canceled: 'canceled',
};

/** Reads a request of Twilio's: what became of a message, or what a person wrote. Requests of the other kind come to nothing. */
export function receiveFromTwilio(request: WebhookRequest, options: TwilioWebhook, now: number): Received {
  const wrong = unfit(request);
  if (wrong !== undefined) return wrong;
  const url = addressOf(request.url, options.url);
  if (url === undefined || !signedByTwilio(request, url, secretsOf(options.tokens)))
    return refused('signature');
  const form = formOf(request.body);
  const take = (event: ChannelEvent): Received => ({ answer: nothingToSay, events: [event] });
  const nothing: Received = { answer: nothingToSay, events: [] };
  // A sub-account may sign with the same token, and nobody wonders about messages that do not come in.
  if (form.get('AccountSid') !== options.accountSid) return take(unknown('other-account', formKey(form)));
  const sid = idOf(form.get('MessageSid') ?? form.get('SmsSid'));
  if (sid === undefined) return refused('malformed');
  if (isWhatsapp(form) !== (options.kind === 'whatsapp')) return nothing;
  const word = form.get('MessageStatus') ?? form.get('SmsStatus') ?? '';
  const status = Object.hasOwn(statuses, word) ? statuses[word] : undefined;
  if (status !== undefined) return take(statusOf(form, sid, word, status, url));
  if (word === 'received' || form.has('Body'))
    return take(messageOf(form, sid, options.kind, now) ?? unknown(word, sid));
  return take(unknown(word, sid));
}

/** The host's own view of where the webhook stands wins over what a proxy made of it; the query is the request's. */
function addressOf(arrived: string, known: string | undefined): URL | undefined {
  // Servers of Node name a path alone, which does where the rest is known.
  if (!URL.canParse(arrived, known)) return undefined;
  const url = new URL(arrived, known);
  if (known === undefined) return url;
  const own = new URL(known);
  own.search = url.search;
  return own;
}

function isWhatsapp(form: URLSearchParams): boolean {
  return ['From', 'To'].some((name) => form.get(name)?.startsWith('whatsapp:') === true);
}

function statusOf(
  form: URLSearchParams,
  sid: string,
  word: string,
  status: MessageStatus,
  url: URL,
): StatusEvent {
  const code = wholeOf(form.get('ErrorCode') ?? undefined);
  return present<StatusEvent>({
    type: 'status',
    provider: 'twilio',
    key: [sid, word, code ?? ''].join(' ').trim(),
    status,
    providerId: sid,
    correlation: correlationOf(url.searchParams.get('act')),
    to: partyOf(form, 'To'),
    failure: status === 'failed' ? failureOfStatus(code) : undefined,
  });
}

function messageOf(
  form: URLSearchParams,
  sid: string,
  kind: TwilioWebhook['kind'],
  now: number,
): InboundMessage | undefined {
  const from = partyOf(form, 'From');
  if (from === undefined) return undefined;
  const body = form.get('Body') ?? '';
  const { text, cut } = cutText(body, longestText);
  const media = mediaOf(form);
  const payload = shortText(form.get('ButtonPayload') ?? form.get('ListId'), 512);
  return present<InboundMessage>({
    type: 'message',
    provider: 'twilio',
    key: sid,
    kind: kindOf(form, media, payload),
    from,
    to: partyOf(form, 'To')?.address,
    providerId: sid,
    text: text === '' ? undefined : text,
    cut: cut ? true : undefined,
    payload,
    media,
    replyTo: idOf(form.get('OriginalRepliedMessageSid')),
    keyword: keywordOf(form.get('OptOutType')),
    windowUntil: kind === 'whatsapp' ? now + window : undefined,
  });
}

function kindOf(
  form: URLSearchParams,
  media: InboundMessage['media'],
  payload: string | undefined,
): InboundKind {
  if (form.has('ListId')) return 'list';
  if (payload !== undefined) return 'button';
  if (form.has('Latitude')) return 'location';
  return media === undefined ? 'text' : 'media';
}

/** Only with Advanced Opt-Out: Twilio has answered and stops by itself. */
function keywordOf(type: string | null): InboundMessage['keyword'] {
  switch (type) {
    case 'STOP':
      return 'stop';
    case 'START':
      return 'start';
    case 'HELP':
      return 'help';
    default:
      return undefined;
  }
}

function mediaOf(form: URLSearchParams): InboundMessage['media'] {
  const count = Math.min(wholeOf(form.get('NumMedia') ?? undefined) ?? 0, 10);
  const media = Array.from({ length: count }, (_, i) => ({
    id: idOf(form.get(`MediaUrl${i}`)),
    type: shortText(form.get(`MediaContentType${i}`), 128) ?? 'application/octet-stream',
  })).flatMap(({ id, type }) => (id === undefined ? [] : [{ id, type }]));
  return media.length === 0 ? undefined : media;
}

function partyOf(form: URLSearchParams, field: 'From' | 'To'): Party | undefined {
  const address = form.get(field)?.replace(/^whatsapp:/, '') ?? '';
  if (!isPhone(address)) return undefined;
  const name = field === 'From' ? shortText(form.get('ProfileName'), 256) : undefined;
  return present<Party>({ address, name });
}

function formKey(form: URLSearchParams): string {
  return [form.get('MessageSid') ?? form.get('SmsSid') ?? '', form.get('MessageStatus') ?? ''].join(' ');
}

function unknown(word: string, sid: string): ChannelEvent {
  const what = shortText(word, 64) ?? 'request';
  return { type: 'ignored', provider: 'twilio', key: digestKey(sid, word), what };
}
