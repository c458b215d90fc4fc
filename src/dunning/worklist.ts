import {
  type NextAct,
  nextActionOf,
  OverdueMeans,
  Ranking,
  Scoring,
  type WorklistEntry,
  type WorklistScoring,
  type WorkReasonCode,
} from '../engine/index.js';
import { RecobroError } from '../errors.js';
import { type Reading, standingOf } from './ahead.js';
import { decodeFile } from './codec.js';

/** Accounts that are listed unless more are asked for. */
const listed = 100;
/** Accounts that are listed at most. */
const most = 10_000;

/** Which accounts, and how they are scored. */
export interface WorklistRequest extends WorklistScoring {
  /** How many are listed. Default 100, at most 10,000. */
  readonly list?: number | undefined;
  /** Only those that this person looks after: who leads the conversation, else the account's owner; and whose disputes this person clears up. */
  readonly owner?: string | undefined;
  /** Only accounts with one of these reasons. */
  readonly reasons?: readonly WorkReasonCode[] | undefined;
}

/** An account on the list, with what comes by itself. */
export interface WorklistLine extends WorklistEntry {
  /** What recobro does next by itself. */
  readonly next?: NextAct | undefined;
}

/** Accounts for people to work on, the most pressing first. */
export interface Worklist {
  readonly at: number;
  /** By score, ties by account id. */
  readonly lines: readonly WorklistLine[];
  /** How many accounts there are in all that fit. */
  readonly total: number;
}

/**
 * The accounts that people are to work on, by score. Memory grows with what is
 * listed, not with the portfolio; accounts are read once, and twice where no
 * scale of amounts is given.
 *
 * @throws RecobroError `invalid_option`, `invalid_amount`, `unknown_currency`
 */
export async function worklistOf(
  context: Reading,
  { list = listed, owner, reasons, ...scoring }: WorklistRequest,
  at: number,
): Promise<Worklist> {
  const { engine, store, tenant } = context;
  if (!Number.isSafeInteger(list) || list < 1 || list > most)
    throw new RecobroError('invalid_option', `list must be a whole number from 1 to ${most}`);
  // What is wrong with the options is said before anything is read.
  let score = new Scoring(engine, scoring, new Map());
  if (scoring.scale === undefined) {
    const means = new OverdueMeans(engine);
    for await (const stored of store.files(tenant)) means.add(decodeFile(stored), at);
    score = new Scoring(engine, scoring, means.means);
  }
  const ranking = new Ranking(list);
  for await (const stored of store.files(tenant)) {
    const entry = score.entryOf(decodeFile(stored), at);
    if (entry === undefined || (owner !== undefined && !isOf(owner, entry))) continue;
    if (reasons !== undefined && !entry.reasons.some(({ reason }) => reasons.includes(reason))) continue;
    ranking.add(entry);
  }
  const lines: WorklistLine[] = [];
  for (const entry of ranking.entries) {
    const { file, due, outbox, acts } = await standingOf(context, entry.account, 'open');
    const { next, work } = nextActionOf(engine, file, at, { due, outbox, acts });
    lines.push({ ...entry, work, ...(next === undefined ? {} : { next }) });
  }
  return { at, lines, total: ranking.total };
}

function isOf(owner: string, entry: WorklistEntry): boolean {
  return entry.owner === owner || entry.reasons.some((one) => one.reason === 'dispute' && one.name === owner);
}
