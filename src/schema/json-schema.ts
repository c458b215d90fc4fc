import { z } from 'zod';
import { scenarioFile } from './scenario/shape.js';
import { documents } from './shapes/documents.js';
import { registry } from './shapes/elements.js';
import { messages } from './shapes/messages.js';
import { plan } from './shapes/plan.js';
import { policy } from './shapes/policy.js';

/** A document that has a JSON Schema. `documents` is plan, policies and messages together. */
export type SchemaName = 'plan' | 'policy' | 'messages' | 'documents' | 'scenario';

/** A JSON Schema as plain data. */
export type JsonSchema = Readonly<Record<string, unknown>>;

const shapes: Readonly<Record<SchemaName, z.ZodType>> = {
  plan,
  policy,
  messages,
  documents,
  scenario: scenarioFile,
};

/**
 * JSON Schema (draft 2020-12) of a document, made from the shape that
 * `parseDocuments` checks, so that the two agree: for editors, admin screens
 * and checks in other languages. A new object each time.
 *
 * A JSON Schema says what a document looks like. Beyond it, only parsing finds:
 * references to what is not there, duplicate ids and languages, conflicting
 * assignments, unknown currencies, zones, languages and facts, decimals that a
 * currency or a percentage does not have, operators that do not fit a fact,
 * dates that do not exist, durations of more than 36500, triggers with both
 * plus and minus or before the previous stage, windows that close before they
 * open, keys that have no effect beside another, fees that were not agreed,
 * templates and their variables, and the limits on length of text, depth and
 * size.
 *
 * @example writeFileSync('plan.schema.json', JSON.stringify(jsonSchema('plan'), null, 2));
 */
export function jsonSchema(name: SchemaName): JsonSchema {
  return { ...z.toJSONSchema(shapes[name], { target: 'draft-2020-12', metadata: registry, io: 'input' }) };
}
