import type { AccountInput, BranchInput, ConsentInput, ContactInput } from '../../ledger/facts.js';
import type { Account, AddressFault, Branch, Consent, Contact } from '../../ledger/types.js';
import { seen } from '../../messages/reading-order.js';
import { readPhone } from '../../phone/index.js';
import { type Cursor, isRecord } from '../cursor.js';
import * as forms from '../forms.js';
import { levelCap, readCredit, readScores } from './account-parts.js';
import type { Reading } from './reading.js';
import { readTerms } from './terms.js';
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
  branches: true,
  credit: true,
  cap: true,
  time: true,
  terms: true,
  scores: true,
});

const branchKeys = keysOf<BranchInput>({ id: true, name: true, contacts: true });

const contactKeys = keysOf<ContactInput>({
  id: true,
  role: true,
  name: true,
  email: true,
  phone: true,
  whatsapp: true,
  postal: true,
  language: true,
  zone: true,
  prefers: true,
  consent: true,
});

const consentKeys = keysOf<ConsentInput>({ state: true, at: true, purpose: true, proof: true });

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
  const country = optional(at.at('country'), formed(forms.country));
  const contacts = list(at.at('contacts'), 500, (one) => readContact(one, { name, country, reading }));
  checkIds(
    contacts.map((contact) => contact.id),
    at.at('contacts'),
    '; the id of a contact is its role unless you give one',
  );
  const branches = list(at.at('branches'), 5000, (one) => readBranch(one, country, reading));
  checkIds(
    branches.map((branch) => branch.id),
    at.at('branches'),
  );
  checkBranchContacts(contacts, branches, at.at('branches'));
  const account: Account = {
    id: formed(forms.recordId)(at.at('id')),
    name,
    version: version(at.at('version')),
    zone: optional(at.at('zone'), zone),
    language: optional(at.at('language'), language),
    country,
    policy: ownPolicy(at.at('policy'), reading),
    tags: tags(at.at('tags')),
    attributes: attributes(at.at('attributes')),
    owner: optional(at.at('owner'), text),
    hardship: optional(at.at('hardship'), flag) ?? false,
    contacts,
    // Left out rather than empty: most accounts have none of these, and files are kept small.
    ...(branches.length === 0 ? {} : { branches }),
    credit: optional(at.at('credit'), readCredit),
    cap: optional(at.at('cap'), levelCap),
    time: optional(at.at('time'), formed(forms.opens)),
    terms: optional(at.at('terms'), readTerms),
    scores: optional(at.at('scores'), readScores),
  };
  // A pass over the portfolio writes scores, too: what it wrote stays.
  return reading.assume(account, ['scores'], at);
}

function readBranch(at: Cursor, country: string | undefined, reading: Reading): Branch {
  checkKeys(at, branchKeys);
  const id = formed(forms.recordId)(at.at('id'));
  const name = text(at.at('name'));
  const contacts = list(at.at('contacts'), 500, (one) =>
    readContact(one, { name, country, reading, prefix: `${id}.` }),
  );
  checkIds(
    contacts.map((contact) => contact.id),
    at.at('contacts'),
    '; the id of a contact is its role, after that of the branch, unless you give one',
  );
  return { id, name, contacts };
}

/** Acts, consents and contacts made name a contact by its id alone: no two of an account may share one. */
function checkBranchContacts(own: readonly Contact[], branches: readonly Branch[], at: Cursor): void {
  const known = new Set(own.map((contact) => contact.id));
  branches.forEach((branch, place) => {
    branch.contacts.forEach(({ id }, index) => {
      const where = at.item(place).at('contacts').item(index).at('id');
      if (known.has(id))
        where.report('duplicate_id', `another contact of the account has the id ${JSON.stringify(id)}`);
    });
    for (const { id } of branch.contacts) known.add(id);
  });
}

/** What contacts of one account share. */
interface Surroundings {
  /** Of the account or branch. */
  readonly name: string;
  readonly country: string | undefined;
  readonly reading: Reading;
  readonly prefix?: string;
}

function readContact(at: Cursor, { name, country, reading, prefix = '' }: Surroundings): Contact {
  checkKeys(at, contactKeys);
  const role = optional(at.at('role'), formed(forms.partId)) ?? 'billing';
  const prefers = list(at.at('prefers'), 20, (one) => channel(one, reading));
  prefers.forEach((one, index) => {
    if (prefers.indexOf(one) < index)
      at.at('prefers').item(index).report('duplicate_entry', 'name a channel once');
  });
  const faults: AddressFault[] = [];
  // An address that is none harms its contact alone: a portfolio with one wrong digit in it is synced all the same.
  const phone = (field: 'phone' | 'whatsapp'): string | undefined => {
    const told = optional(at.at(field), formed(forms.phone));
    if (told === undefined) return undefined;
    const given = seen(told) || told;
    const read = readPhone(given, country);
    if (read.fault === undefined) return read.phone;
    faults.push({ field, fault: read.fault });
    return given;
  };
  const written = (field: 'email' | 'postal', loose: forms.Form, strict: forms.Form): string | undefined => {
    const told = optional(at.at(field), formed(loose));
    if (told === undefined) return undefined;
    const given = seen(told).trim() || told;
    if (strict.pattern.test(given)) return given;
    faults.push({ field, fault: 'not_an_address' });
    return given;
  };
  const contact: Contact = {
    id: optional(at.at('id'), formed(forms.partId)) ?? `${prefix}${role}`,
    role,
    name: optional(at.at('name'), text) ?? name,
    email: written('email', forms.emailText, forms.email),
    phone: phone('phone'),
    whatsapp: phone('whatsapp'),
    postal: written('postal', forms.postalText, forms.postal),
    language: optional(at.at('language'), language),
    zone: optional(at.at('zone'), zone),
    prefers,
    consents: readConsents(at.at('consent'), reading),
  };
  return faults.length === 0 ? contact : { ...contact, faults };
}

function channel(at: Cursor, reading: Reading): string {
  const id = formed(forms.channel)(at);
  reading.checkChannel(at, id);
  return id;
}

function readConsents(at: Cursor, reading: Reading): Consent[] {
  if (!at.exists) return [];
  if (!isRecord(at.value)) refused(at, "an object by channel, such as { whatsapp: 'granted' }");
  return at.entries().flatMap(([id, one]) => {
    if (!forms.channel.pattern.test(id)) one.report('invalid_id', `the key must be ${forms.channel.write}`);
    reading.checkChannel(one, id);
    if (Array.isArray(one.value)) return list(one, 20, (record) => readConsent(record, id));
    return [readConsent(one, id)];
  });
}

function readConsent(at: Cursor, channel: string): Consent {
  // The start of time: no withdrawal can be older than it.
  if (at.value === 'granted') return { channel, state: 'granted', at: 0 };
  if (at.value === 'withdrawn') {
    at.report('invalid_type', "a withdrawal needs its moment; write { state: 'withdrawn', at: '…' }");
  } else if (isRecord(at.value)) checkKeys(at, consentKeys);
  else at.report('invalid_type', "write 'granted', or { state, at, proof } with the moment and the proof");
  const purpose = optional(at.at('purpose'), (one) =>
    oneOf<'dunning' | 'service'>(one, ['dunning', 'service']),
  );
  return {
    channel,
    state: oneOf(at.at('state'), ['granted', 'withdrawn']),
    ...(purpose === undefined ? {} : { purpose }),
    at: instant(at.at('at')),
    proof: optional(at.at('proof'), text),
  };
}
