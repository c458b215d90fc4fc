import type { DayOffset } from './durations.js';
import type { Demand, Get } from './keys.js';
import type { IsLiteral, Problem } from './problem.js';

/** `first`: the stage has none before it. */
export type TriggerPlace = 'first' | 'later';

/** Requires durations of dates, plus or minus, and a stage before it where it counts from that. */
export type CheckedStageTrigger<At, Place extends TriggerPlace> = At extends { readonly all: infer List }
  ? Demand<At, { all: CheckedTriggers<List, Place> }>
  : At extends { readonly any: infer List }
    ? Demand<At, { any: CheckedTriggers<List, Place> }>
    : CheckedTrigger<At, Place>;

type CheckedTriggers<List, Place extends TriggerPlace> = {
  readonly [Index in keyof List]: CheckedTrigger<List[Index], Place>;
};

type CheckedTrigger<At, Place extends TriggerPlace> = At extends object
  ? Demand<
      At,
      {
        from: [Place, Get<At, 'from'>] extends ['first', 'previous']
          ? Problem<'the first stage has no stage before it'>
          : unknown;
        of: CheckedOf<Get<At, 'from'>>;
        plus: DayOffset<Get<At, 'plus'>>;
        minus: CheckedMinus<At>;
      }
    >
  : unknown;

type CheckedOf<From> =
  IsLiteral<From> extends false
    ? unknown
    : From extends 'previous'
      ? unknown
      : Problem<'of says which day of the stage before counts; write it with from: previous'>;

type CheckedMinus<At> = [Get<At, 'plus'>] extends [never]
  ? DayOffset<Get<At, 'minus'>>
  : IsLiteral<Get<At, 'plus'>> extends true
    ? Problem<'write plus or minus, not both'>
    : unknown;
