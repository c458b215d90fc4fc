import { isDay } from '../calendar/index.js';
import { RecobroError } from '../errors.js';
import type { AccountScores } from '../ledger/types.js';
import { addMinor } from '../money/index.js';
import type { ExchangeRate } from '../policy/types.js';
import {
  type AbcClass,
  type AbcThresholds,
  abcThresholds,
  checkThresholds,
  rank,
  type Standing,
} from './classes.js';
import { type Comparable, comparableIn } from './rates.js';

/**
 * What is known of an account only by looking at all of them, or from outside,
 * as of a day. A pass over the portfolio writes it onto the account; deciding
 * never looks beyond the account's own file.
 */
export interface PortfolioFacts extends AccountScores {
  /** By revenue. Absent where the account was not in the portfolio. */
  readonly class?: AbcClass | undefined;
  /** Percent of the other accounts with strictly less revenue, 0 to 100. */
  readonly percentile?: number | undefined;
}

/** One account of the first pass. */
export interface PortfolioEntry {
  readonly account: string;
  /** Trailing revenue in minor units by currency; see `trailingRevenue`. Empty: none. */
  readonly revenue: ReadonlyMap<string, number>;
}

/** How a portfolio is classed. */
export interface PortfolioOptions {
  /** The day it is of, `YYYY-MM-DD`. */
  readonly asOf: string;
  /** Percent of the revenue that A, and A with B, cover. Default `[80, 95]`. */
  readonly thresholds?: AbcThresholds | undefined;
  /** Currency in which revenues are compared where there are rates. Without it each currency is classed by itself. */
  readonly currency?: string | undefined;
  /** The host's; the latest to `currency`, on or before `asOf`, counts. */
  readonly rates?: readonly ExchangeRate[] | undefined;
}

/** What the second pass adds from an account's own file and from outside. */
export interface OwnFacts {
  /** See `riskScore`. */
  readonly risk?: number | undefined;
  /** The host's own scores by name. */
  readonly own?: Readonly<Record<string, number>> | undefined;
}

/** A portfolio that was looked at whole. */
export interface Portfolio {
  readonly asOf: string;
  /** Number of accounts. */
  readonly accounts: number;
  /** How many accounts are of each class. */
  readonly classes: Readonly<Record<AbcClass, number>>;
  /** Currencies that were classed by themselves, sorted. Rates for them would make one ranking of all. */
  readonly apart: readonly string[];
  /** The day of the rate that was used, by currency. */
  readonly ratesOn: ReadonlyMap<string, string>;
  /** Undefined for an account that was not in the first pass. */
  standingOf(account: string): Standing | undefined;
  /** The second pass: what is to be written onto an account. */
  factsOf(account: string, own?: OwnFacts): PortfolioFacts;
}

/** A portfolio being read. It keeps ids and amounts, never files. */
export interface PortfolioTally {
  /** Takes an account; of one that comes twice the revenues are added up. */
  add(entry: PortfolioEntry): void;
  /** Ranks what was added. */
  close(): Portfolio;
}

/**
 * Classes all accounts by revenue. In several currencies: those for which the
 * host gives a rate are compared as one, exactly; each of the others is ranked
 * by itself, among all accounts, and an account has the best of its classes
 * and percentiles. So a key account in a small currency is never lost, and no
 * amount is converted at a rate that nobody gave.
 *
 * The order of the entries changes nothing.
 *
 * @example
 * const portfolio = portfolioOf(entries, { asOf: '2026-03-31' });
 * portfolio.factsOf('robles', { risk: 49 }); // { asOf: '2026-03-31', class: 'A', percentile: 98, risk: 49 }
 * @throws RecobroError `invalid_option` with every problem of thresholds or rates; `invalid_date` for `asOf`
 */
export function portfolioOf(entries: Iterable<PortfolioEntry>, options: PortfolioOptions): Portfolio {
  const tally = tallyPortfolio(options);
  for (const entry of entries) tally.add(entry);
  return tally.close();
}

/**
 * The same where accounts come one by one, such as from a stream: `add` each,
 * then `close`.
 *
 * @throws RecobroError as {@link portfolioOf}, before anything is read
 */
export function tallyPortfolio(options: PortfolioOptions): PortfolioTally {
  return new Tally(options);
}

const incomparable: Comparable = { factors: new Map(), ratesOn: new Map() };

class Tally implements PortfolioTally {
  readonly #asOf: string;
  readonly #thresholds: AbcThresholds;
  readonly #comparable: Comparable;
  readonly #accounts = new Set<string>();
  readonly #sums = new Map<string, Map<string, number>>();

  constructor({ asOf, thresholds = abcThresholds, currency, rates = [] }: PortfolioOptions) {
    if (!isDay(asOf)) throw new RecobroError('invalid_date', 'asOf must be a date of the form YYYY-MM-DD');
    checkThresholds(thresholds);
    this.#asOf = asOf;
    this.#thresholds = thresholds;
    this.#comparable = currency === undefined ? incomparable : comparableIn(currency, rates, asOf);
  }

  add({ account, revenue }: PortfolioEntry): void {
    this.#accounts.add(account);
    for (const [currency, minor] of revenue) {
      let sums = this.#sums.get(currency);
      if (sums === undefined) {
        sums = new Map();
        this.#sums.set(currency, sums);
      }
      sums.set(account, addMinor(sums.get(account) ?? 0, minor));
    }
  }

  close(): Portfolio {
    const codes = new Map<string, number>();
    for (const account of this.#accounts) codes.set(account, noRevenue(this.#accounts.size));
    const keepBest = (account: string, standing: Standing): void => {
      codes.set(account, better(codes.get(account) ?? 0, standing));
    };
    const { factors, ratesOn } = this.#comparable;
    const used = new Map<string, string>();
    const joint = new Map<string, bigint>();
    const apart: string[] = [];
    for (const [currency, sums] of this.#sums) {
      const factor = factors.get(currency);
      if (factor === undefined) {
        apart.push(currency);
        rank(sums, this.#accounts.size, this.#thresholds, keepBest);
        continue;
      }
      const on = ratesOn.get(currency);
      if (on !== undefined) used.set(currency, on);
      for (const [account, minor] of sums) {
        joint.set(account, (joint.get(account) ?? 0n) + BigInt(minor) * factor);
      }
    }
    rank(joint, this.#accounts.size, this.#thresholds, keepBest);
    return new Ranked(this.#asOf, apart.sort(), used, codes);
  }
}

class Ranked implements Portfolio {
  readonly asOf: string;
  readonly apart: readonly string[];
  readonly ratesOn: ReadonlyMap<string, string>;
  readonly classes: Readonly<Record<AbcClass, number>>;
  readonly #codes: ReadonlyMap<string, number>;

  constructor(
    asOf: string,
    apart: readonly string[],
    ratesOn: ReadonlyMap<string, string>,
    codes: ReadonlyMap<string, number>,
  ) {
    this.asOf = asOf;
    this.apart = apart;
    this.ratesOn = ratesOn;
    this.#codes = codes;
    const classes = { A: 0, B: 0, C: 0 };
    for (const code of codes.values()) classes[standingAt(code).class]++;
    this.classes = classes;
  }

  get accounts(): number {
    return this.#codes.size;
  }

  standingOf(account: string): Standing | undefined {
    const code = this.#codes.get(account);
    return code === undefined ? undefined : standingAt(code);
  }

  factsOf(account: string, { risk, own }: OwnFacts = {}): PortfolioFacts {
    return {
      asOf: this.asOf,
      ...this.standingOf(account),
      ...(risk === undefined ? {} : { risk }),
      ...(own === undefined ? {} : { own }),
    };
  }
}

/** A standing as one small number, 0 to 302: a million accounts need no million objects. */
const letters: readonly AbcClass[] = ['C', 'B', 'A'];
const step = 101;

function standingAt(code: number): Standing {
  return { class: letters[Math.floor(code / step)] ?? 'C', percentile: code % step };
}

function better(code: number, { class: letter, percentile }: Standing): number {
  const best = Math.max(Math.floor(code / step), letters.indexOf(letter));
  return best * step + Math.max(code % step, percentile);
}

/** C; only an account that stands alone is above all others. */
function noRevenue(everyone: number): number {
  return everyone === 1 ? 100 : 0;
}
