import { type AmountText, amountText, decimalProof } from './amounts.js';
import { type DateReading, readDate } from './dates.js';
import type { DateFormat, LedgerNote, LedgerProblem } from './types.js';

interface Seen {
  readonly row: number;
  readonly text: string;
}

const shownExamples = 3;

/** What the values of one column tell about the order of day and month. */
class ColumnEvidence {
  readonly column: string;
  readonly ambiguous: (Seen & { readonly reading: Extract<DateReading, { kind: 'ordered' }> })[] = [];
  ambiguousCount = 0;
  dmy: Seen | undefined;
  mdy: Seen | undefined;

  constructor(column: string) {
    this.column = column;
  }

  see(text: string, row: number): void {
    const reading = readDate(text);
    if (reading.kind !== 'ordered') return;
    if (reading.mdy === undefined) this.dmy ??= { row, text };
    else if (reading.dmy === undefined) this.mdy ??= { row, text };
    else {
      this.ambiguousCount++;
      if (this.ambiguous.length < shownExamples) this.ambiguous.push({ row, text, reading });
    }
  }
}

/** What was found out about dates. */
export interface DateVerdict {
  /** By header; columns whose dates need no order are not listed. */
  readonly formats: Readonly<Record<string, DateFormat>>;
  readonly problems: readonly LedgerProblem[];
  readonly notes: readonly LedgerNote[];
}

/** Collects what the dates of a file tell about their format. Never guesses. */
export class DateEvidence {
  readonly #columns = new Map<string, ColumnEvidence>();

  see(column: string, text: string, row: number): void {
    let evidence = this.#columns.get(column);
    if (evidence === undefined) {
      evidence = new ColumnEvidence(column);
      this.#columns.set(column, evidence);
    }
    evidence.see(text, row);
  }

  /** The format of each column: the one told, else the one that some value proves, for all columns if none contradicts. */
  verdict(told: DateFormat | undefined): DateVerdict {
    const formats: Record<string, DateFormat> = {};
    const problems: LedgerProblem[] = [];
    const notes: LedgerNote[] = [];
    const columns = [...this.#columns.values()].filter(
      (one) => one.ambiguousCount > 0 || one.dmy !== undefined || one.mdy !== undefined,
    );
    if (told !== undefined) {
      for (const one of columns) formats[one.column] = told;
      return { formats, problems, notes };
    }
    const dmy = columns.find((one) => one.dmy !== undefined)?.dmy;
    const mdy = columns.find((one) => one.mdy !== undefined)?.mdy;
    for (const one of columns) {
      if (one.dmy !== undefined && one.mdy !== undefined) problems.push(mixed(one, one.dmy, one.mdy));
      else if (one.dmy !== undefined || (mdy === undefined && dmy !== undefined))
        formats[one.column] = 'd/m/y';
      else if (one.mdy !== undefined || (dmy === undefined && mdy !== undefined))
        formats[one.column] = 'm/d/y';
      else problems.push(unclear(one));
    }
    const proof = (format: DateFormat, seen: Seen | undefined): void => {
      if (seen === undefined || problems.length > 0) return;
      const message = `dates are read as ${longFormat(format)} (${format}), because ${JSON.stringify(shown(seen.text))} in row ${seen.row} is no date otherwise`;
      notes.push({ code: 'date_format_found', message });
    };
    proof('d/m/y', dmy);
    proof('m/d/y', mdy);
    return { formats, problems, notes };
  }
}

function mixed(one: ColumnEvidence, dmy: Seen, mdy: Seen): LedgerProblem {
  const message = `holds dates of two formats: ${JSON.stringify(shown(dmy.text))} in row ${dmy.row} is only a date as day/month/year, ${JSON.stringify(shown(mdy.text))} in row ${mdy.row} only as month/day/year; name the right one with dateFormat (--date-format d/m/y or m/d/y), and the rows that do not fit are listed`;
  return { path: pathOf(undefined, one.column), code: 'mixed_dates', message, column: one.column };
}

function unclear(one: ColumnEvidence): LedgerProblem {
  const examples = one.ambiguous
    .map(
      ({ row, text, reading }) =>
        `${JSON.stringify(shown(text))} in row ${row} is ${reading.dmy} as d/m/y and ${reading.mdy} as m/d/y`,
    )
    .join('; ');
  const message = `every date fits both day/month/year and month/day/year: ${examples}; say which it is with dateFormat (--date-format d/m/y or --date-format m/d/y)`;
  return { path: pathOf(undefined, one.column), code: 'ambiguous_dates', message, column: one.column };
}

function longFormat(format: DateFormat): string {
  return format === 'd/m/y' ? 'day/month/year' : 'month/day/year';
}

/** What was found out about amounts. */
export interface DecimalVerdict {
  readonly decimal: '.' | ',' | undefined;
  readonly problems: readonly LedgerProblem[];
  readonly notes: readonly LedgerNote[];
}

/** Collects what the amounts of a file tell about their decimal sign. Never guesses. */
export class DecimalEvidence {
  #dot: Seen | undefined;
  #comma: Seen | undefined;
  #either: (Seen & { readonly column: string }) | undefined;

  see(column: string, text: string, row: number): void {
    const amount: AmountText | undefined = amountText(text);
    if (amount === undefined) return;
    const proof = decimalProof(amount.digits);
    if (proof === '.') this.#dot ??= { row, text };
    else if (proof === ',') this.#comma ??= { row, text };
    else if (proof === 'either') this.#either ??= { row, text, column };
  }

  verdict(told: '.' | ',' | undefined): DecimalVerdict {
    const dot = this.#dot;
    const comma = this.#comma;
    const either = this.#either;
    if (told !== undefined) return { decimal: told, problems: [], notes: [] };
    if (dot !== undefined && comma !== undefined) {
      const message = `amounts have two forms: row ${dot.row} has a decimal point, row ${comma.row} a decimal comma; name the right one with decimal (--decimal . or --decimal ,), and the rows that do not fit are listed`;
      return { decimal: undefined, problems: [{ path: '', code: 'mixed_amounts', message }], notes: [] };
    }
    const proof = dot ?? comma;
    if (proof === undefined && either !== undefined) {
      const message = `every amount with a separator may be thousands or decimals: row ${either.row} has one separator with three digits after it; say what the decimal sign is with decimal (--decimal . or --decimal ,)`;
      const path = pathOf(undefined, either.column);
      return {
        decimal: undefined,
        problems: [{ path, code: 'ambiguous_amounts', message, column: either.column }],
        notes: [],
      };
    }
    if (proof === undefined) return { decimal: undefined, problems: [], notes: [] };
    const decimal = dot === undefined ? ',' : '.';
    const message = `amounts are read with a decimal ${decimal === '.' ? 'point' : 'comma'}, as row ${proof.row} shows`;
    return { decimal, problems: [], notes: either === undefined ? [] : [{ code: 'decimal_found', message }] };
  }
}

/** How a place in the file is written: `row 17, column "Due date"`. */
export function pathOf(row: number | undefined, column: string | undefined): string {
  const parts = [
    ...(row === undefined ? [] : [`row ${row}`]),
    ...(column === undefined ? [] : [`column ${JSON.stringify(column)}`]),
  ];
  return parts.join(', ');
}

function shown(text: string): string {
  return text.slice(0, 32);
}
