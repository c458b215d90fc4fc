import type { Problem } from '../../errors.js';
import type { LedgerFacts } from '../../ledger/facts.js';
import type { SyncResult } from '../sync.js';

/** Facts in pieces of any size up to 100,000 records, in the order in which the host would hand them to `sync`. */
export type FactSource = Iterable<LedgerFacts> | AsyncIterable<LedgerFacts>;

/**
 * A record that was left out, and why. Its path begins with the number of its
 * piece, from 0: `[3].invoices[17].total.amount`; `[3].invoices["F-1"]` for
 * what contradicts something known.
 */
export interface RefusedRecord extends Problem {
  readonly account?: string | undefined;
}

/** What was taken in since the page before. */
export interface IngestPage extends SyncResult {
  /**
   * So many pieces from the first on are dealt with as a whole: written, or told as refused. After a crash a
   * host may begin with this piece; beginning with the first does no harm.
   */
  readonly through: number;
  /** Records that were left out. */
  readonly refused: number;
  /** Why. */
  readonly problems: readonly RefusedRecord[];
}

/** What an ingest did. */
export interface IngestResult extends SyncResult {
  /** Accounts written, each once for every page that wrote it. */
  readonly accounts: number;
  /** Pieces read. */
  readonly pieces: number;
  /** Records that were left out. */
  readonly refused: number;
  /** Why: the first 1,000 of them. {@link IngestPage} tells all. */
  readonly problems: readonly RefusedRecord[];
}

/** How an ingest is done, beside who tells and when. */
export interface IngestChoice {
  /**
   * Looks at all pieces before anything is written, and writes nothing if one record is not acceptable.
   * The source must then be a list, or a function that opens it anew. Default `false`: such records are left
   * out and told, and the others are written.
   */
  readonly strict?: boolean | undefined;
  /** Transactions under way at once, 1 to 16; records of one account keep their order. Default 2; 1 in a transaction of yours. */
  readonly parallel?: number | undefined;
  /** Hears of each page once it is committed, one after the other; a promise is waited for. */
  readonly onPage?: ((page: IngestPage) => void | Promise<void>) | undefined;
  /** Stops between pages; the ingest then rejects with the signal's reason. What was committed stays. */
  readonly signal?: AbortSignal | undefined;
}
