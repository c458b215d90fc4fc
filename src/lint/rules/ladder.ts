import { mainTrigger, triggersOf } from '../../policy/triggers.js';
import type { Action } from '../../policy/types.js';
import { required } from '../conditions.js';
import { type Ladder, type LadderStage, severityOfTone } from '../context.js';
import { lengthOf } from '../days.js';
import type { RuleCheck } from '../finding.js';

/** Rules about one ladder: what a reader of a policy would notice when it is drawn as a timeline. */

const overdue = (ladder: Ladder): readonly LadderStage[] =>
  ladder.stages.filter((stage) => stage.sends.length > 0 && (stage.day === undefined || stage.day.last > 0));

const singleTouch: RuleCheck = {
  id: 'single-touch',
  severity: 'warning',
  description: 'A policy writes only once after the due date and then gives up.',
  *check({ ladders }) {
    for (const ladder of ladders) {
      const found = overdue(ladder);
      if (found.length !== 1 || ladder.policy.last?.repeat !== undefined) continue;
      yield {
        path: `${found[0]?.path}`,
        message: 'this is the only message after the due date',
        fix: 'add a firmer stage after it, or repeat it with last',
      };
    }
  },
};

const singleChannel: RuleCheck = {
  id: 'single-channel',
  severity: 'warning',
  description: 'A policy knows only one channel, so one wrong address silences it.',
  *check({ ladders }) {
    for (const ladder of ladders) {
      const sends = ladder.stages.flatMap((stage) => stage.sends);
      const channels = new Set(sends.flatMap((send) => send.channels));
      const [only] = channels;
      if (channels.size !== 1 || sends.length === 0) continue;
      yield {
        path: ladder.policy.via === undefined ? ladder.path : `${ladder.path}.via`,
        message: `every message goes by ${only} alone; whoever cannot be reached there hears nothing`,
        fix: 'add a second channel to via',
      };
    }
  },
};

const fallingTone: RuleCheck = {
  id: 'falling-tone',
  severity: 'error',
  description: 'The tone of a policy gets milder as days pass.',
  *check({ ladders }) {
    for (const { byDay } of ladders) {
      for (let i = 1; i < byDay.length; i++) {
        const [before, now] = [byDay[i - 1], byDay[i]];
        if (before === undefined || now === undefined) continue;
        if (severityOfTone[now.stage.tone] >= severityOfTone[before.stage.tone]) continue;
        yield {
          path: `${now.path}.tone`,
          message: `${now.stage.tone} comes after ${before.stage.tone} ("${before.stage.id}")`,
          fix: `raise the tone to ${before.stage.tone}, or change the order of the stages`,
        };
      }
    }
  },
};

const unreachableStage: RuleCheck = {
  id: 'unreachable-stage',
  severity: 'error',
  description:
    'A stage can never act: another one is always preferred, or its condition contradicts its day.',
  *check({ ladders }) {
    for (const ladder of ladders) {
      // Of levels by state, and of steps that runs ask for, another rule speaks.
      if (ladder.policy.level === 'state' || ladder.policy.climb === true) continue;
      for (const stage of ladder.stages) {
        const winner = ladder.policy.late === 'each' ? undefined : winnerOver(ladder, stage);
        if (winner !== undefined) {
          yield {
            path: stage.path,
            message: `"${winner.stage.id}" acts on the same day and comes after it, so this never does`,
            fix: 'move one of them to another day, or put both actions into one stage',
          };
        } else if (contradictsDay(stage)) {
          yield {
            path: `${stage.path}.when`,
            message: 'the condition asks for days past due that are over when the stage acts',
            fix: 'correct the condition or the trigger',
          };
        }
      }
    }
  },
};

function winnerOver(ladder: Ladder, stage: LadderStage): LadderStage | undefined {
  return ladder.stages.find(
    (other) =>
      comesAfter(other, stage) &&
      isPlain(stage) &&
      isPlain(other) &&
      other.stage.when === undefined &&
      other.stage.min === undefined &&
      mainTrigger(stage.stage).from !== 'previous' &&
      sameDay(stage, other),
  );
}

/** Of one day the higher rank comes later, then the later in the document. */
function comesAfter(a: LadderStage, b: LadderStage): boolean {
  return ((a.stage.rank ?? 0) - (b.stage.rank ?? 0) || a.index - b.index) > 0;
}

/** Has one trigger that nothing but its offset moves. */
function isPlain({ stage }: LadderStage): boolean {
  const [trigger, ...others] = triggersOf(stage);
  return others.length === 0 && trigger?.endOfMonth !== true && trigger?.exclusive !== true;
}

function sameDay(a: LadderStage, b: LadderStage): boolean {
  const [x, y] = [mainTrigger(a.stage), mainTrigger(b.stage)];
  if (x.from !== y.from || (x.businessDay ?? 'as-is') !== (y.businessDay ?? 'as-is')) return false;
  const exact = (text: string | undefined, sign: number) => {
    const { first, last } = lengthOf(text);
    return first === last ? sign * first : text;
  };
  const offset = (at: typeof x) => (at.minus === undefined ? exact(at.plus, 1) : exact(at.minus, -1));
  return offset(x) === offset(y);
}

/** Whether a condition that must hold rules out every day from the stage's on. */
function contradictsDay({ stage, day }: LadderStage): boolean {
  if (day === undefined || stage.when === undefined) return false;
  return required(stage.when).some((one) => {
    if (one.fact !== 'item.daysPastDue') return false;
    const atMost = [one.eq, one.lte, typeof one.lt === 'number' ? one.lt - 1 : undefined];
    return atMost.some((most) => typeof most === 'number' && most < day.first);
  });
}

const lateFirstReminder: RuleCheck = {
  id: 'late-first-reminder',
  severity: 'warning',
  description: 'The first message after the due date comes late.',
  *check({ ladders }) {
    for (const ladder of ladders) {
      const first = ladder.byDay.find((stage) => stage.sends.length > 0 && stage.day.last > 0);
      if (first === undefined || first.day.first <= 10) continue;
      yield {
        path: `${first.path}.at`,
        message: `the first message after the due date comes ${first.day.first} days late`,
        fix: 'remind within ten days, or add a friendly stage before it',
      };
    }
  },
};

const longSilence: RuleCheck = {
  id: 'long-silence',
  severity: 'warning',
  description: 'More than 45 days pass between two stages after the due date.',
  *check({ ladders }) {
    for (const { byDay } of ladders) {
      for (let i = 1; i < byDay.length; i++) {
        const [before, now] = [byDay[i - 1], byDay[i]];
        if (before === undefined || now === undefined || now.day.first <= 0) continue;
        const days = now.day.first - Math.max(before.day.last, 0);
        if (days <= 45) continue;
        yield {
          path: `${now.path}.at`,
          message: `nothing happens for ${days} days after "${before.stage.id}"`,
          fix: 'add a stage in between',
        };
      }
    }
  },
};

const idleStage: RuleCheck = {
  id: 'idle-stage',
  severity: 'error',
  description: 'A stage does nothing.',
  *check({ ladders }) {
    for (const stage of ladders.flatMap((ladder) => ladder.stages)) {
      if (stage.stage.do.length > 0) continue;
      yield {
        path: `${stage.path}.do`,
        message: 'the stage has nothing to do, yet counts as done',
        fix: 'give it a message or a task, or take it out',
      };
    }
  },
};

const sternBeforeDue: RuleCheck = {
  id: 'stern-before-due',
  severity: 'error',
  description: 'A stage before or on the due date is not friendly.',
  *check({ ladders }) {
    for (const stage of ladders.flatMap((ladder) => ladder.stages)) {
      if (stage.day === undefined || stage.day.last > 0 || stage.stage.tone === 'friendly') continue;
      yield {
        path: `${stage.path}.tone`,
        message: `nothing is late yet, but the tone is ${stage.stage.tone}`,
        fix: 'make it friendly',
      };
    }
  },
};

const deadEnd: RuleCheck = {
  id: 'dead-end',
  severity: 'warning',
  description: 'After the last stage an open item is left with nobody.',
  *check({ ladders }) {
    for (const { policy, stages } of ladders) {
      const last = stages.at(-1);
      // A level by state holds on; it has no last stage.
      if (last === undefined || policy.level === 'state') continue;
      if (policy.last?.repeat !== undefined || (policy.on?.exhausted ?? []).length > 0) continue;
      if (last.stage.do.some(goesOn)) continue;
      yield {
        path: last.path,
        message: 'when this last stage brings no payment, nothing and nobody follows',
        fix: 'add a task for a person to the last stage, repeat it with last, or react with on.exhausted',
      };
    }
  },
};

/** Whether somebody takes over, or the end is meant. */
function goesOn(action: Action): boolean {
  return 'task' in action || 'handover' in action || 'writeOff' in action || 'close' in action;
}

const disorderedStages: RuleCheck = {
  id: 'disordered-stages',
  severity: 'warning',
  description: 'The order of stages in the document is not the order of their days.',
  *check({ ladders }) {
    for (const { stages } of ladders) {
      const known = stages.filter((stage) => stage.day !== undefined);
      for (let i = 1; i < known.length; i++) {
        const [before, now] = [known[i - 1], known[i]];
        if (before?.day === undefined || now?.day === undefined || now.day.last >= before.day.first) continue;
        yield {
          path: now.path,
          message: `acts before "${before.stage.id}", which stands above it`,
          fix: 'write stages in the order of their days, so that "previous" means what a reader thinks',
        };
      }
    }
  },
};

export const ladderRules: readonly RuleCheck[] = [
  singleTouch,
  singleChannel,
  fallingTone,
  unreachableStage,
  lateFirstReminder,
  longSilence,
  idleStage,
  sternBeforeDue,
  deadEnd,
  disorderedStages,
];
