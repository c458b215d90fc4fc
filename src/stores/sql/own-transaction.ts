import { isRecobroError } from '../../errors.js';
import type { SqlDatabase } from './database.js';
import { asStoreError, isLoss } from './failures.js';
import type { Queryable } from './session.js';

/** As many as for a commit. */
const mostTries = 10;

/**
 * Runs work in a transaction that it may hand to the store's methods and to
 * others who write to the same database. What the work itself throws comes out
 * as it is; losses against concurrent transactions are tried again.
 */
export async function ownTransaction<T>(
  database: SqlDatabase,
  work: (transaction: Queryable) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const thrown: unknown[] = [];
    try {
      return await database.transaction(async (session) => {
        try {
          return await work({
            query: async (text, values) => ({ rows: await session.query(text, values) }),
          });
        } catch (error) {
          thrown.push(error);
          throw error;
        }
      });
    } catch (error) {
      const lost = isLoss(error) || (isRecobroError(error) && isLoss(error.cause));
      if (lost && attempt < mostTries) continue;
      throw thrown.length > 0 ? thrown[0] : asStoreError(error);
    }
  }
}
