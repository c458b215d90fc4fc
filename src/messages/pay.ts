import { isCurrency } from '../money/index.js';
import { clean } from './clean.js';
import type { MessageFacts } from './facts.js';
import type { Formatter } from './format.js';
import { byDue, numberOf } from './items.js';
import { webLink } from './links.js';
import type { Words } from './words.js';

/** How to pay what a message asks for. */
export type PayAdvice =
  | { readonly kind: 'none' }
  | { readonly kind: 'link'; readonly url: string }
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
 * The items' payment link when they share one, else one link per item when all
 * have one, else the sender's instructions for the currencies concerned.
 */
export function payAdvice(facts: MessageFacts, words: Words): PayAdvice {
  const items = byDue(facts.items);
  const links = items.flatMap((item) => {
    const url = webLink(item.paymentUrl ?? '');
    return url === undefined ? [] : [{ number: numberOf(item), url }];
  });
  const first = links[0];
  if (first !== undefined && links.length === items.length) {
    return links.every(({ url }) => url === first.url)
      ? { kind: 'link', url: first.url }
      : { kind: 'links', links };
  }
  const methods = senderMethods(facts, words);
  const only = methods.length === 1 ? webLink(methods[0]?.value ?? '') : undefined;
  if (only !== undefined) return { kind: 'link', url: only };
  return methods.length === 0 ? { kind: 'none' } : { kind: 'methods', methods };
}

function senderMethods({ sender, items }: MessageFacts, words: Words): PayMethod[] {
  const { pay } = sender;
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
      return advice.url;
    case 'links': {
      const lines = fitting(
        advice.links
          .slice(0, channel === 'sms' ? 1 : shownLinks)
          .map(({ number, url }) => `${number}: ${url}`),
        channel,
      );
      const rest = advice.links.length - lines.length;
      return [...lines, ...(rest > 0 ? [words.more(format.count(rest))] : [])].join(' ; ');
    }
    case 'methods':
      if (channel !== 'sms') return fitting(advice.methods.map(methodLine), channel).join('; ');
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
    length += line.length;
    return index === 0 || length <= whatsappRoom;
  });
}

/** `Bank transfer: CLABE …` */
export function methodLine({ label, value }: PayMethod): string {
  return label === undefined ? value : `${label}: ${value}`;
}
