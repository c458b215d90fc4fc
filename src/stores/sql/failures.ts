import { isRecobroError, RecobroError } from '../../errors.js';

/** Losses against a concurrent transaction: nothing was written, the same work may succeed at once. */
const losses = new Set(['40001', '40P01']);
const missing = new Set(['42P01', '42703', '3F000']);
/** SQLSTATE classes that pass: connection, transaction rollback, resources, operator intervention. */
const passing = new Set(['08', '40', '53', '57']);
/** More tries than any honest contention needs; a deadlock's victim yields to whoever waited for it. */
const mostTries = 10;

/** Runs work again while it loses against concurrent transactions; other failures come out as RecobroError. */
export async function guarded<T>(work: () => Promise<T>, tries = mostTries): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt < tries && isLoss(error)) continue;
      throw asStoreError(error);
    }
  }
}

/** Whether the database gave up this work for the sake of another's. */
export function isLoss(error: unknown): boolean {
  return losses.has(sqlState(error) ?? '');
}

/** A driver's error as recobro's own: no data in the message, the driver's error as `cause`. */
export function asStoreError(error: unknown): RecobroError {
  if (isRecobroError(error)) return error;
  const state = sqlState(error);
  if (state !== undefined && missing.has(state)) {
    const message =
      'The tables of recobro are missing or old. Call store.migrate(), or run the SQL of migrationSql().';
    return new RecobroError('store_not_migrated', message, { cause: error });
  }
  if (state === undefined) {
    const message = 'The database could not be opened or reached, or gave no usable answer.';
    return new RecobroError('store_failed', message, {
      cause: error,
      retryable: !(error instanceof TypeError),
    });
  }
  const retryable = passing.has(state.slice(0, 2)) || state === '55P03';
  return new RecobroError('store_failed', `The database refused a statement (SQLSTATE ${state}).`, {
    cause: error,
    retryable,
  });
}

/** Five characters that PostgreSQL gives each error, none of them beginning with E as those of Node do; drivers hand them over as `code`. */
export function sqlState(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' && /^[0-9A-DF-Z][0-9A-Z]{4}$/.test(error.code)
    ? error.code
    : undefined;
}
