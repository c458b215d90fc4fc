import type { ChainHead } from '../../stores/audit.js';
import type { Json } from '../../stores/store.js';
import { digestOf, hashOf } from './chain.js';
import { auditFormat } from './export.js';
import { wrongPersonal } from './verify.js';

/** What a proof file says when it is checked. */
export type AuditVerdict =
  | {
      readonly ok: true;
      readonly tenant: string;
      /** Events that stand in the file in full. */
      readonly events: number;
      readonly from: ChainHead;
      /** Where the file's part of the chain ends: compare it with what was noted elsewhere. */
      readonly end: ChainHead;
    }
  | {
      readonly ok: false;
      /** Line of the file, from 1. */
      readonly line: number;
      /** Position in the chain, where the line has one. */
      readonly position?: number | undefined;
      /**
       * - `format`: the line is not what belongs there
       * - `missing`: a position is left out, comes twice or comes too early, or the end of the file is gone
       * - `hash`: the line was changed
       * - `personal`: personal data was changed
       */
      readonly code: 'format' | 'missing' | 'hash' | 'personal';
      readonly path?: string | undefined;
    };

/**
 * Checks a proof file by itself: no store, no database, nothing but the lines
 * (with or without their line feeds). Any change of a line, any line that is
 * left out, put in or moved, is found.
 *
 * A whole file that somebody made anew is consistent, too: what rules that out
 * is a checkpoint (`end` of an earlier verdict) that was kept elsewhere.
 *
 * @example
 * const verdict = await verifyAudit(createInterface({ input: createReadStream('proof.jsonl') }));
 * if (!verdict.ok) console.error(`line ${verdict.line}: ${verdict.code}`);
 */
export async function verifyAudit(lines: Iterable<string> | AsyncIterable<string>): Promise<AuditVerdict> {
  let line = 0;
  let header:
    | { readonly tenant: string; readonly account: string | undefined; readonly from: ChainHead }
    | undefined;
  let before: ChainHead = { position: 0, hash: '' };
  let events = 0;
  let end: ChainHead | undefined;
  for await (const text of lines) {
    line++;
    const value = parsed(text);
    if (value === undefined || end !== undefined) {
      // Editors end files with an empty line.
      if (end !== undefined && text.trim() === '') continue;
      return { ok: false, line, code: 'format' };
    }
    if (header === undefined) {
      const from = headOf(value.from);
      const { format, tenant, account } = value;
      if (
        format !== auditFormat ||
        typeof tenant !== 'string' ||
        from === undefined ||
        !only(value, headerKeys)
      )
        return { ok: false, line, code: 'format' };
      header = { tenant, account: typeof account === 'string' ? account : undefined, from };
      before = from;
      continue;
    }
    if (Object.hasOwn(value, 'end')) {
      const told = headOf(value.end);
      if (told === undefined || !only(value, footerKeys)) return { ok: false, line, code: 'format' };
      if (told.position !== before.position || value.events !== events)
        return { ok: false, line, position: before.position + 1, code: 'missing' };
      if (told.hash !== before.hash) return { ok: false, line, position: told.position, code: 'hash' };
      end = told;
      continue;
    }
    const position = before.position + 1;
    if (typeof value.position !== 'number' || typeof value.hash !== 'string')
      return { ok: false, line, code: 'format' };
    if (value.position !== position) return { ok: false, line, position, code: 'missing' };
    const digest = digestIn(value, header);
    if (digest === undefined) return { ok: false, line, position, code: 'format' };
    if (hashOf(before.hash, digest) !== value.hash) return { ok: false, line, position, code: 'hash' };
    if (!Object.hasOwn(value, 'digest')) {
      events++;
      const path = wrongPersonal({ data: value.data ?? null, personal: value.personal });
      if (path !== undefined) return { ok: false, line, position, code: 'personal', path };
    }
    before = { position, hash: value.hash };
  }
  if (header === undefined || end === undefined)
    return { ok: false, line: line + 1, position: before.position + 1, code: 'missing' };
  return { ok: true, tenant: header.tenant, events, from: header.from, end };
}

type Members = { readonly [key: string]: Json };

const headerKeys: ReadonlySet<string> = new Set(['format', 'tenant', 'from', 'account']);
const footerKeys: ReadonlySet<string> = new Set(['end', 'events']);
const digestKeys: ReadonlySet<string> = new Set(['position', 'digest', 'hash']);
const eventKeys: ReadonlySet<string> = new Set([
  'position',
  'account',
  'seq',
  'at',
  'type',
  'actor',
  'data',
  'personal',
  'hash',
]);

/** Whatever no hash covers could be written in unseen, so nothing else may stand in a line. */
function only(value: Members, keys: ReadonlySet<string>): boolean {
  return Object.keys(value).every((key) => keys.has(key));
}

function digestIn(
  value: Members,
  { tenant, account: chosen }: { readonly tenant: string; readonly account: string | undefined },
): string | undefined {
  const { digest, position, account, seq, at, type, actor, data } = value;
  if (digest !== undefined)
    // Only a file about one account may keep others' events back.
    return typeof digest === 'string' && chosen !== undefined && only(value, digestKeys) ? digest : undefined;
  if (
    !only(value, eventKeys) ||
    typeof position !== 'number' ||
    typeof account !== 'string' ||
    typeof seq !== 'number' ||
    typeof at !== 'number' ||
    typeof type !== 'string' ||
    typeof actor !== 'string' ||
    data === undefined ||
    !isPersonal(value.personal)
  )
    return undefined;
  return digestOf(position, { tenant, account, seq, at, type, actor, data });
}

function isPersonal(value: Json | undefined): boolean {
  if (value === undefined) return true;
  const pair = (one: Json): boolean =>
    Array.isArray(one) && one.length === 2 && one.every((text) => typeof text === 'string');
  return isMembers(value) && Object.values(value).every(pair);
}

function headOf(value: Json | undefined): ChainHead | undefined {
  if (!isMembers(value)) return undefined;
  const { position, hash } = value;
  if (typeof position !== 'number' || !Number.isSafeInteger(position) || position < 0) return undefined;
  return typeof hash === 'string' && Object.keys(value).length === 2 ? { position, hash } : undefined;
}

function isMembers(value: Json | undefined): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parsed(text: string): Members | undefined {
  try {
    const value = JSON.parse(text) as Json;
    // Text that means the same but was written otherwise was not written by an export.
    return isMembers(value) && JSON.stringify(value) === text.trimEnd() ? value : undefined;
  } catch {
    // No JSON: the caller names the line.
    return undefined;
  }
}
