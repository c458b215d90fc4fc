import { z } from 'zod';
import * as forms from '../forms.js';

/** Titles, descriptions and examples for the JSON Schema. A registry of our own: zod's global one is the host's. */
export const registry = z.registry<{
  id?: string | undefined;
  title?: string | undefined;
  description?: string | undefined;
  examples?: unknown[] | undefined;
}>();

const byPattern = new Map<string, forms.Form>();

/** What a text that misses a pattern should have been. */
export function formOf(pattern: string | undefined): forms.Form | undefined {
  return pattern === undefined ? undefined : byPattern.get(pattern);
}

function formed(form: forms.Form) {
  byPattern.set(String(form.pattern), form);
  // The pattern as message, so that `issues.ts` can also say of a missing text what it should be.
  return z.string({ error: () => String(form.pattern) }).regex(form.pattern);
}

/** An object that takes no other keys. Its issues carry the known keys as their message, for `issues.ts` to tell. */
export function strict<T extends z.core.$ZodLooseShape>(shape: T) {
  const known = Object.keys(shape).join(' ');
  return z.strictObject(shape, { error: () => known });
}

/** An object whose keys are data. */
export function keyed<K extends z.core.$ZodRecordKey, V extends z.core.SomeType>(key: K, value: V) {
  return z.record(key, value);
}

export const id = formed(forms.id);
export const channel = formed(forms.channel);
export const accountId = formed(forms.recordId);
export const invoiceId = formed(forms.invoiceId);
export const dayOffset = formed(forms.dayOffset);
export const positiveOffset = formed(forms.positiveOffset);
export const days = formed(forms.days);
export const positiveDays = formed(forms.positiveDays);
export const gap = formed(forms.gap);
export const date = formed(forms.date);
export const opens = formed(forms.opens);
export const closes = formed(forms.closes);
export const language = formed(forms.language);
export const zone = formed(forms.zone);
export const name = z.string().min(1).max(300);
export const version = z.int().min(1);
export const weekday = z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']);

export const decimal = formed(forms.decimal);
export const exchangeRate = formed(forms.exchangeRate);
export const currencyCode = formed(forms.currency);
export const clock = formed(forms.opens);
export const span = formed(forms.span);
export const rest = formed(forms.rest);
export const exhaustion = formed(forms.exhaustion);
/** A field of the host's on the invoice. */
export const itemField = z.templateLiteral(['item.attributes.', z.string().min(1).max(200)]);
/** 0 to 100. */
export const percent = z.number().min(0).max(100);

/** Decimal texts by currency. */
export const moneyThreshold = keyed(formed(forms.currency), formed(forms.amount));
