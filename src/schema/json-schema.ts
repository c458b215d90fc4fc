import { z } from 'zod';
import { RecobroError } from '../errors.js';
import { annotated } from './annotate.js';
import { isRecord } from './cursor.js';
import { hint } from './nearest.js';
import { scenarioFile } from './scenario/shape.js';
import { documents } from './shapes/documents.js';
import { registry } from './shapes/elements.js';
import { messages } from './shapes/messages.js';
import { plan } from './shapes/plan.js';
import { policy } from './shapes/policy.js';
import { condition } from './words/condition.js';
import * as catalogueWords from './words/messages.js';
import { plan as planWords } from './words/plan.js';
import { policy as policyWords } from './words/policy.js';
import type { Words } from './words/words.js';

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

/** Every name, in the order in which they are documented. */
export const schemaNames: readonly SchemaName[] = ['plan', 'policy', 'messages', 'documents', 'scenario'];

const words: Readonly<Record<Exclude<SchemaName, 'scenario'>, Words>> = {
  plan: planWords,
  policy: policyWords,
  messages: catalogueWords.messages,
  documents: catalogueWords.documents,
};

/** Where an editor finds the schema; a document may say so of itself. */
const schemaKey = {
  title: 'JSON Schema',
  description: 'Where the editor finds the JSON Schema of this file. It says nothing else and is not kept.',
  examples: ['node_modules/recobro/dist/schemas/policy.schema.json'],
  type: 'string',
} as const;

/**
 * JSON Schema (draft 2020-12) of a document, made from the shape that
 * `parseDocuments` checks, so that the two agree: for editors, forms, admin
 * screens and checks in other languages. Every key has a title, a description
 * and an example, fixed values have labels. A new object each time.
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
 * @throws RecobroError `invalid_option` for a name that is none of {@link schemaNames}
 */
export function jsonSchema(name: SchemaName): JsonSchema {
  if (!schemaNames.includes(name)) throw unknownName(name);
  const made: JsonSchema = {
    ...z.toJSONSchema(shapes[name], { target: 'draft-2020-12', metadata: registry, io: 'input' }),
  };
  const $id = `urn:recobro:schema:${name}`;
  if (name === 'scenario') return { $id, ...made };
  const { $schema, $defs, ...own } = made;
  const schema = structuredClone(annotated(own, words[name]));
  return {
    $schema,
    $id,
    ...schema,
    properties: { $schema: schemaKey, ...(isRecord(schema.properties) ? schema.properties : {}) },
    ...(isRecord($defs) ? { $defs: definitions($defs) } : {}),
  };
}

/** Callers without types may ask for anything. */
function unknownName(name: unknown): RecobroError {
  const told =
    typeof name === 'string'
      ? `there is no schema ${JSON.stringify(name.slice(0, 80))}${hint(name, schemaNames)}`
      : `must be one of ${schemaNames.join(', ')}`;
  return new RecobroError('invalid_option', 'the schema is not known', {
    problems: [{ path: 'name', code: 'invalid_value', message: told }],
  });
}

/** What documents refer to: a condition, which may hold conditions. */
function definitions(found: Readonly<Record<string, unknown>>): JsonSchema {
  return Object.fromEntries(
    Object.entries(found).map(([name, schema]) => [
      name,
      isRecord(schema) ? structuredClone(annotated(schema, condition)) : schema,
    ]),
  );
}
