import type { Limit } from './limits.js';
import { live, room, type Slots, type Unit, withMore } from './window.js';

/** What a row of the shared values holds: the limit, for whoever looks, and the counts by name. */
export interface RateRow {
  readonly per: Unit;
  readonly most: number;
  /** `people`: each name is one of them, and takes one place however much is counted for it. */
  readonly counts?: 'people' | undefined;
  readonly of: Readonly<Record<string, Slots>>;
}

/**
 * The counts of one row while they are changed.
 *
 * Of people the last permit says how long their places are taken: whoever is written to again keeps the place for
 * longer, and takes no second one. A window then never sees more people than there are names whose last permit may
 * lie in it, and those are what is added up.
 */
export class Book {
  readonly #limit: Limit;
  readonly #now: number;
  /** What is over is left out, so a row holds no more than a window does. */
  readonly #of = new Map<string, Slots>();

  constructor(limit: Limit, row: RateRow | undefined, now: number) {
    this.#limit = limit;
    this.#now = now;
    for (const [name, slots] of Object.entries(row?.of ?? {})) this.#set(name, live(limit.per, slots, now));
  }

  /** How many of so many permits there is room for. */
  room(name: string, wanted: number): number {
    const { per, most, counts } = this.#limit;
    if (counts === 'people') return this.#of.has(name) || this.#of.size < most ? wanted : 0;
    return Math.min(wanted, room(per, this.#of.get(name) ?? [], most, this.#now));
  }

  /** Counts so many more in a slot, or fewer, if negative. */
  add(name: string, slot: number, count: number): void {
    this.#set(name, withMore(this.#of.get(name) ?? [], slot, count));
  }

  row(): RateRow {
    const { per, most, counts } = this.#limit;
    return { per, most, ...(counts === 'people' ? { counts } : {}), of: Object.fromEntries(this.#of) };
  }

  #set(name: string, slots: Slots): void {
    if (slots.length === 0) this.#of.delete(name);
    else this.#of.set(name, slots);
  }
}

/** How many people have their last permit in each slot. */
export function peopleBySlot({ of }: RateRow): Slots {
  const counts = new Map<number, number>();
  for (const slots of Object.values(of)) {
    const last = slots.at(-1)?.[0];
    if (last !== undefined) counts.set(last, (counts.get(last) ?? 0) + 1);
  }
  return [...counts].sort(([a], [b]) => a - b);
}

/** What a row counts altogether: of people each one once. */
export function countedOf(row: RateRow): Slots {
  return row.counts === 'people' ? peopleBySlot(row) : (row.of[''] ?? []);
}
