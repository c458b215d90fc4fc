import { type Day, formatDay } from '../calendar/index.js';
import type { Case } from '../ledger/file.js';
import { dueOf, type Item } from '../ledger/items.js';
import { type Assignment, assigner } from './assign.js';
import type { CompiledPolicy, Engine } from './compile.js';
import type { FileEvent } from './events.js';
import { openCase } from './opening.js';
import { displacement } from './schedule.js';
import { groupUnit, itemUnit, runningCase, subjectOf, type Unit } from './units.js';
import type { AccountView } from './view.js';

/** A unit with the case that runs for it; `reason` says why it does not climb today. */
export interface SubjectOfReview {
  readonly unit: Unit;
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

/** What a review of the cases gathers. */
export interface Review {
  readonly engine: Engine;
  readonly view: AccountView;
  readonly on: string;
  readonly events: FileEvent[];
  readonly closed: Map<string, string>;
}

/** Opens, closes, pauses and resumes cases, as the facts of the day say. */
export function lifecycle(engine: Engine, view: AccountView): Lifecycle {
  const review: Review = { engine, view, on: view.on, events: [], closed: new Map() };
  const found = unitsOf(review);
  if (view.file.cases.size > 0) closeGone(review, found);
  const subjects = found.map(({ unit, assignment, policy }) => consider(review, unit, assignment, policy));
  return { events: review.events, subjects, closed: review.closed };
}

interface Found {
  readonly unit: Unit;
  readonly assignment: Assignment;
  /** The ladder it climbs: that of the running case where there is one. */
  readonly policy: CompiledPolicy | undefined;
}

/** The items on which something is owed, alone or in the groups of their policy, oldest first. */
function unitsOf({ engine, view }: Review): Found[] {
  const assigned = assigner(engine, view);
  const found: Found[] = [];
  const groups = new Map<string, { readonly at: number; readonly items: Item[] }>();
  for (const item of view.items) {
    if (settledReason(engine, item) !== undefined) continue;
    const assignment = assigned(item);
    const policy = ladderOf(engine, view, assignment.policy, item);
    if (policy?.groupBy === undefined) {
      found.push({ unit: itemUnit(item), assignment, policy });
      continue;
    }
    const id = subjectOf(policy, item);
    const key = `${policy.ref.id}\n${id}`;
    const group = groups.get(key);
    if (group !== undefined) {
      group.items.push(item);
      continue;
    }
    groups.set(key, { at: found.length, items: [item] });
    found.push({ unit: itemUnit(item), assignment, policy });
  }
  for (const [key, { at, items }] of groups) {
    const first = found[at]!;
    found[at] = { ...first, unit: groupUnit(key.slice(key.indexOf('\n') + 1), items) };
  }
  return found;
}

/** The version of a policy by which an item climbs: a running case keeps the one it is pinned to. */
function ladderOf(
  engine: Engine,
  view: AccountView,
  wanted: CompiledPolicy | undefined,
  item: Item,
): CompiledPolicy | undefined {
  if (wanted === undefined || view.file.cases.size === 0) return wanted;
  const running =
    runningCase(view.file, item.id) ??
    (wanted.groupBy === undefined ? undefined : runningCase(view.file, subjectOf(wanted, item)));
  if (running === undefined || running.policy !== wanted.ref.id) return wanted;
  return engine.versions.get(`${running.policy}@${running.version}`) ?? wanted;
}

/** Cases whose subject is owed no more, or climbs in another form now. */
function closeGone(review: Review, found: readonly Found[]): void {
  const { engine, view } = review;
  const there = new Set(found.map(({ unit }) => unit.id));
  const gone = [...view.file.cases.keys()].filter(
    (subject) => !there.has(subject) && runningCase(view.file, subject) !== undefined,
  );
  if (gone.length === 0) return;
  const items = new Map(view.items.map((item) => [item.id, item]));
  for (const subject of gone.sort()) {
    const one = runningCase(view.file, subject)!;
    const item = items.get(subject);
    const own = item === undefined ? membersOf(review, one) : [item];
    const reasons = own.flatMap((member) => settledReason(engine, member) ?? []);
    close(review, one, reasons.includes('paid') ? 'paid' : (reasons[0] ?? 'replaced'));
  }
}

/** The items of a group's case that are settled now. */
function membersOf({ engine, view }: Review, one: Case): readonly Item[] {
  const policy = engine.versions.get(`${one.policy}@${one.version}`) ?? engine.policies.get(one.policy);
  if (policy?.groupBy === undefined) return [];
  const { carrier } = one;
  const own = view.items.filter((item) => subjectOf(policy, item) === one.subject);
  // What carried it last says how it was settled.
  return own.sort((a, b) => Number(b.id === carrier) - Number(a.id === carrier));
}

function close(review: Review, one: Case, reason: string): void {
  const { events, closed, on } = review;
  closed.set(one.id, reason);
  events.push({ type: 'case.closed', subject: one.subject, case: one.id, reason, on });
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

function consider(
  review: Review,
  unit: Unit,
  assignment: Assignment,
  ladder: CompiledPolicy | undefined,
): SubjectOfReview {
  const { engine, view, events, on } = review;
  const known = view.file.account !== undefined;
  const wanted = known ? assignment.policy : undefined;
  let current = runningCase(view.file, unit.id);
  if (current !== undefined && current.policy !== wanted?.ref.id) {
    // Counters and contacts stay on the closed case; the next in precedence begins its own.
    close(review, current, wanted === undefined ? 'unassigned' : 'reassigned');
    current = undefined;
  }
  const base = { unit, assignment, until: undefined };
  if (wanted === undefined) {
    const reason = known ? (assignment.reason ?? 'no_policy') : 'account_missing';
    return { ...base, case: undefined, policy: undefined, reason };
  }
  const policy = ladder ?? wanted;
  const one = current === undefined ? openCase(review, unit, policy) : carried(review, unit, policy, current);
  const blocked = isTrifle(engine, unit) ? unit.blocks[0] : undefined;
  if (blocked !== undefined) {
    const reason = blocked.kind;
    if (one.paused === undefined && one.state === 'open') {
      events.push({ type: 'case.paused', subject: unit.id, case: one.id, reason, on });
    }
    return { ...base, case: one.id, policy, reason, until: earliestEnd(unit) };
  }
  if (one.paused !== undefined && one.state === 'open') resume(review, unit, policy, one);
  return { ...base, case: one.id, policy, reason: undefined };
}

/** A group whose carrier is settled goes on as its policy says; any other change of carrier only moves its dates. */
function carried(review: Review, unit: Unit, policy: CompiledPolicy, one: Case): Case {
  if (one.carrier === undefined || one.carrier === unit.lead.id) return one;
  const stillOwed = unit.items.some((item) => item.id === one.carrier);
  if (!stillOwed && policy.carrier !== 'inherit' && one.state === 'open') {
    close(review, one, 'carrier_settled');
    return openCase(review, unit, policy, policy.carrier);
  }
  const carrier = unit.lead.id;
  review.events.push({ type: 'case.carried', subject: unit.id, case: one.id, carrier, on: review.on });
  return { ...one, carrier };
}

/** Nothing, or less than the tolerance, is left to be chased. */
function isTrifle(engine: Engine, unit: Unit): boolean {
  return unit.dunnable <= 0 || unit.dunnable < (engine.tolerance.get(unit.currency) ?? 0);
}

function resume(review: Review, unit: Unit, policy: CompiledPolicy, one: Case): void {
  const { engine, view, events, on } = review;
  const base = { subject: unit.id, case: one.id, on };
  const target = view.today + policy.restartDays;
  events.push({ type: 'case.resumed', ...base, notBefore: formatDay(target) });
  const days = displacement(engine, policy, unit, one, view.today, target);
  if (days > 0) events.push({ type: 'case.shifted', ...base, days, reason: 'resume', ...dueOf(unit.lead) });
}

/** The first day on which some block of the unit is over. */
function earliestEnd(unit: Unit): Day | undefined {
  let end: Day | undefined;
  for (const block of unit.blocks) {
    if (block.until !== undefined && (end === undefined || block.until < end)) end = block.until;
  }
  return end;
}
