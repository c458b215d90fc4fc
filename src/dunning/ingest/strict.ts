import { emptyFile } from '../../engine/index.js';
import { RecobroError } from '../../errors.js';
import type { AccountFacts } from '../../ledger/facts.js';
import type { AccountFile } from '../../ledger/file.js';
import type { CommitOptions } from '../../stores/store.js';
import { decodeFile } from '../codec.js';
import type { Context } from '../context.js';
import { changesOf, spokenIn } from '../fact-changes.js';
import { recallAll, type SpokenOf } from '../left.js';
import type { IngestFrame } from './ingest.js';
import { readPiece, told } from './pieces.js';
import type { FactSource, RefusedRecord } from './types.js';

/** Enough to repair an export from. */
const most = 10_000;
/** Accounts looked at together. */
const batch = 500;

/**
 * Looks at every piece before anything is written: its form, and what it says
 * against what is known. Whether two pieces contradict each other shows only
 * when they are written.
 *
 * @throws RecobroError `invalid_input` or `version_conflict`, listing problems with their paths
 */
export async function checkAll(
  context: Context,
  source: FactSource,
  frame: IngestFrame,
  signal: AbortSignal | undefined,
): Promise<void> {
  const problems: RefusedRecord[] = [];
  let nth = 0;
  for await (const piece of source) {
    signal?.throwIfAborted();
    const read = readPiece(piece, nth, {
      now: frame.clock(),
      zone: context.engine.plan.zone,
      policies: [...context.engine.policies.keys()],
    });
    problems.push(...read.problems);
    const accounts = [...read.facts.keys()];
    for (let from = 0; from < accounts.length; from += batch) {
      const page = accounts.slice(from, from + batch);
      const files = await filesOf(context, page, read.facts, frame);
      for (const account of page) {
        const { conflicts } = changesOf(files.get(account) ?? emptyFile(account), read.facts.get(account));
        problems.push(...conflicts.map((one) => ({ ...one, account, path: told(nth, one.path) })));
      }
    }
    nth++;
    if (problems.length >= most) break;
  }
  if (problems.length === 0) return;
  const code = problems.some((one) => one.code === 'version_conflict') ? 'version_conflict' : 'invalid_input';
  throw new RecobroError(code, 'some records are not acceptable; nothing was written', { problems });
}

/** Files as facts are compared with them: also with what left them. */
async function filesOf(
  context: Context,
  accounts: readonly string[],
  facts: ReadonlyMap<string, AccountFacts>,
  { transaction, clock }: IngestFrame,
): Promise<ReadonlyMap<string, AccountFile>> {
  const options: CommitOptions = transaction === undefined ? {} : { transaction };
  const found = await context.store.load(context.tenant, accounts, options);
  const spoken: SpokenOf = (account) => spokenIn(facts.get(account));
  const recalls = await recallAll(context, found, spoken, clock(), options);
  return new Map(
    found.map((stored) => [stored.account, recalls.get(stored.account)?.seen ?? decodeFile(stored)]),
  );
}
