import type { AccountFile, Case } from '../../ledger/file.js';
import type { Item } from '../../ledger/items.js';
import type { CompiledPolicy, Engine } from '../compile.js';
import { subjectOf } from '../units.js';
import type { AccountView } from '../view.js';

/** The items on which something is owed that a case is about. */
export function itemsOfCase(view: AccountView, policy: CompiledPolicy, one: Case): readonly Item[] {
  return view.items.filter(
    (item) => item.outstanding > 0 && (item.id === one.subject || subjectOf(policy, item) === one.subject),
  );
}

/** The ladder of a case: the version that it is pinned to, else the newest. */
export function policyOf(engine: Engine, one: Case): CompiledPolicy | undefined {
  return engine.versions.get(`${one.policy}@${one.version}`) ?? engine.policies.get(one.policy);
}

/** All cases of a file, by id. */
export function allCases(file: AccountFile): Case[] {
  return [...file.cases.values()].flat().sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}
