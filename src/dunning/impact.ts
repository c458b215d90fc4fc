import { compile, type Impact, impactOf } from '../engine/index.js';
import { compileMessages, hasText } from '../messages/index.js';
import type { Documents } from '../policy/types.js';
import { parseDocuments } from '../schema/index.js';
import { decodeFile } from './codec.js';
import type { Context } from './context.js';

/** Accounts that are listed one by one unless more are asked for. */
const listed = 1000;

/** What other documents would change on today's portfolio. Nothing is written. */
export interface ImpactReport {
  readonly at: number;
  /** Accounts that were looked at. */
  readonly accounts: number;
  /** Cases by what becomes of them: `kept`, `adopted`, `mapped`, `closed`, `opened`. */
  readonly cases: Readonly<Record<string, number>>;
  /** Acts of the next review that come, go or say something else, and decided ones that would be taken back. */
  readonly gained: number;
  readonly lost: number;
  readonly changed: number;
  readonly withdrawn: number;
  /** Accounts that are affected, by id; the first thousand unless more are asked for. */
  readonly affected: readonly Impact[];
  /** How many are affected in all. */
  readonly affectedAccounts: number;
}

export interface ImpactRequest {
  /** Compare the timelines up to then as well. Default: only the next review. */
  readonly until?: number | undefined;
  /** How many accounts are listed at most. Default 1000. */
  readonly list?: number | undefined;
}

/**
 * The dry run of a change of documents: for every account the next decision
 * under those of today and under the others, compared.
 *
 * @throws RecobroError `invalid_document` for the other documents
 */
export async function impactOfDocuments(
  context: Context,
  documents: Documents,
  at: number,
  { until, list = listed }: ImpactRequest,
): Promise<ImpactReport> {
  const parsed = parseDocuments(documents);
  const messages = compileMessages(parsed.messages);
  const after = compile({
    ...parsed,
    channels: [...context.channels.values()],
    hasText: (message, channel) => hasText(messages, message, channel),
    scorer: context.engine.reckoning.scorer,
  });
  const cases = new Map<string, number>();
  const affected: Impact[] = [];
  const counts = { accounts: 0, gained: 0, lost: 0, changed: 0, withdrawn: 0, affectedAccounts: 0 };
  for await (const stored of context.store.files(context.tenant)) {
    const impact = impactOf(context.engine, after, decodeFile(stored), at, { until });
    counts.accounts++;
    for (const { change } of impact.cases) cases.set(change, (cases.get(change) ?? 0) + 1);
    counts.gained += impact.gained.length;
    counts.lost += impact.lost.length;
    counts.changed += impact.changed.length;
    counts.withdrawn += impact.withdrawn.length;
    if (!isAffected(impact)) continue;
    counts.affectedAccounts++;
    if (affected.length < list) affected.push(impact);
  }
  return {
    at,
    ...counts,
    cases: Object.fromEntries([...cases].sort(([a], [b]) => (a < b ? -1 : 1))),
    affected,
  };
}

function isAffected({ cases, gained, lost, changed, withdrawn, ahead }: Impact): boolean {
  const acts = gained.length + lost.length + changed.length + withdrawn.length;
  const later = (ahead?.gained.length ?? 0) + (ahead?.lost.length ?? 0);
  return acts + later > 0 || cases.some((one) => !one.same);
}
