import { z } from 'zod';
import { most } from '../limits.js';
import { condition } from './condition.js';
import {
  accountId,
  channel,
  closes,
  date,
  gap,
  id,
  invoiceId,
  keyed,
  language,
  moneyThreshold,
  opens,
  positiveDays,
  registry,
  strict,
  version,
  weekday,
  zone,
} from './elements.js';

const segment = strict({ id, when: condition });

const assignment = strict({
  invoice: invoiceId.optional(),
  account: accountId.optional(),
  segment: id.optional(),
  policy: id.nullable(),
});

const cap = strict({
  max: z.int().min(1).max(1000),
  per: positiveDays,
  of: z.enum(['account', 'contact']).optional(),
  channel: channel.optional(),
});

const window = strict({
  days: z.array(weekday).min(1).max(7).optional(),
  from: opens,
  to: closes,
  channels: z.array(channel).min(1).max(20).optional(),
});

const contact = strict({
  gap: gap.optional(),
  caps: z.array(cap).max(50).optional(),
  windows: z.array(window).max(50).optional(),
  closedOnHolidays: z.boolean().optional(),
  consent: keyed(channel, z.enum(['required', 'contract', 'off'])).optional(),
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
  segments: z.array(segment).max(most.segments).optional(),
  assign: z.array(assignment).max(most.assign).optional(),
  default: id.nullable().optional(),
  contact: contact.optional(),
  calendar: calendar.optional(),
  tolerance: moneyThreshold.optional(),
});

registry.add(segment, {
  title: 'Segment',
  description: 'A named group of accounts; the first that holds wins.',
});
registry.add(assignment, {
  title: 'Assignment',
  description:
    'Which policy for one invoice, account or segment. The most specific wins. A null policy means: do not dun.',
  examples: [{ segment: 'key-accounts', policy: 'gentle' }],
});
registry.add(cap, { title: 'Cap', description: 'At most so many occasions in any so many local days.' });
registry.add(window, {
  title: 'Contact window',
  examples: [{ days: ['mon', 'fri'], from: '09:00', to: '18:00' }],
});
registry.add(contact, { title: 'Contact rules', description: 'Across all policies and cases.' });
registry.add(calendar, { title: 'Calendar', description: 'Days that are no business days.' });
registry.add(plan, {
  title: 'Plan',
  description: "A company's rules: time zone, segments, which policy for whom, contact rules, calendar.",
  examples: [{ id: 'acme', version: 1, zone: 'America/Mexico_City', language: 'es', default: 'balanced' }],
});
