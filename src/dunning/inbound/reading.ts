import { type Day, formatDay, isDay, parseDay } from '../../calendar/index.js';
import type { InboundMessage } from '../../channels/inbound.js';
import { isCurrency, type Money } from '../../money/index.js';
import { intents, type Reading, readReply } from '../../replies/index.js';
import type { Context } from '../context.js';
import { codeOf } from '../failures.js';
import type { Classified, Conversation, Judged, OpenInvoice } from './conversation.js';
import { within } from './within.js';

/** Where and in which languages a message is read. */
export interface ReadingPlace {
  readonly channel: string;
  readonly languages: readonly string[];
  /** What is open of the account, as the writer may know it. */
  readonly open: readonly OpenInvoice[];
  /** The day on which it was written, where the account is. */
  readonly today: Day;
  /** The day on which it is read: providers may bring a message days later. */
  readonly now: Day;
}

/** What nobody wrote on purpose, or said nothing with: read by rules for the log, acted on by nobody. */
const wordless: ReadonlySet<InboundMessage['kind']> = new Set(['auto-reply', 'reaction']);

/**
 * Reads a message: the provider's word, buttons, words and phrases first, then the host's classifier where these
 * leave doubt. A classifier never overrules a word that stops.
 */
export async function readMessage(
  { conversation, logger }: Pick<Context, 'conversation' | 'logger'>,
  event: InboundMessage,
  place: ReadingPlace,
): Promise<Judged> {
  const meant = !wordless.has(event.kind);
  const { text, rules } = byRules(event, place);
  const doubtful = meant && rules.confidence < conversation.accept && text.trim() !== '';
  const told = doubtful ? await classified(conversation, text, rules, place, logger) : undefined;
  const reading = told === undefined || told.confidence <= rules.confidence ? rules : told;
  const { intent, confidence, day } = reading;
  const acts =
    meant &&
    !('invalid' in reading) &&
    event.unproven !== true &&
    intent !== undefined &&
    confidence >= conversation.accept &&
    !conversation.ask.has(intent) &&
    // Said in time, but told late: the day is over, and was never kept or broken as anybody knew of it.
    (day === undefined || day >= place.now);
  const { invalid: _, ...judged }: Reading & { readonly invalid?: true } = reading;
  return { ...judged, acts };
}

/** A word that is all of the body says so whatever stands above it. */
function byRules(
  event: InboundMessage,
  { languages, today, open }: ReadingPlace,
): { readonly text: string; readonly rules: Reading } {
  const { payload, keyword } = event;
  const currencies = [...new Set(open.map(({ currency }) => currency))];
  const read = (text: string): Reading => readReply({ text, payload, keyword, languages, today, currencies });
  const text = [ownSubject(event), event.text].filter((one) => one !== undefined).join('\n');
  const alone = event.text === undefined ? undefined : read(event.text);
  return { text, rules: alone?.by === 'word' ? alone : read(text) };
}

const answers = /^\s*(?:re|rv|res|fwd?|enc|aw|tr)\s*(?:\[\d+\])?\s*:/i;

/** The subject of an answer is ours: what stands there was not said by whoever answers. */
function ownSubject({ subject, replyTo }: InboundMessage): string | undefined {
  return subject === undefined || replyTo !== undefined || answers.test(subject) ? undefined : subject;
}

async function classified(
  { classifier, classifierTimeoutMs }: Conversation,
  text: string,
  rules: Reading,
  { channel, languages, today, open }: ReadingPlace,
  logger: Context['logger'],
): Promise<ReturnType<typeof checked>> {
  if (classifier === undefined) return undefined;
  try {
    const { intent, confidence } = rules;
    const asked = {
      text,
      languages,
      today: formatDay(today),
      channel,
      open: open.slice(0, mostInvoices),
      rules: { intent, confidence },
    };
    const found = await within(classifierTimeoutMs, (signal) => classifier(asked, { signal }));
    return checked(found, today);
  } catch (error) {
    logger.warn('the classifier of replies failed; the rules stand', { code: codeOf(error) });
    return undefined;
  }
}

/** As many as a model needs, and as anybody means in one message. */
const mostInvoices = 100;

/** What a host's model answers may be anything. What it says of invoices and amounts is held to what is open later. */
function checked(
  found: Classified | undefined,
  today: Day,
): (Reading & { readonly invalid?: true }) | undefined {
  if (typeof found !== 'object' || found === null) return undefined;
  const intent = intents.find((one) => one === found.intent);
  const { confidence, date, invoices, amount } = found;
  if (typeof confidence !== 'number' || !(confidence >= 0 && confidence <= 1)) return undefined;
  const day = typeof date === 'string' && isDay(date) ? parseDay(date) : undefined;
  return {
    confidence,
    by: 'classifier',
    ...(intent === undefined ? {} : { intent }),
    ...(intent === 'promise' && day !== undefined && day >= today ? { day } : {}),
    ...(isNames(invoices) ? { invoices: [...new Set(invoices)] } : {}),
    ...(isMoney(amount) ? { amount: { minor: amount.minor, currency: amount.currency } } : {}),
    // Somebody else sees what it meant: to leave it out would be to mean all that is owed.
    ...((invoices === undefined || isNames(invoices)) && (amount === undefined || isMoney(amount))
      ? {}
      : { invalid: true }),
  };
}

function isNames(value: unknown): value is readonly string[] {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.length <= mostInvoices &&
    value.every((one) => typeof one === 'string')
  );
}

function isMoney(value: unknown): value is Money {
  if (typeof value !== 'object' || value === null) return false;
  const { minor, currency }: { minor?: unknown; currency?: unknown } = value;
  return (
    Number.isSafeInteger(minor) && Number(minor) > 0 && typeof currency === 'string' && isCurrency(currency)
  );
}
