import { reasonOf, type Speech } from '../speech.js';
import { runWordsOf } from './all.js';
import type { RunWords } from './words.js';

/** What became of a message that was not sent, or of an account; `code` says why. */
export function outcomeSentence(
  outcome: keyof RunWords['outcome'] | 'skipped',
  code: string,
  speech: Speech,
): string {
  const why = reasonOf(code, speech);
  return outcome === 'skipped' ? why : runWordsOf(speech).outcome[outcome](why);
}
