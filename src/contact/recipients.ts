import type { AccountFile, Purpose } from '../ledger/file.js';
import type { Account, Contact } from '../ledger/types.js';
import type { ChannelConsent, Via } from '../policy/types.js';
import { consentOf, consentRuleOf, lastGrant } from './consent.js';
import type { ChannelTraits } from './traits.js';

/** A contact reached over a channel. */
export interface Place {
  /** Absent for channels that need nobody. */
  readonly contact: Contact | undefined;
  readonly channel: ChannelTraits;
  /** Time within which it must be delivered, or the next place is tried. */
  readonly patience: string | undefined;
}

/** Why a place of the chain cannot be used. */
export interface PlaceRefusal {
  readonly contact: string | undefined;
  readonly channel: string;
  readonly reason:
    | 'no_address'
    | 'address_unusable'
    | 'no_consent'
    | 'consent_withdrawn'
    | 'unknown_channel'
    | 'no_text'
    | 'tried';
}

export interface RecipientRules {
  readonly channels: ReadonlyMap<string, ChannelTraits>;
  readonly consent: Readonly<Record<string, ChannelConsent>>;
  /** Whether a message has a text for a channel; absent where texts play no part, as in a simulation. */
  readonly hasText?: ((message: string, channel: string) => boolean) | undefined;
}

/** What is to be sent, and whom it is about. */
export interface PlaceRequest {
  /** Message of the catalogue. */
  readonly message: string;
  /** Role of the contact. Default `billing`. */
  readonly role?: string | undefined;
  /** The contact that the invoices name, if all of them name the same. */
  readonly named?: string | undefined;
  /** Branch whose debts it is about: its contacts come before those of the head office. */
  readonly branch?: string | undefined;
  readonly via: readonly Via[];
  /** Places that are not tried again, as `contact:channel`. */
  readonly tried: readonly string[];
  readonly purpose: Purpose;
}

/**
 * The first place at which somebody may be contacted: contacts by the role
 * asked for, then the contact that the invoices name, then the others, those
 * of a branch before those of its head office; for each, the channels of the
 * stage in the contact's order of preference. Consent and reachability come
 * before preference.
 */
export function choosePlace(
  rules: RecipientRules,
  file: AccountFile,
  request: PlaceRequest,
  refusals?: PlaceRefusal[],
): Place | undefined {
  const { message, via, tried } = request;
  const contacts = file.account === undefined ? [] : inOrder(file.account, request);
  for (const contact of contacts) {
    for (const { channel, patience } of byPreference(contact, via)) {
      const traits = rules.channels.get(channel);
      const used = tried.length > 0 && tried.includes(`${contact.id}:${channel}`);
      const reason = speaks(rules, message, traits)
        ? refusal(rules, file, contact, traits, request.purpose, used)
        : 'no_text';
      if (reason === undefined && traits !== undefined) return { contact, channel: traits, patience };
      if (reason !== undefined) refusals?.push({ contact: contact.id, channel, reason });
    }
  }
  // A channel that needs no address needs no contact either.
  if (contacts.length > 0) return undefined;
  for (const { channel, patience } of via) {
    const traits = rules.channels.get(channel);
    const used = tried.includes(`-:${channel}`);
    const mute = !speaks(rules, message, traits);
    if (traits?.address === 'none' && !used && !mute)
      return { contact: undefined, channel: traits, patience };
    const reason = mute
      ? 'no_text'
      : traits === undefined
        ? 'unknown_channel'
        : used
          ? 'tried'
          : 'no_address';
    refusals?.push({ contact: undefined, channel, reason });
  }
  return undefined;
}

/** A contact of an account or of one of its branches. */
export function contactOf(account: Account | undefined, id: string | undefined): Contact | undefined {
  if (account === undefined || id === undefined) return undefined;
  const own = account.contacts.find((one) => one.id === id);
  if (own !== undefined || account.branches === undefined) return own;
  for (const { contacts } of account.branches) {
    const found = contacts.find((one) => one.id === id);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The contacts of a branch; none where the account has no such branch, or nobody is known there. */
export function contactsOfBranch(
  account: Account | undefined,
  branch: string | undefined,
): readonly Contact[] {
  if (account?.branches === undefined || branch === undefined) return [];
  return account.branches.find((one) => one.id === branch)?.contacts ?? [];
}

function speaks(rules: RecipientRules, message: string, channel: ChannelTraits | undefined): boolean {
  return channel === undefined || rules.hasText === undefined || rules.hasText(message, channel.id);
}

/** The address of a contact on a channel. */
export function addressOf(contact: Contact, channel: ChannelTraits): string | undefined {
  if (channel.address === 'email') return contact.email;
  if (channel.address === 'postal') return contact.postal;
  if (channel.address === 'phone')
    return channel.id === 'whatsapp' ? (contact.whatsapp ?? contact.phone) : contact.phone;
  return '';
}

/** Why a contact cannot be written to on a channel. */
export function refusal(
  rules: Pick<RecipientRules, 'consent'>,
  file: AccountFile,
  contact: Contact,
  channel: ChannelTraits | undefined,
  purpose: Purpose,
  tried: boolean,
): PlaceRefusal['reason'] | undefined {
  if (channel === undefined) return 'unknown_channel';
  const rule = consentRuleOf(rules.consent, channel, purpose);
  const consent = consentOf(contact, channel.id, purpose, file.heard);
  // A withdrawal is respected even where no consent is needed to begin with.
  if (consent === 'withdrawn' && (rule !== 'off' || toldItself(file, contact, channel.id, purpose)))
    return 'consent_withdrawn';
  if (rule === 'required' && consent !== 'granted') return 'no_consent';
  const address = addressOf(contact, channel);
  if (address === undefined) return 'no_address';
  if (file.unusable.length > 0) {
    // A person who is asked again and consents takes an earlier stop, or a fault since mended, back.
    const granted = lastGrant(contact, channel.id, purpose, file.heard);
    const unusable = file.unusable.some(
      (one) =>
        one.contact === contact.id &&
        one.channel === channel.id &&
        one.address === address &&
        (granted === undefined || granted <= one.at),
    );
    if (unusable) return 'address_unusable';
  }
  return tried ? 'tried' : undefined;
}

/** Whether the contact itself told recobro to stop, which no rule of the host's overrides. */
function toldItself(file: AccountFile, contact: Contact, channel: string, purpose: Purpose): boolean {
  if (file.heard === undefined) return false;
  return consentOf({ ...contact, consents: [] }, channel, purpose, file.heard) === 'withdrawn';
}

function inOrder(account: Account, request: PlaceRequest): readonly Contact[] {
  const branch = contactsOfBranch(account, request.branch);
  if (branch.length === 0) return byRole(account.contacts, request);
  return [...byRole(branch, request), ...byRole(account.contacts, request)];
}

function byRole(contacts: readonly Contact[], { role = 'billing', named }: PlaceRequest): readonly Contact[] {
  if (contacts.length < 2) return contacts;
  const rank = (contact: Contact): number => (contact.role === role ? 0 : contact.id === named ? 1 : 2);
  return contacts
    .map((contact, index) => ({ contact, index }))
    .sort((a, b) => rank(a.contact) - rank(b.contact) || a.index - b.index)
    .map(({ contact }) => contact);
}

/** Channels of a chain in the order in which they come for a contact: those that it prefers first. */
export function byPreference(contact: Contact, via: readonly Via[]): readonly Via[] {
  if (contact.prefers.length === 0) return via;
  const rank = (one: Via): number => {
    const at = contact.prefers.indexOf(one.channel);
    return at < 0 ? contact.prefers.length : at;
  };
  return via
    .map((one, index) => ({ one, index }))
    .sort((a, b) => rank(a.one) - rank(b.one) || a.index - b.index)
    .map(({ one }) => one);
}
