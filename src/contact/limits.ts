import { civilOf, type Day, endOfMonth, startOfDay, weekdayOf } from '../calendar/index.js';
import type { CompiledCap, ContactRequest, Gap, Gate } from './gate.js';
import { type Contacted, subjectOfCase } from './touched.js';

/** The earliest instant that gap and caps allow. */
export interface Earliest {
  readonly at: number;
  /** The rule that sets it; undefined where nothing delays. */
  readonly by: 'gap' | 'cap' | undefined;
}

/**
 * What gap and caps allow at the earliest. The gap is about chasing; a cap on
 * any contact is about thanks as well, or it would not hold.
 */
export function earliestBy(
  gate: Gate,
  contacts: readonly Contacted[],
  now: number,
  today: Day,
  request: ContactRequest,
): Earliest {
  const service = request.purpose === 'service';
  let day = today;
  let at = now;
  let by: Earliest['by'];
  if (!service) {
    for (const one of contacts) {
      if (one.purpose !== 'dunning' || !concerns(gate, one, request)) continue;
      const gap = gapFor(gate, one, request);
      if (gap.days > 0 && one.day + gap.days > day) {
        day = one.day + gap.days;
        by = 'gap';
      }
      if (gap.ms > 0 && one.at + gap.ms > at) {
        at = one.at + gap.ms;
        by = 'gap';
      }
    }
  }
  if (day > today) at = Math.max(at, startOfDay(day, request.bookZone));
  for (const cap of gate.caps) {
    if (service && cap.purpose !== 'any') continue;
    if (cap.channel !== undefined && request.channel !== cap.channel) continue;
    const next = roomUnder(cap, daysUnder(cap, contacts, request), day);
    if (next <= day) continue;
    day = next;
    const first = startOfDay(day, request.bookZone);
    if (first <= at) continue;
    at = first;
    by = 'cap';
  }
  return { at, by };
}

/** Whether a contact was about what the gap is counted for. */
function concerns(gate: Gate, one: Contacted, { about }: ContactRequest): boolean {
  if (gate.gapOf === 'account' || about === undefined || one.cases === undefined) return true;
  if (gate.gapOf === 'case') return one.cases.includes(about.case);
  return one.cases.some((id) => subjectOfCase(id) === about.subject);
}

/** A stage's own gap stands in place of all others; a channel's own between two contacts on it. */
function gapFor(gate: Gate, one: Contacted, { gap, channel }: ContactRequest): Gap {
  if (gap !== undefined) return gap;
  const own = one.channel === channel ? gate.gaps.get(channel) : undefined;
  return own ?? gate.gap;
}

/** The day of each occasion that a cap counts, newest first. */
function daysUnder(cap: CompiledCap, contacts: readonly Contacted[], request: ContactRequest): Day[] {
  const days = new Map<number, Day>();
  for (const one of contacts) {
    if (cap.purpose === 'dunning' && one.purpose !== 'dunning') continue;
    if (cap.of === 'contact' && one.contact !== request.contact) continue;
    if (cap.channel !== undefined && one.channel !== cap.channel) continue;
    days.set(one.occasion, Math.max(one.day, days.get(one.occasion) ?? one.day));
  }
  return [...days.values()].sort((a, b) => b - a);
}

/** The first day, not before `day`, on which the cap has room for one occasion more. */
function roomUnder(cap: CompiledCap, days: readonly Day[], day: Day): Day {
  if (cap.in === 'rolling') {
    // With `max` occasions inside the period, the oldest of the newest `max` must leave it first.
    const blocking = days[cap.max - 1];
    return blocking === undefined ? day : Math.max(day, blocking + cap.days);
  }
  for (let from = day; ; ) {
    const { first, last } = periodOf(cap.in, from);
    if (days.filter((one) => one >= first && one <= last).length < cap.max) return from;
    from = last + 1;
  }
}

/** The calendar week, from Monday, or month in which a day lies. */
function periodOf(kind: 'week' | 'month', day: Day): { readonly first: Day; readonly last: Day } {
  if (kind === 'week') {
    const first = day - weekdayOf(day) + 1;
    return { first, last: first + 6 };
  }
  return { first: day - civilOf(day).day + 1, last: endOfMonth(day) };
}
