import type { NormalFacts } from '../../ledger/facts.js';
import { type Page, recordsOf, type ToldFacts } from './page.js';

/** Records that are committed together. */
const pageSize = 500;

/**
 * Gathers facts until they make a page, and writes one page at a time. An
 * account always goes through the same lane, so its records keep their order.
 */
export class Lane<T> {
  #page = new Map<string, ToldFacts[]>();
  #records = 0;
  /** The first piece of which something waits here; undefined for none. */
  #waiting: number | undefined;
  /** The same of what is being written, or could not be written. */
  #writing: number | undefined;
  #write: Promise<void> | undefined;
  #failure: { readonly error: unknown } | undefined;
  readonly #commit: (page: Page) => Promise<T>;
  readonly #done: (outcome: T) => Promise<void>;

  constructor(commit: (page: Page) => Promise<T>, done: (outcome: T) => Promise<void>) {
    this.#commit = commit;
    this.#done = done;
  }

  get full(): boolean {
    return this.#records >= pageSize;
  }

  /** The earliest piece that is not wholly written. */
  get earliest(): number | undefined {
    return this.#writing ?? this.#waiting;
  }

  add(account: string, told: ToldFacts): void {
    const known = this.#page.get(account);
    if (known === undefined) this.#page.set(account, [told]);
    else known.push(told);
    this.#records += recordsOf(told.facts);
    this.#waiting ??= told.nth;
  }

  /** Begins to write what was gathered, once the page before is written. */
  async flush(): Promise<void> {
    await this.settle();
    if (this.#page.size === 0) return;
    const page = this.#page;
    this.#page = new Map();
    this.#records = 0;
    this.#writing = this.#waiting;
    this.#waiting = undefined;
    this.#write = this.#commit(page)
      .then((outcome) => {
        this.#writing = undefined;
        return this.#done(outcome);
      })
      .catch((error: unknown) => {
        this.#failure = { error };
      });
  }

  /** Waits for the page under way. @throws whatever writing it threw */
  async settle(): Promise<void> {
    await this.#write;
    this.#write = undefined;
    if (this.#failure !== undefined) throw this.#failure.error;
  }
}

/** The lane of an account: any number that its id always gives. */
export function laneOf(account: string, lanes: number): number {
  let sum = 0;
  for (let at = 0; at < account.length; at++) sum = (sum * 31 + account.charCodeAt(at)) >>> 0;
  return sum % lanes;
}

/** Puts facts of a piece into their accounts' lanes. */
export async function deal<T>(lanes: readonly Lane<T>[], nth: number, facts: NormalFacts): Promise<void> {
  for (const [account, one] of facts) {
    const lane = lanes[laneOf(account, lanes.length)];
    lane?.add(account, { nth, facts: one });
    if (lane?.full === true) await lane.flush();
  }
}
