import { whatsapp } from '../../src/channels/whatsapp/index.js';
import {
  defineDocuments,
  defineMessages,
  definePlan,
  definePolicy,
  defineWhatsappTemplates,
} from '../../src/policy/define.js';
import type { Documents, Messages } from '../../src/policy/types.js';

// Names that a plan declares, and names that documents use of each other: what compiles, and what does not and why.

const house = { id: 'p', version: 1, zone: 'UTC' } as const;
const stage = { id: 's', tone: 'firm', do: [] } as const;
const rest = { id: 'p', version: 1 } as const;

const plan = definePlan({
  ...house,
  facts: {
    'account.attributes.tier': ['gold', 'silver'],
    'account.attributes.public': 'boolean',
    'account.attributes.employees': 'number',
    'account.scores.own': 'number',
    'item.attributes.contract': 'text',
  },
  roles: ['billing', 'manager'],
  segments: [
    { id: 'gold', when: { fact: 'account.attributes.tier', in: ['gold', 'silver'] } },
    { id: 'big', when: { all: [{ fact: 'account.attributes.employees', gte: 500 }] } },
    { id: 'good', when: { not: { fact: 'account.scores.own', lt: 3 } } },
    { id: 'public', when: { fact: 'account.attributes.public', eq: true } },
  ],
  contact: {
    caps: [{ max: 1, per: '7d', channel: 'sms' }],
    windows: [{ from: '09:00', to: '18:00', channels: ['letter', 'whatsapp'] }],
    gaps: { email: '2d' },
    consent: { whatsapp: 'required' },
  },
  default: 'p',
});

const policy = definePolicy({
  ...rest,
  unit: { group: ['account', 'item.attributes.contract'] },
  message: { by: ['account', 'item.attributes.contract'] },
  stages: [
    {
      id: 'one',
      tone: 'friendly',
      when: { fact: 'item.attributes.contract', ne: 'x' },
      do: [{ send: 'due', to: 'billing', copy: ['manager'] }],
    },
    { id: 'two', tone: 'firm', when: { fact: 'case.stage', eq: 'one' }, do: [{ send: 'due' }] },
  ],
  on: {
    promised: [{ send: 'noted' }],
    disputed: [{ send: 'heard', to: 'manager' }],
    reported: [{ send: 'verified' }],
  },
});

const messages = defineMessages({
  id: 'm',
  version: 1,
  messages: [
    {
      id: 'due',
      about: 'items',
      text: {
        'es-MX': {
          letter: 'Pague {{amount}}',
          whatsapp: { one: 'Pague {{amount}} hasta {{due}}', many: 'Pague {{amount}} por {{ count }}' },
        },
        en: { whatsapp: 'Pay {{amount}}' },
        pt: { sms: 'Pague {{amount}}' },
      },
    },
    { id: 'noted', about: 'promise', text: { en: { sms: '{{promise.amount}} by {{promise.date}}' } } },
    { id: 'heard', about: 'dispute', text: { en: { sms: '{{disputed.amount}} under review' } } },
    { id: 'verified', about: 'report', text: { en: { sms: '{{reported.amount}} is verified' } } },
  ],
});

export const documents: Documents = defineDocuments({ plan, policies: [policy], messages });

// Facts of the host's own

definePlan({
  ...house,
  // @ts-expect-error "tier" is no fact of your own, such as account.attributes.x, item.attributes.x or account.scores.x
  facts: { tier: 'text' },
});
// @ts-expect-error "account.scores.own" is a score, and scores are numbers
definePlan({ ...house, facts: { 'account.scores.own': 'text' } });
// @ts-expect-error Type '"txt"' is not assignable to type 'OwnFactType'. Did you mean '"text"'?
definePlan({ ...house, facts: { 'account.attributes.tier': 'txt' } });
definePlan({
  ...house,
  facts: { 'account.attributes.tier': 'text' },
  // @ts-expect-error plan.facts does not declare "account.attributes.teir"
  segments: [{ id: 'a', when: { fact: 'account.attributes.teir', eq: 'gold' } }],
});
definePlan({
  ...house,
  facts: { 'account.attributes.tier': ['gold', 'silver'] },
  // @ts-expect-error "account.attributes.tier" is never "glod"
  segments: [{ id: 'a', when: { any: [{ fact: 'account.attributes.tier', eq: 'glod' }] } }],
});
definePlan({
  ...house,
  facts: { 'account.attributes.tier': 'text' },
  // @ts-expect-error "gte" does not fit "account.attributes.tier", which is of type text
  segments: [{ id: 'a', when: { fact: 'account.attributes.tier', gte: 3 } }],
});
definePlan({
  ...house,
  facts: { 'account.attributes.employees': 'number' },
  // @ts-expect-error "account.attributes.employees" is a number
  segments: [{ id: 'a', when: { fact: 'account.attributes.employees', gte: '500' } }],
});
definePlan({
  ...house,
  facts: { 'account.attributes.public': 'boolean' },
  // @ts-expect-error "account.attributes.public" is true or false
  segments: [{ id: 'a', when: { fact: 'account.attributes.public', eq: 'yes' } }],
});

// In policies, once they stand beside a plan that declares facts and roles

defineDocuments({
  plan: house,
  policies: [definePolicy({ ...rest, stages: [{ ...stage, when: { fact: 'item.attributes.x', eq: 'x' } }] })],
  messages,
});
const undeclared = { fact: 'item.attributes.plan', eq: 1 } as const;
defineDocuments({
  plan,
  // @ts-expect-error policies[0].stages[0].when.fact: plan.facts does not declare "item.attributes.plan"
  policies: [definePolicy({ ...rest, stages: [{ ...stage, when: undeclared }] })],
  messages,
});
const iron = { fact: 'account.attributes.tier', eq: 'iron' } as const;
defineDocuments({
  plan,
  // @ts-expect-error policies[0].scope.not.eq: "account.attributes.tier" is never "iron"
  policies: [definePolicy({ ...rest, scope: { not: iron }, stages: [] })],
  messages,
});
defineDocuments({
  plan,
  // @ts-expect-error policies[0].unit.group[1]: plan.facts does not declare "item.attributes.contrato"
  policies: [definePolicy({ ...rest, unit: { group: ['account', 'item.attributes.contrato'] }, stages: [] })],
  messages,
});
defineDocuments({
  plan,
  // @ts-expect-error policies[0].message.by: plan.facts does not declare "item.attributes.contrato"
  policies: [definePolicy({ ...rest, message: { by: 'item.attributes.contrato' }, stages: [] })],
  messages,
});
defineDocuments({
  plan,
  // @ts-expect-error policies[0].stages[0].do[0].to: plan.roles does not name "biling"
  policies: [definePolicy({ ...rest, stages: [{ ...stage, do: [{ send: 'due', to: 'biling' }] }] })],
  messages,
});
defineDocuments({
  plan,
  // @ts-expect-error policies[0].on.disputed[0].copy[0]: plan.roles does not name "owner"
  policies: [definePolicy({ ...rest, stages: [], on: { disputed: [{ send: 'heard', copy: ['owner'] }] } })],
  messages,
});

// Stages in conditions, messages in answers, channels in contact rules

// @ts-expect-error there is no stage "tow"
definePolicy({ ...rest, stages: [{ ...stage, when: { fact: 'case.stage', in: ['s', 'tow'] } }] });
defineDocuments({
  plan: house,
  // @ts-expect-error policies[0].on.promised[0].send: there is no message "notd"
  policies: [definePolicy({ ...rest, stages: [], on: { promised: [{ send: 'notd' }] } })],
  messages,
});
defineDocuments({
  plan: house,
  // @ts-expect-error policies[0].on.disputed[0].send: "noted" is about promise; a message about dispute is sent here
  policies: [definePolicy({ ...rest, stages: [], on: { disputed: [{ send: 'noted' }] } })],
  messages,
});
defineDocuments({
  plan: house,
  // @ts-expect-error policies[0].on.reported[0].send: "noted" is about promise; a message about report is sent here
  policies: [definePolicy({ ...rest, stages: [], on: { reported: [{ send: 'noted' }] } })],
  messages,
});
defineDocuments({
  // @ts-expect-error plan.contact.caps[0].channel: there is no channel "whatsap"
  plan: definePlan({ ...house, contact: { caps: [{ max: 1, per: '1d', channel: 'whatsap' }] } }),
  policies: [],
  messages,
});
defineDocuments({
  // @ts-expect-error plan.contact.windows[0].channels[1]: there is no channel "fax"
  plan: definePlan({
    ...house,
    contact: { windows: [{ from: '09:00', to: '18:00', channels: ['sms', 'fax'] }] },
  }),
  policies: [],
  messages,
});
defineDocuments({
  // @ts-expect-error plan.contact.consent.emial: there is no channel "emial"
  plan: definePlan({ ...house, contact: { consent: { emial: 'off' } } }),
  policies: [],
  messages,
});
defineDocuments({
  // @ts-expect-error plan.contact.gaps.mail: there is no channel "mail"
  plan: definePlan({ ...house, contact: { gaps: { mail: '2d' } } }),
  policies: [],
  messages,
});

// Written in place, everything is said in place

defineDocuments({
  plan: {
    ...house,
    // @ts-expect-error there is no policy "laddder"
    default: 'laddder',
    // @ts-expect-error "gap" is no duration such as 2d, 36h or none
    contact: { gap: 'gap' },
  },
  policies: [
    {
      ...rest,
      stages: [
        {
          ...stage,
          // @ts-expect-error there is no fact "item.colour"
          when: { fact: 'item.colour', eq: 'red' },
          // @ts-expect-error there is no message "sooon"
          do: [{ send: 'sooon' }],
        },
      ],
    },
  ],
  messages,
});

// Variables of promises and disputes

const catalogue = { id: 'm', version: 1 } as const;
defineMessages({
  ...catalogue,
  // @ts-expect-error {{promise.date}} is for messages about promise; this one is about dispute
  messages: [{ id: 'a', about: 'dispute', text: { en: { sms: '{{promise.date}}' } } }],
});
defineMessages({
  ...catalogue,
  // @ts-expect-error {{invoice.number}} is of one item, and this text is for several too: write { one, many }
  messages: [{ id: 'a', about: 'payment', text: { en: { sms: '{{invoice.number}}' } } }],
});

// Approved WhatsApp templates

const templates = defineWhatsappTemplates(messages, {
  due: {
    es: { one: { name: 'due', language: 'es_MX', parameters: ['due', 'amount'] } },
    en: { name: 'due', language: 'en_US', parameters: { total: 'amount' } },
  },
});
whatsapp({ phoneNumberId: '1', accessToken: 'x', templates });
const loaded: Messages = messages;
defineWhatsappTemplates(loaded, { any: { es: { name: 'x', language: 'es', parameters: ['whatever'] } } });
// @ts-expect-error there is no message "dew"
defineWhatsappTemplates(messages, { dew: {} });
// @ts-expect-error the message has no WhatsApp text in "pt"
defineWhatsappTemplates(messages, { due: { pt: { name: 'due', language: 'pt_BR' } } });
// @ts-expect-error the text has no {{amuont}} to send
defineWhatsappTemplates(messages, { due: { en: { name: 'due', language: 'en', parameters: ['amuont'] } } });
// @ts-expect-error the text has no {{due}} to send
defineWhatsappTemplates(messages, { due: { es: { name: 'due', language: 'es', parameters: ['due'] } } });
const form = { name: 'due', language: 'es' } as const;
// @ts-expect-error the text has no {{count}} to send
defineWhatsappTemplates(messages, { due: { es: { one: { ...form, parameters: ['count'] } } } });
// @ts-expect-error 'few' does not exist in type
defineWhatsappTemplates(messages, { due: { es: { few: { ...form } } } });
// @ts-expect-error unknown key "params"
defineWhatsappTemplates(messages, { due: { en: { ...form, params: [] } } });
