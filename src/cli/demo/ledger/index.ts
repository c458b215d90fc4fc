import { parseDay } from '../../../calendar/index.js';
import type { LedgerFacts } from '../../../ledger/facts.js';
import { instantOfDay, opening } from '../schedule.js';
import { customers } from './customers.js';
import { happenings } from './happenings.js';
import { accountInput, customerOf, invoices, payments, zoneOf } from './records.js';

export { type Customer, customers } from './customers.js';
export { customerOf, invoices, ownerOf, paidOn, payments, shortName, zoneOf } from './records.js';

/** What becomes known at an instant. */
export interface LedgerEntry {
  readonly at: number;
  readonly facts: LedgerFacts;
  /** What the reader is told about it beyond what recobro makes of it. */
  readonly tells: readonly { readonly account: string; readonly text: string }[];
}

type Lists = { -readonly [K in keyof Required<LedgerFacts>]: NonNullable<LedgerFacts[K]>[number][] };

/** The ledger as it becomes known: everything older than the first day at the opening, the rest on its day. */
export function ledgerEntries(): ReadonlyMap<number, LedgerEntry> {
  const entries = new Map<number, { facts: Lists; tells: { account: string; text: string }[] }>();
  const entryAt = (at: number) => {
    const known = entries.get(at);
    if (known !== undefined) return known;
    const made = { facts: emptyLists(), tells: [] };
    entries.set(at, made);
    return made;
  };
  const later = (at: number): number => Math.max(at, opening);

  for (const customer of customers) entryAt(opening).facts.accounts.push(accountInput(customer));
  for (const { customer, input } of invoices) {
    const day = parseDay(input.issued);
    entryAt(later(instantOfDay(day, zoneOf(customer)))).facts.invoices.push(input);
  }
  for (const { customer, half, input } of payments) {
    const day = parseDay(input.date);
    entryAt(later(instantOfDay(day, zoneOf(customer), half))).facts.payments.push(input);
  }
  for (const { on, half, account, text, facts } of happenings) {
    const entry = entryAt(instantOfDay(parseDay(on), zoneOf(customerOf(account)), half));
    entry.tells.push({ account, text });
    add(entry.facts, facts);
  }
  const sorted = [...entries].sort(([a], [b]) => a - b);
  return new Map(sorted.map(([at, { facts, tells }]) => [at, { at, facts, tells }]));
}

function emptyLists(): Lists {
  return {
    accounts: [],
    invoices: [],
    payments: [],
    refunds: [],
    credits: [],
    holds: [],
    disputes: [],
    promises: [],
    unbooked: [],
    replies: [],
    plans: [],
    sources: [],
  };
}

function add(lists: Lists, facts: LedgerFacts): void {
  lists.accounts.push(...(facts.accounts ?? []));
  lists.invoices.push(...(facts.invoices ?? []));
  lists.payments.push(...(facts.payments ?? []));
  lists.credits.push(...(facts.credits ?? []));
  lists.holds.push(...(facts.holds ?? []));
  lists.disputes.push(...(facts.disputes ?? []));
  lists.promises.push(...(facts.promises ?? []));
}
