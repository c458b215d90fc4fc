import {
  type AccountStatus,
  type Act,
  type ImportedHistory,
  importHistory,
  type NextAction,
  type NoticeStatus,
  nextActionOf,
  noticeOf,
  statusOf,
} from '../engine/index.js';
import { RecobroError } from '../errors.js';
import { standingOf } from './ahead.js';
import { type ByHand, changeByHand } from './by-hand.js';
import { fromJson } from './codec.js';
import type { Context } from './context.js';
import { loadFile } from './explaining.js';

/** An account as it stands, with its items. @throws RecobroError `unknown_id` */
export async function statusOfAccount(
  context: Context,
  account: string,
  at: number,
  options: { readonly settled?: boolean | undefined },
): Promise<AccountStatus> {
  const { file, due, outbox } = await standingOf(context, account);
  return statusOf(context.engine, file, at, { ...options, due, outbox });
}

/** What is next for an account. @throws RecobroError `unknown_id` */
export async function nextActionOfAccount(
  context: Context,
  account: string,
  at: number,
): Promise<NextAction> {
  const { file, due, outbox, acts } = await standingOf(context, account, 'open');
  return nextActionOf(context.engine, file, at, { due, outbox, acts });
}

/** Whether a message is resolved. @throws RecobroError `unknown_id`; `impossible_state` for an act that is no message */
export async function statusOfNotice(context: Context, id: string, at: number): Promise<NoticeStatus> {
  const row = await context.store.act(context.tenant, id);
  if (row === undefined) throw new RecobroError('unknown_id', `there is no act ${JSON.stringify(id)}`);
  const act = fromJson<Act>(row.data);
  if (act.kind !== 'message')
    throw new RecobroError('impossible_state', `the act ${JSON.stringify(id)} is no message`);
  return noticeOf(context.engine, await loadFile(context, act.account), act, at);
}

/** Takes in what another system did. @throws RecobroError `unknown_id`, `invalid_input` */
export async function addHistory(
  context: Context,
  account: string,
  entries: readonly ImportedHistory[],
  by: ByHand,
  at: number,
): Promise<void> {
  if (!Array.isArray(entries))
    throw new RecobroError('invalid_option', 'the history is a list of entries, one for each item');
  await changeByHand(context, account, by, at, (file) => ({
    events: importHistory(context.engine, file, at, entries, by),
    again: true,
  }));
}
