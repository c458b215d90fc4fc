import {
  type Engine,
  type Impact,
  type ImpactCounts,
  ImpactTally,
  impactOf,
  isAffected,
} from '../engine/index.js';
import { compileMessages } from '../messages/index.js';
import type { Documents } from '../policy/types.js';
import { parseDocuments } from '../schema/index.js';
import { standings } from './ahead.js';
import { engineOf } from './audit/engine-of.js';
import type { Context } from './context.js';
import { codeOf, isStoreFailure } from './failures.js';

/** Accounts that are listed one by one unless more are asked for. */
const listed = 1000;

/** What other documents would change on today's portfolio. Nothing is written. */
export interface ImpactReport extends ImpactCounts {
  readonly at: number;
  /** Accounts that are affected, by id; the first thousand unless more are asked for. */
  readonly affected: readonly Impact[];
  /** Accounts that could not be compared, by id, as many as are listed: `backdated_review` when one was reviewed on a later day, … */
  readonly failed: readonly { readonly account: string; readonly code: string }[];
  readonly failedAccounts: number;
}

export interface ImpactRequest {
  /** Compare the timelines up to then as well. Default: only the next run. */
  readonly until?: number | undefined;
  /** How many accounts are listed at most. Default 1000. */
  readonly list?: number | undefined;
}

/**
 * The dry run of a change of documents: for every account the next run under
 * those of today and under the others, compared. Memory does not grow with the
 * portfolio.
 *
 * @throws RecobroError `invalid_document` for the other documents
 */
export async function impactOfDocuments(
  context: Context,
  documents: Documents,
  at: number,
  { until, list = listed }: ImpactRequest,
): Promise<ImpactReport> {
  const after = engineAfter(context, documents);
  const tally = new ImpactTally();
  const affected: Impact[] = [];
  const failed: { readonly account: string; readonly code: string }[] = [];
  let failedAccounts = 0;
  for await (const { file, outbox } of standings(context)) {
    try {
      const impact = impactOf(context.engine, after, file, at, { until, outbox });
      tally.add(impact);
      if (affected.length < list && isAffected(impact)) affected.push(impact);
    } catch (error) {
      if (isStoreFailure(error)) throw error;
      failedAccounts++;
      if (failed.length < list) failed.push({ account: file.id, code: codeOf(error) });
    }
  }
  return { at, ...tally.counts, affected, failed, failedAccounts };
}

/** The same for each affected account, one after the other. @throws RecobroError `invalid_document`; what fails for one account, for instance `backdated_review` */
export async function* impactsOfDocuments(
  context: Context,
  documents: Documents,
  at: number,
  { until }: Pick<ImpactRequest, 'until'>,
): AsyncGenerator<Impact> {
  const after = engineAfter(context, documents);
  for await (const { file, outbox } of standings(context)) {
    const impact = impactOf(context.engine, after, file, at, { until, outbox });
    if (isAffected(impact)) yield impact;
  }
}

/** @throws RecobroError `invalid_document` */
function engineAfter(context: Context, documents: Documents): Engine {
  const parsed = parseDocuments(documents);
  return engineOf(parsed, compileMessages(parsed.messages), {
    channels: [...context.channels.values()],
    scorer: context.engine.reckoning.scorer,
  });
}
