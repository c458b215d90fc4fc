import type { Problem } from '../../errors.js';
import type {
  AccountInput,
  CreditNoteInput,
  DisputeInput,
  InvoiceInput,
  PaymentInput,
} from '../../ledger/facts.js';

/** What a column of a ledger file can hold. */
export type LedgerField =
  /** Id of who owes. Default: the name. */
  | 'account'
  /** Name of who owes. Default: the id. */
  | 'name'
  /** Id of the invoice. Default: its number. */
  | 'invoice'
  /** Number printed on the invoice. Default: its id. */
  | 'number'
  | 'issued'
  | 'due'
  /** The invoice's total. A negative one is a credit note. */
  | 'amount'
  /** What is open. */
  | 'balance'
  /** ISO 4217 code. */
  | 'currency'
  /** Yes or no. */
  | 'disputed'
  /** Day on which it was paid; empty while it is open. */
  | 'paid'
  /** Name of the person. */
  | 'contact'
  | 'email'
  /** With country code. */
  | 'phone'
  /** ISO 3166 alpha-2. */
  | 'country'
  /** BCP 47. */
  | 'language';

/**
 * Which column holds what: the column's header, or `#3` for the third column.
 * An empty text takes a column that would be detected out of use.
 */
export type LedgerMapping = Readonly<Partial<Record<LedgerField, string>>>;

/** Order of the parts of dates; separators and leading zeros do not matter. */
export type DateFormat = 'y-m-d' | 'd/m/y' | 'm/d/y';

/** How to read a ledger file. Whatever is left out is detected where that is safe, and asked for where it is not. */
export interface ReadLedgerOptions {
  /** Name of the file, for messages. */
  readonly file?: string | undefined;
  /** Columns by field; others are detected by their header. */
  readonly mapping?: LedgerMapping | undefined;
  /** Needed when no value of the file tells day from month. Also as `DD/MM/YYYY` or `iso`. */
  readonly dateFormat?: string | undefined;
  /** Decimal sign of amounts. Needed when no value tells it from a thousands separator. */
  readonly decimal?: '.' | ',' | undefined;
  /** Separator of columns. */
  readonly delimiter?: string | undefined;
  /** ISO 4217 code of rows that name none. */
  readonly currency?: string | undefined;
  /** IANA zone of the accounts' books. Default: the plan's. */
  readonly zone?: string | undefined;
  /** Days from issue to due date, where the file lacks one of the two columns. */
  readonly terms?: number | undefined;
  /** Keep columns that are not mapped as attributes of the invoices. Default `false`. */
  readonly attributes?: boolean | undefined;
  /** Go on with the good rows when there are bad ones. Default `false`. */
  readonly keepGoing?: boolean | undefined;
  /** Lower limits than the built-in ones (100 MB, 5 million rows). */
  readonly limits?: { readonly bytes?: number | undefined; readonly rows?: number | undefined } | undefined;
}

/** Something wrong with a row, or with the file as a whole. */
export interface LedgerProblem extends Problem {
  /** Row as a spreadsheet numbers it: 1 is the header. Absent for the file as a whole. */
  readonly row?: number | undefined;
  /** Header of the column. Absent for the row as a whole. */
  readonly column?: string | undefined;
}

/** Something that was found out or decided, worth telling. */
export interface LedgerNote {
  readonly code: string;
  /** One English sentence. */
  readonly message: string;
}

/** What was found out about the file. */
export interface DetectedLedger {
  readonly encoding: 'utf-8' | 'utf-16' | 'windows-1252' | 'text';
  readonly delimiter: string;
  /** Headers in their order. */
  readonly columns: readonly string[];
  /** Rows with data. */
  readonly rows: number;
  /** Order of the parts of dates, by column; columns without ambiguous forms are not listed. */
  readonly dateFormats: Readonly<Record<string, DateFormat>>;
  /** Absent when no amount has a separator. */
  readonly decimal?: '.' | ',' | undefined;
  /** Headers that serve no field. */
  readonly unused: readonly string[];
  readonly notes: readonly LedgerNote[];
}

/** Facts read from a file, ready for `simulate` and for `dunning.sync`. */
export interface CsvLedger {
  readonly accounts: readonly AccountInput[];
  readonly invoices: readonly InvoiceInput[];
  readonly payments: readonly PaymentInput[];
  readonly credits: readonly CreditNoteInput[];
  readonly disputes: readonly DisputeInput[];
}

/** A ledger file that was read. */
export interface LedgerReading {
  readonly ledger: CsvLedger;
  /** Rows that were left out; empty unless `keepGoing` was asked for. */
  readonly problems: readonly LedgerProblem[];
  /** Which column served which field. */
  readonly mapping: LedgerMapping;
  readonly detected: DetectedLedger;
}
