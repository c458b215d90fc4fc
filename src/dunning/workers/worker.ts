import { type Clock, sleepOn } from '../../clock.js';
import { type Problem, RecobroError } from '../../errors.js';
import type { Logger } from '../../logger.js';
import type { Queue, Wakeup } from '../../queues/queue.js';
import { codeOf } from '../failures.js';
import type { TickResult } from '../tick.js';
import { Listeners } from './listeners.js';
import { Rota, type Seat } from './rota.js';

/** What a worker uses of a tenant's handle. */
export interface Tickable {
  readonly tenant: string;
  tick(options: { readonly limit: number; readonly signal: AbortSignal }): Promise<TickResult>;
}

/** Options of `Dunning.start`. All times in milliseconds. */
export interface WorkerOptions {
  /** Whom to work for: handles of the same `createDunning` (`dunning.for('acme')`). Default: the handle itself. */
  readonly tenants?: readonly Tickable[] | undefined;
  /** How long it sleeps at most before it looks by itself, whoever was to wake it. Default 60 000. */
  readonly intervalMs?: number | undefined;
  /** Tenants looked at side by side; of one tenant never more than one run. Default 1. */
  readonly concurrency?: number | undefined;
  /** Accounts and acts after which it is the next tenant's turn. Default 500. */
  readonly turn?: number | undefined;
  /** Stops the worker as {@link Worker.stop} does. */
  readonly signal?: AbortSignal | undefined;
}

/** What listeners of a worker hear. */
export interface WorkerEvents {
  /** A run that ended. */
  tick(result: TickResult, tenant: string): void;
  /** A run that failed; it is made again, later each time up to the interval. */
  error(error: unknown, tenant: string): void;
}

/** A loop that works until it is stopped. */
export interface Worker extends AsyncDisposable {
  /** Settles when the worker came to its end. Never rejects. */
  readonly done: Promise<void>;
  /** Hears of runs; answers a function that stops listening. A listener that throws harms nothing. */
  on<K extends keyof WorkerEvents>(name: K, listener: WorkerEvents[K]): () => void;
  /**
   * Begins nothing more, lets calls in flight end and be written down, and gives back what was claimed and
   * not begun. Answers whether that came to its end within the time (default 30 000 ms); what goes on is
   * still written down. May be called twice.
   */
  stop(options?: { readonly withinMs?: number | undefined }): Promise<{ readonly finished: boolean }>;
}

/** What all workers of one `createDunning` share. */
export interface WorkerParts {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly queue: Queue;
}

const firstPause = 1_000;

/** @throws RecobroError `invalid_option`, listing every problem with its path */
export function startWorker(parts: WorkerParts, own: Tickable, options: WorkerOptions = {}): Worker {
  const { intervalMs = 60_000, concurrency = 1, turn = 500, signal, tenants = [own] } = options;
  check({ intervalMs, concurrency, turn, tenants });
  const { clock, logger, queue } = parts;
  const rota = new Rota(tenants, intervalMs);
  const listeners = new Listeners<WorkerEvents>(logger);
  const end = new AbortController();
  const runs = new Set<Promise<void>>();
  let pause = new AbortController();

  async function look(seat: Seat<Tickable>): Promise<void> {
    const { tenant } = seat.of;
    try {
      const result = await seat.of.tick({ limit: turn, signal: end.signal });
      rota.done(seat, clock.now(), result.more === true ? 0 : later(result));
      listeners.tell('tick', result, tenant);
      // Others may help.
      if (result.more === true && !end.signal.aborted) await ask(tenant);
    } catch (error) {
      if (end.signal.aborted) return rota.failed(seat, clock.now(), firstPause, error);
      logger.error('a run failed', { tenant, error: codeOf(error) });
      rota.failed(seat, clock.now(), firstPause, error);
      listeners.tell('error', error, tenant);
    }
  }

  async function ask(tenant: string): Promise<void> {
    try {
      await queue.wake([{ tenant }]);
    } catch (error) {
      logger.warn('a queue could not be asked to wake workers', { error: codeOf(error) });
    }
  }

  function begin(seat: Seat<Tickable>): void {
    const run = look(seat).finally(() => {
      runs.delete(run);
      pause.abort();
    });
    runs.add(run);
  }

  /** Wake-ups of tenants that others serve are theirs: their own looks find the work. */
  async function woken({ tenant }: Wakeup): Promise<void> {
    const looked = rota.wake(tenant);
    pause.abort();
    await looked;
  }

  async function listen(): Promise<() => Promise<void>> {
    try {
      return await queue.onWake(woken);
    } catch (error) {
      logger.error('a queue wakes nobody; the worker looks at its interval', { error: codeOf(error) });
      return async () => undefined;
    }
  }

  async function work(): Promise<void> {
    const listening = listen();
    while (!end.signal.aborted) {
      const now = clock.now();
      while (runs.size < concurrency) {
        const seat = rota.take(now);
        if (seat === undefined) break;
        begin(seat);
      }
      pause = new AbortController();
      // Where all hands are busy, the end of a run wakes the loop.
      const wait = runs.size < concurrency ? rota.wait(now) : intervalMs;
      await sleepOn(clock, wait, pause.signal);
    }
    // Whoever waits for a look is told, so that the queue can give the wake-up to others.
    rota.close();
    await Promise.all([...runs, unlisten(listening)]);
  }

  async function unlisten(listening: Promise<() => Promise<void>>): Promise<void> {
    try {
      await (await listening)();
    } catch (error) {
      logger.warn('a queue could not be left', { error: codeOf(error) });
    }
  }

  function halt(): void {
    end.abort(new RecobroError('closed', 'The worker was stopped.'));
    pause.abort();
  }

  if (signal?.aborted === true) halt();
  signal?.addEventListener('abort', halt, { once: true });
  const done = work().finally(() => signal?.removeEventListener('abort', halt));
  return {
    done,
    on: (name, listener) => listeners.on(name, listener),
    async stop({ withinMs = 30_000 } = {}) {
      halt();
      const waited = new AbortController();
      const finished = await Promise.race([
        done.then(() => true),
        sleepOn(clock, withinMs, waited.signal).then(() => false),
      ]);
      waited.abort();
      return { finished };
    },
    async [Symbol.asyncDispose]() {
      halt();
      await done;
    },
  };
}

/** The next instant that the tenant itself knows; one that has passed belongs to what could not be reviewed, and waits for the next look. */
function later({ next, now }: TickResult): number | undefined {
  return next !== undefined && next > now ? next : undefined;
}

function check(options: Required<Omit<WorkerOptions, 'signal'>>): void {
  const problems: Problem[] = [];
  for (const [path, most] of [
    ['intervalMs', 24 * 3_600_000],
    ['concurrency', 1_000],
    ['turn', 1_000_000],
  ] as const) {
    const value = options[path];
    if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 1 || value > most)
      problems.push({ path, code: 'invalid_value', message: `is a whole number from 1 to ${most}` });
  }
  const { tenants } = options;
  if (!Array.isArray(tenants) || tenants.length === 0)
    problems.push({
      path: 'tenants',
      code: 'invalid_type',
      message: 'is a list of handles, with one at least',
    });
  else if (new Set(tenants.map((one: Tickable) => one.tenant)).size < tenants.length)
    problems.push({ path: 'tenants', code: 'duplicate_id', message: 'names a tenant twice' });
  if (problems.length > 0)
    throw new RecobroError('invalid_option', 'the options are not valid', { problems });
}
