import type { MessageAbout } from '../policy/types.js';

/** For one item, for several, or for both. */
export type MessageForm = 'one' | 'many';

/** Where a variable stands: in the text itself, or within `{{#items}} … {{/items}}` of an e-mail. */
export type VariableScope = 'text' | 'items';

/** One entry of the catalogue. */
export interface MessageVariable {
  readonly name: string;
  readonly scope: VariableScope;
  /** Messages that may use it. */
  readonly about: readonly MessageAbout[];
  /** Forms that may use it: what holds for one invoice would be wrong about several. */
  readonly forms: readonly MessageForm[];
  readonly type: 'text' | 'money' | 'date' | 'number' | 'list' | 'advice';
  /** One English sentence. */
  readonly description: string;
  readonly example: string;
  /** Longest value to reckon with, in characters; names beyond it are cut with an ellipsis. */
  readonly longest: number;
  /** The same for SMS, where it differs. */
  readonly longestInSms?: number | undefined;
}

const always = {
  about: ['items', 'payment', 'promise', 'dispute', 'report'],
  forms: ['one', 'many'],
} as const;
const items = { about: ['items'], forms: ['one', 'many'] } as const;

/** Everything that a text may name, in the order in which it is documented. */
export const variableCatalogue: readonly MessageVariable[] = [
  {
    name: 'contact.name',
    scope: 'text',
    ...always,
    type: 'text',
    description: 'Who is written to; the account where the contact has no name.',
    example: 'María Robles',
    longest: 40,
    longestInSms: 24,
  },
  {
    name: 'account.name',
    scope: 'text',
    ...always,
    type: 'text',
    description: 'Who owes.',
    example: 'Comercial Robles',
    longest: 60,
    longestInSms: 24,
  },
  {
    name: 'sender.name',
    scope: 'text',
    ...always,
    type: 'text',
    description: 'The company that is owed.',
    example: 'Acme',
    longest: 50,
    longestInSms: 24,
  },
  {
    name: 'sender.team',
    scope: 'text',
    ...always,
    type: 'text',
    description: 'The desk that answers; the company where no desk is named.',
    example: 'Accounts Receivable',
    longest: 40,
    longestInSms: 24,
  },
  {
    name: 'sender.phone',
    scope: 'text',
    ...always,
    type: 'text',
    description: 'Number to call.',
    example: '+52 55 1234 5678',
    longest: 25,
    longestInSms: 20,
  },
  {
    name: 'sender.email',
    scope: 'text',
    ...always,
    type: 'text',
    description: 'Address to write to.',
    example: 'ar@acme.example',
    longest: 60,
    longestInSms: 40,
  },
  {
    name: 'ask',
    scope: 'text',
    ...always,
    type: 'advice',
    description: 'Whom to ask: desk with phone and e-mail; in SMS the phone, else the e-mail.',
    example: 'Accounts Receivable (+52 55 1234 5678 or ar@acme.example)',
    longest: 130,
    longestInSms: 20,
  },
  {
    name: 'amount',
    scope: 'text',
    ...items,
    type: 'money',
    description: 'What is asked for: the sum of the listed items, one amount per currency.',
    example: '$1,250.00',
    longest: 40,
    longestInSms: 20,
  },
  {
    name: 'balance.amount',
    scope: 'text',
    ...items,
    type: 'money',
    description:
      'All that is open on the listed items, also what is disputed and so not asked for, one amount per currency.',
    example: '$1,500.00',
    longest: 40,
    longestInSms: 20,
  },
  {
    name: 'fees.amount',
    scope: 'text',
    ...items,
    type: 'money',
    description:
      'Late fees and interest that are charged with this message, one amount per currency; empty, and so refused, where there are none.',
    example: '$50.00',
    longest: 40,
    longestInSms: 20,
  },
  {
    name: 'total.amount',
    scope: 'text',
    ...items,
    type: 'money',
    description: 'What is asked for with the late fees and interest that are charged with this message.',
    example: '$1,300.00',
    longest: 40,
    longestInSms: 20,
  },
  {
    name: 'paid.amount',
    scope: 'text',
    about: ['payment'],
    forms: ['one', 'many'],
    type: 'money',
    description: 'What was paid, one amount per currency.',
    example: '$1,250.00',
    longest: 40,
    longestInSms: 20,
  },
  {
    name: 'promise.amount',
    scope: 'text',
    about: ['promise'],
    forms: ['one', 'many'],
    type: 'money',
    description: 'What was promised, one amount per currency; all that is open where no amount was named.',
    example: '$1,250.00',
    longest: 40,
    longestInSms: 20,
  },
  {
    name: 'promise.date',
    scope: 'text',
    about: ['promise'],
    forms: ['one', 'many'],
    type: 'date',
    description: 'The day by which payment was promised: in words, in SMS short.',
    example: 'March 10, 2026',
    longest: 30,
    longestInSms: 12,
  },
  {
    name: 'disputed.amount',
    scope: 'text',
    about: ['dispute'],
    forms: ['one', 'many'],
    type: 'money',
    description: 'What is disputed, one amount per currency; all that is open where no amount was named.',
    example: '$250.00',
    longest: 40,
    longestInSms: 20,
  },
  {
    name: 'reported.amount',
    scope: 'text',
    about: ['report'],
    forms: ['one', 'many'],
    type: 'money',
    description:
      'What is said to be paid, one amount per currency; all that is open of the invoices where no amount was named.',
    example: '$1,250.00',
    longest: 40,
    longestInSms: 20,
  },
  {
    name: 'count',
    scope: 'text',
    ...always,
    type: 'number',
    description: 'Number of items.',
    example: '3',
    longest: 5,
  },
  {
    name: 'invoice.number',
    scope: 'text',
    about: always.about,
    forms: ['one'],
    type: 'text',
    description: 'Number printed on the invoice, with the instalment where it has several.',
    example: 'F-1023',
    longest: 24,
    longestInSms: 18,
  },
  {
    name: 'invoice.numbers',
    scope: 'text',
    ...always,
    type: 'list',
    description: 'Numbers of the invoices as a list, oldest first, the rest counted.',
    example: 'F-1023, F-1031 and 4 more',
    longest: 72,
    longestInSms: 52,
  },
  {
    name: 'due',
    scope: 'text',
    about: ['items'],
    forms: ['one'],
    type: 'date',
    description: 'Due date: in words, in SMS short.',
    example: 'March 3, 2026',
    longest: 30,
    longestInSms: 12,
  },
  {
    name: 'oldest.due',
    scope: 'text',
    ...items,
    type: 'date',
    description: 'Earliest due date of the items: in words, in SMS short.',
    example: 'March 3, 2026',
    longest: 30,
    longestInSms: 12,
  },
  {
    name: 'days.overdue',
    scope: 'text',
    about: ['items'],
    forms: ['one'],
    type: 'text',
    description: 'Days past due with their unit; empty, and so refused, before the day after the due date.',
    example: '3 days',
    longest: 12,
  },
  {
    name: 'pay',
    scope: 'text',
    ...items,
    type: 'advice',
    description:
      "How to pay: what the payment port made for this sum, else the item's payment link, else the sender's instructions.",
    example: 'https://pay.acme.example/f-1023',
    longest: 160,
    longestInSms: 60,
  },
  {
    name: 'payment.link',
    scope: 'text',
    ...items,
    type: 'text',
    description:
      'The payment link of {{pay}} alone, for links and buttons; empty, and so refused, where there is not the one link.',
    example: 'https://pay.acme.example/f-1023',
    longest: 160,
  },
  {
    name: 'link',
    scope: 'text',
    ...always,
    type: 'text',
    description:
      "The reader's own page, signed and expiring: what is open, and a way to answer. Needs `links.page`.",
    example: 'https://acme.example/s/AfX4w8m2kQ',
    longest: 300,
  },
  {
    name: 'number',
    scope: 'items',
    ...always,
    type: 'text',
    description: 'Number printed on the invoice, with the instalment where it has several.',
    example: 'F-1023',
    longest: 24,
  },
  {
    name: 'due',
    scope: 'items',
    about: ['items', 'promise', 'dispute', 'report'],
    forms: ['one', 'many'],
    type: 'date',
    description: 'Due date, short.',
    example: 'Mar 3, 2026',
    longest: 14,
  },
  {
    name: 'amount',
    scope: 'items',
    ...items,
    type: 'money',
    description: 'What is asked for on the item.',
    example: '$1,250.00',
    longest: 24,
  },
  {
    name: 'balance',
    scope: 'items',
    ...items,
    type: 'money',
    description: 'What is open on the item, also what is disputed.',
    example: '$1,500.00',
    longest: 24,
  },
  {
    name: 'original',
    scope: 'items',
    ...always,
    type: 'money',
    description: 'Amount of the item when it was issued.',
    example: '$2,500.00',
    longest: 24,
  },
  {
    name: 'paid',
    scope: 'items',
    about: ['payment'],
    forms: ['one', 'many'],
    type: 'money',
    description: 'What was paid on the item; these amounts add up to {{paid.amount}}.',
    example: '$1,250.00',
    longest: 24,
  },
  {
    name: 'days',
    scope: 'items',
    ...items,
    type: 'text',
    description: 'Days past due with their unit; zero days before.',
    example: '3 days',
    longest: 12,
  },
];

/** The section that repeats its rows for every item. */
export const itemsSection = 'items';

/** The entry of a name, or undefined. Within the section only its own variables are known. */
export function variableOf(name: string, scope: VariableScope): MessageVariable | undefined {
  return variableCatalogue.find((entry) => entry.name === name && entry.scope === scope);
}

/** Longest value to reckon with on a channel. */
export function longestValue(variable: MessageVariable, channel: string): number {
  return channel === 'sms' ? (variable.longestInSms ?? variable.longest) : variable.longest;
}
