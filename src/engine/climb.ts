import { type Day, formatDay, parseDay } from '../calendar/index.js';
import type { Case, StageMark } from '../ledger/file.js';
import { askedVerdict, noteAsked } from './asked.js';
import { bounded, earlier } from './bounds.js';
import type { CompiledPolicy, CompiledStage, Engine } from './compile.js';
import { afterLast } from './last-stage.js';
import { isBusy, isDelayed, isStageMark, latestMark, markOf, stageOfMark, turnOf } from './marks.js';
import { plainStep } from './plain-step.js';
import { ahead, isExpired, isHeldByGrace, lastDayOf, type Schedule, scheduleOf } from './schedule.js';
import type { StageNote, StageState } from './stage-state.js';
import { awaitsDelivery } from './trigger-days.js';
import type { Unit } from './units.js';
import {
  isEmpty,
  isTimedRefusal,
  isTimedStage,
  type Refusal,
  refusalOf,
  type Skip,
  type Verdict,
} from './verdict.js';
import type { AccountView } from './view.js';

export type { StageNote, StageState } from './stage-state.js';

const none: readonly Skip[] = [];

interface Blocked {
  readonly stage: CompiledStage;
  readonly reason: Refusal;
  readonly timed: boolean;
}

/** What a case does today. */
export function climb(
  engine: Engine,
  policy: CompiledPolicy,
  view: AccountView,
  unit: Unit,
  one: Case,
  note?: StageNote,
): Verdict {
  const verdict = bounded(engine, policy, view, unit, one, nextStep(engine, policy, view, unit, one, note));
  const busy = busyMark(policy, one, verdict);
  if (busy === undefined) return verdict;
  const reason = busy.state === 'unknown' ? 'act_unknown' : 'act_pending';
  const stage = policy.byId.get(stageOfMark(busy));
  // Nothing is decided meanwhile, not even what is over by itself: the act may be of that very stage.
  return { kind: 'wait', reason, stage, day: undefined, skips: none };
}

/** The first mark whose act is under way, so that nothing else is decided. */
function busyMark(policy: CompiledPolicy, { marks }: Case, verdict: Verdict): StageMark | undefined {
  // Where the policy holds only the act of which nobody knows, the ladder has passed its stage.
  const passes = policy.policy.unknown === 'act';
  for (let index = 0; index < marks.length; index++) {
    const mark = marks[index]!;
    if (isBusy(mark) && !(passes && mark.state === 'unknown') && !belongsTo(mark, verdict)) return mark;
  }
  return undefined;
}

/** A stage that contact rules moved onto or past the day of the next one, and that keeps its turn. */
function wasPushed(one: Case, { stage }: CompiledStage): boolean {
  return isDelayed(latestMark(one, stage.id));
}

/** A second message of a stage that is under way does not keep the stage itself from acting. */
function belongsTo(mark: StageMark, verdict: Verdict): boolean {
  if (verdict.kind !== 'act' || isStageMark(mark)) return false;
  return stageOfMark(mark) === verdict.stage.stage.id && mark.occurrence === verdict.occurrence;
}

/** The verdict when these stages are over as of today: a stage that counts from one of them has a day now. */
function onceOver(
  skips: readonly Skip[],
  engine: Engine,
  policy: CompiledPolicy,
  view: AccountView,
  unit: Unit,
  one: Case,
  note: StageNote | undefined,
): Verdict {
  const on = formatDay(view.today);
  const others: StageNote | undefined =
    note && ((stage, ...rest) => skips.some((skip) => skip.stage === stage) || note(stage, ...rest));
  const marks = skips.map(({ stage, reason }): StageMark => {
    const { id } = stage.stage;
    const occurrence = turnOf(one, id);
    const known = markOf(one, id, occurrence) ?? { tried: [], revision: 0 };
    return { ...known, stage: id, occurrence, state: 'skipped', on, reason };
  });
  const kept = one.marks.filter(
    (mark) => !marks.some((other) => other.stage === mark.stage && other.occurrence === mark.occurrence),
  );
  const verdict = nextStep(engine, policy, view, unit, { ...one, marks: [...kept, ...marks] }, others);
  return { ...verdict, skips: [...skips, ...verdict.skips] };
}

function nextStep(
  engine: Engine,
  policy: CompiledPolicy,
  view: AccountView,
  unit: Unit,
  one: Case,
  note: StageNote | undefined,
): Verdict {
  const { today } = view;
  if (note === undefined) {
    const plain = plainStep(engine, policy, view, unit, one);
    if (plain !== undefined) return plain;
  }
  const schedule = scheduleOf(engine, policy, unit, one, today);
  const rest = ahead(engine, schedule, unit, one);
  if (note !== undefined) notePassed(schedule, rest, one, note);

  const asked = askedVerdict(engine, policy, view, unit, one, schedule, rest);
  if (asked !== undefined) {
    if (note !== undefined) noteAsked(asked, schedule, rest, one, note);
    return asked;
  }

  // The restart gap after a pause: nothing acts before it is over.
  const floor = one.notBefore === undefined ? 0 : parseDay(one.notBefore);
  const skips: Skip[] = [];
  const due: CompiledStage[] = [];
  const blocked: Blocked[] = [];
  let later: { stage: CompiledStage; day: Day } | undefined;
  let undated: CompiledStage | undefined;
  let onRequest: CompiledStage | undefined;
  /** The first day on which a stage that could act now is over. */
  let lapse: Day | undefined;
  for (const stage of rest) {
    const own = schedule.days[stage.index];
    const day = own === undefined ? undefined : Math.max(own, floor);
    let state: StageState;
    if (day === undefined) {
      undated ??= stage;
      if (policy.climb && stage.follower) onRequest ??= stage;
      state = stage.follower ? 'later' : 'no_date';
    } else if (isExpired(engine, stage, unit, own, today)) {
      skips.push({ stage, reason: 'expired' });
      state = 'expired';
    } else if (policy.climb) {
      onRequest ??= stage;
      const last = lastDayOf(engine, stage, unit, own);
      if (last !== undefined) lapse = earlier(lapse, last + 1);
      state = 'later';
    } else if (day > today) {
      if (later === undefined || day < later.day) later = { stage, day };
      state = 'later';
      // All that follow are later still.
      if (policy.ascending && note === undefined) break;
    } else if (policy.late === 'drop' && day < today && !stage.anytime) {
      skips.push({ stage, reason: 'missed' });
      state = 'missed';
    } else {
      const reason = refusalOf(engine, policy, view, unit, one, stage);
      if (reason === undefined) due.push(stage);
      else blocked.push({ stage, reason, timed: isTimedRefusal(engine, policy, stage, reason) });
      const last = policy.late === 'drop' && !stage.anytime ? day : lastDayOf(engine, stage, unit, own);
      if (last !== undefined) lapse = earlier(lapse, last + 1);
      state = reason ?? 'due';
    }
    if (note !== undefined) {
      const mark = markOf(one, stage.stage.id, turnOf(one, stage.stage.id));
      note(stage, mark !== undefined && isBusy(mark) ? mark.state : state, day, mark);
    }
  }

  if (skips.length > 0) return onceOver(skips, engine, policy, view, unit, one, note);
  if (onRequest !== undefined) return { kind: 'wait', reason: 'no_run', stage: onRequest, day: lapse, skips };
  const pushed = policy.message.pushed === 'both' ? due.find((stage) => wasPushed(one, stage)) : undefined;
  const chosen = pushed ?? (policy.late === 'each' ? due[0] : due[due.length - 1]);
  // What is refused today may act tomorrow, and what is held back today may be refused.
  const timed =
    blocked.some((other) => other.timed) || (chosen !== undefined && isTimedStage(engine, policy, chosen));
  const next = earlier(earlier(later?.day, timed ? today + 1 : undefined), lapse);
  if (chosen !== undefined) {
    // One stage of a case a day, however often it is reviewed.
    if (actedOn(one, today)) return { kind: 'wait', reason: 'not_yet', stage: chosen, day: today + 1, skips };
    const passed = passedBy(chosen, rest, policy, due, blocked, schedule, note);
    const occurrence = turnOf(one, chosen.stage.id);
    if (!isEmpty(chosen)) return { kind: 'act', stage: chosen, occurrence, day: next, skips: passed };
    // No act goes in the place of what is over with it.
    const over = passed.map((skip): Skip => ({ stage: skip.stage, reason: skip.reason }));
    const empty: Skip = { stage: chosen, reason: 'nothing_to_do' };
    return onceOver([...over, empty], engine, policy, view, unit, one, note);
  }
  const first = blocked.findLast((other) => other.timed) ?? blocked[0];
  if (first !== undefined)
    return { kind: 'wait', reason: first.reason, stage: first.stage, day: next, skips };
  if (later !== undefined) {
    const reason = isHeldByGrace(engine, policy, unit, later.stage, today) ? 'grace' : 'not_yet';
    return { kind: 'wait', reason, stage: later.stage, day: next, skips };
  }
  if (undated !== undefined && awaitsDelivery(policy, undated, one))
    return { kind: 'wait', reason: 'not_delivered', stage: undated, day: undefined, skips };
  return { ...afterLast(engine, policy, view, unit, schedule, one, floor, undated), skips };
}

function actedOn(one: Case, today: Day): boolean {
  if (one.marks.length === 0) return false;
  const on = formatDay(today);
  return one.marks.some((mark) => mark.state === 'done' && mark.on === on && isStageMark(mark));
}

/** What is over with the stage that acts: everything that comes before it. */
function passedBy(
  chosen: CompiledStage,
  rest: readonly CompiledStage[],
  policy: CompiledPolicy,
  due: readonly CompiledStage[],
  blocked: readonly Blocked[],
  schedule: Schedule,
  note: StageNote | undefined,
): Skip[] {
  const passed: Skip[] = [];
  for (const stage of rest.slice(0, rest.indexOf(chosen))) {
    const stopped = blocked.find((other) => other.stage === stage);
    const undated = schedule.days[stage.index] === undefined;
    if (stopped !== undefined) passed.push({ stage, reason: stopped.reason, passed: true });
    else if (undated || (policy.late !== 'each' && due.includes(stage))) {
      passed.push({ stage, reason: 'superseded', passed: true });
      note?.(stage, 'superseded', schedule.days[stage.index], undefined);
    }
  }
  return passed;
}

function notePassed(
  { days, order }: Schedule,
  rest: readonly CompiledStage[],
  one: Case,
  note: StageNote,
): void {
  for (const stage of order) {
    if (rest.includes(stage)) continue;
    const mark = markOf(one, stage.stage.id, turnOf(one, stage.stage.id));
    note(stage, mark?.state ?? 'passed', days[stage.index], mark);
  }
}
