import { z } from 'zod';
import { date, registry, strict } from '../shapes/elements.js';
import { answers, documents, error, facts, history, loose, moment, words } from './given.js';
import { expectations } from './then.js';

const names = z.union([words, z.array(words).max(1000)]);
/** An empty list is an error to be expected. */
const items = z.union([words, z.array(words).max(1000)]);

const query = {
  id: words.optional(),
  account: words.optional(),
  item: words.optional(),
  invoice: words.optional(),
  stage: words.optional(),
  kind: z.enum(['message', 'task', 'alert', 'effect', 'fee', 'handover', 'write-off']).optional(),
  name: words.optional(),
  message: words.optional(),
  channel: words.optional(),
  contact: words.optional(),
  policy: words.optional(),
  state: words.optional(),
  occurrence: z.int().min(1).optional(),
  which: z.enum(['first', 'last', 'all']).optional(),
};
const act = z.union([words, strict(query)]);

const contacted = { on: date.optional(), channel: words.optional(), contact: words.optional() };
const outcome = {
  outcome: z
    .enum([
      'reached',
      'messageLeft',
      'sent',
      'noAnswer',
      'wrongNumber',
      'wrongAddress',
      'notDone',
      'promised',
      'paid',
      'disputed',
    ])
    .optional(),
  on: date.optional(),
  date: date.optional(),
  about: names.optional(),
  amount: words.optional(),
  code: words.optional(),
};
const choice = { account: words.optional(), items: items.optional() };
const stage = { ...choice, stage: words };

const load = {
  ...documents,
  edit: strict({ plan: loose.optional(), policies: z.record(words, loose).optional() }).optional(),
  pause: names.optional(),
  resume: names.optional(),
  remove: names.optional(),
  keep: z.boolean().optional(),
};

const review = strict({
  accounts: names.optional(),
  policies: names.optional(),
  stages: names.optional(),
  currencies: names.optional(),
  run: z.union([words, z.number()]).optional(),
});

const yes = z.literal(true);

export const step = strict({
  at: moment.optional(),
  asOf: moment.optional(),
  note: z.string().max(2000).optional(),
  tenant: words.optional(),
  by: words.optional(),
  reason: words.optional(),
  ...facts,
  change: strict(facts).optional(),
  load: strict(load).optional(),
  history: history.optional(),
  answers: answers.optional(),
  review: z.union([yes, review]).optional(),
  tick: yes.optional(),
  dispatch: yes.optional(),
  run: strict({ until: moment, every: words.optional() }).optional(),
  approve: act.optional(),
  confirm: z.union([words, strict({ ...query, on: date.optional() })]).optional(),
  discard: act.optional(),
  complete: z
    .union([words, strict({ ...query, ...outcome, contacted: strict(contacted).optional() })])
    .optional(),
  delivered: act.optional(),
  resolve: strict({ ...query, as: z.enum(['sent', 'not-sent']) }).optional(),
  settleFee: strict({ ...query, as: z.enum(['booked', 'waived', 'void']) }).optional(),
  bookFee: strict({ ...query, onto: words.optional(), document: loose.optional() }).optional(),
  ask: strict(stage).optional(),
  skip: strict(stage).optional(),
  move: strict({ ...stage, policy: words.optional() }).optional(),
  takeBack: z.union([yes, strict(choice)]).optional(),
  reset: z.union([yes, strict(choice)]).optional(),
  record: z.union([yes, strict({ ...choice, ...contacted })]).optional(),
  assign: z.union([words, strict({ account: words.optional(), owner: words })]).optional(),
  unassign: z.union([yes, strict({ account: words.optional() })]).optional(),
  restoreAddress: z
    .union([words, strict({ account: words.optional(), contact: words, channel: words.optional() })])
    .optional(),
  hold: z
    .union([
      yes,
      strict({
        ...choice,
        id: words.optional(),
        reason: words.optional(),
        from: z.string().max(40).optional(),
        until: z.string().max(40).optional(),
      }),
    ])
    .optional(),
  release: z.union([words, strict({ account: words.optional(), hold: words })]).optional(),
  portfolio: z.union([yes, loose]).optional(),
  impact: strict({ ...load, until: moment.optional(), list: z.int().optional() }).optional(),
  error: error.optional(),
  // biome-ignore lint/suspicious/noThenProperty: scenarios are written as given, when and then
  then: expectations.optional(),
});

export const steps = z.array(step).max(2000);

registry.add(step, {
  title: 'Step',
  description: 'What happens at a moment, in the order written, and what is expected then.',
});
