import { isAttachment } from '../attachment.js';
import type { Attachment, Channel, OutboundMessage, SendOptions, SendOutcome } from '../channel.js';
import { defineChannel } from '../define-channel.js';
import { isHeaderText } from '../mailbox.js';
import { longestTimeout, OptionCheck } from '../options.js';
import { misconfiguredBefore, refusedBefore } from '../outcomes.js';
import { isPostal } from '../postal.js';
import { byHand, defaultTimeout, handOver } from './handing.js';
import { isLanguage, isZone, letterPage, zoneForm } from './page.js';

/** A finished letter, for whoever prints and posts it. */
export interface Letter {
  /** The act's id: the same however often it is handed over. */
  readonly key: string;
  readonly tenant: string;
  readonly account: string;
  /** Postal address, a line each, without the name. */
  readonly to: string;
  readonly toName: string;
  /** BCP 47. */
  readonly language: string;
  readonly subject: string;
  /** The whole page as plain text. */
  readonly text: string;
  /** The whole page as an HTML document. */
  readonly html: string;
  /** The page as the port `pdf` made it; absent without such a port. */
  readonly pdf?: Uint8Array | undefined;
  /** Documents to enclose. */
  readonly attachments: readonly Attachment[];
}

/** Options of {@link letter}. */
export interface LetterOptions {
  /** Default `letter`. */
  readonly id?: string | undefined;
  /** Consent needed to write to a business contact, unless the plan says otherwise. Default `contract`. */
  readonly consent?: Channel['consent'] | undefined;
  /** Who writes: name and address, a line each. Default: nothing, for paper that has it printed on. */
  readonly from?: string | undefined;
  /** IANA zone in which letters are dated. Default `UTC`. */
  readonly zone?: string | undefined;
  /**
   * Makes a PDF of a page, such as with headless Chromium or a service of yours. A failure hands nothing over, and is
   * tried again.
   */
  readonly pdf?:
    | ((html: string, options: { readonly signal: AbortSignal }) => Promise<Uint8Array>)
    | undefined;
  /**
   * Hands a letter over to whoever prints and posts it: a postal service, a print shop, a folder. Answers like any
   * provider; `accepted` counts as sent. What it throws leaves open whether it took the letter, and is not repeated.
   * Without it a person prints and posts it: the text waits as a task until its outcome is told.
   */
  readonly deliver?: ((letter: Letter, options: SendOptions) => Promise<SendOutcome>) | undefined;
  /** Milliseconds for one letter, the PDF included. Default 30,000. */
  readonly timeout?: number | undefined;
}

/**
 * Letters as a channel: the catalogue's text for `letter` (subject and body, or one text) as a page with sender,
 * address and date. The address is the contact's `postal`. recobro prints and posts nothing itself.
 *
 * @throws RecobroError `invalid_option`, listing every option that is wrong
 *
 * @example
 * const channel = letter({
 *   from: 'Acme SA\nReforma 1\n06600 Ciudad de México',
 *   zone: 'America/Mexico_City',
 *   deliver: async ({ key, html }) => {
 *     await queueForPrinting(key, html);
 *     return { outcome: 'accepted', providerId: key };
 *   },
 * });
 */
export function letter(options: LetterOptions = {}): Channel {
  const { id = 'letter', consent = 'contract', deliver, pdf, from, zone } = options;
  const { timeout = defaultTimeout } = options;
  const check = new OptionCheck('letter');
  check.expect(from === undefined || isPostal(from), 'from', 'must be 2 to 10 lines, name and address');
  check.expect(zone === undefined || isZone(zone), 'zone', zoneForm);
  check.expect(deliver === undefined || typeof deliver === 'function', 'deliver', 'must be a function');
  check.expect(pdf === undefined || typeof pdf === 'function', 'pdf', 'must be a function');
  check.expect(
    pdf === undefined || deliver !== undefined,
    'pdf',
    'needs deliver: without it nobody is handed the PDF',
  );
  check.expectWhole(timeout, 'timeout', 1, longestTimeout);
  check.done();
  const traits = { id, address: 'postal', consent } as const;
  if (deliver === undefined) return defineChannel({ ...traits, manual: true, send: async () => byHand(id) });
  return defineChannel({
    ...traits,
    carries: ['attachments'],
    async send(message: OutboundMessage, sending: SendOptions): Promise<SendOutcome> {
      const { toName = '', attachments = [], content } = message;
      if (!isHeaderText(toName)) return refusedBefore(`${id}:invalid_name`, 'recipient');
      if (!attachments.every(isAttachment)) return refusedBefore(`${id}:invalid_attachment`, 'message');
      if (!isLanguage(message.language)) return refusedBefore(`${id}:invalid_language`, 'message');
      const page = letterPage(message, { now: sending.now, from, zone });
      const { key, tenant, account, to, language } = message;
      const subject = content.kind === 'email' ? content.subject : '';
      const made = { key, tenant, account, to, toName, language, subject, ...page, attachments };
      return handOver(id, timeout, sending, async (given) => {
        if (pdf === undefined) return deliver(made, given);
        const printed = await pdfOf(id, page.html, pdf, given);
        return 'outcome' in printed ? printed : deliver({ ...made, pdf: printed.bytes }, given);
      });
    },
  });
}

/** The PDF of a page. Whatever goes wrong, nothing was handed over yet. */
async function pdfOf(
  id: string,
  html: string,
  pdf: NonNullable<LetterOptions['pdf']>,
  { signal = new AbortController().signal }: SendOptions,
): Promise<SendOutcome | { readonly bytes: Uint8Array }> {
  let bytes: unknown;
  try {
    bytes = await pdf(html, { signal });
  } catch {
    // What was thrown may hold the page, and goes nowhere.
    return { outcome: 'retry', scope: 'message', code: `${id}:no_pdf` };
  }
  if (bytes instanceof Uint8Array && bytes.byteLength > 0) return { bytes };
  return misconfiguredBefore(`${id}:empty_pdf`, 'sender');
}
