import type { Clock } from '../clock.js';
import { RecobroError } from '../errors.js';

/** A clock that stands still until it is moved, and never goes back. Who sleeps on it wakes when it is moved. */
export interface VirtualClock extends Clock {
  /** Moves to an instant. @throws RecobroError `invalid_instant` when it lies before the present one */
  moveTo(instant: number): void;
  /** Moves on by milliseconds. */
  advance(millis: number): void;
}

/**
 * A virtual clock for tests.
 *
 * @example
 * const clock = virtualClock(Date.UTC(2026, 2, 3, 16));
 * clock.advance(24 * 60 * 60 * 1000);
 */
export function virtualClock(start: number): VirtualClock {
  let at = start;
  const sleepers = new Set<() => void>();
  const moveTo = (instant: number): void => {
    if (!Number.isSafeInteger(instant) || instant < at) {
      throw new RecobroError('invalid_instant', `a virtual clock at ${at} cannot move to ${instant}`);
    }
    at = instant;
    for (const wake of [...sleepers]) wake();
  };
  const sleep = (millis: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      const end = at + millis;
      const wake = (): void => {
        if (at < end && signal?.aborted !== true) return;
        sleepers.delete(wake);
        signal?.removeEventListener('abort', wake);
        resolve();
      };
      sleepers.add(wake);
      signal?.addEventListener('abort', wake);
      wake();
    });
  return { now: () => at, moveTo, advance: (millis) => moveTo(at + millis), sleep };
}
