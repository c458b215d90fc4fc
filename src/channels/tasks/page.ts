import { escapeHtml } from '../../messages/escape.js';
import { canonicalLanguage } from '../../messages/language.js';
import type { OutboundMessage } from '../channel.js';
import { OptionCheck } from '../options.js';

/** A letter, ready to be printed. */
export interface LetterPage {
  /** Sender, recipient, date, subject and text, as plain text. */
  readonly text: string;
  /** The same as one HTML document that prints as a page of A4 or Letter; nothing in it is loaded from elsewhere. */
  readonly html: string;
}

/** What stands on the page beside the message. */
export interface LetterPageOptions {
  /** The instant of the letter, in milliseconds. */
  readonly now: number;
  /** Who writes: name and address, a line each. Default: nothing, for paper that has it printed on. */
  readonly from?: string | undefined;
  /** IANA zone in which the date is told. Default `UTC`. */
  readonly zone?: string | undefined;
}

/**
 * The page of a letter: the message of a draft, or of a channel's `send`, with sender, address and date.
 *
 * @example
 * const { message } = await dunning.draft(act);
 * const { html } = letterPage(message, { now: Date.now(), from: 'Acme SA\nReforma 1\n06600 Ciudad de México' });
 * @throws RecobroError `invalid_option` for a language, instant or zone in which nothing can be dated
 */
export function letterPage(
  { content, to, toName = '', language }: Pick<OutboundMessage, 'content' | 'to' | 'toName' | 'language'>,
  { now, from = '', zone = 'UTC' }: LetterPageOptions,
): LetterPage {
  const check = new OptionCheck('letterPage');
  check.expect(isLanguage(language), 'message.language', 'must be a language as in BCP 47, such as es-MX');
  check.expect(isInstant(now), 'now', 'must be an instant in milliseconds since 1970');
  check.expect(isZone(zone), 'zone', zoneForm);
  check.done();
  const date = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: zone }).format(now);
  // Only where the name is not in the address already.
  const recipient = toName === '' || to.startsWith(toName) ? to : `${toName}\n${to}`;
  const subject = content.kind === 'email' ? content.subject : '';
  const parts = [from, recipient, date, subject, content.text].map((part) => part.trim());
  const text = `${parts.filter((part) => part !== '').join('\n\n')}\n`;
  const block = (name: string, value: string) =>
    value.trim() === '' ? '' : `<div class="letter-${name}">${escapeHtml(value.trim())}</div>\n`;
  const head = `${block('from', from)}${block('to', recipient)}${block('date', date)}${block('subject', subject)}`;
  const own = content.kind === 'email' ? content.html : '';
  return { text, html: printed(own, head) ?? plainPage(head, subject, content.text, language) };
}

/** What a zone must be. */
export const zoneForm = 'must be an IANA zone, such as America/Mexico_City';

/** Whether there is such a zone. */
export function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** Whether something can be dated in it. */
export function isLanguage(language: unknown): boolean {
  return typeof language === 'string' && canonicalLanguage(language) !== undefined;
}

/** Whether there is such a day. */
function isInstant(now: number): boolean {
  return Number.isFinite(now) && !Number.isNaN(new Date(now).getTime());
}

/** The mail's own document, as it prints; undefined where it is none. */
function printed(html: string, head: string): string | undefined {
  const style = html.indexOf('</head>');
  const body = /<body[^>]*>/i.exec(html);
  if (style < 0 || body === null || body.index < style) return undefined;
  const inside = body.index + body[0].length;
  return `${html.slice(0, style)}${sheet}${html.slice(style, inside)}\n${head}${html.slice(inside)}`;
}

function plainPage(head: string, subject: string, text: string, language: string): string {
  return `<!doctype html>
<html lang="${escapeHtml(language)}" dir="auto">
<head>
<meta charset="utf-8">
<title>${escapeHtml(subject)}</title>
${sheet}</head>
<body>
${head}<div class="letter-text">${escapeHtml(text.trim())}</div>
</body>
</html>
`;
}

/**
 * No size of paper: that of the printer counts. What a mail has for screens is not printed: its frame, the sender's
 * name above it, which stands on the page already, and buttons, whose addresses are written below them.
 */
const sheet = `<style>
@page{margin:20mm}
.letter-from,.letter-to,.letter-date,.letter-subject,.letter-text{white-space:pre-line;font-family:'Segoe UI',Helvetica,Arial,sans-serif;font-size:11pt;line-height:1.4;color:#000;margin:0 0 8mm 0}
.letter-from{font-size:9pt;color:#444}
.letter-subject{font-weight:700}
.page{background:#fff!important}
.page>tbody>tr>td{padding:0!important}
.card{max-width:none!important;border-radius:0!important;color:#000!important;font-size:11pt!important;line-height:1.4!important}
.card td.side{padding-left:0!important;padding-right:0!important}
.card>tbody>tr:first-child,.card .button{display:none!important}
</style>
`;
