/** Memory of a process while it works, MiB. */
export interface Memory {
  readonly peakRss: number;
  /** Resident at a quarter, half, three quarters and the end of the time. */
  readonly rss: readonly number[];
  readonly peakHeap: number;
}

const mib = 1024 * 1024;

/** Looks every quarter of a second until it is asked: looking costs a millisecond. */
export function watchMemory(): () => Memory {
  const samples: { readonly rss: number; readonly heap: number }[] = [];
  const look = (): void => {
    const { rss, heapUsed } = process.memoryUsage();
    samples.push({ rss: rss / mib, heap: heapUsed / mib });
  };
  const timer = setInterval(look, 250);
  return () => {
    clearInterval(timer);
    look();
    const quarter = (nth: number): number =>
      samples[Math.max(0, Math.ceil((samples.length * nth) / 4) - 1)]?.rss ?? 0;
    return {
      peakRss: process.resourceUsage().maxRSS / 1024,
      rss: [1, 2, 3, 4].map(quarter),
      peakHeap: Math.max(...samples.map(({ heap }) => heap)),
    };
  };
}
