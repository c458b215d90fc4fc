import type { Act } from '../engine/index.js';
import type { ActKind } from '../ledger/file.js';
import type { ActState, StoredAct, StoredEvent } from '../stores/store.js';
import { whole } from './audit/personal.js';
import { fromJson } from './codec.js';
import type { Context } from './context.js';

/** One entry of the append-only log of an account. */
export interface HistoryEntry {
  readonly seq: number;
  readonly at: number;
  readonly type: string;
  /** Who did it: `recobro`, the host, or a person. */
  readonly actor: string;
  /** The event's data: ids, codes, dates; facts hold the record as it was told; personal data that was erased shows as `erased 1`. */
  readonly data: StoredEvent['data'];
}

/** An act with its state in the outbox. */
export interface ActRecord {
  readonly act: Act;
  readonly state: ActState;
  readonly attempts: number;
  /** When it may be tried, for acts that are ready. */
  readonly notBefore: number;
  /** What the last attempt or a person said of it. */
  readonly result: StoredAct['result'];
}

/** Everything that ever happened to an account, oldest first. */
export async function* historyOf(context: Context, account: string): AsyncGenerator<HistoryEntry> {
  for await (const event of context.store.events(context.tenant, { account })) {
    const { seq, at, type, actor } = event;
    yield { seq, at, type, actor, data: whole(event) };
  }
}

/** Which acts are meant; absent means all. */
export interface ActFilter {
  readonly account?: string | undefined;
  readonly states?: readonly ActState[] | undefined;
  readonly kinds?: readonly ActKind[] | undefined;
  /** Of the task, alert, effect, fee or hand-over. */
  readonly name?: string | undefined;
  /** Id of a case that the act is about. */
  readonly case?: string | undefined;
}

/** Acts of the tenant, by id. */
export async function* actsOf(context: Context, filter: ActFilter): AsyncGenerator<ActRecord> {
  const { account, states, kinds, name, case: own } = filter;
  for await (const row of context.store.acts(context.tenant, { account, states })) {
    const { state, attempts, notBefore, result } = row;
    const act = fromJson<Act>(row.data);
    if (kinds !== undefined && !kinds.includes(act.kind)) continue;
    if (name !== undefined && act.name !== name) continue;
    if (own !== undefined && !act.covers.some((cover) => cover.case === own)) continue;
    yield { act, state, attempts, notBefore, result };
  }
}
