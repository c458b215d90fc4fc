import { formatInstant } from '../calendar/index.js';
import { formatAmount, isCurrency, type Money } from '../money/index.js';
import type { Speech } from './speech.js';

/** `1,250.00 MXN`: grouped as the reader writes numbers, and with the code, which leaves no doubt about the currency. */
export function amountText({ minor, currency }: Money, speech: Speech): string {
  return `${decimalText(formatAmount(minor, currency), speech)} ${currency}`;
}

/** Amounts of several currencies, each for itself, with a plus between them. */
export function amountsText(amounts: readonly Money[], speech: Speech): string {
  return amounts.map((one) => amountText(one, speech)).join(' + ');
}

/** Decimal texts by currency: each counts for its own. */
export function thresholdText(threshold: Readonly<Record<string, string>>, speech: Speech): string {
  return Object.entries(threshold)
    .map(([currency, text]) =>
      isCurrency(currency) ? `${decimalText(text, speech)} ${currency}` : `${text} ${currency}`,
    )
    .join(' / ');
}

const most = 200;
const formats = new Map<string, Intl.NumberFormat>();

/** Decimal text with separators, without going through a binary fraction; what is none stays as it is. */
export function decimalText(text: string, { format }: Speech): string {
  if (!/^-?\d+(?:\.\d+)?$/.test(text)) return text;
  const decimals = Math.min(text.split('.')[1]?.length ?? 0, 20);
  const key = `${format.locale} ${decimals}`;
  let made = formats.get(key);
  if (made === undefined) {
    made = new Intl.NumberFormat([format.locale, 'en'], {
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
      // Spanish would write 1250,00 without a separator.
      useGrouping: 'always',
    });
    if (formats.size < most) formats.set(key, made);
  }
  return made.format(text as `${number}`);
}

/** A local day in words: `March 3, 2026`; with the hour where it is not the start of the day. */
export function momentText(instant: number, zone: string, { format }: Speech): string {
  const local = formatInstant(instant, zone);
  const day = format.longDate(local.slice(0, 10));
  const time = local.slice(11, 16);
  return time === '00:00' ? day : `${day}, ${time}`;
}
