import type { Store } from '../stores/store.js';
import { runLaw } from './run-law.js';
import { actLaws } from './store-laws/acts.js';
import { auditLaws } from './store-laws/audit.js';
import { bulkLaws } from './store-laws/bulk.js';
import { callbackLaws } from './store-laws/callbacks.js';
import { claimLaws } from './store-laws/claims.js';
import { dataLaws } from './store-laws/data.js';
import { documentLaws } from './store-laws/documents.js';
import { inboxLaws, referenceLaws } from './store-laws/inbox.js';
import { joiningLaws } from './store-laws/joining.js';
import type { Bench, Law } from './store-laws/law.js';
import { leftLaws } from './store-laws/left.js';
import { orderLaws } from './store-laws/order.js';
import { raceLaws } from './store-laws/races.js';
import { sharedLaws } from './store-laws/shared.js';
import { tenantLaws } from './store-laws/tenants.js';
import { transactionLaws } from './store-laws/transactions.js';
import { versionLaws } from './store-laws/versions.js';
import { workerLaws } from './store-laws/workers.js';

/** What the factory of {@link storeContract} hands out for one case. */
export interface StoreUnderTest {
  /** Its `close` is called by one of the cases, so each case needs a handle of its own; the data below may be shared. */
  readonly store: Store;
  /**
   * A second handle on the same data, as another process would hold it: a
   * second pool, say. Without it, races run on one handle.
   */
  readonly other?: Store | undefined;
  /**
   * Runs `work` in a transaction of the host, hands it what goes into
   * `options.transaction`, commits when it resolves, and rolls back and
   * rethrows when it rejects. A store that cannot join one says so in
   * {@link StoreContractOptions.without}.
   */
  readonly transaction?: (<T>(work: (transaction: unknown) => Promise<T>) => Promise<T>) | undefined;
  /** Called after the case, whatever its end. */
  readonly dispose?: (() => Promise<void>) | undefined;
}

/** Options of {@link storeContract}. */
export interface StoreContractOptions {
  /**
   * What the store cannot do, with the reason in words; the cases that need it
   * come with that reason as `skip`.
   */
  readonly without?:
    | {
        readonly transaction?: string | undefined;
        readonly audit?: string | undefined;
        readonly shared?: string | undefined;
        readonly bulk?: string | undefined;
        readonly inbox?: string | undefined;
        readonly references?: string | undefined;
        readonly documents?: string | undefined;
        readonly backlog?: string | undefined;
        readonly left?: string | undefined;
      }
    | undefined;
  /**
   * Start of every tenant name that the cases use. Needed only to run the
   * suite again on data that an earlier run left. Default: `law`.
   */
  readonly prefix?: string | undefined;
}

/** One named case of a contract suite. */
export interface ContractCase {
  /** The law, as `group: promise`. Stable. */
  readonly name: string;
  /** Why the case does not apply to what is tested; absent if it applies. */
  readonly skip?: string | undefined;
  /** Resolves if the law holds; rejects with a plain `Error` that begins with the law's name. */
  run(): Promise<void>;
}

const laws: readonly Law[] = [
  ...versionLaws,
  ...actLaws,
  ...claimLaws,
  ...orderLaws,
  ...dataLaws,
  ...raceLaws,
  ...workerLaws,
  ...callbackLaws,
  ...tenantLaws,
  ...transactionLaws,
  ...joiningLaws,
  ...auditLaws,
  ...sharedLaws,
  ...bulkLaws,
  ...inboxLaws,
  ...referenceLaws,
  ...documentLaws,
  ...leftLaws,
];

/**
 * The promises of the store port ({@link Store}) as cases that any test
 * runner can run. Every case calls the factory, then `migrate`, and uses
 * tenants of its own, so that one database may serve all of them, one after
 * the other or at once. All instants are made up; nothing sleeps.
 *
 * @example
 * for (const { name, skip, run } of storeContract(() => ({ store: myStore() }), {
 *   without: { transaction: 'my database has none' },
 * })) {
 *   test(name, { skip }, run); // node:test; vitest: it.skipIf(skip)(name, run)
 * }
 */
export function storeContract(
  factory: () => StoreUnderTest | Promise<StoreUnderTest>,
  options: StoreContractOptions = {},
): readonly ContractCase[] {
  const prefix = options.prefix ?? 'law';
  return laws.map((law, n) => ({
    name: law.name,
    ...(law.needs === undefined ? {} : { skip: options.without?.[law.needs] }),
    run: () =>
      runLaw(law.name, factory, async (subject) => {
        await subject.store.migrate();
        await law.attempt(benchOf(subject, `${prefix} ${String(n + 1).padStart(2, '0')}`));
      }),
  }));
}

function benchOf(subject: StoreUnderTest, tenant: string): Bench {
  return {
    store: subject.store,
    other: subject.other ?? subject.store,
    tenant,
    // Shares its beginning with the tenant, to catch sloppy prefixes and ranges.
    neighbour: `${tenant} too`,
    joins: subject.transaction !== undefined,
    transaction: (work) => {
      if (subject.transaction !== undefined) return subject.transaction(work);
      throw new Error(
        'the factory gave no `transaction`; say `without: { transaction: "reason" }` if there is none',
      );
    },
  };
}
