import { addressOf, byPreference, contactOf, type PlaceRefusal, refusal } from '../../contact/recipients.js';
import type { AccountFile } from '../../ledger/file.js';
import type { Contact } from '../../ledger/types.js';
import type { SendAction } from '../../policy/types.js';
import type { CompiledPolicy, Engine } from '../compile.js';
import type { SeenPlace } from './report.js';
import type { Change, PlaceChoice, Way } from './types.js';
import { either } from './ways.js';

/** An address that stands for one that nobody has told yet. */
const someAddress = '-';

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
  if (place.reason === 'unknown_channel') return [[{ kind: 'channel', channel }]];
  const way: Change[] = [];
  if (recipients.hasText?.(message, channel) === false) way.push({ kind: 'text', message, channel });
  const traits = recipients.channels.get(channel);
  const contact = contactOf(known.account, place.contact);
  if (traits === undefined) return [[...way, { kind: 'channel', channel }]];
  if (contact === undefined) {
    const found = place.reason === 'tried' ? 'tried' : 'missing';
    if (place.reason !== 'no_text') way.push({ kind: 'address', channel, found });
    return [way];
  }
  let person = contact;
  let file = known;
  let tried = place.reason === 'tried';
  for (;;) {
    const reason = refusal(recipients, file, person, traits, 'dunning', tried);
    switch (reason) {
      case undefined:
        return [way];
      case 'no_consent':
      case 'consent_withdrawn': {
        const state = reason === 'no_consent' ? 'none' : 'withdrawn';
        way.push({ kind: 'consent', contact: contact.id, channel, found: state });
        // Later than anything known, so that it counts.
        const consent = { channel, state: 'granted', at: Number.MAX_SAFE_INTEGER } as const;
        person = { ...person, consents: [...person.consents, consent] };
        break;
      }
      case 'no_address':
        way.push({ kind: 'address', contact: contact.id, channel, found: 'missing' });
        person = { ...person, email: someAddress, phone: someAddress, whatsapp: someAddress };
        break;
      case 'address_unusable':
        way.push({ kind: 'address', contact: contact.id, channel, found: 'unusable' });
        file = {
          ...file,
          unusable: file.unusable.filter((one) => one.address !== addressOf(person, traits)),
        };
        break;
      default:
        way.push({ kind: 'address', contact: contact.id, channel, found: 'tried' });
        tried = false;
    }
  }
}
