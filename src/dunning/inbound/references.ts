import { addressesOf, contactsOf } from '../../contact/identity.js';
import type { Account } from '../../ledger/types.js';
import type { Reference } from '../../stores/references.js';
import type { CommitOptions } from '../../stores/store.js';
import { decodeFile, fromJson, toJson } from '../codec.js';
import type { Context } from '../context.js';
import { addressKey, messageKey, userKey } from './keys.js';

type Referring = Pick<Context, 'tenant' | 'store' | 'channels'>;

/** What a reference leads to within its account. */
export interface Lead {
  readonly account: string;
  /** Of an address: whose. */
  readonly contact?: string | undefined;
  /** Of a message: by which act it went out. */
  readonly act?: string | undefined;
}

/** Whether anything comes in at all: nobody pays for references that nobody looks up. */
export function receives({ channels }: Pick<Context, 'channels'>): boolean {
  return [...channels.values()].some((channel) => channel.receive !== undefined);
}

/** The references that lead to the contacts of an account. */
export function referencesOf(tenant: string, account: Account): readonly Reference[] {
  return contactsOf(account).flatMap((contact) =>
    addressesOf(contact).map((address) => ({
      key: addressKey(tenant, address),
      account: account.id,
      value: toJson({ contact: contact.id }),
    })),
  );
}

/**
 * Has the addresses of accounts lead to them. Written before the accounts are: a lead to nobody harms nothing. In the
 * host's transaction where there is one, so that it takes no second connection and goes with it.
 */
export async function refer(
  context: Referring,
  accounts: readonly Account[],
  options: CommitOptions = {},
): Promise<void> {
  const { references } = context.store;
  if (references === undefined || !receives(context)) return;
  const all = accounts.flatMap((account) => referencesOf(context.tenant, account));
  if (all.length > 0) await references.put(context.tenant, all, options);
}

/** Has a provider's id lead to the act by which its message went out. */
export async function referMessage(
  context: Referring,
  message: {
    readonly act: string;
    readonly account: string;
    readonly channel: string;
    readonly ids: readonly string[];
  },
): Promise<void> {
  const { references } = context.store;
  const { act, account, channel, ids } = message;
  if (references === undefined || context.channels.get(channel)?.receive === undefined) return;
  const value = toJson({ act });
  await references.put(
    context.tenant,
    ids.map((id) => ({ key: messageKey(context.tenant, channel, id), account, value })),
  );
}

/** A provider's id of a person, once it was seen beside an address that is known. */
export async function referUser(
  context: Referring,
  user: {
    readonly channel: string;
    readonly userId: string;
    readonly account: string;
    readonly contact: string;
  },
): Promise<void> {
  const { channel, userId, account, contact } = user;
  const key = userKey(context.tenant, channel, userId);
  await context.store.references?.put(context.tenant, [{ key, account, value: toJson({ contact }) }]);
}

/**
 * Has nothing lead to people who were erased: to an account as a whole, or to a contact, by its addresses, providers'
 * ids of it, or messages to it. Others of the account who are reached in the same way still are. Answers the keys.
 */
export async function unrefer(
  context: Referring,
  gone: {
    readonly account: string;
    readonly contact?: string | undefined;
    /** Acts that went to the contact. */
    readonly acts: ReadonlySet<string>;
  },
): Promise<readonly string[]> {
  const { references } = context.store;
  if (references === undefined) return [];
  const { account, contact, acts } = gone;
  const all = await references.list(context.tenant, account);
  const keys = all
    .filter(
      ({ value }) => contact === undefined || isOf(fromJson<Omit<Lead, 'account'>>(value), contact, acts),
    )
    .map(({ key }) => key);
  if (keys.length === 0) return keys;
  await references.remove(context.tenant, account, keys);
  if (contact === undefined) return keys;
  const [stored] = await context.store.load(context.tenant, [account]);
  const left = stored === undefined ? undefined : decodeFile(stored).account;
  if (left !== undefined) await refer(context, [left]);
  return keys;
}

function isOf(lead: Omit<Lead, 'account'>, contact: string, acts: ReadonlySet<string>): boolean {
  return lead.contact === contact || (lead.act !== undefined && acts.has(lead.act));
}

/** What leads from these keys, in the order of the keys given. */
export async function leadsFrom(context: Referring, keys: readonly string[]): Promise<readonly Lead[]> {
  const { references } = context.store;
  if (references === undefined || keys.length === 0) return [];
  const found = await references.find(context.tenant, keys);
  const value = (one: Reference): { readonly contact?: string; readonly act?: string } => fromJson(one.value);
  return keys.flatMap((key) =>
    found.filter((one) => one.key === key).map((one) => ({ account: one.account, ...value(one) })),
  );
}

/** Has the addresses of all accounts lead to them again, as after receiving was set up; answers how many accounts. */
export async function referAll(context: Context, signal: AbortSignal | undefined): Promise<number> {
  let count = 0;
  let page: Account[] = [];
  for await (const stored of context.store.files(context.tenant)) {
    signal?.throwIfAborted();
    const { account } = fromJson<{ readonly account?: Account | undefined }>(stored.header);
    if (account === undefined) continue;
    count++;
    page.push(account);
    if (page.length < 200) continue;
    await refer(context, page);
    page = [];
  }
  await refer(context, page);
  return count;
}
