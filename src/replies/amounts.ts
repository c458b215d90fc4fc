import { currencyExponent, isCurrency, type Money } from '../money/index.js';
import { normalText } from './normal.js';

/** What a text says of how much: nothing, one amount that can be nothing else, or something that a person has to read. */
export type FoundAmount =
  | { readonly state: 'none' }
  | { readonly state: 'unclear' }
  | { readonly state: 'clear'; readonly money: Money };

/** In which currencies something is owed, and how numbers are written where the writer is. */
export interface AmountPlace {
  readonly currencies: readonly string[];
  /** BCP 47, the likeliest first. Without a region nothing is assumed about points and commas. */
  readonly languages: readonly string[];
}

const pesos = ['MXN', 'COP', 'CLP', 'ARS', 'UYU', 'DOP', 'CUP', 'PHP'];
const dollars = ['USD', 'CAD', 'AUD', 'NZD', 'SGD', 'HKD'];

/** What stands before a number, and which currencies it may mean. */
const signs: Readonly<Record<string, readonly string[]>> = {
  us$: ['USD'],
  u$s: ['USD'],
  u$d: ['USD'],
  mx$: ['MXN'],
  r$: ['BRL'],
  's/.': ['PEN'],
  's/': ['PEN'],
  $: [...pesos, ...dollars],
  '€': ['EUR'],
  '£': ['GBP'],
  '₹': ['INR'],
  '₡': ['CRC'],
  '₲': ['PYG'],
};

/** What stands after a number, without marks over letters. */
const units: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^pesos?$/, pesos],
  [/^dolares$|^dolar$/, ['USD']],
  [/^dollars?$|^bucks$/, dollars],
  [/^soles$|^sol$/, ['PEN']],
  [/^reais$|^real$|^reales$/, ['BRL']],
  [/^euros?$|^€$/, ['EUR']],
  [/^libras?$|^pounds?$|^£$/, ['GBP']],
  [/^rupees?$|^rupias?$/, ['INR']],
  [/^colones$|^colon$/, ['CRC']],
  [/^quetzal(?:es)?$/, ['GTQ']],
  [/^bolivianos?$/, ['BOB']],
  [/^lempiras?$/, ['HNL']],
];

/** A number with what may stand around it. */
const mention =
  /(us\$|u\$s|u\$d|mx\$|r\$|s\/\.?|[$€£₹₡₲]|(?<![\p{L}\p{N}])\p{L}{3,10})?\s{0,2}(\d+(?:[.,]\d+)*)(?:\s{0,2}(\p{L}{3,10}|[€£]))?/giu;
/** Of thousands, of a hundred, or the rest of a number that is written with spaces. */
const more = /^\s{0,2}(?:%|por ?cien|percent|per cent|k\b|mil\b|mill?[oóõ]|million|thousand|\d)/iu;

interface Mention {
  readonly from: number;
  readonly to: number;
  readonly digits: string;
  readonly means: readonly string[];
  /** It is a part of something else. */
  readonly odd: boolean;
}

function mentionsIn(text: string, currencies: readonly string[] | undefined): readonly Mention[] {
  const found: Mention[] = [];
  for (const match of text.matchAll(mention)) {
    const [whole, sign, digits = '', word] = match;
    const unit = word === undefined ? undefined : meaningOf(word, currencies);
    const before =
      sign === undefined ? undefined : (signs[sign.toLowerCase()] ?? meaningOf(sign, currencies));
    // "500 mil pesos": somebody else counts the noughts.
    const many =
      unit === undefined && word !== undefined && isMany(word, text.slice(match.index + whole.length));
    if (before === undefined && unit === undefined && !many) continue;
    const number = match.index + whole.indexOf(digits);
    const from = before === undefined ? number : match.index;
    const to = unit === undefined ? number + digits.length : match.index + whole.length;
    const both = before !== undefined && unit !== undefined;
    const means = both ? before.filter((one) => unit.includes(one)) : (before ?? unit ?? []);
    const ahead = text.slice(Math.max(0, from - 2), from);
    const odd = /[\p{L}\p{N}][-/.,]?$|-$/u.test(ahead) || more.test(text.slice(to));
    found.push({ from, to, digits, means, odd });
  }
  return found;
}

function isMany(word: string, rest: string): boolean {
  return (
    more.test(word) &&
    meaningOf(/^\s{1,2}(?:de )?(\p{L}{3,10})/u.exec(rest)?.[1] ?? '', undefined) !== undefined
  );
}

function meaningOf(word: string, currencies: readonly string[] | undefined): readonly string[] | undefined {
  const known = units.find(([unit]) => unit.test(normalText(word) || word))?.[1];
  if (known !== undefined) return known;
  // "Try" and "top" are words; in capitals, or where it is what is owed, a code is a code.
  const code = word.toUpperCase();
  const meant = word === code || currencies?.includes(code) === true;
  return meant && isCurrency(code) ? [code] : undefined;
}

/** The text with each amount replaced: what is left of it names invoices and days. What may be no amount stays. */
export function withoutAmounts(text: string, by = ' ', currencies?: readonly string[]): string {
  let left = '';
  let at = 0;
  for (const { from, to, odd } of mentionsIn(text, currencies)) {
    if (odd) continue;
    left += `${text.slice(at, from)}${by}`;
    at = to;
  }
  return left + text.slice(at);
}

/**
 * How much a text says, where that can be nothing else: one number with the sign or name of a currency in which
 * something is owed, written as numbers are where the writer is.
 *
 * @example
 * findAmount('pagué $1,250.00', { currencies: ['MXN'], languages: ['es-MX'] }); // clear, 125000 MXN
 */
export function findAmount(text: string, { currencies, languages }: AmountPlace): FoundAmount {
  const mentions = mentionsIn(text, currencies);
  if (mentions.length === 0) return { state: /\d\s?%/.test(text) ? 'unclear' : 'none' };
  const decimal = decimalOf(languages);
  const all = mentions.map(({ digits, means, odd }): Money | undefined => {
    const [currency, ...others] = currencies.filter((one) => means.includes(one));
    if (odd || currency === undefined || others.length > 0) return undefined;
    const minor = minorIn(digits, currencyExponent(currency), decimal);
    return minor === undefined || minor <= 0 ? undefined : { minor, currency };
  });
  const [first] = all;
  const same = all.every((one) => one?.minor === first?.minor && one?.currency === first?.currency);
  // "300 pesos and 200" is of two.
  const joined = /~\s*(?:\+|y|e|and|mas|más|mais|plus)\s*\d/iu.test(withoutAmounts(text, '~', currencies));
  return first === undefined || !same || joined || /\d\s?%/.test(text)
    ? { state: 'unclear' }
    : { state: 'clear', money: first };
}

/** Minor units of `1250`, `1,250.00`, `1.250,00`; undefined where a point or comma could be either. */
function minorIn(digits: string, exponent: number, decimal: string | undefined): number | undefined {
  const marks = digits.replace(/\d/g, '');
  const last = marks.at(-1);
  const tail = last === undefined ? '' : digits.slice(digits.lastIndexOf(last) + 1);
  const two = new Set(marks).size === 2;
  if (two && marks.indexOf(last ?? '') !== marks.length - 1) return undefined;
  let whole = digits;
  let part = '';
  // No currency that people write in thousandths: three digits are a group, where a point or comma is not for parts.
  const isPart = last !== undefined && (two || (marks.length === 1 && tail.length !== 3));
  if (isPart) {
    if (tail.length !== exponent || exponent === 0) return undefined;
    whole = digits.slice(0, digits.lastIndexOf(last));
    part = tail;
  } else if (last !== undefined && marks.length === 1 && (decimal === undefined || last === decimal))
    return undefined;
  if (/[.,]/.test(whole) && !/^\d{1,3}(?:[.,]\d{3})+$/.test(whole)) return undefined;
  const plain = `${whole.replace(/[.,]/g, '')}${part.padEnd(exponent, '0')}`;
  const minor = Number(plain);
  return plain.length <= 15 && Number.isSafeInteger(minor) ? minor : undefined;
}

/** What stands before cents there. */
function decimalOf(languages: readonly string[]): string | undefined {
  for (const tag of languages) {
    try {
      if (new Intl.Locale(tag).region === undefined) continue;
      return new Intl.NumberFormat(tag).formatToParts(1.5).find(({ type }) => type === 'decimal')?.value;
    } catch (error) {
      // A tag that is none says nothing.
      if (!(error instanceof RangeError)) throw error;
    }
  }
  return undefined;
}
