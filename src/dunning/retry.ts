import type { FailureScope } from '../channels/channel.js';

const minute = 60_000;
const hour = 60 * minute;
/** The longest that a provider's wish to wait is followed. */
export const longestWait = 24 * hour;

/** Quick at first, then patient. */
const usual: readonly number[] = [minute, 5 * minute, 15 * minute, hour, 4 * hour, 12 * hour];

/**
 * Waits between attempts after definite temporary failures, by what failed. A
 * mailbox that is full or greylists, a handset that is off, a template that is
 * paused: none of them is another one a minute later (RFC 5321, 4.5.4.1, asks
 * for half an hour between attempts).
 */
const waits: Readonly<Record<FailureScope, readonly number[]>> = {
  message: usual,
  pair: usual,
  sender: usual,
  account: usual,
  recipient: [15 * minute, 30 * minute, 2 * hour, 6 * hour, 12 * hour],
  template: [15 * minute, hour, 4 * hour, 12 * hour],
};

/**
 * Milliseconds until the next attempt after so many; undefined when it was
 * the last. A provider that asks for more gets it, up to a day.
 */
export function retryDelay(
  attempts: number,
  scope: FailureScope,
  asked: number | undefined,
): number | undefined {
  const wait = (waits[scope] ?? usual)[attempts - 1];
  return wait === undefined ? undefined : longer(wait, asked);
}

/** The longer of a wait and what was asked for, up to a day. What is no number asks for nothing. */
export function longer(wait: number, asked: number | undefined): number {
  return asked !== undefined && asked > wait ? Math.min(Math.ceil(asked), longestWait) : wait;
}

/**
 * A part of a tenth of a wait, five minutes at most: always the same for an
 * id. What was held back together comes back one after the other.
 */
export function spread(id: string, wait: number): number {
  const most = Math.min(Math.floor(wait / 10), 5 * minute);
  return most <= 0 ? 0 : hashOf(id) % most;
}

/** FNV-1a: no chance, so that a run can be repeated. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return hash;
}
