/** A call of the host's took too long. */
export class TooLong extends Error {}

/**
 * A call of the host's own, held to a time limit even where it does not listen to its signal: what one call hangs on
 * must not keep everything from being worked on that comes in after it.
 *
 * @throws TooLong; whatever the call throws
 */
export async function within<T>(millis: number, call: (signal: AbortSignal) => Promise<T> | T): Promise<T> {
  const signal = AbortSignal.timeout(millis);
  let stop: () => void = () => undefined;
  const over = new Promise<never>((_, reject) => {
    stop = () => reject(new TooLong('a call took too long'));
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([call(signal), over]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
