import { formatDay, localDay } from '../calendar/index.js';
import type { FileEvent } from '../engine/index.js';
import { RecobroError } from '../errors.js';
import type { StoredAct } from '../stores/store.js';
import { changeAccount } from './change.js';
import type { Context } from './context.js';
import { named } from './options.js';
import { nextReview } from './outcomes.js';

/** Who does something by hand, and why. */
export interface ByHand {
  readonly author: string;
  readonly reason?: string | undefined;
}

/**
 * Says of an act whose outcome nobody knows whether it went out. As sent it
 * counts as done; as not sent it is planned anew at the next review.
 *
 * @throws RecobroError `unknown_id` when there is no such act; `impossible_state` when its outcome is known
 */
export async function resolveUnknown(
  context: Context,
  id: string,
  outcome: 'sent' | 'not-sent',
  by: ByHand,
  at: number,
): Promise<void> {
  const sent = outcome === 'sent';
  if (!sent && outcome !== 'not-sent') {
    // Anything else taken for one of the two would send twice or never.
    throw new RecobroError('invalid_option', "the outcome is 'sent' or 'not-sent'");
  }
  named(by.author, 'by.author');
  const row = await find(context, id);
  await finish(context, row, by, at, 'unknown', sent ? 'accepted' : 'withdrawn', (on) => ({
    type: 'act.resolved',
    act: id,
    at,
    on,
    sent,
    author: by.author,
    reason: by.reason,
  }));
}

/**
 * Completes a task.
 *
 * @throws RecobroError `unknown_id` when there is no such task; `impossible_state` when it is not open
 */
export async function completeTask(context: Context, id: string, by: ByHand, at: number): Promise<void> {
  named(by.author, 'by.author');
  const row = await find(context, id);
  await finish(context, row, by, at, 'open', 'completed', (on) => ({
    type: 'task.closed',
    act: id,
    reason: by.reason ?? 'completed',
    on,
  }));
}

async function find(context: Context, id: string): Promise<StoredAct> {
  const row = await context.store.act(context.tenant, id);
  if (row === undefined) throw new RecobroError('unknown_id', `there is no act ${JSON.stringify(id)}`);
  return row;
}

async function finish(
  context: Context,
  row: StoredAct,
  by: ByHand,
  at: number,
  from: 'unknown' | 'open',
  to: 'accepted' | 'withdrawn' | 'completed',
  event: (on: string) => FileEvent,
): Promise<void> {
  const done = await changeAccount(context, row.account, { at, actor: by.author }, (file) => {
    const on = formatDay(localDay(at, file.account?.zone ?? context.engine.plan.zone));
    const result = { by: by.author, at, ...(by.reason === undefined ? {} : { reason: by.reason }) };
    return {
      events: [event(on)],
      acts: [{ op: 'move', id: row.id, from: [from], to, result }],
      next: (after) => nextReview(context, after, at),
      result: undefined,
    };
  });
  if (done?.ok !== true) {
    throw new RecobroError(
      'impossible_state',
      `the act ${JSON.stringify(row.id)} is ${row.state}, not ${from}`,
    );
  }
}
