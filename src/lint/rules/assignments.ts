import type { Documents, Policy } from '../../policy/types.js';
import type { RuleCheck } from '../finding.js';
import { isNear } from '../near.js';

/** Rules about who gets what: policies, pilots, experiments, versions, roles. */

/** Where a plan gives somebody a policy. */
function* given({ plan }: Documents): Generator<{ readonly path: string; readonly id: string }> {
  if (typeof plan.default === 'string') yield { path: 'plan.default', id: plan.default };
  for (const [index, { policy }] of (plan.assign ?? []).entries())
    if (policy !== null) yield { path: `plan.assign[${index}].policy`, id: policy };
  for (const [index, { arms }] of (plan.experiments ?? []).entries())
    for (const [place, { policy }] of arms.entries())
      if (policy !== null) yield { path: `plan.experiments[${index}].arms[${place}].policy`, id: policy };
}

/** The newest version of a policy, by which cases open. */
function newest(policies: readonly Policy[], id: string): Policy | undefined {
  return policies
    .filter((policy) => policy.id === id)
    .reduce<Policy | undefined>(
      (best, one) => (best === undefined || one.version > best.version ? one : best),
      undefined,
    );
}

const emptyPolicy: RuleCheck = {
  id: 'empty-policy',
  severity: 'warning',
  description: 'Somebody is given a policy without stages, which looks like dunning and is none.',
  *check({ documents }) {
    for (const { path, id } of given(documents)) {
      const policy = newest(documents.policies, id);
      if (policy === undefined || policy.active === false || policy.stages.length > 0) continue;
      yield {
        path,
        message: `"${id}" has no stages, so nobody is reminded`,
        fix: 'write stages, or write null if nobody is to be reminded',
      };
    }
  },
};

const inactivePolicy: RuleCheck = {
  id: 'inactive-policy',
  severity: 'warning',
  description: 'Somebody is given a policy that is not active, and so gets what comes next in precedence.',
  *check({ documents }) {
    for (const { path, id } of given(documents)) {
      if (newest(documents.policies, id)?.active !== false) continue;
      yield {
        path,
        message: `"${id}" is not active, so this is passed over`,
        fix: 'name another policy, write null, or make it active',
      };
    }
  },
};

const pilotOfAll: RuleCheck = {
  id: 'pilot-of-all',
  severity: 'warning',
  description: 'A pilot takes nobody or everybody.',
  *check({ documents: { plan } }) {
    for (const [index, { pilot }] of (plan.assign ?? []).entries()) {
      if (pilot?.percent !== 0 && pilot?.percent !== 100) continue;
      yield {
        path: `plan.assign[${index}].pilot.percent`,
        message: `a pilot of ${pilot.percent} percent takes ${pilot.percent === 0 ? 'nobody' : 'everybody'}`,
        fix:
          pilot.percent === 0 ? 'raise it, or take the assignment out' : 'take pilot out: the test is over',
      };
    }
  },
};

const sameArms: RuleCheck = {
  id: 'same-arms',
  severity: 'warning',
  description: 'An experiment compares nothing: all who take part are treated alike.',
  *check({ documents: { plan } }) {
    for (const [index, { id, arms }] of (plan.experiments ?? []).entries()) {
      const policies = new Set(arms.filter((arm) => arm.weight > 0).map((arm) => arm.policy));
      if (policies.size > 1) continue;
      yield {
        path: `plan.experiments[${index}].arms`,
        message: `every account of "${id}" gets the same policy`,
        fix: 'give the arms different policies and weights above 0, or take the experiment out',
      };
    }
  },
};

const shadowedExperiment: RuleCheck = {
  id: 'shadowed-experiment',
  severity: 'error',
  description: 'Nobody takes part in an experiment: one above it takes everybody.',
  *check({ documents: { plan } }) {
    const experiments = plan.experiments ?? [];
    const all = experiments.findIndex(({ when }) => when === undefined);
    if (all < 0) return;
    for (const [index, { id }] of experiments.entries()) {
      if (index <= all) continue;
      yield {
        path: `plan.experiments[${index}]`,
        message: `"${experiments[all]?.id}" stands above and takes every account, so nobody is in "${id}"`,
        fix: 'say with when who takes part in the upper one, or change their order',
      };
    }
  },
};

const lossyAdopt: RuleCheck = {
  id: 'lossy-adopt',
  severity: 'warning',
  description: 'Running cases move to a new version that does not know stages that they may have done.',
  *check({ documents: { policies } }) {
    for (const [index, policy] of policies.entries()) {
      const { adopt = 'pin' } = policy;
      if (adopt === 'pin') continue;
      const map = typeof adopt === 'object' ? adopt.map : {};
      const known = new Set(policy.stages.map((stage) => stage.id));
      const lost = policies
        .filter((other) => other.id === policy.id && other.version < policy.version)
        .flatMap((other) => other.stages.map((stage) => stage.id))
        .filter((id) => !known.has(id) && !Object.hasOwn(map, id));
      if (lost.length === 0) continue;
      yield {
        path: `policies[${index}].adopt`,
        message: `"${[...new Set(lost)].join('", "')}" of an earlier version is no stage here, so a case that did it begins again before it`,
        fix: 'say in adopt.map which stages they count as',
      };
    }
  },
};

const mistypedRole: RuleCheck = {
  id: 'mistyped-role',
  severity: 'warning',
  description: 'A role looks like another one misspelt.',
  *check({ sends }) {
    const named = sends.flatMap(({ action, path }) => [
      ...(action.to === undefined ? [] : [{ role: action.to, path: `${path}.to` }]),
      ...(action.copy ?? []).map((role, place) => ({ role, path: `${path}.copy[${place}]` })),
    ]);
    const times = new Map<string, number>([['billing', Number.POSITIVE_INFINITY]]);
    for (const { role } of named) times.set(role, (times.get(role) ?? 0) + 1);
    for (const { role, path } of named) {
      const own = times.get(role) ?? 0;
      const meant = [...times].find(([other, often]) => often > own && isNear(role, other))?.[0];
      if (meant === undefined) continue;
      yield {
        path,
        message: `"${role}" looks like "${meant}"; a role that nobody has falls back to any contact`,
        fix: `write "${meant}", or another name if a role of its own is meant`,
      };
    }
  },
};

export const assignmentRules: readonly RuleCheck[] = [
  emptyPolicy,
  inactivePolicy,
  pilotOfAll,
  sameArms,
  shadowedExperiment,
  lossyAdopt,
  mistypedRole,
];
