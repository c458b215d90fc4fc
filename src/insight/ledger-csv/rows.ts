import { CsvError, parse } from 'csv-parse/sync';
import { isRecobroError, RecobroError } from '../../errors.js';
import { plainHeader } from './headers.js';
import { knownHeaders } from './known-headers.js';

/** Separators that are tried. */
export const delimiters = [',', ';', '\t', '|'] as const;

/** No line of a ledger is longer; a quote that is never closed would swallow the whole file. */
const longestRow = 1_000_000;
/** Rows that are looked at to find the separator. */
const sampleRows = 20;
const sampleLength = 200_000;

/** Told of every row with data. `number` counts as a spreadsheet does: from 1, empty rows included. */
export type RowListener = (cells: readonly string[], number: number) => void;

/**
 * Goes through the rows of a CSV text: quoted cells, CR LF or LF, byte order
 * mark taken off before. Rows without any text are passed over. With `most`,
 * only so many rows are gone through.
 *
 * @throws RecobroError `invalid_file` where the text is no CSV, with the row
 */
export function eachRow(
  text: string,
  delimiter: string,
  listener: RowListener,
  most?: number | undefined,
): void {
  let number = 0;
  try {
    parse(text, {
      delimiter,
      relax_quotes: true,
      relax_column_count: true,
      max_record_size: longestRow,
      ...(most === undefined ? {} : { to: most }),
      on_record: (cells: string[]) => {
        number++;
        if (cells.some((cell) => cell.trim() !== '')) listener(cells, number);
        return null;
      },
    });
  } catch (error) {
    if (error instanceof CsvError) throw broken(error, number + 1);
    throw error;
  }
}

/** The separator whose columns are known by their headers, or else the one that gives even rows. */
export function findDelimiter(text: string): string {
  const sample = text.slice(0, sampleLength);
  let best: { delimiter: string; score: number } | undefined;
  for (const delimiter of delimiters) {
    const rows = firstRows(sample, delimiter);
    const [header = []] = rows;
    const known = header.filter((cell) => knownHeaders.has(plainHeader(cell))).length;
    const even = rows.filter((row) => row.length === header.length).length / Math.max(rows.length, 1);
    const score = header.length < 2 ? 0 : known * 100 + even * 10 + Math.min(header.length, 50) / 10;
    if (best === undefined || score > best.score) best = { delimiter, score };
  }
  return best?.delimiter ?? ',';
}

function firstRows(sample: string, delimiter: string): string[][] {
  const rows: string[][] = [];
  try {
    eachRow(sample, delimiter, (cells) => rows.push([...cells]), sampleRows);
  } catch (error) {
    // A sample may end within quotes; with the right separator the whole is read again and tells of it.
    if (!isRecobroError(error, 'invalid_file')) throw error;
  }
  return rows;
}

const reasons: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: 'a quote is opened and never closed',
  CSV_MAX_RECORD_SIZE: 'the row is longer than a million characters; is a quote opened and never closed?',
};

function broken(error: CsvError, row: number): RecobroError {
  const message = reasons[error.code] ?? 'this is no CSV';
  const problem = { path: `row ${row}`, code: 'invalid_format', message, row };
  return new RecobroError('invalid_file', `the file cannot be taken apart from row ${row} on`, {
    problems: [problem],
    cause: error,
  });
}
