import { type Day, formatDay, isDay, parseDay } from '../../calendar/index.js';
import type { InboundMessage } from '../../channels/inbound.js';
import { intents, type Reading, readReply } from '../../replies/index.js';
import type { Context } from '../context.js';
import { codeOf } from '../failures.js';
import type { Classified, Conversation, Judged } from './conversation.js';

/** Where and in which languages a message is read. */
export interface ReadingPlace {
  readonly channel: string;
  readonly languages: readonly string[];
  readonly today: Day;
}

/**
 * Reads a message: the provider's word, buttons, words and phrases first, then the host's classifier where these
 * leave doubt. A classifier never overrules a word that stops.
 */
export async function readMessage(
  { conversation, logger }: Pick<Context, 'conversation' | 'logger'>,
  event: InboundMessage,
  place: ReadingPlace,
): Promise<Judged> {
  const text = [event.subject, event.text].filter((one) => one !== undefined).join('\n');
  const { payload, keyword } = event;
  const rules = readReply({ text, payload, keyword, languages: place.languages, today: place.today });
  const doubtful = rules.confidence < conversation.accept && text.trim() !== '';
  const told = doubtful ? await classified(conversation, text, rules, place, logger) : undefined;
  const reading = told === undefined || told.confidence <= rules.confidence ? rules : told;
  const { intent, confidence } = reading;
  const acts = intent !== undefined && confidence >= conversation.accept && !conversation.ask.has(intent);
  return { ...reading, acts };
}

async function classified(
  { classifier, classifierTimeoutMs }: Conversation,
  text: string,
  rules: Reading,
  { channel, languages, today }: ReadingPlace,
  logger: Context['logger'],
): Promise<Reading | undefined> {
  if (classifier === undefined) return undefined;
  try {
    const { intent, confidence } = rules;
    const found: Classified | undefined = await classifier(
      { text, languages, today: formatDay(today), channel, rules: { intent, confidence } },
      { signal: AbortSignal.timeout(classifierTimeoutMs) },
    );
    return checked(found, today);
  } catch (error) {
    logger.warn('the classifier of replies failed; the rules stand', { code: codeOf(error) });
    return undefined;
  }
}

/** What a host's model answers may be anything. */
function checked(found: Classified | undefined, today: Day): Reading | undefined {
  if (typeof found !== 'object' || found === null) return undefined;
  const intent = intents.find((one) => one === found.intent);
  const { confidence, date } = found;
  if (typeof confidence !== 'number' || !(confidence >= 0 && confidence <= 1)) return undefined;
  const day = typeof date === 'string' && isDay(date) ? parseDay(date) : undefined;
  return {
    confidence,
    by: 'classifier',
    ...(intent === undefined ? {} : { intent }),
    ...(intent === 'promise' && day !== undefined && day >= today ? { day } : {}),
  };
}
