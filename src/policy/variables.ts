import type { MessageAbout } from './types.js';

/**
 * Names of the variables that message texts may use, for types and lint; the
 * messages module says what each holds. A test holds the two together.
 */
const anywhere = [
  'contact.name',
  'account.name',
  'sender.name',
  'sender.team',
  'sender.phone',
  'sender.email',
  'ask',
  'count',
  'invoice.numbers',
  'link',
] as const;

/** Of the text itself, for one item and for several. */
export const textVariables = {
  items: {
    one: [
      ...anywhere,
      'invoice.number',
      'amount',
      'balance.amount',
      'fees.amount',
      'total.amount',
      'due',
      'oldest.due',
      'days.overdue',
      'pay',
      'payment.link',
    ],
    many: [
      ...anywhere,
      'amount',
      'balance.amount',
      'fees.amount',
      'total.amount',
      'oldest.due',
      'pay',
      'payment.link',
    ],
  },
  payment: {
    one: [...anywhere, 'invoice.number', 'paid.amount'],
    many: [...anywhere, 'paid.amount'],
  },
  promise: {
    one: [...anywhere, 'invoice.number', 'promise.amount', 'promise.date'],
    many: [...anywhere, 'promise.amount', 'promise.date'],
  },
  dispute: {
    one: [...anywhere, 'invoice.number', 'disputed.amount'],
    many: [...anywhere, 'disputed.amount'],
  },
  report: {
    one: [...anywhere, 'invoice.number', 'reported.amount'],
    many: [...anywhere, 'reported.amount'],
  },
} as const satisfies Readonly<Record<MessageAbout, Readonly<Record<'one' | 'many', readonly string[]>>>>;

/** Of a row within `{{#items}} … {{/items}}` of an e-mail. */
export const itemVariables = {
  items: ['number', 'due', 'amount', 'balance', 'original', 'days'],
  payment: ['number', 'original', 'paid'],
  promise: ['number', 'due', 'original'],
  dispute: ['number', 'due', 'original'],
  report: ['number', 'due', 'original'],
} as const satisfies Readonly<Record<MessageAbout, readonly string[]>>;

/** A variable of a text of one form. */
export type TextVariable<
  About extends MessageAbout,
  Form extends 'one' | 'many',
> = (typeof textVariables)[About][Form][number];

/** A variable of a row. */
export type ItemVariable<About extends MessageAbout> = (typeof itemVariables)[About][number];
