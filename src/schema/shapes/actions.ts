import { z } from 'zod';
import { channel, dayOffset, id, name, registry, span, strict } from './elements.js';
import { feeRule } from './fees.js';

export const via = z
  .array(strict({ channel, patience: span.optional() }))
  .min(1)
  .max(10);

export const send = strict({
  send: id,
  to: id.optional(),
  copy: z.array(id).min(1).max(20).optional(),
  from: id.optional(),
  attach: z.array(id).min(1).max(20).optional(),
  via: via.optional(),
});

const task = strict({ task: id, owner: name.optional(), within: dayOffset.optional() });
const alert = strict({ alert: id, to: name.optional() });
const effect = strict({ effect: id, until: z.enum(['level', 'settled']).optional() });
const handover = strict({ handover: z.enum(['agency', 'legal']), to: name.optional() });
const writeOff = strict({ writeOff: z.literal('propose') });
const close = strict({ close: id });
export const fee = strict({ fee: id, ...feeRule });
const escalate = strict({ escalate: z.literal('next') });

export const action = z.union([send, task, alert, effect, fee, handover, writeOff, close]);
export const reaction = z.union([task, alert, effect, handover, writeOff, escalate]);

registry.add(via, {
  title: 'Channel chain',
  description: 'Channels in order; the next is tried when one fails for good, or runs out of patience.',
  examples: [[{ channel: 'whatsapp', patience: '24h' }, { channel: 'email' }]],
});
registry.add(send, { title: 'Send a message', examples: [{ send: 'firm', to: 'billing' }] });
registry.add(task, { title: 'Give a person a task', examples: [{ task: 'call', within: '2bd' }] });
registry.add(alert, { title: 'Tell people inside', examples: [{ alert: 'big-debt', to: 'head-of-sales' }] });
registry.add(effect, {
  title: 'Want a state of the host',
  description: 'On when the stage is done, off when the debt is settled or the level is left.',
  examples: [{ effect: 'stop-service' }],
});
registry.add(fee, {
  title: 'Charge a fee or interest',
  description: 'An intent that the host books; only on recorded terms.',
  examples: [{ fee: 'reminder', fixed: { EUR: '5.00' } }],
});
registry.add(handover, { title: 'Hand the debt over', examples: [{ handover: 'agency', to: 'cobros-sa' }] });
registry.add(writeOff, { title: 'Propose to write off', examples: [{ writeOff: 'propose' }] });
registry.add(close, { title: 'End the case', examples: [{ close: 'too_small' }] });
registry.add(escalate, { title: 'Bring the next stage forward', examples: [{ escalate: 'next' }] });
