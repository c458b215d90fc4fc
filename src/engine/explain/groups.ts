import type { Unit } from '../units.js';
import type { GroupExplanation } from './types.js';

/** Which item carries a group, and why that one. */
export function groupOf({ id, lead, items }: Unit): GroupExplanation {
  const free = items.filter((item) => item.dunnable > 0);
  const pool = free.length > 0 ? free : items;
  const sameDay = pool.filter((item) => item.due === lead.due);
  const equals = sameDay.filter((item) => item.outstanding === lead.outstanding);
  return {
    id,
    carrier: lead.id,
    why:
      free.length === 0
        ? 'blocked'
        : pool.length === 1
          ? 'only'
          : sameDay.length === 1
            ? 'oldest'
            : equals.length === 1
              ? 'highest'
              : 'id',
    items: items.map((item) => item.id),
    passed: items.filter((item) => isBefore(item.due, lead.due)).map((item) => item.id),
  };
}

function isBefore(due: number | undefined, other: number | undefined): boolean {
  return due !== undefined && (other === undefined || due < other);
}
