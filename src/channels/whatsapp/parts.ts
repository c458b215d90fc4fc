import { fieldOf } from '../json.js';
import type { OptionCheck } from '../options.js';

/** A label of a button: the same in every language, or by language (BCP 47). At most 25 characters. */
export type WhatsappLabel = string | Readonly<Record<string, string>>;

/** A document above the text: the PDF that the stage attaches, else what the link leads to. */
export interface WhatsappDocumentHeader {
  readonly type: 'document';
  /**
   * Where the document is to be had when the message brings none, or when Meta does not take it. Variables of the
   * message's text stand in double braces: `https://acme.example/f/{{invoice.number}}.pdf`. Meta fetches it itself,
   * so it must need no login, and be hard to guess.
   */
  readonly link?: string | undefined;
  /** Name that the reader sees for what the link leads to. An attached document brings its own. */
  readonly filename?: string | undefined;
}

/**
 * A button that answers for the reader. Its payload comes back when it is pressed: `paid`, `promise` or
 * `promise:<date>`, `dispute:{{invoice.number}}`, `plan`, `stop` and `help` are understood without a word being read.
 */
export interface WhatsappReplyButton {
  readonly type: 'reply';
  /** At most 256 characters; variables of the message's text stand in double braces. */
  readonly payload: string;
  /** What stands on it. Needed for definitions, and for asking inside the service window. */
  readonly text?: WhatsappLabel | undefined;
}

/** A button that opens a page. */
export interface WhatsappUrlButton {
  readonly type: 'url';
  /** The fixed part of the address, as approved: `https://pay.acme.example/i/`. */
  readonly url: string;
  /**
   * What follows the fixed part, for templates whose address ends in a variable: text with variables of the message's
   * text in double braces. A variable that is itself an address within the fixed part, as `{{pay}}` may be, gives what
   * follows it; any other value is encoded.
   */
  readonly suffix?: string | undefined;
  readonly text?: WhatsappLabel | undefined;
}

/** A button that calls a number: it is part of the template and takes nothing. */
export interface WhatsappPhoneButton {
  readonly type: 'phone';
  /** E.164. */
  readonly phone: string;
  readonly text?: WhatsappLabel | undefined;
}

/** A button of a template, in the order in which the template has them. */
export type WhatsappButton = WhatsappReplyButton | WhatsappUrlButton | WhatsappPhoneButton;

/** What a template has beside its body, and how long it may take to arrive. */
export interface WhatsappParts {
  readonly header?: WhatsappDocumentHeader | undefined;
  readonly buttons?: readonly WhatsappButton[] | undefined;
}

/** Payloads longer than this may be refused. */
export const longestPayload = 256;
/** Suffixes longer than this may be refused. */
export const longestSuffix = 2000;
/** Meta: templates/components, 2026-05-06. */
const mostButtons = 10;
const most = { reply: 10, url: 2, phone: 1 } as const;
export const longestLabel = 25;

/** The label in a language: its own, that of a parent language, else nothing. */
export function labelOf(label: WhatsappLabel | undefined, language: string): string | undefined {
  if (label === undefined || typeof label === 'string') return label;
  for (let tag = language; tag !== ''; tag = tag.slice(0, Math.max(tag.lastIndexOf('-'), 0)))
    if (Object.hasOwn(label, tag)) return label[tag];
  return undefined;
}

/** Notes everything that a template could not have beside its body. */
export function checkParts(check: OptionCheck, parts: unknown, path: string): void {
  for (const [where, what] of partProblems(parts)) check.expect(false, `${path}.${where}`, what);
}

/** What is wrong with header and buttons, each with its path. A function of the host's may have given anything. */
export function partProblems(parts: unknown): [path: string, message: string][] {
  const header = fieldOf(parts, 'header');
  const buttons = fieldOf(parts, 'buttons');
  return [...headerProblems(header), ...buttonProblems(buttons)];
}

function* headerProblems(header: unknown): Generator<[string, string]> {
  if (header === undefined) return;
  if (fieldOf(header, 'type') !== 'document') {
    yield ['header', "must be { type: 'document' }"];
    return;
  }
  const link = fieldOf(header, 'link');
  if (link !== undefined && !isAddress(link)) yield ['header.link', 'must be an https address'];
  const filename = fieldOf(header, 'filename');
  if (filename !== undefined && !isText(filename, 240))
    yield ['header.filename', 'must be a name of at most 240 characters'];
}

function* buttonProblems(buttons: unknown): Generator<[string, string]> {
  if (buttons === undefined) return;
  if (!Array.isArray(buttons) || buttons.length > mostButtons) {
    yield ['buttons', `must be a list of at most ${mostButtons} buttons`];
    return;
  }
  for (const [index, button] of buttons.entries())
    for (const [key, message] of oneButton(button)) yield [`buttons[${index}]${key}`, message];
  const types = buttons.map((button) => fieldOf(button, 'type'));
  for (const [type, limit] of Object.entries(most))
    if (types.filter((one) => one === type).length > limit)
      yield ['buttons', `has more than ${limit} of the type ${type}`];
  const groups = types.filter((type, index) => type === 'reply' && types[index - 1] !== 'reply').length;
  if (groups > 1) yield ['buttons', 'must keep the buttons of the type reply together'];
}

function* oneButton(button: unknown): Generator<[string, string]> {
  const text = fieldOf(button, 'text');
  const labels = typeof text === 'object' && text !== null ? Object.values(text) : [text];
  if (text !== undefined && (labels.length === 0 || !labels.every((label) => isText(label, longestLabel))))
    yield ['.text', `must be a text of at most ${longestLabel} characters, or such texts by language`];
  switch (fieldOf(button, 'type')) {
    case 'reply':
      if (!isText(fieldOf(button, 'payload'), longestPayload))
        yield ['.payload', `must be a text of at most ${longestPayload} characters`];
      return;
    case 'url': {
      if (!isAddress(fieldOf(button, 'url')) || String(fieldOf(button, 'url')).includes('{'))
        yield ['.url', 'must be an http or https address without variables; they belong into suffix'];
      const suffix = fieldOf(button, 'suffix');
      if (suffix !== undefined && !isText(suffix, longestSuffix))
        yield ['.suffix', `must be a text of at most ${longestSuffix} characters`];
      return;
    }
    case 'phone':
      if (!/^\+[1-9][0-9]{6,14}$/.test(String(fieldOf(button, 'phone'))))
        yield ['.phone', 'must be an E.164 number'];
      return;
    default:
      yield ['', 'must have the type reply, url or phone'];
  }
}

function isAddress(value: unknown): boolean {
  return typeof value === 'string' && /^https?:\/\/[^\s/]/.test(value) && URL.canParse(value);
}

function isText(value: unknown, longest: number): boolean {
  return typeof value === 'string' && value.trim() !== '' && value.length <= longest;
}
