import type { FileEvent } from '../../engine/index.js';
import { RecobroError } from '../../errors.js';
import type { SealedEvent } from '../../stores/audit.js';
import type { Json } from '../../stores/store.js';
import type { Context } from '../context.js';
import { impersonal, whole } from './personal.js';
import { auditOf } from './seal.js';

/** One event of the change feed. */
export interface ChangeEvent {
  /** Never given to another event of the store; the same however often the event is read. */
  readonly id: string;
  /** Place in the tenant's sequence, from 1 and without gaps. */
  readonly position: number;
  readonly account: string;
  /** Number of the event within its account. */
  readonly seq: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly type: FileEvent['type'];
  /** Who did it: `recobro`, the host, or a person. */
  readonly actor: string;
  /**
   * The event's members, as `FileEvent` of `recobro/engine` has them for its type. Members that tell of
   * people are left out, unless they were asked for; erased ones then show as `erased 1`.
   */
  readonly data: Json;
}

/** A page of the change feed. */
export interface ChangePage {
  readonly events: readonly ChangeEvent[];
  /** Accounts that the events are about, each once: what to read anew for a customer's status. */
  readonly accounts: readonly string[];
  /** Where the next page begins. Keep it once the page has been dealt with. */
  readonly cursor: string;
  /** Whether there was more to read. */
  readonly more: boolean;
}

/** What of the change feed is wanted. */
export interface ChangeRequest {
  /** The `cursor` of the page before. Default: the beginning. */
  readonly after?: string | undefined;
  /** Events looked at, 1 to 1000. Default 100. */
  readonly limit?: number | undefined;
  /** Only these types; others are passed over. Default: all. */
  readonly types?: readonly FileEvent['type'][] | undefined;
  /** Whether names, addresses and free words are told. Default `false`. */
  readonly personal?: boolean | undefined;
}

const most = 1_000;

/** The next page of sealed events: nothing that commits late is ever passed over. */
export async function changesAfter(context: Context, request: ChangeRequest): Promise<ChangePage> {
  const { after, limit = 100, types, personal = false } = request;
  if (!Number.isSafeInteger(limit) || limit < 1 || limit > most)
    throw refused('limit', `must be a whole number from 1 to ${most}`);
  const start = after === undefined ? 0 : positionOf(after, context.tenant);
  const { tenant } = context;
  const rows = await auditOf(context.store).sealed({ tenant, after: start, limit });
  const events = rows.flatMap((row) => {
    const event = changeOf(tenant, row, personal);
    return event === undefined || (types !== undefined && !types.includes(event.type)) ? [] : [event];
  });
  return {
    events,
    accounts: [...new Set(events.map((event) => event.account))],
    cursor: cursorOf(rows.at(-1)?.position ?? start, tenant),
    more: rows.length === limit,
  };
}

/** Events that retention has deleted are not told any more. */
function changeOf(
  tenant: string,
  { position, event }: SealedEvent,
  personal: boolean,
): ChangeEvent | undefined {
  if (event === undefined) return undefined;
  const { account, seq, at, type, actor } = event;
  const data = personal ? whole(event) : impersonal(event);
  return {
    id: `${tenant}:${position}`,
    position,
    account,
    seq,
    at,
    type: type as FileEvent['type'],
    actor,
    data,
  };
}

/** Opaque, and of one tenant: that of another would skip or repeat at random. */
function cursorOf(position: number, tenant: string): string {
  return encodeURIComponent(`1/${position}/${tenant}`);
}

function positionOf(cursor: string, tenant: string): number {
  const [, position = '', owner] = /^1\/(\d{1,16})\/(.*)$/su.exec(decoded(cursor)) ?? [];
  if (owner !== tenant) throw refused('after', 'must be a cursor that changes() of this tenant has given');
  return Number(position);
}

function decoded(cursor: string): string {
  try {
    return decodeURIComponent(cursor);
  } catch {
    // Whatever it is, no cursor of ours.
    return '';
  }
}

function refused(path: string, message: string): RecobroError {
  return new RecobroError('invalid_option', 'the change feed cannot be read so', {
    problems: [{ path, code: 'invalid_value', message }],
  });
}
