import type { AnswerCause, answerAbouts } from '../answers.js';
import type { MessageAbout, Messages, Plan, Policy } from '../types.js';
import type { CheckedCondition, Names } from './conditions.js';
import type { DeclaredFacts, DeclaredKey } from './facts.js';
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

/** Channels that contact rules may speak of: those with texts, and those that recobro has adapters for. */
type RuledChannel<M extends Messages> = ChannelId<M> | 'whatsapp' | 'sms' | 'email';

type LinkedChannel<Id, M extends Messages> = Named<Id, RuledChannel<M>, 'channel'>;
type LinkedKeys<Value, M extends Messages> = {
  readonly [Channel in keyof Value]: LinkedChannel<Channel, M>;
};
type LinkedCaps<List, M extends Messages> = {
  readonly [Index in keyof List]: Demand<
    List[Index],
    { channel: LinkedChannel<Get<List[Index], 'channel'>, M> }
  >;
};
type LinkedChannels<List, M extends Messages> = {
  readonly [Index in keyof List]: LinkedChannel<List[Index], M>;
};
type LinkedWindows<List, M extends Messages> = {
  readonly [Index in keyof List]: Demand<
    List[Index],
    { channels: LinkedChannels<Get<List[Index], 'channels'>, M> }
  >;
};
type LinkedContact<Value, M extends Messages> = Value extends object
  ? Demand<
      Value,
      {
        caps: LinkedCaps<Get<Value, 'caps'>, M>;
        windows: LinkedWindows<Get<Value, 'windows'>, M>;
        gaps: LinkedKeys<Get<Value, 'gaps'>, M>;
        consent: LinkedKeys<Get<Value, 'consent'>, M>;
      }
    >
  : unknown;

/** Requires that a plan names policies, stages and channels that are there. */
export type LinkedPlan<P extends Plan, L extends readonly Policy[], M extends Messages> = Demand<
  P,
  {
    default: Named<Get<P, 'default'>, Ids<L>, 'policy'>;
    assign: LinkedPolicyIds<Get<P, 'assign'>, L>;
    experiments: LinkedExperiments<Get<P, 'experiments'>, L>;
    adjust: LinkedAdjustments<Get<P, 'adjust'>, L, M>;
    contact: LinkedContact<Get<P, 'contact'>, M>;
  }
>;

type LinkedVia<List, M extends Messages> = {
  readonly [Index in keyof List]: Demand<
    List[Index],
    { channel: Named<Get<List[Index], 'channel'>, ChannelId<M>, 'text of any message for the channel'> }
  >;
};

/** What a message of the catalogue is about. */
type AboutOf<M extends Messages, Id> = Extract<M['messages'][number], { readonly id: Id }>['about'];

type LinkedMessage<Id, M extends Messages, About extends MessageAbout> =
  IsLiteral<Id> extends false
    ? unknown
    : Id extends MessageId<M>
      ? string extends MessageId<M>
        ? unknown
        : AboutOf<M, Id> extends About
          ? unknown
          : Problem<`${Quoted<Id>} is about ${AboutOf<M, Id>}; a message about ${About} is sent here`>
      : Named<Id, MessageId<M>, 'message'>;

/** What policies are held against: the catalogue, and what the plan declares. */
interface Beside<M extends Messages, Own, Role> {
  readonly messages: M;
  readonly own: Own;
  readonly role: Role;
}
type AnyBeside = Beside<Messages, unknown, unknown>;

/** Roles that a plan names; `string` where any. */
type RolesOf<P extends Plan> = P extends { readonly roles: readonly (infer Role)[] } ? Role : string;

type LinkedRole<Id, B extends AnyBeside> =
  IsLiteral<Id> extends false
    ? unknown
    : string extends B['role']
      ? unknown
      : Id extends B['role']
        ? unknown
        : Id extends string
          ? Problem<`plan.roles does not name ${Quoted<Id>}`>
          : unknown;
type LinkedRoles<List, B extends AnyBeside> = {
  readonly [Index in keyof List]: LinkedRole<List[Index], B>;
};

type LinkedSend<Value, B extends AnyBeside, About extends MessageAbout> = Value extends object
  ? Demand<
      Value,
      {
        send: LinkedMessage<Get<Value, 'send'>, B['messages'], About>;
        via: LinkedVia<Get<Value, 'via'>, B['messages']>;
        to: Value extends { readonly send: unknown } ? LinkedRole<Get<Value, 'to'>, B> : unknown;
        copy: LinkedRoles<Get<Value, 'copy'>, B>;
      }
    >
  : unknown;
type LinkedSends<List, B extends AnyBeside, About extends MessageAbout> = {
  readonly [Index in keyof List]: LinkedSend<List[Index], B, About>;
};

/** A condition held against what the plan declares; where it declares nothing there is nothing new to say. */
type LinkedCondition<Value, B extends AnyBeside> = [B['own']] extends [never]
  ? unknown
  : CheckedCondition<Value, 'stage', NamesOf<B>>;
interface NamesOf<B extends AnyBeside> extends Names {
  readonly own: B['own'];
  readonly stages: string;
}

type LinkedStageList<List, B extends AnyBeside> = {
  readonly [Index in keyof List]: Demand<
    List[Index],
    {
      when: LinkedCondition<Get<List[Index], 'when'>, B>;
      do: LinkedSends<Get<List[Index], 'do'>, B, 'items'>;
    }
  >;
};

type LinkedReactions<Value, B extends AnyBeside> = Value extends object
  ? Demand<Value, { [Cause in AnswerCause]: LinkedSends<Get<Value, Cause>, B, (typeof answerAbouts)[Cause]> }>
  : unknown;

type DeclaredKeys<Value, Own> = Value extends readonly unknown[]
  ? { readonly [Index in keyof Value]: DeclaredKey<Value[Index], Own> }
  : DeclaredKey<Value, Own>;
type LinkedUnit<Value, Own> = Value extends object
  ? Demand<Value, { group: DeclaredKeys<Get<Value, 'group'>, Own> }>
  : unknown;
type LinkedGrouping<Value, Own> = Value extends object
  ? Demand<Value, { by: DeclaredKeys<Get<Value, 'by'>, Own> }>
  : unknown;

type LinkedPolicy<Value, B extends AnyBeside> = Value extends object
  ? Demand<
      Value,
      {
        scope: LinkedCondition<Get<Value, 'scope'>, B>;
        unit: LinkedUnit<Get<Value, 'unit'>, B['own']>;
        message: LinkedGrouping<Get<Value, 'message'>, B['own']>;
        stages: LinkedStageList<Get<Value, 'stages'>, B>;
        via: LinkedVia<Get<Value, 'via'>, B['messages']>;
        on: LinkedReactions<Get<Value, 'on'>, B>;
      }
    >
  : unknown;

/** Requires of a policy that it names messages, channels, facts and roles that the other documents know. */
export type LinkedTo<Value, P extends Plan, M extends Messages> = LinkedPolicy<
  Value,
  Beside<M, DeclaredFacts<P>, RolesOf<P>>
>;
