import type { MessagePack } from '../pack.js';
import { answers } from './answers.js';
import { before } from './before.js';
import { formal } from './formal.js';
import { overdue } from './overdue.js';
import { colombia, mexico, neutral, type SpanishWords, spain } from './words.js';

/** Texts in Spanish. */
export const es: MessagePack = written(neutral);

/** Texts of places whose usage differs, with all that does not. */
export const regional: Readonly<Record<string, MessagePack>> = {
  'es-CO': written(colombia),
  'es-ES': written(spain),
  'es-MX': written(mexico),
};

function written(words: SpanishWords): MessagePack {
  return { ...before(words), ...overdue(words), ...formal(words), ...answers(words) };
}
