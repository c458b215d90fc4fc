import { emptyFile, evolveAll, type FileEvent } from '../engine/index.js';
import { RecobroError } from '../errors.js';
import type { AccountFile } from '../ledger/file.js';
import type { ActChange, Change, CommitOptions, StoredFile } from '../stores/store.js';
import { silenced } from './audit/personal.js';
import { decodeFile, encodeChange } from './codec.js';
import { announce, type Context, stamp } from './context.js';
import { receives, refer } from './inbound/references.js';
import { leftChange, type Recalled, type Recalls, recallAll, type SpokenOf } from './left.js';
import type { Answers } from './pull/answer.js';
import { onFacts, toldOf, type Unread } from './pull/reading.js';
import { commitAndWake } from './workers/waking.js';

/**
 * How often a change is tried again when other changes of the same account
 * come first. One of the rivals wins each round, so a dozen workers on one
 * account make losing 25 times in a row likely, and 250 times all but impossible.
 */
const mostTries = 250;

/** What a change of one account wants to write. */
export interface Intent<T> {
  readonly events: readonly FileEvent[];
  readonly acts?: readonly ActChange[] | undefined;
  /** Next review instant, 0 for at once, `null` for none; absent to leave it. */
  readonly next?: ((after: AccountFile) => number | null) | undefined;
  readonly result: T;
}

/** Looks at the newest file of an account and says what to write; undefined for nothing. */
export type Work<T> = (file: AccountFile, account: string) => Intent<T> | undefined;

export type ChangeOutcome<T> =
  | {
      readonly ok: true;
      readonly result: T;
      readonly file: AccountFile;
      /** The file at rest after a commit that left its content alone: for {@link ChangeFrame.known}. */
      readonly stored?: StoredFile | undefined;
    }
  /** An act was not as expected: another worker had it, or it is over. Nothing was written. */
  | { readonly ok: false; readonly conflict: 'act' | 'key' };

/** Who changes what when, and in whose transaction. */
export interface ChangeFrame extends CommitOptions {
  readonly at: number;
  readonly actor: string;
  /** What is said of an account, so that records which left its file and are meant come back first. */
  readonly spoken?: SpokenOf | undefined;
  /**
   * The file of the one account that is to change, as an earlier commit left it: tried first, and saves a
   * load when nobody changed it meanwhile. If somebody did, the commit loses and the newest file is loaded;
   * what would write nothing is looked at on the newest file in any case.
   */
  readonly known?: StoredFile | undefined;
  /** Hears of an account whose file cannot be read or decided, which then does not stop the others. Default: throws. */
  readonly onFailure?: ((account: string, error: unknown) => void) | undefined;
}

/**
 * Load, decide, commit: for each account everything or nothing. Whoever loses
 * against another change of its account decides again on the newer file.
 * Listeners are told after the commit; not in a host's transaction, which may
 * yet be rolled back. Accounts for which `work` wants nothing are not in the
 * answer.
 *
 * @param unread given, the tenant's ledger source is read first, where there is one: after the files were
 *   loaded, so that no commit stands on facts older than those of the commit before it
 * @throws RecobroError `store_conflict` after losing many times in a row
 */
export async function changeAccounts<T>(
  context: Context,
  accounts: readonly string[],
  frame: ChangeFrame,
  work: Work<T>,
  unread?: Unread<T>,
): Promise<ReadonlyMap<string, ChangeOutcome<T>>> {
  const outcomes = new Map<string, ChangeOutcome<T>>();
  let left = accounts;
  if (frame.known !== undefined) {
    await changeOnce(context, accounts, frame, { work, unread }, outcomes, [frame.known]);
    if (outcomes.size > 0) return outcomes;
  }
  for (let tries = 0; left.length > 0; tries++) {
    if (tries === mostTries) throw crowded(left);
    left = await changeOnce(context, left, frame, { work, unread }, outcomes);
  }
  return outcomes;
}

/** {@link changeAccounts} for one account. */
export async function changeAccount<T>(
  context: Context,
  account: string,
  frame: ChangeFrame,
  work: Work<T>,
  unread?: Unread<T>,
): Promise<ChangeOutcome<T> | undefined> {
  return (await changeAccounts(context, [account], frame, work, unread)).get(account);
}

interface Wanted<T> {
  readonly work: Work<T>;
  readonly unread: Unread<T> | undefined;
}

interface Pending<T> {
  readonly change: Change;
  /** What came back and what the ledger source told, and who said so. */
  readonly first: readonly FileEvent[];
  readonly teller: string;
  readonly events: readonly FileEvent[];
  readonly seq: number;
  readonly outcome: ChangeOutcome<T>;
}

/** One round; answers the accounts that lost against another change. */
async function changeOnce<T>(
  context: Context,
  accounts: readonly string[],
  frame: ChangeFrame,
  wanted: Wanted<T>,
  outcomes: Map<string, ChangeOutcome<T>>,
  known?: readonly StoredFile[],
): Promise<readonly string[]> {
  const options: CommitOptions = frame.transaction === undefined ? {} : { transaction: frame.transaction };
  const loaded =
    known ??
    (await (frame.transaction === undefined
      ? context.together.load(context.tenant, accounts)
      : context.store.load(context.tenant, accounts, options)));
  const stored = new Map(loaded.map((one) => [one.account, one]));
  const read = wanted.unread === undefined ? undefined : await context.ledger?.read(accounts, frame.at);
  const recalls = await recalled(context, loaded, frame, read);
  const pending: Pending<T>[] = [];
  for (const account of accounts) {
    try {
      const one = prepare(context, account, stored.get(account), frame, wanted, read, recalls?.get(account));
      if (one === undefined) continue;
      if (!isIdle(one.change, stored.get(account))) pending.push(one);
      else if (known === undefined) outcomes.set(account, one.outcome);
    } catch (error) {
      if (frame.onFailure === undefined) throw error;
      frame.onFailure(account, error);
    }
  }
  if (pending.length === 0) return [];
  await referContacts(context, pending, options);
  const changes = pending.map((one) => one.change);
  const answers = await (frame.transaction === undefined
    ? context.together.commit(changes)
    : commitAndWake(context, changes, options));
  const lost: string[] = [];
  pending.forEach((one, index) => {
    const { account } = one.change;
    const answer = answers[index];
    if (answer === undefined)
      throw new RecobroError('impossible_state', 'the store gave no outcome for a change');
    if (answer.ok) {
      const before = isKept(one.change) ? stored.get(account) : undefined;
      const after = before === undefined ? {} : { stored: { ...before, version: answer.version } };
      outcomes.set(account, one.outcome.ok ? { ...one.outcome, ...after } : one.outcome);
      if (frame.transaction === undefined) announceAll(context, account, one, frame);
    } else if (answer.conflict === 'version') lost.push(account);
    else outcomes.set(account, { ok: false, conflict: answer.conflict });
  });
  return lost;
}

/** Looks for what left and is meant: by the caller, or by a ledger source that lists it. */
async function recalled(
  context: Context,
  loaded: readonly StoredFile[],
  { spoken, at, transaction }: ChangeFrame,
  read: Answers | undefined,
): Promise<Recalls | undefined> {
  if (context.store.left === undefined || (spoken === undefined && read === undefined)) return undefined;
  const both: SpokenOf = (account, file) => ({ ...toldOf(read?.get(account)), ...spoken?.(account, file) });
  return recallAll(context, loaded, both, at, transaction === undefined ? {} : { transaction });
}

/** Who told what a ledger source says, for the log. */
const ledgerActor = 'ledger';

function announceAll<T>(
  context: Context,
  account: string,
  { first, teller, events, seq }: Pending<T>,
  { at, actor }: ChangeFrame,
): void {
  announce(context, account, first, seq, at, teller);
  announce(context, account, events, seq + first.length, at, actor);
}

function prepare<T>(
  context: Context,
  account: string,
  known: StoredFile | undefined,
  frame: ChangeFrame,
  { work, unread = fails }: Wanted<T>,
  answers: Answers | undefined,
  recalled: Recalled | undefined,
): Pending<T> | undefined {
  const file = known === undefined ? undefined : decodeFile(known);
  const before = file ?? emptyFile(account);
  const { back, file: base = before, seen: shown = before } = recalled ?? {};
  const {
    told,
    file: seen,
    intent,
  } = onFacts(context.ledger, answers, { base, shown }, account, work, unread);
  if (intent === undefined) return undefined;
  const after = evolveAll(seen, intent.events);
  const isSaid = told.length + intent.events.length > 0;
  const first = back === undefined || !isSaid ? told : [back, ...told];
  const teller = told.length > 0 ? ledgerActor : frame.actor;
  // Facts that nobody has decided on yet are looked at at once.
  const next = intent.next === undefined ? (told.length > 0 ? 0 : undefined) : intent.next(after);
  const left = leftChange(seen, [...first, ...intent.events]);
  return {
    change: {
      tenant: context.tenant,
      account,
      expected: known?.version ?? 0,
      file: !isSaid && known !== undefined ? undefined : encodeChange(file, after),
      ...(left === undefined ? {} : { left }),
      events: [
        ...stamp(context, first, before, { at: frame.at, actor: teller }),
        ...stamp(context, intent.events, seen, frame),
      ],
      acts: silenced(intent.acts ?? [], seen),
      next,
    },
    first,
    teller,
    events: intent.events,
    seq: before.seq,
    outcome: { ok: true, result: intent.result, file: after },
  };
}

function fails(error: unknown): never {
  throw error;
}

/** Nothing to write. A commit would only make other workers lose against it, or a file of nothing. */
function isIdle({ events, acts, next }: Change, known: StoredFile | undefined): boolean {
  if (events.length > 0 || acts.length > 0) return false;
  return known === undefined || next === undefined || next === known.next;
}

/** Whether a change leaves the content of its file alone. */
function isKept({ file, next, events }: Change): boolean {
  return file === undefined && next === undefined && events.length === 0;
}

function crowded(accounts: readonly string[]): RecobroError {
  const shown = accounts.slice(0, 5).map((account) => JSON.stringify(account));
  return new RecobroError(
    'store_conflict',
    `other changes came first ${mostTries} times in a row for ${shown.join(', ')}; try again`,
    { retryable: true },
  );
}

/** What these people answer is to find them; written before the commit, since a lead to nobody harms nothing. */
async function referContacts(
  context: Context,
  pending: readonly { readonly events: readonly FileEvent[]; readonly first: readonly FileEvent[] }[],
  options: CommitOptions,
): Promise<void> {
  if (!receives(context)) return;
  const told = pending.flatMap(({ first, events }) =>
    [...first, ...events].flatMap((event) => (event.type === 'account.upserted' ? [event.account] : [])),
  );
  if (told.length > 0) await refer(context, told, options);
}
