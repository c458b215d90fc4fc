import { RecobroError } from '../errors.js';
import type { Assignment, Experiment, Plan } from '../policy/types.js';
import { armPicker, pilotPicker } from '../segments/arms.js';
import { compileCondition, isTimed, type Test } from './conditions.js';

/** One assignment to somebody; `takes` says which accounts, where only a share of them is meant. */
export interface Choice {
  readonly policy: string | null;
  readonly takes: ((account: string) => boolean) | undefined;
}

export type Choices = ReadonlyMap<string, readonly Choice[]>;

/** An experiment with its arms drawn once. */
export interface CompiledExperiment {
  readonly id: string;
  readonly test: Test | undefined;
  readonly armOf: (account: string) => { readonly id: string; readonly policy: string | null };
}

/** The assignments of a plan by what they name. */
export interface Assigned {
  readonly invoices: Choices;
  readonly accounts: Choices;
  readonly branches: Choices;
  readonly entities: Choices;
  readonly areas: Choices;
  readonly segments: Choices;
  readonly everybody: readonly Choice[];
  readonly experiments: readonly CompiledExperiment[];
  /** Whether items of one account may differ, save by what they say themselves. */
  readonly byItem: boolean;
  /** Whether an account's arm may change overnight, though no fact was told. */
  readonly timed: boolean;
}

const targets = ['invoice', 'account', 'branch', 'entity', 'area', 'segment'] as const;
type Target = (typeof targets)[number] | 'everybody';

/**
 * Compiles who gets which policy.
 *
 * @param policies ids of the policies that there are
 * @throws RecobroError `invalid_document` for a reference to nothing, for an assignment that names two
 * targets, and for two assignments of equal rank; `invalid_option` for arms that cannot divide
 */
export function compileAssignments(plan: Plan, policies: { has(id: string): boolean }): Assigned {
  const segments = new Set((plan.segments ?? []).map((segment) => segment.id));
  const named = [
    plan.default,
    ...(plan.assign ?? []).map((one) => one.policy),
    ...(plan.experiments ?? []).flatMap(({ arms }) => arms.map((arm) => arm.policy)),
  ];
  for (const id of named) {
    if (typeof id === 'string' && !policies.has(id))
      throw invalid(`the plan assigns the policy ${JSON.stringify(id)}, which does not exist`);
  }
  const ranks = new Map<Target, Map<string, Choice[]>>();
  for (const one of plan.assign ?? []) {
    const [target, name] = targetOf(one);
    if (target === 'segment' && !segments.has(name))
      throw invalid(`the plan assigns a policy to the segment ${JSON.stringify(name)}, which does not exist`);
    const rank = ranks.get(target) ?? new Map<string, Choice[]>();
    ranks.set(target, rank);
    const choices = rank.get(name) ?? [];
    rank.set(name, choices);
    const choice = choiceOf(plan, one);
    if (choice.takes === undefined && choices.some(({ takes }) => takes === undefined))
      throw invalid(`the plan assigns two policies to ${said(target, name)}`);
    choices.push(choice);
  }
  // A share of them is more specific than all of them.
  for (const rank of ranks.values())
    for (const choices of rank.values())
      choices.sort((a, b) => Number(a.takes === undefined) - Number(b.takes === undefined));
  const of = (target: Target): Choices => ranks.get(target) ?? new Map();
  const experiments = plan.experiments ?? [];
  return {
    invoices: of('invoice'),
    accounts: of('account'),
    branches: of('branch'),
    entities: of('entity'),
    areas: of('area'),
    segments: of('segment'),
    everybody: of('everybody').get('') ?? [],
    experiments: experiments.map(compileExperiment),
    byItem: ['invoice', 'branch', 'entity', 'area'].some((target) => ranks.has(target as Target)),
    timed: experiments.some(({ when }) => when !== undefined && isTimed(when)),
  };
}

function targetOf(one: Assignment): readonly [Target, string] {
  const given = targets.flatMap((target) => {
    const name = one[target];
    return name === undefined ? [] : [[target, name] as const];
  });
  if (given.length > 1)
    throw invalid(`an assignment names ${given.map(([target]) => target).join(' and ')}; it may name one`);
  return given[0] ?? ['everybody', ''];
}

function choiceOf(plan: Plan, { policy, pilot }: Assignment): Choice {
  if (pilot === undefined) return { policy, takes: undefined };
  return { policy, takes: pilotPicker(pilot.percent, pilot.salt ?? policy ?? plan.id) };
}

function compileExperiment({ id, when, arms }: Experiment): CompiledExperiment {
  return {
    id,
    test: when === undefined ? undefined : compileCondition(when),
    armOf: armPicker({ id, arms }),
  };
}

function said(target: Target, name: string): string {
  return target === 'everybody' ? 'everybody' : `the ${target} ${JSON.stringify(name)}`;
}

function invalid(message: string): RecobroError {
  return new RecobroError('invalid_document', message);
}
