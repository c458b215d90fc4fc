import type { Act } from '../../engine/index.js';
import type { Context } from '../context.js';
import { endOfDays, tokenOf } from './link.js';
import { mostDays } from './options.js';

/** The page of whoever a message goes to; undefined where the host has none. */
export function pageOf(context: Context, { account, contact }: Act, now: number): string | undefined {
  const { links } = context;
  if (links?.page === undefined) return undefined;
  const expires = endOfDays(now, links.days);
  return links.page(tokenOf(context, { account, contact, purpose: 'answer', expires }));
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
  return { unsubscribe: offered.url(tokenOf(context, claims)) };
}
