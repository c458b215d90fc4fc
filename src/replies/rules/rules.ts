import type { Intent } from '../intent.js';

/** Phrases of one language, on text as `plainWords` makes it: no accents, no apostrophes, lower case. */
export interface Rules {
  /** What says so; any one suffices. */
  readonly says: Readonly<Partial<Record<Intent, readonly RegExp[]>>>;
  /** What takes an intent back wherever it stands. */
  readonly unless: Readonly<Partial<Record<Intent, readonly RegExp[]>>>;
  /** What leaves an intent to a person wherever it stands: guesses, conditions, parts of an amount, other wishes. */
  readonly open: Readonly<Partial<Record<Intent, readonly RegExp[]>>>;
  /** Says that an amount, which stands as `xsumx`, was paid. */
  readonly paidSum: RegExp;
  /** What makes a sentence a question without its mark. */
  readonly asks: RegExp;
}

/** A word that stops with little around it, in any of the languages. A sentence around it is another matter. */
export const stopAndLittleMore =
  /^(?:(?:por favor|please|pls|favor|ya|just|ok|pf) )*stop(?: (?:stop|por favor|please|pls|favor|now|ya|gracias|thanks|obrigad[oa]|enviando|sending|mensajes|mensagens|messages|sms|whatsapps?|esto|isso|this|it|all|todo|tudo))*$/;
