import { createHash } from 'node:crypto';
import { canonicalJson } from '../../policy/canonical.js';
import type { ChainHead } from '../../stores/audit.js';
import type { Json, LoggedEvent } from '../../stores/store.js';

/** SHA-256 of a text in UTF-8, as 64 hexadecimal digits: Node's own, for a log has millions of events. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** What the chain says of an event: all but its personal data, which it knows by salted hashes. */
export interface ChainedEvent {
  readonly tenant: string;
  readonly account: string;
  readonly seq: number;
  readonly at: number;
  readonly type: string;
  readonly actor: string;
  readonly data: Json;
}

/** SHA-256 of an event at its position, as 64 hexadecimal digits. */
export function digestOf(position: number, event: ChainedEvent): string {
  const { tenant, account, seq, at, type, actor, data } = event;
  return sha256(canonicalJson({ position, tenant, account, seq, at, type, actor, data }));
}

/**
 * `hash = SHA-256(hash before || digest)`. The digest stands between, so that
 * a file about one account can prove its events without showing those of others.
 */
export function hashOf(before: string, digest: string): string {
  return sha256(`${before}${digest}`);
}

/** What the sealer ties events together with. */
export function link(before: ChainHead, event: LoggedEvent): string {
  return hashOf(before.hash, digestOf(before.position + 1, event));
}
