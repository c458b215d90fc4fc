import type { MappedButton, MappedTemplates } from '../../src/lint/index.js';
import type { Documents, Plan } from '../../src/policy/types.js';
import { base, type Case, ladder, message, plan, policy, stage, ways } from './documents.js';

/** The base with other rules about contact. */
function contact(change: NonNullable<Plan['contact']>): Documents {
  return plan({ contact: { ...base.plan.contact, ...change } });
}

/** A text of the firm message for several items, with words added. */
function says(tag: 'es' | 'en' | 'pt', channel: 'whatsapp' | 'sms', words: string): Documents {
  return message('firm', (one) => {
    const own = one.text[tag]?.[channel];
    if (typeof own !== 'object' || 'subject' in own) throw new Error('the presets write one and many');
    const text = { ...own, many: `${own.many} ${words}` };
    return { ...one, text: { ...one.text, [tag]: { ...one.text[tag], [channel]: text } } };
  });
}

/** One template for every message, language and form. */
const mapped: MappedTemplates = Object.fromEntries(
  base.messages.messages.map(({ id, text }) => [
    id,
    Object.fromEntries(
      Object.keys(text).map((tag) => [tag, { name: id.replaceAll('-', '_'), parameters: ['contact.name'] }]),
    ),
  ]),
);
const { firm, ...unmapped } = mapped;

/** The firm message's template with a second button. */
function buttons(second: MappedButton): MappedTemplates {
  return { ...mapped, firm: { ...firm, es: { name: 'f', buttons: [{ type: 'phone' }, second] } } };
}

const sender = { name: 'Acme', phone: '+52 55 1234 5678', pay: { bank: 'CLABE 012345678901234567' } };

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri'] as const;

/** Nobody has a third channel to fall back to. */
const twoWays = policy({ via: ways }).policies;

/** Seeded defects of the rules about hours, set-up and manners. */
export const setupCases: readonly Case[] = [
  {
    id: 'time-after-hours',
    broken: stage('firm', { time: '18:00' }),
    path: 'policies[0].stages[3].time',
    clean: stage('firm', { time: '17:59' }),
  },
  {
    id: 'time-after-hours',
    broken: policy({ time: '19:00' }),
    path: 'policies[0].time',
    clean: { ...contact({ windows: [] }), policies: [{ ...ladder, time: '19:00' }] },
  },
  {
    id: 'night-hours',
    broken: contact({ windows: [{ from: '06:59', to: '18:00' }] }),
    path: 'plan.contact.windows[0].from',
    clean: contact({ windows: [{ from: '07:00', to: '18:00' }] }),
  },
  {
    id: 'night-hours',
    broken: contact({ windows: [{ from: '09:00', to: '21:01', channels: ['email', 'sms'] }] }),
    path: 'plan.contact.windows[0].to',
    clean: contact({ windows: [{ from: '09:00', to: '21:01', channels: ['email'] }] }),
  },
  {
    id: 'no-contact-hours',
    broken: contact({ windows: undefined }),
    path: 'plan.contact',
    clean: { ...contact({ windows: undefined }), policies: [{ ...ladder, time: '07:00' }] },
  },
  {
    id: 'no-contact-hours',
    broken: contact({ windows: undefined }),
    path: 'plan.contact',
    clean: { ...contact({ windows: undefined }), policies: [{ ...ladder, via: [{ channel: 'email' }] }] },
  },
  {
    id: 'expires-on-days-off',
    broken: stage('firm', { expires: '1d' }),
    path: 'policies[0].stages[3].expires',
    clean: stage('firm', { expires: '2d' }),
  },
  {
    id: 'expires-on-days-off',
    broken: {
      ...contact({ windows: [{ days: weekdays, from: '09:00', to: '18:00' }] }),
      policies: stage('firm', { expires: '0d' }).policies,
    },
    path: 'policies[0].stages[3].expires',
    clean: stage('firm', { expires: '0d', at: { from: 'due', plus: '10d', businessDay: 'next' } }),
  },
  {
    id: 'unlimited-contact',
    broken: contact({ gap: 'none', caps: [] }),
    path: 'plan.contact.caps',
    clean: contact({ gap: 'none', caps: [{ max: 9, per: '30d' }] }),
  },
  {
    id: 'consent-off',
    broken: contact({ consent: { whatsapp: { dunning: 'off', service: 'off' } } }),
    path: 'plan.contact.consent.whatsapp.dunning',
    clean: contact({ consent: { whatsapp: { dunning: 'required', service: 'off' }, email: 'off' } }),
  },
  {
    id: 'consent-off',
    broken: contact({ consent: { sms: 'off' } }),
    path: 'plan.contact.consent.sms',
    clean: contact({ consent: { sms: 'contract' } }),
  },
  {
    id: 'last-worked-idle',
    broken: { ...contact({ lastWorked: 'fallback' }), policies: twoWays },
    path: 'plan.contact.lastWorked',
    clean: { ...contact({ lastWorked: 'first' }), policies: twoWays },
  },
  {
    id: 'no-channel',
    broken: stage('firm', { do: [{ send: 'firm', via: [{ channel: 'sms' }] }] }),
    path: 'policies[0].stages[3].do[0].via',
    clean: stage('firm', { do: [{ send: 'firm', via: [{ channel: 'sms' }, { channel: 'email' }] }] }),
    options: { channels: [{ id: 'email' }, { id: 'whatsapp' }] },
  },
  {
    id: 'sender-lacks',
    broken: base,
    path: 'sender.pay',
    clean: base,
    options: { sender: { ...sender, pay: undefined } },
    cleanOptions: { sender },
  },
  {
    id: 'sender-lacks',
    broken: base,
    path: 'sender.phone',
    clean: base,
    options: { sender: { ...sender, phone: undefined } },
    cleanOptions: { sender: { ...sender, phone: undefined, email: 'cobranza@acme.example' } },
  },
  {
    id: 'unmapped-template',
    broken: base,
    path: 'templates.firm.es.one',
    clean: base,
    options: { templates: unmapped },
    cleanOptions: { templates: mapped },
  },
  {
    id: 'unmapped-template',
    broken: base,
    path: 'templates.firm.es.many',
    clean: base,
    options: {
      templates: { ...mapped, firm: { ...firm, es: { one: { name: 'firm' } } } },
    },
    cleanOptions: {
      templates: { ...mapped, firm: { ...firm, es: { one: { name: 'firm' }, many: { name: 'firm_many' } } } },
    },
  },
  {
    id: 'wrong-parameter',
    broken: base,
    path: 'templates.firm.es.one.parameters[1]',
    clean: base,
    options: {
      templates: {
        ...mapped,
        firm: {
          ...firm,
          es: { one: { name: 'firm', parameters: ['amount', 'paid.amount'] }, many: { name: 'm' } },
        },
      },
    },
    cleanOptions: {
      templates: {
        ...mapped,
        firm: {
          ...firm,
          es: { one: { name: 'firm', parameters: ['amount', 'contact.name'] }, many: { name: 'm' } },
        },
      },
    },
  },
  {
    id: 'wrong-parameter',
    broken: base,
    path: 'templates.firm.es.parameters.due_on',
    clean: base,
    options: {
      templates: {
        ...mapped,
        firm: { ...firm, es: { name: 'firm', parameters: { due_on: 'days.overdue' } } },
      },
    },
    cleanOptions: {
      templates: {
        ...mapped,
        firm: { ...firm, es: { name: 'firm', parameters: { due_on: 'contact.name' } } },
      },
    },
  },
  {
    id: 'wrong-parameter',
    broken: base,
    path: 'templates.firm.es.buttons[1].suffix',
    clean: base,
    options: { templates: buttons({ type: 'url', suffix: '{{paid.amount}}' }) },
    cleanOptions: { templates: buttons({ type: 'url', suffix: '{{payment.link}}' }) },
  },
  {
    id: 'wrong-parameter',
    broken: base,
    path: 'templates.firm.es.header.link',
    clean: base,
    options: {
      templates: { ...mapped, firm: { ...firm, es: { name: 'f', header: { link: '{{nobody}}' } } } },
    },
    cleanOptions: { templates: { ...mapped, firm: { ...firm, es: { name: 'f', header: {} } } } },
  },
  {
    id: 'unread-payload',
    broken: base,
    path: 'templates.firm.es.buttons[1].payload',
    clean: base,
    options: { templates: buttons({ type: 'reply', payload: 'ya_pague' }) },
    cleanOptions: { templates: buttons({ type: 'reply', payload: 'dispute:{{contact.name}}' }) },
  },
  ...(
    [
      [{ countries: ['MX', 'US'], sender: 'Acme' }, 1],
      [{ countries: ['CA'], sender: '+15005550006' }, 0],
      [{ countries: ['ES'], sender: 'Acme' }, 0],
      [{ countries: ['IN'] }, 0],
      [{ countries: ['MX'], sender: '+525512345678' }, 0],
    ] as const
  ).map(([sms, index]) => ({
    id: 'sms-sender',
    broken: base,
    path: `sms.countries[${index}]`,
    clean: base,
    options: { sms },
    cleanOptions: { sms: { countries: ['US', 'ES', 'IN', 'MX'], sender: '12345', registered: ['US', 'IN'] } },
  })),
  {
    id: 'sms-link',
    broken: base,
    path: 'messages.messages[3].text.es.sms',
    clean: base,
    options: { sms: { countries: ['MX'] } },
    cleanOptions: { sms: { countries: ['ES'] } },
  },
  {
    id: 'shouting',
    broken: says('es', 'sms', 'PAGUE AHORA MISMO.'),
    path: 'messages.messages[3].text.es.sms.many',
    // An abbreviation, and names of variables, are no shouting.
    clean: says('es', 'sms', 'CLABE o SPEI, por favor.'),
  },
  {
    id: 'shouting',
    broken: says('en', 'whatsapp', 'Please pay!!'),
    path: 'messages.messages[3].text.en.whatsapp.many',
    clean: says('en', 'whatsapp', 'Please pay!'),
  },
  {
    id: 'promotional-words',
    broken: says('es', 'whatsapp', 'Aproveche nuestra promoción.'),
    path: 'messages.messages[3].text.es.whatsapp.many',
    // In an SMS there is no category to lose.
    clean: says('es', 'sms', 'Aproveche nuestra promoción.'),
  },
  {
    id: 'promotional-words',
    broken: says('pt', 'whatsapp', 'Não perca esta oferta.'),
    path: 'messages.messages[3].text.pt.whatsapp.many',
    clean: says('pt', 'whatsapp', 'Agradecemos.'),
  },
  {
    id: 'promotional-words',
    broken: says('en', 'whatsapp', 'A special offer awaits.'),
    path: 'messages.messages[3].text.en.whatsapp.many',
    clean: says('en', 'whatsapp', 'We offer to talk.'),
  },
  {
    id: 'tolerance-above-minimum',
    broken: {
      ...plan({ tolerance: { MXN: '100.00' } }),
      policies: stage('firm', { min: { amount: { MXN: '100.00' } } }).policies,
    },
    path: 'policies[0].stages[3].min.amount.MXN',
    clean: {
      ...plan({ tolerance: { MXN: '100.00' } }),
      policies: stage('firm', { min: { amount: { MXN: '100.01' } } }).policies,
    },
  },
  {
    id: 'unused-fact',
    broken: plan({ facts: { 'account.attributes.tier': ['gold'], 'item.attributes.contract': 'text' } }),
    path: 'plan.facts["item.attributes.contract"]',
    clean: {
      ...plan({
        facts: { 'account.attributes.tier': ['gold'], 'item.attributes.contract': 'text' },
        segments: [{ id: 'x', when: { not: { any: [{ fact: 'account.attributes.tier', eq: 'gold' }] } } }],
      }),
      policies: [{ ...ladder, message: { by: ['account', 'item.attributes.contract'] } }],
    },
  },
];
