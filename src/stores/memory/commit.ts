import { RecobroError } from '../../errors.js';
import { insertsOf, isHeld, mayMove, movesOf } from '../batch.js';
import type { ActMove, Change, CommitOutcome } from '../store.js';
import {
  type ActRecord,
  type EventRecord,
  type FileRecord,
  type MemoryState,
  type TenantRecord,
  tenantOf,
  write,
} from './state.js';

/** A change turned into text, so that nothing can fail once writing has begun. */
interface Prepared {
  readonly change: Change;
  readonly header: string | undefined;
  readonly put: readonly (readonly [string, string])[];
  readonly left: readonly (readonly [string, string])[];
  readonly events: readonly EventRecord[];
  readonly inserts: readonly ActRecord[];
  readonly moves: readonly { readonly move: ActMove; readonly result: string | undefined }[];
}

/** Applies the changes one after the other; JavaScript runs it without interruption. */
export function commitAll(state: MemoryState, changes: readonly Change[]): readonly CommitOutcome[] {
  const prepared = changes.map(prepare);
  for (const { change } of prepared) checkLog(tenantOf(state, change.tenant), change);
  return prepared.map((one) => commitOne(state, one));
}

function prepare(change: Change): Prepared {
  return {
    change,
    header: change.file === undefined ? undefined : write(change.file.header),
    put: [...(change.file?.put ?? [])].map(([id, row]) => [id, write(row)] as const),
    left: [...(change.left?.put ?? [])].map(([id, data]) => [id, write(data)] as const),
    events: change.events.map(({ seq, at, type, actor, data, personal }) => ({
      seq,
      at,
      type,
      actor,
      data: write(data),
      personal: personal === undefined ? undefined : write(personal),
    })),
    inserts: insertsOf(change).map((act) => ({
      tenant: change.tenant,
      account: change.account,
      id: act.id,
      keys: [...new Set(act.keys)],
      data: write(act.data),
      state: act.state,
      notBefore: act.notBefore,
      rank: act.rank ?? 0,
      attempts: 0,
      lease: null,
      token: null,
      result: 'null',
    })),
    moves: movesOf(change).map((move) => ({
      move,
      result: move.result === undefined ? undefined : write(move.result),
    })),
  };
}

function checkLog(tenant: TenantRecord, change: Change): void {
  const file = tenant.files.get(change.account);
  if ((file?.version ?? 0) !== change.expected) return;
  const first = change.events[0]?.seq ?? 0;
  const last = file?.log.at(-1)?.seq ?? 0;
  const used = new Set(first > last ? [] : file?.log.map((event) => event.seq));
  for (const { seq } of change.events) {
    if (used.has(seq))
      throw new RecobroError('impossible_state', 'The log already holds an event of that number.');
    used.add(seq);
  }
}

function commitOne(state: MemoryState, prepared: Prepared): CommitOutcome {
  const { change } = prepared;
  const tenant = tenantOf(state, change.tenant);
  const file = tenant.files.get(change.account);
  if ((file?.version ?? 0) !== change.expected) return { ok: false, conflict: 'version' };
  for (const { move } of prepared.moves) {
    if (!mayMove(change.account, tenant.acts.get(move.id), move)) return { ok: false, conflict: 'act' };
  }
  if (!keysAreFree(tenant, prepared)) return { ok: false, conflict: 'key' };

  for (const { move, result } of prepared.moves) applyMove(state, tenant, move, result);
  for (const act of prepared.inserts) {
    tenant.acts.set(act.id, act);
    for (const key of act.keys) tenant.keys.set(key, act.id);
    track(state, act);
  }
  const target: FileRecord = file ?? {
    version: 0,
    header: 'null',
    rows: new Map(),
    next: null,
    left: new Map(),
    log: [],
  };
  target.version += 1;
  if (prepared.header !== undefined) target.header = prepared.header;
  for (const id of change.file?.remove ?? []) target.rows.delete(id);
  for (const [id, row] of prepared.put) target.rows.set(id, row);
  for (const id of change.left?.remove ?? []) target.left.delete(id);
  for (const [id, data] of prepared.left) target.left.set(id, data);
  if (change.next !== undefined) target.next = change.next;
  for (const event of prepared.events) target.log.push(event);
  target.log.sort((a, b) => a.seq - b.seq);
  for (const event of [...prepared.events].sort((a, b) => a.seq - b.seq))
    tenant.order.push({ account: change.account, event });
  tenant.files.set(change.account, target);
  return { ok: true, version: target.version };
}

function keysAreFree(tenant: TenantRecord, { inserts, moves }: Prepared): boolean {
  const freed = new Set(moves.filter(({ move }) => move.to === 'withdrawn').map(({ move }) => move.id));
  const taken = new Set<string>();
  for (const act of inserts) {
    if (tenant.acts.has(act.id)) return false;
    for (const key of act.keys) {
      const holder = tenant.keys.get(key);
      if (taken.has(key) || (holder !== undefined && !freed.has(holder))) return false;
      taken.add(key);
    }
  }
  return true;
}

function applyMove(
  state: MemoryState,
  tenant: TenantRecord,
  move: ActMove,
  result: string | undefined,
): void {
  const act = tenant.acts.get(move.id);
  if (act === undefined) return;
  act.state = move.to;
  act.lease = isHeld(move.to) ? (move.lease ?? act.lease) : null;
  act.token = isHeld(move.to) ? act.token : null;
  if (move.notBefore !== undefined) act.notBefore = move.notBefore;
  if (move.attempt === true) act.attempts += 1;
  if (result !== undefined) act.result = result;
  if (move.to === 'withdrawn') for (const key of act.keys) tenant.keys.delete(key);
  track(state, act);
}

function track(state: MemoryState, act: ActRecord): void {
  if (act.state === 'ready' || isHeld(act.state)) state.live.add(act);
  else state.live.delete(act);
}
