import type { MessagePack } from '../pack.js';
import { answers } from './answers.js';
import { before } from './before.js';
import { formal } from './formal.js';
import { overdue } from './overdue.js';
import * as words from './words.js';

/** Texts in Spanish. */
export const es = written(words.neutral);

/** As written in Colombia, in Mexico and in Spain, with all that is the same. */
export const co = written(words.colombia);
export const mx = written(words.mexico);
export const spain = written(words.spain);

function written(said: words.SpanishWords): MessagePack {
  return { ...before(said), ...overdue(said), ...formal(said), ...answers(said) };
}
