import { addMonths, civilOf, type Day, endOfMonth, isDay, parseDay, weekdayOf } from '../calendar/index.js';
import { plainWords } from './normal.js';

/** A day that a text names. */
export interface FoundDay {
  readonly day: Day;
  /** Whether the words leave no doubt: `15/03` of an English speaker may be in March or in no month at all. */
  readonly sure: boolean;
}

type Language = 'en' | 'es' | 'pt';

interface Names {
  /** Monday first. */
  readonly weekdays: readonly string[];
  readonly months: readonly string[];
  readonly today: RegExp;
  readonly tomorrow: RegExp;
  readonly afterTomorrow: RegExp;
  /** Group 1 counts, group 2 names a unit. */
  readonly within: RegExp;
  readonly units: { readonly day: RegExp; readonly week: RegExp; readonly month: RegExp };
  readonly nextWeek: RegExp;
  readonly monthEnd: RegExp;
  readonly fortnight?: RegExp;
  /** Before or after a weekday: that of next week. */
  readonly next: RegExp;
  readonly numbers: readonly string[];
}

const names: Readonly<Record<Language, Names>> = {
  en: {
    weekdays: [
      'mon(?:day)?',
      'tue(?:s|sday)?',
      'wed(?:nesday)?',
      'thu(?:r|rs|rsday)?',
      'fri(?:day)?',
      'sat(?:urday)?',
      'sun(?:day)?',
    ],
    months: [
      'jan(?:uary)?',
      'feb(?:ruary)?',
      'mar(?:ch)?',
      'apr(?:il)?',
      'may',
      'june?',
      'july?',
      'aug(?:ust)?',
      'sept?(?:ember)?',
      'oct(?:ober)?',
      'nov(?:ember)?',
      'dec(?:ember)?',
    ],
    today: /\b(?:today|tonight|this afternoon|this morning)\b/,
    tomorrow: /\btomorrow\b/,
    afterTomorrow: /\bday after tomorrow\b/,
    within:
      /\b(?:in|within)(?: the next)? (\d{1,2}|an?|one|two|three|four|five|six|seven|eight|nine|ten) (\w+)\b/,
    units: { day: /^days?$/, week: /^weeks?$/, month: /^months?$/ },
    nextWeek: /\bnext week\b/,
    monthEnd: /\b(?:end of (?:the |this )?month|month end)\b/,
    next: /\bnext\b/,
    numbers: ['', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'],
  },
  es: {
    weekdays: ['lunes', 'martes', 'miercoles', 'jueves', 'viernes', 'sabado', 'domingo'],
    months: [
      'enero',
      'febrero',
      'marzo',
      'abril',
      'mayo',
      'junio',
      'julio',
      'agosto',
      'sep?tiembre',
      'octubre',
      'noviembre',
      'diciembre',
    ],
    today: /\b(?:hoy|esta tarde|esta noche)\b/,
    // "la mañana", "por la mañana", "esta mañana" is a time of day.
    tomorrow: /(?<!\b(?:la|esta|una) )\bmanana\b/,
    afterTomorrow: /\bpasado manana\b/,
    within:
      /\b(?:en|dentro de)(?: unos)? (\d{1,2}|una?|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez) (\w+)\b/,
    units: { day: /^dias?$/, week: /^semanas?$/, month: /^mes(?:es)?$/ },
    nextWeek: /\b(?:proxima semana|semana que viene|semana que entra|otra semana)\b/,
    monthEnd: /\b(?:fin(?:es|al)? de(?:l)? (?:este )?mes|fin de mes)\b/,
    fortnight: /\b(?:esta |la )?quincena\b/,
    next: /\b(?:proximo|que viene|que entra|siguiente)\b/,
    numbers: ['', 'uno', 'dos', 'tres', 'cuatro', 'cinco', 'seis', 'siete', 'ocho', 'nueve', 'diez'],
  },
  pt: {
    weekdays: [
      'segunda(?:[ -]feira)?',
      'terca(?:[ -]feira)?',
      'quarta(?:[ -]feira)?',
      'quinta(?:[ -]feira)?',
      'sexta(?:[ -]feira)?',
      'sabado',
      'domingo',
    ],
    months: [
      'janeiro',
      'fevereiro',
      'marco',
      'abril',
      'maio',
      'junho',
      'julho',
      'agosto',
      'setembro',
      'outubro',
      'novembro',
      'dezembro',
    ],
    today: /\b(?:hoje|esta tarde|esta noite)\b/,
    tomorrow: /\bamanha\b/,
    afterTomorrow: /\bdepois de amanha\b/,
    within:
      /\b(?:em|dentro de|daqui a)(?: uns)? (\d{1,2}|uma?|dois|duas|tres|quatro|cinco|seis|sete|oito|nove|dez) (\w+)\b/,
    units: { day: /^dias?$/, week: /^semanas?$/, month: /^mes(?:es)?$/ },
    nextWeek: /\b(?:proxima semana|semana que vem|outra semana)\b/,
    monthEnd: /\b(?:fim (?:do|de|deste) mes|final do mes)\b/,
    next: /\b(?:proxim[ao]|que vem)\b/,
    numbers: ['', 'um', 'dois', 'tres', 'quatro', 'cinco', 'seis', 'sete', 'oito', 'nove', 'dez'],
  },
};

/** Days further away than this were not meant as the day of a payment. */
const furthest = 120;

/**
 * The first day that a text names, on or after today; undefined where it names none, or only one that is over or
 * months away. Weekdays are the next ones; `el viernes` on a Friday is a week later, for today would have been called so.
 *
 * @param language BCP 47; other languages are read as English
 * @param today the day where the writer is
 *
 * @example
 * findDay('Pago el viernes', 'es-MX', parseDay('2026-03-03')); // 2026-03-06, sure
 */
export function findDay(text: string, language: string, today: Day): FoundDay | undefined {
  const said = plainWords(text);
  const tag = language.toLowerCase();
  const main = tag.split('-')[0];
  const spoken: Language = main === 'es' || main === 'pt' ? main : 'en';
  const found = byWords(said, names[spoken], today) ?? byNumbers(said, spoken, tag, today);
  return found === undefined || found.day < today || found.day > today + furthest ? undefined : found;
}

function sure(day: Day): FoundDay {
  return { day, sure: true };
}

function byWords(said: string, words: Names, today: Day): FoundDay | undefined {
  if (words.afterTomorrow.test(said)) return sure(today + 2);
  if (words.tomorrow.test(said)) return sure(today + 1);
  const dated = byMonthName(said, words, today);
  if (dated !== undefined) return dated;
  const within = words.within.exec(said);
  if (within !== null) {
    const day = after(within[1] ?? '', within[2] ?? '', words, today);
    if (day !== undefined) return sure(day);
  }
  const weekday = byWeekday(said, words, today);
  if (weekday !== undefined) return weekday;
  if (words.monthEnd.test(said)) return sure(endOfMonth(today));
  // Mexican and Colombian pay days: the 15th and the last of a month.
  if (words.fortnight?.test(said) === true) {
    const { day } = civilOf(today);
    return { day: day <= 15 ? today + (15 - day) : endOfMonth(today), sure: false };
  }
  // Some day of next week: the last working one is a promise that can be kept.
  if (words.nextWeek.test(said)) return { day: today + 12 - weekdayOf(today), sure: false };
  if (words.today.test(said)) return sure(today);
  return undefined;
}

function after(count: string, unit: string, words: Names, today: Day): Day | undefined {
  const number = /^\d+$/.test(count) ? Number(count) : Math.max(1, words.numbers.indexOf(count));
  if (words.units.day.test(unit)) return today + number;
  if (words.units.week.test(unit)) return today + 7 * number;
  if (words.units.month.test(unit)) return addMonths(today, number);
  return undefined;
}

function byWeekday(said: string, words: Names, today: Day): FoundDay | undefined {
  const hits = words.weekdays.flatMap((name, index) => {
    const at = said.search(new RegExp(`\\b${name}\\b`));
    return at < 0 ? [] : [{ at, weekday: index + 1 }];
  });
  const first = hits.sort((a, b) => a.at - b.at)[0];
  if (first === undefined) return undefined;
  const ahead = (first.weekday - weekdayOf(today) + 7) % 7 || 7;
  // "el próximo viernes" is this week's for some and next week's for others: the later one, and not sure.
  return words.next.test(said) && ahead < 7 ? { day: today + ahead, sure: false } : sure(today + ahead);
}

/** `15 de marzo`, `March 15th`, `15 March 2026`. */
function byMonthName(said: string, words: Names, today: Day): FoundDay | undefined {
  const months = words.months.map((name) => `(?:${name})`).join('|');
  const number = '(\\d{1,2})(?:st|nd|rd|th|o)?';
  const year = '(?:(?: de| of)? (\\d{4}))?';
  const dayFirst = new RegExp(`\\b${number}(?: de| of)? (${months})\\b${year}`).exec(said);
  const monthFirst = dayFirst ?? new RegExp(`\\b(${months}) ${number}\\b${year}`).exec(said);
  if (monthFirst === null) return undefined;
  const [, one = '', two = '', told] = monthFirst;
  const [day, month] = dayFirst === null ? [two, one] : [one, two];
  const index = words.months.findIndex((name) => new RegExp(`^(?:${name})$`).test(month));
  return dated(Number(day), index + 1, told, today);
}

/** `15/03/2026`, `15-03`, `2026-03-15`, `el 15`, `dia 15`, `the 15th`. */
function byNumbers(said: string, language: Language, tag: string, today: Day): FoundDay | undefined {
  const iso = /\b(\d{4})-(\d{2})-(\d{2})\b/.exec(said);
  if (iso !== null) return isDay(iso[0]) ? sure(parseDay(iso[0])) : undefined;
  const parts = /\b(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}|\d{2}))?\b/.exec(said);
  if (parts !== null) {
    const [, a = '', b = '', year] = parts;
    const [first, second] = [Number(a), Number(b)];
    const full = year?.length === 2 ? `20${year}` : year;
    if (language !== 'en') return dated(first, second, full, today);
    // Americans write the month first; of others who write English, both are read where they agree.
    const american = dated(second, first, full, today);
    const others = dated(first, second, full, today);
    if (tag === 'en-us') return american ?? others;
    if (tag !== 'en') return others ?? american;
    const one = others ?? american;
    return one === undefined
      ? undefined
      : { day: one.day, sure: american === undefined || others === undefined || american.day === others.day };
  }
  const ordinal = {
    en: /\b(?:the|by|on) (\d{1,2})(?:st|nd|rd|th)\b/,
    es: /\b(?:el|dia) (?:dia )?(\d{1,2})\b(?! (?:%|por|pesos|euros|soles|dolares|cuotas|facturas|dias|horas))/,
    pt: /\bdia (\d{1,2})\b/,
  }[language].exec(said);
  if (ordinal === null) return undefined;
  const { year, month } = civilOf(today);
  const day = Number(ordinal[1]);
  const here = dated(day, month, String(year), today);
  if (here !== undefined && here.day >= today) return here;
  const next = civilOf(addMonths(today - civilOf(today).day + 1, 1));
  return dated(day, next.month, String(next.year), today);
}

/** Without a year: the next such day, today included. */
function dated(day: number, month: number, year: string | undefined, today: Day): FoundDay | undefined {
  const iso = (y: number): string => `${y}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  const from = civilOf(today).year;
  const years = year === undefined ? [from, from + 1] : [Number(year)];
  const days = years.map(iso).filter(isDay).map(parseDay);
  const found = year === undefined ? days.find((one) => one >= today) : days[0];
  return found === undefined ? undefined : sure(found);
}
