import { emptyFile } from '../engine/index.js';
import { RecobroError } from '../errors.js';
import type { AccountFile, Case } from '../ledger/file.js';
import { lean, noRecords } from '../ledger/lean.js';
import type { Invoice } from '../ledger/types.js';
import type { Change, Json, StoredFile } from '../stores/store.js';
import { plainOf } from './plain.js';

/** Form of the stored header. A reader that meets a newer one refuses it instead of losing what it does not know. */
const format = 1;

type Maps =
  | 'payments'
  | 'refunds'
  | 'credits'
  | 'holds'
  | 'disputes'
  | 'promises'
  | 'unbooked'
  | 'replies'
  | 'plans'
  | 'sources'
  | 'kept'
  | 'charged'
  | 'moved'
  | 'acts';
type Header = { readonly format: number } & Pick<
  AccountFile,
  | 'seq'
  | 'account'
  | 'reviewed'
  | 'touches'
  | 'health'
  | 'worked'
  | 'assigned'
  | 'notes'
  | 'erased'
  | 'left'
  | 'heard'
  | 'windows'
  | 'answers'
  | 'bot'
> & {
    readonly [K in Maps]: AccountFile[K] extends ReadonlyMap<string, infer V> ? readonly V[] : never;
  };

/** Plain JSON of a value made of plain data; absent members are left out. Shares memory with the value: see {@link plainOf}. */
export function toJson(value: unknown): Json {
  return plainOf(value);
}

/** The value that {@link toJson} stored. The store is ours: its content is not checked again. */
export function fromJson<T>(value: Json): T {
  return value as T;
}

/** Reads an account file at rest. */
export function decodeFile(stored: StoredFile): AccountFile {
  const header = fromJson<Header>(stored.header);
  if (header.format !== format) {
    throw new RecobroError(
      'impossible_state',
      `the file of account ${JSON.stringify(stored.account)} has the form ${header.format}; this version of recobro reads ${format}`,
    );
  }
  const invoices = new Map<string, Invoice>();
  const cases = new Map<string, readonly Case[]>();
  for (const [id, row] of stored.rows) {
    const { invoice, cases: own } = fromJson<Row>(row);
    if (invoice !== undefined) invoices.set(id, lean(invoice));
    for (const [subject, list] of own) cases.set(subject, list);
  }
  return {
    ...emptyFile(stored.account),
    seq: header.seq,
    account: header.account,
    reviewed: header.reviewed,
    assigned: header.assigned,
    ...(header.notes === undefined ? {} : { notes: header.notes }),
    ...(header.erased === undefined ? {} : { erased: header.erased }),
    ...(header.heard === undefined ? {} : { heard: header.heard }),
    ...(header.windows === undefined ? {} : { windows: header.windows }),
    ...(header.answers === undefined ? {} : { answers: header.answers }),
    ...(header.bot === undefined ? {} : { bot: header.bot }),
    ...(header.left === undefined ? {} : { left: header.left }),
    payments: byId(header.payments),
    refunds: byId(header.refunds),
    credits: byId(header.credits),
    holds: byId(header.holds),
    disputes: byId(header.disputes),
    promises: byId(header.promises),
    unbooked: byId(header.unbooked),
    replies: byId(header.replies),
    plans: byId(header.plans),
    sources: byId(header.sources),
    kept: byId(header.kept),
    charged: byId(header.charged),
    moved: byId(header.moved),
    acts: byId(header.acts),
    touches: header.touches,
    health: header.health,
    ...(header.worked === undefined ? {} : { worked: header.worked }),
    invoices,
    cases,
  };
}

/** What a commit must write to turn one file into another: the header, and only the rows that changed. */
export function encodeChange(
  before: AccountFile | undefined,
  after: AccountFile,
): NonNullable<Change['file']> {
  const { header, put, remove } = changedParts(before, after);
  return {
    header: toJson(header),
    put: new Map([...put].map(([id, row]) => [id, toJson(row)] as const)),
    remove,
  };
}

/** The same before it becomes JSON, for who writes it as text. */
export function changedParts(
  before: AccountFile | undefined,
  after: AccountFile,
): {
  readonly header: Readonly<Record<string, unknown>>;
  readonly put: ReadonlyMap<string, object>;
  readonly remove: readonly string[];
} {
  const header: Header = {
    format,
    seq: after.seq,
    account: after.account,
    reviewed: after.reviewed,
    assigned: after.assigned,
    notes: after.notes,
    erased: after.erased,
    left: after.left,
    heard: after.heard,
    windows: after.windows,
    answers: after.answers,
    bot: after.bot,
    payments: [...after.payments.values()],
    refunds: [...after.refunds.values()],
    credits: [...after.credits.values()],
    holds: [...after.holds.values()],
    disputes: [...after.disputes.values()],
    promises: [...after.promises.values()],
    unbooked: [...after.unbooked.values()],
    replies: [...after.replies.values()],
    plans: [...after.plans.values()],
    sources: [...after.sources.values()],
    kept: [...after.kept.values()],
    charged: [...after.charged.values()],
    moved: [...after.moved.values()],
    acts: [...after.acts.values()],
    touches: after.touches,
    health: after.health,
    worked: after.worked,
  };
  const changed = new Set<string>();
  for (const [id, invoice] of after.invoices) if (before?.invoices.get(id) !== invoice) changed.add(id);
  for (const [subject, cases] of after.cases)
    if (before?.cases.get(subject) !== cases) changed.add(rowOf(subject));
  const put = new Map<string, Row>();
  if (changed.size > 0) {
    const rows = new Map<string, [string, readonly Case[]][]>();
    for (const one of after.cases) {
      const id = rowOf(one[0]);
      if (!changed.has(id)) continue;
      const known = rows.get(id);
      if (known === undefined) rows.set(id, [one]);
      else known.push(one);
    }
    for (const id of changed) {
      put.set(id, { invoice: after.invoices.get(id), cases: rows.get(id) ?? [] });
    }
  }
  return { header, put, remove: before === undefined ? [] : rowsGone(before, after, put) };
}

/** Rows of which nothing is left: of invoices that left the file, and of payment plans with them. */
function rowsGone(
  before: AccountFile,
  after: AccountFile,
  put: ReadonlyMap<string, unknown>,
): readonly string[] {
  const gone = new Set<string>();
  for (const id of before.invoices.keys()) if (!after.invoices.has(id)) gone.add(id);
  if (before.cases.size > 0)
    for (const subject of before.cases.keys())
      if (!after.cases.has(subject) && !after.invoices.has(rowOf(subject))) gone.add(rowOf(subject));
  for (const id of put.keys()) gone.delete(id);
  return [...gone];
}

/** One row at rest: an invoice with the cases of its items; or, without an invoice, the cases of a group or payment plan. */
interface Row {
  readonly invoice?: Invoice | undefined;
  readonly cases: readonly (readonly [subject: string, cases: readonly Case[]])[];
}

/** The row that keeps the cases of a subject: that of its invoice, or one of its own. */
function rowOf(subject: string): string {
  if (subject.startsWith('~')) return subject;
  const end = subject.indexOf('~');
  return end < 0 ? subject : subject.slice(0, end);
}

function byId<T extends { readonly id: string }>(records: readonly T[]): ReadonlyMap<string, T> {
  return records.length === 0 ? noRecords : new Map(records.map((record) => [record.id, record]));
}
