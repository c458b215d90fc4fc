import type { LedgerSource } from 'recobro';

/** As much of a client as is used: a pool or client of `pg`, or PGlite. */
export interface Sql {
  query(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>;
}

type Row = Readonly<Record<string, string>>;

/** The host's tables of `schema.sql`, read as recobro wants them. Amounts and dates as text: no rounding, no zones. */
export function sqlLedger(sql: Sql): LedgerSource {
  async function rows(text: string, ...values: unknown[]): Promise<Row[]> {
    return (await sql.query(text, values)).rows as Row[];
  }
  return {
    owns: ['accounts', 'invoices', 'payments'],
    async read({ accounts }) {
      const customers = await rows(
        'SELECT id, company, person, email FROM customers WHERE id = ANY($1)',
        accounts,
      );
      // What is open, and what a payment has settled: cancelled invoices leave the list, and are gone.
      const invoices = await rows(
        `SELECT id, customer, number, issued::text, due::text, total::text, currency
         FROM invoices WHERE customer = ANY($1) AND NOT cancelled`,
        accounts,
      );
      const payments = await rows(
        `SELECT p.id::text, p.invoice, i.customer, p.amount::text, i.currency, p.booked_on::text, p.bounced::text
         FROM payments p JOIN invoices i ON i.id = p.invoice WHERE i.customer = ANY($1) AND NOT i.cancelled`,
        accounts,
      );
      return {
        accounts: customers.map(({ id = '', company = '', person = '', email = '' }) => ({
          id,
          name: company,
          contacts: [{ name: person, email }],
        })),
        invoices: invoices.map(({ id = '', customer = '', number = '', issued = '', due = '', ...row }) => ({
          id,
          account: customer,
          number,
          issued,
          due,
          total: { amount: row.total ?? '', currency: row.currency ?? '' },
        })),
        payments: payments.map(({ id = '', customer = '', invoice = '', ...row }) => ({
          id,
          account: customer,
          invoice,
          date: row.booked_on ?? '',
          amount: { amount: row.amount ?? '', currency: row.currency ?? '' },
          state: row.bounced === 'true' ? 'reversed' : 'booked',
        })),
      };
    },
    // Paid invoices are listed with their payments; one that is not listed was cancelled.
    unlisted: 'withdrawn',
    async changes(cursor = '0:0', { limit }) {
      const [transaction = '0', id = '0'] = cursor.split(':');
      // Only transactions before the oldest one that still runs: none can commit behind the cursor any more.
      const found = await rows(
        `SELECT transaction::text, id::text, customer FROM changes
         WHERE (transaction, id) > ($1::text::xid8, $2::text::bigint)
           AND transaction < pg_snapshot_xmin(pg_current_snapshot())
         ORDER BY changes.transaction, changes.id LIMIT $3`,
        transaction,
        id,
        limit,
      );
      const last = found.at(-1);
      return {
        accounts: [...new Set(found.map(({ customer = '' }) => customer))],
        cursor: last === undefined ? cursor : `${last.transaction}:${last.id}`,
        more: found.length === limit,
      };
    },
  };
}
