import { type Clock, sleepOn, systemClock } from '../clock.js';
import type { Queue, WakeListener, Wakeup } from './queue.js';

/** More than any worker needs to know of: what lies later is found when it looks by itself. */
const mostPending = 1_000;

interface Pending {
  readonly tenant: string | undefined;
  readonly at: number;
}

/**
 * A queue within this process, and the default: a sync wakes the worker beside
 * it at once. Wake-ups of one tenant within one second are one. The earliest
 * thousand are kept while a worker listens; without a worker, none.
 *
 * @example
 * const dunning = createDunning({ ...options, queue: localQueue() }); // as without the option
 */
export function localQueue({ clock = systemClock }: { readonly clock?: Clock | undefined } = {}): Queue {
  const listeners = new Set<WakeListener>();
  const pending = new Map<string, Pending>();
  let pause = new AbortController();
  let running = false;

  function keep(tenant: string | undefined, at: number): void {
    // Never too early: by so little that nobody minds, too late.
    const second = Math.ceil(at / 1_000) * 1_000;
    pending.set(JSON.stringify([second, tenant]), { tenant, at: second });
    if (pending.size <= mostPending) return;
    const [latest] = [...pending].reduce((a, b) => (b[1].at > a[1].at ? b : a));
    pending.delete(latest);
  }

  async function run(): Promise<void> {
    while (listeners.size > 0 && pending.size > 0) {
      const now = clock.now();
      const ripe = [...pending].filter(([, { at }]) => at <= now);
      for (const [key] of ripe) pending.delete(key);
      for (const tenant of new Set(ripe.map(([, one]) => one.tenant))) {
        for (const listener of listeners) deliver(listener, tenant === undefined ? {} : { tenant });
      }
      if (pending.size === 0) break;
      pause = new AbortController();
      const next = Math.min(...[...pending.values()].map(({ at }) => at));
      await sleepOn(clock, next - clock.now(), pause.signal);
    }
    running = false;
  }

  return {
    wake: async (wakeups) => {
      if (listeners.size === 0) return;
      for (const { tenant, at = 0 } of wakeups) keep(tenant, at);
      pause.abort();
      if (running) return;
      running = true;
      void run();
    },
    onWake: async (listener) => {
      // One function may listen twice, and stop once.
      const own: WakeListener = (wakeup) => listener(wakeup);
      listeners.add(own);
      return async () => {
        listeners.delete(own);
        if (listeners.size > 0) return;
        pending.clear();
        pause.abort();
      };
    },
  };
}

/** A wake-up of this process is not repeated: the worker looks again by itself, and tells what failed. */
function deliver(listener: WakeListener, wakeup: Wakeup): void {
  listener(wakeup).catch(() => undefined);
}
