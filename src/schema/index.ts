/** Checking what comes from outside: documents and facts. The only home of zod. */
export {
  type ParseDocumentsOptions,
  parseDocuments,
  parseMessages,
  parsePlan,
  parsePolicy,
} from './documents.js';
export { type ParseFactsOptions, parseFacts } from './facts.js';
export { type JsonSchema, jsonSchema, type SchemaName, schemaNames } from './json-schema.js';
export type { ProblemCode } from './problems.js';
export { parseScenarios } from './scenario/parse.js';
export type * from './scenario/types.js';
