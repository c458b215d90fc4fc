import { instantAt, parseDay } from '../calendar/index.js';
import { currencyExponent, type Money } from '../money/index.js';
import type { Act } from './acts.js';

const minute = 60_000;
const minutesOfDay = 24 * 60;
/** Steps of value within one minute of a deadline. */
const steps = 2 ** 24;
/** Steps of a doubling: amounts up to 2^32 of the currency's main unit are told apart to a millionth. */
const doubling = 2 ** 19;
/** Puts what has no deadline before everything that has one. */
const before = -(2 ** 52);
/** The rank of what is claimed by nobody. */
const noRank = Number.MAX_SAFE_INTEGER;

/** What the order of acts looks at. */
export type Ranked = Pick<Act, 'id' | 'kind' | 'mode' | 'on' | 'lapses' | 'totals' | 'answers'>;

/**
 * Which act goes first, as one whole number: the lowest. What has to go out
 * sooner comes before what is worth more.
 *
 * A message belongs to the day for which it was decided, since on the next one
 * it is decided anew; a proposal to the day on which it lapses. That is an
 * instant, not a wait: whatever is decided later has a later one, so nothing
 * is overtaken for ever. A message that was taken back and planned anew counts
 * a day older for each time, so that a small amount which never had its turn
 * comes before the large ones in the end. A proposal without a last day goes
 * at once when a person approved it.
 *
 * Amounts of several currencies are compared by their numbers: without rates
 * there is nothing better.
 *
 * @param zone of the books
 */
export function rankOf(act: Ranked, zone: string): number {
  const { kind, mode, lapses, on, totals } = act;
  if (kind !== 'message' || (mode === 'task' && lapses === undefined)) return noRank;
  // Somebody waits for it; of several the one that was given first.
  if (act.answers?.kind === 'message') return before;
  const deadline =
    lapses === undefined ? endOf(on, zone) - minutesOfDay * revisionOf(act.id) : endOf(lapses, zone);
  const rank = deadline * steps + (steps - 1 - worthOf(totals));
  return mode !== undefined && lapses === undefined ? before + rank : rank;
}

/** The ranks of what has a deadline, by the end of a day at the latest. */
export function ranksUntil(day: string, zone: string): { readonly from: number; readonly until: number } {
  return { from: 1, until: endOf(day, zone) * steps + steps - 1 };
}

/** The end of a local day, in minutes since 1970. The same few days are asked for again and again. */
function endOf(day: string, zone: string): number {
  const key = `${zone} ${day}`;
  const known = ends.get(key);
  if (known !== undefined) return known;
  const end = Math.floor(instantAt(parseDay(day) + 1, 0, zone) / minute);
  if (ends.size > 1_000) ends.clear();
  ends.set(key, end);
  return end;
}

const ends = new Map<string, number>();

function worthOf(totals: readonly Money[]): number {
  let most = 0;
  for (const { minor, currency } of totals) most = Math.max(most, minor / 10 ** currencyExponent(currency));
  return Math.min(steps - 1, Math.floor(Math.log2(1 + most) * doubling));
}

/** How often a message was taken back and planned anew at its place: the end of its id says so. */
export function revisionOf(id: string): number {
  return Number(/\.\d+!(\d+)$/.exec(id)?.[1] ?? 0);
}
