import { type Day, parseDay, shiftDay } from '../calendar/index.js';
import type { Case } from '../ledger/file.js';
import type { CompiledPolicy, CompiledStage, Engine } from './compile.js';
import { isOver, isStageMark } from './marks.js';
import type { Schedule } from './schedule.js';
import type { Unit } from './units.js';
import { isEmpty, refusalOf, type Step } from './verdict.js';
import type { AccountView } from './view.js';

/** Every stage is over: repeat the last one, or wait out the last act, or be exhausted. */
export function afterLast(
  engine: Engine,
  policy: CompiledPolicy,
  view: AccountView,
  unit: Unit,
  { days, order }: Schedule,
  one: Case,
  floor: Day,
  undated: CompiledStage | undefined,
): Step {
  const { today } = view;
  if (one.state === 'exhausted')
    return { kind: 'wait', reason: 'exhausted', stage: undefined, day: undefined };
  const last = order.findLast((stage) => days[stage.index] !== undefined);
  let occurrence = 1;
  let lastDay = parseDay(one.opened);
  for (const mark of one.marks) {
    if (!isStageMark(mark) || !isOver(mark)) continue;
    if (mark.stage === last?.stage.id) occurrence = Math.max(occurrence, mark.occurrence);
    if (mark.state === 'done') lastDay = Math.max(lastDay, parseDay(mark.on));
  }
  const { repeat } = policy;
  if (last !== undefined && !isEmpty(last) && repeat !== undefined && occurrence <= repeat.times) {
    // Not before the stage's own day, which lies ahead again when the host has moved the due date.
    const own = days[last.index] ?? 0;
    const day = Math.max(shiftDay(lastDay, repeat.every, engine.calendar), own, floor);
    if (day > today) return { kind: 'wait', reason: 'not_yet', stage: last, day };
    const reason = refusalOf(view, unit, one, last);
    const tomorrow = last.timed ? today + 1 : undefined;
    if (reason !== undefined) return { kind: 'wait', reason, stage: last, day: tomorrow };
    return { kind: 'act', stage: last, occurrence: occurrence + 1, day: tomorrow };
  }
  if (undated !== undefined) return { kind: 'wait', reason: 'no_date', stage: undated, day: undefined };
  const over = repeat === undefined ? lastDay + 1 : shiftDay(lastDay, repeat.every, engine.calendar);
  if (today >= over) return { kind: 'exhaust', reason: 'last_stage_over' };
  return { kind: 'wait', reason: 'last_wait', stage: last, day: over };
}
