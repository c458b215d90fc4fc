import { type Act, evolveAll, type FileEvent } from '../../engine/index.js';
import type { AccountFile } from '../../ledger/file.js';
import { leftKey, placeOfKind } from '../../ledger/left.js';
import { keyParts, type LeftRow } from '../../ledger/recall.js';
import type { StoredAct } from '../../stores/store.js';
import type { Intent, Work } from '../change.js';
import type { Context } from '../context.js';
import { changesOf } from '../fact-changes.js';
import { codeOf } from '../failures.js';
import type { Spoken } from '../left.js';
import type { Answers } from './answer.js';
import type { LedgerReader } from './reader.js';
import { type PulledFacts, toldBy } from './told.js';

/** What to write of an account whose facts could not be read; undefined for nothing. */
export type Unread<T> = (error: unknown, file: AccountFile, account: string) => Intent<T> | undefined;

/** What was wanted of an account, on the facts that its source tells now. */
export interface Prepared<T> {
  /** What the source says that the file did not know. Comes before the events of the intent. */
  readonly told: readonly FileEvent[];
  /** The file with it. */
  readonly file: AccountFile;
  readonly intent: Intent<T> | undefined;
}

/** A file, and what facts are compared with: also records that left it and are told as they were. */
interface Looked {
  readonly base: AccountFile;
  readonly shown: AccountFile;
}

/** What a source lists, to be looked for among what left. */
export function toldOf(answer: PulledFacts | Error | undefined): Spoken {
  if (answer === undefined || answer instanceof Error) return {};
  const { facts } = answer;
  return {
    facts: [facts],
    changes: (seen) => changesOf(seen, facts).events,
    missing: (rows) => unsettled(rows, answer),
  };
}

/** Invoices that left and are listed still, while a payment, refund or credit note that went to them is not: they are owed again. */
function unsettled(rows: readonly LeftRow[], { facts, owns }: PulledFacts): readonly string[] {
  const listed = new Set<string>();
  for (const kind of moneyKinds) for (const { id } of facts[placeOfKind[kind]]) listed.add(leftKey(kind, id));
  const owned = moneyKinds.filter((kind) => owns.has(placeOfKind[kind]));
  const isGone = (key: string): boolean =>
    !listed.has(key) && owned.some((kind) => keyParts(key)[0] === kind);
  return rows.flatMap(({ kind, id, refs }) =>
    kind === 'invoice' && refs.some(isGone) ? [leftKey(kind, id)] : [],
  );
}

const moneyKinds = ['payment', 'refund', 'credit'] as const;

/** Does the work on what a source says, where one was asked; what is unread is no empty ledger. */
export function onFacts<T>(
  reader: LedgerReader | undefined,
  answers: Answers | undefined,
  { base: file, shown }: Looked,
  account: string,
  work: Work<T>,
  unread: Unread<T>,
): Prepared<T> {
  const answer = answers?.get(account);
  if (answer === undefined) return { told: [], file, intent: work(shown, account) };
  let told: readonly FileEvent[];
  try {
    if (answer instanceof Error) throw answer;
    told = toldBy(shown, answer);
  } catch (error) {
    return { told: [], file, intent: unread(error, file, account) };
  }
  reader?.fine(account);
  const after = evolveAll(file, told);
  return { told, file: after, intent: work(after, account) };
}

/** An account that could not be read is due again later, each time longer; nothing is decided about it. */
export function unreadAccount(
  context: Context,
  failures: Map<string, string>,
  account: string,
  now: number,
  error: unknown,
): Intent<undefined> {
  failures.set(account, codeOf(error));
  const again = context.ledger?.again(account, now) ?? now;
  return { events: [], next: () => again, result: undefined };
}

/** An account that was touched, and of which neither its source nor anybody else knows anything. */
export function unknownThere(failures: Map<string, string>, account: string): Intent<undefined> {
  failures.set(account, 'unknown_id');
  return { events: [], next: () => null, result: undefined };
}

/** A message whose facts could not be read waits, each time longer; the log tells it once. */
export function unreadAct<T>(
  context: Context,
  act: Act,
  { result }: StoredAct,
  now: number,
  error: unknown,
  wait: (code: string, until: number) => Intent<T>,
): Intent<T> {
  const code = codeOf(error);
  context.logger.error('what is owed could not be read before a message', { act: act.id, code });
  const waiting = wait(code, context.ledger?.again(act.account, now) ?? now);
  const known = typeof result === 'object' && result !== null && Reflect.get(result, 'code') === code;
  return known ? { ...waiting, events: [] } : waiting;
}
