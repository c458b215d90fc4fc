import type { Party } from '../../inbound.js';
import { fieldOf } from '../../json.js';
import { isPhone } from '../../phone.js';
import { listOf, present, shortText } from '../../webhook-body.js';

/** What a body says of people beside its messages: their names, by number and by user id. */
export type Known = ReadonlyMap<string, string>;

/** Names of `contacts`. Statuses and system messages have no such list. */
export function namesOf(contacts: unknown): Known {
  const names = new Map<string, string>();
  for (const contact of listOf(contacts)) {
    const name = shortText(fieldOf(fieldOf(contact, 'profile'), 'name'), 256);
    if (name === undefined) continue;
    for (const key of [fieldOf(contact, 'wa_id'), fieldOf(contact, 'user_id')]) {
      if (typeof key === 'string') names.set(key, name);
    }
  }
  return names;
}

/**
 * A person by number, by business-scoped user id, or by both; undefined for neither.
 * Since 2026 a number may be missing (Meta: business-scoped-user-ids, 2026-05-07).
 */
export function partyOf(number: unknown, user: unknown, names: Known): Party | undefined {
  const address = phoneOf(number);
  const userId = userIdOf(user);
  if (address === undefined && userId === undefined) return undefined;
  const name = names.get(String(number)) ?? names.get(String(user));
  return present<Party>({ address, userId, name });
}

/** `wa_id` is a number without its plus. */
export function phoneOf(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const phone = value.startsWith('+') ? value : `+${value}`;
  return isPhone(phone) ? phone : undefined;
}

/** `CC.` and up to 128 letters and digits; parent ids have `ENT.` between. */
export function userIdOf(value: unknown): string | undefined {
  return typeof value === 'string' && /^[A-Z]{2}\.[A-Za-z0-9.]{1,140}$/.test(value) ? value : undefined;
}
