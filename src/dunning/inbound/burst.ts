import type { AccountFile } from '../../ledger/file.js';
import type { Reply } from '../../ledger/types.js';

/**
 * The message of a person that waits to be answered, if one does: what the same person writes next is the same work.
 * People write "hello", "one question" and the question as three messages, and nobody wants three tasks. Undefined once
 * its task was done, for what is written then was not answered yet.
 */
export function waitingReply(file: AccountFile, contact: string | undefined): Reply | undefined {
  if (contact === undefined) return undefined;
  return [...file.replies.values()].find((one) => {
    if (one.handled || one.contact !== contact) return false;
    const stage = `task:reply:${one.id}`;
    const isOpen = [...file.acts.values()].some(({ covers }) =>
      covers.some((cover) => cover.stage === stage),
    );
    const wasRaised = [...file.cases.values()].some((cases) =>
      cases.some(({ marks }) => marks.some((mark) => mark.stage === stage)),
    );
    return isOpen || !wasRaised;
  });
}
