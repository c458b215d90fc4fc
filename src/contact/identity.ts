import type { AccountFile } from '../ledger/file.js';
import type { Account, Contact } from '../ledger/types.js';
import { phoneQuirks } from './phone-quirks.js';
import type { ChannelTraits } from './traits.js';

/**
 * Who is who by address: the one place that says whether two addresses are one. What comes in is matched by it,
 * references are digests of it, people are erased by it, and whoever stopped, or cannot be reached, is so under every
 * name that the account has for the address. What is sent to stays as the host wrote it.
 */

/**
 * The one form of a phone number by which people are told apart, by {@link phoneQuirks}.
 *
 * @example canonicalPhone('+5215512345678'); // '+525512345678'
 */
export function canonicalPhone(phone: string): string {
  for (const { callingCode, pattern, canonical } of phoneQuirks) {
    if (!phone.startsWith(callingCode, 1)) continue;
    const match = pattern.exec(phone);
    // Not `replace`: `$19` would be read as group 19 by some.
    if (match !== null)
      return canonical.replaceAll(/\$(\d)/g, (_, group: string) => match[Number(group)] ?? '');
  }
  return phone;
}

/**
 * The text by which an address is compared: equal for two spellings of one mailbox or one phone.
 *
 * @example identityOf('Pagos@Robles.example'); // 'pagos@robles.example'
 */
export function identityOf(address: string): string {
  const one = address.trim();
  return one.includes('@') ? one.toLowerCase() : canonicalPhone(one);
}

/** Whether two addresses are one. */
export function sameAddress(one: string | undefined, other: string | undefined): boolean {
  if (one === undefined || other === undefined || one === '') return false;
  return one === other || identityOf(one) === identityOf(other);
}

/** Addresses by which a contact writes and is written to; a postal address tells nobody apart. */
export function addressesOf({ email, phone, whatsapp }: Contact): readonly string[] {
  return [email, phone, whatsapp].filter((one) => one !== undefined);
}

/** All contacts of an account, those of its branches after its own. */
export function contactsOf(account: Account | undefined): readonly Contact[] {
  if (account?.branches === undefined) return account?.contacts ?? [];
  return [...account.contacts, ...account.branches.flatMap(({ contacts }) => contacts)];
}

/** The contacts of an account who are reached by an address, whichever of theirs it is. */
export function contactsAt({ account }: Pick<AccountFile, 'account'>, address: string): readonly Contact[] {
  return contactsOf(account).filter((contact) =>
    addressesOf(contact).some((own) => sameAddress(own, address)),
  );
}

/** The address of a contact on a channel. */
export function addressOf(contact: Contact, channel: ChannelTraits): string | undefined {
  if (channel.address === 'email') return contact.email;
  if (channel.address === 'postal') return contact.postal;
  if (channel.address === 'phone')
    return channel.id === 'whatsapp' ? (contact.whatsapp ?? contact.phone) : contact.phone;
  return '';
}
