import { randomUUID } from 'node:crypto';

/**
 * Where chance comes from. This is the only file of the library that draws
 * random values. They name things that need no meaning (workers, fencing
 * tokens); nothing that decides uses them.
 */
export interface IdSource {
  /** A text that no other call of any process returns. */
  next(): string;
}

/** Version-4 UUIDs. */
export const randomIds: IdSource = { next: () => randomUUID() };
