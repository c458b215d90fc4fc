import { type Day, isDay, parseDay } from '../calendar/index.js';
import type { Money } from '../money/index.js';
import { type FoundAmount, findAmount, withoutAmounts } from './amounts.js';
import { findDay } from './dates.js';
import { normalText, plainWords } from './normal.js';
import { en } from './rules/en.js';
import { es } from './rules/es.js';
import { pt } from './rules/pt.js';
import type { Rules } from './rules/rules.js';
import { wordMeaning } from './stop-words.js';

/** What somebody who was reminded wants to say. */
export type Intent =
  /** It was paid already. */
  | 'paid'
  /** It will be paid, on a day or without one. */
  | 'promise'
  /** It is not owed, or not so. */
  | 'dispute'
  /** It cannot be paid, or not at once: a plan is asked for. */
  | 'cannot_pay'
  /** No more messages. */
  | 'stop'
  /** Messages are welcome again. */
  | 'start'
  /** A person or instructions are wanted. */
  | 'help'
  /** Whoever reads it is not the one to write to. */
  | 'other_person';

/** All intents, in the order in which they count where several are found. */
export const intents: readonly Intent[] = [
  'stop',
  'start',
  'other_person',
  'dispute',
  'cannot_pay',
  'paid',
  'promise',
  'help',
];

/** What a message was read as. */
export interface Reading {
  /** Absent: nothing that is known. */
  readonly intent?: Intent | undefined;
  /** From 0 to 1. 1 is a button or a word alone; 0.9 one clear phrase. */
  readonly confidence: number;
  /** Of a promise: when. */
  readonly day?: Day | undefined;
  /** Of a payment or promise: how much, where the text can mean nothing else. Absent: all of it. */
  readonly amount?: Money | undefined;
  /** Ids of what it is about, where whoever read it knows them. */
  readonly invoices?: readonly string[] | undefined;
  /** By what: `button`, `word`, `phrase`, a classifier's own name. */
  readonly by: string;
  /** Other intents that were found as well. */
  readonly also?: readonly Intent[] | undefined;
  /** What a button carried beside the intent: an invoice, a number of instalments. */
  readonly detail?: string | undefined;
}

/** A message as rules look at it. */
export interface Heard {
  readonly text?: string | undefined;
  /** What a button or list row carries. */
  readonly payload?: string | undefined;
  /** What the provider took it for. */
  readonly keyword?: 'stop' | 'start' | 'help' | undefined;
  /** BCP 47, the likeliest first: the contact's, the account's. */
  readonly languages: readonly string[];
  /** The day where the writer is. */
  readonly today: Day;
  /** In which currencies something is owed. Without them an amount is for a person. */
  readonly currencies?: readonly string[] | undefined;
}

/** Of how much, where the words of a language do not say so: a payment or promise of a part is none of the whole. */
const amount = /[$€£]\s?\d|\d\s?[%$€£]|\d[.,]\d{2}(?![\d.,/-])/u;

const nothing: Reading = { confidence: 0, by: 'phrase' };

/** Longer texts say several things. */
const longest = 60;

/**
 * Reads a message by rules alone: the same every time, in English, Spanish and Portuguese. First what the provider
 * says, then the button that was pressed, then a word that is the whole message, then phrases. Where phrases of two
 * intents are found nothing is certain, and whoever acts on it has to ask.
 *
 * @example
 * readReply({ text: 'Ya pagamos ayer', languages: ['es'], today }); // { intent: 'paid', confidence: 0.9, by: 'phrase' }
 */
export function readReply(heard: Heard): Reading {
  if (heard.keyword !== undefined) return { intent: heard.keyword, confidence: 1, by: 'provider' };
  return byButton(heard) ?? byWord(heard) ?? byPhrases(heard);
}

/** `promise:2026-03-15`, `paid`, `dispute:F-1042`: an intent, and what it is about. */
function byButton({ payload, today }: Heard): Reading | undefined {
  const parts = /^([a-z_]{1,20})(?::([\s\S]{1,256}))?$/.exec(payload ?? '');
  const intent =
    intents.find((one) => one === parts?.[1]) ?? (parts?.[1] === 'plan' ? 'cannot_pay' : undefined);
  if (intent === undefined) return undefined;
  const detail = parts?.[2];
  const day = intent === 'promise' && isDay(detail ?? '') ? parseDay(detail ?? '') : undefined;
  // A day that is over, or none at all: not what is promised now. Without one the plan's own days count.
  const stale = intent === 'promise' && detail !== undefined && (day === undefined || day < today);
  return {
    intent,
    confidence: stale ? 0.5 : 1,
    by: 'button',
    ...(day === undefined || stale ? {} : { day }),
    ...(detail === undefined ? {} : { detail }),
  };
}

function byWord({ text, languages }: Heard): Reading | undefined {
  const meaning = wordMeaning(text ?? '', languages);
  if (meaning === undefined) return undefined;
  return meaning === 'ask' ? { confidence: 0, by: 'word' } : { intent: meaning, confidence: 1, by: 'word' };
}

function byPhrases({ text: whole = '', languages, today, currencies = [] }: Heard): Reading {
  const found = findAmount(whole, { currencies, languages });
  // As a word of its own: the rest is read as if the amount were not there.
  const text = found.state === 'clear' ? withoutAmounts(whole, ` ${sum} `, currencies) : whole;
  const said = plainWords(text);
  if (said === '') return nothing;
  // Whoever is written to in Spanish may answer in English: the other languages count less.
  const all = ['es', 'en', 'pt'] as const;
  const own = languages.map((tag) => tag.split('-')[0]?.toLowerCase());
  const order = [...all].sort((a, b) => rank(own, a) - rank(own, b));
  for (const language of order) {
    const tag = languages.find((one) => one.toLowerCase().startsWith(language)) ?? language;
    const reading = phrasesIn(said, text, rules[language], tag, today, found);
    const known = own.includes(language);
    if (reading.intent !== undefined)
      return known ? reading : { ...reading, confidence: Math.min(reading.confidence, 0.8) };
    // "No pago el 15": a language that the writer speaks has understood it, and no other one knows better.
    if (known && reading.denied) return nothing;
  }
  return nothing;
}

/** Stands for an amount that was found. */
const sum = 'xsumx';

const rules = { en, es, pt } as const;

function rank(own: readonly (string | undefined)[], language: string): number {
  const at = own.indexOf(language);
  return at < 0 ? own.length : at;
}

function phrasesIn(
  said: string,
  text: string,
  language: Rules,
  tag: string,
  today: Day,
  much: FoundAmount,
): Reading & { readonly denied: boolean } {
  const holds = (phrases: readonly RegExp[] | undefined): boolean =>
    phrases?.some((phrase) => phrase.test(said)) === true;
  const clear = much.state === 'clear';
  const heard = intents.filter(
    (intent) => holds(language.says[intent]) || (intent === 'paid' && clear && language.paidSum.test(said)),
  );
  const found = heard.filter((intent) => !holds(language.unless[intent]));
  const denied = found.length < heard.length;
  const day = findDay(text, tag, today);
  const intent = settle(found, day !== undefined);
  if (intent === undefined) return { ...nothing, denied };
  const also = found.filter((one) => one !== intent);
  let confidence = 0.9;
  if (rivals(intent, also, day !== undefined).length > 0) confidence = 0.5;
  const asks = /[?¿]/u.test(text) || language.asks.test(normalText(text));
  // A question whether something may be so says that it is not.
  if (asks && (intent === 'paid' || intent === 'promise' || intent === 'dispute'))
    confidence = Math.min(confidence, 0.6);
  const sums = intent === 'paid' || intent === 'promise';
  // What is disputed of an amount, and what it should be, only a person tells apart.
  if ((sums && much.state === 'unclear') || (intent === 'dispute' && much.state !== 'none'))
    confidence = Math.min(confidence, 0.6);
  if ((sums || intent === 'dispute') && amount.test(text)) confidence = Math.min(confidence, 0.6);
  if (holds(language.open[intent])) confidence = Math.min(confidence, 0.6);
  if (intent === 'promise' && (day === undefined || !day.sure)) confidence = Math.min(confidence, 0.6);
  if (said.split(' ').length > longest) confidence = Math.min(confidence, 0.6);
  return {
    intent,
    confidence,
    by: 'phrase',
    denied,
    ...(intent === 'promise' && day !== undefined ? { day: day.day } : {}),
    ...(sums && much.state === 'clear' ? { amount: much.money } : {}),
    ...(also.length === 0 ? {} : { also }),
  };
}

/** The one that counts. A day makes the difference between "I cannot pay" and "I cannot pay before Friday". */
function settle(found: readonly Intent[], dated: boolean): Intent | undefined {
  if (found.includes('promise') && found.includes('cannot_pay') && dated && found.length === 2)
    return 'promise';
  // "Pago" alone is as much a noun as a promise.
  if (found.includes('paid') && found.includes('promise') && !dated) return 'paid';
  return found[0];
}

function rivals(intent: Intent, also: readonly Intent[], dated: boolean): readonly Intent[] {
  return also.filter(
    (one) =>
      one !== 'help' &&
      !(intent === 'promise' && one === 'cannot_pay' && dated) &&
      !(intent === 'paid' && one === 'promise' && !dated) &&
      // "May I pay in three parts": a plan is asked for, no day is promised.
      !(intent === 'cannot_pay' && one === 'promise' && !dated),
  );
}
