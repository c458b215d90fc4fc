import { createHash } from 'node:crypto';

/**
 * The act's key as a provider carries it and hands it back in its callbacks.
 * Keys are readable text and mostly fit as they are; one that is longer than
 * the provider takes (512 bytes, Meta's documented limit for opaque data) is
 * replaced by its hash, never cut, so that two keys stay two keys.
 */
export function callbackKey(key: string): string {
  if (Buffer.byteLength(key) <= 512) return key;
  return `sha256:${createHash('sha256').update(key).digest('hex')}`;
}
