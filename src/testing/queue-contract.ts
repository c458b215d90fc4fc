import type { Queue, Wakeup } from '../queues/queue.js';
import { check, same } from './check.js';
import { runLaw } from './run-law.js';
import type { ContractCase } from './store-contract.js';

/** What the factory of {@link queueContract} hands out for one case: a queue without waiting jobs. */
export interface QueueUnderTest {
  readonly queue: Queue;
  /**
   * Runs `work` in a transaction, hands it what goes into `options.transaction`, and rolls back and rethrows
   * when it rejects. Needed where the queue `joins`.
   */
  readonly transaction?: (<T>(work: (transaction: unknown) => Promise<T>) => Promise<T>) | undefined;
  /** The queue as it is when nobody can be asked: its connection is gone, say. */
  readonly unreachable?: Queue | undefined;
  /** Called after the case, whatever its end. */
  readonly dispose?: (() => Promise<void>) | undefined;
}

interface Ear {
  readonly heard: readonly (string | undefined)[];
  /** Resolves when the tenant was heard of; the runner's time limit ends a wait in vain. */
  hears(tenant: string | undefined): Promise<void>;
  stop(): Promise<void>;
}

/** Listens, and answers each wake-up as told. */
async function listen(
  queue: Queue,
  answer: (wakeup: Wakeup) => Promise<void> = async () => undefined,
): Promise<Ear> {
  const heard: (string | undefined)[] = [];
  const waiting: { readonly tenant: string | undefined; readonly done: () => void }[] = [];
  const stop = await queue.onWake((wakeup) => {
    heard.push(wakeup.tenant);
    for (const one of waiting) if (one.tenant === wakeup.tenant) one.done();
    return answer(wakeup);
  });
  return {
    heard,
    hears: (tenant) =>
      new Promise((done) => {
        if (heard.includes(tenant)) done();
        else waiting.push({ tenant, done });
      }),
    stop,
  };
}

class Rollback extends Error {}

type Attempt = (subject: QueueUnderTest) => Promise<void>;

const laws: readonly (readonly [name: string, attempt: Attempt, needs?: 'joins' | 'unreachable'])[] = [
  [
    'wake: a listener hears of the tenant, or of none when everything is meant',
    async ({ queue }) => {
      const ear = await listen(queue);
      await queue.wake([{ tenant: 'acme ü' }]);
      await ear.hears('acme ü');
      await queue.wake([{}]);
      await ear.hears(undefined);
      await ear.stop();
    },
  ],
  [
    'wake: of many at once each tenant is heard of, and an instant that has passed is at once',
    async ({ queue }) => {
      const ear = await listen(queue);
      const tenants = Array.from({ length: 20 }, (_, n) => `t${n}`);
      await queue.wake([]);
      await queue.wake([...tenants, ...tenants].map((tenant, n) => ({ tenant, at: n })));
      for (const tenant of tenants) await ear.hears(tenant);
      await ear.stop();
      same([...new Set(ear.heard)].sort(), tenants.sort(), 'the tenants heard of');
    },
  ],
  [
    'wake: rejects when nobody can be asked, and never throws before it has answered a promise',
    async ({ unreachable }) => {
      check(
        unreachable !== undefined,
        'the factory gave no `unreachable`; say `without: { unreachable: "reason" }`',
      );
      let asked: Promise<void>;
      try {
        asked = unreachable.wake([{ tenant: 'acme' }, {}]);
      } catch (error) {
        throw new Error('wake threw instead of answering a promise that rejects', { cause: error });
      }
      const rejected = await asked.then(
        () => false,
        () => true,
      );
      check(rejected, 'wake resolved, though nobody could be asked');
    },
    'unreachable',
  ],
  [
    'onWake: a listener that rejects hears of later wake-ups all the same',
    async ({ queue }) => {
      const ear = await listen(queue, async ({ tenant }) => {
        if (tenant === 'bad') throw new Error('this look failed');
      });
      await queue.wake([{ tenant: 'bad' }]);
      await ear.hears('bad');
      await queue.wake([{ tenant: 'good' }]);
      await ear.hears('good');
      await ear.stop();
    },
  ],
  [
    'onWake: who has stopped hears nothing more, and others do',
    async ({ queue }) => {
      const gone = await listen(queue);
      await gone.stop();
      const before = gone.heard.length;
      const there = await listen(queue);
      await queue.wake([{ tenant: 'later' }]);
      await there.hears('later');
      await there.stop();
      check(gone.heard.length === before, 'a listener that had stopped was woken');
    },
  ],
  [
    'transaction: what is committed wakes, what is rolled back does not',
    async ({ queue, transaction }) => {
      check(queue.joins === true, 'the queue does not say `joins`; say `without: { joins: "reason" }`');
      check(transaction !== undefined, 'the factory gave no `transaction`');
      const ear = await listen(queue);
      try {
        await transaction(async (one) => {
          await queue.wake([{ tenant: 'undone' }], { transaction: one });
          throw new Rollback();
        });
      } catch (error) {
        if (!(error instanceof Rollback)) throw error;
      }
      await transaction((one) => queue.wake([{ tenant: 'done' }], { transaction: one }));
      await ear.hears('done');
      await ear.stop();
      check(!ear.heard.includes('undone'), 'a wake-up of a transaction that was rolled back came');
    },
    'joins',
  ],
];

/**
 * The promises of the queue port ({@link Queue}) as cases that any test runner
 * can run. A wake-up that never comes shows as a case that does not end.
 *
 * @example
 * for (const { name, skip, run } of queueContract(() => ({ queue: myQueue() }), { without: { joins: 'not in my database' } })) {
 *   test(name, { skip, timeout: 30_000 }, run); // node:test
 * }
 */
export function queueContract(
  factory: () => QueueUnderTest | Promise<QueueUnderTest>,
  options: {
    /** What the queue cannot do, with the reason in words; the cases that need it come with that reason as `skip`. */
    readonly without?:
      | { readonly joins?: string | undefined; readonly unreachable?: string | undefined }
      | undefined;
  } = {},
): readonly ContractCase[] {
  return laws.map(([name, attempt, needs]) => ({
    name,
    ...(needs === undefined ? {} : { skip: options.without?.[needs] }),
    run: () => runLaw(name, factory, attempt),
  }));
}
