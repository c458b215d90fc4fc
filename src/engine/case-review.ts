import type { Case } from '../ledger/file.js';
import { dueOf } from '../ledger/items.js';
import type { Engine } from './compile.js';
import type { FileEvent } from './events.js';
import { shiftFrom } from './marks.js';
import type { Unit } from './units.js';
import type { AccountView } from './view.js';

/** What a review of the cases gathers. */
export interface Review {
  readonly engine: Engine;
  readonly view: AccountView;
  readonly on: string;
  readonly events: FileEvent[];
  /** Cases that it closes, and why; undefined while it closed none. */
  closed: Map<string, string> | undefined;
}

/** Closes a case at this review. */
export function close(review: Review, one: Case, reason: string): void {
  const { events, on } = review;
  review.closed ??= new Map();
  review.closed.set(one.id, reason);
  events.push({ type: 'case.closed', subject: one.subject, case: one.id, reason, on });
}

/** Moves what is ahead of a case by so many days, reckoned from the due date of today. */
export function shift(
  { events, on }: Review,
  unit: Unit,
  one: Case,
  days: number,
  reason: 'entry' | 'resume',
): Case {
  if (days === 0) return one;
  const { due } = dueOf(unit.lead);
  const from = due === undefined ? {} : { due };
  events.push({ type: 'case.shifted', subject: unit.id, case: one.id, on, days, reason, ...from });
  return { ...one, shift: shiftFrom(one, unit.due) + days, shiftedFrom: due ?? one.shiftedFrom };
}
