import type { ChannelEvent, ConsentEvent, TemplateEvent } from '../../inbound.js';
import { fieldOf, textOf } from '../../json.js';
import { digestKey, listOf, present, secondsToMs, shortText } from '../../webhook-body.js';
import { messageOf } from './messages.js';
import { namesOf, partyOf } from './party.js';
import { type SenderPlace, senderOf } from './sender.js';
import { statusOf } from './statuses.js';

/** Where a change stands in a body. */
export type Place = SenderPlace;

/** What Meta calls a template's standing, with whether it can be sent then. Others leave it open. */
const usable: Readonly<Record<string, boolean>> = {
  approved: true,
  reinstated: true,
  rejected: false,
  paused: false,
  disabled: false,
  archived: false,
  deleted: false,
  pending: false,
};

/** The events of one change of one field; nothing for fields that are not known. */
export function eventsOf(field: string, value: unknown, place: Place): readonly ChannelEvent[] | undefined {
  switch (field) {
    case 'messages':
      return fromMessages(value);
    case 'user_preferences':
      return listOf(fieldOf(value, 'user_preferences')).map((entry) => preferenceOf(entry));
    case 'message_template_status_update':
    case 'template_category_update':
      return [templateOf(field, value, place)];
    case 'phone_number_quality_update':
    case 'business_capability_update':
    case 'account_update': {
      const event = senderOf(field, value, place);
      return event === undefined ? [] : [event];
    }
    default:
      return undefined;
  }
}

function fromMessages(value: unknown): readonly ChannelEvent[] {
  const names = namesOf(fieldOf(value, 'contacts'));
  const sender = textOf(fieldOf(fieldOf(value, 'metadata'), 'phone_number_id'));
  const statuses = listOf(fieldOf(value, 'statuses')).map(
    (one) => statusOf(one, names) ?? ignored('status', one),
  );
  const messages = listOf(fieldOf(value, 'messages')).map(
    (one) => messageOf(one, sender, names) ?? ignored('message', one),
  );
  return [...statuses, ...messages];
}

/** Marketing alone can be stopped at Meta (user_preferences, 2025-11-05); reminders of debts are utility. */
function preferenceOf(entry: unknown): ChannelEvent {
  const from = partyOf(fieldOf(entry, 'wa_id'), fieldOf(entry, 'user_id'), new Map());
  const value = textOf(fieldOf(entry, 'value'));
  if (from === undefined || (value !== 'stop' && value !== 'resume')) return ignored('preference', entry);
  const at = secondsToMs(fieldOf(entry, 'timestamp'));
  return present<ConsentEvent>({
    type: 'consent',
    provider: 'meta',
    key: digestKey('preference', from, value, at, fieldOf(entry, 'category')),
    at,
    from,
    value,
    scope: 'marketing',
  });
}

function templateOf(field: string, value: unknown, { at }: Place): ChannelEvent {
  const name = shortText(fieldOf(value, 'message_template_name'), 512);
  if (name === undefined) return ignored(field, value);
  const category = fieldOf(value, 'new_category') ?? fieldOf(value, 'message_template_category');
  const word = textOf(fieldOf(value, 'event')).toLowerCase().slice(0, 64);
  const event = field === 'template_category_update' ? 'category' : word;
  const reason = shortText(fieldOf(value, 'reason'), 64);
  return present<TemplateEvent>({
    type: 'template',
    provider: 'meta',
    key: digestKey(field, at, value),
    at,
    name,
    language: shortText(fieldOf(value, 'message_template_language'), 16),
    event,
    usable: Object.hasOwn(usable, event) ? usable[event] : undefined,
    category: shortText(category, 64)?.toLowerCase(),
    reason: reason === 'NONE' ? undefined : reason?.toLowerCase(),
  });
}

/** What is not known is kept by its kind and a digest; never its content. */
export function ignored(what: string, content: unknown): ChannelEvent {
  const type = shortText(fieldOf(content, 'type') ?? fieldOf(content, 'status'), 40);
  return {
    type: 'ignored',
    provider: 'meta',
    key: digestKey(what, content),
    what: (type === undefined ? what : `${what}:${type}`).slice(0, 64),
  };
}
