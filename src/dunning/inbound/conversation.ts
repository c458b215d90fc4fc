import type { Party } from '../../channels/inbound.js';
import { type Problem, RecobroError } from '../../errors.js';
import type { Money } from '../../money/index.js';
import { type Intent, intents, type Reading } from '../../replies/index.js';
import { type Bot, type BotOptions, botOf } from './bot/port.js';
import type { PlanOffers } from './offers.js';

/** A message as a classifier sees it. */
export interface ClassifierInput {
  readonly text: string;
  /** BCP 47, the likeliest first. */
  readonly languages: readonly string[];
  /** `YYYY-MM-DD` where the writer is. */
  readonly today: string;
  readonly channel: string;
  /** What the writer owes, oldest due first, at most 100. */
  readonly open: readonly OpenInvoice[];
  /** What the rules made of it. */
  readonly rules: { readonly intent?: Intent | undefined; readonly confidence: number };
}

/** An open invoice as a classifier knows it. */
export interface OpenInvoice {
  readonly invoice: string;
  /** As it was written to the debtor. */
  readonly number: string;
  readonly currency: string;
  /** Minor units. */
  readonly outstanding: number;
}

/** What a classifier makes of it. */
export interface Classified {
  readonly intent?: Intent | undefined;
  /** 0 to 1. */
  readonly confidence: number;
  /** Of a promise: `YYYY-MM-DD`. */
  readonly date?: string | undefined;
  /** Ids of open invoices that are meant. Default: those whose numbers are written, else those that were asked for. */
  readonly invoices?: readonly string[] | undefined;
  /**
   * How much was paid, is promised or disputed: minor units, more than none, in the currency of the invoices meant, and
   * no more than is open of them; of a dispute with one invoice. What is not so is for a person. Default: all of it.
   */
  readonly amount?: Money | undefined;
}

/**
 * A model of the host's own that reads messages. Asked only where the rules are not sure. What it throws or answers
 * out of form counts as no answer; what it is not sure enough of changes nothing.
 */
export type ReplyClassifier = (
  message: ClassifierInput,
  options: { readonly signal: AbortSignal },
) => Promise<Classified | undefined>;

/** How what comes in is dealt with. */
export interface ConversationOptions {
  readonly classifier?: ReplyClassifier | undefined;
  /** Milliseconds that a classifier may take. Default 10,000. */
  readonly classifierTimeoutMs?: number | undefined;
  /** How sure a reading must be to change anything; below, a person is asked. From 0.5 to 1. Default 0.8. */
  readonly accept?: number | undefined;
  /**
   * What somebody who says stop is not written to on any more: `everywhere` (the default) or only the `channel` on
   * which it was said.
   */
  readonly stops?: 'everywhere' | 'channel' | undefined;
  /** Intents that only a person acts on, however sure the reading is. Default none. */
  readonly ask?: readonly Intent[] | undefined;
  /** Days that a promise may reach ahead; one that reaches further is for a person. From 1 to 366, default 60. */
  readonly promiseDays?: number | undefined;
  /** Plans that somebody who cannot pay at once may choose from: shown by links, and to whoever answers. Default none. */
  readonly plans?: PlanOffers | undefined;
  /** A plan that is chosen holds at once; by default a person approves it, by telling of it with `sync`. */
  readonly acceptPlans?: boolean | undefined;
  /** Answers people while nobody else does, and hands over. See docs/receiving.md. Default: nobody is answered by a machine. */
  readonly bot?: BotOptions | undefined;
  /** Hears of messages of people whom no account knows. They are looked for again for a week. */
  readonly onStranger?:
    | ((from: { readonly channel: string; readonly key: string; readonly party: Party }) => unknown)
    | undefined;
}

/** The same with everything said. */
export interface Conversation {
  readonly classifier: ReplyClassifier | undefined;
  readonly classifierTimeoutMs: number;
  readonly accept: number;
  readonly stops: 'everywhere' | 'channel';
  readonly ask: ReadonlySet<Intent>;
  readonly promiseDays: number;
  readonly plans: PlanOffers | undefined;
  readonly acceptPlans: boolean;
  readonly bot: Bot | undefined;
  readonly onStranger: ConversationOptions['onStranger'];
}

/**
 * @param hasHours whether the plan says when people are written to
 * @throws RecobroError `invalid_option` naming each that is wrong
 */
export function conversationOf(options: ConversationOptions = {}, hasHours = false): Conversation {
  const {
    classifier,
    classifierTimeoutMs = 10_000,
    accept = 0.8,
    stops = 'everywhere',
    ask = [],
    promiseDays = 60,
    plans,
    acceptPlans = false,
    onStranger,
  } = options;
  const problems: Problem[] = [];
  const expect = (fine: boolean, path: string, message: string): void => {
    if (!fine) problems.push({ path: `conversation.${path}`, code: 'invalid_value', message });
  };
  expect(classifier === undefined || typeof classifier === 'function', 'classifier', 'must be a function');
  expect(onStranger === undefined || typeof onStranger === 'function', 'onStranger', 'must be a function');
  expect(plans === undefined || typeof plans === 'function', 'plans', 'must be a function');
  expect(typeof acceptPlans === 'boolean', 'acceptPlans', 'must be true or false');
  expect(accept >= 0.5 && accept <= 1, 'accept', 'must be a number from 0.5 to 1');
  expect(stops === 'everywhere' || stops === 'channel', 'stops', "must be 'everywhere' or 'channel'");
  expect(
    Number.isSafeInteger(classifierTimeoutMs) && classifierTimeoutMs >= 1 && classifierTimeoutMs <= 120_000,
    'classifierTimeoutMs',
    'must be milliseconds from 1 to 120,000',
  );
  expect(
    Number.isSafeInteger(promiseDays) && promiseDays >= 1 && promiseDays <= 366,
    'promiseDays',
    'must be days from 1 to 366',
  );
  expect(
    Array.isArray(ask) && ask.every((one) => intents.includes(one)),
    'ask',
    `must be a list of ${intents.join(', ')}`,
  );
  const bot = botOf(options.bot, hasHours, expect);
  if (problems.length > 0)
    throw new RecobroError('invalid_option', 'the options are not valid', { problems });
  return {
    classifier,
    classifierTimeoutMs,
    accept,
    stops,
    ask: new Set(ask),
    promiseDays,
    plans,
    acceptPlans,
    bot,
    onStranger,
  };
}

/** A reading as it is acted on, or not. */
export interface Judged extends Reading {
  /** Sure enough, and not kept for people. */
  readonly acts: boolean;
}
