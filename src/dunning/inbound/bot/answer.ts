import {
  answerAct,
  answerId,
  type BotOutcome,
  botAuthor,
  evolveAll,
  type FileEvent,
  openOf,
  sameMoney,
  whyUnanswered,
} from '../../../engine/index.js';
import type { AccountFile } from '../../../ledger/file.js';
import type { ActChange } from '../../../stores/store.js';
import { actChanges } from '../../act-changes.js';
import type { Context } from '../../context.js';
import { dayOf } from '../../outcomes.js';
import type { BotTold } from './ask.js';

/** The message that is answered. */
export interface AnsweredMessage {
  readonly id: string;
  readonly channel: string;
  readonly contact: string;
  /** The provider's id of it. */
  readonly replyTo: string;
  readonly subject?: string | undefined;
  /** Something else has dealt with it already. */
  readonly handled: boolean;
}

/** What a bot's reply comes to on the newest file. */
export interface Settled {
  readonly outcome: BotOutcome;
  /** After those of the message itself. */
  readonly events: readonly FileEvent[];
  readonly acts: readonly ActChange[];
  /** Who leads the conversation from now on. */
  readonly owner?: string | undefined;
}

/**
 * The events and the act of a bot's reply, for the commit that takes the message in: both or neither. What it said on
 * facts that changed meanwhile is not said; whom it hands over to is told in any case.
 *
 * @param before the file without the message; @param after the file with it and all that it says
 */
export function settledReply(
  context: Context,
  { outcome, reply, open, now }: BotTold,
  message: AnsweredMessage,
  before: AccountFile,
  after: AccountFile,
): Settled {
  if (reply === undefined) return { outcome, events: [], acts: [] };
  const { engine } = context;
  const { id, channel, contact, replyTo, subject, handled } = message;
  const on = dayOf(context, after, now);
  const events: FileEvent[] = [];
  const acts: ActChange[] = [];
  const stale =
    !sameMoney(openOf(engine, before, now), open) ||
    whyUnanswered(engine, after, { contact, channel, at: now }, now) !== undefined;
  if (reply.text !== undefined && !stale) {
    const settles = reply.handOver === undefined && !handled;
    const given = {
      type: 'answer.given',
      act: answerId(after.id, id),
      message: id,
      channel,
      contact,
      at: now,
      on,
      text: reply.text,
      replyTo,
      ...(reply.options === undefined ? {} : { options: reply.options }),
      ...(subject === undefined ? {} : { subject }),
      ...(settles ? { settles } : {}),
    } as const;
    const act = answerAct(engine, evolveAll(after, [given]), given);
    events.push(given, { type: 'act.planned', act });
    acts.push(...actChanges([], [act], now, engine.plan.zone));
  }
  const owner = typeof reply.handOver === 'object' ? reply.handOver.to : undefined;
  if (owner !== undefined && after.assigned === undefined)
    events.push({ type: 'account.assigned', to: { owner, author: botAuthor, on } });
  return {
    outcome: stale && reply.handOver === undefined ? 'changed' : outcome,
    events,
    acts,
    ...(owner === undefined ? {} : { owner }),
  };
}
