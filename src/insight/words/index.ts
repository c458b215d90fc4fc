import { type Speech as SpeechOf, speechWith } from '../../words/speech.js';
import { en } from './en.js';
import { es } from './es.js';
import { pt } from './pt.js';
import type { Words } from './words.js';

export { channelName, counted, keyName, reasonOf, spanOf, taskName } from '../../words/speech.js';
export type { Words } from './words.js';

/** Words of pictures and reports in a language, with the formats that go with it. */
export type Speech = SpeechOf<Words>;

const all = { en, es, pt };

/** The words nearest to a BCP 47 language: Spanish, Portuguese, else English. */
export function speechOf(language: string | undefined): Speech {
  return speechWith(language, all);
}
