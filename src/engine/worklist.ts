import type { AddressHealth } from '../contact/health.js';
import type { AccountFile } from '../ledger/file.js';
import { byText } from '../ledger/order.js';
import type { Money } from '../money/index.js';
import type { Engine } from './compile.js';
import { viewOf } from './look.js';
import type { OpenWork } from './open-work.js';

/** A part of the score. */
export type ScorePartName = 'amount' | 'age' | 'work' | 'risk' | 'broken' | 'class' | 'silence';

/** Why a person is to look at an account. */
export type WorkReasonCode =
  | 'unknown'
  | 'task'
  | 'proposal'
  | 'handover'
  | 'alert'
  | 'write-off'
  | 'stopped'
  | 'broken_promise'
  | 'dispute'
  | 'exhausted'
  | 'assigned'
  | 'silent';

/** One reason, since when, and what it is about. */
export interface WorkReason {
  readonly reason: WorkReasonCode;
  /** Local day. */
  readonly since: string;
  /** Id of the act, promise, dispute or case. */
  readonly id?: string | undefined;
  /** Name of the task, alert or hand-over; who clears up the dispute, or leads the conversation. */
  readonly name?: string | undefined;
}

/** How a part adds to the score. */
export interface ScorePart {
  readonly part: ScorePartName;
  /** What was found: days, counts, a class, a score, or the most pressing reason; amounts stand in the entry. */
  readonly found?: number | string | undefined;
  /** 0 to 1. */
  readonly value: number;
  /** Share of the score: weight × value, of 100. */
  readonly points: number;
}

/** An account on the list, with everything its place comes from. */
export interface WorklistEntry {
  readonly account: string;
  readonly name?: string | undefined;
  /** Who looks after it: who leads the conversation, else the account's owner. */
  readonly owner?: string | undefined;
  /** 0 to 100. */
  readonly score: number;
  readonly parts: readonly ScorePart[];
  /** The most pressing first. */
  readonly reasons: readonly WorkReason[];
  readonly work: readonly OpenWork[];
  /** What is overdue, and what of all that is owed may be chased; by currency, minor units. */
  readonly overdue: readonly Money[];
  readonly dunnable: readonly Money[];
  /** Currencies whose amount does not count, since they have neither a scale nor a rate. */
  readonly unscaled: readonly string[];
  readonly oldestDaysPastDue?: number | undefined;
  /** Addresses that are out, or begin to fail, and why. Absent: none. */
  readonly addresses?: readonly AddressHealth[] | undefined;
  /** Local day. */
  readonly lastContact?: string | undefined;
}

/** How accounts are scored. */
export interface WorklistScoring {
  /** What each part counts. Default: amount 30, age 25, work 15, risk 10, broken 10, class 5, silence 5. */
  readonly weights?: Readonly<Partial<Record<ScorePartName, number>>> | undefined;
  /**
   * By currency, as decimal text: the overdue amount that earns half the weight. Default: the mean of the
   * accounts that are overdue in that currency.
   */
  readonly scale?: Readonly<Record<string, string>> | undefined;
  /** Convert amounts into this currency by the plan's rates of the day, and measure them by its scale. Default: each currency by its own. */
  readonly currency?: string | undefined;
  /** Days past due, and days without contact, that earn half the weight. Default 30 and 14. */
  readonly halfAge?: number | undefined;
  readonly halfSilence?: number | undefined;
  /** Worth of a class, 0 to 1. Default `{ A: 1, B: 0.5, C: 0.2 }`; others 0. */
  readonly classes?: Readonly<Record<string, number>> | undefined;
  /** How pressing a reason is, 0 to 1, also for one name: `{ alert: 0.4, 'task:call': 1 }`. */
  readonly urgency?: Readonly<Record<string, number>> | undefined;
  /** Days without contact after which an overdue account is on the list for that alone. Default 14. */
  readonly silentAfter?: number | undefined;
  /** Days for which a broken promise puts an account on the list. Default 30. */
  readonly brokenWithin?: number | undefined;
}

/** Means of what is overdue, by currency: one account after the other. */
export class OverdueMeans {
  readonly #engine: Engine;
  readonly #sums = new Map<string, { sum: bigint; count: number }>();

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  add(file: AccountFile, now: number): void {
    for (const [currency, minor] of viewOf(this.#engine, file, now).overdue) {
      const known = this.#sums.get(currency) ?? { sum: 0n, count: 0 };
      this.#sums.set(currency, { sum: known.sum + BigInt(minor), count: known.count + 1 });
    }
  }

  get means(): ReadonlyMap<string, number> {
    return new Map([...this.#sums].map(([currency, { sum, count }]) => [currency, Number(sum) / count]));
  }
}

/** The first ones of a stream, by score, ties by account id. */
export class Ranking {
  readonly #limit: number;
  readonly entries: WorklistEntry[] = [];
  /** How many there were in all. */
  total = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(entry: WorklistEntry): void {
    this.total++;
    const { entries } = this;
    const last = entries.at(-1);
    if (entries.length >= this.#limit && (last === undefined || byRank(last, entry) <= 0)) return;
    let [low, high] = [0, entries.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      const other = entries[middle];
      if (other !== undefined && byRank(other, entry) <= 0) low = middle + 1;
      else high = middle;
    }
    entries.splice(low, 0, entry);
    if (entries.length > this.#limit) entries.pop();
  }
}

function byRank(a: WorklistEntry, b: WorklistEntry): number {
  return b.score - a.score || byText(a.account, b.account);
}
