import type { Day } from '../calendar/index.js';
import type { Case } from '../ledger/file.js';
import type { CompiledPolicy, CompiledStage, Engine } from './compile.js';
import { isOver, latestMark, nextOccurrence } from './marks.js';
import { scheduleOf } from './schedule.js';
import { isUpcoming } from './trigger-days.js';
import type { Unit } from './units.js';

/**
 * After a pause with `resume: 'same'` or `'first'`: the stages that act anew,
 * with the occurrence that counts from now on. `same` is the last stage that
 * was done, `first` the whole ladder after the due date. Undefined where none
 * is: the next stage then comes next.
 */
export function turnsOnResume(
  engine: Engine,
  policy: CompiledPolicy,
  unit: Unit,
  one: Case,
  today: Day,
): Readonly<Record<string, number>> | undefined {
  if (policy.resume !== 'same' && policy.resume !== 'first') return undefined;
  const { days, order } = scheduleOf(engine, policy, unit, one, today);
  const again = order.filter((stage) => {
    const day = days[stage.index];
    const mark = latestMark(one, stage.stage.id);
    // A reminder for before the due date would be untrue now.
    return mark !== undefined && isOver(mark) && (day === undefined || !isUpcoming(unit, day));
  });
  const meant = policy.resume === 'first' ? again : lastDone(again, one);
  if (meant.length === 0) return undefined;
  return Object.fromEntries(meant.map(({ stage }) => [stage.id, nextOccurrence(one, stage.id)]));
}

function lastDone(stages: readonly CompiledStage[], one: Case): readonly CompiledStage[] {
  const last = stages.findLast(({ stage }) => {
    const mark = latestMark(one, stage.id);
    return mark?.state === 'done' || mark?.reason === 'done_before';
  });
  return last === undefined ? [] : [last];
}
