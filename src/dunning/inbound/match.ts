import type { InboundMessage, Party } from '../../channels/inbound.js';
import { contactsAt, contactsOf } from '../../contact/identity.js';
import type { Act } from '../../engine/index.js';
import type { AccountFile } from '../../ledger/file.js';
import type { Contact } from '../../ledger/types.js';
import { decodeFile, fromJson } from '../codec.js';
import type { Context } from '../context.js';
import { addressKey, messageKey, userKey } from './keys.js';
import { type Lead, leadsFrom } from './references.js';

/** Whom a message is of, and what it answers. */
export interface Match {
  readonly file: AccountFile;
  readonly contact: Contact | undefined;
  /** The act that it answers. */
  readonly act: Act | undefined;
}

/** Keys by which a person is looked for. */
export function keysOfParty(tenant: string, channel: string, { address, userId }: Party): readonly string[] {
  return [
    ...(userId === undefined ? [] : [userKey(tenant, channel, userId)]),
    ...(address === undefined ? [] : [addressKey(tenant, address)]),
  ];
}

/**
 * The accounts of whoever wrote, the one that is meant first: that of the message which is answered, then that to which
 * this contact was written last. Empty where nobody knows the person.
 */
export async function matchMessage(
  context: Context,
  channel: string,
  { from, replyTo, references = [] }: Pick<InboundMessage, 'from' | 'replyTo' | 'references'>,
): Promise<readonly Match[]> {
  const { tenant } = context;
  const answered = [replyTo, ...references].filter((id) => id !== undefined);
  const [byMessage, byParty] = [
    await leadsFrom(
      context,
      answered.map((id) => messageKey(tenant, channel, id)),
    ),
    await leadsFrom(context, keysOfParty(tenant, channel, from)),
  ];
  const act = await actOf(context, byMessage);
  const accounts = [
    ...new Set([...(act === undefined ? [] : [act.account]), ...byParty.map((one) => one.account)]),
  ];
  const files = (await context.store.load(tenant, accounts)).map(decodeFile);
  const matches = files.map((file): Match => {
    const own = byParty.filter((lead) => lead.account === file.id);
    const answers = act?.account === file.id ? act : undefined;
    return { file, contact: contactOf(file, own, from, answers), act: answers };
  });
  // A lead to a contact that has another address by now leads nowhere.
  const right = matches.filter(({ contact, act: answers }) => contact !== undefined || answers !== undefined);
  return right.sort(
    (a, b) =>
      Number(b.act !== undefined) - Number(a.act !== undefined) ||
      lastTouch(b.file, b.contact) - lastTouch(a.file, a.contact) ||
      (a.file.id < b.file.id ? -1 : 1),
  );
}

async function actOf({ store, tenant }: Context, leads: readonly Lead[]): Promise<Act | undefined> {
  const id = leads.find((lead) => lead.act !== undefined)?.act;
  const row = id === undefined ? undefined : await store.act(tenant, id);
  return row === undefined ? undefined : fromJson<Act>(row.data);
}

function contactOf(
  file: AccountFile,
  leads: readonly Lead[],
  from: Party,
  act: Act | undefined,
): Contact | undefined {
  const all = contactsOf(file.account);
  const named = leads
    .map((lead) => all.find((one) => one.id === lead.contact))
    .filter((one) => one !== undefined);
  const { address } = from;
  if (address === undefined) return named[0] ?? all.find((one) => one.id === act?.contact);
  const addressed = contactsAt(file, address);
  // Of several who share it whoever was written to: in this message, else last.
  const meant =
    addressed.find((one) => one.id === act?.contact) ??
    addressed.toSorted((a, b) => lastTouch(file, b) - lastTouch(file, a))[0];
  // A number that nobody has is still known by the provider's own id of the person.
  return meant ?? (from.userId === undefined ? undefined : named[0]);
}

function lastTouch({ touches }: AccountFile, contact: Contact | undefined): number {
  return touches.reduce((last, one) => (one.contact === contact?.id ? Math.max(last, one.at) : last), 0);
}
