import type { ChannelEvent, InboundMessage } from '../../inbound.js';
import { idOf } from '../../json.js';
import { isAddress } from '../../mailbox.js';
import { cutText, digestKey, longestText, present, shortText } from '../../webhook-body.js';
import { textOfHtml } from './html-text.js';
import { ownWords } from './own-words.js';
import { headerOf, type ParsedMail } from './parsed.js';
import { abuseReport, deliveryReport, isMailSystem, keyOf, readReport } from './reports.js';

export type { ParsedMail, ParsedPart } from './parsed.js';

/** Options of {@link readMail}. */
export interface ReadMailOptions {
  /** When it came, where it does not say so itself. */
  readonly now: number;
  /**
   * The name under which your own mail server writes what it found of the sender (`Authentication-Results`, RFC 8601;
   * `mx.google.com` at Gmail). Given, a mail of whose sender that server is not convinced changes nothing by itself: neither an answer nor a complaint.
   */
  readonly checkedBy?: string | undefined;
}

/**
 * What a mail in the mailbox of answers tells: a bounce or another report about one of ours, an automatic reply, or
 * what somebody wrote. For hosts that fetch the mailbox themselves, or have a provider post it; hand the events to
 * `dunning.take('email', …)`.
 *
 * Reports are looked for first: bounces of Postfix, Exim and Sendmail call themselves automatic replies as well.
 *
 * @param mail as `postal-mime` parses it with `forceRfc822Attachments`
 *
 * @example
 * const mail = await PostalMime.parse(raw, { forceRfc822Attachments: true });
 * await dunning.take('email', readMail(mail, { now: Date.now() }));
 */
export function readMail(mail: ParsedMail, { now, checkedBy }: ReadMailOptions): readonly ChannelEvent[] {
  const told = Date.parse(mail.date ?? '');
  const at = Number.isNaN(told) ? now : Math.min(told, now);
  const proven = checkedBy === undefined || isProven(mail, checkedBy);
  return (
    deliveryReport(mail, at) ??
    abuseReport(mail, at, proven) ??
    readReport(mail, at) ?? [messageOf(mail, at, proven)]
  );
}

function messageOf(mail: ParsedMail, at: number, proven: boolean): ChannelEvent {
  const address = mail.from?.address?.trim().toLowerCase() ?? '';
  const key = keyOf(mail);
  if (!isAddress(address)) return { type: 'ignored', provider: 'smtp', key, at, what: 'mail:no-sender' };
  const { text, cut } = cutText(ownWords(wordsOf(mail)), longestText);
  const media = mail.attachments
    .slice(0, 50)
    .map(({ mimeType, filename }, index) =>
      present({ id: `${index}`, type: mimeType.slice(0, 128), name: shortText(filename, 256) }),
    );
  const references = (mail.references ?? '')
    .match(/<[^<>\s]{1,500}>/g)
    ?.reverse()
    .slice(0, 20);
  return present<InboundMessage>({
    type: 'message',
    provider: 'smtp',
    key,
    at,
    kind: isAutomatic(mail) ? 'auto-reply' : 'email',
    from: present({ address, name: shortText(mail.from?.name, 256) }),
    providerId: idOf(mail.messageId?.trim()) ?? digestKey(key),
    text: text === '' ? undefined : text,
    cut: cut ? true : undefined,
    subject: shortText(mail.subject, 998),
    media: media.length === 0 ? undefined : media,
    replyTo: idOf((mail.inReplyTo ?? '').match(/<[^<>\s]{1,500}>/)?.[0]),
    references,
    unproven: proven ? undefined : true,
  });
}

/** Many programs write HTML alone, or next to it that the reader's program cannot show it. */
function wordsOf({ text = '', html = '' }: ParsedMail): string {
  return text.trim() === '' && html !== '' ? textOfHtml(html) : text;
}

/** Only what one's own server wrote counts, and it writes on top: whoever forges a sender forges the others too. */
function isProven({ headers, from }: ParsedMail, checkedBy: string): boolean {
  const [own = []] = headers
    .filter(({ key }) => key.toLowerCase() === 'authentication-results')
    .map(({ value }) => value.slice(0, 4000).toLowerCase().split(';'))
    .filter(([server = '']) => server.trim().split(/\s/)[0] === checkedBy.toLowerCase());
  const dmarc = own.map((one) => /^\s*dmarc\s*=\s*([a-z]+)/.exec(one)?.[1]).find((one) => one !== undefined);
  if (dmarc !== undefined && dmarc !== 'none') return dmarc === 'pass' || dmarc === 'bestguesspass';
  // A domain without a policy: it signed the mail itself, or one above it did.
  const domain = from?.address?.trim().toLowerCase().split('@').at(-1) ?? '';
  return own.some((one) => {
    const signer = /^\s*dkim\s*=\s*pass\b.*\bheader\.(?:d=|i=[^\s@]*@)([a-z0-9.-]+)/s.exec(one)?.[1];
    return signer !== undefined && (domain === signer || domain.endsWith(`.${signer}`));
  });
}

/** RFC 3834 and what came before it. */
function isAutomatic(mail: ParsedMail): boolean {
  if (isMailSystem(mail)) return true;
  const submitted = headerOf(mail, 'auto-submitted').trim().toLowerCase();
  if (submitted !== '' && submitted !== 'no') return true;
  if (
    ['x-autoreply', 'x-autorespond', 'x-auto-response-suppress'].some((name) => headerOf(mail, name) !== '')
  )
    return true;
  return /^(?:auto_reply|bulk|junk)$/i.test(headerOf(mail, 'precedence').trim());
}
