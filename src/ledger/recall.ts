import type { AccountFile } from './file.js';
import {
  type LeavingRecord,
  type LeftKind,
  type LeftRecord,
  leftKey,
  leftKinds,
  leftRecords,
  namedBy,
  namingInvoices,
  placeOfKind,
  recordIn,
} from './left.js';

/** A record that left, as it is kept: with the keys of those that it hangs together with. */
export interface LeftRow extends LeftRecord {
  readonly refs: readonly string[];
}

/** What is to be kept of records that leave a file. */
export function leftRows(file: AccountFile, leaving: readonly LeavingRecord[]): readonly LeftRow[] {
  const naming = namingInvoices(file);
  const refunds = Map.groupBy(file.refunds.values(), ({ payment }) => payment);
  return leftRecords(file, leaving).map((one) => {
    const { kind, id, record } = one;
    const refs = new Set(
      kind === 'invoice' ? naming.get(id) : namedBy(record).map((own) => leftKey('invoice', own)),
    );
    if (kind === 'payment')
      for (const refund of refunds.get(id) ?? []) refs.add(leftKey('refund', refund.id));
    if ('payment' in record && record.payment !== undefined) refs.add(leftKey('payment', record.payment));
    return { ...one, refs: [...refs].sort() };
  });
}

/** Kind and id of a key. */
export function keyParts(key: string): readonly [kind: LeftKind | undefined, id: string] {
  const at = key.indexOf('/');
  return [leftKinds.find((kind) => kind === key.slice(0, at)), key.slice(at + 1)];
}

function isIn(file: AccountFile, key: string): boolean {
  const [kind, id] = keyParts(key);
  return kind === undefined || recordIn(file, kind, id) !== undefined;
}

/**
 * Keys of what may have left and that a record speaks of, which is told or
 * goes: itself, its payment, and the invoices that it names or named.
 */
export function spokenOf(
  file: AccountFile,
  kind: LeftKind,
  id: string,
  told: LeftRecord['record'] | undefined,
): readonly string[] {
  const keys = [leftKey(kind, id)];
  const known = recordIn(file, kind, id);
  for (const record of [known, told]) {
    if (record === undefined) continue;
    for (const invoice of namedBy(record)) keys.push(leftKey('invoice', invoice));
    if ('payment' in record && record.payment !== undefined) keys.push(leftKey('payment', record.payment));
  }
  return keys.filter((key) => !isIn(file, key));
}

/** A file as if records that left were in it, to compare with what is told. Nothing is decided on it. */
export function overlaid(file: AccountFile, rows: readonly LeftRow[]): AccountFile {
  if (rows.length === 0) return file;
  const seen: { -readonly [K in keyof AccountFile]: AccountFile[K] } = { ...file };
  for (const [kind, own] of Map.groupBy(rows, (row) => row.kind)) {
    const place = placeOfKind[kind];
    const all = new Map<string, unknown>(file[place]);
    for (const { id, record } of own) all.set(id, record);
    Object.assign(seen, { [place]: all });
  }
  return seen;
}

/** What speaks of several invoices at once, which leave together and come back so. */
const together: ReadonlySet<LeftKind | undefined> = new Set(['promise', 'plan', 'dispute', 'unbooked']);

/**
 * Gathers what comes back together: a record that something was told of, the
 * invoices that it names with all that names them, and what one promise, report
 * of payment, dispute or payment plan names. A payment comes back with its
 * refunds; other invoices that it went to and that are out stay out.
 *
 * @example
 * const recall = new Recall(file, ['invoice/F1']);
 * while (recall.wanted.length > 0) recall.take(await find(recall.wanted));
 * file = evolve(file, { type: 'items.returned', on, records: recall.records });
 */
export class Recall {
  readonly #file: AccountFile;
  readonly #rows = new Map<string, LeftRow>();
  /** Keys that were asked for, and whether what they name comes along. */
  readonly #asked = new Map<string, boolean>();
  #wanted = new Set<string>();

  constructor(file: AccountFile, keys: readonly string[]) {
    this.#file = file;
    for (const key of keys) this.#ask(key, true);
  }

  /** Keys to be looked up next; none: everything is here. */
  get wanted(): readonly string[] {
    return [...this.#wanted];
  }

  /** What was found of the keys wanted. */
  take(rows: readonly LeftRow[]): void {
    this.#wanted = new Set();
    for (const row of rows) {
      const key = leftKey(row.kind, row.id);
      this.#rows.set(key, row);
      this.#follow(row, this.#asked.get(key) === true);
    }
  }

  /** Everything that comes back, in a fixed order. */
  get records(): readonly LeftRecord[] {
    const rows = [...this.#rows.values()].map(({ refs: _, ...record }): LeftRecord => record);
    return rows.sort(
      (a, b) => leftKinds.indexOf(a.kind) - leftKinds.indexOf(b.kind) || (a.id < b.id ? -1 : 1),
    );
  }

  #ask(key: string, along: boolean): void {
    const known = this.#asked.get(key);
    if (known === true || known === along || isIn(this.#file, key)) return;
    this.#asked.set(key, along);
    const row = this.#rows.get(key);
    if (row === undefined) this.#wanted.add(key);
    else this.#follow(row, along);
  }

  #follow({ kind, refs }: LeftRow, along: boolean): void {
    for (const ref of refs) {
      const [other] = keyParts(ref);
      if (kind === 'invoice') this.#ask(ref, together.has(other));
      else if (other !== 'invoice') this.#ask(ref, along);
      else if (along) this.#ask(ref, true);
    }
  }
}
