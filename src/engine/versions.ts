import type { AccountFile, Case } from '../ledger/file.js';
import type { Item } from '../ledger/items.js';
import { mappedStage, renamedCase } from './case-rules.js';
import type { CompiledPolicy, Engine } from './compile.js';
import type { FileEvent } from './events.js';
import { isBusy } from './marks.js';
import { groupId, runningCase, subjectOf } from './units.js';
import type { AccountView } from './view.js';

/**
 * The version of a policy by which an item climbs. A running case keeps the
 * one that it is pinned to, unless the newest one is to be adopted or the old
 * one is not passed any more.
 *
 * @param own the running case of the item alone
 */
export function ladderOf(
  engine: Engine,
  view: AccountView,
  wanted: CompiledPolicy | undefined,
  item: Item,
  own: Case | undefined,
): CompiledPolicy | undefined {
  if (wanted === undefined || view.file.cases.size === 0) return wanted;
  const running = own ?? groupOf(engine, view.file, wanted, item);
  if (running === undefined || running.version === wanted.ref.version) return wanted;
  const pinned = engine.versions.get(`${running.policy}@${running.version}`);
  return wanted.rules.adopts && mayRename(wanted, running) ? wanted : (pinned ?? wanted);
}

/** The running case of a group to which an item belongs under a policy, in any version's form. */
function groupOf(engine: Engine, file: AccountFile, wanted: CompiledPolicy, item: Item): Case | undefined {
  const { id } = wanted.ref;
  if (wanted.groupBy !== undefined) {
    const group = runningCase(file, subjectOf(wanted, item), id);
    if (group !== undefined) return group;
  }
  for (const { groupBy } of engine.forms.get(id) ?? []) {
    const group = groupBy === undefined ? undefined : runningCase(file, groupId(groupBy, item), id);
    if (group !== undefined) return group;
  }
  return undefined;
}

/** A stage is not renamed while an act for it is under way: its result will come under the old name. */
function mayRename({ rules }: CompiledPolicy, one: Case): boolean {
  return !one.marks.some((mark) => isBusy(mark) && mappedStage(rules.map, mark.stage) !== mark.stage);
}

/** Cases of earlier versions in which an item climbed in another form: alone, or in a group with other keys. */
export function casesInOtherForms(
  engine: Engine,
  file: AccountFile,
  policy: CompiledPolicy,
  item: Item,
): readonly Case[] {
  const { id } = policy.ref;
  const forms = engine.forms.get(id);
  if (forms === undefined || file.cases.size === 0) return [];
  const own = subjectOf(policy, item);
  const subjects = new Set([item.id, ...forms.map((form) => subjectOf(form, item))]);
  subjects.delete(own);
  return [...subjects].flatMap((subject) =>
    (file.cases.get(subject) ?? []).filter((one) => one.policy === id),
  );
}

/** The case under the version that it climbs by from now on; the event says why it moved. */
export function adopted(
  engine: Engine,
  policy: CompiledPolicy,
  one: Case,
  on: string,
  events: FileEvent[],
): Case {
  const { version, hash, id } = policy.ref;
  if (one.version === version && one.hash === hash) return one;
  const { map, adopts } = policy.rules;
  const edited = one.version === version;
  if (!edited && !mayRename(policy, one)) return one;
  const gone = !engine.versions.has(`${one.policy}@${one.version}`);
  const rename = edited ? undefined : map;
  events.push({
    type: 'case.adopted',
    subject: one.subject,
    case: one.id,
    policy: id,
    version,
    hash,
    reason: edited ? 'policy_changed' : gone || !adopts ? 'version_gone' : 'new_version',
    on,
    ...(rename === undefined ? {} : { map: rename }),
  });
  return { ...renamedCase(one, rename), version, hash };
}
