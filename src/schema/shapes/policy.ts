import { z } from 'zod';
import { most } from '../limits.js';
import { condition } from './condition.js';
import { channel, dayOffset, days, id, name, positiveOffset, registry, strict, version } from './elements.js';

const via = z.array(strict({ channel })).min(1).max(10);

const send = strict({ send: id, to: id.optional(), via: via.optional() });

const task = strict({ task: id, owner: name.optional(), within: dayOffset.optional() });

const trigger = strict({
  from: z.enum(['due', 'issue', 'previous', 'opened']),
  plus: dayOffset.optional(),
  minus: dayOffset.optional(),
  businessDay: z.enum(['as-is', 'next', 'previous']).optional(),
});

const stage = strict({
  id,
  name: name.optional(),
  tone: z.enum(['friendly', 'firm', 'formal']),
  at: trigger,
  when: condition.optional(),
  do: z.array(z.union([send, task])).max(20),
});

export const policy = strict({
  id,
  version,
  name: name.optional(),
  message: strict({
    by: z.enum(['account', 'invoice']).optional(),
    list: z.enum(['acting', 'overdue']).optional(),
  }).optional(),
  via: via.optional(),
  late: z.enum(['latest', 'each', 'drop']).optional(),
  entry: z.enum(['first', 'latest']).optional(),
  restart: days.optional(),
  stages: z.array(stage).max(most.stages),
  last: strict({ repeat: positiveOffset, times: z.int().min(1).max(1000) }).optional(),
  on: strict({ paid: z.array(send).max(20).optional() }).optional(),
});

registry.add(via, {
  title: 'Channel chain',
  description: 'Channels in order; the next is tried when one fails for good.',
  examples: [[{ channel: 'whatsapp' }, { channel: 'email' }]],
});
registry.add(send, { title: 'Send a message', examples: [{ send: 'firm', to: 'billing' }] });
registry.add(task, { title: 'Give a person a task', examples: [{ task: 'call', within: '2bd' }] });
registry.add(trigger, {
  title: 'Trigger',
  description: 'When the stage may act: from the start of that local day.',
  examples: [
    { from: 'due', minus: '7d' },
    { from: 'due', plus: '1mo' },
    { from: 'previous', plus: '5bd' },
  ],
});
registry.add(stage, { title: 'Stage', description: 'A rung of the ladder.' });
registry.add(policy, {
  title: 'Policy',
  description: 'A ladder of stages with its rules.',
  examples: [
    {
      id: 'short',
      version: 1,
      stages: [
        { id: 'friendly', tone: 'friendly', at: { from: 'due', plus: '1d' }, do: [{ send: 'friendly' }] },
        {
          id: 'firm',
          tone: 'firm',
          at: { from: 'due', plus: '10d' },
          do: [{ send: 'firm' }, { task: 'call' }],
        },
      ],
    },
  ],
});
