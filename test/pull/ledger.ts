import type { LedgerAnswer, LedgerQuery, LedgerSource, PulledKind } from '../../src/dunning/index.js';
import type { LedgerFacts } from '../../src/ledger/facts.js';

type Lists = { -readonly [K in keyof LedgerFacts]-?: NonNullable<LedgerFacts[K]>[number][] };

/** A host's tables, kept in memory, and what was asked of them. */
export interface Tables {
  readonly rows: Pick<Lists, PulledKind>;
  readonly asked: LedgerQuery[];
  readonly source: LedgerSource;
  /** The answers to give next, in place of those of the tables. */
  readonly next: ((query: LedgerQuery) => LedgerAnswer | Promise<LedgerAnswer>)[];
}

export function tables(changed: Partial<LedgerSource> = {}): Tables {
  const rows: Tables['rows'] = {
    accounts: [],
    invoices: [],
    payments: [],
    refunds: [],
    credits: [],
    holds: [],
    disputes: [],
    promises: [],
    unbooked: [],
    plans: [],
  };
  const asked: LedgerQuery[] = [];
  const next: Tables['next'] = [];
  const source: LedgerSource = {
    owns: ['accounts', 'invoices', 'payments'],
    read: async (query) => {
      asked.push(query);
      const answer = next.shift();
      if (answer !== undefined) return answer(query);
      const { accounts } = query;
      const own = source.owns.map((kind) => [
        kind,
        rows[kind].filter((row) => accounts.includes('account' in row ? row.account : row.id)),
      ]);
      return Object.fromEntries(own);
    },
    ...changed,
  };
  return { rows, asked, source, next };
}
