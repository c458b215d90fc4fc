/** What recobro uses of an open transaction of PGlite. */
export interface PGliteTransaction {
  query(text: string, values?: unknown[]): Promise<{ readonly rows: readonly unknown[] }>;
}

/** What recobro uses of a `PGlite` instance. */
export interface PGliteClient extends PGliteTransaction {
  transaction<T>(work: (transaction: PGliteTransaction) => Promise<T>): Promise<T>;
}
