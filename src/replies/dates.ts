import { addMonths, civilOf, type Day, endOfMonth, isDay, parseDay, weekdayOf } from '../calendar/index.js';
import { type Names, names } from './names.js';
import { plainWords } from './normal.js';

/** A day that a text names. */
export interface FoundDay {
  readonly day: Day;
  /** Whether the words leave no doubt: `15/03` of an English speaker may be in March or in no month at all. */
  readonly sure: boolean;
}

type Language = 'en' | 'es' | 'pt';

/** Days further away than this were not meant as the day of a payment. */
const furthest = 120;

/**
 * The first day that a text names, on or after today; undefined where it names none, or only one that is over or
 * months away. Not sure where it names several, one that there is not, or says it vaguely (*after* the 15th). Weekdays
 * are the next ones; `el viernes` on a Friday is a week later, for today would have been called so.
 *
 * @param language BCP 47; other languages are read as English
 * @param today the day where the writer is
 *
 * @example
 * findDay('Pago el viernes', 'es-MX', parseDay('2026-03-03')); // 2026-03-06, sure
 */
export function findDay(text: string, language: string, today: Day): FoundDay | undefined {
  const tag = language.toLowerCase();
  const main = tag.split('-')[0];
  const spoken: Language = main === 'es' || main === 'pt' ? main : 'en';
  return new Reader(withoutNumbers(text), names[spoken], { spoken, tag, today }).found();
}

/** Amounts, shares and the numbers of documents look like days. */
function withoutNumbers(text: string): string {
  const said = plainWords(text.replace(/[$€£]\s?\d[\d.,]*/gu, ' ').replace(/\d[\d.,]*\s?(?:%|[$€£])/gu, ' '));
  return said.replace(
    /\b(?:factura|fact|fac|invoice|inv|folio|fatura|nota fiscal|boleto|pedido|orden|order|ref|referencia|contrato|recibo|f)(?: (?:numero|num|nro|no|n))? \d[\d/.:-]*/g,
    ' ',
  );
}

/** What is named: `null` for nothing after all, undefined for a day that there is not. */
type Read = (match: RegExpExecArray) => FoundDay | null | undefined;

interface Candidate extends FoundDay {
  readonly at: number;
}

/** Patterns are long and the same for each text of a language. */
const compiled = new Map<string, RegExp>();

function anywhere(pattern: string): RegExp {
  const known = compiled.get(pattern);
  if (known !== undefined) return known;
  const made = new RegExp(`\\b(?:${pattern})(?!\\w)`, 'g');
  compiled.set(pattern, made);
  return made;
}

/** Takes one way of naming a day after the other out of a text, the clearest first. */
class Reader {
  #said: string;
  readonly #names: Names;
  readonly #place: { readonly spoken: Language; readonly tag: string; readonly today: Day };
  readonly #found: Candidate[] = [];
  /** A day was named that there is not. */
  #odd = false;

  constructor(
    said: string,
    words: Names,
    place: { readonly spoken: Language; readonly tag: string; readonly today: Day },
  ) {
    this.#said = words.noWeekday === undefined ? said : said.replace(words.noWeekday, ' ');
    this.#names = words;
    this.#place = place;
  }

  found(): FoundDay | undefined {
    const { today } = this.#place;
    this.#numeric();
    this.#ofMonths();
    this.#relative();
    this.#weekdays();
    const { monthEnd, of, nextMonth, fortnight, nextWeek } = this.#names;
    const next = endOfMonth(addMonths(today - civilOf(today).day + 1, 1));
    this.#take(`(?:${monthEnd}) ${nextMonth}`, () => ({ day: next, sure: true }));
    this.#take(`(?:${monthEnd}) ${of}(?:month|mes)|month end|eom|dia ultimo`, () => ({
      day: endOfMonth(today),
      sure: true,
    }));
    // Mexican and Colombian pay days: the 15th and the last of a month.
    const { day } = civilOf(today);
    const payday = day <= 15 ? today + (15 - day) : endOfMonth(today);
    if (fortnight !== undefined) this.#take(fortnight, () => ({ day: payday, sure: false }));
    // Some day of next week: the last working one is a promise that can be kept.
    this.#take(nextWeek, () => ({ day: today + 12 - weekdayOf(today), sure: false }));
    // "Not today but on Monday": what else is named counts.
    if (this.#found.length === 0) this.#take(this.#names.today, () => ({ day: today, sure: true }));
    return this.#settled();
  }

  #settled(): FoundDay | undefined {
    const { today } = this.#place;
    const near = this.#found
      .filter(({ day }) => day >= today && day <= today + furthest)
      .sort((a, b) => a.at - b.at);
    const [first] = near;
    if (first === undefined) return undefined;
    const several = near.some(({ day }) => day !== first.day);
    const more = /\b(?:y|e|o|u|ou|and|or)(?: el| the| dia)? \d{1,2}(?:st|nd|rd|th)?\b/;
    const open = this.#odd || several || more.test(this.#said) || this.#names.vague.test(this.#said);
    return { day: first.day, sure: first.sure && !open };
  }

  /** `2026-03-15`, `15/03/2026`, `15/03`, `15-03`. */
  #numeric(): void {
    const { spoken, tag, today } = this.#place;
    this.#take('(\\d{4})-(\\d{2})-(\\d{2})', ([iso]) =>
      isDay(iso) ? { day: parseDay(iso), sure: true } : undefined,
    );
    // Without a year, points are for amounts and hours, and hyphens may be a document's number.
    const numbers =
      '(?<a>\\d{1,2})(?<mark>[/.-])(?<b>\\d{1,2})(?:\\k<mark>(?<year>\\d{4}|\\d{2}))?(?![/.-]?\\d)';
    this.#take(`${this.#maybeWeekday()}${numbers}`, ({ groups = {} }) => {
      const { a = '', mark, b = '', year, weekday } = groups;
      if (mark === '.' && year === undefined) return null;
      const full = year?.length === 2 ? `20${year}` : year;
      const [dayFirst, monthFirst] = [
        dated(Number(a), Number(b), full, today),
        dated(Number(b), Number(a), full, today),
      ];
      const clear = mark !== '-' || year !== undefined;
      const sure = (day: Day | undefined): FoundDay | undefined => this.#fits(weekday, day, clear);
      if (spoken !== 'en') return sure(dayFirst);
      // Americans write the month first; of others who write English, both are read where they agree.
      if (tag === 'en-us') return sure(monthFirst ?? dayFirst);
      if (tag !== 'en') return sure(dayFirst ?? monthFirst);
      const agree = dayFirst === undefined || monthFirst === undefined || dayFirst === monthFirst;
      const one = sure(dayFirst ?? monthFirst);
      return one === undefined ? undefined : { day: one.day, sure: one.sure && agree };
    });
  }

  /** `15 de marzo`, `viernes 13 de marzo`, `March 15th`, `el 5 del próximo mes`, `viernes 13`, `el 15`. */
  #ofMonths(): void {
    const { months, thisMonth, nextMonth, ordinal, noDay, first } = this.#names;
    const { today } = this.#place;
    const weekday = this.#maybeWeekday();
    const number = `(?<number>\\d{1,2}|${this.#numbers()}|${first})(?:st|nd|rd|th|o|º|ro|ero|er)?(?![/.:-]?\\d)`;
    const month = `(?<month>${months.join('|')})`;
    const year = '(?: (?:de |del |of )?(?<year>\\d{4}))?';
    const byName: Read = ({ groups = {} }) => {
      const index = months.findIndex((one) => new RegExp(`^(?:${one})$`).test(groups.month ?? ''));
      return this.#fits(groups.weekday, dated(this.#count(groups.number), index + 1, groups.year, today));
    };
    this.#take(`${weekday}${number} (?:de |of |do )?${month}${year}`, byName);
    this.#take(`${weekday}${month}(?: the)? ${number}${year}`, byName);
    const start = today - civilOf(today).day + 1;
    const numbered = ordinal.replace('N', number);
    const within = (from: Day, { groups = {} }: RegExpExecArray): FoundDay | undefined => {
      const civil = civilOf(from);
      const day = dated(this.#count(groups.number), civil.month, String(civil.year), today);
      return this.#fits(groups.weekday, day);
    };
    const following = addMonths(start, 1);
    for (const one of [`${weekday}${number}`, numbered])
      this.#take(`${one} ${nextMonth}`, (match) => within(following, match));
    this.#take(`${numbered} ${thisMonth}`, (match) => within(start, match));
    const coming: Read = (match) => {
      const here = within(start, match);
      if (here !== undefined && here.day >= today) return here;
      const next = within(following, match);
      // "The 30th" in a February is the end of it for some.
      return next === undefined ? undefined : { day: next.day, sure: next.sure && here !== undefined };
    };
    const alone = `(?! (?:${noDay})\\b)`;
    this.#take(`${this.#weekdayBefore()}${number}${alone}`, coming);
    this.#take(`${numbered}${alone}`, coming);
  }

  /** `tomorrow`, `in 3 days`, `en dos semanas`. */
  #relative(): void {
    const { afterTomorrow, tomorrow, within, units, business } = this.#names;
    const { today } = this.#place;
    this.#take(afterTomorrow, () => ({ day: today + 2, sure: true }));
    this.#take(tomorrow, () => ({ day: today + 1, sure: true }));
    const number = `(?<count>\\d{1,2}|an?|una?|uma|duas|${this.#numbers()})`;
    const unit = `(?:(?<before>${business}) )?(?:(?<day>${units.day})|(?<week>${units.week})|(?<month>${units.month}))(?: time)?(?: (?<after>${business}))?`;
    for (const one of within)
      this.#take(one.replace('N', number).replace('U', unit), ({ groups = {} }) => {
        const count = this.#count(groups.count);
        const day =
          groups.day !== undefined
            ? today + count
            : groups.week !== undefined
              ? today + 7 * count
              : addMonths(today, count);
        return { day, sure: groups.before === undefined && groups.after === undefined };
      });
  }

  /** `el viernes`, `el jueves de la próxima semana`, `next Friday`. */
  #weekdays(): void {
    const { nextWeek, next } = this.#names;
    const { today } = this.#place;
    const weekday = `(?<weekday>${this.#names.weekdays.join('|')})`;
    const week = `(?:${nextWeek})`;
    const monday = today + 8 - weekdayOf(today);
    const ofNextWeek = ({ groups = {} }: RegExpExecArray): FoundDay => ({
      day: monday + this.#indexOf(groups.weekday) - 1,
      sure: true,
    });
    this.#take(`${weekday} (?:(?:de|da|of) )?${week}`, ofNextWeek);
    this.#take(`${week}(?: on| el| na| no)? ${weekday}`, ofNextWeek);
    this.#take(`(?:(?<before>${next}) )?${weekday}(?: (?<after>${next}))?`, ({ groups = {} }) => {
      const ahead = (this.#indexOf(groups.weekday) - weekdayOf(today) + 7) % 7 || 7;
      // "El próximo viernes" is this week's for some and next week's for others.
      const sure = ahead === 7 || (groups.before === undefined && groups.after === undefined);
      return { day: today + ahead, sure };
    });
  }

  /** A weekday that is not that of the date beside it leaves both open. */
  #fits(weekday: string | undefined, day: Day | undefined, sure = true): FoundDay | undefined {
    if (day === undefined) return undefined;
    return { day, sure: sure && (weekday === undefined || this.#indexOf(weekday) === weekdayOf(day)) };
  }

  #weekdayBefore(): string {
    return `(?<weekday>${this.#names.weekdays.join('|')})(?: (?:the|dia|el|on))? `;
  }

  #maybeWeekday(): string {
    return `(?:${this.#weekdayBefore()})?`;
  }

  #indexOf(weekday = ''): number {
    return this.#names.weekdays.findIndex((one) => new RegExp(`^(?:${one})$`).test(weekday)) + 1;
  }

  #numbers(): string {
    return this.#names.numbers.join('|');
  }

  #count(said = ''): number {
    if (/^\d+$/.test(said)) return Number(said);
    if (said === 'duas') return 2;
    return Math.max(1, this.#names.numbers.indexOf(said) + 1);
  }

  /** Notes what a pattern names and takes it out. */
  #take(pattern: string, read: Read): void {
    for (const match of [...this.#said.matchAll(anywhere(pattern))]) {
      const found = read(match);
      if (found === null) continue;
      if (found === undefined) this.#odd = true;
      else this.#found.push({ ...found, at: match.index });
      const [whole] = match;
      const { index } = match;
      this.#said = `${this.#said.slice(0, index)}${' '.repeat(whole.length)}${this.#said.slice(index + whole.length)}`;
    }
  }
}

/** Without a year: the next such day, today included. */
function dated(day: number, month: number, year: string | undefined, today: Day): Day | undefined {
  const iso = (y: number): string => `${y}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  const from = civilOf(today).year;
  const years = year === undefined ? [from, from + 1] : [Number(year)];
  const days = years.map(iso).filter(isDay).map(parseDay);
  return year === undefined ? days.find((one) => one >= today) : days[0];
}
