import type { SendOutcome } from '../../channels/channel.js';
import { sleepOn } from '../../clock.js';
import { type Act, recheck } from '../../engine/index.js';
import { isRecobroError } from '../../errors.js';
import type { StoredAct, StoredFile } from '../../stores/store.js';
import { changeAccount, type Intent, type Work } from '../change.js';
import { fromJson } from '../codec.js';
import type { Context } from '../context.js';
import { documentsOf, type Loaded } from '../documents.js';
import { codeOf, isStoreFailure } from '../failures.js';
import {
  type Attempt,
  type Dispatched,
  holdBack,
  postpone,
  recordOutcome,
  refuse,
  withdraw,
} from '../outcomes.js';
import { type Paid, paymentFor } from '../payments.js';
import { type Unread, unreadAct } from '../pull/reading.js';
import { type RenderedAct, renderAct } from '../rendering.js';
import { spread } from '../retry.js';
import { callWithin } from './calls.js';
import type { Gate } from './gate.js';
import { earlierAttempts } from './revisions.js';
import { type ScopeKeys, scopeKeysOf, wideScopes } from './scopes.js';
import { settle, settleSurely, whileHeld } from './settle.js';

/** One worker's run over acts that it claimed with one token. */
export interface Run {
  readonly context: Context;
  readonly token: string;
  readonly gate: Gate;
  /** By which of its channel's senders the act goes, where there are several. */
  readonly via?: string | undefined;
  /** The present instant, asked anew for each step, so that leases of a long run are fresh. */
  readonly time: () => number;
}

/** How often an act looks again at circuits that others change under its eyes, before it is put off. */
const mostLooks = 10;

/** Performs one claimed act; undefined when it turned out to be somebody else's. */
export async function perform(run: Run, row: StoredAct): Promise<Dispatched | undefined> {
  const { context, gate, time, token } = run;
  const act = fromJson<Act>(row.data);
  // Before anything is written: this takes its time, and the check comes after it, on the newest file.
  const [files, paid] = await Promise.all([documentsOf(context, act), paymentFor(context, act)]);
  const loaded = { ...files, ...paid };
  const before = await earlierAttempts(context, act.id);
  const taken = new Set<string>();
  const held: Held = { as: 'claimed' };
  try {
    for (let looks = 1; ; looks++) {
      const number = before + row.attempts + 1;
      const again = looks < mostLooks;
      const begun = await beginSurely(run, row, held, () => {
        const attempt: Attempt = { act, token, number, from: held.as, now: time() };
        return begin(run, row, attempt, loaded, taken, again);
      });
      if (begun === undefined) return undefined;
      if ('outcome' in begun) return begun;
      if ('probe' in begun) await takeProbes(run, begun.probe, taken);
      else if ('wait' in begun) await begun.wait;
      else return await send(run, { act, token, number, from: 'sending', now: time() }, begun, taken);
    }
  } finally {
    if (taken.size > 0) await gate.release(taken, time());
  }
}

/** Takes all or nothing, so that no circuit waits for one that another worker has. */
async function takeProbes(run: Run, keys: readonly string[], taken: Set<string>): Promise<void> {
  const { gate, time } = run;
  for (const key of keys) {
    if (await gate.probe(key, time())) taken.add(key);
    else {
      await gate.release(taken, time());
      taken.clear();
      return;
    }
  }
}

interface Begun extends RenderedAct {
  readonly keys: ScopeKeys;
  /** The account as the commit left it that says that the call is made. */
  readonly stored?: StoredFile | undefined;
}

/** The state of an act that this worker holds and made no call of, as it was last known. */
interface Held {
  as: 'claimed' | 'sending';
}

/**
 * Begins, and begins again where the store failed and says that it may work later: what one commit shares
 * with others must not cost all of them their answer. Such a commit may have been made all the same; as long
 * as `begin` did not answer, this worker made no call, whatever the row says. So an act that still has
 * this worker's token is begun anew from the state that it is found in, with a check of its own, and the
 * call waits for a commit that was answered: whoever lost the lease loses that commit.
 */
async function beginSurely(
  { context, token }: Run,
  row: StoredAct,
  held: Held,
  begun: () => Promise<Beginning | undefined>,
): Promise<Beginning | undefined> {
  const { clock, outbox } = context;
  const end = clock.now() + outbox.settings.leaseMs;
  for (let failures = 0; ; ) {
    try {
      if (failures > 0) {
        const found = await heldAs(context, row, token);
        if (found === undefined) return undefined;
        held.as = found;
      }
      const beginning = await begun();
      if (beginning !== undefined || failures === 0) return beginning;
      // What failed may have been under way still when the row was looked at.
      const found = await heldAs(context, row, token);
      if (found === undefined || found === held.as) return undefined;
    } catch (error) {
      const again = isStoreFailure(error) && isRetryable(error) && ++failures < mostFailures;
      if (!again || clock.now() >= end) throw error;
      context.logger.warn('what comes before a call is tried again', { act: row.id, code: codeOf(error) });
      if (failures > 1) await sleepOn(clock, Math.min(firstPause * 2 ** (failures - 2), longestPause));
    }
  }
}

const mostFailures = 60;
const firstPause = 50;
const longestPause = 5_000;

function isRetryable(error: unknown): boolean {
  return isRecobroError(error) && error.retryable;
}

/** How this worker holds the act since it claimed it; undefined when it does not any more. */
async function heldAs(
  context: Context,
  { id, attempts }: StoredAct,
  token: string,
): Promise<Held['as'] | undefined> {
  const row = await context.store.act(context.tenant, id);
  if (row?.token !== token) return undefined;
  if (row.state === 'claimed' && row.attempts === attempts) return 'claimed';
  // The attempt that was about to begin, and no other.
  return row.state === 'sending' && row.attempts === attempts + 1 ? 'sending' : undefined;
}

/** What comes before a call: it may be made; it is over already; or the circuits are to be looked at again. */
type Beginning =
  | Begun
  | Dispatched
  | { readonly probe: readonly string[] }
  | { readonly wait: Promise<void> };

/**
 * The re-check and the commit that a call is about to be made. The commit
 * stands on the very version of the file that was checked: a payment booked
 * in between makes it lose, and the check is made again. Undefined when
 * another worker has the act by now.
 */
async function begin(
  run: Run,
  row: StoredAct,
  attempt: Attempt,
  loaded: Loaded & Paid,
  taken: ReadonlySet<string>,
  again: boolean,
): Promise<Beginning | undefined> {
  const { context } = run;
  const { act, token, now, from } = attempt;
  const frame = { at: now, actor: 'recobro' };
  const unread: Unread<Beginning> = (error, file) =>
    unreadAct(context, act, row, now, error, (code, until) => postpone(context, file, attempt, code, until));
  const recheckAndBegin: Work<Beginning> = (file) => {
    const checked = recheck(context.engine, file, act, now);
    if (!checked.ok && checked.until !== undefined)
      return postpone(context, file, attempt, checked.reason, checked.until);
    if (!checked.ok) return withdraw(context, file, attempt, checked.reason, checked.refreshed);
    if ('failed' in loaded) return recordOutcome(context, file, attempt, loaded.failed);
    let rendered: RenderedAct;
    try {
      rendered = goingBy(run.via, renderAct(context, file, act, now, loaded.files, loaded.payment));
    } catch (error) {
      if (!isRecobroError(error)) throw error;
      context.logger.error('a message could not be rendered', { act: act.id, code: error.code });
      return refuse(context, file, attempt, { code: `recobro:${error.code}`, scope: 'message' });
    }
    const keys = scopeKeysOf(act, rendered.message);
    const look = run.gate.look(keys, now, taken);
    if (look.look === 'probe' && again) return nothing({ probe: look.keys });
    if (look.look !== 'pass') {
      const key = look.look === 'held' ? look.held.key : (look.keys[0] ?? '');
      const own = again ? run.gate.probing(key) : undefined;
      // Its end is near, and says whether this one may go at once.
      if (own !== undefined) return nothing({ wait: own });
      const held = look.look === 'held' ? look.held : undefined;
      const until = held?.until ?? now + soon;
      const scope = held?.scope ?? wideScopes.find((one) => keys[one] === key) ?? 'account';
      return holdBack(context, file, attempt, {
        scope,
        since: held?.circuit.since ?? now,
        until: until + spread(act.id, Math.max(until - now, soon)),
        code: held?.circuit.code ?? 'recobro:probe',
        known: heldBy(row) === scope,
      });
    }
    const lease = now + context.outbox.settings.leaseMs;
    return {
      events: [],
      acts: [
        // Counted once, however often it is said.
        { op: 'move', id: act.id, from: [from], to: 'sending', token, lease, attempt: from === 'claimed' },
      ],
      result: { ...rendered, keys },
    };
  };
  // The host's own tables are read right here, where there is a ledger source: whatever was booked meanwhile counts.
  const changed = await changeAccount(context, act.account, frame, recheckAndBegin, unread);
  if (changed?.ok !== true) return undefined;
  const { result, stored } = changed;
  return 'message' in result ? { ...result, stored } : result;
}

function goingBy(via: string | undefined, rendered: RenderedAct): RenderedAct {
  return via === undefined ? rendered : { ...rendered, message: { ...rendered.message, via } };
}

const soon = 15_000;

/** Writes nothing; the answer alone counts. */
function nothing(result: Beginning): Intent<Beginning> {
  return { events: [], result };
}

/** What an act was held back by when it was last looked at. */
function heldBy({ result }: StoredAct): unknown {
  return typeof result === 'object' && result !== null && 'held' in result ? result.held : undefined;
}

/** The call, and what comes of it: first the act and its effects, then what is known of the provider. */
async function send(
  run: Run,
  begun: Attempt,
  { channel, message, text, keys, stored }: Begun,
  taken: Set<string>,
): Promise<Dispatched | undefined> {
  const { context, time } = run;
  const { settings, work } = context.outbox;
  const called = time();
  const sending: Attempt = {
    ...begun,
    from: 'sending',
    address: message.to,
    text,
    now: called,
    known: stored,
  };
  return whileHeld(context, sending, time, async () => {
    const options = { now: called, attempt: begun.number };
    const { outcome, late } = await callWithin(context.clock, settings.timeoutMs, channel, message, options);
    // What comes of it is of the day of the call, however long the answer took; a wait begins with the answer.
    const now = outcome.outcome === 'retry' ? time() : called;
    try {
      return await settleSurely(context, { ...sending, now }, outcome);
    } finally {
      await note(run, keys, outcome, taken);
      if (late !== undefined) void work.track(settleLate(context, sending, late));
    }
  });
}

/** Losing this costs at most a call that fails once more, and must not hide what became of the act. */
async function note(run: Run, keys: ScopeKeys, outcome: SendOutcome, taken: Set<string>): Promise<void> {
  try {
    await run.gate.note(keys, outcome, run.time(), taken);
    taken.clear();
  } catch (error) {
    run.context.logger.warn('what is known of a provider could not be shared', { code: codeOf(error) });
  }
}

/** An answer after its time limit settles the act that was parked for the lack of it. */
async function settleLate(context: Context, sending: Attempt, late: Promise<SendOutcome>): Promise<void> {
  const outcome = await late;
  try {
    await settle(context, sending, outcome);
  } catch (error) {
    context.logger.error('what the provider said could not be written down', {
      act: sending.act.id,
      outcome: outcome.outcome,
      code: codeOf(error),
    });
  }
}
