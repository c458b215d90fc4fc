import { type Day, parseDay } from '../calendar/index.js';
import { RecobroError } from '../errors.js';
import type { Rates } from '../ledger/types.js';
import type { Fraction } from './fraction.js';

const decimalText = /^(\d{1,15})(?:\.(\d{1,15}))?$/;

/** Whether the text is a rate: plain decimal text that is not negative. */
export function isRate(text: unknown): boolean {
  return typeof text === 'string' && decimalText.test(text);
}

/**
 * A percentage as a share: `8.5` is 85/1000. Exact, since 8.5 % has no exact binary form.
 *
 * @throws RecobroError `invalid_amount` when it is no plain decimal text, or negative
 */
export function shareOf(percent: string): Fraction {
  const match = typeof percent === 'string' ? decimalText.exec(percent) : null;
  if (match === null) {
    throw new RecobroError(
      'invalid_amount',
      "a rate must be plain decimal text such as '8.5', and not negative",
    );
  }
  const [, whole = '', decimals = ''] = match;
  return { n: BigInt(whole + decimals), d: 100n * 10n ** BigInt(decimals.length) };
}

/** The rate that holds on a day; undefined where none is known. */
export function rateOn(rates: Rates, day: Day): string | undefined {
  if (typeof rates === 'string') return rates;
  let found: string | null = null;
  for (const { from, rate } of rates) {
    if (parseDay(from) > day) break;
    found = rate;
  }
  return found ?? undefined;
}

/** Days on which a new entry begins. */
export function changesOf(rates: Rates): readonly Day[] {
  return typeof rates === 'string' ? [] : rates.map(({ from }) => parseDay(from));
}

/** The first day of a stretch on which the rate lies above the highest one agreed, or none is agreed. */
export function firstAbove(rate: string, agreed: Rates, from: Day, to: Day): Day | undefined {
  const days = [from, ...changesOf(agreed).filter((day) => day > from && day <= to)];
  return days.find((day) => {
    const most = rateOn(agreed, day);
    return most === undefined || isAbove(rate, most);
  });
}

/** Whether one percentage is more than another. */
export function isAbove(rate: string, most: string): boolean {
  const [a, b] = [shareOf(rate), shareOf(most)];
  return a.n * b.d > b.n * a.d;
}
