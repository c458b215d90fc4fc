import type {
  AlertAction,
  CloseAction,
  EffectAction,
  EscalateAction,
  FeeAction,
  HandoverAction,
  SendAction,
  TaskAction,
  WriteOffAction,
} from '../types.js';
import type { CheckedThreshold } from './conditions.js';
import type { CurrencyCode } from './currency-code.js';
import type { DayOffset, Span } from './durations.js';
import type { Demand, Get, KnownKeys } from './keys.js';
import type { IsLiteral, Problem, Quoted } from './problem.js';

/** What an action is, by its verb. */
type ShapeOf<Value> = Value extends { readonly send: unknown }
  ? SendAction
  : Value extends { readonly task: unknown }
    ? TaskAction
    : Value extends { readonly alert: unknown }
      ? AlertAction
      : Value extends { readonly effect: unknown }
        ? EffectAction
        : Value extends { readonly fee: unknown }
          ? FeeAction
          : Value extends { readonly handover: unknown }
            ? HandoverAction
            : Value extends { readonly writeOff: unknown }
              ? WriteOffAction
              : Value extends { readonly close: unknown }
                ? CloseAction
                : EscalateAction;

/** Requires a currency that exists. */
export type CheckedCurrency<Code> =
  IsLiteral<Code> extends false
    ? unknown
    : Code extends CurrencyCode
      ? unknown
      : Code extends string
        ? Problem<`${Quoted<Code>} is no ISO 4217 currency`>
        : unknown;

type CheckedPlace<Value> = Value extends object
  ? Demand<Value, { patience: Span<Get<Value, 'patience'>> }>
  : unknown;
/** Requires that the places of a channel chain have patience in clock time. */
export type CheckedVia<List> = { readonly [Index in keyof List]: CheckedPlace<List[Index]> };

interface TariffChecks<Value> {
  fixed: CheckedThreshold<Get<Value, 'fixed'>>;
  min: CheckedThreshold<Get<Value, 'min'>>;
  max: CheckedThreshold<Get<Value, 'max'>>;
}
type CheckedTier<Value> = Value extends object
  ? Demand<Value, TariffChecks<Value> & { from: CheckedThreshold<Get<Value, 'from'>> }>
  : unknown;
type CheckedTiers<List> = { readonly [Index in keyof List]: CheckedTier<List[Index]> };

/** Requires that an action has one verb with keys of its own, and durations and currencies of the right form. */
export type CheckedAction<Value> = Value extends object
  ? KnownKeys<Value, ShapeOf<Value>> &
      Demand<
        Value,
        TariffChecks<Value> & {
          within: DayOffset<Get<Value, 'within'>>;
          via: CheckedVia<Get<Value, 'via'>>;
          tiers: CheckedTiers<Get<Value, 'tiers'>>;
          ignoreBelow: CheckedThreshold<Get<Value, 'ignoreBelow'>>;
          currency: CheckedCurrency<Get<Value, 'currency'>>;
        }
      >
  : unknown;
export type CheckedActions<List> = { readonly [Index in keyof List]: CheckedAction<List[Index]> };
