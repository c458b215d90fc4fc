import { formatDay, startOfDay } from '../calendar/index.js';
import { type CalendarDay, CalendarTally } from '../engine/index.js';
import { RecobroError } from '../errors.js';
import { type Reading, type Standing, standingOf, standings } from './ahead.js';
import { codeOf, isStoreFailure } from './failures.js';
import { type ForecastChoice, plannedOf } from './forecasts.js';
import { daysOf } from './options.js';
import type { CrowdedDay } from './outbox/capacity/ahead.js';

/** Entries of a day that are listed unless more are asked for. */
const listed = 20;
/** Longest period, in days. */
const longest = 800;
/** Accounts named that failed. */
const mostFailed = 1000;

/** What is asked of a calendar. */
export interface CalendarRequest extends ForecastChoice {
  /** First and last day, `YYYY-MM-DD`, in the plan's zone; both inclusive, at most 800 days. */
  readonly from: string;
  readonly to: string;
  /** Only this account. Default: all. */
  readonly account?: string | undefined;
  /** How many entries of a day are listed. Default 20; for one account all. */
  readonly list?: number | undefined;
}

/** What is planned, day by day. What has happened is in the history. */
export interface Calendar {
  readonly from: string;
  readonly to: string;
  /** Zone of the days: the plan's. */
  readonly zone: string;
  /** Accounts for which anything is planned. */
  readonly accounts: number;
  /** In order; days on which nothing is planned are left out. */
  readonly days: readonly CalendarDay[];
  /**
   * Days for which more is planned than the limits of a day let out as they stand now, where there are such: the rest
   * goes out on later days, the most valuable first.
   */
  readonly crowded?: readonly CrowdedDay[] | undefined;
  /** Accounts that could not be looked at, the first thousand. */
  readonly failed: readonly { readonly account: string; readonly code: string }[];
}

/**
 * Planned contacts per day, of one account or of all: forecasts, put on the
 * days of the plan. Accounts are read one after the other.
 *
 * @throws RecobroError `unknown_id`; `invalid_date`; `invalid_option` for a period that ends before it begins or is too long
 */
export async function calendarOf(
  context: Reading,
  { from, to, account, list, ...choice }: CalendarRequest,
  now: number,
): Promise<Calendar> {
  const { from: first, to: last } = daysOf({ from, to });
  if (last < first || last - first >= longest)
    throw new RecobroError(
      'invalid_option',
      `a calendar goes from a day to a later one, ${longest} days at most`,
    );
  const { zone } = context.engine.plan;
  const period = { from: startOfDay(first, zone), to: startOfDay(last + 1, zone) - 1, now };
  const failed: { readonly account: string; readonly code: string }[] = [];
  const tally = new CalendarTally(zone, list ?? (account === undefined ? listed : Number.POSITIVE_INFINITY));
  for await (const one of account === undefined ? standings(context) : only(context, account)) {
    try {
      // What lies before the present has happened, or has not.
      const { planned } = plannedOf(context, one, { ...period, from: Math.max(period.from, now) }, choice);
      tally.add(one.file, planned);
    } catch (error) {
      if (account !== undefined || isStoreFailure(error)) throw error;
      if (failed.length < mostFailed) failed.push({ account: one.file.id, code: codeOf(error) });
    }
  }
  return {
    from: formatDay(first),
    to: formatDay(last),
    zone,
    accounts: tally.accounts,
    days: tally.days,
    failed,
  };
}

async function* only(context: Reading, account: string): AsyncGenerator<Standing> {
  yield await standingOf(context, account);
}
