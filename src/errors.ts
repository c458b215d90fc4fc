/**
 * Every error that recobro throws on purpose, with a stable `code`.
 *
 * Expected outcomes of dunning ("no contact allowed today") are values, never
 * errors. Errors are for bad input, bad configuration and broken invariants.
 * They never carry message texts, addresses or amounts of a debtor.
 */

/** One thing wrong with an input, and where. */
export interface Problem {
  /** Path into the input, such as `stages[2].at.plus` or `accounts[4].contacts[0].phone`. */
  readonly path: string;
  /** Stable code of the problem, such as `unknown_key` or `invalid_date`. */
  readonly code: string;
  /** What is wrong and what would be right, in one English sentence. */
  readonly message: string;
}

/** Stable codes of {@link RecobroError}. */
export type ErrorCode =
  /** A document (plan, policy, messages) is not valid; see `problems`. */
  | 'invalid_document'
  /** Facts handed to `sync` are not valid; nothing was written; see `problems`. */
  | 'invalid_input'
  /** An option of a factory or command is missing or wrong; see `problems`. */
  | 'invalid_option'
  /** An amount is not a whole number of minor units within ±(2^53−1), or has too many decimals. */
  | 'invalid_amount'
  /** The currency is no ISO 4217 code known to recobro. */
  | 'unknown_currency'
  /** Amounts of two currencies were put together. */
  | 'currency_mismatch'
  /** No calendar date of that form exists. */
  | 'invalid_date'
  /** The text is not an instant (ISO 8601 with an offset) or lies outside the supported range. */
  | 'invalid_instant'
  /** The IANA time zone does not exist. */
  | 'unknown_zone'
  /** The text is not a duration such as `10d`, `2bd`, `1mo` or `24h`. */
  | 'invalid_duration'
  /** A record contradicts one already known: same version, other content. */
  | 'version_conflict'
  /** An id names nothing known. */
  | 'unknown_id'
  /** A token of a link that none of the keys made, of another tenant or purpose, or of a person who is not there any more. */
  | 'invalid_link'
  /** The days of a link are over. */
  | 'expired_link'
  /** Nothing was chosen: a list of items that is empty. */
  | 'empty_selection'
  /** What was chosen is settled, or nothing of it may be chased. */
  | 'nothing_to_chase'
  /** A document that is no receivable cannot be dunned. */
  | 'not_receivable'
  /** The policy does not know the item: it is out of its scope. */
  | 'out_of_scope'
  /** Personal data cannot be erased yet: something is owed or under way. */
  | 'still_needed'
  /** The review lies before one that was already made. */
  | 'backdated_review'
  /** Something that can never be was met (act done without a date, …); nothing was written. */
  | 'impossible_state'
  /** Another process has the store open. */
  | 'store_in_use'
  /** The store's tables are missing or of another version; run the migrations. */
  | 'store_not_migrated'
  /** The store failed; `cause` holds the driver's error. */
  | 'store_failed'
  /** The queue took no job in a transaction of the host's, which is spoilt with it; `cause` holds the queue's error. */
  | 'queue_failed'
  /** The ledger source failed, or answered what nobody asked for; nothing was decided. `cause` holds its error. */
  | 'ledger_failed'
  /** The payment port failed, or answered what is no way to pay: a draft would lack it. */
  | 'payment_failed'
  /** The ledger source gave no answer in time. */
  | 'ledger_timeout'
  /** A change kept losing against concurrent changes of the same account. */
  | 'store_conflict'
  /** The object was closed and can no longer be used. */
  | 'closed'
  /** A message template does not parse, or names a variable that does not exist. */
  | 'invalid_template'
  /** A variable came out empty at render; nothing was sent. */
  | 'empty_variable'
  /** A text is longer with the values of this moment than its channel takes; nothing was sent. */
  | 'text_too_long'
  /** A file could not be read as asked (ledger, mapping, policy); see `problems`. */
  | 'invalid_file';

/** Details that some errors carry beside their code. */
export interface ErrorDetails {
  readonly problems?: readonly Problem[] | undefined;
  readonly cause?: unknown;
  /** Whether the same call may succeed later without a change of input. */
  readonly retryable?: boolean | undefined;
}

const brand = Symbol.for('recobro.error');
const shownProblems = 20;

/**
 * The one error class. Switch on {@link RecobroError.code}; tell it from other
 * errors with {@link isRecobroError}, which also works when a process holds
 * both the ESM and the CommonJS copy of the package.
 *
 * @example
 * try {
 *   await dunning.sync(facts);
 * } catch (error) {
 *   if (isRecobroError(error) && error.code === 'invalid_input') console.error(error.problems);
 *   else throw error;
 * }
 */
export class RecobroError extends Error {
  override readonly name = 'RecobroError';
  readonly code: ErrorCode;
  /** Every problem found, not only the first. Empty where the message says it all. */
  readonly problems: readonly Problem[];
  /** Whether the same call may succeed later without a change of input. */
  readonly retryable: boolean;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    const problems = details.problems ?? [];
    super(withProblems(message, problems), details.cause === undefined ? {} : { cause: details.cause });
    this.code = code;
    this.problems = problems;
    this.retryable = details.retryable ?? false;
    Object.defineProperty(this, brand, { value: true });
  }
}

/** True for errors of any copy of this package, optionally of one code. */
export function isRecobroError(value: unknown, code?: ErrorCode): value is RecobroError {
  if (typeof value !== 'object' || value === null || !(brand in value)) return false;
  return code === undefined || ('code' in value && value.code === code);
}

function withProblems(message: string, problems: readonly Problem[]): string {
  if (problems.length === 0) return message;
  const lines = problems
    .slice(0, shownProblems)
    .map((p) => `  ${p.path === '' ? '(root)' : p.path}: ${p.message}`);
  const more = problems.length - shownProblems;
  return [message, ...lines, ...(more > 0 ? [`  … and ${more} more`] : [])].join('\n');
}
