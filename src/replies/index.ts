/** Reading what people answer: words that stop, days that are named, intents. Pure. */
export { withoutAmounts } from './amounts.js';
export { type FoundDay, findDay } from './dates.js';
export { type Heard, type Intent, intents, type Reading, readReply } from './intent.js';
export { normalText, plainWords } from './normal.js';
export { type WordMeaning, wordLanguages, wordMeaning } from './stop-words.js';
