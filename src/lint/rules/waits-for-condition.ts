import { canonicalJson } from '../../policy/canonical.js';
import { triggersOf } from '../../policy/triggers.js';
import type { Condition, Policy, Stage } from '../../policy/types.js';
import { comesByItself } from '../conditions.js';
import { lengthOf } from '../days.js';
import type { RuleCheck } from '../finding.js';

export const waitsForCondition: RuleCheck = {
  id: 'waits-for-condition',
  severity: 'warning',
  description:
    'A stage counts from the one before it, whose condition may never hold, and so may wait for ever.',
  *check({ ladders }) {
    for (const { policy, stages } of ladders) {
      // Of levels by state each holds for itself; runs on request bring a stage whatever its day.
      if (policy.level === 'state' || policy.climb === true) continue;
      for (const { stage, path, index } of stages) {
        const before = stages[index - 1]?.stage;
        if (before === undefined || !waitsFor(stage)) continue;
        const what = hindrance(before, stage);
        if (what === undefined || isPassedOver(before, index - 1, policy)) continue;
        // What surely acts on a day of its own passes both over.
        if (stages.slice(index + 1).some((one) => isSure(one.stage) && !waitsFor(one.stage))) continue;
        yield {
          path: `${path}.at`,
          message: `counts from "${before.id}", and waits with it for as long as ${what}`,
          fix: `ask for the same here, let "${before.id}" expire with expires, or give this stage a day of its own`,
        };
      }
    }
  },
};

/** Whether a stage has no day before the one before it is over. */
function waitsFor({ at }: Stage): boolean {
  const bases = triggersOf({ at }).map(({ from }) => from);
  return at !== undefined && 'any' in at
    ? bases.every((from) => from === 'previous')
    : bases.includes('previous');
}

function isSure({ when, min }: Stage): boolean {
  return when === undefined && min === undefined;
}

/** What may keep a stage back for ever, and would not keep the next one back as well. */
function hindrance(before: Stage, next: Stage): string | undefined {
  const asked = new Set(parts(next.when).map(canonicalJson));
  const own = parts(before.when).filter((one) => !comesByItself(one) && !asked.has(canonicalJson(one)));
  if (own.length > 0) return 'that one’s condition does not hold';
  const { min } = before;
  const same =
    min === undefined || (next.min !== undefined && canonicalJson(min) === canonicalJson(next.min));
  return same ? undefined : 'the debt is below that one’s min';
}

function parts(condition: Condition | undefined): readonly Condition[] {
  if (condition === undefined) return [];
  return 'all' in condition ? condition.all.flatMap(parts) : [condition];
}

/** Whether a stage is over without having acted, or is meant to be waited for. */
function isPassedOver(stage: Stage, index: number, { late }: Policy): boolean {
  // A ladder that begins with what may happen on any day begins when it does.
  if (stage.at === undefined) return index === 0 || stage.expires !== undefined;
  if (late === 'drop' || stage.expires !== undefined) return true;
  return stage.keep !== true && isBeforeDue(stage);
}

/** Whether a stage is over on the due date. */
function isBeforeDue({ at }: Stage): boolean {
  const early = triggersOf({ at }).map(
    ({ from, minus, endOfMonth }) => from === 'due' && lengthOf(minus).first > 0 && endOfMonth !== true,
  );
  return at !== undefined && 'any' in at ? early.includes(true) : !early.includes(false);
}
