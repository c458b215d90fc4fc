import type { Speech } from '../speech.js';
import { en } from './en.js';
import { es } from './es.js';
import { pt } from './pt.js';
import type { ExplainWords } from './words.js';

const all: Readonly<Record<'en' | 'es' | 'pt', ExplainWords>> = { en, es, pt };

export function explainWordsOf({ words }: Speech): ExplainWords {
  return all[words.language];
}
