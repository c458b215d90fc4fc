import type { FactName } from '../../policy/facts.js';
import type { Tone, Weekday } from '../../policy/types.js';
import type { Language } from '../language.js';
import type { ReasonCode } from '../reasons/en.js';

/** A word that changes with its number: for one, for several. */
export type Counted = readonly [one: string, many: string];

/** Texts by name: those that are known must be there, others may be asked for. */
type Named<K extends string> = Readonly<Record<K, string>> & Readonly<Record<string, string>>;

/** The terms that every text is made of, in one language. */
export interface Lexicon {
  readonly language: Language;
  readonly tones: Readonly<Record<Tone, string>>;
  /** Channels whose name is not their id. */
  readonly channels: Readonly<Record<string, string>>;
  /** By unit of the duration grammar. */
  readonly units: Readonly<Record<'d' | 'bd' | 'w' | 'mo' | 'h' | 'min', Counted>>;
  readonly weekdays: Named<Weekday>;
  /** What conditions are put together with. */
  readonly conditions: Readonly<
    Record<'and' | 'or' | 'not' | 'known' | 'unknown' | 'has' | 'isOneOf' | 'yes' | 'no', string>
  >;
  /** Names of facts in conditions. */
  readonly facts: Named<FactName>;
  /** Codes of reasons, as clauses that sentences are made of. */
  readonly reasons: Named<ReasonCode>;
}
