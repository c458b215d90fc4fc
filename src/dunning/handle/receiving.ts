import type { ChannelEvent } from '../../channels/inbound.js';
import type { Context } from '../context.js';
import { recallAside } from '../inbound/aside.js';
import { type CustomerContext, customerContextOf } from '../inbound/context.js';
import { referAll } from '../inbound/references.js';
import { type ReplyMeaning, settleReply } from '../inbound/settle.js';
import { type TalkEntry, talkOf } from '../inbound/talk.js';
import { keep, type WebhookHandler, webhookOf, workSoon } from '../inbound/webhook.js';
import { knownChannel } from '../known-channel.js';
import { answerLink, type LinkAnswer, type LinkAnswered } from '../links/answer.js';
import { follow, type LinkRequest, linkTo } from '../links/link.js';
import { type Statement, statementOf } from '../links/statement.js';
import { unsubscribeOf } from '../links/unsubscribe.js';
import type { When } from '../options.js';
import type { Calls } from './calls.js';
import type { By } from './run-options.js';

/** What comes in from debtors and providers. Part of {@link Dunning}. */
export interface ReceivingCalls {
  /**
   * Takes a channel's webhooks in: receipts and what people answer. Mount it where the provider posts to; it
   * wants the raw request, since signatures cover bytes. It answers as soon as what came in is kept, then works on it.
   *
   * @example
   * const hook = dunning.webhook('whatsapp');
   * server.post('/hooks/whatsapp', (request) => hook(request)); // Request → Promise<Response>
   * @throws RecobroError `unknown_id`; `invalid_option` for a channel that does not receive
   */
  webhook(channel: string): WebhookHandler;
  /**
   * Takes in what a host received in another way, such as mails of a mailbox that it fetches (`readMail` of
   * `recobro/channels/email`), as if a webhook had brought it.
   *
   * @throws RecobroError `unknown_id` for a channel that there is not
   */
  take(
    channel: string,
    events: readonly ChannelEvent[],
    options?: { readonly now?: When | undefined },
  ): Promise<void>;
  /**
   * Has what came in and was put aside after many tries (`stuck().aside`) worked on again, once its cause is mended;
   * by its keys, or all. Answers how many there were.
   *
   * @example
   * const { aside } = await dunning.stuck();
   * if (aside.count > 0) await dunning.takeAgain(aside.list.map(({ key }) => key));
   */
  takeAgain(keys?: readonly string[]): Promise<number>;
  /** What was said to and by an account over all channels, oldest first. Empty for one that there is not. */
  conversation(account: string): Promise<readonly TalkEntry[]>;
  /**
   * Has a person say what a message meant that was not read surely enough, or read wrongly: a reported payment, a
   * promise, a dispute or an opt-out is recorded as if it had surely said so, its task closes and its pause ends.
   * Without `means` what it was read as; `none` records nothing. Messages are named by `conversation`.
   *
   * @example
   * const open = (await dunning.conversation('robles')).findLast(({ direction }) => direction === 'in');
   * await dunning.settleReply('robles', open?.id ?? '', { author: 'ana', means: 'promise', date: '2026-03-20' });
   * @throws RecobroError `unknown_id`; `impossible_state` for one that was dealt with; `invalid_input`, `invalid_option`
   */
  settleReply(account: string, message: string, by: By & ReplyMeaning): Promise<void>;
  /**
   * All that somebody wants to know who answers a customer: what is open and overdue by currency, items, who sees to
   * the account, the latest messages both ways (20, or as many as `messages` says), promises, disputes, reported
   * payments, holds and notes.
   *
   * @example
   * dunning.on('message.received', async ({ account, owner, intent }) => {
   *   desk.open({ for: owner ?? 'queue', intent, about: await dunning.customerContext(account) });
   * });
   * @throws RecobroError `unknown_id`; `invalid_option`
   */
  customerContext(
    account: string,
    options?: { readonly at?: When | undefined; readonly messages?: number | undefined },
  ): Promise<CustomerContext>;
  /**
   * A token that lets somebody of an account see what is open and answer, without a login, until it expires. Whoever
   * has it may do so: send it to that person alone. It cannot be read, and is of this tenant only.
   *
   * @example
   * const token = await dunning.link({ account: 'robles', contact: 'billing', days: 14 });
   * const page = `https://acme.example/statement/${token}`;
   * @throws RecobroError `unknown_id`; `invalid_option`, also without `links`
   */
  link(what: LinkRequest & { readonly now?: When | undefined }): Promise<string>;
  /** What whoever opens a link may see: open items, totals, how to pay, in which language. @throws RecobroError `invalid_link`, `expired_link` */
  opened(token: string, options?: { readonly now?: When | undefined }): Promise<Statement>;
  /**
   * Takes in what somebody says through a link: paid, a promise, a dispute, a plan asked for, a message, stop. It is the
   * same as if it had been written, stands in the conversation, and counts once for its key.
   *
   * @example
   * await dunning.answered(token, { says: 'promise', key: form.id, date: '2026-03-15' });
   * @throws RecobroError `invalid_link`, also for one that may only be looked at; `expired_link`; `invalid_input` with paths; `impossible_state`
   */
  answered(
    token: string,
    answer: LinkAnswer,
    options?: { readonly now?: When | undefined },
  ): Promise<LinkAnswered>;
  /** The handler to mount at `links.unsubscribe.url`: one click of a mail program (POST) stops the mails; GET shows a button. */
  unsubscribe(): WebhookHandler;
  /**
   * Has the addresses of all accounts lead to them, so that what they answer is recognised; answers how many accounts.
   * Needed once, where accounts were taken in before any channel received.
   */
  reindex(options?: { readonly signal?: AbortSignal | undefined }): Promise<number>;
}

export function receivingCalls(context: Context, calls: Calls): ReceivingCalls {
  const { instant } = calls;
  return {
    webhook: (channel) => webhookOf(context, channel),
    take: async (channel, events, { now } = {}) => {
      knownChannel(context, channel);
      await keep(context, channel, events, instant(now));
    },
    takeAgain: async (keys) => {
      const recalled = await recallAside(context, keys === undefined ? undefined : new Set(keys));
      if (recalled > 0) workSoon(context);
      return recalled;
    },
    conversation: (account) => talkOf(context, account),
    settleReply: (account, message, by) =>
      calls.byHand(by, (who, at) => {
        const { means, date, invoices, amount } = by;
        return settleReply(context, account, message, who, { means, date, invoices, amount }, at);
      }),
    customerContext: (account, { at, messages = 20 } = {}) =>
      customerContextOf(context, account, instant(at), messages),
    link: async ({ now, ...what }) => linkTo(context, what, instant(now)),
    opened: async (token, { now } = {}) => {
      const at = instant(now);
      return statementOf(context, await follow(context, token, ['view', 'answer'], at), at);
    },
    answered: async (token, answer, { now } = {}) => answerLink(context, token, answer, instant(now)),
    unsubscribe: () => unsubscribeOf(context),
    reindex: ({ signal } = {}) => referAll(context, signal),
  };
}
