import { createHash } from 'node:crypto';

/** Which message of whom. */
export interface CallbackOf {
  readonly tenant: string;
  /** The act's id. */
  readonly key: string;
}

/**
 * The act's key as a provider carries it and hands it back in its callbacks: a digest of the tenant, a colon, and the
 * key. Tenants that send from one number may call their acts the same, and a callback is only of one of them; the
 * digest (64 bits of SHA-256) names none to whoever reads it.
 *
 * Keys are readable text and mostly fit as they are; one with which the whole is longer than the provider takes (512
 * bytes, Meta's documented limit for opaque data) is replaced by its hash, never cut, so that two keys stay two keys.
 *
 * @example
 * const metadata = { key: callbackKey({ tenant: 'acme', key: 'robles/ladder' }) };
 */
export function callbackKey({ tenant, key }: CallbackOf): string {
  const whole = `${digestOf(tenant)}:${key}`;
  if (Buffer.byteLength(whole) <= 512) return whole;
  return `${digestOf(tenant)}:sha256:${createHash('sha256').update(key).digest('hex')}`;
}

/**
 * The act's key of what came back: `other` where it is another tenant's, undefined where it is nothing of ours, such as
 * of a message that the host sent from the same number.
 */
export function keyOfCallback(
  tenant: string,
  correlation: string,
): { readonly key: string } | 'other' | undefined {
  const parts = /^([0-9a-f]{16}):([\s\S]+)$/.exec(correlation);
  if (parts === null) return undefined;
  const [, whose, key = ''] = parts;
  return whose === digestOf(tenant) ? { key } : 'other';
}

function digestOf(tenant: string): string {
  return createHash('sha256')
    .update(JSON.stringify(['callback', tenant]))
    .digest('hex')
    .slice(0, 16);
}
