/**
 * What went out lately, by slots of a moving window, and how much room is left.
 * Pure: the instants are handed in.
 *
 * A permit that is taken in one slot may be used until the end of the next one.
 * Uses of any window then come from the slots that it touches and the one
 * before, and these are what is added up when a permit is taken: so no window,
 * wherever it begins, ever sees more uses than allowed. The price is that a
 * full window is free again one to two slots late: a twentieth of a second
 * where a second is meant, ten to twenty minutes where a day is.
 */
export type Unit = 'second' | 'minute' | 'hour' | 'day';

interface Window {
  /** Milliseconds of a slot. */
  readonly slot: number;
  /** Slots of the whole window. */
  readonly slots: number;
}

const windows: Readonly<Record<Unit, Window>> = {
  second: { slot: 50, slots: 20 },
  minute: { slot: 1_000, slots: 60 },
  hour: { slot: 60_000, slots: 60 },
  day: { slot: 600_000, slots: 144 },
};

export const units = Object.keys(windows) as readonly Unit[];

export function isUnit(text: unknown): text is Unit {
  return typeof text === 'string' && Object.hasOwn(windows, text);
}

/** Counts by slot, ascending; only slots in which something went out. */
export type Slots = readonly (readonly [slot: number, count: number])[];

export function slotOf(unit: Unit, now: number): number {
  return Math.floor(now / windows[unit].slot);
}

/** The instant at which a slot begins. */
export function startOf(unit: Unit, slot: number): number {
  return slot * windows[unit].slot;
}

/** How long a permit of a slot may be used. */
export function isUsable(unit: Unit, slot: number, now: number): boolean {
  return slotOf(unit, now) <= slot + 1;
}

/**
 * What still counts. Counts of a clock that runs ahead by less than a window
 * are believed; later ones come from a clock that was put right since.
 */
export function live(unit: Unit, slots: Slots, now: number): Slots {
  const at = slotOf(unit, now);
  const { slots: n } = windows[unit];
  return slots.filter(([slot, count]) => count > 0 && slot >= at - n - 1 && slot <= at + n);
}

/** How many more may go out now. */
export function room(unit: Unit, slots: Slots, most: number, now: number): number {
  return Math.max(0, most - sum(live(unit, slots, now)));
}

/** The counts with so many more (or fewer, if negative) in a slot. */
export function withMore(slots: Slots, slot: number, count: number): Slots {
  const counts = new Map(slots);
  const left = (counts.get(slot) ?? 0) + count;
  if (left > 0) counts.set(slot, left);
  else counts.delete(slot);
  return [...counts].sort(([a], [b]) => a - b);
}

/**
 * When there is room for one more, if so many others wait before it and each
 * goes as soon as it may: what waits is put off to an instant at which it has
 * a fair chance, rather than looked at all the time.
 */
export function roomAt(unit: Unit, slots: Slots, most: number, now: number, ahead: number): number {
  const { slot: length, slots: n } = windows[unit];
  const counted = live(unit, slots, now);
  let wanted = ahead + 1 - (most - sum(counted));
  if (wanted <= 0) return now;
  for (const [slot, count] of counted) {
    wanted -= count;
    if (wanted <= 0) return (slot + n + 2) * length;
  }
  // Everything that went out is over by then; from there it goes window by window.
  const last = counted.at(-1)?.[0] ?? slotOf(unit, now);
  return (last + (n + 2) * (1 + Math.ceil(wanted / most))) * length;
}

function sum(slots: Slots): number {
  return slots.reduce((total, [, count]) => total + count, 0);
}
