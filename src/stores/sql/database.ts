import type { Copy } from './bulk-copy.js';

/** A row as drivers hand it over. Read it through {@link text}, {@link integer} and the like. */
export type Row = Readonly<Record<string, unknown>>;

/** One connection, or one open transaction on it: a statement at a time. */
export interface SqlSession {
  query(text: string, values?: readonly unknown[]): Promise<readonly Row[]>;
  /** Absent where the driver has no COPY. */
  readonly copy?: Copy | undefined;
}

/** A database of the PostgreSQL dialect, however it is reached. */
export interface SqlDatabase extends SqlSession {
  /**
   * Runs work in a transaction (read committed): committed when it resolves,
   * rolled back when it rejects. Nothing else runs inside.
   */
  transaction<T>(work: (session: SqlSession) => Promise<T>): Promise<T>;
  /** The session behind what a host handed in as its open transaction; throws `invalid_option` if it is none. */
  join(transaction: unknown): SqlSession;
  /** Frees what was opened for this store. */
  close(): Promise<void>;
}

/** A column that holds text. */
export function text(row: Row, column: string): string {
  const value = row[column];
  if (typeof value === 'string') return value;
  throw new TypeError(`Column ${column} holds no text.`);
}

/** A column that holds a whole number. Drivers give them as number, text or bigint. */
export function integer(row: Row, column: string): number {
  const value = row[column];
  if (typeof value === 'number') return value;
  if (typeof value === 'string' || typeof value === 'bigint') return Number(value);
  throw new TypeError(`Column ${column} holds no number.`);
}

/** As {@link text} or {@link integer}, with null for NULL. */
export function nullable<T>(row: Row, column: string, read: (row: Row, column: string) => T): T | null {
  return row[column] === null || row[column] === undefined ? null : read(row, column);
}
