import { type Day, parseDay, shiftDay } from '../calendar/index.js';
import type { Case, StageMark } from '../ledger/file.js';
import type { CompiledPolicy, CompiledStage, Engine } from './compile.js';
import { graceEndOf } from './grace.js';
import { isOver, shiftFrom, turnOf } from './marks.js';
import { dayFromDue, isUpcoming, triggerDay } from './trigger-days.js';
import type { Unit } from './units.js';

/** When the stages of a ladder are due for an item. */
export interface Schedule {
  /** By index in the document; undefined where the date counted from is missing or not reached yet. */
  readonly days: readonly (Day | undefined)[];
  /** By computed date, then rank, then the order of the document. */
  readonly order: readonly CompiledStage[];
  /** A stage of which nobody knows whether it went out does not keep the ladder back, and is not done again. */
  readonly passesUnknown: boolean;
}

/** Days of all stages, with the case's displacement and the policy's grace. */
export function scheduleOf(
  engine: Engine,
  policy: CompiledPolicy,
  unit: Unit,
  one: Case | undefined,
  today: Day,
): Schedule {
  const days = displacedDays(engine, policy, unit, one, today);
  if (policy.grace !== undefined) afterGrace(engine, policy, unit, today, days);
  const order = policy.ascending ? policy.stages : inOrder(policy, days);
  return { days, order, passesUnknown: policy.policy.unknown === 'act' };
}

function displacedDays(
  engine: Engine,
  policy: CompiledPolicy,
  unit: Unit,
  one: Case | undefined,
  today: Day,
): (Day | undefined)[] {
  const shift = shiftFrom(one, unit.due) + policy.delayDays;
  const { due } = unit;
  const days: (Day | undefined)[] = [];
  for (const stage of policy.stages) {
    if (stage.days === undefined) days.push(triggerDay({ engine, policy, unit, one, today, shift }, stage));
    else if (due === undefined) days.push(undefined);
    else days.push(due + stage.days + (stage.days > 0 ? shift : 0));
  }
  return days;
}

/** Stages after the due date wait until the item counts as overdue; one that counts from the end of grace knows it. */
function afterGrace(
  engine: Engine,
  policy: CompiledPolicy,
  { due }: Unit,
  today: Day,
  days: (Day | undefined)[],
): void {
  if (due === undefined) return;
  const first = graceEndOf(engine, policy, due) + 1;
  for (const { index, graced, anytime } of policy.stages) {
    const day = days[index];
    if (day === undefined || graced || day >= first) continue;
    if (day > due || (anytime && today > due)) days[index] = first;
  }
}

/** Whether nothing but the days of grace keeps a stage from being due. */
export function isHeldByGrace(
  engine: Engine,
  policy: CompiledPolicy,
  { due }: Unit,
  stage: CompiledStage,
  today: Day,
): boolean {
  if (policy.grace === undefined || due === undefined || today <= due) return false;
  if (today > graceEndOf(engine, policy, due) || stage.graced) return false;
  return stage.anytime || (stage.dueOnly && dayFromDue(engine, stage, due) <= today);
}

function inOrder(policy: CompiledPolicy, days: readonly (Day | undefined)[]): readonly CompiledStage[] {
  const keys: number[] = [];
  for (const { follower, anytime, index } of policy.stages) {
    const day = days[index];
    const before = keys[index - 1] ?? 0;
    // What counts from the stage before never comes before it, also while its day is not known;
    // what has no day at all stands where the document puts it.
    if (follower || anytime) keys.push(Math.max(day ?? before, before));
    else keys.push(day ?? Number.MAX_SAFE_INTEGER);
  }
  return [...policy.stages].sort(
    (a, b) => keys[a.index]! - keys[b.index]! || a.rank - b.rank || a.index - b.index,
  );
}

/**
 * The stages that are still ahead, in order: after the last one that was done
 * in this turn of the ladder, without those that were passed over. One that
 * was passed over is ahead again when the host has moved the due date so that
 * its day is yet to come.
 */
export function ahead(
  engine: Engine,
  { order, passesUnknown }: Schedule,
  unit: Unit,
  one: Case,
): readonly CompiledStage[] {
  if (one.marks.length === 0) return order;
  const rest: CompiledStage[] = [];
  for (let at = order.length - 1; at >= 0; at--) {
    const stage = order[at]!;
    const standing = standingOf(engine, stage, unit, one);
    if (standing === 'done' || (passesUnknown && isUnknown(one, stage))) break;
    if (standing === 'open') rest.push(stage);
  }
  return rest.reverse();
}

function isUnknown(one: Case, { stage }: CompiledStage): boolean {
  const turn = turnOf(one, stage.id);
  return one.marks.some(
    (mark) => mark.stage === stage.id && mark.state === 'unknown' && mark.occurrence >= turn,
  );
}

function standingOf(engine: Engine, stage: CompiledStage, unit: Unit, one: Case): 'done' | 'passed' | 'open' {
  let standing: 'passed' | 'open' = 'open';
  const { id } = stage.stage;
  for (const mark of one.marks) {
    if (mark.stage !== id || !isOver(mark) || mark.occurrence < turnOf(one, id)) continue;
    if (mark.state === 'done' || mark.reason === 'done_before') return 'done';
    if (!isBackAhead(engine, stage, unit, mark)) standing = 'passed';
  }
  return standing;
}

/** Reasons that speak of the calendar and the facts of a day, not of somebody's wish or of what was sent before. */
const passedOver = new Set([
  'expired',
  'missed',
  'entry',
  'superseded',
  'gave_way',
  'condition',
  'hardship',
  'level_cap',
  'minimum',
  'no_threshold',
  'no_rate',
]);

/** Whether the host has moved the due date so that the day of a stage that was passed over is yet to come. */
export function isBackAhead(engine: Engine, stage: CompiledStage, unit: Unit, mark: StageMark): boolean {
  if (!stage.dueOnly || unit.due === undefined || !passedOver.has(mark.reason ?? '')) return false;
  return dayFromDue(engine, stage, unit.due) > parseDay(mark.on);
}

/** Meant for before the due date, which has passed (it would be untrue now), or longer ago than it lives. */
export function isExpired(
  engine: Engine,
  stage: CompiledStage,
  unit: Unit,
  day: Day | undefined,
  today: Day,
): boolean {
  if (!stage.early && stage.expires === undefined) return false;
  const last = lastDayOf(engine, stage, unit, day);
  return last !== undefined && today > last;
}

/** The last day on which a stage may act; undefined where it may for ever. */
export function lastDayOf(
  engine: Engine,
  { early, expires }: CompiledStage,
  { due }: Unit,
  day: Day | undefined,
): Day | undefined {
  const end =
    expires === undefined || day === undefined ? undefined : shiftDay(day, expires, engine.calendar);
  if (!early || due === undefined) return end;
  return end === undefined ? due : Math.min(end, due);
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
  // A level by state is that of now, however old the debt was when it came in or rested.
  if (policy.byState) return 0;
  const schedule = scheduleOf(engine, policy, unit, one, today);
  // Without the wait for the end of grace: the displacement comes first.
  const days = policy.grace === undefined ? schedule.days : displacedDays(engine, policy, unit, one, today);
  for (const stage of ahead(engine, schedule, unit, one)) {
    const day = days[stage.index];
    if (day === undefined || stage.anytime || isUpcoming(unit, day)) continue;
    return Math.max(0, target - day);
  }
  return 0;
}
