import { isZone } from '../../calendar/index.js';
import { RecobroError } from '../../errors.js';
import { isCurrency } from '../../money/index.js';
import { amountText } from './amounts.js';
import { fileProblem, LedgerBuilder } from './builder.js';
import { parseDateFormat } from './dates.js';
import { type Decoded, decode } from './decode.js';
import { DateEvidence, DecimalEvidence } from './evidence.js';
import type { ValueKind } from './fields.js';
import { type Columns, findColumns } from './headers.js';
import { eachRow, findDelimiter } from './rows.js';
import type {
  LedgerField,
  LedgerMapping,
  LedgerNote,
  LedgerProblem,
  LedgerReading,
  ReadLedgerOptions,
} from './types.js';
import { cellText, looksLike } from './values.js';

export { type LedgerMappingFile, parseLedgerMapping, readLedgerMappingFile } from './mapping.js';
export type * from './types.js';

/** 100 MB and 5 million rows. */
const most = { bytes: 100_000_000, rows: 5_000_000 };
/** Rows whose values are looked at to see whether a column is what its header says. */
const sampleRows = 200;
const mostTerms = 3650;

const dateFields: readonly LedgerField[] = ['issued', 'due', 'paid'];
const amountFields: readonly LedgerField[] = ['amount', 'balance'];

/**
 * Facts out of a CSV file of invoices, one per row: accounts, invoices,
 * payments (from the day paid), credit notes (negative amounts) and disputes.
 *
 * Columns are found by their headers in English, Spanish and Portuguese, or as
 * told by `mapping`. Separator, encoding, date and decimal format are found
 * where some value proves them; where every value fits two readings, the file
 * is refused until the reading is named. Amounts never become fractions, ids
 * stay text.
 *
 * @param source the file's text, or its bytes (UTF-8, UTF-16, windows-1252)
 * @example
 * const { ledger, detected } = readLedger(await readFile('ledger.csv'), { currency: 'MXN' });
 * @throws RecobroError `invalid_file` with every bad row as row number (1 is the header), column and reason, unless
 * `keepGoing` was asked for; also for what concerns the whole file (missing columns, ambiguous formats, size);
 * `invalid_option`
 */
export function readLedger(source: string | Uint8Array, options: ReadLedgerOptions = {}): LedgerReading {
  checkOptions(options);
  const told = options.dateFormat === undefined ? undefined : parseDateFormat(options.dateFormat);
  const bytes = Math.min(options.limits?.bytes ?? most.bytes, most.bytes);
  const decoded = decode(source, bytes);
  const { text, named } = withoutSeparatorLine(decoded.text);
  const delimiter = options.delimiter ?? named ?? findDelimiter(text);
  const head = readHead(text, delimiter, options);
  const { headers, columns } = head;

  const dates = new DateEvidence();
  const decimals = new DecimalEvidence();
  const rows = scan(text, delimiter, head, options, dates, decimals);
  const date = dates.verdict(told);
  const decimal = decimals.verdict(options.decimal);
  refuseFile(options, [...date.problems, ...decimal.problems]);

  const used = new Set(Object.values(columns));
  const unused = headers.flatMap((header, column) => (used.has(column) ? [] : [{ header, column }]));
  const builder = new LedgerBuilder(
    {
      headers,
      columns,
      dateFormats: date.formats,
      decimal: decimal.decimal,
      currency: options.currency,
      terms: options.terms,
    },
    { zone: options.zone, attributes: options.attributes === true ? attributeKeys(unused) : [] },
  );
  eachRow(text, delimiter, (cells, row) => {
    if (row > head.row) builder.add(cells, row);
  });
  if (builder.bad > 0 && options.keepGoing !== true) throw badRows(options, builder, rows);
  return {
    ledger: builder.ledger(),
    problems: builder.problems,
    mapping: mappingOf(headers, columns),
    detected: {
      encoding: decoded.encoding,
      delimiter,
      columns: headers,
      rows,
      dateFormats: date.formats,
      ...(decimal.decimal === undefined ? {} : { decimal: decimal.decimal }),
      unused: unused.map(({ header }) => header),
      notes: [...encodingNotes(decoded), ...head.notes, ...date.notes, ...decimal.notes, ...builder.notes()],
    },
  };
}

interface Head {
  /** Row of the header. */
  readonly row: number;
  readonly headers: readonly string[];
  readonly columns: Columns;
  readonly notes: readonly LedgerNote[];
}

/** The header and what its columns hold, judged by the first rows. */
function readHead(text: string, delimiter: string, options: ReadLedgerOptions): Head {
  const sample: (readonly string[])[] = [];
  let headers: string[] | undefined;
  let headerRow = 0;
  eachRow(
    text,
    delimiter,
    (cells, row) => {
      if (headers === undefined) {
        headers = cells.map((cell) => cellText(cell));
        headerRow = row;
      } else sample.push(cells);
    },
    sampleRows + 1,
  );
  if (headers === undefined) {
    refuseFile(options, [fileProblem('missing', 'the file is empty; a header and rows are expected')]);
    headers = [];
  }
  const named = headers;
  const fits = (column: number, kind: ValueKind): boolean => {
    const values = sample.map((cells) => cellText(cells[column])).filter((value) => value !== '');
    return values.filter((value) => looksLike(value, kind)).length * 2 >= values.length;
  };
  const found = findColumns(named, options.mapping ?? {}, fits);
  const missing = missingColumns(named, found.columns, options);
  if (options.currency === undefined && !namesCurrencies(found.columns, sample)) {
    const message =
      'no column holds the currency; set currency (--currency MXN), or name a column with currency=…';
    missing.push({ path: 'currency', code: 'missing_column', message });
  }
  refuseFile(options, [...found.problems, ...missing], found.notes);
  return { row: headerRow, headers: named, columns: found.columns, notes: found.notes };
}

function namesCurrencies(columns: Columns, sample: readonly (readonly string[])[]): boolean {
  if (columns.currency !== undefined) return true;
  const amounts = amountFields.flatMap((field) => columns[field] ?? []);
  return sample.some((cells) =>
    amounts.some((column) => amountText(cellText(cells[column]))?.currency !== undefined),
  );
}

function missingColumns(
  headers: readonly string[],
  columns: Columns,
  options: ReadLedgerOptions,
): LedgerProblem[] {
  const problems: LedgerProblem[] = [];
  const listed = headers.slice(0, 60).map((header) => JSON.stringify(header.slice(0, 60)));
  const need = (fields: readonly LedgerField[], what: string, advice: string): void => {
    if (fields.some((field) => columns[field] !== undefined)) return;
    problems.push({
      path: fields[0] ?? '',
      code: 'missing_column',
      message: `no column holds ${what}; ${advice}; columns: ${listed.join(', ')}`,
    });
  };
  const name = (field: string): string => `name it with ${field}=… (--map ${field}=…)`;
  need(['account', 'name'], 'who owes', name('account'));
  need(['number', 'invoice'], 'the invoice number', name('number'));
  need(['amount', 'balance'], 'the amount', name('amount'));
  const terms = 'or give the days from issue to due date with terms (--terms 30)';
  if (options.terms === undefined) {
    need(['due'], 'the due date', `${name('due')}, ${terms}`);
    need(['issued'], 'the issue date', `${name('issued')}, ${terms}`);
  } else need(['due', 'issued'], 'the due or issue date', name('due'));
  return problems;
}

/** Goes through all rows once for what they prove; answers how many there are. */
function scan(
  text: string,
  delimiter: string,
  head: Head,
  options: ReadLedgerOptions,
  dates: DateEvidence,
  decimals: DecimalEvidence,
): number {
  const limit = Math.min(options.limits?.rows ?? most.rows, most.rows);
  const places = (fields: readonly LedgerField[]): (readonly [number, string])[] =>
    fields.flatMap((field) => {
      const column = head.columns[field];
      return column === undefined ? [] : [[column, head.headers[column] ?? ''] as const];
    });
  const dateColumns = places(dateFields);
  const amountColumns = places(amountFields);
  let rows = 0;
  eachRow(text, delimiter, (cells, row) => {
    if (row <= head.row) return;
    rows++;
    if (rows > limit) return;
    for (const [column, header] of dateColumns) dates.see(header, cellText(cells[column]), row);
    for (const [column, header] of amountColumns) decimals.see(header, cellText(cells[column]), row);
  });
  if (rows > limit) {
    const message = `the file has ${rows} rows; at most ${limit} are read at once, so split it by account`;
    refuseFile(options, [fileProblem('too_large', message)]);
  }
  if (rows === 0) refuseFile(options, [fileProblem('missing', 'the file has a header and no rows')]);
  return rows;
}

function checkOptions(options: ReadLedgerOptions): void {
  const problems: LedgerProblem[] = [];
  const wrong = (path: string, code: string, message: string): void => {
    problems.push({ path, code, message });
  };
  const { currency, zone, terms, delimiter } = options;
  if (currency !== undefined && !isCurrency(currency))
    wrong(
      'currency',
      'unknown_currency',
      `${JSON.stringify(currency.slice(0, 12))} is no ISO 4217 currency; write one such as MXN`,
    );
  if (zone !== undefined && !isZone(zone))
    wrong(
      'zone',
      'unknown_zone',
      `${JSON.stringify(zone.slice(0, 64))} is no IANA time zone; write one such as America/Mexico_City`,
    );
  if (terms !== undefined && !(Number.isInteger(terms) && terms >= 0 && terms <= mostTerms))
    wrong('terms', 'invalid_value', `must be a whole number of days from 0 to ${mostTerms}`);
  if (delimiter !== undefined && (delimiter.length !== 1 || /["\r\n]/.test(delimiter)))
    wrong('delimiter', 'invalid_value', 'must be one character, such as ; or a tab');
  if (problems.length > 0)
    throw new RecobroError('invalid_option', 'the ledger cannot be read with these options', { problems });
}

/** Excel's first line that names the separator. */
function withoutSeparatorLine(text: string): { text: string; named: string | undefined } {
  const match = /^sep=(.)\r?\n/i.exec(text.slice(0, 16));
  return match === null ? { text, named: undefined } : { text: text.slice(match[0].length), named: match[1] };
}

function attributeKeys(unused: readonly { readonly header: string; readonly column: number }[]) {
  const taken = new Set<string>();
  return unused.slice(0, 100).flatMap(({ header, column }) => {
    const key = header.replace(/\s+/g, '_').slice(0, 64);
    if (key === '' || key === '__proto__' || taken.has(key)) return [];
    taken.add(key);
    return [{ column, key }];
  });
}

function mappingOf(headers: readonly string[], columns: Columns): LedgerMapping {
  const fields = Object.keys(columns) as LedgerField[];
  return Object.fromEntries(
    fields.map((field) => {
      const column = columns[field] ?? 0;
      const header = headers[column] ?? '';
      // A header that stands twice is told by its place, so that the mapping can be handed in again.
      const unique = header !== '' && headers.indexOf(header) === headers.lastIndexOf(header);
      return [field, unique ? header : `#${column + 1}`];
    }),
  );
}

function encodingNotes({ encoding }: Decoded): LedgerNote[] {
  if (encoding !== 'windows-1252') return [];
  return [{ code: 'encoding', message: 'the file is not UTF-8; it is read as windows-1252' }];
}

function nameOf(options: ReadLedgerOptions): string {
  return options.file ?? 'the ledger';
}

function refuseFile(
  options: ReadLedgerOptions,
  problems: readonly LedgerProblem[],
  notes: readonly LedgerNote[] = [],
): void {
  if (problems.length === 0) return;
  // Why a column that looks right was passed over belongs to what is missing.
  const because = notes.map(({ code, message }): LedgerProblem => ({ path: '', code, message }));
  throw new RecobroError('invalid_file', `${nameOf(options)} cannot be read`, {
    problems: [...problems, ...because],
  });
}

function badRows(options: ReadLedgerOptions, builder: LedgerBuilder, rows: number): RecobroError {
  const which = builder.bad === 1 ? '1 row' : `${builder.bad} rows`;
  const message = `${nameOf(options)}: ${which} of ${rows} cannot be read; correct them, or go on without them (keepGoing, --keep-going)`;
  return new RecobroError('invalid_file', message, { problems: builder.problems });
}
