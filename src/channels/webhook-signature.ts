import { createHmac, timingSafeEqual } from 'node:crypto';

/** One secret, or several while they are being changed: a signature by any of them counts. */
export type WebhookSecret = string | readonly string[];

/** The secrets as a list. */
export function secretsOf(secret: WebhookSecret): readonly string[] {
  return typeof secret === 'string' ? [secret] : secret;
}

/**
 * Whether a digest that a request brought is that of the bytes, by one of the secrets. Takes the same time
 * whatever differs, and looks at all secrets whichever fits.
 *
 * @param given the digest as bytes; one of another length never fits
 */
export function signedBy(
  secrets: readonly (string | Uint8Array)[],
  algorithm: 'sha1' | 'sha256',
  given: Uint8Array,
  ...parts: readonly (string | Uint8Array)[]
): boolean {
  let found = false;
  for (const secret of secrets) {
    const hmac = createHmac(algorithm, secret);
    for (const part of parts) hmac.update(part);
    if (sameBytes(hmac.digest(), given)) found = true;
  }
  return found;
}

/** Equality in constant time; lengths are no secret. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}

/** Equality of two texts in constant time, whatever their lengths. */
export function sameText(a: string, b: string): boolean {
  const digest = (text: string): Buffer => createHmac('sha256', 'recobro').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

/** Bytes of lower- or upper-case hexadecimal digits; empty where it is none. */
export function fromHex(text: string): Uint8Array {
  return /^(?:[0-9a-fA-F]{2})+$/.test(text) ? Buffer.from(text, 'hex') : new Uint8Array();
}

/** Bytes of base64 text; empty where it is none. */
export function fromBase64(text: string): Uint8Array {
  return /^[A-Za-z0-9+/]+={0,2}$/.test(text) ? Buffer.from(text, 'base64') : new Uint8Array();
}
