import { z } from 'zod';
import { clock, language, registry, strict, zone } from '../shapes/elements.js';

/** Building stones of `given`, which steps use as well. */

export const words = z.string().min(1).max(300);
export const loose = z.record(z.string(), z.unknown());
export const moment = z.string().min(2).max(40);

const records = z.union([loose, z.array(loose).max(10_000)]);
const path = z.string().min(1).max(500);

/** Records of the host. */
export const facts = {
  accounts: records.optional(),
  invoices: records.optional(),
  payments: records.optional(),
  refunds: records.optional(),
  credits: records.optional(),
  holds: records.optional(),
  disputes: records.optional(),
  promises: records.optional(),
  unbooked: records.optional(),
  replies: records.optional(),
  plans: records.optional(),
  sources: records.optional(),
};

const channel = strict({
  id: words,
  address: z.enum(['phone', 'email', 'postal', 'none']).optional(),
  consent: z.enum(['required', 'contract', 'off']).optional(),
  manual: z.boolean().optional(),
  tries: z.int().min(1).max(20).optional(),
  wait: words.optional(),
});

/** Plan, policies, messages and what they are wired with. */
export const documents = {
  preset: z.union([words, loose]).optional(),
  documents: z.union([path, loose]).optional(),
  plan: z.union([path, loose]).optional(),
  policy: z.union([path, loose]).optional(),
  policies: z.union([path, loose, z.array(z.union([path, loose])).max(500)]).optional(),
  messages: z.union([path, loose, z.array(loose).max(1000)]).optional(),
  channels: z.union([words, channel, z.array(z.union([words, channel])).max(50)]).optional(),
  sender: loose.optional(),
  senders: z.record(words, loose).optional(),
  missingDocuments: z.union([words, z.array(words).max(50)]).optional(),
};

const answer = strict({
  channel: words.optional(),
  message: words.optional(),
  account: words.optional(),
  to: words.optional(),
  answer: z.enum(['accepted', 'refused', 'retry', 'unknown', 'misconfigured', 'throws']),
  code: words.optional(),
  scope: z.enum(['message', 'recipient', 'pair', 'template', 'sender', 'account']).optional(),
  after: words.optional(),
  addressUnusable: z.boolean().optional(),
  optedOut: z.boolean().optional(),
  held: z.boolean().optional(),
  providerId: words.optional(),
  times: z.union([z.int().min(1).max(1_000_000), z.literal('always')]).optional(),
});

export const answers = z.union([answer, z.array(answer).max(1000)]);
export const history = z.union([loose, z.array(loose).max(10_000)]);

export const error = z.union([
  words,
  strict({ code: words, message: z.unknown().optional(), problems: z.unknown().optional() }),
]);

export const given = strict({
  zone: zone.optional(),
  language: language.optional(),
  currency: words.optional(),
  time: clock.optional(),
  now: moment.optional(),
  tenant: words.optional(),
  by: words.optional(),
  ...documents,
  ...facts,
  history: history.optional(),
  answers: answers.optional(),
  error: error.optional(),
});

registry.add(given, { title: 'Given', description: 'How things stand before anything happens.' });
registry.add(answer, {
  title: 'Answer',
  description: 'What a channel says of a message; the first that fits and is not used up counts.',
  examples: [{ channel: 'email', answer: 'refused', code: 'smtp:550', addressUnusable: true }],
});
