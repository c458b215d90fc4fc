import { isDay } from '../../calendar/index.js';
import { RecobroError } from '../../errors.js';
import type { DateFormat } from './types.js';

/** What a text may mean as a date. */
export type DateReading =
  /** One meaning whatever the format. */
  | { readonly kind: 'fixed'; readonly iso: string }
  /** Day and month by their order: the dates it would be; undefined where no such date exists. */
  | { readonly kind: 'ordered'; readonly dmy: string | undefined; readonly mdy: string | undefined }
  | { readonly kind: 'none' };

// A time of day behind the date says nothing that a ledger's calendar date needs; a date is taken as written.
const time = String.raw`(?:[T ,]+\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?:\s*[ap]\.?\s*m\.?)?\s*(?:Z|[+-]\d{2}:?\d{2})?)?`;
const yearFirst = new RegExp(String.raw`^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})${time}$`, 'i');
const compact = /^((?:19|2\d)\d{2})(\d{2})(\d{2})$/;
const yearLast = new RegExp(String.raw`^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})${time}$`, 'i');
const dayMonthName = new RegExp(
  String.raw`^(\d{1,2})[-/. ]+(?:de )?([a-zç]{3,10})\.?[-/., ]+(?:de[l]? )?(\d{4}|\d{2})${time}$`,
  'i',
);
const monthNameDay = new RegExp(String.raw`^([a-zç]{3,10})\.? (\d{1,2}),? (\d{4})${time}$`, 'i');

// English, Spanish, Portuguese; three letters tell them apart, and the few that clash mean the same month.
const monthByName: ReadonlyMap<string, number> = new Map(
  [
    ['jan', 'ene'],
    ['feb', 'fev'],
    ['mar'],
    ['apr', 'abr'],
    ['may', 'mai'],
    ['jun'],
    ['jul'],
    ['aug', 'ago'],
    ['sep', 'set'],
    ['oct', 'out'],
    ['nov'],
    ['dec', 'dic', 'dez'],
  ].flatMap((names, index) => names.map((name) => [name, index + 1] as const)),
);

/** What a text may mean. Separators and leading zeros do not matter; two-digit years lie between 1980 and 2079. */
export function readDate(text: string): DateReading {
  const first = yearFirst.exec(text) ?? compact.exec(text);
  if (first !== null) {
    const [year, month, day] = first.length === 5 ? [first[1], first[3], first[4]] : first.slice(1);
    return fixed(isoOf(year, month, day));
  }
  const last = yearLast.exec(text);
  if (last !== null) {
    const [, a, , b, year] = last;
    const dmy = isoOf(year, b, a);
    const mdy = isoOf(year, a, b);
    if (dmy === undefined && mdy === undefined) return { kind: 'none' };
    return dmy === mdy ? fixed(dmy) : { kind: 'ordered', dmy, mdy };
  }
  const named = dayMonthName.exec(text);
  if (named !== null) return fixed(isoOf(named[3], monthOf(named[2]), named[1]));
  const english = monthNameDay.exec(text);
  if (english !== null) return fixed(isoOf(english[3], monthOf(english[1]), english[2]));
  return { kind: 'none' };
}

/** The date under a format, or undefined where it is none. */
export function dateUnder(reading: DateReading, format: DateFormat | undefined): string | undefined {
  if (reading.kind === 'fixed') return reading.iso;
  if (reading.kind === 'none') return undefined;
  if (format === 'd/m/y') return reading.dmy;
  return format === 'm/d/y' ? reading.mdy : undefined;
}

/**
 * The format that a name means: `d/m/y`, `DD-MM-YYYY`, `iso`, …
 *
 * @throws RecobroError `invalid_option`
 */
export function parseDateFormat(name: string): DateFormat {
  const lower = name.trim().toLowerCase();
  const order = [...new Set(lower.replace(/[^ymd]/g, ''))].join('');
  if (lower === 'iso' || order === 'ymd') return 'y-m-d';
  if (order === 'dmy') return 'd/m/y';
  if (order === 'mdy') return 'm/d/y';
  const message = `${JSON.stringify(name.slice(0, 32))} is no date format; write d/m/y, m/d/y or y-m-d`;
  throw new RecobroError('invalid_option', message, {
    problems: [{ path: 'dateFormat', code: 'invalid_value', message }],
  });
}

function fixed(iso: string | undefined): DateReading {
  return iso === undefined ? { kind: 'none' } : { kind: 'fixed', iso };
}

function monthOf(name: string | undefined): string | undefined {
  const month = monthByName.get((name ?? '').toLowerCase().slice(0, 3));
  return month === undefined ? undefined : String(month);
}

function isoOf(
  year: string | undefined,
  month: string | undefined,
  day: string | undefined,
): string | undefined {
  if (year === undefined || month === undefined || day === undefined) return undefined;
  const full = year.length === 2 ? `${Number(year) < 80 ? '20' : '19'}${year}` : year;
  const iso = `${full}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isDay(iso) ? iso : undefined;
}
