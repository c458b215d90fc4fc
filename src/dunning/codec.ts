import { emptyFile } from '../engine/index.js';
import { RecobroError } from '../errors.js';
import type { AccountFile, InvoiceEntry } from '../ledger/file.js';
import type { Change, Json, StoredFile } from '../stores/store.js';

/** Form of the stored header. A reader that meets a newer one refuses it instead of losing what it does not know. */
const format = 1;

type Maps = 'payments' | 'credits' | 'holds' | 'disputes' | 'promises' | 'acts';
type Header = { readonly format: number } & Pick<
  AccountFile,
  'seq' | 'account' | 'reviewed' | 'touches' | 'unusable'
> & {
    readonly [K in Maps]: AccountFile[K] extends ReadonlyMap<string, infer V> ? readonly V[] : never;
  };

/** Plain JSON of a value made of plain data; absent members are left out. */
export function toJson(value: unknown): Json {
  return JSON.parse(JSON.stringify(value)) as Json;
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
  return {
    ...emptyFile(stored.account),
    seq: header.seq,
    account: header.account,
    reviewed: header.reviewed,
    payments: byId(header.payments),
    credits: byId(header.credits),
    holds: byId(header.holds),
    disputes: byId(header.disputes),
    promises: byId(header.promises),
    acts: byId(header.acts),
    touches: header.touches,
    unusable: header.unusable,
    invoices: new Map([...stored.rows].map(([id, row]) => [id, fromJson<InvoiceEntry>(row)])),
  };
}

/** What a commit must write to turn one file into another: the header, and only the rows that changed. */
export function encodeChange(
  before: AccountFile | undefined,
  after: AccountFile,
): NonNullable<Change['file']> {
  const header: Header = {
    format,
    seq: after.seq,
    account: after.account,
    reviewed: after.reviewed,
    payments: [...after.payments.values()],
    credits: [...after.credits.values()],
    holds: [...after.holds.values()],
    disputes: [...after.disputes.values()],
    promises: [...after.promises.values()],
    acts: [...after.acts.values()],
    touches: after.touches,
    unusable: after.unusable,
  };
  const put = new Map<string, Json>();
  for (const [id, entry] of after.invoices) {
    if (before?.invoices.get(id) !== entry) put.set(id, toJson(entry));
  }
  const remove =
    before === undefined ? [] : [...before.invoices.keys()].filter((id) => !after.invoices.has(id));
  return { header: toJson(header), put, remove };
}

function byId<T extends { readonly id: string }>(records: readonly T[]): ReadonlyMap<string, T> {
  return new Map(records.map((record) => [record.id, record]));
}
