import { isGsm7, septetsOf } from './gsm7.js';
import { segmentsOf } from './segments.js';

/** Options of {@link plainSms}. */
export interface PlainSmsOptions {
  /**
   * Whether letters may lose an accent that the 7-bit alphabet lacks (á í ó ú ã
   * ç become a i o u a c; é ñ ü à stay). Default true.
   */
  readonly transliterate?: boolean | undefined;
}

/**
 * The text as one that fits the cheap 7-bit alphabet, where that can be had
 * without loss of meaning: a single í or a no-break space inside an amount would
 * otherwise more than double the number of segments. Spaces, quotes, dashes and
 * currency signs are replaced by their plain forms, accents are dropped where
 * the alphabet has only the bare letter. A text that cannot fit (Hindi, emoji)
 * comes back as it was: spoiling its accents would gain nothing.
 *
 * @example
 * plainSms('Le recordamos: 1.250,00\u00a0€, último día'); // 'Le recordamos: 1.250,00 €, ultimo dia'
 */
export function plainSms(text: string, options: PlainSmsOptions = {}): string {
  const composed = text.normalize('NFC');
  let plain = '';
  for (const character of composed) plain += plainOf(character, options.transliterate ?? true);
  // A sign written before its number gets exactly one space: ₹ 500 and ₹500 become Rs 500.
  plain = plain.replace(/(Rs|CRC|Gs) {2,}(?=\d)/g, '$1 ');
  // Some signs grow (… becomes three dots): never at the price of a segment.
  return isGsm7(plain) && segmentsOf(plain).segments <= segmentsOf(text).segments ? plain : text;
}

function plainOf(character: string, transliterate: boolean): string {
  if (septetsOf(character) !== undefined) return character;
  const fixed = replacements.get(character);
  if (fixed !== undefined) return fixed;
  if (/\p{Zs}/u.test(character)) return ' ';
  if (/\p{Cf}/u.test(character)) return '';
  return transliterate ? bare(character) : character;
}

/** The letter without its accent, where that is a letter of the alphabet. */
function bare(character: string): string {
  const letter = character.normalize('NFD').replace(/\p{M}+/gu, '');
  return letter !== '' && isGsm7(letter) ? letter : character;
}

const replacements: ReadonlyMap<string, string> = new Map([
  ['\u2018', "'"],
  ['\u2019', "'"],
  ['\u201a', "'"],
  ['\u201b', "'"],
  ['\u2032', "'"],
  ['\u00b4', "'"],
  ['`', "'"],
  ['\u201c', '"'],
  ['\u201d', '"'],
  ['\u201e', '"'],
  ['\u2033', '"'],
  ['\u00ab', '"'],
  ['\u00bb', '"'],
  ['\u2010', '-'],
  ['\u2011', '-'],
  ['\u2012', '-'],
  ['\u2013', '-'],
  ['\u2014', '-'],
  ['\u2015', '-'],
  ['\u2212', '-'],
  ['\u2022', '-'],
  ['\u00b7', '-'],
  ['\u2026', '...'],
  ['\u00ba', 'o'],
  ['\u00aa', 'a'],
  ['\u00b0', 'o'],
  ['\u00d7', 'x'],
  ['\t', ' '],
  ['\u2028', '\n'],
  ['\u2029', '\n'],
  ['\u20b9', 'Rs '],
  ['\u20a8', 'Rs '],
  ['\u20a1', 'CRC '],
  ['\u20b2', 'Gs '],
]);
