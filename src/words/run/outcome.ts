import { reasonOf, type Speech } from '../speech.js';
import { runWordsOf } from './all.js';
import type { RunWords } from './words.js';

/** A limit that keeps a message back. */
export interface TextLimit {
  readonly counts: 'messages' | 'people';
  readonly per: 'second' | 'minute' | 'hour' | 'day';
  readonly most: number;
}

/** How much a limit lets out. */
export function limitText({ most, counts, per }: TextLimit, speech: Speech): string {
  return runWordsOf(speech).limit(speech.format.count(most), counts, per);
}

/** What became of a message that was not sent, or of an account; `code` says why. */
export function outcomeSentence(
  outcome: keyof RunWords['outcome'] | 'skipped',
  code: string,
  speech: Speech,
  limit?: TextLimit,
): string {
  const reason = reasonOf(code, speech);
  const why = limit === undefined ? reason : `${reason}: ${limitText(limit, speech)}`;
  return outcome === 'skipped' ? why : runWordsOf(speech).outcome[outcome](why);
}
