import { type SqlSession, text } from './database.js';
import type { Tables } from './names.js';
import { type HeldKey, heldKey, lines, type Pending, pair, standing, writeLines } from './pending.js';

/**
 * Inserts acts and their keys. Of changes that meet a key held already, the
 * losers are found by what was not inserted; then the group is undone to the
 * savepoint and done again without them. Locks on files stay throughout.
 */
export async function takeKeys(
  session: SqlSession,
  tables: Tables,
  group: readonly Pending[],
  freed: ReadonlyMap<Pending, readonly HeldKey[]>,
): Promise<void> {
  for (const one of group) if (hasTwins(one)) one.conflict = 'key';
  const touching = (): readonly Pending[] =>
    standing(group).filter((one) => one.inserts.length > 0 || freed.has(one));
  if (touching().length === 0) return;
  await session.query('SAVEPOINT recobro_keys');
  for (let losers = 1; losers > 0; ) {
    const batch = touching();
    await freeKeys(
      session,
      tables,
      batch.flatMap((one) => freed.get(one) ?? []),
    );
    const missing = await insertActs(session, tables, batch);
    losers = missing.length;
    for (const one of missing) one.conflict = 'key';
    if (losers > 0) await session.query('ROLLBACK TO SAVEPOINT recobro_keys');
  }
  await session.query('RELEASE SAVEPOINT recobro_keys');
}

async function freeKeys(session: SqlSession, tables: Tables, keys: readonly HeldKey[]): Promise<void> {
  if (keys.length === 0) return;
  await session.query(
    `DELETE FROM ${tables.keys} h USING unnest($1::text[], $2::text[], $3::text[]) AS k (tenant, key, act)
     WHERE h.tenant = k.tenant AND h.key = k.key AND h.act = k.act`,
    keyColumns(keys),
  );
}

/** Hands back the changes whose acts or keys could not all be inserted. */
async function insertActs(
  session: SqlSession,
  tables: Tables,
  batch: readonly Pending[],
): Promise<readonly Pending[]> {
  const acts = batch.flatMap((one) => one.inserts.map((act) => ({ one, act, keys: [...new Set(act.keys)] })));
  if (acts.length === 0) return [];
  const inserted = await session.query(
    `INSERT INTO ${tables.acts} (tenant, id, account, state, not_before, rank, attempts, keys, data, result)
     SELECT k.tenant, k.id, k.account, k.state, k.not_before, k.rank, 0, k.keys::json, k.data::json, 'null'::json
     FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::bigint[], ${lines(7)}, ${lines(8)})
       AS k (tenant, id, account, state, not_before, rank, keys, data)
     ORDER BY k.tenant COLLATE "C", k.id COLLATE "C"
     ON CONFLICT (tenant, id) DO NOTHING
     RETURNING tenant, id`,
    [
      acts.map(({ one }) => one.change.tenant),
      acts.map(({ act }) => act.id),
      acts.map(({ one }) => one.change.account),
      acts.map(({ act }) => act.state),
      acts.map(({ act }) => act.notBefore),
      acts.map(({ act }) => act.rank ?? 0),
      writeLines(acts.map(({ keys }) => keys)),
      writeLines(acts.map(({ act }) => act.data)),
    ],
  );
  const keys = acts.flatMap((entry) => entry.keys.map((key) => heldKey(entry.one, key, entry.act.id)));
  const taken =
    keys.length === 0
      ? []
      : await session.query(
          `INSERT INTO ${tables.keys} (tenant, key, act)
     SELECT k.tenant, k.key, k.act FROM unnest($1::text[], $2::text[], $3::text[]) AS k (tenant, key, act)
     ORDER BY k.tenant COLLATE "C", k.key COLLATE "C"
     ON CONFLICT (tenant, key) DO NOTHING
     RETURNING tenant, key`,
          keyColumns(keys),
        );
  if (inserted.length === acts.length && taken.length === keys.length) return [];
  const ids = new Set(inserted.map((row) => pair(text(row, 'tenant'), text(row, 'id'))));
  const held = new Set(taken.map((row) => pair(text(row, 'tenant'), text(row, 'key'))));
  const whole = ({ one, act, keys }: (typeof acts)[number]): boolean =>
    ids.has(pair(one.change.tenant, act.id)) && keys.every((key) => held.has(pair(one.change.tenant, key)));
  return [...new Set(acts.filter((entry) => !whole(entry)).map(({ one }) => one))];
}

/** Splits changes into groups within which no two want the same id or key, so that each loses on its own account. */
export function disjoint(batch: readonly Pending[]): readonly (readonly Pending[])[] {
  const groups: { readonly members: Pending[]; readonly wanted: Set<string> }[] = [];
  for (const one of batch) {
    const wants = one.inserts.flatMap((act) => [act.id, ...act.keys.map((key) => pair('key', key))]);
    const names = wants.map((name) => pair(one.change.tenant, name));
    let group = groups.find(({ wanted }) => names.every((name) => !wanted.has(name)));
    if (group === undefined) {
      group = { members: [], wanted: new Set() };
      groups.push(group);
    }
    group.members.push(one);
    for (const name of names) group.wanted.add(name);
  }
  return groups.map(({ members }) => members);
}

/** Whether two acts of one change want the same key. */
function hasTwins({ inserts }: Pending): boolean {
  const keys = inserts.flatMap((act) => [...new Set(act.keys)]);
  return new Set(keys).size !== keys.length;
}

function keyColumns(keys: readonly HeldKey[]): readonly (readonly string[])[] {
  return [keys.map(({ tenant }) => tenant), keys.map(({ key }) => key), keys.map(({ act }) => act)];
}
