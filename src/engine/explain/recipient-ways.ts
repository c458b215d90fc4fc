import type { AddressTrouble } from '../../contact/health.js';
import { sameAddress } from '../../contact/identity.js';
import {
  addressOf,
  contactOf,
  inTurn,
  type PlaceRefusal,
  type RecipientRules,
  refusal,
} from '../../contact/recipients.js';
import { type ChannelTraits, shippedChannels } from '../../contact/traits.js';
import type { AccountFile } from '../../ledger/file.js';
import type { Contact } from '../../ledger/types.js';
import type { Via } from '../../policy/types.js';
import type { Engine } from '../compile.js';
import type { SeenPlace } from './report.js';
import type { Change, PlaceChoice, Way } from './types.js';
import { either } from './ways.js';

/** An address that stands for one that nobody has told yet. */
const someAddress = '-';
const everyAddress = {
  email: someAddress,
  phone: someAddress,
  whatsapp: someAddress,
  postal: someAddress,
} as const;

/** Who stands for the contact that an account without any is given; nothing is known of their consent. */
const somebody: Contact = { id: '', role: '', name: '', ...everyAddress, prefers: [], consents: [] };

/** What is taken of a host's own channel that is not set up: its adapter would say, the plan may. */
const ownChannel: Omit<ChannelTraits, 'id'> = { address: 'none', consent: 'off' };

/** Where a message goes, and why there. */
export function choiceOf(
  { recipients }: Engine,
  file: AccountFile,
  { wanted, named, place, refusals }: SeenPlace,
): PlaceChoice | undefined {
  if (place === undefined) return undefined;
  const { contact, channel } = place;
  const role = wanted.send?.to ?? 'billing';
  const via = wanted.send?.via ?? wanted.policy.via;
  const channels = contact === undefined ? via : inTurn(recipients, file, contact, via);
  return {
    ...(contact === undefined ? {} : { contact: contact.id }),
    channel: channel.id,
    contactBy: contactBy(contact, role, named),
    role,
    channelBy: channelBy(recipients, file, contact, via, channel.id),
    channels: channels.map((one) => one.channel),
    passed: [...refusals],
  };
}

function contactBy(
  contact: Contact | undefined,
  role: string,
  named: string | undefined,
): PlaceChoice['contactBy'] {
  if (contact === undefined) return 'nobody';
  if (contact.role === role) return 'role';
  return contact.id === named ? 'invoice' : 'fallback';
}

function channelBy(
  recipients: RecipientRules,
  file: AccountFile,
  contact: Contact | undefined,
  via: readonly Via[],
  channel: string,
): PlaceChoice['channelBy'] {
  if (contact === undefined) return 'order';
  if (contact.prefers.includes(channel)) return 'preference';
  const turns = inTurn(recipients, file, contact, via);
  const plain = inTurn({ lastWorked: undefined }, file, contact, via);
  const at = (list: readonly Via[]): number => list.findIndex((one) => one.channel === channel);
  // Only the channel that worked last is ever put before others.
  return at(turns) < at(plain) ? 'lastWorked' : 'order';
}

/** What would let a message go to one of the places that cannot be used. */
export function recipientWays(
  engine: Engine,
  file: AccountFile,
  message: string,
  refusals: readonly PlaceRefusal[],
  now: number,
): readonly Way[] {
  return either(refusals.map((place) => wayTo(engine, file, message, place, now)));
}

/** Everything that keeps one place from being used: behind one reason there may be another. */
function wayTo(
  { recipients }: Engine,
  known: AccountFile,
  message: string,
  place: PlaceRefusal,
  now: number,
): readonly Way[] {
  const { channel } = place;
  const way: Change[] = [];
  const setUp = recipients.channels.get(channel);
  if (setUp === undefined) way.push({ kind: 'channel', channel });
  else if (recipients.hasText?.(message, channel) === false) way.push({ kind: 'text', message, channel });
  const traits = setUp ?? shippedChannels.find(({ id }) => id === channel) ?? { ...ownChannel, id: channel };
  const contact = contactOf(known.account, place.contact);
  let tried = place.reason === 'tried';
  if (contact === undefined) {
    // Nobody is needed where no address is, but of a channel that is not set up nobody knows that.
    if (traits.address === 'none' && setUp !== undefined)
      return [tried ? [...way, { kind: 'address', channel, found: 'tried' }] : way];
    way.push({ kind: 'address', channel, found: 'missing' });
  }
  let person: Contact = contact ?? somebody;
  let file = known;
  for (;;) {
    const refused = refusal(recipients, file, person, traits, { purpose: 'dunning', now, tried });
    const reason = refused?.reason;
    switch (reason) {
      case undefined:
        return [way];
      case 'no_consent':
      case 'consent_withdrawn': {
        const found = reason === 'no_consent' ? 'none' : 'withdrawn';
        way.push({ kind: 'consent', ...named(contact), channel, found });
        // Later than anything known, so that it counts.
        const consent = { channel, state: 'granted', at: Number.MAX_SAFE_INTEGER } as const;
        person = { ...person, consents: [...person.consents, consent] };
        break;
      }
      case 'no_address':
        way.push({ kind: 'address', ...named(contact), channel, found: 'missing' });
        person = { ...person, ...everyAddress };
        break;
      case 'address_unusable':
        way.push({ kind: 'address', ...named(contact), channel, ...troubled(refused?.trouble) });
        file = {
          ...file,
          health: file.health.filter((one) => !sameAddress(one.address, addressOf(person, traits))),
        };
        person = { ...person, faults: undefined };
        break;
      default:
        way.push({ kind: 'address', ...named(contact), channel, found: 'tried' });
        tried = false;
    }
  }
}

/** A resting address waits; others are mended. */
function troubled(trouble: AddressTrouble | undefined) {
  const at = trouble?.until;
  return at === undefined ? ({ found: 'unusable' } as const) : ({ found: 'resting', at } as const);
}

function named(contact: Contact | undefined): { readonly contact?: string } {
  return contact === undefined ? {} : { contact: contact.id };
}
