import type { SendOutcome } from '../../channels/channel.js';
import { type Clock, sleepOn } from '../../clock.js';
import type { SharedStore } from '../../stores/shared.js';
import type { Store } from '../../stores/store.js';
import type { Attempt } from '../outcomes.js';
import { sharedOf } from './local-shared.js';
import { type DispatchOptions, type DispatchSettings, dispatchSettings } from './settings.js';

/** An answer of a provider that could not be written down yet. */
export interface KeptAnswer {
  readonly tenant: string;
  readonly attempt: Attempt;
  readonly outcome: SendOutcome;
}

/** What all handles of one `createDunning` share about sending. */
export interface Outbox {
  readonly settings: DispatchSettings;
  /** What workers know together. */
  readonly shared: SharedStore;
  readonly work: Work;
  /** Answers that a store did not take, by tenant and act: the next run writes them down before anything else. */
  readonly kept: Map<string, KeptAnswer>;
  /** Runs written down by this process. */
  readonly runs: { written: number };
}

export function outboxOf(store: Store, options: DispatchOptions | undefined): Outbox {
  return {
    settings: dispatchSettings(options),
    shared: sharedOf(store),
    work: new Work(),
    kept: new Map(),
    runs: { written: 0 },
  };
}

/** What became of the calls that ran when a stop was asked for. */
export interface Stopped {
  /** Whether all of them ended, and were written down, in time. */
  readonly finished: boolean;
  /** Runs and calls that still go on. Their acts are unknown when their leases end, unless they end before. */
  readonly running: number;
}

/** What runs in this process, so that it can come to an end. */
export class Work {
  readonly #running = new Set<Promise<unknown>>();
  readonly #ending = new AbortController();

  /** No new act is begun. */
  get stopping(): boolean {
    return this.#ending.signal.aborted;
  }

  /** Aborted when no new act is begun any more. */
  get ending(): AbortSignal {
    return this.#ending.signal;
  }

  /** Counts as running until it settles. */
  track<T>(work: Promise<T>): Promise<T> {
    const over: Promise<void> = work.then(forget, forget);
    const running = this.#running.add(over);
    function forget(): void {
      running.delete(over);
    }
    return work;
  }

  /** Asks for the end, and waits for it so long at most. */
  async stop(clock: Clock, withinMs: number): Promise<Stopped> {
    this.#ending.abort();
    const waited = new AbortController();
    const late = sleepOn(clock, withinMs, waited.signal);
    const ended = (async () => {
      while (this.#running.size > 0) await Promise.all(this.#running);
    })();
    await Promise.race([ended, late]);
    waited.abort();
    return { finished: this.#running.size === 0, running: this.#running.size };
  }
}
