import type { FailureScope } from '../../channels/channel.js';
import type { Act } from '../../engine/index.js';
import { RecobroError } from '../../errors.js';
import type { AccountFile, Cover } from '../../ledger/file.js';
import type { StoredAct } from '../../stores/store.js';
import { type ByHand, finishAct } from '../by-hand.js';
import { decodeFile, fromJson } from '../codec.js';
import type { Context } from '../context.js';
import type { DeadReason } from '../outcomes.js';
import { Gate } from './gate.js';
import { earlierAttempts, isSameMessage } from './revisions.js';
import { readKey } from './scopes.js';

/** One try of an act, or what put it off. */
export interface TryMade {
  readonly at: number;
  /** Code: what the provider said; `recobro:held_…` where it was held back with others. */
  readonly code: string;
  /** When it was to be tried again; absent for the last. */
  readonly until?: number | undefined;
}

/** A message that ended without having gone out. */
export interface DeadLetter {
  readonly act: Act;
  readonly reason: DeadReason;
  /** What the provider said last. */
  readonly code: string;
  readonly scope: FailureScope;
  readonly at: number;
  /** Calls made, those before it was last planned anew with them. */
  readonly attempts: number;
  /** Oldest first. */
  readonly history: readonly TryMade[];
  /** The act that took its place: another channel or contact of the chain. */
  readonly instead?: string | undefined;
  /** Whether {@link retryAct} can plan it anew: nothing took its place, and its case goes on. */
  readonly retryable: boolean;
}

/** Which dead letters are meant; absent means all. */
export interface DeadLetterFilter {
  readonly account?: string | undefined;
  readonly reasons?: readonly DeadReason[] | undefined;
  /** Only those for which nothing else went out. */
  readonly retryable?: boolean | undefined;
}

/** Acts that ended without having gone out, by id. */
export async function* deadLettersOf(
  context: Pick<Context, 'store' | 'tenant'>,
  { account, reasons, retryable }: DeadLetterFilter,
): AsyncGenerator<DeadLetter> {
  const { store, tenant } = context;
  for await (const row of store.acts(tenant, { account, states: ['refused'] })) {
    const end = endOf(row);
    if (reasons !== undefined && !reasons.includes(end.reason)) continue;
    const [stored] = await store.load(tenant, [row.account]);
    const act = fromJson<Act>(row.data);
    const standing = standingOf(stored === undefined ? undefined : decodeFile(stored), act);
    if (retryable !== undefined && retryable !== standing.retryable) continue;
    const history = await triesOf(context, act);
    const attempts = row.attempts + (await earlierAttempts(context, act.id));
    yield { act, ...end, attempts, history, ...standing };
  }
}

/** Rows whose accounts are read together. */
const page = 500;

/** A dead letter that nothing took the place of, without what it costs to tell more. */
export interface LostLetter extends Pick<DeadLetter, 'reason' | 'code' | 'at'> {
  readonly act: Act;
}

/**
 * Those for which nothing else went out and whose cases go on, for reports:
 * accounts are read many at a time, and the log is not read at all.
 */
export async function* lostLetters({
  store,
  tenant,
}: Pick<Context, 'store' | 'tenant'>): AsyncGenerator<LostLetter> {
  let rows: StoredAct[] = [];
  for await (const row of store.acts(tenant, { states: ['refused'] })) {
    rows.push(row);
    if (rows.length < page) continue;
    yield* lostOf(rows);
    rows = [];
  }
  yield* lostOf(rows);

  async function* lostOf(some: readonly StoredAct[]): AsyncGenerator<LostLetter> {
    if (some.length === 0) return;
    const loaded = await store.load(tenant, [...new Set(some.map((row) => row.account))]);
    const files = new Map(loaded.map((one) => [one.account, decodeFile(one)]));
    for (const row of some) {
      const act = fromJson<Act>(row.data);
      const { reason, code, at } = endOf(row);
      if (standingOf(files.get(row.account), act).retryable) yield { act, reason, code, at };
    }
  }
}

/** How a row says that it ended. */
function endOf({ result }: StoredAct): Pick<DeadLetter, 'reason' | 'code' | 'scope' | 'at'> {
  const known = fromJson<Partial<{ code: string; scope: FailureScope; why: DeadReason; at: number }> | null>(
    result,
  );
  return {
    reason: known?.why ?? 'refused',
    code: known?.code ?? 'refused',
    scope: known?.scope ?? 'message',
    at: known?.at ?? 0,
  };
}

function standingOf(file: AccountFile | undefined, act: Act): Pick<DeadLetter, 'instead' | 'retryable'> {
  const { failed, instead } = coversOf(file, act);
  return { ...(instead === undefined ? {} : { instead }), retryable: failed.length > 0 };
}

/** Of what an act covered: what still stands as failed by it, and what took its place elsewhere. */
function coversOf(
  file: AccountFile | undefined,
  act: Act,
): { readonly failed: readonly Cover[]; readonly instead?: string | undefined } {
  const failed: Cover[] = [];
  let instead: string | undefined;
  for (const cover of act.covers) {
    const one = file?.cases.get(cover.subject)?.find((known) => known.id === cover.case);
    const mark = one?.marks.find(
      (known) => known.stage === cover.stage && known.occurrence === cover.occurrence,
    );
    if (mark?.act !== undefined && mark.act !== act.id) instead ??= mark.act;
    else if (one?.state === 'open' && mark?.state === 'failed') failed.push(cover);
  }
  return { failed, instead };
}

async function triesOf(context: Pick<Context, 'store' | 'tenant'>, act: Act): Promise<readonly TryMade[]> {
  const tries: TryMade[] = [];
  for await (const { at, type, data } of context.store.events(context.tenant, { account: act.account })) {
    if (type !== 'act.delayed' && type !== 'act.refused') continue;
    const told = fromJson<{ readonly act: string; readonly code: string; readonly until?: number }>(data);
    if (!isSameMessage(told.act, act.id)) continue;
    tries.push({ at, code: told.code, ...(told.until === undefined ? {} : { until: told.until }) });
  }
  return tries;
}

/**
 * Has what was refused for good planned anew, under a new id, at the same
 * place of its chain and within all rules; somebody says that the cause is
 * mended, so what its channel holds back is tried again at once. Only what
 * surely did not go out can be retried.
 *
 * @throws RecobroError `unknown_id`; `impossible_state` when it was not refused, another act took its place, or its case is over
 */
export async function retryAct(context: Context, id: string, by: ByHand, at: number): Promise<void> {
  let channel: string | undefined;
  await finishAct(context, id, by, at, ['refused'], 'withdrawn', (act, on, file) => {
    const { failed, instead } = coversOf(file, act);
    if (failed.length === 0)
      throw new RecobroError(
        'impossible_state',
        instead === undefined
          ? `nothing that ${JSON.stringify(id)} was about is still to be told`
          : `${JSON.stringify(instead)} took the place of ${JSON.stringify(id)}`,
      );
    channel = act.channel;
    return [{ type: 'act.retried', act: id, on, covers: failed, ...by }];
  });
  const { shared, settings } = context.outbox;
  const gate = new Gate(shared, context.tenant, settings, 'retry');
  await gate.refresh(at);
  for (const [key] of gate.circuits()) if (readKey(key)?.names[0] === channel) await gate.tryNow(key, at);
}
