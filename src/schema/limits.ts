/** How much a value may hold. Exceeding it ends the walk: absurd input fails fast. */
export interface Limits {
  /** Levels of nesting. */
  readonly depth: number;
  /** Characters of one text. */
  readonly text: number;
  /** Characters of the whole as JSON, roughly. */
  readonly size: number;
  /** Whether texts that turn the order of reading are a problem. Where others write, these marks are taken out instead. */
  readonly inOrder?: true | undefined;
}

/** Limits of a document, or of documents that belong together. */
export const documentLimits: Limits = { depth: 32, text: 10_000, size: 2_000_000, inOrder: true };

/** Limits of one `sync`. */
export const factLimits: Limits = { depth: 8, text: 10_000, size: 500_000_000 };

/** Most entries of the long lists of documents. */
export const most = {
  policies: 500,
  stages: 200,
  segments: 1000,
  assign: 20_000,
  messages: 1000,
  holidays: 5000,
  rates: 20_000,
} as const;

/** Most records of one `sync`. */
export const mostRecords = 100_000;

/** Days that a gap or cap may look back; the contact rules forget what is older. */
export const longestLookBack = 400;
