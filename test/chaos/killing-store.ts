import { AsyncLocalStorage } from 'node:async_hooks';
import type { Queue } from '../../src/queues/queue.js';
import type { Change, Store } from '../../src/stores/store.js';
import type { Fuse } from './fuse.js';
import type { StepId } from './steps.js';

/** What the process is at: several things side by side, each of which calls the store. */
export interface Scene {
  of: 'facts' | 'review' | 'parking' | 'dispatch' | 'receipt';
}

export const scenes = new AsyncLocalStorage<Scene>();

/** Before, within and after a commit. */
type Commit = readonly [before: StepId | undefined, within: StepId, after: StepId];

function commitSteps(scene: Scene['of'] | undefined, changes: readonly Change[]): Commit | undefined {
  if (scene === 'facts') return [undefined, 'I1', 'I2'];
  if (scene === 'review') return ['R3', 'R4', 'R5'];
  if (scene === 'receipt') return [undefined, 'C4', 'C5'];
  if (moves(changes, 'sending')) return ['D3', 'D4', 'D5'];
  if (moves(changes, 'accepted')) return [undefined, 'D10', 'D11'];
  if (scene === 'parking' && moves(changes, 'unknown')) return [undefined, 'P2', 'P3'];
  return undefined;
}

function moves(changes: readonly Change[], to: string): boolean {
  return changes.some(({ acts }) => acts.some((act) => act.op === 'move' && act.to === to));
}

/**
 * A store that kills its process before, within or after the calls that mark
 * the numbered steps. Production code has no hooks for this: all that it does
 * goes through its ports.
 */
export function killingStore(inner: Store, fuse: Fuse): Store {
  const turn = (of: Scene['of']): void => {
    const scene = scenes.getStore();
    if (scene !== undefined && scene.of !== 'receipt') scene.of = of;
  };
  const { audit } = inner;
  return {
    ...inner,
    async due(query) {
      const due = await inner.due(query);
      if (due.length > 0 && query.limit > 1) {
        turn('review');
        fuse.at('R1');
      }
      return due;
    },
    async load(tenant, accounts, options) {
      const files = await inner.load(tenant, accounts, options);
      const scene = scenes.getStore()?.of;
      if (scene === 'review') fuse.at('R2');
      if (scene === 'dispatch') fuse.at('D2');
      if (scene === 'receipt') fuse.at('C3');
      return files;
    },
    async commit(changes, options) {
      const steps = commitSteps(scenes.getStore()?.of, changes);
      if (steps === undefined) return inner.commit(changes, options);
      const [before, within, after] = steps;
      if (before !== undefined) fuse.at(before);
      const outcomes = await fuse.during(within, () => inner.commit(changes, options));
      fuse.at(after);
      return outcomes;
    },
    async expired(query) {
      turn('parking');
      const lost = await inner.expired(query);
      if (lost.length > 0) fuse.at('P1');
      return lost;
    },
    async claim(query) {
      turn('dispatch');
      const claimed = await inner.claim(query);
      if (claimed.length > 0) fuse.at('D1');
      return claimed;
    },
    async appendOnce(...about) {
      const fresh = await inner.appendOnce(...about);
      fuse.at('C2');
      return fresh;
    },
    ...(audit === undefined
      ? {}
      : {
          audit: {
            ...audit,
            async seal(query) {
              const sealed = await fuse.during('S1', () => audit.seal(query));
              if (sealed > 0) fuse.at('S2');
              return sealed;
            },
          },
        }),
  };
}

/** A queue that kills its process when a review wakes somebody. */
export function killingQueue(inner: Queue, fuse: Fuse): Queue {
  return {
    ...inner,
    async wake(wakeups, options) {
      if (scenes.getStore()?.of === 'review') fuse.at('R6');
      await inner.wake(wakeups, options);
    },
  };
}

/** Stores that break a promise, so that the books are seen to find it. */
export function breaking(inner: Store, variant: 'resends' | 'guesses'): Store {
  const to = variant === 'resends' ? 'ready' : 'accepted';
  return {
    ...inner,
    /** The acts of lost workers are not reported: they are freed, or taken for sent. */
    async expired(query) {
      for (const row of await inner.expired(query)) {
        const [file] = await inner.load(row.tenant, [row.account]);
        const acts = [{ op: 'move', id: row.id, from: ['sending'], to } as const];
        const change = { tenant: row.tenant, account: row.account, expected: file?.version ?? 0 };
        await inner.commit([{ ...change, events: [], acts }]);
      }
      return [];
    },
  };
}
