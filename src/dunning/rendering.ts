import { localDay, parseDay } from '../calendar/index.js';
import type { Channel, OutboundMessage } from '../channels/channel.js';
import { addressOf, contactOf } from '../contact/recipients.js';
import type { Act } from '../engine/index.js';
import { RecobroError } from '../errors.js';
import type { AccountFile } from '../ledger/file.js';
import { type MessageItem, renderMessage } from '../messages/index.js';
import type { Context } from './context.js';

/** A message ready to be handed to its channel. */
export interface RenderedAct {
  readonly channel: Channel;
  readonly message: OutboundMessage;
}

/**
 * Makes the text and finds the address of an act from the facts of this
 * moment. The outbox holds neither, so a corrected address or name is used at
 * once and an erased person leaves nothing behind in it.
 *
 * @throws RecobroError `empty_variable`, `invalid_template`, `impossible_state`
 */
export function renderAct(context: Context, file: AccountFile, act: Act, now: number): RenderedAct {
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
      sender: context.sender,
      items: act.items.map((item): MessageItem => {
        const paymentUrl = file.invoices.get(item.invoice)?.paymentUrl;
        // Planned on an earlier day, it speaks of the days as they are now.
        const daysPastDue = item.due === undefined ? item.daysPastDue : today - parseDay(item.due);
        return { ...item, daysPastDue, paymentUrl };
      }),
      totals: act.totals,
      fees: act.charges?.map(({ amount, currency }) => ({ minor: amount, currency })),
    },
  });
  return {
    channel,
    message: {
      key: act.id,
      tenant: context.tenant,
      account: act.account,
      to,
      toName: contact?.name,
      message: act.message,
      form: rendered.form,
      language: rendered.language,
      content: rendered.content,
      thread: `${context.tenant}/${act.account}/${act.policy.id}`,
    },
  };
}
