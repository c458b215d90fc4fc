import { byText } from '../ledger/order.js';
import { type Money, sumByCurrency } from '../money/index.js';
import type { Act } from './acts.js';
import type { Impact, LevelImpact } from './impact.js';

/** How much of one kind comes, goes and changes on a portfolio. Amounts by currency, minor units; never put together. */
export interface ImpactTotals {
  readonly gained: number;
  readonly lost: number;
  readonly changed: number;
  readonly amounts: {
    readonly gained: readonly Money[];
    readonly lost: readonly Money[];
    /** Of what changes: today's, and with the other documents. */
    readonly before: readonly Money[];
    readonly after: readonly Money[];
  };
}

/** Who gains or loses a message, a fee or a level, counted. */
export interface ImpactCounts {
  /** Accounts that were looked at, and those for which something changes. */
  readonly accounts: number;
  readonly affectedAccounts: number;
  /** Cases by what becomes of them: `kept`, `adopted`, `mapped`, `closed`, `opened`. */
  readonly cases: Readonly<Record<string, number>>;
  /** All acts of the next run: messages, and work for people and the host. */
  readonly gained: number;
  readonly lost: number;
  readonly changed: number;
  /** Decided ones that would be taken back and not made again. */
  readonly withdrawn: number;
  /** Messages, those included that wait for a person; amounts are what they ask for. */
  readonly messages: ImpactTotals;
  readonly fees: ImpactTotals;
  /** Items by what becomes of their level. */
  readonly levels: Readonly<Record<LevelImpact['change'], number>>;
}

type Side = keyof ImpactTotals['amounts'];

class Totals {
  readonly #counts = { gained: 0, lost: 0, changed: 0 };
  readonly #amounts: Record<Side, Map<string, bigint>> = {
    gained: new Map(),
    lost: new Map(),
    before: new Map(),
    after: new Map(),
  };

  count(change: 'gained' | 'lost' | 'changed'): void {
    this.#counts[change]++;
  }

  add(side: Side, amounts: readonly Money[]): void {
    const sums = this.#amounts[side];
    for (const { minor, currency } of amounts) sums.set(currency, (sums.get(currency) ?? 0n) + BigInt(minor));
  }

  get totals(): ImpactTotals {
    const of = (side: Side): Money[] =>
      sumByCurrency([...this.#amounts[side]].map(([currency, sum]) => ({ currency, minor: Number(sum) })));
    return {
      ...this.#counts,
      amounts: { gained: of('gained'), lost: of('lost'), before: of('before'), after: of('after') },
    };
  }
}

/** Whether anything at all becomes otherwise for an account. */
export function isAffected({ cases, gained, lost, changed, withdrawn, levels, ahead }: Impact): boolean {
  const acts = gained.length + lost.length + changed.length + withdrawn.length + levels.length;
  const later = (ahead?.gained.length ?? 0) + (ahead?.lost.length ?? 0);
  return acts + later > 0 || cases.some((one) => !one.same);
}

/** Sums up impacts one after the other, in memory that does not grow with their number. */
export class ImpactTally {
  readonly #cases = new Map<string, number>();
  readonly #messages = new Totals();
  readonly #fees = new Totals();
  readonly #levels = { gained: 0, lost: 0, raised: 0, lowered: 0, other: 0 };
  readonly #acts = { gained: 0, lost: 0, changed: 0, withdrawn: 0 };
  #accounts = 0;
  #affected = 0;

  add(impact: Impact): void {
    this.#accounts++;
    if (isAffected(impact)) this.#affected++;
    for (const { change } of impact.cases) this.#cases.set(change, (this.#cases.get(change) ?? 0) + 1);
    this.#acts.gained += impact.gained.length;
    this.#acts.lost += impact.lost.length;
    this.#acts.changed += impact.changed.length;
    this.#acts.withdrawn += impact.withdrawn.length;
    for (const act of impact.gained) this.#message('gained', act);
    for (const act of impact.lost) this.#message('lost', act);
    for (const { before, after } of impact.changed) {
      if (after.kind !== 'message') continue;
      this.#messages.count('changed');
      this.#messages.add('before', before.totals);
      this.#messages.add('after', after.totals);
    }
    for (const { change, before, after } of impact.fees) {
      this.#fees.count(change);
      if (before !== undefined) this.#fees.add(change === 'changed' ? 'before' : 'lost', [before]);
      if (after !== undefined) this.#fees.add(change === 'changed' ? 'after' : 'gained', [after]);
    }
    for (const { change } of impact.levels) this.#levels[change]++;
  }

  #message(change: 'gained' | 'lost', act: Act): void {
    if (act.kind !== 'message') return;
    this.#messages.count(change);
    this.#messages.add(change, act.totals);
  }

  /** @throws RecobroError `invalid_amount` when a total leaves ±(2^53−1) */
  get counts(): ImpactCounts {
    return {
      accounts: this.#accounts,
      affectedAccounts: this.#affected,
      cases: Object.fromEntries([...this.#cases].sort(([a], [b]) => byText(a, b))),
      ...this.#acts,
      messages: this.#messages.totals,
      fees: this.#fees.totals,
      levels: { ...this.#levels },
    };
  }
}
