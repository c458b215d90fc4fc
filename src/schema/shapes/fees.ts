import { z } from 'zod';
import { currencyCode, date, decimal, moneyThreshold, name, strict } from './elements.js';

/** Percent a year: one rate, or a table by date. */
export const rates = z.union([
  decimal,
  z
    .array(strict({ from: date, rate: decimal.nullable() }))
    .min(1)
    .max(500),
]);

const tariff = {
  fixed: moneyThreshold.optional(),
  percent: decimal.optional(),
  min: moneyThreshold.optional(),
  max: moneyThreshold.optional(),
};

const tier = strict({ ...tariff, from: moneyThreshold });

const interest = strict({
  rate: rates.optional(),
  base: z.enum(['outstanding', 'dunnable', 'original', 'daily']).optional(),
  from: z.enum(['last', 'due']).optional(),
  dayCount: z.union([z.literal(365), z.literal(360), z.literal('actual'), z.literal('30/360')]).optional(),
  round: z.enum(['end', 'period', 'day']).optional(),
});

/** How a fee or interest is reckoned. */
export const feeRule = {
  ...tariff,
  base: z.enum(['dunnable', 'outstanding', 'original', 'overdue']).optional(),
  tiers: z.array(tier).min(1).max(50).optional(),
  tiered: z.enum(['single', 'accumulated']).optional(),
  interest: interest.optional(),
  ignoreBelow: moneyThreshold.optional(),
  currency: currencyCode.optional(),
  per: z.enum(['item', 'message']).optional(),
};

/** What was agreed about paying late. */
export const terms = strict({
  source: name,
  basis: z.enum(['agreement', 'statute']).optional(),
  fees: z.union([z.boolean(), moneyThreshold]).optional(),
  interest: z.union([z.boolean(), rates]).optional(),
});
