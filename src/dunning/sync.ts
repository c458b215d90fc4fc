import type { Problem } from '../errors.js';
import type { AccountFacts, LedgerFacts } from '../ledger/facts.js';
import { parseFacts } from '../schema/facts.js';
import type { CommitOptions } from '../stores/store.js';
import { type ChangeFrame, changeAccounts } from './change.js';
import { decodeFile } from './codec.js';
import type { Context } from './context.js';
import { changesOf, conflict, type Found, spokenIn } from './fact-changes.js';
import { type FactFinding, findingsOf } from './findings.js';
import { recallAll, type SpokenOf } from './left.js';

/** Accounts looked at together. */
const batch = 200;

/** What a sync changed. */
export interface SyncResult {
  /** Accounts with at least one record that was new or changed. */
  readonly accounts: number;
  /** Records that were new or changed. */
  readonly written: number;
  /** Records that were known already. */
  readonly unchanged: number;
  /** Records older than what is known: left out. */
  readonly older: number;
  /** What was taken in but cannot be used as it is, such as phone numbers that are none. Of an ingest the first 1,000. */
  readonly findings: readonly FactFinding[];
}

/**
 * Takes in facts. Idempotent: what is known already changes nothing. Either
 * every record is acceptable or nothing is written.
 *
 * @throws RecobroError `invalid_input`, `version_conflict`, with every problem and its path
 */
export async function syncFacts(
  context: Context,
  facts: LedgerFacts,
  frame: ChangeFrame,
): Promise<SyncResult> {
  const byAccount = parseFacts(facts, {
    now: frame.at,
    zone: context.engine.plan.zone,
    policies: [...context.engine.policies.keys()],
  });
  const spoken: SpokenOf = (account) => spokenIn(byAccount.get(account));
  await refuseConflicts(context, byAccount, spoken, frame);
  const counts = new Map<string, Pick<Found, 'unchanged' | 'older'>>();
  let accounts = 0;
  let written = 0;
  for (const page of pages([...byAccount.keys()])) {
    const outcomes = await changeAccounts<number>(context, page, { ...frame, spoken }, (file, account) => {
      const found = changesOf(file, byAccount.get(account));
      if (found.conflicts.length > 0) throw conflict(found.conflicts);
      counts.set(account, found);
      // Nothing new: nothing is written, and the review that was planned stands.
      if (found.events.length === 0) return undefined;
      return { events: found.events, next: () => 0, result: found.events.length };
    });
    for (const outcome of outcomes.values()) {
      if (!outcome.ok) continue;
      accounts++;
      written += outcome.result;
    }
  }
  const sum = (key: 'unchanged' | 'older'): number =>
    [...counts.values()].reduce((total, one) => total + one[key], 0);
  const findings = [...byAccount.values()].flatMap(findingsOf);
  return { accounts, written, unchanged: sum('unchanged'), older: sum('older'), findings };
}

/** Looks at everything before anything is written, so that one bad record stops the whole call. */
async function refuseConflicts(
  context: Context,
  byAccount: ReadonlyMap<string, AccountFacts>,
  spoken: SpokenOf,
  { at, transaction }: ChangeFrame,
): Promise<void> {
  const options: CommitOptions = transaction === undefined ? {} : { transaction };
  const problems: Problem[] = [];
  for (const page of pages([...byAccount.keys()])) {
    const loaded = await context.store.load(context.tenant, page, options);
    const recalls = await recallAll(context, loaded, spoken, at, options);
    for (const stored of loaded) {
      const seen = recalls.get(stored.account)?.seen ?? decodeFile(stored);
      problems.push(...changesOf(seen, byAccount.get(stored.account)).conflicts);
    }
  }
  if (problems.length > 0) throw conflict(problems);
}

function pages(ids: readonly string[]): string[][] {
  const all: string[][] = [];
  for (let from = 0; from < ids.length; from += batch) all.push(ids.slice(from, from + batch));
  return all;
}
