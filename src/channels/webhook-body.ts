import { createHash } from 'node:crypto';
import type { Received, WebhookRequest } from './inbound.js';
import { parseJson } from './json.js';

/** Larger bodies are refused unread. Meta sends up to 3 MB at once, others less. */
export const largestBody = 4 * 1024 * 1024;

/** More events than any provider puts into one body. */
export const mostEvents = 10_000;

/** Longer texts of people are cut: nobody decides on what stands behind. */
export const longestText = 16_000;

/** The request was taken. */
export const taken = { status: 200 } as const;

/** A request that is not taken, with the answer that its reason asks for. */
export function refused(reason: NonNullable<Received['refused']>): Received {
  const statuses = { signature: 401, expired: 401, too_large: 413, malformed: 400, method: 405 } as const;
  return { answer: { status: statuses[reason] }, events: [], refused: reason };
}

/** Why a request cannot be looked at, before its signature is checked; undefined where it can. */
export function unfit(request: WebhookRequest): Received | undefined {
  if (request.method !== 'POST') return refused('method');
  if (request.body.length > largestBody) return refused('too_large');
  return undefined;
}

/** The body as JSON; undefined where it is none. Bytes that are no UTF-8 become replacement characters. */
export function jsonOf(request: WebhookRequest): unknown {
  return parseJson(new TextDecoder().decode(request.body));
}

/** An entry of a list, without trusting that it is one. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A text of at most so many characters, well-formed and without controls but line breaks; undefined for none. */
export function shortText(value: unknown, longest: number): string | undefined {
  if (typeof value !== 'string' || value === '') return undefined;
  return cutText(value, longest).text;
}

/** As {@link shortText} with whether something was cut. */
export function cutText(value: string, longest: number): { readonly text: string; readonly cut: boolean } {
  const cut = value.length > longest;
  const end = cut && isHighSurrogate(value.charCodeAt(longest - 1)) ? longest - 1 : longest;
  const text = value
    .slice(0, end)
    .toWellFormed()
    .replace(/(?![\t\n\r])\p{Cc}/gu, '');
  return { text, cut };
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

/** What travelled with a message of ours and came back; undefined for what can be none: it is looked for as it is. */
export function correlationOf(value: unknown): string | undefined {
  const fits = typeof value === 'string' && value !== '' && value.length <= 512;
  return fits && value.isWellFormed() && !/\p{Cc}/u.test(value) ? value : undefined;
}

/** A key for an event that its provider gave none: the same for the same content. */
export function digestKey(...parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 40);
}

/** Milliseconds of seconds since 1970, as number or as text; undefined where it is no such instant. */
export function secondsToMs(value: unknown): number | undefined {
  const seconds = typeof value === 'string' && /^\d{1,11}$/.test(value) ? Number(value) : value;
  if (typeof seconds !== 'number' || !Number.isFinite(seconds) || seconds <= 0 || seconds > 9e10)
    return undefined;
  return Math.round(seconds * 1000);
}

/** The same without its absent members, so that events compare and are stored by what they hold. */
export function present<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as T;
}
