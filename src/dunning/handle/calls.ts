import type { Clock } from '../../clock.js';
import type { ByHand } from '../by-hand.js';
import { instantOf, objectOf, type When } from '../options.js';
import { standing } from '../outbox/still.js';
import type { By } from './run-options.js';

/** How the instants and authors of calls are read. */
export interface Calls {
  /** The instant given, or the clock's. */
  instant(value: When | undefined): number;
  /** A given instant stands still; the clock goes on. */
  timer(value: When | undefined): () => number;
  byHand<T>(by: By, work: (who: ByHand, at: number) => Promise<T>): Promise<T>;
}

export function callsOf(clock: Clock): Calls {
  const instant = (value: When | undefined): number => (value === undefined ? clock.now() : instantOf(value));
  return {
    instant,
    timer: (value) => (value === undefined ? () => clock.now() : standing(instantOf(value))),
    byHand: (by, work) => {
      const { author, reason, now } = objectOf(by, 'by');
      return work({ author, ...(reason === undefined ? {} : { reason }) }, instant(now));
    },
  };
}
