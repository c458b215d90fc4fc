import type { Case, StageMark } from '../ledger/file.js';
import { dueOf } from '../ledger/items.js';
import type { CompiledPolicy, CompiledStage, Engine } from './compile.js';
import type { Review } from './lifecycle.js';
import { ahead, displacement, isExpired, scheduleOf, upcomingStages } from './schedule.js';
import type { Unit } from './units.js';

/** Closings after which counters start anew. */
const fresh = new Set(['reset', 'moved', 'restart']);

/**
 * Opens a case: a debt that comes back keeps its dates and repeats no message
 * that was sent; one that is old at entry begins where its policy says.
 *
 * @param after for a group whose carrier was settled: `recompute` the level from what is left, or `restart`
 */
export function openCase(
  review: Review,
  unit: Unit,
  policy: CompiledPolicy,
  after?: 'recompute' | 'restart' | 'inherit',
): Case {
  const { engine, view, events, on } = review;
  const { version, hash } = policy.ref;
  const all = (view.file.cases.get(unit.id) ?? []).filter((known) => known.policy === policy.ref.id);
  const opening = all.length + 1;
  const id = `${policy.ref.id}/${unit.id}#${opening}`;
  const base = { subject: unit.id, case: id, on };
  const carrier = policy.groupBy === undefined ? {} : { carrier: unit.lead.id };
  const opened: Case = {
    id,
    policy: policy.ref.id,
    version,
    hash,
    subject: unit.id,
    opening,
    opened: on,
    state: 'open',
    shift: 0,
    marks: [],
    ...carrier,
  };
  events.push({ type: 'case.opened', ...base, policy: policy.ref.id, version, hash, opening, ...carrier });
  const marks: StageMark[] = [];
  const pass = (stage: string, reason: string, occurrence = 1): void => {
    events.push({ type: 'stage.skipped', ...base, stage, occurrence, reason });
    marks.push({ stage, occurrence, state: 'skipped', on, reason, tried: [], revision: 0 });
  };
  const since = all.findLastIndex((known) => fresh.has(known.closed?.reason ?? '')) + 1;
  const earlier = after === 'restart' ? [] : all.slice(since);
  const passed =
    after === 'recompute'
      ? new Set(fitting(engine, policy, unit, opened, view.today).map((one) => one.stage.id))
      : undefined;
  for (const { stage } of policy.stages) {
    if (passed !== undefined && !passed.has(stage.id)) continue;
    const times = timesDone(earlier, stage.id);
    for (let occurrence = 1; occurrence <= times; occurrence++) pass(stage.id, 'done_before', occurrence);
  }
  const old = unit.due !== undefined && view.today > unit.due;
  // A level by state is what holds now, however old the debt was when it was first seen.
  if (marks.length > 0 || !old || policy.byState) return { ...opened, marks };

  if (policy.entry === 'latest' || after === 'recompute') {
    if (policy.late === 'each')
      for (const { stage } of fitting(engine, policy, unit, opened, view.today).slice(0, -1))
        pass(stage.id, 'entry');
    return { ...opened, marks };
  }
  // Begin at the first overdue stage, today; the rest keep the policy's own distances.
  for (const { stage } of upcomingStages(engine, policy, unit, opened, view.today)) pass(stage.id, 'entry');
  const days = displacement(engine, policy, unit, { ...opened, marks }, view.today, view.today);
  if (days > 0) events.push({ type: 'case.shifted', ...base, days, reason: 'entry', ...dueOf(unit.lead) });
  return { ...opened, marks };
}

/** The highest occurrence of a stage that was done in earlier openings. */
function timesDone(earlier: readonly Case[], stage: string): number {
  let times = 0;
  for (const { marks } of earlier) {
    for (const mark of marks) {
      if (mark.stage === stage && (mark.state === 'done' || mark.reason === 'done_before'))
        times = Math.max(times, mark.occurrence);
    }
  }
  return times;
}

/** Stages whose day has come, in order. */
function fitting(
  engine: Engine,
  policy: CompiledPolicy,
  unit: Unit,
  one: Case,
  today: number,
): readonly CompiledStage[] {
  const schedule = scheduleOf(engine, policy, unit, one, today);
  return ahead(engine, schedule, unit, one).filter((stage) => {
    const day = schedule.days[stage.index];
    return day !== undefined && day <= today && !isExpired(stage, unit, today);
  });
}
