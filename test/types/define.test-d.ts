import {
  type ChannelId,
  defineDocuments,
  defineMessages,
  definePlan,
  definePolicy,
  type MessageId,
  type SegmentId,
  type StageId,
} from '../../src/policy/define.js';
import { presets } from '../../src/policy/presets/index.js';
import type { Documents, Messages, Plan, Policy } from '../../src/policy/types.js';

// What compiles, and what does not and why. Every @ts-expect-error is an error of its own where nothing is wrong.

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const same = <A, B>(_: Equal<A, B>): void => undefined;

export const plan = definePlan({
  id: 'acme',
  version: 1,
  zone: 'America/Mexico_City',
  segments: [
    { id: 'key', when: { fact: 'account.outstanding', gte: { MXN: '100000.00', CLP: '5000000' } } },
    {
      id: 'late',
      when: {
        all: [
          { fact: 'account.shareLate', gt: 50 },
          { not: { fact: 'account.attributes.sector', in: ['public', 3] } },
          {
            any: [
              { fact: 'account.tags', has: 'x' },
              { fact: 'account.hardship', eq: true },
            ],
          },
        ],
      },
    },
  ],
  assign: [
    { segment: 'key', policy: 'gentle' },
    { account: 'robles', policy: null },
  ],
  default: 'ladder',
  contact: { gap: '2d', caps: [{ max: 1, per: '1d' }], consent: { sms: 'required' } },
  tolerance: { MXN: '5.00' },
});

export const ladder = definePolicy({
  id: 'ladder',
  version: 1,
  via: [{ channel: 'whatsapp' }, { channel: 'email' }],
  restart: '1d',
  stages: [
    { id: 'soon', tone: 'friendly', at: { from: 'due', minus: '7d' }, do: [{ send: 'soon' }] },
    {
      id: 'firm',
      tone: 'firm',
      at: { from: 'previous', plus: '2bd' },
      when: { fact: 'item.dunnable', gte: { MXN: '500.00' } },
      do: [
        { send: 'soon', via: [{ channel: 'sms' }] },
        { task: 'call', within: '2bd' },
      ],
    },
  ],
  last: { repeat: '1mo', times: 2 },
  on: { paid: [{ send: 'thanks' }] },
});

export const gentle = definePolicy({ id: 'gentle', version: 1, stages: [] });

export const messages = defineMessages({
  id: 'acme',
  version: 1,
  messages: [
    {
      id: 'soon',
      about: 'items',
      text: {
        es: {
          whatsapp: 'Hola {{contact.name}}, su saldo de {{ amount }} vence pronto.',
          sms: { one: 'Vence {{due}}: {{amount}}', many: 'Vencen {{count}} facturas: {{amount}}' },
          email: {
            subject: { one: 'Factura {{invoice.number}}', many: 'Facturas {{invoice.numbers}}' },
            body: 'Hola {{contact.name}}:\n{{! nota }}{{#items}}\n| {{number}} | {{due}} | {{amount}} |\n{{/items}}\n{{pay}} {{ask}}',
          },
        },
      },
    },
    {
      id: 'thanks',
      about: 'payment',
      text: { es: { email: { subject: 'Gracias', body: 'Recibimos {{paid.amount}}.' } } },
    },
  ],
});

export const documents = defineDocuments({ plan, policies: [ladder, gentle], messages });

// Ids are inferred, and the result is what everything else takes.
same<SegmentId<typeof plan>, 'key' | 'late'>(true);
same<StageId<typeof ladder>, 'soon' | 'firm'>(true);
same<MessageId<typeof messages>, 'soon' | 'thanks'>(true);
same<ChannelId<typeof messages>, 'whatsapp' | 'sms' | 'email'>(true);
export const widened: Documents = documents;

// Documents whose ids are not known at compile time pass: parsing checks them.
export const loaded = (one: Plan, other: Policy, more: Messages): Documents =>
  defineDocuments({ plan: definePlan(one), policies: [definePolicy(other)], messages: defineMessages(more) });
export const preset = defineDocuments(presets.exporter({ zone: 'UTC' }));

const minimal = { id: 'p', version: 1, zone: 'UTC' } as const;

// A plan

// @ts-expect-error Property 'zone' is missing
definePlan({ id: 'p', version: 1 });
// @ts-expect-error Type 'string' is not assignable to type 'number'
definePlan({ ...minimal, version: '1' });
// @ts-expect-error unknown key "defualt"
definePlan({ ...minimal, defualt: 'ladder' });
// @ts-expect-error unknown key "maximum"
definePlan({ ...minimal, contact: { caps: [{ max: 1, per: '1d', maximum: 2 }] } });
definePlan({
  ...minimal,
  segments: [{ id: 'key', when: { fact: 'account.hardship', eq: true } }],
  // @ts-expect-error there is no segment "kye"
  assign: [{ segment: 'kye', policy: 'x' }],
});
// @ts-expect-error there is no segment "key"
definePlan({ ...minimal, assign: [{ segment: 'key', policy: 'x' }] });
// @ts-expect-error there is no fact "account.shareLte"
definePlan({ ...minimal, segments: [{ id: 'a', when: { fact: 'account.shareLte', gt: 50 } }] });
// @ts-expect-error a segment groups accounts and knows no "item.daysPastDue"
definePlan({ ...minimal, segments: [{ id: 'a', when: { fact: 'item.daysPastDue', gt: 50 } }] });
// @ts-expect-error a segment groups accounts and knows no "item.attributes.x"
definePlan({ ...minimal, segments: [{ id: 'a', when: { not: { fact: 'item.attributes.x', eq: 1 } } }] });
// @ts-expect-error "gt" does not fit "account.tags"
definePlan({ ...minimal, segments: [{ id: 'a', when: { fact: 'account.tags', gt: 1 } }] });
// @ts-expect-error "has" does not fit "account.openItems"
definePlan({ ...minimal, segments: [{ id: 'a', when: { all: [{ fact: 'account.openItems', has: 'x' }] } }] });
// @ts-expect-error "account.outstanding" is money
definePlan({ ...minimal, segments: [{ id: 'a', when: { fact: 'account.outstanding', gte: 1000 } }] });
definePlan({
  ...minimal,
  // @ts-expect-error "MXP" is no ISO 4217 currency
  segments: [{ id: 'a', when: { fact: 'account.outstanding', gte: { MXP: '1.00' } } }],
});
// @ts-expect-error "account.openItems" is a number
definePlan({ ...minimal, segments: [{ id: 'a', when: { fact: 'account.openItems', gte: '3' } }] });
// @ts-expect-error "account.openItems" is a number
definePlan({ ...minimal, segments: [{ id: 'a', when: { fact: 'account.openItems', in: [3, 'x'] } }] });
// @ts-expect-error "account.country" is text
definePlan({ ...minimal, segments: [{ id: 'a', when: { fact: 'account.country', eq: 3 } }] });
// @ts-expect-error "account.hardship" is true or false
definePlan({ ...minimal, segments: [{ id: 'a', when: { any: [{ fact: 'account.hardship', eq: 'yes' }] } }] });
// @ts-expect-error unknown key "gtt"
definePlan({ ...minimal, segments: [{ id: 'a', when: { fact: 'account.openItems', gtt: 3 } }] });
// @ts-expect-error "mxn" is no ISO 4217 currency
definePlan({ ...minimal, tolerance: { mxn: '5.00' } });
// @ts-expect-error Type 'number' is not assignable to type 'string'
definePlan({ ...minimal, tolerance: { MXN: 5 } });
// @ts-expect-error "2w" is no duration such as 2d, 36h or none
definePlan({ ...minimal, contact: { gap: '2w' } });
definePlan({ ...minimal, contact: { gap: '36h', gaps: { sms: 'none' } } });
// @ts-expect-error "2bd" is no duration such as 2d, 36h or none
definePlan({ ...minimal, contact: { gaps: { sms: '2bd' } } });
// @ts-expect-error "week" is no duration such as 2d
definePlan({ ...minimal, contact: { caps: [{ max: 1, per: 'week' }] } });
// @ts-expect-error Type '"monday"' is not assignable to type 'Weekday'
definePlan({ ...minimal, calendar: { weekend: ['monday'] } });

// A policy

const stage = { id: 's', tone: 'firm', at: { from: 'due', plus: '1d' }, do: [] } as const;

// @ts-expect-error unknown key "tonne"
definePolicy({ id: 'p', version: 1, stages: [{ ...stage, tonne: 'firm' }] });
// @ts-expect-error Type '"angry"' is not assignable to type 'Tone'
definePolicy({ id: 'p', version: 1, stages: [{ ...stage, tone: 'angry' }] });
// @ts-expect-error "10" is no duration
definePolicy({ id: 'p', version: 1, stages: [{ ...stage, at: { from: 'due', plus: '10' } }] });
// @ts-expect-error "-7d" is no duration
definePolicy({ id: 'p', version: 1, stages: [{ ...stage, at: { from: 'due', minus: '-7d' } }] });
// @ts-expect-error "1y" is no duration
definePolicy({ id: 'p', version: 1, stages: [{ ...stage, at: { from: 'due', plus: '1y' } }] });
// @ts-expect-error plus or minus, not both
definePolicy({ id: 'p', version: 1, stages: [{ ...stage, at: { from: 'due', plus: '1d', minus: '1d' } }] });
definePolicy({
  id: 'p',
  version: 1,
  // @ts-expect-error unknown key "chanel"
  stages: [{ ...stage, do: [{ send: 'x', via: [{ channel: 'sms', chanel: 'sms' }] }] }],
});
// @ts-expect-error 'sendd' does not exist in type 'Action & ActionHints'. Did you mean to write 'send'?
definePolicy({ id: 'p', version: 1, stages: [{ ...stage, do: [{ sendd: 'x' }] }] });
// @ts-expect-error unknown key "patient"
definePolicy({ id: 'p', version: 1, stages: [], via: [{ channel: 'sms', patient: '24h' }] });
// @ts-expect-error "item.dunnable" is money
definePolicy({ id: 'p', version: 1, stages: [{ ...stage, when: { fact: 'item.dunnable', gte: '500.00' } }] });
// @ts-expect-error there is no fact "item.colour"
definePolicy({ id: 'p', version: 1, stages: [{ ...stage, when: { fact: 'item.colour', eq: 'red' } }] });
// @ts-expect-error "24h" is no duration such as 10d, 2bd, 2w or 1mo
definePolicy({ id: 'p', version: 1, stages: [stage], last: { repeat: '24h', times: 1 } });

// A catalogue

const catalogue = { id: 'm', version: 1 } as const;

defineMessages({
  ...catalogue,
  // @ts-expect-error {{duedate}} is no variable of this text
  messages: [{ id: 'a', about: 'items', text: { en: { sms: 'Due {{duedate}}.' } } }],
});
defineMessages({
  ...catalogue,
  // @ts-expect-error {{due}} is of one item, and this text is for several too: write { one, many }
  messages: [{ id: 'a', about: 'items', text: { en: { sms: 'Due {{due}}.' } } }],
});
defineMessages({
  ...catalogue,
  messages: [
    // @ts-expect-error {{invoice.number}} is of one item, and this text is for several too
    { id: 'a', about: 'items', text: { en: { sms: { one: 'x', many: 'Invoice {{invoice.number}}' } } } },
  ],
});
defineMessages({
  ...catalogue,
  // @ts-expect-error {{amount}} is for messages about items; this one is about payment
  messages: [{ id: 'a', about: 'payment', text: { en: { sms: 'Paid {{amount}}.' } } }],
});
defineMessages({
  ...catalogue,
  // @ts-expect-error {{paid.amount}} is for messages about payment; this one is about items
  messages: [{ id: 'a', about: 'items', text: { en: { sms: 'Paid {{paid.amount}}.' } } }],
});
defineMessages({
  ...catalogue,
  messages: [
    {
      id: 'a',
      about: 'items',
      // @ts-expect-error {{pay}} is no variable of a row
      text: { en: { email: { subject: 's', body: '{{#items}}| {{number}} | {{pay}} |{{/items}}' } } },
    },
  ],
});
defineMessages({
  ...catalogue,
  // @ts-expect-error {{number}} is of a row: it stands between {{#items}} and {{/items}} only
  messages: [{ id: 'a', about: 'items', text: { en: { email: { subject: 's', body: '{{number}}' } } } }],
});
defineMessages({
  ...catalogue,
  // @ts-expect-error only the body of an e-mail lists items
  messages: [{ id: 'a', about: 'items', text: { en: { sms: '{{#items}}{{number}}{{/items}}' } } }],
});
defineMessages({
  ...catalogue,
  // @ts-expect-error Property 'subject' is missing in type '{ body: string; }' but required in type 'EmailText'
  messages: [{ id: 'a', about: 'items', text: { en: { email: { body: 'x' } } } }],
});
// @ts-expect-error Type '"money"' is not assignable to type 'MessageAbout'
defineMessages({ ...catalogue, messages: [{ id: 'a', about: 'money', text: { en: { sms: 'x' } } }] });
// @ts-expect-error unknown key "texts"
defineMessages({ ...catalogue, messages: [{ id: 'a', about: 'items', text: {}, texts: {} }] });

// Together

// @ts-expect-error there is no policy "laddder"
defineDocuments({ plan: definePlan({ ...minimal, default: 'laddder' }), policies: [ladder], messages });
// @ts-expect-error there is no policy "gentle"
defineDocuments({ plan, policies: [ladder], messages });
const sending = (send: 'soon') =>
  definePolicy({ id: 'p', version: 1, stages: [{ ...stage, do: [{ send }] }] });
defineDocuments({ plan: minimal, policies: [sending('soon')], messages });
defineDocuments({
  plan: minimal,
  // @ts-expect-error there is no message "sooon"
  policies: [definePolicy({ id: 'p', version: 1, stages: [{ ...stage, do: [{ send: 'sooon' }] }] })],
  messages,
});
defineDocuments({
  plan: minimal,
  // @ts-expect-error policies[0].stages[0].do[0].send: "thanks" is about payment; a message about items is sent here
  policies: [definePolicy({ id: 'p', version: 1, stages: [{ ...stage, do: [{ send: 'thanks' }] }] })],
  messages,
});
defineDocuments({
  plan: minimal,
  // @ts-expect-error policies[0].on.paid[0].send: "soon" is about items; a message about payment is sent here
  policies: [definePolicy({ id: 'p', version: 1, stages: [], on: { paid: [{ send: 'soon' }] } })],
  messages,
});
defineDocuments({
  plan: minimal,
  // @ts-expect-error there is no text of any message for the channel "whatsap"
  policies: [definePolicy({ id: 'p', version: 1, stages: [], via: [{ channel: 'whatsap' }] })],
  messages,
});
