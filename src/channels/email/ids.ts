import { createHash } from 'node:crypto';
import type { OutboundMessage } from '../channel.js';

/**
 * The Message-ID of an act: the same for every attempt of it and different for
 * any other, so that a mail that did go out twice is recognised as one by the
 * receiver's side. Hashed, because keys hold internal names (policy, segment)
 * that the debtor should not read in the headers; 160 bits of SHA-256.
 */
export function messageIdOf(message: Pick<OutboundMessage, 'tenant' | 'key'>, domain: string): string {
  return `<${digest('act', message.tenant, message.key)}@${domain}>`;
}

/**
 * The id that all mails of one thread refer to, first and last. No mail has it
 * itself: mail programs group by it all the same, and the reference does not
 * depend on which of the earlier mails arrived.
 */
export function threadIdOf(message: OutboundMessage, domain: string): string {
  return `<${digest('thread', message.tenant, message.account, message.thread)}@${domain}>`;
}

function digest(kind: string, ...parts: string[]): string {
  // As JSON, so that no two different lists of parts look alike.
  const hash = createHash('sha256').update(JSON.stringify([kind, ...parts]));
  return `${kind}.${hash.digest('hex').slice(0, 40)}`;
}
