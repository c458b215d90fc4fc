/** Calls and letters: what people do, or a service that does it for them, as places of a channel chain. */
export { type CallOptions, callTask } from './call.js';
export { type Letter, type LetterOptions, letter } from './letter.js';
export { type LetterPage, type LetterPageOptions, letterPage } from './page.js';
