import {
  type BusinessCalendar,
  type BusinessDayConvention,
  businessCalendar,
  checkZone,
  type Duration,
  parseDuration,
} from '../calendar/index.js';
import { compileGate, type Gate, weekdayOfName, wholeDays } from '../contact/gate.js';
import type { RecipientRules } from '../contact/recipients.js';
import { type ChannelTraits, shippedChannels } from '../contact/traits.js';
import { RecobroError } from '../errors.js';
import { parseAmount } from '../money/index.js';
import { contentHash } from '../policy/canonical.js';
import { mainTrigger } from '../policy/triggers.js';
import type {
  EffectAction,
  GroupKey,
  Plan,
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
import { compileCondition, isTimed, type Test } from './conditions.js';

/** A plan and its policies, compiled once and asked many times. Holds no state. */
export interface Engine {
  readonly plan: Plan;
  readonly planRef: DocumentRef;
  readonly segments: readonly { readonly id: string; readonly test: Test }[];
  /** Whether an account may change its segment overnight, though no fact was told. */
  readonly segmentsTimed: boolean;
  readonly assigned: Assigned;
  /** Whether some policy does more than send messages and raise tasks. */
  readonly follows: boolean;
  /** Whether some policy says thanks. */
  readonly thanks: boolean;
  /** Newest version of each policy. */
  readonly policies: ReadonlyMap<string, CompiledPolicy>;
  /** Every version, by `id@version`. */
  readonly versions: ReadonlyMap<string, CompiledPolicy>;
  readonly calendar: BusinessCalendar;
  readonly gate: Gate;
  readonly recipients: RecipientRules;
  /** Items strictly below count as settled; by currency, minor units. */
  readonly tolerance: ReadonlyMap<string, number>;
  readonly language: string;
}

interface Assigned {
  readonly invoices: ReadonlyMap<string, string | null>;
  readonly accounts: ReadonlyMap<string, string | null>;
  readonly segments: ReadonlyMap<string, string | null>;
}

export interface CompiledPolicy {
  readonly ref: DocumentRef;
  readonly policy: Policy;
  readonly stages: readonly CompiledStage[];
  readonly byId: ReadonlyMap<string, CompiledStage>;
  /** Whether some stage sends more than one message. */
  readonly manySends: boolean;
  /** Whether computed dates surely rise in document order, so that no sorting is needed. */
  readonly ascending: boolean;
  readonly byInvoice: boolean;
  /** Keys of its groups; undefined where items climb alone. */
  readonly groupBy: readonly GroupKey[] | undefined;
  readonly carrier: 'recompute' | 'inherit' | 'restart';
  readonly listOverdue: boolean;
  readonly late: 'latest' | 'each' | 'drop';
  readonly entry: 'first' | 'latest';
  readonly restartDays: number;
  readonly repeat: { readonly every: Duration; readonly times: number } | undefined;
  readonly paid: readonly SendAction[];
  /** The level is the severest stage whose conditions hold now. */
  readonly byState: boolean;
  /** Whether its stages or reactions do more than send messages and raise tasks. */
  readonly follows: boolean;
  readonly via: readonly Via[];
}

export interface CompiledStage {
  readonly index: number;
  readonly stage: Stage;
  readonly basis: TriggerBasis;
  readonly offset: Duration;
  /** The offset where it is plain days, so that the common case is one addition. */
  readonly days: number | undefined;
  readonly convention: BusinessDayConvention;
  readonly test: Test | undefined;
  readonly timed: boolean;
  readonly tone: number;
  readonly sends: readonly SendAction[];
  readonly tasks: readonly TaskAction[];
  /** States wanted of the host while the stage is reached. */
  readonly effects: readonly EffectAction[];
  /** What comes with the completion of the stage, with its place among the actions. */
  readonly follows: readonly { readonly index: number; readonly action: FollowAction }[];
  readonly mode: StageMode;
}

const tones: Readonly<Record<Tone, number>> = { friendly: 0, firm: 1, formal: 2 };
const defaultVia: readonly Via[] = [{ channel: 'whatsapp' }, { channel: 'email' }, { channel: 'sms' }];

/** Documents as data, and the channels there are. Documents must be valid: `parseDocuments` sees to it. */
export interface EngineInput {
  readonly plan: Plan;
  /** May hold several versions of a policy: cases keep the one that they opened with. */
  readonly policies: readonly Policy[];
  /** Default: the channels that recobro ships. */
  readonly channels?: readonly ChannelTraits[] | undefined;
  /** Whether a message has a text for a channel. Default: texts play no part. */
  readonly hasText?: ((message: string, channel: string) => boolean) | undefined;
}

/**
 * Compiles documents.
 *
 * @throws RecobroError `unknown_zone`, `invalid_duration`, … for documents that were not validated;
 * `invalid_document` for two policies with one id and version, or a reference to no policy
 */
export function compile(input: EngineInput): Engine {
  const { plan } = input;
  checkZone(plan.zone);
  const versions = new Map<string, CompiledPolicy>();
  const policies = new Map<string, CompiledPolicy>();
  for (const policy of input.policies) {
    const compiled = compilePolicy(policy);
    const key = `${policy.id}@${policy.version}`;
    if (versions.has(key)) throw new RecobroError('invalid_document', `policy ${key} is given twice`);
    versions.set(key, compiled);
    const newest = policies.get(policy.id);
    if (newest === undefined || newest.policy.version < policy.version) policies.set(policy.id, compiled);
  }
  const assigned = compileAssignments(plan, policies);
  return {
    plan,
    planRef: { id: plan.id, version: plan.version, hash: contentHash(plan) },
    segments: (plan.segments ?? []).map((segment) => ({
      id: segment.id,
      test: compileCondition(segment.when),
    })),
    segmentsTimed: (plan.segments ?? []).some((segment) => isTimed(segment.when)),
    assigned,
    follows: [...versions.values()].some((policy) => policy.follows),
    thanks: input.policies.some((policy) => (policy.on?.paid ?? []).length > 0),
    policies,
    versions,
    calendar: businessCalendar({
      weekend: plan.calendar?.weekend?.map(weekdayOfName),
      holidays: plan.calendar?.holidays,
    }),
    gate: compileGate(plan.contact ?? {}, plan.calendar ?? {}),
    recipients: {
      hasText: input.hasText,
      channels: new Map((input.channels ?? shippedChannels).map((channel) => [channel.id, channel])),
      consent: plan.contact?.consent ?? {},
    },
    tolerance: new Map(
      Object.entries(plan.tolerance ?? {}).map(([currency, text]) => [currency, parseAmount(text, currency)]),
    ),
    language: plan.language ?? 'en',
  };
}

function compileAssignments(plan: Plan, policies: ReadonlyMap<string, CompiledPolicy>): Assigned {
  const invoices = new Map<string, string | null>();
  const accounts = new Map<string, string | null>();
  const segments = new Map<string, string | null>();
  const named = [plan.default, ...(plan.assign ?? []).map((one) => one.policy)];
  for (const id of named) {
    if (typeof id === 'string' && !policies.has(id)) {
      throw new RecobroError(
        'invalid_document',
        `the plan assigns the policy ${JSON.stringify(id)}, which does not exist`,
      );
    }
  }
  const known = new Set((plan.segments ?? []).map((segment) => segment.id));
  const put = (of: string, ranks: Map<string, string | null>, id: string, policy: string | null): void => {
    if (ranks.has(id))
      throw new RecobroError(
        'invalid_document',
        `the plan assigns two policies to ${of} ${JSON.stringify(id)}`,
      );
    ranks.set(id, policy);
  };
  for (const one of plan.assign ?? []) {
    if (one.invoice !== undefined) put('the invoice', invoices, one.invoice, one.policy);
    else if (one.account !== undefined) put('the account', accounts, one.account, one.policy);
    else if (one.segment !== undefined && known.has(one.segment))
      put('the segment', segments, one.segment, one.policy);
    else
      throw new RecobroError('invalid_document', 'an assignment names no invoice, account or known segment');
  }
  return { invoices, accounts, segments };
}

function compilePolicy(policy: Policy): CompiledPolicy {
  const stages = policy.stages.map((stage, index) => compileStage(stage, index, policy.mode ?? 'auto'));
  return {
    ref: { id: policy.id, version: policy.version, hash: contentHash(policy) },
    policy,
    stages,
    byId: new Map(stages.map((stage) => [stage.stage.id, stage])),
    manySends: stages.some((stage) => stage.sends.length > 1),
    ascending: rises(stages),
    byInvoice: policy.message?.by === 'invoice',
    groupBy: policy.unit === undefined || policy.unit === 'item' ? undefined : policy.unit.group,
    carrier: (typeof policy.unit === 'object' ? policy.unit.carrier : undefined) ?? 'recompute',
    listOverdue: policy.message?.list === 'overdue',
    late: policy.late ?? 'latest',
    entry: policy.entry ?? 'first',
    restartDays: wholeDays(policy.restart ?? '1d'),
    repeat:
      policy.last?.repeat === undefined
        ? undefined
        : { every: parseDuration(policy.last.repeat), times: policy.last.times ?? 1 },
    paid: policy.on?.paid ?? [],
    byState: policy.level === 'state',
    follows: hasFollows(policy, stages),
    via: policy.via ?? defaultVia,
  };
}

function compileStage(stage: Stage, index: number, mode: StageMode): CompiledStage {
  const at = mainTrigger(stage);
  const offset = offsetOf(at);
  const plainDays = offset.unit === 'd' ? offset.count : offset.unit === 'w' ? offset.count * 7 : undefined;
  const convention = at.businessDay ?? 'as-is';
  return {
    index,
    stage,
    basis: at.from,
    offset,
    days: convention === 'as-is' ? plainDays : undefined,
    convention,
    test: stage.when === undefined ? undefined : compileCondition(stage.when),
    timed: stage.when !== undefined && isTimed(stage.when),
    tone: tones[stage.tone],
    sends: stage.do.filter(isSend),
    tasks: stage.do.filter(isTask),
    effects: stage.do.filter(isEffect),
    follows: stage.do.flatMap((action, place) => (isFollow(action) ? [{ index: place, action }] : [])),
    mode: stage.mode ?? mode,
  };
}

function offsetOf(at: Trigger): Duration {
  if (at.plus !== undefined) return parseDuration(at.plus);
  if (at.minus === undefined) return { count: 0, unit: 'd' };
  const back = parseDuration(at.minus);
  return { count: back.count === 0 ? 0 : -back.count, unit: back.unit };
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
  return stages.every((stage, index) => {
    const before = stages[index - 1];
    if (stage.basis !== 'due' || stage.days === undefined) return false;
    return before?.days === undefined || before.days <= stage.days;
  });
}
