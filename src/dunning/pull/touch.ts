import { emptyFile } from '../../engine/index.js';
import { RecobroError } from '../../errors.js';
import type { Change, CommitOptions } from '../../stores/store.js';
import { encodeChange } from '../codec.js';
import type { Context } from '../context.js';
import { named } from '../options.js';
import { commitAndWake } from '../workers/waking.js';

/** Accounts loaded and committed together. */
const batch = 1000;
const mostTries = 250;

/**
 * Accounts are due at once; those that are not known are from now on. Each
 * file's version rises, even where it is due already: a review under way,
 * which may have read the host's tables before the change, loses and reads
 * again.
 *
 * @returns how many
 * @throws RecobroError `invalid_option`; `store_conflict` after losing many times in a row
 */
export async function touchAccounts(
  context: Context,
  accounts: Iterable<string>,
  options: CommitOptions,
): Promise<number> {
  // In the order of the ids, so that two calls that lock the same accounts do not wait for each other.
  const ids = [...new Set(accounts)].map((id, index) => named(id, `accounts[${index}]`)).sort();
  for (let from = 0; from < ids.length; from += batch) {
    let left: readonly string[] = ids.slice(from, from + batch);
    for (let tries = 0; left.length > 0; tries++) {
      if (tries === mostTries)
        throw new RecobroError(
          'store_conflict',
          `other changes came first ${mostTries} times in a row; try again`,
          {
            retryable: true,
          },
        );
      left = await touchOnce(context, left, options);
    }
  }
  return ids.length;
}

/** One round; answers the accounts that lost against another change. */
async function touchOnce(
  context: Context,
  accounts: readonly string[],
  options: CommitOptions,
): Promise<readonly string[]> {
  const { tenant, store } = context;
  const loaded = await store.load(tenant, accounts, options);
  const versions = new Map(loaded.map(({ account, version }) => [account, version]));
  const changes = accounts.map((account): Change => {
    const expected = versions.get(account) ?? 0;
    const file = expected === 0 ? { file: encodeChange(undefined, emptyFile(account)) } : {};
    return { tenant, account, expected, ...file, events: [], acts: [], next: 0 };
  });
  const outcomes = await commitAndWake(context, changes, options);
  return accounts.filter((_, index) => outcomes[index]?.ok !== true);
}
