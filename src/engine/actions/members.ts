import type { AccountFile, Case } from '../../ledger/file.js';
import type { Item } from '../../ledger/items.js';
import { byId } from '../../ledger/order.js';
import type { CompiledPolicy, Engine } from '../compile.js';
import { type Found, subjectsOf } from '../subjects.js';
import type { AccountView } from '../view.js';

const found = new WeakMap<AccountView, { readonly engine: Engine; readonly found: readonly Found[] }>();

/** What may climb, worked out once for a look at an account. */
export function foundIn(engine: Engine, view: AccountView): readonly Found[] {
  const known = found.get(view);
  if (known?.engine === engine) return known.found;
  const fresh = subjectsOf(engine, view);
  found.set(view, { engine, found: fresh });
  return fresh;
}

/** The items on which something is owed that a case is about; of a group those that its policy is given and knows. */
export function itemsOfCase(
  engine: Engine,
  view: AccountView,
  policy: CompiledPolicy,
  one: Case,
): readonly Item[] {
  if (policy.groupBy === undefined)
    return view.items.filter((item) => item.outstanding > 0 && item.id === one.subject);
  const own = foundIn(engine, view).find(
    (other) =>
      other.reason === undefined && other.policy?.ref.id === one.policy && other.unit.id === one.subject,
  );
  return own?.unit.items ?? [];
}

/** The ladder of a case: the version that it is pinned to, else the newest. */
export function policyOf(engine: Engine, one: Case): CompiledPolicy | undefined {
  return engine.versions.get(`${one.policy}@${one.version}`) ?? engine.policies.get(one.policy);
}

/** All cases of a file, by id. */
export function allCases(file: AccountFile): Case[] {
  return [...file.cases.values()].flat().sort(byId);
}
