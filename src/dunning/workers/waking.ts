import { isRecobroError, RecobroError } from '../../errors.js';
import type { Wakeup } from '../../queues/queue.js';
import type { Change, CommitOptions, CommitOutcome } from '../../stores/store.js';
import type { Context } from '../context.js';
import { codeOf } from '../failures.js';

type Waking = Pick<Context, 'store' | 'queue' | 'logger'>;

/**
 * Commits, and asks the queue for a worker where something is to be done:
 * inside the same transaction where store and queue can, so that there is a
 * job exactly for what was decided; else after the commit. A queue that fails
 * never stops a commit of recobro's own, for workers look without it too.
 *
 * @throws RecobroError `queue_failed` (`retryable`) when a queue fails in a transaction of the host's
 */
export async function commitAndWake(
  { store, queue, logger }: Waking,
  changes: readonly Change[],
  options: CommitOptions,
): Promise<readonly CommitOutcome[]> {
  if (options.transaction !== undefined) return inside({ store, queue }, changes, options);
  if (queue.joins === true && store.transaction !== undefined && wakeupsOf(changes).length > 0) {
    try {
      return await store.transaction((transaction) => inside({ store, queue }, changes, { transaction }));
    } catch (error) {
      if (!isRecobroError(error, 'queue_failed')) throw error;
      // Rolled back as a whole, so the changes can be committed once more, without jobs.
      logger.warn('a queue could not be asked to wake workers', { error: codeOf(error.cause) });
      return store.commit(changes);
    }
  }
  const outcomes = await store.commit(changes);
  const wakeups = wakeupsOf(changes, outcomes);
  if (wakeups.length > 0) {
    try {
      await queue.wake(wakeups);
    } catch (error) {
      logger.warn('a queue could not be asked to wake workers', { error: codeOf(error) });
    }
  }
  return outcomes;
}

async function inside(
  { store, queue }: Pick<Waking, 'store' | 'queue'>,
  changes: readonly Change[],
  options: CommitOptions,
): Promise<readonly CommitOutcome[]> {
  const outcomes = await store.commit(changes, options);
  const wakeups = wakeupsOf(changes, outcomes);
  if (wakeups.length === 0) return outcomes;
  // A queue of the host's may throw before it answers a promise, too.
  try {
    await queue.wake(wakeups, { transaction: options.transaction });
  } catch (error) {
    throw new RecobroError(
      'queue_failed',
      'the queue took no job; roll back, and try the transaction again',
      {
        cause: error,
        retryable: true,
      },
    );
  }
  return outcomes;
}

/** When somebody is to look because of these changes: each instant of a tenant once. Only of changes that won, where it is known. */
export function wakeupsOf(
  changes: readonly Change[],
  outcomes?: readonly CommitOutcome[],
): readonly Wakeup[] {
  const found = new Map<string, Set<number>>();
  changes.forEach((change, index) => {
    if (outcomes?.[index]?.ok === false) return;
    for (const at of instantsOf(change)) {
      const instants = found.get(change.tenant) ?? new Set();
      found.set(change.tenant, instants.add(at));
    }
  });
  return [...found].flatMap(([tenant, instants]) => [...instants].map((at) => ({ tenant, at })));
}

function instantsOf({ next, acts }: Change): number[] {
  const instants = next === undefined || next === null ? [] : [next];
  for (const act of acts) {
    if (act.op === 'insert') {
      if (act.state === 'ready') instants.push(act.notBefore);
    } else if (act.to === 'ready') instants.push(act.notBefore ?? 0);
  }
  return instants;
}
