import { adjust, type Day, parseDay, shiftDay } from '../calendar/index.js';
import type { Case, StageMark } from '../ledger/file.js';
import type { CompiledPolicy, CompiledStage, Engine } from './compile.js';
import { isOver, markOf, shiftFrom } from './marks.js';
import type { Unit } from './units.js';

/** When the stages of a ladder are due for an item. */
export interface Schedule {
  /** By index in the document; undefined where the date counted from is missing or not reached yet. */
  readonly days: readonly (Day | undefined)[];
  /** By computed date, ties to the later in the document. */
  readonly order: readonly CompiledStage[];
}

/** Days of all stages, with the case's displacement. */
export function scheduleOf(
  engine: Engine,
  policy: CompiledPolicy,
  unit: Unit,
  one: Case | undefined,
  today: Day,
): Schedule {
  const shift = shiftFrom(one, unit.due);
  const days: (Day | undefined)[] = [];
  for (const stage of policy.stages) days.push(stageDay(engine, policy, stage, unit, one, today, shift));
  return { days, order: policy.ascending ? policy.stages : inOrder(policy, days) };
}

function stageDay(
  engine: Engine,
  policy: CompiledPolicy,
  stage: CompiledStage,
  unit: Unit,
  one: Case | undefined,
  today: Day,
  shift: number,
): Day | undefined {
  const base = basisDay(policy, stage, unit, one, today);
  if (base === undefined) return undefined;
  const day = plainDay(engine, stage, base);
  // What counts from the stage before already moved with it.
  if (shift === 0 || stage.basis === 'previous' || isUpcoming(unit, day)) return day;
  if (stage.days !== undefined) return day + shift;
  const moved = shiftDay(base, stage.offset, engine.calendar) + shift;
  const convention = stage.offset.unit === 'bd' && stage.convention === 'as-is' ? 'next' : stage.convention;
  return adjust(moved, convention, engine.calendar);
}

function plainDay(engine: Engine, stage: CompiledStage, base: Day): Day {
  if (stage.days !== undefined) return base + stage.days;
  return adjust(shiftDay(base, stage.offset, engine.calendar), stage.convention, engine.calendar);
}

/** Stages that fall before or on the due date belong to that date: pauses and late entries do not move them. */
function isUpcoming(unit: Unit, day: Day): boolean {
  return unit.due !== undefined && day <= unit.due;
}

function basisDay(
  policy: CompiledPolicy,
  stage: CompiledStage,
  unit: Unit,
  one: Case | undefined,
  today: Day,
): Day | undefined {
  switch (stage.basis) {
    case 'due':
      return unit.due;
    case 'issue':
      return parseDay(unit.lead.invoice.issued);
    case 'grace':
      return unit.due;
    case 'opened':
      return one === undefined ? today : parseDay(one.opened);
    case 'previous': {
      const before = policy.stages[stage.index - 1];
      const mark = before === undefined ? undefined : markOf(one, before.stage.id, 1);
      return mark !== undefined && isOver(mark) ? parseDay(mark.on) : undefined;
    }
  }
}

function inOrder(policy: CompiledPolicy, days: readonly (Day | undefined)[]): readonly CompiledStage[] {
  const keys: number[] = [];
  for (const { basis, index } of policy.stages) {
    const day = days[index];
    const before = keys[index - 1] ?? 0;
    // What counts from the stage before never comes before it, also while its day is not known.
    if (basis === 'previous') keys.push(Math.max(day ?? before, before));
    else keys.push(day ?? Number.MAX_SAFE_INTEGER);
  }
  return [...policy.stages].sort((a, b) => keys[a.index]! - keys[b.index]! || a.index - b.index);
}

/**
 * The stages that are still ahead, in order: after the last one that was done,
 * without those that were passed over. One that was passed over is ahead again
 * when the host has moved the due date so that its day is yet to come.
 */
export function ahead(engine: Engine, { order }: Schedule, unit: Unit, one: Case): readonly CompiledStage[] {
  const { marks } = one;
  if (marks.length === 0) return order;
  const rest: CompiledStage[] = [];
  for (const stage of order) {
    const standing = standingOf(engine, stage, unit, marks);
    if (standing === 'done') rest.length = 0;
    else if (standing === 'open') rest.push(stage);
  }
  return rest;
}

function standingOf(
  engine: Engine,
  stage: CompiledStage,
  unit: Unit,
  marks: readonly StageMark[],
): 'done' | 'passed' | 'open' {
  let standing: 'passed' | 'open' = 'open';
  for (const mark of marks) {
    if (mark.stage !== stage.stage.id || !isOver(mark)) continue;
    if (mark.state === 'done' || mark.reason === 'done_before') return 'done';
    if (!isBackAhead(engine, stage, unit, mark)) standing = 'passed';
  }
  return standing;
}

/** Reasons that speak of the calendar, not of somebody's wish or of what was sent before. */
const passedOver = new Set(['expired', 'missed', 'entry', 'superseded', 'condition', 'hardship']);

function isBackAhead(engine: Engine, stage: CompiledStage, unit: Unit, mark: StageMark): boolean {
  if (stage.basis !== 'due' || unit.due === undefined || !passedOver.has(mark.reason ?? '')) return false;
  return plainDay(engine, stage, unit.due) > parseDay(mark.on);
}

/** Meant for before the due date, which has passed: it would be untrue now. */
export function isExpired(stage: CompiledStage, unit: Unit, today: Day): boolean {
  return stage.basis === 'due' && stage.offset.count < 0 && unit.due !== undefined && today > unit.due;
}

/** The stages of a ladder that fall before or on the due date, in order. */
export function upcomingStages(
  engine: Engine,
  policy: CompiledPolicy,
  unit: Unit,
  one: Case,
  today: Day,
): readonly CompiledStage[] {
  const { days, order } = scheduleOf(engine, policy, unit, one, today);
  return order.filter((stage) => {
    const day = days[stage.index];
    return day !== undefined && isUpcoming(unit, day);
  });
}

/**
 * Days by which the ladder must move so that its next overdue stage falls on
 * `target` at the earliest; 0 when it already does. The distances between the
 * stages that follow stay the policy's own.
 */
export function displacement(
  engine: Engine,
  policy: CompiledPolicy,
  unit: Unit,
  one: Case,
  today: Day,
  target: Day,
): number {
  const schedule = scheduleOf(engine, policy, unit, one, today);
  for (const stage of ahead(engine, schedule, unit, one)) {
    const day = schedule.days[stage.index];
    if (day === undefined || isUpcoming(unit, day)) continue;
    return Math.max(0, target - day);
  }
  return 0;
}
