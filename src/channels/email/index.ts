import { domainToASCII } from 'node:url';
import { isAttachment } from '../attachment.js';
import type { Channel, OutboundMessage, SendOptions, SendOutcome } from '../channel.js';
import { fieldOf, textOf } from '../json.js';
import { attemptLimit } from '../limit.js';
import { isAddress, isDomain, isHeaderText, mailboxOf } from '../mailbox.js';
import { longestTimeout, OptionCheck } from '../options.js';
import { misconfiguredBefore, refusedBefore } from '../outcomes.js';
import { messageIdOf } from './ids.js';
import { mailOf } from './mail.js';
import { outcomeOfMailError } from './outcome.js';
import type { Mail, MailReceipt, MailTransport } from './transport.js';
import type { MailWebhook } from './webhooks/webhook.js';

export { dkimFields } from './dkim.js';
export { type ParsedMail, type ParsedPart, type ReadMailOptions, readMail } from './reading/index.js';
export type { Mail, MailReceipt, MailTransport } from './transport.js';
export { type PostmarkWebhookOptions, postmarkWebhook } from './webhooks/postmark.js';
export { type ResendWebhookOptions, resendWebhook } from './webhooks/resend.js';
export { type SendgridWebhookOptions, sendgridWebhook } from './webhooks/sendgrid.js';
export { type SesWebhookOptions, type SnsTransport, sesWebhook } from './webhooks/ses.js';
export type { MailWebhook } from './webhooks/webhook.js';

/** Options of {@link email}. */
export interface EmailOptions {
  /** What sends the mails: `nodemailer.createTransport(…)`. Stays the host's: it is never closed here. */
  readonly transport: MailTransport;
  /** Sender, as `cobranza@acme.example` or `Acme <cobranza@acme.example>`. */
  readonly from: string;
  /** Where answers go, written like `from`. Default: to the sender. */
  readonly replyTo?: string | undefined;
  /** Domain of the Message-IDs. Default: that of `from`. Never change it mid-thread. */
  readonly domain?: string | undefined;
  /**
   * How the provider behind the transport tells of bounces, complaints and deliveries: `sesWebhook(…)`,
   * `sendgridWebhook(…)`, `postmarkWebhook(…)` or `resendWebhook(…)`. Without it the channel only sends.
   */
  readonly webhook?: MailWebhook | undefined;
  /**
   * Milliseconds for one attempt. Default 150,000: longer than the two minutes
   * after which nodemailer gives up connecting, which is a definite failure
   * while our own time limit leaves it unknown. Set `connectionTimeout` of the
   * transport lower and this with it.
   */
  readonly timeout?: number | undefined;
}

/**
 * E-mail through a nodemailer transport. The Message-ID is made from the act's
 * key, so every attempt of an act carries the same; mails of one case share a
 * thread; `Auto-Submitted` keeps vacation responders quiet. Business contacts
 * may be written to on the contract.
 *
 * A connection that is lost once the mail may have been handed over is
 * `unknown`, never a retry. A pooled transport of nodemailer 10 itself repeats
 * a mail of which no byte had been sent; nothing else is repeated.
 *
 * @throws RecobroError `invalid_option`, listing every option that is wrong.
 *
 * @example
 * const channel = email({
 *   transport: nodemailer.createTransport('smtp://localhost:1025'),
 *   from: 'Acme <cobranza@acme.example>',
 * });
 */
export function email(options: EmailOptions): Channel {
  const { transport, timeout = 150_000 } = options;
  const from = mailboxOf(options.from);
  const replyTo = options.replyTo === undefined ? undefined : mailboxOf(options.replyTo);
  const check = new OptionCheck('email');
  check.expect(
    typeof transport?.sendMail === 'function',
    'transport',
    'must have sendMail(), as nodemailer gives it',
  );
  check.expect(
    from !== undefined,
    'from',
    'must be one address, or Name <address>, without control characters',
  );
  check.expect(
    options.replyTo === undefined || replyTo !== undefined,
    'replyTo',
    'must be one address, or Name <address>, without control characters',
  );
  const domain = domainToASCII(options.domain ?? from?.address.split('@').at(-1) ?? 'localhost');
  check.expect(isDomain(domain), 'domain', 'must be a domain name');
  check.expectWhole(timeout, 'timeout', 1, longestTimeout);
  check.done();
  const { webhook } = options;
  const sender = { from: from ?? { name: '', address: '' }, replyTo, domain, headers: webhook?.headers };

  return {
    id: 'email',
    address: 'email',
    consent: 'contract',
    carries: ['copies', 'attachments'],
    async send(message: OutboundMessage, sendOptions: SendOptions): Promise<SendOutcome> {
      const { content } = message;
      if (content.kind !== 'email') return misconfiguredBefore('email:content_not_email', 'template');
      if (!isAddress(message.to)) return refusedBefore('email:invalid_address', 'recipient', true);
      if (!isHeaderText(message.toName ?? '')) return refusedBefore('email:invalid_name', 'recipient');
      if (!isHeaderText(content.subject)) return misconfiguredBefore('email:invalid_subject', 'template');
      if (!hasSender(message)) return misconfiguredBefore('email:invalid_sender', 'sender');
      if (message.attachments?.every(isAttachment) === false)
        return refusedBefore('email:invalid_attachment', 'message');
      const build = (signal: AbortSignal) => mailOf(message, content, sender, sendOptions, signal);
      const result = await attempt(transport, message.to, build, timeout, sendOptions.signal);
      if ('outcome' in result) return result;
      return outcomeOfReceipt(result.receipt, message.to, messageIdOf(message, domain));
    },
    ...(webhook === undefined
      ? {}
      : { receive: (request, receiveOptions) => webhook.receive(request, receiveOptions) }),
  };
}

/** One call of the transport, held to the time limit and the caller's signal even where it ignores them. */
async function attempt(
  transport: MailTransport,
  to: string,
  build: (signal: AbortSignal) => Mail,
  timeout: number,
  signal: AbortSignal | undefined,
): Promise<SendOutcome | { receipt: MailReceipt }> {
  if (signal?.aborted) return { outcome: 'retry', scope: 'message', code: 'smtp:aborted' };
  const limit = attemptLimit(timeout, signal);
  try {
    const sent = transport.sendMail(build(limit.signal)).then((receipt) => ({ receipt }));
    return (await limit.race(sent)) ?? { outcome: 'unknown', code: `smtp:${limit.reason()}` };
  } catch (error) {
    // Where copies were refused as well, the last of all refusals would speak for our recipient.
    return outcomeOfMailError(refusalOf(to, fieldOf(error, 'rejectedErrors')) ?? error);
  } finally {
    limit.clear();
  }
}

/** Senders and addresses of answers that come with the message must be able to stand in a header. */
function hasSender({ from, replyTo }: OutboundMessage): boolean {
  return [from, replyTo].every(
    (one) => one === undefined || (isAddress(one.address) && isHeaderText(one.name)),
  );
}

/**
 * The mail counts as taken only if our recipient was taken, whatever became of
 * copies, ours or those that a transport adds.
 */
function outcomeOfReceipt(receipt: MailReceipt | undefined, to: string, messageId: string): SendOutcome {
  const isTo = (entry: string | { readonly address: string }) =>
    (typeof entry === 'string' ? entry : entry.address).toLowerCase() === to.toLowerCase();
  if (receipt?.rejected?.some(isTo) && !receipt.accepted?.some(isTo)) {
    const reason = refusalOf(to, receipt.rejectedErrors);
    return reason === undefined
      ? { outcome: 'refused', scope: 'recipient', code: 'smtp:rejected' }
      : outcomeOfMailError(reason);
  }
  const providerId = receipt?.serverMessageId ?? receipt?.messageId ?? messageId;
  // Answers and bounces name the mail by its Message-ID, whatever the provider calls it.
  return { outcome: 'accepted', providerId, ...(providerId === messageId ? {} : { aliases: [messageId] }) };
}

/** What a server said about our recipient, among what it said about several. */
function refusalOf(to: string, errors: unknown): unknown {
  if (!Array.isArray(errors)) return undefined;
  return errors.find((error) => textOf(fieldOf(error, 'recipient')).toLowerCase() === to.toLowerCase());
}
