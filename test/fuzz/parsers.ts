import { answers } from './answers.js';
import { written } from './documents.js';
import { given } from './given.js';
import type { Parser } from './parser.js';
import { sealed } from './sealed.js';
import { texts } from './texts.js';
import { webhooks } from './webhooks.js';

/** Every parser of what comes from outside; each is made when its turn comes. */
export const parsers: readonly (() => Parser)[] = [
  ...webhooks,
  ...answers,
  ...texts,
  ...given,
  ...sealed,
  ...written,
];
