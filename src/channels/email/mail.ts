import type { CallbackOf } from '../callback-key.js';
import type { Attachment, OutboundMessage, SendOptions } from '../channel.js';
import { isAddress, isHeaderText, type Mailbox } from '../mailbox.js';
import { messageIdOf, threadIdOf } from './ids.js';
import type { Mail } from './transport.js';

/** What is the same for every mail of a sender. */
export interface MailSender {
  readonly from: Mailbox;
  readonly replyTo?: Mailbox | undefined;
  readonly domain: string;
  /** Headers by which a provider brings the key back. */
  readonly headers?: ((message: CallbackOf) => Readonly<Record<string, string>>) | undefined;
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
  const answered = messageIdIn(message.answer?.to);
  const { from = sender.from, replyTo = sender.replyTo, attachments = [] } = message;
  const cc = copiesOf(message);
  return {
    from: { ...from },
    to: { name: message.toName ?? '', address: message.to },
    ...(cc.length === 0 ? {} : { cc }),
    ...(replyTo === undefined ? {} : { replyTo: { ...replyTo } }),
    subject: content.subject,
    text: content.text,
    ...(content.html === '' ? {} : { html: content.html }),
    ...(attachments.length === 0 ? {} : { attachments: attachments.map(attachmentOf) }),
    messageId: messageIdOf(message, sender.domain),
    inReplyTo: answered ?? thread,
    references: answered === undefined ? thread : `${thread} ${answered}`,
    date: new Date(options.now),
    // RFC 3834: so that vacation responders do not answer.
    headers: {
      ...sender.headers?.(message),
      ...oneClick(message),
      'Auto-Submitted': message.answer === undefined ? 'auto-generated' : 'auto-replied',
    },
    disableFileAccess: true,
    disableUrlAccess: true,
    signal,
  };
}

/** The Message-ID of the mail that is answered. Others wrote it: what could write headers of its own is left out. */
function messageIdIn(id: string | undefined): string | undefined {
  return id !== undefined && /^<[!-;=?-~]{1,500}>$/.test(id) ? id : undefined;
}

/** RFC 8058. What is no clean https address would be no header but a way to write others: it is left out. */
function oneClick({ unsubscribe }: OutboundMessage): Readonly<Record<string, string>> {
  if (unsubscribe === undefined || !/^https:\/\/[\x21-\x7e]{1,900}$/.test(unsubscribe)) return {};
  if (/[<>,\s]/.test(unsubscribe)) return {};
  return {
    'List-Unsubscribe': `<${unsubscribe}>`,
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  };
}

/** A copy that cannot be sent keeps the mail from nobody: it is left out. */
function copiesOf({ copies = [] }: OutboundMessage): Mailbox[] {
  return copies
    .filter((copy) => isAddress(copy.address))
    .map(({ name, address }) => ({ name: isHeaderText(name) ? name : '', address }));
}

function attachmentOf({ name, type, content }: Attachment): NonNullable<Mail['attachments']>[number] {
  const { buffer, byteOffset, byteLength } = content;
  return { filename: name, contentType: type, content: Buffer.from(buffer, byteOffset, byteLength) };
}
