import { type Clock, systemClock } from '../../clock.js';
import { RecobroError } from '../../errors.js';
import { type IdSource, randomIds } from '../../ids.js';
import type { Queue, Wakeup } from '../queue.js';
import type { PgBossClient, PgBossConnection, PgBossJob } from './client.js';

export type { PgBossClient, PgBossConnection, PgBossJob } from './client.js';

/** Options of {@link pgBossQueue}. */
export interface PgBossQueueOptions {
  /** The host's pg-boss, started. Its jobs join a decision's transaction only when it stands in the store's database. */
  readonly boss: PgBossClient;
  /** Name of the queue. All workers on it are to serve the same tenants. Default `recobro`. */
  readonly name?: string | undefined;
  /**
   * When some worker looks at everything, whoever was woken: a cron expression, in UTC; `false` for never.
   * Default: every minute. Needs a pg-boss with `schedule` (its default).
   */
  readonly sweep?: string | false | undefined;
  /**
   * Whether pg-boss stands in the database of the store, so that jobs are created in the transaction of the
   * decision. Default `true`. With `false` they are created after the commit, and one may be missing: the
   * sweep finds what it was for.
   */
  readonly sameDatabase?: boolean | undefined;
  /** Seconds between two questions for jobs, 0.5 or more. Default 2. */
  readonly pollSeconds?: number | undefined;
  /** Batches of wake-ups that one process takes at once. Default 2. */
  readonly concurrency?: number | undefined;
  /** Default: the process clock. */
  readonly clock?: Clock | undefined;
  /** Default: random. Keeps jobs of transactions apart. */
  readonly ids?: IdSource | undefined;
}

/** Wake-ups of a tenant within so many milliseconds are one job. */
const slot = 5_000;
/** Sweeps are soon enough for what lies further ahead, in milliseconds. */
const horizon = 3_600_000;
const batch = 50;

/**
 * Wakes workers through pg-boss (optional peer, 12 or later), in the host's
 * own database: one of all workers gets each wake-up. The queue is made on first
 * use. Its jobs hold tenant names, nothing else.
 *
 * In a transaction each job stands by itself: a key shared between transactions
 * would make one wait for the other. Outside of one, wake-ups of a tenant within
 * five seconds are one job, as long as it waits.
 *
 * @example
 * const boss = new PgBoss({ connectionString });
 * await boss.start();
 * const dunning = createDunning({ ...options, store: postgresStore({ client: pool }), queue: pgBossQueue({ boss }) });
 * const worker = dunning.start();
 */
export function pgBossQueue(options: PgBossQueueOptions): Queue {
  const { boss, name = 'recobro', sweep = '* * * * *', sameDatabase = true } = options;
  const { pollSeconds = 2, concurrency = 2, ids = randomIds, clock = systemClock } = options;
  check(options);
  let making: Promise<void> | undefined;

  /** Tried again by the next call when it fails. */
  async function made(): Promise<void> {
    making ??= make();
    try {
      await making;
    } catch (error) {
      making = undefined;
      throw error;
    }
  }

  async function make(): Promise<void> {
    // `short`: of jobs with the same key one waits at most, and any number runs. A wake-up is not worth
    // more than one try again, for the next sweep is near.
    await boss.createQueue(name, { policy: 'short', retryLimit: 1, retryDelay: 5, deleteAfterSeconds: 600 });
  }

  return {
    ...(sameDatabase ? { joins: true } : {}),

    async wake(wakeups, { transaction } = {}) {
      const now = clock.now();
      const near = wakeups.filter(({ at = 0 }) => at <= now + horizon);
      if (near.length === 0) return;
      await made();
      const joined = sameDatabase && transaction !== undefined;
      const jobs = jobsOf(near, now, joined ? ids.next() : '');
      await boss.insert(name, jobs, joined ? { db: connectionOf(transaction) } : {});
    },

    async onWake(listener) {
      await made();
      if (sweep === false) await boss.unschedule(name);
      else await boss.schedule(name, sweep, {}, { singletonKey: 'sweep', tz: 'UTC' });
      const id = await boss.work(
        name,
        { batchSize: batch, localConcurrency: concurrency, pollingIntervalSeconds: pollSeconds },
        async (jobs) => {
          const tenants = new Set(jobs.map(({ data }) => tenantOf(data)));
          await Promise.all([...tenants].map((tenant) => listener(tenant === undefined ? {} : { tenant })));
        },
      );
      return () => boss.offWork(name, { id, wait: true });
    },
  };
}

/** One job for a tenant and a slot. @param mark keeps those of a transaction apart from all others */
function jobsOf(wakeups: readonly Wakeup[], now: number, mark: string): PgBossJob[] {
  const jobs = new Map<string, PgBossJob>();
  for (const { tenant, at = 0 } of wakeups) {
    // Never too early: what is to be done then would not be found.
    const start = at > now ? Math.ceil(at / slot) * slot : undefined;
    const singletonKey = JSON.stringify([tenant ?? null, start ?? 0, mark]);
    const data = tenant === undefined ? {} : { tenant };
    jobs.set(singletonKey, {
      data,
      singletonKey,
      ...(start === undefined ? {} : { startAfter: new Date(start) }),
    });
  }
  return [...jobs.values()];
}

function tenantOf(data: unknown): string | undefined {
  if (typeof data !== 'object' || data === null || !('tenant' in data)) return undefined;
  return typeof data.tenant === 'string' ? data.tenant : undefined;
}

/** The transaction as stores of the PostgreSQL dialect take it: something with a `query`. */
function connectionOf(transaction: unknown): PgBossConnection {
  if (!hasQuery(transaction)) {
    throw invalid('transaction', 'must be a connection with query(); or say sameDatabase: false');
  }
  return {
    executeSql: async (text, values) => {
      const { rows } = await transaction.query(text, values);
      return { rows: [...rows] };
    },
  };
}

interface Queryable {
  query(text: string, values?: unknown[]): Promise<{ readonly rows: readonly unknown[] }>;
}

function hasQuery(value: unknown): value is Queryable {
  return typeof value === 'object' && value !== null && 'query' in value && typeof value.query === 'function';
}

function check({ boss, name, sweep, pollSeconds = 2, concurrency = 2 }: PgBossQueueOptions): void {
  if (typeof boss !== 'object' || boss === null || typeof boss.insert !== 'function')
    throw invalid('boss', 'must be a PgBoss of pg-boss, started');
  if (name !== undefined && !/^[\w.-]{1,80}$/.test(name))
    throw invalid('name', 'is made of letters, digits, underscores, hyphens and periods');
  if (sweep !== undefined && sweep !== false && (typeof sweep !== 'string' || sweep.trim() === ''))
    throw invalid('sweep', 'is a cron expression or false');
  if (!(pollSeconds >= 0.5)) throw invalid('pollSeconds', 'is 0.5 or more');
  if (!Number.isSafeInteger(concurrency) || concurrency < 1)
    throw invalid('concurrency', 'is a whole number from 1');
}

function invalid(path: string, message: string): RecobroError {
  return new RecobroError('invalid_option', `The option ${path} ${message}.`, {
    problems: [{ path, code: 'invalid_value', message }],
  });
}
