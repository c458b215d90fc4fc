import type { ImportedHistory } from '../../engine/index.js';
import type { LedgerFacts } from '../../ledger/facts.js';
import type { Context } from '../context.js';
import { ingestFacts } from '../ingest/ingest.js';
import type { FactSource, IngestResult } from '../ingest/types.js';
import { named, type When } from '../options.js';
import { type PortfolioRequest, type PortfolioResult, scorePortfolio } from '../portfolio.js';
import { type Followed, followChanges } from '../pull/cursor.js';
import { refuseOwned } from '../pull/options.js';
import type { LedgerSource } from '../pull/source.js';
import { touchAccounts } from '../pull/touch.js';
import { addHistory } from '../reads.js';
import { type SyncResult, syncFacts } from '../sync.js';
import type { Calls } from './calls.js';
import type { By, IngestOptions, SyncOptions } from './run-options.js';

/** Facts that come in. Part of {@link Dunning}. */
export interface FactCalls {
  /**
   * Takes in facts: idempotent, in any order. One record that is not acceptable
   * stops the whole call before anything is written. What is written is all or
   * nothing for each account, and for the whole call in a transaction of yours;
   * without one, a call that fails half-way is made again. Accounts touched are
   * reviewed at the next run.
   *
   * @throws RecobroError `invalid_input` or `version_conflict`, listing every problem with its path
   */
  sync(facts: LedgerFacts, options?: SyncOptions): Promise<SyncResult>;
  /**
   * Takes in hundreds of thousands of records with flat memory: a stream of what `sync` takes, each piece
   * up to 100,000 records and best some hundred to some thousand. What is left behind is what `sync` of one
   * piece after the other leaves behind, in whatever order records come; told again, nothing changes, so
   * that after a crash it is simply done again. A record that is not acceptable is left out and told with
   * its path, and stops nothing else; `strict` has all looked at before anything is written. Pages of about
   * 2,000 records are committed together, each account's all or nothing; in a transaction of yours all of it.
   *
   * Workers may review an account as soon as something of it is in. So that nobody is reminded of what a
   * later piece tells as paid, hand over accounts with all that is theirs, or payments first and accounts last.
   *
   * @example
   * async function* pieces() {
   *   for await (const rows of erp.invoicesInBatches(1000)) yield { invoices: rows.map(toInvoice) };
   * }
   * const { written, refused, problems } = await dunning.ingest(pieces());
   * @throws RecobroError `invalid_option`; in strict mode `invalid_input` or `version_conflict`, listing problems with their paths
   */
  ingest(source: FactSource | (() => FactSource), options?: IngestOptions): Promise<IngestResult>;
  /**
   * Says that facts of these accounts changed in the host's own tables: they are read and reviewed at the
   * next run, those that are not known yet are from now on. As cheap for thousands as for one; told twice,
   * nothing else comes of it. In a transaction of yours it takes effect when that commits, together with the
   * change itself. Needed with a {@link LedgerSource} that lists no changes; harmless without one.
   *
   * @returns how many accounts
   * @example
   * await client.query('UPDATE invoices SET paid_on = $2 WHERE id = $1', [id, day]);
   * await dunning.touch(['robles'], { transaction: client });
   * @throws RecobroError `invalid_option` for what is no id; `store_conflict` when other changes keep coming first
   */
  touch(accounts: Iterable<string>, options?: { readonly transaction?: unknown }): Promise<number>;
  /**
   * Asks the ledger source which accounts changed since it was last asked, and has them reviewed at the next
   * run. {@link Dunning.tick} begins with it; for hosts that run reviews and dispatch by themselves. Undefined
   * for a source that lists no changes.
   */
  follow(options?: { readonly signal?: AbortSignal | undefined }): Promise<Followed | undefined>;
  /** Takes in what another system did, so that nothing is announced again. @throws RecobroError `unknown_id`, `invalid_input` */
  importHistory(account: string, entries: readonly ImportedHistory[], by: By): Promise<void>;
  /** Classes and scores all accounts, and writes onto each, dated, what its own file cannot tell. @throws RecobroError `invalid_option` */
  portfolio(request?: PortfolioRequest & { readonly now?: When | undefined }): Promise<PortfolioResult>;
}

export function factCalls(context: Context, calls: Calls): FactCalls {
  const { instant, timer, byHand } = calls;
  return {
    sync: async (facts, { now, actor, transaction } = {}) => {
      refuseOwned(context.ledger, facts);
      return syncFacts(context, facts, {
        at: instant(now),
        actor: named(actor ?? 'host', 'actor'),
        transaction,
      });
    },
    ingest: async (source, { now, actor, transaction, ...choice } = {}) =>
      ingestFacts(
        context,
        source,
        { clock: timer(now), actor: named(actor ?? 'host', 'actor'), transaction },
        choice,
      ),
    touch: async (accounts, { transaction } = {}) =>
      touchAccounts(context, accounts, transaction === undefined ? {} : { transaction }),
    follow: async ({ signal } = {}) => followChanges(context, signal),
    importHistory: async (account, entries, by) =>
      byHand(by, (who, at) => addHistory(context, account, entries, who, at)),
    portfolio: async ({ now, ...request } = {}) => scorePortfolio(context, request, instant(now)),
  };
}
