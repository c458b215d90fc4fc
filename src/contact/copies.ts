import type { AccountFile, Purpose } from '../ledger/file.js';
import type { Contact } from '../ledger/types.js';
import { identityOf } from './identity.js';
import { addressOf, contactsOfBranch, type RecipientRules, refusal } from './recipients.js';
import type { ChannelTraits } from './traits.js';

/** Whose copies are asked for, and who gets the message itself. */
export interface CopyRequest {
  readonly roles: readonly string[];
  readonly channel: ChannelTraits;
  readonly purpose: Purpose;
  /** Branch whose debts it is about. */
  readonly branch: string | undefined;
  readonly now: number;
  /** Address of the message itself. */
  readonly to: string;
}

/** Somebody who gets a copy, and where. */
export interface CopyPlace {
  readonly contact: Contact;
  readonly address: string;
}

/**
 * Everybody of the roles who can be reached on the channel by the same rules as
 * the recipient, each address once, in the order of the roles. A branch's own
 * people stand for a role before those of its head office. Who cannot be
 * reached gets no copy, which keeps the message from nobody.
 */
export function copyPlaces(
  rules: Pick<RecipientRules, 'consent' | 'addresses'>,
  file: AccountFile,
  request: CopyRequest,
): readonly CopyPlace[] {
  const { roles, channel, purpose, branch, now } = request;
  const local = contactsOfBranch(file.account, branch);
  const taken = new Set([identityOf(request.to)]);
  const places: CopyPlace[] = [];
  for (const role of roles) {
    const isRole = (one: Contact): boolean => one.role === role;
    const own = local.filter(isRole);
    for (const contact of own.length > 0 ? own : (file.account?.contacts ?? []).filter(isRole)) {
      const address = addressOf(contact, channel);
      if (address === undefined || address === '') continue;
      if (taken.has(identityOf(address))) continue;
      if (refusal(rules, file, contact, channel, { purpose, now }) !== undefined) continue;
      taken.add(identityOf(address));
      places.push({ contact, address });
    }
  }
  return places;
}
