/** The end that is set to one attempt: its time limit and the caller's signal, whichever comes first. */
export interface AttemptLimit {
  /** For the transport; aborted when the attempt is over before its time. */
  readonly signal: AbortSignal;
  /** The result of `work`, or undefined once the end has come: also where `work` ignores the signal. */
  race<T>(work: Promise<T>): Promise<T | undefined>;
  /** Which end came. */
  reason(): 'timeout' | 'aborted';
  /** Frees timer and listener; always call it. */
  clear(): void;
}

/** Starts the clock of one attempt. `timeout` is in milliseconds. */
export function attemptLimit(timeout: number, caller: AbortSignal | undefined): AttemptLimit {
  const controller = new AbortController();
  let reason: 'timeout' | 'aborted' = 'timeout';
  let stop: () => void = () => undefined;
  const stopped = new Promise<undefined>((resolve) => {
    stop = () => resolve(undefined);
  });
  const end = (why: 'timeout' | 'aborted') => {
    reason = why;
    // Settled before the abort, so that the race is not won by the transport's own abort error.
    stop();
    controller.abort();
  };
  const onAbort = () => end('aborted');
  const timer = setTimeout(() => end('timeout'), timeout);
  caller?.addEventListener('abort', onAbort, { once: true });
  return {
    signal: controller.signal,
    race: (work) => Promise.race([work, stopped]),
    reason: () => reason,
    clear() {
      clearTimeout(timer);
      caller?.removeEventListener('abort', onAbort);
    },
  };
}
