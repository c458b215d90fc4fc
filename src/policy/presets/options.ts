import { isDay, isZone, parseDuration } from '../../calendar/index.js';
import { isRecobroError, type Problem, RecobroError } from '../../errors.js';
import { isCurrency, parseAmount } from '../../money/index.js';
import type { Weekday } from '../types.js';

/** What every preset must be told, and what it may be told. */
export interface PresetOptions {
  /** IANA zone of the books of the company that is owed, such as `America/Mexico_City`. */
  readonly zone: string;
  /** BCP 47; used where neither contact nor account says. Default `en`. Texts and names exist in `es`, `en` and `pt`. */
  readonly language?: string | undefined;
  /** Id of plan, policy and messages. Default: the preset's name. */
  readonly id?: string | undefined;
  /** Days off of every week. Default Saturday and Sunday. */
  readonly weekend?: readonly Weekday[] | undefined;
  /** Dates (`YYYY-MM-DD`) on which nobody is contacted. Default none. */
  readonly holidays?: readonly string[] | undefined;
}

export const week: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** What ids of documents and names of effects look like. */
export const idForm = /^(?!(?:constructor|prototype)$)[a-zA-Z][a-zA-Z0-9._-]{0,63}$/;
/** The same for people. */
export const idWords = 'must be a letter, then letters, digits, ".", "_" or "-", at most 64 in all';

const common: readonly string[] = ['zone', 'language', 'id', 'weekend', 'holidays'];

/** What durations an option takes. */
const forms = {
  /** Days, business days, weeks or months. */
  offset: { pattern: /^[1-9]\d{0,3}(?:d|bd|w|mo)$/, write: 'longer than none, such as 10d, 2bd, 2w or 1mo' },
  /** Days that are counted one by one. */
  days: { pattern: /^(?:0|[1-9]\d{0,3})d$/, write: 'in days, such as 0d or 5d' },
  /** At least one of them. */
  positiveDays: { pattern: /^[1-9]\d{0,3}d$/, write: 'in days, at least one, such as 5d' },
  /** Between contacts: those of more than 400 days ago are not remembered. */
  gap: { pattern: /^(?:[1-9]\d?|[1-3]\d\d|400)d$/, write: 'in days, from 1d to 400d, such as 5d' },
} as const;

/** The form of a duration. */
export type DurationForm = keyof typeof forms;

/**
 * Looks at the options of a preset, as hosts without types, forms and files
 * hand them in, and says everything that is wrong with them at once.
 */
export class OptionCheck {
  readonly #preset: string;
  readonly #problems: Problem[] = [];

  /**
   * @param own names of the options that only this preset has
   * @throws RecobroError `invalid_option` where there are no options at all
   */
  constructor(preset: string, options: unknown, own: readonly string[]) {
    this.#preset = preset;
    if (typeof options !== 'object' || options === null || Array.isArray(options)) {
      const message = "say where the books are: { zone: 'America/Bogota' }";
      throw new RecobroError('invalid_option', `the options of presets.${preset}() are missing`, {
        problems: [{ path: 'zone', code: 'missing', message }],
      });
    }
    this.known('', options, [...common, ...own]);
    this.#checkCommon(options as Readonly<Record<string, unknown>>);
  }

  /** Notes a problem. */
  report(path: string, message: string, code = 'invalid_option'): void {
    this.#problems.push({ path, code, message });
  }

  /** Throws what was noted. @throws RecobroError `invalid_option` with every problem and its path */
  done(): void {
    if (this.#problems.length === 0) return;
    throw new RecobroError('invalid_option', `the options of presets.${this.#preset}() are not valid`, {
      problems: this.#problems,
    });
  }

  /** An object with no other members than these; whether it is one. */
  known(path: string, value: unknown, names: readonly string[]): boolean {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      this.report(path, `must be an object with ${names.join(', ')}`);
      return false;
    }
    for (const name of Object.keys(value)) {
      if (names.includes(name)) continue;
      const at = path === '' ? name : `${path}.${name}`;
      this.report(at, `there is no such option; there are ${names.join(', ')}`, 'unknown_key');
    }
    return true;
  }

  /** A duration, where one is given; its days where they can be counted. */
  duration(path: string, value: unknown, form: DurationForm): number | undefined {
    if (value === undefined) return undefined;
    const { pattern, write } = forms[form];
    if (typeof value !== 'string' || !pattern.test(value)) {
      this.report(path, `must be a duration: ${write}`);
      return undefined;
    }
    const { count, unit } = parseDuration(value);
    return unit === 'd' ? count : unit === 'w' ? count * 7 : undefined;
  }

  /** A whole number within bounds, where one is given; whether it is one. */
  whole(path: string, value: unknown, least: number, most: number): boolean {
    if (value === undefined) return false;
    const fine = Number.isSafeInteger(value) && Number(value) >= least && Number(value) <= most;
    if (!fine) this.report(path, `must be a whole number from ${least} to ${most}`);
    return fine;
  }

  /** Whole numbers within bounds, each more than the one before it. */
  rising(path: string, value: unknown, least: number, most: number, count: readonly [number, number]): void {
    if (!this.list(path, value, count)) return;
    let before: unknown;
    for (const [index, one] of value.entries()) {
      const at = `${path}[${index}]`;
      const fine = this.whole(at, one ?? null, least, most);
      if (fine && typeof before === 'number' && Number(one) <= before)
        this.report(at, `must be more than ${before}, which stands before it`);
      before = fine ? one : undefined;
    }
  }

  /** A list with so many entries at least and at most, where one is given; whether it is one. */
  list(path: string, value: unknown, [least, most]: readonly [number, number]): value is readonly unknown[] {
    if (value === undefined) return false;
    if (Array.isArray(value) && value.length >= least && value.length <= most) return true;
    const count = least === most ? String(least) : `${least} to ${most}`;
    this.report(path, `must be a list of ${count} entries`);
    return false;
  }

  /** One of these words, where one is given. */
  choice(path: string, value: unknown, words: readonly string[]): void {
    if (value === undefined || (typeof value === 'string' && words.includes(value))) return;
    this.report(path, `must be one of ${words.join(', ')}`);
  }

  /** An id or the name of an effect, where one is given. */
  id(path: string, value: unknown): void {
    if (value === undefined || (typeof value === 'string' && idForm.test(value))) return;
    this.report(path, idWords);
  }

  /** A text that is not empty, where one is given. */
  text(path: string, value: unknown): void {
    if (value === undefined || (typeof value === 'string' && value.trim() !== '')) return;
    this.report(path, 'must be a text that is not empty');
  }

  /** Texts that are not empty, where some are given. */
  texts(path: string, value: unknown): void {
    if (!this.list(path, value, [1, 100])) return;
    for (const [index, one] of value.entries()) this.text(`${path}[${index}]`, one ?? null);
  }

  /** True or false, where one is given. */
  flag(path: string, value: unknown): void {
    if (value === undefined || typeof value === 'boolean') return;
    this.report(path, 'must be true or false');
  }

  /** Percent with two decimals at most, more than nothing, where one is given. */
  percent(path: string, value: unknown): void {
    if (value === undefined) return;
    const fine = typeof value === 'number' && value > 0 && value <= 100;
    if (!fine || Math.round(value * 100) / 100 !== value)
      this.report(path, 'must be percent, more than 0, at most 100, with two decimals at most');
  }

  /** Decimal texts by currency, where some are given. */
  amounts(path: string, value: unknown): void {
    if (value === undefined) return;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      this.report(path, "must be amounts by currency, such as { EUR: '50.00' }");
      return;
    }
    const entries = Object.entries(value);
    if (entries.length === 0) this.report(path, "must name a currency at least, such as { EUR: '50.00' }");
    for (const [currency, amount] of entries) {
      const at = `${path}.${currency}`;
      if (!isCurrency(currency)) this.report(at, 'is no ISO 4217 currency; write one such as EUR');
      else if (typeof amount !== 'string') this.report(at, "must be a decimal text, such as '50.00'");
      else this.#amount(at, amount, currency);
    }
  }

  #amount(path: string, amount: string, currency: string): void {
    try {
      if (parseAmount(amount, currency) < 0) this.report(path, 'must not be less than nothing');
    } catch (error) {
      if (!isRecobroError(error)) throw error;
      this.report(path, error.message);
    }
  }

  #checkCommon(options: Readonly<Record<string, unknown>>): void {
    const { zone, language, id, weekend, holidays } = options;
    if (zone === undefined)
      this.report('zone', "say where the books are, such as zone: 'America/Bogota'", 'missing');
    else if (typeof zone !== 'string' || !isZone(zone))
      this.report('zone', 'is no IANA time zone; write one such as America/Mexico_City');
    if (language !== undefined && !(typeof language === 'string' && isLanguage(language)))
      this.report('language', 'must be a BCP 47 language, such as es-MX, pt-BR or en');
    this.id('id', id);
    if (this.list('weekend', weekend, [0, 6]))
      for (const [index, day] of weekend.entries()) this.choice(`weekend[${index}]`, day ?? null, week);
    if (this.list('holidays', holidays, [0, 5000]))
      for (const [index, day] of holidays.entries())
        if (typeof day !== 'string' || !isDay(day))
          this.report(`holidays[${index}]`, 'must be an existing date as YYYY-MM-DD');
  }
}

/** Whether a text is a BCP 47 language. Intl takes any word of five to eight letters for one; there is none. */
function isLanguage(text: string): boolean {
  if (!/^[a-zA-Z]{2,3}(?:-|$)/.test(text)) return false;
  try {
    return Intl.getCanonicalLocales(text).length === 1;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
