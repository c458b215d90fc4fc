import { contactOf, refusal } from '../contact/recipients.js';
import { isErased } from '../ledger/erased.js';
import type { AccountFile } from '../ledger/file.js';
import { type Money, sumByCurrency } from '../money/index.js';
import { type Act, accountKey } from './acts.js';
import type { Engine } from './compile.js';
import type { FileEvent } from './events.js';
import { viewOf } from './look.js';

/** Answers that the host's bot gave to messages: acts with words of their own, about no stage. */

/** What the act of an answer is done for, in place of a stage. */
export const answeredStage = 'on:message';

/** The author of what the host's bot does. */
export const botAuthor = 'bot';

/** An answer that could not go out for so long is for people: half a day later nobody waits for a machine. */
const goodFor = 12 * 3_600_000;

/** Channels with a service window want it open for as long as a call may take, and clocks may differ. */
const margin = 5 * 60_000;

/** Whether an act carries words that answer a message. */
export function isAnswer(act: Pick<Act, 'answers'>): boolean {
  return act.answers?.kind === 'message';
}

/**
 * The act that carries an answer. It covers no case: it opens, advances and holds none, and as a service it is no
 * contact for gap and for caps on chasing. Its totals are what was open when its words were written. Pure, so that a
 * replay makes it again; it holds none of the words.
 */
export function answerAct(
  engine: Engine,
  file: AccountFile,
  given: Extract<FileEvent, { type: 'answer.given' }>,
): Act {
  const { act: id, message, contact, channel, at, settles } = given;
  const language = contactOf(file.account, contact)?.language ?? file.account?.language ?? engine.language;
  return {
    id,
    account: file.id,
    kind: 'message',
    purpose: 'service',
    answers: { kind: 'message', id: message, ...(settles === true ? { settles } : {}) },
    plan: engine.planRef,
    policy: engine.planRef,
    stage: answeredStage,
    tone: 'friendly',
    covers: [],
    contact,
    channel,
    position: 0,
    language,
    items: [],
    totals: openOf(engine, file, at),
    review: at,
    on: viewOf(engine, file, at).on,
    keys: [`${id}@${contact}.0`],
  };
}

/** Id of the act that answers a message: one message, one answer. */
export function answerId(account: string, message: string): string {
  return `${accountKey(account)}/${answeredStage}/${message}`;
}

/** What is owed, by currency. */
export function openOf(engine: Engine, file: AccountFile, at: number): readonly Money[] {
  return sumByCurrency(
    viewOf(engine, file, at).items.flatMap(({ outstanding, replacedBy, invoice: { currency } }) =>
      outstanding > 0 && replacedBy === undefined ? [{ minor: outstanding, currency }] : [],
    ),
  );
}

/** The last instant at which somebody may be answered in any words, with time for the call; undefined without a window. */
export function windowEnd(
  { windows }: Pick<AccountFile, 'windows'>,
  contact: string | undefined,
  channel: string,
): number | undefined {
  const found = windows?.find((one) => one.contact === contact && one.channel === channel);
  return found === undefined ? undefined : found.until - margin;
}

/** Who is answered where. */
export interface Answered {
  readonly contact: string;
  readonly channel: string;
  /** When the answer was given. */
  readonly at: number;
}

/**
 * Why somebody is not answered now, or not any more: code. Contact hours do not count, for the person wrote just now;
 * nor does a consent that was never asked for. A consent that was taken back does.
 */
export function whyUnanswered(
  engine: Engine,
  file: AccountFile,
  { contact: id, channel, at }: Answered,
  now: number,
): string | undefined {
  if (isErased(file.erased, id)) return 'erased';
  const contact = contactOf(file.account, id);
  if (contact === undefined) return 'no_contact';
  // What the bot itself hands over it may still say goodbye to.
  if (file.assigned !== undefined && file.assigned.author !== botAuthor) return 'assigned';
  const traits = engine.recipients.channels.get(channel);
  const { addresses } = engine.recipients;
  const rules = { consent: { [channel]: 'contract' as const }, addresses };
  const refused = refusal(rules, file, contact, traits, { purpose: 'service', now });
  if (refused !== undefined) return refused.reason;
  const until = windowEnd(file, id, channel);
  if (until !== undefined && now > until) return 'window_closed';
  return now - at > goodFor ? 'too_late' : undefined;
}

/** Whether an answer may still go out, asked right before it does; else why not. */
export function recheckAnswer(
  engine: Engine,
  file: AccountFile,
  act: Act,
  now: number,
): { readonly ok: true } | { readonly ok: false; readonly reason: string } {
  const words = file.answers?.find((one) => one.act === act.id);
  if (words === undefined) return { ok: false, reason: 'erased' };
  const { contact } = words;
  const { channel = '', review: at } = act;
  const reason = whyUnanswered(engine, file, { contact, channel, at }, now);
  if (reason !== undefined) return { ok: false, reason };
  // Words may name amounts: what was paid since makes them wrong.
  return sameMoney(openOf(engine, file, now), act.totals) ? { ok: true } : { ok: false, reason: 'changed' };
}

/** Whether two lists of sums by currency are equal. */
export function sameMoney(one: readonly Money[], other: readonly Money[]): boolean {
  return (
    one.length === other.length &&
    one.every(({ minor, currency }) =>
      other.some((money) => money.currency === currency && money.minor === minor),
    )
  );
}
