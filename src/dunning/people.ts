import { formatDay, parseDay } from '../calendar/index.js';
import {
  type Act,
  askStage,
  type FileEvent,
  moveItems,
  recordContact,
  resetItems,
  type Selection,
  skipStage,
} from '../engine/index.js';
import { RecobroError } from '../errors.js';
import type { AccountFile } from '../ledger/file.js';
import { type ByHand, changeByHand, findAct, finishAct } from './by-hand.js';
import { fromJson } from './codec.js';
import type { Context } from './context.js';
import { named } from './options.js';

/** Items of one account, chosen by a person: invoices or items by id. Absent: all that are owed. */
export interface Choice extends Selection {
  readonly account: string;
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
  await finishAct(context, id, by, at, ['unknown'], sent ? 'accepted' : 'withdrawn', (_, on) => ({
    type: 'act.resolved',
    act: id,
    at,
    on,
    sent,
    ...by,
  }));
}

/**
 * Says that a task, alert, effect, hand-over or proposal to write off was dealt with.
 *
 * @throws RecobroError `unknown_id` when there is no such act; `impossible_state` when it is not open, or is a message or fee
 */
export async function completeTask(context: Context, id: string, by: ByHand, at: number): Promise<void> {
  await finishAct(context, id, by, at, ['open'], 'completed', (act, on) => {
    if (act.kind === 'message' || act.kind === 'fee')
      throw new RecobroError(
        'impossible_state',
        `${JSON.stringify(id)} is a ${act.kind}; ${act.kind === 'fee' ? 'settle it as booked, waived or void' : 'approve, confirm or discard it'}`,
      );
    return { type: 'task.closed', act: id, reason: by.reason ?? 'completed', on };
  });
}

/**
 * Lets a proposed message go out, within the contact rules.
 *
 * @throws RecobroError `unknown_id`; `impossible_state` when it is no open proposal, or one that a person performs
 */
export async function approveAct(context: Context, id: string, by: ByHand, at: number): Promise<void> {
  await finishAct(context, id, by, at, ['open'], 'ready', (act, on) => {
    if (act.kind !== 'message' || act.mode !== 'approve')
      throw new RecobroError('impossible_state', `${JSON.stringify(id)} does not wait for an approval`);
    return { type: 'act.approved', act: id, at, on, ...by };
  });
}

/**
 * Says that a person did what an act was to do: its stage is done, on the day
 * given, as if it had been sent.
 *
 * @throws RecobroError `unknown_id`; `invalid_date`; `impossible_state` when it is no open message, or the day lies ahead
 */
export async function confirmAct(
  context: Context,
  id: string,
  by: ByHand & { readonly on?: string | undefined },
  at: number,
): Promise<void> {
  const { on: day, ...author } = by;
  await finishAct(context, id, author, at, ['open'], 'accepted', (act, today) => {
    if (act.kind !== 'message')
      throw new RecobroError('impossible_state', `${JSON.stringify(id)} is no message; complete it instead`);
    const on = day === undefined ? today : formatDay(parseDay(day));
    if (on > today)
      throw new RecobroError('impossible_state', 'what was done by hand was done today or before');
    return { type: 'act.confirmed', act: id, at, on, ...author };
  });
}

/**
 * Takes a proposal back; its stage is skipped, proposed again or held, as the policy says.
 *
 * @throws RecobroError `unknown_id`; `impossible_state` when it is no open proposal
 */
export async function discardAct(context: Context, id: string, by: ByHand, at: number): Promise<void> {
  await finishAct(context, id, by, at, ['open'], 'withdrawn', (act, on) => {
    if (act.kind !== 'message')
      throw new RecobroError('impossible_state', `${JSON.stringify(id)} is no proposed message`);
    const policy =
      context.engine.versions.get(`${act.policy.id}@${act.policy.version}`) ??
      context.engine.policies.get(act.policy.id);
    const next = policy?.policy.discarded ?? 'skip';
    return { type: 'act.discarded', act: id, on, next, ...by };
  });
}

/**
 * Says what the host did with a fee: booked it (and tells it with the invoice,
 * or as a document of its own), waived it, or voided it as never due.
 *
 * @throws RecobroError `unknown_id`; `impossible_state` when it is no open fee; `invalid_option`
 */
export async function settleFee(
  context: Context,
  id: string,
  outcome: 'booked' | 'waived' | 'void',
  by: ByHand,
  at: number,
): Promise<void> {
  if (!['booked', 'waived', 'void'].includes(outcome))
    throw new RecobroError('invalid_option', "the outcome is 'booked', 'waived' or 'void'");
  await finishAct(context, id, by, at, ['open'], 'completed', (act, on) => {
    if (act.kind !== 'fee') throw new RecobroError('impossible_state', `${JSON.stringify(id)} is no fee`);
    const charges = outcome === 'void' ? { charges: act.charges ?? [] } : {};
    return { type: 'fee.settled', act: id, on, outcome, ...charges, ...by };
  });
}

/** A message was delivered or read. Late, early and repeated receipts change nothing more. @throws RecobroError `unknown_id` */
export async function noteReceipt(context: Context, id: string, at: number): Promise<void> {
  const row = await findAct(context, id);
  const act = fromJson<Act>(row.data);
  await changeByHand(context, row.account, { author: 'provider' }, at, (_, on) => ({
    events: [{ type: 'act.delivered', act: id, at, on, covers: act.covers }],
  }));
}

type Verb = (file: AccountFile, at: number, on: string) => readonly FileEvent[];

async function change(context: Context, account: string, by: ByHand, at: number, verb: Verb): Promise<void> {
  await changeByHand(context, account, by, at, (file, on) => ({ events: verb(file, at, on), again: true }));
}

/** @throws RecobroError see {@link askStage} */
export async function ask(
  context: Context,
  { account, ...rest }: Choice & { readonly stage: string },
  by: ByHand,
  at: number,
): Promise<void> {
  await change(context, account, by, at, (file) => askStage(context.engine, file, at, rest, by));
}

/** @throws RecobroError see {@link skipStage} */
export async function skip(
  context: Context,
  { account, ...rest }: Choice & { readonly stage: string },
  by: ByHand,
  at: number,
): Promise<void> {
  await change(context, account, by, at, (file) => skipStage(context.engine, file, at, rest, by));
}

/** @throws RecobroError see {@link moveItems} */
export async function move(
  context: Context,
  { account, ...rest }: Choice & { readonly stage: string; readonly policy?: string | undefined },
  by: ByHand,
  at: number,
): Promise<void> {
  await change(context, account, by, at, (file) => moveItems(context.engine, file, at, rest, by));
}

/** @throws RecobroError see {@link resetItems} */
export async function reset(
  context: Context,
  { account, ...rest }: Choice,
  by: ByHand,
  at: number,
): Promise<void> {
  await change(context, account, by, at, (file) => resetItems(context.engine, file, at, rest, by));
}

/** @throws RecobroError see {@link recordContact} */
export async function record(
  context: Context,
  {
    account,
    ...rest
  }: Choice & { readonly channel?: string | undefined; readonly contact?: string | undefined },
  by: ByHand,
  at: number,
): Promise<void> {
  await change(context, account, by, at, (file, _, on) =>
    recordContact(context.engine, file, { ...rest, at, on }, by),
  );
}

/** A person leads the conversation; automation for the account stops. @throws RecobroError `unknown_id` */
export async function assign(
  context: Context,
  account: string,
  owner: string,
  by: ByHand,
  at: number,
): Promise<void> {
  named(owner, 'owner');
  await change(context, account, by, at, (_, __, on) => [
    { type: 'account.assigned', to: { owner, on, ...by } },
  ]);
}

/** Automation goes on. @throws RecobroError `unknown_id`; `impossible_state` when nobody has it */
export async function unassign(context: Context, account: string, by: ByHand, at: number): Promise<void> {
  await change(context, account, by, at, (file, _, on) => {
    if (file.assigned === undefined)
      throw new RecobroError(
        'impossible_state',
        `nobody leads the conversation with ${JSON.stringify(account)}`,
      );
    return [{ type: 'account.released', on, ...by }];
  });
}
