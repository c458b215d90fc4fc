import type { AccountFile, HeardConsent, Purpose, WorkedChannel } from '../ledger/file.js';
import type { Account, Contact } from '../ledger/types.js';
import type { ChannelConsent, ContactRules, Via } from '../policy/types.js';
import { consentOf, consentRuleOf, lastGrant } from './consent.js';
import {
  type AddressRules,
  type AddressTrouble,
  defaultAddressRules,
  heardFor,
  isOut,
  troubleOf,
} from './health.js';
import { addressOf, contactsOf, sameAddress } from './identity.js';
import type { ChannelTraits } from './traits.js';

export { addressOf } from './identity.js';

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
  /** With `address_unusable`: what is wrong with it, since when, and until when it rests. */
  readonly trouble?: AddressTrouble | undefined;
}

export interface RecipientRules {
  readonly channels: ReadonlyMap<string, ChannelTraits>;
  readonly consent: Readonly<Record<string, ChannelConsent>>;
  /** Default {@link defaultAddressRules}. */
  readonly addresses?: AddressRules | undefined;
  /** Where the channel that worked last comes for a contact. Absent: as any other. */
  readonly lastWorked?: ContactRules['lastWorked'];
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
  readonly now: number;
}

/**
 * The first place at which somebody may be contacted: contacts by the role
 * asked for, then the contact that the invoices name, then the others, those
 * of a branch before those of its head office; for each, the channels of the
 * stage in the contact's order of preference, then with the one that worked last
 * where the plan wants it, then in the stage's. Consent and reachability come
 * before preference.
 */
export function choosePlace(
  rules: RecipientRules,
  file: AccountFile,
  request: PlaceRequest,
  refusals?: PlaceRefusal[],
): Place | undefined {
  const { message, via, tried, purpose, now } = request;
  const contacts = file.account === undefined ? [] : inOrder(file.account, request);
  for (const contact of contacts) {
    for (const { channel, patience } of inTurn(rules, file, contact, via)) {
      const traits = rules.channels.get(channel);
      const used = tried.length > 0 && wasTried(file, tried, contact, traits);
      const refused = speaks(rules, message, traits)
        ? refusal(rules, file, contact, traits, { purpose, now, tried: used })
        : noText;
      if (refused === undefined && traits !== undefined) return { contact, channel: traits, patience };
      if (refused !== undefined) refusals?.push({ contact: contact.id, channel, ...refused });
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

const noText = { reason: 'no_text' } as const;

/** Whether a place was tried, under this name or by another contact with the same address. */
function wasTried(
  file: AccountFile,
  tried: readonly string[],
  contact: Contact,
  channel: ChannelTraits | undefined,
): boolean {
  if (channel === undefined) return false;
  if (tried.includes(`${contact.id}:${channel.id}`)) return true;
  const own = addressOf(contact, channel);
  return contactsOf(file.account).some(
    (other) => tried.includes(`${other.id}:${channel.id}`) && sameAddress(addressOf(other, channel), own),
  );
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

/** Whom is asked about, and when. */
export interface RefusalRequest {
  readonly purpose: Purpose;
  readonly now: number;
  /** The place was tried already. */
  readonly tried?: boolean | undefined;
}

/** Why a contact cannot be written to on a channel. */
export function refusal(
  rules: Pick<RecipientRules, 'consent' | 'addresses'>,
  file: AccountFile,
  contact: Contact,
  channel: ChannelTraits | undefined,
  { purpose, now, tried }: RefusalRequest,
): Pick<PlaceRefusal, 'reason' | 'trouble'> | undefined {
  if (channel === undefined) return { reason: 'unknown_channel' };
  const rule = consentRuleOf(rules.consent, channel, purpose);
  const heard = heardFor(file, contact, channel);
  const consent = consentOf(contact, channel.id, purpose, heard);
  // A withdrawal is respected even where no consent is needed to begin with, and one that was told to recobro itself
  // whatever the host says.
  if (consent === 'withdrawn' && (rule !== 'off' || saidItself(contact, channel.id, purpose, heard)))
    return { reason: 'consent_withdrawn' };
  if (rule === 'required' && consent !== 'granted') return { reason: 'no_consent' };
  const address = addressOf(contact, channel);
  if (address === undefined) return { reason: 'no_address' };
  if (file.health.length > 0 || contact.faults !== undefined) {
    // A person who is asked again and consents takes an earlier fault back.
    const granted = lastGrant(contact, channel.id, purpose, heard);
    const asked = { contact, channel, address, now, granted };
    const trouble = troubleOf(rules.addresses ?? defaultAddressRules, file, asked);
    if (trouble !== undefined && isOut(trouble)) return { reason: 'address_unusable', trouble };
  }
  return tried === true ? { reason: 'tried' } : undefined;
}

function saidItself(
  contact: Contact,
  channel: string,
  purpose: Purpose,
  heard: readonly HeardConsent[],
): boolean {
  return heard.length > 0 && consentOf({ ...contact, consents: [] }, channel, purpose, heard) === 'withdrawn';
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

/** Channels of a chain in the order in which they come for a contact: preferred ones, then as the plan treats the one that worked. */
export function inTurn(
  { lastWorked }: Pick<RecipientRules, 'lastWorked'>,
  file: Pick<AccountFile, 'worked'>,
  contact: Contact,
  via: readonly Via[],
): readonly Via[] {
  if (via.length < 2) return via;
  const preferred = byPreference(contact, via);
  const last = lastWorked === undefined ? undefined : workedLast(file, contact, via);
  const found = preferred.find(({ channel }) => channel === last);
  if (found === undefined) return preferred;
  // Whoever says what it prefers gets that first; as a fallback the channel comes behind the first place, whichever that is.
  const ahead = preferred.filter(
    ({ channel }, index) => contact.prefers.includes(channel) || (lastWorked === 'fallback' && index === 0),
  );
  if (ahead.includes(found)) return preferred;
  return [...ahead, found, ...preferred.filter((one) => one !== found && !ahead.includes(one))];
}

/** Of the channels of a chain the one on which a contact was reached last; of two at one instant the first by name. */
export function workedLast(
  { worked }: Pick<AccountFile, 'worked'>,
  contact: Contact,
  via: readonly Via[],
): string | undefined {
  let last: WorkedChannel | undefined;
  for (const one of worked ?? []) {
    if (one.contact !== contact.id || !via.some(({ channel }) => channel === one.channel)) continue;
    if (last === undefined || one.at > last.at || (one.at === last.at && one.channel < last.channel))
      last = one;
  }
  return last?.channel;
}

function byPreference(contact: Contact, via: readonly Via[]): readonly Via[] {
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
