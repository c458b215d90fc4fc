import type { AccountInput, ConsentInput, ContactInput } from '../../ledger/facts.js';
import type { Account, Consent, Contact } from '../../ledger/types.js';
import { type Cursor, isRecord } from '../cursor.js';
import * as forms from '../forms.js';
import type { Reading } from './reading.js';
import {
  attributes,
  checkIds,
  checkKeys,
  flag,
  formed,
  instant,
  keysOf,
  language,
  list,
  oneOf,
  optional,
  refused,
  tags,
  text,
  whole,
  zone,
} from './values.js';

const accountKeys = keysOf<AccountInput>({
  id: true,
  name: true,
  version: true,
  zone: true,
  language: true,
  country: true,
  policy: true,
  tags: true,
  attributes: true,
  owner: true,
  hardship: true,
  contacts: true,
});

const contactKeys = keysOf<ContactInput>({
  id: true,
  role: true,
  name: true,
  email: true,
  phone: true,
  whatsapp: true,
  language: true,
  zone: true,
  prefers: true,
  consent: true,
});

const consentKeys = keysOf<ConsentInput>({ state: true, at: true, proof: true });

export const version = (at: Cursor): number | undefined =>
  optional(at, (one) => whole(one, 0, Number.MAX_SAFE_INTEGER));

/** A policy of the record's own: one that exists, or null. */
export function ownPolicy(at: Cursor, reading: Reading): string | null | undefined {
  if (!at.exists || at.value === null) return at.value === null ? null : undefined;
  const id = formed(forms.id)(at);
  reading.checkPolicy(at, id);
  return id;
}

export function readAccount(at: Cursor, reading: Reading): Account {
  checkKeys(at, accountKeys);
  const name = text(at.at('name'));
  const contacts = list(at.at('contacts'), 500, (one) => readContact(one, name, reading));
  checkIds(
    contacts.map((contact) => contact.id),
    at.at('contacts'),
    '; the id of a contact is its role unless you give one',
  );
  return {
    id: formed(forms.recordId)(at.at('id')),
    name,
    version: version(at.at('version')),
    zone: optional(at.at('zone'), zone),
    language: optional(at.at('language'), language),
    country: optional(at.at('country'), formed(forms.country)),
    policy: ownPolicy(at.at('policy'), reading),
    tags: tags(at.at('tags')),
    attributes: attributes(at.at('attributes')),
    owner: optional(at.at('owner'), text),
    hardship: optional(at.at('hardship'), flag) ?? false,
    contacts,
  };
}

function readContact(at: Cursor, accountName: string, reading: Reading): Contact {
  checkKeys(at, contactKeys);
  const role = optional(at.at('role'), formed(forms.partId)) ?? 'billing';
  const prefers = list(at.at('prefers'), 20, (one) => channel(one, reading));
  prefers.forEach((one, index) => {
    if (prefers.indexOf(one) < index)
      at.at('prefers').item(index).report('duplicate_entry', 'name a channel once');
  });
  return {
    id: optional(at.at('id'), formed(forms.partId)) ?? role,
    role,
    name: optional(at.at('name'), text) ?? accountName,
    email: optional(at.at('email'), formed(forms.email)),
    phone: optional(at.at('phone'), formed(forms.phone)),
    whatsapp: optional(at.at('whatsapp'), formed(forms.phone)),
    language: optional(at.at('language'), language),
    zone: optional(at.at('zone'), zone),
    prefers,
    consents: readConsents(at.at('consent'), reading),
  };
}

function channel(at: Cursor, reading: Reading): string {
  const id = formed(forms.channel)(at);
  reading.checkChannel(at, id);
  return id;
}

function readConsents(at: Cursor, reading: Reading): Consent[] {
  if (!at.exists) return [];
  if (!isRecord(at.value)) refused(at, "an object by channel, such as { whatsapp: 'granted' }");
  return at.entries().map(([id, one]) => {
    if (!forms.channel.pattern.test(id)) one.report('invalid_id', `the key must be ${forms.channel.write}`);
    reading.checkChannel(one, id);
    // The start of time: no withdrawal can be older than it.
    if (one.value === 'granted') return { channel: id, state: 'granted', at: 0 };
    if (one.value === 'withdrawn') {
      one.report('invalid_type', "a withdrawal needs its moment; write { state: 'withdrawn', at: '…' }");
    } else if (isRecord(one.value)) checkKeys(one, consentKeys);
    else one.report('invalid_type', "write 'granted', or { state, at, proof } with the moment and the proof");
    return {
      channel: id,
      state: oneOf(one.at('state'), ['granted', 'withdrawn']),
      at: instant(one.at('at')),
      proof: optional(one.at('proof'), text),
    };
  });
}
