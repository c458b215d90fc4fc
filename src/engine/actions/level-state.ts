import type { Day } from '../../calendar/index.js';
import type { Case } from '../../ledger/file.js';
import { askedVerdict } from '../asked.js';
import { bounded } from '../bounds.js';
import type { CompiledPolicy, CompiledStage, Engine } from '../compile.js';
import { isBusy, isOver, latestMark, markOf, turnOf } from '../marks.js';
import { isExpired, lastDayOf, type Schedule, scheduleOf } from '../schedule.js';
import type { StageNote, StageState } from '../stage-state.js';
import type { Unit } from '../units.js';
import { isTimedStage, type Refusal, refusalOf, type Verdict } from '../verdict.js';
import type { AccountView } from '../view.js';
import { needsPerson } from './reason-tasks.js';

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
  note?: StageNote,
): StateVerdict {
  const schedule = scheduleOf(engine, policy, unit, one, view.today);
  let level: CompiledStage | undefined;
  /** A severer level that would hold, were it not for something that a person is to see to. */
  let barred: { readonly stage: CompiledStage; readonly refusal: Refusal } | undefined;
  let day: Day | undefined;
  const lookAgain = (on: Day | undefined): void => {
    if (on !== undefined) day = Math.min(day ?? on, on);
  };
  for (const stage of policy.stages) {
    const own = schedule.days[stage.index];
    if (own !== undefined && own > view.today) {
      lookAgain(own);
      continue;
    }
    if (isExpired(engine, stage, unit, own, view.today)) continue;
    if (isTimedStage(engine, policy, stage)) lookAgain(view.today + 1);
    if (own === undefined) continue;
    const refusal = refusalOf(engine, policy, view, unit, one, stage);
    if (refusal !== undefined) {
      if (needsPerson(refusal) && wouldHold(policy, view, unit, one, stage)) barred = { stage, refusal };
      continue;
    }
    level = stage;
    barred = undefined;
    const last = lastDayOf(engine, stage, unit, own);
    lookAgain(last === undefined ? undefined : last + 1);
  }
  // Where the level decides about itself it moves once a day at most, or it would never come to rest.
  if (level?.stage.id !== one.level && one.levelOn === view.on && policy.stages.some(asksLevel)) {
    level = one.level === undefined ? undefined : policy.byId.get(one.level);
    lookAgain(view.today + 1);
  }
  if (note !== undefined) noteLevels(engine, policy, view, unit, one, schedule, level, note);
  const asked = askedVerdict(engine, policy, view, unit, one, schedule, []);
  const busy = asked?.kind === 'act' ? busyWith(one, asked.stage, day) : undefined;
  const own = busy ?? asked ?? levelVerdict(one, level, day);
  const rests = own.kind === 'wait' && (own.reason === 'no_level' || own.reason === 'level_holds');
  const verdict: Verdict =
    rests && barred !== undefined ? { ...own, reason: barred.refusal, stage: barred.stage } : own;
  return { level, verdict: bounded(engine, policy, view, unit, one, verdict) };
}

/** What keeps each level from being that of now. */
function noteLevels(
  engine: Engine,
  policy: CompiledPolicy,
  view: AccountView,
  unit: Unit,
  one: Case,
  { days }: Schedule,
  level: CompiledStage | undefined,
  note: StageNote,
): void {
  for (const stage of policy.stages) {
    const day = days[stage.index];
    const mark = latestMark(one, stage.stage.id);
    let state: StageState;
    if (stage.stage.id === one.asked) state = 'due';
    else if (mark !== undefined && (isOver(mark) || isBusy(mark))) state = mark.state;
    else if (day === undefined) state = stage.follower ? 'later' : 'no_date';
    else if (day > view.today) state = 'later';
    else if (isExpired(engine, stage, unit, day, view.today)) state = 'expired';
    else {
      const held = level === undefined || stage === level ? 'due' : 'superseded';
      state = refusalOf(engine, policy, view, unit, one, stage) ?? held;
    }
    note(stage, state, day, mark);
  }
}

/** Whether the condition of a stage holds, whatever else keeps it from acting. */
function wouldHold(
  policy: CompiledPolicy,
  view: AccountView,
  unit: Unit,
  one: Case,
  { test }: CompiledStage,
): boolean {
  return test === undefined || test({ view, unit, case: one, policy });
}

function asksLevel({ ofLevel }: CompiledStage): boolean {
  return ofLevel;
}

/** What is under way is not begun again, whoever asks for it. */
function busyWith(one: Case, stage: CompiledStage, day: Day | undefined): Verdict | undefined {
  const known = latestMark(one, stage.stage.id);
  if (known === undefined || !isBusy(known)) return undefined;
  const reason = known.state === 'unknown' ? 'act_unknown' : 'act_pending';
  return { kind: 'wait', reason, stage, day, skips: [] };
}

function levelVerdict(one: Case, level: CompiledStage | undefined, day: Day | undefined): Verdict {
  const skips: [] = [];
  if (level === undefined) return { kind: 'wait', reason: 'no_level', stage: undefined, day, skips };
  const busy = busyWith(one, level, day);
  if (busy !== undefined) return busy;
  const occurrence = turnOf(one, level.stage.id);
  const known = markOf(one, level.stage.id, occurrence);
  if (known !== undefined && isOver(known))
    return { kind: 'wait', reason: 'level_holds', stage: level, day, skips };
  return { kind: 'act', stage: level, occurrence, day, skips };
}
