import { RecobroError } from '../../errors.js';
import { isErased } from '../../ledger/erased.js';
import type { AccountFile } from '../../ledger/file.js';
import type { Contact } from '../../ledger/types.js';
import type { Context } from '../context.js';
import { loadFile } from '../explaining.js';
import { named } from '../options.js';
import { isDays, type Links, mostDays } from './options.js';
import { type LinkClaims, type LinkPurpose, openToken, sealToken } from './token.js';

/** Which link is asked for. */
export interface LinkRequest {
  readonly account: string;
  /** Whose link it is: what is said through it counts as this contact's. Without one nobody can say stop through it. */
  readonly contact?: string | undefined;
  /** `view` only shows, `answer` (the default) also takes answers. */
  readonly purpose?: 'view' | 'answer' | undefined;
  /** Days for which it is good, from 1 to 400. Default: as `links.days` says. */
  readonly days?: number | undefined;
}

const dayLength = 86_400_000;

/** A token for an account that there is. @throws RecobroError `unknown_id`, `invalid_option` */
export async function linkTo(context: Context, request: LinkRequest, at: number): Promise<string> {
  const { days: usual } = settingsOf(context);
  const account = named(request.account, 'what.account');
  const { contact, purpose = 'answer', days = usual } = request;
  if (!isDays(days)) throw invalid('what.days', `must be days from 1 to ${mostDays}`);
  if (purpose !== 'view' && purpose !== 'answer') throw invalid('what.purpose', "must be 'view' or 'answer'");
  const file = await loadFile(context, account);
  if (contact !== undefined && contactIn(file, named(contact, 'what.contact')) === undefined)
    throw new RecobroError('unknown_id', `the account has no contact ${JSON.stringify(contact)}`);
  return tokenOf(context, { account, contact, purpose, expires: at + days * dayLength });
}

/** A token for claims that are right. */
export function tokenOf(context: Pick<Context, 'links' | 'tenant'>, claims: LinkClaims): string {
  return sealToken(settingsOf(context).keys[0], context.tenant, claims);
}

/** An instant some days on, the same for all of a day of 24 hours: a message that is made again is the same. */
export function endOfDays(at: number, days: number): number {
  return (Math.floor(at / dayLength) + 1 + days) * dayLength;
}

/** Whom a token leads to, as things are now. */
export interface Led {
  readonly claims: LinkClaims;
  readonly file: AccountFile;
  readonly contact: Contact | undefined;
}

/**
 * Whom a token leads to. One of a person that the account does not have any more, or that was erased, leads nowhere.
 *
 * @throws RecobroError `invalid_link`, which says nothing more; `expired_link`
 */
export async function follow(
  context: Context,
  token: string,
  purposes: readonly LinkPurpose[],
  at: number,
): Promise<Led> {
  const { keys } = settingsOf(context);
  const claims = typeof token === 'string' ? openToken(keys, context.tenant, token) : undefined;
  if (claims === undefined || !purposes.includes(claims.purpose)) throw wrong();
  if (claims.expires <= at) throw new RecobroError('expired_link', 'the link is over: send a new one');
  const file = await loadFile(context, claims.account);
  return { claims, file, contact: personOf(file, claims) };
}

/** The person of a link. @throws RecobroError `invalid_link` where that is nobody any more */
export function personOf(file: AccountFile, { contact }: LinkClaims): Contact | undefined {
  if (isErased(file.erased, contact)) throw wrong();
  if (contact === undefined) return undefined;
  const found = contactIn(file, contact);
  if (found === undefined) throw wrong();
  return found;
}

function contactIn({ account }: AccountFile, id: string): Contact | undefined {
  const all = [
    ...(account?.contacts ?? []),
    ...(account?.branches ?? []).flatMap((branch) => branch.contacts),
  ];
  return all.find((one) => one.id === id);
}

function settingsOf({ links }: Pick<Context, 'links'>): Links {
  if (links === undefined)
    throw new RecobroError('invalid_option', 'links need a key: createDunning({ links: { key } })');
  return links;
}

function wrong(): RecobroError {
  return new RecobroError('invalid_link', 'the link leads nowhere');
}

function invalid(path: string, message: string): RecobroError {
  return new RecobroError('invalid_option', 'the options are not valid', {
    problems: [{ path, code: 'invalid_value', message }],
  });
}
