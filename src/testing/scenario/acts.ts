import type { ActRecord } from '../../dunning/index.js';
import type { ActQuery, ActQueryKeys } from '../../schema/index.js';
import { glob, show } from './match.js';
import { impossible } from './plain.js';
import { actsOf, type Tenant } from './world.js';

/**
 * The ids of the acts that a query means: of several, the one that is in a
 * state which the operation takes. An id without `*` is taken as it is, so that
 * a scenario can expect it to be unknown.
 */
export async function idsOf(
  tenant: Tenant,
  query: ActQuery,
  states: readonly string[],
  path: string,
): Promise<readonly string[]> {
  if (typeof query === 'string' && !query.includes('*')) return [query];
  const keys: ActQueryKeys = typeof query === 'string' ? { id: query } : query;
  const records = await actsOf(tenant);
  const fitting = records.filter((record) => means(keys, record));
  const fit = fitting.filter((record) => states.includes(record.state));
  const candidates = fit.length > 0 ? fit : fitting;
  const ids = candidates.map((record) => record.act.id);
  if (ids.length === 0) {
    // By its id alone: an act that is not there can be expected to be unknown.
    if (keys.id !== undefined && !keys.id.includes('*')) return [keys.id];
    const known = records.map((record) => `${record.act.id} (${record.act.kind}, ${record.state})`);
    throw impossible(
      path,
      `no act fits ${show(keys)}; ${known.length === 0 ? 'there is none' : `there is ${known.slice(0, 20).join(', ')}`}`,
    );
  }
  if (keys.which === 'all') return ids;
  if (keys.which === 'first') return ids.slice(0, 1);
  if (keys.which === 'last') return ids.slice(-1);
  if (ids.length > 1)
    throw impossible(
      path,
      `several acts fit ${show(keys)}: ${ids.slice(0, 10).join(', ')}; say more, or which: first, last or all`,
    );
  return ids;
}

function means(keys: ActQueryKeys, { act, state }: ActRecord): boolean {
  const { id, item, invoice, occurrence } = keys;
  if (id !== undefined && !glob(id, act.id)) return false;
  const plain = ['account', 'stage', 'kind', 'name', 'message', 'channel', 'contact'] as const;
  for (const key of plain) if (keys[key] !== undefined && keys[key] !== act[key]) return false;
  if (keys.policy !== undefined && keys.policy !== act.policy.id) return false;
  if (keys.state !== undefined && keys.state !== state) return false;
  if (item !== undefined && !concerns(act, item)) return false;
  if (invoice !== undefined && !act.items.some((one) => one.invoice === invoice)) return false;
  return occurrence === undefined || act.covers.some((one) => one.occurrence === occurrence);
}

function concerns({ covers, items, charges }: ActRecord['act'], item: string): boolean {
  return (
    covers.some((one) => one.subject === item) ||
    items.some((one) => one.item === item) ||
    charges?.some((one) => one.items.includes(item)) === true
  );
}
