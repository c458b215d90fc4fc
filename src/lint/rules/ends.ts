import { triggersOf } from '../../policy/triggers.js';
import type { Action, Stage } from '../../policy/types.js';
import type { Ladder, LadderStage, LintContext } from '../context.js';
import { lengthOf } from '../days.js';
import type { Remark, RuleCheck } from '../finding.js';

/** Rules about what stages do beside writing, and how ladders end. */

/** Every action of every stage, with its place. */
function* actionsOf({ ladders }: LintContext): Generator<{
  readonly ladder: Ladder;
  readonly stage: LadderStage;
  readonly action: Action;
  readonly path: string;
}> {
  for (const ladder of ladders)
    for (const stage of ladder.stages)
      for (const [index, action] of stage.stage.do.entries())
        yield { ladder, stage, action, path: `${stage.path}.do[${index}]` };
}

/** Whether a stage acts whenever its day comes. */
function isSure({ when, min }: Stage): boolean {
  return when === undefined && min === undefined;
}

const stageAfterEnd: RuleCheck = {
  id: 'stage-after-end',
  severity: 'error',
  description: 'A stage can never act: one before it ends the case.',
  *check({ ladders }) {
    for (const { policy, stages } of ladders) {
      if (policy.level === 'state') continue;
      const end = stages.find(({ stage }) => isSure(stage) && stage.do.some((action) => 'close' in action));
      for (const stage of end === undefined ? [] : stages.slice(end.index + 1)) {
        yield {
          path: stage.path,
          message: `"${end?.stage.id}" ends the case before it`,
          fix: 'take close out of that stage, give it a condition, or take this stage out',
        };
      }
    }
  },
};

const handoverWithoutEnd: RuleCheck = {
  id: 'handover-without-end',
  severity: 'info',
  description: 'A debt is handed over, and the policy says nothing of how it ends if it comes back unpaid.',
  *check(context) {
    for (const { ladder, stage, action, path } of actionsOf(context)) {
      if (!('handover' in action) || ladder.policy.life !== undefined) continue;
      const later = ladder.stages.slice(stage.index + 1).flatMap((other) => other.stage.do);
      const exhausted = ladder.policy.on?.exhausted ?? [];
      if ([...stage.stage.do, ...later, ...exhausted].some(isEnd)) continue;
      yield {
        path,
        message: 'nothing follows should the debt come back unpaid',
        fix: 'propose to write it off in a later stage or in on.exhausted, or limit the life of the case with life',
      };
    }
  },
};

function isEnd(action: object): boolean {
  return 'writeOff' in action || 'close' in action || 'task' in action;
}

const repeatedEffect: RuleCheck = {
  id: 'repeated-effect',
  severity: 'warning',
  description: 'A stage wants a state of the host that an earlier one has turned on already.',
  *check(context) {
    for (const { ladder, stage, action, path } of actionsOf(context)) {
      // By state each level says for itself what it wants.
      if (!('effect' in action) || ladder.policy.level === 'state') continue;
      const before = ladder.stages
        .slice(0, stage.index)
        .find((other) => other.stage.do.some((one) => 'effect' in one && one.effect === action.effect));
      if (before === undefined || !isSure(before.stage)) continue;
      yield {
        path,
        message: `"${before.stage.id}" turns "${action.effect}" on before, and it stays on until the case is settled`,
        fix: 'leave it to one of the two stages',
      };
    }
  },
};

const effectOutlivesCase: RuleCheck = {
  id: 'effect-outlives-case',
  severity: 'warning',
  description: 'A case is ended while what it turned on stays on until the debt is settled.',
  *check(context) {
    for (const { ladder, stage, action, path } of actionsOf(context)) {
      if (!('close' in action) || ladder.policy.level === 'state') continue;
      const on = ladder.stages
        .slice(0, stage.index + 1)
        .flatMap((other) => other.stage.do)
        .flatMap((one) => ('effect' in one ? [one.effect] : []));
      if (on.length === 0) continue;
      yield {
        path,
        message: `nobody is reminded any more, but "${on.join('", "')}" stays on until the debt is settled`,
        fix: 'give somebody a task to decide what becomes of it, or leave the effect out',
      };
    }
  },
};

const approvalWithoutLapse: RuleCheck = {
  id: 'approval-without-lapse',
  severity: 'warning',
  description: 'A stage waits for a person without limit: the ladder stands still until somebody looks.',
  *check({ ladders }) {
    for (const { policy, stages } of ladders) {
      for (const { stage, path, sends } of stages) {
        const mode = stage.mode ?? policy.mode ?? 'auto';
        if (mode === 'auto' || sends.length === 0 || stage.lapses !== undefined) continue;
        if (policy.proposed === 'supersede' && stages.at(-1)?.stage !== stage) continue;
        yield {
          path,
          message: `waits ${mode === 'task' ? 'to be done' : 'for approval'} for as long as nobody looks, and every later stage with it`,
          fix: 'write lapses, such as "5d", or proposed: "supersede"',
        };
      }
    }
  },
};

const modeWithoutMessage: RuleCheck = {
  id: 'mode-without-message',
  severity: 'warning',
  description:
    'A stage is to be approved or done by hand, but what it gives is a task, which is done by hand as it is.',
  *check({ ladders }) {
    for (const { stage, path, sends } of ladders.flatMap((ladder) => ladder.stages)) {
      if (stage.mode === undefined || stage.mode === 'auto' || sends.length > 0) continue;
      if (!stage.do.some((action) => 'task' in action)) continue;
      yield {
        path: `${path}.mode`,
        message: `${stage.mode} is about messages and what the host does; this stage gives a person a task as it is`,
        fix: 'take mode out, or give the stage a message',
      };
    }
  },
};

const climbsByRuns: RuleCheck = {
  id: 'climbs-by-runs',
  severity: 'warning',
  description: 'Stages come with runs on request, so that nothing happens by itself.',
  *check({ ladders }) {
    for (const { policy, path, stages } of ladders) {
      if (policy.climb !== true || stages.length === 0) continue;
      yield {
        path: `${path}.climb`,
        message: 'nobody is reminded unless you request a review, and two requests on one day are two stages',
        fix: 'request a review as often as a stage is to follow, or take climb out',
      };
    }
  },
};

const unusedDeadline: RuleCheck = {
  id: 'unused-deadline',
  severity: 'warning',
  description: 'A stage has a payment deadline from which no stage counts.',
  *check({ ladders, documents }) {
    const moved = new Set((documents.plan.adjust ?? []).flatMap((one) => Object.keys(one.stages ?? {})));
    for (const { policy, stages } of ladders) {
      for (const { stage, path, index } of stages) {
        const next = stages[index + 1]?.stage;
        // After the last stage the deadline says how long the last act is waited for.
        if (stage.deadline === undefined || next === undefined || moved.has(next.id)) continue;
        if (triggersOf(next).some((trigger) => trigger.of === 'deadline')) continue;
        yield {
          path: `${path}.deadline`,
          message: `"${next.id}", which follows, does not count from it`,
          fix: 'let it count from { from: "previous", of: "deadline" }, or take the deadline out',
        };
      }
      yield* deadlineBeforeRepeat(policy.last?.repeat, stages.at(-1));
    }
  },
};

function* deadlineBeforeRepeat(repeat: string | undefined, last: LadderStage | undefined): Generator<Remark> {
  if (repeat === undefined || last?.stage.deadline === undefined) return;
  if (lengthOf(repeat).last >= lengthOf(last.stage.deadline).first) return;
  yield {
    path: `${last.path}.deadline`,
    message: `the stage is repeated every ${repeat}, before its own deadline of ${last.stage.deadline} is over`,
    fix: 'repeat it less often, or shorten the deadline',
  };
}

export const endRules: readonly RuleCheck[] = [
  stageAfterEnd,
  handoverWithoutEnd,
  repeatedEffect,
  effectOutlivesCase,
  approvalWithoutLapse,
  modeWithoutMessage,
  climbsByRuns,
  unusedDeadline,
];
