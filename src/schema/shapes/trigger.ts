import { z } from 'zod';
import { dayOffset, strict } from './elements.js';

/** One date that a stage counts from. */
export const trigger = strict({
  from: z.enum(['due', 'issue', 'previous', 'grace', 'opened']),
  of: z.enum(['proposed', 'done', 'delivered', 'deadline']).optional(),
  plus: dayOffset.optional(),
  minus: dayOffset.optional(),
  endOfMonth: z.boolean().optional(),
  exclusive: z.boolean().optional(),
  businessDay: z.enum(['as-is', 'next', 'previous']).optional(),
});

const several = z.array(trigger).min(1).max(20);

export const stageTrigger = z.union([trigger, strict({ all: several }), strict({ any: several })]);
