import { type BusinessCalendar, businessCalendar, checkZone } from '../calendar/index.js';
import { compileGate, type Gate, weekdayOfName } from '../contact/gate.js';
import { compileAddressRules } from '../contact/health.js';
import type { RecipientRules } from '../contact/recipients.js';
import { type ChannelTraits, shippedChannels } from '../contact/traits.js';
import { RecobroError } from '../errors.js';
import { parseAmount } from '../money/index.js';
import { contentHash } from '../policy/canonical.js';
import type { Plan, Policy } from '../policy/types.js';
import { type RiskScorer, riskScore } from '../segments/index.js';
import type { DocumentRef, TextRef } from './acts.js';
import { type Adjuster, compileAdjustments } from './adjustments.js';
import { type Assigned, compileAssignments } from './assignments.js';
import { type CompiledPolicy, compilePolicy } from './compile-policy.js';
import { compileCondition, isTimed, type Test } from './conditions.js';
import { type CurrencyRule, compileRates } from './exchange.js';
import { ledgerRulesOf } from './ledger-rules.js';
import type { Reckoning } from './view.js';

export type { CompiledPolicy, CompiledStage } from './compile-policy.js';

/** A plan and its policies, compiled once and asked many times. Holds no state. */
export interface Engine {
  readonly plan: Plan;
  readonly planRef: DocumentRef;
  readonly segments: readonly { readonly id: string; readonly test: Test }[];
  /** Whether an account may change its segment or arm, or an item its policy's scope, overnight, though no fact was told. */
  readonly segmentsTimed: boolean;
  readonly assigned: Assigned;
  /** Whether some policy does more than send messages and raise tasks. */
  readonly follows: boolean;
  /** Whether people bring what some channel would send. */
  readonly manual: boolean;
  /** Whether some policy says thanks. */
  readonly thanks: boolean;
  /** Whether some policy acknowledges promises, disputes or reported payments. */
  readonly answers: boolean;
  /** Newest version of each policy. */
  readonly policies: ReadonlyMap<string, CompiledPolicy>;
  /** Every version, by `id@version`. */
  readonly versions: ReadonlyMap<string, CompiledPolicy>;
  /** Versions with groups of their own, by policy; only where the versions of a policy differ in what climbs. */
  readonly forms: ReadonlyMap<string, readonly CompiledPolicy[]>;
  /** What is other for single accounts and segments; undefined where nothing is. */
  readonly adjust: Adjuster | undefined;
  readonly calendar: BusinessCalendar;
  readonly gate: Gate;
  readonly recipients: RecipientRules;
  /** Items strictly below count as settled; by currency, minor units. */
  readonly tolerance: ReadonlyMap<string, number>;
  /** What happens where a threshold lacks a currency. */
  readonly currencies: CurrencyRule;
  /** Whether a rate decides what is tolerated, so that its date is to be waited for. */
  readonly ratesCount: boolean;
  readonly language: string;
  /** By which rules an account is looked at. */
  readonly reckoning: Reckoning;
  /** Which words a message has for a channel; undefined where texts play no part. */
  readonly textOf: EngineInput['textOf'];
}

/** Documents as data, and the channels there are. Documents must be valid: `parseDocuments` sees to it. */
export interface EngineInput {
  readonly plan: Plan;
  /** May hold several versions of a policy: cases keep the one that they opened with. */
  readonly policies: readonly Policy[];
  /** Default: the channels that recobro ships. */
  readonly channels?: readonly ChannelTraits[] | undefined;
  /** How risky an account is, where nobody wrote it onto the account. Default: the risk score of the segments module. */
  readonly scorer?: RiskScorer | undefined;
  /** Whether a message has a text for a channel. Default: texts play no part. */
  readonly hasText?: ((message: string, channel: string) => boolean) | undefined;
  /** Which words a message has for a channel, so that no act goes out with others than it was planned with. Default: words play no part. */
  readonly textOf?: ((message: string, channel: string) => TextRef | undefined) | undefined;
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
  const compiled = [...versions.values()];
  return {
    plan,
    planRef: { id: plan.id, version: plan.version, hash: contentHash(plan) },
    segments: (plan.segments ?? []).map((segment) => ({
      id: segment.id,
      test: compileCondition(segment.when),
    })),
    segmentsTimed:
      assigned.timed ||
      (plan.segments ?? []).some((segment) => isTimed(segment.when)) ||
      compiled.some(({ rules }) => rules.scopeTimed),
    assigned,
    follows: compiled.some((policy) => policy.follows),
    manual: (input.channels ?? shippedChannels).some(({ manual }) => manual === true),
    thanks: input.policies.some((policy) => (policy.on?.paid ?? []).length > 0),
    answers: input.policies.some(({ on = {} }) =>
      [on.promised, on.disputed, on.reported].some((sends = []) => sends.length > 0),
    ),
    policies,
    versions,
    forms: formsOf(compiled),
    adjust: compileAdjustments(plan, input.policies, compilePolicy),
    calendar: businessCalendar({
      weekend: plan.calendar?.weekend?.map(weekdayOfName),
      holidays: plan.calendar?.holidays,
    }),
    gate: compileGate(plan.contact ?? {}, plan.calendar ?? {}),
    recipients: {
      hasText: input.hasText,
      channels: new Map((input.channels ?? shippedChannels).map((channel) => [channel.id, channel])),
      consent: plan.contact?.consent ?? {},
      lastWorked: plan.contact?.lastWorked,
      addresses: compileAddressRules(plan.contact ?? {}),
    },
    tolerance: new Map(
      Object.entries(plan.tolerance ?? {}).map(([currency, text]) => [currency, parseAmount(text, currency)]),
    ),
    ratesCount: plan.otherCurrency === 'convert' && Object.keys(plan.tolerance ?? {}).length > 0,
    currencies: { otherCurrency: plan.otherCurrency ?? 'task', rates: compileRates(plan.rates ?? []) },
    language: plan.language ?? 'en',
    reckoning: { ledger: ledgerRulesOf(plan), scorer: input.scorer ?? riskScore },
    textOf: input.textOf,
  };
}

/** A case that runs under one version may have another subject than under the next. */
function formsOf(versions: readonly CompiledPolicy[]): ReadonlyMap<string, readonly CompiledPolicy[]> {
  const forms = new Map<string, CompiledPolicy[]>();
  for (const policy of versions) {
    const known = forms.get(policy.ref.id) ?? [];
    forms.set(policy.ref.id, known);
    const form = JSON.stringify(policy.groupBy);
    if (known.every((other) => JSON.stringify(other.groupBy) !== form)) known.push(policy);
  }
  for (const [id, known] of forms) {
    if (known.length === 1) forms.delete(id);
    else known.sort((a, b) => b.ref.version - a.ref.version);
  }
  return forms;
}
