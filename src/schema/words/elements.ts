import type { Words } from './words.js';

/** Words that fit wherever such a value stands; the title and the meaning are the place's own. */

type Place = Pick<Words, 'title' | 'description'> & Partial<Pick<Words, 'examples' | 'otherwise'>>;

/** Decimal texts by currency. */
export function money(place: Place): Words {
  return {
    examples: [{ MXN: '500.00', COP: '100000' }],
    each: {
      title: 'Amount',
      description: 'Decimal text with as many decimals as the currency has, under its ISO 4217 code.',
      examples: ['500.00'],
    },
    ...place,
  };
}

/** Calendar days, business days, weeks or months. */
export function offset(place: Place): Words {
  return { examples: ['10d', '2bd', '2w', '1mo'], ...place };
}

/** Calendar days. */
export function days(place: Place): Words {
  return { examples: ['2d'], ...place };
}

export function flag(title: string, description: string, otherwise: 'true' | 'false'): Words {
  return { title, description, examples: [otherwise !== 'true'], otherwise };
}

export function choice(
  title: string,
  description: string,
  labels: Readonly<Record<string, string>>,
  otherwise?: string,
): Words {
  const [first = ''] = Object.keys(labels);
  return {
    title,
    description,
    labels,
    examples: [otherwise ?? first],
    otherwise: otherwise === undefined ? undefined : `\`${otherwise}\``,
  };
}

/** Ids of documents and of their parts. */
export function id(title: string, description: string, ...examples: readonly [string, ...string[]]): Words {
  const rule = 'A letter, then letters, digits, dots, underscores or hyphens, 64 at most.';
  return { title, description: `${description} ${rule}`, examples };
}

export const version: Words = {
  title: 'Version',
  description:
    'Whole number from 1; raise it with every change, so that each decision can name what it followed.',
  examples: [1],
};

export const channel: Words = {
  title: 'Channel',
  description: 'Id of a channel of the host: `whatsapp`, `email`, `sms`, or one of its own.',
  examples: ['whatsapp', 'email', 'sms'],
};

export const currency: Words = {
  title: 'Currency',
  description: 'ISO 4217 code in capitals.',
  examples: ['MXN'],
};

export const day: Words = {
  title: 'Day',
  description: 'Calendar date, `YYYY-MM-DD`.',
  examples: ['2026-12-25'],
  format: 'date',
};

export const weekdays: Words = {
  title: 'Weekday',
  description: 'Day of the week.',
  examples: ['mon'],
  labels: {
    mon: 'Monday',
    tue: 'Tuesday',
    wed: 'Wednesday',
    thu: 'Thursday',
    fri: 'Friday',
    sat: 'Saturday',
    sun: 'Sunday',
  },
};

export const via: Words = {
  title: 'Channels in order',
  description:
    'The first channel that reaches the contact is used; the next is tried when one fails for good or runs out of patience.',
  examples: [[{ channel: 'whatsapp', patience: '24h' }, { channel: 'email' }]],
  items: {
    title: 'Place in the chain',
    description: 'A channel, and how long it may take.',
    examples: [{ channel: 'whatsapp', patience: '24h' }],
    keys: {
      channel,
      patience: {
        title: 'Patience',
        description:
          'Time within which the message must be delivered, or the next place is tried, once. Without it only a failure moves on.',
        examples: ['24h', '90min', '2d'],
      },
    },
  },
};
