import { formatDay, localDay } from '../calendar/index.js';
import { contactOf } from '../contact/recipients.js';
import type { AccountFile } from '../ledger/file.js';
import { byText } from '../ledger/order.js';
import { type Money, sumByCurrency } from '../money/index.js';
import type { Becomes, Planned } from './ahead.js';

/** A message that will go out or be proposed, or work that will be raised. */
export interface CalendarEntry {
  readonly at: number;
  readonly account: string;
  /** Id of the act. */
  readonly act: string;
  readonly kind: string;
  readonly becomes: Becomes;
  readonly policy: string;
  readonly stage: string;
  /** Message of the catalogue; else kind of task, name of the alert, effect or fee. */
  readonly name?: string | undefined;
  readonly channel?: string | undefined;
  readonly contact?: string | undefined;
  readonly role?: string | undefined;
  /** Items that are chased, by id. */
  readonly items: readonly string[];
  readonly totals: readonly Money[];
}

/** What is planned for one day. */
export interface CalendarDay {
  /** In the plan's zone. */
  readonly on: string;
  /** Messages that go out. */
  readonly contacts: number;
  /** Messages proposed to people: contacts once they are approved. */
  readonly proposals: number;
  /** Tasks, alerts, hand-overs, fees and effects that are raised. */
  readonly work: number;
  /** Accounts that a message goes to. */
  readonly accounts: number;
  /** Messages that go out, by channel, and by `policy/stage`. */
  readonly channels: Readonly<Record<string, number>>;
  readonly stages: Readonly<Record<string, number>>;
  /** What messages that go out ask for, by currency. A debt that is asked for on two days counts on both. */
  readonly amounts: readonly Money[];
  /** By instant, account and act; the first ones. */
  readonly entries: readonly CalendarEntry[];
  /** How many more there are. */
  readonly more: number;
}

interface Sums {
  contacts: number;
  proposals: number;
  work: number;
  accounts: number;
  total: number;
  readonly channels: Map<string, number>;
  readonly stages: Map<string, number>;
  readonly amounts: Map<string, bigint>;
  readonly entries: CalendarEntry[];
}

/** Puts forecasts on the days of a plan, one account after the other: memory grows with days and with what is listed, not with accounts. */
export class CalendarTally {
  readonly #zone: string;
  readonly #list: number;
  readonly #days = new Map<number, Sums>();
  #accounts = 0;

  /** @param list how many entries of a day are kept */
  constructor(zone: string, list: number) {
    this.#zone = zone;
    this.#list = list;
  }

  /** Accounts for which anything is planned. */
  get accounts(): number {
    return this.#accounts;
  }

  add(file: AccountFile, planned: readonly Planned[]): void {
    if (planned.length > 0) this.#accounts++;
    const written = new Set<Sums>();
    for (const one of planned) {
      const sums = this.#dayOf(one.at);
      const entry = entryOf(file, one);
      sums.total++;
      keep(sums.entries, entry, this.#list);
      const message = one.act.kind === 'message' && one.becomes !== 'raised';
      if (!message) sums.work++;
      else if (one.becomes === 'proposed') sums.proposals++;
      else {
        sums.contacts++;
        written.add(sums);
        count(sums.channels, one.act.channel ?? '-');
        count(sums.stages, `${entry.policy}/${entry.stage}`);
        if (one.act.purpose === 'dunning')
          for (const { minor, currency } of one.act.totals)
            sums.amounts.set(currency, (sums.amounts.get(currency) ?? 0n) + BigInt(minor));
      }
    }
    for (const sums of written) sums.accounts++;
  }

  #dayOf(at: number): Sums {
    const day = localDay(at, this.#zone);
    let sums = this.#days.get(day);
    if (sums === undefined) {
      sums = {
        contacts: 0,
        proposals: 0,
        work: 0,
        accounts: 0,
        total: 0,
        channels: new Map(),
        stages: new Map(),
        amounts: new Map(),
        entries: [],
      };
      this.#days.set(day, sums);
    }
    return sums;
  }

  /** Days on which anything is planned, in order. @throws RecobroError `invalid_amount` when a total leaves ±(2^53−1) */
  get days(): readonly CalendarDay[] {
    return [...this.#days]
      .sort(([a], [b]) => a - b)
      .map(([day, { total, channels, stages, amounts, entries, ...counts }]) => ({
        on: formatDay(day),
        ...counts,
        channels: sorted(channels),
        stages: sorted(stages),
        amounts: sumByCurrency([...amounts].map(([currency, sum]) => ({ currency, minor: Number(sum) }))),
        entries,
        more: total - entries.length,
      }));
  }
}

function entryOf(file: AccountFile, { at, act, becomes }: Planned): CalendarEntry {
  const { id, account, kind, stage, channel, contact, totals } = act;
  const name = act.message ?? act.name;
  const role = contactOf(file.account, contact)?.role;
  return {
    at,
    account,
    act: id,
    kind,
    becomes,
    policy: act.policy.id,
    stage,
    ...(name === undefined ? {} : { name }),
    ...(channel === undefined ? {} : { channel }),
    ...(contact === undefined ? {} : { contact }),
    ...(role === undefined ? {} : { role }),
    items: act.items.filter((item) => item.acting).map((item) => item.item),
    totals,
  };
}

/** Keeps the first ones of an order that does not depend on when they came. */
function keep(entries: CalendarEntry[], entry: CalendarEntry, list: number): void {
  const last = entries.at(-1);
  if (entries.length >= list && (last === undefined || inOrder(last, entry) <= 0)) return;
  const at = entries.findIndex((other) => inOrder(entry, other) < 0);
  entries.splice(at < 0 ? entries.length : at, 0, entry);
  if (entries.length > list) entries.pop();
}

function inOrder(a: CalendarEntry, b: CalendarEntry): number {
  return a.at - b.at || byText(a.account, b.account) || byText(a.act, b.act);
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function sorted(counts: ReadonlyMap<string, number>): Record<string, number> {
  return Object.fromEntries([...counts].sort(([a], [b]) => byText(a, b)));
}
