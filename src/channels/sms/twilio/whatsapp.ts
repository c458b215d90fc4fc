import type { Channel, OutboundMessage, SendOptions, SendOutcome } from '../../channel.js';
import { linkOf, variableOf } from '../../filled.js';
import { fieldOf } from '../../json.js';
import { type MappedForms, type MessageMap, mappedTo, visitMapped } from '../../mapped.js';
import { OptionCheck } from '../../options.js';
import { misconfiguredBefore, refusedBefore } from '../../outcomes.js';
import { parameterText } from '../../parameter-text.js';
import { isPhone } from '../../phone.js';
import {
  checkAccount,
  isSid,
  longestBody,
  poster,
  receiving,
  type TwilioOptions,
  validityOf,
} from './account.js';
import { messageFields } from './request.js';

/** A Content template of Twilio's that WhatsApp approved, and what fills it. */
export interface TwilioContent {
  /** `HX` and 32 hexadecimal digits. */
  readonly contentSid: string;
  /**
   * What fills its placeholders: names of the message's variables in order (`{{1}}`, `{{2}}`, …), or by the template's
   * own names. Default: the variables of the message's text in order of first appearance. A text with names in double
   * braces, such as `{{invoice.number}}.pdf`, is filled and encoded as a part of an address: media and buttons of a
   * template have an address that ends in a placeholder.
   */
  readonly variables?: readonly string[] | Readonly<Record<string, string>> | undefined;
  /** As the channel's own, for this template alone: `template` where it brings a document, which the text by itself has not. */
  readonly insideWindow?: 'text' | 'template' | undefined;
}

/** One template for both forms of a message, or one for each. */
export type TwilioContentForms = MappedForms<TwilioContent>;

/** Which Content template a message goes out as: by message id, then by language (BCP 47); `es-MX` falls back to `es`. */
export type TwilioContentMap = MessageMap<TwilioContent>;

/** Options of {@link twilioWhatsapp}. */
export interface TwilioWhatsappOptions extends TwilioOptions {
  /** E.164 number of the WhatsApp sender. This or `messagingServiceSid`, or both. */
  readonly from?: string | undefined;
  /** Which Content template each message goes out as, or a choice in code. */
  readonly contents: TwilioContentMap | ((message: OutboundMessage) => TwilioContent | undefined);
  /**
   * What goes out while the recipient's service window is open, that is, for a day after it wrote: the `text` itself,
   * for which Meta charges nothing, or the `template` all the same. Default `text`.
   */
  readonly insideWindow?: 'text' | 'template' | undefined;
}

/** A call that takes its time, and clocks that differ, must not miss the window. */
const margin = 5 * 60_000;

/**
 * WhatsApp over Twilio, by Content templates, which may be sent at any time. It is the channel `whatsapp` as the
 * Cloud API's is: one of the two is given. Needs consent on record. Twilio has no idempotency key: a time-out or a
 * connection that breaks is `unknown`, never a retry.
 *
 * @throws RecobroError `invalid_option`, listing every option that is wrong.
 *
 * @example
 * const channel = twilioWhatsapp({
 *   accountSid,
 *   authToken,
 *   from: '+15005550006',
 *   contents: { firm: { es: { contentSid: 'HX0123…', variables: ['contact.name', 'amount'] } } },
 * });
 */
export function twilioWhatsapp(options: TwilioWhatsappOptions): Channel {
  const { from, insideWindow = 'text' } = options;
  const check = new OptionCheck('twilioWhatsapp');
  checkAccount(check, options);
  if (from !== undefined) check.expect(isPhone(from), 'from', 'must be an E.164 number');
  check.expect(['text', 'template'].includes(insideWindow), 'insideWindow', "must be 'text' or 'template'");
  checkContents(check, options.contents);
  check.done();

  const sender = {
    from: from === undefined ? undefined : `whatsapp:${from}`,
    messagingServiceSid: options.messagingServiceSid,
    statusCallback: options.statusCallback,
    validitySeconds: validityOf(options),
  };
  const post = poster(options);
  return {
    id: 'whatsapp',
    address: 'phone',
    consent: 'required',
    async send(message: OutboundMessage, sendOptions: SendOptions): Promise<SendOutcome> {
      if (!isPhone(message.to)) return refusedBefore('whatsapp:invalid_recipient', 'recipient', true);
      if (message.content.kind !== 'text')
        return misconfiguredBefore('whatsapp:content_not_text', 'template');
      const to = `whatsapp:${message.to}`;
      const free = (): string | undefined => freeText(message, sendOptions.now);
      const say = (body: string): Promise<SendOutcome> =>
        post(messageFields(message, sender, { to, body }), sendOptions);
      if (message.answer !== undefined) {
        const answer = free();
        return answer === undefined ? refusedBefore('whatsapp:window_closed', 'message') : say(answer);
      }
      const content = chosen(message, options.contents);
      const inside = (typeof content === 'string' ? undefined : content.insideWindow) ?? insideWindow;
      const text = inside === 'text' ? free() : undefined;
      if (text !== undefined) return say(text);
      if (typeof content === 'string') return misconfiguredBefore(`whatsapp:${content}`, 'template');
      const contentVariables = valuesOf(message, content);
      // Of one debtor alone it may be, so that the template is not held back for all others.
      if (contentVariables === undefined) return misconfiguredBefore('whatsapp:variable_missing', 'message');
      const said = { to, contentSid: content.contentSid, contentVariables };
      return post(messageFields(message, sender, said), sendOptions);
    },
    ...receiving(options, 'whatsapp'),
  };
}

/** The text itself, where the recipient's service window is open long enough for it to arrive and it fits. */
function freeText({ content, windowUntil }: OutboundMessage, now: number): string | undefined {
  if (content.kind !== 'text' || windowUntil === undefined || windowUntil - now < margin) return undefined;
  return content.text.trim() === '' || content.text.length > longestBody ? undefined : content.text;
}

function chosen(
  message: OutboundMessage,
  contents: TwilioWhatsappOptions['contents'],
): TwilioContent | 'template_not_mapped' | 'template_choice_failed' | 'template_invalid' {
  try {
    const content =
      typeof contents === 'function' ? contents(message) : mappedTo(contents, message, 'contentSid');
    if (content === undefined) return 'template_not_mapped';
    return isContent(content) ? content : 'template_invalid';
  } catch {
    // A host's own function may throw; nothing was sent then, and the outcome tells.
    return 'template_choice_failed';
  }
}

/** The values by placeholder, or undefined where one is missing or empty: a placeholder never goes out empty. */
function valuesOf(
  { content }: OutboundMessage,
  { variables }: TwilioContent,
): Record<string, string> | undefined {
  if (content.kind !== 'text') return undefined;
  const { parameters } = content;
  const wanted = variables ?? parameters.map(({ name }) => name);
  const entries: [string, string][] = Array.isArray(wanted)
    ? wanted.map((variable, index) => [String(index + 1), variable])
    : Object.entries(wanted);
  const values: Record<string, string> = {};
  for (const [placeholder, variable] of entries) {
    const text = variable.includes('{{')
      ? (linkOf(variable, { content }) ?? '')
      : parameterText(variableOf({ content }, variable));
    if (text === '') return undefined;
    values[placeholder] = text;
  }
  return values;
}

function checkContents(check: OptionCheck, contents: unknown): void {
  if (typeof contents === 'function') return;
  if (typeof contents !== 'object' || contents === null) {
    check.expect(false, 'contents', 'must map message ids to Content templates, or be a function');
    return;
  }
  visitMapped(
    contents,
    'contentSid',
    (content, path) =>
      check.expect(
        isContent(content),
        `contents.${path}`,
        'must have a contentSid (HX and 32 hexadecimal digits) and variables that are a list, or a map of placeholders',
      ),
    (path) => check.expect(false, `contents.${path}`, 'is no form of a message; use one or many'),
  );
}

function isContent(value: unknown): value is TwilioContent {
  const variables = fieldOf(value, 'variables');
  const texts = typeof variables === 'object' && variables !== null ? Object.entries(variables) : [];
  return (
    isSid('HX', fieldOf(value, 'contentSid')) &&
    (variables === undefined || (typeof variables === 'object' && variables !== null)) &&
    [undefined, 'text', 'template'].some((inside) => inside === fieldOf(value, 'insideWindow')) &&
    texts.every(([name, variable]) => /^\w{1,64}$/.test(name) && typeof variable === 'string')
  );
}
