/** Median of at least one number. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)] ?? Number.NaN;
  return Number.isInteger(middle) ? ((sorted[middle - 1] ?? Number.NaN) + upper) / 2 : upper;
}

/**
 * Collects garbage, so that what one contender left behind is not billed to the
 * next. Between runs only the young: a full collection also shrinks the space for
 * new objects and throws compiled code away, which doubles the time of what
 * follows and is no part of the work.
 */
export function collectGarbage(type: 'minor' | 'major'): void {
  if (globalThis.gc === undefined) throw new Error('run with --expose-gc: npm run bench');
  globalThis.gc({ type });
}
