import type { CheckedCondition, CheckedThreshold } from './typed/conditions.js';
import type { DayOffset, Days } from './typed/durations.js';
import type { Demand, Get, KnownKeys } from './typed/keys.js';
import type { IsLiteral, Problem, Quoted } from './typed/problem.js';
import type { CheckedTexts } from './typed/templates.js';
import type { MessageAbout, Messages, Plan, Policy } from './types.js';

/**
 * Documents written in code. At run time these functions return their argument;
 * at compile time they infer every id and refuse what is wrong, at its place,
 * with a sentence that says why. Parsing checks the same and more again.
 */

/** Ids of the segments of a plan. */
export type SegmentId<P extends Plan> = P extends { readonly segments: readonly { readonly id: infer Id }[] }
  ? Id
  : 'segments' extends keyof P
    ? string
    : never;
/** Ids of the stages of a policy. */
export type StageId<P extends Policy> = P['stages'][number]['id'];
/** Ids of the messages of a catalogue. */
export type MessageId<M extends Messages> = M['messages'][number]['id'];
/** Channels for which a catalogue has texts. */
export type ChannelId<M extends Messages> = ChannelsOf<M['messages'][number]['text']>;

/** Requires an id among those that are known; where either is not known at compile time, nothing. */
type Named<Id, Known, What extends string> =
  IsLiteral<Id> extends false
    ? unknown
    : string extends Known
      ? unknown
      : Id extends Known
        ? unknown
        : Id extends string
          ? Problem<`there is no ${What} ${Quoted<Id>}`>
          : unknown;

type ChannelsOf<Text> = Text extends unknown
  ? { [Language in keyof Text]: keyof NonNullable<Text[Language]> }[keyof Text] & string
  : never;

type CheckedSegment<Value> = Value extends object
  ? Demand<Value, { when: CheckedCondition<Get<Value, 'when'>, 'segment'> }>
  : unknown;
type CheckedSegments<List> = { readonly [Index in keyof List]: CheckedSegment<List[Index]> };

type CheckedAssignment<Value, Segments> = Value extends object
  ? Demand<Value, { segment: Named<Get<Value, 'segment'>, Segments, 'segment'> }>
  : unknown;
type CheckedAssignments<List, Segments> = {
  readonly [Index in keyof List]: CheckedAssignment<List[Index], Segments>;
};

type CheckedGap<Text> = Text extends 'none' ? unknown : Days<Text>;
type CheckedCap<Value> = Value extends object ? Demand<Value, { per: Days<Get<Value, 'per'>> }> : unknown;
type CheckedCaps<List> = { readonly [Index in keyof List]: CheckedCap<List[Index]> };
type CheckedContact<Value> = Value extends object
  ? Demand<Value, { gap: CheckedGap<Get<Value, 'gap'>>; caps: CheckedCaps<Get<Value, 'caps'>> }>
  : unknown;

type CheckedPlan<P extends Plan> = KnownKeys<P, Plan> &
  Demand<
    P,
    {
      segments: CheckedSegments<Get<P, 'segments'>>;
      assign: CheckedAssignments<Get<P, 'assign'>, SegmentId<P>>;
      contact: CheckedContact<Get<P, 'contact'>>;
      tolerance: CheckedThreshold<Get<P, 'tolerance'>>;
    }
  >;

/**
 * A plan in code. A segment that is not there, a fact or currency that does not
 * exist, an operator that does not fit or a misspelt key does not compile.
 *
 * @example
 * const plan = definePlan({
 *   id: 'acme',
 *   version: 1,
 *   zone: 'America/Mexico_City',
 *   segments: [{ id: 'key', when: { fact: 'account.outstanding', gte: { MXN: '100000.00' } } }],
 *   assign: [{ segment: 'key', policy: 'gentle' }],
 *   default: 'ladder',
 * });
 */
export function definePlan<const P extends Plan>(plan: P & CheckedPlan<P>): P {
  return plan;
}

type CheckedTrigger<At> = At extends object
  ? Demand<
      At,
      {
        plus: DayOffset<Get<At, 'plus'>>;
        minus: [Get<At, 'plus'>] extends [never]
          ? DayOffset<Get<At, 'minus'>>
          : IsLiteral<Get<At, 'plus'>> extends true
            ? Problem<'write plus or minus, not both'>
            : unknown;
      }
    >
  : unknown;

type CheckedAction<Value> = Value extends object
  ? Demand<Value, { within: DayOffset<Get<Value, 'within'>> }>
  : unknown;
type CheckedActions<List> = { readonly [Index in keyof List]: CheckedAction<List[Index]> };

type CheckedStage<Value> = Value extends object
  ? Demand<
      Value,
      {
        at: CheckedTrigger<Get<Value, 'at'>>;
        when: CheckedCondition<Get<Value, 'when'>, 'stage'>;
        do: CheckedActions<Get<Value, 'do'>>;
      }
    >
  : unknown;
type CheckedStages<List> = { readonly [Index in keyof List]: CheckedStage<List[Index]> };

type CheckedLast<Value> = Value extends object
  ? Demand<Value, { repeat: DayOffset<Get<Value, 'repeat'>> }>
  : unknown;
type CheckedReactions<Value> = Value extends object
  ? Demand<Value, { paid: CheckedActions<Get<Value, 'paid'>> }>
  : unknown;

type CheckedPolicy<P extends Policy> = KnownKeys<P, Policy> &
  Demand<
    P,
    {
      stages: CheckedStages<Get<P, 'stages'>>;
      restart: Days<Get<P, 'restart'>>;
      last: CheckedLast<Get<P, 'last'>>;
      on: CheckedReactions<Get<P, 'on'>>;
    }
  >;

/**
 * A policy in code. A misspelt key, a fact or currency that does not exist, an
 * operator that does not fit or a duration of another form does not compile.
 *
 * @example
 * const policy = definePolicy({
 *   id: 'short',
 *   version: 1,
 *   stages: [
 *     { id: 'friendly', tone: 'friendly', at: { from: 'due', plus: '1d' }, do: [{ send: 'friendly' }] },
 *     { id: 'firm', tone: 'firm', at: { from: 'due', plus: '10d' }, do: [{ send: 'firm' }, { task: 'call' }] },
 *   ],
 * });
 */
export function definePolicy<const P extends Policy>(policy: P & CheckedPolicy<P>): P {
  return policy;
}

type CheckedMessage<Value> = Value extends {
  readonly about: infer About extends MessageAbout;
  readonly text: infer Text;
}
  ? Demand<Value, { text: { readonly [Language in keyof Text]: CheckedTexts<Text[Language], About> } }>
  : unknown;
type CheckedMessageList<List> = { readonly [Index in keyof List]: CheckedMessage<List[Index]> };

type CheckedMessages<M extends Messages> = KnownKeys<M, Messages> &
  Demand<M, { messages: CheckedMessageList<M['messages']> }>;

/**
 * A catalogue in code. A variable that does not exist where it stands (of an
 * item in a message about a payment, of one invoice in a text for several) does
 * not compile.
 *
 * @example
 * const messages = defineMessages({
 *   id: 'acme',
 *   version: 1,
 *   messages: [{ id: 'thanks', about: 'payment', text: { en: { sms: 'We received {{paid.amount}}. Thank you.' } } }],
 * });
 */
export function defineMessages<const M extends Messages>(messages: M & CheckedMessages<M>): M {
  return messages;
}

/** Documents that belong together. */
export interface DocumentSet<P extends Plan, L extends readonly Policy[], M extends Messages> {
  readonly plan: P;
  readonly policies: L;
  readonly messages: M;
}

type LinkedPlan<P extends Plan, Policies> = Demand<
  P,
  {
    default: Named<Get<P, 'default'>, Policies, 'policy'>;
    assign: LinkedAssignments<Get<P, 'assign'>, Policies>;
  }
>;
type LinkedAssignments<List, Policies> = {
  readonly [Index in keyof List]: Demand<
    List[Index],
    { policy: Named<Get<List[Index], 'policy'>, Policies, 'policy'> }
  >;
};

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

type LinkedStages<List, M extends Messages> = {
  readonly [Index in keyof List]: Demand<
    List[Index],
    { do: LinkedSends<Get<List[Index], 'do'>, M, 'items'> }
  >;
};

type LinkedReactions<Value, M extends Messages> = Value extends object
  ? Demand<Value, { paid: LinkedSends<Get<Value, 'paid'>, M, 'payment'> }>
  : unknown;

type LinkedPolicy<Value, M extends Messages> = Value extends object
  ? Demand<
      Value,
      {
        stages: LinkedStages<Get<Value, 'stages'>, M>;
        via: LinkedVia<Get<Value, 'via'>, M>;
        on: LinkedReactions<Get<Value, 'on'>, M>;
      }
    >
  : unknown;
type LinkedPolicies<L, M extends Messages> = { readonly [Index in keyof L]: LinkedPolicy<L[Index], M> };

/**
 * Documents that belong together. A plan that names a policy that is not there,
 * a stage that sends a message that is not there or is about something else, a
 * channel for which no message has a text: none of it compiles.
 *
 * @example createDunning({ store, ...defineDocuments({ plan, policies: [policy], messages }), channels, sender });
 */
export function defineDocuments<
  const P extends Plan,
  const L extends readonly Policy[],
  const M extends Messages,
>(
  documents: DocumentSet<P & LinkedPlan<P, L[number]['id']>, L & LinkedPolicies<L, M>, M>,
): DocumentSet<P, L, M> {
  return documents;
}
