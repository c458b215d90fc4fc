import { AsyncLocalStorage } from 'node:async_hooks';
import type { Queue } from '../../src/queues/queue.js';
import type { InboxStore } from '../../src/stores/inbox.js';
import type { SharedStore } from '../../src/stores/shared.js';
import type { Change, CommitOutcome, Json, Store } from '../../src/stores/store.js';
import { type Fuse, say } from './fuse.js';
import type { StepId, Variant } from './steps.js';

/** What the process is at: several things side by side, each of which calls the store. */
export interface Scene {
  of: 'facts' | 'review' | 'parking' | 'dispatch' | 'receipt' | 'webhook' | 'inbox';
}

export const scenes = new AsyncLocalStorage<Scene>();

/** Before, within and after a commit. */
type Commit = readonly [before: StepId | undefined, within: StepId, after: StepId | undefined];

/** By what is written, where that tells: commits of several scenes are made as one, by whichever asked first. */
function commitSteps(scene: Scene['of'] | undefined, changes: readonly Change[]): Commit | undefined {
  if (scene === 'facts') return [undefined, 'I1', 'I2'];
  if (tells(changes, 'message.received')) return ['M3', 'M4', 'M5'];
  if (tells(changes, 'act.confirmed')) return [undefined, 'T1', 'T2'];
  if (tells(changes, 'act.unknown', 'recobro:worker_lost')) return [undefined, 'P2', 'P3'];
  if (tells(changes, 'consent.heard')) return [undefined, 'M6', undefined];
  if (scene === 'review') return ['R3', 'R4', 'R5'];
  if (scene === 'receipt') return [undefined, 'C4', 'C5'];
  if (moves(changes, 'sending')) return ['D3', 'D4', 'D5'];
  if (moves(changes, 'accepted')) return [undefined, 'D10', 'D11'];
  return undefined;
}

function moves(changes: readonly Change[], to: string): boolean {
  return changes.some(({ acts }) => acts.some((act) => act.op === 'move' && act.to === to));
}

function tells(changes: readonly Change[], type: string, code?: string): boolean {
  const right = (data: Json): boolean =>
    code === undefined || (typeof data === 'object' && data !== null && 'code' in data && data.code === code);
  return changes.some(({ events }) => events.some((event) => event.type === type && right(event.data)));
}

/** What the laws on stops need: which came first is known by the versions of the account alone. */
function witness(changes: readonly Change[], outcomes: readonly CommitOutcome[]): void {
  for (const [index, change] of changes.entries()) {
    const outcome = outcomes[index];
    if (outcome?.ok !== true) continue;
    const { account } = change;
    const { version } = outcome;
    if (tells([change], 'consent.heard')) say({ say: 'stopped', account, version });
    if (moves([change], 'sending')) say({ say: 'began', account, version });
  }
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
  const { audit, inbox, shared, references } = inner;
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
      if (scene === 'inbox') fuse.at('M2');
      return files;
    },
    async commit(changes, options) {
      const steps = commitSteps(scenes.getStore()?.of, changes);
      if (steps === undefined) return inner.commit(changes, options);
      const [before, within, after] = steps;
      if (before !== undefined) fuse.at(before);
      const outcomes = await fuse.during(within, () => inner.commit(changes, options));
      witness(changes, outcomes);
      if (after !== undefined) fuse.at(after);
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
    ...(inbox === undefined
      ? {}
      : {
          inbox: {
            ...inbox,
            async receive(...about) {
              const fresh = await fuse.during('W2', () => inbox.receive(...about));
              fuse.at('W3');
              return fresh;
            },
            async take(query) {
              const taken = await inbox.take(query);
              if (taken.length > 0) {
                turn('inbox');
                fuse.at('M1');
              }
              return taken;
            },
            finish: (...about) => fuse.during('M7', () => inbox.finish(...about)),
          },
        }),
    ...(shared === undefined
      ? {}
      : {
          shared: {
            ...shared,
            async write(change) {
              if (!change.key.startsWith('rate/')) return shared.write(change);
              const written = await fuse.during('L1', () => shared.write(change));
              fuse.at('L2');
              return written;
            },
          },
        }),
    ...(references === undefined
      ? {}
      : {
          references: {
            ...references,
            async put(...about) {
              await references.put(...about);
              const [, all] = about;
              if (all.some(({ key }) => key.startsWith('sender:'))) fuse.at('L3');
            },
          },
        }),
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
export function breaking(inner: Store, variant: Exclude<Variant, 'deaf'>): Store {
  const { inbox, shared } = inner;
  if (variant === 'greedy' && shared !== undefined) {
    const write: SharedStore['write'] = async (change) =>
      change.key.startsWith('rate/') || (await shared.write(change));
    return { ...inner, shared: { ...shared, write } };
  }
  if (variant === 'hasty' && inbox !== undefined) {
    const take: InboxStore['take'] = async (query) => {
      const taken = await inbox.take(query);
      for (const { tenant, key } of taken) await inbox.finish(tenant, query.token, [{ key }]);
      return taken;
    };
    return { ...inner, inbox: { ...inbox, take } };
  }
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
