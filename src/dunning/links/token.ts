import { createCipheriv, createDecipheriv, createHmac, timingSafeEqual } from 'node:crypto';

/** What a link is good for: to look, to look and answer, or only to stop the mails of one channel. */
export type LinkPurpose = 'view' | 'answer' | 'unsubscribe';

/** What a token says. */
export interface LinkClaims {
  readonly account: string;
  readonly contact?: string | undefined;
  readonly purpose: LinkPurpose;
  /** Of `unsubscribe`: the channel that is stopped. */
  readonly channel?: string | undefined;
  /** In milliseconds; whole seconds count. */
  readonly expires: number;
}

const version = 1;
const tagLength = 16;
/** Ids have at most 200 characters; a longer text is none of ours and is not worked on. */
const longestToken = 4_000;
const letters = { view: 'v', answer: 'a', unsubscribe: 'u' } as const satisfies Record<LinkPurpose, string>;
const purposes: ReadonlyMap<unknown, LinkPurpose> = new Map([
  ['v', 'view'],
  ['a', 'answer'],
  ['u', 'unsubscribe'],
]);

/**
 * A token in the manner of RFC 5297: the HMAC-SHA256 of what it says is both its proof and the nonce under which that is
 * enciphered. Ids of accounts are often tax numbers, and addresses of pages end up in logs and histories, so nothing of
 * it can be read. The same claims make the same token, so that a message which is sent again is the same message.
 */
export function sealToken(key: Uint8Array, tenant: string, claims: LinkClaims): string {
  const { account, contact, purpose, channel, expires } = claims;
  const parts = [account, contact ?? 0, letters[purpose], channel ?? 0, Math.ceil(expires / 1000)];
  const plain = Buffer.from(JSON.stringify(parts), 'utf8');
  const tag = tagOf(key, tenant, plain);
  const cipher = createCipheriv('aes-256-ctr', derived(key, 'cipher'), tag);
  const hidden = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([Buffer.of(version), tag, hidden]).toString('base64url');
}

/** What a token says, whatever its date; undefined where none of the keys made it for this tenant. */
export function openToken(
  keys: readonly Uint8Array[],
  tenant: string,
  token: string,
): LinkClaims | undefined {
  if (token.length > longestToken || !/^[\w-]+$/.test(token)) return undefined;
  const bytes = Buffer.from(token, 'base64url');
  // One spelling each: others decode to the same bytes.
  if (bytes.toString('base64url') !== token || bytes[0] !== version) return undefined;
  if (bytes.length <= 1 + tagLength) return undefined;
  const tag = bytes.subarray(1, 1 + tagLength);
  const hidden = bytes.subarray(1 + tagLength);
  for (const key of keys) {
    const cipher = createDecipheriv('aes-256-ctr', derived(key, 'cipher'), tag);
    const plain = Buffer.concat([cipher.update(hidden), cipher.final()]);
    if (timingSafeEqual(tagOf(key, tenant, plain), tag)) return claimsOf(plain);
  }
  return undefined;
}

function tagOf(key: Uint8Array, tenant: string, plain: Buffer): Buffer {
  const bound = Buffer.from(JSON.stringify(['recobro link', version, tenant]), 'utf8');
  return createHmac('sha256', derived(key, 'proof'))
    .update(bound)
    .update(plain)
    .digest()
    .subarray(0, tagLength);
}

/** A key for one use each. */
function derived(key: Uint8Array, use: string): Buffer {
  return createHmac('sha256', key).update(`recobro link ${use}`).digest();
}

function claimsOf(plain: Buffer): LinkClaims | undefined {
  const [account, contact, letter, channel, expires]: unknown[] = JSON.parse(plain.toString('utf8'));
  const purpose = purposes.get(letter);
  // Of a later version that says more.
  if (typeof account !== 'string' || typeof expires !== 'number' || purpose === undefined) return undefined;
  return {
    account,
    purpose,
    expires: expires * 1000,
    ...(typeof contact === 'string' ? { contact } : {}),
    ...(typeof channel === 'string' ? { channel } : {}),
  };
}
