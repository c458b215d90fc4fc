import { addMonths, formatDay, localDay } from '../calendar/index.js';
import { type FileEvent, viewOf } from '../engine/index.js';
import type { AccountFile } from '../ledger/file.js';
import type { AccountScores } from '../ledger/types.js';
import { equal } from '../ledger/upsert.js';
import {
  type AbcClass,
  type AbcThresholds,
  scoreBy,
  tallyPortfolio,
  trailingRevenue,
} from '../segments/index.js';
import { changeAccounts } from './change.js';
import { decodeFile } from './codec.js';
import type { Context } from './context.js';
import { wholeFile } from './left.js';

/** Accounts written together. */
const batch = 100;

/** How the portfolio is classed. */
export interface PortfolioRequest {
  /** Percent of the revenue that A, and A with B, cover. Default `[80, 95]`. */
  readonly thresholds?: AbcThresholds | undefined;
  /** Currency in which revenues are compared, by the plan's rates. Default: the plan's currency, else each by itself. */
  readonly currency?: string | undefined;
  /** Months of revenue looked back on. Default 12. */
  readonly months?: number | undefined;
}

/** What a pass over the portfolio came to. */
export interface PortfolioResult {
  readonly asOf: string;
  readonly accounts: number;
  /** Accounts whose scores changed. */
  readonly changed: number;
  readonly classes: Readonly<Record<AbcClass, number>>;
  /** Currencies without a rate, classed by themselves. */
  readonly apart: readonly string[];
}

/**
 * Looks at all accounts of the tenant, class and risk, and writes onto each
 * what its own file cannot tell, dated. Two streamed passes that keep ids and
 * amounts only; the host's own scores stay. Accounts that changed are reviewed
 * at the next run.
 */
export async function scorePortfolio(
  context: Context,
  request: PortfolioRequest,
  at: number,
): Promise<PortfolioResult> {
  const { engine, store, tenant } = context;
  const today = localDay(at, engine.plan.zone);
  const asOf = formatDay(today);
  const tally = tallyPortfolio({
    asOf,
    thresholds: request.thresholds,
    currency: request.currency ?? engine.plan.currency,
    rates: engine.plan.rates ?? [],
  });
  for await (const stored of store.files(tenant)) {
    const file = decodeFile(stored);
    if (file.account === undefined) continue;
    const months = request.months ?? 12;
    // What left is old: only who looks far back has to read it.
    const newest = file.left?.newest ?? '';
    const whole = newest > formatDay(addMonths(today, -months)) ? await wholeFile(context, file, at) : file;
    const revenue = trailingRevenue(whole.invoices.values(), whole.credits.values(), today, months);
    tally.add({ account: file.id, revenue });
  }
  const portfolio = tally.close();

  const scored = (file: AccountFile): AccountScores => {
    const own = file.account?.scores?.own;
    const score = scoreBy(engine.reckoning.scorer, viewOf(engine, file, at).payment);
    return portfolio.factsOf(file.id, {
      ...(score === undefined ? {} : { risk: score.score }),
      ...(own === undefined ? {} : { own }),
    });
  };
  let changed = 0;
  const write = async (page: readonly string[]): Promise<void> => {
    const done = await changeAccounts<boolean>(context, page, { at, actor: 'recobro' }, (file) => {
      if (file.account === undefined) return undefined;
      const scores = scored(file);
      if (sameScores(file.account.scores, scores)) return undefined;
      const events: FileEvent[] = [{ type: 'account.scored', scores }];
      return { events, next: () => 0, result: true };
    });
    changed += done.size;
  };
  let page: string[] = [];
  for await (const stored of store.files(tenant)) {
    page.push(stored.account);
    if (page.length < batch) continue;
    await write(page);
    page = [];
  }
  await write(page);
  const { accounts, classes, apart } = portfolio;
  return { asOf, accounts, changed, classes, apart };
}

/** The day alone is no change: an account is not reviewed anew because it was looked at. */
function sameScores(known: AccountScores | undefined, now: AccountScores): boolean {
  return known !== undefined && equal({ ...known, asOf: '' }, { ...now, asOf: '' });
}
