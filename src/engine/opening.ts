import type { Case, StageMark } from '../ledger/file.js';
import { noEntries } from '../ledger/lean.js';
import { policyOf } from './actions/members.js';
import { type Review, shift } from './case-review.js';
import { mappedStage } from './case-rules.js';
import type { CompiledPolicy, CompiledStage, Engine } from './compile.js';
import { isStageMark } from './marks.js';
import { ahead, displacement, isExpired, scheduleOf, upcomingStages } from './schedule.js';
import { closedBySettlement } from './settled.js';
import type { Unit } from './units.js';
import { casesInOtherForms } from './versions.js';

/** Closings after which counters start anew. */
const fresh = new Set(['reset', 'moved', 'cleared', 'restarted', 'counted_anew']);

/**
 * Opens a case: a debt that comes back keeps its dates and repeats no message
 * that was sent; one that is old at entry begins where its policy says.
 *
 * @param after for a group whose carrier was settled: `recompute` the level from what is left; `restart`
 * also for a level that is cleared
 */
export function openCase(
  review: Review,
  unit: Unit,
  policy: CompiledPolicy,
  after?: 'recompute' | 'restart' | 'inherit',
): Case {
  const { engine, view, events, on } = review;
  const { version, hash } = policy.ref;
  const opening = openingsOf(review, unit, policy).length + 1;
  const id = `${policy.ref.id}/${unit.id}#${opening}`;
  const subject = unit.id;
  let opened: Case = {
    id,
    policy: policy.ref.id,
    version,
    hash,
    subject,
    opening,
    opened: on,
    state: 'open',
    shift: 0,
    marks: noEntries,
  };
  const { policy: name } = opened;
  if (policy.groupBy === undefined)
    events.push({ type: 'case.opened', subject, case: id, on, policy: name, version, hash, opening });
  else {
    const { id: carrier } = unit.lead;
    opened = { ...opened, carrier };
    events.push({
      type: 'case.opened',
      subject,
      case: id,
      on,
      policy: name,
      version,
      hash,
      opening,
      carrier,
    });
  }
  let one = opened;
  if (after === 'recompute') one = doneBefore(review, unit, policy, opened);
  else if (after !== 'restart') one = pass(review, opened, repeated(earlierOf(review, unit, policy), policy));
  const old = unit.due !== undefined && view.today > unit.due;
  if (one.marks.length > 0 || !old) return one;

  if (policy.entry === 'latest' || after === 'recompute') {
    if (policy.late !== 'each') return one;
    const fits = fitting(engine, policy, unit, one, view.today).slice(0, -1);
    return pass(
      review,
      one,
      fits.map(({ stage }) => ({ stage: stage.id, reason: 'entry' })),
    );
  }
  // Begin at the first overdue stage, today; the rest keep the policy's own distances.
  const early = upcomingStages(engine, policy, unit, one, view.today);
  one = pass(
    review,
    one,
    early.map(({ stage }) => ({ stage: stage.id, reason: 'entry' })),
  );
  const days = displacement(engine, policy, unit, one, view.today, view.today);
  return shift(review, unit, one, days, 'entry');
}

/** What fits the unit's age now and was done in an earlier opening is not done again in this one. */
export function doneBefore(review: Review, unit: Unit, policy: CompiledPolicy, one: Case): Case {
  const { engine, view } = review;
  const fits = new Set(fitting(engine, policy, unit, one, view.today).map(({ stage }) => stage.id));
  const earlier = earlierOf(review, unit, policy);
  return pass(
    review,
    one,
    repeated(earlier, policy).filter(({ stage }) => fits.has(stage)),
  );
}

const none: readonly Case[] = [];

interface Passed {
  readonly stage: string;
  readonly reason: string;
  readonly occurrence?: number;
}

function pass({ events, on }: Review, one: Case, all: readonly Passed[]): Case {
  if (all.length === 0) return one;
  const marks: StageMark[] = [...one.marks];
  for (const { stage, reason, occurrence = 1 } of all) {
    events.push({ type: 'stage.skipped', subject: one.subject, case: one.id, on, stage, occurrence, reason });
    marks.push({ stage, occurrence, state: 'skipped', on, reason, tried: noEntries, revision: 0 });
  }
  return { ...one, marks };
}

/** Every occurrence that was done in earlier openings, in the order of the document. */
function repeated(earlier: readonly Case[], policy: CompiledPolicy): Passed[] {
  if (earlier.length === 0) return [];
  return policy.stages.flatMap(({ stage }) => {
    const times = timesDone(earlier, stage.id, policy);
    return Array.from({ length: times }, (_, index) => ({
      stage: stage.id,
      reason: 'done_before',
      occurrence: index + 1,
    }));
  });
}

function openingsOf({ view }: Review, unit: Unit, policy: CompiledPolicy): readonly Case[] {
  const { cases } = view.file;
  const known = cases.size === 0 ? undefined : cases.get(unit.id);
  return known === undefined ? none : known.filter((one) => one.policy === policy.ref.id);
}

/** Earlier openings whose counters still count. */
function earlierOf(review: Review, unit: Unit, policy: CompiledPolicy): readonly Case[] {
  const { engine, view, closed } = review;
  const all = openingsOf(review, unit, policy);
  const known = all.length > 0 ? all : casesInOtherForms(engine, view.file, policy, unit.lead);
  if (known.length === 0) return known;
  const since = known.findLastIndex((one, index) => {
    const reason = closed?.get(one.id) ?? one.closed?.reason;
    if (one.state !== 'closed' && reason === undefined) return false;
    const openings = known.slice(0, index + 1);
    return startsAnew(engine, policy, unit, openings, reason ?? '', one.closed?.on ?? view.on);
  });
  return known.slice(since + 1);
}

/** Whether a debt of today owes nothing to the openings up to one that closed. */
function startsAnew(
  engine: Engine,
  policy: CompiledPolicy,
  unit: Unit,
  openings: readonly Case[],
  reason: string,
  on: string,
): boolean {
  if (fresh.has(reason)) return true;
  if (!closedBySettlement(reason)) return false;
  const { counters, restarts } = policy.rules;
  if (counters === 'reset' || counters === 'never') return false;
  if (restarts) return true;
  // A group's later debts are other debts: only what had been invoiced by then can have come back, and of
  // that, which is told late or on the same day, only what carried it or what a message asked for is known to it.
  if (policy.groupBy === undefined) return false;
  return unit.items.every(({ invoice }) => invoice.issued > on) || knowsNoneOf(engine, unit, openings);
}

/** Whether it is known what was asked for, and nothing of the unit was, nor carried it. */
function knowsNoneOf(engine: Engine, unit: Unit, openings: readonly Case[]): boolean {
  const hasNone = (ids: readonly string[]): boolean => !unit.items.some(({ id }) => ids.includes(id));
  return openings.every((one) => {
    const { carrier, carried = [], marks } = one;
    if (carrier !== undefined && !hasNone([carrier, ...carried])) return false;
    return marks.every(
      (mark) =>
        mark.state !== 'done' ||
        (mark.told === undefined ? asksNobody(engine, one, mark) : hasNone(mark.told)),
    );
  });
}

/** A mark that no message set: of a task, an effect, a stage that writes to nobody, or one that another absorbed. */
function asksNobody(engine: Engine, one: Case, mark: StageMark): boolean {
  if (!isStageMark(mark) || mark.reason === 'absorbed') return true;
  return policyOf(engine, one)?.byId.get(mark.stage)?.sends.length === 0;
}

/** The highest occurrence of a stage that was done in earlier openings. */
function timesDone(earlier: readonly Case[], stage: string, { rules, ref }: CompiledPolicy): number {
  let times = 0;
  for (const { marks, version } of earlier) {
    const map = version === ref.version ? undefined : rules.map;
    for (const mark of marks) {
      if (mappedStage(map, mark.stage) !== stage) continue;
      if (mark.state === 'done' || mark.reason === 'done_before') times = Math.max(times, mark.occurrence);
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
    return day !== undefined && day <= today && !isExpired(engine, stage, unit, day, today);
  });
}
