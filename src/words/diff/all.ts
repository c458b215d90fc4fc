import type { Speech } from '../speech.js';
import { en } from './en.js';
import { es } from './es.js';
import { pt } from './pt.js';
import type { DiffWords } from './words.js';

const all: Readonly<Record<'en' | 'es' | 'pt', DiffWords>> = { en, es, pt };

export function diffWordsOf({ words }: Speech): DiffWords {
  return all[words.language];
}
