import { parseDuration } from '../calendar/index.js';
import { type Formatter, formatterOf } from '../messages/format.js';
import { canonicalLanguage } from '../messages/language.js';
import { languageOf } from './language.js';
import { en } from './lexicon/en.js';
import { es } from './lexicon/es.js';
import type { Counted, Lexicon } from './lexicon/lexicon.js';
import { pt } from './lexicon/pt.js';

/** Words of a language with the formats that go with it. */
export interface Speech<W extends Lexicon = Lexicon> {
  readonly words: W;
  readonly format: Formatter;
}

const lexicons: Readonly<Record<Lexicon['language'], Lexicon>> = { en, es, pt };

/** The words nearest to a BCP 47 language: Spanish, Portuguese, else English. */
export function speechOf(language: string | undefined): Speech {
  return speechWith(language, lexicons);
}

/** The same with words of a reader's own beside the common ones. */
export function speechWith<W extends Lexicon>(
  language: string | undefined,
  all: Readonly<Record<Lexicon['language'], W>>,
): Speech<W> {
  const nearest = languageOf(language);
  const tag = canonicalLanguage(language ?? 'en') ?? 'en';
  // Words and formats of one language: dates in a language of which there are no words would be a patchwork.
  const locale = new Intl.Locale(tag).language === nearest ? tag : nearest;
  return { words: all[nearest], format: formatterOf(locale) };
}

/** `1 day`, `3 days`. */
export function counted(count: number, [one, many]: Counted, format: Formatter): string {
  return `${format.count(count)} ${count === 1 ? one : many}`;
}

/** A duration of the policy's grammar in words: `10d` is `10 days`. */
export function spanOf(text: string, { words, format }: Speech): string {
  const { count, unit } = parseDuration(text);
  return counted(count, words.units[unit], format);
}

/** What people told of calls and letters, behind the channel's id: `call:no_answer`. */
const told = /^[a-z][a-z0-9_-]*:(no_answer|wrong_address|not_done)$/;

/** A reason as a clause; codes of providers and of hosts are shown as they are. */
export function reasonOf(code: string, { words }: Speech): string {
  const [, ofPeople] = told.exec(code) ?? [];
  if (ofPeople !== undefined) return words.reasons[ofPeople] ?? code;
  return Object.hasOwn(words.reasons, code) ? (words.reasons[code] ?? code) : code;
}

/** A channel's name; of a host's own its id. */
export function channelName(id: string, { words }: Speech): string {
  return Object.hasOwn(words.channels, id) ? (words.channels[id] ?? id) : id;
}

/** A kind of task in words; of a host's own its name. */
export function taskName(name: string, { words }: Speech): string {
  return Object.hasOwn(words.tasks, name) ? (words.tasks[name] ?? name) : name;
}

/** What items or messages are put together by; a field of the host's own goes by its name there. */
export function keyName(key: string, { words }: Speech): string {
  const names: Readonly<Record<string, string>> = words.keys;
  return Object.hasOwn(names, key) ? (names[key] ?? key) : key.replace(/^item\.attributes\./, '');
}

/** A channel's name within a sentence: `by email`, where a label says `Email`. */
export function channelWithin(id: string, speech: Speech): string {
  const name = channelName(id, speech);
  return id === 'email' || id === 'call' || id === 'letter' ? name.toLowerCase() : name;
}
