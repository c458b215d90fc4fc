import type { z } from 'zod';
import type { Documents, Messages, Plan, Policy } from '../policy/types.js';
import { checkMessages } from './checks/messages.js';
import { checkPlan } from './checks/plan.js';
import { checkPolicy } from './checks/policy.js';
import { checkReferences } from './checks/references.js';
import { checkSizes } from './checks/sizes.js';
import { Cursor, isRecord } from './cursor.js';
import { report } from './issues.js';
import { documentLimits } from './limits.js';
import { problemList, refuse } from './problems.js';
import { documents } from './shapes/documents.js';
import { messages } from './shapes/messages.js';
import { plan } from './shapes/plan.js';
import { policy } from './shapes/policy.js';
import { snapshot } from './snapshot.js';

/** What more can be checked when it is known. */
export interface ParseDocumentsOptions {
  /** Ids of the channels there are. Absent: channel ids are not checked. */
  readonly channels?: readonly string[] | undefined;
}

/**
 * A plan, checked: a copy of its own, safe to keep.
 *
 * @throws RecobroError `invalid_document` with every problem and its path, such as `assign[0].policy`
 */
export function parsePlan(value: unknown): Plan {
  return parsed('the plan', plan, value, checkPlan);
}

/**
 * A policy, checked. References into a catalogue are checked by {@link parseDocuments}.
 *
 * @throws RecobroError `invalid_document` with every problem and its path, such as `stages[2].at.plus`
 */
export function parsePolicy(value: unknown): Policy {
  return parsed('the policy', policy, value, checkPolicy);
}

/**
 * A catalogue of messages, checked, templates included.
 *
 * @throws RecobroError `invalid_document` with every problem and its path, such as `messages[0].text.es.sms`
 */
export function parseMessages(value: unknown): Messages {
  return parsed('the messages', messages, value, checkMessages);
}

/**
 * Documents that belong together, checked one by one and against each other:
 * references, what a message is about, channels.
 *
 * @example parseDocuments({ plan, policies: [policy], messages }, { channels: ['email'] })
 * @throws RecobroError `invalid_document` with every problem and its path, such as `policies[0].stages[2].at.plus`
 */
export function parseDocuments(value: unknown, options: ParseDocumentsOptions = {}): Documents {
  return parsed('the documents', documents, value, (top) => {
    checkPlan(top.at('plan'));
    for (const one of top.at('policies').items()) checkPolicy(one);
    checkMessages(top.at('messages'));
    checkReferences(top, options.channels);
  });
}

// Absurd documents are refused before the shape is walked, and nothing else is said of them.
function parsed<T>(subject: string, shape: z.ZodType<T>, value: unknown, check: (top: Cursor) => void): T {
  const problems = problemList();
  const plain = snapshot(value, documentLimits, problems);
  if (plain === undefined) refuse('invalid_document', subject, problems);
  const copy = withoutSchemaKey(plain?.copy);
  const top = Cursor.top(copy, problems);
  if (checkSizes(top)) refuse('invalid_document', subject, problems);
  const result = shape.safeParse(copy);
  if (!result.success) report(result.error.issues, top, problems);
  check(top);
  refuse('invalid_document', subject, problems);
  // Without problems zod succeeded; parse says so to the compiler.
  return result.success ? result.data : shape.parse(copy);
}

/** A file may say where an editor finds its schema; that is no part of the document. */
function withoutSchemaKey(copy: unknown): unknown {
  if (!isRecord(copy) || typeof copy.$schema !== 'string') return copy;
  const { $schema: _, ...own } = copy;
  return own;
}
