import type { SharedStore } from '../../../stores/shared.js';
import type { Json } from '../../../stores/store.js';
import { fromJson, toJson } from '../../codec.js';
import { Book, peopleBySlot, type RateRow } from './book.js';
import type { BucketKey } from './limits.js';
import { roomAt, type Slots, slotOf } from './window.js';

interface Known {
  readonly version: number;
  readonly row: RateRow | undefined;
}

/** Writers of one row that come first before one gives up for now. Each of them got on, so nobody waits for nobody. */
const mostTries = 50;

/** Permits of one slot. */
export interface Grant {
  readonly slot: number;
  readonly count: number;
}

/**
 * One row of counts, as this process last saw it. It is written over the
 * version that was seen: another worker in between makes the write fail, and
 * it is done again on what that worker wrote. So a worker that is alone pays
 * one statement for a whole batch.
 */
export class RateRowHandle {
  readonly #shared: SharedStore;
  readonly #tenant: string;
  readonly #key: string;
  #known: Known | undefined;
  #added: { readonly row: RateRow; readonly slots: Slots } | undefined;
  /** Calls of this process wait for each other rather than lose against each other. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(shared: SharedStore, { tenant, key }: Pick<BucketKey, 'tenant' | 'key'>) {
    this.#shared = shared;
    this.#tenant = tenant;
    this.#key = key;
  }

  /** When there is room for one more, by what was last seen, behind so many others. */
  roomAt({ limit, name }: BucketKey, now: number, ahead: number): number {
    return roomAt(limit.per, this.#counted(limit.counts === 'people', name), limit.most, now, ahead);
  }

  #counted(people: boolean, name: string): Slots {
    const row = this.#known?.row;
    if (row === undefined) return [];
    if (!people) return row.of[name] ?? [];
    // Many wait for one count: it is added up once.
    if (this.#added?.row !== row) this.#added = { row, slots: peopleBySlot(row) };
    return this.#added.slots;
  }

  /** Takes up to so many permits for each name. */
  reserve(
    wanted: readonly { readonly bucket: BucketKey; readonly count: number }[],
    now: number,
  ): Promise<readonly number[]> {
    return this.#change(now, wanted, (book, { bucket: { limit, name }, count }) => {
      const granted = book.room(name, count);
      book.add(name, slotOf(limit.per, now), granted);
      return granted;
    });
  }

  /**
   * Takes so many permits anew, since one lasts no longer than its slot and the next: what still counts of the
   * old ones is moved, and the rest has to be free. Answers how many there are now.
   */
  renew(bucket: BucketKey, old: readonly Grant[], wanted: number, now: number): Promise<number> {
    const { limit, name } = bucket;
    return this.#change(now, [{ bucket }], (book) => {
      for (const { slot, count } of old) book.add(name, slot, -count);
      const granted = book.room(name, wanted);
      book.add(name, slotOf(limit.per, now), granted);
      return granted;
    }).then(([granted = 0]) => granted);
  }

  /** Gives back what was not used. */
  async giveBack(
    unused: readonly { readonly bucket: BucketKey; readonly grants: readonly Grant[] }[],
    now: number,
  ): Promise<void> {
    await this.#change(now, unused, (book, { bucket, grants }) => {
      for (const { slot, count } of grants) book.add(bucket.name, slot, -count);
      return 0;
    });
  }

  /** One change of several names at once; zeros when others came first too often. */
  #change<W extends { readonly bucket: BucketKey }>(
    now: number,
    wanted: readonly W[],
    work: (book: Book, one: W) => number,
  ): Promise<readonly number[]> {
    const done = this.#last.then(
      () => this.#changeNow(now, wanted, work),
      () => this.#changeNow(now, wanted, work),
    );
    this.#last = done;
    return done;
  }

  async #changeNow<W extends { readonly bucket: BucketKey }>(
    now: number,
    wanted: readonly W[],
    work: (book: Book, one: W) => number,
  ): Promise<readonly number[]> {
    const limit = wanted[0]?.bucket.limit;
    if (limit === undefined) return [];
    for (let tries = 0; tries < mostTries; tries++) {
      const { version, row } = this.#known ?? (await this.#read());
      const book = new Book(limit, row, now);
      const answers = wanted.map((one) => work(book, one));
      const next = book.row();
      // Nothing to take: what is known may be old, and is looked at once before it is believed.
      if (answers.every((one) => one === 0) && same(row, next)) {
        if (tries > 0 || version === 0) return answers;
        this.#known = undefined;
        continue;
      }
      // An empty row stays: one that is made anew would count its versions anew, and a stale write would fit.
      const change = { tenant: this.#tenant, key: this.#key, expected: version, value: toJson(next) };
      if (await this.#shared.write(change)) {
        this.#known = { version: version + 1, row: next };
        return answers;
      }
      this.#known = undefined;
    }
    return wanted.map(() => 0);
  }

  async #read(): Promise<Known> {
    const [found] = await this.#shared.list({ tenant: this.#tenant, prefix: this.#key, limit: 1 });
    this.#known =
      found?.key === this.#key
        ? { version: found.version, row: rateRowOf(found.value) }
        : { version: 0, row: undefined };
    return this.#known;
  }
}

function same(a: RateRow | undefined, b: RateRow): boolean {
  return JSON.stringify(a?.of ?? {}) === JSON.stringify(b.of);
}

/** Counts out of a store; undefined for what is none. */
export function rateRowOf(value: Json): RateRow | undefined {
  if (typeof value !== 'object' || value === null || !('of' in value)) return undefined;
  return fromJson<RateRow>(value);
}
