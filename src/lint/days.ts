import { type Duration, parseDuration } from '../calendar/index.js';
import { triggersOf } from '../policy/triggers.js';
import type { Stage, Trigger } from '../policy/types.js';

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

/** What triggers of a stage may count from, beside the due date. */
export interface DayBases {
  /** When the stage before it acts. */
  readonly previous: DayRange | undefined;
  /** How long after that its own deadline is. */
  readonly deadline?: string | undefined;
  /** Days of grace after the due date. */
  readonly grace?: string | undefined;
}

/** When a stage acts, as far as the documents tell: the latest of its triggers, or the earliest. */
export function stageDays({ at }: Pick<Stage, 'at'>, bases: DayBases): DayRange | undefined {
  const ranges: DayRange[] = [];
  for (const trigger of triggersOf({ at })) {
    const range = dayRange(trigger, bases.previous, bases);
    if (range === undefined) return undefined;
    ranges.push(range);
  }
  const pick = at !== undefined && 'any' in at ? Math.min : Math.max;
  const range = {
    first: pick(...ranges.map((one) => one.first)),
    last: pick(...ranges.map((one) => one.last)),
  };
  return triggersOf({ at }).some((trigger) => trigger.from === 'grace') ? range : afterGrace(range, bases);
}

/** Stages after the due date wait until the days of grace are over. */
function afterGrace({ first, last }: DayRange, { grace }: DayBases): DayRange {
  const free = lengthOf(grace).last + 1;
  return { first: first > 0 ? Math.max(first, free) : first, last: last > 0 ? Math.max(last, free) : last };
}

/** When a trigger has its day, as far as the documents tell. `previous`: when the stage before acts. */
export function dayRange(
  at: Trigger,
  previous: DayRange | undefined,
  bases: Pick<DayBases, 'deadline' | 'grace'> = {},
): DayRange | undefined {
  const base = baseOf(at, previous, bases);
  if (base === undefined) return undefined;
  const { first, last } = at.minus === undefined ? lengthOf(at.plus) : negative(lengthOf(at.minus));
  const earlier = at.businessDay === 'previous' ? longWeekend : 0;
  const later = (at.businessDay === 'next' ? longWeekend : 0) + (at.endOfMonth === true ? 30 : 0);
  const further = at.exclusive === true ? 1 : 0;
  return {
    first: base.first + first - earlier + further,
    last: base.last + last + later + further,
  };
}

function baseOf(
  at: Trigger,
  previous: DayRange | undefined,
  { deadline, grace }: Pick<DayBases, 'deadline' | 'grace'>,
): DayRange | undefined {
  switch (at.from) {
    case 'due':
      return { first: 0, last: 0 };
    case 'grace':
      return lengthOf(grace);
    case 'previous': {
      if (previous === undefined || at.of !== 'deadline') return previous;
      const own = lengthOf(deadline);
      return { first: previous.first + own.first, last: previous.last + own.last };
    }
    default:
      return undefined;
  }
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
