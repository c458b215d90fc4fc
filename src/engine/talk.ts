import type { AccountFile } from '../ledger/file.js';
import type { Reply } from '../ledger/types.js';
import type { Draft } from './draft.js';

/** Messages that were dealt with, of which a file keeps the newest: the log has all of them. */
export const keptMessages = 200;

/**
 * Forgets the oldest messages that nobody waits for. Their only use in the file is that what comes again is known, which
 * is so for what came lately; a file that grew with each message would be written anew, longer, for each. Replies that
 * the host told of stay: it may tell of them again.
 */
export function forgetTalk(draft: Draft, last: Reply): void {
  const { replies } = draft.file;
  if (replies.size <= keptMessages || !isMessage(last)) return;
  const over = [...replies.values()].filter(
    (one) => isMessage(one) && one.handled && !isAnswered(draft.file, one),
  );
  over.sort((a, b) => b.at - a.at || (a.id < b.id ? -1 : 1));
  draft.remove(
    'replies',
    over.slice(keptMessages).map(({ id }) => id),
  );
}

/** Records of what came in are called so. */
function isMessage({ id }: Reply): boolean {
  return id.startsWith('in:');
}

/** An answer to it is on its way: should it fail, the message is for people. */
function isAnswered({ answers = [] }: AccountFile, { id }: Reply): boolean {
  return answers.some(({ message }) => message === id);
}
