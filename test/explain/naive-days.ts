/**
 * Days, business days and local time as one would reckon them by hand, on the
 * platform's own calendar: nothing of the library is used.
 */

const dayMs = 86_400_000;

/** Days since 1970-01-01 of a date such as `2026-03-01`. */
export function dayOf(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / dayMs;
}

export function dateOf(day: number): string {
  return new Date(day * dayMs).toISOString().slice(0, 10);
}

/** A month later, clamped to the end of the month. */
export function addMonth(day: number, months: number): number {
  const [year = 0, month = 1, date = 1] = dateOf(day).split('-').map(Number);
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate();
  return Date.UTC(year, month - 1 + months, Math.min(date, last)) / dayMs;
}

/** Monday to Friday, without the holidays. */
export class Calendar {
  readonly #holidays: ReadonlySet<string>;

  constructor(holidays: readonly string[]) {
    this.#holidays = new Set(holidays);
  }

  isHoliday(day: number): boolean {
    return this.#holidays.has(dateOf(day));
  }

  isBusiness(day: number): boolean {
    const weekday = new Date(day * dayMs).getUTCDay();
    return weekday !== 0 && weekday !== 6 && !this.isHoliday(day);
  }

  add(day: number, business: number): number {
    let at = day;
    for (let left = business; left > 0; ) {
      at++;
      if (this.isBusiness(at)) left--;
    }
    return at;
  }

  next(day: number): number {
    let at = day;
    while (!this.isBusiness(at)) at++;
    return at;
  }
}

interface Local {
  readonly day: number;
  readonly minute: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();
const known = new Map<string, Map<number, Local>>();

/** The local date and minute of the day at an instant. */
export function localOf(instant: number, zone: string): Local {
  let own = known.get(zone);
  if (own === undefined) {
    own = new Map();
    known.set(zone, own);
  }
  const local = own.get(instant) ?? reckoned(instant, zone);
  own.set(instant, local);
  return local;
}

function reckoned(instant: number, zone: string): Local {
  let format = formats.get(zone);
  if (format === undefined) {
    const parts = {
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    } as const;
    format = new Intl.DateTimeFormat('en-CA', { timeZone: zone, hourCycle: 'h23', ...parts });
    formats.set(zone, format);
  }
  const got = new Map(format.formatToParts(instant).map(({ type, value }) => [type, value]));
  const day = dayOf(`${got.get('year')}-${got.get('month')}-${got.get('day')}`);
  return { day, minute: Number(got.get('hour')) * 60 + Number(got.get('minute')) };
}

const step = 30 * 60_000;

/** The first instant of a local day, found by walking to it. */
export function startOf(day: number, zone: string): number {
  let at = day * dayMs - 14 * 3_600_000;
  while (localOf(at, zone).day < day) at += step;
  return at;
}

/** The first half hour, not before an instant, in office hours. */
export function nextOpen(
  from: number,
  zone: string,
  hours: { readonly from: number; readonly to: number },
  calendar: Calendar,
): number {
  for (let at = from; ; at += step) {
    const { day, minute } = localOf(at, zone);
    if (calendar.isBusiness(day) && minute >= hours.from && minute < hours.to) return at;
  }
}
