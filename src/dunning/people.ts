import {
  type Act,
  askStage,
  type ContactMade,
  dayDone,
  type FileEvent,
  moveItems,
  recordContact,
  resetItems,
  type Selection,
  skipStage,
  takeBackItems,
  viewOf,
} from '../engine/index.js';
import { isRecobroError, RecobroError } from '../errors.js';
import type { AccountFile } from '../ledger/file.js';
import type { ActState } from '../stores/store.js';
import { actChanges } from './act-changes.js';
import { type ByHand, changeByHand, findAct, finishAct } from './by-hand.js';
import { fromJson } from './codec.js';
import type { Context } from './context.js';
import { keysOfItems } from './left.js';
import { named, objectOf } from './options.js';

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
  await finishAct(context, id, by, at, ['unknown'], sent ? 'accepted' : 'withdrawn', (_, on) => [
    { type: 'act.resolved', act: id, at, on, sent, ...by },
  ]);
}

/** A conversation that a task led to. */
export type Contacted = Omit<ContactMade, 'items'>;

/**
 * Says that a task, alert, effect, hand-over or proposal to write off was dealt
 * with; with `contacted`, that the debtor was spoken to, which counts for gap
 * and caps.
 *
 * @throws RecobroError `unknown_id` (act or contact); `invalid_date`; `impossible_state` when it is not open, is a
 * message or fee, or the day of the contact lies ahead
 */
export async function completeTask(
  context: Context,
  id: string,
  by: ByHand,
  at: number,
  contacted?: Contacted,
): Promise<void> {
  const spoken = contacted === undefined ? undefined : objectOf(contacted, 'by.contacted');
  await finishAct(context, id, by, at, ['open'], 'completed', (act, on, file) => {
    if (act.kind === 'message' || act.kind === 'fee' || act.mode !== undefined)
      throw new RecobroError(
        'impossible_state',
        `${JSON.stringify(id)} is a ${act.mode === undefined ? act.kind : 'proposal'}; ${act.kind === 'fee' ? 'settle it as booked, waived or void' : 'approve, confirm or discard it'}`,
      );
    const { author, reason } = by;
    const note = reason === undefined ? {} : { note: reason };
    const events: FileEvent[] = [{ type: 'task.closed', act: id, reason: 'completed', on, author, ...note }];
    if (spoken === undefined) return events;
    const items = act.items.map((item) => item.item).filter((item) => isKnown(context, file, item, at));
    const made = { ...spoken, ...(items.length === 0 ? {} : { items }) };
    return [...events, recordContact(context.engine, file, at, checked(made), by)];
  });
}

/** Items may have gone since the act was planned: instalments are replaced. */
function isKnown(context: Context, file: AccountFile, id: string, at: number): boolean {
  return viewOf(context.engine, file, at).items.some((item) => item.id === id);
}

function checked<T extends ContactMade>(made: T): T {
  if (made.channel !== undefined) named(made.channel, 'channel');
  return made;
}

/**
 * Lets a proposed message go out, within the contact rules.
 *
 * @throws RecobroError `unknown_id`; `impossible_state` when it is no open proposal, one that a person performs, or one that lapsed
 */
export async function approveAct(context: Context, id: string, by: ByHand, at: number): Promise<void> {
  const to = (act: Act): ActState => (act.kind === 'message' ? 'ready' : 'completed');
  await finishAct(context, id, by, at, ['open'], to, (act, on) => {
    if (act.mode !== 'approve')
      throw new RecobroError('impossible_state', `${JSON.stringify(id)} does not wait for an approval`);
    if (act.lapses !== undefined && on > act.lapses)
      throw new RecobroError('impossible_state', `${JSON.stringify(id)} lapsed after ${act.lapses}`);
    // A stage that sends nothing is done by being approved.
    if (act.kind !== 'message') return [{ type: 'act.confirmed', act: id, at, on, ...by }];
    return [{ type: 'act.approved', act: id, at, on, ...by }];
  });
}

/** States of a message that nobody is sending yet. */
const waiting = ['open', 'ready'] as const;

/**
 * Says that a person did what a message was to do: its stage is done, on the
 * day given, as if it had been sent. A message that a worker has already is on
 * its way; one of unknown outcome is resolved.
 *
 * @throws RecobroError `unknown_id`; `invalid_date`; `impossible_state` when it is no message that waits,
 * or the day lies ahead or before the debt was invoiced
 */
export async function confirmAct(
  context: Context,
  id: string,
  by: ByHand & { readonly on?: string | undefined },
  at: number,
): Promise<void> {
  const { on: day, ...author } = by;
  await finishAct(context, id, author, at, waiting, 'accepted', (act, _, file) => {
    if (act.kind !== 'message' && act.mode === undefined)
      throw new RecobroError('impossible_state', `${JSON.stringify(id)} is no message; complete it instead`);
    const done = dayDone(viewOf(context.engine, file, at), day);
    checkInvoiced(act, file, done.on);
    return [{ type: 'act.confirmed', act: id, ...done, ...author }];
  });
}

/** @throws RecobroError `impossible_state` for a day before a debt of the act was invoiced */
export function checkInvoiced({ items }: Act, { invoices }: AccountFile, on: string): void {
  if (items.some(({ invoice }) => on < (invoices.get(invoice)?.issued ?? '')))
    throw new RecobroError('impossible_state', 'nobody was reminded of a debt before it was invoiced');
}

/**
 * Takes a message back that waits: its stage is skipped, proposed again or held, as the policy says.
 *
 * @throws RecobroError `unknown_id`; `impossible_state` when it is no message, or not waiting any more
 */
export async function discardAct(context: Context, id: string, by: ByHand, at: number): Promise<void> {
  await finishAct(context, id, by, at, waiting, 'withdrawn', (act, on) => {
    if (act.kind !== 'message' && act.mode === undefined)
      throw new RecobroError('impossible_state', `${JSON.stringify(id)} is no proposal`);
    const policy =
      context.engine.versions.get(`${act.policy.id}@${act.policy.version}`) ??
      context.engine.policies.get(act.policy.id);
    const next = policy?.policy.discarded ?? 'skip';
    return [{ type: 'act.discarded', act: id, on, next, ...by }];
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
    return [{ type: 'fee.settled', act: id, on, outcome, ...charges, ...by }];
  });
}

/**
 * A message was delivered or read. Late, early and repeated receipts change
 * nothing more; of a message of unknown outcome it says that it went out.
 *
 * @throws RecobroError `unknown_id`; `impossible_state` for what is no message or was taken back
 */
export async function noteReceipt(context: Context, id: string, at: number): Promise<void> {
  const row = await findAct(context, id);
  const act = fromJson<Act>(row.data);
  if (act.kind !== 'message')
    throw new RecobroError('impossible_state', `${JSON.stringify(id)} is no message`);
  if (row.state === 'withdrawn' || row.state === 'open')
    throw new RecobroError('impossible_state', `${JSON.stringify(id)} was not sent: it is ${row.state}`);
  const { contact, channel } = act;
  const whom = {
    ...(contact === undefined ? {} : { contact }),
    ...(channel === undefined ? {} : { channel }),
  };
  const by = { author: 'provider' };
  if (row.state === 'unknown' || row.state === 'sending') await acceptReceipt(context, id, by, at);
  await changeByHand(context, row.account, by, at, (file, on) => {
    const told = act.covers.every(({ subject, case: own, stage, occurrence }) => {
      const one = file.cases.get(subject)?.find((known) => known.id === own);
      const mark = one?.marks.find((known) => known.stage === stage && known.occurrence === occurrence);
      // A mark of a later act is not this one's.
      return mark === undefined || mark.delivered !== undefined || mark.act !== id;
    });
    return { events: told ? [] : [{ type: 'act.delivered', act: id, at, on, covers: act.covers, ...whom }] };
  });
}

/** An act that is being sent may be parked meanwhile; it is never anything else that is open. */
const mostTries = 5;

/**
 * A receipt settles what nobody has settled yet: an act that was parked, and
 * one whose call is still in flight, since a receipt may be faster than the
 * worker's own commit, and the worker may die before it. Of several receipts
 * at once one does it.
 */
export async function acceptReceipt(context: Context, id: string, by: ByHand, at: number): Promise<void> {
  const open: readonly ActState[] = ['sending', 'unknown'];
  const told = { ...by, reason: 'delivered' };
  for (let tries = 1; ; tries++) {
    try {
      return await finishAct(context, id, told, at, open, 'accepted', ({ text }, on, file) => [
        file.acts.get(id)?.state === 'unknown'
          ? { type: 'act.resolved', act: id, at, on, sent: true, ...told }
          : { type: 'act.accepted', act: id, at, on, ...(text === undefined ? {} : { text }) },
      ]);
    } catch (error) {
      // Somebody was faster: its worker, a person, or the same receipt once more.
      if (!isRecobroError(error, 'impossible_state')) throw error;
      const { state } = await findAct(context, id);
      if (state === 'accepted') return;
      if (!open.includes(state) || tries === mostTries) throw error;
    }
  }
}

type Verb = (file: AccountFile, at: number, on: string) => readonly FileEvent[];

async function change(
  context: Context,
  account: string,
  by: ByHand,
  at: number,
  verb: Verb,
  items?: readonly string[] | undefined,
): Promise<void> {
  const work = (file: AccountFile, on: string) => ({ events: verb(file, at, on), again: true });
  await changeByHand(context, account, by, at, work, keysOfItems(items));
}

/** @throws RecobroError see {@link askStage} */
export async function ask(
  context: Context,
  { account, ...rest }: Choice & { readonly stage: string },
  by: ByHand,
  at: number,
): Promise<void> {
  await change(context, account, by, at, (file) => askStage(context.engine, file, at, rest, by), rest.items);
}

/** @throws RecobroError see {@link skipStage} */
export async function skip(
  context: Context,
  { account, ...rest }: Choice & { readonly stage: string },
  by: ByHand,
  at: number,
): Promise<void> {
  await change(context, account, by, at, (file) => skipStage(context.engine, file, at, rest, by), rest.items);
}

/** @throws RecobroError see {@link moveItems} */
export async function move(
  context: Context,
  { account, ...rest }: Choice & { readonly stage: string; readonly policy?: string | undefined },
  by: ByHand,
  at: number,
): Promise<void> {
  await change(context, account, by, at, (file) => moveItems(context.engine, file, at, rest, by), rest.items);
}

/** @throws RecobroError see {@link resetItems} */
export async function reset(
  context: Context,
  { account, ...rest }: Choice,
  by: ByHand,
  at: number,
): Promise<void> {
  await change(
    context,
    account,
    by,
    at,
    (file) => resetItems(context.engine, file, at, rest, by),
    rest.items,
  );
}

/** @throws RecobroError see {@link takeBackItems} */
export async function takeBack(
  context: Context,
  { account, ...rest }: Choice,
  by: ByHand,
  at: number,
): Promise<void> {
  await changeByHand(context, account, by, at, (file) => {
    const events = takeBackItems(context.engine, file, at, rest, by);
    return { events, acts: actChanges(events, [], at, context.engine.plan.zone), again: true };
  });
}

/** @throws RecobroError see {@link recordContact} */
export async function record(
  context: Context,
  { account, ...rest }: ContactMade & { readonly account: string },
  by: ByHand,
  at: number,
): Promise<void> {
  await change(
    context,
    account,
    by,
    at,
    (file) => [recordContact(context.engine, file, at, checked(rest), by)],
    rest.items,
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
