import { type Day, parseDay, startOfDay } from '../calendar/index.js';
import type { AccountFile } from './file.js';
import type { Item } from './items.js';
import { lastPromiseDay } from './promises.js';
import type { LedgerRules } from './rules.js';
import { creditOf } from './surplus.js';

/** Days on which an account, an invoice or an instalment is not chased. */
export interface Pause {
  readonly kind: 'hold' | 'unbooked' | 'reply';
  readonly id: string;
  readonly reason: string;
  /** First blocked day. */
  readonly from: Day;
  /** Last blocked day. Absent: until further notice. */
  readonly until: Day | undefined;
  readonly invoice: string | undefined;
  readonly instalment: string | undefined;
  /** Part of it; absent: all. */
  readonly amount: number | undefined;
  /** Of the amount. */
  readonly currency: string | undefined;
}

/** Holds, payments that were seen but not booked, and replies that still stand, whenever their days are. */
export function pausesOf(file: AccountFile, rules: LedgerRules): Pause[] {
  const pauses: Pause[] = [];
  for (const hold of file.holds.values()) {
    const { id, reason, from, until, released, invoice, instalment, amount, currency } = hold;
    if (released) continue;
    const end = until === undefined ? undefined : parseDay(until) - (rules.holdEnd === 'exclusive' ? 1 : 0);
    const named = { invoice, instalment, amount, currency };
    pauses.push({ kind: 'hold', id, reason, from: parseDay(from), until: end, ...named });
  }
  for (const { id, source, on, until, state, invoice, instalment, invoices } of file.unbooked.values()) {
    if (state !== 'pending') continue;
    const from = parseDay(on);
    const end = until === undefined ? from + rules.unbookedDays : parseDay(until);
    for (const one of invoices ?? [invoice]) {
      const named = { invoice: one, instalment, amount: undefined, currency: undefined };
      pauses.push({ kind: 'unbooked', id, reason: source, from, until: end, ...named });
    }
  }
  for (const { id, on, until, handled } of file.replies.values()) {
    const from = parseDay(on);
    const days = rules.replyDays === undefined ? undefined : from + rules.replyDays;
    const end = until === undefined ? days : parseDay(until);
    if (handled || end === undefined) continue;
    const all = { invoice: undefined, instalment: undefined, amount: undefined, currency: undefined };
    pauses.push({ kind: 'reply', id, reason: 'reply', from, until: end, ...all });
  }
  return pauses;
}

export function lastDayOf({ until }: Pause): Day {
  return until ?? Number.MAX_SAFE_INTEGER;
}

export function isOver(pause: Pause, today: Day): boolean {
  return today > lastDayOf(pause);
}

/** The first source, in the plan's order, that is missing, failed or too old at an instant. */
export function staleSource(file: AccountFile, { sources }: LedgerRules, now: number): string | undefined {
  return sources.find(({ id, maxAge }) => {
    const health = file.sources.get(id);
    return health === undefined || health.state === 'failed' || now - health.at > maxAge;
  })?.id;
}

/**
 * The first instant after `now` at which a pause begins, a pause or promise is
 * over, a source becomes too old, or money put to no invoice may cover all that
 * is overdue no more, though no fact was told.
 */
export function nextBlockChange(
  file: AccountFile,
  items: readonly Pick<Item, 'due' | 'outstanding'>[],
  today: Day,
  zone: string,
  now: number,
  rules: LedgerRules,
): number | undefined {
  let day: Day | undefined;
  const offer = (one: Day | undefined): void => {
    if (one !== undefined && one > today && (day === undefined || one < day)) day = one;
  };
  if (file.holds.size > 0 || file.unbooked.size > 0 || file.replies.size > 0) {
    for (const { from, until } of pausesOf(file, rules)) {
      offer(from);
      if (until !== undefined) offer(until + 1);
    }
  }
  for (const promise of file.promises.values()) {
    if (promise.state === 'active') offer(lastPromiseDay(promise, rules) + 1);
  }
  if (rules.unapplied === 'covers' && creditOf(file).size > 0) {
    for (const { due, outstanding } of items) if (due !== undefined && outstanding > 0) offer(due + 1);
  }
  let next = day === undefined ? undefined : startOfDay(day, zone);
  for (const { id, maxAge } of rules.sources) {
    const health = file.sources.get(id);
    if (health === undefined || health.state === 'failed') continue;
    const stale = health.at + maxAge + 1;
    if (stale > now && (next === undefined || stale < next)) next = stale;
  }
  return next;
}
