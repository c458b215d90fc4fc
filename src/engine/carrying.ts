import { type Day, parseDay } from '../calendar/index.js';
import type { Case } from '../ledger/file.js';
import type { Item } from '../ledger/items.js';
import { close, type Review, shift } from './case-review.js';
import type { CompiledPolicy } from './compile.js';
import { isStageMark } from './marks.js';
import { doneBefore, openCase } from './opening.js';
import { ahead, displacement, scheduleOf } from './schedule.js';
import type { Unit } from './units.js';

/**
 * A group goes on under the item that carries it now. Once the carrier is
 * settled the policy says how: from what is left, where it was, or anew. An
 * older item that joins takes over, and the ladder keeps its own distances;
 * under `restart` it begins anew. A carrier that is only blocked hands over
 * for a while, which moves dates and nothing else.
 */
export function carried(review: Review, unit: Unit, policy: CompiledPolicy, one: Case): Case {
  const carrier = unit.lead.id;
  if (policy.groupBy === undefined || one.carrier === carrier) return one;
  // Nobody knows yet what became of its act: the ladder stays as it is.
  if (one.marks.some((mark) => mark.state === 'unknown')) return one;
  const before = unit.items.find((item) => item.id === one.carrier);
  const renews = one.handed === undefined && policy.carrier !== 'inherit';
  if (before === undefined && one.carrier !== undefined && renews) {
    close(review, one, policy.carrier === 'restart' ? 'restarted' : 'carrier_settled');
    return openCase(review, unit, policy, policy.carrier);
  }
  const joined =
    before !== undefined && isOlder(unit.lead, before) && one.carried?.includes(carrier) !== true;
  if (joined && renews && policy.carrier === 'restart') {
    close(review, one, 'restarted');
    return openCase(review, unit, policy, 'restart');
  }
  review.events.push({ type: 'case.carried', subject: unit.id, case: one.id, carrier, on: review.on });
  const next = { ...one, carrier };
  return joined ? keepDistance(review, unit, policy, next) : next;
}

/** The next stage comes no sooner after the last one than the policy says, although the ladder counts from an older date. */
function keepDistance(review: Review, unit: Unit, policy: CompiledPolicy, known: Case): Case {
  const { engine, view } = review;
  const one = policy.carrier === 'recompute' ? doneBefore(review, unit, policy, known) : known;
  if (policy.entry === 'latest') return one;
  const target = Math.max(view.today, earliestNext(review, unit, policy, one) ?? view.today);
  const days = displacement(engine, policy, unit, one, view.today, target);
  return shift(review, unit, one, days, 'entry');
}

/** The day of the last stage done, and from there the distance to the next one. */
function earliestNext(
  { engine, view }: Review,
  unit: Unit,
  policy: CompiledPolicy,
  one: Case,
): Day | undefined {
  let last: { readonly stage: string; readonly on: string } | undefined;
  for (const mark of one.marks) {
    if (mark.state === 'done' && isStageMark(mark) && (last === undefined || mark.on >= last.on)) last = mark;
  }
  const done = last === undefined ? undefined : policy.byId.get(last.stage);
  if (last === undefined || done === undefined) return undefined;
  const schedule = scheduleOf(engine, policy, unit, one, view.today);
  const from = schedule.days[done.index];
  for (const stage of ahead(engine, schedule, unit, one)) {
    const day = schedule.days[stage.index];
    if (day !== undefined && from !== undefined && day > from) return parseDay(last.on) + day - from;
  }
  return undefined;
}

function isOlder(a: Item, b: Item): boolean {
  return (a.due ?? Number.MAX_SAFE_INTEGER) < (b.due ?? Number.MAX_SAFE_INTEGER);
}
