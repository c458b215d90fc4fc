import type { Intent } from '../intent.js';

/** Phrases of one language, on text as `plainWords` makes it: no accents, no apostrophes, lower case. */
export interface Rules {
  /** What says so; any one suffices. */
  readonly says: Readonly<Partial<Record<Intent, readonly RegExp[]>>>;
  /** What takes an intent back wherever it stands. */
  readonly unless: Readonly<Partial<Record<Intent, readonly RegExp[]>>>;
  /** What makes a sentence a question without its mark. */
  readonly asks: RegExp;
}
