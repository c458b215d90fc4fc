import type { ChainHead, SealedEvent } from '../../stores/audit.js';
import type { Context } from '../context.js';
import { digestOf, hashOf } from './chain.js';
import { isKept, personalOf, saltedHash, valueAt } from './personal.js';
import { auditOf } from './seal.js';

/** A place in a chain that somebody noted elsewhere, so that even a chain made anew from there on is found out. */
export type Checkpoint = ChainHead;

/** What is wrong with a chain. */
export interface ChainFault {
  /** The first position at which something is wrong. */
  readonly position: number;
  /**
   * - `missing`: the position, or the event that belongs there, is gone
   * - `hash`: the event, or one that stood before it, is not the one that was sealed
   * - `personal`: personal data is not what was sealed
   * - `inserted`: the log holds an event that was never committed through recobro
   * - `checkpoint`: the chain does not have the hash that was noted for the position
   * - `head`: the chain ends elsewhere than the sealer left it
   */
  readonly code: 'missing' | 'hash' | 'personal' | 'inserted' | 'checkpoint' | 'head';
  readonly account?: string | undefined;
  readonly seq?: number | undefined;
  /** Place of the personal data within the event, such as `/account/name`. */
  readonly path?: string | undefined;
}

/** What a verification found. */
export type Verification =
  | { readonly ok: true; readonly checked: number; readonly head: ChainHead }
  | { readonly ok: false; readonly checked: number; readonly fault: ChainFault };

/** Which part of the chain is checked, and against what. */
export interface VerifyRequest {
  /** Behind this place, whose hash is believed. Default: from the beginning. */
  readonly from?: Checkpoint | undefined;
  /** Places noted earlier, which the chain must still have. */
  readonly checkpoints?: readonly Checkpoint[] | undefined;
}

const page = 1_000;

/** Goes through the chain event by event; memory does not grow with it. */
export async function verifyLog(
  context: Context,
  { from, checkpoints = [] }: VerifyRequest,
): Promise<Verification> {
  const audit = auditOf(context.store);
  const { tenant } = context;
  const noted = new Map(checkpoints.map((one) => [one.position, one.hash]));
  // Asked first: what is sealed meanwhile comes behind it.
  const end = await audit.head(tenant);
  let before: ChainHead = from ?? { position: 0, hash: '' };
  let checked = 0;
  const wrong = (fault: ChainFault): Verification => ({ ok: false, checked, fault });
  for (;;) {
    const rows = await audit.sealed({ tenant, after: before.position, limit: page });
    for (const row of rows) {
      const fault = faultOf(tenant, before, row) ?? notedFault(noted, row);
      if (fault !== undefined) return wrong(fault);
      if (row.position === end.position && row.hash !== end.hash)
        return wrong({ position: row.position, code: 'head' });
      checked++;
      before = { position: row.position, hash: row.hash };
    }
    if (rows.length < page) break;
  }
  if (before.position < end.position) return wrong({ position: before.position + 1, code: 'missing' });
  const later = await audit.head(tenant);
  if (before.position > later.position) return wrong({ position: later.position + 1, code: 'head' });
  for (const { position } of checkpoints)
    if (position > before.position) return wrong({ position, code: 'missing' });
  const [stray] = await audit.strays({ tenant, limit: 1 });
  if (stray !== undefined) return wrong({ position: before.position + 1, code: 'inserted', ...stray });
  return { ok: true, checked, head: before };
}

function notedFault(noted: ReadonlyMap<number, string>, row: SealedEvent): ChainFault | undefined {
  const hash = noted.get(row.position);
  return hash === undefined || hash === row.hash ? undefined : { position: row.position, code: 'checkpoint' };
}

function faultOf(tenant: string, before: ChainHead, row: SealedEvent): ChainFault | undefined {
  const { account, seq, event } = row;
  const position = before.position + 1;
  if (row.position !== position) return { position, code: 'missing' };
  if (event === undefined) return { position, code: 'missing', account, seq };
  if (hashOf(before.hash, digestOf(position, { ...event, tenant })) !== row.hash)
    return { position, code: 'hash', account, seq };
  const path = wrongPersonal(event);
  return path === undefined ? undefined : { position, code: 'personal', account, seq, path };
}

/** The first place whose personal data is not what the event has the hash of. */
export function wrongPersonal(
  event: Parameters<typeof personalOf>[0] & { readonly data: SealedData },
): string | undefined {
  for (const [path, value] of personalOf(event)) {
    const sealed = valueAt(event.data, path);
    if (isKept(value) ? sealed !== saltedHash(value) : typeof sealed !== 'string') return path;
  }
  return undefined;
}

type SealedData = NonNullable<SealedEvent['event']>['data'];
