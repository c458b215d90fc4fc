import { durationMillis, parseDuration } from '../calendar/index.js';
import type { AccountFile, AddressMark, HeardConsent } from '../ledger/file.js';
import type { AddressFault, Contact } from '../ledger/types.js';
import type { ContactRules } from '../policy/types.js';
import { addressOf, contactsOf, sameAddress } from './identity.js';
import type { ChannelTraits } from './traits.js';

/** How long an address rests that could not be reached several times in a row. */
export interface AddressRules {
  /** Times in a row, over however many messages. */
  readonly failures: number;
  readonly restMs: number;
}

/**
 * Three in a row, seven days. A provider itself tries for one to three days before it gives a message up, so that three
 * in a row are three reminders and a week or more, which no full mailbox, holiday or empty battery explains by chance.
 * A week is shorter than the distance of most stages: the address has another chance at the next but one.
 */
export const defaultAddressRules: AddressRules = { failures: 3, restMs: 7 * 86_400_000 };

/** @throws RecobroError `invalid_duration` for months and business days */
export function compileAddressRules({ restAfter, rest }: ContactRules): AddressRules {
  const { failures, restMs } = defaultAddressRules;
  return { failures: restAfter ?? failures, restMs: rest === undefined ? restMs : elapsed(rest) };
}

function elapsed(text: string): number {
  const duration = parseDuration(text);
  return duration.unit === 'd' ? duration.count * 86_400_000 : durationMillis(duration);
}

/** Why an address is not written to, or that it begins to fail. */
export interface AddressTrouble {
  /**
   * `bounced`: refused for good by who receives mails; `invalid`: no number of that channel, or no address at all;
   * `unreachable`: could not be reached lately, and may be again.
   */
  readonly state: AddressMark['state'];
  /** The provider's code, or `invalid_phone`, `invalid_email` or `invalid_postal` for what can be no address. */
  readonly reason: string;
  /** With those three. */
  readonly fault?: AddressFault['fault'] | undefined;
  /** When it failed last. */
  readonly at?: number | undefined;
  /** Times in a row that it could not be reached. */
  readonly failures?: number | undefined;
  /** It rests until then. */
  readonly until?: number | undefined;
}

/** An address of a contact that is not well. */
export interface AddressHealth extends AddressTrouble {
  readonly contact: string;
  readonly channel: string;
  /** Whether it is written to all the same: it fails now and then, and not yet often enough. */
  readonly usable: boolean;
}

/** Whom is looked at, when. */
export interface HealthRequest {
  readonly contact: Contact;
  readonly channel: ChannelTraits;
  readonly address: string;
  readonly now: number;
  /** When the contact consented to the channel last: whoever consents anew takes earlier faults back. */
  readonly granted?: number | undefined;
}

/** What is known against an address, by whichever contact of the account it became known. */
export function troubleOf(
  rules: AddressRules,
  { health }: Pick<AccountFile, 'health'>,
  { contact, channel, address, now, granted }: HealthRequest,
): AddressTrouble | undefined {
  const fault = contact.faults?.find(({ field }) => field === fieldOf(contact, channel));
  if (fault !== undefined) return { state: 'invalid', reason: faultCode(fault), fault: fault.fault };
  let worst: AddressTrouble | undefined;
  for (const one of health) {
    if (one.channel !== channel.id || !sameAddress(one.address, address)) continue;
    if (granted !== undefined && granted > one.at) continue;
    const { state, reason, at, failures } = one;
    if (state !== 'unreachable') return { state, reason, at };
    const until = (failures ?? 1) >= rules.failures ? at + rules.restMs : undefined;
    const rests = until !== undefined && until > now;
    if (worst?.until !== undefined && (!rests || worst.until >= until)) continue;
    worst = { state, reason, at, failures, ...(rests ? { until } : {}) };
  }
  return worst;
}

/** What it is called that a text can be no address. */
export function faultCode({ field }: AddressFault): 'invalid_phone' | 'invalid_email' | 'invalid_postal' {
  return field === 'email' || field === 'postal' ? `invalid_${field}` : 'invalid_phone';
}

/** Whether an address is out for now. */
export function isOut({ state, until }: AddressTrouble): boolean {
  return state !== 'unreachable' || until !== undefined;
}

/** All addresses of an account that are not well, by contact and channel. */
export function healthOf(
  rules: {
    readonly channels: ReadonlyMap<string, ChannelTraits>;
    readonly addresses?: AddressRules | undefined;
  },
  file: AccountFile,
  now: number,
): readonly AddressHealth[] {
  const found: AddressHealth[] = [];
  for (const contact of contactsOf(file.account)) {
    if (file.health.length === 0 && contact.faults === undefined) continue;
    for (const channel of rules.channels.values()) {
      const address = addressOf(contact, channel);
      if (address === undefined || address === '') continue;
      const trouble = troubleOf(rules.addresses ?? defaultAddressRules, file, {
        contact,
        channel,
        address,
        now,
      });
      if (trouble === undefined) continue;
      found.push({ contact: contact.id, channel: channel.id, ...trouble, usable: !isOut(trouble) });
    }
  }
  return found;
}

/** Words that count for a contact on a channel: its own, and those of whoever else is reached at the same address. */
export function heardFor(
  { heard, account }: AccountFile,
  contact: Contact,
  channel: ChannelTraits,
): readonly HeardConsent[] {
  if (heard === undefined) return none;
  const own = addressOf(contact, channel);
  const others = contactsOf(account).filter(
    (other) => other.id !== contact.id && sameAddress(addressOf(other, channel), own),
  );
  const ids = new Set([contact.id, ...others.map(({ id }) => id)]);
  return heard.filter((one) => one.channel === channel.id && ids.has(one.contact));
}

const none: readonly HeardConsent[] = [];

function fieldOf(contact: Contact, channel: ChannelTraits): AddressFault['field'] | undefined {
  if (channel.address === 'none') return undefined;
  if (channel.address !== 'phone') return channel.address;
  return channel.id === 'whatsapp' && contact.whatsapp !== undefined ? 'whatsapp' : 'phone';
}
