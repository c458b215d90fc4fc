import type { Note } from './file.js';
import type { Account, Contact } from './types.js';

/** What stands where personal data was. */
export const erasedText = 'erased';

/** Whose personal data of an account was erased, and is not taken in again. */
export interface ErasedPeople {
  /** Everybody's, the account's own name, and the notes about it. */
  readonly all: boolean;
  /** Ids of contacts. */
  readonly contacts: readonly string[];
}

/** Both. */
export function alsoErased(known: ErasedPeople | undefined, contact: string | undefined): ErasedPeople {
  const { all, contacts } = known ?? { all: false, contacts: [] };
  if (contact === undefined) return { all: true, contacts };
  return { all, contacts: [...new Set([...contacts, contact])].sort() };
}

/** Whether nothing about a contact may be known. */
export function isErased(erased: ErasedPeople | undefined, contact: string | undefined): boolean {
  if (erased === undefined) return false;
  return erased.all || (contact !== undefined && erased.contacts.includes(contact));
}

/** The account without the names and addresses that were erased. Ids, roles and consents stay: they are needed to keep silent. */
export function withoutErased(account: Account, erased: ErasedPeople | undefined): Account {
  if (erased === undefined) return account;
  const strip = (one: Contact): Contact => (isErased(erased, one.id) ? silent(one) : one);
  return {
    ...account,
    ...(erased.all ? { name: erasedText } : {}),
    contacts: account.contacts.map(strip),
    ...(account.branches === undefined
      ? {}
      : {
          branches: account.branches.map((branch) => ({
            ...branch,
            ...(erased.all ? { name: erasedText } : {}),
            contacts: branch.contacts.map(strip),
          })),
        }),
  };
}

/** A note whose text was erased. */
export function silentNote(note: Note): Note {
  return { ...note, text: erasedText };
}

function silent({
  email: _,
  phone: __,
  whatsapp: ___,
  postal: ____,
  faults: _____,
  ...contact
}: Contact): Contact {
  return { ...contact, name: erasedText };
}
