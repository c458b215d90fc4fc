import { formatDay, parseDay } from '../../calendar/index.js';
import type {
  AccountInput,
  ContactInput,
  CreditNoteInput,
  DisputeInput,
  InvoiceInput,
  PaymentInput,
} from '../../ledger/facts.js';
import * as forms from '../../schema/forms.js';
import { pathOf } from './evidence.js';
import { type RowAmount, RowReader, type RowRules } from './row-reader.js';
import type { CsvLedger, LedgerNote, LedgerProblem } from './types.js';
import { cellText } from './values.js';

export interface BuilderOptions {
  readonly zone: string | undefined;
  /** Columns kept as attributes of the invoices: place and key. */
  readonly attributes: readonly { readonly column: number; readonly key: string }[];
}

const mostProblems = 10_000;
const dayMillis = 86_400_000;
const longestAttribute = 1000;

interface Building {
  readonly account: Omit<AccountInput, 'contacts'> & {
    country?: string | undefined;
    language?: string | undefined;
  };
  readonly contacts: Map<string, ContactInput>;
  /** Row of each invoice. */
  readonly invoices: Map<string, number>;
}

/** What is told once for all rows it concerns. */
interface Counts {
  settledWithoutDate: number;
  credits: number;
  dueBeforeIssue: number;
  paidBeforeIssue: number;
  datesWithoutPayment: number;
}

/** Turns rows into facts. A row is taken as a whole or not at all. */
export class LedgerBuilder {
  readonly problems: LedgerProblem[] = [];
  /** Rows that were left out. */
  bad = 0;
  rows = 0;
  readonly #rules: RowRules;
  readonly #options: BuilderOptions;
  readonly #accounts = new Map<string, Building>();
  readonly #invoices: InvoiceInput[] = [];
  readonly #payments: PaymentInput[] = [];
  readonly #credits: CreditNoteInput[] = [];
  readonly #disputes: DisputeInput[] = [];
  readonly #counts: Counts = {
    settledWithoutDate: 0,
    credits: 0,
    dueBeforeIssue: 0,
    paidBeforeIssue: 0,
    datesWithoutPayment: 0,
  };

  constructor(rules: RowRules, options: BuilderOptions) {
    this.#rules = rules;
    this.#options = options;
  }

  add(cells: readonly string[], row: number): void {
    this.rows++;
    const reader = new RowReader(this.#rules, cells, row);
    const taken = this.#take(reader, cells);
    if (taken) return;
    this.bad++;
    for (const problem of reader.problems) {
      if (this.problems.length < mostProblems) this.problems.push(problem);
    }
  }

  ledger(): CsvLedger {
    return {
      accounts: [...this.#accounts.values()].map(({ account, contacts }) => ({
        ...account,
        ...(contacts.size === 0 ? {} : { contacts: [...contacts.values()] }),
      })),
      invoices: this.#invoices,
      payments: this.#payments,
      credits: this.#credits,
      disputes: this.#disputes,
    };
  }

  notes(): LedgerNote[] {
    const { settledWithoutDate, credits, dueBeforeIssue, paidBeforeIssue, datesWithoutPayment } =
      this.#counts;
    const notes: LedgerNote[] = [];
    const note = (count: number, code: string, message: string): void => {
      if (count > 0) notes.push({ code, message: `${count} ${count === 1 ? 'row' : 'rows'}: ${message}` });
    };
    note(settledWithoutDate, 'settled_without_date', 'settled, but on no known day; never chased');
    note(credits, 'credit_notes', 'a negative amount, read as a credit note that is put to no invoice');
    note(dueBeforeIssue, 'due_before_issue', 'due before it was issued; is the date format right?');
    note(paidBeforeIssue, 'paid_before_issue', 'paid before it was issued; is the date format right?');
    note(
      datesWithoutPayment,
      'date_without_payment',
      'has a payment date though all of it is open; the date is ignored',
    );
    if (this.bad > 0 && this.problems.length >= mostProblems)
      notes.push({ code: 'problems_cut', message: `only the first ${mostProblems} problems are listed` });
    return notes;
  }

  #take(reader: RowReader, cells: readonly string[]): boolean {
    const who = this.#who(reader);
    const number = reader.words('number', reader.text('number'), 100) ?? '';
    const own = reader.text('invoice');
    const id = reader.formed(
      reader.has('invoice') ? 'invoice' : 'number',
      forms.invoiceId,
      own === '' ? idOfNumber(number) : own,
    );
    const { issued, due } = this.#dates(reader);
    const paid = reader.date('paid');
    const disputed = reader.flag('disputed');
    const money = this.#money(reader);
    const contact = this.#contactOf(reader);
    const country = reader.text('country').toUpperCase();
    if (country !== '') reader.formed('country', forms.country, country);
    const language = reader.language();
    const known = who === undefined ? undefined : this.#accounts.get(who.id);
    if (id !== undefined && known?.invoices.has(id) === true) {
      reader.report(
        reader.has('invoice') ? 'invoice' : 'number',
        'duplicate_id',
        `the same invoice stands in row ${known.invoices.get(id)}`,
      );
    }
    if (reader.problems.length > 0) return false;
    if (
      who === undefined ||
      id === undefined ||
      issued === undefined ||
      due === undefined ||
      money === undefined
    )
      return false;

    const account = known ?? this.#open(who);
    if (account.account.country === undefined && country !== '') account.account.country = country;
    if (account.account.language === undefined && language !== undefined) account.account.language = language;
    account.invoices.set(id, reader.row);
    const contactId = contact === undefined ? undefined : keepContact(account, contact);
    if (money.total.minor < 0) {
      this.#counts.credits++;
      const amount = { minor: -money.total.minor, currency: money.total.currency };
      this.#credits.push({ id, account: who.id, ...(number === '' ? {} : { number }), amount, date: issued });
      return true;
    }
    if (due < issued) this.#counts.dueBeforeIssue++;
    const settlement = this.#settle(money, paid, issued);
    const attributes = this.#attributes(cells);
    this.#invoices.push({
      id,
      account: who.id,
      ...(number === '' || number === id ? {} : { number }),
      total: money.total,
      issued,
      due,
      ...(contactId === undefined ? {} : { contact: contactId }),
      ...(settlement.balance === undefined
        ? {}
        : {
            balance: {
              minor: settlement.balance,
              currency: money.total.currency,
              // As of the issue at the latest, in whatever zone the account keeps its books.
              asOf: parseDay(issued) * dayMillis,
            },
          }),
      ...(attributes === undefined ? {} : { attributes }),
    });
    const rowId = `row-${reader.row}`;
    if (settlement.payment !== undefined && paid !== undefined) {
      if (paid < issued) this.#counts.paidBeforeIssue++;
      const amount = { minor: settlement.payment, currency: money.total.currency };
      this.#payments.push({ id: rowId, account: who.id, invoice: id, amount, date: paid });
    }
    if (disputed) {
      this.#disputes.push({
        id: rowId,
        account: who.id,
        invoice: id,
        reason: 'disputed',
        author: 'ledger',
        opened: issued,
      });
    }
    return true;
  }

  #who(reader: RowReader): { id: string; name: string } | undefined {
    const account = reader.text('account');
    const name = reader.text('name');
    const id = reader.formed(
      reader.has('account') ? 'account' : 'name',
      forms.recordId,
      account === '' ? name : account,
    );
    const words = reader.words('name', name === '' ? account : name, 300);
    return id === undefined || words === undefined ? undefined : { id, name: words };
  }

  #open(who: { id: string; name: string }): Building {
    const { zone } = this.#options;
    const opened: Building = {
      account: { ...who, ...(zone === undefined ? {} : { zone }) },
      contacts: new Map(),
      invoices: new Map(),
    };
    this.#accounts.set(who.id, opened);
    return opened;
  }

  #dates(reader: RowReader): { issued: string | undefined; due: string | undefined } {
    const { terms } = this.#rules;
    let issued = reader.date('issued');
    let due = reader.date('due');
    if (terms !== undefined) {
      if (!reader.has('issued') && due !== undefined) issued = moved(due, -terms);
      if (!reader.has('due') && issued !== undefined) due = moved(issued, terms);
    }
    for (const field of ['issued', 'due'] as const) {
      if (reader.has(field) && reader.text(field) === '') reader.report(field, 'missing', 'is empty');
    }
    return { issued, due };
  }

  #money(reader: RowReader): { total: RowAmount; balance: number | undefined } | undefined {
    const currency = reader.currency();
    if (currency === undefined) return undefined;
    const total = reader.amount('amount', currency);
    const balance = reader.amount('balance', currency);
    const first = reader.has('amount') ? 'amount' : 'balance';
    if (reader.text(first) === '') reader.report(first, 'missing', 'is empty');
    // A list of open balances alone: what is open is all there is.
    const whole = reader.has('amount') ? total : balance;
    if (whole === undefined) return undefined;
    return { total: whole, balance: reader.has('amount') ? balance?.minor : undefined };
  }

  #settle(
    money: { total: RowAmount; balance: number | undefined },
    paid: string | undefined,
    issued: string,
  ): { payment?: number | undefined; balance?: number | undefined } {
    const total = money.total.minor;
    const balance = money.balance ?? (paid === undefined ? total : 0);
    if (paid !== undefined && balance < total) return { payment: total - balance };
    if (paid !== undefined && issued !== '' && total > 0) this.#counts.datesWithoutPayment++;
    if (balance === total) return {};
    if (balance <= 0) this.#counts.settledWithoutDate++;
    return { balance };
  }

  #contactOf(reader: RowReader): ContactInput | undefined {
    const name = reader.words('contact', reader.text('contact'), 300) ?? '';
    const email = reader.text('email');
    const phone = reader.phone();
    if (email !== '') reader.formed('email', forms.email, email);
    if (name === '' && email === '' && phone === undefined) return undefined;
    return {
      ...(name === '' ? {} : { name }),
      ...(email === '' ? {} : { email }),
      ...(phone === undefined ? {} : { phone }),
    };
  }

  #attributes(cells: readonly string[]): Readonly<Record<string, string>> | undefined {
    const found: Record<string, string> = {};
    for (const { column, key } of this.#options.attributes) {
      const text = cellText(cells[column]).slice(0, longestAttribute);
      if (text !== '') found[key] = text;
    }
    return Object.keys(found).length === 0 ? undefined : found;
  }
}

/** People of an account are told apart by name and addresses; each gets a number as its id. */
function keepContact(account: Building, contact: ContactInput): string {
  const key = JSON.stringify([contact.name, contact.email, contact.phone]);
  const known = account.contacts.get(key);
  if (known?.id !== undefined) return known.id;
  const id = String(account.contacts.size + 1);
  account.contacts.set(key, { id, ...contact });
  return id;
}

/** Characters that part the keys of acts cannot stand in ids; the number itself keeps them. */
function idOfNumber(number: string): string {
  return number.replace(/[~#@!%]/g, (char) => `%${char.charCodeAt(0).toString(16)}`);
}

function moved(iso: string, days: number): string {
  return formatDay(parseDay(iso) + days);
}

/** A problem of the file as a whole. */
export function fileProblem(code: string, message: string, column?: string): LedgerProblem {
  return { path: pathOf(undefined, column), code, message, ...(column === undefined ? {} : { column }) };
}
