import type { Sql } from '../../examples/pull-from-sql/ledger.js';
import type { LedgerUnderTest } from '../../src/testing/ledger-contract.js';

let made = 0;

/** Ways past the source of the example into its tables. */
export function sqlHost(db: Sql): Omit<LedgerUnderTest, 'source' | 'cut'> & {
  readonly sql: Sql;
  cut(): Promise<void>;
} {
  let out = false;
  const id = (kind: string): string => {
    made++;
    return `${kind}-${made}`;
  };
  return {
    sql: {
      query: (text, values) =>
        out ? Promise.reject(new Error('connection refused')) : db.query(text, values),
    },
    async account() {
      const account = id('c');
      await db.query(`INSERT INTO customers VALUES ($1, 'Vega', 'Ana', 'ana@vega.example')`, [account]);
      return account;
    },
    async owe(_, account, minor) {
      const invoice = id('i');
      await db.query(
        `INSERT INTO invoices (id, customer, number, issued, due, total, currency)
         VALUES ($1, $2, $1, '2026-01-01', '2026-01-31', $3::bigint / 100.0, 'EUR')`,
        [invoice, account, minor],
      );
      return invoice;
    },
    async settle(_, __, invoice) {
      await db.query(
        `INSERT INTO payments (invoice, amount, booked_on) SELECT id, total, '2026-02-01' FROM invoices WHERE id = $1`,
        [invoice],
      );
    },
    async cut() {
      out = true;
    },
  };
}
