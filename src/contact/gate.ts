import {
  type Day,
  type DayWindow,
  localDay,
  nextOpenAll,
  parseClock,
  parseDay,
  parseDuration,
  startOfDay,
} from '../calendar/index.js';
import { RecobroError } from '../errors.js';
import type { AccountFile } from '../ledger/file.js';
import type { CalendarRules, ContactRules, Weekday } from '../policy/types.js';

/** The default: an account hears of us once a day and three times a week at most. */
export const defaultCaps: NonNullable<ContactRules['caps']> = [
  { max: 1, per: '1d' },
  { max: 3, per: '7d' },
];
export const defaultGap = '1d';

/** Days for which contacts are remembered: no gap and no cap may look back further. */
export const longestLookBack = 400;

interface CompiledCap {
  readonly max: number;
  readonly days: number;
  readonly of: 'account' | 'contact';
  readonly channel: string | undefined;
}

/** Contact rules, ready to be asked. */
export interface Gate {
  readonly gapDays: number;
  readonly caps: readonly CompiledCap[];
  readonly windows: readonly {
    readonly window: DayWindow;
    readonly channels: readonly string[] | undefined;
  }[];
  /** Whether there are closed days at all. */
  readonly closes: boolean;
  readonly closed: (day: Day) => boolean;
}

/** Who is to be contacted how, and on which occasion. */
export interface ContactRequest {
  readonly contact: string | undefined;
  readonly channel: string;
  /** Zone of the account's books: gap and caps count its days. */
  readonly bookZone: string;
  /** Zones of the contact: the window must be open in all. */
  readonly contactZones: readonly string[];
  /** Contacts of this review do not count: one review is one occasion. */
  readonly occasion: number;
}

/** The answer of the gate: allowed now, or what delays it until when. */
export interface Permission {
  /** Earliest permitted instant, not before the one asked about; absent when there is none. */
  readonly at: number | undefined;
  /** What moved it: `gap`, `cap`, `window`; absent when it may go at once. */
  readonly reason?: 'gap' | 'cap' | 'window' | undefined;
}

const weekdayNumber: Readonly<Record<Weekday, number>> = {
  mon: 1,
  tue: 2,
  wed: 3,
  thu: 4,
  fri: 5,
  sat: 6,
  sun: 7,
};
const everyDay = [1, 2, 3, 4, 5, 6, 7];

/** Number of a weekday name, 1 = Monday. */
export function weekdayOfName(name: Weekday): number {
  return weekdayNumber[name];
}

/**
 * Days of a duration that counts every day: `3d`, `2w`.
 *
 * @throws RecobroError `invalid_duration` for business days, months and parts of a day
 */
export function wholeDays(text: string): number {
  const { count, unit } = parseDuration(text);
  if (unit === 'd') return count;
  if (unit === 'w') return count * 7;
  throw new RecobroError('invalid_duration', `${JSON.stringify(text)} does not count days; write 3d or 2w`);
}

function lookBack(text: string): number {
  const days = wholeDays(text);
  if (days <= longestLookBack) return days;
  throw new RecobroError('invalid_duration', `a gap or cap may look back ${longestLookBack} days at most`);
}

/**
 * Compiles contact rules.
 *
 * @throws RecobroError `invalid_duration` for a gap or period that is not in days or looks back too far
 */
export function compileGate(rules: ContactRules, calendar: CalendarRules): Gate {
  const gap = rules.gap ?? defaultGap;
  const holidays = new Set((calendar.holidays ?? []).map(parseDay));
  const closes = (rules.closedOnHolidays ?? true) && holidays.size > 0;
  return {
    gapDays: gap === 'none' ? 0 : lookBack(gap),
    caps: (rules.caps ?? defaultCaps).map((cap) => ({
      max: cap.max,
      days: lookBack(cap.per),
      of: cap.of ?? 'account',
      channel: cap.channel,
    })),
    windows: (rules.windows ?? []).map((window) => ({
      window: {
        days: window.days === undefined ? everyDay : window.days.map(weekdayOfName),
        from: parseClock(window.from),
        to: parseClock(window.to),
      },
      channels: window.channels,
    })),
    closes,
    closed: closes ? (day) => holidays.has(day) : () => false,
  };
}

/**
 * When the contact is permitted, at the earliest. Gap and caps count chasing
 * contacts that happened, are under way or may have happened (unknown), over
 * all policies and cases.
 */
export function permission(gate: Gate, file: AccountFile, now: number, request: ContactRequest): Permission {
  let at = now;
  let reason: Permission['reason'];
  const today = localDay(now, request.bookZone);
  const contacts = gate.gapDays === 0 && gate.caps.length === 0 ? [] : occasionsOf(file, request, today);
  if (contacts.length > 0) {
    const { day, by } = earliestDay(gate, contacts, today, request);
    if (day > today) {
      at = startOfDay(day, request.bookZone);
      reason = by;
    }
  }
  const shut = (zone: string): boolean => gate.closed(localDay(at, zone));
  if (gate.windows.length === 0 && (!gate.closes || !request.contactZones.some(shut))) return { at, reason };
  const windows = gate.windows
    .filter(({ channels }) => channels === undefined || channels.includes(request.channel))
    .map(({ window }) => window);
  const open = nextOpenAll(at, windows, request.contactZones, gate.closed);
  return open === at ? { at, reason } : { at: open, reason: reason ?? 'window' };
}

interface Contacted {
  readonly day: Day;
  readonly occasion: number;
  readonly contact: string | undefined;
  readonly channel: string | undefined;
}

function occasionsOf(file: AccountFile, request: ContactRequest, today: Day): Contacted[] {
  const contacts: Contacted[] = [];
  for (const touch of file.touches) {
    if (touch.purpose !== 'dunning' || touch.occasion === request.occasion) continue;
    contacts.push({
      day: parseDay(touch.on),
      occasion: touch.occasion,
      contact: touch.contact,
      channel: touch.channel,
    });
  }
  for (const act of file.acts.values()) {
    if (act.kind !== 'message' || act.purpose !== 'dunning' || act.review === request.occasion) continue;
    // What is still on its way goes out today at the earliest; what may have gone out did so on its day.
    const on = parseDay(act.on);
    contacts.push({
      day: act.state === 'planned' ? Math.max(on, today) : on,
      occasion: act.review,
      contact: act.contact,
      channel: act.channel,
    });
  }
  return contacts;
}

function earliestDay(
  gate: Gate,
  contacts: readonly Contacted[],
  today: Day,
  request: ContactRequest,
): { day: Day; by: 'gap' | 'cap' } {
  let day = today;
  let by: 'gap' | 'cap' = 'gap';
  if (gate.gapDays > 0) {
    for (const one of contacts) day = Math.max(day, one.day + gate.gapDays);
  }
  for (const cap of gate.caps) {
    const days = new Map<number, Day>();
    for (const one of contacts) {
      if (cap.of === 'contact' && one.contact !== request.contact) continue;
      if (cap.channel !== undefined && (one.channel !== cap.channel || request.channel !== cap.channel))
        continue;
      days.set(one.occasion, Math.max(one.day, days.get(one.occasion) ?? one.day));
    }
    // With `max` occasions inside the period, the oldest of the newest `max` must leave it first.
    const newest = [...days.values()].sort((a, b) => b - a);
    const blocking = newest[cap.max - 1];
    if (blocking !== undefined && blocking + cap.days > day) {
      day = blocking + cap.days;
      by = 'cap';
    }
  }
  return { day, by };
}
