import {
  type AccountStatus,
  type Act,
  type ImportedHistory,
  type ItemStatus,
  importHistory,
  type NextAction,
  type NoticeStatus,
  nextActionOf,
  noticeOf,
  statusOf,
} from '../engine/index.js';
import { RecobroError } from '../errors.js';
import type { AccountFile } from '../ledger/file.js';
import { standingOf } from './ahead.js';
import { type ByHand, changeByHand } from './by-hand.js';
import { fromJson } from './codec.js';
import type { Context } from './context.js';
import { loadFile } from './explaining.js';
import { fileWith, keysOfItems, wholeFile } from './left.js';

/** An account as it stands, with its items. @throws RecobroError `unknown_id` */
export async function statusOfAccount(
  context: Context,
  account: string,
  at: number,
  options: { readonly settled?: boolean | undefined },
): Promise<AccountStatus> {
  const { file, due, outbox } = await standingOf(context, account);
  const shown = options.settled === true ? await wholeFile(context, file, at) : file;
  return statusOf(context.engine, shown, at, { ...options, due, outbox });
}

/** One item as it stands, also long after it was settled. @throws RecobroError `unknown_id` */
export async function statusOfItem(
  context: Context,
  account: string,
  item: string,
  at: number,
): Promise<ItemStatus> {
  const { file, due, outbox } = await standingOf(context, account);
  const shown = await fileWith(context, file, keysOfItems([item]), at);
  const { items } = statusOf(context.engine, shown, at, { settled: true, due, outbox });
  const found = items.find((one) => one.item === item);
  if (found === undefined)
    throw new RecobroError('unknown_id', `the account has no item ${JSON.stringify(item)}`);
  return found;
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
  const file = await loadFile(context, act.account);
  const listed = act.items.map(({ item }) => item);
  return noticeOf(context.engine, await fileWith(context, file, keysOfItems(listed), at), act, at);
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
  const work = (file: AccountFile) => ({
    events: importHistory(context.engine, file, at, entries, by),
    again: true,
  });
  const meant = entries.map((entry): unknown => entry?.item).filter((item) => typeof item === 'string');
  await changeByHand(context, account, by, at, work, keysOfItems(meant));
}
