import type { Store, StoredAct } from '../../stores/store.js';
import type { Context } from '../context.js';
import { rankOfRow } from './rank.js';

type Query = Omit<Parameters<NonNullable<Store['backlog']>>[0], 'tenant'>;
type Backlog = Awaited<ReturnType<NonNullable<Store['backlog']>>>;

/** What waits in one state up to a number: counted by the store where it can, else read. */
export async function backlogOf(
  { store, tenant, engine }: Pick<Context, 'store' | 'tenant' | 'engine'>,
  query: Query,
): Promise<Backlog> {
  const limit = Math.max(0, query.limit);
  if (store.backlog !== undefined) return store.backlog({ ...query, tenant, limit });
  const { state, by, from = Number.NEGATIVE_INFINITY, until } = query;
  const { zone } = engine.plan;
  const numberOf = (row: StoredAct): number =>
    by === 'rank' ? rankOfRow(row, zone) : (row[by] ?? Number.POSITIVE_INFINITY);
  let count = 0;
  let first: { readonly row: StoredAct; readonly number: number }[] = [];
  const sort = (): void => {
    first = first.sort((a, b) => a.number - b.number || (a.row.id < b.row.id ? -1 : 1)).slice(0, limit);
  };
  for await (const row of store.acts(tenant, { states: [state] })) {
    const number = numberOf(row);
    if (number < from || number > until) continue;
    count++;
    first.push({ row, number });
    if (first.length > 2 * limit + 100) sort();
  }
  sort();
  return { count, acts: first.map(({ row }) => row) };
}
