import type { Speech } from '../speech.js';
import { en } from './en.js';
import { es } from './es.js';
import { pt } from './pt.js';
import type { RunWords } from './words.js';

const all: Readonly<Record<'en' | 'es' | 'pt', RunWords>> = { en, es, pt };

export function runWordsOf({ words }: Speech): RunWords {
  return all[words.language];
}
