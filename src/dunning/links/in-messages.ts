import type { Act } from '../../engine/index.js';
import type { Context } from '../context.js';
import { codeOf } from '../failures.js';
import { endOfDays, tokenOf } from './link.js';
import { mostDays } from './options.js';
import type { LinkClaims } from './token.js';

/** The page of whoever a message goes to; undefined where the host has none. */
export function pageOf(context: Context, { account, contact }: Act, now: number): string | undefined {
  const { links } = context;
  if (links?.page === undefined) return undefined;
  const expires = endOfDays(now, links.days);
  return addressOf(context, links.page, { account, contact, purpose: 'answer', expires });
}

/** What a host's function answers may be anything; a message that needs it is refused where it is no address. */
function addressOf(
  context: Context,
  make: (token: string) => string,
  claims: LinkClaims,
): string | undefined {
  try {
    const address: unknown = make(tokenOf(context, claims));
    if (typeof address === 'string') return address;
    context.logger.error('a link came out as no text', { purpose: claims.purpose });
  } catch (error) {
    context.logger.error('a link could not be made', { purpose: claims.purpose, code: codeOf(error) });
  }
  return undefined;
}

/**
 * Where a mail program unsubscribes whoever a mail goes to, on stages of the tones that offer it. Good for longer than
 * any page: mails are kept, and nobody may be unable to leave. None where others get copies: their button would be the
 * recipient's.
 */
export function unsubscribeUrl(
  context: Context,
  { account, contact, channel, tone, copy = [] }: Act,
  now: number,
): { readonly unsubscribe?: string } {
  const offered = context.links?.unsubscribe;
  if (offered === undefined || contact === undefined || copy.length > 0 || !offered.on.has(tone)) return {};
  const expires = endOfDays(now, mostDays);
  const claims = { account, contact, channel, purpose: 'unsubscribe', expires } as const;
  const unsubscribe = addressOf(context, offered.url, claims);
  return unsubscribe === undefined ? {} : { unsubscribe };
}
