import type { IdSource } from '../ids.js';

/** Ids that count up: `w1`, `w2`, … The same in every run of a test. */
export function idSequence(prefix = 'id'): IdSource {
  let last = 0;
  return {
    next: () => {
      last++;
      return `${prefix}${last}`;
    },
  };
}
