import { type DispatchTable, dispatchTable } from './dispatch.js';
import { type ReviewRow, reviewRow } from './review.js';
import { startServer } from './server.js';
import { type TickTable, tickTable } from './tick.js';

/** What the shell does on PostgreSQL, beside what PostgreSQL does by itself in the same run. */
export interface StoreReport {
  readonly server: string;
  readonly review: ReviewRow;
  readonly dispatch: DispatchTable;
  readonly tick: TickTable;
}

export interface StoreSize {
  /** Accounts reviewed, of five due invoices each; one message goes out for each. */
  readonly accounts: number;
  /** Accounts in the tables of the two ticks that are compared. */
  readonly ticks: readonly [small: number, large: number];
  readonly rounds: number;
}

export async function storeReport(size: StoreSize, progress: (line: string) => void): Promise<StoreReport> {
  const server = await startServer();
  try {
    await server.create('raw');
    progress(`reviewing ${5 * size.accounts} due invoices of ${size.accounts} accounts`);
    const review = await reviewRow(server, size.accounts);
    progress(`  ${Math.round(review.perSecond)} invoices/s, raw ${review.raw.map(Math.round).join(' and ')}`);
    progress(`sending ${size.accounts} messages from two workers, by fetch and by undici`);
    const dispatch = await dispatchTable(server, size.accounts);
    for (const one of dispatch.rows)
      progress(
        `  ${one.transport}: ${Math.round(one.perSecond)} messages/s; raw ${Math.round(dispatch.raw)}`,
      );
    await server.drop('reviewed');
    progress('ticks over as many due accounts in small tables and in large ones');
    const tick = await tickTable(server, size.ticks, size.rounds, progress);
    return { server: server.version, review, dispatch, tick };
  } finally {
    await server.stop();
  }
}
