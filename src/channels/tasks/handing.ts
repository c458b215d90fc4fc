import type { SendOptions, SendOutcome } from '../channel.js';
import { attemptLimit } from '../limit.js';
import { refusedBefore } from '../outcomes.js';

/** Handing over is asking a service of the host's: it is given as long as any other provider. */
export const defaultTimeout = 30_000;

/**
 * One call of a port of the host's, held to the time limit and the caller's signal even where it ignores them. What it
 * throws, and what it answers too late, leaves open whether it took the message.
 */
export async function handOver(
  id: string,
  timeout: number,
  options: SendOptions,
  deliver: (options: SendOptions) => Promise<SendOutcome>,
): Promise<SendOutcome> {
  const limit = attemptLimit(timeout, options.signal);
  try {
    // A port may also throw before it returns a promise.
    const answer = (async () => deliver({ ...options, signal: limit.signal }))();
    return (await limit.race(answer)) ?? { outcome: 'unknown', code: `${id}:${limit.reason()}` };
  } finally {
    limit.clear();
  }
}

/** What a channel says that people are: nothing leaves by itself. */
export function byHand(id: string): SendOutcome {
  return refusedBefore(`${id}:by_hand`, 'message');
}
