/**
 * Plans, policies and messages as texts that people write: JSON or YAML, read
 * with the place of every value, and written with comments, order and layout
 * kept. Pure: texts in, texts out.
 */

import { isRecobroError, type Problem, RecobroError } from '../errors.js';
import { type Notation, readNotation } from '../notation/index.js';
import { rewritten } from '../notation/write.js';
import type { Documents, Messages, Plan, Policy } from '../policy/types.js';
import {
  type ParseDocumentsOptions,
  parseDocuments,
  parseMessages,
  parsePlan,
  parsePolicy,
} from '../schema/index.js';
import { type DocumentChange, withChanges } from './changes.js';
import { checkArguments, checkChanges, checkForm, checkTaken, checkValue } from './given.js';
import { keyOrderOf } from './order.js';

export type { DocumentChange } from './changes.js';

/** What a text holds. */
export type DocumentKind = 'plan' | 'policy' | 'messages' | 'documents';

/** How a text is written. */
export type TextForm = 'json' | 'yaml';

/** What is known of a text. */
export interface TextOptions {
  /** What it is called in messages, such as the file's name. Default: `the text`. */
  readonly name?: string | undefined;
  /** Default: JSON where it is JSON, else YAML 1.2. */
  readonly as?: TextForm | undefined;
  /** Default: what its keys tell. */
  readonly kind?: DocumentKind | undefined;
}

/** A problem with its place in the text, from 1. */
export interface PlacedProblem extends Problem {
  readonly line?: number | undefined;
  readonly column?: number | undefined;
}

/** A text of documents, taken apart but not checked. */
export interface DocumentText extends Pick<Notation, 'lineOf' | 'regionOf'> {
  readonly as: TextForm;
  readonly kind: DocumentKind;
  readonly value: unknown;
}

const nameless = 'the text';

/**
 * Takes a text of documents apart. YAML is read as YAML 1.2: `no`, `on` and
 * dates are text.
 *
 * @example readDocuments('id: acme\nversion: 1\nzone: UTC').kind // 'plan'
 * @throws RecobroError `invalid_file` with the line of each problem, where it is neither JSON nor YAML; `invalid_option`
 */
export function readDocuments(text: string, options: TextOptions = {}): DocumentText {
  checkArguments(text, options);
  const as = options.as ?? formOf(text);
  const read = readNotation(text, options.name ?? nameless, as);
  const { value } = read;
  return {
    as,
    kind: options.kind ?? kindOf(value),
    value,
    lineOf: (path) => read.lineOf(path),
    regionOf: (path) => read.regionOf(path),
  };
}

/**
 * The documents of a text, checked, each problem with its line and column.
 *
 * @example checkDocuments(readDocuments(await readFile('policies.yaml', 'utf8')))
 * @throws RecobroError `invalid_document` with every problem, its path and its place ({@link PlacedProblem}); `invalid_option`
 */
export function checkDocuments(
  text: DocumentText,
  options: ParseDocumentsOptions = {},
): Documents | Plan | Policy | Messages {
  checkTaken(text);
  const { kind, value } = text;
  try {
    if (kind === 'plan') return parsePlan(value);
    if (kind === 'policy') return parsePolicy(value);
    return kind === 'messages' ? parseMessages(value) : parseDocuments(value, options);
  } catch (error) {
    if (!isRecobroError(error, 'invalid_document')) throw error;
    const problems = error.problems.map((problem): PlacedProblem => {
      const region = text.regionOf(problem.path);
      return { ...problem, line: region?.startLine, column: region?.startColumn };
    });
    throw new RecobroError('invalid_document', error.message, { problems, cause: error });
  }
}

/**
 * A text with another value. What the change does not touch stays byte for
 * byte: comments, blank lines, order of keys, quotes, anchors, indentation.
 * New keys are put where the JSON Schema has them. A value that is the same
 * gives the same text; the answer, read again, always is the value.
 *
 * @example writeDocuments('version: 1 # first\n', { version: 2 }) // 'version: 2 # first\n'
 * @throws RecobroError `invalid_file` where the text before is neither JSON nor YAML; `invalid_option`
 */
export function writeDocuments(before: string, value: unknown, options: TextOptions = {}): string {
  checkArguments(before, options);
  checkValue(value);
  const kind = options.kind ?? kindOf(value);
  return rewritten(before, value, {
    as: options.as ?? formOf(before),
    name: options.name ?? nameless,
    order: keyOrderOf(kind),
  });
}

/**
 * A text with single changes made to it, in their order; all else stays as it
 * is, as with {@link writeDocuments}.
 *
 * @example editDocuments(text, [{ path: 'stages[2].at.plus', set: '12d' }, { path: 'last', remove: true }])
 * @throws RecobroError `invalid_file`; `invalid_input` for a path that leads nowhere; `invalid_option` for changes that are none, with the path of each
 */
export function editDocuments(
  before: string,
  changes: readonly DocumentChange[],
  options: TextOptions = {},
): string {
  checkArguments(before, options);
  checkChanges(changes);
  const { value, as, kind } = readDocuments(before, options);
  return writeDocuments(before, withChanges(value, changes), { ...options, as, kind });
}

/**
 * The same documents as JSON or as YAML. JSON holds no comments: those of YAML
 * are lost on the way.
 *
 * @throws RecobroError `invalid_file`; `invalid_option`
 */
export function convertDocuments(text: string, to: TextForm, options: TextOptions = {}): string {
  checkArguments(text, options);
  checkForm(to);
  const { value, kind } = readDocuments(text, options);
  return writeDocuments('', value, { kind, as: to });
}

function formOf(text: string): TextForm {
  if (!/^\s*[[{]/.test(text)) return 'yaml';
  try {
    JSON.parse(text);
    return 'json';
  } catch {
    // Braces are YAML too; where it is neither, reading says so.
    return /^\s*[[{]\s*(?:"|[\]}]|$)/.test(text) ? 'json' : 'yaml';
  }
}

function kindOf(value: unknown): DocumentKind {
  const has = (key: string): boolean => typeof value === 'object' && value !== null && key in value;
  if (has('policies') || has('plan')) return 'documents';
  if (has('stages')) return 'policy';
  return has('messages') ? 'messages' : 'plan';
}
