import { type Day, formatDay, parseDay } from '../calendar/index.js';
import type { Rates } from '../ledger/types.js';
import { addMinor, checkMinor } from '../money/index.js';
import type { InterestRule } from '../policy/fees.js';
import type { ChargeItem, ChargePart, InterestPart, NotCharged } from './charge.js';
import { basisOf, type DayCount, daysOf, newYears } from './day-count.js';
import { type Fraction, fractionText, nothing, plus, rounded } from './fraction.js';
import { isNo, no } from './outcome.js';
import { changesOf, firstAbove, rateOn, shareOf } from './rates.js';

/** One rate, one base and one length of year. */
interface Stretch {
  readonly from: Day;
  readonly to: Day;
  readonly base: number;
  readonly rate: string;
  readonly days: number;
  readonly basis: number;
}

/**
 * Simple interest of one item up to and including a day, as rows of the
 * working. The first day that counts is the day after the due date, or after
 * the last day that was charged.
 *
 * @param place the item's place in the input, for paths
 */
export function interestOf(
  item: ChargeItem,
  place: number,
  rule: InterestRule,
  agreed: true | Rates,
  on: Day,
): readonly ChargePart[] | NotCharged {
  if (item.due === undefined) return no('missing_date', `items[${place}].due`);
  const due = parseDay(item.due);
  const whole = rule.from === 'due' || item.charged === undefined;
  const after = whole ? due : Math.max(due, parseDay(item.charged.to));
  if (on <= after) return [];
  const rates = rule.rate ?? (agreed === true ? undefined : agreed);
  if (rates === undefined) return no('missing_rate', 'interest.rate', after + 1);
  const stretches = stretchesOf(item, place, rule, rates, after + 1, on);
  if (isNo(stretches)) return stretches;
  if (agreed !== true) {
    for (const { rate, from, to } of stretches) {
      const above = firstAbove(rate, agreed, from, to);
      if (above !== undefined) return no('not_agreed', 'terms.interest', above);
    }
  }
  return lessCharged(item, rule, rowsOf(item.id, stretches, rule.round ?? 'end'));
}

function stretchesOf(
  item: ChargeItem,
  place: number,
  rule: InterestRule,
  rates: Rates,
  first: Day,
  last: Day,
): Stretch[] | NotCharged {
  const count = rule.dayCount ?? 365;
  const stretches: Stretch[] = [];
  for (const [from, to] of cut(first, last, cutsOf(item, rule, rates, count, first, last))) {
    const rate = rateOn(rates, from);
    if (rate === undefined) return no('missing_rate', 'interest.rate', from);
    const days = daysOf(from, to, count);
    if (days === 0) continue;
    const base = baseOn(item, rule, from);
    if (base === undefined) return no('missing_rate', `items[${place}].balances`, from);
    stretches.push({ from, to, base, rate, days, basis: basisOf(from, count) });
  }
  return stretches;
}

function cutsOf(
  item: ChargeItem,
  rule: InterestRule,
  rates: Rates,
  count: DayCount,
  first: Day,
  last: Day,
): readonly Day[] {
  return [
    ...changesOf(rates),
    ...(rule.base === 'daily' ? (item.balances ?? []).map(({ from }) => parseDay(from)) : []),
    ...(count === 'actual' ? newYears(first, last) : []),
  ];
}

/** Days from a first to a last, cut before each of the days given. */
function cut(first: Day, last: Day, at: readonly Day[]): readonly (readonly [Day, Day])[] {
  const inside = at.filter((day) => day > first && day <= last);
  const starts = [...new Set([first, ...inside])].sort((a, b) => a - b);
  return starts.map((start, index) => [start, (starts[index + 1] ?? last + 1) - 1] as const);
}

/** The base on a day; undefined where it was not told. */
function baseOn(item: ChargeItem, rule: InterestRule, day: Day): number | undefined {
  const base = rule.base ?? 'outstanding';
  const amount = base === 'daily' ? balanceOn(item, day) : item[base];
  return amount === undefined ? undefined : Math.max(checkMinor(amount), 0);
}

function balanceOn({ balances = [] }: ChargeItem, day: Day): number | undefined {
  return balances.findLast(({ from }) => parseDay(from) <= day)?.amount;
}

function rowsOf(
  item: string,
  stretches: readonly Stretch[],
  round: NonNullable<InterestRule['round']>,
): InterestPart[] {
  let sum = nothing;
  let told = 0;
  return stretches.map((stretch) => {
    const { from, to, base, rate, days, basis } = stretch;
    const daily = dailyOf(stretch);
    const exact: Fraction = { n: daily.n * BigInt(days), d: daily.d };
    let amount: number;
    if (round === 'day') amount = checkMinor(rounded(daily) * days);
    else if (round === 'period') amount = rounded(exact);
    else {
      // Each row gets what it adds to the rounded sum, so that the rows sum to it.
      sum = plus(sum, exact);
      amount = rounded(sum) - told;
      told += amount;
    }
    const dates = { from: formatDay(from), to: formatDay(to) };
    return { kind: 'interest', amount, item, base, rate, ...dates, days, basis, exact: fractionText(exact) };
  });
}

function dailyOf({ base, rate, basis }: Stretch): Fraction {
  const share = shareOf(rate);
  return { n: BigInt(base) * share.n, d: share.d * BigInt(basis) };
}

function lessCharged(
  item: ChargeItem,
  rule: InterestRule,
  rows: readonly InterestPart[],
): readonly ChargePart[] {
  const before = rule.from === 'due' ? Math.max(checkMinor(item.charged?.amount ?? 0), 0) : 0;
  const taken = Math.min(
    before,
    rows.reduce((sum, row) => addMinor(sum, row.amount), 0),
  );
  return taken === 0 ? rows : [...rows, { kind: 'deducted', amount: -taken, item: item.id }];
}
