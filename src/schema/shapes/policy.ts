import { z } from 'zod';
import { most } from '../limits.js';
import { action, reaction, send, via } from './actions.js';
import { condition } from './condition.js';
import {
  clock,
  dayOffset,
  days,
  exhaustion,
  gap,
  id,
  itemField,
  keyed,
  moneyThreshold,
  name,
  percent,
  positiveDays,
  positiveOffset,
  strict,
  version,
} from './elements.js';
import { stageTrigger } from './trigger.js';

const mode = z.enum(['auto', 'approve', 'task']);

const minimum = strict({
  amount: moneyThreshold.optional(),
  share: percent.optional(),
  any: z.boolean().optional(),
  of: z.enum(['case', 'account']).optional(),
});

const stage = strict({
  id,
  name: name.optional(),
  tone: z.enum(['friendly', 'firm', 'formal']),
  level: z.int().min(0).max(1000).optional(),
  at: stageTrigger.optional(),
  when: condition.optional(),
  min: minimum.optional(),
  mode: mode.optional(),
  lapses: dayOffset.optional(),
  gap: gap.optional(),
  time: clock.optional(),
  expires: days.optional(),
  keep: z.boolean().optional(),
  rank: z.int().min(-1000).max(1000).optional(),
  deadline: dayOffset.optional(),
  do: z.array(action).max(20),
});

const groupUnit = strict({
  group: z
    .array(z.union([z.enum(['account', 'entity', 'area', 'branch']), itemField]))
    .min(1)
    .max(10),
  carrier: z.enum(['recompute', 'inherit', 'restart']).optional(),
});

const messageKey = z.union([
  z.enum(['account', 'invoice', 'item', 'unit', 'level', 'channel', 'currency', 'entity', 'area', 'branch']),
  itemField,
]);

const message = strict({
  by: z.union([messageKey, z.array(messageKey).min(1).max(10)]).optional(),
  list: z.enum(['acting', 'overdue', 'open']).optional(),
  levels: z.enum(['own', 'lift', 'absorb']).optional(),
  most: strict({
    upcoming: z.int().min(0).max(1000).optional(),
    overdue: z.int().min(0).max(1000).optional(),
  }).optional(),
});

const last = strict({
  repeat: positiveOffset.optional(),
  times: z.int().min(1).max(1000).optional(),
  from: z.enum(['contact', 'due', 'issue']).optional(),
  exhausted: exhaustion.optional(),
});

const life = strict({ from: z.enum(['due', 'opened', 'first']), plus: positiveOffset });

const answers = z.array(send).max(20).optional();
const reactions = z.array(reaction).max(20).optional();

export const policy = strict({
  id,
  version,
  name: name.optional(),
  active: z.boolean().optional(),
  priority: z.int().min(-1000).max(1000).optional(),
  scope: condition.optional(),
  unit: z.union([z.literal('item'), groupUnit]).optional(),
  level: z.enum(['latched', 'state']).optional(),
  message: message.optional(),
  via: via.optional(),
  mode: mode.optional(),
  time: clock.optional(),
  grace: days.optional(),
  arrears: positiveDays.optional(),
  late: z.enum(['latest', 'each', 'drop']).optional(),
  entry: z.enum(['first', 'latest']).optional(),
  pushed: z.enum(['gives-way', 'both']).optional(),
  climb: z.boolean().optional(),
  restart: days.optional(),
  resume: z.enum(['next', 'latest', 'same', 'first']).optional(),
  done: z.enum(['sent', 'confirmed', 'proposed', 'delivered']).optional(),
  unknown: z.enum(['case', 'act']).optional(),
  proposed: z.enum(['hold', 'regenerate', 'supersede']).optional(),
  discarded: z.enum(['skip', 'again', 'hold']).optional(),
  reopen: z.enum(['continue', 'restart']).optional(),
  counters: z.enum(['settled', 'last-message', 'reset', 'never']).optional(),
  reentry: z.enum(['once', 'repeat']).optional(),
  adopt: z.union([z.enum(['pin', 'adopt']), strict({ map: keyed(id, id) })]).optional(),
  stages: z.array(stage).max(most.stages),
  last: last.optional(),
  life: life.optional(),
  on: strict({
    paid: answers,
    promised: answers,
    disputed: answers,
    reported: answers,
    promiseKept: reactions,
    promiseBroken: reactions,
    exhausted: reactions,
  }).optional(),
});
