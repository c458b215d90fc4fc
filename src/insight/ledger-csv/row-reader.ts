import { isRecobroError } from '../../errors.js';
import { parseAmount } from '../../money/index.js';
import { canonicalLanguage } from '../../schema/checks/scalars.js';
import * as forms from '../../schema/forms.js';
import { amountText, plainAmount } from './amounts.js';
import { dateUnder, readDate } from './dates.js';
import { pathOf } from './evidence.js';
import type { Columns } from './headers.js';
import type { DateFormat, LedgerField, LedgerProblem } from './types.js';
import { cellText, readCurrency, readFlag, readPhone } from './values.js';

/** How cells are to be understood. */
export interface RowRules {
  readonly headers: readonly string[];
  readonly columns: Columns;
  readonly dateFormats: Readonly<Record<string, DateFormat>>;
  readonly decimal: '.' | ',' | undefined;
  /** Of rows that name none. */
  readonly currency: string | undefined;
  readonly terms: number | undefined;
}

/** An amount of a row in minor units. */
export interface RowAmount {
  readonly minor: number;
  readonly currency: string;
}

/** One row, one field at a time. Every reader tells what is wrong and answers undefined then. */
export class RowReader {
  readonly problems: LedgerProblem[] = [];
  readonly row: number;
  readonly #cells: readonly string[];
  readonly #rules: RowRules;

  constructor(rules: RowRules, cells: readonly string[], row: number) {
    this.#rules = rules;
    this.#cells = cells;
    this.row = row;
    if (
      cells.length > rules.headers.length &&
      cells.slice(rules.headers.length).some((cell) => cell.trim() !== '')
    )
      this.report(
        undefined,
        'invalid_format',
        `has ${cells.length} cells; the header has ${rules.headers.length}`,
      );
  }

  /** Text of a field on one line; empty where the file has no such column. */
  text(field: LedgerField): string {
    const column = this.#rules.columns[field];
    return column === undefined ? '' : cellText(this.#cells[column]);
  }

  has(field: LedgerField): boolean {
    return this.#rules.columns[field] !== undefined;
  }

  /** A text that keeps to a form of the library, such as an id. */
  formed(field: LedgerField, form: forms.Form, text: string): string | undefined {
    if (form.pattern.test(text)) return text;
    this.report(field, text === '' ? 'missing' : form.code, text === '' ? 'is empty' : `write ${form.write}`);
    return undefined;
  }

  words(field: LedgerField, text: string, most: number): string | undefined {
    if (text.length <= most) return text;
    this.report(field, 'too_large', `has ${text.length} characters; at most ${most} are allowed`);
    return undefined;
  }

  /** A date; undefined, without complaint, where the cell is empty. */
  date(field: LedgerField): string | undefined {
    const text = this.text(field);
    if (text === '') return undefined;
    const column = this.#rules.columns[field];
    const format =
      column === undefined ? undefined : this.#rules.dateFormats[this.#rules.headers[column] ?? ''];
    const reading = readDate(text);
    const iso = dateUnder(reading, format);
    if (iso === undefined) this.report(field, 'invalid_date', noDate(text, reading, format));
    return iso;
  }

  currency(): string | undefined {
    const text = this.text('currency');
    const beside = amountText(this.text('amount'))?.currency ?? amountText(this.text('balance'))?.currency;
    if (text === '') {
      const found = beside ?? this.#rules.currency;
      if (found === undefined)
        this.report(
          'currency',
          'missing',
          'no currency is named; set currency (--currency MXN) for rows without one',
        );
      return found;
    }
    const code = readCurrency(text);
    if (code === undefined)
      this.report(
        'currency',
        'unknown_currency',
        `${JSON.stringify(text.slice(0, 12))} is no ISO 4217 currency; write one such as MXN`,
      );
    else if (beside !== undefined && beside !== code)
      this.report('currency', 'currency_mismatch', `says ${code}, but an amount of the row says ${beside}`);
    return code;
  }

  /** An amount; undefined, without complaint, where the cell is empty. */
  amount(field: LedgerField, currency: string): RowAmount | undefined {
    const cell = this.text(field);
    if (cell === '') return undefined;
    const found = amountText(cell);
    if (found === undefined) {
      this.report(field, 'invalid_amount', 'is no amount');
      return undefined;
    }
    const plain = plainAmount(found.digits, this.#rules.decimal ?? '.', currency);
    if ('wrong' in plain) {
      this.report(field, 'invalid_amount', this.#wrong(plain.wrong, currency));
      return undefined;
    }
    try {
      const minor = parseAmount(plain.text, currency);
      return { minor: found.negative && minor !== 0 ? -minor : minor, currency };
    } catch (error) {
      if (!isRecobroError(error, 'invalid_amount')) throw error;
      this.report(field, 'invalid_amount', 'is beyond what can be counted exactly');
      return undefined;
    }
  }

  flag(field: LedgerField): boolean {
    const value = readFlag(this.text(field));
    if (value === undefined) this.report(field, 'invalid_value', 'is neither yes nor no');
    return value ?? false;
  }

  phone(): string | undefined {
    const text = this.text('phone');
    if (text === '') return undefined;
    const phone = readPhone(text);
    if (phone === undefined) this.report('phone', 'invalid_address', `write ${forms.e164.write}`);
    return phone;
  }

  language(): string | undefined {
    const text = this.text('language');
    if (text === '') return undefined;
    const language = canonicalLanguage(text);
    if (language === undefined) this.report('language', 'unknown_language', `write ${forms.language.write}`);
    return language;
  }

  report(field: LedgerField | undefined, code: string, message: string): void {
    const index = field === undefined ? undefined : this.#rules.columns[field];
    const column = index === undefined ? undefined : (this.#rules.headers[index] ?? `#${index + 1}`);
    this.problems.push({
      path: pathOf(this.row, column),
      code,
      message,
      row: this.row,
      ...(column === undefined ? {} : { column }),
    });
  }

  #wrong(wrong: 'separators' | 'decimals', currency: string): string {
    if (wrong === 'decimals') return `has more decimals than ${currency} has; amounts are never rounded`;
    const sign = (this.#rules.decimal ?? '.') === '.' ? 'point' : 'comma';
    return `does not fit amounts with a decimal ${sign}, as the rest of the file has them`;
  }
}

function noDate(text: string, reading: ReturnType<typeof readDate>, format: DateFormat | undefined): string {
  const value = JSON.stringify(text.slice(0, 32));
  if (reading.kind === 'ordered' && format !== undefined) {
    const other = format === 'd/m/y' ? 'm/d/y' : 'd/m/y';
    return `${value} is no date as ${format}${format === 'y-m-d' ? '' : `; it would be one as ${other}`}`;
  }
  if (/^\d{5}(?:[.,]\d+)?$/.test(text))
    return `${value} is a spreadsheet's serial number; format the column as a date and export again`;
  return `${value} is no existing date`;
}
