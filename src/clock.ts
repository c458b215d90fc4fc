/**
 * Where time comes from. This is the only file of the library that reads the
 * process clock; everything else is handed a {@link Clock} or an instant.
 */
export interface Clock {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  now(): number;
}

/** The process clock. */
export const systemClock: Clock = { now: () => Date.now() };
