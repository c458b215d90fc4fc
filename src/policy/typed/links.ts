import type { AnswerCause, answerAbouts } from '../answers.js';
import type { MessageAbout, Messages, Plan, Policy } from '../types.js';
import type { Demand, Get, Named } from './keys.js';
import type { ChannelId, MessageId } from './messages.js';
import type { IsLiteral, Problem, Quoted } from './problem.js';

/** Ids of policies. */
type Ids<L extends readonly Policy[]> = L[number]['id'];

type LinkedPolicyIds<List, L extends readonly Policy[]> = {
  readonly [Index in keyof List]: Demand<
    List[Index],
    { policy: Named<Get<List[Index], 'policy'>, Ids<L>, 'policy'> }
  >;
};

type LinkedExperiments<List, L extends readonly Policy[]> = {
  readonly [Index in keyof List]: Demand<List[Index], { arms: LinkedPolicyIds<Get<List[Index], 'arms'>, L> }>;
};

/** Stages of the policies that an adjustment is about: of the one that it names, else of all. */
type StagesMeant<Value, L extends readonly Policy[]> = [Get<Value, 'policy'>] extends [never]
  ? L[number]['stages'][number]['id']
  : IsLiteral<Get<Value, 'policy'>> extends true
    ? Extract<L[number], { readonly id: Get<Value, 'policy'> }>['stages'][number]['id']
    : L[number]['stages'][number]['id'];

type LinkedStages<Stages, Known> = {
  readonly [Stage in keyof Stages]: string extends Known
    ? unknown
    : [Known] extends [never]
      ? unknown
      : Stage extends Known
        ? unknown
        : Problem<`there is no stage ${Quoted<Stage>}`>;
};

type LinkedAdjustments<List, L extends readonly Policy[], M extends Messages> = {
  readonly [Index in keyof List]: Demand<
    List[Index],
    {
      policy: Named<Get<List[Index], 'policy'>, Ids<L>, 'policy'>;
      stages: LinkedStages<Get<List[Index], 'stages'>, StagesMeant<List[Index], L>> &
        LinkedChanges<Get<List[Index], 'stages'>, M>;
    }
  >;
};
type LinkedChanges<Stages, M extends Messages> = {
  readonly [Stage in keyof Stages]: Demand<Stages[Stage], { via: LinkedVia<Get<Stages[Stage], 'via'>, M> }>;
};

/** Requires that a plan names policies and stages that are there. */
export type LinkedPlan<P extends Plan, L extends readonly Policy[], M extends Messages> = Demand<
  P,
  {
    default: Named<Get<P, 'default'>, Ids<L>, 'policy'>;
    assign: LinkedPolicyIds<Get<P, 'assign'>, L>;
    experiments: LinkedExperiments<Get<P, 'experiments'>, L>;
    adjust: LinkedAdjustments<Get<P, 'adjust'>, L, M>;
  }
>;

type IdsAbout<M extends Messages, About extends MessageAbout> = Extract<
  M['messages'][number],
  { readonly about: About }
>['id'];

type LinkedVia<List, M extends Messages> = {
  readonly [Index in keyof List]: Demand<
    List[Index],
    { channel: Named<Get<List[Index], 'channel'>, ChannelId<M>, 'text of any message for the channel'> }
  >;
};

type LinkedMessage<Id, M extends Messages, About extends MessageAbout> =
  Id extends MessageId<M>
    ? Named<Id, IdsAbout<M, About>, `message about ${About} called`>
    : Named<Id, MessageId<M>, 'message'>;

type LinkedSend<Value, M extends Messages, About extends MessageAbout> = Value extends object
  ? Demand<Value, { send: LinkedMessage<Get<Value, 'send'>, M, About>; via: LinkedVia<Get<Value, 'via'>, M> }>
  : unknown;
type LinkedSends<List, M extends Messages, About extends MessageAbout> = {
  readonly [Index in keyof List]: LinkedSend<List[Index], M, About>;
};

type LinkedActions<List, M extends Messages> = {
  readonly [Index in keyof List]: Demand<
    List[Index],
    { do: LinkedSends<Get<List[Index], 'do'>, M, 'items'> }
  >;
};

type LinkedReactions<Value, M extends Messages> = Value extends object
  ? Demand<
      Value,
      {
        [Cause in AnswerCause]: LinkedSends<Get<Value, Cause>, M, (typeof answerAbouts)[Cause]>;
      }
    >
  : unknown;

type LinkedPolicy<Value, M extends Messages> = Value extends object
  ? Demand<
      Value,
      {
        stages: LinkedActions<Get<Value, 'stages'>, M>;
        via: LinkedVia<Get<Value, 'via'>, M>;
        on: LinkedReactions<Get<Value, 'on'>, M>;
      }
    >
  : unknown;

/** Requires that policies send messages that are there, over channels for which there are texts. */
export type LinkedPolicies<L, M extends Messages> = {
  readonly [Index in keyof L]: LinkedPolicy<L[Index], M>;
};
