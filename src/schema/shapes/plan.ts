import { z } from 'zod';
import { most } from '../limits.js';
import { via } from './actions.js';
import { condition } from './condition.js';
import {
  accountId,
  channel,
  closes,
  currencyCode,
  date,
  dayOffset,
  days,
  exchangeRate,
  gap,
  id,
  invoiceId,
  keyed,
  language,
  moneyThreshold,
  name,
  opens,
  percent,
  positiveDays,
  rest,
  span,
  strict,
  version,
  weekday,
  zone,
} from './elements.js';
import { terms } from './fees.js';
import { stageTrigger } from './trigger.js';

const ownFact = z.union([z.enum(['text', 'number', 'boolean']), z.array(name).min(1).max(200)]);

const segment = strict({ id, when: condition });

const pilot = strict({ percent, salt: name.optional() });

const assignment = strict({
  invoice: invoiceId.optional(),
  account: accountId.optional(),
  branch: accountId.optional(),
  entity: accountId.optional(),
  area: accountId.optional(),
  segment: id.optional(),
  pilot: pilot.optional(),
  policy: id.nullable(),
});

const experiment = strict({
  id,
  when: condition.optional(),
  arms: z
    .array(strict({ id, weight: z.int().min(0).max(1_000_000), policy: id.nullable() }))
    .min(1)
    .max(50),
});

const adjustment = strict({
  account: accountId.optional(),
  segment: id.optional(),
  policy: id.optional(),
  delay: days.optional(),
  stages: keyed(
    id,
    strict({
      skip: z.boolean().optional(),
      at: stageTrigger.optional(),
      mode: z.enum(['auto', 'approve', 'task']).optional(),
      via: via.optional(),
    }),
  ).optional(),
});

const rate = strict({ from: currencyCode, to: currencyCode, rate: exchangeRate, on: date });

const blocks = strict({
  dispute: z.enum(['part', 'item', 'account']).optional(),
  unapplied: z.enum(['reduce', 'ignore', 'covers']).optional(),
  holdEnd: z.enum(['inclusive', 'exclusive']).optional(),
  hold: z.enum(['freeze', 'clear']).optional(),
  promise: strict({
    grace: days.optional(),
    tolerance: percent.optional(),
    within: dayOffset.optional(),
  }).optional(),
  unbooked: days.optional(),
  reply: rest.optional(),
});

const credit = strict({ margin: days.optional(), returned: days.optional() });

const cap = strict({
  max: z.int().min(1).max(1000),
  per: positiveDays.optional(),
  of: z.enum(['account', 'contact']).optional(),
  channel: channel.optional(),
  in: z.enum(['rolling', 'week', 'month']).optional(),
  purpose: z.enum(['dunning', 'any']).optional(),
});

const consentRule = z.enum(['required', 'contract', 'off']);

const window = strict({
  days: z.array(weekday).min(1).max(7).optional(),
  from: opens,
  to: closes,
  channels: z.array(channel).min(1).max(20).optional(),
});

const contact = strict({
  gap: gap.optional(),
  gapOf: z.enum(['account', 'case', 'item']).optional(),
  gaps: keyed(channel, gap).optional(),
  caps: z.array(cap).max(50).optional(),
  windows: z.array(window).max(50).optional(),
  closedOnHolidays: z.boolean().optional(),
  consent: keyed(
    channel,
    z.union([consentRule, strict({ dunning: consentRule.optional(), service: consentRule.optional() })]),
  ).optional(),
  lastWorked: z.enum(['first', 'fallback']).optional(),
  restAfter: z.int().min(1).max(100).optional(),
  rest: span.optional(),
});

const calendar = strict({
  weekend: z.array(weekday).max(6).optional(),
  holidays: z.array(date).max(most.holidays).optional(),
});

export const plan = strict({
  id,
  version,
  zone,
  language: language.optional(),
  facts: keyed(z.string().min(1).max(220), ownFact).optional(),
  roles: z.array(id).min(1).max(100).optional(),
  segments: z.array(segment).max(most.segments).optional(),
  assign: z.array(assignment).max(most.assign).optional(),
  default: id.nullable().optional(),
  contact: contact.optional(),
  calendar: calendar.optional(),
  tolerance: moneyThreshold.optional(),
  otherCurrency: z.enum(['task', 'convert', 'met', 'unmet']).optional(),
  rates: z.array(rate).max(most.rates).optional(),
  experiments: z.array(experiment).max(50).optional(),
  adjust: z.array(adjustment).max(most.assign).optional(),
  blocks: blocks.optional(),
  sources: keyed(id, strict({ maxAge: span })).optional(),
  credit: credit.optional(),
  currency: currencyCode.optional(),
  terms: terms.optional(),
});
