import type { Policy } from '../types.js';
import type { CheckedActions, CheckedVia } from './actions.js';
import type { CheckedCondition, CheckedThreshold, Names } from './conditions.js';
import type { DayOffset, Days, GapLength } from './durations.js';
import type { Demand, Get, KnownKeys, Named } from './keys.js';
import type { CheckedStageTrigger, TriggerPlace } from './triggers.js';

/** Ids of the stages of a policy. */
export type StageId<P extends Policy> = P['stages'][number]['id'];

type CheckedMinimum<Value> = Value extends object
  ? Demand<Value, { amount: CheckedThreshold<Get<Value, 'amount'>> }>
  : unknown;

type CheckedStage<Value, Place extends TriggerPlace, Known extends Names> = Value extends object
  ? Demand<
      Value,
      {
        at: CheckedStageTrigger<Get<Value, 'at'>, Place>;
        when: CheckedCondition<Get<Value, 'when'>, 'stage', Known>;
        min: CheckedMinimum<Get<Value, 'min'>>;
        lapses: DayOffset<Get<Value, 'lapses'>>;
        gap: GapLength<Get<Value, 'gap'>>;
        expires: Days<Get<Value, 'expires'>>;
        deadline: DayOffset<Get<Value, 'deadline'>>;
        do: CheckedActions<Get<Value, 'do'>>;
      }
    >
  : unknown;
type CheckedStages<List, Known extends Names> = {
  readonly [Index in keyof List]: CheckedStage<List[Index], Index extends '0' ? 'first' : 'later', Known>;
};
/** What conditions of a policy may name: declared facts are known once it stands beside a plan. */
interface NamesOf<P extends Policy> {
  readonly own: never;
  readonly stages: StageId<P>;
}

type CheckedExhaustion<Text> = Text extends 'waited' | 'acted' ? unknown : Days<Text>;
type CheckedLast<Value> = Value extends object
  ? Demand<
      Value,
      { repeat: DayOffset<Get<Value, 'repeat'>>; exhausted: CheckedExhaustion<Get<Value, 'exhausted'>> }
    >
  : unknown;
type CheckedLife<Value> = Value extends object
  ? Demand<Value, { plus: DayOffset<Get<Value, 'plus'>> }>
  : unknown;

type CheckedReactions<Value> = { readonly [Cause in keyof Value]: CheckedActions<Value[Cause]> };

type CheckedAdopt<Value, Stages> = Value extends { readonly map: infer Map }
  ? { readonly map: { readonly [Old in keyof Map]: Named<Map[Old], Stages, 'stage'> } }
  : unknown;

/** Requires of a policy what its type cannot say. */
export type CheckedPolicy<P extends Policy> = KnownKeys<P, Policy> &
  Demand<
    P,
    {
      scope: CheckedCondition<Get<P, 'scope'>, 'stage'>;
      via: CheckedVia<Get<P, 'via'>>;
      grace: Days<Get<P, 'grace'>>;
      arrears: Days<Get<P, 'arrears'>>;
      restart: Days<Get<P, 'restart'>>;
      adopt: CheckedAdopt<Get<P, 'adopt'>, StageId<P>>;
      stages: CheckedStages<Get<P, 'stages'>, NamesOf<P>>;
      last: CheckedLast<Get<P, 'last'>>;
      life: CheckedLife<Get<P, 'life'>>;
      on: CheckedReactions<Get<P, 'on'>>;
    }
  >;
