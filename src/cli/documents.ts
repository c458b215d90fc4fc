import { isRecobroError, RecobroError } from '../errors.js';
import { type LocatedProblem, type Notation, readNotation } from '../notation/index.js';
import { presets } from '../policy/presets/index.js';
import type { Documents } from '../policy/types.js';
import { parseDocuments } from '../schema/index.js';
import { readText } from './files.js';
import { type Args, type OptionSpec, UsageError } from './options.js';

/** A file of documents, taken apart but not checked. */
export interface DocumentFile extends Notation {
  readonly file: string;
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
  return { file, ...readNotation(text, file, file.toLowerCase().endsWith('.json') ? 'json' : 'yaml') };
}
