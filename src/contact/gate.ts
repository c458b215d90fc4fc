import {
  type Day,
  type DayWindow,
  durationMillis,
  localDay,
  nextOpenAll,
  parseClock,
  parseDay,
  parseDuration,
} from '../calendar/index.js';
import { RecobroError } from '../errors.js';
import type { AccountFile, Purpose } from '../ledger/file.js';
import type { CalendarRules, ContactCap, ContactRules, Weekday } from '../policy/types.js';
import { earliestBy } from './limits.js';
import { contactedIn } from './touched.js';

/** The default: an account hears of us once a day and three times a week at most. */
export const defaultCaps: NonNullable<ContactRules['caps']> = [
  { max: 1, per: '1d' },
  { max: 3, per: '7d' },
];
export const defaultGap = '1d';

/** Days for which contacts are remembered: no gap and no cap may look back further. */
export const longestLookBack = 400;

/** Least time between two contacts: local days, inclusive, or elapsed milliseconds. Both 0: none. */
export interface Gap {
  readonly days: number;
  readonly ms: number;
}

export interface CompiledCap {
  readonly max: number;
  readonly days: number;
  readonly of: 'account' | 'contact';
  readonly channel: string | undefined;
  readonly in: 'rolling' | 'week' | 'month';
  readonly purpose: 'dunning' | 'any';
}

/** Contact rules, ready to be asked. */
export interface Gate {
  readonly gap: Gap;
  readonly gapOf: 'account' | 'case' | 'item';
  /** By channel: between two contacts on it, in place of `gap`. */
  readonly gaps: ReadonlyMap<string, Gap>;
  readonly caps: readonly CompiledCap[];
  /** Whether contacts that were made matter at all, but for gaps of single stages. */
  readonly counts: boolean;
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
  /** Default `dunning`. Thanks and the like mind windows, and only caps that count any contact. */
  readonly purpose?: Purpose | undefined;
  /** What it is about, for gaps between contacts about one case or item. */
  readonly about?: { readonly case: string; readonly subject: string } | undefined;
  /** The stage's own gap, in place of the plan's. */
  readonly gap?: Gap | undefined;
}

/** The rule that delays a contact. */
export type DelayReason = 'gap' | 'cap' | 'window' | 'holiday';

/** The answer of the gate: allowed now, or what delays it until when. */
export interface Permission {
  /** Earliest permitted instant, not before the one asked about; absent when there is none. */
  readonly at: number | undefined;
  /** What moved it first; absent when it may go at once. */
  readonly reason?: DelayReason | undefined;
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

const noGap: Gap = { days: 0, ms: 0 };

/**
 * A gap: `3d`, `2w`, `36h` elapsed, or `none`.
 *
 * @throws RecobroError `invalid_duration` for business days and months, and beyond 400 days
 */
export function parseGap(text: string): Gap {
  if (text === 'none') return noGap;
  const duration = parseDuration(text);
  if (duration.unit !== 'h' && duration.unit !== 'min') return { days: lookBack(text), ms: 0 };
  const ms = durationMillis(duration);
  if (ms <= longestLookBack * 86_400_000) return { days: 0, ms };
  throw new RecobroError('invalid_duration', `a gap or cap may look back ${longestLookBack} days at most`);
}

/**
 * Compiles contact rules.
 *
 * @throws RecobroError `invalid_duration` for a gap or period that is not in days (a gap: nor hours), or looks back too far
 */
export function compileGate(rules: ContactRules, calendar: CalendarRules): Gate {
  const gap = parseGap(rules.gap ?? defaultGap);
  const gaps = new Map(Object.entries(rules.gaps ?? {}).map(([channel, text]) => [channel, parseGap(text)]));
  const caps = (rules.caps ?? defaultCaps).map(compileCap);
  const holidays = new Set((calendar.holidays ?? []).map(parseDay));
  const closes = (rules.closedOnHolidays ?? true) && holidays.size > 0;
  return {
    gap,
    gapOf: rules.gapOf ?? 'account',
    gaps,
    caps,
    counts: caps.length > 0 || gap.days > 0 || gap.ms > 0 || gaps.size > 0,
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

function compileCap(cap: ContactCap): CompiledCap {
  return {
    max: cap.max,
    // A calendar week or month says its own length.
    days: cap.per === undefined ? 0 : lookBack(cap.per),
    of: cap.of ?? 'account',
    channel: cap.channel,
    in: cap.in ?? 'rolling',
    purpose: cap.purpose ?? 'dunning',
  };
}

/**
 * When the contact is permitted, at the earliest. Gap and caps count contacts
 * that happened, whoever made them, are under way or may have happened
 * (unknown), over all policies and cases.
 */
export function permission(gate: Gate, file: AccountFile, now: number, request: ContactRequest): Permission {
  let at = now;
  let reason: DelayReason | undefined;
  if ((gate.counts || request.gap !== undefined) && file.touches.length + file.acts.size > 0) {
    const today = localDay(now, request.bookZone);
    const contacts = contactedIn(file, request.occasion, now, today);
    if (contacts.length > 0) {
      const earliest = earliestBy(gate, contacts, now, today, request);
      at = earliest.at;
      reason = earliest.by;
    }
  }
  return opening(gate, at, reason, request);
}

/** Whether contact hours of a channel are open at an instant or open later on that day, in a zone. */
export function opensOnDay(gate: Gate, at: number, channel: string, zone: string): boolean {
  const windows = windowsOf(gate, channel);
  if (gate.windows.length === 0 && !gate.closes) return true;
  const open = nextOpenAll(at, windows, [zone], gate.closed);
  return open !== undefined && localDay(open, zone) === localDay(at, zone);
}

function windowsOf(gate: Gate, channel: string): readonly DayWindow[] {
  return gate.windows
    .filter(({ channels }) => channels === undefined || channels.includes(channel))
    .map(({ window }) => window);
}

/** The first moment, not before `at`, at which a window is open in all zones on a day that is not closed. */
function opening(
  gate: Gate,
  at: number,
  reason: DelayReason | undefined,
  { channel, contactZones }: ContactRequest,
): Permission {
  const shut = gate.closes && contactZones.some((zone) => gate.closed(localDay(at, zone)));
  if (gate.windows.length === 0 && !shut) return { at, reason };
  const open = nextOpenAll(at, windowsOf(gate, channel), contactZones, gate.closed);
  return open === at ? { at, reason } : { at: open, reason: reason ?? (shut ? 'holiday' : 'window') };
}
