import type { AccountFile, Cover } from '../ledger/file.js';
import { byText } from '../ledger/order.js';
import type { FileEvent } from './events.js';
import { closedBySettlement } from './settled.js';

/** Kinds of acts that lose their cause with their cases. A fee stays due, and an effect is released on its own. */
const closing: ReadonlySet<string> = new Set(['task', 'alert', 'handover', 'write-off']);

/**
 * Tasks whose cause has ended: the debts are settled or under no such policy
 * any more, somebody can be reached, what the debtor did is seen to.
 *
 * @param closed cases that this review closes, and why
 * @param ended why what a task was raised for on a case is over, though the case runs
 */
export function tasksOver(
  file: AccountFile,
  closed: ReadonlyMap<string, string>,
  ended: (cover: Cover) => string | undefined,
  on: string,
): FileEvent[] {
  const events: Extract<FileEvent, { type: 'task.closed' }>[] = [];
  for (const act of file.acts.values()) {
    // A proposal is looked at anew on its own.
    if (!closing.has(act.kind) || act.state === 'proposed') continue;
    let reason: string | undefined;
    const over = act.covers.every((cover) => {
      const over = ended(cover);
      if (over !== undefined) {
        reason = over;
        return true;
      }
      const known = file.cases.get(cover.subject)?.find((one) => one.id === cover.case);
      if (known?.state !== 'closed') return false;
      const why = closed.get(cover.case) ?? known.closed?.reason ?? '';
      reason ??= closedBySettlement(why) ? 'settled' : why;
      return true;
    });
    if (over) events.push({ type: 'task.closed', act: act.id, reason: reason ?? 'settled', on });
  }
  // By id, not in the order in which the acts were planned.
  return events.sort((a, b) => byText(a.act, b.act));
}
