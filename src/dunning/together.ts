import { isRecobroError } from '../errors.js';
import type { Change, CommitOutcome, StoredFile } from '../stores/store.js';

/** Loads and commits of many callers, made together: a batch costs a database little more than one of them. */
export interface Together {
  /** As `Store.load`, without a transaction of the host's. */
  load(tenant: string, accounts: readonly string[]): Promise<readonly StoredFile[]>;
  /** As `Store.commit`, without a transaction of the host's. */
  commit(changes: readonly Change[]): Promise<readonly CommitOutcome[]>;
}

/** Accounts or changes in one batch; a caller's own batch may be larger. */
const most = 200;
/** Batches of a kind under way at once, not counting those that take long. */
const lanes = 4;
/** So many waiting are worth a batch beside one under way; fewer wait for its end, and share more. */
const enough = 40;
/**
 * Others wait no longer, milliseconds, for a batch that gets nowhere: a transaction of the host's may lock one
 * of its accounts. Its own accounts wait for its end, so that a locked one holds no second connection.
 */
const patience = 100;
/** Batches of a kind under way at once, with those that take long: fewer than a pool usually has connections (`pg`: 10). */
const atMost = 8;

/**
 * Group commit: what is asked for in one turn of the event loop, and while another batch is under
 * way, goes as one. A caller who is alone waits for nobody. Nothing is promised less: a call is answered when its
 * own changes are durable, each change wins or conflicts alone, and a load began after it was asked
 * for. When a batch is refused because of one of its changes, each call is made again by itself, so that
 * none fails for another's sake; a failure that says it may pass is everybody's.
 */
export function together(store: Together): Together {
  const loads = new Map<string, Merger<string, readonly StoredFile[]>>();
  const commits = new Merger<Change, readonly CommitOutcome[]>({
    // An account's next change waits for the batch that the last one is in: at once it could only lose.
    alone: ({ tenant, account }) => `${tenant}\0${account}`,
    run: (changes) => store.commit(changes),
    share: (outcomes, from, count) => outcomes.slice(from, from + count),
  });
  return {
    load(tenant, accounts) {
      let merger = loads.get(tenant);
      if (merger === undefined) {
        merger = new Merger({
          run: (wanted) => store.load(tenant, [...new Set(wanted)]),
          share: (files, _, __, wanted) => {
            const own = new Set(wanted);
            return files.filter((file) => own.has(file.account));
          },
          idle: () => loads.delete(tenant),
        });
        loads.set(tenant, merger);
      }
      return merger.ask(accounts);
    },
    commit: (changes) => commits.ask(changes),
  };
}

interface Kind<I, O> {
  run(items: readonly I[]): Promise<O>;
  /** A caller's part of what a batch answered: of its `count` items, the first of which was the `from`-th. */
  share(answer: O, from: number, count: number, items: readonly I[]): O;
  /** Items of the same name go one after the other, however long one takes. */
  alone?(item: I): string;
  /** Told when nothing is left to do. */
  idle?(): void;
}

interface Call<I, O> {
  readonly items: readonly I[];
  resolve(answer: O): void;
  reject(error: unknown): void;
}

class Merger<I, O> {
  readonly #kind: Kind<I, O>;
  #waiting: Call<I, O>[] = [];
  /** Names of what is under way. */
  readonly #busy = new Set<string>();
  /** Those of them that take long. */
  readonly #stuck = new Set<string>();
  #running = 0;
  /** Batches under way that take long. */
  #slow = 0;
  #planned = false;

  constructor(kind: Kind<I, O>) {
    this.#kind = kind;
  }

  ask(items: readonly I[]): Promise<O> {
    return new Promise<O>((resolve, reject) => {
      this.#waiting.push({ items, resolve, reject });
      this.#plan();
    });
  }

  /** Begins a batch when this turn of the event loop is over: whoever asks until then comes along. */
  #plan(): void {
    if (this.#planned || !this.#mayBegin()) return;
    this.#planned = true;
    setImmediate(() => {
      this.#planned = false;
      if (!this.#mayBegin()) return;
      const batch = this.#take();
      if (batch.length === 0) return;
      void this.#lane(batch);
      this.#plan();
    });
  }

  #mayBegin(): boolean {
    const quick = this.#running - this.#slow;
    if (this.#waiting.length === 0 || quick >= lanes || this.#running >= atMost) return false;
    if (quick === 0) return true;
    return this.#waiting.reduce((items, call) => items + call.items.length, 0) >= enough;
  }

  async #lane(batch: readonly Call<I, O>[]): Promise<void> {
    const names = batch.flatMap((call) => this.#names(call));
    for (const name of names) this.#busy.add(name);
    this.#running++;
    let slow = false;
    const timer = setTimeout(() => {
      slow = true;
      this.#slow++;
      for (const name of names) this.#stuck.add(name);
      this.#plan();
    }, patience);
    await this.#run(batch);
    clearTimeout(timer);
    this.#running--;
    if (slow) this.#slow--;
    for (const name of names) {
      this.#busy.delete(name);
      this.#stuck.delete(name);
    }
    if (this.#running === 0 && this.#waiting.length === 0) this.#kind.idle?.();
    this.#plan();
  }

  #take(): readonly Call<I, O>[] {
    const batch: Call<I, O>[] = [];
    const left: Call<I, O>[] = [];
    const taken = new Set(this.#busy);
    let size = 0;
    for (const call of this.#waiting) {
      const names = this.#names(call);
      const fits = batch.length === 0 || size + call.items.length <= most;
      if (fits && names.every((name) => !taken.has(name))) {
        batch.push(call);
        size += call.items.length;
      } else left.push(call);
      // Whoever comes later for the same waits as well; not for one who waits for what takes long.
      if (!names.some((name) => this.#stuck.has(name))) for (const name of names) taken.add(name);
    }
    this.#waiting = left;
    return batch;
  }

  #names({ items }: Call<I, O>): readonly string[] {
    const { alone } = this.#kind;
    return alone === undefined ? [] : items.map((item) => alone(item));
  }

  async #run(batch: readonly Call<I, O>[]): Promise<void> {
    try {
      const answer = await this.#kind.run(batch.flatMap(({ items }) => items));
      let from = 0;
      for (const { items, resolve } of batch) {
        resolve(this.#kind.share(answer, from, items.length, items));
        from += items.length;
      }
    } catch (error) {
      // What may pass has nothing to do with any one of them, and nobody knows what was written.
      if (batch.length === 1 || (isRecobroError(error) && error.retryable)) {
        for (const { reject } of batch) reject(error);
        return;
      }
      for (const call of batch) await this.#run([call]);
    }
  }
}
