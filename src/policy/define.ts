import type { PlanHints, PolicyHints } from './typed/hints.js';
import type { CheckedMessages } from './typed/messages.js';
import type { CheckedPlan } from './typed/plan.js';
import type { CheckedPolicy } from './typed/policy.js';
import type { Objections } from './typed/problem.js';
import type { TogetherPlan, TogetherPolicies } from './typed/together.js';
import type { CheckedTemplates, TemplateEntries } from './typed/whatsapp.js';
import type { Documents, Messages, Plan, Policy } from './types.js';

/**
 * Documents written in code. At run time these functions return their argument;
 * at compile time they infer every id and refuse what is wrong, at its place,
 * with a sentence that says why. Parsing checks the same and more again.
 */

export type { ChannelId, MessageId } from './typed/messages.js';
export type { SegmentId } from './typed/plan.js';
export type { StageId } from './typed/policy.js';

/**
 * A plan in code. A segment that is not there, a fact or currency that does not
 * exist, an operator that does not fit, a duration of another form or a
 * misspelt key does not compile.
 *
 * @example
 * const plan = definePlan({
 *   id: 'acme',
 *   version: 1,
 *   zone: 'America/Mexico_City',
 *   segments: [{ id: 'key', when: { fact: 'account.outstanding', gte: { MXN: '100000.00' } } }],
 *   assign: [{ segment: 'key', policy: 'gentle' }],
 *   default: 'ladder',
 * });
 */
export function definePlan<const P extends Plan & PlanHints>(plan: P & Objections<CheckedPlan<P>, 'plan'>): P;
export function definePlan(plan: Plan): Plan {
  return plan;
}

/**
 * A policy in code. A misspelt key, a key of another action, a fact or currency
 * that does not exist, an operator that does not fit, a duration of another
 * form, a first stage that counts from the one before it or a map to a stage
 * that is not there does not compile.
 *
 * @example
 * const policy = definePolicy({
 *   id: 'short',
 *   version: 1,
 *   stages: [
 *     { id: 'friendly', tone: 'friendly', at: { from: 'due', plus: '1d' }, do: [{ send: 'friendly' }] },
 *     { id: 'firm', tone: 'firm', at: { from: 'due', plus: '10d' }, do: [{ send: 'firm' }, { task: 'call' }] },
 *   ],
 * });
 */
export function definePolicy<const P extends Policy & PolicyHints>(
  policy: P & Objections<CheckedPolicy<P>, 'policy'>,
): P;
export function definePolicy(policy: Policy): Policy {
  return policy;
}

/**
 * A catalogue in code. A variable that does not exist where it stands (of an
 * item in a message about a payment, of one invoice in a text for several) does
 * not compile.
 *
 * @example
 * const messages = defineMessages({
 *   id: 'acme',
 *   version: 1,
 *   messages: [{ id: 'thanks', about: 'payment', text: { en: { sms: 'We received {{paid.amount}}. Thank you.' } } }],
 * });
 */
export function defineMessages<const M extends Messages>(
  messages: M & Objections<CheckedMessages<M>, 'messages'>,
): M;
export function defineMessages(messages: Messages): Messages {
  return messages;
}

/** Documents that belong together. */
export interface DocumentSet<P extends Plan, L extends readonly Policy[], M extends Messages> {
  readonly plan: P;
  readonly policies: L;
  readonly messages: M;
}

/**
 * Documents that belong together. A plan that names a policy or stage that is
 * not there, a stage that sends a message that is not there or is about
 * something else, a channel for which no message has a text: none of it
 * compiles.
 *
 * @example createDunning({ store, ...defineDocuments({ plan, policies: [policy], messages }), channels, sender });
 */
export function defineDocuments<
  const P extends Plan,
  const L extends readonly Policy[],
  const M extends Messages,
>(documents: {
  readonly plan: TogetherPlan<P, L, M>;
  readonly policies: TogetherPolicies<L, P, M>;
  readonly messages: M & Objections<CheckedMessages<M>, 'messages'>;
}): DocumentSet<P, L, M>;
export function defineDocuments(documents: Documents): Documents {
  return documents;
}

/**
 * Which approved WhatsApp template each message goes out as, held against the
 * catalogue: a message or language that is not there, or a placeholder filled
 * with a variable that the text does not send, does not compile.
 *
 * @example
 * const templates = defineWhatsappTemplates(messages, {
 *   thanks: { en: { name: 'acme_thanks', language: 'en_US', parameters: ['paid.amount'] } },
 * });
 * whatsapp({ phoneNumberId, accessToken, templates });
 */
export function defineWhatsappTemplates<const M extends Messages, const T extends TemplateEntries>(
  messages: M,
  templates: T & Objections<CheckedTemplates<T, M>, 'templates'>,
): T;
export function defineWhatsappTemplates(_: Messages, templates: TemplateEntries): TemplateEntries {
  return templates;
}
