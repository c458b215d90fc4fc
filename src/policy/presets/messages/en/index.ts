import type { MessagePack } from '../pack.js';
import { answers } from './answers.js';
import { before } from './before.js';
import { formal } from './formal.js';
import { overdue } from './overdue.js';

/** Texts in English. */
export const en: MessagePack = { ...before, ...overdue, ...formal, ...answers };
