import { hash } from 'node:crypto';
import { canonicalJson } from '../../policy/canonical.js';
import type { ChainHead } from '../../stores/audit.js';
import type { Json, LoggedEvent } from '../../stores/store.js';

/** SHA-256 of a text in UTF-8, as 64 hexadecimal digits: Node's own, for a log has millions of events. */
export function sha256(text: string): string {
  return hash('sha256', text);
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
  return sha256(canonicalText({ position, tenant, account, seq, at, type, actor, data }));
}

/** Deeper than this nothing of ours is; `canonicalJson` refuses it. */
const deepest = 60;

/**
 * `canonicalJson` of what is plain JSON already, as all that comes out of a store is: keys in the order of
 * their code units, no spaces. It keeps no path for errors and copies nothing; what is no JSON after all
 * (a file may hold 1e999) is left to `canonicalJson` to refuse.
 */
export function canonicalText(value: Json, depth = 0): string {
  if (depth > deepest || (typeof value === 'number' && !Number.isFinite(value))) return canonicalJson(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (isList(value)) return `[${value.map((member) => canonicalText(member, depth + 1)).join(',')}]`;
  let text = '';
  for (const key of Object.keys(value).sort()) {
    const member = value[key];
    if (member === undefined) continue;
    text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${canonicalText(member, depth + 1)}`;
  }
  return `{${text}}`;
}

/** `Array.isArray` for lists that may not be written to. */
function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
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
