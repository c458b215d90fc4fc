import { formatDay, localDay } from '../calendar/index.js';
import type { Act, FileEvent } from '../engine/index.js';
import { RecobroError } from '../errors.js';
import type { AccountFile } from '../ledger/file.js';
import type { ActChange, ActMove, ActState, StoredAct } from '../stores/store.js';
import { changeAccount } from './change.js';
import { fromJson } from './codec.js';
import type { Context } from './context.js';
import type { Spoken } from './left.js';
import { named } from './options.js';
import { completed, nextReview } from './outcomes.js';

/** Who does something by hand, and why. */
export interface ByHand {
  readonly author: string;
  readonly reason?: string | undefined;
}

/** How an act ends by hand, or waits on. */
export type Ending = Pick<ActMove, 'to' | 'notBefore' | 'attempt' | 'result'>;

/** The row of an act. @throws RecobroError `unknown_id`, also for an act of another tenant */
export async function findAct(context: Context, id: string): Promise<StoredAct> {
  const row = await context.store.act(context.tenant, id);
  if (row === undefined) throw new RecobroError('unknown_id', `there is no act ${JSON.stringify(id)}`);
  return row;
}

/**
 * Ends or frees an act by hand, with what it completes, all or nothing.
 *
 * @throws RecobroError `unknown_id`; `impossible_state` when the act is in none of `from`
 */
export async function finishAct(
  context: Context,
  id: string,
  by: ByHand,
  at: number,
  from: readonly ActState[],
  to: ActState | ((act: Act) => ActState | Ending),
  work: (act: Act, on: string, file: AccountFile) => readonly FileEvent[],
): Promise<void> {
  named(by.author, 'by.author');
  const row = await findAct(context, id);
  const act = fromJson<Act>(row.data);
  const refused = (state: ActState): RecobroError =>
    new RecobroError(
      'impossible_state',
      `the act ${JSON.stringify(id)} is ${state}, not ${from.join(' or ')}`,
    );
  if (!from.includes(row.state)) throw refused(row.state);
  const done = await changeAccount(context, row.account, { at, actor: by.author }, (file) => {
    const after = completed(context, file, work(act, dayOf(context, file, at), file), act.review, at, act);
    const found = typeof to === 'function' ? to(act) : to;
    const ending = typeof found === 'string' ? { to: found } : found;
    const result = { by: by.author, at, ...(by.reason === undefined ? {} : { reason: by.reason }) };
    return {
      events: after.events,
      acts: [{ op: 'move', id, from, result, notBefore: at, ...ending }, ...after.acts],
      next: (changed) => nextReview(context, changed, at),
      result: undefined,
    };
  });
  // A worker or another person was faster.
  if (done?.ok !== true) throw refused((await findAct(context, id)).state);
}

/**
 * Changes an account by hand; it is reviewed anew at once where `again` says so.
 *
 * @param meant keys of what is named, which comes back first where it left the file
 * @throws RecobroError `unknown_id` when there is no such account
 */
export async function changeByHand(
  context: Context,
  account: string,
  by: ByHand,
  at: number,
  work: (
    file: AccountFile,
    on: string,
  ) => {
    readonly events: readonly FileEvent[];
    readonly acts?: readonly ActChange[] | undefined;
    readonly again?: boolean | undefined;
  },
  meant: readonly string[] = [],
): Promise<void> {
  named(by.author, 'by.author');
  const spoken = (): Spoken => ({ keys: meant });
  await changeAccount(context, account, { at, actor: by.author, spoken }, (file) => {
    if (file.seq === 0)
      throw new RecobroError('unknown_id', `there is no account ${JSON.stringify(account)}; sync it first`);
    const { events, acts, again } = work(file, dayOf(context, file, at));
    return {
      events,
      ...(acts === undefined ? {} : { acts }),
      next: (after) => (again === true ? 0 : nextReview(context, after, at)),
      result: undefined,
    };
  });
}

function dayOf(context: Context, file: AccountFile, at: number): string {
  return formatDay(localDay(at, file.account?.zone ?? context.engine.plan.zone));
}
