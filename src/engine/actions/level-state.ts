import type { Day } from '../../calendar/index.js';
import type { Case } from '../../ledger/file.js';
import type { CompiledPolicy, CompiledStage, Engine } from '../compile.js';
import { isBusy, isOver, markOf } from '../marks.js';
import { scheduleOf } from '../schedule.js';
import type { Unit } from '../units.js';
import { refusalOf, type Verdict } from '../verdict.js';
import type { AccountView } from '../view.js';

/** The level that holds now and what it does. */
export interface StateVerdict {
  /** The severest stage whose day has come and whose conditions hold. */
  readonly level: CompiledStage | undefined;
  readonly verdict: Verdict;
}

/**
 * `level: 'state'`: the level is the severest stage (the last in the document)
 * whose conditions hold now. It moves both ways. A stage acts when its level is
 * entered, once per opening, however often the level is left and entered.
 */
export function stateVerdict(
  engine: Engine,
  policy: CompiledPolicy,
  view: AccountView,
  unit: Unit,
  one: Case,
): StateVerdict {
  const { days } = scheduleOf(engine, policy, unit, one, view.today);
  let level: CompiledStage | undefined;
  let day: Day | undefined;
  for (const stage of policy.stages) {
    const own = days[stage.index];
    if (own !== undefined && own > view.today) {
      day = Math.min(day ?? own, own);
      continue;
    }
    if (stage.timed) day = view.today + 1;
    if (own !== undefined && refusalOf(engine, policy, view, unit, one, stage) === undefined) level = stage;
  }
  const skips: [] = [];
  if (level === undefined)
    return { level, verdict: { kind: 'wait', reason: 'no_level', stage: undefined, day, skips } };
  const known = markOf(one, level.stage.id, 1);
  if (known !== undefined && isBusy(known)) {
    const reason = known.state === 'unknown' ? 'act_unknown' : 'act_pending';
    return { level, verdict: { kind: 'wait', reason, stage: level, day, skips } };
  }
  if (known !== undefined && isOver(known))
    return { level, verdict: { kind: 'wait', reason: 'level_holds', stage: level, day, skips } };
  return { level, verdict: { kind: 'act', stage: level, occurrence: 1, day, skips } };
}
