import { localDay, parseDay } from '../calendar/index.js';
import type { Attachment, Channel, Mailbox, OutboundMessage } from '../channels/channel.js';
import { copyPlaces } from '../contact/copies.js';
import { addressOf, contactOf } from '../contact/recipients.js';
import { type Act, isAnswer, type SentText } from '../engine/index.js';
import { RecobroError } from '../errors.js';
import type { AccountFile } from '../ledger/file.js';
import { type MessageItem, type PaymentFacts, renderMessage } from '../messages/index.js';
import type { Context } from './context.js';
import { renderAnswer } from './inbound/bot/rendered.js';
import { pageOf, unsubscribeUrl } from './links/in-messages.js';
import { namedAs } from './named-as.js';

/** A message ready to be handed to its channel. */
export interface RenderedAct {
  readonly channel: Channel;
  readonly message: OutboundMessage;
  /** Which words they are. */
  readonly text?: SentText | undefined;
}

/**
 * Makes the text and finds the address of an act from the facts of this
 * moment. The outbox holds neither, so a corrected address or name is used at
 * once and an erased person leaves nothing behind in it.
 *
 * @throws RecobroError `empty_variable`, `text_too_long`, `invalid_template`, `impossible_state`
 */
export function renderAct(
  context: Context,
  file: AccountFile,
  act: Act,
  now: number,
  attachments?: readonly Attachment[],
  payment?: PaymentFacts,
): RenderedAct {
  if (isAnswer(act)) return renderAnswer(context, file, act);
  const channel = act.channel === undefined ? undefined : context.channels.get(act.channel);
  if (channel === undefined || act.message === undefined) {
    throw new RecobroError(
      'impossible_state',
      `the act ${act.id} names no message or no channel that is set up`,
    );
  }
  const { account } = file;
  const contact = contactOf(account, act.contact);
  const to =
    contact === undefined ? (channel.address === 'none' ? '' : undefined) : addressOf(contact, channel);
  if (account === undefined || to === undefined) {
    throw new RecobroError('impossible_state', `the act ${act.id} has no address`);
  }
  const profile = act.from === undefined ? undefined : context.senders.get(act.from);
  if (act.from !== undefined && profile === undefined)
    throw new RecobroError('impossible_state', `the act ${act.id} names a sender that is not set up`);
  const today = localDay(now, account.zone ?? context.engine.plan.zone);
  const rendered = renderMessage(context.messages, {
    message: act.message,
    channel: channel.id,
    languages: [
      act.language,
      ...(account.language === undefined ? [] : [account.language]),
      context.engine.language,
      'en',
      // Rather another language than no reminder.
      ...(context.messages.messages.get(act.message)?.languages.keys() ?? []),
    ],
    region: account.country,
    facts: {
      account: { name: account.name },
      contact: { name: contact?.name ?? account.name },
      sender: profile?.sender ?? context.sender,
      items: act.items.map((item): MessageItem => {
        const paymentUrl = file.invoices.get(item.invoice)?.paymentUrl;
        // Planned on an earlier day, it speaks of the days as they are now.
        const daysPastDue = item.due === undefined ? item.daysPastDue : today - parseDay(item.due);
        return { ...item, daysPastDue, paymentUrl };
      }),
      totals: act.totals,
      promised: act.answers?.by,
      payment,
      link: pageOf(context, act, now),
      fees: act.charges?.map(({ amount, currency }) => ({ minor: amount, currency })),
    },
  });
  const text = context.engine.textOf?.(act.message, channel.id);
  const copies = copiesOf(context, file, act, channel, { to, now });
  return {
    channel,
    ...(text === undefined ? {} : { text: { ...text, language: rendered.language } }),
    message: {
      key: act.id,
      tenant: context.tenant,
      account: act.account,
      to,
      ...namedAs(contact),
      message: act.message,
      form: rendered.form,
      language: rendered.language,
      content: rendered.content,
      ...openWindow(file, act),
      thread: `${context.tenant}/${act.account}/${act.policy.id}`,
      ...(copies.length === 0 ? {} : { copies }),
      ...(attachments === undefined ? {} : { attachments }),
      ...(profile?.from === undefined ? {} : { from: profile.from }),
      ...(profile?.replyTo === undefined ? {} : { replyTo: profile.replyTo }),
      ...(channel.address === 'email' ? unsubscribeUrl(context, act, now) : {}),
    },
  };
}

/** Whoever wrote on this channel lately may be answered in any words. */
function openWindow({ windows }: AccountFile, { contact, channel }: Act): { readonly windowUntil?: number } {
  const found = windows?.find((one) => one.contact === contact && one.channel === channel);
  return found === undefined ? {} : { windowUntil: found.until };
}

/** Copies go along with a message and are no contact of their own: no gap and no cap counts them. */
function copiesOf(
  context: Context,
  file: AccountFile,
  act: Act,
  channel: Channel,
  { to, now }: { readonly to: string; readonly now: number },
): readonly Mailbox[] {
  const { copy: roles = [], purpose, items } = act;
  if (roles.length === 0 || channel.carries?.includes('copies') !== true) return [];
  const lead = items.find((item) => item.acting) ?? items[0];
  const branch = lead === undefined ? undefined : file.invoices.get(lead.invoice)?.branch;
  const places = copyPlaces(context.engine.recipients, file, {
    roles,
    channel,
    purpose,
    branch,
    now,
    to,
  });
  return places.map(({ contact, address }) => ({ name: namedAs(contact).toName ?? '', address }));
}
