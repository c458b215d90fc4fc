import { addressOf, contactOf } from '../../contact/recipients.js';
import {
  type Act,
  type DoneOutcome,
  dayDone,
  type FileEvent,
  recheck,
  recordContact,
  viewOf,
} from '../../engine/index.js';
import { RecobroError } from '../../errors.js';
import type { AccountFile } from '../../ledger/file.js';
import type { MoneyInput } from '../../money/index.js';
import { type ByHand, type Ending, finishAct } from '../by-hand.js';
import type { Context } from '../context.js';
import { checkInvoiced } from '../people.js';
import { factsSaid } from './said.js';

/** What came of a call, a letter or another message that a person was to bring. */
export type TaskOutcome =
  /** Somebody was spoken to; a message was left; the letter was posted. The stage is done: a contact like any other. */
  | { readonly outcome: 'reached' | 'messageLeft' | 'sent' }
  /**
   * Nobody answered: it is to be tried again as the channel says, then the next place of the chain has its turn. The
   * number or address is of nobody, and is not used again. It was not done: the next place has its turn at once.
   */
  | { readonly outcome: 'noAnswer' | 'wrongNumber' | 'wrongAddress' | 'notDone' }
  /** Spoken to, and it will be paid by a day, today or later. Without invoices: those that it was about. */
  | {
      readonly outcome: 'promised';
      readonly date: string;
      readonly invoices?: readonly string[] | undefined;
      /** How much, where one invoice is meant. Default: all of it. */
      readonly amount?: MoneyInput | undefined;
    }
  /** Spoken to, and it was paid already: the invoices rest while somebody verifies. */
  | {
      readonly outcome: 'paid';
      readonly invoices?: readonly string[] | undefined;
      readonly amount?: MoneyInput | undefined;
    }
  /** Spoken to, and it is not owed, or not all of it. */
  | {
      readonly outcome: 'disputed';
      readonly invoice: string;
      /** Default: all of it. */
      readonly amount?: MoneyInput | undefined;
      /** Code of a list of yours: letters, digits, `.`, `_` and `-`. Default `debtor`. */
      readonly code?: string | undefined;
    };

/** An outcome, and the local day of it. Default: today. */
export type OutcomeTold = TaskOutcome & { readonly on?: string | undefined };

const done = ['reached', 'messageLeft', 'sent', 'promised', 'paid', 'disputed'] as const;
const undone = ['noAnswer', 'wrongNumber', 'wrongAddress', 'notDone'] as const;

function isDone(outcome: TaskOutcome['outcome']): outcome is DoneOutcome {
  return done.some((one) => one === outcome);
}

/**
 * Says what came of what a person was to do. Once: whoever comes second, or after the task lost its cause, is
 * refused, and nothing is written.
 *
 * @throws RecobroError `unknown_id`; `invalid_option`; `invalid_input` with paths; `invalid_date`; `impossible_state`
 */
export async function tellOutcome(
  context: Context,
  id: string,
  told: OutcomeTold,
  by: ByHand,
  at: number,
): Promise<void> {
  const { outcome } = told;
  if (![...done, ...undone].some((one) => one === outcome))
    throw new RecobroError('invalid_option', `the outcome is one of ${[...done, ...undone].join(', ')}`);
  let ending: Ending = { to: 'completed' };
  const end = () => ending;
  await finishAct(context, id, by, at, ['open'], end, (act, on, file) => {
    if (act.kind === 'task' && act.mode === undefined) return spokenTo(context, file, act, told, by, at, on);
    if (act.kind !== 'message' || act.mode !== 'task')
      throw new RecobroError(
        'impossible_state',
        `${JSON.stringify(id)} is nothing that a person brings to somebody, and has no outcome of that kind`,
      );
    const result = { outcome, by: by.author, at, ...(by.reason === undefined ? {} : { reason: by.reason }) };
    if (isDone(outcome)) {
      ending = { to: 'accepted', result };
      const day = dayDone(viewOf(context.engine, file, at), told.on);
      checkInvoiced(act, file, day.on);
      const facts = factsSaid(context, file, act, told, at, on);
      const event: FileEvent = { type: 'act.confirmed', act: id, ...day, ...by, outcome };
      // What follows from a stage that is done comes right after it in the log.
      return [...facts, event];
    }
    const event = failed(context, file, act, outcome, by, at, on);
    ending =
      event.type === 'act.delayed'
        ? { to: 'open', notBefore: event.until, attempt: true, result }
        : { to: 'refused', result: { ...result, code: event.code, scope: event.scope, why: 'refused' } };
    return [event];
  });
}

/** A plain task that led to a conversation: it is over, and the conversation counts for gap and caps. */
function spokenTo(
  context: Context,
  file: AccountFile,
  act: Act,
  told: OutcomeTold,
  by: ByHand,
  at: number,
  on: string,
): readonly FileEvent[] {
  if (!isDone(told.outcome))
    throw new RecobroError(
      'impossible_state',
      `${JSON.stringify(act.id)} is a plain task and stays open until it is completed; only a message of a channel chain can be tried elsewhere`,
    );
  const { author, reason } = by;
  const view = viewOf(context.engine, file, at);
  const items = act.items.map(({ item }) => item).filter((item) => view.items.some(({ id }) => id === item));
  const channel = told.outcome === 'sent' ? 'letter' : 'call';
  const made = { channel, on: told.on, ...(items.length === 0 ? {} : { items }) };
  const note = reason === undefined ? {} : { note: reason };
  return [
    ...factsSaid(context, file, act, told, at, on),
    { type: 'task.closed', act: act.id, reason: 'completed', on, author, ...note },
    recordContact(context.engine, file, at, made, by),
  ];
}

type Failed = Extract<FileEvent, { type: 'act.refused' | 'act.delayed' }>;

/** Nobody was told anything: it is tried again, or the next place of the chain has its turn. */
function failed(
  context: Context,
  file: AccountFile,
  act: Act,
  outcome: (typeof undone)[number],
  { author, reason }: ByHand,
  at: number,
  on: string,
): Failed {
  const channel = context.channels.get(act.channel ?? '');
  const id = act.channel ?? 'task';
  const tried = { act: act.id, at, on, author, ...(reason === undefined ? {} : { note: reason }) };
  const contact = contactOf(file.account, act.contact);
  const address = contact === undefined || channel === undefined ? undefined : addressOf(contact, channel);
  const where = address === undefined || address === '' ? {} : { address };
  switch (outcome) {
    case 'notDone':
      return { type: 'act.refused', ...tried, code: `${id}:not_done`, scope: 'message' };
    case 'wrongNumber':
    case 'wrongAddress':
      return { type: 'act.refused', ...tried, code: `${id}:wrong_address`, scope: 'recipient', ...where };
    case 'noAnswer': {
      const code = `${id}:no_answer`;
      const { tries: before = 0, again } = file.acts.get(act.id) ?? {};
      if (again !== undefined && at < again)
        throw new RecobroError(
          'impossible_state',
          `that nobody answered ${JSON.stringify(act.id)} was told already; it is to be tried again from ${new Date(again).toISOString()}`,
        );
      const { most, wait } = channel?.tries ?? { most: 1, wait: 0 };
      // Unanswered often enough, a number rests for a while, as any address that cannot be reached.
      if (before + 1 >= most)
        return { type: 'act.refused', ...tried, code, scope: 'recipient', ...where, soft: true };
      return { type: 'act.delayed', ...tried, code, until: permitted(context, file, act, at + wait) };
    }
  }
}

/** The first instant, not before `at`, at which the contact rules permit the next try. */
function permitted(context: Context, file: AccountFile, act: Act, at: number): number {
  const checked = recheck(context.engine, file, act, at);
  return checked.ok ? at : (checked.until ?? at);
}
