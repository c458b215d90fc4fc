import type { OutboundMessage, SendOptions } from '../channel.js';
import { messageIdOf, threadIdOf } from './ids.js';
import type { Mail, Mailbox } from './transport.js';

/** What is the same for every mail of a sender. */
export interface MailSender {
  readonly from: Mailbox;
  readonly replyTo?: Mailbox | undefined;
  readonly domain: string;
}

/** The mail for a message; the caller has checked addresses and headers. */
export function mailOf(
  message: OutboundMessage,
  content: Extract<OutboundMessage['content'], { kind: 'email' }>,
  sender: MailSender,
  options: SendOptions,
  signal: AbortSignal,
): Mail {
  const thread = threadIdOf(message, sender.domain);
  return {
    from: { ...sender.from },
    to: { name: message.toName ?? '', address: message.to },
    ...(sender.replyTo === undefined ? {} : { replyTo: { ...sender.replyTo } }),
    subject: content.subject,
    text: content.text,
    ...(content.html === '' ? {} : { html: content.html }),
    messageId: messageIdOf(message, sender.domain),
    inReplyTo: thread,
    references: thread,
    date: new Date(options.now),
    // RFC 3834: so that vacation responders do not answer.
    headers: { 'Auto-Submitted': 'auto-generated' },
    disableFileAccess: true,
    disableUrlAccess: true,
    signal,
  };
}
