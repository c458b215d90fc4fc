import { type Day, formatDay } from '../calendar/index.js';
import type { Case, StageMark } from '../ledger/file.js';
import { dueOf, type Item } from '../ledger/items.js';
import { type Assignment, assigner } from './assign.js';
import type { CompiledPolicy, CompiledStage, Engine } from './compile.js';
import type { FileEvent } from './events.js';
import { ahead, displacement, isExpired, scheduleOf, upcomingStages } from './schedule.js';
import type { AccountView } from './view.js';

/** An item with the case that runs for it; `reason` says why it does not climb today. */
export interface SubjectOfReview {
  readonly item: Item;
  readonly case: string | undefined;
  readonly policy: CompiledPolicy | undefined;
  readonly reason: string | undefined;
  /** Last blocked day, where a block ends by itself. */
  readonly until: Day | undefined;
  readonly assignment: Assignment;
}

export interface Lifecycle {
  readonly events: readonly FileEvent[];
  readonly subjects: readonly SubjectOfReview[];
  /** Cases that this review closes, and why. */
  readonly closed: ReadonlyMap<string, string>;
}

/** Opens, closes, pauses and resumes cases, as the facts of the day say. */
export function lifecycle(engine: Engine, view: AccountView): Lifecycle {
  const review: Review = { engine, view, on: view.on, events: [], closed: new Map() };
  const subjects: SubjectOfReview[] = [];
  const assigned = assigner(engine, view);
  for (const item of view.items) {
    const { cases } = item.entry;
    const running = cases.findLast((one) => one.subject === item.id && one.state !== 'closed');
    const settled = settledReason(engine, item);
    if (cases.length > 0) closeReplaced(review, item);
    if (settled === undefined) {
      subjects.push(subjectOf(review, item, running, assigned(item)));
    } else if (running !== undefined) close(review, item, running, settled);
  }
  return { events: review.events, subjects, closed: review.closed };
}

interface Review {
  readonly engine: Engine;
  readonly view: AccountView;
  readonly on: string;
  readonly events: FileEvent[];
  readonly closed: Map<string, string>;
}

function close(review: Review, item: Item, one: Case, reason: string): void {
  const { events, closed, on } = review;
  closed.set(one.id, reason);
  events.push({ type: 'case.closed', invoice: item.invoice.id, case: one.id, reason, on });
}

/** An invoice that got instalments, or other ones, leaves cases behind whose subject is no more. */
function closeReplaced(review: Review, item: Item): void {
  const { invoice, entry } = item;
  for (const one of entry.cases) {
    if (one.state === 'closed' || one.subject === item.id || review.closed.has(one.id)) continue;
    if (invoice.instalments.some((part) => one.subject === `${invoice.id}~${part.id}`)) continue;
    close(review, item, one, 'replaced');
  }
}

/** Why an item is not owed any more; undefined while it is. */
export function settledReason(engine: Engine, item: Item): string | undefined {
  const { status } = item.invoice;
  if (status !== 'open') return status;
  if (item.outstanding <= 0) return howSettled(item);
  const tolerance = engine.tolerance.get(item.invoice.currency);
  return tolerance !== undefined && item.outstanding < tolerance ? 'tolerance' : undefined;
}

/** Only what was paid at least in part counts as paid, and earns thanks. */
function howSettled(item: Item): string {
  if (item.paid > 0) return 'paid';
  if (item.credited > 0) return 'credited';
  if (item.invoice.writtenOff > 0) return 'written-off';
  return item.original < 0 ? 'negative' : 'zero';
}

function subjectOf(
  review: Review,
  item: Item,
  running: Case | undefined,
  assignment: Assignment,
): SubjectOfReview {
  const { engine, view, events, on } = review;
  const invoice = item.invoice.id;
  const known = view.file.account !== undefined;
  const wanted = known ? assignment.policy : undefined;
  let current = running;
  if (current !== undefined && current.policy !== wanted?.ref.id) {
    // Counters and contacts stay on the closed case; the next in precedence begins its own.
    close(review, item, current, wanted === undefined ? 'unassigned' : 'reassigned');
    current = undefined;
  }
  const base = { item, assignment, until: undefined };
  if (wanted === undefined) {
    const reason = known ? (assignment.reason ?? 'no_policy') : 'account_missing';
    return { ...base, case: undefined, policy: undefined, reason };
  }
  const policy =
    current === undefined ? wanted : (engine.versions.get(`${current.policy}@${current.version}`) ?? wanted);
  const one = current ?? open(review, item, policy);
  const blocked = isTrifle(engine, item) ? item.blocks[0] : undefined;
  if (blocked !== undefined) {
    const reason = blocked.kind;
    if (one.paused === undefined && one.state === 'open') {
      events.push({ type: 'case.paused', invoice, case: one.id, reason, on });
    }
    return { ...base, case: one.id, policy, reason, until: earliestEnd(item) };
  }
  if (one.paused !== undefined && one.state === 'open') resume(review, item, policy, one);
  return { ...base, case: one.id, policy, reason: undefined };
}

/** Nothing, or less than the tolerance, is left to be chased. */
function isTrifle(engine: Engine, item: Item): boolean {
  return item.dunnable <= 0 || item.dunnable < (engine.tolerance.get(item.invoice.currency) ?? 0);
}

function resume(review: Review, item: Item, policy: CompiledPolicy, one: Case): void {
  const { engine, view, events, on } = review;
  const base = { invoice: item.invoice.id, case: one.id, on };
  const target = view.today + policy.restartDays;
  events.push({ type: 'case.resumed', ...base, notBefore: formatDay(target) });
  const days = displacement(engine, policy, item, one, view.today, target);
  if (days > 0) events.push({ type: 'case.shifted', ...base, days, reason: 'resume', ...dueOf(item) });
}

/** The first day on which some block of the item is over. */
function earliestEnd(item: Item): Day | undefined {
  let end: Day | undefined;
  for (const block of item.blocks) {
    if (block.until !== undefined && (end === undefined || block.until < end)) end = block.until;
  }
  return end;
}

function open(review: Review, item: Item, policy: CompiledPolicy): Case {
  const { engine, view, events, on } = review;
  const { version, hash } = policy.ref;
  const earlier = item.entry.cases.filter(
    (known) => known.subject === item.id && known.policy === policy.ref.id,
  );
  const opening = earlier.length + 1;
  const id = `${policy.ref.id}/${item.id}#${opening}`;
  const base = { invoice: item.invoice.id, case: id, on };
  const opened: Case = {
    id,
    policy: policy.ref.id,
    version,
    subject: item.id,
    opening,
    opened: on,
    state: 'open',
    shift: 0,
    marks: [],
  };
  events.push({
    type: 'case.opened',
    ...base,
    policy: policy.ref.id,
    version,
    hash,
    subject: item.id,
    opening,
  });
  const marks: StageMark[] = [];
  const pass = (stage: string, reason: string, occurrence = 1): void => {
    events.push({ type: 'stage.skipped', ...base, stage, occurrence, reason });
    marks.push({ stage, occurrence, state: 'skipped', on, reason, tried: [], revision: 0 });
  };
  // A debt that comes back keeps its dates and repeats no message that was sent.
  for (const { stage } of policy.stages) {
    const times = timesDone(earlier, stage.id);
    for (let occurrence = 1; occurrence <= times; occurrence++) pass(stage.id, 'done_before', occurrence);
  }
  if (marks.length > 0 || item.due === undefined || view.today <= item.due) return { ...opened, marks };

  // Old at entry.
  if (policy.entry === 'latest') {
    if (policy.late === 'each')
      for (const { stage } of fitting(engine, policy, item, opened, view.today).slice(0, -1))
        pass(stage.id, 'entry');
    return { ...opened, marks };
  }
  // Begin at the first overdue stage, today; the rest keep the policy's own distances.
  for (const { stage } of upcomingStages(engine, policy, item, opened, view.today)) pass(stage.id, 'entry');
  const days = displacement(engine, policy, item, { ...opened, marks }, view.today, view.today);
  if (days > 0) events.push({ type: 'case.shifted', ...base, days, reason: 'entry', ...dueOf(item) });
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
  item: Item,
  one: Case,
  today: Day,
): readonly CompiledStage[] {
  const schedule = scheduleOf(engine, policy, item, one, today);
  return ahead(engine, schedule, item, one).filter((stage) => {
    const day = schedule.days[stage.index];
    return day !== undefined && day <= today && !isExpired(stage, item, today);
  });
}
