import { type Day, formatDay, parseDay, shiftDay } from '../calendar/index.js';
import type { Case, StageMark } from '../ledger/file.js';
import type { Item } from '../ledger/items.js';
import type { CompiledPolicy, CompiledStage, Engine } from './compile.js';
import { isBusy, isOver, isStageMark, markOf, stageOfMark } from './marks.js';
import { ahead, isExpired, type Schedule, scheduleOf } from './schedule.js';
import type { AccountView } from './view.js';

/** A stage passed over, and why. */
export interface Skip {
  readonly stage: CompiledStage;
  readonly reason: 'superseded' | 'expired' | 'missed' | 'condition' | 'hardship' | 'nothing_to_do';
}

/** What is to be done for a case today, and which stages are over without having acted. */
export type Verdict = Step & { readonly skips: readonly Skip[] };

type Step =
  | {
      readonly kind: 'act';
      readonly stage: CompiledStage;
      readonly occurrence: number;
      /** The first day on which, should it not act today, the answer may be another. */
      readonly day: Day | undefined;
    }
  /** `day`: the first day on which the answer may differ though no fact was told. */
  | {
      readonly kind: 'wait';
      readonly reason: WaitReason;
      readonly stage: CompiledStage | undefined;
      readonly day: Day | undefined;
    }
  | { readonly kind: 'exhaust'; readonly reason: 'last_stage_over' };

export type WaitReason =
  | 'not_yet'
  | 'condition'
  | 'hardship'
  | 'no_date'
  | 'act_pending'
  | 'act_unknown'
  | 'exhausted'
  | 'last_wait';

/** What `explain` wants to know of each stage; decides nothing. */
export type StageNote = (
  stage: CompiledStage,
  state: StageState,
  day: Day | undefined,
  mark: StageMark | undefined,
) => void;
export type StageState =
  | StageMark['state']
  | 'due'
  | 'later'
  | 'expired'
  | 'superseded'
  | 'missed'
  | 'condition'
  | 'hardship'
  | 'no_date'
  | 'passed';

interface Blocked {
  readonly stage: CompiledStage;
  readonly reason: 'condition' | 'hardship';
  readonly timed: boolean;
}

/** What a case does today. */
export function climb(
  engine: Engine,
  policy: CompiledPolicy,
  view: AccountView,
  item: Item,
  one: Case,
  note?: StageNote,
): Verdict {
  const verdict = nextStep(engine, policy, view, item, one, note);
  const busy = one.marks.find((mark) => isBusy(mark) && !belongsTo(mark, verdict));
  if (busy === undefined) return verdict;
  const reason = busy.state === 'unknown' ? 'act_unknown' : 'act_pending';
  const stage = policy.byId.get(stageOfMark(busy));
  return { kind: 'wait', reason, stage, day: undefined, skips: verdict.skips.filter(isOfCalendar) };
}

/** A second message of a stage that is under way does not keep the stage itself from acting. */
function belongsTo(mark: StageMark, verdict: Verdict): boolean {
  if (verdict.kind !== 'act' || isStageMark(mark)) return false;
  return stageOfMark(mark) === verdict.stage.stage.id && mark.occurrence === verdict.occurrence;
}

/** Over by itself, whatever acts. */
function isOfCalendar({ reason }: Skip): boolean {
  return reason === 'expired' || reason === 'missed';
}

/** The verdict when these stages are over as of today: a stage that counts from one of them has a day now. */
function onceOver(
  skips: readonly Skip[],
  engine: Engine,
  policy: CompiledPolicy,
  view: AccountView,
  item: Item,
  one: Case,
  note: StageNote | undefined,
): Verdict {
  const on = formatDay(view.today);
  const others: StageNote | undefined =
    note && ((stage, ...rest) => skips.some((skip) => skip.stage === stage) || note(stage, ...rest));
  const marks = skips.map(({ stage, reason }): StageMark => {
    const known = markOf(one, stage.stage.id, 1) ?? { tried: [], revision: 0 };
    return { ...known, stage: stage.stage.id, occurrence: 1, state: 'skipped', on, reason };
  });
  const kept = one.marks.filter(
    (mark) => !marks.some((other) => other.stage === mark.stage && mark.occurrence === 1),
  );
  const verdict = nextStep(engine, policy, view, item, { ...one, marks: [...kept, ...marks] }, others);
  return { ...verdict, skips: [...skips, ...verdict.skips] };
}

function nextStep(
  engine: Engine,
  policy: CompiledPolicy,
  view: AccountView,
  item: Item,
  one: Case,
  note: StageNote | undefined,
): Verdict {
  const { today } = view;
  const schedule = scheduleOf(engine, policy, item, one, today);
  const rest = ahead(engine, schedule, item, one);
  if (note !== undefined) notePassed(schedule, rest, one, note);

  // The restart gap after a pause: nothing acts before it is over.
  const floor = one.notBefore === undefined ? 0 : parseDay(one.notBefore);
  const skips: Skip[] = [];
  const due: CompiledStage[] = [];
  const blocked: Blocked[] = [];
  let later: { stage: CompiledStage; day: Day } | undefined;
  let undated: CompiledStage | undefined;
  for (const stage of rest) {
    const own = schedule.days[stage.index];
    const day = own === undefined ? undefined : Math.max(own, floor);
    let state: StageState;
    if (day === undefined) {
      undated ??= stage;
      state = stage.basis === 'previous' ? 'later' : 'no_date';
    } else if (isExpired(stage, item, today)) {
      skips.push({ stage, reason: 'expired' });
      state = 'expired';
    } else if (day > today) {
      if (later === undefined || day < later.day) later = { stage, day };
      state = 'later';
      // All that follow are later still.
      if (policy.ascending && note === undefined) break;
    } else if (policy.late === 'drop' && day < today) {
      skips.push({ stage, reason: 'missed' });
      state = 'missed';
    } else {
      const reason = refusalOf(view, item, one, stage);
      if (reason === undefined) due.push(stage);
      else blocked.push({ stage, reason, timed: reason === 'condition' && stage.timed });
      state = reason ?? 'due';
    }
    if (note !== undefined) {
      const mark = markOf(one, stage.stage.id, 1);
      note(stage, mark !== undefined && isBusy(mark) ? mark.state : state, day, mark);
    }
  }

  if (skips.length > 0) return onceOver(skips, engine, policy, view, item, one, note);
  const timed = blocked.some((other) => other.timed);
  const next = earlier(later?.day, timed ? today + 1 : undefined);
  const chosen = policy.late === 'each' ? due[0] : due[due.length - 1];
  if (chosen !== undefined) {
    // One stage of a case a day, however often it is reviewed.
    if (actedOn(one, today)) return { kind: 'wait', reason: 'not_yet', stage: chosen, day: today + 1, skips };
    const passed = passedBy(chosen, rest, policy, due, blocked, schedule, note);
    if (!isEmpty(chosen)) return { kind: 'act', stage: chosen, occurrence: 1, day: next, skips: passed };
    const empty: Skip = { stage: chosen, reason: 'nothing_to_do' };
    return onceOver([...passed, empty], engine, policy, view, item, one, note);
  }
  const first = blocked.findLast((other) => other.timed) ?? blocked[0];
  if (first !== undefined)
    return { kind: 'wait', reason: first.reason, stage: first.stage, day: next, skips };
  if (later !== undefined) return { kind: 'wait', reason: 'not_yet', stage: later.stage, day: next, skips };
  return { ...afterLast(engine, policy, view, item, schedule, one, floor, undated), skips };
}

/** Why a stage that is due does not act. */
function refusalOf(
  view: AccountView,
  item: Item,
  one: Case,
  stage: CompiledStage,
): Blocked['reason'] | undefined {
  if (stage.tone > 0 && view.file.account?.hardship === true) return 'hardship';
  return stage.test === undefined || stage.test({ view, item, case: one }) ? undefined : 'condition';
}

/** A stage that only marks how far a case has come. */
function isEmpty(stage: CompiledStage): boolean {
  return stage.sends.length === 0 && stage.tasks.length === 0;
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
    if (stopped !== undefined) passed.push({ stage, reason: stopped.reason });
    else if (undated || (policy.late !== 'each' && due.includes(stage))) {
      passed.push({ stage, reason: 'superseded' });
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
    const mark = markOf(one, stage.stage.id, 1);
    note(stage, mark?.state ?? 'passed', days[stage.index], mark);
  }
}

/** Every stage is over: repeat the last one, or wait out the last act, or be exhausted. */
function afterLast(
  engine: Engine,
  policy: CompiledPolicy,
  view: AccountView,
  item: Item,
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
    const reason = refusalOf(view, item, one, last);
    const tomorrow = last.timed ? today + 1 : undefined;
    if (reason !== undefined) return { kind: 'wait', reason, stage: last, day: tomorrow };
    return { kind: 'act', stage: last, occurrence: occurrence + 1, day: tomorrow };
  }
  if (undated !== undefined) return { kind: 'wait', reason: 'no_date', stage: undated, day: undefined };
  const over = repeat === undefined ? lastDay + 1 : shiftDay(lastDay, repeat.every, engine.calendar);
  if (today >= over) return { kind: 'exhaust', reason: 'last_stage_over' };
  return { kind: 'wait', reason: 'last_wait', stage: last, day: over };
}

function earlier(a: Day | undefined, b: Day | undefined): Day | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return Math.min(a, b);
}
