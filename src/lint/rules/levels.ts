import type { Condition } from '../../policy/types.js';
import { contradiction } from '../conditions.js';
import type { LadderStage } from '../context.js';
import { lengthOf } from '../days.js';
import type { RuleCheck } from '../finding.js';

/** Rules about what stages ask for: conditions, levels, grace. */

const contradictoryCondition: RuleCheck = {
  id: 'contradictory-condition',
  severity: 'error',
  description: 'A condition asks for what can never be at once, so it never holds.',
  *check({ documents: { plan }, ladders }) {
    const places: { readonly path: string; readonly parts: readonly (Condition | undefined)[] }[] = [
      ...(plan.segments ?? []).map(({ when }, index) => ({
        path: `plan.segments[${index}].when`,
        parts: [when],
      })),
      ...(plan.experiments ?? []).map(({ when }, index) => ({
        path: `plan.experiments[${index}].when`,
        parts: [when],
      })),
      ...ladders.map(({ policy, path }) => ({ path: `${path}.scope`, parts: [policy.scope] })),
      ...ladders.flatMap(({ policy, stages }) =>
        stages.flatMap(({ stage, path }) =>
          // What is out of scope never comes to a stage. Of a group the scope asks each item, the stage the whole.
          stage.when === undefined
            ? []
            : [{ path: `${path}.when`, parts: [stage.when, isGroup(policy) ? undefined : policy.scope] }],
        ),
      ),
    ];
    for (const { path, parts } of places) {
      const fact = contradiction(parts.flatMap((part) => part ?? []));
      if (fact === undefined) continue;
      yield {
        path,
        message: `what it asks of ${fact} can never be at once`,
        fix: 'correct the values, or put the parts under any',
      };
    }
  },
};

function isGroup({ unit }: { readonly unit?: unknown }): boolean {
  return typeof unit === 'object';
}

const unreachableLevel: RuleCheck = {
  id: 'unreachable-level',
  severity: 'error',
  description: 'A level by state never holds: a severer one always does when it could.',
  *check({ ladders }) {
    for (const { policy, stages } of ladders) {
      if (policy.level !== 'state') continue;
      for (const stage of stages) {
        const winner = stages.find((other) => other.index > stage.index && alwaysWith(other, stage));
        if (winner === undefined) continue;
        yield {
          path: stage.path,
          message: `"${winner.stage.id}", which is severer, asks for nothing more, so this never is the level`,
          fix: 'give the severer stage a condition or a later day, or put them in the other order',
        };
      }
    }
  },
};

/** Whether a stage surely holds whenever another one does. */
function alwaysWith(other: LadderStage, stage: LadderStage): boolean {
  if (other.stage.when !== undefined || other.stage.min !== undefined) return false;
  if (other.stage.at === undefined) return true;
  if (stage.day === undefined || other.day === undefined) return false;
  return other.day.last <= stage.day.first;
}

const levelsOutOfOrder: RuleCheck = {
  id: 'levels-out-of-order',
  severity: 'warning',
  description: 'The numbers of levels fall as the ladder goes up.',
  *check({ ladders }) {
    for (const { stages } of ladders) {
      let highest: { readonly level: number; readonly id: string } | undefined;
      for (const { stage, path, index } of stages) {
        const level = stage.level ?? index + 1;
        if (highest !== undefined && level < highest.level) {
          yield {
            path: `${path}.level`,
            message: `is level ${level}, but "${highest.id}" before it is level ${highest.level}`,
            fix: 'number every stage, from the mildest to the severest',
          };
        } else highest = { level, id: stage.id };
      }
    }
  },
};

const graceHoldsStage: RuleCheck = {
  id: 'grace-holds-stage',
  severity: 'warning',
  description: 'A stage is meant for a day on which grace still keeps it back.',
  *check({ ladders }) {
    for (const { policy, stages } of ladders) {
      const grace = lengthOf(policy.grace).last;
      if (grace === 0) continue;
      for (const { stage, path } of stages) {
        const { at } = stage;
        if (at === undefined || !('from' in at) || at.from !== 'due') continue;
        const meant = lengthOf(at.plus);
        if (meant.last === 0 || meant.last > grace) continue;
        yield {
          path: `${path}.at`,
          message: `is meant for ${at.plus} after the due date, but a grace of ${policy.grace} keeps it back until day ${grace + 1}`,
          fix: 'shorten the grace, count from { from: "grace" }, or move the stage past it',
        };
      }
    }
  },
};

export const levelRules: readonly RuleCheck[] = [
  contradictoryCondition,
  unreachableLevel,
  levelsOutOfOrder,
  graceHoldsStage,
];
