import { RecobroError } from '../errors.js';
import { sumByCurrency } from '../money/index.js';
import { clean, shorten } from './clean.js';
import type { MessageFacts, MessageItem } from './facts.js';
import type { Formatter } from './format.js';
import { balanceOf, byDue, numberOf, totalOf } from './items.js';
import { webLink } from './links.js';
import { payAdvice, payLine, payLink } from './pay.js';
import { longestValue, variableOf } from './variables.js';
import type { Words } from './words.js';

/** Where values are put in. */
export interface ValueContext {
  readonly channel: string;
  readonly facts: MessageFacts;
  readonly format: Formatter;
  readonly words: Words;
}

/** Characters of a list of numbers, without what is said of the rest. */
const listRoom = { sms: 40, other: 60 } as const;

/** Values of the text's variables; the empty text where the facts have none. */
export function textValues(context: ValueContext): (name: string) => string {
  const values = new Map<string, string>();
  return (name) => {
    let value = values.get(name);
    if (value === undefined) {
      value = textValue(name, context);
      values.set(name, value);
    }
    return value;
  };
}

function textValue(name: string, context: ValueContext): string {
  const { facts, format, channel, words } = context;
  const { sender, items } = facts;
  const date = channel === 'sms' ? format.shortDate : format.longDate;
  const first = items[0];
  switch (name) {
    case 'contact.name':
      return named(name, clean(facts.contact.name) === '' ? facts.account.name : facts.contact.name, channel);
    case 'account.name':
      return named(name, facts.account.name, channel);
    case 'sender.name':
      return named(name, sender.name, channel);
    case 'sender.team':
      return named(name, sender.team ?? sender.name, channel);
    case 'sender.phone':
      return clean(sender.phone ?? '');
    case 'sender.email':
      return clean(sender.email ?? '');
    case 'ask':
      return ask(context);
    case 'amount':
      return format.monies(totalOf(items));
    case 'fees.amount':
      return format.monies(sumByCurrency((facts.fees ?? []).filter((fee) => fee.minor !== 0)));
    case 'total.amount':
      return format.monies(sumByCurrency([...totalOf(items), ...(facts.fees ?? [])]));
    case 'balance.amount':
      return format.monies(balanceOf(items));
    case 'paid.amount':
    case 'promise.amount':
    case 'disputed.amount':
    case 'reported.amount':
      return format.monies(facts.totals ?? []);
    case 'promise.date':
      return facts.promised === undefined ? '' : date(facts.promised);
    case 'count':
      return format.count(items.length);
    case 'invoice.number':
      return first === undefined ? '' : numberOf(first);
    case 'invoice.numbers':
      return numbers(items, channel === 'sms' ? listRoom.sms : listRoom.other, format, words);
    case 'due':
      return first?.due === undefined ? '' : date(first.due);
    case 'oldest.due': {
      const oldest = byDue(items)[0]?.due;
      return oldest === undefined ? '' : date(oldest);
    }
    case 'days.overdue':
      return first === undefined || first.daysPastDue < 1 ? '' : format.days(first.daysPastDue);
    case 'pay':
      return payLine(payAdvice(facts, words), context);
    case 'payment.link':
      return payLink(payAdvice(facts, words));
    case 'link':
      return webLink(facts.link ?? '') ?? '';
    default:
      throw new RecobroError('invalid_template', `{{${name}}} is no variable of messages`);
  }
}

/** Value of a variable within the items section. */
export function itemValue(name: string, item: MessageItem, format: Formatter): string {
  switch (name) {
    case 'number':
      return numberOf(item);
    case 'due':
      return item.due === undefined ? '' : format.shortDate(item.due);
    case 'amount':
      return format.money({ minor: item.dunnable, currency: item.currency });
    case 'balance':
      return format.money({ minor: item.outstanding, currency: item.currency });
    case 'original':
      return format.money({ minor: item.original, currency: item.currency });
    case 'paid':
      return item.paid === undefined ? '' : format.money({ minor: item.paid, currency: item.currency });
    case 'days':
      return format.days(Math.max(0, item.daysPastDue));
    default:
      throw new RecobroError('invalid_template', `{{${name}}} is no variable of an item`);
  }
}

function named(variable: string, value: string, channel: string): string {
  const entry = variableOf(variable, 'text');
  return shorten(clean(value), entry === undefined ? 80 : longestValue(entry, channel));
}

function ask({ facts, format, channel }: ValueContext): string {
  const { sender } = facts;
  const ways = [sender.phone, sender.email].map((way) => clean(way ?? '')).filter((way) => way !== '');
  if (channel === 'sms') return ways[0] ?? '';
  return ways.length === 0 ? '' : `${clean(sender.team ?? sender.name)} (${format.or(ways)})`;
}

function numbers(items: readonly MessageItem[], room: number, format: Formatter, words: Words): string {
  const all = byDue(items).map(numberOf);
  if (all.includes('')) return '';
  let shown = 1;
  let length = all[0]?.length ?? 0;
  while (shown < all.length && length + 2 + (all[shown]?.length ?? 0) <= room) {
    length += 2 + (all[shown]?.length ?? 0);
    shown++;
  }
  const rest = all.length - shown;
  return format.and([...all.slice(0, shown), ...(rest > 0 ? [words.more(format.count(rest))] : [])]);
}
