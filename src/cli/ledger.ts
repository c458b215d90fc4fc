import { isDay } from '../calendar/index.js';
import { isRecobroError, RecobroError } from '../errors.js';
import {
  type LedgerMappingFile,
  type LedgerReading,
  parseLedgerMapping,
  readLedger,
  readLedgerMappingFile,
} from '../insight/ledger-csv/index.js';
import { placed } from './failure.js';
import { readBytes, readText } from './files.js';
import type { Io } from './io.js';
import { type Args, type OptionSpec, UsageError } from './options.js';

/** Options that say how a ledger in a CSV file is read, and how days go by over it. */
export const ledgerOptions: Readonly<Record<string, OptionSpec>> = {
  ledger: { value: 'FILE', help: 'invoices as CSV, one per row, with a header' },
  map: {
    value: 'PAIRS|FILE',
    help: 'which column holds what, such as number=Folio,due=Vence, or a JSON file that says so',
    otherwise: 'found by the headers (English, Spanish, Portuguese)',
  },
  'date-format': {
    value: 'FORMAT',
    help: 'd/m/y, m/d/y or y-m-d',
    otherwise: 'found where a date proves it',
  },
  decimal: { value: 'SIGN', help: 'decimal sign of amounts', choices: ['.', ','], otherwise: 'found' },
  currency: { value: 'CODE', help: 'ISO 4217 code of rows that name none' },
  terms: { value: 'DAYS', help: 'days from issue to due date, where the file has only one of them' },
  'keep-going': { help: 'leave bad rows out instead of refusing the file' },
  zone: {
    value: 'ZONE',
    help: 'IANA time zone, such as America/Bogota',
    otherwise: 'the plan’s; of a preset UTC',
  },
  payments: {
    value: 'WHEN',
    help: 'whether a day’s payments are booked before or after the day’s review',
    choices: ['before', 'after'],
    otherwise: 'before',
  },
  disputed: {
    value: 'HOW',
    help: 'disputed invoices: held back, chased like the others, or left out',
    choices: ['hold', 'ignore', 'exclude'],
    otherwise: 'hold',
  },
  reach: {
    value: 'HOW',
    help: 'everybody is reached at any hour, or as the ledger’s addresses and the plan say',
    choices: ['assumed', 'real'],
    otherwise: 'assumed',
  },
};

/** The ledger that the options name. Rows left out and notes go to standard error. */
export async function ledgerFrom(args: Args, io: Io): Promise<LedgerReading> {
  const path = args.required('ledger', 'invoices.csv');
  const told = await mappingOf(args.text('map'));
  const source = await readBytes(path);
  const currency = args.text('currency')?.toUpperCase();
  const reading = readLedger(source, {
    ...told,
    file: path,
    ...given('dateFormat', args.text('date-format')),
    ...given('decimal', args.text('decimal') as '.' | ',' | undefined),
    ...given('currency', currency),
    ...given('terms', termsOf(args.text('terms'))),
    keepGoing: args.has('keep-going'),
  });
  const problems = reading.problems;
  if (problems.length > 0) {
    const rows = new Set(problems.map((one) => one.row)).size;
    io.err(`${path}: ${rows} ${rows === 1 ? 'row is' : 'rows are'} left out\n`);
    for (const problem of problems) io.err(`  ${placed(problem)}\n`);
  }
  if (!args.has('quiet')) {
    for (const note of reading.detected.notes) io.err(`note: ${note.message}\n`);
  }
  return reading;
}

/** The day of an option, or undefined. @throws UsageError */
export function dayOf(args: Args, name: string): string | undefined {
  const text = args.text(name);
  if (text !== undefined && !isDay(text)) {
    throw new UsageError(`--${name} is a date such as 2026-03-31, not ${JSON.stringify(text)}`);
  }
  return text;
}

/** First issue date and, with room for the last stages, last date of a ledger. */
export function periodOf({ ledger }: LedgerReading): { readonly from: string; readonly to: string } {
  const dates = [
    ...ledger.invoices.flatMap((invoice) => [invoice.issued, invoice.due]),
    ...ledger.payments.map((payment) => payment.date),
  ].filter((date) => date !== undefined);
  const issued = ledger.invoices.map((invoice) => invoice.issued).filter((date) => date !== undefined);
  const least = (list: readonly string[]): string => list.reduce((a, b) => (b < a ? b : a));
  const most = (list: readonly string[]): string => list.reduce((a, b) => (b > a ? b : a));
  if (dates.length === 0)
    throw new RecobroError('invalid_file', 'the ledger holds no invoice that could be chased');
  return { from: least(issued.length > 0 ? issued : dates), to: most(dates) };
}

async function mappingOf(text: string | undefined): Promise<LedgerMappingFile> {
  if (text === undefined) return {};
  if (text.includes('=')) return { mapping: parseLedgerMapping(text) };
  const content = await readText(text);
  try {
    return readLedgerMappingFile(content);
  } catch (error) {
    if (!isRecobroError(error)) throw error;
    const [title = ''] = error.message.split('\n');
    throw new RecobroError(error.code, `${text}: ${title}`, { problems: error.problems, cause: error });
  }
}

function termsOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,6}$/.test(text))
    throw new UsageError(`--terms is a number of days, not ${JSON.stringify(text)}`);
  return Number(text);
}

/** An option only where it was given, so that a mapping file's own stands otherwise. */
function given<K extends string, V>(key: K, value: V | undefined): Partial<Record<K, V>> {
  return value === undefined ? {} : ({ [key]: value } as Partial<Record<K, V>>);
}
