import { RecobroError } from '../../errors.js';
import type { ChainHead, SealedEvent } from '../../stores/audit.js';
import type { Json } from '../../stores/store.js';
import { digestOf } from './chain.js';
import { isKept, personalOf } from './personal.js';
import { auditOf, type Logged } from './seal.js';
import type { Checkpoint } from './verify.js';

/** What a proof file is to hold. */
export interface AuditRequest {
  /** Only this account's events in full; of all others only their digests, which say nothing. */
  readonly account?: string | undefined;
  /** Behind this place. Default: from the beginning. */
  readonly from?: Checkpoint | undefined;
  /** Up to this position. Default: all that is sealed. */
  readonly to?: number | undefined;
  /** Whether names, addresses and free words are in it, each with the salt that proves it. Default `false`. */
  readonly personal?: boolean | undefined;
}

/** Form of the proof file. */
export const auditFormat = 'recobro-audit/1';

/** First line of a proof file. */
export interface AuditHeader {
  readonly format: typeof auditFormat;
  readonly tenant: string;
  readonly from: ChainHead;
  readonly account?: string | undefined;
}

/** One line for each event: the event, or its digest alone. */
export interface AuditLine {
  readonly position: number;
  readonly account?: string | undefined;
  readonly seq?: number | undefined;
  readonly at?: number | undefined;
  readonly type?: string | undefined;
  readonly actor?: string | undefined;
  readonly data?: Json | undefined;
  /** By place: salt and value. */
  readonly personal?: Readonly<Record<string, readonly [salt: string, value: string]>> | undefined;
  readonly digest?: string | undefined;
  readonly hash: string;
}

/** Last line of a proof file, so that a file cut short shows. */
export interface AuditFooter {
  readonly end: ChainHead;
  readonly events: number;
}

const page = 500;

/** Sealed events as JSON Lines; memory does not grow with them. Each line ends without a line feed. */
export async function* auditLines(context: Logged, request: AuditRequest): AsyncGenerator<string> {
  const { account, from = { position: 0, hash: '' }, personal = false } = request;
  const audit = auditOf(context.store);
  const { tenant } = context;
  const head = await audit.head(tenant);
  const to = Math.min(request.to ?? head.position, head.position);
  const header: AuditHeader = {
    format: auditFormat,
    tenant,
    from,
    ...(account === undefined ? {} : { account }),
  };
  yield JSON.stringify(header);
  let before = from;
  let events = 0;
  while (before.position < to) {
    const limit = Math.min(page, to - before.position);
    const rows = await audit.sealed({ tenant, after: before.position, limit });
    if (rows.length === 0) throw gone(before.position + 1);
    for (const row of rows) {
      const own = account === undefined || row.account === account;
      yield JSON.stringify(lineOf(row, own, personal));
      if (own) events++;
      before = { position: row.position, hash: row.hash };
    }
  }
  const footer: AuditFooter = { end: before, events };
  yield JSON.stringify(footer);
}

function lineOf({ position, hash, event }: SealedEvent, own: boolean, withPersonal: boolean): AuditLine {
  if (event === undefined) throw gone(position);
  if (!own) return { position, digest: digestOf(position, event), hash };
  const { account, seq, at, type, actor, data } = event;
  const kept = withPersonal
    ? personalOf(event).flatMap(([path, value]) => (isKept(value) ? [[path, value] as const] : []))
    : [];
  const personal = kept.length === 0 ? {} : { personal: Object.fromEntries(kept) };
  return { position, account, seq, at, type, actor, data, ...personal, hash };
}

function gone(position: number): RecobroError {
  return new RecobroError(
    'impossible_state',
    `the event at position ${position} is gone from the log; export from a checkpoint behind it`,
  );
}
