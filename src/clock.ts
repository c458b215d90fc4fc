/**
 * Where time comes from. This is the only file of the library that reads the
 * process clock; everything else is handed a {@link Clock} or an instant.
 */
export interface Clock {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  now(): number;
  /**
   * Resolves after so many milliseconds of this clock, or as soon as the signal is aborted; never rejects.
   * A clock without it waits by the timers of the process. Decides nothing: it paces heartbeats and tries.
   */
  sleep?(millis: number, signal?: AbortSignal): Promise<void>;
}

/** The process clock. */
export const systemClock: Clock = { now: () => Date.now() };

/** The longest that a timer of the process can wait. */
const longestTimer = 2 ** 31 - 1;

/** {@link Clock.sleep} of any clock. */
export function sleepOn(clock: Clock, millis: number, signal?: AbortSignal): Promise<void> {
  if (signal?.aborted === true) return Promise.resolve();
  if (clock.sleep !== undefined) return clock.sleep(millis, signal);
  return new Promise((resolve) => {
    const timer = setTimeout(over, Math.min(Math.max(0, millis), longestTimer));
    signal?.addEventListener('abort', over, { once: true });
    function over(): void {
      clearTimeout(timer);
      signal?.removeEventListener('abort', over);
      resolve();
    }
  });
}
