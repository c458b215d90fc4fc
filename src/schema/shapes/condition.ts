import { z } from 'zod';
import type { Condition } from '../../policy/types.js';
import { moneyThreshold, registry, strict } from './elements.js';

const value = z.union([z.string(), z.number(), z.boolean(), moneyThreshold]);

export const factCondition = strict({
  fact: z.string().min(1).max(200),
  eq: value.optional(),
  ne: value.optional(),
  gt: value.optional(),
  gte: value.optional(),
  lt: value.optional(),
  lte: value.optional(),
  in: z
    .array(z.union([z.string(), z.number()]))
    .min(1)
    .max(1000)
    .optional(),
  has: z.string().optional(),
  exists: z.boolean().optional(),
});

/** A condition may hold conditions. */
export const condition: z.ZodType<Condition> = z.lazy(() => z.union([factCondition, all, any, not]));

const all = strict({ all: z.array(condition).min(1).max(100) });
const any = strict({ any: z.array(condition).min(1).max(100) });
const not = strict({ not: condition });

registry.add(condition, { id: 'Condition' });
