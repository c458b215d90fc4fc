import type { Documents, EmailText, Message, Messages } from '../../policy/types.js';
import { choice, id, version } from './elements.js';
import { plan } from './plan.js';
import { policy } from './policy.js';
import { as, type KeysOf, type Words } from './words.js';

const example =
  'Invoice {{invoice.number}} of {{amount}} was due on {{due}}. {{ask}} answers your questions.';

function variant(title: string, description: string, one: string, many: string): Words {
  return {
    title,
    description: `${description} Write it once, or once for a single item and once for several.`,
    examples: [{ one, many }, many],
    options: [
      { title: 'One text', description: 'For one item and for several.', examples: [many] },
      {
        title: 'For one and for several',
        description: 'What holds for one invoice would be wrong about several.',
        examples: [{ one, many }],
        keys: {
          one: { title: 'For one', description: 'Where the message is about one item.', examples: [one] },
          many: { title: 'For several', description: 'Where it is about several.', examples: [many] },
        },
      },
    ],
  };
}

const many = 'Invoices {{invoice.numbers}} of {{amount}} are overdue. {{ask}} answers your questions.';

const emailKeys: KeysOf<EmailText> = {
  subject: variant(
    'Subject',
    'One line.',
    'Invoice {{invoice.number}} is overdue',
    '{{count}} invoices are overdue',
  ),
  body: variant(
    'Body',
    'Light markup: paragraphs, **bold**, lists, and {{#items}} … {{/items}} around a row for each item.',
    example,
    many,
  ),
};

const email: Words = {
  title: 'E-mail',
  description: 'Subject and body.',
  examples: [{ subject: '{{count}} invoices are overdue', body: many }],
  keys: emailKeys,
};

const anyText = variant('Text', 'What is sent on this channel.', example, many);

const texts: Words = {
  title: 'Texts by channel',
  description: 'What is sent on each channel; a channel without a text is passed over.',
  examples: [{ sms: many }],
  keys: {
    whatsapp: variant('WhatsApp', 'Body of the template, 1024 characters at most.', example, many),
    sms: variant('SMS', 'Plain text; every segment costs.', example, many),
    email,
    call: {
      ...anyText,
      title: 'Call',
      description: 'What to say on the phone: one text, or a headline as subject and the script as body.',
      options: [...(anyText.options ?? []), email],
    },
    letter: {
      ...anyText,
      title: 'Letter',
      description: 'What is printed: one text, or subject and body.',
      options: [...(anyText.options ?? []), email],
    },
  },
  each: {
    title: 'Text of a channel of yours',
    description: 'Under the channel’s id.',
    examples: [many],
    options: [...(anyText.options ?? []), email],
  },
};

const messageKeys: KeysOf<Message> = {
  id: id('Id', 'Name by which policies send it.', 'reminder'),
  about: choice(
    'About',
    'What it speaks of; this decides which variables it may use and where it may be sent.',
    {
      items: 'Invoices that are due: sent by stages',
      payment: 'A payment: thanks',
      promise: 'A promise to pay: its acknowledgement',
      dispute: 'A dispute: its acknowledgement',
      report: 'A payment that the debtor reports: its acknowledgement',
    },
  ),
  text: {
    title: 'Texts',
    description: 'By BCP 47 language; `es-MX` falls back to `es`, then to the plan’s language.',
    examples: [{ en: { sms: many } }],
    each: texts,
  },
};

const messagesKeys: KeysOf<Messages> = {
  id: id('Id', 'Name of the catalogue.', 'acme'),
  version,
  messages: {
    title: 'Messages',
    description: 'Every message that policies send.',
    examples: [[{ id: 'reminder', about: 'items', text: { en: { sms: many } } }]],
    items: {
      title: 'Message',
      description: 'A message in its languages and channels.',
      examples: [{ id: 'reminder', about: 'items', text: { en: { sms: many } } }],
      keys: messageKeys,
    },
  },
};

const catalogue = {
  id: 'acme',
  version: 1,
  messages: [{ id: 'reminder', about: 'items', text: { en: { sms: many } } }],
};

export const messages: Words = {
  title: 'Messages',
  description: 'The catalogue of messages.',
  examples: [catalogue],
  keys: messagesKeys,
};

const documentsKeys: KeysOf<Documents> = {
  plan,
  policies: {
    title: 'Policies',
    description: 'Ladders that the plan gives to accounts; several versions of one may stand side by side.',
    examples: policy.examples === undefined ? undefined : [policy.examples],
    items: policy,
  },
  messages,
};

const short = {
  id: 'short',
  version: 1,
  stages: [{ id: 'reminder', tone: 'friendly', do: [{ send: 'reminder' }] }],
};

export const documents: Words = as(
  {
    title: 'Documents',
    description: 'A plan, its policies and its messages, which belong together.',
    keys: documentsKeys,
  },
  {
    examples: [
      {
        plan: { id: 'acme', version: 1, zone: 'America/Mexico_City', default: 'short' },
        policies: [short],
        messages: catalogue,
      },
    ],
  },
);
