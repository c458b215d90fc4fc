import type { StatusEvent } from '../../inbound.js';
import { fieldOf, firstOf, idOf, textOf, wholeOf } from '../../json.js';
import { correlationOf, present, secondsToMs, shortText } from '../../webhook-body.js';
import { failureOfStatus } from '../answer.js';
import { type Known, partyOf } from './party.js';

const known: Readonly<Record<string, StatusEvent['status']>> = {
  accepted: 'accepted',
  sent: 'sent',
  delivered: 'delivered',
  read: 'read',
  // Of voice messages; they were read.
  played: 'read',
  failed: 'failed',
  deleted: 'canceled',
};

/** One entry of `statuses`; undefined where it is none that is known. */
export function statusOf(entry: unknown, people: Known): StatusEvent | undefined {
  const word = textOf(fieldOf(entry, 'status'));
  const status = Object.hasOwn(known, word) ? known[word] : undefined;
  const providerId = idOf(fieldOf(entry, 'id'));
  if (status === undefined || providerId === undefined) return undefined;
  const at = secondsToMs(fieldOf(entry, 'timestamp'));
  const failure =
    status === 'failed'
      ? failureOfStatus(wholeOf(fieldOf(firstOf(fieldOf(entry, 'errors')), 'code')))
      : undefined;
  return present<StatusEvent>({
    type: 'status',
    provider: 'meta',
    key: [providerId, word, at ?? '', failure?.code ?? ''].join(' ').trim(),
    at,
    status,
    providerId,
    correlation: correlationOf(fieldOf(entry, 'biz_opaque_callback_data')),
    to: partyOf(fieldOf(entry, 'recipient_id'), fieldOf(entry, 'recipient_user_id'), people),
    failure,
    billing: billingOf(fieldOf(entry, 'pricing')),
  });
}

/** Meta's `pricing`, whose `billable` goes away: type and category tell (Meta: pricing, 2026-03-30). */
function billingOf(pricing: unknown): StatusEvent['billing'] {
  const type = shortText(fieldOf(pricing, 'type'), 64);
  const category = shortText(fieldOf(pricing, 'category'), 64);
  if (type === undefined) return undefined;
  return { type, ...(category === undefined ? {} : { category }) };
}
