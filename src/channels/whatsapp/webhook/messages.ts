import type { AddressEvent, InboundKind, InboundMessage } from '../../inbound.js';
import { fieldOf, idOf, textOf } from '../../json.js';
import { cutText, listOf, longestText, present, secondsToMs, shortText } from '../../webhook-body.js';
import { type Known, partyOf, phoneOf, userIdOf } from './party.js';

/** A message of a person opens the service window for so long; each one anew (Meta: send-messages, 2026-04-23). */
const window = 24 * 3_600_000;

/** Meta's types with what they are; all others are `unsupported`. */
const kinds: Readonly<Record<string, InboundKind>> = {
  text: 'text',
  button: 'button',
  interactive: 'button',
  image: 'media',
  video: 'media',
  audio: 'media',
  voice: 'media',
  sticker: 'media',
  document: 'media',
  location: 'location',
  contacts: 'contact',
  reaction: 'reaction',
};

/** One entry of `messages`: what a person wrote, or that its number changed; undefined where it cannot be told who wrote what. */
export function messageOf(
  entry: unknown,
  sender: string,
  names: Known,
): InboundMessage | AddressEvent | undefined {
  const providerId = idOf(fieldOf(entry, 'id'));
  const from = partyOf(fieldOf(entry, 'from'), fieldOf(entry, 'from_user_id'), names);
  if (providerId === undefined || from === undefined) return undefined;
  const at = secondsToMs(fieldOf(entry, 'timestamp'));
  const type = textOf(fieldOf(entry, 'type'));
  if (type === 'system') {
    const system = fieldOf(entry, 'system');
    const address = phoneOf(fieldOf(system, 'wa_id') ?? fieldOf(system, 'new_wa_id'));
    const userId = userIdOf(fieldOf(system, 'user_id'));
    if (address === undefined && userId === undefined) return undefined;
    return present<AddressEvent>({
      type: 'address',
      provider: 'meta',
      key: providerId,
      at,
      from,
      now: present({ address, userId }),
    });
  }
  const kind = Object.hasOwn(kinds, type) ? kinds[type] : undefined;
  const content = contentOf(entry, type);
  return present<InboundMessage>({
    type: 'message',
    provider: 'meta',
    key: providerId,
    at,
    kind: content.list === true ? 'list' : (kind ?? 'unsupported'),
    from,
    to: sender,
    providerId,
    ...textFields(content.text),
    payload: shortText(content.payload, 512),
    media: kind === 'media' ? mediaOf(entry, type) : undefined,
    replyTo:
      idOf(fieldOf(fieldOf(entry, 'context'), 'id')) ??
      idOf(fieldOf(fieldOf(entry, 'reaction'), 'message_id')),
    windowUntil: at === undefined ? undefined : at + window,
  });
}

function textFields(text: unknown): Pick<InboundMessage, 'text' | 'cut'> {
  if (typeof text !== 'string' || text === '') return {};
  const { text: kept, cut } = cutText(text, longestText);
  return { text: kept, cut: cut ? true : undefined };
}

interface Content {
  readonly text?: unknown;
  readonly payload?: unknown;
  readonly list?: boolean;
}

function contentOf(entry: unknown, type: string): Content {
  const body = fieldOf(entry, type);
  switch (type) {
    case 'text':
      return { text: fieldOf(body, 'body') };
    case 'button':
      return { text: fieldOf(body, 'text'), payload: fieldOf(body, 'payload') };
    case 'reaction':
      return { text: fieldOf(body, 'emoji') };
    case 'interactive': {
      const list = fieldOf(body, 'list_reply');
      const reply = list ?? fieldOf(body, 'button_reply');
      return { text: fieldOf(reply, 'title'), payload: fieldOf(reply, 'id'), list: list !== undefined };
    }
    default:
      return { text: fieldOf(body, 'caption') };
  }
}

/** Ids of files work for 7 days (Meta: media, 2026-04-17). */
function mediaOf(entry: unknown, type: string): InboundMessage['media'] {
  return listOf([fieldOf(entry, type)]).flatMap((file) => {
    const id = idOf(fieldOf(file, 'id'));
    if (id === undefined) return [];
    const media = shortText(fieldOf(file, 'mime_type'), 128) ?? 'application/octet-stream';
    return [present({ id, type: media, name: shortText(fieldOf(file, 'filename'), 256) })];
  });
}
