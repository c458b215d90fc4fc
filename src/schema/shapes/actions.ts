import { z } from 'zod';
import { channel, dayOffset, id, name, span, strict } from './elements.js';
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
