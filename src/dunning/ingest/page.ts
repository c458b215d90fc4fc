import { emptyFile, evolveAll, type FileEvent } from '../../engine/index.js';
import { isRecobroError, type Problem, RecobroError } from '../../errors.js';
import type { AccountFacts } from '../../ledger/facts.js';
import type { AccountFile } from '../../ledger/file.js';
import { asChange, type BulkChange } from '../../stores/bulk.js';
import type { Change, CommitOptions, CommitOutcome, StoredFile } from '../../stores/store.js';
import { decodeFile } from '../codec.js';
import { announce, type Context } from '../context.js';
import { changesOf, type Found } from '../fact-changes.js';
import { codeOf, isStoreFailure } from '../failures.js';
import { findingsOf } from '../findings.js';
import { refer } from '../inbound/references.js';
import { leftChange, type Recalled, recallAll, type Spoken, type SpokenOf } from '../left.js';
import type { SyncResult } from '../sync.js';
import { encodeFacts } from './encode.js';
import { told } from './pieces.js';
import type { RefusedRecord } from './types.js';

/** As many as for any other change of an account. */
const mostTries = 250;

/** Facts of one account out of one piece. */
export interface ToldFacts {
  readonly nth: number;
  readonly facts: AccountFacts;
}

/** Facts by account, each account's in the order in which they were told. */
export type Page = ReadonlyMap<string, readonly ToldFacts[]>;

export type PageOutcome = SyncResult & {
  readonly refused: number;
  readonly problems: readonly RefusedRecord[];
};

export interface PageFrame extends CommitOptions {
  readonly at: number;
  readonly actor: string;
}

/** What the facts of a page come to for one account. */
interface Prepared {
  readonly change: BulkChange | undefined;
  /** Records that come back into the file. */
  readonly left?: Change['left'];
  readonly events: readonly FileEvent[];
  readonly seq: number;
  readonly outcome: PageOutcome;
}

/**
 * Load, evolve, commit for a page of accounts, each all or nothing. Who loses
 * against another change of the account is looked at again.
 *
 * @throws RecobroError `store_conflict` after losing many times in a row
 */
export async function writePage(context: Context, page: Page, frame: PageFrame): Promise<PageOutcome> {
  const options: CommitOptions = frame.transaction === undefined ? {} : { transaction: frame.transaction };
  const outcomes: PageOutcome[] = [];
  let left = [...page.keys()];
  for (let tries = 0; left.length > 0; tries++) {
    if (tries === mostTries) throw crowded();
    const loaded = await context.store.load(context.tenant, left, options);
    const stored = new Map(loaded.map((one) => [one.account, one]));
    const spoken: SpokenOf = (account) => spokenIn(page.get(account) ?? []);
    const recalls = await recallAll(context, loaded, spoken, frame.at, options);
    const pending: (Prepared & { readonly change: BulkChange })[] = [];
    for (const account of left) {
      const { change, ...rest } = prepare(
        context,
        account,
        stored.get(account),
        page.get(account) ?? [],
        frame,
        recalls.get(account),
      );
      if (change === undefined) outcomes.push(rest.outcome);
      else pending.push({ ...rest, change });
    }
    const told = pending.flatMap(({ events }) =>
      events.flatMap((event) => (event.type === 'account.upserted' ? [event.account] : [])),
    );
    if (told.length > 0) await refer(context, told, options);
    const answers = await write(context, pending, options);
    left = [];
    pending.forEach(({ change, events, seq, outcome }, index) => {
      const answer = answers[index];
      if (answer === undefined)
        throw new RecobroError('impossible_state', 'the store gave no outcome for a change');
      if (!answer.ok) {
        left.push(change.account);
        return;
      }
      outcomes.push(outcome);
      if (frame.transaction === undefined)
        announce(context, change.account, events, seq, frame.at, frame.actor);
    });
    if (left.length < pending.length) await wake(context, options);
  }
  return sum(outcomes);
}

async function write(
  { store }: Context,
  pending: readonly (Prepared & { readonly change: BulkChange })[],
  options: CommitOptions,
): Promise<readonly CommitOutcome[]> {
  if (pending.length === 0) return [];
  // What comes back into its file is no matter of bulk.
  if (store.bulk === undefined || pending.some(({ left }) => left !== undefined)) {
    const changes = pending.map(({ change, left }) => ({
      ...asChange(change),
      ...(left === undefined ? {} : { left }),
    }));
    return store.commit(changes, options);
  }
  return store.bulk.write(
    pending.map(({ change }) => change),
    options,
  );
}

/** What is told of an account in all pieces of a page. */
function spokenIn(all: readonly ToldFacts[]): Spoken {
  return {
    facts: all.map(({ facts }) => facts),
    changes: (seen) => {
      let file = seen;
      return all.flatMap(({ facts }) => {
        const { events } = changesOf(file, facts);
        file = evolveAll(file, events);
        return events;
      });
    },
  };
}

/** Once for a page: what it wrote is to be reviewed at once. In the host's transaction the queue's failure is the host's. */
async function wake({ tenant, queue, logger }: Context, options: CommitOptions): Promise<void> {
  const wakeups = [{ tenant, at: 0 }];
  if (options.transaction !== undefined) return queue.wake(wakeups, options);
  try {
    await queue.wake(wakeups);
  } catch (error) {
    logger.warn('a queue could not be asked to wake workers', { error: codeOf(error) });
  }
}

/** An account that cannot be read stops none of the others. */
function prepare(
  context: Context,
  account: string,
  stored: StoredFile | undefined,
  all: readonly ToldFacts[],
  frame: PageFrame,
  recalled: Recalled | undefined,
): Prepared {
  try {
    return decide(context, account, stored, all, frame, recalled);
  } catch (error) {
    if (!isRecobroError(error) || isStoreFailure(error)) throw error;
    const { code, message } = error;
    const problems = all.map(({ nth }) => ({ path: told(nth, ''), account, code, message }));
    const refused = all.reduce((total, { facts }) => total + recordsOf(facts), 0);
    const outcome = { accounts: 0, written: 0, unchanged: 0, older: 0, refused, problems, findings: [] };
    return { change: undefined, events: [], seq: 0, outcome };
  }
}

function decide(
  context: Context,
  account: string,
  stored: StoredFile | undefined,
  all: readonly ToldFacts[],
  frame: PageFrame,
  recalled: Recalled | undefined,
): Prepared {
  const before = stored === undefined ? emptyFile(account) : decodeFile(stored);
  const events: FileEvent[] = [];
  const problems: RefusedRecord[] = [];
  let file = recalled?.seen ?? before;
  let unchanged = 0;
  let older = 0;
  let refused = 0;
  for (const { nth, facts } of all) {
    const { found, left } = acceptable(file, facts);
    refused += left;
    problems.push(...found.conflicts.map((one) => ({ ...one, account, path: told(nth, one.path) })));
    unchanged += found.unchanged;
    older += found.older;
    events.push(...found.events);
    file = evolveAll(file, found.events);
  }
  const written = events.length;
  if (written > 0 && recalled !== undefined) {
    // Compared with what left, and written onto what is there.
    if (recalled.back !== undefined) events.unshift(recalled.back);
    file = evolveAll(before, events);
  }
  const left = leftChange(before, events);
  return {
    change: written === 0 ? undefined : encodeFacts(context, stored, before, file, events, frame),
    ...(left === undefined ? {} : { left }),
    events,
    seq: before.seq,
    outcome: {
      accounts: written === 0 ? 0 : 1,
      written,
      unchanged,
      older,
      refused,
      problems,
      findings: all.flatMap(({ facts }) => findingsOf(facts)),
    },
  };
}

/** What is acceptable of facts, how many records are not, and why. */
function acceptable(
  file: AccountFile,
  facts: AccountFacts,
): { readonly found: Found; readonly left: number } {
  const conflicts: Problem[] = [];
  let kept = facts;
  // Without one record another may contradict: a payment then meets the invoice that is known.
  for (let left = 0; ; ) {
    const found = changesOf(file, kept);
    conflicts.push(...found.conflicts);
    if (found.conflicts.length === 0) return { found: { ...found, conflicts }, left };
    const bad = new Set(found.conflicts.map(({ path }) => path));
    left += bad.size;
    kept = withoutRecords(kept, bad);
  }
}

/** The facts without records named `invoices["F-1"]`. */
function withoutRecords(facts: AccountFacts, bad: ReadonlySet<string>): AccountFacts {
  const named = (kind: string, { id }: { readonly id: string }): boolean =>
    bad.has(`${kind}[${JSON.stringify(id)}]`);
  const of = <T extends { readonly id: string }>(kind: string, records: readonly T[]): readonly T[] =>
    records.filter((record) => !named(kind, record));
  const { account } = facts;
  return {
    ...facts,
    account: account === undefined || named('accounts', account) ? undefined : account,
    invoices: of('invoices', facts.invoices),
    payments: of('payments', facts.payments),
    refunds: of('refunds', facts.refunds),
    credits: of('credits', facts.credits),
    holds: of('holds', facts.holds),
    disputes: of('disputes', facts.disputes),
    promises: of('promises', facts.promises),
    unbooked: of('unbooked', facts.unbooked),
    replies: of('replies', facts.replies),
    plans: of('plans', facts.plans),
    sources: of('sources', facts.sources),
  };
}

/** Records that facts hold. */
export function recordsOf({ account, assumed: _, ...lists }: AccountFacts): number {
  return Object.values(lists).reduce((total, list) => total + list.length, account === undefined ? 0 : 1);
}

function sum(outcomes: readonly PageOutcome[]): PageOutcome {
  const total = (key: 'accounts' | 'written' | 'unchanged' | 'older' | 'refused'): number =>
    outcomes.reduce((all, one) => all + one[key], 0);
  return {
    accounts: total('accounts'),
    written: total('written'),
    unchanged: total('unchanged'),
    older: total('older'),
    refused: total('refused'),
    problems: outcomes.flatMap(({ problems }) => problems),
    findings: outcomes.flatMap(({ findings }) => findings),
  };
}

function crowded(): RecobroError {
  return new RecobroError(
    'store_conflict',
    `other changes of the same accounts came first ${mostTries} times in a row; try again`,
    { retryable: true },
  );
}
