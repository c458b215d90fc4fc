import { type Assumptions, forecast, type Planned } from '../engine/index.js';
import { RecobroError } from '../errors.js';
import type { Purpose } from '../ledger/file.js';
import { type Reading, type Standing, standingOf, standings } from './ahead.js';

/** What will happen to an account if no fact is told. */
export interface AccountForecast {
  readonly account: string;
  /** Both inclusive. */
  readonly from: number;
  readonly to: number;
  /** Messages that will go out, proposals, and work that will be raised, in the order in which it happens. */
  readonly planned: readonly Planned[];
  /** The first instant after the period at which something may happen; absent when nothing will. */
  readonly next?: number | undefined;
}

/** What is asked of a forecast, beside its period. */
export interface ForecastChoice extends Assumptions {
  /** Only messages and work of these purposes: `dunning`, `service` (thanks and the like). Default: both. */
  readonly purposes?: readonly Purpose[] | undefined;
}

/** A period of instants, both inclusive. */
export interface Period {
  readonly from: number;
  readonly to: number;
  /** The present: what was decided is seen as it stands then. */
  readonly now: number;
}

/** @throws RecobroError `unknown_id`; `invalid_option` for a period that ends before it begins */
export async function forecastOf(
  context: Reading,
  account: string,
  period: Period,
  choice: ForecastChoice,
): Promise<AccountForecast> {
  checkPeriod(period);
  return plannedOf(context, await standingOf(context, account), period, choice);
}

/** One account after the other, by id. @throws RecobroError `invalid_option` */
export async function* forecastsOf(
  context: Reading,
  period: Period,
  choice: ForecastChoice,
): AsyncGenerator<AccountForecast> {
  checkPeriod(period);
  for await (const one of standings(context)) yield plannedOf(context, one, period, choice);
}

/** From the present on, so that what happens before the period has happened when it begins. */
export function plannedOf(
  { engine }: Reading,
  { file, due, outbox }: Standing,
  { from, to, now }: Period,
  { messages, proposals, purposes }: ForecastChoice,
): AccountForecast {
  const options = { messages, proposals, purposes, outbox };
  // An instant of the past is a what-if: it begins there, with a review.
  const known = from < now ? undefined : due;
  const { planned, next } = forecast(engine, file, Math.min(from, now), to, { ...options, due: known });
  return {
    account: file.id,
    from,
    to,
    planned: planned.filter(({ at }) => at >= from),
    ...(next === undefined ? {} : { next }),
  };
}

function checkPeriod({ from, to }: Period): void {
  if (to < from) throw new RecobroError('invalid_option', 'a period ends when it begins, or later');
}
