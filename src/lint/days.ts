import { type Duration, parseDuration } from '../calendar/index.js';
import type { Trigger } from '../policy/types.js';

/**
 * Days after the due date between which a stage acts: months have 28 to 31
 * days, business days pass over weekends, conventions move a few days.
 */
export interface DayRange {
  readonly first: number;
  readonly last: number;
}

/** Longest run of days off that a business-day convention is reckoned to move over. */
const longWeekend = 4;

/** When a stage acts, as far as the documents tell. `previous`: when the stage before it does. */
export function dayRange(at: Trigger, previous: DayRange | undefined): DayRange | undefined {
  const base = at.from === 'due' ? { first: 0, last: 0 } : at.from === 'previous' ? previous : undefined;
  if (base === undefined) return undefined;
  const { first, last } = at.minus === undefined ? lengthOf(at.plus) : negative(lengthOf(at.minus));
  const earlier = at.businessDay === 'previous' ? longWeekend : 0;
  const later = at.businessDay === 'next' ? longWeekend : 0;
  return { first: base.first + first - earlier, last: base.last + last + later };
}

/** Fewest and most calendar days of a duration. */
export function lengthOf(text: string | undefined): DayRange {
  const { count, unit }: Duration = text === undefined ? { count: 0, unit: 'd' } : parseDuration(text);
  switch (unit) {
    case 'w':
      return { first: count * 7, last: count * 7 };
    case 'mo':
      return { first: count * 28, last: count * 31 };
    case 'bd':
      // From a Sunday the first weekend is already past; from a Friday it is still ahead.
      return count === 0
        ? { first: 0, last: 0 }
        : { first: count + 2 * Math.floor((count - 1) / 5), last: count + 2 * Math.ceil(count / 5) };
    default:
      return { first: count, last: count };
  }
}

function negative({ first, last }: DayRange): DayRange {
  return { first: -last, last: -first };
}
