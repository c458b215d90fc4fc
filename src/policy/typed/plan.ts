import type { Plan } from '../types.js';
import type { CheckedCurrency, CheckedVia } from './actions.js';
import type { CheckedCondition, CheckedThreshold, Names } from './conditions.js';
import type { DayOffset, Days, GapLength, Span } from './durations.js';
import type { CheckedFacts, DeclaredFacts } from './facts.js';
import type { Demand, Get, KnownKeys, Named } from './keys.js';
import type { CheckedStageTrigger } from './triggers.js';

/** Ids of the segments of a plan. */
export type SegmentId<P extends Plan> = P extends { readonly segments: readonly { readonly id: infer Id }[] }
  ? Id
  : 'segments' extends keyof P
    ? string
    : never;

/** Segments and experiments: both ask of accounts. */
type CheckedGroup<Value, Known extends Names> = Value extends object
  ? Demand<Value, { when: CheckedCondition<Get<Value, 'when'>, 'segment', Known> }>
  : unknown;
type CheckedGroups<List, Known extends Names> = {
  readonly [Index in keyof List]: CheckedGroup<List[Index], Known>;
};
/** What conditions of a plan may name. */
interface NamesOf<P> {
  readonly own: DeclaredFacts<P>;
  readonly stages: string;
}

type CheckedAssignment<Value, Segments> = Value extends object
  ? Demand<Value, { segment: Named<Get<Value, 'segment'>, Segments, 'segment'> }>
  : unknown;
type CheckedAssignments<List, Segments> = {
  readonly [Index in keyof List]: CheckedAssignment<List[Index], Segments>;
};

type CheckedChange<Value> = Value extends object
  ? Demand<Value, { at: CheckedStageTrigger<Get<Value, 'at'>, 'later'>; via: CheckedVia<Get<Value, 'via'>> }>
  : unknown;
type CheckedChanges<Stages> = { readonly [Stage in keyof Stages]: CheckedChange<Stages[Stage]> };
type CheckedAdjustment<Value, Segments> = Value extends object
  ? Demand<
      Value,
      {
        segment: Named<Get<Value, 'segment'>, Segments, 'segment'>;
        delay: Days<Get<Value, 'delay'>>;
        stages: CheckedChanges<Get<Value, 'stages'>>;
      }
    >
  : unknown;
type CheckedAdjustments<List, Segments> = {
  readonly [Index in keyof List]: CheckedAdjustment<List[Index], Segments>;
};

type CheckedCap<Value> = Value extends object ? Demand<Value, { per: Days<Get<Value, 'per'>> }> : unknown;
type CheckedCaps<List> = { readonly [Index in keyof List]: CheckedCap<List[Index]> };
type CheckedGaps<Value> = { readonly [Channel in keyof Value]: GapLength<Value[Channel]> };
type CheckedContact<Value> = Value extends object
  ? Demand<
      Value,
      {
        gap: GapLength<Get<Value, 'gap'>>;
        gaps: CheckedGaps<Get<Value, 'gaps'>>;
        caps: CheckedCaps<Get<Value, 'caps'>>;
      }
    >
  : unknown;

type CheckedRate<Value> = Value extends object
  ? Demand<Value, { from: CheckedCurrency<Get<Value, 'from'>>; to: CheckedCurrency<Get<Value, 'to'>> }>
  : unknown;
type CheckedRates<List> = { readonly [Index in keyof List]: CheckedRate<List[Index]> };

type CheckedPromises<Value> = Value extends object
  ? Demand<Value, { grace: Days<Get<Value, 'grace'>>; within: DayOffset<Get<Value, 'within'>> }>
  : unknown;
type CheckedReply<Text> = Text extends 'continue' ? unknown : Days<Text>;
type CheckedBlocks<Value> = Value extends object
  ? Demand<
      Value,
      {
        promise: CheckedPromises<Get<Value, 'promise'>>;
        unbooked: Days<Get<Value, 'unbooked'>>;
        reply: CheckedReply<Get<Value, 'reply'>>;
      }
    >
  : unknown;

type CheckedSource<Value> = Value extends object
  ? Demand<Value, { maxAge: Span<Get<Value, 'maxAge'>> }>
  : unknown;
type CheckedSources<Value> = { readonly [Name in keyof Value]: CheckedSource<Value[Name]> };
type CheckedCredit<Value> = Value extends object
  ? Demand<Value, { margin: Days<Get<Value, 'margin'>>; returned: Days<Get<Value, 'returned'>> }>
  : unknown;

type CheckedTerms<Value> = Value extends object
  ? Demand<
      Value,
      { fees: Get<Value, 'fees'> extends object ? CheckedThreshold<Get<Value, 'fees'>> : unknown }
    >
  : unknown;

/** Requires of a plan what its type cannot say. */
export type CheckedPlan<P extends Plan> = KnownKeys<P, Plan> &
  Demand<
    P,
    {
      facts: CheckedFacts<Get<P, 'facts'>>;
      segments: CheckedGroups<Get<P, 'segments'>, NamesOf<P>>;
      experiments: CheckedGroups<Get<P, 'experiments'>, NamesOf<P>>;
      assign: CheckedAssignments<Get<P, 'assign'>, SegmentId<P>>;
      adjust: CheckedAdjustments<Get<P, 'adjust'>, SegmentId<P>>;
      contact: CheckedContact<Get<P, 'contact'>>;
      tolerance: CheckedThreshold<Get<P, 'tolerance'>>;
      rates: CheckedRates<Get<P, 'rates'>>;
      blocks: CheckedBlocks<Get<P, 'blocks'>>;
      sources: CheckedSources<Get<P, 'sources'>>;
      credit: CheckedCredit<Get<P, 'credit'>>;
      currency: CheckedCurrency<Get<P, 'currency'>>;
      terms: CheckedTerms<Get<P, 'terms'>>;
    }
  >;
