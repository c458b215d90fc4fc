import { readFile, rm } from 'node:fs/promises';
import { compare, type Fault } from './books.js';
import { daysOf, incomingOf, isBusy, morning, type Town } from './house.js';
import { type Programs, Provider, type ProviderSettings, Spares, WorkerProcess } from './processes.js';
import {
  atProvider,
  dice,
  type Kill,
  type Life,
  type ProviderBooks,
  type Said,
  type StoreBooks,
  type Variant,
} from './steps.js';

const minute = 60_000;

/** What one lane runs: one store, one provider, and workers that die over both. */
export interface LaneOptions {
  readonly programs: Programs;
  readonly store: Life['store'];
  /** Folder or connection string. */
  readonly where: string;
  /** Workers at once. */
  readonly workers: number;
  readonly parallel: number;
  readonly town: Town;
  /** Default: one day more than the last stage of the last account needs, for what was held back in the end. */
  readonly last?: number | undefined;
  readonly seed: number;
  readonly provider: Omit<ProviderSettings, 'seed'>;
  /** How the next worker is to die; undefined when enough have died today. */
  readonly nextKill: (day: number) => Kill | undefined;
  /** Hears of a death with where it was, or of one that was planned and did not come about. */
  readonly onDeath: (kill: Kill, at: Kill['step'] | undefined) => void;
  readonly variant?: Variant | undefined;
  readonly onDay?: ((day: number, killed: number) => void) | undefined;
}

export interface LaneResult {
  readonly town: Town;
  readonly faults: readonly Fault[];
  readonly kills: number;
  readonly lives: number;
  readonly messages: number;
  readonly days: number;
  readonly store: StoreBooks;
  readonly provider: ProviderBooks;
  /** Acts that were unknown on an evening, before anybody was asked. */
  readonly evenings: number;
  /** Settled by looking them up. */
  readonly foundSent: number;
  readonly foundNotSent: number;
}

/** Runs all days of one lane, and compares the books at its end. */
export async function runLane(options: LaneOptions): Promise<LaneResult> {
  const lane = new Lane(options);
  try {
    return await lane.run();
  } finally {
    await lane.end();
  }
}

class Lane {
  readonly #options: LaneOptions;
  readonly #spares: Spares;
  readonly #provider: Provider;
  readonly #random: () => number;
  readonly #living = new Set<WorkerProcess>();
  readonly #forgotten = new Set<string>();
  readonly #retell = new Set<string>();
  readonly #calls = new Set<string>();
  readonly #taken: string[] = [];
  readonly #stopped = new Map<string, number>();
  readonly #begun: { readonly account: string; readonly version: number }[] = [];
  #hooks = 0;
  #port = 0;
  #kills = 0;
  #lives = 0;
  #evenings = 0;
  #foundSent = 0;
  #foundNotSent = 0;
  #synced = false;

  constructor(options: LaneOptions) {
    const { programs, store, workers, seed, provider } = options;
    this.#options = options;
    this.#random = dice(seed);
    this.#spares = new Spares(workers, () => new WorkerProcess(programs, store));
    this.#provider = new Provider(programs, { seed: seed + 1, ...provider });
  }

  async run(): Promise<LaneResult> {
    const { town, parallel, onDay, last = daysOf(town.days) + 1 } = this.#options;
    this.#port = await this.#provider.open();
    for (let day = 0; day <= last; day++) {
      if (day < last && town.limits === undefined && !isBusy(day, town)) continue;
      await this.#provider.write(incomingOf(day, town));
      await this.#day(day);
      onDay?.(day, this.#kills);
    }
    const store = await this.#books(morning(last + 1));
    const provider = await this.#provider.books();
    const forgotten = [...this.#forgotten];
    const calls = { told: this.#taken, stopped: this.#stopped, begun: this.#begun };
    const ran = { town, last, parallel, kills: this.#kills, forgotten, ...calls };
    return {
      town,
      faults: compare(ran, store, provider),
      kills: this.#kills,
      lives: this.#lives,
      messages: provider.taken.reduce((sum, { at }) => sum + at.length, 0),
      days: last + 1,
      store,
      provider,
      evenings: this.#evenings,
      foundSent: this.#foundSent,
      foundNotSent: this.#foundNotSent,
    };
  }

  async end(): Promise<void> {
    for (const worker of this.#living) worker.kill();
    await this.#spares.end();
    await this.#provider.end();
  }

  /** Rounds of workers, each later than the leases of the one before, until one ends without a death. */
  async #day(day: number): Promise<void> {
    this.#synced = false;
    // Where people are limited a day begins when the one before is over for their limit.
    let now = morning(day) + (this.#options.town.limits === undefined ? 0 : day * 100 * minute);
    for (;;) {
      const kills = Array.from({ length: this.#options.workers }, () => this.#options.nextKill(day));
      if (kills.every((kill) => kill === undefined)) break;
      const died = await Promise.all(kills.map((kill) => this.#live(day, now, kill)));
      now += 3 * minute;
      if (!died.includes(true)) break;
    }
    await this.#evening(day, now);
  }

  #begin(day: number, now: number, kill?: Kill): WorkerProcess {
    const { town, store, where, parallel, variant } = this.#options;
    const worker = this.#spares.take();
    this.#living.add(worker);
    this.#lives++;
    void worker.gone.then(() => this.#living.delete(worker));
    const facts = this.#synced ? undefined : day;
    // In the evening all of them are told again, whatever was answered.
    const retell = [...(kill === undefined ? this.#calls : this.#retell)];
    const own = kill === undefined || kill.step === 'any' || atProvider.has(kill.step) ? undefined : kill;
    const at = { now, since: Date.now(), provider: this.#port, depth: this.#random() };
    const life = { store, where, town, parallel, facts, retell, variant, ...at };
    worker.begin({ ...life, ...(own === undefined ? {} : { kill: own }) });
    return worker;
  }

  /** One worker until it dies or has nothing left to do; whether it died. */
  async #live(day: number, now: number, kill: Kill | undefined): Promise<boolean> {
    const worker = this.#begin(day, now, kill);
    if (kill !== undefined && 'nth' in kill && atProvider.has(kill.step))
      await this.#provider.order(worker.pid, kill.step, kill.nth);
    let timer: NodeJS.Timeout | undefined;
    let at = kill?.step;
    for (let said = await worker.hear(); said !== undefined; said = await worker.hear()) {
      if (said.say === 'failed') throw new Error(said.error);
      this.#note(said);
      if (said.say === 'dying') at = said.step;
      if (said.say === 'synced') this.#synced = true;
      if (said.say === 'open' && kill?.step === 'any') timer = setTimeout(() => worker.kill(), kill.afterMs);
      // There may be more to do when the receipts that are on their way were dealt with.
      if (said.say === 'idle') worker.tell(await this.#quiet(worker, said.done > 0));
    }
    clearTimeout(timer);
    const died = (await worker.gone) === 'SIGKILL';
    if (died) this.#kills++;
    if (kill !== undefined) this.#options.onDeath(kill, died ? at : undefined);
    return died;
  }

  /** What the laws need of what workers say. */
  #note(said: Said): void {
    if (said.say === 'telling') this.#retell.add(said.act);
    else if (said.say === 'told') {
      this.#retell.delete(said.act);
      this.#calls.add(said.act);
      if (said.taken) this.#taken.push(said.act);
    } else if (said.say === 'stopped') this.#stopped.set(said.account, said.version);
    else if (said.say === 'began') this.#begun.push(said);
  }

  /** Waits until no receipt and no webhook is on its way, or until the worker dies over one. */
  async #quiet(worker: WorkerProcess, busy: boolean): Promise<'again' | 'end'> {
    let waited = busy;
    for (;;) {
      const { pending, hooks } = await this.#provider.pending();
      // What was answered since may not have been worked on.
      if (hooks !== this.#hooks) waited = true;
      this.#hooks = hooks;
      if (!this.#living.has(worker) || pending === 0) return waited ? 'again' : 'end';
      waited = true;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  /** A worker that nobody kills: it recovers what is left; then whoever is still unknown is looked up. */
  async #evening(day: number, now: number): Promise<void> {
    // Later than all leases, and than most of what is held back.
    const worker = this.#begin(day, now + 60 * minute);
    await this.#recover(worker);
    worker.tell('end');
    const how = await worker.gone;
    this.#calls.clear();
    if (how !== '0') throw new Error(`a worker that was left alone ended by ${how}`);
  }

  /** Until nothing is to be done any more, and nothing unknown. */
  async #recover(worker: WorkerProcess): Promise<void> {
    let first = true;
    for (;;) {
      const said = await worker.hear();
      if (said === undefined) throw new Error('a worker that was left alone is gone');
      this.#note(said);
      switch (said.say) {
        case 'failed':
          throw new Error(said.error);
        case 'idle':
          worker.tell((await this.#quiet(worker, said.done > 0)) === 'again' ? 'again' : 'unknown');
          break;
        case 'unknown': {
          if (first) this.#evenings += said.acts.length;
          first = false;
          if (said.acts.length === 0) return;
          await this.#forgottenOf(said.acts);
          worker.tell('reconcile');
          break;
        }
        case 'reconciled':
          this.#foundSent += said.sent;
          this.#foundNotSent += said.notSent;
          if (said.open > 0) throw new Error('an act cannot be looked up');
          worker.tell('again');
          break;
        default:
      }
    }
  }

  /** A provider whose receipt was acknowledged does not tell again. */
  async #forgottenOf(unknown: readonly string[]): Promise<void> {
    const { taken } = await this.#provider.books();
    const acknowledged = new Map(taken.map((one) => [one.key, one.acknowledged]));
    for (const id of unknown) if ((acknowledged.get(id) ?? 0) > 0) this.#forgotten.add(id);
  }

  async #books(now: number): Promise<StoreBooks> {
    const worker = this.#begin(0, now);
    for (let said = await worker.hear(); said !== undefined; said = await worker.hear()) {
      if (said.say === 'failed') throw new Error(said.error);
      // Where limits kept something back there is still something to send.
      if (said.say === 'idle')
        worker.tell((await this.#quiet(worker, said.done > 0)) === 'again' ? 'again' : 'books');
      if (said.say === 'books') {
        const books = JSON.parse(await readFile(said.file, 'utf8')) as StoreBooks;
        await rm(said.file);
        worker.tell('end');
        await worker.gone;
        return books;
      }
    }
    throw new Error('the last worker is gone');
  }
}
