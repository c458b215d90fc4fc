import type { ChannelEvent } from '../../channels/inbound.js';
import type { InboxEntry } from '../../stores/inbox.js';
import { fromJson, toJson } from '../codec.js';
import type { Context } from '../context.js';

/** Something that came in and could not be worked on, however often it was tried. Holds no text and no address. */
export interface AsideEvent {
  readonly key: string;
  readonly channel: string;
  /** `message`, `status`, `consent` and so on. */
  readonly type: ChannelEvent['type'];
  /** When it came, in milliseconds. */
  readonly since: number;
  readonly ageMs: number;
  /** Why the last try failed. */
  readonly code: string;
}

interface Kept {
  readonly channel: string;
  readonly event: ChannelEvent;
  readonly failed?: { readonly code: string } | undefined;
}

/** What was put aside: how much, and the first of it. Nothing on a store without an inbox, which keeps nothing. */
export async function asideOf(
  { store, tenant }: Pick<Context, 'store' | 'tenant'>,
  now: number,
  limit: number,
): Promise<{ readonly count: number; readonly list: readonly AsideEvent[] }> {
  const { inbox } = store;
  if (inbox === undefined) return { count: 0, list: [] };
  const { count, list } = await inbox.aside(tenant, limit);
  return { count, list: list.map((entry) => shown(entry, now)) };
}

function shown({ key, at, data }: InboxEntry, now: number): AsideEvent {
  const { channel, event, failed } = fromJson<Kept>(data);
  return { key, channel, type: event.type, since: at, ageMs: now - at, code: failed?.code ?? 'unknown' };
}

/** Entries that are written in one go. */
const page = 500;

/** Makes what was put aside due again, some or all, with all its tries anew; answers how many. */
export async function recallAside(
  { store, tenant }: Pick<Context, 'store' | 'tenant'>,
  keys: ReadonlySet<string> | undefined,
): Promise<number> {
  const { inbox } = store;
  if (inbox === undefined) return 0;
  const { count } = await inbox.aside(tenant, 0);
  const { list } = await inbox.aside(tenant, count);
  const fresh = list.flatMap(({ key, data }) => {
    const { failed: _, ...entry } = fromJson<Kept>(data);
    return keys === undefined || keys.has(key) ? [{ key, data: toJson(entry) }] : [];
  });
  let recalled = 0;
  for (let at = 0; at < fresh.length; at += page)
    recalled += (await inbox.recall(tenant, fresh.slice(at, at + page))).filter(Boolean).length;
  return recalled;
}
