import { type CompiledMessages, type TextEntry, textsOf } from './compile.js';
import { exampleFacts } from './examples.js';
import { formatterOf } from './format.js';
import type { Sender } from './sender.js';
import { renderTemplate, type Template } from './template.js';
import { textValues } from './values.js';
import { longestValue, variableOf } from './variables.js';
import { enoughWords, whatsappBodyLimit } from './whatsapp-body.js';
import { wordsOf } from './words.js';

/** Where in a catalogue something was found. */
export interface TextPlace {
  readonly message: string;
  readonly language: string;
  readonly channel: string;
  readonly form: TextEntry['form'];
}

/** Length of a text when every value is as long as it can reasonably be. */
export interface WorstLength extends TextPlace {
  readonly part: 'text' | 'subject';
  readonly length: number;
  readonly limit: number;
  readonly unit: 'characters' | 'segments';
}

/** Options of {@link worstLengths}. */
export interface LengthOptions {
  /** Segments of an SMS as the SMS channel sends it. */
  readonly smsSegments: (text: string) => number;
  /** The host's sender: its texts are measured instead of the longest imaginable. */
  readonly sender?: Sender | undefined;
  /** Characters of the longest payment link. Default 160. */
  readonly longestLink?: number | undefined;
  /** Default 3 segments, 1024 characters of WhatsApp, 120 of a subject. */
  readonly limits?:
    | {
        readonly smsSegments?: number | undefined;
        readonly whatsapp?: number | undefined;
        readonly subject?: number | undefined;
      }
    | undefined;
}

/** Every text that has a limit, with its length in the worst case. */
export function worstLengths(compiled: CompiledMessages, options: LengthOptions): WorstLength[] {
  const { limits = {} } = options;
  const lengths: WorstLength[] = [];
  for (const entry of textsOf(compiled)) {
    const { content, channel } = entry;
    const place = placeOf(entry);
    if (content.kind === 'email') {
      const length = worstText(content.email.subject, entry, options).length;
      lengths.push({ ...place, part: 'subject', length, limit: limits.subject ?? 120, unit: 'characters' });
    } else if (channel === 'sms') {
      const length = options.smsSegments(worstText(content.template, entry, options));
      lengths.push({ ...place, part: 'text', length, limit: limits.smsSegments ?? 3, unit: 'segments' });
    } else if (channel === 'whatsapp') {
      const length = worstText(content.template, entry, options).length;
      const limit = limits.whatsapp ?? whatsappBodyLimit;
      lengths.push({ ...place, part: 'text', length, limit, unit: 'characters' });
    }
  }
  return lengths;
}

/** What a message must say. */
export type RequiredContent = 'number' | 'amount' | 'due' | 'pay' | 'ask';

/** Variables that say it, of the text or of the items section. */
const sayers: Readonly<Record<RequiredContent, readonly string[]>> = {
  number: ['invoice.number', 'invoice.numbers', 'items.number'],
  amount: [
    'amount',
    'paid.amount',
    'promise.amount',
    'disputed.amount',
    'reported.amount',
    'items.amount',
    'items.paid',
  ],
  due: ['due', 'oldest.due', 'items.due'],
  pay: ['pay', 'payment.link'],
  ask: ['ask', 'sender.phone', 'sender.email'],
};

const required = {
  items: ['number', 'amount', 'due', 'pay', 'ask'],
  payment: ['number', 'amount'],
  promise: ['number', 'amount'],
  dispute: ['number', 'amount'],
  // How much was paid is not always said.
  report: ['number'],
} as const satisfies Readonly<Record<TextEntry['about'], readonly RequiredContent[]>>;

/** Who is called hears how to pay, and may ask, there and then: a script needs what the caller has to know. */
const ofCalls: readonly RequiredContent[] = ['number', 'amount', 'due'];

/** A text that lacks something. */
export interface MissingContent extends TextPlace {
  readonly missing: readonly RequiredContent[];
}

/**
 * Texts that do not say what a debtor needs: which invoice, how much, due when,
 * how to pay, whom to ask. Messages about a payment, a promise or a dispute need
 * the first two.
 */
export function missingContent(compiled: CompiledMessages): MissingContent[] {
  const found: MissingContent[] = [];
  for (const entry of textsOf(compiled)) {
    const { content } = entry;
    const said =
      content.kind === 'text'
        ? content.template.variables
        : [...content.email.variables, ...content.email.itemVariables.map((variable) => `items.${variable}`)];
    const asked: readonly RequiredContent[] = required[entry.about];
    const missing = asked
      .filter((part) => entry.channel !== 'call' || ofCalls.includes(part))
      .filter((part) => !sayers[part].some((name) => said.includes(name)));
    if (missing.length > 0) found.push({ ...placeOf(entry), missing });
  }
  return found;
}

/** WhatsApp texts with so many variables and so few words that a template review is likely to refuse them. */
export function wordlessTemplates(compiled: CompiledMessages): TextPlace[] {
  return [...textsOf(compiled)]
    .filter(({ channel, content }) => channel === 'whatsapp' && content.kind === 'text')
    .filter(({ content }) => content.kind === 'text' && !enoughWords(content.template))
    .map(placeOf);
}

function worstText(template: Template, entry: TextEntry, { sender, longestLink = 0 }: LengthOptions): string {
  const { channel, language, form } = entry;
  const known =
    sender === undefined
      ? undefined
      : textValues({
          channel,
          facts: withoutLinks(exampleFacts(language, form, sender)),
          format: formatterOf(language),
          words: wordsOf(language),
        });
  return renderTemplate(template, (name) => {
    const variable = variableOf(name, 'text');
    const usual = variable === undefined ? 0 : longestValue(variable, channel);
    const longest = 'n'.repeat(
      name === 'pay' || name === 'payment.link' ? Math.max(usual, longestLink) : usual,
    );
    if (known === undefined || !(name.startsWith('sender.') || name === 'ask' || name === 'pay')) {
      return longest;
    }
    const value = known(name);
    // A payment link may stand in for the sender's instructions, so the longer of both counts.
    return name === 'pay' && value.length < longest.length ? longest : value;
  }).trim();
}

function withoutLinks(facts: ReturnType<typeof exampleFacts>): ReturnType<typeof exampleFacts> {
  return {
    ...facts,
    payment: undefined,
    items: facts.items.map((item) => ({ ...item, paymentUrl: undefined })),
  };
}

function placeOf({ message, language, channel, form }: TextEntry): TextPlace {
  return { message, language, channel, form };
}
