import { isCurrency } from '../money/index.js';
import { clean } from './clean.js';
import type { MessageFacts } from './facts.js';
import type { Formatter } from './format.js';
import { byDue, numberOf } from './items.js';
import { webLink } from './links.js';
import type { Sender } from './sender.js';
import type { Words } from './words.js';

/** How to pay what a message asks for. */
export type PayAdvice =
  | { readonly kind: 'none' }
  /** Further ways to pay where they were given with the link. */
  | { readonly kind: 'link'; readonly url: string; readonly methods: readonly PayMethod[] }
  /** Each item has a link of its own. */
  | { readonly kind: 'links'; readonly links: readonly { readonly number: string; readonly url: string }[] }
  | { readonly kind: 'methods'; readonly methods: readonly PayMethod[] };

/** One way to pay; without a label where the sender wrote one text. */
export interface PayMethod {
  readonly label?: string | undefined;
  readonly value: string;
}

/** Links named in one line before the rest is only counted. */
const shownLinks = 3;

/** Characters of several ways to pay in a WhatsApp text, which has 1024 for everything. */
const whatsappRoom = 160;

/**
 * What was made for this very sum; else the items' payment link when they share one, else one link per item when all
 * have one, else the sender's instructions for the currencies concerned.
 */
export function payAdvice(facts: MessageFacts, words: Words): PayAdvice {
  const { payment, sender } = facts;
  const made = webLink(payment?.url ?? '');
  const own = methodsOf(payment?.methods, facts, words);
  if (made !== undefined) return { kind: 'link', url: made, methods: own };
  if (own.length > 0) return advised(own);
  const items = byDue(facts.items);
  const links = items.flatMap((item) => {
    const url = webLink(item.paymentUrl ?? '');
    return url === undefined ? [] : [{ number: numberOf(item), url }];
  });
  const first = links[0];
  if (first !== undefined && links.length === items.length) {
    return links.every(({ url }) => url === first.url)
      ? { kind: 'link', url: first.url, methods: [] }
      : { kind: 'links', links };
  }
  return advised(methodsOf(sender.pay, facts, words));
}

function advised(methods: readonly PayMethod[]): PayAdvice {
  const only = methods.length === 1 ? webLink(methods[0]?.value ?? '') : undefined;
  if (only !== undefined) return { kind: 'link', url: only, methods: [] };
  return methods.length === 0 ? { kind: 'none' } : { kind: 'methods', methods };
}

/** The link of {@link payAdvice} alone: what a button opens. */
export function payLink(advice: PayAdvice): string {
  return advice.kind === 'link' ? advice.url : '';
}

function methodsOf(pay: Sender['pay'], { items }: MessageFacts, words: Words): PayMethod[] {
  if (pay === undefined) return [];
  if (typeof pay === 'string') return clean(pay) === '' ? [] : [{ value: clean(pay) }];
  const currencies = new Set(items.map((item) => item.currency));
  const entries = Object.entries(pay).filter(
    ([key, value]) => clean(value) !== '' && (!isCurrency(key) || currencies.has(key)),
  );
  const byCurrency = entries.filter(([key]) => isCurrency(key));
  return entries.map(([key, value]) => ({
    label: labelOf(key, words, byCurrency.length === 1),
    value: clean(value),
  }));
}

function labelOf(key: string, words: Words, oneCurrency: boolean): string | undefined {
  // A currency only tells several apart.
  if (isCurrency(key) && oneCurrency) return undefined;
  return Object.hasOwn(words.methods, key) ? words.methods[key] : clean(key);
}

/**
 * The advice in one line; in SMS only the first way to pay, since each character
 * costs, and over WhatsApp as many as leave the text within its limit.
 */
export function payLine(
  advice: PayAdvice,
  { channel, format, words }: { readonly channel: string; readonly format: Formatter; readonly words: Words },
): string {
  switch (advice.kind) {
    case 'none':
      return '';
    case 'link':
      return channel === 'sms'
        ? advice.url
        : joined(fitting([advice.url, ...advice.methods.map(methodLine)], channel));
    case 'links': {
      const lines = fitting(
        advice.links
          .slice(0, channel === 'sms' ? 1 : shownLinks)
          .map(({ number, url }) => `${number}: ${url}`),
        channel,
      );
      const rest = advice.links.length - lines.length;
      return [...lines, ...(rest > 0 ? [words.more(format.count(rest))] : [])].join(
        // The middle dot would make all of an SMS the dear kind.
        channel === 'sms' ? ' - ' : ' · ',
      );
    }
    case 'methods':
      if (channel !== 'sms') return joined(fitting(advice.methods.map(methodLine), channel));
      return advice.methods
        .slice(0, 1)
        .map(({ label, value }) => (label === undefined ? value : `${label} ${value}`))
        .join('');
  }
}

/** As many as there is room for, the first in any case: what is shown is never cut. */
function fitting(lines: readonly string[], channel: string): readonly string[] {
  if (channel !== 'whatsapp') return lines;
  let length = 0;
  return lines.filter((line, index) => {
    // With what stands between it and the one before.
    length += line.length + (index === 0 ? 0 : 3);
    return index === 0 || length <= whatsappRoom;
  });
}

/** In one line. A semicolon right behind an address would be taken for a part of it. */
function joined(lines: readonly string[]): string {
  return lines.join(lines.some((line) => /https?:/i.test(line)) ? ' · ' : '; ');
}

/** `Bank transfer: CLABE …` */
export function methodLine({ label, value }: PayMethod): string {
  return label === undefined ? value : `${label}: ${value}`;
}
