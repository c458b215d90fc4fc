import { parseDay } from '../calendar/index.js';
import { currencyExponent, formatAmount, type Money } from '../money/index.js';
import { clean } from './clean.js';

/**
 * Amounts, dates and lists in a language. Everything goes through Intl with an
 * explicit locale: for a tag that it does not know, Intl takes the *process's*
 * locale, hence the last resort in every constructor call.
 */
export interface Formatter {
  readonly locale: string;
  money(money: Money): string;
  /** Amounts of several currencies as a list. */
  monies(monies: readonly Money[]): string;
  /** `3 de marzo de 2026` */
  longDate(iso: string): string;
  /** `03/03/2026`, or with the month in letters where order differs between readers of the language. */
  shortDate(iso: string): string;
  count(n: number): string;
  /** `3 días`, `1 día` */
  days(n: number): string;
  and(list: readonly string[]): string;
  or(list: readonly string[]): string;
}

const lastResort = 'en';
const millisPerDay = 86_400_000;
const mostFormatters = 500;
const formatters = new Map<string, Formatter>();

/** The formatter of a locale. */
export function formatterOf(locale: string): Formatter {
  let formatter = formatters.get(locale);
  if (formatter === undefined) {
    formatter = makeFormatter(locale);
    if (formatters.size < mostFormatters) formatters.set(locale, formatter);
  }
  return formatter;
}

function makeFormatter(locale: string): Formatter {
  const locales = [locale, lastResort];
  // Gregorian everywhere: invoices are dated so, also where the locale's everyday calendar is another.
  const longDates = new Intl.DateTimeFormat(locales, {
    dateStyle: 'long',
    timeZone: 'UTC',
    calendar: 'gregory',
  });
  const shortDates = new Intl.DateTimeFormat(locales, {
    ...(new Intl.Locale(locale).language === 'en'
      ? { dateStyle: 'medium' }
      : { year: 'numeric', month: '2-digit', day: '2-digit' }),
    timeZone: 'UTC',
    calendar: 'gregory',
  });
  const counts = new Intl.NumberFormat(locales);
  const days = new Intl.NumberFormat(locales, { style: 'unit', unit: 'day', unitDisplay: 'long' });
  const ands = new Intl.ListFormat(locales, { type: 'conjunction' });
  const ors = new Intl.ListFormat(locales, { type: 'disjunction' });
  const currencies = new Map<string, Intl.NumberFormat>();

  const currencyFormat = (currency: string): Intl.NumberFormat => {
    let format = currencies.get(currency);
    if (format === undefined) {
      format = makeCurrencyFormat(locales, currency);
      currencies.set(currency, format);
    }
    return format;
  };
  const money = (value: Money): string =>
    // Decimal text, so that amounts beyond the precision of a binary fraction stay exact.
    clean(currencyFormat(value.currency).format(formatAmount(value.minor, value.currency) as `${number}`));
  return {
    locale,
    money,
    monies: (list) => clean(ands.format(list.map(money))),
    longDate: (iso) => clean(longDates.format(parseDay(iso) * millisPerDay)),
    shortDate: (iso) => clean(shortDates.format(parseDay(iso) * millisPerDay)),
    count: (n) => clean(counts.format(n)),
    days: (n) => clean(days.format(n)),
    and: (list) => clean(ands.format(list)),
    or: (list) => clean(ors.format(list)),
  };
}

function makeCurrencyFormat(locales: readonly string[], currency: string): Intl.NumberFormat {
  const exponent = currencyExponent(currency);
  const options: Intl.NumberFormatOptions = {
    style: 'currency',
    currency,
    // Spanish would write 1250,00 without a separator and so break the columns of a table.
    useGrouping: 'always',
  };
  const usual = new Intl.NumberFormat(locales, options).resolvedOptions().maximumFractionDigits ?? exponent;
  return new Intl.NumberFormat(locales, {
    ...options,
    minimumFractionDigits: exponent,
    maximumFractionDigits: exponent,
    // Where nobody writes the minor unit (Colombia), Intl rounds it away: it is shown when it is not zero.
    trailingZeroDisplay: usual < exponent ? 'stripIfInteger' : 'auto',
  });
}
