import type { AccountStatus, Impact, ItemStatus, NextAction, NoticeStatus } from '../../engine/index.js';
import type { Note } from '../../ledger/file.js';
import type { Documents } from '../../policy/types.js';
import { type Calendar, type CalendarRequest, calendarOf } from '../calendar.js';
import type { Context } from '../context.js';
import { type AccountExplanation, explainAccount } from '../explaining.js';
import {
  type AccountForecast,
  type ForecastChoice,
  forecastOf,
  forecastsOf,
  type Period,
} from '../forecasts.js';
import { type HistoryEntry, historyOf } from '../history.js';
import { type ImpactReport, impactOfDocuments, impactsOfDocuments } from '../impact.js';
import { notesOf } from '../notes.js';
import { instantOf, objectOf, type When } from '../options.js';
import { crowdedDays } from '../outbox/capacity/ahead.js';
import { nextActionOfAccount, statusOfAccount, statusOfItem, statusOfNotice } from '../reads.js';
import { type Worklist, type WorklistRequest, worklistOf } from '../worklist.js';
import type { Calls } from './calls.js';
import type { ForecastPeriod } from './run-options.js';

/** What can be read: why, what next, how things stand. Part of {@link Dunning}. */
export interface ReadCalls {
  /** Why and why not, as data and as text in a language (default: the plan's). @throws RecobroError `unknown_id` */
  explain(
    account: string,
    options?: { readonly at?: When | undefined; readonly language?: string | undefined },
  ): Promise<AccountExplanation>;
  /**
   * What will happen to an account if no fact is told: act for act (ids, instants, stages, channels,
   * contacts, amounts) what ticks then do at the instants that the account names, or between whole hours
   * on the same days, as long as providers accept everything. `messages: 'delivered'` takes receipts for
   * granted too, `proposals: 'confirmed'` people who confirm at once. Reads what is in the outbox; writes nothing.
   *
   * @example
   * const { planned } = await dunning.forecast('robles', { to: '2026-04-01T00:00:00Z' });
   * console.log(planned.map(({ act, becomes }) => `${act.on} ${becomes} ${act.stage}`));
   * @throws RecobroError `unknown_id`; `invalid_option` for a period that ends before it begins
   */
  forecast(account: string, period: ForecastPeriod): Promise<AccountForecast>;
  /** The same for every account, by id, one after the other: memory does not grow with their number. @throws RecobroError `invalid_option` */
  forecasts(period: ForecastPeriod): AsyncIterable<AccountForecast>;
  /**
   * Planned contacts per day in the plan's zone, of one account or of the portfolio, within gaps and caps:
   * counts by channel and stage, amounts by currency, and the first entries of each day. It is
   * {@link Dunning.forecast}, put on days. Memory does not grow with the portfolio.
   *
   * @example
   * const { days } = await dunning.calendar({ from: '2026-03-01', to: '2026-03-31' });
   * console.log(days.map(({ on, contacts, channels }) => [on, contacts, channels]));
   * @throws RecobroError `unknown_id`; `invalid_date`; `invalid_option` for a period that ends before it begins or is longer than 800 days
   */
  calendar(request: CalendarRequest & { readonly now?: When | undefined }): Promise<Calendar>;
  /**
   * What is next for an account: work that waits for people or the host now, the most pressing first, then
   * what recobro does next by itself (when, by which channel, which stage, to whom, and what it waits for),
   * or why nothing comes. The same `next` as in {@link Dunning.account}.
   *
   * @example
   * const { work, next, none } = await dunning.nextAction('robles');
   * console.log(work[0]?.name ?? next?.on ?? none[0]?.reason);
   * @throws RecobroError `unknown_id`
   */
  nextAction(account: string, options?: { readonly at?: When | undefined }): Promise<NextAction>;
  /**
   * The accounts that people are to work on: open tasks, proposals and alerts, outcomes that nobody knows,
   * broken promises, disputes to answer, cases that go no further, overdue debts without contact. By score
   * from 0 to 100, which is a weighted sum of amount, age, the most pressing reason, risk, broken promises,
   * class and silence (docs/ahead.md has the formula); ties by account id. Each line carries its parts.
   *
   * @example
   * const { lines } = await dunning.worklist({ owner: 'eva', weights: { age: 40 } });
   * console.log(lines.map(({ account, score, reasons }) => [account, Math.round(score), reasons[0]?.reason]));
   * @throws RecobroError `invalid_option`; `invalid_amount` and `unknown_currency` for a scale
   */
  worklist(request?: WorklistRequest & { readonly at?: When | undefined }): Promise<Worklist>;
  /** The log of an account, oldest first. */
  history(account: string): AsyncIterable<HistoryEntry>;
  /**
   * What is still open of what a message asked for. It is resolved when every amount that it listed is
   * settled, even if an invoice stays partly open.
   *
   * @throws RecobroError `unknown_id`; `impossible_state` for an act that is no message
   */
  notice(act: string, options?: { readonly at?: When | undefined }): Promise<NoticeStatus>;
  /** All notes of an account, oldest first; the latest ten stand in {@link Dunning.account} as well. @throws RecobroError `unknown_id` */
  notes(account: string): AsyncIterable<Note>;
  /**
   * Levels, counts and what comes next, of an account and its items, and its exposure where it has a
   * credit line. Changes nothing and tells nobody. @throws RecobroError `unknown_id`
   */
  account(
    account: string,
    options?: { readonly at?: When | undefined; readonly settled?: boolean | undefined },
  ): Promise<AccountStatus>;
  /** The same of one item. @throws RecobroError `unknown_id` */
  item(account: string, item: string, options?: { readonly at?: When | undefined }): Promise<ItemStatus>;
  /**
   * Dry run of a change of documents on today's portfolio: who gains or loses a message, a fee or a level,
   * account by account and in all, amounts by currency. It is the difference between the next run (a review
   * of all accounts, then a tick in which everything is accepted) under the documents of today and under the
   * others. Writes nothing; memory does not grow with the portfolio.
   *
   * @example
   * const { messages, fees, levels } = await dunning.impact({ plan, policies: [...policies, newVersion], messages: texts });
   * console.log(`${messages.gained} messages more, ${messages.lost} less`, fees.amounts.gained, levels.raised);
   * @throws RecobroError `invalid_document`
   */
  impact(
    documents: Documents,
    options?: {
      readonly at?: When | undefined;
      /** Compare the timelines up to then as well. */
      readonly until?: When | undefined;
      /** How many affected accounts are listed at most. Default 1000. */
      readonly list?: number | undefined;
    },
  ): Promise<ImpactReport>;
  /**
   * The same for each account that is affected, by id, one after the other.
   *
   * @throws RecobroError `invalid_document`; `backdated_review` when an account was reviewed on a later day
   */
  impacts(
    documents: Documents,
    options?: { readonly at?: When | undefined; readonly until?: When | undefined },
  ): AsyncIterable<Impact>;
}

export function readCalls(context: Context, calls: Calls): ReadCalls {
  const { instant } = calls;
  const periodOf = (given: ForecastPeriod): readonly [Period, ForecastChoice] => {
    const { from, to, now, ...choice } = objectOf(given, 'period');
    const present = now === undefined ? instant(now) : instantOf(now, 'now');
    return [
      { from: from === undefined ? present : instantOf(from, 'from'), to: instantOf(to, 'to'), now: present },
      choice,
    ];
  };
  return {
    explain: async (account, { at, language } = {}) =>
      explainAccount(context, account, instant(at), language),
    forecast: async (account, given) => {
      const [period, choice] = periodOf(given);
      return forecastOf(context, account, period, choice);
    },
    forecasts: (given) => {
      const [period, choice] = periodOf(given);
      return forecastsOf(context, period, choice);
    },
    calendar: async (request) => {
      const { now, ...rest } = objectOf(request, 'request');
      const calendar = await calendarOf(context, rest, instant(now));
      // Of one account alone nothing can be said: others want the same room.
      const crowded = rest.account === undefined ? await crowdedDays(context, calendar.days) : [];
      return crowded.length === 0 ? calendar : { ...calendar, crowded };
    },
    nextAction: async (account, { at } = {}) => nextActionOfAccount(context, account, instant(at)),
    worklist: async ({ at, ...request } = {}) => worklistOf(context, request, instant(at)),
    history: (account) => historyOf(context, account),
    notice: async (act, { at } = {}) => statusOfNotice(context, act, instant(at)),
    notes: (account) => notesOf(context, account),
    account: async (account, { at, settled } = {}) =>
      statusOfAccount(context, account, instant(at), { settled }),
    item: async (account, item, { at } = {}) => statusOfItem(context, account, item, instant(at)),
    impact: async (documents, { at, until, list } = {}) =>
      impactOfDocuments(context, documents, instant(at), {
        list,
        ...(until === undefined ? {} : { until: instantOf(until) }),
      }),
    impacts: (documents, { at, until } = {}) =>
      impactsOfDocuments(context, documents, instant(at), {
        ...(until === undefined ? {} : { until: instantOf(until) }),
      }),
  };
}
