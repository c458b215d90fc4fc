const minute = 60_000;

/** Waits between attempts after definite temporary failures: quick at first, then patient. */
const waits: readonly number[] = [
  minute,
  5 * minute,
  15 * minute,
  60 * minute,
  4 * 60 * minute,
  12 * 60 * minute,
];

/**
 * Milliseconds until the next attempt after so many; undefined when it was
 * the last. A provider that asks for more gets it, up to a day.
 */
export function retryDelay(attempts: number, asked: number | undefined): number | undefined {
  const wait = waits[attempts - 1];
  if (wait === undefined) return undefined;
  // Written so that what is no number asks for nothing.
  return asked !== undefined && asked > wait ? Math.min(asked, 24 * 60 * minute) : wait;
}
