import { addressOf, byPreference, contactOf, type PlaceRefusal, refusal } from '../../contact/recipients.js';
import { type ChannelTraits, shippedChannels } from '../../contact/traits.js';
import type { AccountFile } from '../../ledger/file.js';
import type { Contact } from '../../ledger/types.js';
import type { SendAction } from '../../policy/types.js';
import type { CompiledPolicy, Engine } from '../compile.js';
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
export function choiceOf({ wanted, named, place, refusals }: SeenPlace): PlaceChoice | undefined {
  if (place === undefined) return undefined;
  const { contact, channel } = place;
  const role = wanted.send?.to ?? 'billing';
  return {
    ...(contact === undefined ? {} : { contact: contact.id }),
    channel: channel.id,
    contactBy: contactBy(contact, role, named),
    role,
    channelBy: contact?.prefers.includes(channel.id) === true ? 'preference' : 'order',
    channels: channelsFor(contact, wanted.send, wanted.policy),
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

function channelsFor(contact: Contact | undefined, send: SendAction | undefined, { via }: CompiledPolicy) {
  const chain = send?.via ?? via;
  return (contact === undefined ? chain : byPreference(contact, chain)).map(({ channel }) => channel);
}

/** What would let a message go to one of the places that cannot be used. */
export function recipientWays(
  engine: Engine,
  file: AccountFile,
  message: string,
  refusals: readonly PlaceRefusal[],
): readonly Way[] {
  return either(refusals.map((place) => wayTo(engine, file, message, place)));
}

/** Everything that keeps one place from being used: behind one reason there may be another. */
function wayTo(
  { recipients }: Engine,
  known: AccountFile,
  message: string,
  place: PlaceRefusal,
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
    const reached = traits.address === 'none' && setUp !== undefined;
    if (tried) way.push({ kind: 'address', channel, found: 'tried' });
    else if (!reached) way.push({ kind: 'address', channel, found: 'missing' });
    if (reached) return [way];
    tried = false;
  }
  let person: Contact = contact ?? somebody;
  let file = known;
  for (;;) {
    const reason = refusal(recipients, file, person, traits, 'dunning', tried);
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
        way.push({ kind: 'address', ...named(contact), channel, found: 'unusable' });
        file = {
          ...file,
          unusable: file.unusable.filter((one) => one.address !== addressOf(person, traits)),
        };
        break;
      default:
        way.push({ kind: 'address', ...named(contact), channel, found: 'tried' });
        tried = false;
    }
  }
}

function named(contact: Contact | undefined): { readonly contact?: string } {
  return contact === undefined ? {} : { contact: contact.id };
}
