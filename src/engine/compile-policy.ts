import { type BusinessDayConvention, type Duration, parseClock, parseDuration } from '../calendar/index.js';
import { wholeDays } from '../contact/gate.js';
import { contentHash } from '../policy/canonical.js';
import { triggersOf } from '../policy/triggers.js';
import type {
  EffectAction,
  GroupKey,
  LastRule,
  LifeRule,
  Policy,
  SendAction,
  Stage,
  StageMode,
  TaskAction,
  Tone,
  Trigger,
  TriggerBasis,
  Via,
} from '../policy/types.js';
import { type FollowAction, isEffect, isFollow, isSend, isTask } from './actions/kinds.js';
import type { DocumentRef } from './acts.js';
import { type CaseRules, caseRulesOf } from './case-rules.js';
import { asksLevel, compileCondition, isTimed, type Test } from './conditions.js';
import { compileGrouping, type Grouping } from './grouping.js';
import { compileMinimum, type Minimum } from './minimum.js';

/** A ladder, ready to be climbed. */
export interface CompiledPolicy {
  readonly ref: DocumentRef;
  readonly policy: Policy;
  readonly stages: readonly CompiledStage[];
  readonly byId: ReadonlyMap<string, CompiledStage>;
  /** Whether some stage sends more than one message. */
  readonly manySends: boolean;
  /** Whether computed dates surely rise in document order, so that no sorting is needed. */
  readonly ascending: boolean;
  /** Whether days after the due date are all that its stages wait for. */
  readonly plain: boolean;
  /** How its stages share messages. */
  readonly message: Grouping;
  /** Keys of its groups; undefined where items climb alone. */
  readonly groupBy: readonly GroupKey[] | undefined;
  readonly carrier: 'recompute' | 'inherit' | 'restart';
  /** From the due date to the last day on which an item does not count as overdue here. */
  readonly grace: Duration | undefined;
  readonly late: 'latest' | 'each' | 'drop';
  readonly entry: 'first' | 'latest';
  /** Stages wait for reviews on request, not for days. */
  readonly climb: boolean;
  readonly restartDays: number;
  readonly resume: 'next' | 'latest' | 'same' | 'first';
  readonly done: 'sent' | 'confirmed' | 'proposed' | 'delivered';
  /** Days by which stages after the due date come later for somebody. */
  readonly delayDays: number;
  readonly rules: CaseRules;
  readonly repeat: Repeat | undefined;
  /** When the ladder is exhausted: after the last act's wait, with the last act, or so long after it. */
  readonly exhausted: 'waited' | 'acted' | Duration;
  readonly life: { readonly from: LifeRule['from']; readonly plus: Duration } | undefined;
  readonly paid: readonly SendAction[];
  /** The level is the severest stage whose conditions hold now. */
  readonly byState: boolean;
  /** Whether its stages or reactions do more than send messages and raise tasks. */
  readonly follows: boolean;
  readonly via: readonly Via[];
}

/** How the last stage comes again. */
export interface Repeat {
  readonly every: Duration;
  readonly times: number;
  readonly from: NonNullable<LastRule['from']>;
}

/** A rung of a ladder, ready to be asked. */
export interface CompiledStage {
  readonly index: number;
  readonly stage: Stage;
  /** Its number where a house numbers its levels. */
  readonly level: number;
  readonly rank: number;
  /** Days after the due date where that is all there is to reckon, so that the common case is one addition. */
  readonly days: number | undefined;
  readonly triggers: readonly CompiledTrigger[];
  /** Which day counts where there are several triggers. */
  readonly combine: 'latest' | 'earliest';
  /** No trigger: from the opening of the case, whenever its condition holds. */
  readonly anytime: boolean;
  /** Meant for before the due date: over once that has passed. */
  readonly early: boolean;
  /** Every trigger counts from the due date. */
  readonly dueOnly: boolean;
  /** Some trigger counts from the stage before it. */
  readonly follower: boolean;
  /** Some trigger counts from the end of grace, which it therefore knows. */
  readonly graced: boolean;
  /** How long after its own day it may act. */
  readonly expires: Duration | undefined;
  /** How long after it is done its own payment deadline is. */
  readonly deadline: Duration | undefined;
  /** Minute of the local day from which it acts, where the account says none. */
  readonly minute: number | undefined;
  readonly minimum: Minimum | undefined;
  readonly test: Test | undefined;
  readonly timed: boolean;
  /** Its condition asks which level the case is in. */
  readonly ofLevel: boolean;
  readonly tone: number;
  readonly sends: readonly SendAction[];
  readonly tasks: readonly TaskAction[];
  /** States wanted of the host while the stage is reached. */
  readonly effects: readonly EffectAction[];
  /** What comes with the completion of the stage, with its place among the actions. */
  readonly follows: readonly { readonly index: number; readonly action: FollowAction }[];
  readonly mode: StageMode;
}

/** One date that a stage counts from, and how far. */
export interface CompiledTrigger {
  readonly basis: TriggerBasis;
  /** Which day of the stage before, with `previous`. */
  readonly of: NonNullable<Trigger['of']>;
  readonly offset: Duration;
  /** The offset where it is plain days and nothing else moves the date. */
  readonly days: number | undefined;
  readonly endOfMonth: boolean;
  /** Days added once the offset is: 1 where the day itself does not count yet. */
  readonly further: number;
  readonly convention: BusinessDayConvention;
}

const tones: Readonly<Record<Tone, number>> = { friendly: 0, firm: 1, formal: 2 };
const defaultVia: readonly Via[] = [{ channel: 'whatsapp' }, { channel: 'email' }, { channel: 'sms' }];

/**
 * Compiles a policy.
 *
 * @throws RecobroError `invalid_duration`, `invalid_instant`, `invalid_amount`, … for one that was not validated
 */
export function compilePolicy(policy: Policy): CompiledPolicy {
  const stages = policy.stages.map((stage, index) => compileStage(stage, index, policy));
  const group = typeof policy.unit === 'object' ? policy.unit : undefined;
  return {
    ref: { id: policy.id, version: policy.version, hash: contentHash(policy) },
    policy,
    stages,
    byId: new Map(stages.map((stage) => [stage.stage.id, stage])),
    manySends: stages.some((stage) => stage.sends.length > 1),
    ascending: rises(stages),
    plain: rises(stages) && policy.grace === undefined && policy.climb !== true,
    message: compileGrouping(policy),
    groupBy: group?.group,
    carrier: group?.carrier ?? 'recompute',
    grace: lengthOf(policy.grace),
    late: policy.late ?? 'latest',
    entry: policy.entry ?? 'first',
    climb: policy.climb === true,
    restartDays: wholeDays(policy.restart ?? '1d'),
    resume: policy.resume ?? 'next',
    done: policy.done ?? 'sent',
    delayDays: 0,
    rules: caseRulesOf(policy),
    repeat: compileRepeat(policy.last),
    exhausted: compileExhausted(policy.last),
    life:
      policy.life === undefined
        ? undefined
        : { from: policy.life.from, plus: parseDuration(policy.life.plus) },
    paid: policy.on?.paid ?? [],
    byState: policy.level === 'state',
    follows: hasFollows(policy, stages),
    via: policy.via ?? defaultVia,
  };
}

function compileStage(stage: Stage, index: number, policy: Policy): CompiledStage {
  const triggers = triggersOf(stage).map(compileTrigger);
  const anytime = stage.at === undefined;
  const earliest = stage.at !== undefined && 'any' in stage.at;
  const early = (one: CompiledTrigger): boolean =>
    one.basis === 'due' && one.offset.count < 0 && !one.endOfMonth;
  const [first] = triggers;
  const time = stage.time ?? policy.time;
  const minimum = stage.min === undefined ? undefined : compileMinimum(stage.min);
  return {
    index,
    stage,
    level: stage.level ?? index + 1,
    rank: stage.rank ?? 0,
    days: triggers.length === 1 && first?.basis === 'due' ? first.days : undefined,
    triggers,
    combine: earliest ? 'earliest' : 'latest',
    anytime,
    early: stage.keep !== true && (earliest ? triggers.some(early) : triggers.every(early)),
    dueOnly: triggers.every((one) => one.basis === 'due'),
    follower: triggers.some((one) => one.basis === 'previous'),
    graced: triggers.some((one) => one.basis === 'grace'),
    expires: lengthOf(stage.expires),
    deadline: lengthOf(stage.deadline),
    minute: time === undefined ? undefined : parseClock(time),
    minimum,
    test: stage.when === undefined ? undefined : compileCondition(stage.when),
    timed: stage.when !== undefined && isTimed(stage.when),
    ofLevel: stage.when !== undefined && asksLevel(stage.when),
    tone: tones[stage.tone],
    sends: stage.do.filter(isSend),
    tasks: stage.do.filter(isTask),
    effects: stage.do.filter(isEffect),
    follows: stage.do.flatMap((action, place) => (isFollow(action) ? [{ index: place, action }] : [])),
    mode: stage.mode ?? policy.mode ?? 'auto',
  };
}

function compileTrigger(at: Trigger): CompiledTrigger {
  const offset = offsetOf(at);
  const plain = offset.unit === 'd' ? offset.count : offset.unit === 'w' ? offset.count * 7 : undefined;
  const convention = at.businessDay ?? 'as-is';
  const endOfMonth = at.endOfMonth === true;
  const further = at.exclusive === true ? 1 : 0;
  const simple = convention === 'as-is' && !endOfMonth && plain !== undefined;
  return {
    basis: at.from,
    of: at.of ?? 'done',
    offset,
    days: simple ? plain + further : undefined,
    endOfMonth,
    further,
    convention,
  };
}

function offsetOf(at: Trigger): Duration {
  if (at.plus !== undefined) return parseDuration(at.plus);
  if (at.minus === undefined) return { count: 0, unit: 'd' };
  const back = parseDuration(at.minus);
  return { count: back.count === 0 ? 0 : -back.count, unit: back.unit };
}

function lengthOf(text: string | undefined): Duration | undefined {
  return text === undefined ? undefined : parseDuration(text);
}

function compileRepeat(last: LastRule | undefined): Repeat | undefined {
  if (last?.repeat === undefined) return undefined;
  return { every: parseDuration(last.repeat), times: last.times ?? 1, from: last.from ?? 'contact' };
}

function compileExhausted(last: LastRule | undefined): 'waited' | 'acted' | Duration {
  const said = last?.exhausted ?? 'waited';
  return said === 'waited' || said === 'acted' ? said : parseDuration(said);
}

/** A policy that is adopted or restored may have had effects before, so what a case wants is looked at too. */
function hasFollows(policy: Policy, stages: readonly CompiledStage[]): boolean {
  const { promiseKept = [], promiseBroken = [], exhausted = [] } = policy.on ?? {};
  return (
    policy.level === 'state' ||
    promiseKept.length + promiseBroken.length + exhausted.length > 0 ||
    stages.some((stage) => stage.effects.length + stage.follows.length > 0 || stage.mode !== 'auto')
  );
}

function rises(stages: readonly CompiledStage[]): boolean {
  return stages.every(({ days, rank }, index) => {
    const before = stages[index - 1];
    if (days === undefined || rank !== (before?.rank ?? rank)) return false;
    return before?.days === undefined || before.days <= days;
  });
}
