import type { Contact } from '../ledger/types.js';
import { clean } from '../messages/clean.js';

/**
 * The recipient's name as headers and envelopes show it, cleaned like all values: a direction that is turned round can
 * make an address read otherwise than it is.
 */
export function namedAs(contact: Pick<Contact, 'name'> | undefined): { readonly toName?: string } {
  const toName = clean(contact?.name ?? '');
  return toName === '' ? {} : { toName };
}
