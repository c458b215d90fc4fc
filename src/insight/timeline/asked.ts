import { type Problem, RecobroError } from '../../errors.js';
import type { Documents } from '../../policy/types.js';
import { frames } from './frame.js';
import type { TimelineOptions } from './index.js';

const themes = ['auto', 'light', 'dark'];

/**
 * Refuses what is no set of documents, or asks for what there is not: hosts
 * without types may hand over anything. Whether documents are valid is checked
 * where they are read.
 *
 * @throws RecobroError `invalid_document`; `invalid_option` with every problem
 */
export function checkAsked(
  documents: Pick<Documents, 'plan' | 'policies'>,
  { layout, theme }: Pick<TimelineOptions, 'layout' | 'theme'>,
  more: readonly Problem[] = [],
): void {
  const given: unknown = documents;
  if (!isObject(given) || !isObject(given.plan) || !Array.isArray(given.policies))
    throw new RecobroError(
      'invalid_document',
      'pictures are made of documents: { plan, policies, messages }',
    );
  const problems = [...more];
  const choice = (path: string, value: string | undefined, known: readonly string[]): void => {
    if (value !== undefined && !known.includes(value))
      problems.push({ path, code: 'unknown_value', message: `is one of ${known.join(', ')}` });
  };
  choice('layout', layout, Object.keys(frames));
  choice('theme', theme, themes);
  if (problems.length > 0)
    throw new RecobroError('invalid_option', 'the picture cannot be drawn', { problems });
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
