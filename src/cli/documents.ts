import { type Document, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, visit } from 'yaml';
import { isRecobroError, type Problem, RecobroError } from '../errors.js';
import { presets } from '../policy/presets/index.js';
import type { Documents } from '../policy/types.js';
import { parseDocuments } from '../schema/index.js';
import { readText } from './files.js';
import { type Args, type OptionSpec, UsageError } from './options.js';

/** A problem in a file of documents. */
export interface LocatedProblem extends Problem {
  /** Line of the file, from 1. */
  readonly line?: number | undefined;
}

/** A file of documents, taken apart but not checked. */
export interface DocumentFile {
  readonly file: string;
  readonly value: unknown;
  /** Line on which the value at a path stands, or what holds it where there is no such value. */
  lineOf(path: string): number | undefined;
}

const presetNames = Object.keys(presets) as (keyof typeof presets)[];

/** Options that say which documents hold. */
export const documentOptions: Readonly<Record<string, OptionSpec>> = {
  policy: { value: 'FILE', help: 'plan, policies and messages in one file, JSON or YAML' },
  preset: {
    value: 'NAME',
    help: 'a cadence that recobro brings along, instead of a file',
    otherwise: 'balanced',
    choices: presetNames,
  },
  language: {
    value: 'TAG',
    help: 'language of the preset’s messages: en, es or pt',
    otherwise: 'en',
  },
};

/** The documents that the options name; `otherwise` is the file where they name none. */
export async function documentsFrom(args: Args, zone: string, otherwise?: string): Promise<Documents> {
  const named = args.text('policy') ?? args.text('config');
  const file = named ?? (args.has('preset') ? undefined : otherwise);
  if (args.has('policy') && args.has('config')) {
    throw new UsageError('--config and --policy are the same; give one of them');
  }
  if (file === undefined) {
    const preset = args.choice('preset', presetNames, 'balanced');
    return presets[preset]({ zone, language: args.text('language') ?? 'en' });
  }
  if (args.has('preset')) throw new UsageError('give a file of documents or --preset, not both');
  const read = await readDocumentFile(file);
  const { value } = read;
  if (typeof value === 'object' && value !== null && ('stages' in value || !('policies' in value))) {
    const message = `${file} must hold plan, policies and messages together, under these three keys`;
    throw new RecobroError('invalid_document', message);
  }
  return locating(read, () => parseDocuments(value));
}

/** Gives the problems that a check finds the lines on which they stand. */
export function locating<T>(from: DocumentFile, check: () => T): T {
  try {
    return check();
  } catch (error) {
    if (!isRecobroError(error, 'invalid_document')) throw error;
    const problems = error.problems.map(
      (problem): LocatedProblem => ({ ...problem, line: from.lineOf(problem.path) }),
    );
    const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
    throw new RecobroError('invalid_document', `${from.file} is not valid: ${count}`, {
      problems,
      cause: error,
    });
  }
}

/**
 * Reads a file of documents, JSON or YAML.
 *
 * @throws RecobroError `invalid_file` with the line of each problem
 */
export async function readDocumentFile(file: string): Promise<DocumentFile> {
  const text = await readText(file);
  const json = file.toLowerCase().endsWith('.json');
  const lines = new LineCounter();
  // YAML holds JSON within it, so one parser knows the lines of both; it is told not to guess at anything else.
  const parsed = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: true,
    merge: false,
  });
  const faults = [...parsed.errors, ...parsed.warnings].map((fault): LocatedProblem => {
    const message = fault.message.split('\n')[0] ?? '';
    return { path: '', code: 'invalid_format', message, line: lines.linePos(fault.pos[0]).line };
  });
  if (json && faults.length === 0) faults.push(...jsonFaults(text, parsed, lines));
  if (faults.length > 0) {
    throw new RecobroError('invalid_file', `${file} is no ${json ? 'JSON' : 'YAML'}`, { problems: faults });
  }
  const root = parsed.contents;
  return {
    file,
    value: json ? JSON.parse(text) : plainOf(file, () => parsed.toJS({ maxAliasCount: 100 })),
    lineOf: (path) => lineAt(root, path, lines),
  };
}

/** What YAML lets pass and JSON does not. */
function jsonFaults(text: string, parsed: Document.Parsed, lines: LineCounter): LocatedProblem[] {
  try {
    JSON.parse(text);
    return [];
  } catch (error) {
    const message = (error instanceof Error ? error.message : String(error)).replace(/\s+/g, ' ');
    // Node does not always say where; then it is the first text that only YAML takes for one.
    const told = /position (\d+)/.exec(message)?.[1];
    const place = told === undefined ? firstForeign(parsed) : Number(told);
    const line = place === undefined ? undefined : lines.linePos(place).line;
    return [{ path: '', code: 'invalid_format', message, line }];
  }
}

function firstForeign(parsed: Document.Parsed): number | undefined {
  let place: number | undefined;
  visit(parsed, {
    Scalar(_, { type, source, range }) {
      const known = type === 'QUOTE_DOUBLE' || /^(?:true|false|null|-?\d[\d.eE+-]*)$/.test(source ?? '');
      if (known) return undefined;
      place = range?.[0];
      return visit.BREAK;
    },
  });
  return place;
}

function plainOf(file: string, convert: () => unknown): unknown {
  try {
    return convert();
  } catch (error) {
    // The parser ends a document whose aliases would grow without bounds.
    const message = error instanceof Error ? error.message : String(error);
    throw new RecobroError('invalid_file', `${file} cannot be used: ${message}`, { cause: error });
  }
}

function lineAt(root: Node | null, path: string, lines: LineCounter): number | undefined {
  let node: unknown = root;
  let offset = root?.range?.[0];
  for (const [, key, index] of path.matchAll(/([^.[\]]+)|\[(\d+)\]/g)) {
    let next: unknown;
    if (isMap(node) && key !== undefined) {
      const pair = node.items.find((one) => isScalar(one.key) && String(one.key.value) === key);
      if (pair === undefined) break;
      offset = isScalar(pair.key) ? (pair.key.range?.[0] ?? offset) : offset;
      next = pair.value;
    } else if (isSeq(node) && index !== undefined) {
      next = node.items[Number(index)];
      if (next === undefined) break;
      offset = rangeOf(next) ?? offset;
    } else break;
    node = next;
  }
  return offset === undefined ? undefined : lines.linePos(offset).line;
}

function rangeOf(node: unknown): number | undefined {
  return isMap(node) || isSeq(node) || isScalar(node) ? node.range?.[0] : undefined;
}
