import type { FactKind, LedgerFacts } from '../../ledger/facts.js';

/** Kinds of records that a {@link LedgerSource} may own. */
export type PulledKind = Exclude<FactKind, 'replies' | 'sources'>;

/** What a {@link LedgerSource} is asked. */
export interface LedgerQuery {
  readonly tenant: string;
  /** Whose facts are wanted: up to 100 accounts, each once. */
  readonly accounts: readonly string[];
  /** The instant of the review or dispatch, in milliseconds since 1970. */
  readonly at: number;
  /** Aborted when the time limit is over; what comes then is not used. */
  readonly signal: AbortSignal;
}

/** What became of an invoice that is not listed any more. */
export interface GoneInvoice {
  readonly account: string;
  readonly id: string;
  /** `settled`: nothing is owed on it any more. `withdrawn`: it was taken back, and its case closes without a word. */
  readonly as: 'settled' | 'withdrawn';
}

/** An account that a source could not read, while it could read the others. */
export interface UnreadAccount {
  readonly account: string;
  readonly cause?: unknown;
}

/**
 * The current facts of the accounts asked for, all of each: the same records
 * that `sync` takes, of the kinds that the source owns.
 */
export interface LedgerAnswer extends LedgerFacts {
  /** What became of invoices that are not listed, where the source can say. Default: {@link LedgerSource.unlisted}. */
  readonly gone?: readonly GoneInvoice[] | undefined;
  /** Accounts that could not be read; nothing is decided about them now. */
  readonly unread?: readonly UnreadAccount[] | undefined;
}

/** Accounts that changed since a cursor. */
export interface ChangedAccounts {
  readonly accounts: readonly string[];
  /** Where the next look begins: a text of yours of up to 1000 characters. */
  readonly cursor: string;
  /** There may be more right away. Default: when as many accounts came as were asked for. */
  readonly more?: boolean | undefined;
}

/**
 * Reads receivables from the host's own tables, so that they need not be
 * pushed. recobro calls it at each review, and again at dispatch right before
 * a message goes out; what it decides is committed together with what it read
 * where that differs from what the log has. The file that recobro keeps is
 * dunning state and the facts last read; nothing is decided on it without a
 * new read.
 *
 * A read that fails, or takes longer than `timeoutMs`, decides nothing: the
 * account is listed as failed and looked at again later, a message waits. No
 * answer is never taken for "nothing is owed".
 *
 * @example
 * const ledger: LedgerSource = {
 *   owns: ['invoices'],
 *   async read({ accounts }) {
 *     const { rows } = await pool.query(
 *       `SELECT id, customer, total::text, issued::text, due::text FROM open_invoices WHERE customer = ANY($1)`, [accounts]);
 *     return {
 *       invoices: rows.map((row) => ({
 *         id: row.id, account: row.customer, issued: row.issued, due: row.due,
 *         total: { amount: row.total, currency: 'MXN' },
 *       })),
 *     };
 *   },
 * };
 */
export interface LedgerSource {
  /**
   * Kinds of records that come from here and from nowhere else: each read
   * lists all of them of its accounts, and what is missing is gone. `sync`
   * refuses these kinds; all others are pushed as ever.
   */
  readonly owns: readonly PulledKind[];
  /**
   * The current facts. Whatever it throws counts as a failure. Must not write,
   * and must see what was committed: read from the primary, not from a replica
   * that lags.
   */
  read(query: LedgerQuery): Promise<LedgerAnswer>;
  /**
   * Optional: accounts whose facts changed since a cursor (none: from the
   * beginning), `limit` at most, in an order in which the cursor can be moved
   * on. At least once: an account may come again. Without it, tell with
   * `dunning.touch`, or accounts are looked at on their own day only.
   */
  changes?(
    cursor: string | undefined,
    options: { readonly tenant: string; readonly limit: number; readonly signal: AbortSignal },
  ): Promise<ChangedAccounts>;
  /**
   * What an invoice is that was open, is not listed any more, and of which
   * `gone` says nothing. Default `settled`, as fits sources that list what is
   * open. `withdrawn` where yours lists paid invoices too.
   */
  readonly unlisted?: 'settled' | 'withdrawn' | undefined;
  /** Time limit of a read, and of a look for changes, in milliseconds. Default 10 000. */
  readonly timeoutMs?: number | undefined;
}
