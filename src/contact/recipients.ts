import type { AccountFile } from '../ledger/file.js';
import type { Account, Contact } from '../ledger/types.js';
import type { ConsentRule, SendAction, Via } from '../policy/types.js';
import type { ChannelTraits } from './traits.js';

/** A contact reached over a channel. */
export interface Place {
  /** Absent for channels that need nobody. */
  readonly contact: Contact | undefined;
  readonly channel: ChannelTraits;
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
  readonly consent: Readonly<Record<string, ConsentRule>>;
  /** Whether a message has a text for a channel; absent where texts play no part, as in a simulation. */
  readonly hasText?: ((message: string, channel: string) => boolean) | undefined;
}

/**
 * The first place at which somebody may be contacted: contacts by the role
 * asked for, then the contact that the invoices name, then the account's
 * others; for each, the channels of the stage in the contact's order of
 * preference. Consent and reachability come before preference.
 */
export function choosePlace(
  rules: RecipientRules,
  file: AccountFile,
  named: string | undefined,
  { to: role, send: message }: Pick<SendAction, 'to' | 'send'>,
  via: readonly Via[],
  tried: readonly string[],
  refusals?: PlaceRefusal[],
): Place | undefined {
  const contacts = file.account === undefined ? [] : inOrder(file.account, named, role ?? 'billing');
  for (const contact of contacts) {
    for (const { channel } of byPreference(contact, via)) {
      const traits = rules.channels.get(channel);
      const reason = speaks(rules, message, traits)
        ? refusal(rules, file, contact, traits, tried.includes(`${contact.id}:${channel}`))
        : 'no_text';
      if (reason === undefined && traits !== undefined) return { contact, channel: traits };
      if (reason !== undefined) refusals?.push({ contact: contact.id, channel, reason });
    }
  }
  // A channel that needs no address needs no contact either.
  if (contacts.length > 0) return undefined;
  for (const { channel } of via) {
    const traits = rules.channels.get(channel);
    const used = tried.includes(`-:${channel}`);
    const mute = !speaks(rules, message, traits);
    if (traits?.address === 'none' && !used && !mute) return { contact: undefined, channel: traits };
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

function speaks(rules: RecipientRules, message: string, channel: ChannelTraits | undefined): boolean {
  return channel === undefined || rules.hasText === undefined || rules.hasText(message, channel.id);
}

/** The address of a contact on a channel. */
export function addressOf(contact: Contact, channel: ChannelTraits): string | undefined {
  if (channel.address === 'email') return contact.email;
  if (channel.address === 'phone')
    return channel.id === 'whatsapp' ? (contact.whatsapp ?? contact.phone) : contact.phone;
  return '';
}

/** The latest word of a contact about a channel. Ties go to the withdrawal. */
export function consentOf(contact: Contact, channel: string): 'granted' | 'withdrawn' | undefined {
  let latest: Contact['consents'][number] | undefined;
  for (const one of contact.consents) {
    if (one.channel !== channel) continue;
    if (latest === undefined || one.at > latest.at || (one.at === latest.at && one.state === 'withdrawn'))
      latest = one;
  }
  return latest?.state;
}

function lastGrant(contact: Contact, channel: string): number | undefined {
  let last: number | undefined;
  for (const one of contact.consents) {
    if (one.channel === channel && one.state === 'granted') last = Math.max(last ?? one.at, one.at);
  }
  return last;
}

function refusal(
  rules: RecipientRules,
  file: AccountFile,
  contact: Contact,
  channel: ChannelTraits | undefined,
  tried: boolean,
): PlaceRefusal['reason'] | undefined {
  if (channel === undefined) return 'unknown_channel';
  const rule = rules.consent[channel.id] ?? channel.consent;
  const consent = consentOf(contact, channel.id);
  // A withdrawal is respected even where no consent is needed to begin with.
  if (consent === 'withdrawn' && rule !== 'off') return 'consent_withdrawn';
  if (rule === 'required' && consent !== 'granted') return 'no_consent';
  const address = addressOf(contact, channel);
  if (address === undefined) return 'no_address';
  // A person who is asked again and consents takes an earlier stop, or a fault since mended, back.
  const granted = lastGrant(contact, channel.id);
  const unusable = file.unusable.some(
    (one) =>
      one.contact === contact.id &&
      one.channel === channel.id &&
      one.address === address &&
      (granted === undefined || granted <= one.at),
  );
  if (unusable) return 'address_unusable';
  return tried ? 'tried' : undefined;
}

function inOrder(account: Account, named: string | undefined, role: string): readonly Contact[] {
  if (account.contacts.length < 2) return account.contacts;
  const rank = (contact: Contact): number => (contact.role === role ? 0 : contact.id === named ? 1 : 2);
  return account.contacts
    .map((contact, index) => ({ contact, index }))
    .sort((a, b) => rank(a.contact) - rank(b.contact) || a.index - b.index)
    .map(({ contact }) => contact);
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
