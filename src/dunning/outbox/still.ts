const still = new WeakSet<() => number>();

/** A time that stands still: a run at a given instant. */
export function standing(instant: number): () => number {
  const time = (): number => instant;
  still.add(time);
  return time;
}

/** Whether waiting is of no use, since this time never goes on. */
export function standsStill(time: () => number): boolean {
  return still.has(time);
}
