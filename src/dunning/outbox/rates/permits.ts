import type { SharedStore } from '../../../stores/shared.js';
import { type Grant, RateRowHandle } from './bucket.js';
import {
  type BucketKey,
  bucketsOf,
  idOf,
  type Limit,
  type Limited,
  type ReachedLimit,
  reachedOf,
} from './limits.js';
import { isUsable, slotOf } from './window.js';

/** How long an act has to wait, and for which limit. */
export interface Wait {
  readonly until: number;
  readonly limit: ReachedLimit;
}

/** A permit of one count for one act. */
interface Permit {
  readonly bucket: BucketKey;
  /** Where it counts; undefined when it grew old and there was no room to take it anew. */
  slot: number | undefined;
}

function isGood({ bucket, slot }: Permit, now: number): boolean {
  return slot !== undefined && isUsable(bucket.limit.per, slot, now);
}

/**
 * The permits of one run. For a batch they are taken together, one statement
 * for each count that it adds to, in the order of the batch: what comes first
 * has them first. What is not used is given back.
 */
export class Permits {
  readonly #shared: SharedStore;
  readonly #tenant: string;
  #limits: readonly Limit[];
  readonly #rows = new Map<string, RateRowHandle>();
  /** Permits taken for acts that did not begin yet, by act. */
  readonly #taken = new Map<string, readonly Permit[]>();
  /** Instants to which this run put others off, by count: they come before what it puts off next. */
  readonly #queues = new Map<string, number[]>();
  /** Permits that nobody used. */
  #unused: Permit[] = [];

  constructor(shared: SharedStore, tenant: string, limits: readonly Limit[]) {
    this.#shared = shared;
    this.#tenant = tenant;
    this.#limits = limits;
  }

  /** Limits may change from one batch to the next: a provider grants more, or less. */
  follow(limits: readonly Limit[]): void {
    this.#limits = limits;
  }

  /**
   * Takes permits for acts, the first ones first. Answers those that have to wait, with the instant to look
   * again; each needs all of its permits or takes none.
   */
  async allot(acts: readonly Limited[], now: number): Promise<ReadonlyMap<string, Wait>> {
    const waiting = new Map<string, Wait>();
    if (this.#limits.length === 0) return waiting;
    const needs = acts.map((act) => ({ act, buckets: bucketsOf(this.#limits, this.#tenant, act) }));
    const have = await this.#reserve(
      needs.flatMap(({ buckets }) => buckets),
      now,
    );
    for (const { act, buckets } of needs) {
      const short = buckets.filter((bucket) => (have.get(idOf(bucket)) ?? 0) <= 0);
      if (short.length > 0) {
        waiting.set(act.id, this.#putOff(short, now));
        continue;
      }
      for (const bucket of buckets) have.set(idOf(bucket), (have.get(idOf(bucket)) ?? 0) - 1);
      this.#taken.set(
        act.id,
        buckets.map((bucket) => ({ bucket, slot: slotOf(bucket.limit.per, now) })),
      );
    }
    for (const bucket of needs.flatMap(({ buckets }) => buckets)) {
      const id = idOf(bucket);
      const left = have.get(id) ?? 0;
      for (let n = 0; n < left; n++) this.#unused.push({ bucket, slot: slotOf(bucket.limit.per, now) });
      have.set(id, 0);
    }
    await this.giveBack(now);
    return waiting;
  }

  /**
   * Whether an act may begin now: undefined if so, or the instant to look again. Permits that grew old are
   * taken anew, for all acts that wait for their turn at once.
   */
  async begin(act: string, now: number): Promise<Wait | undefined> {
    const permits = this.#taken.get(act) ?? [];
    for (const permit of permits) {
      const { bucket } = permit;
      if (isGood(permit, now)) continue;
      await this.#renew(bucket, now);
      if (isGood(permit, now)) continue;
      this.#taken.delete(act);
      this.#unused.push(...permits.filter((one) => one !== permit));
      return this.#putOff([bucket], now);
    }
    return undefined;
  }

  /** An act is through with. @param called whether the provider was called */
  done(act: string, called: boolean): void {
    if (!called) this.#unused.push(...(this.#taken.get(act) ?? []));
    this.#taken.delete(act);
  }

  /** An act that was put off comes again before its instant, so it waits before nobody. */
  unqueue(act: Limited, until: number): void {
    for (const bucket of bucketsOf(this.#limits, this.#tenant, act)) {
      const queue = this.#queues.get(queueOf(bucket)) ?? [];
      const index = queue.indexOf(until);
      if (index >= 0) queue.splice(index, 1);
    }
  }

  /** Gives back what was not used. */
  async giveBack(now: number): Promise<void> {
    const unused = this.#unused.splice(0);
    const rows = new Map<
      RateRowHandle,
      { readonly bucket: BucketKey; readonly grants: readonly Grant[] }[]
    >();
    for (const [bucket, grants] of grouped(unused)) {
      const row = this.#row(bucket);
      rows.set(row, [...(rows.get(row) ?? []), { bucket, grants }]);
    }
    for (const [row, given] of rows) await row.giveBack(given, now);
  }

  async #reserve(buckets: readonly BucketKey[], now: number): Promise<Map<string, number>> {
    const have = new Map<string, number>();
    const rows = new Map<RateRowHandle, Map<string, { readonly bucket: BucketKey; count: number }>>();
    for (const bucket of buckets) {
      const row = this.#row(bucket);
      const names = rows.get(row) ?? new Map();
      rows.set(row, names);
      const known = names.get(bucket.name) ?? { bucket, count: 0 };
      known.count++;
      names.set(bucket.name, known);
    }
    for (const [row, names] of rows) {
      const wanted = [...names.values()];
      const granted = await row.reserve(wanted, now);
      for (const [index, { bucket }] of wanted.entries()) have.set(idOf(bucket), granted[index] ?? 0);
    }
    return have;
  }

  /** Brings the permits of one count to the present slot: as many as there is room for, the first ones first. */
  async #renew(bucket: BucketKey, now: number): Promise<void> {
    const id = idOf(bucket);
    const old = [...this.#taken.values()]
      .flat()
      .filter((one) => idOf(one.bucket) === id && !isGood(one, now));
    const [[, grants] = []] = grouped(old);
    // Nobody gives back, while the row is written, what is given back here.
    for (const permit of old) permit.slot = undefined;
    const granted = await this.#row(bucket).renew(bucket, grants ?? [], old.length, now);
    const mine = old.filter((permit) => this.#holds(permit));
    for (const permit of mine.slice(0, granted)) permit.slot = slotOf(bucket.limit.per, now);
    for (let n = mine.length; n < granted; n++)
      this.#unused.push({ bucket, slot: slotOf(bucket.limit.per, now) });
  }

  #holds(permit: Permit): boolean {
    for (const permits of this.#taken.values()) if (permits.includes(permit)) return true;
    return false;
  }

  /** When there is room again in all of these counts, behind those that were put off before. */
  #putOff(short: readonly BucketKey[], now: number): Wait {
    let until = now + 1;
    let last = short[0];
    for (const bucket of short) {
      const id = queueOf(bucket);
      const queue = (this.#queues.get(id) ?? []).filter((at) => at > now);
      const at = this.#row(bucket).roomAt(bucket, now, queue.length);
      if (at > until) {
        until = at;
        last = bucket;
      }
      queue.push(until);
      this.#queues.set(id, queue);
    }
    if (last === undefined) throw new TypeError('nothing is short');
    return { until, limit: reachedOf(last.limit) };
  }

  #row(bucket: BucketKey): RateRowHandle {
    const id = `${bucket.tenant}\0${bucket.key}`;
    const known = this.#rows.get(id) ?? new RateRowHandle(this.#shared, bucket);
    this.#rows.set(id, known);
    return known;
  }
}

/** Those who wait for one place: of people all, whoever they are. */
function queueOf(bucket: BucketKey): string {
  return idOf(bucket.limit.counts === 'people' ? { ...bucket, name: '' } : bucket);
}

function grouped(permits: readonly Permit[]): readonly (readonly [BucketKey, readonly Grant[]])[] {
  const found = new Map<string, { readonly bucket: BucketKey; readonly counts: Map<number, number> }>();
  for (const { bucket, slot } of permits) {
    if (slot === undefined) continue;
    const id = idOf(bucket);
    const one = found.get(id) ?? { bucket, counts: new Map() };
    one.counts.set(slot, (one.counts.get(slot) ?? 0) + 1);
    found.set(id, one);
  }
  return [...found.values()].map(({ bucket, counts }) => [
    bucket,
    [...counts].map(([slot, count]) => ({ slot, count })),
  ]);
}
