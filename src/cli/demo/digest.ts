import { createHash } from 'node:crypto';
import type { LoggedEvent } from '../../stores/store.js';

/**
 * SHA-256 over the whole event log: by account, and within an account by
 * instant. Messages of one account go out side by side, so what happened at
 * one instant is taken in the order of its content; the providers' own ids
 * are left out.
 */
export function digestOf(events: readonly LoggedEvent[]): string {
  const lines = events.map(({ account, at, type, actor, data }) => {
    const kept = type === 'act.accepted' && isRecord(data) ? { ...data, provider: null } : data;
    return { account, at, text: JSON.stringify([account, at, type, actor, kept]) };
  });
  lines.sort((a, b) => compare(a.account, b.account) || a.at - b.at || compare(a.text, b.text));
  const hash = createHash('sha256');
  for (const { text } of lines) hash.update(text).update('\n');
  return hash.digest('hex');
}

function isRecord(value: LoggedEvent['data']): value is { readonly [key: string]: LoggedEvent['data'] } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
