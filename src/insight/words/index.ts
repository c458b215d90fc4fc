import { parseDuration } from '../../calendar/index.js';
import { type Formatter, formatterOf } from '../../messages/format.js';
import { canonicalLanguage } from '../../schema/checks/scalars.js';
import { en } from './en.js';
import { es } from './es.js';
import { pt } from './pt.js';
import type { Counted, Words } from './words.js';

export type { Words } from './words.js';

/** Words of a language with the formats that go with it. */
export interface Speech {
  readonly words: Words;
  readonly format: Formatter;
}

/** The words nearest to a BCP 47 language: Spanish, Portuguese, else English. */
export function speechOf(language: string | undefined): Speech {
  const tag = canonicalLanguage(language ?? 'en') ?? 'en';
  const words = [es, pt].find((one) => one.language === new Intl.Locale(tag).language) ?? en;
  // Words and formats of one language: dates in a language of which there are no words would be a patchwork.
  const locale = new Intl.Locale(tag).language === words.language ? tag : words.language;
  return { words, format: formatterOf(locale) };
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

/** A reason in words; codes of providers and of hosts are shown as they are. */
export function reasonOf(code: string, { words }: Speech): string {
  return Object.hasOwn(words.reasons, code) ? (words.reasons[code] ?? code) : code;
}

export function channelName(id: string, { words }: Speech): string {
  return Object.hasOwn(words.channels, id) ? (words.channels[id] ?? id) : id;
}
