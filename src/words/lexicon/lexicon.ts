import type { AddressTrouble } from '../../contact/health.js';
import type { PlaceRefusal } from '../../contact/recipients.js';
import type { FactName } from '../../policy/facts.js';
import type { MessageKey, Reactions, Tone, Weekday } from '../../policy/types.js';
import type { Language } from '../language.js';
import type { ReasonCode } from '../reasons/en.js';

/** A word that changes with its number: for one, for several. */
export type Counted = readonly [one: string, many: string];

/** Texts by name: those that are known must be there, others may be asked for. */
type Named<K extends string> = Readonly<Record<K, string>> & Readonly<Record<string, string>>;

export type TaskName =
  | 'call'
  | 'decide'
  | 'letter'
  | 'review'
  | 'visit'
  | 'find-contact'
  | 'fix-message'
  | 'set-fee'
  | 'answer-reply'
  | 'verify-payment'
  | 'set-threshold'
  | 'set-rate'
  | 'set-tolerance'
  | 'offer-plan';

/** The terms that every text is made of, in one language. */
export interface Lexicon {
  readonly language: Language;
  /** A name or id within a sentence. */
  readonly quote: (name: string) => string;
  readonly tones: Readonly<Record<Tone, string>>;
  /** Channels whose name is not their id. */
  readonly channels: Readonly<Record<string, string>>;
  /** By unit of the duration grammar. */
  readonly units: Readonly<Record<'d' | 'bd' | 'w' | 'mo' | 'h' | 'min', Counted>>;
  readonly weekdays: Named<Weekday>;
  /** What conditions are put together with. */
  readonly conditions: Readonly<
    Record<
      'and' | 'or' | 'not' | 'known' | 'unknown' | 'has' | 'hasNot' | 'isOneOf' | 'isNotOneOf' | 'yes' | 'no',
      string
    >
  >;
  /** Names of facts in conditions. */
  readonly facts: Named<FactName>;
  /** What policies react to, as one names it. */
  readonly occasions: Readonly<Record<keyof Reactions, string>> & Readonly<Record<string, string>>;
  /** What items or messages are put together by. */
  readonly keys: Readonly<Record<Exclude<MessageKey, `item.attributes.${string}`>, string>>;
  readonly answerTo: (occasion: string) => string;
  /** Kinds of tasks that the presets and the engine raise. */
  readonly tasks: Named<TaskName>;
  /** Why one place of a channel chain cannot be used. */
  readonly refusals: Readonly<Record<PlaceRefusal['reason'], string>>;
  /** What is wrong with an address. */
  readonly troubles: Readonly<Record<AddressTrouble['state'] | 'malformed', string>>;
  readonly noContact: string;
  /** Codes of reasons, as clauses that sentences are made of. */
  readonly reasons: Named<ReasonCode>;
}
