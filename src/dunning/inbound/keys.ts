import { createHash } from 'node:crypto';
import { identityOf } from '../../contact/identity.js';

/**
 * Digests by which what comes in finds its account. They are of the tenant's own, so that a table of them tells
 * nobody whether two tenants know the same person, and nothing of it can be read back as an address.
 */

function digest(kind: string, ...parts: readonly string[]): string {
  return `${kind}:${createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 40)}`;
}

/** Of a phone number or e-mail address, however it is written. */
export function addressKey(tenant: string, address: string): string {
  return digest('address', tenant, identityOf(address));
}

/** Of a provider's own id of a person. */
export function userKey(tenant: string, channel: string, user: string): string {
  return digest('user', tenant, channel, user);
}

/** Of the sender that an address is used to, among those of a channel. */
export function senderKey(tenant: string, channel: string, address: string): string {
  return digest('sender', channel, addressKey(tenant, address));
}

/** Of a provider's id of a message that went out. */
export function messageKey(tenant: string, channel: string, id: string): string {
  return digest('message', tenant, channel, id);
}

/** Id of the records that an event makes: always the same, and short enough for any record. */
export function recordId(channel: string, key: string): string {
  return digest('in', channel, key);
}
