import type { MessagePack } from '../pack.js';
import { answers } from './answers.js';
import { before } from './before.js';
import { formal } from './formal.js';
import { overdue } from './overdue.js';

/** Texts in Portuguese, as written in Brazilian companies. */
export const pt: MessagePack = { ...before, ...overdue, ...formal, ...answers };
