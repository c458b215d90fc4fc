import { type Day, type Duration, parseDay, shiftDay } from '../calendar/index.js';
import type { Case } from '../ledger/file.js';
import { lastContactOf } from './case-facts.js';
import type { CompiledPolicy, CompiledStage, Engine } from './compile.js';
import type { Repeat } from './compile-policy.js';
import { isOver, isStageMark, turnOf } from './marks.js';
import type { Schedule } from './schedule.js';
import type { Unit } from './units.js';
import { isEmpty, isTimedRefusal, refusalOf, type Step } from './verdict.js';
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
  const turn = last === undefined ? 1 : turnOf(one, last.stage.id);
  let occurrence = turn;
  let acted = parseDay(one.opened);
  for (const mark of one.marks) {
    const unknown = mark.state === 'unknown';
    if (!isStageMark(mark) || (!isOver(mark) && !unknown)) continue;
    if (mark.stage === last?.stage.id) occurrence = Math.max(occurrence, mark.occurrence);
    if (mark.state === 'done' || unknown) acted = Math.max(acted, parseDay(mark.on));
  }
  const { repeat } = policy;
  if (last !== undefined && !isEmpty(last) && repeat !== undefined && occurrence - turn < repeat.times) {
    if (policy.climb) return { kind: 'wait', reason: 'no_run', stage: last, day: undefined };
    const next = repeatDay(engine, view, unit, one, repeat, acted);
    if (next === undefined) return { kind: 'wait', reason: 'no_date', stage: last, day: undefined };
    // Not before the stage's own day, which lies ahead again when the host has moved the due date.
    const own = days[last.index] ?? 0;
    const day = Math.max(next, own, floor);
    if (day > today) return { kind: 'wait', reason: 'not_yet', stage: last, day };
    const reason = refusalOf(engine, policy, view, unit, one, last);
    if (reason !== undefined) {
      const timed = isTimedRefusal(engine, policy, last, reason);
      return { kind: 'wait', reason, stage: last, day: timed ? today + 1 : undefined };
    }
    return { kind: 'act', stage: last, occurrence: occurrence + 1, day: last.timed ? today + 1 : undefined };
  }
  if (undated !== undefined) return { kind: 'wait', reason: 'no_date', stage: undated, day: undefined };
  const over = overOn(engine, policy, unit, last, acted);
  if (today >= over) return { kind: 'exhaust', reason: 'last_stage_over' };
  return { kind: 'wait', reason: 'last_wait', stage: last, day: over };
}

/** The day of the next repeat: so long after the last contact, or the next of a row of dates, which always lies ahead. */
function repeatDay(
  engine: Engine,
  view: AccountView,
  unit: Unit,
  one: Case,
  { every, from }: Repeat,
  acted: Day,
): Day | undefined {
  if (from === 'contact') {
    const contact = lastContactOf(view.file, one) ?? acted;
    return shiftDay(Math.max(contact, acted), every, engine.calendar);
  }
  const base = from === 'due' ? unit.due : parseDay(unit.lead.invoice.issued);
  return base === undefined ? undefined : nextInRow(engine, base, every, acted);
}

/** The first day on which the ladder is exhausted once its last act was on `acted`. */
function overOn(
  engine: Engine,
  { repeat, exhausted }: CompiledPolicy,
  unit: Unit,
  last: CompiledStage | undefined,
  acted: Day,
): Day {
  if (exhausted === 'acted') return acted;
  if (exhausted !== 'waited') return shiftDay(acted, exhausted, engine.calendar);
  if (repeat === undefined) {
    if (last?.deadline === undefined) return acted + 1;
    return shiftDay(acted, last.deadline, engine.calendar) + 1;
  }
  const base = repeat.from === 'due' ? unit.due : undefined;
  const row = repeat.from === 'issue' ? parseDay(unit.lead.invoice.issued) : base;
  if (row === undefined) return shiftDay(acted, repeat.every, engine.calendar);
  return nextInRow(engine, row, repeat.every, acted);
}

/** The first of base + every, base + 2·every, … that comes after a day. Months count from the base, so that its day of the month stays. */
function nextInRow({ calendar }: Engine, base: Day, every: Duration, after: Day): Day {
  const { count, unit } = every;
  // No step is longer than this, so that nothing in the row is passed over.
  const longest = unit === 'd' ? count : count * (unit === 'mo' ? 31 : 7);
  let times = Math.max(1, Math.floor((after - base) / Math.max(longest, 1)));
  let day = shiftDay(base, { count: times * count, unit }, calendar);
  while (day <= after && count > 0) {
    times++;
    day = shiftDay(base, { count: times * count, unit }, calendar);
  }
  return day;
}

/** The first day on which a case has lived as long as its policy lets it; undefined while its life has not begun. */
export function lifeEndOf(engine: Engine, { life }: CompiledPolicy, unit: Unit, one: Case): Day | undefined {
  if (life === undefined) return undefined;
  const from = life.from === 'due' ? unit.due : life.from === 'opened' ? parseDay(one.opened) : firstAct(one);
  return from === undefined ? undefined : shiftDay(from, life.plus, engine.calendar);
}

function firstAct(one: Case): Day | undefined {
  let first: string | undefined;
  for (const mark of one.marks) {
    if (mark.state !== 'done' || !isStageMark(mark)) continue;
    if (first === undefined || mark.on < first) first = mark.on;
  }
  return first === undefined ? undefined : parseDay(first);
}
