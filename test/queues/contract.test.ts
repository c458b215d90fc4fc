import { describe, expect, it } from 'vitest';
import { localQueue } from '../../src/queues/local-queue.js';
import type { Queue } from '../../src/queues/queue.js';
import { type QueueUnderTest, queueContract } from '../../src/testing/queue-contract.js';
import { virtualClock } from '../../src/testing/virtual-clock.js';

const without = {
  joins: 'the queue of one process knows no transactions',
  unreachable: 'the queue of one process has nobody who could be away',
};
const good = (): Queue => localQueue({ clock: virtualClock(1_000_000) });
const transaction: QueueUnderTest['transaction'] = (work) => work({});

/** Laws that a queue breaks; one that does not end breaks it too. */
async function broken(make: () => QueueUnderTest): Promise<string[]> {
  const names: string[] = [];
  const away: Queue = { ...good(), wake: () => Promise.reject(new Error('no connection')) };
  for (const { name, run } of queueContract(() => ({ unreachable: away, ...make() }))) {
    let ended = false;
    const over = run().then(
      () => {
        ended = true;
      },
      () => undefined,
    );
    // Everything here happens within a few turns of the event loop.
    const turns = (async () => {
      for (let n = 0; n < 50; n++) await new Promise((resolve) => setImmediate(resolve));
    })();
    await Promise.race([over, turns]);
    if (!ended) names.push(name);
  }
  return names;
}

describe('the queue of one process', () => {
  for (const { name, skip, run } of queueContract(() => ({ queue: good() }), { without })) {
    if (skip === undefined) it(name, run);
    else it(`leaves out "${name}": ${skip}`, () => expect(good().joins).toBeUndefined());
  }
});

const faults: readonly (readonly [fault: string, law: string, make: () => Queue])[] = [
  [
    'forgets who was meant',
    'wake: a listener hears of the tenant, or of none when everything is meant',
    () => {
      const queue = good();
      return { ...queue, wake: (wakeups) => queue.wake(wakeups.map(() => ({}))) };
    },
  ],
  [
    'takes only the first of several',
    'wake: of many at once each tenant is heard of, and an instant that has passed is at once',
    () => {
      const queue = good();
      return { ...queue, wake: (wakeups) => queue.wake(wakeups.slice(0, 1)) };
    },
  ],
  [
    'drops a listener that failed',
    'onWake: a listener that rejects hears of later wake-ups all the same',
    () => {
      const queue = good();
      return {
        ...queue,
        async onWake(listener) {
          const stop = await queue.onWake((wakeup) =>
            listener(wakeup).catch(async () => {
              await stop();
            }),
          );
          return stop;
        },
      };
    },
  ],
  [
    'goes on calling who has stopped',
    'onWake: who has stopped hears nothing more, and others do',
    () => {
      const queue = good();
      return {
        ...queue,
        async onWake(listener) {
          await queue.onWake(listener);
          return async () => undefined;
        },
      };
    },
  ],
  [
    'wakes before the commit',
    'transaction: what is committed wakes, what is rolled back does not',
    () => ({ ...good(), joins: true }),
  ],
];

describe('queues that break the contract', () => {
  for (const [fault, law, make] of faults)
    it(`one that ${fault} is caught`, async () => {
      expect(await broken(() => ({ queue: make(), transaction }))).toContain(law);
    });

  const law = 'wake: rejects when nobody can be asked, and never throws before it has answered a promise';
  const away: readonly (readonly [fault: string, wake: Queue['wake']])[] = [
    [
      'throws at once when nobody can be asked',
      () => {
        throw new Error('no connection');
      },
    ],
    ['keeps it to itself that nobody can be asked', async () => undefined],
  ];
  for (const [fault, wake] of away)
    it(`one that ${fault} is caught`, async () => {
      const make = () => ({ queue: good(), transaction, unreachable: { ...good(), wake } });
      expect(await broken(make)).toContain(law);
    });

  it('one that says so by a rejection is not', async () => {
    expect(await broken(() => ({ queue: good(), transaction }))).not.toContain(law);
  });
});
