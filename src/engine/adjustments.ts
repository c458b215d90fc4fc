import { wholeDays } from '../contact/gate.js';
import { RecobroError } from '../errors.js';
import { contentHash } from '../policy/canonical.js';
import type { Action, Adjustment, Plan, Policy, Stage, StageAdjustment } from '../policy/types.js';
import type { DocumentRef } from './acts.js';
import type { CompiledPolicy, Engine } from './compile.js';

/** What is other for somebody. */
export interface Adjuster {
  /** The variant of a policy for an account, or the policy itself where nothing is adjusted for it. */
  of(policy: CompiledPolicy, account: string, segment: string | undefined): CompiledPolicy;
  /** A variant that was given before, by the reference that its acts bear. */
  known(ref: DocumentRef): CompiledPolicy | undefined;
}

/** All that is other for somebody under a policy. */
interface Changes {
  readonly delay?: string | undefined;
  readonly stages: Readonly<Record<string, StageAdjustment>>;
}

/**
 * Compiles a plan's adjustments, or answers undefined where it has none. What
 * is said of an account comes over what is said of its segment, and what is
 * said of one policy over what is said of all. A variant is compiled when it
 * is first wanted, and kept.
 *
 * @throws RecobroError `invalid_document` for a reference to nothing, for an adjustment that names both an
 * account and a segment or neither, and for two of equal rank; `invalid_duration` for a delay not in days
 */
export function compileAdjustments(
  plan: Plan,
  policies: readonly Policy[],
  compile: (policy: Policy) => CompiledPolicy,
): Adjuster | undefined {
  const all = plan.adjust ?? [];
  if (all.length === 0) return undefined;
  const byTarget = new Map<string, Adjustment>();
  for (const one of all) {
    check(plan, policies, one);
    const key = keyOf(one.account === undefined ? 'segment' : 'account', targetOf(one), one.policy);
    if (byTarget.has(key)) throw invalid(`the plan adjusts ${said(one)} twice`);
    byTarget.set(key, one);
  }
  for (const policy of policies) checkAnchors(policy, all);
  const variants = new Map<string, CompiledPolicy>();
  const byRef = new Map<string, CompiledPolicy>();
  const of: Adjuster['of'] = (policy, account, segment) => {
    const { id, version } = policy.ref;
    const found: Adjustment[] = [];
    const take = (key: string): void => {
      const one = byTarget.get(key);
      if (one !== undefined) found.push(one);
    };
    if (segment !== undefined) {
      take(keyOf('segment', segment, undefined));
      take(keyOf('segment', segment, id));
    }
    take(keyOf('account', account, undefined));
    take(keyOf('account', account, id));
    if (found.length === 0) return policy;
    const key = JSON.stringify([id, version, found.map((one) => all.indexOf(one))]);
    let variant = variants.get(key);
    if (variant === undefined) {
      variant = variantOf(policy, merged(found), compile);
      variants.set(key, variant);
      byRef.set(refKey(variant.ref), variant);
    }
    return variant;
  };
  return { of, known: (ref) => byRef.get(refKey(ref)) };
}

function refKey({ id, version, adjusted }: DocumentRef): string {
  return JSON.stringify([id, version, adjusted]);
}

/** The ladder by which an act was decided. */
export function ladderOfAct(
  engine: Pick<Engine, 'adjust' | 'versions'>,
  { policy }: { readonly policy: DocumentRef },
): CompiledPolicy | undefined {
  const variant = policy.adjusted === undefined ? undefined : engine.adjust?.known(policy);
  return variant ?? engine.versions.get(`${policy.id}@${policy.version}`);
}

function variantOf(
  base: CompiledPolicy,
  changes: Changes,
  compile: (policy: Policy) => CompiledPolicy,
): CompiledPolicy {
  const stages = stagesOf(base.policy, changes);
  const { delay } = changes;
  return {
    ...compile({ ...base.policy, stages }),
    // The documents that decided are the policy's own and the plan, which holds the adjustment.
    ref: { ...base.ref, adjusted: contentHash(changes) },
    delayDays: delay === undefined ? 0 : wholeDays(delay),
  };
}

function stagesOf(policy: Policy, { stages }: Changes): Stage[] {
  return policy.stages.flatMap((stage) => adjusted(stage, stages[stage.id]));
}

/** Where stages are left out, no one may stay first that counts from the one before it. */
function checkAnchors(policy: Policy, all: readonly Adjustment[]): void {
  const of = all.filter((one) => one.policy === undefined || one.policy === policy.id);
  const leavesOut = (one: Adjustment): boolean =>
    Object.values(one.stages ?? {}).some(({ skip }) => skip === true);
  const within = (target: 'account' | 'segment'): readonly (readonly Adjustment[])[] => {
    const names = new Set(of.filter(leavesOut).flatMap((one) => one[target] ?? []));
    const groups = [...names].map((name) => of.filter((one) => one[target] === name).sort(byPolicy));
    return [[], ...groups];
  };
  for (const segment of within('segment')) {
    for (const account of within('account')) {
      const [first] = stagesOf(policy, merged([...segment, ...account]));
      if (first === undefined || first.id === policy.stages[0]?.id || !countsFromPrevious(first)) continue;
      throw invalid(
        `an adjustment leaves out every stage before ${JSON.stringify(first.id)} of the policy ${JSON.stringify(policy.id)}, which counts from the one before it`,
      );
    }
  }
}

function byPolicy(a: Adjustment, b: Adjustment): number {
  return Number(a.policy !== undefined) - Number(b.policy !== undefined);
}

function adjusted(stage: Stage, change: StageAdjustment | undefined): Stage[] {
  if (change === undefined) return [stage];
  const { skip, at, mode, via } = change;
  if (skip === true) return [];
  const withVia = (action: Action): Action =>
    'send' in action && via !== undefined ? { ...action, via } : action;
  return [
    {
      ...stage,
      ...(at === undefined ? {} : { at }),
      ...(mode === undefined ? {} : { mode }),
      do: stage.do.map(withVia),
    },
  ];
}

function countsFromPrevious({ at }: Stage): boolean {
  if (at === undefined) return false;
  const triggers = 'all' in at ? at.all : 'any' in at ? at.any : [at];
  return triggers.length > 0 && triggers.every((trigger) => trigger.from === 'previous');
}

/** The later ones are the more specific. */
function merged(all: readonly Adjustment[]): Changes {
  const stages: Record<string, StageAdjustment> = {};
  let delay: string | undefined;
  for (const one of all) {
    delay = one.delay ?? delay;
    for (const [id, change] of Object.entries(one.stages ?? {})) {
      const said = Object.entries(change).filter(([, value]) => value !== undefined);
      stages[id] = { ...stages[id], ...Object.fromEntries(said) };
    }
  }
  return { ...(delay === undefined ? {} : { delay }), stages };
}

function check(plan: Plan, policies: readonly Policy[], one: Adjustment): void {
  const { account, segment, policy, stages = {}, delay } = one;
  if ((account === undefined) === (segment === undefined))
    throw invalid('an adjustment names an account or a segment');
  if (segment !== undefined && !(plan.segments ?? []).some(({ id }) => id === segment))
    throw invalid(`the plan adjusts the segment ${JSON.stringify(segment)}, which does not exist`);
  const meant = policies.filter(({ id }) => policy === undefined || id === policy);
  if (meant.length === 0)
    throw invalid(`the plan adjusts the policy ${JSON.stringify(policy)}, which does not exist`);
  for (const id of Object.keys(stages)) {
    if (!meant.some((other) => other.stages.some((stage) => stage.id === id)))
      throw invalid(`the plan adjusts the stage ${JSON.stringify(id)}, which does not exist`);
  }
  if (delay !== undefined) wholeDays(delay);
}

function targetOf({ account, segment }: Adjustment): string {
  return account ?? segment ?? '';
}

function keyOf(kind: 'account' | 'segment', target: string, policy: string | undefined): string {
  return JSON.stringify([kind, target, policy ?? null]);
}

function said(one: Adjustment): string {
  const target = `the ${one.account === undefined ? 'segment' : 'account'} ${JSON.stringify(targetOf(one))}`;
  return one.policy === undefined ? target : `${target} under ${JSON.stringify(one.policy)}`;
}

function invalid(message: string): RecobroError {
  return new RecobroError('invalid_document', message);
}
