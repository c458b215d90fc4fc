import { type Day, formatDay } from '../calendar/index.js';
import { mainBlock } from '../ledger/block.js';
import type { Case, StageMark } from '../ledger/file.js';
import type { Item } from '../ledger/items.js';
import type { Assignment } from './assign.js';
import { carried } from './carrying.js';
import { close, type Review, shift } from './case-review.js';
import type { CompiledPolicy, Engine } from './compile.js';
import type { FileEvent } from './events.js';
import { isBusy, isStageMark } from './marks.js';
import { openCase } from './opening.js';
import { turnsOnResume } from './resume.js';
import { displacement } from './schedule.js';
import { isTolerated, settledReason } from './settled.js';
import { abandonedCases, type Found, subjectsOf } from './subjects.js';
import { subjectOf as subjectUnder, type Unit } from './units.js';
import { adopted } from './versions.js';
import { type AccountView, isOverdue } from './view.js';

/** A unit with the case that runs for it; `reason` says why it does not climb today. */
export interface SubjectOfReview {
  readonly unit: Unit;
  readonly case: string | undefined;
  /** The case itself, where it has just opened or nothing has happened to it at this review. */
  readonly known: Case | undefined;
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
  /** The first day on which a case would pause by itself. */
  readonly next: Day | undefined;
}

const noneClosed: ReadonlyMap<string, string> = new Map();

/** Opens, closes, pauses and resumes cases, as the facts of the day say. */
export function lifecycle(engine: Engine, view: AccountView): Lifecycle {
  const review: Review = { engine, view, on: view.on, events: [], closed: undefined };
  const found = subjectsOf(engine, view);
  if (view.file.cases.size > 0) closeAbandoned(review, found);
  const arrears = new Arrears(view, found);
  const subjects = found.map((one) => consider(review, one, arrears));
  return { events: review.events, subjects, closed: review.closed ?? noneClosed, next: arrears.next };
}

/** Cases whose subject is owed no more, or climbs in another form or by another policy now. */
function closeAbandoned(review: Review, found: readonly Found[]): void {
  const gone = abandonedCases(review.view.file, found);
  if (gone.length === 0) return;
  const places = new Map(found.flatMap((one) => one.unit.items.map((item) => [item.id, one] as const)));
  for (const one of gone) close(review, one, reasonOfEnd(review, one, places));
}

/** Counters and contacts stay on the closed case, whatever the reason. */
function reasonOfEnd({ engine, view }: Review, one: Case, places: ReadonlyMap<string, Found>): string {
  const members = membersOf(engine, view, one);
  const [carrier] = members;
  // What carried it is settled: the others of its kind, under other policies, are no part of it.
  const isSettled =
    carrier !== undefined && carrier.id === one.carrier && settledReason(engine, view, carrier) !== undefined;
  for (const item of isSettled ? [] : members) {
    const place = places.get(item.id);
    if (place === undefined) continue;
    if (place.policy === undefined) return 'unassigned';
    if (place.policy.ref.id !== one.policy) return 'reassigned';
    return place.reason ?? 'replaced';
  }
  const reasons = members.flatMap((item) => settledReason(engine, view, item) ?? []);
  // A group is settled by payment where any of it was paid since it opened; else as what carried it last was.
  const paid = members.some(
    (item) =>
      settledReason(engine, view, item) === 'paid' && formatted(item.paidOn, one.opened) >= one.opened,
  );
  return paid ? 'paid' : (reasons.find((reason) => reason !== 'paid') ?? reasons[0] ?? 'replaced');
}

/** A balance that was pushed says no day of payment. */
function formatted(day: Day | undefined, otherwise: string): string {
  return day === undefined ? otherwise : formatDay(day);
}

/** The items that a case is about, what carried it last first. */
function membersOf(engine: Engine, view: AccountView, one: Case): readonly Item[] {
  const policy = engine.versions.get(`${one.policy}@${one.version}`) ?? engine.policies.get(one.policy);
  const own = view.items.filter(
    (item) =>
      item.id === one.subject ||
      (policy === undefined
        ? item.id === one.carrier
        : policy.groupBy !== undefined && subjectUnder(policy, item) === one.subject),
  );
  return own.sort((a, b) => Number(b.id === one.carrier) - Number(a.id === one.carrier));
}

function consider(review: Review, found: Found, arrears: Arrears): SubjectOfReview {
  const { engine } = review;
  const { unit, policy, running } = found;
  if (policy === undefined || found.reason !== undefined)
    return subjectOf(found, undefined, undefined, found.reason);
  const early = policy.rules.arrears === undefined ? undefined : arrears.until(policy, unit);
  // Nothing has begun: it enters once the account is to be chased, by the policy's rule for what is old by then.
  if (running === undefined && early !== undefined)
    return subjectOf(found, undefined, undefined, 'arrears', early);
  const one =
    running === undefined
      ? openCase(review, unit, policy)
      : (countedAnew(review, unit, policy, running) ??
        carried(review, unit, policy, adopted(engine, policy, running, review.on, review.events)));
  if (one.handed !== undefined) return subjectOf(found, one, undefined, 'handed_over');
  const rest = restOf(review, unit, early);
  if (rest !== undefined) {
    // Facts that are late are nobody's doing: nothing acts, and the ladder goes on where it is.
    if (rest.reason !== 'source') pause(review, one, rest.reason);
    return subjectOf(found, one, undefined, rest.reason, rest.until);
  }
  const rests = one.paused !== undefined && one.state === 'open';
  const goesOn = rests ? resume(review, unit, policy, one) : one;
  // A discarded proposal may hold its case until a person says how it goes on.
  const known = !rests && (running === undefined || one === running) ? one : undefined;
  return subjectOf(found, goesOn, known, goesOn.stopped?.reason);
}

/** Everything that the last message told of is settled, and the policy lets what is left begin anew. */
function countedAnew(review: Review, unit: Unit, policy: CompiledPolicy, one: Case): Case | undefined {
  if (policy.rules.counters !== 'last-message' || one.handed !== undefined) return undefined;
  let last: StageMark | undefined;
  for (const mark of one.marks) {
    if (isBusy(mark)) return undefined;
    if (mark.state !== 'done' || !isStageMark(mark) || mark.told === undefined) continue;
    if (last === undefined || mark.on >= last.on) last = mark;
  }
  const told = last?.told;
  if (told === undefined || unit.items.some((item) => told.includes(item.id))) return undefined;
  close(review, one, 'counted_anew');
  return openCase(review, unit, policy, 'restart');
}

function subjectOf(
  { unit, policy, assignment }: Found,
  one: Case | undefined,
  known: Case | undefined,
  reason: string | undefined,
  until?: Day,
): SubjectOfReview {
  return { unit, case: one?.id, known, policy, reason, until, assignment };
}

/** Why a unit is not chased today although its policy says so. */
function restOf(
  { engine, view }: Review,
  unit: Unit,
  early: Day | undefined,
): { readonly reason: string; readonly until: Day | undefined } | undefined {
  if (view.file.assigned !== undefined) return { reason: 'assigned', until: undefined };
  const blocked = isTrifle(engine, view, unit) ? mainBlock(unit.blocks) : undefined;
  if (blocked !== undefined) return { reason: blocked.kind, until: earliestEnd(unit) };
  return early === undefined ? undefined : { reason: 'arrears', until: early };
}

function pause({ events, on }: Review, one: Case, reason: string): void {
  if (one.paused === undefined && one.state === 'open')
    events.push({ type: 'case.paused', subject: one.subject, case: one.id, reason, on });
}

/** Nothing, or less than the tolerance, is left to be chased. */
function isTrifle(engine: Engine, view: AccountView, { dunnable, currency }: Unit): boolean {
  return dunnable <= 0 || isTolerated(engine, view, dunnable, currency);
}

/** The case that goes on. */
function resume(review: Review, unit: Unit, policy: CompiledPolicy, paused: Case): Case {
  const { engine, view, events, on } = review;
  const reason = paused.paused?.reason;
  let one = paused;
  // Where nobody knows whether an act went out, the case stays as it is.
  const known = paused.marks.every((mark) => mark.state !== 'unknown');
  if (reason === 'hold' && known && engine.plan.blocks?.hold === 'clear') {
    close(review, paused, 'cleared');
    one = openCase(review, unit, policy, 'restart');
  }
  // Reaching the arrears is no pause of anything: what was waiting begins, as at entry.
  const began = reason === 'arrears';
  const target = view.today + (began ? 0 : policy.restartDays);
  const base = { subject: unit.id, case: one.id, on };
  events.push({ type: 'case.resumed', ...base, notBefore: formatDay(target) });
  if (began ? policy.entry === 'latest' : policy.resume === 'latest') return one;
  const turns = began ? undefined : turnsOnResume(engine, policy, unit, one, view.today);
  if (turns !== undefined) {
    events.push({ type: 'case.rewound', ...base, turns });
    one = { ...one, turns: { ...one.turns, ...turns } };
  }
  const days = displacement(engine, policy, unit, one, view.today, target);
  return shift(review, unit, one, days, began ? 'entry' : 'resume');
}

/** The first day on which some block of the unit is over. */
function earliestEnd(unit: Unit): Day | undefined {
  let end: Day | undefined;
  for (const block of unit.blocks) {
    if (block.until !== undefined && (end === undefined || block.until < end)) end = block.until;
  }
  return end;
}

/** Whether the oldest overdue item of a policy has come far enough for the account to be chased. */
class Arrears {
  readonly #view: AccountView;
  readonly #found: readonly Found[];
  #oldest: Map<string, Day> | undefined;
  /** The first day on which something that is coming would be held by them. */
  next: Day | undefined;

  constructor(view: AccountView, found: readonly Found[]) {
    this.#view = view;
    this.#found = found;
  }

  /** The last day on which an overdue unit is not chased yet; undefined where it is. Reminders before the due date go out. */
  until({ rules, ref }: CompiledPolicy, unit: Unit): Day | undefined {
    const { today } = this.#view;
    if (rules.arrears === undefined) return undefined;
    if (!isOverdue(unit.lead, today)) {
      if (unit.due !== undefined && unit.due >= today)
        this.next = Math.min(this.next ?? unit.due + 1, unit.due + 1);
      return undefined;
    }
    this.#oldest ??= this.#oldestByPolicy();
    const reached = (this.#oldest.get(ref.id) ?? today) + rules.arrears;
    return reached > today ? reached - 1 : undefined;
  }

  /** What is blocked does not count. */
  #oldestByPolicy(): Map<string, Day> {
    const oldest = new Map<string, Day>();
    for (const { unit, policy, reason } of this.#found) {
      if (policy?.rules.arrears === undefined || reason !== undefined) continue;
      for (const item of unit.items) {
        if (item.due === undefined || item.dunnable <= 0 || !isOverdue(item, this.#view.today)) continue;
        const known = oldest.get(policy.ref.id);
        if (known === undefined || item.due < known) oldest.set(policy.ref.id, item.due);
      }
    }
    return oldest;
  }
}
